"""Numbers, changes, probabilities and periods as people read them."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from regsam_geo.text.language import resolve_language

NOT_AVAILABLE = "–"
MINUS = "\N{MINUS SIGN}"


@lru_cache(maxsize=8)
def separators(lang: str) -> tuple[str, str]:
    """Return the decimal and the grouping sign of a language, from the CLDR."""
    # loaded with the first number: who only imports the library need not wait for it
    from babel.numbers import get_decimal_symbol, get_group_symbol

    locale = {"de": "de_DE", "en": "en_GB"}[lang]
    return get_decimal_symbol(locale), get_group_symbol(locale)


def round_half_up(value: float, decimals: int) -> Decimal:
    """Round as the statistics offices print: half away from zero, and never ``-0``."""
    # By the shortest text of a number: 0.145 is 0.14499999999999999 in binary, and people round what they read.
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-int(decimals)), rounding=ROUND_HALF_UP)
    # A change of -0.04 printed as "-0,0" would say that something fell.
    return abs(rounded) if rounded.is_zero() else rounded


def format_number(
    value: float | None, decimals: int = 0, unit: str = "", *, sign: bool = False, lang: str | None = None
) -> str:
    r"""Write a number with grouping, a fixed number of decimals and its unit.

    Parameters
    ----------
    value
        The number; ``None`` and NaN give an en dash.
    decimals
        Digits after the decimal sign.
    unit
        Written after a no-break space; ``""`` for none.
    sign
        Write the plus sign of positive numbers too, for changes and differences.
    lang
        ``"de"`` or ``"en"``; the language in force by default.

    Notes
    -----
    Babel rounds half to even and writes -0.04 as ``-0,0``; people who check a map with a pocket calculator
    expect neither, so the digits are made here and only the separators are taken from the CLDR.

    Examples
    --------
    >>> format_number(1603776, lang="de")
    '1.603.776'
    >>> format_number(-0.04, 1, "%", lang="de")
    '0,0\xa0%'
    >>> format_number(0.25, 1, sign=True, lang="en")
    '+0.3'
    """
    if value is None or not math.isfinite(value):
        return NOT_AVAILABLE
    decimal_sign, group_sign = separators(resolve_language(lang))
    rounded = round_half_up(value, decimals)
    # Both signs in one pass: replaced one after the other, the second would meet those that the first has put in.
    digits = f"{abs(rounded):,.{decimals}f}".translate({ord(","): group_sign, ord("."): decimal_sign})
    mark = MINUS if rounded < 0 else "+" if sign and rounded > 0 else ""
    return f"{mark}{digits}\N{NO-BREAK SPACE}{unit}" if unit else f"{mark}{digits}"


def format_p(p: float | None, lang: str | None = None) -> str:
    """Write a probability: ``p = 0,013``, or ``p < 0,001`` below that."""
    if p is None or not math.isfinite(p):
        return NOT_AVAILABLE
    # Below it the tail of a model says nothing: 1e-12 would claim a certainty that no count supports.
    if p < 0.001:
        return f"p < {format_number(0.001, 3, lang=lang)}"
    return f"p = {format_number(p, 3, lang=lang)}"


def format_period(period: str, lang: str | None = None) -> str:
    """Write a period: ``2024``, ``1. Quartal 2024``, ``März 2024``, ``KW 7/2024``.

    Examples
    --------
    >>> format_period("2024-Q1", "de")
    '1. Quartal 2024'
    >>> format_period("2024-03", "en")
    'March 2024'
    """
    language = resolve_language(lang)
    year, _, part = period.partition("-")
    if not part:  # a year, or a school year such as 2023/24
        return year
    number = int(part.lstrip("HQW"))
    if part[0] in "HQ":
        words: dict[str, Any] = {
            "de": f"{number}. {'Halbjahr' if part[0] == 'H' else 'Quartal'} {year}",
            "en": f"{'H' if part[0] == 'H' else 'Q'}{number} {year}",
        }
        return str(words[language])
    if part[0] == "W":
        return {"de": f"KW {number}/{year}", "en": f"week {number}, {year}"}[language]
    return f"{_month_names(language)[number]} {year}"


@lru_cache(maxsize=8)
def _month_names(lang: str) -> dict[int, str]:
    from babel.dates import get_month_names

    return dict(get_month_names("wide", locale=lang))
