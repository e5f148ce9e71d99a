"""What moves all areas at once: the change that is told of the city and of no district."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from regsam_geo.warning.arrays import APART, Array, mean, median, robust_center

STEPS = 10
WORTH = 9.0
"""How much the (bounded) squared distances must fall before the change may depend on the level."""


def common_change(change: Array, scale: Array, level: Array) -> tuple[Array, Array]:
    """Return the change that all areas share.

    Parameters
    ----------
    change, scale
        Changes on the link scale and their standard deviations, shape (S, T, A).
    level
        The values that the changes start from, on the link scale.

    Returns
    -------
    common
        Shape (S, T, A).
    middle
        The common change of an area of medium level, shape (S, T).

    Notes
    -----
    Usually one number per period: the center of the larger group (biweight). A shock that multiplies all shares
    by the same factor is no constant on the logit scale, so a straight line in the level is tried too. It is
    taken only where it brings the areas together by far more than chance (``WORTH``), and its slope is held
    near zero when the center hardly moves: prior standard deviation half of the center's change.
    """
    center = robust_center(change, scale)
    x = level - median(level, -1)[..., None]
    there = np.isfinite(change) & np.isfinite(scale) & np.isfinite(x)
    x, values = np.where(there, x, 0.0), np.where(there, change, 0.0)
    width = np.where(there, scale, 1.0)
    slope = _slope_of_halves(np.where(there, change, np.nan), x)
    rest = np.where(there, change - slope[..., None] * x, np.nan)
    start = robust_center(rest, scale)
    slope_prior = np.maximum(center**2, 1e-12) / 4
    middle = np.nan_to_num(start)
    for _ in range(STEPS):
        rest = values - middle[..., None] - slope[..., None] * x
        distance = rest / (APART * width)
        weight = np.where(there & (np.abs(distance) < 1), (1 - distance**2) ** 2, 0.0) / width**2
        total = np.maximum(weight.sum(-1), 1e-300)
        x_mid = (weight * x).sum(-1) / total
        y_mid = (weight * values).sum(-1) / total
        apart = x - x_mid[..., None]
        slope = (weight * apart * (values - y_mid[..., None])).sum(-1) / (
            (weight * apart**2).sum(-1) + 1 / slope_prior
        )
        middle = y_mid - slope * x_mid
    straight = middle[..., None] + slope[..., None] * x
    gain = _cost(values - center[..., None], width, there) - _cost(values - straight, width, there)
    tilted = np.nan_to_num(gain - slope**2 / slope_prior) > WORTH
    return (
        np.where(tilted[..., None], straight, np.broadcast_to(center[..., None], change.shape)),
        np.where(tilted, middle, center),
    )


def _slope_of_halves(change: Array, x: Array) -> Array:
    """Return a first slope: median change of the upper half of the levels against that of the lower half."""
    upper = x > 0
    high, low = (np.where(half, change, np.nan) for half in (upper, ~upper))
    run = mean(np.where(upper, x, np.nan), -1) - mean(np.where(upper, np.nan, x), -1)
    rise = median(high, -1) - median(low, -1)
    usable = np.isfinite(rise) & (run > 0)
    return np.where(usable, np.nan_to_num(rise) / np.where(usable, run, 1.0), 0.0)


def _cost(rest: Array, width: Array, there: npt.NDArray[np.bool_]) -> Array:
    """Return the sum of squared distances in standard deviations, each at most that of another event."""
    return np.asarray(np.where(there, np.minimum((np.nan_to_num(rest) / width) ** 2, APART**2), 0.0).sum(-1))
