"""The smallest p that a test can reach at all, given the values and the number of neighbors."""

from __future__ import annotations

import numpy as np

from regsam_geo.warning.permutation.grid import FloatArray, IntArray


def _log_factorials(most: int) -> FloatArray:
    return np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, most + 1)))])


def smallest_p(values: FloatArray, k: IntArray, *, outlier: bool = False) -> FloatArray:
    """Return the two-sided p of the most extreme arrangement; ties raise it.

    Parameters
    ----------
    values
        Finite values, shape (n,).
    k
        Number of neighbors, shape (n,); the result is NaN where it is 0.
    outlier
        For the test that permutes all areas; else for the test that leaves the area's own value in place.
    """
    n = len(values)
    logs = _log_factorials(n)
    rows = np.flatnonzero((k > 0) & (k < n))
    result = np.full(n, np.nan)
    sizes = k[rows]
    tails = []
    for signed in (values, -values):
        ordered = np.sort(signed)
        own = np.full(len(rows), ordered[-1]) if outlier else signed[rows]
        # the k smallest of the others end at position k if the own value is among the first k
        own_first = np.searchsorted(ordered, own, side="left") < sizes
        threshold = ordered[np.where(own_first, sizes, sizes - 1)]
        below = np.searchsorted(ordered, threshold, side="left") - (own < threshold)
        equal = (
            np.searchsorted(ordered, threshold, side="right")
            - np.searchsorted(ordered, threshold, side="left")
            - (own == threshold)
        )
        taken = sizes - below
        log_count = logs[equal] - logs[taken] - logs[equal - taken]
        if outlier:
            log_count = log_count + np.log((ordered == ordered[-1]).sum() / n)
        tails.append(log_count)
    log_total = logs[n - 1] - logs[sizes] - logs[n - 1 - sizes]
    result[rows] = np.minimum(1.0, 2.0 * np.exp(np.minimum(*tails) - log_total))
    return result
