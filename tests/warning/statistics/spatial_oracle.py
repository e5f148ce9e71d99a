"""Brute force: every subset of neighbors, one after the other."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

import numpy as np


@lru_cache(maxsize=32)
def subsets(n, k):
    """Return all k-subsets of 0 .. n - 1, one array per member."""
    flat = np.fromiter((number for subset in combinations(range(n), k) for number in subset), dtype=np.uint8)
    return tuple(np.ascontiguousarray(flat.reshape(-1, k).T))


def brute_force(values, indptr, indices):
    """Return P(at most) and P(at least) for each area, by listing all arrangements of its neighbors."""
    n = len(values)
    margin = 1e-13 * max(1.0, np.abs(values).max())
    low, high = np.full(n, np.nan), np.full(n, np.nan)
    for area in range(n):
        near = indices[indptr[area] : indptr[area + 1]]
        if not len(near):
            continue
        observed, others = values[near].sum(), np.delete(values, area)
        possible = sum(others[members] for members in subsets(n - 1, len(near)))
        low[area] = np.mean(possible <= observed + margin)
        high[area] = np.mean(possible >= observed - margin)
    return low, high


def lattice(rows, columns):
    """Return the queen neighbors of a regular grid as CSR."""
    n = rows * columns
    i, j = np.divmod(np.arange(n), columns)
    lists = [
        [
            (i[a] + di) * columns + j[a] + dj
            for di in (-1, 0, 1)
            for dj in (-1, 0, 1)
            if (di or dj) and 0 <= i[a] + di < rows and 0 <= j[a] + dj < columns
        ]
        for a in range(n)
    ]
    return np.cumsum([0, *map(len, lists)]), np.concatenate(lists).astype(np.int64)
