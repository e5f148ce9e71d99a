"""Numbered signs for warnings: their form says how urgent they are, so that they survive a grey copy."""

from __future__ import annotations

from typing import Any, NamedTuple

from matplotlib.artist import Artist
from matplotlib.patches import Circle, Rectangle
from matplotlib.text import Text

from regsam_geo.look.fonts import CAPITAL, font
from regsam_geo.look.theme import Theme

DISC = 1.6
"""Diameter of a numbered sign in units of its font size."""


class Mark(NamedTuple):
    """A numbered sign in an area.

    Attributes
    ----------
    text
        What stands in it: one or two digits.
    urgency
        ``"watch"`` is an open disc, ``"check"`` a full disc, ``"priority"`` a full square.
    """

    text: str
    urgency: str


def sign_parts(
    x: float, y: float, radius: float, mark: Mark, theme: Theme, size: float, zorder: float
) -> list[Artist]:
    """Return a numbered sign, ``DISC`` font sizes wide; ``radius`` and place are in the units of the axes."""
    full = mark.urgency != "watch"
    under, core = radius * 0.97, radius * 0.84
    style: dict[str, Any] = {
        "facecolor": theme.marker if full else theme.paper,
        "edgecolor": theme.marker,
        "linewidth": 0.1 * size,
    }
    parts: list[Artist]
    if mark.urgency == "priority":
        under, core = under * 0.95, core * 0.92
        parts = [
            Rectangle((x - under, y - under), 2 * under, 2 * under, facecolor=theme.paper, edgecolor="none"),
            Rectangle((x - core, y - core), 2 * core, 2 * core, **style),
        ]
    else:
        parts = [Circle((x, y), under, facecolor=theme.paper, edgecolor="none"), Circle((x, y), core, **style)]
    for i, part in enumerate(parts):
        part.set_zorder(zorder + 0.01 * i)
    small = size * (0.78 if len(mark.text) < 2 else 0.62)
    units_per_point = 2 * radius / (DISC * size)
    number = Text(
        x,
        y - CAPITAL * small * units_per_point / 2,
        mark.text,
        color=theme.marker_ink if full else theme.marker,
        fontproperties=font(small, bold=True),
        ha="center",
        va="baseline",
        parse_math=False,
        zorder=zorder + 0.02,
    )
    return [*parts, number]
