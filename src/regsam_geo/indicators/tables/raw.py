"""A file as it stands: header and cells, each with its row, before anybody says what they mean."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from regsam_geo.errors import InputError
from regsam_geo.text import problem, shorten

MAX_COLUMNS = 1_000
MAX_CELLS = 60_000_000
MAX_UNPACKED = 1 << 30
"""Limits against files that are broken or made to do harm; the largest real table has 95,342 x 15 cells."""

_DELIMITERS = (";", ",", "\t")
_UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")


@dataclass(frozen=True, eq=False)
class RawTable:
    """One table of cells.

    Attributes
    ----------
    file, sheet
        Where it stands; ``sheet`` is empty for text files.
    header
        The column names, stripped.
    columns
        One array of cells per column: text, stripped, or numbers and dates of a workbook; empty cells are ``""``.
    rows
        The row of the file that each cell stands in, counted as a spreadsheet or an editor does.
    dialect
        How a text file was written: encoding and delimiter.
    """

    file: str
    sheet: str
    header: tuple[str, ...]
    columns: tuple[npt.NDArray[np.object_], ...]
    rows: npt.NDArray[np.int64]
    dialect: str = ""

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def place(self) -> str:
        """File and sheet, as a message names them."""
        return f"{self.file} [{self.sheet}]" if self.sheet else self.file

    def column(self, name: str) -> npt.NDArray[np.object_]:
        """Return the cells of one column."""
        return self.columns[self.header.index(name)]


def read_raw(path: str | Path) -> list[RawTable]:
    """Read every table of a file, recognised by its content and not by its name.

    Raises
    ------
    InputError
        If there is no such file, or it is neither a text table nor a workbook.
    """
    path = Path(path)
    name = path.name
    if path.is_dir():
        raise problem(InputError, "file_is_folder", file=str(path))
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise problem(InputError, "file_missing", file=str(path)) from None
    except (OSError, ValueError) as error:
        raise problem(InputError, "file_unreadable", file=str(path), detail=str(error)) from None
    if not content.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise problem(InputError, "file_empty", file=name)
    if content.startswith(b"PK"):
        return _read_workbook(content, name)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _read_sheets(content, name)
    if content.startswith(
        (b"PAR1", b"SQLite format 3", b"%PDF", b"\x1f\x8b", b"GIF8", b"\x89PNG", b"\xff\xd8\xff")
    ):
        raise problem(InputError, "file_kind", file=name, found=_kind_of(content))
    return [_read_text(content, name)]


def _kind_of(content: bytes) -> str:
    """Name a kind of file by its first bytes."""
    known = {
        b"PAR1": "Parquet",
        b"SQLite": "SQLite/GeoPackage",
        b"%PDF": "PDF",
        b"\x1f\x8b": "gzip",
    }
    return next((kind for magic, kind in known.items() if content.startswith(magic)), "image")


def table_of(
    name: str, sheet: str, lines: Sequence[Sequence[Any]], rows: Sequence[int], dialect: str = ""
) -> RawTable:
    """Make a table of lines of equal length; the first is the header, empty lines and columns are left out."""
    width = len(lines[0])
    if width > MAX_COLUMNS:
        raise problem(InputError, "too_many_columns", file=name, found=width, expected=MAX_COLUMNS)
    header = [" ".join(str(cell).split()) for cell in lines[0]]
    columns = []
    for position in range(width):
        cells = np.empty(len(lines) - 1, dtype=object)
        cells[:] = [line[position] for line in lines[1:]]
        columns.append(cells)
    kept = [i for i, title in enumerate(header) if title or any(cell != "" for cell in columns[i])]
    for i in kept:
        if not header[i]:
            raise problem(InputError, "column_untitled", file=name, sheet=sheet, column=i + 1)
    titles = [header[i] for i in kept]
    if twice := sorted({title for title in titles if titles.count(title) > 1}):
        raise problem(InputError, "column_twice", file=name, columns=shorten(twice))
    return RawTable(
        name, sheet, tuple(titles), tuple(columns[i] for i in kept), np.asarray(rows[1:], dtype=np.int64), dialect
    )


def _read_text(content: bytes, name: str) -> RawTable:
    text, encoding = _decode(content, name)
    first = text.lstrip("\r\n").split("\n", 1)[0]
    if first.lower().startswith("sep=") and len(first.strip()) == 5:  # Excel's own hint
        delimiter, text = first.strip()[4], text.lstrip("\r\n").split("\n", 1)[-1]
        skipped = 1
    else:
        bare = re.sub(r'"[^"]*"', "", first)
        delimiter, skipped = max(_DELIMITERS, key=bare.count), 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[list[str]] = []
    rows: list[int] = []
    start = 1 + skipped
    try:
        for line in reader:
            cells = [cell.strip() for cell in line]
            if any(cells):
                _check_width(cells, lines, name, start)
                lines.append(cells)
                rows.append(start)
            start = reader.line_num + 1 + skipped
    except csv.Error as error:
        raise problem(InputError, "csv_broken", file=name, row=start, detail=str(error)) from None
    if not lines:
        raise problem(InputError, "file_empty", file=name)
    return table_of(name, "", lines, rows, f"{encoding} {delimiter!r}")


def _check_width(cells: list[str], lines: list[list[str]], name: str, row: int) -> None:
    """Hold each line to the number of columns of the header; surplus empty cells do no harm."""
    if not lines:
        if len(cells) > MAX_COLUMNS:
            raise problem(InputError, "too_many_columns", file=name, found=len(cells), expected=MAX_COLUMNS)
        return
    width = len(lines[0])
    while len(cells) > width and not cells[-1]:
        cells.pop()
    if len(cells) != width:
        raise problem(InputError, "row_width", file=name, row=row, found=len(cells), expected=width)


def _decode(content: bytes, name: str) -> tuple[str, str]:
    """Decode UTF-8 or UTF-16 with a mark, UTF-8 without, else cp1252 when no trace of UTF-8 is in it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16"), "UTF-16"
        except UnicodeDecodeError as error:
            raise problem(InputError, "encoding_broken", file=name, row=_line(content, error.start)) from None
    if b"\x00" in content:
        raise problem(InputError, "file_binary", file=name, row=_line(content, content.index(b"\x00")))
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError as error:
        # one damaged byte in a UTF-8 file must not turn every umlaut of it into two wrong letters
        row = _line(content, error.start)
        if content.startswith(b"\xef\xbb\xbf") or _UTF8_LETTER.search(content):
            raise problem(InputError, "encoding_broken", file=name, row=row) from None
    try:
        return content.decode("cp1252"), "cp1252"
    except UnicodeDecodeError as error:
        raise problem(InputError, "encoding_broken", file=name, row=_line(content, error.start)) from None


def _line(content: bytes, position: int) -> int:
    return content.count(b"\n", 0, position) + 1


def _read_workbook(content: bytes, name: str) -> list[RawTable]:
    """Read a zip that is a workbook; refuse any other, and one that would not fit into memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
                raise problem(InputError, "workbook_huge", file=name)
            workbook = any(entry.startswith("xl/") for entry in names)
            if not workbook and "content.xml" not in names:
                raise problem(InputError, "file_zip", file=name, found=shorten(names))
            if workbook:
                for sheet in (entry for entry in names if entry.startswith("xl/worksheets/sheet")):
                    _check_extent(archive.read(sheet), name)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise problem(InputError, "workbook_broken", file=name, detail=str(error)) from None
    except (ValueError, KeyError, IndexError, zipfile.error) as error:
        if isinstance(error, InputError):
            raise
        raise problem(InputError, "workbook_broken", file=name, detail=str(error)) from None
    return _read_sheets(content, name)


def _check_extent(sheet: bytes, name: str) -> None:
    """Refuse a sheet whose farthest cells span a table too large: the reader keeps every cell between them."""
    last_row = max((int(row) for row in re.findall(rb'<row [^>]*?r="(\d{1,9})"', sheet)), default=0)
    if re.search(rb' r="[A-Z]{3,}\d', sheet):
        columns = 16_384
    else:
        columns = 702 if re.search(rb' r="[A-Z]{2}\d', sheet) else 26
    if columns * last_row > MAX_CELLS:
        raise problem(InputError, "workbook_huge", file=name)


def _read_sheets(content: bytes, name: str) -> list[RawTable]:
    import python_calamine

    tables = []
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = {
            title: workbook.get_sheet_by_name(title).to_python(skip_empty_area=False)
            for title in workbook.sheet_names
        }
    except BaseException as error:
        # a crash inside the reader (written in Rust) arrives as a PanicException, which is no Exception
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise problem(
            InputError, "workbook_broken", file=name, detail=str(error) or type(error).__name__
        ) from None
    for title, cells in sheets.items():
        lines, rows = [], []
        for number, line in enumerate(cells, start=1):
            stripped = [cell.strip() if isinstance(cell, str) else cell for cell in line]
            if any(cell != "" for cell in stripped):
                lines.append(stripped)
                rows.append(number)
        if len(lines) > 1:
            tables.append((title, lines, rows))
    if not tables:
        raise problem(InputError, "file_empty", file=name)
    return [_sheet_table(name, title, lines, rows) for title, lines, rows in tables]


def _sheet_table(name: str, title: str, lines: list[list[Any]], rows: list[int]) -> RawTable:
    """Make a table of a sheet; one that has no clean header is a page of text, given as one column."""
    header = [str(cell).strip() for cell in lines[0]]
    filled = [text for text in header if text]
    if len(filled) < 2 or len(set(filled)) < len(filled):
        text = [[" ".join(str(cell) for cell in line if cell != "")] for line in lines]
        return table_of(name, title, text, rows)
    return table_of(name, title, lines, rows)
