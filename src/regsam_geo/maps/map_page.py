"""The page of a map: title, map, legend column or band, foot, each in its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from regsam_geo.look.fonts import POINT
from regsam_geo.look.pages import Box, PageFigure
from regsam_geo.look.theme import Theme
from regsam_geo.maps.furniture import (
    draw_foot,
    draw_header,
    draw_north_arrow,
    draw_scale_bar,
    north_arrow_height,
    scale_bar_height,
)
from regsam_geo.maps.legend import Row, column_height, rows_width

GUTTER = 6.0
"""Millimeters between map and legend."""


class Layout(NamedTuple):
    """A page divided into its parts.

    Attributes
    ----------
    figure
        The page.
    frame
        Where the map goes.
    legend
        Where the legend goes.
    aside
        Where sentences go; the same column as the legend when it stands at the right of the map.
    corner
        Where scale bar and north arrow go.
    """

    figure: PageFigure
    frame: Box
    legend: Box
    aside: Box | None
    corner: Box


def furniture_height(theme: Theme) -> float:
    """Return the height that scale bar and north arrow need."""
    return max(scale_bar_height(theme), north_arrow_height(theme)) + 1.0


def compose(
    theme: Theme,
    title: str,
    subtitle: str,
    foot: Sequence[str],
    rows: Sequence[Row],
    *,
    aspect: float,
    sentences: bool = False,
) -> Layout:
    """Lay out a page: header and foot first, then legend and map share the rest.

    Parameters
    ----------
    theme
        Page and fonts.
    title, subtitle
        Header.
    foot
        Sentences for the foot: source and notes.
    rows
        Rows of the legend, which decide its width.
    aspect
        Width by height of what the map shows.
    sentences
        Whether the warnings' sentences need room.
    """
    figure = PageFigure(theme, title)
    rest = draw_header(figure, figure.inner, title, subtitle, theme)
    # Header and foot first: what they say must not be cut, and the map can be any size.
    rest = draw_foot(figure, rest, foot, theme)
    furniture = furniture_height(theme)
    if theme.legend == "right":
        # no legend may leave the map less than three fifths of the page
        most = 0.40 * rest.width
        wide = min(max(rows_width(rows, theme.text_size), (0.31 if sentences else 0.235) * rest.width), most)
        # a map that is limited by its height leaves room for a wider legend
        wide = max(wide, min(rest.width - GUTTER - rest.height * aspect, most))
        column, frame = rest.cut_right(wide, GUTTER)
        corner, legend = column.cut_bottom(furniture, 3.0)
        return Layout(figure, frame, legend, None, corner)
    # The map as wide as the page if it can be, but never so high that the legend has no room.
    height = min(rest.width / aspect, 0.68 * rest.height)
    needed = max(column_height(rows, 0.5 * rest.width, theme.text_size), furniture) + 2 * GUTTER
    if not sentences:
        # what the legend does not need stands above and below the map
        height += 0.6 * max(rest.height - height - needed, 0.0)
    frame, band = rest.cut_top(height, GUTTER)
    aside, legend = band.cut_right(0.48 * band.width, GUTTER + 2)
    corner, aside = aside.cut_bottom(furniture, 3.0) if sentences else aside.cut_top(furniture, 3.0)
    return Layout(figure, frame, legend, aside, corner)


def draw_corner(layout: Layout, meters: float, theme: Theme) -> None:
    """Draw scale bar and north arrow."""
    box = layout.corner
    arrow = 4.5
    draw_north_arrow(layout.figure, box.right - arrow / 2, box.y, theme)
    longest = min(box.width - arrow - 4 - 9 * theme.small_size * POINT / 2, 50.0)
    draw_scale_bar(layout.figure, box.x + 1, box.y, meters, theme, longest=longest)
