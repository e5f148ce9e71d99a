"""Legends: rows that flow down a column and shrink together until they fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from regsam_geo.look.fonts import CAPITAL, LEADING, POINT, text_width, wrap
from regsam_geo.look.pages import Box, put, write
from regsam_geo.look.theme import Theme
from regsam_geo.maps.area_drawing import HATCH_SPACING, HATCHES, hatch_color
from regsam_geo.maps.geometry import hatching
from regsam_geo.maps.marks import DISC, Mark, sign_parts

SCALES = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58, 0.52)


class Row(Protocol):
    """Something that stands in a legend."""

    def height(self, width: float, size: float) -> float:
        """Return its height in millimeters at a font size."""
        ...

    def draw(self, parent: Axes | Figure, x: float, top: float, width: float, size: float, theme: Theme) -> None:
        """Draw it downwards from a point of the page."""
        ...


@runtime_checkable
class Wide(Protocol):
    """A row that knows how wide it would like to be."""

    def wish(self, size: float) -> float:
        """Return the wished width in millimeters at a font size."""
        ...


def _write_lines(
    parent: Axes | Figure, x: float, top: float, lines: Sequence[str], size: float, color: str, bold: bool = False
) -> None:
    for i, line in enumerate(lines):
        write(parent, x, top - (i * LEADING + CAPITAL) * size * POINT, line, size, color, bold=bold)


def _lines_height(n: int, size: float) -> float:
    return ((n - 1) * LEADING + CAPITAL) * size * POINT


@dataclass(frozen=True)
class Gap:
    """Free space, in units of the font size."""

    share: float = 0.6

    def height(self, width: float, size: float) -> float:
        """Return the space in millimeters."""
        del width
        return self.share * size * POINT

    def draw(self, parent: Axes | Figure, x: float, top: float, width: float, size: float, theme: Theme) -> None:
        """Draw nothing."""


@dataclass(frozen=True)
class Words:
    """A heading or a sentence, broken to the width of the column, with an optional word at the right."""

    text: str
    bold: bool = False
    share: float = 1.0
    soft: bool = False
    right: str = ""

    def _lines(self, width: float, size: float) -> list[str]:
        # The word at the right keeps its place: the heading breaks before it.
        kept = text_width(self.right, size * self.share) + 3 if self.right else 0.0
        return wrap(self.text, width - kept, size * self.share, self.bold) or [""]

    def height(self, width: float, size: float) -> float:
        """Return the height of all lines, with the space to the next row."""
        return _lines_height(len(self._lines(width, size)), size * self.share) + 0.55 * size * self.share * POINT

    def draw(self, parent: Axes | Figure, x: float, top: float, width: float, size: float, theme: Theme) -> None:
        """Write the lines."""
        color = theme.soft_ink if self.soft else theme.ink
        lines = self._lines(width, size)
        own = size * self.share
        if self.text:
            _write_lines(parent, x, top, lines, own, color, self.bold)
        if self.right:
            write(parent, x + width, top - CAPITAL * own * POINT, self.right, own, theme.soft_ink, align="right")


@dataclass(frozen=True)
class Swatch:
    """A color or hatching, what it stands for, and how many areas it has."""

    color: str
    label: str
    count: str = ""
    hatch: str = ""

    def _measures(self, width: float, size: float) -> tuple[float, float, list[str]]:
        """Return width and height of the colored field, and the lines beside it."""
        field_width, field_height = 2.1 * size * POINT, 1.42 * size * POINT
        kept = field_width + 0.6 * size * POINT + (text_width(self.count, size) + 2.5 if self.count else 0.0)
        return field_width, field_height, wrap(self.label, width - kept, size)

    def fits(self, width: float, size: float) -> bool:
        """Say whether the label stands on one line."""
        return len(self._measures(width, size)[2]) < 2

    def height(self, width: float, size: float) -> float:
        """Return the height with the space to the next row."""
        _, field, lines = self._measures(width, size)
        return max(field, _lines_height(len(lines), size) + 0.3 * size * POINT) + 0.32 * size * POINT

    def draw(self, parent: Axes | Figure, x: float, top: float, width: float, size: float, theme: Theme) -> None:
        """Draw the field, its label and the count."""
        wide, high, lines = self._measures(width, size)
        put(
            parent,
            Rectangle(
                (x, top - high),
                wide,
                high,
                facecolor=self.color,
                edgecolor=theme.soft_ink,
                linewidth=0.5,
                label="swatch",
            ),
        )
        if self.hatch:
            box = shapely.box(x, top - high, x + wide, top)
            strokes = [line for angle in HATCHES[self.hatch] for line in hatching(box, HATCH_SPACING, angle)]
            put(parent, LineCollection(strokes, colors=hatch_color(self.hatch, theme), linewidths=0.5))
        # In the middle of the field by the height of capitals, which is what the eye aligns.
        start = top - (high - CAPITAL * size * POINT) / 2
        _write_lines(parent, x + wide + 0.6 * size * POINT, start, lines, size, theme.ink)
        if self.count:
            base = start - CAPITAL * size * POINT
            write(parent, x + width, base, self.count, size, theme.soft_ink, align="right")


@dataclass(frozen=True)
class Stroke:
    """A line and what it stands for."""

    color: str
    linewidth: float
    label: str
    share: float = 0.85

    def _lines(self, width: float, size: float) -> list[str]:
        return wrap(self.label, width - 2.7 * size * POINT, size * self.share)

    def height(self, width: float, size: float) -> float:
        """Return the height with the space to the next row."""
        return _lines_height(len(self._lines(width, size)), size * self.share) + 0.6 * size * POINT

    def draw(self, parent: Axes | Figure, x: float, top: float, width: float, size: float, theme: Theme) -> None:
        """Draw the line and its label."""
        own = size * self.share
        middle = top - CAPITAL * own * POINT / 2
        wide = 2.1 * size * POINT
        put(parent, Line2D([x, x + wide], [middle, middle], color=self.color, linewidth=self.linewidth))
        _write_lines(parent, x + 2.7 * size * POINT, top, self._lines(width, size), own, theme.ink)


@dataclass(frozen=True)
class Numbered:
    """A disc as it stands in the map, its sentence, and in a few words where it stands."""

    mark: Mark
    text: str
    brief: str = ""

    def _lines(self, width: float, size: float) -> list[str]:
        return wrap(self.text, width - (DISC + 0.5) * size * POINT, size)

    def height(self, width: float, size: float) -> float:
        """Return the height with the space to the next row."""
        # A disc is higher than one line: with short sentences it decides.
        rows = max(_lines_height(len(self._lines(width, size)), size) + 0.3 * size * POINT, DISC * size * POINT)
        return rows + 0.55 * size * POINT

    def draw(self, parent: Axes | Figure, x: float, top: float, width: float, size: float, theme: Theme) -> None:
        """Draw the disc and write the sentence."""
        disc = DISC * size * POINT
        draw_page_disc(parent, x + disc / 2, top - disc / 2, disc / 2, self.mark, theme, size)
        start = top - (disc - CAPITAL * size * POINT) / 2
        lines = self._lines(width, size)
        _write_lines(parent, x + disc + 0.5 * size * POINT, start, lines, size, theme.ink)


def draw_page_disc(
    parent: Axes | Figure, x: float, y: float, radius: float, mark: Mark, theme: Theme, size: float
) -> None:
    """Draw the disc of a warning at a point of the page."""
    for artist in sign_parts(x, y, radius, mark, theme, size, 5.0):
        put(parent, artist)


def _width_of(row: Row, width: float, narrow: float | None) -> float:
    """Return the width of one row: counts stand at ``narrow``, near their labels, sentences take all."""
    # Counts in a wide column would stand far from what they count.
    counted = isinstance(row, Swatch) or (isinstance(row, Words) and bool(row.right))
    counted = counted or bool(getattr(row, "counted", False))
    return min(narrow, width) if narrow is not None and counted else width


def column_height(rows: Sequence[Row], width: float, size: float, narrow: float | None = None) -> float:
    """Return the height of rows under each other."""
    return sum(row.height(_width_of(row, width, narrow), size) for row in rows)


def fitting_size(
    rows: Sequence[Row], box: Box, size: float, narrow: float | None = None, least: float = SCALES[-1]
) -> float:
    """Return the largest font size at which rows stand in a box, their labels on one line if that can be."""
    # All rows shrink together: a legend of three sizes would seem to weigh its entries.
    scales = [scale for scale in SCALES if scale >= least]
    for scale in scales:
        own = size * scale
        # a smaller size with every label on one line goes before a larger one with broken labels
        on_one_line = all(
            row.fits(_width_of(row, box.width, narrow), own) for row in rows if isinstance(row, Swatch)
        ) and all(row.wish(own) <= box.width for row in rows if isinstance(row, Wide))
        if on_one_line and column_height(rows, box.width, own, narrow) <= box.height:
            return own
    for scale in scales:
        if column_height(rows, box.width, size * scale, narrow) <= box.height:
            return size * scale
    return size * scales[-1]


def draw_rows(
    parent: Axes | Figure, rows: Sequence[Row], box: Box, theme: Theme, size: float, narrow: float | None = None
) -> Box:
    """Draw rows down a box and return what is left of it.

    With ``narrow``, counts stand at that width, near their labels, though sentences take the whole box.
    """
    top = box.top
    for row in rows:
        width = _width_of(row, box.width, narrow)
        row.draw(parent, box.x, top, width, size, theme)
        top -= row.height(width, size)
    return Box(box.x, box.y, box.width, max(top - box.y, 0.0))


def rows_width(rows: Sequence[Row], size: float) -> float:
    """Return the width at which every row with a count stands on one line."""
    wide = 0.0
    for row in rows:
        if isinstance(row, Wide):
            wide = max(wide, row.wish(size))
        elif isinstance(row, Swatch):
            count = text_width(row.count, size) + 2.5 if row.count else 0.0
            wide = max(wide, 2.7 * size * POINT + text_width(row.label, size) + count + 0.5)
        elif isinstance(row, Words) and row.right:
            own = size * row.share
            wide = max(wide, text_width(row.text, own, row.bold) + text_width(row.right, own) + 4.0)
    return wide
