"""A file is recognized by its content, and opened by who can read it."""

from __future__ import annotations

from pathlib import Path

from regsam_geo.errors import InputError
from regsam_geo.indicators.tables.grid import Grid
from regsam_geo.indicators.tables.sources.columnar import parquet_grids
from regsam_geo.indicators.tables.sources.delimited import text_grid
from regsam_geo.indicators.tables.sources.encodings import decode
from regsam_geo.indicators.tables.sources.markup import html_grids, looks_like_html
from regsam_geo.indicators.tables.sources.records import looks_like_records, record_grids
from regsam_geo.indicators.tables.sources.workbook import sheet_grids, zipped_grids
from regsam_geo.text import problem, where_it_was_sought


def read_grids(path: str | Path) -> list[Grid]:
    """Read the cells of a file, one grid for each sheet that holds any.

    Raises
    ------
    InputError
        If there is no such file, or it holds no table of a kind that is read.
    """
    path = Path(path)
    name = path.name
    if path.is_dir():
        raise problem(InputError, "file_is_folder", file=str(path))
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise problem(InputError, "file_missing", file=str(path), hint=where_it_was_sought(path)) from None
    except (OSError, ValueError) as error:
        raise problem(InputError, "file_unreadable", file=str(path), detail=str(error)) from None
    if not content.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise problem(InputError, "file_empty", file=name)
    if content.startswith(b"PK"):
        return zipped_grids(content, name)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return sheet_grids(content, name)
    if content.startswith(b"PAR1"):
        return parquet_grids(path, name)
    if content.startswith((b"SQLite format 3", b"%PDF", b"\x1f\x8b", b"GIF8", b"\x89PNG", b"\xff\xd8\xff")):
        raise problem(InputError, "file_kind", file=name, found=_kind_of(content))
    decoded = decode(content, name)
    if looks_like_html(decoded.text):
        return html_grids(decoded.text, name, decoded.encoding)
    if looks_like_records(decoded.text, path.suffix) and (found := record_grids(decoded.text, path)) is not None:
        return found
    return [text_grid(decoded, name)]


def _kind_of(content: bytes) -> str:
    """Name a kind of file by its first bytes."""
    known = {
        b"SQLite": "SQLite/GeoPackage",
        b"%PDF": "PDF",
        b"\x1f\x8b": "gzip",
    }
    return next((kind for magic, kind in known.items() if content.startswith(magic)), "image")
