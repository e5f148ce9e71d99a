"""Polygons made ready to be drawn: once per layer and scale, then taken from memory for every further map."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from itertools import pairwise
from typing import Any, cast

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from matplotlib.path import Path as DrawnPath
from shapely.errors import GEOSException

from regsam_geo.areas import CRS
from regsam_geo.errors import BoundaryError
from regsam_geo.look.pages import INCH, Box
from regsam_geo.maps.cells import areas_on_grid
from regsam_geo.text import problem

Extent = tuple[float, float, float, float]

FINEST = 0.04
"""Millimeters on paper below which a bend of a border cannot be seen."""
LEAST_BORDERED = 0.7
"""Millimeters of paper across the usual area under which borders would hide its color: it is drawn in points."""
POINTS_PER_INCH = 300
"""How close these points lie."""
MANY = 2_000
"""With more areas what is done with all their borders at once takes longer than to draw them."""
LEAST_PART = 2.0
"""Square millimeters on paper under which a separate part gets no thick outline: it would be a blot."""


@dataclass(frozen=True, eq=False)
class Ground:
    """One layer of areas at one scale.

    Attributes
    ----------
    ids
        The area ids.
    polygons
        Polygons, simplified as one coverage to what the scale can show.
    extent
        West, south, east, north in meters.
    meters
        Meters on the ground per millimeter of paper.
    """

    ids: pd.Index
    polygons: npt.NDArray[np.object_]
    extent: Extent
    meters: float

    @cached_property
    def paths(self) -> list[DrawnPath]:
        """One compound path per area."""
        return paths_of(self.polygons)

    @cached_property
    def cell(self) -> float:
        """Millimeters of paper across the usual area."""
        return float(np.median(np.sqrt(shapely.area(self.polygons)))) / self.meters

    @cached_property
    def points(self) -> npt.NDArray[np.int32]:
        """The position of the area, or -1, at each point of a grid over the extent."""
        west, south, east, north = self.extent
        step = INCH / POINTS_PER_INCH * self.meters
        size = (max(round((north - south) / step), 1), max(round((east - west) / step), 1))
        return areas_on_grid(self.polygons, (west, north), step, size)

    @cached_property
    def outline(self) -> Any:
        """The union of all areas."""
        return union_of(self.polygons)

    @cached_property
    def coarse(self) -> npt.NDArray[np.object_]:
        """Simpler polygons for finding places for labels."""
        simpler: npt.NDArray[np.object_] = shapely.simplify(self.polygons, 0.25 * self.meters)
        return simpler

    def lines_between(self, groups: npt.NDArray[np.object_]) -> list[npt.NDArray[np.float64]]:
        """Return the lines around groups of areas, each drawn once."""
        key = ("lines", *(str(group) for group in groups))
        if key not in self.memory:
            # one union: a border between two groups drawn twice would be thicker than at the rim
            large = _large_parts(self.united(groups).polygons, self.meters)
            borders = shapely.line_merge(shapely.union_all(shapely.boundary(large)))
            self.memory[key] = [shapely.get_coordinates(part) for part in shapely.get_parts(borders)]
        return cast("list[npt.NDArray[np.float64]]", self.memory[key])

    def united(self, groups: npt.NDArray[np.object_]) -> Ground:
        """Return groups of areas as one polygon each, by the name of the group."""
        key = ("united", *(str(group) for group in groups))
        if key not in self.memory:
            ids = pd.Index([group for group in dict.fromkeys(groups) if pd.notna(group)])
            polygons = [union_of(self.polygons[groups == group]) for group in ids]
            self.memory[key] = Ground(ids, np.array(polygons, dtype=object), self.extent, self.meters)
        return cast("Ground", self.memory[key])

    @cached_property
    def memory(self) -> dict[Any, Any]:
        """What was worked out for this layer and can be used again."""
        return {}


def checked_areas(areas: Any) -> gpd.GeoDataFrame:
    """Return areas in EPSG:25832 with text ids, or say what is wrong with them."""
    if not isinstance(areas, gpd.GeoDataFrame):
        raise problem(BoundaryError, "map_areas", found=type(areas).__name__)
    if not len(areas):
        raise problem(BoundaryError, "map_no_areas")
    if not areas.index.is_unique:
        raise problem(BoundaryError, "map_areas_twice", found=str(areas.index[areas.index.duplicated()][0]))
    if areas.crs is not None and areas.crs != CRS:
        areas = areas.to_crs(CRS)
    if areas.geometry.is_empty.any() or areas.geometry.isna().any():
        bad = areas.index[areas.geometry.is_empty | areas.geometry.isna()]
        raise problem(BoundaryError, "map_area_empty", found=str(bad[0]))
    return areas


_GROUNDS: dict[bytes, Ground] = {}


def prepared_ground(areas: gpd.GeoDataFrame, box: Box, margin: float = 0.0) -> Ground:
    """Return a layer made ready for a box of the page, from memory where it was made before."""
    polygons = areas.geometry.to_numpy()
    coordinates, index = shapely.get_coordinates(polygons, return_index=True)
    digest = blake2b(coordinates, digest_size=16)
    digest.update(index)
    digest.update(repr((list(areas.index), box.width, box.height, margin)).encode())
    # by content: a caller may load the same layer anew for every map
    key = digest.digest()
    if key not in _GROUNDS:
        # A notebook that draws all day must not keep every layer it has seen; the oldest goes first.
        if len(_GROUNDS) > 32:
            _GROUNDS.pop(next(iter(_GROUNDS)))
        extent = (*coordinates.min(axis=0), *coordinates.max(axis=0))
        meters = scale_for(extent, box, margin)
        # whoever brings polygons that overlap gets them drawn as they are
        ground = Ground(areas.index, polygons, tuple(float(edge) for edge in extent), meters)  # type: ignore[arg-type]
        if _is_worth_simplifying(ground, coordinates) and shapely.coverage_is_valid(polygons):
            ground = replace(ground, polygons=shapely.coverage_simplify(polygons, FINEST * meters))
        _GROUNDS[key] = ground
    return _GROUNDS[key]


def _is_worth_simplifying(ground: Ground, coordinates: npt.NDArray[np.float64]) -> bool:
    """Tell whether simpler borders save more than it takes to make them: of many areas where most bends go."""
    if len(ground.polygons) <= MANY:
        return len(ground.polygons) > 1
    # areas drawn in points have no borders to make simpler
    if ground.cell < LEAST_BORDERED:
        return False
    bends = np.hypot(*np.diff(coordinates, axis=0).T)
    return bool(np.median(bends) < FINEST * ground.meters)


def union_of(polygons: npt.NDArray[np.object_]) -> Any:
    """Return the union of polygons; of many quickly where they share their borders.

    Examples
    --------
    >>> union_of(np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])).area
    2.0
    """
    if len(polygons) <= MANY:
        return shapely.union_all(polygons)
    try:
        union = shapely.coverage_union_all(polygons)
    except GEOSException:
        return shapely.union_all(polygons)
    # What overlaps, or meets along borders with other bends, leaves parts that overlap or touch along a line.
    return union if shapely.is_valid(union) else shapely.union_all(polygons)


def scale_for(extent: Extent, box: Box, margin: float = 0.0) -> float:
    """Return the meters per millimeter at which an extent fills a box."""
    # a layer of one point has no extent; a meter keeps the scale finite
    wide = max(extent[2] - extent[0], 1.0) / max(box.width - 2 * margin, 1.0)
    high = max(extent[3] - extent[1], 1.0) / max(box.height - 2 * margin, 1.0)
    return float(max(wide, high))


def view_of(extent: Extent, meters: float, box: Box) -> Extent:
    """Return the view of a box around the middle of an extent, at a scale."""
    x, y = (extent[0] + extent[2]) / 2, (extent[1] + extent[3]) / 2
    wide, high = box.width * meters / 2, box.height * meters / 2
    return (x - wide, y - high, x + wide, y + high)


def _large_parts(polygons: npt.NDArray[np.object_], meters: float) -> npt.NDArray[np.object_]:
    """Return the parts of polygons that are larger than a blot of ink, or the largest if none is."""
    parts, owner = shapely.get_parts(polygons, return_index=True)
    # On paper, because a blot is a matter of the page: the same exclave deserves an outline on a map of its
    # district.
    size = shapely.area(parts) / meters**2
    largest = np.zeros(len(polygons))
    np.maximum.at(largest, owner, size)
    return np.asarray(parts[(size > LEAST_PART) | (size >= largest[owner])])


def path_of(polygon: Any) -> DrawnPath:
    """Return the compound path of a polygon with its holes and parts."""
    return paths_of(np.array([polygon], dtype=object))[0]


def paths_of(polygons: npt.NDArray[np.object_]) -> list[DrawnPath]:
    """Return the compound path of each polygon."""
    parts, owner = shapely.get_parts(polygons, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    vertices = shapely.get_coordinates(rings)
    # One path per area with holes and parts: drawn one by one, a hole would be filled.
    codes = np.full(len(vertices), DrawnPath.LINETO, dtype=DrawnPath.code_type)
    ends = np.cumsum(shapely.get_num_coordinates(rings))
    codes[np.r_[0, ends[:-1]]] = DrawnPath.MOVETO
    codes[ends - 1] = DrawnPath.CLOSEPOLY
    # where the vertices of each polygon end
    borders = np.r_[0, ends][np.searchsorted(owner[part], np.arange(len(polygons) + 1))]
    return [DrawnPath(vertices[i:j], codes[i:j]) for i, j in pairwise(borders)]


def hatching(polygon: Any, spacing: float, angle: float) -> list[npt.NDArray[np.float64]]:
    """Return parallel lines inside a polygon, on one grid for the whole map so that neighbors join up."""
    west, south, east, north = shapely.bounds(polygon)
    direction = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    across = np.array([-direction[1], direction[0]])
    corners = np.array([[west, south], [west, north], [east, south], [east, north]])
    reach, along = corners @ across, corners @ direction
    # Multiples of the spacing from the origin of the coordinates, so that lines of neighbors join.
    steps = np.arange(np.ceil(reach.min() / spacing), np.floor(reach.max() / spacing) + 1) * spacing
    # one spacing beyond both ends, so that no rounding leaves a gap at the border
    starts = steps[:, None] * across + (along.min() - spacing) * direction
    ends = steps[:, None] * across + (along.max() + spacing) * direction
    inside = shapely.intersection(shapely.linestrings(np.stack([starts, ends], axis=1)), polygon)
    parts = shapely.get_parts(inside[~shapely.is_empty(inside)])
    return [shapely.get_coordinates(part) for part in parts if part.geom_type == "LineString"]
