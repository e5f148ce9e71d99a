"""Exact counts for few areas and any values: all subsets of one half of the areas against those of the other.

The number of k-subsets with a sum up to s is counted without listing them: sums of the subsets of each half are
listed and sorted, and each sum of the one half is looked up in the other (Horowitz and Sahni 1974). 25 areas
have 33 million subsets, their halves 4,096 and 8,192.
"""

from __future__ import annotations

from functools import lru_cache
from math import comb
from typing import NamedTuple

import numpy as np

from regsam_geo.warning.permutation.grid import IntArray

MOST_AREAS = 30


class _Plan(NamedTuple):
    """The subsets of one half, by size; depends only on how many areas the half has."""

    masks: tuple[IntArray, ...]  # per size: the subsets, one bit per area
    without: tuple[tuple[IntArray, IntArray], ...]  # per size: (area v, subset that lacks v), all pairs


@lru_cache(maxsize=64)
def _plan(size: int, most: int) -> _Plan:
    """List the subsets of ``size`` areas with at most ``most`` members."""
    every = np.arange(2**size, dtype=np.int64)
    counts = _subset_sums(np.ones(size, dtype=np.int64))
    masks = tuple(every[counts == members] for members in range(min(size, most) + 1))
    without = []
    for chosen in masks:
        area, subset = np.nonzero((chosen[None, :] >> np.arange(size)[:, None]) & 1 == 0)
        without.append((area.astype(np.int64), chosen[subset]))
    return _Plan(masks, tuple(without))


def _subset_sums(levels: IntArray) -> IntArray:
    """Return the sum of every subset, by its bit mask."""
    sums = np.zeros(1, dtype=np.int64)
    for level in levels:
        sums = np.concatenate([sums, sums + level])
    return sums


def halves_cost(n: int, most: int) -> int:
    """Return how many sums have to be listed and sorted for one number of neighbors, roughly."""
    half = n - n // 2
    return sum(half * comb(half - 1, members) for members in range(min(half - 1, most) + 1))


def _pairs_below(first: IntArray, second: IntArray, limits: IntArray) -> IntArray:
    """Count, for each limit, the pairs of one sum from each sorted list that do not exceed it together."""
    if len(first) > len(second):
        first, second = second, first
    if not len(first):
        return np.zeros(len(limits), dtype=np.int64)
    found = np.searchsorted(second, (limits[:, None] - first[None, :]).ravel(), side="right")
    return np.asarray(found.reshape(len(limits), -1).sum(axis=1), dtype=np.int64)


def cluster_counts(levels: IntArray, k: IntArray, sums: IntArray, slack: int) -> tuple[IntArray, IntArray]:
    """Count the k-subsets of the other areas whose sum is at most, and at least, the observed one.

    Parameters
    ----------
    levels
        Grid levels, shape (n,).
    k, sums
        Number of neighbors and their sum per area, shape (n,).
    slack
        Grid steps per neighbor within which two sums are the same.
    """
    n = len(levels)
    low, high = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    most = int(k.max(initial=0))
    cut = n // 2
    halves = []
    for part in (levels[:cut], levels[cut:]):
        plan, every = _plan(len(part), most), _subset_sums(part)
        orders = [np.argsort(every[masks], kind="stable") for masks in plan.masks]
        masks_sorted = [masks[order] for masks, order in zip(plan.masks, orders, strict=True)]
        halves.append((masks_sorted, [every[masks] for masks in masks_sorted]))
    for area in np.flatnonzero(k):
        side, bit = (0, area) if area < cut else (1, area - cut)
        masks_own, sums_own = halves[side]
        _, sums_other = halves[1 - side]
        size, tolerance = int(k[area]), slack * int(k[area])
        limits = np.array([sums[area] + tolerance, sums[area] - tolerance - 1])
        below = np.zeros(2, dtype=np.int64)
        for members, masks in enumerate(masks_own[: size + 1]):
            if 0 <= size - members < len(sums_other):
                own = sums_own[members][(masks >> bit) & 1 == 0]
                below += _pairs_below(own, sums_other[size - members], limits)
        low[area], high[area] = below[0], comb(n - 1, size) - below[1]
    return low, high


def outlier_counts(levels: IntArray, k: IntArray, sums: IntArray, slack: int) -> tuple[IntArray, IntArray]:
    """Count the pairs of an area v and k other areas with k z_v - S at most, and at least, the observed value.

    The parameters are those of ``cluster_counts``; the counts are out of n * C(n - 1, k).
    """
    n = len(levels)
    low, high = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    cut = n // 2
    parts = (levels[:cut], levels[cut:])
    for size in np.unique(k[k > 0]).tolist():
        rows = np.flatnonzero(k == size)
        tolerance = 2 * slack * size
        # S - k z_v at most -d: counted as pairs of (what the half with v gives) and (a subset of the other half)
        turned = sums[rows] - size * levels[rows]
        limits = np.concatenate([turned + tolerance, turned - tolerance - 1])
        below = np.zeros(len(limits), dtype=np.int64)
        for own, other in (parts, parts[::-1]):
            plan_own, plan_other = _plan(len(own), size), _plan(len(other), size)
            sums_own, sums_other = _subset_sums(own), _subset_sums(other)
            for members, (area, subset) in enumerate(plan_own.without):
                if 0 <= size - members < len(plan_other.masks):
                    mixed = np.sort(sums_own[subset] - size * own[area])
                    rest = np.sort(sums_other[plan_other.masks[size - members]])
                    below += _pairs_below(mixed, rest, limits)
        # S - k z small means z stands high above its neighbors
        high[rows] = below[: len(rows)]
        low[rows] = n * comb(n - 1, size) - below[len(rows) :]
    return low, high
