"""KML: placemarks with polygons; links to other files are not followed, entities not expanded."""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

import numpy as np
import numpy.typing as npt
import shapely

from regsam_geo.foreign.bounds import LIMIT_VARIABLE, bounds
from regsam_geo.foreign.refusal import RefusedFileError

_DEEPEST = 100


class _Reader:
    """What expat calls for each tag."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.rows: list[dict[str, Any]] = []
        self.shapes: list[shapely.Geometry | None] = []
        self._row: dict[str, Any] | None = None
        self._parts: list[shapely.Geometry] = []
        self._rings: list[Any] = []
        self._others: list[shapely.Geometry] = []
        self._text: list[str] = []
        self._key = ""
        self._left = bounds().rings, bounds().points

    def begins(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        self.path.append(name)
        if len(self.path) > _DEEPEST:
            raise RefusedFileError("layer_unreadable", detail="nested too deeply")
        self._text = []
        if name == "Placemark":
            self._row, self._parts, self._others = {}, [], []
        elif name in ("Data", "SimpleData"):
            self._key = attributes.get("name", "")
        elif name == "Polygon":
            self._rings = []
        elif name in ("LineString", "Track"):
            self._others.append(shapely.LineString([(11.5, 48.1), (11.6, 48.2)]))

    def text(self, text: str) -> None:
        self._text.append(text)

    def ends(self, name: str) -> None:
        name = name.rpartition(":")[2]
        text = "".join(self._text).strip()
        self._text = []
        inside = self.path[-2] if len(self.path) > 1 else ""
        if self.path:
            self.path.pop()
        if self._row is None:
            return
        if (name == "SimpleData" or (name == "value" and inside == "Data")) and self._key:
            self._row[self._key] = text
        elif name in ("name", "description") and inside == "Placemark":
            # as GDAL calls them
            self._row[name.capitalize()] = text
        elif name == "coordinates" and inside == "Point":
            self._others.append(shapely.Point(_points(text)[0]))
        elif name == "coordinates" and inside == "LinearRing":
            self._rings.append(self._ring(text))
        elif name == "Polygon":
            self._parts.append(
                shapely.polygons(self._rings[0], self._rings[1:] or None) if self._rings else shapely.Polygon()
            )
        elif name == "Placemark":
            self._finish()

    def _ring(self, text: str) -> shapely.Geometry:
        points = _points(text)
        rings, left = self._left[0] - 1, self._left[1] - len(points)
        self._left = rings, left
        if rings < 0 or left < 0:
            what = "rings" if rings < 0 else "points"
            most = getattr(bounds(), what)
            raise RefusedFileError(f"layer_{what}", found=most + 1, expected=most, variable=LIMIT_VARIABLE)
        return shapely.linearrings(np.array(points, dtype=np.float64))

    def _finish(self) -> None:
        assert self._row is not None
        parts = [*self._parts, *self._others]
        if len(parts) == 1:
            shape = parts[0]
        elif self._others:
            shape = shapely.geometrycollections(parts)
        else:
            shape = shapely.multipolygons(parts) if parts else None
        if len(self.rows) >= bounds().areas:
            raise RefusedFileError(
                "layer_areas", found=len(self.rows) + 1, expected=bounds().areas, variable=LIMIT_VARIABLE
            )
        self.rows.append(self._row)
        self.shapes.append(shape)
        self._row = None


def read_kml(content: bytes) -> tuple[dict[str, list[Any]], npt.NDArray[np.object_], str | None]:
    """Read the polygons of all placemarks.

    Raises
    ------
    RefusedFileError
        If it declares entities, or is larger than what is read.
    """
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.begins
    parser.EndElementHandler = reader.ends
    parser.CharacterDataHandler = reader.text
    # entities that are made of each other would grow a thousandfold
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.Parse(content, True)
    titles = dict.fromkeys(title for row in reader.rows for title in row)
    if len(titles) * len(reader.rows) > 4 * bounds().points:
        raise RefusedFileError(
            "layer_cells",
            found=len(titles) * len(reader.rows),
            expected=4 * bounds().points,
            variable=LIMIT_VARIABLE,
        )
    geometry = np.empty(len(reader.shapes), dtype=object)
    geometry[:] = reader.shapes
    return {title: [row.get(title) for row in reader.rows] for title in titles}, geometry, "EPSG:4326"


def _points(text: str) -> list[list[float]]:
    return [[float(number) for number in point.split(",")[:2]] for point in text.split()]


def _no_doctype(*_: object) -> None:
    raise RefusedFileError("layer_unreadable", detail="DOCTYPE")
