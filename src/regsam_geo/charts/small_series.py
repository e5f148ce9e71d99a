"""One series of an area with the city's and what was expected, small enough to stand among its like."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np

from regsam_geo.charts.spine import runs
from regsam_geo.charts.vector import Drawing
from regsam_geo.look.fonts import POINT, text_width
from regsam_geo.look.theme import Theme, get_theme
from regsam_geo.text import format_number, format_period

LIGHT: Final = "#b4bcc3"
GRID: Final = "#e6e9ec"
BAND: Final = "#dfe4e8"
SIZE: Final = 7.4
"""Of numbers and periods, in points."""
MOST_BAND: Final = 0.5
"""So much of the range of the values may a band add to the axis at either end."""


def series_svg(
    periods: Sequence[str],
    values: Sequence[float],
    city: Sequence[float],
    *,
    parts: Mapping[str, Sequence[float]] | None = None,
    expected: float = math.nan,
    band: Sequence[tuple[float, float]] = (),
    decimals: int = 1,
    width: float = 160.0,
    height: float = 96.0,
    theme: str | Theme = "print",
    lang: str | None = None,
) -> str:
    """Draw a series as SVG: the area dark, the city dashed, its parts thin, the expectation a band and a diamond.

    Parameters
    ----------
    periods
        The periods, oldest first; one step each, whether there is a value or not.
    values, city
        Values by period; NaN leaves a gap.
    parts
        Series of the areas within the area.
    expected
        What was to be expected in the newest period.
    band
        The lower and upper end of what was to be expected in each period; NaN where nothing was. It does not widen
        the axis by more than half of what the values need, and is cut there.
    decimals
        Digits of the written values.
    width, height
        Size in points.
    theme
        Colors.
    lang
        Language of numbers and periods.

    Examples
    --------
    >>> series_svg(["2023", "2024"], [1.0, 2.0], [1.5, 1.5]).startswith("<svg")
    True
    """
    look = get_theme(theme)
    drawing = Drawing(width, height)
    everything = [*values, *city, expected, *(value for part in (parts or {}).values() for value in part)]
    # The band is left out here: a wide one would press the lines together, and it is cut off instead.
    known = [value for value in everything if math.isfinite(value)]
    if not known:
        return drawing.svg()
    steps = _steps(known, band)
    digits = _digits(steps)
    low, high = steps[0], steps[-1]
    # What stands at the right end decides how wide the drawing can be.
    ends = [format_number(one[-1], decimals, lang=lang) for one in (values, city) if math.isfinite(one[-1])]
    marks = [format_number(step, digits, lang=lang) for step in steps]
    left = 4.0 + _wide(marks, SIZE, bold=False)
    right, top, bottom = width - 6.5 - _wide(ends, SIZE + 0.4, bold=True), 5.0, height - 12.5

    def x(index: int) -> float:
        return left + (right - left) * (index / (len(periods) - 1) if len(periods) > 1 else 0.5)

    def y(value: float) -> float:
        return bottom - (value - low) / (high - low) * (bottom - top)

    _band(drawing, band, x, lambda value: y(min(max(value, low), high)))
    for step, mark in zip(steps, marks, strict=True):
        drawing.line([(left, y(step)), (right, y(step))], GRID, 0.6)
        drawing.text(left - 3, y(step) + 2.3, mark, SIZE, look.soft_ink, align="end")
    for index, align in ((0, "start"), (len(periods) - 1, "end")):
        words = format_period(periods[index], lang)
        drawing.text(left if align == "start" else right, height - 2.5, words, SIZE, look.soft_ink, align=align)
    for part in (parts or {}).values():
        _line(drawing, part, x, y, LIGHT, 0.7)
    _line(drawing, city, x, y, look.soft_ink, 1.1, "3,2.2")
    _line(drawing, values, x, y, look.ink, 1.8)
    last = len(periods) - 1
    if math.isfinite(expected):
        ex, ey = x(last), y(expected)
        drawing.polygon([(ex - 3, ey), (ex, ey - 3.4), (ex + 3, ey), (ex, ey + 3.4)], look.paper, look.ink, 0.9)
    if math.isfinite(values[last]):
        drawing.circle(x(last), y(values[last]), 2.2, look.ink, look.paper, 0.6)
    for at, words, bold in _ends(values[last], city[last], y, decimals, lang, top, bottom):
        drawing.text(right + 5, at + 2.4, words, SIZE + 0.4, look.ink if bold else look.soft_ink, bold=bold)
    return drawing.svg()


def nice_steps(low: float, high: float, wished: int = 3) -> list[float]:
    """Return round numbers that enclose a range.

    Examples
    --------
    >>> nice_steps(2.3, 6.1)
    [2.0, 4.0, 6.0, 8.0]
    """
    span = max(high - low, abs(high) * 0.02, 1e-9)
    raw = span / wished
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * size for factor in (1, 2, 5, 10) if factor * size >= raw * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if last == first:
        last += 1
    return [float(np.round(k * step, 10)) for k in range(first, last + 1)]


def _steps(known: Sequence[float], band: Sequence[tuple[float, float]]) -> list[float]:
    """Return the marks of the axis: they enclose the values, and the band as far as it stays close to them."""
    low, high = min(known), max(known)
    ends = [end for pair in band for end in pair if math.isfinite(end)]
    if not ends:
        return nice_steps(low, high)
    # At most half of the range more: a short series has a band so wide that its line would be flat.
    slack = MOST_BAND * (high - low)
    return nice_steps(max(min(low, *ends), low - slack), min(max(high, *ends), high + slack))


def _wide(texts: Sequence[str], size: float, *, bold: bool) -> float:
    """Return the width of the widest text in points."""
    return max((text_width(text, size, bold=bold) / POINT for text in texts), default=0.0)


def _band(
    drawing: Drawing, band: Sequence[tuple[float, float]], x: Callable[[int], float], y: Callable[[float], float]
) -> None:
    """Draw where values were to be expected; a period without an expectation leaves a gap."""
    for run in runs([low + high for low, high in band]):
        upper = [(x(i), y(band[i][1])) for i in run]
        lower = [(x(i), y(band[i][0])) for i in reversed(run)]
        if len(run) > 1:
            drawing.polygon([*upper, *lower], BAND)


def _digits(steps: Sequence[float]) -> int:
    """Return the digits that tell the steps apart."""
    return next((n for n in range(6) if all(abs(step - round(step, n)) < 1e-9 for step in steps)), 6)


def _line(
    drawing: Drawing,
    values: Sequence[float],
    x: Callable[[int], float],
    y: Callable[[float], float],
    color: str,
    width: float,
    dash: str = "",
) -> None:
    """Draw a series with its gaps; a value between two gaps is a dot."""
    for run in runs(values):
        points = [(x(i), y(values[i])) for i in run]
        if len(points) == 1:
            drawing.circle(*points[0], 0.9, color)
        else:
            drawing.line(points, color, width, dash)


def _ends(
    own: float,
    city: float,
    y: Callable[[float], float],
    decimals: int,
    lang: str | None,
    top: float,
    bottom: float,
) -> list[tuple[float, str, bool]]:
    """Return height, text and weight of the newest values, kept apart from each other."""
    ends = [
        (y(number), format_number(number, decimals, lang=lang), bold)
        for number, bold in ((own, True), (city, False))
        if math.isfinite(number)
    ]
    # Two numbers closer than a line of text would print over each other.
    apart = SIZE + 1.6
    if len(ends) == 2 and abs(ends[0][0] - ends[1][0]) < apart:
        center = min(max((ends[0][0] + ends[1][0]) / 2, top + apart / 2), bottom - apart / 2)
        order = 1 if ends[0][0] >= ends[1][0] else -1
        ends = [(center + order * apart / 2, *ends[0][1:]), (center - order * apart / 2, *ends[1][1:])]
    return ends
