"""Which area a point lies in: a table of small cells, and an exact test where a border runs through a cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pyproj
import shapely

_CELLS = 1_500_000
"""About so many cells; over Munich they are 20 meters wide."""
_STEP = 1 / 4
"""Points on a border are taken so many cells apart; what lies between them is no farther than half of it."""
_HAIR = 1e-4
"""Part of a cell by which that is widened: for a border that is bent in the coordinates of the points."""
OUTSIDE = -1


class Located(NamedTuple):
    """The place of each point's area in the layer, -1 where it lies in none; and which lie on a border."""

    areas: npt.NDArray[np.int32]
    on_border: npt.NDArray[np.intp]


@dataclass(frozen=True)
class CellTable:
    """A grid over the areas, in the coordinates of the points.

    Attributes
    ----------
    cells
        For each cell the place of the area that holds all of it, -1 if none touches it, and from -2 on downwards
        the set of areas whose borders run through it. A frame of cells around all of them lies outside.
    sets
        These sets: places of areas in their order.
    polygons
        The areas, in coordinates of their own.
    system
        From the coordinates of the points to those of the areas; ``None`` where they are the same.
    """

    west: float
    south: float
    width: float
    height: float
    cells: npt.NDArray[np.int32]
    sets: tuple[tuple[int, ...], ...]
    polygons: npt.NDArray[np.object_]
    system: tuple[str, str] | None

    def locate(self, x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> Located:
        """Find the area of each point; of several, as on a border, the first of the layer.

        Coordinates have to be finite.
        """
        rows, columns = self.cells.shape
        column = np.clip((x - self.west) / self.width, 0, columns - 1).astype(np.int32)
        row = np.clip((y - self.south) / self.height, 0, rows - 1).astype(np.int32)
        row *= columns
        row += column
        areas = self.cells.ravel()[row]
        open_points = np.flatnonzero(areas < OUTSIDE)
        if not len(open_points):
            return Located(areas, open_points)
        which = OUTSIDE - 1 - areas[open_points]
        order = np.argsort(which.astype(np.uint16 if len(self.sets) < 65_536 else np.int64), kind="stable")
        open_points, which = open_points[order], which[order]
        east, north = x[open_points], y[open_points]
        if self.system is not None:
            east, north = _transformer(*self.system).transform(east, north)
        found, border = self._test(which, east, north)
        areas[open_points] = found
        return Located(areas, np.sort(open_points[border]))

    def _test(
        self, which: npt.NDArray[np.integer], x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.intp]]:
        """Test points, sorted by the set of their areas, against each of these."""
        found = np.full(len(which), OUTSIDE, dtype=np.int32)
        border: list[npt.NDArray[np.intp]] = []
        starts = _changes(which)
        for start, end in zip(starts, [*starts[1:], len(which)], strict=True):
            candidates = self.sets[which[start]]
            left = np.arange(start, end)
            for number, area in enumerate(candidates):
                # strictly inside, and not inside one before it
                inside = shapely.contains_xy(self.polygons[area], x[left], y[left])
                found[left[inside]] = area
                left = left[~inside]
                if not len(left):
                    break
                if number == len(candidates) - 1:
                    border.append(self._on_border(candidates, left, x, y, found))
        # in a layer that overlaps, a point inside a later area may lie on the border of an earlier one
        return found, np.concatenate(border) if border else np.empty(0, dtype=np.intp)

    def _on_border(
        self,
        candidates: tuple[int, ...],
        left: npt.NDArray[np.intp],
        x: npt.NDArray[np.float64],
        y: npt.NDArray[np.float64],
        found: npt.NDArray[np.int32],
    ) -> npt.NDArray[np.intp]:
        """Give points that are inside of none to the first area that they touch."""
        touched = []
        for area in candidates:
            on = shapely.intersects_xy(self.polygons[area], x[left], y[left])
            found[left[on]] = area
            touched.append(left[on])
            left = left[~on]
        return np.concatenate(touched)


_TRANSFORMERS: dict[tuple[str, str], pyproj.Transformer] = {}


def _transformer(source: str, target: str) -> pyproj.Transformer:
    if (source, target) not in _TRANSFORMERS:
        _TRANSFORMERS[source, target] = pyproj.Transformer.from_crs(source, target, always_xy=True)
    return _TRANSFORMERS[source, target]


def table_of_cells(areas: gpd.GeoSeries, crs: pyproj.CRS | None, cells: int = _CELLS) -> CellTable:
    """Make the table of some areas for points of a coordinate system.

    A border is followed in steps of a quarter of a cell, and every cell within half a step of one is tested
    exactly: so what a cell says without a test holds for every point in it. The other cells fall into parts that
    no border crosses; one exact test says where each part lies.
    """
    polygons = areas.geometry.to_numpy().copy()
    shapely.prepare(polygons)
    system = None
    if crs is not None and areas.crs is not None and crs != areas.crs:
        system = (crs.to_wkt(), areas.crs.to_wkt())
    lines, owners = _borders(polygons)
    west, south, east, north = _bounds(lines, system)
    side = max(np.sqrt(max((east - west) * (north - south), 1e-12) / cells), (east - west) / 20_000, 1e-9)
    side = max(side, (north - south) / 20_000)
    # degrees of longitude are shorter than those of latitude: cells are as wide as they are high on the ground
    width, height = side, side
    west, south = west - 2 * width, south - 2 * height
    columns = int(np.ceil((east - west) / width)) + 2
    rows = int(np.ceil((north - south) / height)) + 2
    at, of = _touched_cells(lines, owners, system, (west, south, width, height), (rows, columns))
    codes = np.zeros(rows * columns, dtype=np.int32)
    sets = _sets_of_cells(at, of, codes)
    part, first = _parts((codes == 0).reshape(rows, columns))
    centers_x = west + (first % columns + 0.5) * width
    centers_y = south + (first // columns + 0.5) * height
    if system is not None:
        centers_x, centers_y = _transformer(*system).transform(centers_x, centers_y)
    holder = np.full(len(first) + 1, OUTSIDE, dtype=np.int32)
    points, area = shapely.STRtree(polygons).query(shapely.points(centers_x, centers_y), predicate="intersects")
    # from the last area to the first, so that the first stays
    order = np.argsort(-area, kind="stable")
    holder[points[order]] = area[order]
    table = np.where(codes == 0, holder[part], codes).reshape(rows, columns)
    return CellTable(west, south, width, height, table, sets, polygons, system)


def _borders(polygons: npt.NDArray[np.object_]) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.intp]]:
    rings = shapely.boundary(polygons)
    lines, owners = shapely.get_parts(rings, return_index=True)
    return np.asarray(lines, dtype=object), np.asarray(owners, dtype=np.intp)


def _bounds(lines: npt.NDArray[np.object_], system: tuple[str, str] | None) -> tuple[float, float, float, float]:
    west, south, east, north = shapely.total_bounds(lines)
    if system is None:
        return float(west), float(south), float(east), float(north)
    back = _transformer(system[1], system[0])
    found = back.transform_bounds(west, south, east, north, densify_pts=101)
    return tuple(float(one) for one in found)  # type: ignore[return-value]


def _touched_cells(
    lines: npt.NDArray[np.object_],
    owners: npt.NDArray[np.intp],
    system: tuple[str, str] | None,
    grid: tuple[float, float, float, float],
    shape: tuple[int, int],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the cells that borders may run through, and whose border it is; each pair once."""
    west, south, width, height = grid
    rows, columns = shape
    points, line = shapely.get_coordinates(lines, return_index=True)
    start = np.flatnonzero(np.diff(line) == 0)
    ends = np.stack([points[start], points[start + 1]], axis=1)
    owner = owners[line[start]]
    if system is None:
        on_grid = ends
    else:
        back = _transformer(system[1], system[0])
        east, north = back.transform(ends[..., 0], ends[..., 1])
        on_grid = np.stack([east, north], axis=-1)
    span = np.abs(on_grid[:, 1] - on_grid[:, 0]) / (width, height)
    steps = np.ceil(span.max(axis=1) / _STEP).astype(np.int64) + 1
    pairs: list[npt.NDArray[np.int64]] = []
    # borders of a large country would be many millions of points at once
    for part in np.array_split(np.arange(len(steps)), max(int(steps.sum()) // 2_000_000 + 1, 1)):
        n = steps[part]
        segment = np.repeat(part, n + 1)
        share = (np.arange(len(segment)) - np.repeat(np.cumsum(n + 1) - (n + 1), n + 1)) / np.repeat(n, n + 1)
        between = ends[segment, 0] + share[:, None] * (ends[segment, 1] - ends[segment, 0])
        x, y = between[:, 0], between[:, 1]
        if system is not None:
            x, y = back.transform(x, y)
        u, v = (x - west) / width, (y - south) / height
        reach = _STEP / 2 + _HAIR
        for du in (-reach, reach):
            for dv in (-reach, reach):
                cell = np.floor(v + dv).astype(np.int64) * columns + np.floor(u + du).astype(np.int64)
                pair = cell * len(lines) + owner[segment]
                # most neighbors say the same: what is left is sorted in an eighth of the time
                pairs.append(pair[_changes(pair)])
    both = np.sort(np.concatenate(pairs))
    both = both[_changes(both)]
    cell, of = np.divmod(both, len(lines))
    assert not len(cell) or (cell.min() >= 0 and cell.max() < rows * columns)
    return cell, of


def _changes(values: npt.NDArray[np.integer]) -> npt.NDArray[np.intp]:
    """Return the places of values that differ from the one before them, that of the first among them."""
    differs = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=differs[1:])
    return np.flatnonzero(differs)


def _parts(free: npt.NDArray[np.bool_]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return the part of each free cell, and one cell of each part; other cells have a part of no meaning.

    Free cells side by side are one run; a run belongs to one above it that it touches, and so on upwards. A part
    may be found in several pieces: each is asked for by itself, and the answer is the same.
    """
    columns = free.shape[1]
    flat = free.ravel()
    begins = flat.copy()
    begins[1:] &= ~flat[:-1]
    # the frame is free all around: a run must not go on in the next row
    begins[::columns] = flat[::columns]
    run = np.cumsum(begins, dtype=np.int32) - 1
    starts = np.flatnonzero(begins)
    touching = np.flatnonzero(flat[columns:] & flat[:-columns]) + columns
    owner = run[touching]
    first = _changes(owner)
    above = np.arange(len(starts))
    above[owner[first]] = run[touching[first] - columns]
    while True:
        further = above[above]
        if np.array_equal(further, above):
            break
        above = further
    roots = np.flatnonzero(above == np.arange(len(starts)))
    number = np.full(len(starts) + 1, len(roots), dtype=np.intp)
    number[:-1] = np.searchsorted(roots, above)
    return number[np.where(flat, run, len(starts))], starts[roots]


def _sets_of_cells(
    at: npt.NDArray[np.int64], of: npt.NDArray[np.int64], codes: npt.NDArray[np.int32]
) -> tuple[tuple[int, ...], ...]:
    """Write the number of its set of areas into each cell with a border, and return the sets."""
    numbers: dict[tuple[int, ...], int] = {}
    cells, first, counts = np.unique(at, return_index=True, return_counts=True)
    listed = of.tolist()
    for cell, start, n in zip(cells.tolist(), first.tolist(), counts.tolist(), strict=True):
        one = tuple(listed[start : start + n])
        codes[cell] = OUTSIDE - 1 - numbers.setdefault(one, len(numbers))
    return tuple(numbers)
