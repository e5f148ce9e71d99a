"""Does an area drift? Sustained departures that no single change shows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from regsam_geo.indicators import Panel
from regsam_geo.warning.arrays import CLIP, Array
from regsam_geo.warning.change_test import (
    ChangeTest,
    newest_change,
    newest_changes,
    p_of_effect,
    relevant_on_link,
)
from regsam_geo.warning.context import Context
from regsam_geo.warning.cube import Cube
from regsam_geo.warning.findings import as_findings, concat_findings
from regsam_geo.warning.link import Linked
from regsam_geo.warning.scales import own_scale

WINDOWS = (3, 5)
"""Years over which a departure is summed up."""

PRIOR_DF_MAX = 12.0
"""Most degrees of freedom of the pooled scale: departures over years overlap and are few."""

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
    excess, scale = (array[:, ::-1][:, ::season][:, ::-1] for array in (test.excess, test.scale))
    standard = np.clip(excess / scale, -CLIP, CLIP)
    sums, width = _without_one_jump(excess, years), np.sqrt(_rolling(scale**2, years))
    ratio = _variance_ratio(standard, years)
    se = width * np.sqrt(ratio)[:, None, None]
    earlier = (sums / se)[:, : max(sums.shape[1] - years, 0)]
    if earlier.shape[1]:
        own, df = own_scale(earlier, PRIOR_DF_MAX, 1.0 / years)
    else:
        own, df = np.ones(se[:, -1].shape), np.full(se[:, -1].shape, PRIOR_DF_MAX)
    return DriftTest(years, sums[:, -1], se[:, -1] * np.sqrt(own), df)


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
    return np.asarray(_rolling(x, years) - np.sign(rise + fall) * (largest - second))


def _variance_ratio(standard: Array, years: int) -> Array:
    """Return the variance of a sum of ``years`` changes over that of independent ones, shape (S,)."""
    ratio = np.ones(standard.shape[0])
    square = np.nan_to_num(standard**2)
    for lag in range(1, min(years, standard.shape[1])):
        now, then = standard[:, lag:], standard[:, :-lag]
        pair = np.isfinite(now) & np.isfinite(then)
        product = np.where(pair, now * then, 0.0).sum(axis=(1, 2))
        both = (np.where(pair, square[:, lag:], 0.0) + np.where(pair, square[:, :-lag], 0.0)).sum(axis=(1, 2)) / 2
        rho = np.divide(product, both, out=np.zeros(len(both)), where=both > 0)
        ratio += 2 * (1 - lag / years) * rho
    return np.asarray(np.maximum(ratio, LEAST_RATIO))


def drift(panel: Panel, context: Context) -> pd.DataFrame:
    """Find areas that have moved away from the others over three or five years.

    Both windows are tested; p is twice the smaller one (Bonferroni).

    Examples
    --------
    >>> import regsam_geo as rg
    >>> found = drift(rg.load_sample(), Context(period="2024"))
    >>> len(found), set(found["kind"])
    (275, {'drift'})
    """
    return concat_findings([_findings_of_cube(*tested, context) for tested in newest_changes(panel, context)])


def drift_p(cube: Cube, context: Context) -> Array:
    """Return p alone of every cell: what the history of a warning asks for."""
    if not cube.is_tested(context.period):
        return np.full(cube.value[:, -1].shape, np.nan)
    _, _, combined = _tested(cube, *newest_change(cube, context), context)
    return np.where(np.isfinite(cube.value[:, -1]), combined, np.nan)


def _tested(
    cube: Cube, linked: Linked, test: ChangeTest, context: Context
) -> tuple[list[DriftTest], Array, Array]:
    """Return the tests of both windows, their p, and p of both together (NaN where there is no test)."""
    settings = context.settings
    relevant = relevant_on_link(cube, linked, settings)[:, None]
    results = [drift_test(test, years, cube.season) for years in WINDOWS]
    history = np.isfinite(test.excess[:, ::-1][:, :: cube.season]).sum(axis=1)
    p = np.stack(
        [
            np.where(
                history >= result.years + settings.min_history,
                p_of_effect(
                    result.effect, result.se, result.df, relevant * min(1.0, settings.yearly_share * result.years)
                ),
                np.nan,
            )
            for result in results
        ]
    )
    number = np.isfinite(p).sum(axis=0)
    smallest = np.where(np.isfinite(p), p, 2.0).min(axis=0)
    return results, p, np.where(number > 0, np.minimum(smallest * number, 1.0), np.nan)


def _findings_of_cube(cube: Cube, linked: Linked, test: ChangeTest, context: Context) -> pd.DataFrame:
    results, p, combined = _tested(cube, linked, test, context)
    any_test = np.isfinite(combined)
    best = np.argmin(np.where(np.isfinite(p), p, 2.0), axis=0)
    effect = np.take_along_axis(np.stack([result.effect for result in results]), best[None], 0)[0]
    se = np.take_along_axis(np.stack([result.se for result in results]), best[None], 0)[0]
    effect = np.where(any_test, effect, np.nan)
    expected = np.where(any_test, linked.back(linked.y[:, -1] - effect), np.nan)
    years = np.asarray(WINDOWS)[best]
    start = np.maximum(len(cube.numbers) - 1 - years * cube.season, 0)
    at, area = np.nonzero(np.isfinite(cube.value[:, -1]))
    before = cube.value[at, start[at, area], area]
    details = [
        {
            "years": int(span),
            "before": float(b),
            "before_period": cube.periods.get(int(cube.numbers[o]), ""),
            "se": float(s),
        }
        for span, b, o, s in zip(years[at, area], before, start[at, area], se[at, area], strict=True)
    ]
    found = any_test[at, area]
    return as_findings(
        pd.DataFrame(
            {
                "indicator": cube.keys["indicator"].to_numpy()[at],
                "group": cube.keys["group"].to_numpy()[at],
                "period": context.period,
                "level": cube.level,
                "area_id": cube.area_ids.to_numpy()[area],
                "kind": "drift",
                "direction": np.where(found, np.where(effect[at, area] >= 0, "up", "down"), ""),
                "value": cube.value[at, -1, area],
                "expected": expected[at, area],
                "effect": effect[at, area],
                "p": combined[at, area],
                "p_floor": np.where(found, 0.0, np.nan),
                "reason": np.where(found, "drift", "drift_short_history"),
                "details": pd.Series(details, dtype="object"),
            }
        )
    )
