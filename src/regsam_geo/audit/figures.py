"""What a file says about one area at one time, before anything is made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from regsam_geo.audit.numbers import Span
from regsam_geo.audit.places import Place

HINTS = ("city", "difference", "ratio", "rank", "change_1", "change_5", "city_change_1", "city_change_5")
"""Columns that say something about a value without being it."""


@dataclass(frozen=True)
class Figure:
    """One cell, sentence or tooltip.

    Attributes
    ----------
    series
        Indicator and group, as ``series_of`` writes them.
    column
        ``value``, ``numerator``, ``denominator``, ``base_1`` ..., or one of ``HINTS``.
    period, place
        When and where; an empty period where nothing says it.
    span
        What it may be; ``None`` where it is hidden.
    unit
        What stands behind it.
    secret
        Whether the file says that it is hidden; a sum may be missing for other reasons.
    edition, source
        In which edition and file it stands.
    """

    series: str
    column: str
    period: str
    place: Place
    span: Span | None
    unit: str
    secret: bool
    edition: int
    source: str


def series_of(indicator: str, group: str = "") -> str:
    """Write indicator and group as one name, whatever the capitals and blanks.

    Examples
    --------
    >>> series_of("Fälle  (Anteil) ", "insgesamt"), series_of("Fälle", "weiblich")
    ('fälle (anteil)', 'fälle | weiblich')
    """
    name, told = (re.sub(r"\s+", " ", str(one)).strip().lstrip("'").casefold() for one in (indicator, group))
    # nan and None are what pandas writes where a table has no group
    return name if told in ("", "insgesamt", "total", "nan", "none") else f"{name} | {told}"
