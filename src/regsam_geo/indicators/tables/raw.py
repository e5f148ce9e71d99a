"""One table of a file: its column titles, its cells with their rows, and what was set aside around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from regsam_geo.areas.ids import fold
from regsam_geo.indicators.tables.grid import Aside, Column, Distinct, Grid

JOINT = " · "
"""Stands between the parts of a title that several rows of headings make."""


@dataclass(frozen=True, eq=False)
class RawTable:
    """One table of cells.

    Attributes
    ----------
    file, sheet
        Where it stands; ``sheet`` is empty for text files.
    header
        The column names, each once.
    columns
        The cells: text, stripped, or numbers and dates of a workbook; empty cells are ``""``.
    rows
        The row of the file that each cell stands in, counted as a spreadsheet or an editor does.
    dialect
        How a text file was written: encoding and delimiter.
    captions
        The lines above the table, and what else is said about it.
    aside
        Rows that belong to no table.
    twice
        Titles that stand above several columns; in ``header`` they carry the letter of their column.
    untitled
        The number in the file of each column without a title.
    grid
        What the table was found in.
    """

    file: str
    sheet: str
    header: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: npt.NDArray[np.int64]
    dialect: str = ""
    captions: tuple[str, ...] = ()
    aside: tuple[Aside, ...] = ()
    twice: tuple[str, ...] = ()
    untitled: tuple[int, ...] = ()
    grid: Grid | None = None

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def location(self) -> str:
        """File and sheet, as a message names them."""
        return f"{self.file} [{self.sheet}]" if self.sheet else self.file

    def column(self, name: str) -> Column:
        """Return the cells of one column."""
        return self.columns[self.header.index(name)]

    def distinct(self, name: str) -> Distinct:
        """Return the different cells of one column: what is read once need not be read for every row."""
        return self.column(name).distinct

    def row_of(self, name: str, code: int) -> int:
        """Return the first row in which a distinct cell stands."""
        return int(self.rows[int(np.argmax(self.distinct(name).codes == code))])

    def find(self, title: Any) -> str | None:
        """Return the column that a title means: the title itself, its letters alone, or its last part.

        Examples
        --------
        >>> table = RawTable("a.csv", "", ("Nr.", "unter 3 · Anzahl", "unter 3 · %"), (), np.arange(0))
        >>> table.find("Anzahl"), table.find("unter 3 Anzahl"), table.find("Wert")
        ('unter 3 · Anzahl', 'unter 3 · Anzahl', None)
        """
        text = " ".join(str(title).split())
        if text in self.header:
            return text
        bare = fold(text)
        for spelled in (
            # Titles of signs alone, such as %, fold to nothing and would all be the same.
            lambda own: fold(own) == bare and bare != "",
            lambda own: own.rpartition(JOINT)[2] == text,
            lambda own: fold(own).replace("spalte", "column") == bare,
        ):
            hits = [own for own in self.header if spelled(own)]
            # Of two columns that fit none is taken: the message names their endings instead.
            if len(hits) == 1:
                return hits[0]
        return None
