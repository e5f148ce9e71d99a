"""Which engine counts, and what all of them answer: both tails for each column and area, with their error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import comb
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from regsam_geo.warning.permutation import draws as simulated
from regsam_geo.warning.permutation import halves, tables
from regsam_geo.warning.permutation.grid import FloatArray, Grid, IntArray, decimal_grid, fine_grid, finest_grid

Engine = Literal["auto", "tables", "halves", "grid", "draws"]
ENGINES: tuple[Engine, ...] = get_args(Engine)
"""How a p was found: ``tables`` and ``halves`` are exact, ``grid`` brackets it, ``draws`` simulates."""

Test = Literal["cluster", "outlier"]

WIDEST_BRACKET = 1e-3
LONGEST_TABLE = 2**21
LONGEST_SMALL_TABLE = 2**15
"""For few areas, beyond this the two halves are faster."""
BATCH = 2**16
"""Grid points times columns that are transformed at once."""
DRAWS = 9_999


@dataclass
class Tails:
    """Both tails of one test, each array of shape (columns, n), NaN where there is no test.

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
    tests: tuple[Test, ...]
    draws: int
    seed: int

    @property
    def sizes(self) -> list[int]:
        return [int(size) for size in np.unique(self.k) if size > 0]

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
    tests: tuple[Test, ...] = ("cluster",),
    engine: Engine = "auto",
    draws: int = DRAWS,
    seed: int = 0,
) -> dict[Test, Tails]:
    """Test each area of each column against its neighbors.

    Parameters
    ----------
    values
        Shape (columns, n), or (n,) for one; NaN is missing.
    indptr, indices
        The neighbors' table, without an area among its own neighbors.
    weights
        One per entry of ``indices``; ``None`` when all neighbors of an area count the same.
    tests
        ``"cluster"``: S_i, the sum of the neighbors' values, with the own value in place. ``"outlier"``:
        k z_i - S_i, with all values permuted.
    engine, draws, seed
        ``"auto"`` takes the fastest exact one.

    Returns
    -------
    dict
        ``Tails`` per test.
    """
    columns = np.atleast_2d(np.asarray(values, dtype=np.float64))
    n = columns.shape[1]
    results = {test: Tails.empty(len(columns), n) for test in tests}
    for rows, valid, task in _tasks(columns, indptr, indices, weights, tests, draws, seed):
        for test, found in _solve(task, engine).items():
            where = np.ix_(rows, valid)
            results[test].p_low[where] = found.p_low
            results[test].p_high[where] = found.p_high
            results[test].error[where] = found.error
            for row, name in zip(rows, found.engine, strict=True):
                results[test].engine[row] = name
    return results


def _tasks(
    columns: FloatArray,
    indptr: IntArray,
    indices: IntArray,
    weights: FloatArray | None,
    tests: tuple[Test, ...],
    draws: int,
    seed: int,
) -> Iterator[tuple[IntArray, IntArray, _Task]]:
    """Split the columns by their pattern of missing values, and leave the missing areas out of everything."""
    present = np.isfinite(columns)
    n = columns.shape[1]
    if present.all():
        everything = np.arange(n)
        task = _Task(columns, indptr, indices, weights, np.diff(indptr), tests, draws, seed)
        yield np.arange(len(columns)), everything, task
        return
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
            tests,
            draws,
            seed,
        )
        yield rows, valid, task


def _solve(task: _Task, engine: Engine) -> dict[Test, Tails]:
    """Choose an engine for each column; columns on a coarse grid go through the tables together."""
    columns, n = task.values.shape
    results = {test: Tails.empty(columns, n) for test in task.tests}
    if not task.sizes:
        return results
    waiting: list[tuple[int, Grid]] = []
    for column in range(columns):
        values = task.values[column]
        if np.ptp(values) == 0:
            for tails in results.values():
                sure = np.where(task.k > 0, 1.0, np.nan)
                _put(tails, column, sure, sure, np.where(task.k > 0, 0.0, np.nan), "tables")
            continue
        grid = None if task.weights is not None else decimal_grid(values)
        chosen = _choice(task, grid) if engine == "auto" else engine
        if task.weights is not None:
            chosen = "draws"
        if chosen == "tables" and grid is not None:
            waiting.append((column, grid))
        elif chosen == "halves":
            _by_halves(task, column, grid or finest_grid(values), results)
        elif chosen == "draws" or not _by_bracket(task, column, results, give_up=engine == "auto"):
            _by_draws(task, column, grid or finest_grid(values), results)
    for batch in _batches(waiting, task):
        _by_tables(task, batch, results)
    return results


def _choice(task: _Task, grid: Grid | None) -> Engine:
    n, most = len(task.k), task.sizes[-1]
    stable = tables.amplification(n, most) <= tables.LARGEST_AMPLIFICATION
    length = 0 if grid is None else _table_length(task, grid.width)
    if n <= halves.MOST_AREAS and not (grid is not None and stable and length <= LONGEST_SMALL_TABLE):
        return "halves"
    if not stable:
        return "draws"
    return "tables" if grid is not None and length <= LONGEST_TABLE else "grid"


def _table_length(task: _Task, width: int) -> int:
    return (2 if "outlier" in task.tests else 1) * task.sizes[-1] * width + 1


def _put(tails: Tails, column: int, low: FloatArray, high: FloatArray, error: FloatArray, engine: str) -> None:
    tails.p_low[column], tails.p_high[column], tails.error[column] = low, high, error
    tails.engine[column] = engine


def _by_halves(task: _Task, column: int, grid: Grid, results: dict[Test, Tails]) -> None:
    n, k = len(task.k), task.k
    slack = 0 if decimal_grid(task.values[column]) is not None else 1
    sums = task.neighbor_sums(grid.levels).astype(np.int64)
    subsets = np.array([comb(n - 1, int(size)) if size else 0 for size in k], dtype=np.float64)
    for test, tails in results.items():
        counted = halves.cluster_counts if test == "cluster" else halves.outlier_counts
        low, high = counted(grid.levels, k, sums, slack)
        total = np.where(k > 0, subsets if test == "cluster" else n * subsets, np.nan)
        _put(tails, column, low / total, high / total, 0.0 * total, "halves")


def _batches(waiting: list[tuple[int, Grid]], task: _Task) -> Iterator[list[tuple[int, Grid]]]:
    """Group columns of similar width, so that padding to the widest costs little."""
    waiting = sorted(waiting, key=lambda item: item[1].width)
    while waiting:
        size = max(1, BATCH // _table_length(task, waiting[-1][1].width))
        yield waiting[-size:]
        del waiting[-size:]


def _by_tables(task: _Task, batch: list[tuple[int, Grid]], results: dict[Test, Tails]) -> None:
    columns = [column for column, _ in batch]
    levels = np.stack([grid.levels for _, grid in batch])
    sums = task.neighbor_sums(levels).astype(np.int64)
    made = tables.sum_tables(
        levels,
        task.sizes,
        max(grid.width for _, grid in batch),
        cluster="cluster" in task.tests,
        outlier="outlier" in task.tests,
    )
    for test, tails in results.items():
        low, high = _table_tails(made, test, task.k, levels, sums, np.zeros(2, dtype=np.int64))
        for place, column in enumerate(columns):
            _put(tails, column, low[place], high[place], np.where(task.k > 0, 0.0, np.nan), "tables")


def _table_tails(
    made: tables.SumTables, test: Test, k: IntArray, levels: IntArray, sums: IntArray, shift: IntArray
) -> tuple[FloatArray, FloatArray]:
    """Return P(at most) and P(at least), the limits shifted by whole steps outwards."""
    if test == "cluster":
        low = tables.share_at_most(made, levels, k, sums + shift[0])
        high = 1.0 - tables.share_at_most(made, levels, k, sums - 1 - shift[1])
    else:
        turned = sums - k * levels
        low = 1.0 - tables.share_of_outliers(made, k, turned - 1 - shift[0])
        high = tables.share_of_outliers(made, k, turned + shift[1])
    if not made.exact:
        low, high = np.maximum(low, tables.SMALLEST_P), np.maximum(high, tables.SMALLEST_P)
    return low, high


def _by_bracket(task: _Task, column: int, results: dict[Test, Tails], *, give_up: bool) -> bool:
    """Bracket p on a fine grid; refine it while the bracket is too wide, and say whether it succeeded."""
    values, most = task.values[column], task.sizes[-1]
    spread = float(np.std(values))
    middle = float(np.subtract(*np.quantile(values, [0.75, 0.25]))) / 1.349
    spread = min(spread, middle) if middle > 0 else spread
    step = WIDEST_BRACKET * spread * 1.1 / np.sqrt(most)
    for _ in range(4):
        if _table_length(task, int(np.ptp(values) / step) + 1) > LONGEST_TABLE:
            if give_up:
                return False
            step = float(np.ptp(values)) / (LONGEST_TABLE // _table_length(task, 1) - 2)
        grid = fine_grid(values, step)
        found = _bracket(task, grid)
        widest = max(float(np.nanmax(error)) for _, _, error in found.values())
        if widest <= WIDEST_BRACKET or not give_up:
            for test, (low, high, error) in found.items():
                _put(results[test], column, low, high, error, "grid")
            return True
        step *= 0.9 * WIDEST_BRACKET / widest
    return False


def _bracket(task: _Task, grid: Grid) -> dict[Test, tuple[FloatArray, FloatArray, FloatArray]]:
    """Return upper ends of both tails and the width of the bracket of p.

    A true sum is at most the observed one exactly if its grid sum exceeds the observed grid sum by at most the
    difference of the residuals, which lies between the smallest and the largest k residuals.
    """
    assert grid.residuals is not None
    k = task.k
    levels = grid.levels[None, :]
    sums = task.neighbor_sums(levels).astype(np.int64)
    residual_sums = task.neighbor_sums(grid.residuals).astype(np.float64)
    ordered = np.sort(grid.residuals)
    least = np.concatenate([[0.0], np.cumsum(ordered[: int(k.max())])])[k]
    largest = np.concatenate([[0.0], np.cumsum(ordered[::-1][: int(k.max())])])[k]
    made = tables.sum_tables(
        levels, task.sizes, grid.width, cluster="cluster" in task.tests, outlier="outlier" in task.tests
    )
    found: dict[Test, tuple[FloatArray, FloatArray, FloatArray]] = {}
    for test in task.tests:
        own = residual_sums
        if test == "outlier":  # the tables hold S - k z
            own = residual_sums - k * grid.residuals
            least, largest = least - k * ordered[-1], largest - k * ordered[0]
        # from which grid difference on a sum is surely, and possibly, at most (below) the observed one
        sure, possible = np.floor(own - largest - 1e-6), np.floor(own - least + 1e-6)
        sure_below, possibly_below = np.ceil(own - largest - 1e-6) - 1, np.ceil(own - least + 1e-6) - 1
        share = [
            _share(made, test, task, levels, sums, limit.astype(np.int64))
            for limit in (sure, possible, sure_below, possibly_below)
        ]
        most_low, least_low = share[1], share[0]
        most_high, least_high = 1.0 - share[2], 1.0 - share[3]
        if test == "outlier":
            most_low, most_high, least_low, least_high = most_high, most_low, least_high, least_low
        upper = np.minimum(1.0, 2.0 * np.minimum(most_low, most_high))
        lower = np.minimum(1.0, 2.0 * np.minimum(least_low, least_high))
        floor = tables.SMALLEST_P
        found[test] = np.maximum(most_low, floor), np.maximum(most_high, floor), np.maximum(upper - lower, 0.0)
    return found


def _share(
    made: tables.SumTables, test: Test, task: _Task, levels: IntArray, sums: IntArray, shift: IntArray
) -> FloatArray:
    if test == "cluster":
        shares = tables.share_at_most(made, levels, task.k, sums + shift)
    else:
        shares = tables.share_of_outliers(made, task.k, sums - task.k * levels + shift)
    first: FloatArray = shares[0]
    return first


def _by_draws(task: _Task, column: int, grid: Grid, results: dict[Test, Tails]) -> None:
    n, k = len(task.k), task.k
    rng = np.random.default_rng(task.seed)
    members = simulated.draw_areas(n, min(task.sizes[-1] + 1, n), task.draws, rng)
    levels = grid.levels.astype(np.float64)
    slack = 0 if decimal_grid(task.values[column]) is not None else 1
    for test, tails in results.items():
        if task.weights is None:
            sums = task.neighbor_sums(levels).astype(np.float64)
            observed = sums if test == "cluster" else k * levels - sums
            margin = slack * k * (1.0 if test == "cluster" else 2.0)
            limits = np.stack([observed + margin, observed - margin])
            if test == "cluster":
                drawn = simulated.equal_weights(levels, k, limits, members[: task.sizes[-1]])
            else:
                drawn = simulated.outlier_draws(levels, k, limits, members, task.sizes)
        else:
            observed = task.neighbor_sums(levels, task.weights).astype(np.float64)
            total = task.neighbor_sums(np.ones(n), np.abs(task.weights)).astype(np.float64)
            if test == "outlier":
                observed = levels * task.neighbor_sums(np.ones(n), task.weights).astype(np.float64) - observed
            margin = 1e-12 * total * max(1, grid.width)
            limits = np.stack([observed + margin, observed - margin])
            drawn = simulated.unequal_weights(
                levels, task.indptr, task.weights, limits, members, outlier=test == "outlier"
            )
        low, high = (
            np.where(k > 0, (reached + 1) / (drawn.draws + 1), np.nan)
            for reached in (drawn.at_most, drawn.at_least)
        )
        tail = np.minimum(low, high)
        error = 2.0 * np.sqrt(tail * (1.0 - tail) / np.maximum(drawn.draws, 1))
        _put(tails, column, low, high, error, "draws")
