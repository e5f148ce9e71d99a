"""Which numbers of a panel are counts, where each stands, and which rows print the same one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.disclosure.rules import TOLERANCE, Bools, Floats, may_count_persons, measures

COLUMNS = ("base_1", "base_2", "base_3", "base_4", "base_5", "numerator", "denominator", "value")
_NUMERATOR, _DENOMINATOR, _VALUE = (COLUMNS.index(name) for name in ("numerator", "denominator", "value"))
ENOUGH_ROWS, NEARLY_ALL, MOST_ROUNDING = 5, 0.95, 0.051  # that prove a value to be a ratio of two Basiswerte
ENOUGH_PLACES, ENOUGH_NUMBERS = 20, 10  # equal numbers under two names are one count from here on

Ints = NDArray[np.int64]


class Label(NamedTuple):
    """Where a count is printed first, and its name there."""

    indicator: str
    group: str
    column: str
    name: str


class Pair(NamedTuple):
    """Two counts of which the first is part of the second."""

    part: int
    whole: int
    everybody: bool  # whole minus part being zero says something about everybody


@dataclass(frozen=True, eq=False)
class Counts:
    """Every count of a panel, once.

    Attributes
    ----------
    numbers
        By count, period and area; NaN where it is hidden or absent.
    stands
        Where a row prints the count or a sign in its place.
    persons, whole
        Per count: of persons; whole numbers only.
    of_column
        By catalogue row and column of ``COLUMNS``: the count printed there, or -1.
    pairs
        Parts and wholes: numerator and denominator of proportions.
    scales
        Per catalogue row: value = scale * part / whole, as the catalogue says or as the numbers prove; else NaN.
    entry, period, area
        The codes of each row of the panel.
    """

    numbers: Floats
    stands: Bools
    persons: Bools
    whole: Bools
    labels: tuple[Label, ...]
    of_column: Ints
    pairs: tuple[Pair, ...]
    scales: Floats
    entries: pd.DataFrame
    periods: tuple[str, ...]
    areas: pd.DataFrame
    entry: Ints
    period: Ints
    area: Ints
    columns: dict[tuple[int, int], Floats] = field(default_factory=dict)


def collect_counts(data: pd.DataFrame, catalogue: pd.DataFrame) -> Counts:
    """Find the counts of a panel; rows that repeat a key fill what the first left empty."""
    keys = pd.MultiIndex.from_frame(catalogue[list(CATALOGUE_KEY)])
    entry = keys.get_indexer(pd.MultiIndex.from_frame(data[list(CATALOGUE_KEY)])).astype(np.int64)
    period, periods = pd.factorize(data["period"], sort=True)
    area, area_keys = pd.factorize(pd.MultiIndex.from_frame(data[["level", "area_id"]]), sort=True)
    shape = (len(periods), len(area_keys))
    order = np.argsort(entry, kind="stable")
    starts = np.searchsorted(entry[order], np.arange(len(catalogue) + 1))
    numbers = data[list(COLUMNS)].to_numpy(dtype=np.float64)

    finder = _Finder(shape)
    of_column = np.full((len(catalogue), len(COLUMNS)), -1, dtype=np.int64)
    pairs: list[Pair] = []
    scales = catalogue["scale"].astype("float64").to_numpy(copy=True)
    for row, about in enumerate(catalogue.to_dict("records")):
        lines = order[starts[row] : starts[row + 1]]
        if not len(lines):
            continue
        # the first line of a key comes last in the assignment, so it wins where it has a number
        at = period[lines][::-1], area[lines][::-1]
        stands = np.zeros(shape, dtype=bool)
        stands[at] = True
        tables: dict[int, Floats] = {}
        for column in _columns_of(numbers[lines], about):
            table = np.full(shape, np.nan)
            printed = numbers[lines, column][::-1]
            given = ~np.isnan(printed)
            table[at[0][given], at[1][given]] = printed[given]
            tables[column] = table
        for column, table in tables.items():
            of_column[row, column] = finder.add(column, table, stands, about, of_column[row], tables)
        if np.isnan(scales[row]):
            scales[row] = _proved_scale(numbers[lines])
        pair = _pair(of_column[row], about, finder, scales[row])
        if pair is not None and pair not in pairs:
            pairs.append(pair)
    values = np.stack(finder.numbers) if finder.numbers else np.empty((0, *shape))
    with np.errstate(invalid="ignore"):
        whole = np.array([not np.any(np.abs(table - np.round(table)) > TOLERANCE) for table in values], dtype=bool)
    return Counts(
        numbers=values,
        stands=np.stack(finder.stands) if finder.stands else np.empty((0, *shape), dtype=bool),
        persons=np.array(finder.persons, dtype=bool),
        whole=whole,
        labels=tuple(finder.labels),
        of_column=of_column,
        pairs=tuple(pairs),
        scales=scales,
        entries=catalogue,
        periods=tuple(periods),
        areas=pd.DataFrame(list(area_keys), columns=["level", "area_id"]),
        entry=entry,
        period=np.asarray(period, dtype=np.int64),
        area=np.asarray(area, dtype=np.int64),
    )


def _columns_of(numbers: Floats, about: dict[str, object]) -> list[int]:
    """Return the columns that hold counts: the Basiswerte, or the value where it is a count itself."""
    given: Bools = np.asarray(~np.isnan(numbers).all(axis=0))
    columns = [column for column in range(_VALUE) if given[column]]
    scaled = pd.notna(about["scale"]) and bool(given[_DENOMINATOR])
    if scaled and 0 not in columns and _NUMERATOR not in columns:
        return [*columns, _NUMERATOR]  # a count that is nowhere printed follows from the rate
    if columns or not given[_VALUE]:
        return columns
    value = numbers[:, _VALUE][~np.isnan(numbers[:, _VALUE])]
    like_count = bool((value >= 0).all() and (np.abs(value - np.round(value)) < TOLERANCE).all())
    said = about["counts_persons"]
    if pd.isna(about["scale"]) and (like_count if pd.isna(said) else bool(said)):
        return [_VALUE]
    return []


def _proved_scale(numbers: Floats) -> float:
    """Return the scale with which part and whole give the printed value in nearly all rows, else NaN."""
    part, whole = (
        numbers[:, column] if not np.isnan(numbers[:, column]).all() else numbers[:, base]
        for column, base in ((_NUMERATOR, 0), (_DENOMINATOR, 1))
    )
    value = numbers[:, _VALUE]
    known = ~np.isnan(part + whole + value) & (whole > 0)
    if known.sum() < ENOUGH_ROWS:
        return np.nan
    for scale in (100.0, 1000.0, 1.0):
        close = np.abs(value[known] - scale * part[known] / whole[known]) <= MOST_ROUNDING
        if close.mean() >= NEARLY_ALL and (value[known] > MOST_ROUNDING).any():
            return scale
    return np.nan


def _pair(columns: Ints, about: dict[str, object], finder: _Finder, scale: float) -> Pair | None:
    """Return numerator and denominator of a proportion of persons.

    Where the catalogue does not call it one, the numbers have to: a ratio of two counts of which one never exceeds
    the other.
    """
    part = columns[_NUMERATOR] if columns[_NUMERATOR] >= 0 else columns[0]
    whole = columns[_DENOMINATOR] if columns[_DENOMINATOR] >= 0 else columns[1]
    kind = about["kind"]
    if part < 0 or whole < 0 or part == whole or not finder.persons[part] or kind == "ratio":
        return None
    if kind != "proportion" and (np.isnan(scale) or (kind == "other" and not finder.persons[whole])):
        return None
    rest = finder.numbers[whole] - finder.numbers[part]
    known = rest[~np.isnan(rest)]
    if (known < -TOLERANCE).any() or (len(known) and (known <= TOLERANCE).all()):
        return None  # no part of it, or the whole itself in every area: a share that is 100 % by definition
    finder.persons[whole] = True
    return Pair(int(part), int(whole), everybody=True)


class _Finder:
    """Gathers counts and recognizes one that is printed twice."""

    def __init__(self, shape: tuple[int, int]) -> None:
        self.shape = shape
        self.numbers: list[Floats] = []
        self.stands: list[Bools] = []
        self.persons: list[bool] = []
        self.labels: list[Label] = []
        self.by_name: dict[str, list[int]] = {}
        self.by_sum: dict[float, list[int]] = {}

    def add(
        self,
        column: int,
        table: Floats,
        stands: Bools,
        about: dict[str, object],
        earlier: Ints,
        tables: dict[int, Floats],
    ) -> int:
        """Return the number of the count, a new one if it has not been printed before."""
        name = about.get(f"name_{column + 1}") if column < 5 else None
        name = name if isinstance(name, str) else ""
        persons = self._counts_persons(column, name, about)
        known = None
        if column in (_NUMERATOR, _DENOMINATOR):
            same = [c for c in tables if c < 5 and _same(tables[c], table) and earlier[c] >= 0]
            usual = 0 if column == _NUMERATOR else 1
            if same:
                known = int(earlier[usual if usual in same else same[0]])
        if known is None and name:
            known = next((c for c in self.by_name.get(name, ()) if not _conflict(self.numbers[c], table)), None)
        if known is None:
            known = self._equal(table)
        if known is None:
            known = len(self.numbers)
            self.numbers.append(table.copy())
            self.stands.append(stands.copy())
            self.persons.append(persons)
            self.labels.append(Label(str(about["indicator"]), str(about["group"]), COLUMNS[column], name))
            if name:
                self.by_name.setdefault(name, []).append(known)
            self.by_sum.setdefault(_signature(table), []).append(known)
            return known
        self.numbers[known] = np.where(np.isnan(self.numbers[known]), table, self.numbers[known])
        self.stands[known] |= stands
        self.persons[known] |= persons
        return known

    def _equal(self, table: Floats) -> int | None:
        """Return an earlier count with the same numbers under another name."""
        if len(np.unique(table[~np.isnan(table)])) < ENOUGH_NUMBERS:
            return None
        gaps = np.isnan(table).any()
        candidates = range(len(self.numbers)) if gaps else self.by_sum.get(_signature(table), ())
        for c in candidates:
            both = ~np.isnan(self.numbers[c]) & ~np.isnan(table)
            if (
                both.sum() >= ENOUGH_PLACES
                and not _conflict(self.numbers[c], table)
                and len(np.unique(table[both])) >= ENOUGH_NUMBERS
            ):
                return c
        return None

    def _counts_persons(self, column: int, name: str, about: dict[str, object]) -> bool:
        """Return whether a column counts persons: parts and wholes do, other Basiswerte unless they measure."""
        if not may_count_persons(pd.Series({"counts_persons": about["counts_persons"]})):
            return False
        if name and measures(name):
            return False
        if column in (0, _NUMERATOR, _VALUE):
            return True
        return bool(name) and column < 5


def _signature(table: Floats) -> float:
    return float(np.round(np.nansum(table), 3))


def _conflict(one: Floats, other: Floats) -> bool:
    with np.errstate(invalid="ignore"):
        return bool((np.abs(one - other) > TOLERANCE).any())


def _same(one: Floats, other: Floats) -> bool:
    return not _conflict(one, other) and bool((~np.isnan(one) & ~np.isnan(other)).any())
