"""The list of what an edition hides: which cells, and which tables it showed; no figures."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from regsam_geo.errors import InputError
from regsam_geo.indicators.panel import KEY, NUMBERS, Panel
from regsam_geo.text import problem, shorten

HIDDEN_LIST: Final = "geheim.csv"
"""Name of the list in the folder of a report; programs find it by this name in any language."""
HIDDEN_LIST_OF_PACKS: Final = "geheim-mappe.csv"
"""The same of meeting packs."""

SUPPRESSED: Final = "suppressed"
STILL_SHOWN: Final = "still_shown"
ALL_OTHERS: Final = "*"
"""Stands for every area of a table that the list does not name: it was shown."""

LIST_COLUMNS: Final = (*KEY, STILL_SHOWN)
_TABLE = [name for name in KEY if name != "area_id"]
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_MOST_BYTES = 50_000_000


def list_hidden(panel: Panel) -> pd.DataFrame:
    """List the cells that are hidden in a protected panel, and the tables in which all others are shown.

    Returns
    -------
    DataFrame
        ``indicator``, ``group``, ``period``, ``level``, ``area_id`` and ``still_shown``: the columns of a row that
        are shown although its value is not. ``area_id`` is ``*`` in the rows that name a table.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> cells = list_hidden(rg.load_sample())
    >>> cells["area_id"].unique().tolist()
    ['*']
    """
    data = panel.data
    gone = data["sign"] == SUPPRESSED
    numbers = data.loc[gone, list(NUMBERS)].notna().to_numpy()
    shown = [" ".join(name for name, is_shown in zip(NUMBERS, row, strict=True) if is_shown) for row in numbers]
    cells = data.loc[gone, list(KEY)].assign(**{STILL_SHOWN: shown})
    # without them no later run could tell a cell that was shown from one that was not there
    tables = data[_TABLE].drop_duplicates().assign(area_id=ALL_OTHERS, **{STILL_SHOWN: ""})
    both = pd.concat([cells, tables])[list(LIST_COLUMNS)]
    return both.sort_values(list(KEY), ignore_index=True)


def names_areas(cells: pd.DataFrame) -> bool:
    """Tell whether a list names any hidden cell, not tables alone."""
    return bool((cells["area_id"] != ALL_OTHERS).any())


def list_bytes(cells: pd.DataFrame) -> bytes:
    r"""Return a list of hidden cells as CSV: UTF-8 with BOM, semicolons, in every language the same.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> cells = list_hidden(rg.load_sample().sel("Nichtdeutsche", period=2024, level="city"))
    >>> list_bytes(cells).decode("utf-8-sig").splitlines()
    ['indicator;group;period;level;area_id;still_shown', 'Nichtdeutsche;insgesamt;2024;city;*;']
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(LIST_COLUMNS)
    for row in cells[list(LIST_COLUMNS)].itertuples(index=False, name=None):
        writer.writerow([as_text(str(text)) for text in row])
    return stream.getvalue().encode("utf-8-sig")


def as_text(text: str) -> str:
    """Return a text as it is written where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def from_text(text: str) -> str:
    """Return a text as it was before it was written."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA_STARTS) else text


def lists_in(folder: str | Path) -> list[Path]:
    """Return the lists of hidden cells that stand in a folder."""
    files = (Path(folder) / name for name in (HIDDEN_LIST, HIDDEN_LIST_OF_PACKS))
    return [file for file in files if file.is_file()]


def tables_of(rows: pd.DataFrame) -> pd.MultiIndex:
    """Return the table of each row: its key without the area."""
    return pd.MultiIndex.from_frame(rows[_TABLE].astype("str"))


def read_list(file: Path) -> pd.DataFrame:
    """Read one list.

    Raises
    ------
    InputError
        If there is none, or the file is no such list.
    """
    try:
        # asked before reading: what is no list of ours may be of any size
        if file.stat().st_size > _MOST_BYTES:
            raise problem(InputError, "hidden_list", file=str(file), found=f"{file.stat().st_size} Bytes")
        content = file.read_bytes()
    except OSError:
        raise problem(InputError, "hidden_list_missing", file=file.name, folder=str(file.parent)) from None
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    except (UnicodeDecodeError, csv.Error):
        lines = []
    head, rows = (lines[0], [line for line in lines[1:] if line]) if lines else ([], [])
    if tuple(head) != LIST_COLUMNS or any(len(row) != len(LIST_COLUMNS) for row in rows):
        raise problem(
            InputError, "hidden_list", file=str(file), found=shorten([repr(one) for one in head], 8) or "–"
        )
    plain = [[from_text(text) for text in row] for row in rows]
    return pd.DataFrame(np.array(plain, dtype=object).reshape(-1, len(LIST_COLUMNS)), columns=list(LIST_COLUMNS))
