"""The columns of a piece as numbers and words: each different word is read once."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.errors import InputError
from regsam_geo.indicators.periods import parse_period
from regsam_geo.places.reading import decoded

Every = Literal["year", "quarter", "month", "week"]
EVERY: tuple[Every, ...] = get_args(Every)
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.(\d{1,2})\.(\d{4})")
_LONGEST_DATE = 10

Codes = tuple[npt.NDArray[np.integer], list[str]]


def codes_of(column: Any, cut: int | None = None) -> Codes:
    """Return a number for each row, -1 where nothing stands, and the words that the numbers mean.

    With ``cut`` words are cut to so many letters: the time behind a date would make each row a word of its own.
    """
    if type(column).__module__.partition(".")[0] == "pyarrow":
        import pyarrow as pa

        if not pa.types.is_dictionary(column.type):
            column = column.dictionary_encode()
        codes = column.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        cells = column.dictionary.to_pylist()
    else:
        codes, found = pd.factorize(pd.Series(column))
        cells = list(found)
    words = [_word(cell) for cell in cells]
    if cut is not None:
        words = [word[:cut] if word[cut : cut + 1] in (" ", "T") else word for word in words]
    # words that differ in blanks alone are the same, and an empty one is none
    places: dict[str, int] = {}
    numbers = np.array(
        [places.setdefault(word, len(places)) if word else -1 for word in words] + [-1], dtype=np.int64
    )
    if len(places) < len(words):
        codes = numbers[codes]
    return codes, list(places)


def _word(cell: Any) -> str:
    if isinstance(cell, float | np.floating) and float(cell).is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime | np.datetime64):
        return str(cell)[:_LONGEST_DATE]
    return " ".join(decoded(cell).split())


def groups_of(columns: Sequence[Any], nobody: str) -> Codes:
    """Return the group of each row: the words of the columns, joined; ``nobody`` where one is empty."""
    whole: npt.NDArray[np.integer] | None = None
    names: list[str] = []
    for column in columns:
        codes, words = codes_of(column)
        if (codes < 0).any():
            codes = np.where(codes < 0, len(words), codes)
            words = [*words, nobody]
        if whole is None:
            whole, names = codes, words
        else:
            together, places = np.unique(whole * len(words) + codes, return_inverse=True)
            names = [f"{names[one // len(words)]}, {words[one % len(words)]}" for one in together.tolist()]
            whole = places
    assert whole is not None
    return whole, names


def periods_of(column: Any, every: Every) -> tuple[Codes, list[str]]:
    """Return the period of each row, and the words that are none."""
    dates = _dates(column)
    if dates is not None:
        return _periods_of_dates(dates, every), []
    codes, words = codes_of(column, _LONGEST_DATE)
    periods: dict[str, int] = {}
    unread = []
    numbers = []
    for word in words:
        period = period_of(word, every)
        if period is None:
            unread.append(word)
        numbers.append(-1 if period is None else periods.setdefault(period, len(periods)))
    return (np.array([*numbers, -1], dtype=np.int64)[codes], list(periods)), unread


def _dates(column: Any) -> npt.NDArray[np.datetime64] | None:
    """Return a column of dates as such, if it is one."""
    if type(column).__module__.partition(".")[0] == "pyarrow":
        import pyarrow as pa

        if pa.types.is_timestamp(column.type):
            # local time, where a time zone is given: a case of New Year's Eve belongs to the old year
            local = pa.compute.local_timestamp(column) if column.type.tz else column
            return np.asarray(local.to_numpy(zero_copy_only=False), dtype="datetime64[D]")
        if pa.types.is_date(column.type):
            return np.asarray(column.cast(pa.date32()).to_numpy(zero_copy_only=False), dtype="datetime64[D]")
        return None
    values = pd.Series(column)
    if values.dtype.kind == "M":
        bare = values.dt.tz_localize(None) if values.dt.tz is not None else values
        return np.asarray(bare.to_numpy(), dtype="datetime64[D]")
    return None


def _periods_of_dates(dates: npt.NDArray[np.datetime64], every: Every) -> Codes:
    there = ~np.isnat(dates)
    days = dates.astype(np.int64)
    if not there.any():
        return np.full(len(dates), -1, dtype=np.int64), []
    first, last = int(days[there].min()), int(days[there].max())
    # each day once: there are few, however many rows
    periods: dict[str, int] = {}
    if last - first > 1_000_000:
        different, inverse = np.unique(days, return_inverse=True)
    else:
        different, inverse = np.arange(first, last + 1), np.where(there, days - first, 0)
    seen = np.zeros(len(different), dtype=bool)
    seen[inverse[there]] = True
    numbers = np.full(len(different), -1, dtype=np.int64)
    epoch = datetime.date(1970, 1, 1)
    for place in np.flatnonzero(seen).tolist():
        period = _of_day(epoch + datetime.timedelta(days=int(different[place])), every)
        numbers[place] = periods.setdefault(period, len(periods))
    return np.where(there, numbers[inverse], -1), list(periods)


@lru_cache(maxsize=100_000)
def period_of(word: str, every: Every) -> str | None:
    """Return the period that a word means: that of a date, or the one that it is.

    Examples
    --------
    >>> period_of("2024-02-29", "month"), period_of("29.2.2024", "quarter"), period_of("2024-02", "year")
    ('2024-02', '2024-Q1', '2024-02')
    >>> period_of("30.2.2024", "year") is None
    True
    """
    if found := _DATE.fullmatch(word):
        year, month, day, other_day, other_month, other_year = found.groups()
        try:
            return _of_day(
                datetime.date(int(year or other_year), int(month or other_month), int(day or other_day)), every
            )
        except ValueError:
            return None
    try:
        return parse_period(word)
    except InputError:
        return None


def _of_day(day: datetime.date, every: Every) -> str:
    if every == "year":
        return f"{day.year:04d}"
    if every == "quarter":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    if every == "month":
        return f"{day.year:04d}-{day.month:02d}"
    iso = day.isocalendar()
    return f"{iso.year:04d}-W{iso.week:02d}"
