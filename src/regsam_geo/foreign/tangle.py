"""How tangled polygons are: counted before GEOS is asked, which cannot be stopped once it has begun."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

from regsam_geo.foreign.bounds import LIMIT_VARIABLE, bounds
from regsam_geo.foreign.refusal import RefusedFileError

_USUAL_PAIRS = 24
"""Edges that lie close to an edge of a usual layer: those beside it, and the same of the neighboring area."""
_SAMPLE = 64
_STEP = 256
_CELL_SIZES = (2.0, 1.0)
"""Sides of the cells in which boxes are counted, in boxes: the first is the cheapest for most layers."""
_CELLS_OF_A_BOX = 4


def check_tangle(geometry: npt.NDArray[np.object_]) -> None:
    """Refuse polygons whose edges come close to each other so often that checking them would not end.

    What it costs to check, repair and compare polygons follows from the pairs of edges, and of stretches that run
    in one direction, whose boxes meet.

    Raises
    ------
    RefusedFileError
        If there are too many such pairs.
    """
    rings = shapely.get_rings(shapely.get_parts(geometry))
    points, owner = shapely.get_coordinates(rings, return_index=True)
    if len(points) < 1000:
        return  # at most half a million pairs
    within = owner[1:] == owner[:-1]
    start, end = points[:-1][within], points[1:][within]
    low, high = np.minimum(start, end), np.maximum(start, end)
    # stretches that keep their direction, as GEOS cuts them too
    east, north = (end > start).T
    turns = np.flatnonzero(
        np.concatenate(
            [[True], (east[1:] != east[:-1]) | (north[1:] != north[:-1]) | (np.diff(owner[1:][within]) != 0)]
        )
    )
    stretch_low, stretch_high = np.minimum.reduceat(low, turns), np.maximum.reduceat(high, turns)
    most = bounds().crossings
    for lows, highs in ((stretch_low, stretch_high), (low, high)):
        allowed = most + _USUAL_PAIRS * len(lows)
        if not _surely_few(lows, highs, allowed) and _pairs(lows, highs, allowed) is None:
            raise RefusedFileError("layer_tangled", variable=LIMIT_VARIABLE)


def _surely_few(low: npt.NDArray[np.float64], high: npt.NDArray[np.float64], most: int) -> bool:
    """Tell whether at most so many pairs of boxes meet; ``False`` may also mean that only ``_pairs`` can tell.

    Boxes that meet have a cell of any grid in common. So the pairs within its cells are at least as many, and
    usual layers are proved harmless without a tree.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        mean = (high - low).mean(axis=0)
        origin, extent = low.min(axis=0), np.ptp(np.vstack([low.min(axis=0), high.max(axis=0)]), axis=0)
    if not (np.isfinite(extent).all() and np.isfinite(mean).all() and (mean > 0).all()):
        return False
    for size in _CELL_SIZES:
        side = mean * size
        if (extent / side + 1).prod() > 2.0**62:
            return False
        first, last = (((corner - origin) / side).astype(np.int64) for corner in (low, high))
        columns, rows = (last - first + 1).T
        number = columns * rows
        if number.sum(dtype=np.float64) > _CELLS_OF_A_BOX * len(low):
            continue
        # one number for a cell: that of the first, and of those beside and above it
        tall = int(last[:, 1].max()) + 1
        cell = first[:, 0] * tall + first[:, 1]
        begin = np.repeat(cell, number)
        within = np.arange(len(begin)) - np.repeat(np.cumsum(number) - number, number)
        column, row = np.divmod(within, np.repeat(rows, number))
        cells = np.sort(begin + column * tall + row)
        ends = np.flatnonzero(np.concatenate([[True], cells[1:] != cells[:-1], [True]]))
        if int((np.diff(ends) ** 2).sum()) <= most:
            return True
    return False


def _pairs(low: npt.NDArray[np.float64], high: npt.NDArray[np.float64], most: int) -> int | None:
    """Count the pairs of boxes that meet; ``None`` if there are more than ``most``."""
    boxes = shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
    tree = shapely.STRtree(boxes)
    # some first, one by one: should each of them meet most others, the answer is known without counting all
    some = np.unique(np.linspace(0, len(boxes) - 1, _SAMPLE).astype(np.int64))
    if sum(len(tree.query(boxes[number])) for number in some) * len(boxes) > 4 * len(some) * most:
        return None
    total = 0
    # in steps, so that the list of all pairs never has to be held
    for begin in range(0, len(boxes), _STEP):
        total += tree.query(boxes[begin : begin + _STEP]).shape[1]
        if total > most:
            return None
    return total
