"""Funnel limits: by how much an area may differ from the whole, given its size and the scatter of all areas."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.errors import InputError, OptionError
from regsam_geo.text import problem
from regsam_geo.warning.statistics.matched_counts import matched_counts

Array = npt.NDArray[np.float64]
Kind = Literal["proportion", "ratio"]

WINSORIZED = 0.1
"""Share of the areas at either end whose residuals are pulled in before the scatter is estimated."""

# with fewer, the winsorized scatter of the others rests on four residuals and less, and its calibration on luck
FEWEST_AREAS = 6
SIMULATED = 400_000
# The two limits that Spiegelhalter (2005) draws; between and beyond them the t distribution interpolates.
CALIBRATED_AT = (0.95, 0.998)


@dataclass(frozen=True)
class Calibration:
    """The null distribution of a studentised residual for one number of areas: ``scale`` times t with ``df``."""

    scale: float
    df: float

    def p(self, statistic: Array, edge: Array | float = 0.0) -> Array:
        """Return the two-sided p; with ``edge``, for "the difference is not larger than what matters"."""
        from scipy.special import stdtr

        size = np.abs(statistic)
        upper = stdtr(self.df, -(size - edge) / self.scale)
        return np.asarray(np.minimum(upper + stdtr(self.df, -(size + edge) / self.scale), 1.0))

    def limit(self, coverage: float) -> float:
        """Return the size that a residual of an ordinary area exceeds with probability 1 - coverage."""
        from scipy.special import stdtrit

        return float(self.scale * stdtrit(self.df, (1.0 + coverage) / 2.0))


def adjusted_residuals(numerator: Array, denominator: Array, rate: Array | float, kind: Kind) -> Array:
    """Return residuals of counts that are close to standard normal, also for small and fractional counts.

    Notes
    -----
    The deviance residual with the skewness correction of Pierce and Schafer (1986): sign(y - x b) sqrt(2 D) +
    (1 - 2 b) / (6 sqrt(x b (1 - b))) for proportions, + 1 / (6 sqrt(x b)) for ratios. D is the deviance of the
    binomial or Poisson likelihood, defined for fractional y (yearly means) too.
    """
    y, x = numerator, denominator
    expected = x * rate
    rest, variance, skew = x - y, expected, np.ones_like(expected)
    deviance = _entropy(y, expected) - (y - expected)
    if kind == "proportion":
        deviance = _entropy(y, expected) + _entropy(rest, x - expected)
        variance, skew = expected * (1.0 - rate), np.broadcast_to(1.0 - 2.0 * np.asarray(rate), expected.shape)
    # residuals of few expected cases are skew: without it the two tails would differ
    correction = np.divide(skew, 6.0 * np.sqrt(variance), out=np.zeros_like(expected), where=variance > 0)
    return np.asarray(np.sign(y - expected) * np.sqrt(2.0 * np.maximum(deviance, 0.0)) + correction)


def _entropy(y: Array, expected: Array) -> Array:
    """Return y log(y / expected); 0 for y = 0."""
    positive = (y > 0) & (expected > 0)
    quotient = np.divide(y, expected, out=np.ones_like(expected), where=positive)
    return np.asarray(np.where(positive, y, 0.0) * np.log(quotient))


def scatter_without(residuals: Array) -> Array:
    """Return the winsorized mean square of all *other* residuals, for each; the last axis holds the areas.

    The area itself is left out, so that it cannot hide in a scatter that it caused.
    """
    n = residuals.shape[-1]
    others = n - 1
    # Rounded down: with 25 areas two at either end are pulled in, so a third far one belongs to the scatter.
    cut = int(WINSORIZED * others)
    # Sorted once for all areas: leaving each out by itself would sort 25 times, and the calibration does it
    # 16,000 times.
    order = np.argsort(residuals, axis=-1, kind="stable")
    ordered = np.take_along_axis(residuals, order, axis=-1)
    # Running sums turn the kept middle of each area into one difference.
    squares = np.concatenate([np.zeros((*ordered.shape[:-1], 1)), np.cumsum(ordered**2, axis=-1)], axis=-1)
    rank = np.arange(n)
    # without rank r, the kept middle runs from first to last, and may contain r
    first = np.where(rank <= cut, cut + 1, cut)
    last = np.where(rank > others - 1 - cut, others - 1 - cut, others - cut)
    inside = (first <= rank) & (rank <= last)
    middle = squares[..., last + 1] - squares[..., first] - np.where(inside, ordered**2, 0.0)
    ends = ordered[..., first] ** 2 + ordered[..., last] ** 2
    # an end that is the left-out area itself cannot happen: first and last skip it
    result = np.empty_like(residuals)
    np.put_along_axis(result, order, (middle + cut * ends) / others, axis=-1)
    return result


@lru_cache(maxsize=256)
def calibration(n: int, center: Literal["mean", "median"] = "mean") -> Calibration:
    """Return the null distribution of residual / sqrt(winsorized scatter of the others) for n areas.

    Simulated once per n from a fixed seed, and matched at the 95 and 99.8 % points; it corrects that the
    winsorized scatter is too small on average (by the factor 0.7 at n = 25) and varies.
    """
    from scipy.special import stdtrit

    # a fixed seed for each n: the same table has the same limits on every machine, and n areas need no other n
    rng = np.random.default_rng(20_050_424 + n)
    z = rng.standard_normal((max(1, SIMULATED // n), n))
    if center == "mean":
        # The areas are compared with a whole that they are part of, here as in the data: the same center, the
        # same loss of one degree of freedom.
        z = (z - z.mean(axis=1, keepdims=True)) / np.sqrt(1.0 - 1.0 / n)
    else:
        z = z - np.median(z, axis=1, keepdims=True)
    # Two points fix two numbers, the scale at 95 % and the heaviness of the tails between 95 and 99.8 %.
    inner, outer = np.quantile(np.abs(z / np.sqrt(scatter_without(z))), CALIBRATED_AT)

    def ratio(df: float) -> float:
        points = [float(stdtrit(df, (1.0 + coverage) / 2.0)) for coverage in CALIBRATED_AT]
        return float(points[1] / points[0] - outer / inner)

    # A bracket far wider than what is found, which is 4 degrees of freedom (six areas around their median) to 25.
    few, many = 1.5, 1e4
    for _ in range(60):  # the outer point moves inwards as the degrees of freedom grow
        # Halved on the logarithm: the shape changes as much from 2 to 4 degrees of freedom as from 100 to 200.
        df = float(np.sqrt(few * many))
        few, many = (df, many) if ratio(df) > 0 else (few, df)
    return Calibration(float(inner / stdtrit(df, (1.0 + CALIBRATED_AT[0]) / 2.0)), df)


def funnel_limits(
    numerator: pd.Series,
    denominator: pd.Series,
    kind: Kind = "proportion",
    *,
    scale: float = 1.0,
    overdispersion: bool = True,
) -> pd.DataFrame:
    """Compute funnel limits at 95 and 99.8 % for areas of different size.

    Parameters
    ----------
    numerator, denominator
        Series with the same area ids. Fractional counts such as yearly means are welcome.
    kind
        ``"proportion"`` where the numerator is a part of the denominator (binomial), else ``"ratio"`` (Poisson).
    scale
        The rate is ``scale * numerator / denominator``: 100 for percent.
    overdispersion
        Widen (or narrow) the limits to the scatter of the areas. Without it, nearly every district of 30,000
        people lies outside.

    Returns
    -------
    DataFrame
        Aligned to ``numerator``: ``rate``, ``expected`` (the rate of all areas together), ``lower_95``,
        ``upper_95``, ``lower_998``, ``upper_998``, ``statistic`` (residual over scatter), ``p`` (two-sided),
        ``dispersion`` (phi, estimated without the area itself). NaN where a value is missing or the
        denominator is 0; with fewer than six areas there is no estimate of the scatter, hence no limits.

    Raises
    ------
    InputError
        If the ids differ, a number is negative, or a part exceeds its whole.

    Notes
    -----
    Spiegelhalter (2005) with multiplicative overdispersion: limits at expected +- t s_i sqrt(phi), on the scale of
    the adjusted deviance residual. phi is the winsorized mean square of the other areas' residuals; its bias
    and its spread for the number of areas at hand are calibrated by simulation (``calibration``).

    Examples
    --------
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample().sel("Arbeitslose - Anteil", period=2024, level="district")
    >>> rows = panel.data.set_index("area_id")
    >>> limits = rg.funnel_limits(rows["numerator"], rows["denominator"], scale=100)
    >>> limits.loc["16", ["rate", "lower_95", "upper_95"]].round(1).tolist()
    [5.0, 3.2, 4.7]
    """
    if kind not in ("proportion", "ratio"):
        raise problem(OptionError, "funnel_kind", found=kind)
    y, x = _counts(numerator, denominator, kind)
    usable = np.isfinite(y) & np.isfinite(x) & (x > 0)
    columns = (
        "rate",
        "expected",
        "lower_95",
        "upper_95",
        "lower_998",
        "upper_998",
        "statistic",
        "p",
        "dispersion",
    )
    result = pd.DataFrame(np.nan, index=numerator.index, columns=list(columns))
    if not usable.any():
        return result
    y, x = y[usable], x[usable]
    place = np.flatnonzero(usable)
    tested = studentize(y, x, kind, overdispersion=overdispersion)
    parts = {"rate": scale * y / x, "expected": np.full(len(y), scale * y.sum() / x.sum())}
    if tested is not None:
        for name, coverage in (("95", 0.95), ("998", 0.998)):
            reach = tested.calibration.limit(coverage) * tested.width
            for side, sign in (("lower", -1.0), ("upper", 1.0)):
                rates = rate_at(sign * reach, x, float(y.sum() / x.sum()), kind)
                parts[f"{side}_{name}"] = scale * rates
        parts |= {
            "statistic": tested.statistic,
            "p": tested.calibration.p(tested.statistic),
            "dispersion": tested.dispersion,
        }
    for name, values in parts.items():
        result.iloc[place, result.columns.get_loc(name)] = values
    return result


@dataclass(frozen=True)
class Studentized:
    """Residuals over their scatter; arrays of shape (n,)."""

    statistic: Array
    width: Array  # what a statistic of 1 is on the scale of the residuals
    dispersion: Array
    calibration: Calibration


def studentize(y: Array, x: Array, kind: Kind, *, overdispersion: bool = True) -> Studentized | None:
    """Divide the residuals by the scatter of the other areas; ``None`` where there are too few areas."""
    n = len(y)
    rate = float(y.sum() / x.sum())
    # Nobody or everybody is a case: there is no scatter to compare with.
    if rate <= 0 or (kind == "proportion" and rate >= 1):
        return None
    # the area is part of the whole that it is compared with
    part = np.sqrt(np.maximum(1.0 - x / x.sum(), 1e-12))
    residuals = adjusted_residuals(y, x, rate, kind) / part
    if not overdispersion:
        # So many degrees of freedom are the normal distribution: without overdispersion nothing is estimated.
        return Studentized(residuals, part, np.ones(n), Calibration(1.0, 1e9))
    if n < FEWEST_AREAS:
        return None
    scatter = scatter_without(residuals)
    # Equal residuals of all others would make any difference infinitely unusual.
    if not (scatter > 0).all():
        return None
    known = calibration(n)
    width = np.sqrt(scatter)
    # the calibrated scale also says by how much the winsorized scatter is too small
    return Studentized(residuals / width, width * part, scatter * known.scale**2, known)


def rate_at(residual: Array, x: Array, rate: Array | float, kind: Kind) -> Array:
    """Return the rate whose adjusted residual is the given one: the inverse of ``adjusted_residuals``."""
    low = np.zeros_like(x)
    high = x.copy() if kind == "proportion" else x * rate
    # A ratio has no upper end, so the bracket is widened until it holds the wanted residual.
    if kind == "ratio":
        for _ in range(200):
            short = adjusted_residuals(high, x, rate, kind) < residual
            if not short.any():
                break
            high = np.where(short, high * 2.0 + 1.0, high)
    # bisection, not Newton: near a rate of 0 or 1 a slope misleads, and 80 halvings reach the last bit
    for _ in range(80):
        middle = (low + high) / 2.0
        if ((middle == low) | (middle == high)).all():
            break
        below = adjusted_residuals(middle, x, rate, kind) < residual
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return (low + high) / 2.0 / x


def _counts(numerator: pd.Series, denominator: pd.Series, kind: Kind) -> tuple[Array, Array]:
    """Return both as arrays in the order of the numerator, or say what is wrong with them."""
    y, x = matched_counts(numerator, denominator)
    if kind == "proportion" and (y > x).any():
        raise problem(InputError, "rates_part", found=numerator.index[y > x][0])
    return y, x
