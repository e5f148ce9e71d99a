"""The smallest p that a test can reach at all, given the values and the number of neighbors."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from regsam_geo.warning.statistics.permutation.grid import FloatArray, IntArray


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
    present = np.isfinite(values)
    n = present.sum(axis=-1, keepdims=True)
    tested = present & (k > 0) & (k < n)
    size = np.where(tested, k, 1)
    logs = _log_factorials(values.shape[-1])
    log_total = logs[n - 1] - logs[size] - logs[np.maximum(n - 1 - size, 0)]
    # the most extreme side decides: a test is worth making if either tail could be significant
    tails = np.minimum(*(_log_count(signed, size, logs) for signed in (values, -values)))
    return np.where(tested, np.minimum(1.0, 2.0 * np.exp(tails - log_total)), np.nan)


def _log_count(values: FloatArray, size: IntArray, logs: FloatArray) -> FloatArray:
    """Return (its logarithm) how many choices of ``size`` other areas have the smallest sum."""
    # Only the smallest values are wanted, one more than are chosen, as the own value may be among them.
    length = min(int(size.max(initial=0)) + 1, values.shape[-1])
    smallest = np.sort(np.partition(values, length - 1, axis=-1)[..., :length], axis=-1)
    first, end = _runs(smallest)
    # values equal to the last of them may go on beyond it
    last = smallest[..., -1:]
    beyond = (values == last).sum(axis=-1, keepdims=True) - (smallest == last).sum(axis=-1, keepdims=True)
    end = end + np.where(smallest == last, beyond, 0)

    def at(x: npt.NDArray[Any], place: IntArray) -> npt.NDArray[Any]:
        return np.take_along_axis(x, place, -1)

    # the k smallest of the others end at place k if the own value is among the first k
    place = np.minimum(np.where(values <= at(smallest, size - 1), size, size - 1), length - 1)
    chosen = at(smallest, place)
    below = at(first, place) - (values < chosen)
    equal = at(end, place) - at(first, place) - (values == chosen)
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
