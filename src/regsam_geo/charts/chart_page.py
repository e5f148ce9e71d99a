"""What the pages of charts have in common: title above, notes and source below, and what areas are called."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from regsam_geo.indicators import Panel, protection_note
from regsam_geo.look.fonts import ASCENT, DESCENT, LEADING, POINT, wrap
from regsam_geo.look.pages import Box, write
from regsam_geo.look.theme import Theme
from regsam_geo.study import Study
from regsam_geo.text import say

NOT_FOR_CHARTS = ("classes", "k", "center", "palette", "labels", "region_labels", "inset", "city")
"""Keywords of a style that mean nothing to a chart."""
NOT_FOR_SEVERAL = (*NOT_FOR_CHARTS, "regions", "band", "unit", "decimals")
"""Those that mean nothing to a chart of several indicators, which have units and decimals of their own."""


def write_lines(
    page: Axes, x: float, top: float, lines: Sequence[str], size: float, color: str, *, bold: bool = False
) -> float:
    """Write lines downwards and return where they end."""
    y = top - ASCENT * size * POINT
    for number, line in enumerate(lines):
        write(page, x, y - number * LEADING * size * POINT, line, size, color, bold=bold)
    return y - (max(len(lines) - 1, 0) * LEADING + DESCENT) * size * POINT


def write_foot(page: Axes, box: Box, sentences: Sequence[str], look: Theme, gap: float) -> Box:
    """Write notes and source at the bottom and return the space above."""
    size = look.small_size
    # From the bottom upwards: the foot takes what it needs, and the drawing gets the rest.
    lines = [line for sentence in sentences if sentence for line in wrap(sentence, box.width, size)]
    height = (max(len(lines) - 1, 0) * LEADING + ASCENT + DESCENT) * size * POINT
    write_lines(page, box.x, box.y + height, lines, size, look.soft_ink)
    return box.cut_bottom(height, gap)[1]


def hidden_note(study: Study, panel: Panel) -> str:
    """Say how many small counts are hidden in what a chart shows; nothing where the study shows all."""
    return "" if study.threshold is None else protection_note(panel, threshold=study.threshold)


def date_note(date: str | None) -> str:
    """Write the date of issue."""
    return say("label.map.date", date=date) if date else ""


def area_name(study: Study, level: str, area: str) -> str:
    """Return the name of an area; empty where the study knows none, or none but its id."""
    # Asked of layers that are known: a chart needs no polygons, and must not read any for a name.
    layer = study.layers.get(level)
    if layer is None or "name" not in layer or area not in layer.index:
        return ""
    name = str(layer["name"][area])
    # Layers without names carry the id as name, and "12 12" would stand in the title.
    return "" if name == area else name
