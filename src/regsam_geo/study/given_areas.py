"""Which level the polygons that a user gives belong to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import geopandas as gpd
import pandas as pd

from regsam_geo.areas import CRS, ShippedLevel, load_boundaries
from regsam_geo.areas.layers import SHIPPED_LEVELS
from regsam_geo.errors import BoundaryError, InputError
from regsam_geo.indicators import Panel
from regsam_geo.indicators.catalogue import KEY
from regsam_geo.text import problem, shorten


def are_areas(given: Any) -> bool:
    """Tell a layer of areas from figures that happen to have a geometry."""
    needed = {*KEY[:1], "area_id", "value"}
    return isinstance(given, gpd.GeoDataFrame) and not needed <= set(given.columns)


def given_layers(
    areas: gpd.GeoDataFrame | Mapping[str, gpd.GeoDataFrame] | None, panel: Panel, scheme: pd.DataFrame
) -> dict[str, gpd.GeoDataFrame]:
    """Return the polygons given, by level; the input is not changed."""
    if areas is None:
        return {}
    if isinstance(areas, gpd.GeoDataFrame):
        return {level_of_layer(areas, panel, scheme): areas}
    if isinstance(areas, Mapping):
        for level, layer in areas.items():
            _check_ids(layer, level, panel)
        return dict(areas)
    raise problem(BoundaryError, "map_areas", found=type(areas).__name__)


def _check_ids(layer: gpd.GeoDataFrame, level: str, panel: Panel) -> None:
    """Say so if no polygon of a level has an id of the figures of this level."""
    known = set(panel.data.loc[panel.data["level"] == level, "area_id"])
    ids = set(layer.index.astype(str))
    if known and not ids & known:
        raise problem(
            InputError,
            "no_area_matches",
            found=shorten(sorted(ids), 3) or "–",
            expected=shorten(sorted(known), 3),
            levels=", ".join(panel.levels),
        )


def level_of_layer(areas: gpd.GeoDataFrame, panel: Panel, scheme: pd.DataFrame) -> str:
    """Return the level that polygons belong to by their ids and where they lie; ``own`` for any others."""
    ids = set(areas.index.astype(str))
    shared = {
        level: len(ids & set(panel.data.loc[panel.data["level"] == level, "area_id"]))
        for level in panel.levels
        if level != "city"
    }
    known = sorted((level for level in shared if shared[level]), key=lambda level: -shared[level])
    if not known:
        # the panel says nothing about these ids: they are a shipped level's only if all of them are
        known = [level for level in SHIPPED_LEVELS if ids <= set(load_boundaries(level, scheme).index)]
    for level in known:
        if level == "own" or not _lie_elsewhere(areas, level, scheme):
            return level
    return "own"


def _lie_elsewhere(areas: gpd.GeoDataFrame, level: str, scheme: pd.DataFrame) -> bool:
    """Tell whether polygons lie in Munich, but not where the areas of their ids do.

    So it is with own areas that are called 01 and 02: a running number is no district number. Polygons outside
    Munich contradict nothing: made maps carry the ids of districts too.
    """
    official = load_boundaries(cast("ShippedLevel", level), scheme).geometry
    points = areas.geometry.representative_point().set_axis(areas.index.astype(str))
    points = points.set_crs(CRS) if points.crs is None else points.to_crs(CRS)
    common = points[points.index.isin(official.index)]
    if common.empty or official.reindex(common.index).contains(common, align=False).any():
        return False
    return bool(common.within(official.union_all()).any())
