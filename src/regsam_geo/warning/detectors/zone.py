"""Adjacent areas that change together, tested as one: the detector ``zone``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from regsam_geo.areas import Neighbors
from regsam_geo.indicators import Panel
from regsam_geo.warning.detectors.change import borrowed_clauses, tested_change
from regsam_geo.warning.detectors.newest_change import borrowed_by, newest_change, newest_changes, relevant_on_link
from regsam_geo.warning.schema.cube import Cube
from regsam_geo.warning.schema.detector import Context, Detector, Past
from regsam_geo.warning.schema.findings import as_findings, concat_findings
from regsam_geo.warning.statistics.robust import Array
from regsam_geo.warning.statistics.zones import Zones, ZoneTest, likeness, zone_test


def zone(panel: Panel, context: Context) -> pd.DataFrame:
    """Find adjacent areas that have changed in one direction: one row per series and area.

    ``details["areas"]`` names the areas of the pair or triple that an area belongs to. p is that of one area: that
    of the zone, times the number of its areas, so that a zone of three is not found three times.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> near = {"district": rg.neighbors(rg.load_boundaries("district"))}
    >>> found = zone(rg.load_sample().sel(["Hochbetagte", "Nichtdeutsche"]), Context("2024", near))
    >>> len(found), set(found["kind"])
    (50, {'zone'})
    """
    if not context.settings.zones:
        return concat_findings([])
    return concat_findings(
        [
            _findings_of_cube(cube, context)
            for cube, _, _ in newest_changes(panel, context)
            if cube.level in context.neighbors
        ]
    )


def zone_p(cube: Cube, context: Context) -> Array:
    """Return p alone of every cell: what the history of a warning asks for."""
    asked = context.settings.zones and cube.level in context.neighbors and cube.is_tested(context.period)
    # each area needs a past of its own
    asked = asked and len(cube.numbers) > cube.season + context.settings.min_history
    return _tested(cube, context)[1] if asked else np.full(cube.value[:, -1].shape, np.nan)


def zones_of(cube: Cube, neighbors: Neighbors) -> Zones:
    """Return the pairs and triples of the areas of a cube."""
    places = [cube.area_ids.get_indexer(neighbors.pairs[name]) for name in ("area_id", "neighbor_id")]
    pairs = np.column_stack(places)
    return Zones.of(pairs[(pairs >= 0).all(axis=1)], len(cube.area_ids))


def _tested(cube: Cube, context: Context) -> tuple[ZoneTest, Array, Zones]:
    """Return the zones of the newest period, and p of each area in them."""
    known: dict[Cube, tuple[ZoneTest, Array, Zones]] = context.shared.setdefault("zones", {})
    if cube in known:
        return known[cube]
    settings = context.settings
    linked, test = newest_change(cube, context)
    zones = zones_of(cube, context.neighbors[cube.level])
    relevant = settings.yearly_share * relevant_on_link(cube, linked, settings)
    _, p, enough = tested_change(linked, test, relevant, settings)
    se = np.where(test.se > 0, test.se, np.nan)
    # Without a past of its own an area has no scale that could be added to that of others.
    p = np.where(enough & np.isfinite(se), p, np.nan)
    beyond = np.sign(test.effect) * np.maximum(np.abs(test.effect) - relevant[:, None], 0.0) / se
    found = zone_test(
        np.where(np.isfinite(p), beyond, np.nan),
        relevant[:, None] / se,
        p,
        test.df,
        likeness(test.standard, zones),
        zones,
    )
    number = np.where(found.zone >= 0, np.append(zones.size, 1)[found.zone], 1)
    known[cube] = (found, np.minimum(found.p * number, 1.0), zones)
    return known[cube]


def _findings_of_cube(cube: Cube, context: Context) -> pd.DataFrame:
    linked, test = newest_change(cube, context)
    found, p, zones = _tested(cube, context)
    at, area = np.nonzero(np.isfinite(cube.value[:, -1]))
    effect = test.effect[at, area]
    expected = np.where(np.isfinite(test.effect), linked.back(linked.y[:, -1] - test.effect), np.nan)
    tested = np.isfinite(p[at, area])
    details: list[dict[str, Any]] = [{} for _ in at]
    names, values, usual = cube.area_ids.tolist(), cube.value[:, -1].tolist(), expected.tolist()
    borrowed = borrowed_by(cube, context)
    for place in np.flatnonzero(found.zone[at, area] >= 0):
        s, a = at[place], area[place]
        members = zones.members[found.zone[s, a], : zones.size[found.zone[s, a]]].tolist()
        origin = int(test.origin[s, a])
        details[place] = {
            "areas": [names[member] for member in members],
            "beside": [(names[m], values[s][m], usual[s][m]) for m in members if m != a],
            "before": float(cube.value[s, origin, a]),
            "before_period": cube.period_at(origin),
            "se": float(test.se[s, a]),
            "df": float(test.df[s, a]),
        }
        if borrowed is not None and not test.returns[s, a]:
            details[place]["related"] = borrowed.told(s, a, test.effect[s, a])
    return as_findings(
        pd.DataFrame(
            {
                **cube.labels(at, area),
                "period": context.period,
                "kind": "zone",
                "direction": np.where(tested, np.where(effect >= 0, "up", "down"), ""),
                "value": cube.value[at, -1, area],
                "expected": np.where(tested, expected[at, area], np.nan),
                "effect": effect,
                "p": p[at, area],
                "p_floor": np.where(tested, 0.0, np.nan),
                "reason": np.where(tested, "zone", "zone_short_history"),
                "details": pd.Series(details, dtype="object"),
            }
        )
    )


def _clauses(finding: Mapping[str, Any]) -> list[str]:
    return [f"zone.{finding['direction']}", *borrowed_clauses(finding)]


ZONE = Detector("zone", "temporal", zone, clauses=_clauses, past=Past(zone_p))
