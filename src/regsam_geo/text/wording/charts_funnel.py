"""Phrases of the funnel plot."""

from regsam_geo.text.phrases import Phrase

PHRASES: dict[str, Phrase] = {
    "label.funnel.subtitle": Phrase(
        "{areas} {period}: Anteil oder Verhältnis jedes Gebiets nach seiner Größe. Kleine Gebiete schwanken "
        "stärker, "
        "darum wird der Bereich des Üblichen nach links breiter.",
        "{areas} {period}: each area's rate by its size. Small areas vary more, so the range of the "
        "ordinary widens "
        "to the left.",
    ),
    "label.funnel.all": Phrase("alle zusammen: {value}", "all together: {value}"),
    "label.funnel.inner": Phrase("95 von 100 üblichen Gebieten", "95 of 100 ordinary areas"),
    "label.funnel.outer": Phrase("998 von 1.000", "998 of 1,000"),
    "label.funnel.above": Phrase("auffällig hoch", "unusually high"),
    "label.funnel.below": Phrase("auffällig niedrig", "unusually low"),
    "label.funnel.inside": Phrase("im üblichen Bereich", "in the ordinary range"),
    "label.funnel.size": Phrase("Größe: {name}", "Size: {name}"),
    "label.funnel.denominator": Phrase("Nenner", "denominator"),
    "label.funnel.denominator_named": Phrase("{name}", "denominator of the rate (“{name}”)"),
    "label.funnel.note": Phrase(
        "Der Bereich berücksichtigt, dass sich Gebiete auch sonst stärker unterscheiden als durch Zufall "
        "(Streuungsfaktor {phi}). Auffällig heißt: genauer hinsehen; es nennt keine Ursache.",
        "The range takes into account that areas differ by more than chance anyway (dispersion factor {phi}). "
        "Unusual means: look more closely; it names no cause.",
    ),
    "label.funnel.source": Phrase("Quelle: {source}.", "Source: {source}."),
    "error.funnel_rate": Phrase(
        "„{found}“ hat keinen Zähler und Nenner; ein Trichterdiagramm braucht beide.",
        "“{found}” has no numerator and denominator; a funnel plot needs both.",
    ),
    "error.funnel_few": Phrase(
        "Zu wenige Gebiete mit Werten ({found}): Grenzen gibt es ab {expected}.",
        "Too few areas with values ({found}): limits exist from {expected}.",
    ),
}
