"""Phrases about files that are written."""

from regsam_geo.text.phrases import Phrase

PHRASES: dict[str, Phrase] = {
    "error.path_too_long": Phrase(
        "Der Pfad ist mit {length} Zeichen zu lang für dieses System: {path}. "
        "Wählen Sie einen Ordner mit kürzerem Pfad oder einen kürzeren Dateinamen.",
        "The path is too long for this system, with {length} characters: {path}. "
        "Choose a folder with a shorter path or a shorter file name.",
    ),
}
