"""The second engine: seeded draws shared by all areas. It serves unequal weights and checks the exact tables.

Each draw is an ordered sample of distinct areas. For area i only the draws that do not contain i count, so that
each p is exactly conditional: among them the first k_i members are a random sample of the others.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from regsam_geo.warning.statistics.permutation.grid import FloatArray, IntArray

BLOCK = 2**22
"""Products of areas and draws that are held at once."""


class Drawn(NamedTuple):
    """How often the draws reached the observed sums; each array has shape (n,)."""

    at_most: IntArray
    at_least: IntArray
    draws: IntArray


def draw_areas(n: int, most: int, draws: int, rng: np.random.Generator) -> IntArray:
    """Draw ``most`` distinct areas out of ``n``, in random order, shape (most, draws)."""
    chosen = np.empty((most, draws), dtype=np.int64)
    ordered = np.empty((most, draws), dtype=np.int64)
    for step in range(most):
        # without replacement and in one pass: areas drawn twice would widen the tails
        picked = rng.integers(0, n - step, size=draws)
        # the picked-th area that is not drawn yet: step over those drawn, in increasing order
        for earlier in ordered[:step]:
            picked += picked >= earlier
        chosen[step] = picked
        ordered[step] = picked
        ordered[: step + 1].sort(axis=0)
    return chosen


def _excluded(
    sums: FloatArray, members: IntArray, limits: FloatArray, n: int
) -> tuple[IntArray, IntArray, IntArray]:
    """Count, for each area, the draws that contain it: sum at most limits[0], at least limits[1], and all."""
    flat = members.ravel()
    # Counted from the draws instead of from the areas: each draw names at most k areas, so what has to be taken
    # out is far less than areas times draws.
    repeated = np.broadcast_to(sums, members.shape).ravel()
    at_most = np.bincount(flat[repeated <= limits[0][flat]], minlength=n)
    at_least = np.bincount(flat[repeated >= limits[1][flat]], minlength=n)
    return at_most, at_least, np.bincount(flat, minlength=n)


def equal_weights(values: FloatArray, k: IntArray, limits: FloatArray, members: IntArray) -> Drawn:
    """Compare the sums of all areas with the draws: one sort per number of neighbors, one search per area.

    Parameters
    ----------
    values
        Shape (n,).
    k
        Number of neighbors, shape (n,).
    limits
        Shape (2, n): a sum up to ``limits[0]`` is at most the observed one, a sum from ``limits[1]`` at least.
    members
        From ``draw_areas``.
    """
    n, draws = len(values), members.shape[1]
    at_most, at_least, counted = (np.zeros(n, dtype=np.int64) for _ in range(3))
    sums = np.zeros(draws)
    for size in range(1, int(k.max(initial=0)) + 1):
        # The first k of a longer draw are a draw of k: one set of draws serves every number of neighbors, and
        # sums grow by one member a step.
        sums += values[members[size - 1]]
        rows = np.flatnonzero(k == size)
        if not len(rows):
            continue
        ordered = np.sort(sums)
        with_area = _excluded(sums, members[:size], limits, n)
        at_most[rows] = np.searchsorted(ordered, limits[0][rows], side="right") - with_area[0][rows]
        at_least[rows] = draws - np.searchsorted(ordered, limits[1][rows], side="left") - with_area[1][rows]
        counted[rows] = draws - with_area[2][rows]
    return Drawn(at_most, at_least, counted)


def unequal_weights(
    values: FloatArray,
    indptr: IntArray,
    weights: FloatArray,
    limits: FloatArray,
    members: IntArray,
) -> Drawn:
    """Compare weighted sums of all areas with the draws; the j-th weight meets the j-th area drawn."""
    n, draws = len(values), members.shape[1]
    k = np.diff(indptr)
    at_most, at_least, counted = (np.zeros(n, dtype=np.int64) for _ in range(3))
    drawn = values[members]
    # Areas with as many neighbors beside each other: the table of weights is padded to the largest of its block.
    order = np.argsort(k, kind="stable")
    order = order[k[order] > 0]
    for rows in np.array_split(order, max(1, -(-len(order) * draws // BLOCK))):
        if not len(rows):
            continue
        size = int(k[rows[-1]])
        entries = np.repeat(indptr[rows], k[rows]) + _ranks(k[rows])
        table = np.zeros((len(rows), size))
        table[np.arange(size)[None, :] < k[rows][:, None]] = weights[entries]
        sums = table @ drawn[:size]
        hit_low, hit_high = sums <= limits[0][rows][:, None], sums >= limits[1][rows][:, None]
        at_most[rows], at_least[rows] = np.count_nonzero(hit_low, axis=1), np.count_nonzero(hit_high, axis=1)
        counted[rows] = draws
        # take out the draws that contain the area itself among its k members
        place = np.full(n, -1, dtype=np.int64)
        place[rows] = np.arange(len(rows))
        row = place[members[:size]]
        step, draw = np.nonzero(row >= 0)
        row = row[step, draw]
        within = step < k[rows][row]
        row, draw = row[within], draw[within]
        at_most[rows] -= np.bincount(row[hit_low[row, draw]], minlength=len(rows))
        at_least[rows] -= np.bincount(row[hit_high[row, draw]], minlength=len(rows))
        counted[rows] -= np.bincount(row, minlength=len(rows))
    return Drawn(at_most, at_least, counted)


def _ranks(counts: IntArray) -> IntArray:
    """Return 0, 1, .. counts[0] - 1, 0, 1, .. counts[1] - 1, and so on."""
    ends = np.cumsum(counts)
    return np.arange(int(ends[-1]) if len(ends) else 0, dtype=np.int64) - np.repeat(ends - counts, counts)
