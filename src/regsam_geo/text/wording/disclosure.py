"""Phrases about disclosure control."""

from regsam_geo.text.phrases import Phrase

PHRASES = {
    "error.disclosure_threshold": Phrase(
        "threshold={found}: Die Schwelle muss eine Zahl über 1 sein; üblich ist 3 (Fallzahlen 1 und 2 werden geheim "
        "gehalten).",
        "threshold={found}: the threshold must be a number above 1; 3 is usual (counts of 1 and 2 are hidden).",
    ),
    "error.disclosure_zeros": Phrase(
        "zeros={found}: unbekannte Regel für die Null. Möglich: {expected}.",
        "zeros={found}: unknown rule for zero. Possible: {expected}.",
    ),
    "label.disclosure.note": Phrase(
        "{n} {n:Wert ist|Werte sind} geheim gehalten: Fallzahlen unter {threshold} Personen und Angaben, aus denen sie "
        "sich zurückrechnen ließen, werden nicht gezeigt.",
        "{n} {n:value is|values are} suppressed: counts below {threshold} persons, and figures from which they could be "
        "recomputed, are not shown.",
    ),
}
