"""The newest change of each area, tested against the change of all areas and its own past."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.indicators import Panel
from regsam_geo.study.settings import Settings
from regsam_geo.warning.detectors.city_change import city_findings
from regsam_geo.warning.detectors.newest_change import (
    borrowed_by,
    newest_change,
    newest_changes,
    relevant_on_link,
)
from regsam_geo.warning.schema.cube import Cube
from regsam_geo.warning.schema.detector import Context, Detector, Past
from regsam_geo.warning.schema.findings import as_findings, concat_findings
from regsam_geo.warning.statistics.change_test import ChangeTest, p_of_effect
from regsam_geo.warning.statistics.link import Linked
from regsam_geo.warning.statistics.robust import Array, count
from regsam_geo.warning.statistics.two_period_test import two_period_test


def change(panel: Panel, context: Context) -> pd.DataFrame:
    """Find areas whose newest change is unusual: one row per series and area, tested or not.

    What moves all areas is one finding of level ``city``. Series without a past of their own are compared over
    the areas alone (``two_periods``).

    Examples
    --------
    >>> import regsam_geo as rg
    >>> found = change(rg.load_sample().sel(["Hochbetagte", "Nichtdeutsche"]), Context(period="2024"))
    >>> found["level"].value_counts().to_dict()
    {'district': 50, 'city': 2}
    """
    parts = []
    for cube, linked, test in newest_changes(panel, context):
        parts += _findings_of_cube(cube, linked, test, panel, context)
    return concat_findings(parts)


def _findings_of_cube(
    cube: Cube, linked: Linked, test: ChangeTest, panel: Panel, context: Context
) -> list[pd.DataFrame]:
    """Return the findings of the areas of one level, and those of the city that the level shows."""
    settings = context.settings
    # The catalogue's relevant effect is one of levels; what matters within one year is a share of it.
    relevant = settings.yearly_share * relevant_on_link(cube, linked, settings)
    (effect, se, df), p, enough = tested_change(linked, test, relevant, settings)
    expected = np.where(np.isfinite(effect), linked.back(linked.y[:, -1] - effect), np.nan)
    table = _table(cube, context, test, (effect, se, df), p, expected, enough)
    return [table, *city_findings(cube, panel, context, linked, test, relevant)]


def tested_change(
    linked: Linked, test: ChangeTest, relevant: Array, settings: Settings
) -> tuple[tuple[Array, Array, Array], Array, npt.NDArray[np.bool_]]:
    """Return effect, scale and degrees of freedom, p, and where a past of its own was long enough."""
    p = p_of_effect(test.effect, test.se, test.df, relevant[:, None])
    enough = count(test.excess[:, :-1], 1) >= settings.min_history
    # The short test is asked only where a series needs it: most panels have a past everywhere.
    if enough[np.isfinite(test.effect)].all():
        return (test.effect, test.se, test.df), p, enough
    short = two_period_test(linked, test)
    effect, se, df = (
        np.where(enough, long, brief)
        for long, brief in ((test.effect, short.effect), (test.se, short.se), (test.df, short.df))
    )
    return (effect, se, df), np.where(enough, p, p_of_effect(effect, se, df, relevant[:, None])), enough


def change_p(cube: Cube, context: Context) -> Array:
    """Return p alone of every cell: what the history of a warning asks for."""
    if not cube.is_tested(context.period):
        return np.full(cube.value[:, -1].shape, np.nan)
    linked, test = newest_change(cube, context)
    relevant = context.settings.yearly_share * relevant_on_link(cube, linked, context.settings)
    # The same arithmetic as in a full report: another one would let history and table disagree on a cell near the
    # threshold.
    return tested_change(linked, test, relevant, context.settings)[1]


def _table(
    cube: Cube,
    context: Context,
    test: ChangeTest,
    result: tuple[Array, Array, Array],
    p: Array,
    expected: Array,
    enough: npt.NDArray[np.bool_],
) -> pd.DataFrame:
    """Write the test of one cube as findings, only for areas that have a value now."""
    effect, se, df = result
    now = np.isfinite(cube.value[:, -1])
    at, area = np.nonzero(now)
    origin = test.origin[at, area]
    before = np.where(origin >= 0, cube.value[at, np.maximum(origin, 0), area], np.nan)
    size = np.abs(test.excess)
    # The newest year in which a change beyond the common one was at least as large, so that "the largest since"
    # can be said.
    record = np.where(
        np.isfinite(size) & (size >= np.abs(effect)[:, None]), np.arange(size.shape[1])[None, :, None], -1
    )
    larger = record[:, :-1].max(axis=1)[at, area]
    first = np.argmax(np.isfinite(test.excess), axis=1)[at, area]
    value = cube.value[:, -1][at, area]
    wanted = expected[at, area]
    reason = np.where(
        origin < 0,
        "change_no_earlier_value",
        np.where(
            ~enough[at, area],
            np.where(
                np.isfinite(p[at, area]),
                "change_two_periods",
                np.where(test.loose[at], "change_sizes_unknown", "change_short_history"),
            ),
            np.where(test.returns[at, area], "change_return", "change"),
        ),
    )
    # the last name stands for the place -1: no such period
    names = [*(cube.periods.get(int(number), "") for number in cube.numbers), ""]
    columns = (before, origin, larger, first, se[at, area], df[at, area], test.common_change[at, -1])
    details = [
        {
            "before": b,
            "before_period": names[o],
            "gap": round((len(cube.numbers) - 1 - o) / cube.season) if o >= 0 else 0,
            "larger_in": names[big],
            "first_change": names[start],
            "se": scale,
            "df": freedom,
            "common": shared,
        }
        for b, o, big, start, scale, freedom, shared in zip(*(one.tolist() for one in columns), strict=True)
    ]
    borrowed = borrowed_by(cube, context)
    if borrowed is not None:
        for fields, s, a in zip(details, at.tolist(), area.tolist(), strict=True):
            if borrowed.relation.partners[s, 0] >= 0 and enough[s, a] and not test.returns[s, a]:
                fields["related"] = borrowed.told(s, a, effect[s, a])
    return as_findings(
        pd.DataFrame(
            {
                **cube.labels(at, area),
                "period": context.period,
                "kind": "change",
                # No expectation, no direction: else an untested cell would read as "up".
                "direction": np.where(np.isnan(wanted), "", np.where(effect[at, area] >= 0, "up", "down")),
                "value": value,
                "expected": wanted,
                "effect": effect[at, area],
                "p": p[at, area],
                # p of t comes as near to 0 as one likes; NaN keeps cells without a test out of the number of
                # tests.
                "p_floor": np.where(np.isfinite(p[at, area]), 0.0, np.nan),
                "reason": reason,
                "details": pd.Series(details, dtype="object"),
            }
        )
    )


def _clauses(finding: Mapping[str, Any]) -> list[str]:
    """Return the codes of what is told: the change, a gap before it, and when a deviation was last larger."""
    details = finding["details"]
    codes = [f"{finding['reason']}.{finding['direction']}"]
    if details.get("gap", 1) > 1:
        codes.append("change_gap")
    # without a past of its own an area has no record that could be broken
    if finding["reason"] != "change_two_periods":
        codes.append("change_larger_in" if details.get("larger_in") else "change_record")
    return [*codes, *borrowed_clauses(finding)]


def borrowed_clauses(finding: Mapping[str, Any]) -> list[str]:
    """Return the code of what a finding borrowed from, where it did."""
    return ["related"] if finding["details"].get("related") else []


CHANGE = Detector("change", "temporal", change, clauses=_clauses, past=Past(change_p), spreads=True)
