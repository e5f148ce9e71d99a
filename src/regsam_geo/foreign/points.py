"""The points of a GeoPackage, read piece by piece."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from regsam_geo.foreign.bounds import bounds
from regsam_geo.foreign.content import read_content
from regsam_geo.foreign.geopackage import GeoPackage
from regsam_geo.foreign.refusal import RefusedFileError


@dataclass(frozen=True)
class PointLayer:
    """The one layer of a file: its columns, that of its points, and where they lie."""

    path: Path
    name: str
    columns: tuple[str, ...]
    geometry: str
    crs: str | None

    def read(self, columns: Sequence[str], rows: int) -> Iterator[pd.DataFrame]:
        """Return some columns and the points, as well-known binary, so many rows at a time."""
        with closing(_open(self.path)) as package:
            try:
                for cells in package.points(self.name, columns, rows):
                    yield pd.DataFrame(cells)
            except sqlite3.Error as error:
                # a damaged page is met when its rows are asked for
                raise ValueError(str(error)[:200]) from None


def open_points(path: Path) -> PointLayer:
    """Find the layer of a GeoPackage.

    Raises
    ------
    RefusedFileError
        If it is no GeoPackage, damaged, or holds several layers.
    """
    with closing(_open(path)) as package:
        if len(package.names) != 1:
            raise RefusedFileError(
                "points_layers", n=len(package.names), found=", ".join(package.names)[:200] or "–"
            )
        columns, geometry, crs = package.columns_of(package.names[0])
        return PointLayer(path, package.names[0], tuple(columns), geometry, crs)


def _open(path: Path) -> GeoPackage:
    wal = path.with_name(path.name + "-wal")
    if wal.is_file() and wal.stat().st_size:
        raise RefusedFileError("layer_in_use")
    try:
        return GeoPackage(read_content(path, bounds().layer_bytes))
    except sqlite3.Error as error:
        raise RefusedFileError("layer_unreadable", detail=str(error)[:200]) from None
