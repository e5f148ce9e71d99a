"""How tables call the row that sums up all others, and the one that belongs nowhere."""

from __future__ import annotations

import re

# Offices call it by twenty names, with numbers before and footnote signs behind; always fitted to the
# whole cell, since a region whose name only begins like a total would vanish from the areas.
_TOTAL = re.compile(
    r"(?:\d{1,3}\s*[-–.:]?\s*)?"
    r"(?:(?:die\s+)?(?:landeshauptstadt|stadt|gesamtstadt|stadtgebiet|bezirke?|stadtbezirke|alle\s+\w+)?\s*(?:münchen)?[\s,:\-–]*"
    r"(?:insg(?:esamt|es|\.)?|zwischensumme|teilsumme|übertrag|gesamt(?:stadt|summe|ergebnis|wert|zahl)?|summe|zusammen|zus\.?|total|overall|sum)"
    r"|alle\s+(?:stadt)?(?:bezirke|gebiete|stadtteile)|stadtgebiet|σ|∑)"
    r"(?:\s+(?:münchen|stadt|stadtgebiet|stadt\s+münchen))?"
    r"\s*(?:\(?\d\)|\*+|[¹²³]|:)?",
    re.I,
)
# The Indikatorenatlas of 2014 numbers these rows 99: nicht zuzuordnen.
_NOWHERE = re.compile(
    r"(?:\d{2,3}\s+)?(?:nicht\s+zu(?:zu|ge)?ord(?:nen|net|enbar)|ohne\s+(?:angabe|zuordnung)|nicht\s+zuordenbar|keine\s+angabe"
    r"|unbekannt)(?:\s*\d\))?",
    re.I,
)


def is_total(text: str) -> bool:
    """Whether a text calls all areas together.

    Examples
    --------
    >>> [is_total(text) for text in ("insg.", "München zusammen", "99 - insgesamt (2)", "Summe", "Sendling")]
    [True, True, True, True, False]
    """
    return bool(_TOTAL.fullmatch(" ".join(text.split())))


def is_part_of_total(text: str) -> bool:
    """Whether a text calls the sum of some of the areas."""
    return bool(re.match(r"\W*(?:zwischensumme|teilsumme|übertrag)", text, re.I))


def is_nowhere(text: str) -> bool:
    """Whether a text says that a row belongs to no area."""
    return bool(_NOWHERE.fullmatch(" ".join(text.split())))
