"""Draws places: marks with a rim of paper, their names where they find room, and their rows in the legend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path as DrawnPath

from regsam_geo.look.fonts import CAPITAL, POINT, text_width, wrap
from regsam_geo.look.pages import axes_box, put, write
from regsam_geo.look.theme import Theme
from regsam_geo.maps.geometry import Ground, view_of
from regsam_geo.maps.labels import Pen, forms_of, label_size
from regsam_geo.maps.legend import Row, Words
from regsam_geo.maps.place_marks import Category, Places, Vertices
from regsam_geo.maps.placement import Room
from regsam_geo.text import format_number, say

Floats = npt.NDArray[np.float64]

RADIUS: Final = 1.35
"""Millimeters of a mark with the theme's letters of 12 points."""
SMALLEST: Final = 0.7
RIM, EDGE = 0.3, 0.22
"""Millimeters of paper around a mark, and of its dark edge."""
MANY: Final = 60
"""From so many places on marks become smaller."""
MOST_NAMED: Final = 40
"""More names than these hide the map."""
LABEL_SHARE: Final = 0.8
MOST_LINES: Final = 3


def radius_of(places: Places, look: Theme) -> float:
    """Return the radius of marks in millimeters: smaller where there are many."""
    wished = RADIUS * look.label_size / 12
    return float(max(wished * min(1.0, np.sqrt(MANY / len(places.x))), SMALLEST))


def path_of_form(form: Vertices, x: float, y: float, radius: float) -> DrawnPath:
    """Return a mark at a place."""
    corners = np.array(form) * radius + (x, y)
    return DrawnPath(np.vstack([corners, corners[:1]]), closed=True)


def draw_places(axes: Axes, ground: Ground, places: Places, look: Theme, room: Room, *, named: bool) -> list[str]:
    """Draw all marks and write the names that find room; return those that do not."""
    radius = radius_of(places, look)
    meters = ground.meters
    # rare categories on top: a mark that stands alone in its kind is not hidden
    order = np.argsort(places.kinds, kind="stable")
    for i in order:
        category = places.categories[places.kinds[i]]
        for size, color in (
            (radius + EDGE + RIM, look.paper),
            (radius + EDGE, look.ink),
            (radius, category.color),
        ):
            path = path_of_form(category.form, places.x[i], places.y[i], size * meters)
            axes.add_patch(PathPatch(path, facecolor=color, edgecolor="none", zorder=2.6, label="place"))
    reach = (radius + EDGE + RIM) * meters
    for x, y in zip(places.x, places.y, strict=True):
        room.take((x - reach, y - reach, x + reach, y + reach))
    return _write_names(axes, ground, places, look, room, reach) if named else []


def _write_names(axes: Axes, ground: Ground, places: Places, look: Theme, room: Room, reach: float) -> list[str]:
    """Write each name beside its mark: right, left, above, below or at a corner, where nothing else stands."""
    size = LABEL_SHARE * look.label_size
    west, south, east, north = view_of(ground.extent, ground.meters, axes_box(axes))
    left_out = []
    pen = Pen(axes, ground.meters, look, size, bold=False, zorder=3.2)
    # from north to south, as one reads
    for i in sorted(range(len(places.x)), key=lambda one: (-places.y[one], places.x[one])):
        name = places.names[i]
        if not name:
            continue
        for lines in [form for form in forms_of(name, size, bold=False) if len(form) <= MOST_LINES]:
            width, height = (ground.meters * side for side in label_size(lines, size, bold=False))
            x, y = _middles(places.x[i], places.y[i], width, height, reach)
            boxes = np.column_stack([x - width / 2, y - height / 2, x + width / 2, y + height / 2])
            free = room.is_free(boxes)
            free &= (boxes[:, 0] > west) & (boxes[:, 1] > south) & (boxes[:, 2] < east) & (boxes[:, 3] < north)
            if free.any():
                at = int(np.flatnonzero(free)[0])
                room.take(boxes[at])
                inside = shapely.contains_xy(ground.outline, x[at], y[at])
                pen.write(lines, x[at], y[at], look.context if inside else look.paper, size)
                break
        else:
            left_out.append(name)
    pen.finish([])
    return left_out


def _middles(x: float, y: float, width: float, height: float, reach: float) -> tuple[Floats, Floats]:
    aside, above = reach + width / 2, reach + height / 2
    near = 0.7 * reach
    ways = [(aside, 0), (-aside, 0), (0, above), (0, -above)]
    ways += [(h * (near + width / 2), v * (near + height / 2)) for v in (1, -1) for h in (1, -1)]
    found = np.array(ways, dtype=np.float64)
    return x + found[:, 0], y + found[:, 1]


@dataclass(frozen=True)
class Marker:
    """A mark, what it stands for, and how many there are."""

    category: Category
    radius: float
    counted: bool = True

    def _lines(self, width: float, size: float) -> list[str]:
        count = format_number(self.category.n)
        kept = 2.7 * size * POINT + text_width(count, size) + 2.5
        return wrap(self.category.name or say("label.places.title"), width - kept, size) or [""]

    def wish(self, size: float) -> float:
        """Return the wished width in millimeters."""
        count = format_number(self.category.n)
        return 2.7 * size * POINT + text_width(self.category.name, size) + text_width(count, size) + 3.0

    def height(self, width: float, size: float) -> float:
        """Return its height in millimeters."""
        return len(self._lines(width, size)) * 1.25 * size * POINT + 0.5 * size * POINT

    def draw(self, parent: Axes | Figure, x: float, top: float, width: float, size: float, theme: Theme) -> None:
        """Draw mark, words and count."""
        middle = top - 0.5 * CAPITAL * size * POINT
        radius = max(self.radius, 0.42 * size * POINT)
        for wide, color in ((radius + EDGE, theme.ink), (radius, self.category.color)):
            path = path_of_form(self.category.form, x + 1.05 * size * POINT, middle, wide)
            put(parent, PathPatch(path, facecolor=color, edgecolor="none", label="place key"))
        for i, line in enumerate(self._lines(width, size)):
            write(parent, x + 2.7 * size * POINT, top - (CAPITAL + 1.25 * i) * size * POINT, line, size, theme.ink)
        count = format_number(self.category.n)
        write(parent, x + width, top - CAPITAL * size * POINT, count, size, theme.soft_ink, align="right")


def place_rows(places: Places, look: Theme) -> list[Row]:
    """Return the rows of the legend: one for each category."""
    radius = radius_of(places, look)
    head = Words("", right=say("label.places.count"), share=0.85)
    return [head, *(Marker(category, radius) for category in places.categories)]
