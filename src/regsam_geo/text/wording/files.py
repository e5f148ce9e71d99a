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
    "error.folder_in_use": Phrase(
        "In den Ordner {folder} schreibt gerade ein anderer Lauf. Bitte warten, bis er fertig ist, oder einen "
        "anderen Ordner wählen.",
        "Another run is writing into the folder {folder}. Please wait until it is done, or choose another folder.",
    ),
    "error.files_not_ours": Phrase(
        "Im Ordner {folder} steht, was nicht von hier stammt oder seither geändert wurde: {files}. Es bleibt, wie "
        "es ist; geschrieben wurde nichts. Bitte diese Dateien umbenennen, verschieben oder löschen, oder einen "
        "anderen Ordner wählen.",
        "In the folder {folder} stands what was not written here, or was changed since: {files}. It stays as it "
        "is, and nothing was written. Please rename, move or delete these files, or choose another folder.",
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
