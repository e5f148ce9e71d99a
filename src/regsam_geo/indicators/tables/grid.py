"""The cells of one sheet as they stand, before anybody says where in them the table is."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

MAX_COLUMNS = 1_000
MAX_LINE = 2_000_000
"""Columns and letters of a line; the largest real table has 95,342 x 15 cells."""


class Percent(float):
    """A number that the workbook shows with a percent sign: the cell holds 0.123, and this is 12.3."""

    def __str__(self) -> str:
        return f"{float(self):.10g} %"


class Distinct(NamedTuple):
    """The different cells of a column, in order of appearance, and which of them each row holds."""

    cells: list[Any]
    codes: npt.NDArray[np.int32]


class Column:
    """A column: its different cells, and which of them each row holds.

    A cell that returns takes four bytes; what is read once need not be read for every row.

    Examples
    --------
    >>> column = Column.of(["a", "b", "a", ""])
    >>> column[1], list(column), column.filled().tolist(), column.distinct.cells
    ('b', ['a', 'b', 'a', ''], [True, True, True, False], ['a', 'b', ''])
    """

    __slots__ = ("_cells", "_codes", "_distinct")

    def __init__(self, found: Distinct) -> None:
        self._cells, self._codes = found
        self._distinct: Distinct | None = found

    @classmethod
    def of(cls, cells: Sequence[Any]) -> Column:
        """Make a column of the cells of its rows."""
        return cls(distinct(as_cells(cells)))

    def __len__(self) -> int:
        return len(self._codes)

    def __iter__(self) -> Iterator[Any]:
        return map(self._cells.__getitem__, self._codes.tolist())

    def __getitem__(self, position: int | np.integer[Any]) -> Any:
        return self._cells[self._codes[position]]

    def take(self, rows: slice | npt.NDArray[Any]) -> Column:
        """Return the column of some rows."""
        part = Column.__new__(Column)
        part._cells, part._codes, part._distinct = self._cells, self._codes[rows], None
        return part

    @property
    def distinct(self) -> Distinct:
        """The different cells that there are, in order of appearance."""
        if self._distinct is None:
            codes, uniques = pd.factorize(self._codes)
            self._distinct = Distinct([self._cells[code] for code in uniques], codes.astype(np.int32))
        return self._distinct

    def filled(self) -> npt.NDArray[np.bool_]:
        """Return in which rows something stands."""
        holds = np.fromiter((cell != "" for cell in self._cells), dtype=bool, count=len(self._cells))
        return holds[self._codes]

    def has_cells(self, start: int = 0) -> bool:
        """Whether anything stands in the column, from a row on."""
        part = self.take(slice(start, None))
        # mostly one of the first rows answers, and the others need not be asked
        return any(cell != "" for cell in part.take(slice(64))) or bool(part.filled().any())


class Aside(NamedTuple):
    """Rows that belong to no table, and why: the phrase ``label.aside.<reason>`` says it."""

    reason: str
    rows: tuple[int, ...]
    text: str = ""


class Merge(NamedTuple):
    """A merged cell: first and last row and column of the file, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, eq=False)
class Grid:
    """The filled rows of one sheet.

    Attributes
    ----------
    file, sheet
        Where it stands; ``sheet`` is empty where a file has only one.
    columns
        The cells: text, stripped, or numbers and dates of a workbook; empty cells are ``""``.
    rows
        The row of the file that each cell stands in, counted as a spreadsheet or an editor does.
    places
        The number of each column in the file: hidden ones are left out.
    dialect
        How a text file was written: encoding and delimiter.
    apart
        Whether an empty row stands above.
    captions
        What is said beside the cells, such as a comment of the file.
    merged
        Merged cells.
    remarks
        What was noticed on the way, as (code of the note, fields).
    hidden
        The sheet is hidden.
    """

    file: str
    sheet: str
    columns: tuple[Column, ...]
    rows: npt.NDArray[np.int64]
    places: tuple[int, ...]
    dialect: str = ""
    apart: npt.NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, dtype=bool))
    captions: tuple[str, ...] = ()
    merged: tuple[Merge, ...] = ()
    remarks: tuple[tuple[str, dict[str, Any]], ...] = ()
    hidden: bool = False
    plain: bool = False
    _lines: dict[str, list[str]] = field(default_factory=dict)

    @property
    def location(self) -> str:
        """File and sheet, as a message names them."""
        return f"{self.file} [{self.sheet}]" if self.sheet else self.file

    def line(self, position: int) -> list[Any]:
        """Return the cells of one row."""
        return [column[position] for column in self.columns]

    def texts(self) -> list[str]:
        """Return each row as one text, as a page is read."""
        if "all" not in self._lines:
            rows = zip(*self.columns, strict=True)
            self._lines["all"] = [" ".join(str(cell) for cell in row if cell != "") for row in rows]
        return self._lines["all"]


def as_cells(values: Sequence[Any]) -> npt.NDArray[np.object_]:
    """Put cells into an array without looking at them."""
    # np.array would unfold cells that are sequences of one length into a second dimension.
    cells = np.empty(len(values), dtype=object)
    cells[:] = values
    return cells


def distinct(cells: npt.NDArray[np.object_]) -> Distinct:
    """Find the different cells; the number 1 and the truth value TRUE are two."""
    # factorize takes TRUE and 1 for one cell, and the truth value would be read as a number.
    if bool in set(map(type, cells)):
        known: dict[tuple[type, Any], int] = {}
        codes = [known.setdefault((type(cell), cell), len(known)) for cell in cells]
        return Distinct([cell for _, cell in known], np.asarray(codes, dtype=np.int32))
    codes, uniques = pd.factorize(cells, use_na_sentinel=False)
    return Distinct(list(uniques), codes.astype(np.int32))


def column_letter(place: int) -> str:
    """Return the letter that a spreadsheet gives to a column.

    Examples
    --------
    >>> column_letter(1), column_letter(27)
    ('A', 'AA')
    """
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def grid_of(
    file: str,
    sheet: str,
    rows: Sequence[Sequence[Any]],
    numbers: Sequence[int] | None = None,
    apart: Sequence[bool] | None = None,
    **more: Any,
) -> Grid | None:
    """Make a grid of rows of equal width; empty rows fall out, and ``None`` is returned where nothing is left."""
    if not rows:
        return None
    columns = [distinct(as_cells(column)) for column in zip(*rows, strict=True)]
    return grid_of_columns(file, sheet, columns, numbers, apart, **more)


def grid_of_columns(
    file: str,
    sheet: str,
    found: Sequence[Distinct],
    numbers: Sequence[int] | None = None,
    apart: Sequence[bool] | npt.NDArray[np.bool_] | None = None,
    **more: Any,
) -> Grid | None:
    """Make a grid of columns; empty rows fall out, and ``None`` is returned where nothing is left."""
    if not found:
        return None
    columns = [Column(_stripped(one)) for one in found]
    filled = np.zeros(len(columns[0]), dtype=bool)
    for column in columns:
        if filled.all():
            break
        filled |= column.filled()
    if not filled.any():
        return None
    counted = np.arange(1, len(filled) + 1) if numbers is None else np.asarray(numbers, dtype=np.int64)
    if not filled.all():
        columns = [column.take(filled) for column in columns]
        counted = counted[filled]
    # Readers of text say it themselves: a cell in quotes takes several lines without an empty row.
    gaps = np.diff(counted, prepend=counted[:1]) > 1 if apart is None else np.asarray(apart, dtype=bool)[filled]
    places = tuple(range(1, len(columns) + 1))
    return Grid(file, sheet, tuple(columns), counted.astype(np.int64), places, apart=gaps, **more)


def _stripped(found: Distinct) -> Distinct:
    """Return the different cells without blanks around them."""
    bare = [cell.strip() if isinstance(cell, str) else cell for cell in found.cells]
    bare = ["" if cell is None or cell != cell else cell for cell in bare]
    if all(map(operator.is_, bare, found.cells)):
        return found
    places: dict[tuple[bool, Any], int] = {}
    at = [places.setdefault((type(cell) is bool, cell), len(places)) for cell in bare]
    codes = found.codes
    if len(places) < len(bare):  # some differed in blanks alone
        bare, codes = [cell for _, cell in places], np.array(at, dtype=np.int32)[codes]
    return Distinct(bare, codes)
