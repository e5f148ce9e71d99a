"""A file as it stands: header and cells, each with its row, before anybody says what they mean."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.errors import InputError, RegsamGeoError
from regsam_geo.foreign import LIMIT_VARIABLE, RefusedFileError, bounds, kind_of, read_content, read_sheets
from regsam_geo.text import problem, shorten, where_it_was_sought

MAX_COLUMNS = 1_000
MAX_LINE = 2_000_000
"""Columns and letters of a line; the largest real table has 95,342 x 15 cells."""

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
    _distinct: dict[str, Distinct] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def location(self) -> str:
        """File and sheet, as a message names them."""
        return f"{self.file} [{self.sheet}]" if self.sheet else self.file

    def column(self, name: str) -> npt.NDArray[np.object_]:
        """Return the cells of one column."""
        return self.columns[self.header.index(name)]

    def distinct(self, name: str) -> Distinct:
        """Return the different cells of one column: what is read once need not be read for every row."""
        if name not in self._distinct:
            self._distinct[name] = distinct(self.column(name))
        return self._distinct[name]

    def row_of(self, name: str, code: int) -> int:
        """Return the first row in which a distinct cell stands."""
        return int(self.rows[int(np.argmax(self.distinct(name).codes == code))])


class Distinct(NamedTuple):
    """The different cells of a column, in order of appearance, and which of them each row holds."""

    cells: list[Any]
    codes: npt.NDArray[np.int64]


def distinct(cells: npt.NDArray[np.object_]) -> Distinct:
    """Find the different cells; the number 1 and the truth value TRUE are two."""
    if bool in set(map(type, cells)):
        known: dict[tuple[type, Any], int] = {}
        codes = [known.setdefault((type(cell), cell), len(known)) for cell in cells]
        return Distinct([cell for _, cell in known], np.asarray(codes, dtype=np.int64))
    codes, uniques = pd.factorize(cells, use_na_sentinel=False)
    return Distinct(list(uniques), codes.astype(np.int64))


def read_raw(path: str | Path, header_row: int | None = None) -> list[RawTable]:
    """Read every table of a file, recognized by its content and not by its name.

    Parameters
    ----------
    path
        The file.
    header_row
        The row that holds the column titles; the first that is not empty by default.

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
        # Once, into memory: a file that changes while it is read would give half of two tables.
        content = read_content(path, bounds().table_bytes)
        return _tables_of(content, name, header_row or 1)
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


def _tables_of(content: bytes, name: str, header_row: int) -> list[RawTable]:
    if not content.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise problem(InputError, "file_empty", file=name)
    kind = kind_of(content)
    if kind in ("zip", "Excel 97"):
        return _read_workbook(content, name, header_row)
    if kind not in ("text", "JSON", "XML"):
        raise problem(InputError, "file_kind", file=name, found=kind)
    return [_read_text(content, name, header_row)]


def table_of(
    name: str,
    sheet: str,
    header: Sequence[Any],
    columns: Sequence[npt.NDArray[np.object_]],
    rows: npt.NDArray[np.int64],
    dialect: str = "",
) -> RawTable:
    """Make a table; columns without title and entries are left out."""
    if len(header) > MAX_COLUMNS:
        raise problem(InputError, "too_many_columns", file=name, found=len(header), expected=MAX_COLUMNS)
    titles = [" ".join(str(cell).split()) for cell in header]
    kept = []
    for position, (title, cells) in enumerate(zip(titles, columns, strict=True), start=1):
        # A title without cells is a column that is empty; cells without a title are a loss, and are refused.
        if title:
            kept.append((title, cells))
        elif (cells != "").any():
            raise problem(InputError, "column_untitled", file=name, sheet=sheet, column=position)
    names = [title for title, _ in kept]
    if twice := sorted({title for title in names if names.count(title) > 1}):
        raise problem(InputError, "column_twice", file=name, columns=shorten(twice))
    return RawTable(name, sheet, tuple(names), tuple(cells for _, cells in kept), rows, dialect)


def _as_cells(values: Sequence[Any]) -> npt.NDArray[np.object_]:
    cells = np.empty(len(values), dtype=object)
    cells[:] = values
    return cells


def _read_text(content: bytes, name: str, header_row: int) -> RawTable:
    text, encoding = _decode(content, name)
    first = next((line for line in islice(_lines(text), header_row - 1, None) if line.strip()), "")
    first = first.rstrip("\n")
    if first.lower().startswith("sep=") and len(first.rstrip("\r\n")) == 5:  # Excel's own hint
        delimiter, text = first[4], text.split(first, 1)[1].split("\n", 1)[-1]
        skipped = 1
    else:
        # Commas inside quotes separate nothing.
        bare = re.sub(r'"[^"]*"', "", first)
        delimiter, skipped = max(_DELIMITERS, key=bare.count), 0
    # Strict: a stray quote would swallow the rows up to the next one without a word.
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    most_cells = bounds().cells
    lines: list[list[str]] = []
    rows: list[int] = []
    start = 1 + skipped
    try:
        for line in reader:
            cells = [cell.strip() for cell in line]
            if any(cells) and start >= header_row:
                _check_width(cells, lines, name, start)
                lines.append(cells)
                rows.append(start)
                if len(lines) * len(cells) > most_cells:
                    raise RefusedFileError("table_huge", expected=most_cells, variable=LIMIT_VARIABLE)
            start = reader.line_num + 1 + skipped
    except csv.Error as error:
        raise problem(InputError, "csv_broken", file=name, row=start, detail=str(error)) from None
    if not lines:
        raise problem(InputError, "file_empty", file=name)
    columns = [_as_cells(column) for column in zip(*lines[1:], strict=True)] or [_as_cells([]) for _ in lines[0]]
    return table_of(name, "", lines[0], columns, np.asarray(rows[1:], dtype=np.int64), f"{encoding} {delimiter!r}")


def _lines(text: str) -> Iterator[str]:
    """Cut a text into lines with their ends, as they come; a line without end is no line of a table."""
    if text.count("\r") == text.count("\r\n"):
        start, length = 0, len(text)
        while start < length:
            end = text.find("\n", start) + 1 or length
            if end - start > MAX_LINE:
                break
            yield text[start:end]
            start = end
        else:
            return
    else:
        for line in io.StringIO(text, newline=""):
            if len(line) > MAX_LINE:
                break
            yield line
        else:
            return
    raise RefusedFileError("line_long", expected=MAX_LINE)


def _check_width(cells: list[str], lines: list[list[str]], name: str, row: int) -> None:
    """Hold each line to the number of columns of the header; surplus empty cells do no harm."""
    if not lines:
        if len(cells) > MAX_COLUMNS:
            raise problem(InputError, "too_many_columns", file=name, found=len(cells), expected=MAX_COLUMNS)
        return
    width = len(lines[0])
    # Spreadsheets write separators for empty columns at the right.
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


def _read_workbook(content: bytes, name: str, header_row: int) -> list[RawTable]:
    tables = [
        table
        for title, cells in read_sheets(content).items()
        if (table := _sheet_table(name, title, cells[header_row - 1 :], header_row)) is not None
    ]
    if not tables:
        raise problem(InputError, "file_empty", file=name)
    return tables


def _sheet_table(name: str, title: str, cells: list[list[Any]], first_row: int) -> RawTable | None:
    """Make a table of a sheet; one that has no clean header is a page of text, given as one column."""
    if not cells:
        return None
    both = [_stripped(_as_cells(column)) for column in zip(*cells, strict=True)]
    columns = [column for column, _ in both]
    filled = np.logical_or.reduce([holds for _, holds in both])
    if filled.sum() < 2:
        return None
    rows = np.flatnonzero(filled) + first_row
    columns = [column[filled] for column in columns]
    header = [str(column[0]).strip() for column in columns]
    titles = [text for text in header if text]
    # A title page has one cell a line; as a table it would be refused, while the next sheet is the one that is
    # wanted.
    if len(titles) < 2 or len(set(titles)) < len(titles):
        lines = [" ".join(str(cell) for cell in line if cell != "") for line in zip(*columns, strict=True)]
        return table_of(name, title, lines[:1], [_as_cells(lines[1:])], rows[1:])
    return table_of(name, title, header, [column[1:] for column in columns], rows[1:])


def _stripped(cells: npt.NDArray[np.object_]) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.bool_]]:
    """Return the cells without blanks around them, and which of them hold something."""
    found = distinct(cells)
    stripped = _as_cells([cell.strip() if isinstance(cell, str) else cell for cell in found.cells])
    return stripped[found.codes], np.asarray(stripped != "", dtype=bool)[found.codes]
