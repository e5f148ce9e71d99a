"""The newest change of every series and area, tested once for all temporal detectors."""

from __future__ import annotations

import numpy as np

from regsam_geo.indicators import Panel
from regsam_geo.study.settings import Settings
from regsam_geo.warning.schema.cube import Cube, cubes
from regsam_geo.warning.schema.detector import Context
from regsam_geo.warning.statistics.change_test import ChangeTest, newest_change_test
from regsam_geo.warning.statistics.link import Linked, linked_values
from regsam_geo.warning.statistics.robust import Array, median


def newest_changes(panel: Panel, context: Context) -> list[tuple[Cube, Linked, ChangeTest]]:
    """Return the tests of the context's period, one per level; worked out once for all temporal detectors."""
    tested = [cube for cube in newest_cubes(panel, context) if cube.is_tested(context.period)]
    return [(cube, *newest_change(cube, context)) for cube in tested]


def newest_cubes(panel: Panel, context: Context) -> list[Cube]:
    """Return the cubes up to the context's period; cut once for all detectors."""
    known = context.shared.get("cubes")
    # Asked with "is": two panels with equal numbers may differ in their catalogue, and a comparison of all cells
    # costs more than the test.
    if known is None or known[0] is not panel:
        known = (panel, cubes(panel, context.period))
        context.shared["cubes"] = known
    found: list[Cube] = known[1]
    return found


def newest_change(cube: Cube, context: Context) -> tuple[Linked, ChangeTest]:
    """Return the test of the newest period of one cube; worked out once for all temporal detectors."""
    # change and drift ask for the same fit, which takes most of the time of a report
    known: dict[Cube, tuple[Linked, ChangeTest]] = context.shared.setdefault("newest_change", {})
    if cube not in known:
        linked = linked_values(cube)
        known[cube] = (linked, newest_change_test(linked, context.settings, cube.season))
    return known[cube]


def relevant_on_link(cube: Cube, linked: Linked, settings: Settings) -> Array:
    """Return the smallest effect that matters on the link scale, shape (S,)."""
    relative = cube.relevant_effect(settings.relevant_effect)
    # A balance has no relative change, as it may be near 0: what matters is measured by the usual size of the
    # series.
    usual = np.nan_to_num(median(np.abs(cube.value).reshape(len(relative), -1), 1))
    return np.asarray(np.where(linked.kind == 0, relative * usual, np.log1p(relative)))
