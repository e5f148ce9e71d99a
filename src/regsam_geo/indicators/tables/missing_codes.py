"""Numbers that stand for a missing value: ``-9999`` and the like are asked about before anybody plots them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from regsam_geo.errors import InputError
from regsam_geo.indicators.tables.numbers import undecorated
from regsam_geo.indicators.tables.raw import RawTable
from regsam_geo.text import problem

# Shorter ones are left out, as districts do have such figures: a balance of -11, or 999 children.
_NUMBERS = frozenset(
    float(sign + digit * n)
    for sign, digit, least in (("-", "9", 2), ("-", "8", 2), ("-", "7", 3), ("-", "1", 3), ("", "9", 4))
    for n in range(least, 9)
)
_CODES = frozenset(f"{number:.0f}{tail}" for number in _NUMBERS for tail in ("", ",0", ".0", ",00", ".00"))
_FAR = 3
"""A code lies so many times beyond the largest of the other numbers."""


def refuse_codes(table: RawTable, column: str, signs: Mapping[str, str] | None) -> None:
    """Ask about a number that returns in a column, looks like a code and lies far from all others.

    Raises
    ------
    InputError
        With the two answers that settle it.
    """
    cells, codes = table.distinct(column)
    settled = {sign.strip() for sign in signs or {}}
    suspects = {
        code: text
        for code, cell in enumerate(cells)
        if (cell in _CODES if isinstance(cell, str) else cell in _NUMBERS)
        and (text := _text(cell)) not in settled
        and str(cell) not in settled
    }
    # A code returns; a number that stands there once may be a true outlier.
    times = {code: int((codes == code).sum()) for code in suspects}
    if max(times.values(), default=0) < 2:
        return
    numbers: dict[int, float] = {}
    for code, cell in enumerate(cells):
        try:
            numbers[code] = float(_text(cell).replace(",", "."))
        except ValueError:
            continue
    for code, text in suspects.items():
        others = [abs(number) for other, number in numbers.items() if other not in suspects]
        if times[code] < 2 or not others:
            continue
        number = numbers[code]
        smallest = min(number for other, number in numbers.items() if other not in suspects)
        # Where nothing else is negative even a small code lies outside of what can be counted.
        if (number < 0 <= smallest) or abs(number) > _FAR * max(others):
            raise problem(
                InputError,
                "number_code",
                file=table.location,
                row=int(table.rows[int(np.argmax(codes == code))]),
                column=column,
                found=text,
                n=times[code],
            )


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    text = str(undecorated(cell)[0])
    return re.sub(r"[.,]0+$", "", text)
