"""Questions that need a whole series: breaks in all areas at once, and single values far off their own series."""

from __future__ import annotations

import numpy as np
import pandas as pd

from regsam_geo.areas import CITY_ID
from regsam_geo.indicators import Panel
from regsam_geo.indicators.periods import frequency
from regsam_geo.warning.schema.cube import Cube, cubes
from regsam_geo.warning.schema.findings import DATA, as_findings, concat_findings
from regsam_geo.warning.statistics.change_test import steps
from regsam_geo.warning.statistics.link import linked_values
from regsam_geo.warning.statistics.robust import NORMAL_MAD, Array, count, mean, median

BREAK_SIZE = np.log(1.25)
"""Smallest step of all areas that is called a break."""

BREAK_Z = 8.0
"""How far the step must stand out of the series' other common changes, in robust standard deviations."""

BREAK_SHARE = 0.9
"""Share of the areas that must take at least half of the step."""

OTHERS_MOVE = 4.0
"""Robust standard deviations from which another, unrelated series counts as moving too."""

MAGNITUDE = np.log(5.0)
"""How far a value must lie from both its neighbors in time and from its series, beyond sampling."""


def _newest_by_frequency(panel: Panel) -> list[str]:
    """Return the newest period of each frequency."""
    newest: dict[str, str] = {}
    for period in panel.periods:
        newest[frequency(period)] = period
    return list(newest.values())


def breaks(panel: Panel) -> pd.DataFrame:
    """Find steps that nearly all areas take between the same two periods while nothing else moves.

    A shock to the city (a recession, a pandemic) moves several indicators and fades; a new definition or source
    moves one indicator and stays.
    """
    parts = [
        _breaks_of_cube(cube)
        for period in _newest_by_frequency(panel)
        for cube in cubes(panel, period)
        if len(cube.numbers) > cube.season and len(cube.area_ids) >= 5
    ]
    return concat_findings(parts)


def _breaks_of_cube(cube: Cube) -> pd.DataFrame:
    linked = linked_values(cube)
    move = steps(linked, cube.season)
    # The plain median and not the common change of the tests: that one leaves a shocked minority out, while a
    # break takes all.
    center = median(move.change, 2)
    usual = median(center, 1)[:, None]
    spread = NORMAL_MAD * median(np.abs(center - usual), 1)[:, None]
    # a series that never moves would else call any step a break
    floor = 0.02
    z = (center - usual) / np.maximum(spread, floor)
    same = (move.change - usual[..., None]) * np.sign(center - usual)[..., None] > 0.5 * np.abs(center - usual)[
        ..., None
    ]
    # A new definition reaches every area, a true development seldom all of them to the same degree.
    share = same.sum(axis=2) / np.maximum(count(move.change, 2), 1)
    back = _next_change(center - usual)
    # a shock swings back, a new definition stays
    stays = ~(back * (center - usual) < -0.25 * (center - usual) ** 2)
    alone = ~_others_move(cube, z)
    # The robust scale of fewer changes is luck.
    enough = (count(center, 1) >= 4)[:, None]
    hit = (
        enough
        & (np.abs(center - usual) > BREAK_SIZE)
        & (np.abs(z) > BREAK_Z)
        & (share >= BREAK_SHARE)
        & stays
        & alone
        & (linked.kind > 0)[:, None]
    )
    at, time = np.nonzero(np.nan_to_num(hit.astype(float)) > 0)
    details = [
        {
            "factor": float(np.exp(center[s, t])),
            "areas": int(same[s, t].sum()),
            "of": int(np.isfinite(move.change[s, t]).sum()),
            "before_period": cube.periods.get(int(cube.numbers[t]) - cube.season, ""),
        }
        for s, t in zip(at, time, strict=True)
    ]
    return as_findings(
        pd.DataFrame(
            {
                "indicator": cube.keys["indicator"].to_numpy()[at],
                "group": cube.keys["group"].to_numpy()[at],
                "period": [cube.period_at(int(t)) for t in time],
                "level": "city",
                "area_id": CITY_ID,
                "kind": DATA,
                "direction": np.where(center[at, time] > 0, "up", "down"),
                "value": mean(cube.value[at, time], 1) if len(at) else np.empty(0),
                "effect": center[at, time],
                "reason": "data_break",
                "details": pd.Series(details, dtype="object"),
            }
        )
    )


def _next_change(center: Array) -> Array:
    """Return the common change that follows each; 0 for the newest."""
    following = np.zeros_like(center)
    following[:, :-1] = np.nan_to_num(center[:, 1:])
    return following


def _others_move(cube: Cube, z: Array) -> np.ndarray:
    """Tell whether another indicator moves in the same period; groups of one indicator move together."""
    moving = np.nan_to_num(np.abs(z)) > OTHERS_MOVE
    names = cube.keys["indicator"].to_numpy()
    # Groups of one indicator share their source: a second one that moves is no sign of a recession.
    first = pd.factorize(names)[0]
    by_indicator = np.zeros((first.max() + 1, z.shape[1]), dtype=bool)
    np.logical_or.at(by_indicator, first, moving)
    return np.asarray(by_indicator.sum(axis=0)[None, :] - by_indicator[first] > 0)


def odd_values(panel: Panel) -> pd.DataFrame:
    """Find single values several times as large or small as their own series."""
    parts = [
        _odd_values_of_cube(cube)
        for period in _newest_by_frequency(panel)
        for cube in cubes(panel, period)
        if len(cube.numbers) > 3 * cube.season
    ]
    return concat_findings(parts)


def _odd_values_of_cube(cube: Cube) -> pd.DataFrame:
    linked = linked_values(cube)
    # Beside the other areas: a year in which all move would else make 25 odd values.
    own = linked.y - median(linked.y, 2)[..., None]
    move = steps(linked, cube.season)
    noise = np.sqrt(np.nan_to_num(move.sampling))
    center = median(own, 1)[:, None, :]
    spread = NORMAL_MAD * median(np.abs(own - center), 1)[:, None, :]
    # A count of 1 after 6 is chance and no slip of the pen.
    limit = MAGNITUDE + 4 * noise
    before, after = np.full_like(own, np.nan), np.full_like(own, np.nan)
    before[:, cube.season :] = own[:, cube.season :] - own[:, : -cube.season]
    after[:, : -cube.season] = own[:, : -cube.season] - own[:, cube.season :]
    away = np.sign(own - center)
    # Far from its own series as well: an area with large swings has no single odd value.
    off = away * (own - center) > np.maximum(limit, 6 * spread)
    # beside a gap, and at the ends, one neighbor in time has to do
    off &= np.where(np.isfinite(before), away * before > limit, True)
    off &= np.where(np.isfinite(after), away * after > limit, True)
    off &= (np.isfinite(before) | np.isfinite(after)) & (linked.kind > 0)[:, None, None]
    off &= (count(linked.y, 1) >= 5)[:, None, :]
    at, time, area = np.nonzero(off)
    usual = linked.back(median(linked.y, 1))[at, area]
    return as_findings(
        pd.DataFrame(
            {
                **cube.labels(at, area),
                "period": [cube.period_at(int(t)) for t in time],
                "kind": DATA,
                "direction": np.where(away[at, time, area] > 0, "high", "low"),
                "value": cube.value[at, time, area],
                "expected": usual,
                "effect": (own - center)[at, time, area],
                "reason": "data_magnitude",
                "details": pd.Series([{} for _ in at], dtype="object"),
            }
        )
    )


def steps_of_one_area(panel: Panel) -> pd.DataFrame:
    """Find areas whose values are several times as large or small from one period on, and stay so."""
    parts = [
        _steps_of_cube(cube)
        for period in _newest_by_frequency(panel)
        for cube in cubes(panel, period)
        if len(cube.numbers) > 3 * cube.season and len(cube.area_ids) >= 5
    ]
    return concat_findings(parts)


def _steps_of_cube(cube: Cube) -> pd.DataFrame:
    linked = linked_values(cube)
    own = linked.y - median(linked.y, 2)[..., None]
    move = steps(linked, cube.season)
    noise = np.sqrt(np.nan_to_num(move.sampling))
    change = np.full_like(own, np.nan)
    change[:, cube.season :] = own[:, cube.season :] - own[:, : -cube.season]
    usual = NORMAL_MAD * median(np.abs(change), 1)[:, None, :]
    limit = np.maximum(MAGNITUDE + 4 * noise, 6 * usual)
    periods = own.shape[1]
    size = np.abs(change)
    hit = (size > limit) & (linked.kind > 0)[:, None, None]
    at, time, area = np.nonzero(hit)
    stays = np.zeros(len(at), dtype=bool)
    for row, (s, t, a) in enumerate(zip(at, time, area, strict=True)):
        before, after = own[s, :t, a], own[s, t:, a]
        before, after = before[np.isfinite(before)], after[np.isfinite(after)]
        if t + 1 < periods and len(before) >= 2 and len(after) >= 2:
            # every later value on the other side of the middle between before and after
            middle = (np.median(before) + np.median(after)) / 2
            way = np.sign(change[s, t, a])
            apart = way * (np.median(after) - np.median(before)) > limit[s, t, a]
            stays[row] = apart and bool((way * (after - middle) > 0).all() and (way * (before - middle) < 0).all())
    at, time, area = at[stays], time[stays], area[stays]
    details = [
        {
            "factor": float(np.exp(change[s, t, a])),
            "before": float(cube.value[s, t - cube.season, a]),
            "before_period": cube.period_at(int(t) - cube.season),
        }
        for s, t, a in zip(at, time, area, strict=True)
    ]
    return as_findings(
        pd.DataFrame(
            {
                "indicator": cube.keys["indicator"].to_numpy()[at],
                "group": cube.keys["group"].to_numpy()[at],
                "period": [cube.period_at(int(t)) for t in time],
                "level": cube.level,
                "area_id": cube.area_ids.to_numpy()[area],
                "kind": DATA,
                "direction": np.where(change[at, time, area] > 0, "up", "down"),
                "value": cube.value[at, time, area],
                "expected": cube.value[at, time - cube.season, area],
                "effect": change[at, time, area],
                "reason": "data_step",
                "details": pd.Series(details, dtype="object"),
            }
        )
    )
