"""Periods: sortable strings for years, school years, half-years, quarters, months and weeks."""

from __future__ import annotations

import datetime

from regsam_geo.errors import InputError
from regsam_geo.indicators.period_spellings import read_period
from regsam_geo.text import join_words, problem

Period = str | int
"""What a verb accepts as a period: ``2024`` or ``"2024"``, ``"2024-Q1"``, ``"2024-03"``, ``"2024-W07"``,
``"2023/24"``, and other usual spellings of them."""


def parse_period(period: object) -> str:
    """Return the canonical string of a period, from any spelling that has one reading.

    Raises
    ------
    InputError
        If it is not a year from 1800 to 2150, alone, as a school year, or with a half-year, quarter, month or
        week, or if it can be read in two ways. ``2011/12`` is a school year here, as the panel writes it; in a
        table it could be a month too, and ``read_periods`` asks.

    Examples
    --------
    >>> parse_period(2024)
    '2024'
    >>> parse_period("1. Quartal 2024")
    '2024-Q1'
    """
    reading = read_period(period)
    # In a call the panel's own spelling is meant; in a table it is asked about.
    if (school := str(period).strip()) in reading.readings and frequency(school) == "S":
        return school
    if reading.period:
        return reading.period
    if reading.readings:
        raise problem(InputError, "period_open", found=str(period).strip(), expected=join_words(reading.readings))
    raise problem(InputError, "period_unknown", found=str(period).strip())


def years_before(period: str, years: int) -> str:
    """Return the same part of the year, ``years`` earlier.

    Examples
    --------
    >>> years_before("2024-Q1", 5)
    '2019-Q1'
    >>> years_before("2023/24", 1)
    '2022/23'
    """
    year = int(period[:4]) - years
    return _school_year(year) if frequency(period) == "S" else f"{year}{period[4:]}"


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
    if kind == "S":
        return _school_year(year - steps)
    if kind == "W":
        # By the calendar and not by 52 weeks: every fifth or sixth year has 53.
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


def _school_year(year: int) -> str:
    """Write the school or kindergarten year that begins in a year."""
    return f"{year}/{(year + 1) % 100:02d}"


def frequency(period: str) -> str:
    """Return the kind of period: ``"Y"``, ``"S"`` (school year), ``"H"``, ``"Q"``, ``"M"`` or ``"W"``."""
    if period[4:5] == "/":
        return "S"
    part = period[5:6]
    return "Y" if not part else part if part in "HQW" else "M"
