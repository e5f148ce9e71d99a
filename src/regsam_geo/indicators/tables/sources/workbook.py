"""Workbooks: .xlsx, .xls and .ods as calamine reads them, and what only the file itself says."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from regsam_geo.errors import InputError
from regsam_geo.indicators.tables.grid import MAX_CELLS, MAX_UNPACKED, Grid, Merge, column_letter, grid_of
from regsam_geo.indicators.tables.sources.sheet_xml import FactsReader, SheetFacts
from regsam_geo.text import problem, shorten


def zipped_grids(content: bytes, name: str) -> list[Grid]:
    """Read a zip that is a workbook; refuse any other, and one that would not fit into memory."""
    facts: Mapping[str, SheetFacts] = {}
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
                reader = FactsReader(archive)
                for sheet in (entry for entry in names if entry.startswith("xl/worksheets/sheet")):
                    xml = archive.read(sheet)
                    _check_extent(xml, name)
                    reader.look(sheet, xml)
                facts = reader.found
    except InputError:
        raise
    except Exception as error:  # damage shows as errors of zipfile, zlib, struct or the decoder, wherever it hits
        raise problem(
            InputError, "workbook_broken", file=name, detail=str(error) or type(error).__name__
        ) from None
    return sheet_grids(content, name, facts)


def _check_extent(sheet: bytes, name: str) -> None:
    """Refuse a sheet whose farthest cells span a table too large: the reader keeps every cell between them."""
    last_row = max((int(row) for row in re.findall(rb'<row [^>]*?r="(\d{1,9})"', sheet)), default=0)
    if re.search(rb' r="[A-Z]{3,}\d', sheet):
        columns = 16_384
    else:
        columns = 702 if re.search(rb' r="[A-Z]{2}\d', sheet) else 26
    if columns * last_row > MAX_CELLS:
        raise problem(InputError, "workbook_huge", file=name)


def sheet_grids(content: bytes, name: str, facts: Mapping[str, SheetFacts] | None = None) -> list[Grid]:
    """Read the sheets of a workbook; hidden ones are marked."""
    import python_calamine

    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        hidden = {
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.visible != python_calamine.SheetVisibleEnum.Visible
        }
        sheets, merged = {}, {}
        for title in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(title)
            sheets[title] = sheet.to_python(skip_empty_area=False)
            merged[title] = tuple(
                Merge(top + 1, left + 1, bottom + 1, right + 1)
                for (top, left), (bottom, right) in getattr(sheet, "merged_cell_ranges", None) or ()
            )
    except BaseException as error:
        # a crash inside the reader (written in Rust) arrives as a PanicException, which is no Exception
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise problem(
            InputError, "workbook_broken", file=name, detail=str(error) or type(error).__name__
        ) from None
    grids = []
    for title, cells in sheets.items():
        about = (facts or {}).get(title)
        grid = _grid(name, title.strip(), cells, about, merged[title], hidden=title in hidden)
        if grid is not None:
            grids.append(grid)
    if not grids:
        raise problem(InputError, "file_empty", file=name)
    return grids


def _grid(
    name: str,
    title: str,
    cells: list[list[Any]],
    about: SheetFacts | None,
    merged: tuple[Merge, ...],
    *,
    hidden: bool,
) -> Grid | None:
    remarks: list[tuple[str, dict[str, Any]]] = []
    rows: list[int] | None = None
    if about is not None:
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
    if gone := [i for i in out if (grid.columns[i] != "").any()]:
        letters = [column_letter(grid.places[i]) for i in gone]
        remarks.append(("columns_hidden", {"n": len(gone), "columns": shorten(letters, 5), "sheet": title}))
    kept = [i for i in range(len(grid.columns)) if i not in out]
    if out and kept:
        columns = tuple(grid.columns[i] for i in kept)
        filled = np.logical_or.reduce([column != "" for column in columns])
        if not filled.any():
            return None
        return Grid(
            name,
            title,
            tuple(column[filled] for column in columns),
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
