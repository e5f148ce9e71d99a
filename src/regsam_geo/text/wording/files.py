"""Phrases about files that cannot be written."""

from regsam_geo.text.phrases import Phrase

PHRASES = {
    "error.file_in_use": Phrase(
        "{path} lässt sich nicht ersetzen: Die Datei ist in einem anderen Programm geöffnet, etwa in Excel, oder "
        "schreibgeschützt. Sie ist unverändert. Bitte dort schließen und noch einmal starten.",
        "{path} cannot be replaced: the file is open in another program, such as Excel, or is read-only. It is "
        "unchanged. Please close it there and run this again.",
    ),
    "error.folder_closed": Phrase(
        "In den Ordner {folder} darf nicht geschrieben werden. Bitte einen anderen Ordner wählen oder die "
        "Berechtigung klären.",
        "The folder {folder} may not be written into. Please choose another one or have the permission changed.",
    ),
    "error.path_too_long": Phrase(
        "Der Pfad ist mit {length} Zeichen zu lang für dieses System: {path}. "
        "Wählen Sie einen Ordner mit kürzerem Pfad oder einen kürzeren Dateinamen.",
        "The path is too long for this system, with {length} characters: {path}. "
        "Choose a folder with a shorter path or a shorter file name.",
    ),
    "error.name_reserved": Phrase(
        "{path}: „{name}“ ist unter Windows der Name eines Geräts und kann keine Datei sein. Bitte einen anderen "
        "Namen wählen.",
        "{path}: on Windows “{name}” is the name of a device and cannot be a file. Please choose another name.",
    ),
    "error.name_impossible": Phrase(
        "{path}: Unter Windows darf ein Dateiname „{sign}“ so nicht enthalten. Bitte einen anderen Namen wählen.",
        "{path}: on Windows a file name cannot hold “{sign}” there. Please choose another name.",
    ),
}
