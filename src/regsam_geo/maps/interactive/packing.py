"""Whole numbers as text: one to three signs each, in the way in which source maps write theirs."""

from __future__ import annotations

import string
from collections.abc import Iterable
from functools import lru_cache

DIGITS = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
"""Six bits each: five of the number, the lowest ones first, and 32 if more follow."""

MARKS = "!#$%()*,-.:;=?@"
"""What stands for a missing value, by the number of its reason."""


def write_numbers(values: Iterable[int | str]) -> str:
    """Write whole numbers; text is the number of a reason why a value is missing.

    The lowest bit tells whether a number is negative.

    Examples
    --------
    >>> write_numbers([0, 1, -1, 15, 16, -500, "2"])
    'ACDegBpf$'
    """
    return "".join(MARKS[int(value)] if isinstance(value, str) else _write(value) for value in values)


def write_steps(values: Iterable[int | str]) -> str:
    """Write the first number, then how far each lies from the one before; reasons are stepped over.

    Examples
    --------
    >>> write_steps([301, "0", 299, 299]) == write_numbers([301, "0", -2, 0])
    True
    """
    steps: list[int | str] = []
    last = 0
    for value in values:
        if isinstance(value, str):
            steps.append(value)
        else:
            # Series change little from year to year: a step mostly needs one letter where the number needs three.
            steps.append(value - last)
            last = value
    return write_numbers(steps)


@lru_cache(maxsize=1 << 14)
def _write(number: int) -> str:
    rest = 2 * number if number >= 0 else -2 * number + 1
    text = ""
    while rest >= 32:
        text += DIGITS[32 + rest % 32]
        rest //= 32
    return text + DIGITS[rest]
