"""Phrases of region profiles, meeting packs and the city's overview."""

from regsam_geo.text.phrases import Phrase

PHRASES = {
    # notes of the region summary
    "summary.incomplete": Phrase(
        "{indicator} ({group}): Für {n} {n:Region|Regionen} fehlt der Wert, weil nicht alle Stadtbezirke Zahlen "
        "haben ({regions}).",
        "{indicator} ({group}): the value of {n} {n:region|regions} is missing, because not all districts have "
        "figures ({regions}).",
    ),
    "summary.incomplete.all": Phrase(
        "{indicator} ({group}): Für alle Regionen fehlt der Wert, weil Zahlen fehlen oder die Stadtbezirke "
        "zusammen den Wert der Stadt nicht erreichen.",
        "{indicator} ({group}): the value of every region is missing, because figures are missing or the districts "
        "together do not reach the city's value.",
    ),
    "summary.vintage": Phrase(
        "Gebietsstand der Grenzen: {vintage}; frühere Zahlen gelten für die damaligen Grenzen, seit 1996 "
        "dieselben 25 Stadtbezirke.",
        "Boundaries as of {vintage}; earlier figures refer to the boundaries of their time, since 1996 the same "
        "25 districts.",
    ),
    "column.period": Phrase("Zeitraum", "Period"),
}
