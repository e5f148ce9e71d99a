"""The test behind ``change``: all series at once, from values on the link scale to effect, scale and p."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from regsam_geo.study.settings import Settings
from regsam_geo.warning.statistics.common_change import common_change
from regsam_geo.warning.statistics.link import Linked, beginning_of, difference
from regsam_geo.warning.statistics.robust import CLIP, Array, few_at_a_time, median
from regsam_geo.warning.statistics.scales import FLOOR, SamplingBins, Scatter, own_scale, scale_of_unlike
from regsam_geo.warning.statistics.tails import usual_tails

# nearer to 1 the surprise would be the second difference, whose scale the past does not give
PERSISTENCE_LIMIT = 0.9
# scale and events depend on each other; after five rounds nothing moves (30 give the same size, docs/methods)
REFITS = 5


@dataclass(frozen=True, eq=False)
class Steps:
    """Changes from the last value that was there to each value.

    Attributes
    ----------
    change, sampling
        Shape (S, T, A): the change on the link scale and its sampling variance.
    origin
        Position on the time axis of the value that the change starts from; -1 where there is none.
    length
        How many seasons (years) the change spans: 1 without a gap.
    level
        The value on the link scale that the change starts from; NaN where there is none.
    """

    change: Array
    sampling: Array
    origin: npt.NDArray[np.int64]
    length: Array
    level: Array


_KNOWN: WeakKeyDictionary[Linked, dict[int, Steps]] = WeakKeyDictionary()
"""The changes of values that are in use: the reports of earlier periods see the first of them."""


@dataclass(frozen=True, eq=False)
class ChangeTest:
    """The test of the newest change of every series and area, arrays of shape (S, A).

    Attributes
    ----------
    effect
        Change beyond what was expected, on the link scale.
    se, df
        Scale of the effect and degrees of freedom of its t distribution.
    common_change
        Change that all areas share, shape (S, T).
    excess
        All changes beyond the common one, shape (S, T, A).
    origin
        Position of the value that the change is measured from.
    scale
        Pooled standard deviation of each excess, shape (S, T, A).
    persistence
        Share of an excess that comes again a year later, shape (S,).
    tau2, kappa
        Unrest of a series and share of the sampling variance that changes carry, shape (S,).
    returns
        Where the period before was a spike and the newest value leads back towards the level before it.
    standard
        Surprises of the past in units of their own standard deviations, shape (S, T - 1, A).
    unrest
        How much wider than usual all areas scattered in each period, shape (S, T); 1 in the newest.
    loose
        Which series have neither counts nor sizes, shape (S,): their scale is each area's own.
    """

    effect: Array
    se: Array
    df: Array
    common_change: Array
    excess: Array
    origin: npt.NDArray[np.int64]
    returns: npt.NDArray[np.bool_]
    scale: Array
    persistence: Array
    tau2: Array
    kappa: Array
    standard: Array
    unrest: Array
    loose: npt.NDArray[np.bool_]


def steps(linked: Linked, season: int) -> Steps:
    """Return the changes over one season (a year), or over several where values are missing."""
    cut = beginning_of(linked)
    if cut is None:
        return _steps(linked, season)
    whole, rows = cut
    known = _KNOWN.setdefault(whole, {})
    if season not in known:
        known[season] = _steps(whole, season)
    return Steps(*(getattr(known[season], one.name)[rows, : linked.y.shape[1]] for one in fields(Steps)))


def _steps(linked: Linked, season: int) -> Steps:
    y = linked.y
    series, periods, areas = y.shape
    there = np.isfinite(y)
    position = np.arange(periods)[None, :, None]
    # each season by itself: a missing second quarter is bridged by the second quarter before it
    last = np.where(there, position, -1)
    for start in range(season):
        last[:, start::season] = np.maximum.accumulate(last[:, start::season], axis=1)
    origin = np.full((series, periods, areas), -1)
    # Shifted by a season: the value itself must not be its own starting point.
    origin[:, season:] = last[:, : periods - season]
    origin = np.where(there, origin, -1)
    known = origin >= 0
    change, sampling = difference(linked, origin)
    length = np.where(known, (position - origin) / season, np.nan)
    return Steps(change, sampling, origin, length, earlier_values(y, origin))


def newest_change_test(linked: Linked, settings: Settings, season: int = 1) -> ChangeTest:
    """Test the newest change of all series at once.

    Parameters
    ----------
    linked
        Values on the link scale with their counts, shape (S, T, A).
    settings
        ``prior_df_max`` and ``spike`` are used.
    season
        Periods per year.

    Notes
    -----
    1. Changes against the same part of the year before.
    2. The change that all areas share (``common_change``) is taken out; what is left is the excess.
    3. Its scale: ``tau^2 + kappa * sampling variance`` per series, from the past.
    4. What the past excess predicts (one coefficient per series: positive where developments persist, negative
       where values scatter about a level) is expected too.
    5. Each area's own variance, shrunken towards the series (Smyth 2004), gives scale and degrees of freedom.
    6. If the newest changes of a series scatter more than its past, the scale is widened accordingly.
    7. After a spike, a change back is measured from the level before the spike.
    8. Where the past surprises of all series have heavier tails than normal ones (``usual_tails``), the t
       distribution has them too.
    """
    move = steps(linked, season)
    return test_against(past_fit(linked, move, settings, season), Newest.of(move))


@dataclass(frozen=True, eq=False)
class PastFit:
    """What the past of every series says about its newest change.

    Attributes
    ----------
    first_scale
        ``tau^2`` and ``kappa`` before the common change was known, shape (S,): scale of the search for it.
    tau2, kappa, persistence
        As in ``ChangeTest``.
    own, df
        Variance of each area in units of the series, and degrees of freedom, shape (S, A).
    common_change, excess, scale
        As in ``ChangeTest``, without the newest period.
    bare_scale
        The same scale without what widens it in years of unrest.
    standard
        Surprises of the past in units of their own standard deviations, shape (S, T - 1, A).
    before
        Standardized change of the same part of the year before, shape (S, A); NaN where there is none.
    spike
        Standardized change from which on the way back is measured from the level before it.
    unrest, loose
        As in ``ChangeTest``, without the newest period.
    wider
        By how much the scale of each area is wider than that of the series, where it is one of its own; else 1.
    tail_lost, tail_width
        What heavy tails take from the degrees of freedom, and the scale of their t, shape (S,); see
        ``usual_tails``.
    """

    first_scale: tuple[Array, Array]
    tau2: Array
    kappa: Array
    persistence: Array
    own: Array
    df: Array
    common_change: Array
    excess: Array
    scale: Array
    bare_scale: Array
    standard: Array
    before: Array
    spike: float
    unrest: Array
    loose: npt.NDArray[np.bool_]
    wider: Array
    tail_lost: Array
    tail_width: Array


class Newest(NamedTuple):
    """The newest change of every series, arrays of shape (S, A); see ``Steps``."""

    change: Array
    sampling: Array
    gap: Array
    level: Array
    origin: npt.NDArray[np.int64]

    @classmethod
    def of(cls, move: Steps) -> Newest:
        """Return the last period of the changes."""
        gap = np.where(np.isfinite(move.length[:, -1]), move.length[:, -1], 1.0)
        return cls(move.change[:, -1], move.sampling[:, -1], gap, move.level[:, -1], move.origin[:, -1])


def past_fit(linked: Linked, move: Steps, settings: Settings, season: int) -> PastFit:
    """Fit the past: what is tested must not help to fix the scale by which it is tested."""
    series, periods, areas = move.change.shape
    most, loose = linked.most_of_sampling, linked.is_loose
    parts = []
    for few in few_at_a_time(series, periods * areas):
        past = Steps(*(getattr(move, one.name)[few, :-1] for one in fields(Steps)))
        parts.append(_fit_of_few(past, most[few], loose[few], settings, season))
    joined = (
        parts[0] if len(parts) == 1 else PastFit(**{one.name: _joined(parts, one.name) for one in fields(PastFit)})
    )
    # where each area's scale is one of its own, few years decide it, and say nothing about tails
    tail_lost, tail_width = usual_tails(joined.standard, ~loose)
    return replace(joined, tail_lost=tail_lost, tail_width=tail_width)


def _joined(parts: list[PastFit], name: str) -> Any:
    """Return what was fitted for all series."""
    values = [getattr(part, name) for part in parts]
    if isinstance(values[0], tuple):
        return tuple(np.concatenate(each) for each in zip(*values, strict=True))
    return np.concatenate(values) if isinstance(values[0], np.ndarray) else values[0]


def _fit_of_few(
    past: Steps, most: Array, loose: npt.NDArray[np.bool_], settings: Settings, season: int
) -> PastFit:
    """Fit the past of some series; how heavy the tails are is a question to all of them."""
    change, sampling, length = past.change, past.sampling, past.length
    gap = np.where(np.isfinite(length), length, 1.0)
    # a first center without scales; the biweight below needs them
    center = median(change, 2)
    bins = SamplingBins.of(change, sampling)
    first = bins.pooled_scale(change - center[:, :, None], most)
    scale = _scale(*first, sampling, gap)
    shared, center = common_change(change, scale, past.level)
    excess = change - shared
    tau2, kappa = first
    unrest = np.ones(excess.shape[:2])
    for _ in range(REFITS):
        # Scale and exceptional years are found in turns, as each is measured in units of the other.
        scatter = Scatter.of(excess / scale)
        unrest = scatter.widening
        calm = np.where(scatter.events[..., None], np.nan, excess / unrest[..., None])
        tau2, kappa = bins.pooled_scale(calm, most)
        scale = _scale(tau2, kappa, sampling, gap)

    standard = excess / scale / unrest[..., None]
    # The same part of the year before, in standard units: the past of a small area must not weigh more because it
    # is louder.
    before = np.full_like(standard, np.nan)
    before[:, season:] = standard[:, :-season]
    persistence = _persistence(standard, before)
    surprise = excess - _predicted(persistence, before, scale)
    standard_surprise = surprise / scale / unrest[..., None]
    # Yearly changes of quarters overlap: of four such residuals one counts as independent.
    own, df = own_scale(standard_surprise, settings.prior_df_max, 1.0 / season)
    wider = np.ones_like(own)
    if loose.any():
        # Without counts or sizes a small area is known by its own past alone: its scale is one of its own, for
        # drifts too, and the pool lends no more than the areas are alike.
        unlike, freedom = scale_of_unlike(standard_surprise, settings.prior_df_max, 1.0 / season)
        own, df = np.where(loose[:, None], unlike, own), np.where(loose[:, None], freedom, df)
        wider = np.where(loose[:, None], np.sqrt(unlike), 1.0)
    last = standard.shape[1] - season
    # where nothing ever moved there is no scale, and no surprise either
    with np.errstate(divide="ignore", invalid="ignore"):
        own_surprise = standard_surprise / np.sqrt(own)[:, None]
    return PastFit(
        first_scale=first,
        tau2=tau2,
        kappa=kappa,
        persistence=persistence,
        own=own,
        df=df,
        common_change=center,
        excess=excess,
        scale=scale * unrest[..., None],
        bare_scale=scale,
        standard=own_surprise,
        before=standard[:, last] if last >= 0 else np.full_like(own, np.nan),
        spike=settings.spike,
        unrest=unrest,
        loose=loose,
        wider=wider,
        tail_lost=np.zeros(len(tau2)),
        tail_width=np.ones(len(tau2)),
    )


def test_against(past: PastFit, newest: Newest) -> ChangeTest:
    """Test the newest changes against what the past says."""
    at_first = _scale(*past.first_scale, newest.sampling[:, None], newest.gap[:, None])
    shared, center = common_change(newest.change[:, None], at_first, newest.level[:, None])
    excess = newest.change - shared[:, 0]
    scale = _scale(past.tau2, past.kappa, newest.sampling[:, None], newest.gap[:, None])[:, 0]
    effect = excess - _predicted(past.persistence, past.before[:, None], scale[:, None])[:, 0]
    se = np.sqrt(past.own) * scale

    # back from a spike: measured from the level before it
    spike, spike_scale = (
        np.take_along_axis(array, np.maximum(newest.origin, 0)[:, None], 1)[:, 0]
        if array.shape[1]
        else scale * np.nan
        for array in (past.excess, past.bare_scale)
    )
    spike_se = np.sqrt(past.own) * spike_scale
    spiked = (np.abs(spike) > past.spike * spike_se) & (spike * excess < 0) & (newest.origin > 0)
    rest = excess + np.where(spiked, spike, 0.0)
    # A swing beyond the old level is news of its own, and is measured as any other change. Without this rule 58 %
    # of spikes of one year would warn twice.
    returns = spiked & (np.abs(rest) < np.abs(excess))
    effect = np.where(returns, rest, effect)

    # if all areas scatter more this year, that is news of the city and not of each area
    se = se * Scatter.of(effect / np.where(se > 0, se, np.nan)).widening[:, None]
    # the scale of t is smaller than that of the usual scatter, and its tails are heavier
    se = se * past.tail_width[:, None]
    return ChangeTest(
        effect=effect,
        se=np.where(np.isfinite(effect), se, np.nan),
        df=1.0 / (1.0 / past.df + past.tail_lost[:, None]),
        common_change=np.concatenate([past.common_change, center], axis=1),
        excess=np.concatenate([past.excess, excess[:, None]], axis=1),
        origin=newest.origin,
        returns=returns,
        scale=np.concatenate([past.scale, scale[:, None]], axis=1) * past.wider[:, None],
        tau2=past.tau2,
        kappa=past.kappa,
        persistence=past.persistence,
        standard=past.standard,
        unrest=np.pad(past.unrest, ((0, 0), (0, 1)), constant_values=1.0),
        loose=past.loose,
    )


def _predicted(persistence: Array, before: Array, scale: Array) -> Array:
    """Return what the change of the year before lets expect."""
    # clipped: last year's outlier would else promise a second one
    return np.asarray(persistence[:, None, None] * np.nan_to_num(np.clip(before, -CLIP, CLIP)) * scale)


def earlier_values(y: Array, origin: npt.NDArray[np.int64]) -> Array:
    """Return the values that the changes start from; NaN where there is none."""
    return np.asarray(np.where(origin >= 0, np.take_along_axis(y, np.maximum(origin, 0), 1), np.nan))


def _scale(tau2: Array, kappa: Array, sampling: Array, gap: Array) -> Array:
    """Return the pooled standard deviation of each change; unrest grows with the gap, sampling does not."""
    variance = tau2[:, None, None] * gap + kappa[:, None, None] * sampling
    return np.asarray(np.sqrt(np.maximum(variance, FLOOR)))


def _persistence(standard: Array, before: Array) -> Array:
    """Return, per series, how much of a change comes again a year later (winsorized regression through zero)."""
    pair = np.isfinite(standard) & np.isfinite(before)
    now = np.where(pair, np.clip(np.nan_to_num(standard), -CLIP, CLIP), 0.0)
    then = np.where(pair, np.clip(np.nan_to_num(before), -CLIP, CLIP), 0.0)
    square = (then**2).sum(axis=(1, 2))
    # Through zero: the common change is taken out, so the expected excess of an area that stood still is none.
    slope = np.divide((now * then).sum(axis=(1, 2)), square, out=np.zeros(len(square)), where=square > 0)
    return np.asarray(np.clip(slope, -PERSISTENCE_LIMIT, PERSISTENCE_LIMIT))


def p_of_effect(effect: Array, se: Array, df: Array, relevant: Array) -> Array:
    """Return p for "the effect is not larger than what matters".

    The largest two-sided p over all true effects within ``+-relevant``, which is reached at its edge.
    """
    from scipy.special import stdtr

    # Relevance is part of the test and no filter afterwards: a filter would keep the p of "no change at all", and
    # with large counts every trifle is certain to be one.
    size = np.abs(effect)
    # both tails at the edge of what matters (McCarthy and Smyth 2009): p of the worst truth that is irrelevant
    with np.errstate(invalid="ignore", divide="ignore"):
        upper = stdtr(df, -(size - relevant) / se)
        lower = stdtr(df, -(size + relevant) / se)
    return np.asarray(np.minimum(upper + lower, 1.0))
