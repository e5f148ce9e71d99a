"""Areas too small for borders: every point of a fine grid has the color of the area that it lies in."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

AT_ONCE = 300_000
"""Vertices that are looked at together: as many as stay near the processor."""


def areas_on_grid(
    polygons: npt.NDArray[np.object_], corner: tuple[float, float], step: float, size: tuple[int, int]
) -> npt.NDArray[np.int32]:
    """Return for each point of a grid the position of the area that it lies in, -1 for none.

    Parameters
    ----------
    polygons
        The areas; of two that overlap the later one has the point.
    corner
        West and north edge of the grid.
    step
        Width of its squares; their middles are the points.
    size
        Numbers of rows, from north to south, and of columns.

    Examples
    --------
    >>> import shapely
    >>> areas_on_grid(np.array([shapely.box(0, 0, 2, 1), shapely.box(2, 0, 3, 2)]), (0, 2), 1, (2, 3)).tolist()
    [[-1, -1, 1], [0, 0, 1]]
    """
    rows, columns = size
    grid = np.full(rows * columns, -1, dtype=np.int32)
    each = np.cumsum(shapely.get_num_coordinates(polygons))
    ends = np.searchsorted(each, np.arange(AT_ONCE, each[-1] + AT_ONCE, AT_ONCE)) + 1 if len(each) else ()
    start = 0
    for end in np.unique(np.minimum(ends, len(polygons))):
        _fill(grid, polygons[start:end], start, corner, step, size)
        start = end
    return grid.reshape(rows, columns)


def _fill(
    grid: npt.NDArray[np.int32],
    polygons: Any,
    first: int,
    corner: tuple[float, float],
    step: float,
    size: tuple[int, int],
) -> None:
    """Write some areas into a grid: between an odd crossing of their borders with a row and the next one."""
    rows, columns = size
    at, row, area = _crossings(polygons, corner, step, rows)
    at = np.clip(at, 0, columns)
    # Within an area and row from west to east; a row that enters an area by one border leaves it by the next.
    order = np.argsort(area * rows + row + at / (2 * columns), kind="stable")
    left, right = np.ceil(at[order] - 0.5).astype(np.int64).reshape(-1, 2).T
    row, area = row[order][::2], area[order][::2]
    wide = right - left
    spots = np.repeat(row * columns + left - (np.cumsum(wide) - wide), wide) + np.arange(wide.sum())
    grid[spots] = np.repeat(area + first, wide)


def _crossings(
    polygons: Any, corner: tuple[float, float], step: float, rows: int
) -> tuple[Floats, Numbers, Numbers]:
    """Return where borders cross the rows of a grid: columns, rows and the areas that they belong to."""
    parts, owner = shapely.get_parts(polygons, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    x, y = (points[:, 0] - corner[0]) / step, (corner[1] - points[:, 1]) / step
    # the first row whose middle lies at or below a vertex: a border that ends in a middle is crossed once
    below = np.clip(np.ceil(y - 0.5), 0, rows).astype(np.int32)
    crossed = np.flatnonzero((below[1:] != below[:-1]) & (ring[1:] == ring[:-1]))
    upper = np.where(y[crossed] < y[crossed + 1], crossed, crossed + 1)
    lower = 2 * crossed + 1 - upper
    many = below[lower] - below[upper]
    area = owner[part[ring[crossed]]]
    upper, lower, area = (np.repeat(one, many) for one in (upper, lower, area))
    row = below[upper] + np.arange(len(upper)) - np.repeat(np.cumsum(many) - many, many)
    # From the upper end to the lower one, whichever area asks: both sides of a border agree to the last bit.
    share = (row + 0.5 - y[upper]) / (y[lower] - y[upper])
    return x[upper] + share * (x[lower] - x[upper]), row.astype(np.int64), area.astype(np.int64)
