"""The keys of a layer: which areas of Munich its polygons are, proved by ids, names and place together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from regsam_geo.areas.division import Division, official_ids
from regsam_geo.areas.ids import AreaId, Level
from regsam_geo.areas.keys import NUMBERED, contradictions, read_keys, refuse_contradictions, respell
from regsam_geo.areas.layers import CRS, SHIPPED_LEVELS, ShippedLevel, load_boundaries
from regsam_geo.text import say

MOST = 0.5
"""An id is believed if more than this share of the polygons lies where it says."""

SPELLINGS = 10
"""``1``, ``01``, ``01 Altstadt-Lehel``: nobody writes one area in more ways. A large layer need not be asked."""

IN_MEMORY = "GeoDataFrame"
"""Where a layer stands that comes from no file."""


def with_spelled_ids(layer: gpd.GeoDataFrame, level: str) -> gpd.GeoDataFrame:
    """Return a layer whose ids are spelled as those of its level; the same layer where they are already."""
    spelled = respell(layer.index, level)
    ids = [spelled[key] for key in layer.index]
    if all(isinstance(key, str) and key == text for key, text in zip(layer.index, ids, strict=True)):
        return layer
    return layer.set_axis(pd.Index(ids, name=layer.index.name or "area_id", dtype="str"))


def may_be_all(ids: Iterable[object], level: str) -> bool:
    """Tell whether there are few enough ids to be areas of a level all, each in up to ``SPELLINGS`` spellings.

    Examples
    --------
    >>> may_be_all(range(1, 26), "district"), may_be_all(range(100_000), "district")
    (True, False)
    """
    return len(set(ids)) <= SPELLINGS * len(official_ids(level))


def level_by_place(ids: Iterable[object], polygons: gpd.GeoSeries) -> Level | None:
    """Return the level that all ids are of, if the polygons lie where the ids say.

    Examples
    --------
    >>> from regsam_geo.areas import load_boundaries
    >>> districts = load_boundaries("district")
    >>> level_by_place(range(1, 26), districts.geometry), level_by_place(range(25, 0, -1), districts.geometry)
    ('district', None)
    """
    keys = list(ids)
    for level in cast("tuple[Level, ...]", NUMBERED):
        if not may_be_all(keys, level):
            continue
        found = read_keys(keys, level)
        if not found.refusals and not {area.level for area in found.areas.values()} - {level}:
            spelled = [found.areas[key].area_id for key in keys]
            if lie_there(spelled, polygons, level) is True:
                return level
    return None


def lie_there(
    ids: Iterable[str], polygons: gpd.GeoSeries, level: str, division: Division | None = None
) -> bool | None:
    """Tell whether polygons lie where the areas of their ids do; ``None`` where no place can tell.

    Polygons outside Munich contradict nothing: made maps carry the ids of districts too.
    """
    official = load_boundaries(cast("ShippedLevel", level), division).geometry
    # A point that surely lies inside, which a centroid of a bent area need not.
    points = polygons.representative_point().set_axis(pd.Index(list(ids), dtype="object"))
    points = points.set_crs(CRS) if points.crs is None else points.to_crs(CRS)
    common = points[points.index.isin(official.index)]
    # Nothing in common proves neither.
    if common.empty:
        return None
    inside = official.reindex(common.index).contains(common, align=False)
    if float(inside.mean()) > MOST:
        return True
    return False if common.within(official.union_all()).any() else None


def hold_to_names(layer: gpd.GeoDataFrame, ids: Iterable[str], level: str, where: str, id_column: str) -> bool:
    """Hold the ids of a layer to the names in it; return whether names speak for the ids.

    Polygons of one's own may be called as a district is, and have any number: they lie neither where their id says
    nor where their name does.

    Raises
    ------
    AreaError
        If names contradict the ids.
    """
    if level not in NUMBERED:
        return False
    areas = [AreaId(cast("Level", level), area_id) for area_id in ids]
    agree = False
    for column in layer.columns:
        if column == layer.active_geometry_name or layer[column].dtype.kind in "fiubcmM" or column == id_column:
            continue
        names = list(layer[column])
        found = contradictions(areas, names)
        # No contradiction is not agreement yet: a column without any name of an area speaks for nothing.
        if not found:
            known = read_keys({name for name in names if isinstance(name, str)}).areas.values()
            agree |= len(set(known) & set(areas)) > MOST * len(areas)
            continue
        named = {(one.area, one.name): one.named.area_id for one in found}
        by_name = [named.get((area, str(name)), area.area_id) for area, name in zip(areas, names, strict=True)]
        placed = layer.active_geometry_name is not None
        if placed and all(
            lie_there(keys, layer.geometry, level) is False for keys in ([a.area_id for a in areas], by_name)
        ):
            continue
        code = "hint.index_is_no_id" if where == IN_MEMORY else "hint.names_are_ids"
        mend = say(code, column=str(column))
        refuse_contradictions(areas, names, where=where, ids=id_column, column=str(column), mend=mend)
    return agree


def are_shipped(layer: gpd.GeoDataFrame, level: str, division: Division | None = None) -> bool:
    """Tell whether polygons are the city's as they are shipped: only then are they the city's work.

    Examples
    --------
    >>> from regsam_geo.areas import load_boundaries
    >>> districts = load_boundaries("district")
    >>> are_shipped(districts.head(3), "district"), are_shipped(districts.buffer(1).to_frame(), "district")
    (True, False)
    """
    # Without a system nobody knows where a layer lies.
    if level not in SHIPPED_LEVELS or layer.crs is None or not len(layer):
        return False
    official = load_boundaries(level, division).geometry
    if not set(layer.index) <= set(official.index):
        return False
    own: npt.NDArray[np.object_] = layer.to_crs(CRS).geometry.to_numpy()
    return bool(shapely.equals_exact(own, official.reindex(layer.index).to_numpy(), tolerance=0.01).all())
