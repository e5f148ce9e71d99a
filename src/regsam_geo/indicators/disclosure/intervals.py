"""What a reader can derive: for every unknown cell the interval that all published sums leave open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from regsam_geo.indicators.disclosure.cells import System
from regsam_geo.indicators.disclosure.counts import Ints
from regsam_geo.indicators.disclosure.rules import TOLERANCE, Bools, Floats

MOST_SWEEPS = 60


@dataclass(frozen=True, eq=False)
class Open:
    """The part of a system that is not known: cells renumbered, known ones moved to the right-hand side."""

    cells: Ints
    row: Ints
    column: Ints
    coefficient: Floats
    constant: Floats
    least: Floats
    most: Floats
    sums: Ints  # numbers of the sums in the system

    def part(self, cells: Bools, rows: Bools) -> Open:
        """Return a component."""
        keep = rows[self.row]
        new_row = np.cumsum(rows) - 1
        new_column = np.cumsum(cells) - 1
        return Open(
            self.cells[cells],
            new_row[self.row[keep]],
            new_column[self.column[keep]],
            self.coefficient[keep],
            self.constant[rows],
            self.least[cells],
            self.most[cells],
            self.sums[rows],
        )


def open_part(system: System, hidden: Bools, skip: Bools | None = None) -> Open:
    """Return what a reader does not know, with the sums that hold it (without those to ``skip``)."""
    unknown = system.unknown(hidden)
    edge = unknown[system.column]
    if skip is not None:
        edge &= ~skip[system.row]
    known = ~unknown[system.column]
    constant = system.constant - np.bincount(
        system.row[known],
        weights=(system.coefficient * np.nan_to_num(system.numbers[system.column]))[known],
        minlength=len(system.constant),
    )
    sums = np.unique(system.row[edge])
    cells = np.flatnonzero(unknown)
    new_row = np.zeros(len(system.constant), dtype=np.int64)
    new_row[sums] = np.arange(len(sums))
    new_column = np.zeros(len(system), dtype=np.int64)
    new_column[cells] = np.arange(len(cells))
    return Open(
        cells,
        new_row[system.row[edge]],
        new_column[system.column[edge]],
        system.coefficient[edge],
        constant[sums],
        system.least[cells],
        system.most[cells],
        sums,
    )


def components(problem: Open) -> tuple[Ints, Ints, Bools]:
    """Return the component of each cell and each sum, and which components contain a cycle."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    n, m = len(problem.cells), len(problem.constant)
    graph = coo_array((np.ones(len(problem.row)), (problem.row + n, problem.column)), shape=(n + m, n + m))
    total, label = connected_components(graph.tocsr(), directed=False)
    size = np.bincount(label, minlength=total)
    edges = np.bincount(label[problem.column], minlength=total)
    # more edges than a tree has: bounds on the two sides of a sum may depend on each other
    return label[:n].astype(np.int64), label[n:].astype(np.int64), edges > size - 1


def propagate(problem: Open) -> tuple[Floats, Floats]:
    """Tighten the bounds of all cells sum by sum until nothing moves.

    The result holds every feasible table. Where the sums form a tree it is exact: a sum cuts the tree, so that the
    bounds on its two sides can be reached together.
    """
    row, column, factor = problem.row, problem.column, problem.coefficient
    least, most = problem.least.copy(), problem.most.copy()
    sums = len(problem.constant)
    positive = factor > 0
    # a tree is done when its longest path is; around cycles bounds may close in without end
    for _ in range(MOST_SWEEPS):
        low = factor * np.where(positive, least[column], most[column])
        high = factor * np.where(positive, most[column], least[column])
        rest_low = _others(low, row, sums)
        rest_high = _others(high, row, sums)
        one = (problem.constant[row] - rest_low) / factor
        other = (problem.constant[row] - rest_high) / factor
        # no bound moves before all sums are read, so that their order does not matter
        new_least, new_most = least.copy(), most.copy()
        np.minimum.at(new_most, column, np.where(positive, one, other))
        np.maximum.at(new_least, column, np.where(positive, other, one))
        moved = (new_most < most - 1e-9) | (new_least > least + 1e-9)
        least, most = new_least, new_most
        if not moved.any():
            break
    return least, most


def _others(terms: Floats, row: Ints, sums: int) -> Floats:
    """Return for each term the total of the other terms of its sum; infinities are kept apart."""
    endless = ~np.isfinite(terms)
    if not endless.any():
        return np.asarray(np.bincount(row, weights=terms, minlength=sums)[row] - terms)
    # an infinite total minus an infinite term would be no number
    finite = np.where(endless, 0.0, terms)
    total = np.bincount(row, weights=finite, minlength=sums)[row] - finite
    others_endless = np.bincount(row, weights=endless, minlength=sums)[row] - endless
    sign = np.sign(np.bincount(row, weights=np.where(endless, np.sign(terms), 0.0), minlength=sums)[row])
    return np.where(others_endless > 0.5, np.where(sign > 0, np.inf, -np.inf), total)


def derive(system: System, hidden: Bools, skip: Bools | None = None) -> tuple[Floats, Floats]:
    """Return the derivable interval of every cell; a known cell's is its value.

    Components without cycle are solved by propagation, the others by linear programming, two programmes per
    cell.
    """
    problem = open_part(system, hidden, skip)
    lower, upper = system.numbers.copy(), system.numbers.copy()
    if not len(problem.cells):
        return lower, upper
    least, most = propagate(problem)
    cell_label, sum_label, cyclic = components(problem)
    for label in np.flatnonzero(cyclic):
        inside = cell_label == label
        least[inside], most[inside] = _solve(
            problem.part(inside, sum_label == label), least[inside], most[inside], system, problem.cells[inside]
        )
    lower[problem.cells], upper[problem.cells] = least, most
    return whole_numbers(system, lower, upper)


def whole_numbers(system: System, lower: Floats, upper: Floats) -> tuple[Floats, Floats]:
    """Move the ends inwards to whole numbers where the count is one."""
    # an error of the solver in the last digits must not cut off a number that is possible
    return (
        np.where(system.whole, np.ceil(lower - 1e-6), lower),
        np.where(system.whole, np.floor(upper + 1e-6), upper),
    )


def matrix_of(problem: Open) -> Any:
    """Return the sums as a sparse matrix, one row each."""
    from scipy.sparse import coo_array

    return coo_array(
        (problem.coefficient, (problem.row, problem.column)), shape=(len(problem.constant), len(problem.cells))
    ).tocsr()


def solve(problem: Open, cell: int, sense: float) -> Floats | None:
    """Return a feasible table in which one cell is least (``sense`` 1) or largest (-1); ``None`` without end."""
    from scipy.optimize import linprog

    goal = np.zeros(len(problem.cells))
    goal[cell] = sense
    answer = linprog(
        goal,
        A_eq=matrix_of(problem),
        b_eq=problem.constant,
        bounds=np.column_stack([problem.least, problem.most]),
        method="highs",
    )
    return np.asarray(answer.x, dtype=np.float64) if answer.status == 0 else None


def _solve(problem: Open, least: Floats, most: Floats, system: System, cells: Ints) -> tuple[Floats, Floats]:
    """Return exact intervals by linear programming for the cells about persons; the others keep their bounds."""
    lower, upper = least.copy(), most.copy()
    # what some feasible table reaches needs no programme of its own
    reached_low = np.full(len(cells), np.inf)
    reached_high = np.full(len(cells), -np.inf)
    for k in np.flatnonzero(~np.isnan(system.needed[cells])):
        for sense in (1.0, -1.0):
            done = reached_low[k] <= least[k] + TOLERANCE if sense > 0 else reached_high[k] >= most[k] - TOLERANCE
            table = None if done else solve(problem, int(k), sense)
            if table is None:
                continue
            reached_low = np.minimum(reached_low, table)
            reached_high = np.maximum(reached_high, table)
            if sense > 0:
                lower[k] = max(least[k], float(table[k]))
            else:
                upper[k] = min(most[k], float(table[k]))
    return lower, upper
