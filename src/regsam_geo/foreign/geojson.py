"""GeoJSON, read as JSON and nothing else."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
import shapely.geometry

from regsam_geo.foreign.bounds import LIMIT_VARIABLE, bounds
from regsam_geo.foreign.refusal import RefusedFileError

Layer = tuple[dict[str, list[Any]], npt.NDArray[np.object_], str | None]
_NAMED_CRS = re.compile(r"^(?:urn:ogc:def:crs:)?(EPSG|OGC)(?::[\d.]*)?:{1,2}(CRS84|\d{4,6})$", re.IGNORECASE)
_GEOMETRIES = {"Point", "MultiPoint", "LineString", "MultiLineString", "GeometryCollection"}


def read_geojson(content: bytes, stem: str) -> tuple[str, Callable[[], Layer]]:
    """Return the name of the layer, and what reads it.

    Raises
    ------
    RefusedFileError
        If it is another kind of JSON, or holds more brackets than a layer of the largest size.
    """
    limits = bounds()
    # before it is parsed: each bracket becomes an object
    for sign, most in ((b"[", 2 * limits.points), (b"{", 20 * limits.areas), (b",", 12 * limits.points)):
        if (found := content.count(sign)) > most:
            raise RefusedFileError("layer_points", found=found, expected=limits.points, variable=LIMIT_VARIABLE)
    document = _parsed(content)
    kind = document.get("type") if isinstance(document, dict) else None
    if kind == "FeatureCollection" and isinstance(document.get("features"), list):
        features = document["features"]
    elif kind == "Feature":
        features = [document]
    elif kind in ("Polygon", "MultiPolygon"):
        features = [{"properties": {}, "geometry": document}]
    else:
        raise RefusedFileError("layer_kind", found=f"JSON {kind}"[:80] if isinstance(kind, str) else "JSON")
    if len(features) > limits.areas:
        raise RefusedFileError("layer_areas", found=len(features), expected=limits.areas, variable=LIMIT_VARIABLE)
    name = document.get("name")
    named = name if isinstance(name, str) and name else stem
    return named, lambda: _layer(features, _crs(document))


def _parsed(content: bytes) -> Any:
    """Parse JSON without looking for garbage in between: parsing makes none, and millions of lists to look at."""
    looks = gc.isenabled()
    gc.disable()
    try:
        return json.loads(content)
    finally:
        if looks:
            gc.enable()


def _crs(document: dict[str, Any]) -> str | None:
    # the standard (RFC 7946) knows no other system
    if "crs" not in document:
        return "EPSG:4326"
    crs = document["crs"]
    if crs is None:
        return None
    name = crs.get("properties", {}).get("name") if isinstance(crs, dict) else None
    found = _NAMED_CRS.match(name) if isinstance(name, str) else None
    # a link would have to be asked for in the network
    if found is None:
        raise RefusedFileError("layer_grids")
    return "EPSG:4326" if found[2].upper() == "CRS84" else f"EPSG:{found[2]}"


def _layer(features: list[Any], crs: str | None) -> Layer:
    titles: dict[str, None] = {}
    rows = []
    for feature in features:
        properties = feature.get("properties") or {}
        row = dict(properties)
        if "id" in feature and "id" not in row and isinstance(feature["id"], str | int):
            row["id"] = feature["id"]
        titles.update(dict.fromkeys(row))
        rows.append(row)
    # a title of its own in each of many features would make a table of their square
    most = 4 * bounds().points
    if len(titles) * len(rows) > most:
        raise RefusedFileError(
            "layer_cells", found=len(titles) * len(rows), expected=most, variable=LIMIT_VARIABLE
        )
    columns = {str(title): _column([row.get(title) for row in rows]) for title in titles}
    geometry = np.empty(len(features), dtype=object)
    for number, feature in enumerate(features):
        geometry[number] = _geometry(feature.get("geometry"))
    return columns, geometry, crs


def _column(cells: list[Any]) -> list[Any]:
    """Return cells of one type: what is nested is text, and so is a number beside texts."""
    cells = [json.dumps(cell, ensure_ascii=False) if isinstance(cell, dict | list) else cell for cell in cells]
    if any(isinstance(cell, str) for cell in cells):
        return [cell if cell is None or isinstance(cell, str) else str(cell) for cell in cells]
    return [float(cell) if isinstance(cell, int) and abs(cell) >= 1 << 62 else cell for cell in cells]


def _geometry(described: Any) -> shapely.Geometry | None:
    if described is None:
        return None
    kind = described["type"]
    if kind == "Polygon":
        return _polygon(described["coordinates"])
    if kind == "MultiPolygon":
        return shapely.MultiPolygon([_polygon(rings) for rings in described["coordinates"]])
    if kind in _GEOMETRIES:
        return shapely.geometry.shape(described)
    raise ValueError(str(kind)[:80])


def _polygon(rings: list[Any]) -> shapely.Geometry:
    lines = [shapely.linearrings(_points(ring)) for ring in rings if ring]
    return shapely.polygons(lines[0], lines[1:] or None) if lines else shapely.Polygon()


def _points(ring: list[Any]) -> npt.NDArray[np.float64]:
    try:
        points = np.array(ring, dtype=np.float64)
    except ValueError:  # some with a height, some without
        points = np.array([point[:2] for point in ring], dtype=np.float64)
    return points[:, :2]
