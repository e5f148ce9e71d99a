"""The figures that an edition shows, beside the list of what it hides: what the next edition is compared with."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from regsam_geo.errors import InputError
from regsam_geo.indicators.disclosure.hidden_list import HIDDEN_LIST, HIDDEN_LIST_OF_PACKS, as_text, from_text
from regsam_geo.indicators.disclosure.rules import Floats
from regsam_geo.indicators.panel import KEY
from regsam_geo.text import problem, shorten

SHOWN_FIGURES: Final = "gezeigt.csv"
"""Name of the figures in the folder of a report; programs find them by this name in any language."""
SHOWN_FIGURES_OF_PACKS: Final = "gezeigt-mappe.csv"
"""The same of meeting packs."""

FIGURES_OF: Final[Mapping[str, str]] = {
    HIDDEN_LIST: SHOWN_FIGURES,
    HIDDEN_LIST_OF_PACKS: SHOWN_FIGURES_OF_PACKS,
}
"""Where the figures of each list stand, in the same folder."""

UNIT: Final = "unit"
SHOWN_NUMBERS: Final = ("value", "numerator", "denominator")
FIGURE_COLUMNS: Final = (*KEY, UNIT, *SHOWN_NUMBERS)
HALF_UNIT: Final = "half_unit"
"""Half a unit of the last digit that a value is shown with."""

_MOST_BYTES = 200_000_000
_MOST_DIGITS = 12


def figures_bytes(figures: pd.DataFrame) -> bytes:
    r"""Return shown figures as CSV: UTF-8 with BOM, semicolons, in every language the same.

    Parameters
    ----------
    figures
        The columns of ``FIGURE_COLUMNS``; the numbers are texts, written as they are shown.

    Examples
    --------
    >>> row = ["Beratene", "insgesamt", "2024", "district", "01", "Personen", "12", "", ""]
    >>> figures_bytes(pd.DataFrame([row], columns=list(FIGURE_COLUMNS))).decode("utf-8-sig").splitlines()[1]
    'Beratene;insgesamt;2024;district;01;Personen;12;;'
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(FIGURE_COLUMNS)
    columns = list(FIGURE_COLUMNS)
    for row in figures.sort_values(list(KEY))[columns].itertuples(index=False, name=None):
        words = [as_text(str(text)) for text in row[: -len(SHOWN_NUMBERS)]]
        # a number may be negative, and no spreadsheet takes one for a formula
        writer.writerow([*words, *row[-len(SHOWN_NUMBERS) :]])
    return stream.getvalue().encode("utf-8-sig")


def written(number: float, digits: int) -> str:
    """Write a number with so many digits at most, half away from zero; whole ones without any.

    Examples
    --------
    >>> written(12.0, 1), written(2.25, 1), written(float("nan"), 1)
    ('12', '2.3', '')
    """
    if np.isnan(number):
        return ""
    # 0.145 * 100 is 14.499999999999998; the hair puts it back where its written form lies
    whole = np.floor(abs(number) * 10.0**digits * (1 + 1e-12) + 0.5)
    text = f"{np.copysign(whole, number) / 10.0**digits:.{digits}f}"
    is_whole = float(number).is_integer()
    return text.partition(".")[0] if is_whole else text


def read_figures(file: Path) -> pd.DataFrame | None:
    """Read the figures of an edition; ``None`` where there is no such file.

    Returns
    -------
    DataFrame
        The columns of ``FIGURE_COLUMNS``, numbers as such, and ``half_unit``.

    Raises
    ------
    InputError
        If the file is no such table.
    """
    if not file.is_file():
        return None
    # asked before reading: what is no table of ours may be of any size
    if file.stat().st_size > _MOST_BYTES:
        raise problem(InputError, "shown_figures", file=str(file), found=f"{file.stat().st_size} Bytes")
    try:
        text = file.read_bytes().decode("utf-8-sig")
        head, *lines = [line for line in csv.reader(io.StringIO(text, newline=""), delimiter=";") if line]
    except (UnicodeDecodeError, csv.Error, ValueError):
        head, lines = [], []
    width = len(FIGURE_COLUMNS)
    if tuple(head) != FIGURE_COLUMNS or any(len(row) != width for row in lines):
        found = shorten([repr(one) for one in head], 8) or "–"
        raise problem(InputError, "shown_figures", file=str(file), found=found)
    rows = pd.DataFrame(np.array(lines, dtype=object).reshape(-1, width), columns=list(FIGURE_COLUMNS))
    for name in (*KEY, UNIT):
        rows[name] = [from_text(one) for one in rows[name]]
    rows[HALF_UNIT] = _half_units(rows["value"].tolist())
    try:
        return rows.astype(dict.fromkeys(SHOWN_NUMBERS, "object")).assign(
            **{name: _numbers(rows[name].tolist()) for name in SHOWN_NUMBERS}
        )
    except ValueError as error:
        raise problem(InputError, "shown_figures", file=str(file), found=shorten([str(error)], 1)) from None


def _numbers(texts: list[str]) -> Floats:
    return np.array([float(text) if text else np.nan for text in texts], dtype=np.float64)


def _half_units(texts: list[str]) -> Floats:
    digits = np.array([min(len(text.partition(".")[2]), _MOST_DIGITS) for text in texts], dtype=np.float64)
    return np.asarray(0.5 * 10.0**-digits)
