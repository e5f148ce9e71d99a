"""GeoPackage: a database, of which stored tables are read and nothing that would have to be run."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from regsam_geo.foreign.bounds import LIMIT_VARIABLE, MEGABYTE, bounds
from regsam_geo.foreign.refusal import RefusedFileError
from regsam_geo.foreign.wkb import polygons_of_wkb

_ALLOWED = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_PRAGMA,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_TRANSACTION,
}
# none that loads code or reads files, as load_extension does
_FUNCTIONS = {"length", "count", "sum", "coalesce", "typeof", "lower"}
_SYSTEM = ("gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys")
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_LONGEST_CELL = 64 * MEGABYTE


class GeoPackage:
    """The layers of a GeoPackage.

    Raises
    ------
    RefusedFileError
        If what should be a table is a query, or the file is no GeoPackage.
    sqlite3.Error
        If it is damaged, or takes too long.
    """

    def __init__(self, content: bytes) -> None:
        # a database that another program holds open reads the same without its journal
        if content[18:20] == b"\x02\x02":
            content = content[:18] + b"\x01\x01" + content[20:]
        # in memory: SQLite opens no file then, and none that would lie beside it
        self._base = sqlite3.connect(":memory:", check_same_thread=False)
        try:
            self._open(content)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the database; it is read no more."""
        self._base.close()

    def _open(self, content: bytes) -> None:
        self._base.deserialize(content)
        self._ends = time.monotonic() + bounds().seconds
        base = self._base
        base.text_factory = lambda text: text.decode("utf-8", "replace")
        # a schema is a stranger's text too: what it calls by itself is not run
        base.execute("PRAGMA trusted_schema = OFF")
        # recommended for files from outside: damaged pages are noticed before they are followed
        base.execute("PRAGMA cell_size_check = ON")
        base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_CELL)
        base.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, 1_000_000)
        base.setlimit(sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 100)
        # ATTACH would open any file by its name
        base.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        # a query that has begun could not be ended from here otherwise
        base.set_progress_handler(lambda: int(time.monotonic() > self._ends), 10_000)
        # last, as it would forbid the settings above
        base.set_authorizer(_may)
        self._tables = {
            str(name).lower(): str(text or "")
            for kind, name, text in base.execute("SELECT type, name, sql FROM sqlite_master")
            if kind == "table"
        }
        for name in _SYSTEM[:2]:
            if name not in self._tables:
                raise RefusedFileError("layer_none")
        for name in _SYSTEM:
            if name in self._tables:
                self._check(name)
        found = base.execute(
            "SELECT c.table_name, g.column_name, g.srs_id FROM gpkg_contents AS c JOIN gpkg_geometry_columns AS g "
            "ON lower(c.table_name) = lower(g.table_name) WHERE lower(c.data_type) = 'features' LIMIT 1001"
        ).fetchall()
        self._layers = {str(name): (str(column), srs) for name, column, srs in found}
        self.names = tuple(self._layers)

    def _check(self, name: str) -> list[str]:
        """Return the columns of a stored table; a query, a virtual table and computed columns are not run."""
        text = self._tables.get(name.lower())
        if text is None or text.lstrip().upper().startswith("CREATE VIRTUAL"):
            raise RefusedFileError("layer_query", found=name[:80])
        columns = self._base.execute(f"PRAGMA table_xinfo({_quoted(name)})").fetchall()
        if any(column[6] for column in columns):
            raise RefusedFileError("layer_query", found=name[:80])
        return [str(column[1]) for column in columns]

    def read(self, name: str) -> tuple[dict[str, list[Any]], npt.NDArray[np.object_], str | None]:
        """Return columns, polygons and coordinate system of a layer."""
        self._ends = time.monotonic() + bounds().seconds
        column, srs = self._layers[name]
        titles = self._check(name)
        if column not in titles:
            raise RefusedFileError("layer_none")
        limits = bounds()
        (rows,) = self._base.execute(f"SELECT count(*) FROM {_quoted(name)}").fetchone()
        if rows > limits.areas:
            raise RefusedFileError("layer_areas", found=rows, expected=limits.areas, variable=LIMIT_VARIABLE)
        wanted = ", ".join(map(_quoted, titles))
        cells = self._base.execute(f"SELECT {wanted} FROM {_quoted(name)}").fetchall()
        columns = dict(zip(titles, map(list, zip(*cells, strict=True)), strict=True)) if cells else {}
        shapes = columns.pop(column, [])
        geometry = polygons_of_wkb([_bare(shape) for shape in shapes])
        keys = {title for title in columns if self._is_key(name, title)}
        return {title: cells for title, cells in columns.items() if title not in keys}, geometry, self._crs(srs)

    def columns_of(self, name: str) -> tuple[list[str], str, str | None]:
        """Return the columns of a layer without its geometry, that of its geometry, and its coordinate system."""
        column, srs = self._layers[name]
        titles = self._check(name)
        if column not in titles:
            raise RefusedFileError("layer_none")
        return [title for title in titles if title != column], column, self._crs(srs)

    def points(self, name: str, titles: Sequence[str], rows: int) -> Iterator[dict[str, Any]]:
        """Return some columns and the shapes of a layer as well-known binary, so many rows at a time."""
        column, _ = self._layers[name]
        stored = self._check(name)
        if column not in stored or not set(titles) <= set(stored):
            raise RefusedFileError("layer_none")
        self._ends = time.monotonic() + bounds().seconds * 60
        wanted = ", ".join(map(_quoted, [*titles, column]))
        cursor = self._base.execute(f"SELECT {wanted} FROM {_quoted(name)}")
        while cells := cursor.fetchmany(rows):
            found: dict[str, Any] = dict(zip([*titles, column], map(list, zip(*cells, strict=True)), strict=True))
            found[column] = [_bare(shape) for shape in found[column]]
            yield found

    def _is_key(self, name: str, title: str) -> bool:
        """Return whether a column only numbers the rows; GDAL calls it fid and shows it to nobody."""
        info = self._base.execute(f"PRAGMA table_info({_quoted(name)})").fetchall()
        return any(row[1] == title and row[5] and str(row[2]).upper() == "INTEGER" for row in info)

    def _crs(self, number: Any) -> str | None:
        if "gpkg_spatial_ref_sys" not in self._tables:
            return None
        found = self._base.execute(
            "SELECT organization, organization_coordsys_id, definition FROM gpkg_spatial_ref_sys WHERE srs_id = ?",
            (number,),
        ).fetchone()
        # two numbers mean that nothing is known; GDAL makes up a local system for it too
        if found is None or number in (-1, 0) or "undefined" in str(found[2])[:40].lower():
            return None
        if str(found[0]).upper() == "EPSG" and isinstance(found[1], int):
            return f"EPSG:{found[1]}"
        return str(found[2])


def _may(action: int, first: str | None, second: str | None, *_: object) -> int:
    if action == sqlite3.SQLITE_PRAGMA and first not in ("table_info", "table_xinfo"):
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and second not in _FUNCTIONS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _bare(shape: Any) -> bytes | None:
    """Take the header of a GeoPackage away from the shape itself."""
    if shape is None:
        return None
    if not isinstance(shape, bytes) or shape[:2] != b"GP" or len(shape) < 8:
        raise RefusedFileError("layer_unreadable", detail="geometry")
    if shape[3] & 0b0001_0000:  # empty
        return None
    return shape[8 + _ENVELOPES.get(shape[3] >> 1 & 7, 0) :]
