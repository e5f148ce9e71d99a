"""Workbooks as grids: the cells of their sheets, and what only the file itself says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from regsam_geo.errors import InputError
from regsam_geo.foreign import Sheet, read_workbook
from regsam_geo.indicators.tables.grid import Grid, Merge, column_letter, grid_of
from regsam_geo.indicators.tables.sources.sheet_xml import SheetFacts, facts_of
from regsam_geo.text import problem, shorten


def sheet_grids(content: bytes, name: str) -> list[Grid]:
    """Read the sheets of a workbook; hidden ones are marked."""
    workbook = read_workbook(content)
    facts: Mapping[str, SheetFacts] = facts_of(workbook.parts)
    grids = []
    for title, sheet in workbook.sheets.items():
        grid = _grid(name, title.strip(), sheet, facts.get(title))
        if grid is not None:
            grids.append(grid)
    if not grids:
        raise problem(InputError, "file_empty", file=name)
    return grids


def _grid(name: str, title: str, sheet: Sheet, about: SheetFacts | None) -> Grid | None:
    cells, hidden = sheet.cells, sheet.hidden
    merged = tuple(Merge(*one) for one in sheet.merged)
    remarks: list[tuple[str, dict[str, Any]]] = []
    rows: list[int] | None = None
    if about is not None:
        # First of all: these places are counted with the hidden rows.
        for (row, place), value in about.instead.items():
            if row <= len(cells) and place <= len(cells[row - 1]):
                cells[row - 1][place - 1] = value(cells[row - 1][place - 1])
        if left_out := [
            row for row in about.hidden_rows if row <= len(cells) and any(map(_filled, cells[row - 1]))
        ]:
            rows = [row for row in range(1, len(cells) + 1) if row not in about.hidden_rows]
            cells = [cells[row - 1] for row in rows]
            fields = {"n": len(left_out), "rows": shorten([str(row) for row in left_out], 5), "sheet": title}
            remarks.append(("rows_hidden", fields))
    grid = grid_of(name, title, cells, rows, merged=merged, hidden=hidden)
    if grid is None or about is None:
        return grid
    out = [i for i, place in enumerate(grid.places) if place in about.hidden_columns]
    if gone := [i for i in out if grid.columns[i].has_cells()]:
        letters = [column_letter(grid.places[i]) for i in gone]
        remarks.append(("columns_hidden", {"n": len(gone), "columns": shorten(letters, 5), "sheet": title}))
    kept = [i for i in range(len(grid.columns)) if i not in out]
    if out and kept:
        columns = tuple(grid.columns[i] for i in kept)
        # Rows that held something in hidden columns alone are empty now.
        filled = np.logical_or.reduce([column.filled() for column in columns])
        if not filled.any():
            return None
        return Grid(
            name,
            title,
            tuple(column.take(filled) for column in columns),
            grid.rows[filled],
            tuple(grid.places[i] for i in kept),
            apart=grid.apart[filled],
            merged=merged,
            remarks=tuple(remarks),
            hidden=hidden,
        )
    return replace(grid, remarks=tuple(remarks))


def _filled(cell: Any) -> bool:
    return cell is not None and cell != ""
