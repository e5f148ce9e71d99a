"""The spine chart: where an area stands among its peers, with the city in the middle; and the sparkline."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from regsam_geo.charts.vector import Drawing, Point
from regsam_geo.look.theme import Theme, get_theme

MARKED = 1.1
"""From 10 % above or below the city on a mark points up or down, as in the region table of the report."""

BAR, MIDDLE, TICK = "#e3e7ea", "#c3cbd1", "#8a949c"


def side_of(ratio: float) -> str:
    """Return ``"above"`` or ``"below"`` for an area at least 10 % off the city, else an empty word.

    Examples
    --------
    >>> side_of(1.2), side_of(0.95), side_of(0.8)
    ('above', '', 'below')
    """
    if not math.isfinite(ratio):
        return ""
    return "above" if ratio >= MARKED else "below" if ratio <= 1 / MARKED else ""


def spine_svg(
    value: float,
    city: float,
    peers: Sequence[float],
    *,
    width: float = 96.0,
    height: float = 15.0,
    theme: str | Theme = "print",
) -> str:
    """Draw one row of a spine chart as SVG.

    The city stands in the middle; the light bar reaches from the lowest to the highest peer, the darker one over
    their middle half; each peer is a small tick. Both sides have the same scale, so that distances from the city
    can be compared within a row, not between rows.

    Parameters
    ----------
    value, city
        The area's value and the city's; without them the row stays empty.
    peers
        The values of all areas of the level, the area's own among them.
    width, height
        Size in points.
    theme
        Colors.

    Returns
    -------
    str
        SVG; the mark is a triangle where the value is at least 10 % above (pointing up) or below (pointing
        down) the city's, else a disc, so that it can be read without color.

    Examples
    --------
    >>> spine_svg(3.7, 3.9, [2.0, 3.7, 5.0]).startswith("<svg")
    True
    """
    look = get_theme(theme)
    drawing = Drawing(width, height)
    # Hidden and missing peers have no tick, and do not move the bars.
    known = np.array([peer for peer in peers if math.isfinite(peer)])
    center, middle = width / 2, height / 2
    if not len(known) or not math.isfinite(city):
        return drawing.svg()
    # one scale to both sides, or an area far below would look as near as one a little above
    reach = max(float(np.abs(known - city).max()), abs(value - city) if math.isfinite(value) else 0.0)
    room = center - 5

    def x_of(at: float) -> float:
        return center + (at - city) / reach * room if reach > 0 else center

    low, high = x_of(float(known.min())), x_of(float(known.max()))
    first, third = (x_of(float(at)) for at in np.quantile(known, (0.25, 0.75)))
    drawing.rect(low, middle - 3.2, max(high - low, 0.5), 6.4, BAR, 1.2)
    drawing.rect(first, middle - 3.2, max(third - first, 0.5), 6.4, MIDDLE)
    # Equal peers are one tick: drawn twice, it would be darker and the file longer.
    for peer in sorted(set(np.round(known, 9))):
        drawing.line([(x_of(float(peer)), middle - 1.7), (x_of(float(peer)), middle + 1.7)], TICK, 0.5)
    drawing.line([(center, 0.8), (center, height - 0.8)], look.ink, 0.9)
    if math.isfinite(value):
        _draw_mark(drawing, x_of(value), middle, side_of(value / city) if city else "", look)
    return drawing.svg()


def _draw_mark(drawing: Drawing, x: float, y: float, side: str, theme: Theme) -> None:
    """Draw a triangle up, a triangle down, or a disc."""
    if side == "above":
        points = [(x - 4.2, y + 3.4), (x + 4.2, y + 3.4), (x, y - 4.4)]
        drawing.polygon(points, theme.high, theme.paper, 0.8)
    elif side == "below":
        points = [(x - 4.2, y - 3.4), (x + 4.2, y - 3.4), (x, y + 4.4)]
        drawing.polygon(points, theme.low, theme.paper, 0.8)
    else:
        drawing.circle(x, y, 3.6, theme.ink, theme.paper, 0.8)


def sparkline_svg(
    values: Sequence[float], *, width: float = 54.0, height: float = 13.0, theme: str | Theme = "print"
) -> str:
    """Draw a series as a line without axes; missing values leave a gap, the newest value is a dot.

    Examples
    --------
    >>> sparkline_svg([1.0, 2.0, float("nan"), 3.0]).count("<polyline")
    1
    """
    look = get_theme(theme)
    drawing = Drawing(width, height)
    known = [value for value in values if math.isfinite(value)]
    if not known:
        return drawing.svg()
    # The line fills its height whatever the unit: a sparkline shows the course, the numbers stand beside it.
    low, high = min(known), max(known)
    step = (width - 6) / max(len(values) - 1, 1)

    def point_at(index: int, value: float) -> Point:
        share = (value - low) / (high - low) if high > low else 0.5
        return 3 + index * step, height - 3 - share * (height - 6)

    for run in runs(values):
        if len(run) > 1:
            drawing.line([point_at(i, values[i]) for i in run], look.ink, 1.1)
    last = max(i for i, value in enumerate(values) if math.isfinite(value))
    drawing.circle(*point_at(last, values[last]), 1.9, look.ink)
    return drawing.svg()


def runs(values: Sequence[float]) -> list[list[int]]:
    """Return the positions of known values, as stretches without a gap."""
    found: list[list[int]] = []
    for i, value in enumerate(values):
        if not math.isfinite(value):
            continue
        if found and found[-1][-1] == i - 1:
            found[-1].append(i)
        else:
            found.append([i])
    return found
