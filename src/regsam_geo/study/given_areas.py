"""Which level the polygons that a user gives belong to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from regsam_geo.areas import Division, load_boundaries
from regsam_geo.areas.keys import match_keys, match_or_refuse
from regsam_geo.areas.layer_keys import IN_MEMORY, hold_to_names, lie_there, with_spelled_ids
from regsam_geo.areas.layers import SHIPPED_LEVELS
from regsam_geo.errors import BoundaryError
from regsam_geo.indicators import Panel
from regsam_geo.indicators.catalogue import KEY
from regsam_geo.text import problem


def are_areas(given: Any) -> bool:
    """Tell a layer of areas from figures that happen to have a geometry."""
    needed = {*KEY[:1], "area_id", "value"}
    return isinstance(given, gpd.GeoDataFrame) and not needed <= set(given.columns)


def given_layers(
    areas: gpd.GeoDataFrame | Mapping[str, gpd.GeoDataFrame] | None, panel: Panel, division: Division
) -> dict[str, gpd.GeoDataFrame]:
    """Return the polygons given, by level; the input is not changed."""
    if areas is None:
        return {}
    if isinstance(areas, gpd.GeoDataFrame):
        level = level_of_layer(areas, panel, division)
        return {level: _with_ids(areas, level)}
    if isinstance(areas, Mapping):
        layers = {level: _with_ids(layer, level) for level, layer in areas.items()}
        for level, layer in layers.items():
            keys = panel.data.loc[panel.data["level"] == level, "area_id"].unique()
            if len(keys):
                match_or_refuse(keys, layer.index, level, names_of(layer))
        return layers
    raise problem(BoundaryError, "map_areas", found=type(areas).__name__)


def _with_ids(areas: gpd.GeoDataFrame, level: str) -> gpd.GeoDataFrame:
    """Return a layer with the ids as the library writes them, under the name that every table has for them."""
    # after a dissolve the ids are called like the column that it was made by
    return with_spelled_ids(areas, level).rename_axis("area_id")


def names_of(layer: gpd.GeoDataFrame) -> pd.Series | None:
    """Return the names of the areas of a layer, by which figures may call them too."""
    return layer.get("name")


def strangers_of(panel: Panel, level: str, layer: gpd.GeoDataFrame) -> tuple[str, ...]:
    """Return the ids of a level that have figures but no polygon, as they are told on maps and in reports."""
    keys = panel.data.loc[panel.data["level"] == level, "area_id"].unique()
    return match_keys(keys, layer.index, level, names_of(layer)).strangers


def level_of_layer(areas: gpd.GeoDataFrame, panel: Panel, division: Division) -> str:
    """Return the level that polygons belong to by their ids, names and place; ``own`` for any others.

    A running number is no district number: polygons that lie in Munich, but not where the areas of their ids do,
    are the user's own, unless their names say the same as the ids.

    Raises
    ------
    AreaError
        If the names of the areas contradict their ids.
    """
    shared = {}
    for level in (level for level in panel.levels if level != "city"):
        known = set(panel.data.loc[panel.data["level"] == level, "area_id"].unique())
        shared[level] = len(known & set(with_spelled_ids(areas.iloc[:, :0], level).index))
    candidates = sorted((level for level in shared if shared[level]), key=lambda level: -shared[level])
    if not candidates:
        # the panel says nothing about these ids: they are a shipped level's only if all of them are
        candidates = [
            level
            for level in SHIPPED_LEVELS
            if areas.index.nunique() <= len(shipped := load_boundaries(level, division))
            and set(with_spelled_ids(areas.iloc[:, :0], level).index) <= set(shipped.index)
        ]
    for level in candidates:
        if level == "own":
            return level
        ids = [str(area_id) for area_id in with_spelled_ids(areas.iloc[:, :0], level).index]
        spoken_for = hold_to_names(areas, ids, level, IN_MEMORY, str(areas.index.name or "Index"))
        if spoken_for or lie_there(ids, areas.geometry, level, division) is not False:
            return level
    return "own"


def with_ids_of(panel: Panel, layers: Mapping[str, gpd.GeoDataFrame]) -> Panel:
    """Return a panel whose ids are spelled as those of the layers given; the same panel where they are already.

    Ids of one's own stand in the layer as they are printed; a table may call the areas by their names or have lost
    their zeros.
    """
    data = panel.data
    renamed = {}
    for level, layer in layers.items():
        keys = data.loc[data["level"] == level, "area_id"].unique()
        ids = np.asarray(layer.index.astype(str), dtype=object)
        match = match_keys(keys, ids, level, names_of(layer))
        for key, place in zip(keys, match.places, strict=True):
            if place >= 0 and ids[place] != key:
                renamed[level, key] = ids[place]
    if not renamed:
        return panel
    pairs = zip(data["level"], data["area_id"], strict=True)
    return Panel(data.assign(area_id=[renamed.get(pair, pair[1]) for pair in pairs]), panel.catalogue)
