"""Polygons as shared arcs: every border is written once, whatever levels it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import shapely

Point = tuple[int, int]
Ring = list[Point]

DEGREES = 5
"""Decimals of the coordinates: 1e-5 degrees are 1.1 m from south to north and 0.7 m from west to east."""

SMALLEST_RING = 3
"""Points that a ring has at least."""


class Topology(NamedTuple):
    """Polygons of several levels over one set of arcs.

    Attributes
    ----------
    arcs
        Each a flat list ``[lat, lon, dlat, dlon, ...]`` in units of 1e-5 degrees: the first point, then steps.
    shapes
        For each level one entry per area: a list of polygons, each a list of rings, each a list of arc numbers;
        ``~n`` (that is ``-1 - n``) stands for arc ``n`` walked backwards.
    """

    arcs: list[list[int]]
    shapes: dict[str, list[list[list[list[int]]]]]


def simplify_coverage(areas: gpd.GeoDataFrame, tolerance: float) -> gpd.GeoDataFrame:
    """Simplify polygons together, so that shared borders stay shared; overlapping ones are left as they are.

    Parameters
    ----------
    areas
        Polygons in a projected CRS.
    tolerance
        In meters, as for ``shapely.coverage_simplify``; 0 for none.
    """
    polygons = areas.geometry.to_numpy()
    # Simplified one by one, neighbors would come apart along their border.
    if tolerance <= 0 or not shapely.coverage_is_valid(polygons):
        return areas
    return areas.set_geometry(
        gpd.GeoSeries(shapely.coverage_simplify(polygons, tolerance), index=areas.index, crs=areas.crs)
    )


def build_topology(levels: Mapping[str, gpd.GeoDataFrame], decimals: int = DEGREES) -> Topology:
    """Cut the borders of all levels into arcs that are shared.

    Parameters
    ----------
    levels
        Areas per level, with a CRS. Borders are shared where their vertices are equal.
    decimals
        Digits of a degree that are kept.
    """
    rounded = {name: _rings(areas, decimals) for name, areas in levels.items()}
    every_ring = [
        ring for shapes in rounded.values() for polygons in shapes for rings in polygons for ring in rings
    ]
    junctions = _junctions(every_ring)
    numbers: dict[tuple[Point, ...], int] = {}
    arcs: list[list[int]] = []

    def number(arc: tuple[Point, ...]) -> int:
        if arc in numbers:
            return numbers[arc]
        if arc[::-1] in numbers:
            return ~numbers[arc[::-1]]
        numbers[arc] = len(arcs)
        arcs.append(_steps(arc))
        return numbers[arc]

    shapes = {
        name: [
            [[[number(arc) for arc in _cut(ring, junctions)] for ring in rings] for rings in polygons]
            for polygons in level
        ]
        for name, level in rounded.items()
    }
    return Topology(arcs, shapes)


def _rings(areas: gpd.GeoDataFrame, decimals: int) -> list[list[list[Ring]]]:
    """Return for each area the rings of each polygon as whole points (lat, lon), without the closing one."""
    shapes = areas.geometry.to_crs("EPSG:4326").to_numpy()
    parts, area_of_part = shapely.get_parts(shapes, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    points, ring_of_point = shapely.get_coordinates(rings, return_index=True)
    # borders are equal only if their points are: whole numbers are, rounded fractions need not be
    whole = np.rint(points[:, ::-1] * 10**decimals).astype(np.int64)
    # the last of equal points in a row; the closing point ends its ring
    kept = np.flatnonzero((ring_of_point[1:] == ring_of_point[:-1]) & np.any(np.diff(whole, axis=0) != 0, axis=1))
    every = list(zip(*whole[kept].T.tolist(), strict=True))
    ends = np.searchsorted(ring_of_point[kept], np.arange(len(rings) + 1)).tolist()
    polygons: list[list[Ring]] = [[] for _ in parts]
    for part, (begin, end) in zip(part_of_ring.tolist(), pairwise(ends), strict=True):
        polygons[part].append(every[begin:end])
    found: list[list[list[Ring]]] = [[] for _ in shapes]
    for area, polygon in zip(area_of_part.tolist(), polygons, strict=True):
        # an islet smaller than the grid shrinks to a point or a line
        if polygon and len(polygon[0]) >= SMALLEST_RING:
            found[area].append([ring for ring in polygon if len(ring) >= SMALLEST_RING])
    return found


def _junctions(rings: Sequence[Ring]) -> set[Point]:
    """Return the points where other than two borders meet, over all levels."""
    if not rings:
        return set()
    points = np.array([point for ring in rings for point in ring], dtype=np.int64)
    # Over all levels at once, so that districts, regions and quarters can share their arcs.
    low = points.min(axis=0)
    wide = int(points[:, 1].max() - low[1]) + 1
    places, place = np.unique((points[:, 0] - low[0]) * wide + points[:, 1] - low[1], return_inverse=True)
    following = np.arange(1, len(points) + 1)
    ends = np.cumsum([len(ring) for ring in rings])
    following[ends - 1] = np.r_[0, ends[:-1]]
    pairs = np.concatenate([place * len(places) + place[following], place[following] * len(places) + place])
    met = np.bincount(np.unique(pairs) // len(places), minlength=len(places))
    lat, lon = np.divmod(places[met != 2], wide)
    return set(zip((lat + low[0]).tolist(), (lon + low[1]).tolist(), strict=True))


def _cut(ring: Ring, junctions: set[Point]) -> Iterator[tuple[Point, ...]]:
    """Cut a ring at its junctions; a ring without one starts at its smallest point, whoever walks it."""
    at = [index for index, point in enumerate(ring) if point in junctions]
    # From a point that does not depend on the polygon: else one ring, walked by two levels, would be two arcs.
    start = at[0] if at else ring.index(min(ring))
    turned = [*ring[start:], *ring[:start], ring[start]]
    begin = 0
    for index in range(1, len(turned)):
        if turned[index] in junctions or index == len(turned) - 1:
            yield tuple(turned[begin : index + 1])
            begin = index


def _steps(arc: Sequence[Point]) -> list[int]:
    steps = [*arc[0]]
    for (lat, lon), (next_lat, next_lon) in pairwise(arc):
        steps += (next_lat - lat, next_lon - lon)
    return steps
