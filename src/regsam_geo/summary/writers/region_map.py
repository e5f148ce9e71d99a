"""The map of a profile: the region with its districts, its surroundings, and where it lies in the city."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.collections import PathCollection

from regsam_geo.areas.ids import numbered_name
from regsam_geo.look.pages import Box, PageFigure, axes_in
from regsam_geo.look.save import figure_bytes
from regsam_geo.look.theme import Theme, get_theme
from regsam_geo.maps.furniture import draw_scale_bar
from regsam_geo.maps.geometry import Ground, path_of, scale_for, view_of
from regsam_geo.maps.labels import draw_labels

FILL = "#c6dbe8"
WIDTH, HEIGHT = 84.0, 68.0
INSET = 24.0
LABELS = 9.3
"""Points; where there is no room they are set smaller, and none below seven."""
FINEST_BEND = 0.09
"""Millimeters on paper below which a bend is left out: the file stays small."""


def region_map_svg(areas: gpd.GeoDataFrame, districts: list[str], theme: str | Theme = "print") -> str:
    """Draw a region with its districts named and the neighbors numbered; the city small beside it."""
    look = get_theme(theme).with_(label_size=LABELS, small_size=7, region_width=1.6, margin=0)
    figure = PageFigure(look, size=(WIDTH, HEIGHT))
    inside = np.asarray(areas.index.isin(districts))
    _draw_region(figure, areas, inside, look)
    _draw_inset(figure, areas, inside, look)
    return figure_bytes(figure, "svg").decode("utf-8")


def _draw_region(figure: PageFigure, areas: gpd.GeoDataFrame, inside: np.ndarray, look: Theme) -> None:
    box = Box(0, 0, WIDTH - INSET - 3, HEIGHT)
    axes = axes_in(figure, box)
    polygons = areas.geometry.to_numpy()
    west, south, east, north = shapely.total_bounds(polygons[inside])
    extent = (float(west), float(south), float(east), float(north))
    meters = scale_for(extent, box, 4.0)
    view = view_of(extent, meters, box)
    visible = shapely.intersects(polygons, shapely.box(*view))
    polygons, inside, areas = polygons[visible], inside[visible], areas[visible]
    simple = shapely.coverage_simplify(polygons, FINEST_BEND * meters)
    axes.set_xlim(view[0], view[2])
    axes.set_ylim(view[1], view[3])
    paths = [path_of(polygon) for polygon in simple]
    axes.add_collection(
        PathCollection(
            paths,
            facecolors=[FILL if one else look.context for one in inside],
            edgecolors=["#6f7c86" if one else "#ffffff" for one in inside],
            linewidths=[0.7 if one else 0.9 for one in inside],
            joinstyle="round",
        ),
        autolim=False,
    )
    outline = path_of(shapely.union_all(simple[inside]))
    axes.add_collection(
        PathCollection([outline], facecolors="none", edgecolors=look.region_border, linewidths=1.5), autolim=False
    )
    # Labels stand in what is seen of an area, not in the middle of its hidden part.
    clipped = shapely.clip_by_rect(simple, *view)
    seen = ~shapely.is_empty(clipped)
    ground = Ground(areas.index[seen], clipped[seen], extent, meters)
    own = inside[seen]
    names, numbers = list(areas["name"][seen]), [str(area).lstrip("0") for area in areas.index[seen]]
    fills = [FILL if one else look.context for one in own]
    full = [
        numbered_name(str(area), name).replace("\N{NO-BREAK SPACE}", " ") if one else ""
        for area, name, one in zip(areas.index[seen], names, own, strict=True)
    ]
    placed = draw_labels(axes, ground, full, look, fills=fills, size=LABELS, reach=0)
    # a name that fits nowhere leaves its number; the text beside the map names the districts
    short = [number if i in placed.left_out else "" for i, number in enumerate(numbers)]
    draw_labels(axes, ground, short, look, fills=fills, size=LABELS)
    around = ["" if one else number for number, one in zip(numbers, own, strict=True)]
    draw_labels(axes, ground, around, look.with_(ink=look.soft_ink), fills=fills, size=LABELS, bold=False, reach=0)
    paper = axes_in(figure, figure.page)
    draw_scale_bar(paper, WIDTH - INSET, 1.5, meters, look, longest=18)


def _draw_inset(figure: PageFigure, areas: gpd.GeoDataFrame, inside: np.ndarray, look: Theme) -> None:
    box = Box(WIDTH - INSET, HEIGHT - INSET, INSET, INSET)
    axes = axes_in(figure, box)
    polygons = areas.geometry.to_numpy()
    extent = tuple(float(edge) for edge in shapely.total_bounds(polygons))
    meters = scale_for(extent, box)  # type: ignore[arg-type]
    view = view_of(extent, meters, box)  # type: ignore[arg-type]
    axes.set_xlim(view[0], view[2])
    axes.set_ylim(view[1], view[3])
    simple = shapely.coverage_simplify(polygons, FINEST_BEND * meters)
    city, region = (path_of(shapely.union_all(part)) for part in (simple, simple[inside]))
    axes.add_collection(
        PathCollection([city], facecolors=look.context, edgecolors="#9aa3aa", linewidths=0.5), autolim=False
    )
    axes.add_collection(PathCollection([region], facecolors=look.region_border, edgecolors="none"), autolim=False)
