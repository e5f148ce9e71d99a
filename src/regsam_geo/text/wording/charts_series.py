"""Phrases of the charts of series."""

from regsam_geo.text.phrases import Phrase

PHRASES: dict[str, Phrase] = {
    "error.series_area": Phrase(
        "Eine Entwicklung zeigt ein Gebiet, zum Beispiel „16“; zwei nebeneinander zeigt plot_comparison. "
        "Gefunden: {found}.",
        "A series shows one area, such as “16”; two side by side are shown by plot_comparison. Found: {found}.",
    ),
    "error.series_hidden": Phrase(
        "Von dieser Reihe ist nichts zu sehen: Alle Werte von {place} werden geheim gehalten ({indicator}).",
        "Nothing can be seen of this series: all values of {place} are suppressed ({indicator}).",
    ),
    "error.series_empty": Phrase(
        "Von dieser Reihe ist nichts zu sehen: {place} hat keine Werte ({indicator}).",
        "Nothing can be seen of this series: {place} has no values ({indicator}).",
    ),
    "label.series.region": Phrase("Region {name}", "Region {name}"),
    "label.series.city": Phrase("Stadt München", "City of Munich"),
    "label.series.band": Phrase(
        "Graues Band: 95 von 100 Werten wären hier zu erwarten, gemessen an der Veränderung in allen Gebieten "
        "und der eigenen Vergangenheit, jeweils nach dem damaligen Stand.",
        "Grey band: 95 of 100 values were to be expected here, judging by the change in all areas and its own "
        "past, each period with what was known then.",
    ),
    "label.series.band_drift": Phrase(
        "Das Band gilt für den Schritt von einem Zeitraum zum nächsten, der Hinweis für die Entwicklung über "
        "mehrere Jahre.",
        "The band is about the step from one period to the next, the warning about several years.",
    ),
    "label.series.expected": Phrase(
        "Querstrich: der Wert, der nach dem Text oben zu erwarten war ({value}).",
        "Short bar: the value that was to be expected by the text above ({value}).",
    ),
    "label.series.city_differs": Phrase(
        "Die Stadt ist nicht gezeichnet: Diese Zahl hängt davon ab, wie groß ein Gebiet ist.",
        "The city is not drawn: this number depends on how large an area is.",
    ),
    "label.series.source": Phrase("Quelle: {source}", "Source: {source}"),
}
