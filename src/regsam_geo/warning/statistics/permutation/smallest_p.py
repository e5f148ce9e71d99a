"""The smallest p that a test can reach at all, given the values and the number of neighbors."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from regsam_geo.warning.statistics.permutation.grid import FloatArray, IntArray


@lru_cache(maxsize=16)
def _log_factorials(most: int) -> FloatArray:
    return np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, most + 1)))])


def smallest_p(values: FloatArray, k: IntArray) -> FloatArray:
    """Return the two-sided p of the most extreme arrangement; ties raise it.

    Parameters
    ----------
    values
        Shape (n,), or (columns, n); NaN where an area has no value.
    k
        Number of neighbors with a value, of the same shape; the result is NaN where it is 0.
    """
    shape = values.shape
    values, k = np.atleast_2d(values), np.atleast_2d(k)
    n = np.isfinite(values).sum(axis=-1, keepdims=True)
    tested = np.isfinite(values) & (k > 0) & (k < n)
    size = np.where(tested, k, 1)
    logs = _log_factorials(values.shape[-1])
    log_total = logs[n - 1] - logs[size] - logs[np.maximum(n - 1 - size, 0)]
    # the most extreme side decides: a test is worth making if either tail could be significant
    tails = np.minimum(*(_log_count(signed, size, logs) for signed in (values, -values)))
    return np.where(tested, np.minimum(1.0, 2.0 * np.exp(tails - log_total)), np.nan).reshape(shape)


def _log_count(values: FloatArray, size: IntArray, logs: FloatArray) -> FloatArray:
    """Return (its logarithm) how many choices of ``size`` other areas have the smallest sum."""
    # only the smallest values matter: one more than neighbors, as the area itself may be among them
    most = min(int(size.max()), values.shape[-1] - 1)
    least = np.sort(np.partition(values, most, axis=-1)[..., : most + 1], axis=-1)
    first, end = _runs(least)
    # the last run may go on beyond them
    last = least[..., -1:]
    goes_on = (values == last).sum(axis=-1, keepdims=True)
    end = np.where(least == last, first + goes_on, end)

    column = np.arange(len(values))[:, None]

    def at(x: npt.NDArray[Any], place: IntArray) -> npt.NDArray[Any]:
        return np.asarray(x[column, place])

    # the k smallest of the others end at position k if the own value is among the first k
    place = np.minimum(np.where(values <= at(least, size - 1), size, size - 1), most)
    limit = at(least, place)
    below = at(first, place) - (values < limit)
    equal = at(end, place) - at(first, place) - (values == limit)
    taken = size - below
    return np.asarray(logs[equal] - logs[taken] - logs[equal - taken])


def _runs(ordered: FloatArray) -> tuple[IntArray, IntArray]:
    """Return, for each place among sorted values, where the values equal to it begin and end."""
    place = np.arange(ordered.shape[-1])
    changes = ordered[..., 1:] != ordered[..., :-1]
    edge = np.ones((*ordered.shape[:-1], 1), dtype=bool)
    begins, ends = np.concatenate([edge, changes], axis=-1), np.concatenate([changes, edge], axis=-1)
    first = np.maximum.accumulate(np.where(begins, place, 0), axis=-1)
    end = np.minimum.accumulate(np.where(ends, place + 1, len(place))[..., ::-1], axis=-1)[..., ::-1]
    return first, end
