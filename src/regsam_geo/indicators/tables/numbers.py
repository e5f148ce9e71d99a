"""What a cell of figures means: numbers with either decimal mark, and the signs that replace a number."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from regsam_geo.errors import InputError
from regsam_geo.indicators.signs import SIGNS
from regsam_geo.indicators.tables.raw import RawTable
from regsam_geo.text import did_you_mean, join_words, problem

Decimal = Literal[",", "."]

PRINTED_SIGNS: dict[str, str] = {
    "": "not_available",
    "na": "not_available",
    "n/a": "not_available",
    "nan": "not_available",
    "<na>": "not_available",
    ".": "unknown_or_secret",
    "/": "unreliable",
    "x": "not_applicable",
    "...": "later",
    "…": "later",
    "g": "secret",
    "u": "unknown_or_secret",
}
"""What the statistical offices print instead of a number (lower case), and the reason it stands for.

``-`` is not among them: it means that there is nothing, and is read as the number zero.
"""

_ZERO = ("-", "–", "—", "\N{MINUS SIGN}")
_PLAIN = re.compile(r"^[+-]?\d*([.,]\d+)?$")  # at most one mark: ",8", "-,3", "19.8", "6"
_EXPONENT = re.compile(r"^[+-]?\d+(\.\d*)?[eE][+-]?\d{1,3}$")
_GROUPED = re.compile(
    r"^[+-]?\d{1,3}((?:\.\d{3})+(,\d+)?|(?:,\d{3})+(\.\d+)?|(?:[ \u00a0\u202f']\d{3})+([.,]\d+)?)$"
)
_AMBIGUOUS = re.compile(r"^[+-]?[1-9]\d{0,2}([.,])\d{3}$")  # "1.234": a thousand or one and a bit?
_SPACES = re.compile(r"[ \u00a0\u202f']")


@dataclass(frozen=True, eq=False)
class Figures:
    """A column of cells as numbers.

    Attributes
    ----------
    numbers
        NaN where a sign stands.
    signs
        The reason where a number is missing, else empty.
    """

    numbers: npt.NDArray[np.float64]
    signs: npt.NDArray[np.object_]


def known_signs(extra: Mapping[str, str] | None) -> dict[str, str]:
    """Return the printed signs with the user's own, which win."""
    for sign, reason in (extra or {}).items():
        if reason not in SIGNS and reason != "zero":
            raise problem(
                InputError,
                "sign_reason",
                sign=sign,
                found=reason,
                expected=join_words((*SIGNS, "zero")),
                hint=did_you_mean(reason, SIGNS),
            )
    return PRINTED_SIGNS | {sign.strip().casefold(): reason for sign, reason in (extra or {}).items()}


def decimal_evidence(cells: Iterable[Any]) -> set[str]:
    """Return the decimal marks that the texts of a column prove: none, one, or both, which contradict."""
    marks: set[str] = set()
    for text in {cell for cell in cells if isinstance(cell, str)}:
        if (grouped := _GROUPED.match(text)) and not _AMBIGUOUS.match(text):
            if _SPACES.search(text):
                marks |= {mark for mark in ",." if mark in text}
            else:
                marks.add("," if grouped.group(1).startswith(".") else ".")
        elif not _AMBIGUOUS.match(text) and (plain := _PLAIN.match(text)) and plain.group(1):
            marks.add(plain.group(1)[0])
    return marks


def read_figures(
    table: RawTable,
    column: str,
    *,
    decimal: str | None = None,
    fallback: str | None = None,
    signs: Mapping[str, str] = PRINTED_SIGNS,
    mixed: bool = False,
) -> Figures:
    """Turn a column of cells into numbers and signs.

    Parameters
    ----------
    table, column
        What is read.
    decimal
        The decimal mark; ``None`` takes it from the cells and refuses a column in which ``1.234`` could be both.
    fallback
        The mark where the column itself proves none: what all other columns of the file agree on.
    signs
        Printed sign (lower case) to reason.
    mixed
        Accept both decimal marks in one column, for forms that are known to mix them and never group thousands.

    Raises
    ------
    InputError
        With file, row and column, if a cell is neither number nor sign, or the marks contradict each other.
    """
    cells, codes = table.distinct(column)
    marks = {decimal} if decimal else decimal_evidence(cells)
    if len(marks) > 1 and not (mixed and not any(_is_grouped(cell) for cell in cells)):
        examples: dict[str, int] = {}
        for code, cell in enumerate(cells):
            for proved in decimal_evidence([cell]):
                examples.setdefault(proved, code)
        first, second = sorted(examples.values())[:2]
        raise problem(
            InputError,
            "decimals_contradict",
            file=table.location,
            column=column,
            row=table.row_of(column, second),
            first=cells[first],
            second=cells[second],
        )
    mark = next(iter(marks)) if len(marks) == 1 else fallback if not marks else None
    numbers = np.empty(len(cells))
    reasons = np.empty(len(cells), dtype=object)
    for code, cell in enumerate(cells):
        found = _read_cell(cell, mark, signs)
        if found is None:
            raise problem(
                InputError,
                "number_ambiguous" if isinstance(cell, str) and _AMBIGUOUS.match(cell) else "not_a_number",
                file=table.location,
                row=table.row_of(column, code),
                column=column,
                found=str(cell)[:60],
            )
        numbers[code], reasons[code] = found
    return Figures(numbers[codes], reasons[codes])


def _is_grouped(cell: Any) -> bool:
    return isinstance(cell, str) and bool(_GROUPED.match(cell)) and not _AMBIGUOUS.match(cell)


def _read_cell(cell: Any, mark: str | None, signs: Mapping[str, str]) -> tuple[float, str] | None:
    """Return number and sign of a cell, or ``None`` if it is neither."""
    if isinstance(cell, bool | datetime.date | datetime.time | datetime.timedelta):
        return None
    if isinstance(cell, int | float):
        return (float(cell), "") if math.isfinite(cell) else (math.nan, "not_available") if cell != cell else None
    text = str(cell)
    if (reason := signs.get(text.casefold())) is not None:
        return (0.0, "") if reason == "zero" else (math.nan, reason)
    if text in _ZERO:
        return 0.0, ""
    text = text.replace("\N{MINUS SIGN}", "-").replace("–", "-")
    if not any("0" <= letter <= "9" for letter in text):
        return None
    if _AMBIGUOUS.match(text):
        if mark is None:
            return None
        return float(text.replace(",", ".") if mark in text else re.sub(r"[.,]", "", text)), ""
    if _EXPONENT.match(text):
        return _finite(text)
    if _PLAIN.match(text):
        other = {",": ".", ".": ","}.get(mark or "")
        return None if other and other in text else _finite(text.replace(",", "."))
    if grouped := _GROUPED.match(text):
        bare = _SPACES.sub("", text)
        if bare != text:
            return _read_cell(bare, mark, signs)
        found = "," if grouped.group(1).startswith(".") else "."
        if mark not in (None, found):
            return None
        return _finite(bare.replace("." if found == "," else ",", "").replace(",", "."))
    return None


def _finite(text: str) -> tuple[float, str] | None:
    number = float(text)
    return (number, "") if math.isfinite(number) else None
