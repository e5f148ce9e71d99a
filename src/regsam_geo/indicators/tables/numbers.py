"""What a cell of figures means: numbers with either decimal mark, and the signs that replace a number."""

from __future__ import annotations

import datetime
import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from regsam_geo.errors import InputError
from regsam_geo.indicators.signs import SIGNS
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
    decimals
        The most digits after the decimal mark that the cells are printed with; 0 for none, -1 if unknown
        (the workbook holds binary numbers).
    """

    numbers: npt.NDArray[np.float64]
    signs: npt.NDArray[np.object_]
    decimals: int


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


def decimal_evidence(cells: npt.NDArray[np.object_]) -> set[str]:
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
    cells: npt.NDArray[np.object_],
    *,
    rows: npt.NDArray[np.int64],
    file: str,
    column: str,
    decimal: str | None = None,
    fallback: str | None = None,
    signs: Mapping[str, str] = PRINTED_SIGNS,
    mixed: bool = False,
) -> Figures:
    """Turn a column of cells into numbers and signs.

    Parameters
    ----------
    cells, rows, file, column
        What is read, and where it stands, for the message.
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
    values: dict[Any, tuple[float, str]] = {}
    marks = {decimal} if decimal else decimal_evidence(cells)
    if len(marks) > 1:
        has_groups = any(isinstance(c, str) and _GROUPED.match(c) and not _AMBIGUOUS.match(c) for c in set(cells))
        if not mixed or has_groups:
            texts = _example_of_each_mark(cells)
            row = int(rows[int(np.argmax([cell == texts[1] for cell in cells]))])
            raise problem(
                InputError,
                "decimals_contradict",
                file=file,
                column=column,
                row=row,
                first=texts[0],
                second=texts[1],
            )
    mark = next(iter(marks)) if len(marks) == 1 else fallback if not marks else None
    decimals = -1
    numbers = np.empty(len(cells))
    reasons = np.empty(len(cells), dtype=object)
    for i, cell in enumerate(cells):
        key = (type(cell), cell)
        found = values.get(key)
        if found is None:
            found = _read_cell(cell, mark, signs)
            if found is None:
                code = "number_ambiguous" if isinstance(cell, str) and _AMBIGUOUS.match(cell) else "not_a_number"
                raise problem(InputError, code, file=file, row=int(rows[i]), column=column, found=str(cell)[:60])
            values[key] = found
            if isinstance(cell, str) and not found[1]:
                decimals = max(decimals, _digits_after(cell, mark))
        numbers[i], reasons[i] = found
    return Figures(numbers, reasons, decimals)


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


def _digits_after(text: str, mark: str | None) -> int:
    """Count the digits after the decimal mark."""
    if _EXPONENT.match(text):
        return 0
    for candidate in (mark,) if mark else (",", "."):
        if candidate and candidate in text:
            return len(text.rpartition(candidate)[2])
    return 0


def _example_of_each_mark(cells: npt.NDArray[np.object_]) -> tuple[str, str]:
    """Return one text with each decimal mark, in the order of the cells."""
    examples: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for cell in cells:
        for mark in decimal_evidence(np.array([cell], dtype=object)):
            examples.setdefault(mark, cell)
            counts[mark] += 1
    (first, _), (second, _) = counts.most_common(2)
    return examples[first], examples[second]
