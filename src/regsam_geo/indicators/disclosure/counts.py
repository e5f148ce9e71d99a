"""Which numbers of a panel are counts, where each stands, and which rows print the same one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from regsam_geo.indicators.disclosure.rates import Implied, Rate, search_populations
from regsam_geo.indicators.disclosure.reading import (
    BASES,
    COLUMNS,
    DENOMINATOR,
    NUMERATOR,
    VALUE,
    Reading,
    column_name,
    part_and_whole,
    read_entry,
    rows_by_entry,
    same_numbers,
)
from regsam_geo.indicators.disclosure.rules import TOLERANCE, Bools, Floats

FEW = 0.1  # of the cells may be wrong and contradict what the others say
ENOUGH_PLACES, ENOUGH_NUMBERS = 8, 4  # equal numbers under two names are one count from here on

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


class Tie(NamedTuple):
    """A rate that gives a count away: value of the catalogue row = scale * part / whole."""

    entry: int
    part: int
    whole: int
    scale: float


@dataclass(frozen=True, eq=False)
class Counts:
    """Every count of a panel, once.

    Attributes
    ----------
    numbers
        By count, period and area; NaN where it is hidden or absent.
    stands
        Where a row prints the count, a sign in its place, or a rate from which it follows.
    persons
        Per count: whether it counts persons.
    whole
        Per count and period: whole numbers only.
    of_column
        By catalogue row and column of ``COLUMNS``: the count printed there, or -1.
    pairs
        Parts and wholes: numerator and denominator of proportions.
    ties
        The rates that are printed, with the counts that they are made of.
    readings
        Per catalogue row, what it was read as.
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
    ties: tuple[Tie, ...]
    readings: tuple[Reading, ...]
    entries: pd.DataFrame
    periods: tuple[str, ...]
    areas: pd.DataFrame
    entry: Ints
    period: Ints
    area: Ints
    columns: dict[tuple[int, int], Floats] = field(default_factory=dict)


def collect_counts(data: pd.DataFrame, catalogue: pd.DataFrame, *, implied: bool = True) -> Counts:
    """Find the counts of a panel; rows that repeat a key fill what the first left empty.

    With ``implied``, a count that is printed nowhere and follows from a rate has that number; else it is unknown.
    """
    entry, rows = rows_by_entry(data, catalogue)
    period, periods = pd.factorize(data["period"], sort=True)
    area, area_keys = pd.factorize(pd.MultiIndex.from_frame(data[["level", "area_id"]]), sort=True)
    finder = _Finder((len(periods), len(area_keys)), len(catalogue), implied)
    numbers = data[list(COLUMNS)].to_numpy(dtype=np.float64)
    # The groups of an indicator are calculated alike: in a small table they prove together what a rate is.
    groups = catalogue.groupby("indicator", sort=False).indices
    for row, about in enumerate(catalogue.to_dict("records")):
        alike = numbers[np.concatenate([rows[k] for k in groups[about["indicator"]]])]
        finder.read(row, about, numbers[rows[row]], period[rows[row]], area[rows[row]], alike)
    # not before all rows are read: the population of a rate may stand in a later indicator
    finder.tie_rates()
    finder.find_pairs()
    values = np.stack(finder.numbers) if finder.numbers else np.empty((0, *finder.shape))
    with np.errstate(invalid="ignore"):
        whole = ~np.any(np.abs(values - np.round(values)) > TOLERANCE, axis=2)
    return Counts(
        numbers=values,
        stands=np.stack(finder.stands) if finder.stands else np.empty((0, *finder.shape), dtype=bool),
        persons=np.array(finder.persons, dtype=bool),
        whole=whole,
        labels=tuple(finder.labels),
        of_column=finder.of_column,
        pairs=tuple(finder.pairs),
        ties=tuple(dict.fromkeys(finder.ties)),
        readings=tuple(finder.readings),
        entries=catalogue,
        periods=tuple(periods),
        areas=pd.DataFrame(list(area_keys), columns=["level", "area_id"]),
        entry=entry,
        period=np.asarray(period, dtype=np.int64),
        area=np.asarray(area, dtype=np.int64),
    )


class _Finder:
    """Gathers counts and recognizes one that is printed twice."""

    def __init__(self, shape: tuple[int, int], entries: int, implied: bool) -> None:
        self.shape, self.implied = shape, implied
        self.numbers: list[Floats] = []
        self.stands: list[Bools] = []
        self.persons: list[bool] = []
        self.labels: list[Label] = []
        self.by_name: dict[str, list[int]] = {}
        self.by_sum: dict[float, list[int]] = {}
        self.of_column: Ints = np.full((entries, len(COLUMNS)), -1, dtype=np.int64)
        self.abouts: list[Mapping[str, object]] = []
        self.readings: list[Reading] = []
        self.rates: dict[int, Rate] = {}
        self.pairs: list[Pair] = []
        self.ties: list[Tie] = []

    # one row of the catalogue after the other --------------------------------------------------------------

    def read(
        self, row: int, about: Mapping[str, object], numbers: Floats, period: Ints, area: Ints, alike: Floats
    ) -> None:
        """Take up the counts that one row of the catalogue prints, and its rate; ``alike`` are all its groups."""
        reading = read_entry(numbers, about, alike)
        self.abouts.append(about)
        self.readings.append(reading)
        if not len(numbers):
            return
        # the first line of a key comes last in the assignment, so it wins where it has a number
        at = period[::-1], area[::-1]
        stands = np.zeros(self.shape, dtype=bool)
        stands[at] = True
        tables: dict[int, Floats] = {}
        for column in {*reading.counts, VALUE}:
            table = np.full(self.shape, np.nan)
            printed = numbers[::-1, column]
            given = ~np.isnan(printed)
            table[at[0][given], at[1][given]] = printed[given]
            tables[column] = table
        value = tables.pop(VALUE)
        doubtful = self._keep_rate(row, reading, value, stands)
        counts = list(reading.counts)
        if not np.isnan(reading.scale) and DENOMINATOR in counts:
            self._follow_rate(reading, value, tables, counts)
        for column in counts:
            if column == VALUE and doubtful:
                continue  # looked at again when all populations are known
            table = value if column == VALUE else tables[column]
            self.of_column[row, column] = self._add(row, column, table, stands, tables)

    def _keep_rate(self, row: int, reading: Reading, value: Floats, stands: Bools) -> bool:
        """Remember a value that may be a rate; return whether it may be a count as well."""
        doubtful = False
        if VALUE in reading.counts and reading.why in ("doubt", "thing"):
            known = value[~np.isnan(value)]
            # with decimals it may be a rate or a yearly mean; both are kept open until the populations decide
            doubtful = bool(np.mean(np.abs(known - np.round(known)) > TOLERANCE) > 0.5)
        if reading.rate or doubtful:
            self.rates[row] = Rate(value, stands, reading.scale, reading.named_scale)
        return doubtful

    def _follow_rate(self, reading: Reading, value: Floats, tables: dict[int, Floats], counts: list[int]) -> None:
        """Complete the numerators that are not printed: a reader multiplies rate and denominator."""
        # the first Basiswert is the numerator under its own name
        if 0 in counts and NUMERATOR not in counts:
            return
        found = tables.get(NUMERATOR, np.full(self.shape, np.nan))
        if self.implied:
            # an audit leaves these open, because a rounded rate tells a range and not a number
            free = np.isnan(found) & np.isnan(tables.get(0, found))
            found = np.where(free, value * tables[DENOMINATOR] / reading.scale, found)
        tables[NUMERATOR] = found
        if NUMERATOR not in counts:
            counts.append(NUMERATOR)

    def _add(self, row: int, column: int, table: Floats, stands: Bools, tables: dict[int, Floats]) -> int:
        """Return the number of the count, a new one if it has not been printed before."""
        about, reading = self.abouts[row], self.readings[row]
        name = column_name(column, about) if column in BASES else ""
        follows = column == NUMERATOR and column not in reading.counts
        persons = reading.why not in ("denied", "thing") if follows else column in reading.persons
        known = None
        if column in (NUMERATOR, DENOMINATOR, VALUE):
            earlier = self.of_column[row]
            others = [0, NUMERATOR] if column == VALUE else [*BASES]
            same = [c for c in others if c in tables and earlier[c] >= 0 and same_numbers(tables[c], table)]
            # where several Basiswerte fit: by convention numerator and denominator are the first two
            usual = 1 if column == DENOMINATOR else 0
            if same:
                known = int(earlier[usual if usual in same else same[0]])
        if known is None and name:
            # a shared name is no proof: where the numbers contradict, these are two counts
            known = next((c for c in self.by_name.get(name, ()) if not _conflict(self.numbers[c], table)), None)
        if known is None:
            known = self._equal(table)
        if known is None:
            label = Label(str(about["indicator"]), str(about["group"]), COLUMNS[column], name)
            return self._new(table, stands, persons, label)
        self._join(known, table, stands, persons)
        return known

    def _new(self, table: Floats, stands: Bools, persons: bool, label: Label) -> int:
        number = len(self.numbers)
        self.numbers.append(table.copy())
        self.stands.append(stands.copy())
        self.persons.append(persons)
        self.labels.append(label)
        if label.name:
            self.by_name.setdefault(label.name, []).append(number)
        self.by_sum.setdefault(_signature(table), []).append(number)
        return number

    def _join(self, known: int, table: Floats, stands: Bools, persons: bool) -> None:
        self.numbers[known] = np.where(np.isnan(self.numbers[known]), table, self.numbers[known])
        self.stands[known] = self.stands[known] | stands
        # one row that is about persons is enough: a count protected in vain costs less than a leak
        self.persons[known] |= persons

    def _equal(self, table: Floats) -> int | None:
        """Return an earlier count with the same numbers under another name."""
        # tables of a few different numbers are equal by chance
        if len(np.unique(table[~np.isnan(table)])) < ENOUGH_NUMBERS:
            return None
        gaps = np.isnan(table).any()
        # gaps change the total, so that it cannot be looked up by it
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

    # rates, with every population of the tables ---------------------------------------------------------------

    def tie_rates(self) -> None:
        """Find the counts that follow from rates, and those that are doubtful values themselves."""
        for row, rate in self.rates.items():
            own_part, own_whole = self._own(row)
            reading = self.readings[row]
            if own_part >= 0 and own_whole >= 0 and not np.isnan(reading.scale):
                self.ties.append(Tie(row, own_part, own_whole, reading.scale))
            proved = reading.explained or any(tie.entry == row for tie in self.ties)
            if not proved:
                proved = self._try_populations(row, rate)
            # no population is proved, so the value may still be a count and is protected as one
            if VALUE in reading.counts and not proved:
                self.of_column[row, VALUE] = self._add(row, VALUE, rate.values, rate.stands, {})

    def _own(self, row: int) -> tuple[int, int]:
        part, whole = part_and_whole((self.of_column[row] >= 0).tolist())
        of = self.of_column[row]
        return (int(of[part]) if part >= 0 else -1), (int(of[whole]) if whole >= 0 else -1)

    def _try_populations(self, row: int, rate: Rate) -> bool:
        """Multiply a rate with each population; return whether the numbers prove that it is one."""
        reading = self.readings[row]
        populations = {c: self.numbers[c] for c in range(len(self.numbers)) if self.persons[c]}
        if reading.why == "denied":
            return False
        found, proved = search_populations(rate, populations, self.numbers, reading.rate)
        known = {(tie.part, tie.whole) for tie in self.ties if tie.entry == row}
        for one in found:
            part = self._imply(row, one) if one.part is None else one.part
            if one.part is not None:
                together = rate.stands & self.stands[one.population]
                follows = np.where(together & self.implied, one.numbers, np.nan)
                self._join(part, follows, together, self.persons[part])
            if (part, one.population) not in known:
                self.ties.append(Tie(row, part, one.population, one.scale))
        return proved

    def _imply(self, row: int, one: Implied) -> int:
        """Return the count that follows from a rate and a population and is printed nowhere."""
        about, reading = self.abouts[row], self.readings[row]
        table = one.numbers if self.implied else np.full(self.shape, np.nan)
        stands = self.rates[row].stands & self.stands[one.population]
        label = Label(str(about["indicator"]), str(about["group"]), COLUMNS[NUMERATOR], "")
        persons = reading.why != "denied" and self.persons[one.population]
        return self._new(np.where(stands, table, np.nan), stands, persons, label)

    # parts and wholes -----------------------------------------------------------------------------------------

    def find_pairs(self) -> None:
        """Find the proportions of persons: what is no part is itself a count of persons."""
        for row, about in enumerate(self.abouts):
            # the numerator of a ratio is no part of its denominator: there is no rest that describes persons
            if about["kind"] == "ratio":
                continue
            part, whole = self._own(row)
            if self.of_column[row, VALUE] >= 0 and self.of_column[row, NUMERATOR] < 0:
                # a count beside its population
                part = int(self.of_column[row, VALUE])
                whole = next((int(c) for c in self.of_column[row, [DENOMINATOR, 0]] if c >= 0), -1)
            if part >= 0 and whole >= 0:
                self._pair(part, whole)
        for tie in self.ties:
            if self.abouts[tie.entry]["kind"] != "ratio" and tie.scale in (1.0, 100.0):
                self._pair(tie.part, tie.whole)

    def _pair(self, part: int, whole: int) -> None:
        """Note part and whole, where the numbers do not speak against it."""
        if part == whole or not self.persons[part]:
            return
        rest = self.numbers[whole] - self.numbers[part]
        known = rest[~np.isnan(rest)]
        if not len(known) and not self.implied:
            return
        if len(known) and ((known < -TOLERANCE).mean() > FEW or (known <= TOLERANCE).all()):
            return  # no part of it, or the whole itself in every area: a share that is 100 % by definition
        pair = Pair(part, whole, everybody=True)
        if pair not in self.pairs:
            self.pairs.append(pair)


def _signature(table: Floats) -> float:
    return float(np.round(np.nansum(table), 3))


def _conflict(one: Floats, other: Floats) -> bool:
    with np.errstate(invalid="ignore"):
        return bool((np.abs(one - other) > TOLERANCE).any())
