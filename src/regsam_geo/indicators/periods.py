"""Periods: sortable strings for years, half-years, quarters, months and weeks."""

from __future__ import annotations

import datetime
import re

from regsam_geo.errors import InputError
from regsam_geo.text import problem

_PERIOD = re.compile(r"^(\d{4})(?:-(?:H([12])|Q([1-4])|W(0[1-9]|[1-4]\d|5[0-3])|(0[1-9]|1[0-2])))?$")
FIRST_YEAR, LAST_YEAR = 1800, 2150

Period = str | int
"""What a verb accepts as a period: ``2024`` or ``"2024"``, ``"2024-Q1"``, ``"2024-03"``, ``"2024-W07"``."""


def parse_period(period: object) -> str:
    """Return the canonical string of a period.

    Raises
    ------
    InputError
        If it is not a year from 1800 to 2150, alone or with a half-year, quarter, month or week.

    Examples
    --------
    >>> parse_period(2024)
    '2024'
    >>> parse_period("2024-Q1")
    '2024-Q1'
    """
    text = str(period).strip()
    match = _PERIOD.match(text)
    if match is None or not FIRST_YEAR <= int(match.group(1)) <= LAST_YEAR:
        raise problem(InputError, "period_unknown", found=text)
    return text


def years_before(period: str, years: int) -> str:
    """Return the same part of the year, ``years`` earlier.

    Examples
    --------
    >>> years_before("2024-Q1", 5)
    '2019-Q1'
    """
    return f"{int(period[:4]) - years}{period[4:]}"


def periods_before(period: str, steps: int) -> str:
    """Return the period that lies ``steps`` periods of the same kind earlier.

    Weeks count as in ISO 8601: the last week of a year is the 52nd or the 53rd.

    Examples
    --------
    >>> periods_before("2024-Q1", 1), periods_before("2024-03", 5), periods_before("2024", 5)
    ('2023-Q4', '2023-10', '2019')
    >>> periods_before("2021-W01", 1)
    '2020-W53'
    """
    kind = frequency(period)
    year = int(period[:4])
    if kind == "Y":
        return str(year - steps)
    if kind == "W":
        monday = datetime.date.fromisocalendar(year, min(int(period[6:]), _weeks_of(year)), 1)
        before = (monday - datetime.timedelta(weeks=steps)).isocalendar()
        return f"{before.year}-W{before.week:02d}"
    a_year = {"H": 2, "Q": 4, "M": 12}[kind]
    part = int(period[5:].lstrip("HQ"))
    year, part = divmod(year * a_year + part - 1 - steps, a_year)
    return f"{year}-{part + 1:02d}" if kind == "M" else f"{year}-{kind}{part + 1}"


def _weeks_of(year: int) -> int:
    """Return the number of ISO weeks of a year."""
    return datetime.date(year, 12, 28).isocalendar().week


def frequency(period: str) -> str:
    """Return the kind of period: ``"Y"``, ``"H"``, ``"Q"``, ``"M"`` or ``"W"``."""
    part = period[5:6]
    return "Y" if not part else part if part in "HQW" else "M"
