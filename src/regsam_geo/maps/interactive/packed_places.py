"""Places as a map file holds them: where they lie, what they are, and in which area each is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np

from regsam_geo.areas import CRS
from regsam_geo.look.theme import Theme
from regsam_geo.maps.interactive.packing import write_numbers
from regsam_geo.maps.place_drawing import MANY
from regsam_geo.maps.place_marks import PlacesGiven, Vertices, find_places

RADII = (6.0, 4.5)
"""Pixels of a mark, and of one among many."""


def pack_places(
    places: PlacesGiven, columns: Mapping[str, str] | None, layers: Mapping[str, gpd.GeoDataFrame], theme: Theme
) -> dict[str, Any]:
    """Return what the page reads of places."""
    found = find_places(places, columns, next(iter(layers.values())), theme)
    points = gpd.GeoSeries(found.points, crs=CRS).to_crs("EPSG:4326")
    at = np.round(np.column_stack([points.y, points.x]) * 1e5).astype(int)
    radius = RADII[len(found.x) > MANY]
    return {
        # a first point, then steps
        "at": write_numbers([int(step) for step in np.diff(at, axis=0, prepend=0).ravel()]),
        "kinds": found.kinds.tolist(),
        "names": list(found.names),
        "radius": radius,
        "categories": [
            {"name": one.name or found.title, "color": one.color, "d": _drawn(one.form, radius), "n": one.n}
            for one in found.categories
        ],
        "areas": {level: found.areas_of(areas).tolist() for level, areas in layers.items()},
        "note": found.note,
    }


def _drawn(form: Vertices, radius: float) -> str:
    """Return a mark as the path of a drawing, whose y goes down."""
    return "M" + "L".join(f"{x * radius:.1f} {-y * radius:.1f}" for x, y in form) + "Z"
