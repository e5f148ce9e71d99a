"""The newest change of series without a past: two periods, compared over the areas."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regsam_geo.warning.statistics.change_test import ChangeTest, earlier_values
from regsam_geo.warning.statistics.link import FEW, Linked, difference
from regsam_geo.warning.statistics.robust import Array, count, robust_variance
from regsam_geo.warning.statistics.scales import unrest, variance_by_size

EFFICIENCY = 0.78
"""The winsorized variance of n values varies as much as the ordinary one of so many times n."""

MIN_AREAS = 8
"""Areas that are needed to estimate how much more (or less) than by chance the changes scatter."""


@dataclass(frozen=True, eq=False)
class TwoPeriodTest:
    """Effect on the link scale, its scale and degrees of freedom, shape (S, A)."""

    effect: Array
    se: Array
    df: Array


def two_period_test(linked: Linked, change: ChangeTest) -> TwoPeriodTest:
    """Compare the newest value of each area with its earlier one, given both together.

    Notes
    -----
    Given the x1 + x2 cases of both periods, x2 is binomial with share ``d2 R / (d1 + d2 R)`` where R is the ratio
    that all areas share; for parts of a whole x2 is noncentral hypergeometric with the odds ratio R. Both are
    exact where few cases are expected (mid-p, written as a normal score); where many are, the score is that of
    the variance-stabilizing or logarithmic difference. Where the areas scatter less than the sampling of cases
    (many persons are counted in both periods), all variances shrink by one factor; where they scatter more, an
    unrest that does not depend on the size of an area is added (as DerSimonian and Laird 1986 do): a common
    factor would make the large areas too loud. p comes from t with 0.78 (A - 1) degrees of freedom. Without
    Basiswerte, but with the size of the areas, both the unrest and how the scatter falls with size are fitted;
    without either there is no scale that suits small and large areas, and no test.
    """
    # only the newest step is tested: the earlier ones have no origin
    origin = np.full(linked.y.shape, -1)
    # The same origin as in the long test: after a gap both measure from the same year.
    origin[:, -1] = change.origin
    step, noise = (array[:, -1] for array in difference(linked, origin))
    effect = step - change.common_change[:, -1:]
    counted = noise > 0
    with np.errstate(invalid="ignore", divide="ignore"):
        score = np.where(counted, effect / np.sqrt(noise), effect)
    score = _exact_where_few(linked, change, origin, score, effect)
    areas = count(score, 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        # the exact score is brought back to the link scale, where all areas have one unit
        per_score = np.where(np.abs(score) > 1e-9, np.abs(effect / score), np.sqrt(np.where(counted, noise, 1.0)))
    variance = _variance(effect, score, per_score**2)
    if linked.relative_variance is not None:
        sized = np.isinf(linked.most_of_sampling)
        variance[sized] = variance_by_size(effect[sized], noise[sized], np.ones(sized.sum(), dtype=bool))
    variance[linked.is_loose] = np.nan
    se = np.where(areas[:, None] >= MIN_AREAS, np.sqrt(variance), np.nan)
    # The scale is estimated from the areas of one step, so their number gives the degrees of freedom.
    freedom = np.maximum(EFFICIENCY * (areas - 1.0), 1.0)[:, None]
    return TwoPeriodTest(effect, se, np.broadcast_to(freedom, effect.shape))


def _variance(effect: Array, score: Array, sampling: Array) -> Array:
    """Return the variance of each effect, from its sampling variance and the scatter of all areas."""
    # below 1: persons counted in both years; above 1: true differences, which do not shrink with an area's size
    dispersion = np.maximum(robust_variance(score, 1), 1e-12)[:, None]
    return np.where(dispersion > 1, sampling + unrest(effect, sampling), sampling * dispersion)


def _exact_where_few(
    linked: Linked, change: ChangeTest, origin: npt.NDArray[np.int64], score: Array, effect: Array
) -> Array:
    """Replace the scores of areas with few expected cases by those of the exact conditional distribution."""
    from scipy.special import ndtri

    x2, d2 = linked.numerator[:, -1], linked.denominator[:, -1]
    x1, d1 = (earlier_values(array, origin)[:, -1] for array in (linked.numerator, linked.denominator))
    total = x1 + x2
    # Twice, as both years are counted together.
    few = np.isfinite(effect) & np.isfinite(total) & (total < 2 * FEW)
    result = score.copy()
    for s, a in zip(*np.nonzero(few), strict=True):
        whole = linked.kind[s] == 2
        shared = float(np.exp(change.common_change[s, -1]))
        upper, lower = conditional_tails(x1[s, a], x2[s, a], d1[s, a], d2[s, a], shared, part_of_whole=bool(whole))
        # Cut at the ends: a probability of exactly 0 or 1 has no normal score.
        result[s, a] = -ndtri(np.clip(upper / (upper + lower), 1e-300, 1 - 1e-16))
    return result


def conditional_tails(
    x1: float, x2: float, d1: float, d2: float, ratio: float, *, part_of_whole: bool
) -> tuple[float, float]:
    """Return the mid-probabilities of at least and of at most ``x2`` cases, given ``x1 + x2``.

    Yearly means such as 457.8 are rounded to the next whole number of cases.
    """
    from scipy.special import gammaln

    total, now = round(x1) + round(x2), round(x2)
    cases = np.arange(total + 1, dtype="float64")
    if part_of_whole:
        # Rounding may leave a part one larger than its whole.
        n1, n2 = max(round(d1), round(x1)), max(round(d2), round(x2))
        possible = (cases <= n2) & (total - cases <= n1)
        inside = np.where(possible, cases, min(now, n2))
        log_p = (
            -gammaln(inside + 1)
            - gammaln(n2 - inside + 1)
            - gammaln(total - inside + 1)
            - gammaln(n1 - total + inside + 1)
            + inside * np.log(ratio)
        )
        # all in logarithms: factorials of a thousand cases do not fit a double
        log_p = np.where(possible, log_p, -np.inf)
    else:
        share = d2 * ratio / (d1 + d2 * ratio)
        log_p = (
            -gammaln(cases + 1)
            - gammaln(total - cases + 1)
            + cases * np.log(share)
            + (total - cases) * np.log1p(-share)
        )
    # Relative to the largest: the sum must not underflow before it is divided by.
    weight = np.exp(log_p - log_p.max())
    weight /= weight.sum()
    half_observed = weight[now] / 2
    return float(weight[now + 1 :].sum() + half_observed), float(weight[:now].sum() + half_observed)
