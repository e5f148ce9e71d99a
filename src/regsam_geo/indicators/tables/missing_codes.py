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

_CODE = re.compile(r"-9{2,7}|-(?:1|8|7){3,7}|9{4,8}|-8{2,7}|-7{3,7}")
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
    numbers: dict[int, float] = {}
    suspects: dict[int, str] = {}
    for code, cell in enumerate(cells):
        text = _text(cell)
        try:
            numbers[code] = float(text.replace(",", "."))
        except ValueError:
            continue
        if _CODE.fullmatch(text) and text not in settled and str(cell) not in settled:
            suspects[code] = text
    for code, text in suspects.items():
        others = [abs(number) for other, number in numbers.items() if other not in suspects]
        times = int((codes == code).sum())
        if times < 2 or not others:
            continue
        number = numbers[code]
        smallest = min(number for other, number in numbers.items() if other not in suspects)
        if (number < 0 <= smallest) or abs(number) > _FAR * max(others):
            raise problem(
                InputError,
                "number_code",
                file=table.location,
                row=int(table.rows[int(np.argmax(codes == code))]),
                column=column,
                found=text,
                n=times,
            )


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    text = str(undecorated(cell)[0])
    return re.sub(r"[.,]0+$", "", text)
