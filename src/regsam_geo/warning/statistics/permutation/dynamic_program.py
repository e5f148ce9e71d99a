"""Exact tables for few areas: how many subsets have which sum, counted one area after the other.

The integer dynamic programme: with each area, the k-subsets with sum t grow by the (k-1)-subsets with sum t - z.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from regsam_geo.warning.statistics.permutation.grid import IntArray
from regsam_geo.warning.statistics.permutation.inclusion_exclusion import terms

LARGEST_TABLE = 2**16
"""Beyond so many counts, the two halves are faster."""


def fits(levels: IntArray, k: IntArray) -> bool:
    """Say whether a table of the levels is worth its while."""
    most = int(k.max())
    return (most + 1) * (int(np.sort(levels)[-most:].sum()) + 1) <= LARGEST_TABLE


def cumulative_counts(levels: IntArray, most: int, highest: int) -> npt.NDArray[np.int32]:
    """Return how many k-subsets have a sum below t, shape (most + 1, highest + 2), at most for all sums."""
    ordered = np.sort(levels).tolist()
    # Sums above the largest observed one are never asked for, and most of a table are such sums.
    length = min(sum(ordered[-most:]), highest) + 1
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


def cluster_counts(levels: IntArray, k: IntArray, sums: IntArray) -> tuple[IntArray, IntArray]:
    """Count the k-subsets of the other areas whose sum is at most, and below, the observed one."""
    table = cumulative_counts(levels, int(k.max()), int(sums.max()))
    every = terms(tuple(k.tolist()))
    limits = sums[every.area] - every.left * levels[every.area]
    # Beyond either end the count is 0 or that of all subsets, which the first and last column hold.
    place = np.clip(np.stack([limits + 1, limits]), 0, table.shape[1] - 1)
    place += every.size * table.shape[1]
    counts = table.ravel()[place].astype(np.int64) @ every.signs
    return counts[0], counts[1]
