"""Well-known binary: walked before GEOS reads it, which follows nested collections as deep as they go."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely

from regsam_geo.foreign.bounds import LIMIT_VARIABLE, bounds
from regsam_geo.foreign.refusal import RefusedFileError

_POINT, _LINE, _POLYGON = 1, 2, 3
_COLLECTIONS = (4, 5, 6, 7)
_ARCS = range(8, 18)
_DEEPEST = 3
"""A collection of multipolygons of polygons."""


def polygons_of_wkb(cells: Sequence[bytes | None]) -> npt.NDArray[np.object_]:
    """Return the geometries.

    Raises
    ------
    RefusedFileError
        If one is damaged, or there are more rings or points than are read.
    """
    left = _Left(bounds().rings, bounds().points)
    for number, cell in enumerate(cells):
        if cell:
            try:
                _walk(bytes(cell), 0, left, 0)
            except (struct.error, IndexError):
                raise RefusedFileError("layer_unreadable", detail=f"WKB {number + 1}") from None
    read = shapely.from_wkb(np.array([*(cell or None for cell in cells), None], dtype=object))
    return np.asarray(read, dtype=object)[:-1]


class _Left:
    """How many rings and points may still come."""

    def __init__(self, rings: int, points: int) -> None:
        self.rings = rings
        self.points = points

    def take(self, rings: int, points: int) -> None:
        self.rings -= rings
        self.points -= points
        if self.rings < 0 or self.points < 0:
            what = "rings" if self.rings < 0 else "points"
            most = getattr(bounds(), what)
            raise RefusedFileError(
                f"layer_{what}", found=most - getattr(self, what), expected=most, variable=LIMIT_VARIABLE
            )


def _kind(cell: bytes, at: int) -> tuple[str, int, int, int]:
    """Return byte order, kind, numbers of a point, and where the rest begins."""
    order = "<" if cell[at] == 1 else ">"
    (code,) = struct.unpack_from(order + "I", cell, at + 1)
    size = 2 + bool(code & 0x80000000) + bool(code & 0x40000000)
    start = at + 5 + (4 if code & 0x20000000 else 0)
    code &= 0x0FFFFFFF
    size += {0: 0, 1: 1, 2: 1, 3: 2}.get(code // 1000, 0)
    return order, code % 1000, size, start


def _walk(cell: bytes, at: int, left: _Left, depth: int) -> int:
    """Follow a geometry to its end and return where that is."""
    order, kind, size, at = _kind(cell, at)
    if kind in _ARCS:
        raise RefusedFileError("layer_arcs")
    if kind == _POINT:
        left.take(0, 1)
        at += 8 * size
    elif kind == _LINE:
        at = _walk_line(cell, order, size, at, left)
    elif kind == _POLYGON:
        (rings,) = struct.unpack_from(order + "I", cell, at)
        at += 4
        # the number is only stated: the first ring beyond the end ends the walk
        for _ in range(rings):
            at = _walk_line(cell, order, size, at, left)
        left.take(1, 0)  # an empty polygon is one too
    elif kind in _COLLECTIONS and depth < _DEEPEST:
        (parts,) = struct.unpack_from(order + "I", cell, at)
        at += 4
        for _ in range(parts):
            at = _walk(cell, at, left, depth + 1)
        left.take(1, 0)
    else:
        raise struct.error
    if at > len(cell):
        raise struct.error
    return at


def _walk_line(cell: bytes, order: str, size: int, at: int, left: _Left) -> int:
    (points,) = struct.unpack_from(order + "I", cell, at)
    left.take(1, points)
    at += 4 + 8 * size * points
    if at > len(cell):
        raise struct.error
    return at
