"""The test behind ``surge``: all series and areas at once, from cases to what was expected, bound and p."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from regsam_geo.warning.statistics.farrington import Baseline, Rules, baseline, largest_usual, share_at_least
from regsam_geo.warning.statistics.robust import Array, median, robust_variance

# Weeks as published, but for the trend: the published rule against bold trends takes it from a series that grows
# by a tenth a year, and warns of a fifth of its counts. Months and quarters: chosen by simulation (docs/methods).
RULES: dict[int, Rules] = {
    52: Rules(most_beyond=2.0, usual_trend=0.15),
    12: Rules(12, 5, 0, 12, 6, fewest_within=1, most_beyond=2.0, usual_trend=0.15),
    4: Rules(4, 6, 0, 4, 2, fewest_within=1, most_beyond=2.0, usual_trend=0.15),
}
"""What counts of weeks, months and quarters are compared with, by the number of periods in a year."""

FEWEST_AREAS, FEWEST_CASES = 5, 20.0
"""Of fewer areas, or fewer cases expected of the others, it cannot be told whether a rise is the city's."""
CAP = 2.58
"""Standard deviations beyond which an area says no more about what all areas share."""
LOOKED_AT = 13
"""So many periods of the year before show how well the model fits."""
SMALLEST = 1e-300


@dataclass(frozen=True, eq=False)
class SurgeTest:
    """The test of some periods, arrays of shape (S, E, A).

    Attributes
    ----------
    expected
        Cases to be expected; NaN where the past is too short.
    bound
        The smallest count that is exceeded in no more than 5 of 100 periods without particular occasion.
    p
        One-sided: fewer cases than expected are no surge. 1 where there are fewer than five cases.
    common
        What the other areas rose by together, beyond what chance does: 1.2 is a fifth.
    """

    expected: Array
    bound: Array
    p: Array
    common: Array


def surge_test(
    counts: Array,
    size: Array | None,
    season: int,
    at: npt.NDArray[np.int64],
    relevant: Array,
    *,
    exceeded: float = 0.05,
) -> SurgeTest:
    """Test the counts of some periods against the same season of past years.

    Parameters
    ----------
    counts
        Cases, shape (S, T, A); NaN where nothing is known. Where an area has such gaps, its zeros are no measure
        either: counts of one and two may be hidden, and zeros are not.
    size
        Whom they come from, shape as ``counts``; ``None`` where that is not known or does not change.
    season
        Periods per year; one of ``RULES``.
    at
        Positions of the E tested periods.
    relevant
        Relative rise that does not matter yet, shape (S,).
    exceeded
        Share of ordinary periods that exceed the bound.

    Notes
    -----
    1. Mean, dispersion and their errors by Farrington's method (``baseline``).
    2. What the other areas rose by together is no news of this one: their cases over what was expected of them, if
       that is more than one standard error above 1. No area counts with more than 2.58 standard deviations beyond
       the median rise.
    3. p of the negative binomial whose variance holds that of the mean too, carried over to t with the degrees of
       freedom of the dispersion.
    4. The same test of the year before shows how well the model fits: if its results scatter more than normal
       ones, over all areas of the series, the scale is widened by as much.
    """
    from scipy.special import ndtr, ndtri, stdtr, stdtrit

    rules = RULES[season]
    # every fourth week: the scores of weeks that share their past say the same, and each costs a fit
    past = np.arange(1, season + 1)[:: max(season // LOOKED_AT, 1)]
    # the tested periods and those of the year before each of them: one stack for all
    wanted = np.unique(np.maximum(np.concatenate([at, (at[:, None] - past).ravel()]), 0))
    # Few cases are hidden and none is not: what is left of such a past, zeros among it, would promise too little.
    gaps = ~np.isfinite(counts).all(axis=1, keepdims=True)
    shown = np.where(gaps & (counts == 0), np.nan, counts)
    usual = baseline(np.moveaxis(shown, 1, 2), wanted, rules, None if size is None else np.moveaxis(size, 1, 2))
    usual = Baseline(**{one.name: np.moveaxis(getattr(usual, one.name), 2, 1) for one in fields(usual)})
    cases = counts[:, wanted]
    common = _common(cases, usual)
    mean, ratio = usual.expected * common, usual.phi + usual.error
    # half of the probability of the count itself: else scores of small counts would lie below 0
    middle = (share_at_least(cases, mean, ratio) + share_at_least(cases + 1.0, mean, ratio)) / 2
    score = -ndtri(np.clip(middle, SMALLEST, 1.0 - 1e-16))
    place = np.searchsorted(wanted, at)
    wide = np.stack([_widening(score, np.isin(wanted, one - past)) for one in at], axis=1)[..., None]
    mean, ratio, common = mean[:, place], ratio[:, place], common[:, place]
    df, enough, cases = usual.df[:, place], usual.enough[:, place], cases[:, place]
    with np.errstate(invalid="ignore"):
        edge = share_at_least(cases, mean * (1.0 + relevant[:, None, None]), ratio)
        p = stdtr(df, ndtri(np.maximum(edge, SMALLEST)) / wide)
        # the same way back: the count whose p would just be that share
        tail = ndtr(stdtrit(df, exceeded) * wide)
    return SurgeTest(
        expected=mean,
        bound=largest_usual(mean, ratio, tail),
        # a test that may not warn stays one of the tests made
        p=np.where(np.isfinite(p) & ~enough, 1.0, p),
        common=common,
    )


def _common(cases: Array, usual: Baseline) -> Array:
    """Return, for each area, what the others rose by together; 1 where that is within one standard error."""
    mean = usual.expected
    known = np.isfinite(cases) & np.isfinite(mean)
    variance = np.where(known, (usual.phi + usual.error) * mean, 0.0)
    expected = np.where(known, mean, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        # first in the middle of the areas, which no outbreak moves: what is cut must not be the city's own rise
        middle = np.maximum(median(np.where(known & (mean > 0), cases / mean, np.nan), 2), 1.0)[..., None]
    cut = np.where(known, np.minimum(cases, mean * middle + CAP * np.sqrt(variance * middle)), 0.0)
    others = [one.sum(axis=2, keepdims=True) - one for one in (cut, expected, variance)]
    many = known.sum(axis=2, keepdims=True) >= FEWEST_AREAS
    with np.errstate(divide="ignore", invalid="ignore"):
        rise, error = others[0] / others[1] - 1.0, np.sqrt(others[2]) / others[1]
    told = many & (others[1] >= FEWEST_CASES) & (rise > error)
    return np.asarray(np.where(told, 1.0 + rise, 1.0))


def _widening(score: Array, past: npt.NDArray[np.bool_]) -> Array:
    """Return by how much the scores of the year before scatter more than normal ones, shape (S,); at least 1."""
    if not past.any():
        return np.ones(len(score))
    variance = robust_variance(score[:, past].reshape(len(score), -1), 1)
    return np.asarray(np.sqrt(np.maximum(np.nan_to_num(variance, nan=1.0), 1.0)))
