"""All that a reader can write down: which cells there are, what each may be, and which sums and rates tie them."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from regsam_geo.audit.figures import Figure, series_of
from regsam_geo.audit.numbers import Span
from regsam_geo.audit.places import CITY, Place, Places

_MEASURE = re.compile(
    r"km²|km2|hektar|\bha\b|\bm²|euro|€|\beur\b|jahre\b|\byears\b|quadratmeter|wohnfläche|index|grad\b|°|fläche",
    re.I,
)
_COUNTED = re.compile(
    r"|personen|persons|anzahl|number|fälle|cases|einwohner.*|haushalte|households|kinder|children|people", re.I
)
_PER = re.compile(r"(?:je|per|pro)\s+([\d.,\u00a0\u202f ]+)", re.I)
_PERCENT = re.compile(r"%|prozent|percent|(?:anteil|anteile|quote|quoten)\b|\bshares?\b", re.I)
_RATIO = re.compile(
    r"‰|promille|(?:dichte|ziffer|quotient|index|median|score|density|ratio)n?\b|\braten?\b|\w(?:n|s|be)raten?\b|\brates?\b"
    r"|\b(?:je|pro|per)\s+(?:einwohner|person|kopf|haushalt|frau|capita|inhabitant|woman)|haushaltsgröße",
    re.I,
)
_POPULATION = re.compile(
    r"bevölkerung|einwohner|population|inhabitants|haushalte insgesamt|personen insgesamt", re.I
)
_SUFFIX = re.compile(r"\s*(?:[-–,:]\s*)?(?:anteil|anzahl|quote|rate|zahl|share|count|number|wert|value)$")
FEWEST_SHOWN = 3
"""So many shown cells have to bear a sum out before a reader takes it as one."""


class Key(NamedTuple):
    """One count: of which series, its part or its whole, and of which edition where editions differ."""

    series: str
    column: str
    edition: int


class Cell(NamedTuple):
    """One count in one area and period."""

    key: Key
    place: Place
    period: str


@dataclass
class Known:
    """What is told of one cell."""

    span: Span | None = None
    secret: bool = False
    sources: list[str] = field(default_factory=list)

    def take(self, span: Span | None, secret: bool, source: str) -> bool:
        """Add what one file says; ``False`` where it contradicts what is known."""
        self.secret |= secret
        if span is None:
            return True
        if source not in self.sources:
            self.sources.append(source)
        if self.span is None:
            self.span = span
            return True
        if not self.span.within(span):
            return False
        # rounded to different digits both are true, and each narrows what the other leaves open
        self.span = Span(max(self.span.low, span.low), min(self.span.high, span.high))
        return True


@dataclass(frozen=True)
class Row:
    """One sum, rate or order: the numbers of some cells, weighted, lie between two bounds."""

    weights: tuple[tuple[Cell, float], ...]
    low: float
    high: float
    kind: str
    """``sum``, ``groups``, ``rate``, ``part``."""
    sources: tuple[str, ...] = ()
    tested: bool = True


class Knowledge:
    """Figures of one or several editions, put together.

    Parameters
    ----------
    figures
        All that was read.
    places
        The areas a reader knows.
    names
        Names of one series that stand for each other.
    not_persons
        Series that count no persons.
    groups
        Names, with `` | `` between indicator and group, of which the first is made up of the others.
    """

    def __init__(
        self,
        figures: Iterable[Figure],
        places: Places,
        names: Iterable[Collection[str]] = (),
        not_persons: Collection[str] = (),
        groups: Iterable[Sequence[str]] = (),
    ) -> None:
        self.places = places
        told = list(figures)
        written = Counter(one.series for one in told)
        newest: dict[int, str] = {}
        for one in told:
            # as text every word would be later than any year
            if re.fullmatch(r"(19|20)\d\d.*", one.period):
                newest[one.edition] = max(newest.get(one.edition, ""), one.period)
        same = _same_names({one.series for one in told}, names)
        told = [
            replace(
                one,
                series=same.get(one.series, one.series),
                period=one.period or newest.get(one.edition, max(newest.values(), default="")),
            )
            for one in told
        ]
        self.newest = max(newest.values(), default="")
        self.same_names = same
        self.groups = [tuple(map(self._series, many)) for many in groups]
        self.called: dict[str, str] = {}
        """Each series as the files name it most often."""
        for name, _ in written.most_common():
            self.called.setdefault(same.get(name, name), name)
        by_series: dict[str, list[Figure]] = defaultdict(list)
        for one in told:
            by_series[one.series].append(one)
        self.scales: dict[str, float] = {}
        self.persons: dict[str, bool] = {}
        self.contradictions: list[str] = []
        self.cells: dict[Cell, Known] = {}
        self.rates: dict[tuple[str, int], dict[tuple[Place, str], Known]] = defaultdict(dict)
        excluded = {same.get(one, one) for one in not_persons}
        self.revised = _revised(told)
        """Indicators and periods of which two editions tell different numbers."""
        for series, many in by_series.items():
            self._take(series, many, persons=series not in excluded)
        self.shown: dict[Key, list[Cell]] = defaultdict(list)
        for cell, known in self.cells.items():
            if known.span is not None:
                self.shown[cell.key].append(cell)
        self.whole = {key: self._is_whole(key) for key in {cell.key for cell in self.cells}}
        self.numbers: dict[Cell, float] = {}

    def _series(self, name: str) -> str:
        """Return the series of a name that may say that everybody is meant, as the tables of a reader do not."""
        written, plain = series_of(name), series_of(*name.split(" | ", 1))
        return self.same_names.get(written, self.same_names.get(plain, plain))

    # --- cells

    def _take(self, series: str, many: list[Figure], *, persons: bool) -> None:
        units = Counter(one.unit for one in many if one.unit and one.column == "value")
        unit = units.most_common(1)[0][0] if units else ""
        # a table of one's own has no units; a reader takes them from the heading
        named = "" if unit else _named_unit(series.partition(" | ")[0])
        if named and any(one.span is not None and one.span.high < 0 for one in many if one.column == "value"):
            named = _NO_COUNT  # a change, and no share of anybody
        scale = None if named == _NO_COUNT and not _bases(many) else _scale(unit or named, many)
        self.persons[series] = persons and not _MEASURE.search(f"{series} {unit}")
        counted = scale is None and not named and (_COUNTED.fullmatch(unit.strip()) is not None)
        self.scales[series] = math.nan if scale is None else scale
        if not named:
            many = [_as_count(one, many, scale) for one in many]
        # a revised number is no contradiction: each edition then counts by itself, with all groups of the
        # indicator, or sums would mix what was with what is
        split = {period for family, period in self.revised if family == family_of(series)}
        values: list[Figure] = []
        for one in many:
            edition = one.edition if one.period in split else -1
            if one.column in ("numerator", "denominator") or one.column.startswith("base_"):
                column = {"numerator": "n", "denominator": "d"}.get(one.column, one.column)
                self._tell(Cell(Key(series, column, edition), one.place, one.period), one)
            elif counted and one.column == "value":
                self._tell(Cell(Key(series, "n", edition), one.place, one.period), one)
                values.append(one)
            elif one.column in ("value", "printed", *_HINTED):
                values.append(one)
        if scale is not None or counted:
            self._take_values(series, values, split, counted=counted)

    def _tell(self, cell: Cell, one: Figure) -> None:
        known = self.cells.setdefault(cell, Known())
        if not known.take(one.span, one.secret, one.source):
            self.contradictions.append(f"{one.series}, {one.place[1]}, {one.period}: {one.source}")

    def _take_values(self, series: str, values: list[Figure], split: set[str], *, counted: bool) -> None:
        """Note rates, and what hints say of them."""
        shown: dict[int, dict[tuple[Place, str], Known]] = defaultdict(dict)
        for one in values:
            edition = one.edition if one.period in split else -1
            place = CITY if one.column == "city" else one.place
            if one.column in ("value", "city"):
                known = shown[edition].setdefault((place, one.period), Known())
                if not known.take(one.span, one.secret and one.column == "value", one.source) and one.span:
                    # what the office printed may differ from the ratio of its rounded figures in the last digit
                    known.span = min(known.span or one.span, one.span, key=lambda span: span.high - span.low)
        for edition, known_values in shown.items():
            hints = [one for one in values if edition in (-1, one.edition) and one.column in _HINTED]
            for _ in range(2):
                _use_hints(known_values, hints)
            if counted:
                for (place, period), known in known_values.items():
                    cell = Cell(Key(series, "n", edition), place, period)
                    if known.span is not None and not self.cells.setdefault(cell, Known()).take(
                        known.span, secret=False, source=", ".join(known.sources)
                    ):
                        self.contradictions.append(f"{series}, {place[1]}, {period}")
            else:
                self.rates[series, edition].update(known_values)

    def _is_whole(self, key: Key) -> bool:
        """Tell whether only whole numbers are shown of a count: yearly means are not whole."""
        spans = (self.cells[cell].span for cell in self.shown[key])
        return all(span is not None and span.exact for span in spans)

    def number(self, cell: Cell) -> float:
        """Return the number of a cell that is shown; NaN where it is not."""
        if cell not in self.numbers:
            known = self.cells.get(cell)
            span = None if known is None else known.span
            if span is None or not span.exact:
                self.numbers[cell] = math.nan
            elif self.whole.get(cell.key, True):
                self.numbers[cell] = float(math.ceil(span.low - 1e-6))
            else:
                self.numbers[cell] = (span.low + span.high) / 2
        return self.numbers[cell]

    # --- what ties them

    def rows(self) -> Iterator[Row]:
        """Write down every sum, rate and order."""
        by_key: dict[Key, dict[str, set[Place]]] = defaultdict(lambda: defaultdict(set))
        for cell in self.cells:
            by_key[cell.key][cell.period].add(cell.place)
        for (series, edition), known in self.rates.items():
            for (place, period), told in known.items():
                if told.span is not None or told.secret:
                    for column in "nd":
                        by_key[Key(series, column, edition)][period].add(place)
        wholes = self._wholes(by_key)
        yield from self._rate_rows(wholes)
        yield from self._base_rows()
        for key, periods in by_key.items():
            yield from self._sum_rows(key, periods)
        yield from self._group_rows(by_key)

    def _wholes(self, by_key: Mapping[Key, object]) -> dict[str, str]:
        """Return for each rate whose whole is nowhere told the series that looks like its population."""
        told = {key.series for key in by_key if key.column == "d" and self.shown[key]}
        # by length: the shortest name is the population itself, a longer one mostly a part of it
        populations = sorted(
            {key.series for key in by_key if key.column == "n" and _POPULATION.search(key.series)}
            - set(self._rates()),
            key=len,
        )
        found = {}
        for series in self._rates():
            if series not in told and populations:
                found[series] = populations[0]
        return found

    def _rates(self) -> set[str]:
        return {series for series, scale in self.scales.items() if not math.isnan(scale)}

    def _rate_rows(self, wholes: Mapping[str, str]) -> Iterator[Row]:
        for (series, edition), known in self.rates.items():
            scale = self.scales[series]
            for (place, period), told in known.items():
                part = Cell(Key(series, "n", edition), place, period)
                whole = Cell(Key(series, "d", edition), place, period)
                if series in wholes:
                    whole = self._cell(wholes[series], "n", edition, place, period)
                if told.secret:
                    self.cells.setdefault(part, Known()).secret = True
                if told.span is None:
                    continue
                low, high = told.span.low - 1e-9, told.span.high + 1e-9
                sources = tuple(told.sources)
                # multiplied out: the quotient of two unknown numbers would not be linear
                yield Row(((part, scale), (whole, -low)), 0.0, math.inf, "rate", sources)
                yield Row(((part, scale), (whole, -high)), -math.inf, 0.0, "rate", sources)
            # more than all of them: a change or a ratio in percent, and no part of a whole
            above = any(told.span is not None and told.span.low > 100.0 for told in known.values())
            if scale == 100.0 and series not in wholes and not above:
                for place, period in known:
                    part, whole = (Cell(Key(series, column, edition), place, period) for column in "nd")
                    yield Row(((whole, 1.0), (part, -1.0)), 0.0, math.inf, "part")

    def _base_rows(self) -> Iterator[Row]:
        """Tie a Basiswert to the part or the whole of its rate, where both are shown and never differ."""
        pairs: dict[tuple[Key, Key], list[tuple[Cell, Cell]]] = defaultdict(list)
        for cell in self.cells:
            if cell.key.column.startswith("base_"):
                for column in "nd":
                    other = Cell(cell.key._replace(column=column), cell.place, cell.period)
                    if other in self.cells:
                        pairs[cell.key, other.key].append((cell, other))
        for cells in pairs.values():
            gaps = [self.number(base) - self.number(other) for base, other in cells]
            shown = [gap for gap in gaps if not math.isnan(gap)]
            if len(shown) >= FEWEST_SHOWN and not any(shown):
                for base, other in cells:
                    yield Row(((base, 1.0), (other, -1.0)), 0.0, 0.0, "rate")

    def _sum_rows(self, key: Key, periods: Mapping[str, set[Place]]) -> Iterator[Row]:
        everywhere = set().union(*periods.values())
        levels = sorted({level for level, _ in everywhere} - {"city"})
        for level in levels:
            families: dict[Place, set[Place]] = defaultdict(set)
            for place in everywhere:
                if place[0] == level:
                    for parent in self.places.parents(place):
                        families[parent].add(place)
            for parent_level in {parent[0] for parent in families}:
                relations = []
                for parent, seen in families.items():
                    if parent[0] != parent_level:
                        continue
                    # of the levels whose parts stand in no list the parts seen are taken to be all
                    parts = self.places.whole_of(parent, level) or sorted(seen)
                    relations.append((parent, parts))
                yield from self._sums_of(key, periods, relations)
        for parent, parts, complete in self.places.declared(everywhere):
            yield from self._sums_of(key, periods, [(parent, parts)], complete=complete)
        own = sorted(place for place in everywhere if place[0] == "own")
        # nobody says that these cover the city: it has to be seen in the numbers
        if len(own) > 1 and CITY in everywhere:
            yield from (
                row for row in self._sums_of(key, periods, [(CITY, own)]) if row.tested and row.high == 0.0
            )

    def _sums_of(
        self,
        key: Key,
        periods: Mapping[str, set[Place]],
        relations: list[tuple[Place, list[Place]]],
        *,
        complete: bool = True,
    ) -> Iterator[Row]:
        gaps: dict[str, list[float]] = defaultdict(list)
        for period in periods:
            for parent, parts in relations:
                numbers = [self.number(Cell(key, place, period)) for place in (parent, *parts)]
                if not any(map(math.isnan, numbers)):
                    gaps[period].append(numbers[0] - sum(numbers[1:]))
        every = [gap for many in gaps.values() for gap in many]
        # by majority, and where parts exceed their whole: one typing error must not hide a sum
        if every and sum(abs(gap) > 0.5 for gap in every) > 0.5 * len(every) and min(every) < -0.5:
            return  # moves within an area: nothing is to be subtracted
        # cases that belong to no area: the whole is more than its parts, nobody knows by how much
        open_end = not complete or (bool(every) and any(gap > 0.5 for gap in every))
        for period, seen in periods.items():
            for parent, parts in relations:
                if parent not in seen and not any(place in seen for place in parts):
                    continue
                # a single quarter of a sub-district is hardly all of it; what is declared is taken at its word
                if len(parts) == 1 and "own" not in (parent[0], parts[0][0]) and parent[0] != "region":
                    continue
                weights = (
                    (Cell(key, parent, period), 1.0),
                    *((Cell(key, place, period), -1.0) for place in parts),
                )
                high = math.inf if open_end else 0.0
                yield Row(weights, 0.0, high, "sum", tested=bool(every))

    def _group_rows(self, by_key: Mapping[Key, Mapping[str, set[Place]]]) -> Iterator[Row]:
        places = sorted({(cell.place, cell.period) for cell in self.cells})
        counts = sorted({key[:2] for key in by_key if key.column != "d"})
        proven: dict[tuple[tuple[str, str], ...], None] = {}
        editions = sorted({key.edition for key in by_key} - {-1}) or [-1]
        # each edition for itself: what one shows and the other hides may be two numbers
        for edition in editions:
            table = np.array(
                [[self.number(self._cell(*one, edition, *where)) for where in places] for one in counts]
            )
            known = [at for at, row in enumerate(table) if not np.isnan(row).all()]
            names = [family_of(counts[at][0]) for at in known]
            for whole, parts in find_divisions(table[known], names):
                proven.setdefault(tuple(counts[known[at]] for at in (whole, *parts)))
        for column in sorted({column for _, column in counts}):
            for many in self.groups:
                proven.setdefault(tuple((series, column) for series in many))
        written: set[tuple[Cell, ...]] = set()
        for members in proven:
            if not set(members) <= set(counts):
                continue
            for edition in editions:
                for where in places:
                    cells = tuple(self._cell(*one, edition, *where) for one in members)
                    if cells not in written and sum(cell in self.cells for cell in cells) >= 2:
                        written.add(cells)
                        signs = (1.0, *[-1.0] * (len(cells) - 1))
                        yield Row(tuple(zip(cells, signs, strict=True)), 0.0, 0.0, "groups")

    def _cell(self, series: str, column: str, edition: int, place: Place, period: str) -> Cell:
        """Return a cell as an edition has it; where none was revised they all have the same."""
        own = Cell(Key(series, column, edition), place, period)
        return (
            own if (family_of(series), period) in self.revised else own._replace(key=own.key._replace(edition=-1))
        )


def family_of(series: str) -> str:
    """Return what the groups of an indicator share."""
    return series.partition(" | ")[0]


def find_divisions(table: np.ndarray, families: list[str]) -> list[tuple[int, tuple[int, ...]]]:
    """Find rows of a table that are the sum of two or more others wherever all are shown.

    Parameters
    ----------
    table
        One row per count, one column per area and period; NaN where it is not shown.
    families
        What the rows belong to; four parts are looked for among few rows, or within a family.
    """
    n = len(table)
    kept = [
        k
        for k in range(n)
        # a row of one number alone is the sum of others by mere chance
        if np.isfinite(table[k]).sum() >= FEWEST_SHOWN and len(set(table[k][np.isfinite(table[k])])) > 1
    ]
    found: list[tuple[int, tuple[int, ...]]] = []
    # with these limits no size tries more than about two thousand combinations in a group
    for size in (2, 3, 4):
        if len(kept) > {2: 60, 3: 24, 4: 12}[size]:
            groups = [[k for k in kept if families[k] == name] for name in dict.fromkeys(families)]
            groups = [group for group in groups if size < len(group) <= {2: 60, 3: 24, 4: 12}[size]]
        else:
            groups = [kept]
        for group in groups:
            for parts in itertools.combinations(group, size):
                total = table[list(parts)].sum(axis=0)
                if any(set(other) < set(parts) for _, other in found):
                    continue
                for whole in group:
                    if whole in parts:
                        continue
                    both = np.isfinite(total) & np.isfinite(table[whole])
                    equal = np.abs(total[both] - table[whole][both]) < 0.5
                    enough = max(FEWEST_SHOWN, size)
                    # one typing error in an old year hides no sum from a reader
                    if both.sum() >= enough and equal.mean() > 0.9 and len(set(table[whole][both])) > 1:
                        found.append((whole, parts))
    return found + _long_divisions(table, kept, families)


def _long_divisions(
    table: np.ndarray, kept: Sequence[int], families: Sequence[str]
) -> list[tuple[int, tuple[int, ...]]]:
    """Find rows that are the sum of five or more others: those of one family each, the first of each family alone.

    Each row is written as a weighting of the others, none of them negative; a sum is one in which all weights are
    one. There have to be more cells than rows, or every row would be such a sum.
    """
    from scipy.optimize import nnls

    by_family: dict[str, list[int]] = defaultdict(list)
    for k in kept:
        by_family[families[k]].append(k)
    heads = [many[0] for many in by_family.values()]
    found = []
    for rows in (*by_family.values(), heads):
        if not FEWEST_OF_LONG < len(rows) <= MOST_OF_LONG:
            continue
        cells = np.flatnonzero(np.isfinite(table[rows]).all(axis=0))
        # in two halves, as one wrong number spoils only one of them
        for some in (cells, cells[::2], cells[1::2]):
            if len(some) < len(rows) + FEWEST_SHOWN:
                continue
            for whole in rows:
                others = [k for k in rows if k != whole]
                weights, rest = nnls(table[others][:, some].T, table[whole, some])
                parts = tuple(k for k, weight in zip(others, weights, strict=True) if weight > 0.5)
                exact = rest < 0.5 and np.all(np.minimum(weights, np.abs(weights - 1.0)) < 1e-6)
                if exact and len(parts) >= FEWEST_OF_LONG and (whole, parts) not in found:
                    found.append((whole, parts))
    return found


FEWEST_OF_LONG, MOST_OF_LONG = 5, 60
"""Parts of a long sum, and rows among which one is looked for: up to 60, that takes a second."""

_HINTED = ("city", "difference", "ratio", "rank", "change_1", "change_5", "city_change_1", "city_change_5")


_NO_COUNT = "ratio"
"""A heading that speaks of a number that is neither a count nor a share."""


def _named_unit(name: str) -> str:
    """Return the unit that a heading tells: ``%``, ``je 1.000``, another ratio; nothing of what may be a count."""
    # in three months something is counted, among a hundred it is a rate
    if (found := re.search(r"\b" + _PER.pattern, name, re.I)) and len(re.sub(r"\D", "", found.group(1))) >= 3:
        return found.group(0)
    if _PERCENT.search(name):
        return "%"
    return _NO_COUNT if _RATIO.search(name) else ""


def _bases(many: list[Figure]) -> bool:
    return any(one.column in ("numerator", "denominator") for one in many)


def _scale(unit: str, many: list[Figure]) -> float | None:
    """Return what a rate is per: 100 of a percentage; ``None`` for a number that is no rate."""
    if unit.strip().startswith("%") or "prozent" in unit.casefold() or unit.casefold().startswith("percent"):
        return 100.0
    if found := _PER.match(unit.strip()):
        return float(re.sub(r"\D", "", found.group(1)) or "nan")
    by_column: dict[str, dict[tuple[Place, str, int], float]] = defaultdict(dict)
    for one in many:
        if one.span is not None:
            by_column[one.column][one.place, one.period, one.edition] = (one.span.low + one.span.high) / 2
    shared = by_column["value"].keys() & by_column["numerator"].keys() & by_column["denominator"].keys()
    scales = [
        by_column["value"][at] * by_column["denominator"][at] / by_column["numerator"][at]
        for at in shared
        # a rate of few cases is rounded too coarsely to tell what it is per
        if by_column["numerator"][at] > 20
    ]
    if scales:
        power = round(math.log10(max(float(np.median(scales)), 1e-9)))
        return 10.0**power if abs(math.log10(float(np.median(scales))) - power) < 0.02 else None
    if by_column["denominator"] and not by_column["numerator"]:
        return None
    decimals = [one for one in many if one.column == "value" and one.span is not None and not one.span.exact]
    return 100.0 if decimals and unit == "" and len(decimals) > 3 and by_column["denominator"] else None


def _as_count(one: Figure, many: list[Figure], scale: float | None) -> Figure:
    """Take a bare whole number beside rates for the count that they are made from."""
    if scale is None or one.column != "value" or one.span is None or not one.span.exact:
        return one
    if one.unit:
        return replace(one, column="numerator") if _COUNTED.fullmatch(one.unit.strip()) else one
    if one.span.low != one.span.high:
        return one
    others = [
        other.span
        for other in many
        if other.source != one.source
        and (other.place, other.period) == (one.place, one.period)
        and other.span is not None
        and other.column == "value"
        and other.unit
    ]
    beside = [
        other
        for other in many
        if other.source == one.source and other.column == "value" and other.span is not None
    ]
    if any(span.within(one.span) for span in others) or any(
        not other.span.exact for other in beside if other.span
    ):
        return one
    return replace(one, column="numerator")


def _revised(many: list[Figure]) -> set[tuple[str, str]]:
    """Return the indicators and periods of which two editions tell different numbers of one cell."""
    told: dict[tuple[str, str, str, Place], dict[int, Span]] = defaultdict(dict)
    for one in many:
        if one.span is not None and one.column in ("value", "numerator", "denominator"):
            told[one.series, one.column, one.period, one.place].setdefault(one.edition, one.span)
    return {
        (family_of(series), period)
        for (series, _, period, _), spans in told.items()
        if any(not a.within(b) for a, b in itertools.combinations(spans.values(), 2))
    }


def _use_hints(known: dict[tuple[Place, str], Known], hints: list[Figure]) -> None:
    """Work out values from what is said about them: the distance from the city, the change, the rank."""

    def tell(place: Place, period: str, low: float, high: float, source: str) -> None:
        at = known.setdefault((place, period), Known())
        at.take(Span(low, high), secret=False, source=source)

    def of(place: Place, period: str) -> Span | None:
        return known[place, period].span if (place, period) in known else None

    ranks: dict[tuple[str, str, str], list[tuple[float, Place]]] = defaultdict(list)
    for one in hints:
        if one.span is None:
            continue
        low, high = one.span
        city, here = of(CITY, one.period), of(one.place, one.period)
        if one.column == "difference" and city is not None and here is None:
            tell(one.place, one.period, city.low + low, city.high + high, one.source)
        elif one.column == "ratio" and city is not None and here is None and city.low > 0:
            tell(one.place, one.period, city.low * low, city.high * high, one.source)
        elif "change" in one.column:
            place = CITY if one.column.startswith("city") else one.place
            year = re.fullmatch(r"(\d{4})(.*)", one.period)
            if year is None:
                continue
            earlier = f"{int(year.group(1)) - int(one.column[-1])}{year.group(2)}"
            now, then = of(place, one.period), of(place, earlier)
            if now is None and then is not None:
                tell(place, one.period, then.low + low, then.high + high, one.source)
            elif then is None and now is not None:
                tell(place, earlier, now.low - high, now.high - low, one.source)
        elif one.column == "rank":
            # by file, as another table may rank fewer areas
            ranks[one.period, one.place[0], one.source].append((low, one.place))
    for (period, _, source), many in ranks.items():
        ordered = [(rank, place, of(place, period)) for rank, place in sorted(many)]
        for rank, place, span in ordered:
            if span is None:
                above = [other.low for other_rank, _, other in ordered if other is not None and other_rank > rank]
                below = [other.high for other_rank, _, other in ordered if other is not None and other_rank < rank]
                tell(place, period, max(above, default=0.0), min(below, default=1e12), source)


def _same_names(names: set[str], told: Iterable[Collection[str]]) -> dict[str, str]:
    """Return one name for all names of a series."""
    same: dict[str, str] = {}

    def first(name: str) -> str:
        while name in same:
            name = same[name]
        return name

    for many in told:
        known = sorted(many)
        for one in known[1:]:
            a, b = first(known[0]), first(one)
            if a != b:
                same[max(a, b)] = min(a, b)
    bare: dict[str, set[str]] = defaultdict(set)
    for name in names:
        head, mark, group = name.partition(" | ")
        short = _SUFFIX.sub("", re.sub(r"\s*\([^()]*(?:\([^()]*\))?[^()]*\)\s*$", "", head).strip())
        bare[short + mark + group].add(name)
    for short, many in bare.items():
        detailed = {first(name) for name in many if name != short}
        # two indicators with one short name are two
        if len(detailed) == 1 and (short in names or len(many) > 1):
            for one in [*many, short]:
                a, b = first(one), next(iter(detailed))
                b = first(b)
                if a != b:
                    same[max(a, b)] = min(a, b)
    return {name: first(name) for name in {*names, *same}}
