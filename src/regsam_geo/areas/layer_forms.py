"""Layers that say something wrong or too much: encodings, labels."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from regsam_geo.areas.ids import areas_named

ENCODINGS = ("utf-8", "cp1252")

_TWICE_ENCODED = re.compile(r"[ÃÂ][\x80-\xbf\u0152-\u2122]")


def read_in_right_encoding(read: Callable[[str | None], gpd.GeoDataFrame]) -> tuple[gpd.GeoDataFrame, str | None]:
    """Read a layer, again in another encoding where the file says a wrong one; the names of areas prove it.

    Returns
    -------
    tuple
        The layer, and the encoding that was taken in place of what the file says.
    """
    try:
        first = read(None)
    except UnicodeDecodeError:
        return read("cp1252"), "cp1252"
    if not _is_garbled(first):
        return first, None
    for encoding in ENCODINGS:
        try:
            other = read(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if not _is_garbled(other) and _known_names(other) >= _known_names(first):
            return other, encoding
    return first, None


def _texts(frame: gpd.GeoDataFrame) -> list[str]:
    columns = [frame[name] for name in frame.columns if name != frame.active_geometry_name]
    return [
        cell for column in columns if column.dtype.kind not in "fiub" for cell in column if isinstance(cell, str)
    ]


def _is_garbled(frame: gpd.GeoDataFrame) -> bool:
    return any(_TWICE_ENCODED.search(text) or "\N{REPLACEMENT CHARACTER}" in text for text in _texts(frame))


def _known_names(frame: gpd.GeoDataFrame) -> int:
    return sum(bool(areas_named(text)) for text in _texts(frame))


def without_labels(frame: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, int]:
    """Leave out points that only say where the label of a polygon stands; return how many these were.

    A point is one if it lies in a polygon of the layer: as a feature of its own, or beside its polygon.
    """
    geometry = frame.geometry.to_numpy(copy=True)
    left_out = 0
    for place, one in enumerate(geometry):
        if one is not None and one.geom_type == "GeometryCollection":
            parts = shapely.get_parts(one)
            polygons = [part for part in parts if part.geom_type in ("Polygon", "MultiPolygon")]
            if polygons and all(part.geom_type in ("Polygon", "MultiPolygon", "Point") for part in parts):
                geometry[place] = polygons[0] if len(polygons) == 1 else shapely.union_all(polygons)
                left_out += len(parts) - len(polygons)
    kinds = shapely.get_type_id(geometry)
    points, areas = np.flatnonzero(kinds == 0), np.flatnonzero(np.isin(kinds, [3, 6]))
    labels = (
        set(_inside(geometry[points], geometry[areas], points.tolist())) if len(points) and len(areas) else set()
    )
    kept = [place for place in range(len(geometry)) if place not in labels]
    result = frame.set_geometry(gpd.GeoSeries(geometry, index=frame.index, crs=frame.crs)).iloc[kept]
    return result.reset_index(drop=True), left_out + len(labels)


def _inside(points: Any, polygons: Any, places: Sequence[int]) -> list[int]:
    """Return the places of the points that lie in a polygon."""
    valid = [one if one.is_valid else one.buffer(0) for one in polygons]
    found, _ = shapely.STRtree(valid).query(points, predicate="within")
    return [int(places[at]) for at in np.unique(found)]
