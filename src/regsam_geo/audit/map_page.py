"""The numbers that an interactive map carries, by area and period: what its page unpacks, unpacked here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from regsam_geo.audit.figures import Figure, series_of
from regsam_geo.audit.numbers import Span
from regsam_geo.audit.places import CITY, LEVELS, Place
from regsam_geo.audit.sheets import Context

# written down once more and not imported: an audit must not share the mistakes of what it audits
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
MARKS = "!#$%()*,-.:;=?@"


def figures_of_map(data: dict[str, Any], source: str, context: Context) -> Iterator[Figure]:
    """Read every series of a map, on every level, with the digits that its differences are computed from."""
    signs = [bool(one.get("secret")) for one in data.get("signs", [])]
    ids = {level["id"]: [str(area["id"]) for area in level["areas"]] for level in data["levels"]}
    for one in data["series"]:
        names = {series_of(one["indicator"], one["group"])}
        title = f"{one['title']} ({one['detail']})" if one.get("detail") else one["title"]
        names.add(series_of(title))
        packed = {"city": [("munich", one["city"])]} if one.get("city") else {}
        rows: list[tuple[Place, str, dict[str, Any], int]] = []
        for at, row in enumerate(one["city"]["rows"] if packed else []):
            rows.append((CITY, row, one["city"], at))
        for level, held in one["levels"].items():
            for at, row in enumerate(held["rows"]):
                rows.append(((LEVELS.get(level, level), ids[level][at]), row, held, at))
        for place, row, held, at in rows:
            odd = {period: number for area, period, number in held.get("printed", []) if area == at}
            # not the printed digits: the file holds more for its differences, and whoever opens it can read them
            digits = one["decimals"] + one["extra"] - held["zeros"]
            for number, told in enumerate(_steps(row)):
                period = one["periods"][number]
                if isinstance(told, str):
                    secret = signs[MARKS.index(told)] if MARKS.index(told) < len(signs) else False
                    span = None
                else:
                    secret, span = False, _span(told, digits, one, held)
                for name in sorted(names):
                    yield Figure(name, "value", period, place, span, one["unit"], secret, context.edition, source)
                    if number in odd and span is not None:
                        shown = _rounded(odd[number], one["decimals"])
                        yield Figure(
                            name, "printed", period, place, shown, one["unit"], False, context.edition, source
                        )


def _span(number: int, digits: int, one: dict[str, Any], held: dict[str, Any]) -> Span:
    # zeros that all numbers end with were left out; of what is not fine the printed digits are all
    return _rounded(number, digits if not held["zeros"] else min(digits, one["decimals"] + one["extra"]))


def _rounded(number: int, digits: int) -> Span:
    unit = 10.0**-digits
    return (
        Span(round((number - 0.5) * unit, 12), round((number + 0.5) * unit, 12))
        if digits > 0
        else Span(number * unit, number * unit)
    )


def _steps(text: str) -> Iterator[int | str]:
    """Read whole numbers of five bits a sign, each as its distance from the one before; a mark is a reason."""
    last = bits = shift = 0
    for sign in text:
        if sign in MARKS:
            yield sign
            continue
        digit = DIGITS.index(sign)
        bits += (digit % 32) << shift
        shift += 5
        if digit < 32:
            last += -(bits // 2) if bits % 2 else bits // 2
            yield last
            bits = shift = 0
