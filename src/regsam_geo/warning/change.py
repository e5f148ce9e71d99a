"""The newest change of each area, tested against the change of all areas and its own past."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.indicators import Panel
from regsam_geo.warning.arrays import CLIP, Array, count, median, robust_center, robust_variance
from regsam_geo.warning.context import Context
from regsam_geo.warning.cube import Cube, cubes
from regsam_geo.warning.findings import as_findings, concat_findings
from regsam_geo.warning.link import Linked, linked_values
from regsam_geo.warning.scales import FLOOR, own_scale, pooled_scale
from regsam_geo.warning.settings import Settings

PERSISTENCE_LIMIT = 0.9

WIDENING_CHANCE = 0.8
"""Standard error of the winsorized standard deviation of n values, times sqrt(n) (Gaussian: 0.8)."""


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
    """

    change: Array
    sampling: Array
    origin: npt.NDArray[np.int64]
    length: Array


@dataclass(frozen=True, eq=False)
class ChangeTest:
    """The test of the newest change of every series and area, arrays of shape (S, A).

    Attributes
    ----------
    effect
        Change beyond what was expected, on the link scale.
    se, df
        Scale of the effect and degrees of freedom of its t distribution.
    common
        Change that all areas share, shape (S, T).
    excess
        All changes beyond the common one, shape (S, T, A).
    origin
        Position of the value that the change is measured from.
    returns
        Where the period before was a spike and the newest value leads back towards the level before it.
    """

    effect: Array
    se: Array
    df: Array
    common: Array
    excess: Array
    origin: npt.NDArray[np.int64]
    returns: npt.NDArray[np.bool_]
    tau2: Array
    kappa: Array
    persistence: Array


def steps(y: Array, variance: Array, season: int) -> Steps:
    """Return the changes over one season (a year), or over several where values are missing."""
    series, periods, areas = y.shape
    there = np.isfinite(y)
    position = np.arange(periods)[None, :, None]
    last = np.where(there, position, -1)
    for start in range(season):
        last[:, start::season] = np.maximum.accumulate(last[:, start::season], axis=1)
    origin = np.full((series, periods, areas), -1)
    origin[:, season:] = last[:, : periods - season]
    origin = np.where(there, origin, -1)
    known = origin >= 0
    index = np.maximum(origin, 0)
    change = np.where(known, y - np.take_along_axis(y, index, 1), np.nan)
    sampling = np.where(known, variance + np.take_along_axis(variance, index, 1), np.nan)
    length = np.where(known, (position - origin) / season, np.nan)
    return Steps(change, sampling, origin, length)


def newest_change_test(y: Array, variance: Array, settings: Settings, season: int = 1) -> ChangeTest:
    """Test the newest change of all series at once.

    Parameters
    ----------
    y, variance
        Values on the link scale and their sampling variances, shape (S, T, A).
    settings
        ``prior_df_max`` and ``spike`` are used.
    season
        Periods per year.

    Notes
    -----
    1. Changes against the same part of the year before.
    2. The change that all areas share is their robust center; what is left is the excess.
    3. Its scale: ``tau^2 + kappa * sampling variance`` per series, from the past.
    4. What the past excess predicts (one coefficient per series: positive where developments persist, negative
       where values scatter about a level) is expected too.
    5. Each area's own variance, shrunken towards the series (Smyth 2004), gives scale and degrees of freedom.
    6. If the newest changes of a series scatter more than its past, the scale is widened accordingly.
    7. After a spike, a change back is measured from the level before the spike.
    """
    move = steps(y, variance, season)
    gap = np.where(np.isfinite(move.length), move.length, 1.0)
    center = median(move.change, 2)
    tau2, kappa = pooled_scale((move.change - center[..., None])[:, :-1], move.sampling[:, :-1])
    scale = _scale(tau2, kappa, move.sampling, gap)
    center = robust_center(move.change, scale)
    excess = move.change - center[..., None]
    tau2, kappa = pooled_scale(excess[:, :-1], move.sampling[:, :-1])
    scale = _scale(tau2, kappa, move.sampling, gap)

    standard = excess / scale
    before = np.full_like(standard, np.nan)
    before[:, season:] = standard[:, :-season]
    persistence = _persistence(standard[:, :-1], before[:, :-1])
    predicted = persistence[:, None, None] * np.nan_to_num(np.clip(before, -CLIP, CLIP)) * scale
    surprise = excess - predicted
    own, df = own_scale((surprise / scale)[:, :-1], settings.prior_df_max, 1.0 / season)
    se = np.sqrt(own) * scale[:, -1]
    effect = surprise[:, -1]

    # back from a spike: measured from the level before it
    past = np.take_along_axis(excess, np.maximum(move.origin[:, -1:], 0), 1)[:, 0]
    past_se = np.sqrt(own) * np.take_along_axis(scale, np.maximum(move.origin[:, -1:], 0), 1)[:, 0]
    spiked = (np.abs(past) > settings.spike * past_se) & (past * excess[:, -1] < 0) & (move.origin[:, -1] > 0)
    rest = excess[:, -1] + np.where(spiked, past, 0.0)
    returns = spiked & (np.abs(rest) < np.abs(excess[:, -1]))
    effect = np.where(returns, rest, effect)

    se = se * _widening(effect / np.where(se > 0, se, np.nan))[:, None]
    return ChangeTest(
        effect=effect,
        se=np.where(np.isfinite(effect), se, np.nan),
        df=df,
        common=center,
        excess=excess,
        origin=move.origin[:, -1],
        returns=returns,
        tau2=tau2,
        kappa=kappa,
        persistence=persistence,
    )


def _scale(tau2: Array, kappa: Array, sampling: Array, gap: Array) -> Array:
    """Return the pooled standard deviation of each change; unrest grows with the gap, sampling does not."""
    variance = tau2[:, None, None] * gap + kappa[:, None, None] * sampling
    return np.asarray(np.sqrt(np.maximum(variance, FLOOR)))


def _widening(standard: Array) -> Array:
    """Return how much wider the newest changes of a series scatter than its past; 1 within chance."""
    chance = 1.0 + WIDENING_CHANCE / np.sqrt(np.maximum(count(standard, 1), 1))
    return np.asarray(np.fmax(np.sqrt(robust_variance(standard, 1)) / chance, 1.0))


def _persistence(standard: Array, before: Array) -> Array:
    """Return, per series, how much of a change comes again a year later (winsorized regression through zero)."""
    pair = np.isfinite(standard) & np.isfinite(before)
    now = np.where(pair, np.clip(np.nan_to_num(standard), -CLIP, CLIP), 0.0)
    then = np.where(pair, np.clip(np.nan_to_num(before), -CLIP, CLIP), 0.0)
    square = (then**2).sum(axis=(1, 2))
    slope = np.divide((now * then).sum(axis=(1, 2)), square, out=np.zeros(len(square)), where=square > 0)
    return np.asarray(np.clip(slope, -PERSISTENCE_LIMIT, PERSISTENCE_LIMIT))


def p_of_effect(effect: Array, se: Array, df: Array, relevant: Array) -> Array:
    """Return p for "the effect is not larger than what matters".

    The largest two-sided p over all true effects within ``+-relevant``, which is reached at its edge.
    """
    from scipy.special import stdtr

    size = np.abs(effect)
    with np.errstate(invalid="ignore", divide="ignore"):
        upper = stdtr(df, -(size - relevant) / se)
        lower = stdtr(df, -(size + relevant) / se)
    return np.asarray(np.minimum(upper + lower, 1.0))


def change(panel: Panel, context: Context) -> pd.DataFrame:
    """Find areas whose newest change is unusual: one row per series and area, tested or not.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> found = change(rg.load_sample(), Context(period="2024"))
    >>> len(found), set(found["kind"])
    (275, {'change'})
    """
    return concat_findings([_findings_of_cube(cube, context) for cube in cubes(panel, context.period)])


def _findings_of_cube(cube: Cube, context: Context) -> pd.DataFrame:
    if context.period not in cube.periods.values() or len(cube.numbers) <= cube.season:
        return as_findings(pd.DataFrame())
    linked = linked_values(cube)
    test = newest_change_test(linked.y, linked.variance, context.settings, cube.season)
    relevant = relevant_on_link(cube, linked, context.settings)
    p = p_of_effect(test.effect, test.se, test.df, relevant[:, None])
    enough = count(test.excess[:, :-1], 1) >= context.settings.min_history
    p = np.where(enough, p, np.nan)
    newest = linked.y[:, -1]
    expected = np.where(np.isfinite(test.effect), linked.back(newest - test.effect), np.nan)
    return _table(cube, context, test, p, expected, enough)


def relevant_on_link(cube: Cube, linked: Linked, settings: Settings) -> Array:
    """Return the smallest effect that matters on the link scale, shape (S,)."""
    relative = cube.relevant_effect(settings.relevant_effect)
    usual = np.nan_to_num(median(np.abs(cube.value).reshape(len(relative), -1), 1))
    return np.asarray(np.where(linked.kind == 0, relative * usual, np.log1p(relative)))


def _table(
    cube: Cube, context: Context, test: ChangeTest, p: Array, expected: Array, enough: npt.NDArray[np.bool_]
) -> pd.DataFrame:
    """Write the test of one cube as findings, only for areas that have a value now."""
    now = np.isfinite(cube.value[:, -1])
    at, area = np.nonzero(now)
    origin = test.origin[at, area]
    before = np.where(origin >= 0, cube.value[at, np.maximum(origin, 0), area], np.nan)
    size = np.abs(test.excess)
    record = np.where(
        np.isfinite(size) & (size >= np.abs(test.effect)[:, None]), np.arange(size.shape[1])[None, :, None], -1
    )
    larger = record[:, :-1].max(axis=1)[at, area]
    first = np.argmax(np.isfinite(test.excess), axis=1)[at, area]
    value = cube.value[:, -1][at, area]
    wanted = expected[at, area]
    reason = np.where(
        origin < 0,
        "change_no_earlier_value",
        np.where(
            ~enough[at, area], "change_short_history", np.where(test.returns[at, area], "change_return", "change")
        ),
    )
    details = [
        {
            "before": float(b),
            "before_period": cube.period_at(int(o)) if o >= 0 else "",
            "gap": round((len(cube.numbers) - 1 - o) / cube.season) if o >= 0 else 0,
            "larger_in": cube.period_at(int(big)) if big >= 0 else "",
            "first_change": cube.period_at(int(start)),
            "se": float(se),
            "df": float(df),
            "common": float(common),
        }
        for b, o, big, start, se, df, common in zip(
            before, origin, larger, first, test.se[at, area], test.df[at, area], test.common[at, -1], strict=True
        )
    ]
    return as_findings(
        pd.DataFrame(
            {
                "indicator": cube.keys["indicator"].to_numpy()[at],
                "group": cube.keys["group"].to_numpy()[at],
                "period": context.period,
                "level": cube.level,
                "area_id": cube.area_ids.to_numpy()[area],
                "kind": "change",
                "direction": np.where(np.isnan(wanted), "", np.where(test.effect[at, area] >= 0, "up", "down")),
                "value": value,
                "expected": wanted,
                "effect": test.effect[at, area],
                "p": p[at, area],
                "p_floor": np.where(np.isfinite(p[at, area]), 0.0, np.nan),
                "reason": reason,
                "details": pd.Series(details, dtype="object"),
            }
        )
    )
