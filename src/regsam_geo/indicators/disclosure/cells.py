"""The linear system of everything that is published together: cells, what a reader knows of each, and the sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from regsam_geo.indicators.disclosure.counts import Counts, Ints, Pair
from regsam_geo.indicators.disclosure.relations import AreaSums, Parts
from regsam_geo.indicators.disclosure.rules import TOLERANCE, Bools, Floats, Rule

FEW_BROKEN = 0.1
"""Share of numbers with decimals up to which the others in a table of counts are whole numbers of persons."""

AREA, DIVISION, COMPLEMENT, HINT = "areas", "groups", "complement", "hint"


@dataclass(frozen=True, eq=False)
class System:
    """Cells and the sums between them, for one period.

    Attributes
    ----------
    count, area
        What each cell counts, and where; ``count`` is -1 for what is nowhere printed (a rest, a rounding error).
    numbers
        The cells' values; NaN where they are not known.
    least, most
        What a reader knows of a cell before any sum.
    needed
        How wide the interval around a hidden cell must be; NaN where the cell is not about persons.
    printed
        Whether the cell is printed where it is not hidden; a rest is not.
    row, column, coefficient
        The sums as triplets: the sum of coefficient times cell is ``constant``.
    kind
        Per sum: over areas, over groups, part and rest, or another hint.
    whole
        Whether the cell is a whole number.
    """

    count: Ints
    area: Ints
    numbers: Floats
    least: Floats
    most: Floats
    needed: Floats
    printed: Bools
    whole: Bools
    row: Ints
    column: Ints
    coefficient: Floats
    constant: Floats
    kind: tuple[str, ...]
    cell_of: dict[tuple[int, int], int]
    rest_of: dict[int, int]  # cell of a rest -> cell of the part

    def __len__(self) -> int:
        return len(self.numbers)

    @cached_property
    def is_rest(self) -> Bools:
        """Which cells are rests of a whole."""
        rest = np.zeros(len(self), dtype=bool)
        rest[list(self.rest_of)] = True
        return rest

    @cached_property
    def in_complement(self) -> Bools:
        """Which triplets belong to a sum of part and rest."""
        return np.array([kind == COMPLEMENT for kind in self.kind], dtype=bool)[self.row]

    def unknown(self, hidden: Bools) -> Bools:
        """Return the cells that a reader does not know: the hidden ones and what only follows from them."""
        return hidden | ~self.printed


class Builder:
    """Puts a system together, cell by cell and sum by sum."""

    def __init__(
        self,
        counts: Counts,
        sums: AreaSums,
        rule: Rule,
        period: int,
        known: Bools | None = None,
    ) -> None:
        self.period = period
        self.known = np.zeros(counts.numbers.shape[::2], dtype=bool) if known is None else known
        self.counts, self.sums, self.rule = counts, sums, rule
        self.cells: list[tuple[int, int, float, float, float, float, bool, bool]] = []
        self.cell_of: dict[tuple[int, int], int] = {}
        self.rest_of: dict[int, int] = {}
        self.rows: list[int] = []
        self.columns: list[int] = []
        self.coefficients: list[float] = []
        self.constants: list[float] = []
        self.kinds: list[str] = []
        self.hints: dict[int, tuple[str, int]] = {}  # sum -> what was published, and its area

    def add_count(self, c: int) -> None:
        """Add the cells of one count.

        What an earlier edition shows cannot move and cannot be protected; a negative number is no count.
        """
        period = self.period
        values = self.counts.numbers[c, period]
        # one yearly mean, or one wrong number, makes no means of the whole numbers around it
        broken = np.abs(values - np.round(values)) > TOLERANCE
        mostly = bool(broken.sum() <= FEW_BROKEN * np.count_nonzero(~np.isnan(values)))
        for a in np.flatnonzero(self.counts.stands[c, period]):
            self.cell_of[(c, int(a))] = len(self.cells)
            value = float(values[a])
            whole = mostly and not broken[a]
            least = float(self.rule.least(np.array(whole)))
            needed = float(self.rule.threshold - least) if self.counts.persons[c] else np.nan
            if self.known[c, a] or value < 0:
                self.cells.append((c, int(a), value, value, value, np.nan, True, whole))
            else:
                # without upper bound: what limits a count from above is said by the sums
                self.cells.append((c, int(a), value, least, np.inf, needed, True, whole))

    def add_free(self, least: float, most: float, value: float = np.nan, needed: float = np.nan) -> int:
        """Add a cell that is nowhere printed."""
        self.cells.append((-1, -1, value, least, most, needed, False, False))
        return len(self.cells) - 1

    def add_sum(self, cells: Iterable[int], coefficients: Iterable[float], constant: float, kind: str) -> None:
        """Add one equation."""
        members = list(cells)
        self.rows += [len(self.constants)] * len(members)
        self.columns += members
        self.coefficients += list(coefficients)
        self.constants.append(constant)
        self.kinds.append(kind)

    def add_areas(self, c: int, audit: bool = False) -> None:
        """Add the sums over areas; an audit allows for what may be missing where cells are hidden."""
        for family, gap, equal in self.sums.of(c, self.period):
            cells = [self.cell_of[(c, family.parent)], *(self.cell_of[(c, int(a))] for a in family.children)]
            signs = [1.0] + [-1.0] * len(family.children)
            if not np.isnan(gap):
                self._add_judged(cells, signs, gap, AREA, equal)
            elif not audit:
                if equal:
                    self._add_known(cells, signs, AREA)
            elif equal or family.key in self.sums.usual_gaps(c):
                room = 0.0 if self.counts.whole[c, self.period] else 0.05 * len(cells) + TOLERANCE
                # cases without area are not known where cells are hidden: up to twice what was seen elsewhere
                low, high = self.sums.usual_gaps(c).get(family.key, (0.0, 0.0))
                if low - room < 0 or high + room > 0:
                    cells.append(self.add_free(2 * low - room, 2 * high + room))
                    signs.append(-1.0)
                self.add_sum(cells, signs, 0.0, AREA)
            elif family.nested:
                # parts that lie beside each other in a whole cannot be more than it, proved or not
                self.add_sum([*cells, self.add_free(0.0, np.inf)], [*signs, -1.0], 0.0, AREA)

    def _add_judged(self, cells: list[int], signs: list[float], gap: float, kind: str, equal: bool) -> None:
        """Add a sum of which all numbers are known: parts make up the whole, or are at most the whole.

        A whole that has the threshold or more beside its parts gives nothing away.
        """
        if equal:
            self.add_sum(cells, signs, gap, kind)
        elif -TOLERANCE <= gap < self.rule.threshold:
            self.add_sum([*cells, self.add_free(0.0, np.inf, gap)], [*signs, -1.0], 0.0, kind)

    def _add_known(self, cells: list[int], signs: list[float], kind: str) -> None:
        """Add a sum in which a source has hidden cells already, as if the reader knew those."""
        # the strictest reading: the fewer numbers are unknown, the closer the others are confined
        seen = [(k, s) for k, s in zip(cells, signs, strict=True) if not np.isnan(self.cells[k][2])]
        if len(seen) > 1 and seen[0][0] == cells[0]:
            self.add_sum(
                [k for k, _ in seen], [s for _, s in seen], sum(s * self.cells[k][2] for k, s in seen), kind
            )

    def add_parts(self, parts: Parts, audit: bool = False) -> None:
        """Add the sums over groups."""
        for a in np.flatnonzero(self.counts.stands[parts.whole, self.period]):
            keys = [(c, int(a)) for c in (parts.whole, *parts.parts)]
            cells = [self.cell_of[key] for key in keys if key in self.cell_of]
            if len(cells) < 2 or keys[0] not in self.cell_of:
                continue
            values = np.array([self.cells[k][2] for k in cells])
            gap = float(values[0] - values[1:].sum())
            signs = [1.0] + [-1.0] * (len(cells) - 1)
            complete = len(cells) == len(keys)
            if not np.isnan(gap):
                # one part is the same count under another name; a cell where it differs is an error and no rest
                if len(keys) > 2 or abs(gap) <= TOLERANCE:
                    self._add_judged(cells, signs, gap, DIVISION, complete)
            elif not audit:
                self._add_known(cells, signs, DIVISION)
            elif complete:
                self.add_sum(cells, signs, 0.0, DIVISION)
            else:
                self.add_sum([*cells, self.add_free(0.0, np.inf)], [*signs, -1.0], 0.0, DIVISION)

    def add_pair(self, pair: Pair, audit: bool = False) -> None:
        """Add the rest of a whole: unknown where part or whole is."""
        period = self.period
        values = self.counts.numbers
        both = self.counts.stands[pair.part, period] & self.counts.stands[pair.whole, period]
        for a in np.flatnonzero(both):
            part = self._cell(pair.part, int(a), values[pair.part, period, a])
            whole = self._cell(pair.whole, int(a), values[pair.whole, period, a])
            if part is None and whole is None:
                continue
            rest = float(values[pair.whole, period, a] - values[pair.part, period, a])
            if (np.isnan(rest) and not audit) or rest < -TOLERANCE:
                continue
            persons = self.counts.persons[[pair.part, pair.whole]].all() and not self.known[pair.part, a]
            # a rest may be zero, and zero tells of everybody: so the interval has to begin there
            cell = self.add_free(0.0, np.inf, rest, self.rule.threshold if persons else np.nan)
            constant = 0.0
            cells, signs = [cell], [1.0]
            for known, number, sign in (
                (part, values[pair.part, period, a], 1.0),
                (whole, values[pair.whole, period, a], -1.0),
            ):
                if known is None:
                    constant -= sign * float(number)
                else:
                    cells.append(known)
                    signs.append(sign)
            self.rest_of[cell] = part if part is not None else whole  # type: ignore[assignment]
            self.add_sum(cells, signs, constant, COMPLEMENT)

    def add_value(
        self, part: tuple[int, int], whole: tuple[int, int] | None, low: float, high: float, source: str
    ) -> None:
        """Add what a published value says: part / whole (or the part alone) lies between ``low`` and ``high``.

        ``part`` and ``whole`` are count and area.
        """
        cell = self.cell_of.get(part)
        below = self.cell_of.get(whole) if whole is not None else None
        if cell is None and below is None:
            return
        # low * whole <= part <= high * whole, the excess over each bound being a free cell
        for factor, sign in ((low, 1.0), (high, -1.0)):
            # the first and the last of a ranking are bounded on one side only
            if not np.isfinite(factor):
                continue
            cells, signs, constant = [self.add_free(0.0, np.inf)], [-1.0], 0.0
            for name, known_cell, weight in ((part, cell, sign), (whole, below, -sign * factor)):
                if name is None:
                    constant -= weight
                elif known_cell is None:
                    number = self.number(*name)
                    if np.isnan(number):
                        break
                    constant -= weight * number
                else:
                    cells.append(known_cell)
                    signs.append(weight)
            else:
                self.hints[len(self.constants)] = source, part[1]
                self.add_sum(cells, signs, constant, HINT)

    def number(self, c: int, area: int) -> float:
        """Return the printed number of a count in the period that is built."""
        return float(self.counts.numbers[c, self.period, area])

    def _cell(self, c: int, area: int, value: float) -> int | None:
        """Return the cell of a count, ``None`` where it is a known number outside of the system."""
        if (c, area) in self.cell_of:
            return self.cell_of[(c, area)]
        return None if not np.isnan(value) else self.add_free(0.0, np.inf)

    def build(self) -> System:
        """Return the system."""
        columns = list(zip(*self.cells, strict=True)) if self.cells else [()] * 8
        count, area, value, least, most, needed, printed, whole = columns
        return System(
            np.array(count, dtype=np.int64),
            np.array(area, dtype=np.int64),
            np.array(value, dtype=np.float64),
            np.array(least, dtype=np.float64),
            np.array(most, dtype=np.float64),
            np.array(needed, dtype=np.float64),
            np.array(printed, dtype=bool),
            np.array(whole, dtype=bool),
            np.array(self.rows, dtype=np.int64),
            np.array(self.columns, dtype=np.int64),
            np.array(self.coefficients, dtype=np.float64),
            np.array(self.constants, dtype=np.float64),
            tuple(self.kinds),
            self.cell_of,
            self.rest_of,
        )


def blocks(active: Iterable[int], parts: Sequence[Parts], pairs: Sequence[Pair], hidden: Bools) -> list[list[int]]:
    """Return the counts that must be looked at together, one list per independent system.

    Counts hang together when they divide one whole, or when a whole is itself hidden somewhere. ``hidden`` says
    which counts are hidden in some area.
    """
    chosen = set(active)
    above: dict[int, int] = {}

    def top(c: int) -> int:
        while above.setdefault(c, c) != c:
            c = above[c]
        return c

    links = [(division.whole, c) for division in parts for c in division.parts]
    # a population that is hidden nowhere is a mere number: it links nothing, and systems stay small
    links += [(pair.whole, pair.part) for pair in pairs if hidden[pair.whole] or not pair.everybody]
    for one, other in links:
        above[top(one)] = top(other)
    groups: dict[int, list[int]] = {}
    for c in sorted({*above, *chosen}):
        groups.setdefault(top(c), []).append(c)
    return [members for members in groups.values() if chosen & set(members)]
