"""What a bar of progress says while a verb is at work."""

from regsam_geo.text.phrases import Phrase

PHRASES: dict[str, Phrase] = {
    "progress.bands": Phrase("Übliche Bereiche werden berechnet", "Usual ranges are worked out"),
    "progress.borders": Phrase("Grenzen werden vereinfacht", "Borders are simplified"),
    "progress.catalogue": Phrase("Indikatoren werden geprüft", "Indicators are checked"),
    "progress.classes": Phrase("Klassen und Farben werden bestimmt", "Classes and colors are found"),
    "progress.files": Phrase("{file} wird gelesen", "{file} is being read"),
    "progress.maps": Phrase("Karten werden gezeichnet", "Maps are drawn"),
    "progress.notes": Phrase("Anmerkungen werden geschrieben", "Notes are written"),
    "progress.protect": Phrase("Kleine Zahlen werden geschützt", "Small counts are protected"),
    "progress.ranks": Phrase("Regionen werden verglichen", "Regions are compared"),
    "progress.region_status": Phrase("Regionen werden eingeordnet", "Regions are classed"),
    "progress.regions": Phrase("Regionen werden zusammengerechnet", "Regions are summed"),
    "progress.replay": Phrase("Frühere Berichte werden nachgestellt", "Earlier reports are written again"),
    "progress.rows": Phrase("{file} wird Zeile für Zeile geprüft", "{file} is checked row by row"),
    "progress.tests": Phrase("Prüfungen laufen", "Tests are running"),
    "progress.warnings": Phrase("Hinweise werden gezählt", "Warnings are counted"),
}
