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
"""Name of the list in the folder of an edition; programs find it by this name in any language."""

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
        are shown although its value is not. ``area_id`` is ``*`` in the rows that name a table. Empty where
        nothing is hidden.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> len(list_hidden(rg.load_sample()))
    0
    """
    data = panel.data
    gone = data["sign"] == SUPPRESSED
    if not gone.any():
        return pd.DataFrame(columns=list(LIST_COLUMNS), dtype="str")
    numbers = data.loc[gone, list(NUMBERS)].notna().to_numpy()
    shown = [" ".join(name for name, is_shown in zip(NUMBERS, row, strict=True) if is_shown) for row in numbers]
    cells = data.loc[gone, list(KEY)].assign(**{STILL_SHOWN: shown})
    tables = data[_TABLE].drop_duplicates().assign(area_id=ALL_OTHERS, **{STILL_SHOWN: ""})
    both = pd.concat([cells, tables])[list(LIST_COLUMNS)]
    return both.sort_values(list(KEY), ignore_index=True)


def list_bytes(cells: pd.DataFrame) -> bytes:
    r"""Return a list of hidden cells as CSV: UTF-8 with BOM, semicolons, in every language the same.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> list_bytes(list_hidden(rg.load_sample())).decode("utf-8-sig")
    'indicator;group;period;level;area_id;still_shown\r\n'
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(LIST_COLUMNS)
    for row in cells[list(LIST_COLUMNS)].itertuples(index=False, name=None):
        # a spreadsheet takes such a text for a formula
        writer.writerow([f"'{text}" if text.startswith(_FORMULA_STARTS) else text for text in map(str, row)])
    return stream.getvalue().encode("utf-8-sig")


def read_hidden_list(path: str | Path) -> pd.DataFrame:
    """Read the list of hidden cells of an edition, by its file or by the folder that holds it.

    Raises
    ------
    InputError
        If there is none, or the file is no such list.
    """
    file = Path(path)
    file = file / HIDDEN_LIST if file.is_dir() else file
    try:
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
    plain = [
        [text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA_STARTS) else text for text in row]
        for row in rows
    ]
    return pd.DataFrame(np.array(plain, dtype=object).reshape(-1, len(LIST_COLUMNS)), columns=list(LIST_COLUMNS))
