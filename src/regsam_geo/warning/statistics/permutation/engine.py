"""Which engine counts, and what all of them answer: both tails for each column and area, with their error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from math import comb
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from regsam_geo.warning.statistics.permutation import draws as simulated
from regsam_geo.warning.statistics.permutation import dynamic_program, fourier_counts, meet_in_the_middle
from regsam_geo.warning.statistics.permutation.grid import (
    FloatArray,
    Grid,
    IntArray,
    decimal_grids,
    fine_grid,
    finest_levels,
)
from regsam_geo.warning.statistics.permutation.inclusion_exclusion import arrangements

Engine = Literal["auto", "tables", "halves", "grid", "draws"]
ENGINES: tuple[Engine, ...] = get_args(Engine)
"""How a p was found: ``tables`` and ``halves`` are exact, ``grid`` brackets it, ``draws`` simulates."""

WIDEST_BRACKET = 0.01
"""A bracket of p is at most this wide where p is not small."""
SMALL_P = 0.05
WIDEST_SHARE = 0.1
"""Below ``SMALL_P`` a bracket is at most this share of p wide: it is small p that are read to their digits."""
DECISIVE_SHARE = 0.01
"""The same where something is decided by p."""
LONGEST_TABLE = 2**21
BATCH = 2**16
"""Grid points times columns that are transformed at once."""
DRAWS = 9_999
LEFT_BRACKET = 1e-3
"""A bracket of a small p that no grid makes narrower is left if it is at most this wide."""
FIRST_STEP = 0.012
"""Step of the first grid in scatters of the values, over the root of the largest number of neighbors."""
MOST_GRIDS = 8
ROUNDING = 1e-6
"""Grid steps by which sums of residuals may be off by floating-point arithmetic."""


@dataclass
class Tails:
    """Both tails, each array of shape (columns, n), NaN where there is no test.

    Attributes
    ----------
    p_low, p_high
        Probability of a value at most, and at least, as large as the observed one; a bracket's upper ends.
    error
        How much ``p`` may be too large (``grid``), or its standard error (``draws``); 0 where it is exact.
    engine
        Per column.
    """

    p_low: FloatArray
    p_high: FloatArray
    error: FloatArray
    engine: list[str] = field(default_factory=list)

    @classmethod
    def empty(cls, columns: int, n: int) -> Tails:
        """Return tails without any test."""
        nan = np.full((columns, n), np.nan)
        return cls(nan, nan.copy(), nan.copy(), [""] * columns)

    def put(
        self,
        columns: int | list[int] | IntArray,
        low: FloatArray,
        high: FloatArray,
        error: FloatArray,
        engine: str,
    ) -> None:
        """Store the results of one or several columns."""
        self.p_low[columns], self.p_high[columns], self.error[columns] = low, high, error
        for column in np.atleast_1d(columns):
            self.engine[column] = engine

    @property
    def p(self) -> FloatArray:
        """Two-sided: twice the smaller tail, at most 1."""
        return np.minimum(1.0, 2.0 * np.minimum(self.p_low, self.p_high))


@dataclass(frozen=True)
class _Task:
    """Valid values of some columns that share one pattern of missing values."""

    values: FloatArray  # (columns, n)
    indptr: IntArray
    indices: IntArray
    weights: FloatArray | None
    k: IntArray
    draws: int
    seed: int
    decisive: float

    @cached_property
    def sizes(self) -> list[int]:
        """The numbers of neighbors that occur, increasing."""
        return [int(size) for size in np.unique(self.k) if size > 0]

    def table_length(self, width: int) -> int:
        """Return about how many sums the widest table has to hold."""
        return self.sizes[-1] * width + 1

    def neighbor_sums(self, values: npt.NDArray[Any], weights: FloatArray | None = None) -> npt.NDArray[Any]:
        """Add up the neighbors' values; shape as ``values``."""
        picked = values[..., self.indices]
        if weights is not None:
            picked = picked * weights
        result = np.zeros(values.shape, dtype=picked.dtype)
        filled = np.flatnonzero(self.k)
        if len(filled):
            result[..., filled] = np.add.reduceat(picked, self.indptr[filled], axis=-1)
        return result


def permutation_tails(
    values: FloatArray,
    indptr: IntArray,
    indices: IntArray,
    weights: FloatArray | None = None,
    *,
    engine: Engine = "auto",
    draws: int = DRAWS,
    seed: int = 0,
    decisive: float = 0.0,
) -> Tails:
    """Test the sum of each area's neighbors, column by column, with the area's own value left in place.

    Parameters
    ----------
    values
        Shape (columns, n), or (n,) for one; NaN is missing.
    indptr, indices
        The neighbors' table, without an area among its own neighbors.
    weights
        One per entry of ``indices``; ``None`` when all neighbors of an area count the same.
    engine, draws, seed
        ``"auto"`` takes the fastest exact one.
    decisive
        Where p is below this, something hangs on it: its bracket is at most ``DECISIVE_SHARE`` of it.
    """
    # Without gaps, which is the usual case, all columns are one task and share one plan.
    columns = np.atleast_2d(np.asarray(values, dtype=np.float64))
    n = columns.shape[1]
    if np.isfinite(columns).all():
        return _solve(_Task(columns, indptr, indices, weights, np.diff(indptr), draws, seed, decisive), engine)
    tails = Tails.empty(len(columns), n)
    for rows, valid, task in _tasks(columns, indptr, indices, weights, draws, seed, decisive):
        found, where = _solve(task, engine), np.ix_(rows, valid)
        tails.p_low[where] = found.p_low
        tails.p_high[where] = found.p_high
        tails.error[where] = found.error
        for row, name in zip(rows, found.engine, strict=True):
            tails.engine[row] = name
    return tails


def _tasks(
    columns: FloatArray,
    indptr: IntArray,
    indices: IntArray,
    weights: FloatArray | None,
    draws: int,
    seed: int,
    decisive: float,
) -> Iterator[tuple[IntArray, IntArray, _Task]]:
    """Split the columns by their pattern of missing values, and leave the missing areas out of everything."""
    present = np.isfinite(columns)
    n = columns.shape[1]
    # Per pattern and not per column: a yearly report has few patterns and many columns, and each pattern needs
    # its own neighbors' lists.
    patterns, which = np.unique(present, axis=0, return_inverse=True)
    source = np.repeat(np.arange(n), np.diff(indptr))
    for number, pattern in enumerate(patterns):
        rows, valid = np.flatnonzero(which.ravel() == number), np.flatnonzero(pattern)
        if not len(valid):
            continue
        kept = pattern[source] & pattern[indices]
        position = np.cumsum(pattern) - 1
        k = np.bincount(position[source[kept]], minlength=len(valid))
        task = _Task(
            columns[np.ix_(rows, valid)],
            np.concatenate([[0], np.cumsum(k)]),
            position[indices[kept]],
            None if weights is None else weights[kept],
            k,
            draws,
            seed,
            decisive,
        )
        yield rows, valid, task


def _solve(task: _Task, engine: Engine) -> Tails:
    """Choose an engine for each column; columns on a coarse grid go through the tables together."""
    tails = Tails.empty(*task.values.shape)
    if not task.sizes:
        return tails
    # Every arrangement of equal values has the same sum: p is 1, and a grid of width 0 would have no step.
    constant = task.values.min(axis=1) == task.values.max(axis=1)
    if constant.any():
        # Without neighbors there is no question, also where all values are equal.
        sure = np.where(task.k > 0, 1.0, np.nan)
        tails.put(np.flatnonzero(constant), sure, sure, sure - 1.0, "tables")
    columns_left = np.flatnonzero(~constant)
    known = [None] * len(columns_left) if task.weights is not None else decimal_grids(task.values[columns_left])
    waiting: list[tuple[int, Grid]] = []
    halved: list[tuple[int, Grid | None]] = []
    for column, grid in zip(columns_left.tolist(), known, strict=True):
        chosen = _choice(task, grid) if engine == "auto" else engine
        # Sums with unequal weights lie on no common grid, so nothing can be tabled.
        if task.weights is not None:
            chosen = "draws"
        if chosen == "tables" and grid is not None:
            if len(task.k) > meet_in_the_middle.MOST_AREAS or not dynamic_program.fits(grid.levels, task.k):
                waiting.append((column, grid))
            else:
                _by_counting(task, column, grid, tails)
        elif chosen == "halves":
            halved.append((column, grid))
        elif chosen == "draws" or not _by_bracket(task, column, tails, give_up=engine == "auto"):
            _by_draws(task, column, grid, tails)
    for batch in _batches(waiting, task):
        _by_tables(task, batch, tails)
    # columns with residuals may have sums that nearly tie; whole numbers tie or do not
    for slack, chosen_columns in ((0, [c for c in halved if c[1]]), (1, [c for c in halved if not c[1]])):
        if chosen_columns:
            _by_halves(task, chosen_columns, slack, tails)
    return tails


def _choice(task: _Task, grid: Grid | None) -> Engine:
    n, most = len(task.k), task.sizes[-1]
    if n <= meet_in_the_middle.MOST_AREAS:
        return "tables" if grid is not None and dynamic_program.fits(grid.levels, task.k) else "halves"
    if fourier_counts.amplification(n, most) > fourier_counts.LARGEST_AMPLIFICATION:
        return "draws"
    return "tables" if grid is not None and task.table_length(grid.width) <= LONGEST_TABLE else "grid"


def _by_counting(task: _Task, column: int, grid: Grid, tails: Tails) -> None:
    found = dynamic_program.cluster_counts(grid.levels, task.k, task.neighbor_sums(grid.levels))
    _put_counts(task, column, found, tails, "tables")


def _by_halves(task: _Task, chosen: list[tuple[int, Grid | None]], slack: int, tails: Tails) -> None:
    columns = np.array([column for column, _ in chosen])
    if slack:
        levels = finest_levels(task.values[columns])
    else:
        levels = np.stack([grid.levels for _, grid in chosen if grid is not None])
    found = meet_in_the_middle.cluster_counts(levels, task.k, task.neighbor_sums(levels), slack)
    _put_counts(task, columns, found, tails, "halves")


def _put_counts(
    task: _Task,
    columns: int | IntArray,
    found: tuple[npt.NDArray[Any], npt.NDArray[Any]],
    tails: Tails,
    engine: str,
) -> None:
    """Store counts of arrangements with a sum at most, and below, the observed one."""
    every = arrangements(task.k)
    low, high = found[0] / every, (every - found[1]) / every
    tails.put(columns, low, high, 0.0 * low, engine)


def _batches(waiting: list[tuple[int, Grid]], task: _Task) -> Iterator[list[tuple[int, Grid]]]:
    """Group columns of similar width, so that padding to the widest costs little."""
    # A table costs what its widest column costs.
    widths = [grid.width for _, grid in waiting]
    order = np.argsort(widths, kind="stable")[::-1].tolist()
    while order:
        size = max(1, BATCH // task.table_length(widths[order[0]]))
        yield [waiting[place] for place in order[:size]]
        del order[:size]


def _by_tables(task: _Task, batch: list[tuple[int, Grid]], tails: Tails) -> None:
    columns = [column for column, _ in batch]
    levels = np.stack([grid.levels for _, grid in batch])
    sums = task.neighbor_sums(levels)
    tables = fourier_counts.sum_tables(levels, task.sizes[-1])
    below, at_most = fourier_counts.share_below(tables, levels, task.k, np.stack([sums, sums + 1]))
    low, high = at_most, 1.0 - below
    # The smallest tails are noise of the transform: "below 1e-12" is all that can be said.
    if not tables.exact:
        low, high = np.maximum(low, fourier_counts.SMALLEST_P), np.maximum(high, fourier_counts.SMALLEST_P)
    tails.put(columns, low, high, np.where(task.k > 0, 0.0, np.nan), "tables")


def _by_bracket(task: _Task, column: int, tails: Tails, *, give_up: bool) -> bool:
    """Bracket p on a fine grid; refine it where a bracket is too wide, and say whether it succeeded."""
    values, most = task.values[column], task.sizes[-1]
    span = float(np.ptp(values))
    spread = float(np.std(values))
    # The smaller of both scatters: one far value would make the first grid so coarse that the rest lies on one
    # point.
    middle = float(np.subtract(*np.quantile(values, [0.75, 0.25]))) / 1.349
    step = FIRST_STEP * (min(spread, 1.5 * middle) if middle > 0 else spread) / np.sqrt(most)
    low, high, error = (np.full(len(values), np.nan) for _ in range(3))
    rows = np.flatnonzero(task.k)
    for _ in range(MOST_GRIDS):
        # Only the areas that are left: a shorter list of neighbors has a shorter table, and a finer grid.
        most = int(task.k[rows].max())
        finest = span / (LONGEST_TABLE / (most + 1) - 2)
        if step < finest:
            # what is bracketed well enough already is not given up for the digits of a small p
            if give_up and not (error[rows] <= LEFT_BRACKET).all():
                return False
            step = finest
        low[rows], high[rows], error[rows] = _bracket(task, column, fine_grid(values, step), rows)
        ratio = error[rows] / widest_bracket(low[rows], high[rows], task.decisive)
        rows = rows[ratio > 1.0]
        if not len(rows) or step == finest:
            tails.put(column, low, high, error, "grid")
            return True
        # The bracket shrinks with the step; a tenth finer than needed spares a further round.
        step *= 0.9 / float(ratio.max())
        if not give_up:
            step = max(step, finest)
    if give_up and not (error[rows] <= LEFT_BRACKET).all():
        return False
    tails.put(column, low, high, error, "grid")
    return True


def widest_bracket(low: FloatArray, high: FloatArray, decisive: float = 0.0) -> FloatArray:
    """Return how wide the bracket of a two-sided p may be, given the upper ends of both tails."""
    p = 2.0 * np.minimum(low, high)
    share = np.where(p < decisive, DECISIVE_SHARE, WIDEST_SHARE)
    small = p < max(SMALL_P, decisive)
    return np.where(small, np.maximum(share * p, fourier_counts.SMALLEST_P), WIDEST_BRACKET)


def _bracket(task: _Task, column: int, grid: Grid, rows: IntArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return upper ends of both tails and the width of the bracket of p, for some areas.

    A true sum is at most the observed one exactly if its grid sum exceeds the observed grid sum by at most the
    difference of the residuals, which lies between the smallest and the largest k residuals.
    """
    assert grid.residuals is not None
    k = task.k[rows]
    most = int(k.max())
    levels = grid.levels[None, :]
    sums = task.neighbor_sums(levels)[:, rows]
    residual_sums = task.neighbor_sums(grid.residuals)[rows]
    ordered = np.sort(grid.residuals)
    least = np.concatenate([[0.0], np.cumsum(ordered[:most])])[k]
    largest = np.concatenate([[0.0], np.cumsum(ordered[::-1][:most])])[k]
    tables = fourier_counts.sum_tables(levels, most)
    # by how many steps a sum may be larger and still surely, or possibly, be at most (below) the observed one
    limits = np.stack(
        [
            np.floor(residual_sums - largest - ROUNDING) + 1,
            np.floor(residual_sums - least + ROUNDING) + 1,
            np.ceil(residual_sums - largest - ROUNDING),
            np.ceil(residual_sums - least + ROUNDING),
        ]
    ).astype(np.int64)[:, None, :]
    unsure = limits[0, 0] < 1
    shares = fourier_counts.share_below(tables, levels[:, rows], k, sums + limits)[:, 0]
    least_low, most_low, most_high, least_high = shares[0], shares[1], 1.0 - shares[2], 1.0 - shares[3]
    # the observed arrangement counts in both tails, whatever the grid says
    arrangement = _one_arrangement(len(task.k), k)
    least_low, least_high = least_low + arrangement * unsure, least_high + arrangement * unsure
    _rank_single_neighbors(task, column, rows, least_low, most_low, least_high, most_high)
    upper = np.minimum(1.0, 2.0 * np.minimum(most_low, most_high))
    lower = np.minimum(1.0, 2.0 * np.minimum(least_low, least_high))
    floor = fourier_counts.SMALLEST_P
    return np.maximum(most_low, floor), np.maximum(most_high, floor), np.maximum(upper - lower, 0.0)


def _one_arrangement(n: int, k: IntArray) -> FloatArray:
    """Return the probability of a single arrangement of k neighbors."""
    subsets = {size: float(comb(n - 1, size)) for size in np.unique(k).tolist()}
    return 1.0 / np.array([subsets[size] for size in k.tolist()])


def _rank_single_neighbors(task: _Task, column: int, areas: IntArray, *tails: FloatArray) -> None:
    """Write the exact tails of areas with one neighbor, which is a rank among the other areas.

    ``tails`` are the lower and upper ends of P(at most), then of P(at least), of ``areas``.
    """
    values, n = task.values[column], len(task.k)
    single = np.flatnonzero(task.k[areas] == 1)
    if not len(single):
        return
    rows = areas[single]
    ordered = np.sort(values)
    neighbor_values = values[task.indices[task.indptr[rows]]]
    at_most = np.searchsorted(ordered, neighbor_values, side="right") - (values[rows] <= neighbor_values)
    at_least = n - np.searchsorted(ordered, neighbor_values, side="left") - (values[rows] >= neighbor_values)
    for tail, count in zip(tails, (at_most, at_most, at_least, at_least), strict=True):
        tail[single] = count / (n - 1)


def _by_draws(task: _Task, column: int, known: Grid | None, tails: Tails) -> None:
    n, k = len(task.k), task.k
    levels = (finest_levels(task.values[[column]])[0] if known is None else known.levels).astype(np.float64)
    # Round decimals tie exactly; on the finest grid sums within one step of each neighbor are taken as tied.
    slack, width = float(known is None), float(levels.max())
    members = simulated.draw_areas(n, task.sizes[-1], task.draws, np.random.default_rng(task.seed))
    margin = slack * k
    if task.weights is not None:
        margin = 1e-12 * width * task.neighbor_sums(np.ones(n), np.abs(task.weights))
    observed: FloatArray = task.neighbor_sums(levels, task.weights)
    limits = np.stack([observed + margin, observed - margin])
    if task.weights is not None:
        drawn = simulated.unequal_weights(levels, task.indptr, task.weights, limits, members)
    else:
        drawn = simulated.equal_weights(levels, k, limits, members)
    with np.errstate(invalid="ignore"):
        low, high = (
            np.where(k > 0, (reached + 1) / (drawn.draws + 1), np.nan)
            for reached in (drawn.at_most, drawn.at_least)
        )
    # (reached + 1) / (draws + 1): the observed arrangement is one of the possible ones, so p is never 0 and
    # the test never too loud.
    tail = np.minimum(low, high)
    error = 2.0 * np.sqrt(tail * (1.0 - tail) / np.maximum(drawn.draws, 1))
    tails.put(column, low, high, error, "draws")
