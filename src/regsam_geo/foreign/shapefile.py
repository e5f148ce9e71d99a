"""Shapefiles: records of rings, and a table of fixed widths beside them."""

from __future__ import annotations

import codecs
import struct
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from regsam_geo.foreign.bounds import LIMIT_VARIABLE, bounds
from regsam_geo.foreign.refusal import RefusedFileError

_POLYGONS = {5, 15, 25}
_OTHER = {1: "Point", 11: "Point", 21: "Point", 3: "Line", 13: "Line", 23: "Line"}


def read_shapefile(
    parts: Mapping[str, bytes], encoding: str | None = None
) -> tuple[dict[str, list[Any]], npt.NDArray[np.object_], str | None]:
    """Read a shapefile from its parts by ending: ``.shp``, and ``.dbf``, ``.prj``, ``.cpg`` where they are.

    Raises
    ------
    RefusedFileError
        If it is damaged, or larger than what is read.
    """
    shapes = _shapes(parts[".shp"])
    columns: dict[str, list[Any]] = {}
    if ".dbf" in parts:
        columns, kept = _table(parts[".dbf"], encoding or _encoding(parts.get(".cpg")), len(shapes))
        shapes = [shape for shape, keep in zip(shapes, kept, strict=False) if keep]
    geometry = np.empty(len(shapes), dtype=object)
    geometry[:] = shapes
    crs = parts[".prj"].decode("utf-8", "replace") if ".prj" in parts else None
    return columns, geometry, crs


def _damaged(detail: str) -> RefusedFileError:
    return RefusedFileError("layer_unreadable", detail=f"Shapefile: {detail}")


def _shapes(content: bytes) -> list[shapely.Geometry | None]:
    if len(content) < 100 or content[:4] != b"\x00\x00\x27\x0a":
        raise _damaged("header")
    corner = struct.unpack_from("<2d", content, 36)
    limits = bounds()
    shapes: list[shapely.Geometry | None] = []
    rings = points = 0
    at = 100
    # how long the file is stands in its head, too, and is not believed
    while at + 12 <= len(content):
        _, words = struct.unpack_from(">2i", content, at)
        (kind,) = struct.unpack_from("<i", content, at + 8)
        end = at + 8 + 2 * words
        if words < 2 or end > len(content):
            raise _damaged(f"record {len(shapes) + 1}")
        if len(shapes) >= limits.areas:
            raise RefusedFileError(
                "layer_areas", found=len(shapes) + 1, expected=limits.areas, variable=LIMIT_VARIABLE
            )
        if kind in _POLYGONS:
            n_rings, n_points = struct.unpack_from("<2i", content, at + 44)
            start = at + 52 + 4 * n_rings
            # what a record states is held against its own end before arrays are made of it
            if n_rings < 0 or n_points < 0 or start + 16 * n_points > end:
                raise _damaged(f"record {len(shapes) + 1}")
            rings, points = rings + n_rings, points + n_points
            for what, found in (("rings", rings), ("points", points)):
                if found > (most := getattr(limits, what)):
                    raise RefusedFileError(f"layer_{what}", found=found, expected=most, variable=LIMIT_VARIABLE)
            starts = np.frombuffer(content, "<i4", n_rings, at + 52).astype(np.int64)
            xy = np.frombuffer(content, "<f8", 2 * n_points, start).reshape(-1, 2)
            shapes.append(_polygon(xy, starts, len(shapes) + 1))
        elif kind == 0:
            shapes.append(None)
        else:
            known = _OTHER.get(kind)
            there = struct.unpack_from("<2d", content, at + 12) if known == "Point" else corner
            point = shapely.Point(there)
            shapes.append(
                point if known == "Point"
                else shapely.LineString([corner, corner]) if known == "Line"
                else shapely.MultiPoint([point])
            )  # fmt: skip
        at = end
    return shapes


def _polygon(xy: npt.NDArray[np.float64], starts: npt.NDArray[np.int64], record: int) -> shapely.Geometry:
    ends = np.append(starts[1:], len(xy))
    if len(starts) and (starts[0] != 0 or (ends < starts).any() or ends.max() > len(xy)):
        raise _damaged(f"record {record}")
    rings = [xy[start:end] for start, end in zip(starts, ends, strict=True) if end - start >= 3]
    if not rings:
        return shapely.Polygon()
    lines = [shapely.linearrings(ring) for ring in rings]
    if len(lines) == 1:
        return shapely.polygons(lines[0])
    # what runs clockwise is land, what runs against it a hole in the smallest land around it
    ccw = np.asarray(shapely.is_ccw(np.array(lines, dtype=object)))
    land = [line for line, against in zip(lines, ccw, strict=True) if not against] or lines
    holes = [line for line, against in zip(lines, ccw, strict=True) if against] if len(land) < len(lines) else []
    inside: dict[int, list[shapely.Geometry]] = {number: [] for number in range(len(land))}
    alone: list[shapely.Geometry] = []
    areas = shapely.polygons(land)
    if len(land) == 1:
        inside[0] = holes
    elif holes:
        tree = shapely.STRtree(areas)
        sizes = shapely.area(areas)
        near = tree.query(shapely.polygons(holes))
        # boxes that all overlap would be tried pair by pair
        if near.shape[1] > bounds().crossings:
            raise RefusedFileError("layer_tangled", variable=LIMIT_VARIABLE)
        middles = shapely.point_on_surface(shapely.polygons(holes))
        around: dict[int, list[int]] = {}
        for hole, number in zip(*near.tolist(), strict=True):
            if shapely.intersects(areas[number], middles[hole]):
                around.setdefault(hole, []).append(number)
        for hole, line in enumerate(holes):
            if hole in around:
                inside[min(around[hole], key=lambda number: float(sizes[number]))].append(line)
            else:
                alone.append(line)
    parts = [shapely.polygons(line, inside[number] or None) for number, line in enumerate(land)]
    parts += [shapely.polygons(line) for line in alone]
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)


def _table(content: bytes, encoding: str | None, most: int) -> tuple[dict[str, list[Any]], list[bool]]:
    """Return the columns, and which of the records are not deleted."""
    if len(content) < 33:
        raise _damaged("dbf")
    rows, head, width = struct.unpack_from("<IHH", content, 4)
    fields = []
    offset = 1
    for at in range(32, min(head, len(content)) - 31, 32):
        if content[at] == 0x0D:
            break
        name = content[at : at + 11].split(b"\x00")[0]
        fields.append((name, chr(content[at + 11]), offset, content[at + 16], content[at + 17]))
        offset += content[at + 16]
    # the head may state four billion rows
    rows = min(rows, most, max(len(content) - head, 0) // max(width, 1))
    if width < 1 or offset > width:
        raise _damaged("dbf")
    table = np.frombuffer(content, np.uint8, rows * width, head).reshape(rows, width)
    # UTF-8 first: cp1252 takes almost any bytes and would hardly ever fail
    encodings = [encoding] if encoding else ["utf-8", "cp1252"]
    kept = (table[:, 0] != ord("*")).tolist()
    columns: dict[str, list[Any]] = {}
    for name, kind, start, length, decimals in fields:
        raw = table[table[:, 0] != ord("*"), start : start + length]
        cells = [bytes(row).strip(b" \x00") for row in raw]
        title = _decoded([name], encodings)[0]
        columns[title] = _typed(_decoded(cells, encodings), kind, decimals)
    return columns, kept


def _encoding(codepage: bytes | None) -> str | None:
    name = (codepage or b"").decode("ascii", "ignore").strip()
    name = f"cp{name}" if name.isdigit() else name
    try:
        # to Python zip and hex are encodings as well, and one of them unpacks
        return codecs.lookup(name).name if name and codecs.lookup(name)._is_text_encoding else None
    except (LookupError, ValueError):
        return None


def _decoded(cells: list[bytes], encodings: list[str]) -> list[str]:
    for encoding in encodings:
        try:
            return [cell.decode(encoding) for cell in cells]
        except (UnicodeDecodeError, ValueError):
            continue
    return [cell.decode(encodings[-1], "replace") for cell in cells]


def _typed(cells: list[str], kind: str, decimals: int) -> list[Any]:
    if kind in "NF":
        numbers = [_number(cell) for cell in cells]
        if decimals or kind == "F":
            return numbers
        return [int(n) if n is not None and n == n and abs(n) < 1 << 53 else n for n in numbers]
    if kind == "L":
        return [{"T": True, "Y": True, "F": False, "N": False}.get(cell.upper()) for cell in cells]
    return [cell or None for cell in cells]


def _number(cell: str) -> float | None:
    try:
        # dBASE fills a field with stars where the number did not fit
        return float(cell) if cell.strip("*") else None
    except ValueError:
        return None
