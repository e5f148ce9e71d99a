"""Parquet files of other programs."""

from __future__ import annotations

from regsam_geo.errors import InputError
from regsam_geo.foreign import LIMIT_VARIABLE, RefusedFileError, bounds, read_parquet_table
from regsam_geo.indicators.tables.grid import Grid, grid_of
from regsam_geo.text import problem


def parquet_grids(content: bytes, name: str) -> list[Grid]:
    """Read the columns of a Parquet file as cells."""
    table = read_parquet_table(content)
    limits = bounds()
    # Counted before one cell is made: packed, millions of equal cells take a few bytes.
    if table.num_columns * table.num_rows > limits.cells:
        raise RefusedFileError("table_huge", expected=limits.cells, variable=LIMIT_VARIABLE)
    try:
        columns = [[str(title), *_cells(table.column(i))] for i, title in enumerate(table.column_names)]
    except (OSError, ValueError, TypeError, NotImplementedError) as error:
        raise problem(InputError, "parquet_broken", file=name, detail=str(error).split("\n")[0]) from None
    grid = grid_of(name, "", list(zip(*columns, strict=True)), dialect="Parquet", plain=True)
    if grid is None:
        raise problem(InputError, "file_empty", file=name)
    return [grid]


def _cells(column: object) -> list[object]:
    """Return plain values: whole numbers as numbers of a workbook, nothing as an empty text."""
    values = column.to_pylist()  # type: ignore[attr-defined]
    return [
        "" if value is None else float(value) if isinstance(value, int) and not isinstance(value, bool) else value
        for value in values
    ]
