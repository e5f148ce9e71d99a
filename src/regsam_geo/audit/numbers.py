"""Numbers as a reader takes them from a page: each stands for all that would have been rounded to it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import NamedTuple

NUMBER = re.compile(
    r"(?<![\w.,/])([-+−–]?)(\d{1,3}(?:[.,'\u00a0\u202f ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)(?![\w/]|[.,]\d)"
)
"""A number that stands alone: no part of a word, of a date or of ``17/18``."""

MOST_DECIMALS = 6
"""Whoever writes more digits has not rounded; the last ones are noise of binary fractions."""


class Span(NamedTuple):
    """All numbers that a printed one may stand for."""

    low: float
    high: float

    @property
    def exact(self) -> bool:
        """Whether it leaves no choice to whole numbers."""
        return math.ceil(self.low - 1e-6) == math.floor(self.high + 1e-6) and self.high - self.low <= 1

    def within(self, other: Span) -> bool:
        """Tell whether both may stand for the same number."""
        return self.low <= other.high + 1e-9 and other.low <= self.high + 1e-9


def span_of(number: float) -> Span:
    """Return what a number of a workbook or a layer stands for.

    Examples
    --------
    >>> span_of(4.5)
    Span(low=4.45, high=4.55)
    >>> span_of(2.0)
    Span(low=2.0, high=2.0)
    """
    number = float(number)
    digits = f"{number:.12g}".partition(".")[2]
    if "e" in digits or len(digits) > MOST_DECIMALS:
        room = max(abs(number) * 1e-9, 1e-9)
    elif not digits:
        room = 0.0
    else:
        room = 0.5 * 10.0 ** -len(digits)
    return Span(round(number - room, 12), round(number + room, 12))


# 104.577 may be a thousand or a fraction; 4.1, 0.517 and 1.791,5 leave no choice
_DECIMAL = {mark: re.compile(rf"\d{mark}(?!\d{{3}}(?!\d))\d|(?<![\d.,])0{mark}\d") for mark in (",", r"\.")}


def writes_comma(texts: Iterable[str]) -> bool:
    """Tell whether numbers that stand together are written with a decimal comma.

    Where all of them could be read either way they are whole, and the mark between their digits parts thousands:
    no table has three decimals throughout.

    Examples
    --------
    >>> writes_comma(["4,1", "1.791"]), writes_comma(["104.577"]), writes_comma(["104,577", "4.1"])
    (True, True, False)
    """
    joined = " ".join(texts)
    if _DECIMAL[","].search(joined):
        return True
    if _DECIMAL[r"\."].search(joined):
        return False
    return re.search(r"\d\.\d", joined) is not None or re.search(r"\d,\d", joined) is None


def read_number(text: str, *, comma: bool = True) -> tuple[Span, int] | None:
    """Read a text that is one number, with a unit or marks around it; also return its digits after the mark.

    Parameters
    ----------
    comma
        Whether the table writes a decimal comma.

    Examples
    --------
    >>> read_number("▲ 4,1 %")
    (Span(low=4.05, high=4.15), 1)
    >>> read_number("1.791 je km²")[0].low, read_number("1.791", comma=False)[0].low
    (1791.0, 1.7905)
    >>> read_number("5 von 16") is None
    True
    """
    # a unit may hold a number of its own
    bare = re.sub(r"\b(je|per|pro)\s+[\d.,]+.*$", "", text)
    found = NUMBER.findall(bare)
    # more letters than a unit has make a sentence, and those are read with what they speak of
    if len(found) != 1 or len(re.sub(r"[\W\d]", "", bare)) > 24:
        return None
    return number_of(*found[0], comma=comma)


def number_of(sign: str, digits: str, *, comma: bool) -> tuple[Span, int]:
    """Read what ``NUMBER`` has found."""
    digits = re.sub(r"['\u00a0\u202f ]", "", digits)
    mark = "," if comma else "."
    other = "." if comma else ","
    if mark not in digits and not re.fullmatch(r"\d{1,3}(?:" + re.escape(other) + r"\d{3})+", digits):
        mark, other = other, mark  # 4.1 in a table with commas is no thousand
    whole, _, after = digits.replace(other, "").partition(mark)
    number = float(f"{whole}.{after or 0}")
    if sign in ("-", "−", "–") and sign:
        number = -number
    room = 0.5 * 10.0 ** -len(after) if after.strip("0") or after else 0.0
    if after and set(after) == {"0"} and len(after) == 1 and number >= 100:
        room = 0.0  # 2170,0: a whole number from a column of floats
    return Span(round(number - room, 12), round(number + room, 12)), len(after)
