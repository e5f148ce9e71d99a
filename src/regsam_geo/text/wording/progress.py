"""What a bar of progress says while a verb is at work."""

from regsam_geo.text.phrases import Phrase

PHRASES: dict[str, Phrase] = {
    "progress.tests": Phrase("Prüfungen laufen", "Tests are running"),
    "progress.replay": Phrase("Frühere Berichte werden nachgestellt", "Earlier reports are written again"),
    "progress.maps": Phrase("Karten werden gezeichnet", "Maps are drawn"),
}
