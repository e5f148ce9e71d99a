"""What moves the whole city: one finding, and no warning for a district."""

from __future__ import annotations

import numpy as np
import pandas as pd

from regsam_geo.areas import CITY_ID
from regsam_geo.indicators import Panel
from regsam_geo.warning.schema.cube import Cube, city_cube
from regsam_geo.warning.schema.detector import Context
from regsam_geo.warning.schema.findings import as_findings
from regsam_geo.warning.statistics.change_test import ChangeTest, p_of_effect
from regsam_geo.warning.statistics.link import Linked
from regsam_geo.warning.statistics.robust import NORMAL_MAD, Array, count, median, robust_variance

MIN_PAST = 5
"""Earlier common changes that are needed to call the newest one unusual."""


def city_findings(
    cube: Cube, panel: Panel, context: Context, linked: Linked, test: ChangeTest, relevant: Array
) -> list[pd.DataFrame]:
    """Test the newest common change of each series against the common changes of its past.

    The median of the past is what was to be expected; the scale is the larger of two robust ones, because a
    city has few years and they are not independent. Only one level speaks for the city, so that it is told once.
    """
    # districts and their sub-districts move alike: one level tells it, once
    if context.city_level and cube.level != context.city_level:
        return []
    past, newest = test.common_change[:, :-1], test.common_change[:, -1]
    n = count(past, 1)
    usual = median(past, 1)
    rest = past - usual[:, None]
    # Of ten years one half may be calm by luck: either scale alone can come out far too small, both seldom do.
    spread = np.maximum(np.sqrt(robust_variance(rest, 1)), NORMAL_MAD * median(np.abs(rest), 1))
    effect = newest - usual
    # 1.57 / n is the variance of the median of the past that the newest change is measured from
    se = spread * np.sqrt(1 + 1.57 / np.maximum(n, 1))
    # told as it was counted: a model of ten years knows no "1 in 10,000"
    as_far = (np.abs(rest) >= np.abs(effect)[:, None]).sum(axis=1)
    # Common changes of the city have no neighbors to borrow from: their number is all that is known.
    freedom = np.maximum(n - 1.0, 1.0)
    p = p_of_effect(effect, np.where(se > 0, se, np.nan), freedom, relevant)
    tested = (n >= MIN_PAST) & np.isfinite(effect)
    if not tested.any():
        return []
    rows = cube.keys.loc[tested, ["indicator", "group"]].reset_index(drop=True)
    values, before = (_city_values(panel, rows, period) for period in (context.period, _earlier(cube)))
    # Link and scale of the tested series alone: the city's expectation goes through the same scale as that of the
    # areas.
    probe = Linked(
        y=np.empty((int(tested.sum()), 0, 0)),
        kind=linked.kind[tested],
        scale=linked.scale[tested],
        numerator=np.empty(0),
        denominator=np.empty(0),
    )
    expected = probe.back(probe.forth(values) - effect[tested])
    details = [
        {
            "before": float(b),
            "before_period": _earlier(cube),
            "first_change": cube.period_at(int(s)),
            "years": int(k),
            "as_unusual": int(far),
        }
        for b, s, k, far in zip(
            before, np.argmax(np.isfinite(past[tested]), axis=1), n[tested], as_far[tested], strict=True
        )
    ]
    frame = rows.assign(
        period=context.period,
        level="city",
        area_id=CITY_ID,
        kind="change",
        direction=np.where(effect[tested] >= 0, "up", "down"),
        value=values,
        expected=expected,
        effect=effect[tested],
        p=p[tested],
        p_floor=0.0,
        reason="city_change",
        details=pd.Series(details, dtype="object"),
    )
    return [as_findings(frame)]


def _earlier(cube: Cube) -> str:
    """Return the name of the period one season before the newest."""
    return cube.periods.get(int(cube.numbers[-1]) - cube.season, "")


def _city_values(panel: Panel, rows: pd.DataFrame, period: str) -> Array:
    """Return the unrounded values of the city; NaN where the panel has none."""
    cube = city_cube(panel, period) if period else None
    if cube is None:
        return np.full(len(rows), np.nan)
    newest = pd.Series(cube.value[:, -1, 0], index=pd.MultiIndex.from_frame(cube.keys[["indicator", "group"]]))
    return np.asarray(newest.reindex(pd.MultiIndex.from_frame(rows)).to_numpy(dtype="float64"))
