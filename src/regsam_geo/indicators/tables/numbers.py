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
from regsam_geo.indicators.tables.grid import Percent
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

# One sign in four spellings: a dash that is not known would refuse its whole column.
_ZERO = ("-", "–", "—", "\N{MINUS SIGN}")
_PLAIN = re.compile(r"^[+-]?\d*([.,]\d+)?$")  # at most one mark: ",8", "-,3", "19.8", "6"
_EXPONENT = re.compile(r"^[+-]?\d+([.,]\d*)?[eE][+-]?\d{1,3}$")
# a group of thousands never begins with a zero: "0,517" is a half
_GROUPED = re.compile(
    r"^[+-]?[1-9]\d{0,2}((?:\.\d{3})+(,\d+)?|(?:,\d{3})+(\.\d+)?|(?:[ \u00a0\u2009\u202f'’]\d{3})+([.,]\d+)?)$"
)
_AMBIGUOUS = re.compile(r"^[+-]?[1-9]\d{0,2}([.,])\d{3}$")  # "1.234": a thousand or one and a bit?
_SPACES = re.compile(r"[ \u00a0\u2009\u202f'’]")

Remark = Literal["percent", "currency", "brackets", "mark", "zero_sign"]
"""What stood beside a number and has to be told: it was left out, or a sign was read as zero."""

_BESIDE: tuple[tuple[re.Pattern[str], Remark], ...] = (
    (re.compile(r"^(?P<number>.*\d[-\N{MINUS SIGN}]?)\s*(?:%|v\. ?H\.|Prozent)$", re.I), "percent"),
    (re.compile(r"^(?P<number>.*\d[-\N{MINUS SIGN}]?)\s*(?:€|EUR|Euro)$", re.I), "currency"),
    (re.compile(r"^(?:€|EUR)\s*(?P<number>[+-]?\d.*)$", re.I), "currency"),
    # in official tables a number in brackets is of limited reliability, not a negative one
    (re.compile(r"^\((?P<number>[+-]?\d[^()]*)\)$"), "brackets"),
    (re.compile(r"^(?P<number>.*\d)(?:\s*(?:\*+|[¹²³⁴⁵⁶⁷⁸⁹]+|†)|\s+(?:\d|[a-z])\))$"), "mark"),
)
_CLASS = re.compile(r"\d{1,2}\s*[-–:)]\s*[A-Za-zÄÖÜäöü][^\d]*")
_BARE = re.compile(r"[0-9]*[.,]?[0-9]+")
_MINUS_BEHIND = re.compile(r"^(?P<number>\d[\d.,]*)\s?-$")


def undecorated(cell: Any) -> tuple[Any, Remark | None]:
    """Return a cell without what stands beside its number, and what that was.

    Examples
    --------
    >>> [undecorated(cell) for cell in ("12,3 %", "(12)", "12,3 1)", "5,2-", "x", 7.5)]
    [('12,3', 'percent'), ('12', 'brackets'), ('12,3', 'mark'), ('-5,2', None), ('x', None), (7.5, None)]
    """
    if isinstance(cell, Percent):
        return float(cell), "percent"
    # Most cells are bare, and a large table holds a million different ones.
    if not isinstance(cell, str) or _BARE.fullmatch(cell) or not any("0" <= letter <= "9" for letter in cell):
        return cell, None
    # float() knows the hyphen alone: a typographic minus would make a word of the figure.
    text, remark = cell.replace("\N{MINUS SIGN}", "-").replace("–", "-"), None
    # The first letter is asked, too: EUR 12 ends in a digit and has something before it.
    if "0" <= text[-1] <= "9" and text[0] not in "€E":
        return text, None  # most cells: nothing stands beside the number
    # Only one is taken off: a cell with two, such as (12,3 %), is asked about instead of guessed at.
    for pattern, what in _BESIDE:
        if match := pattern.match(text):
            text, remark = match["number"].strip(), what
            break
    if match := _MINUS_BEHIND.match(text):  # bookkeeping programs write the minus behind the number
        text = "-" + match["number"]
    return text, remark


@dataclass(frozen=True)
class Decorations:
    """What stood beside the numbers of a column: how many cells of each kind, and the first with its row."""

    counts: Mapping[Remark, int]
    first: Mapping[Remark, tuple[str, int]]
    numbers: int

    @property
    def all_percent(self) -> bool:
        """Whether every number of the column carries a percent sign."""
        return self.numbers > 0 and self.counts.get("percent", 0) == self.numbers


def decorations(table: RawTable, column: str, signs: Mapping[str, str]) -> Decorations:
    """Count what stands beside the numbers of a column, and the signs that are read as zero."""
    cells, codes = table.distinct(column)
    times = np.bincount(codes, minlength=len(cells)).tolist()
    counts: dict[Remark, int] = {}
    first: dict[Remark, tuple[str, int]] = {}
    numbers = 0
    for code, cell in enumerate(cells):
        if type(cell) is float:  # and no Percent, beside which something stands
            numbers += times[code]
            continue
        bare, remark = undecorated(cell)
        if isinstance(cell, str) and cell in _ZERO and cell not in signs:
            remark = "zero_sign"
        elif not isinstance(bare, str) or any("0" <= letter <= "9" for letter in bare):
            numbers += times[code]
        if remark is not None:
            counts[remark] = counts.get(remark, 0) + times[code]
            first.setdefault(remark, (str(cell)[:40], table.row_of(column, code)))
    return Decorations(counts, first, numbers)


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
        if reason not in SIGNS and reason not in ("zero", "number"):
            raise problem(
                InputError,
                "sign_reason",
                sign=sign,
                found=reason,
                expected=join_words((*SIGNS, "zero", "number")),
                hint=did_you_mean(reason, SIGNS),
            )
    return PRINTED_SIGNS | {sign.strip().casefold(): reason for sign, reason in (extra or {}).items()}


def decimal_evidence(cells: Iterable[Any]) -> set[str]:
    """Return the decimal marks that the texts of a column prove: none, one, or both, which contradict."""
    marks: set[str] = set()
    for text in {undecorated(cell)[0] for cell in cells if isinstance(cell, str)}:
        if (grouped := _GROUPED.match(text)) and not _AMBIGUOUS.match(text):
            # A blank between thousands leaves the decimal mark open; only a mark that is there proves one.
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
    # Two marks are two writers, even where each cell alone is clear: a cell such as 1.234 would be read by the
    # rule of the wrong one.
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
    # The column's own proof first, then what the rest of the file agrees on; neither, and an open cell is asked
    # about.
    mark = next(iter(marks)) if len(marks) == 1 else fallback if not marks else None
    numbers = np.empty(len(cells))
    reasons = np.empty(len(cells), dtype=object)
    for code, cell in enumerate(cells):
        found = _read_cell(cell, mark, signs)
        if found is None:
            raise problem(
                InputError,
                _unread(cell),
                file=table.location,
                row=table.row_of(column, code),
                column=column,
                found=" ".join(str(cell).split())[:60],
                n=_how_many(table, column, cell),
            )
        numbers[code], reasons[code] = found
    return Figures(numbers[codes], reasons[codes])


def _how_many(table: RawTable, column: str, cell: Any) -> int:
    """Count the cells of a column that begin like this one: other formulas, other error messages."""
    cells, codes = table.distinct(column)
    alike = [i for i, other in enumerate(cells) if str(other)[:1] == str(cell)[:1] and str(other)[:1] in "=#"]
    return int(np.isin(codes, alike).sum())


def _unread(cell: Any) -> str:
    """Say why a cell is no number; one with digits is never advised to be declared missing."""
    bare, _ = undecorated(cell)
    if not isinstance(bare, str):
        return "not_a_number"
    if _AMBIGUOUS.match(bare):
        return "number_ambiguous"
    if bare.startswith("#"):
        return "cell_error"
    if str(cell).startswith("=") and len(str(cell)) > 1:
        return "cell_formula"
    if _CLASS.fullmatch(str(cell)):
        return "cell_class"
    if re.fullmatch(r"[+-]?[\d.,]+", bare):
        return "number_marks"
    return "number_with_words" if any("0" <= letter <= "9" for letter in bare) else "not_a_number"


def _is_grouped(cell: Any) -> bool:
    bare, _ = undecorated(cell)
    return isinstance(bare, str) and bool(_GROUPED.match(bare)) and not _AMBIGUOUS.match(bare)


def _read_cell(cell: Any, mark: str | None, signs: Mapping[str, str]) -> tuple[float, str] | None:
    """Return number and sign of a cell, or ``None`` if it is neither."""
    # TRUE would be read as 1 and a date as its number of days.
    if isinstance(cell, bool | datetime.date | datetime.time | datetime.timedelta):
        return None
    if isinstance(cell, int | float):
        if signs is not PRINTED_SIGNS and len(signs) > len(PRINTED_SIGNS):
            # The user writes -9999 where the workbook holds -9999.0.
            spelled = str(int(cell)) if math.isfinite(cell) and float(cell).is_integer() else str(cell)
            if (said := signs.get(spelled, "number")) not in ("number", "zero"):
                return math.nan, said
        return (float(cell), "") if math.isfinite(cell) else (math.nan, "not_available") if cell != cell else None
    text = str(cell)
    if (reason := signs.get(text.casefold())) is not None and reason != "number":
        return (0.0, "") if reason == "zero" else (math.nan, reason)
    if text in _ZERO:
        return 0.0, ""
    text = str(undecorated(text)[0])
    if not any("0" <= letter <= "9" for letter in text):
        return None
    if _AMBIGUOUS.match(text):
        # Never guessed: a figure wrong by a factor of a thousand still looks plausible on a map.
        if mark is None:
            return None
        return float(text.replace(",", ".") if mark in text else re.sub(r"[.,]", "", text)), ""
    if _EXPONENT.match(text):
        return _finite(text.replace(",", "."))
    if _PLAIN.match(text):
        # Against the mark of the column a plain number is a contradiction, not another spelling.
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
    # 1e999 is spelled like a number, and would go on as infinity.
    return (number, "") if math.isfinite(number) else None
