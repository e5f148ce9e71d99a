"""Parquet files of other programs."""

from __future__ import annotations

import io

from regsam_geo.errors import InputError
from regsam_geo.foreign import LIMIT_VARIABLE, RefusedFileError, bounds
from regsam_geo.indicators.tables.grid import MAX_COLUMNS, Grid, grid_of
from regsam_geo.text import problem


def parquet_grids(content: bytes, name: str) -> list[Grid]:
    """Read the columns of a Parquet file as cells."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(io.BytesIO(content))
        if file.metadata.num_columns > MAX_COLUMNS:
            raise problem(
                InputError, "too_many_columns", file=name, found=file.metadata.num_columns, expected=MAX_COLUMNS
            )
        limits = bounds()
        if (
            file.metadata.num_rows > limits.rows
            or file.metadata.num_columns * file.metadata.num_rows > limits.cells
        ):
            raise RefusedFileError("table_huge", expected=limits.cells, variable=LIMIT_VARIABLE)
        table = file.read()
        columns = [[str(title), *_cells(table.column(i))] for i, title in enumerate(table.column_names)]
    except (pa.ArrowException, OSError, ValueError, TypeError, NotImplementedError) as error:
        if isinstance(error, InputError):
            raise
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
