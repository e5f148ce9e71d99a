"""How people write periods: German and English spellings, dates, and what has two readings.

pandas' own parser is not asked: it reads ``01.03.2023`` as the third of January, where a table of an office means
the first of March, or leaves open whether the day or the month counts.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

FIRST_YEAR, LAST_YEAR = 1800, 2150

Remark = Literal["", "year_end", "month_date", "mark"]
"""What has to be told about a reading: a date stands for its year or month, or a footnote sign was left out."""


@dataclass(frozen=True)
class PeriodReading:
    """What one spelling of a period means.

    Attributes
    ----------
    period
        The canonical period; empty where the spelling means none, or more than one.
    remark
        What has to be told about it.
    readings
        The periods it can mean, where there is more than one.
    """

    period: str = ""
    remark: Remark = ""
    readings: tuple[str, ...] = ()


def read_period(cell: Any) -> PeriodReading:
    """Read one spelling of a period.

    Examples
    --------
    >>> [read_period(text).period for text in ("1. Quartal 2023", "Jan 23", "KW 7/2023", "2023/24", "202301")]
    ['2023-Q1', '2023-01', '2023-W07', '2023/24', '2023-01']
    >>> read_period("31.12.2023")
    PeriodReading(period='2023', remark='year_end', readings=())
    >>> read_period("2011/12").readings
    ('2011-12', '2011/12')
    """
    if isinstance(cell, datetime.datetime | datetime.date):
        return _of_date(cell.year, cell.month, cell.day)
    text, marked = _plain(cell)
    # The first pattern that fits is taken, so the order of the list is part of its meaning.
    for pattern, make in _SPELLINGS:
        if match := pattern.fullmatch(text):
            reading = make(match)
            if reading is not None:
                return PeriodReading(reading.period, "mark", reading.readings) if marked else reading
    return PeriodReading()


def read_periods(cells: Sequence[Any]) -> list[PeriodReading]:
    """Read the different cells of one column; what one leaves open, the others may settle.

    ``1/2023`` alone is a month or a quarter; beside ``7/2023`` it is a month. ``2011/12`` alone is a month or a
    school year; beside ``2012/13`` it is a school year. First or last days of many months are months.

    Examples
    --------
    >>> [reading.period for reading in read_periods(["1/2023", "7/2023"])]
    ['2023-01', '2023-07']
    >>> [reading.period for reading in read_periods(["2011/12", "2012/13"])]
    ['2011/12', '2012/13']
    """
    found = [read_period(cell) for cell in cells]
    dates = [_date_in(cell) for cell in cells]
    if dates and all(date is not None for date in dates):
        return _of_dates([date for date in dates if date is not None], found)
    # A year's end is left out here: it is a day that stands for a year, and says nothing about how other cells
    # are meant.
    settled = {_kind(reading.period) for reading in found if reading.period and reading.remark != "year_end"}
    # Months beside quarters prove nothing: the open cells stay open and are asked about.
    if len(settled) != 1:
        return found
    (kind,) = settled
    # a single day among years or months is no year and no month: it stays open
    return [
        _settled(reading, kind) if date is None else reading for reading, date in zip(found, dates, strict=True)
    ]


def _settled(reading: PeriodReading, kind: str) -> PeriodReading:
    """Choose among readings the one of a kind, if there is exactly one."""
    fitting = [period for period in reading.readings if _kind(period) == kind]
    return PeriodReading(fitting[0], reading.remark) if len(fitting) == 1 else reading


def _kind(period: str) -> str:
    """Return the form of a canonical period with its digits taken out: months, quarters and so on differ in it."""
    return re.sub(r"\d", "0", period)


# --- dates ------------------------------------------------------------------------------------------------------

_DATES = (
    re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})(?: 00:00(?::00)?)?"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?:[t ]00:00(?::00(?:\.0+)?)?)?"),
    re.compile(r"(?P<day>\d{1,2})\.? (?P<name>[a-zä]{3,9})\.? (?P<year>\d{4})"),
)


def _date_in(cell: Any) -> datetime.date | None:
    """Return the date that a cell holds, as a date or as text."""
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    text, _ = _plain(cell)
    return next((_as_date(match) for pattern in _DATES if (match := pattern.fullmatch(text))), None)


def _as_date(match: re.Match[str]) -> datetime.date | None:
    """Return the date of a match, if there is such a day."""
    fields = match.groupdict()
    month = int(fields["month"]) if fields.get("month") else _MONTHS.get(fields.get("name", ""), 0)
    try:
        return datetime.date(int(fields["year"]), month, int(fields["day"]))
    except ValueError:
        return None


def _of_date(year: int, month: int, day: int) -> PeriodReading:
    """Read one date: the last day of a year stands for it; any other leaves open whether day or month counts."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return PeriodReading()
    if (month, day) == (12, 31):
        return PeriodReading(f"{year}", "year_end")
    return PeriodReading(readings=(f"{year}", f"{year}-{month:02d}"))


def _of_dates(dates: list[datetime.date], alone: list[PeriodReading]) -> list[PeriodReading]:
    """Read a column of dates: first or last days of months are months, unless they could be quarters or years."""
    firsts = all(date.day == 1 for date in dates)
    lasts = all(date.day == calendar.monthrange(date.year, date.month)[1] for date in dates)
    months = {date.month for date in dates}
    # 31.03., 30.06. ... are the ends of quarters as well: nobody can tell from the dates alone
    quarterly = months <= ({1, 4, 7, 10} if firsts else {3, 6, 9, 12})
    if (firsts or lasts) and not quarterly:
        return [PeriodReading(f"{date.year}-{date.month:02d}", "month_date") for date in dates]
    if lasts and len(months) > 1:
        return [
            PeriodReading(readings=(f"{d.year}-Q{(d.month + 2) // 3}", f"{d.year}-{d.month:02d}")) for d in dates
        ]
    return alone


# --- spellings --------------------------------------------------------------------------------------------------

_MONTH_WORDS = (
    ("januar", "jänner", "jan", "jän", "january"),
    ("februar", "feb", "february"),
    ("märz", "maerz", "mrz", "mär", "mar", "march"),
    ("april", "apr"),
    ("mai", "may"),
    ("juni", "jun", "june"),
    ("juli", "jul", "july"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("oktober", "okt", "oct", "october"),
    ("november", "nov"),
    ("dezember", "dez", "dec", "december"),
)
_MONTHS = {word: number for number, words in enumerate(_MONTH_WORDS, start=1) for word in words}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_CENTURY = 50
"""Two digits of a year from here on mean the last century."""


def _plain(cell: Any) -> tuple[str, bool]:
    """Return a cell in small letters and plain dashes, and whether a footnote sign was left out."""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
    text = " ".join(text.split()).casefold()
    bare = re.sub(r"(?<=[\w.])\s?(?:\*+|[¹²³⁴⁵]+|\d\)|[pr]\))$", "", text)
    return bare, bare != text


def _year(text: str) -> int | None:
    year = int(text)
    if len(text) == 2:
        year += 1900 if year >= _CENTURY else 2000
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def _one(match: re.Match[str], write: Callable[[int, int], str], most: int) -> PeriodReading | None:
    """Return the reading of a year and the number of a part of it."""
    fields = match.groupdict()
    year = _year(fields["year"])
    part = fields.get("part") or ""
    number = _ROMAN.get(part) or _MONTHS.get(part) or (int(part) if part.isdigit() else 0)
    return PeriodReading(write(year, number)) if year is not None and 1 <= number <= most else None


def _whole_year(match: re.Match[str]) -> PeriodReading | None:
    year = _year(match["year"])
    return None if year is None else PeriodReading(str(year))


def _month(match: re.Match[str]) -> PeriodReading | None:
    return _one(match, lambda year, number: f"{year}-{number:02d}", 12)


def _quarter(match: re.Match[str]) -> PeriodReading | None:
    return _one(match, lambda year, number: f"{year}-Q{number}", 4)


def _half(match: re.Match[str]) -> PeriodReading | None:
    return _one(match, lambda year, number: f"{year}-H{number}", 2)


def _week(match: re.Match[str]) -> PeriodReading | None:
    return _one(match, lambda year, number: f"{year}-W{number:02d}", 53)


def _month_or_quarter(match: re.Match[str]) -> PeriodReading | None:
    """Read ``1/2023``: a month or a quarter; ``01/2023`` and ``5/2023`` are months."""
    month = _month(match)
    if month is None or match["part"].startswith("0") or int(match["part"]) > 4:
        return month
    # Not guessed: a quarter read as a month puts four years of figures on the wrong dates.
    return PeriodReading(readings=(month.period, f"{match['year']}-Q{match['part']}"))


def _school_year(match: re.Match[str]) -> PeriodReading | None:
    year, next_year = _year(match["year"]), match["next"]
    if year is None or f"{year + 1}"[-len(next_year) :] != next_year:
        return None
    return PeriodReading(f"{year}/{(year + 1) % 100:02d}")


def _school_year_or_month(match: re.Match[str]) -> PeriodReading | None:
    """Read ``2023/24``; ``2011/12`` may be a school year or a month."""
    school = _school_year(match)
    month = f"{match['year']}-{match['next']}" if 1 <= int(match["next"]) <= 12 else ""
    if school is None:
        return PeriodReading(month) if month and FIRST_YEAR <= int(match["year"]) <= LAST_YEAR else None
    return PeriodReading(readings=(month, school.period)) if month else school


def _date(match: re.Match[str]) -> PeriodReading | None:
    date = _as_date(match)
    return None if date is None else _of_date(date.year, date.month, date.day)


def _spellings() -> Iterable[tuple[re.Pattern[str], Callable[[re.Match[str]], PeriodReading | None]]]:
    """List what is understood, in small letters; the first that fits is taken."""
    year, any_year = r"(?P<year>\d{4})", r"(?P<year>\d{4}|\d{2})"
    # Longest first: "jan" would leave the rest of "januar" over.
    names = "|".join(sorted(_MONTHS, key=len, reverse=True))
    quarter = r"(?:quartal|vierteljahr|quarter|qu|vj|q)\.?"
    half = r"(?:halbjahr|half-year|half|hj|h)\.?"
    week = r"(?:kalenderwoche|woche|week|kw|cw|w)\.?"
    school = r"(?:schuljahr|kindergartenjahr|kitajahr|kita-jahr|betreuungsjahr|sj|school year|kgj)\.?"
    gap = r"[ \-/.]?"

    def parts(word: str, number: str) -> Iterable[str]:
        yield rf"(?P<part>{number})(?:\.|st|nd|rd|th)? ?{word}{gap} ?{any_year}"
        yield rf"{word} ?(?P<part>{number})(?: ?[/\-.] ?| ){any_year}"
        yield rf"{year} ?[\-/]? ?{word} ?(?P<part>{number})"
        yield rf"{year} ?[\-/]? ?(?P<part>{number})(?:\.|st|nd|rd|th)? ?{word}"

    yield re.compile(rf"(?:jahr |year )?{year}(?:[.,]0+)?"), _whole_year
    for date in _DATES:
        yield re.compile(rf"(?:stand:? |stichtag:? |am |zum )?(?:{date.pattern})"), _date
    yield re.compile(rf"{year}(?P<part>0[1-9]|1[0-2])"), _month
    yield re.compile(rf"{year}-(?P<part>0[1-9]|1[0-2])"), _month
    yield re.compile(rf"(?P<part>\d{{1,2}}) ?[/.\-] ?{year}"), _month_or_quarter
    yield re.compile(rf"(?P<part>{names})\.?{gap} ?'?{any_year}"), _month
    yield re.compile(rf"{year}{gap} ?(?P<part>{names})\.?"), _month
    yield re.compile(rf"(?:monat |month )(?P<part>\d{{1,2}}) ?[/.\-] ?{year}"), _month
    for pattern in parts(quarter, r"[1-4]|i{1,3}|iv"):
        yield re.compile(pattern), _quarter
    yield re.compile(rf"(?P<part>i{{1,3}}|iv)\.? ?[/\-. ] ?{year}"), _quarter
    yield re.compile(rf"{year} ?[/\-] ?(?P<part>i{{1,3}}|iv)"), _quarter
    for pattern in parts(half, r"[12]|i{1,2}"):
        yield re.compile(pattern), _half
    for pattern in parts(week, r"\d{1,2}"):
        yield re.compile(pattern), _week
    yield re.compile(rf"{school} ?{year} ?[/\-] ?(?P<next>\d{{4}}|\d{{2}})"), _school_year
    yield re.compile(rf"{year} ?/ ?(?P<next>\d{{4}})"), _school_year
    yield re.compile(rf"{year} ?[/\-] ?(?P<next>\d{{2}})"), _school_year_or_month


_SPELLINGS = tuple(_spellings())
