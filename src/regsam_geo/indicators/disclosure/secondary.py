"""Secondary suppression: the further cells that must go so that no small count can be recomputed."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from regsam_geo.indicators.disclosure.cells import AREA, COMPLEMENT, System
from regsam_geo.indicators.disclosure.counts import Ints
from regsam_geo.indicators.disclosure.intervals import (
    components,
    open_part,
    propagate,
    whole_numbers,
)
from regsam_geo.indicators.disclosure.programme import Moves, Programme
from regsam_geo.indicators.disclosure.rules import TOLERANCE, Bools, Floats, Rule, gives_away

IMPORTANCE = {"quarter": 1.0, "subdistrict": 1.04, "own": 1.08, "district": 1.08, "region": 1.16, "city": 100.0}
"""What it costs to hide a cell, by level. Between two equally short lists the less important cells go; the weights
differ by less than a quarter, size included, so that the preference can never cost a quarter more cells. A city
total is another matter: its loss is felt in every comparison."""

WHOLE_IMPORTANCE = 2.0  # a total of several groups
DENOMINATOR_IMPORTANCE = 10.0  # with a denominator all its rates go
SIZE_IMPORTANCE = 0.01  # per power of ten of the count
HIDDEN_BEFORE = 0.5  # a cell hidden in the period before is hidden again rather than another one
ABSENT = 0.01  # a cell of an earlier edition that the new one has not
# with cycles a check may take linear programs, so fewer are granted
MOST_CHECKS, MOST_CHECKS_WITH_CYCLES = 3000, 300  # of exchanges that might save cells
MOST_TABLES = 600  # remembered as proof that cells are safe
FREE = 1e-7  # what it costs to move a cell that is hidden anyway
NEVER = np.inf


def suppress(system: System, forced: Bools, cost: Floats, rule: Rule) -> Bools:
    """Return the cells to hide: the forced ones and as few and cheap others as protect them.

    Each cell that can still be derived too closely gets the cheapest set of further cells that lets it move; when
    all are safe, those that others have made superfluous are shown again, dearest first.
    """
    hidden = forced.copy()
    if not len(system.constant):
        return hidden
    search = _Search(system, cost, rule)
    prober = Prober(system, rule)
    stuck: set[int] = set()
    while True:
        found, lower, upper = prober.weak(hidden)
        weak = [k for k in found if k not in stuck]
        if not weak:
            break
        touched: set[int] = set()
        for cell in weak:
            # a rest is printed nowhere: it can only move with the part that it is a rest of
            target = system.rest_of.get(cell, cell) if not hidden[cell] else cell
            families = set(search.sums_of[target])
            if families & touched:
                continue  # the cells hidden in this round may already protect it
            extra = search.cheapest(cell, target, hidden, float(lower[cell]), float(upper[cell]))
            if not extra:
                stuck.add(cell)
                continue
            hidden[extra] = True
            # what is hidden now may open a way for a cell that nothing could help before
            stuck.clear()
            for k in [target, *extra]:
                touched |= set(search.sums_of[k])
    hidden = _tidy(search, hidden, forced, prober)
    return _improve(search, hidden, forced, prober)


class Prober:
    """Finds the cells that can be derived too closely, and remembers tables that prove others safe.

    A feasible table stays feasible when more cells are hidden, and when a cell is shown in which it agrees with
    the truth; most linear programs can so be saved.
    """

    def __init__(self, system: System, rule: Rule) -> None:
        self.system, self.rule = system, rule
        self.tables = np.nan_to_num(system.numbers)[None, :]
        self.many = 1  # the first is the truth; the buffer grows

    def weak(self, hidden: Bools) -> tuple[list[int], Floats, Floats]:
        """Return the weak cells, smallest counts first, and the bounds of all cells.

        Bounds are exact for weak cells; for the others they hold what can be derived.
        """
        everywhere = np.arange(len(self.system))
        weak, lower, upper = self._judge(self.system, hidden, everywhere, everywhere, first=False)
        order = sorted(np.flatnonzero(weak).tolist(), key=lambda k: (float(self.system.numbers[k]), k))
        return order, lower, upper

    def weak_in(self, part: System, cells: Ints, around: Ints, hidden: Bools) -> tuple[list[int], Floats, Floats]:
        """Return weak cells of a part of the system: all that are easily found, or else the first one.

        ``cells`` are its cells in the whole system, ``around`` those and all others that share a sum with them.
        """
        weak, lower, upper = self._judge(part, hidden, cells, around, first=True)
        return np.flatnonzero(weak).tolist(), lower, upper

    def _judge(
        self, system: System, hidden: Bools, cells: Ints, around: Ints, *, first: bool
    ) -> tuple[Bools, Floats, Floats]:
        problem = open_part(system, hidden)
        lower, upper = system.numbers.copy(), system.numbers.copy()
        lower[problem.cells], upper[problem.cells] = propagate(problem)
        lower, upper = whole_numbers(system, lower, upper)
        # propagated bounds are never too narrow: a cell that is weak by them is weak for certain
        weak = _weak(system, hidden, lower, upper, self.rule)
        # who tries whether a cell can be shown again needs one objection, not all of them
        if first and weak.any():
            return weak, lower, upper
        cell_label, sum_label, cyclic = components(problem)
        # on a tree propagation is exact; only around a cycle can a linear program find narrower bounds
        ask = np.zeros(len(system), dtype=bool)
        ask[problem.cells[cyclic[cell_label]]] = True
        # what was hidden before and revised is printed nowhere, and is to be protected as well
        before = ~system.printed & ~system.is_rest
        ask &= ~weak & ~np.isnan(system.needed) & (hidden | before | _moves(system, hidden))
        if not ask.any():
            return weak, lower, upper
        least, most = self._seen(system, hidden, cells, around)
        parts: dict[int, Programme] = {}
        label_of = np.full(len(system), -1, dtype=np.int64)
        label_of[problem.cells] = cell_label
        for k in np.flatnonzero(ask).tolist():
            if _wide(system, least, most, k):
                continue  # some remembered tables show that it is safe
            label = int(label_of[k])
            if label not in parts:
                parts[label] = Programme(problem.part(cell_label == label, sum_label == label))
            programme, part = parts[label], parts[label].problem
            here = int(np.searchsorted(part.cells, k))
            for sense in (1.0, -1.0):
                table = programme.extreme(here, sense)
                if table is None:
                    continue
                self._keep(cells[part.cells], table)
                least[part.cells] = np.minimum(least[part.cells], table)
                most[part.cells] = np.maximum(most[part.cells], table)
                if sense > 0:
                    lower[k] = max(lower[k], table[here])
                else:
                    upper[k] = min(upper[k], table[here])
                # feasible tables so far apart are proof; the exact ends would add nothing
                if _wide(system, least, most, k):
                    break
            if _wide(system, least, most, k):
                continue
            lower[k], upper[k] = whole_range(lower[k], upper[k], system.whole[k])
            one = slice(k, k + 1)
            close = gives_away(lower[one], upper[one], system.needed[one], self.rule)
            weak[k] = close[0] or (hidden[k] and upper[k] - lower[k] < TOLERANCE)
            if weak[k] and first:
                break
        return weak, lower, upper

    def _keep(self, cells: Ints, table: Floats) -> None:
        """Remember a table: the truth but for these cells."""
        if self.many > MOST_TABLES:
            half = MOST_TABLES // 2
            self.tables[1 : half + 1] = self.tables[self.many - half : self.many].copy()
            self.many = half + 1
        if self.many == len(self.tables):
            more = np.empty((min(3 * self.many, MOST_TABLES + 1 - self.many), self.tables.shape[1]))
            self.tables = np.vstack([self.tables, more])
        self.tables[self.many] = self.tables[0]
        self.tables[self.many, cells] = table
        self.many += 1

    def _seen(self, system: System, hidden: Bools, cells: Ints, around: Ints) -> tuple[Floats, Floats]:
        """Return the least and the largest numbers that the remembered tables hold which fit to what is shown."""
        open_cell = np.zeros(len(self.system), dtype=bool)
        open_cell[cells[system.unknown(hidden)]] = True
        # cells further away share no sum with these: whether a table agrees there does not matter
        known = around[~open_cell[around]]
        tables = self.tables[: self.many]
        fits = (np.abs(tables[:, known] - tables[0, known]) < TOLERANCE).all(axis=1)
        here = tables[fits][:, cells]
        return here.min(axis=0), here.max(axis=0)


def _wide(system: System, least: Floats, most: Floats, cell: int) -> bool:
    """Return whether the numbers that feasible tables hold for a cell are far enough apart."""
    low, high = whole_range(float(least[cell]), float(most[cell]), bool(system.whole[cell]))
    return bool(high - low >= system.needed[cell] - TOLERANCE and high - low > TOLERANCE)


def whole_range(low: float, high: float, whole: bool) -> tuple[float, float]:
    """Return the ends moved inwards to whole numbers if the count is one."""
    return (math.ceil(low - 1e-6), math.floor(high + 1e-6)) if whole and math.isfinite(high) else (low, high)


def _weak(system: System, hidden: Bools, lower: Floats, upper: Floats, rule: Rule) -> Bools:
    about_persons = system.unknown(hidden) & ~np.isnan(system.needed)
    # a hidden cell that can be recomputed, however large, is hidden in vain
    exact = hidden & ~np.isnan(system.needed) & (upper - lower < TOLERANCE)
    # a rest between a shown part and a shown whole is known, and was judged with the primary cells
    close = gives_away(lower, upper, system.needed, rule) & ~(system.is_rest & ~_moves(system, hidden))
    return np.asarray(about_persons & (close | exact))


def _moves(system: System, hidden: Bools) -> Bools:
    """Return the rests of which part or whole is hidden."""
    moving = np.zeros(len(system), dtype=bool)
    touched = np.bincount(system.row, weights=hidden[system.column], minlength=len(system.constant)) > 0
    moving[system.column[touched[system.row] & system.in_complement]] = True
    return moving


@dataclass
class _Search:
    """Finds the cheapest further cells for one cell: along the tree of areas, or by a linear programme."""

    system: System
    cost: Floats
    rule: Rule
    sums_of: list[list[int]] = field(init=False)
    members: list[list[int]] = field(init=False)

    def __post_init__(self) -> None:
        system = self.system
        self.sums_of = [[] for _ in range(len(system))]
        self.members = [[] for _ in range(len(system.constant))]
        for row, column in zip(system.row.tolist(), system.column.tolist(), strict=True):
            self.sums_of[column].append(row)
            self.members[row].append(column)
        self.not_printed = ~system.printed
        self.numbers = np.nan_to_num(system.numbers)
        self.child_of: dict[int, int] = {}  # cell -> the area sum in which it is a part
        self.whole_of: dict[int, int] = {}  # cell -> the area sum whose whole it is
        several = False
        for row, kind in enumerate(system.kind):
            if kind == AREA:
                # the free cell that stands for missing areas is no area and has no place in the tree
                whole, *parts = (k for k in self.members[row] if system.printed[k])
                # an area that is divided twice, or that lies in two wholes, could be reached in two ways
                several |= whole in self.whole_of
                self.whole_of[whole] = row
                for part in parts:
                    several |= part in self.child_of
                    self.child_of[part] = row
        rests: dict[int, list[int]] = {}
        for rest, part in system.rest_of.items():
            rests.setdefault(part, []).append(rest)
        self.rests = rests
        # sums over groups, or a whole and its part both in the system: no tree any more
        linked = any(
            kind not in (AREA, COMPLEMENT) or (kind == COMPLEMENT and len(self.members[row]) > 2)
            for row, kind in enumerate(system.kind)
        )
        self.tree = not linked and not several

    @cached_property
    def moves(self) -> Moves:
        """The ways in which all cells can move together."""
        system = self.system
        down, up = system.numbers - system.least, system.most - system.numbers
        # a zero that may stay lies below what a reader reckons with; hidden, it would break that bound
        fixed = np.isnan(system.numbers) | (down < -TOLERANCE)
        everything = open_part(system, np.ones(len(system), dtype=bool))
        return Moves(everything, np.where(fixed, 0.0, up), np.where(fixed, 0.0, np.maximum(down, 0.0)))

    @cached_property
    def order(self) -> Floats:
        """What makes two ways of equal price differ a little, so that every solver chooses the same one."""
        return np.asarray(1 + 1e-6 * np.arange(len(self.system)) / max(1, len(self.system)))

    def cheapest(self, cell: int, target: int, hidden: Bools, lower: float, upper: float) -> list[int]:
        """Return the cells to hide so that ``cell`` can move far enough."""
        need = float(self.system.needed[cell])
        if self.tree:
            cells = self._along_tree(target, max(need, float(self.system.needed[target])), hidden)
            if cells:
                return cells
        # the walk adds one area per sum; where none has room enough, several may have it together
        cells = self._by_programme(cell, need, hidden, lower, upper)
        return cells or self._any_neighbor(target, hidden)

    def by_cost(self, cells: Iterable[int], dearest: bool = False) -> list[int]:
        """Return cells cheapest first, or dearest first."""
        sign = -1.0 if dearest else 1.0
        return sorted((int(k) for k in cells), key=lambda k: (sign * float(self.cost[k]), k))

    def component(self, cell: int, hidden: Bools) -> tuple[list[int], list[int], bool]:
        """Return the unknown cells that hang together with one, their sums, and whether these form a cycle."""
        open_cell = self.not_printed | hidden
        cells, sums, edges = {cell}, set(), 0
        stack = [cell]
        while stack:
            for row in self.sums_of[stack.pop()]:
                if row in sums:
                    continue
                sums.add(row)
                for k in self.members[row]:
                    if open_cell[k]:
                        edges += 1
                        if k not in cells:
                            cells.add(k)
                            stack.append(k)
        return sorted(cells), sorted(sums), edges > len(cells) + len(sums) - 1

    def restrict(self, cells: list[int], sums: list[int]) -> System:
        """Return the system of some cells; all others are taken as known."""
        system = self.system
        position = np.full(len(system), -1, dtype=np.int64)
        position[cells] = np.arange(len(cells))
        place = np.full(len(system.constant), -1, dtype=np.int64)
        place[sums] = np.arange(len(sums))
        # a component holds every unknown cell of its sums: nothing is lost by taking the others as numbers
        here = np.flatnonzero(place[system.row] >= 0)
        row, column, factor = place[system.row[here]], system.column[here], system.coefficient[here]
        new = position[column]
        outside = new < 0
        known = np.bincount(row[outside], weights=(factor * self.numbers[column])[outside], minlength=len(sums))
        return System(
            system.count[cells],
            system.area[cells],
            system.numbers[cells],
            system.least[cells],
            system.most[cells],
            system.needed[cells],
            system.printed[cells],
            system.whole[cells],
            row[~outside],
            new[~outside],
            factor[~outside],
            system.constant[sums] - known,
            tuple(system.kind[k] for k in sums),
            {},
            {
                n: int(position[part]) if position[part] >= 0 else n
                for n, k in enumerate(cells)
                if (part := system.rest_of.get(k)) is not None
            },
        )

    # along the tree of areas -----------------------------------------------------------------------------

    def _room(self, cell: int) -> float:
        """Return how far a cell can move both up and down."""
        system = self.system
        # upwards a reader knows no bound, but a part can rise only as far as its rest can fall
        room = float(system.numbers[cell] - system.least[cell])
        for rest in self.rests.get(cell, ()):
            room = min(room, float(system.numbers[rest] - system.least[rest]))
        return room

    def _price(self, cell: int, need: float, hidden: Bools) -> float:
        if not self._room(cell) >= need - TOLERANCE:
            return NEVER
        return 0.0 if hidden[cell] else float(self.cost[cell])

    def _below(self, cell: int, need: float, hidden: Bools) -> tuple[float, list[int]]:
        """Return the cheapest way to let the parts of a cell move with it."""
        row = self.whole_of.get(cell)
        if row is None:
            return 0.0, []
        return self._one_of([k for k in self.members[row][1:] if self.system.printed[k]], need, hidden)

    def _one_of(self, cells: list[int], need: float, hidden: Bools) -> tuple[float, list[int]]:
        """Return the cheapest of several cells to move, with what must move below it."""
        # hidden areas can share the move; those with areas below are left out, since these would have to move too
        together = sum(max(0.0, self._room(k)) for k in cells if hidden[k] and k not in self.whole_of)
        if together >= need - TOLERANCE:
            return 0.0, []
        best: tuple[float, list[int]] = (NEVER, [])
        # at equal price by position, so that one table always gives one list
        for k in sorted(cells, key=lambda k: (self._price(k, need, hidden), k)):
            price = self._price(k, need, hidden)
            if price >= best[0]:
                break
            more, way = self._below(k, need, hidden)
            if price + more < best[0]:
                best = price + more, ([*way] if hidden[k] else [k, *way])
        return best

    def _above(self, cell: int, need: float, hidden: Bools) -> tuple[float, list[int]]:
        """Return the cheapest way to balance a cell in the sum that it is part of."""
        row = self.child_of.get(cell)
        if row is None:
            return 0.0, []
        whole, *parts = (k for k in self.members[row] if self.system.printed[k])
        aside = self._one_of([k for k in parts if k != cell], need, hidden)
        price = self._price(whole, need, hidden)
        if price >= aside[0]:
            return aside
        more, way = self._above(whole, need, hidden)
        up = price + more, ([*way] if hidden[whole] else [whole, *way])
        # at equal price the smaller area beside it goes rather than the whole above it
        return min(aside, up, key=lambda option: option[0])

    def _along_tree(self, target: int, need: float, hidden: Bools) -> list[int]:
        price_above, above = self._above(target, need, hidden)
        price_below, below = self._below(target, need, hidden)
        return [*above, *below] if np.isfinite(price_above + price_below) else []

    # by linear programming --------------------------------------------------------------------------------

    def _by_programme(self, cell: int, need: float, hidden: Bools, lower: float, upper: float) -> list[int]:
        """Move the cell by what it needs at the least cost; the cells that move are hidden."""
        system = self.system
        price = np.where(hidden | ~system.printed, FREE, self.cost) * self.order
        for sense, distance in (
            (1.0, need - (system.numbers[cell] - lower)),
            (-1.0, need - (upper - system.numbers[cell])),
        ):
            moved = self.moves.cheapest(cell, sense, max(float(distance), 1.0), price)
            if moved is not None:
                cells: list[int] = np.flatnonzero(moved & ~hidden & system.printed).tolist()
                if cells:
                    return cells
        return []

    def _any_neighbor(self, target: int, hidden: Bools) -> list[int]:
        """Return the cheapest cell that shares a sum with a hidden one, when nothing better is found."""
        seen, edge = {target}, [target]
        while edge:
            near = sorted({k for cell in edge for row in self.sums_of[cell] for k in self.members[row]} - seen)
            free = [k for k in near if not hidden[k] and self.system.printed[k] and self._room(k) > 0]
            if free:
                return [min(free, key=lambda k: (float(self.cost[k]), k))]
            seen |= set(near)
            edge = near
        return []


def _tidy(search: _Search, hidden: Bools, forced: Bools, prober: Prober) -> Bools:
    """Show again what need not be hidden, dearest first."""
    for k in search.by_cost(np.flatnonzero(hidden & ~forced), dearest=True):
        if hidden[k]:
            fewer = _shown(search, hidden, forced, k, prober)
            hidden = hidden if fewer is None else fewer
    return hidden


class _Together:
    """Which hidden cells hang together with one that is hidden besides: found once, and not for each such cell."""

    def __init__(self, search: _Search, hidden: Bools, forced: Bools) -> None:
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        system = search.system
        cells, sums = len(system), len(system.constant)
        here = (search.not_printed | hidden)[system.column]
        row, column = system.row[here] + cells, system.column[here]
        graph = coo_array((np.ones(len(row)), (row, column)), shape=(cells + sums,) * 2)
        label = connected_components(graph.tocsr(), directed=False)[1]
        self._search, self._part_of_sum = search, label[cells:].tolist()
        self._spare: dict[int, list[int]] = {}
        for k in np.flatnonzero(hidden & ~forced).tolist():
            self._spare.setdefault(int(label[k]), []).append(k)
        self._known: dict[frozenset[int], tuple[list[int], float]] = {}

    def beside(self, cell: int) -> tuple[list[int], float]:
        """Return the cells that might be shown again if a cell is hidden, and what they cost together."""
        parts = frozenset(self._part_of_sum[row] for row in self._search.sums_of[cell])
        if parts not in self._known:
            spare = sorted(k for part in parts for k in self._spare.get(part, ()))
            self._known[parts] = (spare, float(self._search.cost[spare].sum()))
        return self._known[parts]


def _improve(search: _Search, hidden: Bools, forced: Bools, prober: Prober) -> Bools:
    """Hide one more cell where that lets dearer ones be shown, as long as it pays.

    One cell at a time is looked for by the search above; a total between two areas often serves both.
    """
    cost = search.cost
    checks = 0
    better = True
    together: _Together | None = None
    while better:
        better = False
        for extra in _neighbors(search, hidden):
            if hidden[extra]:
                continue
            if together is None:
                together = _Together(search, hidden, forced)
            spare, worth = together.beside(extra)
            # even if all of them could be shown again the exchange would not pay
            if worth <= cost[extra] + TOLERANCE:
                continue
            cyclic = search.component(extra, _with(hidden, extra))[2]
            # which cells can go depends on which goes first, so both ways are tried
            for dearest in (True, False):
                trial = _with(hidden, extra)
                for k in search.by_cost(spare, dearest):
                    if not trial[k]:
                        continue
                    checks += 1
                    # counted and not timed, so that every machine hides the same cells
                    if checks > (MOST_CHECKS_WITH_CYCLES if cyclic else MOST_CHECKS):
                        return hidden
                    fewer = _shown(search, trial, forced, k, prober)
                    # if the extra cell goes as well, nothing has been exchanged
                    trial = trial if fewer is None or not fewer[extra] else fewer
                if cost[trial].sum() < cost[hidden].sum() - TOLERANCE:
                    hidden, better, together = trial, True, None
                    break
    return hidden


def _with(hidden: Bools, cell: int) -> Bools:
    """Return what is hidden when one more cell is."""
    more = hidden.copy()
    more[cell] = True
    return more


def _neighbors(search: _Search, hidden: Bools) -> list[int]:
    """Return the shown cells that share a sum with a hidden one, cheapest first."""
    system = search.system
    near = np.bincount(system.row, weights=hidden[system.column], minlength=len(system.constant)) > 0
    cells = np.unique(system.column[near[system.row]])
    cells = cells[system.printed[cells] & ~hidden[cells]]
    # a cell at the smallest possible count cannot fall when a hidden one rises
    return search.by_cost(cells[system.numbers[cells] > system.least[cells] + TOLERANCE])


def _shown(search: _Search, before: Bools, forced: Bools, cell: int, prober: Prober) -> Bools | None:
    """Return what stays hidden when a cell is shown, ``None`` if that endangers one it hangs together with.

    Cells that were hidden for its sake alone can then be recomputed; they are shown too.
    """
    cells, sums, cyclic = search.component(cell, before)
    trial = before.copy()
    trial[cell] = False
    small = search.restrict(cells, sums)
    now, must = trial[cells], forced[cells]
    if cyclic:
        inside = np.array(cells, dtype=np.int64)
        around = np.unique([k for row in sums for k in search.members[row]])
    while True:
        if cyclic:
            weak, lower, upper = prober.weak_in(small, inside, around, now)
            useless = [k for k in weak if now[k] and not must[k] and upper[k] - lower[k] < TOLERANCE]
        else:
            problem = open_part(small, now)
            lower, upper = small.numbers.copy(), small.numbers.copy()
            lower[problem.cells], upper[problem.cells] = propagate(problem)
            lower, upper = whole_numbers(small, lower, upper)
            weak = np.flatnonzero(_weak(small, now, lower, upper, search.rule)).tolist()
            useless = [k for k in weak if now[k] and not must[k] and upper[k] - lower[k] < TOLERANCE]
        if len(useless) < len(weak):
            return None
        if not weak:
            trial[cells] = now
            return trial
        now = now.copy()
        now[useless] = False
