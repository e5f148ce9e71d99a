"""Phrases of the chart of polarization."""

from regsam_geo.text.phrases import Phrase

PHRASES: dict[str, Phrase] = {
    "error.polarization_none": Phrase(
        "Kein Indikator eignet sich: Ungleich verteilt sein kann nur ein Anteil mit Zähler und Nenner ({level}).",
        "No indicator will do: only a share with numerator and denominator can be spread unevenly ({level}).",
    ),
    "label.polarization.title": Phrase(
        "Polarisierung: wie ungleich verteilt", "Polarization: how unevenly spread"
    ),
    "label.polarization.subtitle": Phrase(
        "So viele der Gezählten müssten in einem anderen Gebiet wohnen, damit sie verteilt wären wie alle anderen "
        "({areas}). Schraffiert: was auch eine zufällige Verteilung ergäbe.",
        "So many of the counted would have to live in another area to be spread as all others are ({areas}). "
        "Hatched: what spreading them at random would give as well.",
    ),
    "label.polarization.corrected": Phrase("zuletzt bereinigt: {corrected}", "of late, corrected: {corrected}"),
    "label.polarization.line": Phrase(
        "{title}: {first} {before}, {period} {now} (um die zufällige Verteilung bereinigt {corrected}).",
        "{title}: {first} {before}, {period} {now} (corrected for spreading at random {corrected}).",
    ),
    "label.polarization.fewer": Phrase(
        "Ring: von weniger Gebieten als sonst; mit den anderen Zeiträumen nicht vergleichbar.",
        "Ring: of fewer areas than otherwise; not comparable with the other periods.",
    ),
}
