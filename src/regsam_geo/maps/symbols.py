"""Proportional symbols: circles whose area is true to a number, small ones on top, none hidden by another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

import numpy as np
import numpy.typing as npt
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle
from matplotlib.path import Path as DrawnPath

from regsam_geo.look.fonts import CAPITAL, LEADING, POINT, text_width
from regsam_geo.look.pages import Box, put, write
from regsam_geo.look.palettes import Palette
from regsam_geo.look.theme import Theme
from regsam_geo.maps.geometry import Ground, view_of
from regsam_geo.text import format_number

Floats = npt.NDArray[np.float64]

LARGEST = 0.085
"""Radius of the largest symbol, as a share of the shorter side of the map."""
SEEN = 0.55
"""At least this share of every symbol is covered by no other."""
RIM = 0.16
"""Millimeters of paper around a symbol, outside its true area."""


@dataclass(frozen=True)
class Symbols:
    """The symbols of a map.

    Attributes
    ----------
    numbers
        One number per area; NaN and 0 have no symbol.
    color
        Their fill.
    radius
        Radius of the largest in millimeters; 0 before the map has its place on a page.
    """

    numbers: Floats
    color: str
    radius: float = 0.0

    @property
    def largest(self) -> float:
        """The number that the radius stands for."""
        known = self.numbers[self.numbers > 0]
        return float(known.max()) if len(known) else 0.0

    def radius_of(self, number: float) -> float:
        """Return the radius in millimeters whose circle has the area of a number."""
        return self.radius * float(np.sqrt(number / self.largest)) if self.largest else 0.0

    def radii(self) -> Floats:
        """Return all radii in millimeters; 0 where there is no symbol."""
        shares = np.nan_to_num(self.numbers) / (self.largest or 1.0)
        return np.asarray(self.radius * np.sqrt(np.maximum(shares, 0.0)), dtype=np.float64)

    def fitted(self, ground: Ground, frame: Box) -> Symbols:
        """Return symbols as large as they can be on a map without hiding each other or leaving it."""
        middles = middles_of(ground) / ground.meters
        west, south, east, north = (edge / ground.meters for edge in view_of(ground.extent, ground.meters, frame))
        edge = np.minimum.reduce(
            [middles[:, 0] - west, east - middles[:, 0], middles[:, 1] - south, north - middles[:, 1]]
        )
        tried = replace(self, radius=LARGEST * min(frame.width, frame.height))
        while tried.radius > 0.2:
            radii = tried.radii()
            if (radii + RIM <= edge)[radii > 0].all() and least_seen(middles, radii) >= SEEN:
                break
            tried = replace(tried, radius=0.95 * tried.radius)
        return tried


def middles_of(ground: Ground) -> Floats:
    """Return the middle of the largest circle inside each area."""
    if "middles" not in ground.memory:
        circles = shapely.maximum_inscribed_circle(ground.polygons, tolerance=ground.meters)
        ground.memory["middles"] = shapely.get_coordinates(circles)[::2]
    return cast("Floats", ground.memory["middles"])


def least_seen(middles: Floats, radii: Floats) -> float:
    """Return the smallest share of a circle that smaller ones leave free; no less than that is seen."""
    order = np.argsort(-radii, kind="stable")[: int((radii > 0).sum())]
    middles, radii = middles[order], radii[order]
    if not len(radii):
        return 1.0
    apart = np.hypot(*(middles[:, None, :] - middles[None, :, :]).transpose(2, 0, 1))
    # with its rim, which covers what lies beneath too; those of the same size in the order they are drawn
    covered = np.triu(_lenses(apart, radii[:, None], radii[None, :] + RIM), 1).sum(axis=1)
    return float((1 - covered / (np.pi * radii**2)).min())


def _lenses(apart: Floats, one: Floats, other: Floats) -> Floats:
    """Return the area that two circles share."""
    small, large = np.minimum(one, other), np.maximum(one, other)
    d = np.clip(apart, np.maximum(large - small, 1e-9), large + small)
    of_small = np.arccos(np.clip((d**2 + small**2 - large**2) / (2 * d * small), -1, 1))
    of_large = np.arccos(np.clip((d**2 + large**2 - small**2) / (2 * d * large), -1, 1))
    kite = np.sqrt(
        np.maximum((-d + small + large) * (d + small - large) * (d - small + large) * (d + small + large), 0)
    )
    lens = small**2 * of_small + large**2 * of_large - kite / 2
    return np.asarray(np.where(apart <= large - small, np.pi * small**2, lens), dtype=np.float64)


def draw_symbols(axes: Axes, ground: Ground, symbols: Symbols, look: Theme) -> Ground:
    """Draw the symbols and return where labels may stand: in what is seen of each, or of an area without one."""
    radii, middles = symbols.radii() * ground.meters, middles_of(ground)
    order = np.argsort(-radii, kind="stable")[: int((radii > 0).sum())]
    paths, colors = [], []
    for i in order:
        # The rim lies outside: a line on the border would take from the area.
        for radius, color in ((radii[i] + RIM * ground.meters, look.paper), (radii[i], symbols.color)):
            paths.append(DrawnPath.circle(tuple(middles[i]), radius))
            colors.append(color)
    axes.add_collection(
        PathCollection(paths, facecolors=colors, edgecolors="none", zorder=2.4, label="symbols"), autolim=False
    )
    circles = shapely.buffer(shapely.points(middles), radii, quad_segs=8)
    places = np.empty(len(radii), dtype=int)
    places[order] = np.arange(len(order))
    seen = circles.copy()
    tree = shapely.STRtree(circles)
    for i, polygon in enumerate(ground.polygons):
        # those that were drawn later lie above; an area without a symbol lies under all
        over = [j for j in tree.query(circles[i] if radii[i] > 0 else polygon) if radii[j] > 0 and j != i]
        over = [j for j in over if radii[i] <= 0 or places[j] > places[i]]
        seen[i] = shapely.difference(circles[i] if radii[i] > 0 else polygon, shapely.union_all(circles[over]))
    empty = shapely.is_empty(seen)
    seen[empty] = shapely.buffer(shapely.points(middles[empty]), 0.2 * ground.meters)
    return Ground(ground.ids, seen, ground.extent, ground.meters)


def symbol_color(palette: Palette) -> str:
    """Return the fill of circles: dark enough to be seen first, and numbers in it stay readable."""
    return palette.colors(5)[-1 if palette.name == "grey" else -2]


def key_numbers(largest: float) -> list[float]:
    """Return up to three round numbers for the legend, the largest first.

    Examples
    --------
    >>> key_numbers(8736), key_numbers(2)
    ([5000.0, 1000.0, 200.0], [2.0, 1.0])
    """
    if largest <= 0:
        return []
    power = float(10.0 ** np.floor(np.log10(largest)))
    first = max(step for step in (power, 2 * power, 5 * power) if step <= largest * (1 + 1e-9))
    below = {1: (1.0, 0.2, 0.05), 2: (1.0, 0.25, 0.05), 5: (1.0, 0.2, 0.04)}[round(first / power)]
    whole = largest >= 1
    numbers = [first * share for share in below]
    if whole:
        numbers = [number for number in numbers if number >= 1 and abs(number - round(number)) < 1e-9]
    return [*numbers, 1.0] if whole and numbers == [2.0] else numbers


@dataclass(frozen=True)
class SymbolKey:
    """Nested circles on one foot, each with its number at the end of a line."""

    symbols: Symbols
    digits: int = 0
    unit: str = ""

    def _texts(self) -> list[str]:
        return [format_number(number, self.digits, self.unit) for number in key_numbers(self.symbols.largest)]

    def _radii(self) -> list[float]:
        return [self.symbols.radius_of(number) for number in key_numbers(self.symbols.largest)]

    def wish(self, size: float) -> float:
        """Return the width of circles and numbers."""
        wide = max((text_width(text, size) for text in self._texts()), default=0.0)
        return 2 * max(self._radii(), default=0.0) + 4.0 + wide

    def _lines(self, size: float) -> list[float]:
        """Return the heights of the numbers above the foot, from the largest number down."""
        least = LEADING * size * POINT
        heights: list[float] = []
        for radius in self._radii()[::-1]:
            heights.append(max(2 * radius, heights[-1] + least if heights else least / 2))
        return heights[::-1]

    def height(self, width: float, size: float) -> float:
        """Return the height with the space to the next row."""
        del width
        lines = self._lines(size)
        return (lines[0] if lines else 0.0) + 1.6 * size * POINT

    def draw(self, parent: Axes | Figure, x: float, top: float, width: float, size: float, theme: Theme) -> None:
        """Draw the circles from the largest to the smallest, and lines to their numbers."""
        del width
        radii, lines = self._radii(), self._lines(size)
        if not radii:
            return
        reach = max(radii)
        foot, middle = top - lines[0] - 0.6 * size * POINT, x + reach
        for radius in radii:
            put(
                parent,
                Circle((middle, foot + radius), radius + RIM, facecolor=theme.paper, edgecolor="none", zorder=1.0),
            )
            put(
                parent,
                Circle(
                    (middle, foot + radius),
                    radius,
                    facecolor=self.symbols.color,
                    edgecolor="none",
                    label="symbol",
                    zorder=1.0,
                ),
            )
        for radius, line, text in zip(radii, lines, self._texts(), strict=True):
            end = middle + reach + 2.5
            put(
                parent,
                Line2D(
                    [middle, middle + 0.4 * reach, end],
                    [foot + 2 * radius, foot + line, foot + line],
                    color=theme.soft_ink,
                    linewidth=0.6,
                ),
            )
            write(parent, end + 0.8, foot + line - 0.5 * CAPITAL * size * POINT, text, size, theme.ink)
