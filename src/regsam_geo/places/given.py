"""The areas that cases or places are counted into."""

from __future__ import annotations

from typing import NamedTuple, cast

import geopandas as gpd
import numpy as np
import shapely

from regsam_geo.areas import CRS, ShippedLevel, load_boundaries
from regsam_geo.areas.ids import is_official
from regsam_geo.areas.keys import NUMBERED
from regsam_geo.areas.layer_keys import lie_there, with_spelled_ids
from regsam_geo.errors import BoundaryError, OptionError
from regsam_geo.text import problem, shorten

MOST_OVERLAP = 0.01
"""Areas that share more of the smaller one than this are no parts of a city."""


class Given(NamedTuple):
    """Polygons with their ids, and the level that they are."""

    areas: gpd.GeoDataFrame
    level: str
    shipped: bool = False


def given_areas(areas: str | gpd.GeoDataFrame) -> Given:
    """Return the polygons of a level, or those given with the level that their ids and place say.

    Raises
    ------
    BoundaryError
        If they are no polygons, repeat an id or overlap.
    """
    if isinstance(areas, str):
        layer = load_boundaries(cast("ShippedLevel", areas))
        return Given(layer, areas, shipped=True)
    if not isinstance(areas, gpd.GeoDataFrame) or areas.active_geometry_name is None:
        raise problem(OptionError, "places_areas", found=type(areas).__name__)
    layer = areas if areas.crs is not None else areas.set_crs(CRS)
    if not layer.index.is_unique:
        raise problem(
            BoundaryError, "places_ids_twice", found=shorten(list(layer.index[layer.index.duplicated()]))
        )
    polygons = layer.geometry.to_numpy()
    if not len(layer) or not np.isin(shapely.get_type_id(polygons), (3, 6)).all():
        raise problem(BoundaryError, "places_polygons")
    _refuse_overlaps(layer)
    for level in NUMBERED:
        if all(is_official(str(one), level) for one in layer.index) and _lies_there(layer, level):
            return Given(layer.set_axis([str(one) for one in layer.index]).rename_axis("area_id"), level)
    for level in NUMBERED:
        spelled = with_spelled_ids(layer, level)
        official = all(is_official(str(one), level) for one in spelled.index)
        if official and _lies_there(spelled, level):
            return Given(spelled.rename_axis("area_id"), level)
    regions = load_boundaries("region")
    ids = [str(one) for one in layer.index]
    if set(ids) <= set(regions.index) and lie_there(ids, layer.geometry, "region"):
        return Given(layer.set_axis(ids).rename_axis("area_id"), "region")
    return Given(layer.set_axis(ids).rename_axis("area_id"), "own")


def _lies_there(layer: gpd.GeoDataFrame, level: str) -> bool:
    return lie_there([str(one) for one in layer.index], layer.geometry, level) is not False


def _refuse_overlaps(layer: gpd.GeoDataFrame) -> None:
    polygons = layer.geometry.to_numpy()
    if shapely.coverage_is_valid(polygons):
        return
    one, other = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    pair = one < other
    one, other = one[pair], other[pair]
    shared = shapely.area(shapely.intersection(polygons[one], polygons[other]))
    smaller = np.minimum(shapely.area(polygons[one]), shapely.area(polygons[other]))
    if (wrong := shared > MOST_OVERLAP * smaller).any():
        first = int(wrong.argmax())
        names = f"{layer.index[one[first]]}, {layer.index[other[first]]}"
        raise problem(BoundaryError, "places_overlap", n=int(wrong.sum()), found=names)
