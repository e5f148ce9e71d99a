"""Tables in memory: frames of pandas, and of whatever hands over Arrow columns (polars, DuckDB, pyarrow)."""

from __future__ import annotations

import datetime
import decimal
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from regsam_geo.errors import InputError, OptionError
from regsam_geo.indicators.tables.grid import MAX_COLUMNS, Grid, as_cells, grid_of
from regsam_geo.text import problem

IN_MEMORY = "DataFrame"
"""What messages call a table that comes from no file."""
JOINT = " · "


@dataclass(frozen=True, eq=False)
class MemoryTable:
    """A frame that is read as a file is.

    Attributes
    ----------
    frame
        Its columns, the index among them where it says something.
    name
        What messages call it.
    """

    frame: pd.DataFrame
    name: str = IN_MEMORY

    def grids(self) -> list[Grid]:
        """Return the titles and cells as those of one sheet."""
        if self.frame.shape[1] > MAX_COLUMNS:
            raise problem(
                InputError, "too_many_columns", file=self.name, found=self.frame.shape[1], expected=MAX_COLUMNS
            )
        columns = [[_title(title), *cells_of(self.frame.iloc[:, place])] for place, title in enumerate(self.frame)]
        grid = grid_of(self.name, "", list(zip(*columns, strict=True)), dialect=IN_MEMORY, plain=True)
        if grid is None:
            raise problem(InputError, "file_empty", file=self.name)
        return [grid]


def is_table(given: Any) -> bool:
    """Tell whether something is a table in memory, of pandas or of a program that hands over Arrow columns."""
    return isinstance(given, pd.DataFrame | pd.Series) or hasattr(given, "__arrow_c_stream__")


def memory_table(given: Any) -> MemoryTable:
    """Return a table in memory as it is read; the given object is not changed.

    Raises
    ------
    OptionError
        If it is no table.
    """
    if isinstance(given, pd.Series):
        given = given.to_frame(given.name if given.name is not None else "Wert")
    if not isinstance(given, pd.DataFrame):
        import pyarrow as pa

        try:
            given = pa.table(given).to_pandas(types_mapper=pd.ArrowDtype)
        except (pa.ArrowException, TypeError, ValueError, NotImplementedError):
            raise problem(OptionError, "frame_type", found=type(given).__name__) from None
    if isinstance(given, gpd.GeoDataFrame):
        # A shape would become a text of thousands of letters in a cell.
        shapes = [name for name in given if isinstance(given[name], gpd.GeoSeries)]
        given = pd.DataFrame(given.drop(columns=shapes))
    if given.index.nlevels > 1 or given.index.name is not None or not isinstance(given.index, pd.RangeIndex):
        told = given.index.nlevels > 1 or given.index.name is not None or given.index.dtype.kind not in "iu"
        # the numbers that pandas leaves after a selection say nothing
        given = given.reset_index() if told else given.reset_index(drop=True)
    return MemoryTable(given)


def _title(title: Any) -> str:
    parts = title if isinstance(title, tuple) else (title,)
    if isinstance(title, pd.Timestamp):
        return str(title.date())
    return JOINT.join(str(part) for part in parts if str(part))


def cells_of(column: pd.Series) -> list[Any]:
    """Return plain values, as a workbook holds them: numbers, texts, dates, and an empty text where nothing is.

    Examples
    --------
    >>> cells_of(pd.Series([1, None, 2.5])), cells_of(pd.Series(["01", None]))
    ([1.0, '', 2.5], ['01', ''])
    """
    empty = column.isna().to_numpy(dtype=bool)
    if column.dtype.kind in "iuf" and not isinstance(column.dtype, pd.ArrowDtype):
        values = as_cells(column.to_numpy(dtype=np.float64, na_value=np.nan).tolist())
    else:
        values = as_cells([_plain(cell) for cell in column.astype("object")])
    values[empty] = ""
    return list(values)


def _plain(cell: Any) -> Any:
    """Return one cell as a workbook would hold it."""
    if isinstance(cell, bool | np.bool_):
        return bool(cell)
    if isinstance(cell, int | np.integer | np.floating | decimal.Decimal):
        return float(cell)
    if isinstance(cell, datetime.datetime):
        plain = cell.to_pydatetime(warn=False) if isinstance(cell, pd.Timestamp) else cell
        # pandas keeps a day as its midnight: nobody said a time.
        return plain.date() if plain.time() == datetime.time() else plain
    return cell if isinstance(cell, str | float | datetime.date) else str(cell)
