"""A file is recognized by its content, and opened by who can read it."""

from __future__ import annotations

from pathlib import Path

from regsam_geo.errors import InputError, RegsamGeoError
from regsam_geo.foreign import RefusedFileError, bounds, kind_of, read_content
from regsam_geo.indicators.tables.grid import Grid
from regsam_geo.indicators.tables.sources.columnar import parquet_grids
from regsam_geo.indicators.tables.sources.columnwise import large_text_grid
from regsam_geo.indicators.tables.sources.delimited import text_grid
from regsam_geo.indicators.tables.sources.encodings import decode
from regsam_geo.indicators.tables.sources.markup import html_grids, looks_like_html
from regsam_geo.indicators.tables.sources.records import looks_like_records, record_grids
from regsam_geo.indicators.tables.sources.workbook import sheet_grids
from regsam_geo.text import problem, where_it_was_sought

_NOTHING = b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"


def read_grids(path: str | Path) -> list[Grid]:
    """Read the cells of a file, one grid for each sheet that holds any.

    Raises
    ------
    InputError
        If there is no such file, or it holds no table of a kind that is read.
    """
    path = Path(path)
    name = path.name
    try:
        if path.is_dir():
            raise problem(InputError, "file_is_folder", file=str(path))
        # Once, into memory: a file that changes while it is read would give half of two tables.
        content = read_content(path, bounds().table_bytes)
        return _grids_of(content, path)
    except FileNotFoundError:
        raise problem(InputError, "file_missing", file=str(path), hint=where_it_was_sought(path)) from None
    except RegsamGeoError:
        raise
    except RefusedFileError as refusal:
        raise refusal.as_error(InputError, name) from None
    except MemoryError:
        raise problem(InputError, "file_memory", file=name) from None
    except (OSError, ValueError) as error:
        raise problem(InputError, "file_unreadable", file=str(path), detail=str(error)) from None


def _grids_of(content: bytes, path: Path) -> list[Grid]:
    name = path.name
    # The beginning first: what is left of a large file after the last line would be a copy of it.
    if not content[:4096].strip(_NOTHING) and not content.strip(_NOTHING):
        raise problem(InputError, "file_empty", file=name)
    # By content: many offices hand out an HTML page under the name of a workbook.
    kind = kind_of(content)
    if kind in ("zip", "Excel 97"):
        return sheet_grids(content, name)
    if kind == "Parquet":
        return parquet_grids(content, name)
    if kind not in ("text", "JSON", "XML"):
        raise problem(InputError, "file_kind", file=name, found=kind)
    if kind == "text" and (large := large_text_grid(content, name, path.suffix)) is not None:
        return [large]
    decoded = decode(content, name)
    if looks_like_html(decoded.text):
        return html_grids(decoded.text, name, decoded.encoding)
    if looks_like_records(decoded.text, path.suffix) and (found := record_grids(decoded.text, path)) is not None:
        return found
    return [text_grid(decoded, name)]
