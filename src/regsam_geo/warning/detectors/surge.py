"""Are there more cases than the same season of past years led to expect? Counts by quarter, month or week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.areas import CITY_ID
from regsam_geo.indicators import Panel
from regsam_geo.study.settings import Settings
from regsam_geo.warning.detectors.counted import Counted, counted
from regsam_geo.warning.detectors.newest_change import newest_cubes
from regsam_geo.warning.schema.cube import Cube, city_cube, cubes
from regsam_geo.warning.schema.detector import Context, Detector, Past
from regsam_geo.warning.schema.findings import as_findings, concat_findings
from regsam_geo.warning.statistics.robust import Array
from regsam_geo.warning.statistics.surge_test import SurgeTest, surge_test

WORDS = {4: "quarter", 12: "month", 52: "week"}
"""How a period is called in the codes of the sentences."""


def surge(panel: Panel, context: Context) -> pd.DataFrame:
    """Find areas with more cases than the same season of past years led to expect (Noufaily et al. 2013).

    One row per count and area; none for other figures, and none for years. Fewer cases are no surge: p is
    one-sided. What rises in all areas together is one finding of level ``city``.

    Examples
    --------
    >>> import pandas as pd
    >>> import regsam_geo as rg
    >>> months = [f"{year}-{month:02d}" for year in range(2019, 2025) for month in range(1, 13)]
    >>> rows = [("Fälle", when, "district", "05", 9) for when in months]
    >>> rows[-1] = ("Fälle", "2024-12", "district", "05", 40)
    >>> table = pd.DataFrame(rows, columns=["indicator", "period", "level", "area_id", "value"])
    >>> found = surge(rg.Panel.from_frame(table), Context(period="2024-12"))
    >>> found[["direction", "value", "expected"]].to_numpy().tolist()
    [['up', 40.0, 9.0]]
    """
    parts = [
        _findings_of(cube, *tested, context)
        for cube in newest_cubes(panel, context)
        if (tested := _tested(cube, context)) is not None
    ]
    city = _city(panel, context)
    tested = None if city is None else _tested(city, context)
    if city is not None and tested is not None:
        parts.append(_findings_of(city, *tested, context))
    return concat_findings(parts)


def surge_p(cube: Cube, context: Context) -> Array:
    """Return p alone of every cell: what the history of a warning asks for."""
    p = np.full(cube.value[:, -1].shape, np.nan)
    if (tested := _tested(cube, context)) is not None:
        counts, test = tested
        p[counts.series] = test.p[:, 0]
    return p


def surge_bounds(cube: Cube, settings: Settings) -> Array:
    """Return, in the unit of each indicator, what is exceeded in 5 of 100 ordinary periods, shape (S, T, A).

    NaN for what is no count, where the past is too short, and where the value itself is not there: a hidden cell
    has no bound, and no bound rests on one.
    """
    bounds = np.full(cube.value.shape, np.nan)
    if (counts := counted(cube)) is not None:
        at = np.arange(len(cube.numbers))
        test = surge_test(counts.cases, counts.size, cube.season, at, _relevant(cube, counts, settings))
        bounds[counts.series] = np.where(
            np.isfinite(counts.cases), counts.in_unit(test.bound, counts.size), np.nan
        )
    return bounds


def _relevant(cube: Cube, counts: Counted, settings: Settings) -> Array:
    """Return the relative rise that does not matter yet, shape (S,)."""
    return settings.yearly_share * cube.relevant_effect(settings.relevant_effect)[counts.series]


def _tested(cube: Cube, context: Context) -> tuple[Counted, SurgeTest] | None:
    """Return the counts of a cube and the test of its newest period; ``None`` where there is nothing to test."""
    # Levels of areas and the report of a period that a level has not reached: the newest column is then empty.
    if not cube.is_tested(context.period) or (counts := counted(cube)) is None:
        return None
    at = np.array([len(cube.numbers) - 1])
    return counts, surge_test(
        counts.cases, counts.size, cube.season, at, _relevant(cube, counts, context.settings)
    )


def _city(panel: Panel, context: Context) -> Cube | None:
    """Return the series of the city, or the sums of the counts of the areas that say what moves it."""
    city = city_cube(panel, context.period)
    if city is not None:
        return city
    levels = [cube for cube in cubes(panel, context.period) if cube.level == context.city_level]
    if not levels:
        return None
    cube = levels[0]
    # Plain counts alone, and only periods in which no area is missing: a sum without one is no sum of the city.
    plain = np.flatnonzero(~np.isfinite(cube.scale) & cube.keys["summable"].fillna(value=False).to_numpy(bool))
    if not len(plain):
        return None
    sums = cube.take(plain)
    total = sums.value.sum(axis=2, keepdims=True)
    none = np.full_like(total, np.nan)
    return replace(
        sums,
        level="city",
        area_ids=pd.Index([CITY_ID], name="area_id"),
        printed=total,
        value=total,
        numerator=none,
        denominator=none,
    )


def _findings_of(cube: Cube, counts: Counted, test: SurgeTest, context: Context) -> pd.DataFrame:
    """Write the test of one level as findings, only for areas that have a value now."""
    at, area = np.nonzero(np.isfinite(counts.cases[:, -1]))
    series = counts.series[at]
    now = counts.size[:, -1:]
    expected, bound = (counts.in_unit(one, now)[at, 0, area] for one in (test.expected, test.bound))
    value, p = cube.value[series, -1, area], test.p[at, 0, area]
    found = np.isfinite(p)
    city = cube.level == "city"
    return as_findings(
        pd.DataFrame(
            {
                **cube.labels(series, area),
                "period": context.period,
                "kind": "surge",
                "direction": np.where(found, np.where(value > expected, "up", "down"), ""),
                "value": value,
                "expected": np.where(found, expected, np.nan),
                "effect": np.where(found, value / np.where(expected > 0, expected, np.nan) - 1.0, np.nan),
                "p": p,
                "p_floor": np.where(found, 0.0, np.nan),
                "reason": np.where(found, "city_surge" if city else "surge", "surge_short_history"),
                "details": _details(cube, series, area, bound, test.common[at, 0, area]),
            }
        )
    )


def _details(
    cube: Cube, series: npt.NDArray[np.int64], area: npt.NDArray[np.int64], bound: Array, common: Array
) -> pd.Series:
    """Return the fields of the sentences: the bound, and the same period of the year before."""
    place = len(cube.numbers) - 1 - cube.season
    before = cube.value[series, place, area] if place >= 0 else np.full(len(series), np.nan)
    name = cube.periods.get(int(cube.numbers[place]), "") if place >= 0 else ""
    word = WORDS[cube.season]
    return pd.Series(
        [
            {
                "bound": float(most),
                "before": float(then),
                "before_period": name if np.isfinite(then) else "",
                "scope": word,
                "shared": bool(rise > 1.0),
            }
            for most, then, rise in zip(bound, before, common, strict=True)
        ],
        dtype="object",
    )


def _clauses(finding: Mapping[str, Any]) -> list[str]:
    """Return the codes of what is told: the bound and, where the other areas rose too, that they did."""
    details = finding["details"]
    codes = [f"surge.{details['scope']}"]
    if details["before_period"]:
        codes.append(f"surge_before.{details['scope']}")
    if details["shared"]:
        codes.append("surge_shared")
    return codes


SURGE = Detector("surge", "temporal", surge, clauses=_clauses, past=Past(surge_p), spreads=True)
