"""What stands around a map: title, foot, scale bar, north arrow, logo."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import BboxImage
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.transforms import Bbox, TransformedBbox

from regsam_geo.errors import OptionError
from regsam_geo.look.fonts import ASCENT, CAPITAL, DESCENT, LEADING, POINT, fit, text_width, wrap
from regsam_geo.look.pages import Box, millimeters, page_of, put, write
from regsam_geo.look.theme import Theme
from regsam_geo.text import format_number, problem, say


def draw_header(parent: Axes | Figure, box: Box, title: str, subtitle: str, theme: Theme) -> Box:
    """Write title and subtitle at the top of a box and return the rest of it."""
    width = box.width
    if theme.logo is not None:
        # First the logo, since the title has to be broken at what it leaves.
        width -= draw_logo(parent, box, theme) + 6
    y = box.top
    if title:
        # Two lines and no more: a third would take from the map.
        size, lines = fit(title, width, theme.title_size, bold=True, lines=2)
        y = _lines(parent, box.x, y, lines, size, theme.ink, bold=True)
    if subtitle:
        size, lines = fit(subtitle, width, theme.subtitle_size, lines=2, least=0.72)
        y = _lines(parent, box.x, y - 0.35 * size * POINT, lines, size, theme.soft_ink)
    if theme.logo is not None:
        y = min(y, box.top - theme.logo_height)
    gap = 0.55 * theme.subtitle_size * POINT if y < box.top else 0.0
    return Box(box.x, box.y, box.width, max(y - gap - box.y, 1.0))


def _lines(
    parent: Axes | Figure,
    x: float,
    top: float,
    lines: Sequence[str],
    size: float,
    color: str,
    *,
    bold: bool = False,
) -> float:
    """Write lines downwards from ``top`` and return where they end."""
    y = top - ASCENT * size * POINT
    for i, line in enumerate(lines):
        write(parent, x, y - i * LEADING * size * POINT, line, size, color, bold=bold)
    return y - ((len(lines) - 1) * LEADING + DESCENT) * size * POINT


def draw_foot(parent: Axes | Figure, box: Box, sentences: Sequence[str], theme: Theme) -> Box:
    """Write source and notes at the bottom of a box under a thin rule and return the rest of it."""
    size = theme.small_size
    lines = [line for sentence in sentences if sentence for line in wrap(sentence, box.width, size)]
    if not lines:
        return box
    height = ((len(lines) - 1) * LEADING + ASCENT + DESCENT) * size * POINT
    _lines(parent, box.x, box.y + height, lines, size, theme.soft_ink)
    rule = box.y + height + 1.6
    put(parent, Line2D([box.x, box.right], [rule, rule], color=theme.soft_ink, linewidth=0.6))
    return box.cut_bottom(height + 1.8, 3.0)[1]


def draw_logo(parent: Axes | Figure, box: Box, theme: Theme) -> float:
    """Draw the theme's logo in the upper right corner of a box and return its width."""
    from PIL import Image

    path = Path(str(theme.logo))
    try:
        with Image.open(path) as opened:
            picture = np.asarray(opened.convert("RGBA"))
    except OSError:
        raise problem(OptionError, "map_logo", found=str(path)) from None
    height = theme.logo_height
    width = height * picture.shape[1] / picture.shape[0]
    place = TransformedBbox(
        Bbox.from_bounds(box.right - width, box.top - height, width, height), millimeters(page_of(parent))
    )
    image: Any = BboxImage(place, origin="upper", interpolation="antialiased")
    image.set_data(picture)
    image.set_in_layout(False)
    parent.add_artist(image)
    return float(width)


def draw_scale_bar(
    parent: Axes | Figure, x: float, y: float, meters: float, theme: Theme, *, longest: float = 45.0
) -> float:
    """Draw a scale bar with its left end at a point of the page and return its width with the label.

    Parameters
    ----------
    parent
        The page, or any axes on it.
    x, y
        Left end of the bar, in millimeters of the page.
    meters
        Meters on the ground per millimeter of paper.
    theme
        Colors and font.
    longest
        Longest bar in millimeters.
    """
    # A round length and not a round scale: paper is copied smaller and larger, and the bar with it.
    length = nice_length(longest * meters)
    width = length / meters
    thick = 0.9
    # Two halves, dark and light, as on printed maps: half of the length can be read off.
    half = width / 2
    put(parent, Rectangle((x, y), half, thick, facecolor=theme.ink, edgecolor=theme.ink, linewidth=0.5))
    put(parent, Rectangle((x + half, y), half, thick, facecolor=theme.paper, edgecolor=theme.ink, linewidth=0.5))
    size = theme.small_size
    top = y + thick + 0.3 * size * POINT
    write(parent, x, top, "0", size, theme.soft_ink)
    text = written_length(length)
    wide = text_width(text, size)
    write(parent, x + width, top, text, size, theme.soft_ink, align="center" if wide < 10 else "right")
    return width + wide / 2


def scale_bar_height(theme: Theme) -> float:
    """Return how high a scale bar stands with its numbers."""
    return 0.9 + (0.3 + CAPITAL) * theme.small_size * POINT


def nice_length(most: float) -> float:
    """Return the largest of 1, 2, 5 x 10^n meters up to ``most``."""
    power = 10.0 ** np.floor(np.log10(most))
    return float(max(step for step in (power, 2 * power, 5 * power) if step <= most * (1 + 1e-9)))


def written_length(meters: float) -> str:
    """Write a length in meters or kilometers."""
    return format_number(meters / 1000, 0, "km") if meters >= 1000 else format_number(meters, 0, "m")


def draw_north_arrow(parent: Axes | Figure, x: float, y: float, theme: Theme, height: float = 7.5) -> None:
    """Draw a north arrow with the middle of its foot at a point of the page."""
    half = 0.27 * height
    tip = (x, y + height)
    notch = (x, y + 0.28 * height)
    put(
        parent,
        Polygon([(x - half, y), tip, notch], closed=True, facecolor=theme.ink, edgecolor=theme.ink, linewidth=0.5),
    )
    put(
        parent,
        Polygon(
            [(x + half, y), tip, notch], closed=True, facecolor=theme.paper, edgecolor=theme.ink, linewidth=0.5
        ),
    )
    write(
        parent, x, y + height + 0.9, say("label.map.north"), theme.small_size, theme.ink, bold=True, align="center"
    )


def north_arrow_height(theme: Theme, height: float = 7.5) -> float:
    """Return how high a north arrow stands with its letter."""
    return height + 0.9 + CAPITAL * theme.small_size * POINT
