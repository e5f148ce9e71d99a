"""Robust statistics along one axis that take gaps (NaN) without a word."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

NORMAL_MAD = 1.4826
"""1 / the median of |z| of a standard normal variable."""

CLIP = 2.5
CLIPPED_SQUARE = 0.97767
"""E[min(z^2, CLIP^2)] of a standard normal variable: makes the winsorized variance consistent."""


APART = 4.0
"""Standard deviations beyond which a value is taken for another event, not for scatter."""


def count(x: Array, axis: int) -> npt.NDArray[np.int64]:
    """Return how many values are there."""
    return np.asarray(np.isfinite(x).sum(axis=axis))


def median(x: Array, axis: int) -> Array:
    """Return the median of the values that are there; NaN where there is none."""
    ordered = np.sort(np.moveaxis(x, axis, -1), axis=-1)
    n = np.isfinite(ordered).sum(axis=-1, keepdims=True)
    low = np.take_along_axis(ordered, np.maximum((n - 1) // 2, 0), axis=-1)
    high = np.take_along_axis(ordered, np.minimum(n // 2, ordered.shape[-1] - 1), axis=-1)
    return np.asarray(np.where(n > 0, (low + high) / 2, np.nan)[..., 0])


def mean(x: Array, axis: int) -> Array:
    """Return the mean of the values that are there; NaN where there is none."""
    there = np.isfinite(x)
    n = there.sum(axis=axis)
    return np.asarray(np.where(n > 0, np.where(there, x, 0.0).sum(axis=axis) / np.maximum(n, 1), np.nan))


def robust_variance(x: Array, axis: int) -> Array:
    """Return the second moment about zero, winsorized at ``CLIP`` robust standard deviations.

    What lies beyond ``APART`` of them is another event and does not count at all.
    """
    scale = NORMAL_MAD * np.expand_dims(median(np.abs(x), axis), axis)
    inside = np.where(np.abs(x) <= APART * scale, x, np.nan)
    return mean(np.minimum(inside**2, (CLIP * scale) ** 2), axis) / CLIPPED_SQUARE


def robust_center(x: Array, scale: Array, *, width: float = APART, steps: int = 10) -> Array:
    """Return the center of the larger group along the last axis (Tukey's biweight, each value with its scale).

    Starts at the median. Unlike it, the center is not pulled by a shock that reaches nearly half of the areas.
    """
    center = median(x, -1)[..., None]
    there = np.isfinite(x) & np.isfinite(scale)
    values = np.where(there, x, 0.0)
    precision = np.where(there, 1.0 / np.where(there, scale, 1.0) ** 2, 0.0)
    for _ in range(steps):
        distance = (values - np.nan_to_num(center)) / np.where(there, width * scale, 1.0)
        weight = precision * np.where(np.abs(distance) < 1, (1 - distance**2) ** 2, 0.0)
        total = weight.sum(-1, keepdims=True)
        center = np.where(
            total > 0, (weight * values).sum(-1, keepdims=True) / np.where(total > 0, total, 1.0), center
        )
    return np.asarray(center[..., 0])
