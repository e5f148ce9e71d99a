"""Leaving an area out of its own test: counts without it, from counts of all areas (inclusion and exclusion).

With N_k(t) the number of k-subsets of all areas whose sum is at most t, and z the area's own value,
N_k without the area = N_k(t) - N_{k-1}(t - z) + N_{k-2}(t - 2 z) - ..., exactly, in whole numbers.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from math import comb
from typing import NamedTuple

import numpy as np

from regsam_geo.warning.statistics.permutation.grid import FloatArray, IntArray


class Terms(NamedTuple):
    """All terms of all areas, those with subsets of the same size beside each other."""

    area: IntArray
    size: IntArray  # of the subsets that are counted
    left: IntArray  # how often the own value is taken off the limit
    slices: tuple[slice, ...]  # the terms of each size, from 0
    signs: FloatArray  # (terms, n): adds the terms of each area, with their signs


@lru_cache(maxsize=64)
def terms(k: tuple[int, ...]) -> Terms:
    """Return the terms for areas with ``k`` neighbors each."""
    pairs = sorted((size, area) for area, most in enumerate(k) if most for size in range(most + 1))
    size, area = np.array(pairs, dtype=np.int64).T
    left = np.array(k)[area] - size
    signs = np.zeros((len(pairs), len(k)))
    signs[np.arange(len(pairs)), area] = 1 - 2 * (left % 2)
    bounds = np.searchsorted(size, np.arange(max(k) + 2)).tolist()
    slices = tuple(slice(start, end) for start, end in pairwise(bounds))
    return Terms(area, size, left, slices, signs)


def arrangements(k: IntArray) -> FloatArray:
    """Return how many sets of neighbors each area could have; NaN without neighbors."""
    return _arrangements(tuple(k.tolist()))


@lru_cache(maxsize=64)
def _arrangements(k: tuple[int, ...]) -> FloatArray:
    n = len(k)
    return np.array([float(comb(n - 1, size)) if size else np.nan for size in k])
