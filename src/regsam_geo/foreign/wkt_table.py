"""Polygons as text in a column of a table."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from regsam_geo.foreign.bounds import LIMIT_VARIABLE, bounds
from regsam_geo.foreign.refusal import RefusedFileError

_WKT = re.compile(
    r"^\s*(?:SRID=(\d{4,6});)?\s*((?:MULTI)?POLYGON\b[^A-Za-z]*(?:[ZM]{1,2}\b[^A-Za-z]*)?)$", re.IGNORECASE
)


def read_wkt_table(content: bytes) -> tuple[dict[str, list[Any]], npt.NDArray[np.object_], str | None] | None:
    """Read a table with a column of polygons as text; ``None`` where it has none.

    Raises
    ------
    RefusedFileError
        If it holds more rings or points than are read.
    """
    limits = bounds()
    for what, sign, most in (("points", b",", 4 * limits.points), ("rings", b"(", 3 * limits.rings)):
        if (found := content.count(sign)) > most:
            raise RefusedFileError(
                f"layer_{what}", found=found, expected=getattr(limits, what), variable=LIMIT_VARIABLE
            )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    # commas within quotes are those of the polygons
    bare = re.sub(r'"[^"]*"', "", text[:100_000].split("\n", 1)[0])
    delimiter = max(";,\t|", key=bare.count)
    longest = csv.field_size_limit(max(len(text), 131_072))  # a polygon has more signs than the module expects
    try:
        header, *rows = [line for line in csv.reader(_lines(text), delimiter=delimiter) if any(line)]
    except (csv.Error, ValueError):
        return None
    finally:
        # the setting is that of the whole process: others get back theirs
        csv.field_size_limit(longest)
    places = [at for at in range(len(header)) if any(len(row) > at and _WKT.match(row[at]) for row in rows[:20])]
    if not places:
        return None
    if len(rows) > limits.areas:
        raise RefusedFileError("layer_areas", found=len(rows), expected=limits.areas, variable=LIMIT_VARIABLE)
    rows = [[*row, *[""] * (len(header) - len(row))][: len(header)] for row in rows]
    found_in = [_WKT.match(row[places[0]]) for row in rows]
    geometry = np.asarray(shapely.from_wkt([one[2] if one else None for one in found_in]), dtype=object)
    columns = {title: [row[at] for row in rows] for at, title in enumerate(header) if at != places[0]}
    codes = {one[1] for one in found_in if one and one[1]}
    return columns, geometry, f"EPSG:{codes.pop()}" if len(codes) == 1 else None


def _lines(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end
