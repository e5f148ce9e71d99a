"""Robust statistics along one axis that take gaps (NaN) without a word."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

NORMAL_MAD = 1.4826
"""1 / the median of |z| of a standard normal variable."""

# beyond 2.5 a normal value is rare (1.2 %); cutting there costs little and keeps one outlier from ruling a scale
CLIP = 2.5
CLIPPED_SQUARE = 0.97767
"""E[min(z^2, CLIP^2)] of a standard normal variable: makes the winsorized variance consistent."""


APART = 4.0
"""Standard deviations beyond which a value is taken for another event, not for scatter."""


def count(x: Array, axis: int) -> npt.NDArray[np.int64]:
    """Return how many values are there."""
    return np.asarray(np.isfinite(x).sum(axis=axis))


CELLS_AT_ONCE = 100_000
"""Arrays of so many cells stay near the processor; larger ones cost as much to write as to compute."""


def few_at_a_time(rows: int, cells: int) -> Iterator[slice]:
    """Return rows of so many cells in parts of about ``CELLS_AT_ONCE``; one empty part where there are none.

    Examples
    --------
    >>> [few.stop for few in few_at_a_time(10, 25_000)]
    [4, 8, 12]
    """
    step = max(CELLS_AT_ONCE // max(cells, 1), 1)
    for start in range(0, max(rows, 1), step):
        yield slice(start, start + step)


def median(x: Array, axis: int) -> Array:
    """Return the median of the values that are there; NaN where there is none."""
    return _middle(np.sort(np.moveaxis(x, axis, -1), axis=-1))[..., 0]


def _middle(ordered: Array) -> Array:
    """Return the median of values that are sorted along the last axis, which is kept; gaps stand at its end."""
    n = np.isfinite(ordered).sum(axis=-1, keepdims=True)
    # Gaps are NaN and sort to the end: the middle of the values present is found without leaving any out.
    low = np.take_along_axis(ordered, np.maximum((n - 1) // 2, 0), axis=-1)
    high = np.take_along_axis(ordered, np.minimum(n // 2, ordered.shape[-1] - 1), axis=-1)
    return np.asarray(np.where(n > 0, (low + high) / 2, np.nan))


def mean(x: Array, axis: int) -> Array:
    """Return the mean of the values that are there; NaN where there is none."""
    # not np.nanmean: it warns of every empty slice, and gaps are ordinary here
    there = np.isfinite(x)
    n = there.sum(axis=axis)
    return np.asarray(np.where(n > 0, np.where(there, x, 0.0).sum(axis=axis) / np.maximum(n, 1), np.nan))


def robust_variance(x: Array, axis: int) -> Array:
    """Return the second moment about zero, winsorized at ``CLIP`` robust standard deviations.

    What lies beyond ``APART`` of them is another event and does not count at all.
    """
    size = np.sort(np.abs(np.moveaxis(x, axis, -1)), axis=-1)
    scale = NORMAL_MAD * _middle(size)
    # APART is measured in robust units: an event must not decide by itself how far away it lies
    inside = size <= APART * scale
    n = inside.sum(axis=-1)
    total = np.where(inside, np.minimum(size, CLIP * scale) ** 2, 0.0).sum(axis=-1)
    return np.asarray(np.where(n > 0, total / np.maximum(n, 1), np.nan) / CLIPPED_SQUARE)
