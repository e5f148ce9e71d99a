"""The small map that says where in the city a part of it lies."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from regsam_geo.areas import Division, load_boundaries
from regsam_geo.look.pages import Box, axes_in
from regsam_geo.look.theme import Theme
from regsam_geo.maps.area_drawing import draw_areas, draw_outlines, prepare
from regsam_geo.maps.geometry import FINEST, Ground
from regsam_geo.maps.map_page import Layout

WIDTH = 42.0
"""Width of the small map in millimeters."""
LARGEST = 0.6
"""Share of the city's width times height from which a map shows the city itself."""
BEYOND = 0.05
"""Share of the city's width and height by which areas may lie outside it and still belong to it."""


def city_around(layer: gpd.GeoDataFrame, division: Division | None = None) -> gpd.GeoDataFrame | None:
    """Return the districts of Munich, with their regions, if the areas are a part of the city, otherwise ``None``.

    A map that fills most of the city needs no second one, and areas elsewhere have no place in it.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> districts = rg.load_boundaries("district")
    >>> city_around(districts) is None, city_around(districts.iloc[:4]) is None
    (True, False)
    """
    city = load_boundaries("district", division)
    west, south, east, north = city.total_bounds
    wide, high = BEYOND * (east - west), BEYOND * (north - south)
    left, bottom, right, top = layer.total_bounds
    inside = left >= west - wide and bottom >= south - high and right <= east + wide and top <= north + high
    # By extent and not by surface: two far ends of the city are a map of the city.
    small = (right - left) * (top - bottom) < LARGEST * (east - west) * (north - south)
    return city if inside and small else None


def inset_room(layout: Layout) -> tuple[Box, Layout]:
    """Return where the small map of the city stands, and the layout that is left."""
    width = min(WIDTH, 0.6 * layout.corner.width)
    height = 0.78 * width
    if layout.aside is None:
        box = Box(layout.corner.x, layout.corner.top + 2.0, width, height)
        return box, layout._replace(legend=layout.legend.cut_bottom(height + 2.0, 2.0)[1])
    box = Box(layout.aside.right - width, layout.aside.top - height, width, height)
    return box, layout._replace(aside=layout.aside.cut_top(height, 3.0)[1])


def draw_inset(layout: Layout, layer: gpd.GeoDataFrame, city: gpd.GeoDataFrame, look: Theme) -> Layout:
    """Draw the city with the areas dark in it, beside the legend, and return the layout that is left."""
    box, left = inset_room(layout)
    axes = axes_in(layout.figure, box)
    ground = prepare(axes, city)
    small = look.with_(border="#ffffff", border_width=0.25, region_width=0.7)
    draw_areas(axes, ground, "#cfd2d4", small, label="context")
    # at the size of a stamp no bend of a border can be seen
    polygons = shapely.simplify(layer.geometry.to_numpy(), FINEST * ground.meters)
    part = np.array([shapely.union_all(polygons)], dtype=object)
    dark = look.with_(border=look.accent, border_width=0.4)
    draw_areas(
        axes, Ground(layer.index[:1], part, ground.extent, ground.meters), look.accent, dark, label="context"
    )
    if "region_id" in city:
        regions = city["region_id"].to_numpy(dtype=object)
        draw_outlines(axes, ground, np.where(regions == "", np.array(None), regions), small)
    return left
