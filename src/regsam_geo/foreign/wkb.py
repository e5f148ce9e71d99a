"""Well-known binary: walked before GEOS reads it, which follows nested collections as deep as they go."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely

from regsam_geo.foreign.bounds import LIMIT_VARIABLE, bounds
from regsam_geo.foreign.refusal import RefusedFileError

_POLYGON, _MULTIPOLYGON = 3, 6
_OTHER = {
    1: "POINT (0 0)",
    2: "LINESTRING (0 0, 1 1)",
    4: "MULTIPOINT ((0 0))",
    5: "MULTILINESTRING ((0 0, 1 1))",
    7: "GEOMETRYCOLLECTION (POINT (0 0))",
}
_ARCS = range(8, 18)


def polygons_of_wkb(cells: Sequence[bytes | None]) -> npt.NDArray[np.object_]:
    """Return the polygons; another kind of geometry is a stand-in of its kind, without its coordinates.

    Raises
    ------
    RefusedFileError
        If one is damaged, or there are more rings or points than are read.
    """
    checked: list[bytes | None] = []
    others: dict[int, str] = {}
    left = _Left(bounds().rings, bounds().points)
    for number, cell in enumerate(cells):
        kind = None
        if cell:
            try:
                kind = _walk(bytes(cell), left)
            except (struct.error, IndexError):
                raise RefusedFileError("layer_unreadable", detail=f"WKB {number + 1}") from None
        checked.append(cell if kind in (_POLYGON, _MULTIPOLYGON) else None)
        if kind is not None and kind not in (_POLYGON, _MULTIPOLYGON):
            others[number] = _OTHER[kind]
    geometry = np.asarray(shapely.from_wkb(np.array([*checked, None], dtype=object)), dtype=object)[:-1]
    if others:
        # where the layer lies is asked before what it holds
        west, south, east, north = shapely.total_bounds(geometry)
        middle = (west + east) / 2, (south + north) / 2
        for number, text in others.items():
            stand_in = shapely.from_wkt(text)
            if np.isfinite(middle).all():
                stand_in = shapely.transform(stand_in, lambda points: points + middle)
            geometry[number] = stand_in
    return geometry


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


def _walk(cell: bytes, left: _Left) -> int:
    order, kind, size, at = _kind(cell, 0)
    if kind in _ARCS:
        raise RefusedFileError("layer_arcs")
    if kind == _POLYGON:
        _walk_polygon(cell, order, size, at, left)
    elif kind == _MULTIPOLYGON:
        (parts,) = struct.unpack_from(order + "I", cell, at)
        at += 4
        for _ in range(parts):
            order, inner, size, at = _kind(cell, at)
            if inner != _POLYGON:
                raise struct.error
            at = _walk_polygon(cell, order, size, at, left)
    elif kind not in _OTHER:
        raise struct.error
    return kind


def _walk_polygon(cell: bytes, order: str, size: int, at: int, left: _Left) -> int:
    (rings,) = struct.unpack_from(order + "I", cell, at)
    at += 4
    for _ in range(rings):
        (points,) = struct.unpack_from(order + "I", cell, at)
        left.take(1, points)
        at += 4 + 8 * size * points
        if at > len(cell):
            raise struct.error
    left.take(1, 0)  # an empty polygon is one too
    return at
