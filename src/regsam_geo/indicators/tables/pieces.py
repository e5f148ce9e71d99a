"""Several tables in one sheet, one beneath the other or side by side: each is found, with its range of cells."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from regsam_geo.errors import OptionError
from regsam_geo.indicators.tables.grid import Grid, column_letter
from regsam_geo.indicators.tables.layout import area_of, table_in
from regsam_geo.indicators.tables.raw import RawTable
from regsam_geo.text import problem

MOST_ROWS = 2_000
"""Sheets with more rows hold one table: nobody lays out two of them by hand."""
_CELLS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6}):\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")


def cells_of_range(cells: str) -> tuple[int, int, int, int]:
    """Return first row, first column, last row and last column of a range, counted from 1.

    Raises
    ------
    OptionError
        If it is none.

    Examples
    --------
    >>> cells_of_range("B3:D10")
    (3, 2, 10, 4)
    """
    match = _CELLS.fullmatch(str(cells).strip().upper())
    if match is None:
        raise problem(OptionError, "cells_unknown", found=str(cells))
    left, top, right, bottom = _place(match[1]), int(match[2]), _place(match[3]), int(match[4])
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def _place(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def cut(grid: Grid, cells: str) -> Grid | None:
    """Return the part of a sheet that lies in a range; ``None`` where nothing stands there."""
    top, left, bottom, right = cells_of_range(cells)
    columns = [i for i, place in enumerate(grid.places) if left <= place <= right]
    return _part(grid, np.flatnonzero((grid.rows >= top) & (grid.rows <= bottom)), columns)


def pieces(grid: Grid) -> list[RawTable]:
    """Return the tables of a sheet that holds several, each with headings of its own; none where it holds one.

    Empty rows and columns part them. Where any part with figures has no headings, or two have the same ones, it is
    one table in blocks.
    """
    if len(grid.rows) > MOST_ROWS:
        return []
    parts = [part for beside in _beside(grid) for part in _beneath(beside)]
    if len(parts) < 2:
        return []
    found = []
    # titles and notes: which period the tables are about may stand there
    said = tuple(text for part in parts if not _holds_rows(part) for text in part.texts())
    for part in filter(_holds_rows, parts):
        table = table_in(part)
        if table is None or table.untitled or len(table) < 2 or len(table.header) < 2:
            return []
        if area_of(table.header[0]) is not None:
            return []  # a row of figures, taken for headings
        found.append(replace(table, captions=(*table.captions, *said)))
    headers = [table.header for table in found]
    return found if len(found) > 1 and len(set(headers)) == len(headers) else []


def _beside(grid: Grid) -> list[Grid]:
    """Cut a sheet where a column is empty throughout."""
    runs: list[list[int]] = [[]]
    for number, column in enumerate(grid.columns):
        if column.has_cells():
            # a hidden column in between, or one that the reader left out, parts them as well as an empty one
            if runs[-1] and grid.places[number] > grid.places[runs[-1][-1]] + 1:
                runs.append([])
            runs[-1].append(number)
        elif runs[-1]:
            runs.append([])
    every = np.arange(len(grid.rows))
    return [part for run in runs if run and (part := _part(grid, every, run)) is not None]


def _beneath(grid: Grid) -> list[Grid]:
    """Cut a sheet at its empty rows."""
    edges = [0, *np.flatnonzero(grid.apart[1:]) + 1, len(grid.rows)]
    columns = range(len(grid.columns))
    found = [_part(grid, np.arange(a, b), columns) for a, b in itertools.pairwise(edges)]
    return [part for part in found if part is not None]


def _part(grid: Grid, rows: npt.NDArray[np.intp], columns: Sequence[int]) -> Grid | None:
    kept = [grid.columns[number].take(rows) for number in columns]
    if not kept or not len(rows):
        return None
    filled = np.logical_or.reduce([column.filled() for column in kept])
    if not filled.any():
        return None
    numbers = grid.rows[rows][filled]
    return replace(
        grid,
        columns=tuple(column.take(filled) for column in kept),
        rows=numbers,
        places=tuple(grid.places[number] for number in columns),
        apart=np.diff(numbers, prepend=numbers[:1]) > 1,
        _lines={},
    )


def _holds_rows(part: Grid) -> bool:
    """Whether two rows of a part hold two cells or more, as those of a table do."""
    filled = np.sum([column.filled() for column in part.columns], axis=0)
    return int((filled > 1).sum()) > 1


def range_of(table: RawTable) -> str:
    """Return the cells that a piece covers, as a spreadsheet names them."""
    grid = table.grid
    if grid is None:
        return ""
    first, last = column_letter(grid.places[0]), column_letter(grid.places[-1])
    return f"{first}{grid.rows[0]}:{last}{grid.rows[-1]}"
