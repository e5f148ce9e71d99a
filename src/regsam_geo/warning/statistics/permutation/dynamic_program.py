"""Exact tables for few areas: how many subsets have which sum, counted one area after the other.

The integer dynamic programme: with each area, the k-subsets with sum t grow by the (k-1)-subsets with sum t - z.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from regsam_geo.warning.statistics.permutation.grid import IntArray
from regsam_geo.warning.statistics.permutation.inclusion_exclusion import Terms, terms

LARGEST_TABLE = 2**16
"""Beyond so many counts, the two halves are faster."""


def fits(levels: IntArray, k: IntArray) -> bool:
    """Say whether a table of the levels is worth its while."""
    most = int(k.max())
    return (most + 1) * (int(np.sort(levels)[-most:].sum()) + 1) <= LARGEST_TABLE


def cumulative_counts(levels: IntArray, most: int, highest: int | None = None) -> npt.NDArray[np.int32]:
    """Return how many k-subsets have a sum below t, shape (most + 1, highest + 2), at most for all sums."""
    ordered = np.sort(levels).tolist()
    length = sum(ordered[-most:]) + 1
    if highest is not None:
        # Sums above the largest observed one are never asked for by the cluster test, and most of a table are
        # such sums.
        length = min(length, highest + 1)
    # C(30, 15), the largest count of all subsets of one size, has 28 bits
    table = np.zeros((most + 1, length), dtype=np.int32)
    table[0, 0] = 1
    # Smallest first: the table is short as long as possible.
    for number, level in enumerate(ordered):
        sizes = min(number, most - 1) + 1
        # up to the largest sum so far
        end = min(sum(ordered[max(number - sizes + 1, 0) : number]) + 1, length - level)
        if end <= 0:
            break
        # The copy keeps an area from being added to subsets that it is in already.
        table[1 : sizes + 1, level : level + end] += table[:sizes, :end].copy()
    result = np.zeros((most + 1, length + 1), dtype=np.int32)
    np.cumsum(table, axis=1, dtype=np.int32, out=result[:, 1:])
    return result


class Counted:
    """The table of one column, read at the limits of both tests."""

    def __init__(self, levels: IntArray, k: IntArray, highest: int | None) -> None:
        self.levels = levels
        self.table = cumulative_counts(levels, int(k.max()), highest)
        self.terms: Terms = terms(tuple(k.tolist()))
        self.start = self.terms.size * self.table.shape[1]

    def _read(self, limits: IntArray, start: IntArray) -> IntArray:
        """Return the number of subsets with a sum below each limit."""
        # Beyond either end the count is 0 or that of all subsets, which the first and last column hold.
        place = np.clip(limits, 0, self.table.shape[1] - 1)
        place += start
        return self.table.ravel()[place].astype(np.int64)

    def cluster(self, sums: IntArray) -> tuple[IntArray, IntArray]:
        """Count the k-subsets of the other areas with a sum at most, and below, the observed one."""
        every = self.terms
        limits = sums[every.area] - every.left * self.levels[every.area]
        counts = self._read(np.stack([limits + 1, limits]), self.start) @ every.signs
        return counts[0], counts[1]

    def outlier(self, observed: IntArray) -> tuple[IntArray, IntArray]:
        """Count the pairs of v and k other areas with S - k z_v at most, and below, the observed value."""
        every = self.terms
        # leaving v out of the subset: the limit is t + k z_v, less the z_v that are taken off
        limits = observed[every.area][:, None] + every.size[:, None] * self.levels
        counts = self._read(np.stack([limits + 1, limits]), self.start[:, None]).sum(axis=2) @ every.signs
        return counts[0], counts[1]
