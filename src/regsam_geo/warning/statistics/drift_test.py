"""The departure of the last years: summed-up changes against the scatter of such sums."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regsam_geo.warning.statistics.change_test import ChangeTest
from regsam_geo.warning.statistics.robust import CLIP, Array, few_at_a_time
from regsam_geo.warning.statistics.scales import own_scale

WINDOWS = (3, 5)
"""Years over which a departure is summed up."""

PRIOR_DF_MAX = 12.0
"""Most degrees of freedom of the pooled scale: departures over years overlap and are few."""

# changes that swing back every year would make sums seem nearly certain; below a tenth no data bear it out
LEAST_RATIO = 0.1


@dataclass(frozen=True, eq=False)
class DriftTest:
    """The test of the last ``years`` years of every series and area, arrays of shape (S, A)."""

    years: int
    effect: Array
    se: Array
    df: Array


def drift_test(test: ChangeTest, years: int, season: int = 1) -> DriftTest:
    """Test the departure of the last ``years`` years from the course of all areas.

    Notes
    -----
    The largest change within the window counts only as much as the second largest, so one jump is no drift. The
    variance of the sum is ``years`` times that of one year, times the variance ratio of Lo and MacKinlay (1988),
    ``1 + 2 sum (1 - k/L) rho_k``, with autocorrelations rho_k pooled over the areas of a series: it is above 1
    where changes persist and below 1 where values return to a level. The area's own earlier sums, without those
    that overlap the newest, widen or narrow it (Smyth 2004).
    """
    # Whole years back from the newest period: quarters between them would enter each sum four times.
    excess, scale = (array[:, ::-1][:, ::season][:, ::-1] for array in (test.excess, test.scale))
    series, periods, areas = excess.shape
    parts = [
        _drift_of_few(excess[few], scale[few], test.loose[few], test.df[few], years)
        for few in few_at_a_time(series, periods * areas)
    ]
    return DriftTest(years, *(np.concatenate(each) for each in zip(*parts, strict=True)))


def _drift_of_few(
    excess: Array, scale: Array, loose: npt.NDArray[np.bool_], most: Array, years: int
) -> tuple[Array, Array, Array]:
    """Return effect, scale and degrees of freedom of some series; ``most`` are those of their changes."""
    # clipped: one event in one area would set the autocorrelation of a whole series
    standard = np.clip(excess / scale, -CLIP, CLIP)
    sums, width = _without_one_jump(excess, years), np.sqrt(_rolling(scale**2, years))
    ratio = _variance_ratio(standard, years)
    se = width * np.sqrt(ratio)[:, None, None]
    # sums that share a year with the newest one would hide the drift in its own scale
    earlier = (sums / se)[:, : max(sums.shape[1] - years, 0)]
    # Own sums where there are any that do not overlap; a series too young for that lives on the scale of the
    # pool.
    if earlier.shape[1]:
        own, df = own_scale(earlier, PRIOR_DF_MAX, 1.0 / years)
    else:
        own, df = np.ones(se[:, -1].shape), np.full(se[:, -1].shape, PRIOR_DF_MAX)
    # a scale that is an area's own is as sure as its own years
    df = np.where(loose[:, None], np.minimum(df, most), df)
    return sums[:, -1], se[:, -1] * np.sqrt(own), df


def _rolling(x: Array, years: int) -> Array:
    """Return sums over ``years`` periods that end at each position; NaN where one is missing."""
    total = np.full(x.shape, np.nan)
    if x.shape[1] >= years:
        total[:, years - 1 :] = sum(x[:, start : x.shape[1] - years + 1 + start] for start in range(years))
    return total


def _without_one_jump(x: Array, years: int) -> Array:
    """Return sums over ``years`` periods in which the largest change is cut down to the second largest."""
    rise, fall, largest, second = (np.zeros(x.shape) for _ in range(4))
    filled = np.nan_to_num(x)
    for back in range(min(years, x.shape[1])):
        now, earlier = np.s_[:, back:], filled[:, : x.shape[1] - back]
        size = np.abs(earlier)
        np.maximum(rise[now], earlier, out=rise[now])
        np.minimum(fall[now], earlier, out=fall[now])
        np.maximum(second[now], np.minimum(largest[now], size), out=second[now])
        np.maximum(largest[now], size, out=largest[now])
    # ``rise + fall`` has the sign of the larger of both: it is that change which is cut. One jump is what
    # ``change`` tells; told again here, it would seem a second reason.
    return np.asarray(_rolling(x, years) - np.sign(rise + fall) * (largest - second))


def _variance_ratio(standard: Array, years: int) -> Array:
    """Return the variance of a sum of ``years`` changes over that of independent ones, shape (S,)."""
    ratio = np.ones(standard.shape[0])
    square = np.nan_to_num(standard**2)
    for lag in range(1, min(years, standard.shape[1])):
        now, then = standard[:, lag:], standard[:, :-lag]
        pair = np.isfinite(now) & np.isfinite(then)
        product = np.where(pair, now * then, 0.0).sum(axis=(1, 2))
        # Divided by the squares of the same pairs: with all squares a gap in the series would pull rho towards 0.
        both = (np.where(pair, square[:, lag:], 0.0) + np.where(pair, square[:, :-lag], 0.0)).sum(axis=(1, 2)) / 2
        rho = np.divide(product, both, out=np.zeros(len(both)), where=both > 0)
        ratio += 2 * (1 - lag / years) * rho
    return np.asarray(np.maximum(ratio, LEAST_RATIO))
