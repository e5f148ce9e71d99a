"""What moves all areas at once: the change that is told of the city and of no district."""

from __future__ import annotations

import numpy as np

from regsam_geo.warning.statistics.biweight import Biweight, weighted_sum
from regsam_geo.warning.statistics.robust import APART, Array, mean, median

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
    # From the medium level, so that the constant of the line is the change of an ordinary area and can be told as
    # the city's.
    x = level - median(level, -1)[..., None]
    there = np.isfinite(change) & np.isfinite(scale) & np.isfinite(x)
    biweight = Biweight.of(there, scale)
    center = biweight.center(change)
    x, values = np.where(there, x, 0.0), np.where(there, change, 0.0)
    # from a robust start: least squares would be led by the very areas that are to be found
    slope = _resistant_slope(np.where(there, change, np.nan), x)
    middle = np.nan_to_num(biweight.center(np.where(there, change - slope[..., None] * x, np.nan)))
    # a shock by one factor bends the logit only as far as it moves it: no move, no slope
    slope_prior = np.maximum(center**2, 1e-12) / 4
    for _ in range(STEPS):
        weight = biweight.weights(values - middle[..., None] - slope[..., None] * x)
        total = np.maximum(weight.sum(-1), 1e-300)
        x_mid, y_mid = weighted_sum(weight, x) / total, weighted_sum(weight, values) / total
        apart = x - x_mid[..., None]
        # Reused as weight times distance: the next line needs it in numerator and denominator.
        weight *= apart
        slope = weighted_sum(weight, values - y_mid[..., None]) / (weighted_sum(weight, apart) + 1 / slope_prior)
        middle = y_mid - slope * x_mid
    straight = middle[..., None] + slope[..., None] * x
    # the line has one number more than the constant and would always fit better: it has to gain WORTH
    gain = _cost(values - center[..., None], biweight) - _cost(values - straight, biweight)
    # WORTH is three standard errors of the one number more: at two, about one year in twenty would be bent by
    # chance.
    tilted = np.nan_to_num(gain - slope**2 / slope_prior) > WORTH
    return (
        np.where(tilted[..., None], straight, np.broadcast_to(center[..., None], change.shape)),
        np.where(tilted, middle, center),
    )


def _resistant_slope(change: Array, x: Array) -> Array:
    """Return a first slope: median change of the upper half of the levels against that of the lower half."""
    upper = x > 0
    high, low = (np.where(half, change, np.nan) for half in (upper, ~upper))
    # Medians of two halves and not least squares: up to a quarter of the areas may be shocked on either side.
    run = mean(np.where(upper, x, np.nan), -1) - mean(np.where(upper, np.nan, x), -1)
    rise = median(high, -1) - median(low, -1)
    usable = np.isfinite(rise) & (run > 0)
    return np.where(usable, np.nan_to_num(rise) / np.where(usable, run, 1.0), 0.0)


def _cost(rest: Array, biweight: Biweight) -> Array:
    """Return the sum of squared distances in standard deviations, each at most that of another event."""
    # Bounded: an area far off costs the same under both models, so it cannot buy the line that suits it alone.
    share = np.where(biweight.there, rest, 0.0) / biweight.reach
    return np.asarray(APART**2 * np.minimum(share**2, 1.0).sum(-1))
