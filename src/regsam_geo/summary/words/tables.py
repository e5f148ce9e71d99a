"""A table for people, described once as a list of columns; pages, CSV and workbooks follow it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from regsam_geo.text import format_number, say


@dataclass(frozen=True)
class Column:
    """One column of a table for people.

    Attributes
    ----------
    name
        Column of the frame.
    label
        Code of the phrase that heads it.
    decimals
        ``None`` for text, else the digits of a number; or the name of the frame's column that holds them row by
        row, because indicators differ.
    signed
        Whether positive numbers carry a plus sign (differences, changes).
    width
        Width in characters on an XLSX sheet that a text may take; longer ones wrap. Numbers take what they need.
    """

    name: str
    label: str
    decimals: int | str | None = None
    signed: bool = False
    width: int = 14

    @property
    def is_text(self) -> bool:
        """Whether the column holds words."""
        return self.decimals is None


@dataclass(frozen=True)
class Table:
    """A frame with the columns that people see, a title, and notes that stand beneath it."""

    frame: pd.DataFrame
    columns: Sequence[Column]
    title: str
    notes: Sequence[str] = ()

    def heads(self, lang: str | None = None) -> list[str]:
        """Return the column heads."""
        return [say(column.label, lang) for column in self.columns]

    def rows(self) -> Iterator[list[tuple[Column, Any, int]]]:
        """Give each row as cells: the column, the value (``None`` if missing), and its decimals."""
        for record in self.frame.to_dict("records"):
            cells: list[tuple[Column, Any, int]] = []
            for column in self.columns:
                # Values and not texts: CSV, workbook and page write the same number, each in its own way.
                value = record[column.name]
                if column.decimals is None:
                    cells.append((column, "" if pd.isna(value) else str(value), 0))
                    continue
                # By row, as one table holds shares, rates and counts.
                decimals = record[column.decimals] if isinstance(column.decimals, str) else column.decimals
                cells.append((column, None if pd.isna(value) else float(value), int(decimals)))
            yield cells

    def texts(self, lang: str | None = None) -> Iterator[list[str]]:
        """Give each row as the texts that a page shows."""
        for cells in self.rows():
            yield [
                value if column.decimals is None else format_number(value, decimals, sign=column.signed, lang=lang)
                for column, value, decimals in cells
            ]
