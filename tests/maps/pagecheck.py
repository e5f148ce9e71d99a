"""What every page has to hold: no text outside it, no text over another or over a legend field."""

from __future__ import annotations

from dataclasses import dataclass

import matplotlib as mpl
import numpy as np
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.font_manager import get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.text import Text

from regsam_geo.look import get_theme
from regsam_geo.look.pages import DRAWING

DPI = 150


@dataclass
class Ink:
    text: str
    west: float
    south: float
    east: float
    north: float

    def overlaps(self, other, slack=0.4):
        return (
            min(self.east, other.east) - max(self.west, other.west) > slack
            and min(self.north, other.north) - max(self.south, other.south) > slack
        )


def texts_of(figure):
    """Return the inked boxes of all texts in pixels."""
    figure.dpi = DPI
    boxes = []
    with mpl.rc_context(DRAWING):
        renderer = figure.canvas.get_renderer()
        for text in figure.findobj(lambda artist: isinstance(artist, Text) and artist.get_visible()):
            if not text.get_text().strip():
                continue
            box = text.get_window_extent(renderer)
            base = text.get_transform().transform(text.get_position())[1]
            font = get_font(text.get_fontproperties().get_file())
            font.set_size(text.get_fontsize(), DPI)
            font.set_text(text.get_text(), 0.0, flags=LoadFlags.NO_HINTING)
            south = base - font.get_descent() / 64
            boxes.append(Ink(text.get_text(), box.x0, south, box.x1, south + font.get_width_height()[1] / 64))
    return boxes


def fields_of(figure):
    """Return the colored fields of the legend."""
    return [artist for artist in figure.findobj(Rectangle) if artist.get_label() == "swatch"]


def map_colors(figure):
    collections = [c for c in figure.findobj(PathCollection) if c.get_label() == "areas"]
    return {to_hex(color) for collection in collections for color in collection.get_facecolors()}


def legend_colors(figure):
    known = [artist for artist in figure.findobj(Rectangle) if artist.get_label() in ("swatch", "field")]
    return {to_hex(field.get_facecolor()) for field in known}


def insets_of(figure, renderer):
    """Return the boxes of small maps of the city."""
    boxes = []
    for axes in figure.axes:
        kinds = {collection.get_label() for collection in axes.collections}
        if "context" in kinds and "areas" not in kinds:
            box = axes.get_window_extent(renderer)
            boxes.append(Ink("inset", box.x0, box.y0, box.x1, box.y1))
    return boxes


def check_page(figure):
    width, height = figure.get_size_inches() * DPI
    texts = texts_of(figure)
    assert texts
    for ink in texts:
        inside = ink.west >= 0 and ink.south >= 0 and ink.east <= width and ink.north <= height
        assert inside, f"outside the page: {ink}"
    for i, one in enumerate(texts):
        for other in texts[:i]:
            assert not one.overlaps(other), f"{one} over {other}"
    with mpl.rc_context(DRAWING):
        renderer = figure.canvas.get_renderer()
        for field in fields_of(figure):
            box = field.get_window_extent(renderer)
            swatch = Ink("swatch", box.x0, box.y0, box.x1, box.y1)
            assert min(box.x0, box.y0) >= 0
            assert box.x1 <= width
            assert box.y1 <= height
            for ink in texts:
                assert not swatch.overlaps(ink), f"{ink} over a field of the legend"
        for inset in insets_of(figure, renderer):
            for ink in texts:
                assert not inset.overlaps(ink), f"{ink} over the small map of the city"
    marks, keys = marks_of(figure, "place"), marks_of(figure, "place key")
    assert marks <= keys | {get_theme().paper}
    assert map_colors(figure) <= legend_colors(figure)
    return texts


def marks_of(figure, label):
    """Return the colors of marks of places, in the map or in its legend."""
    return {to_hex(one.get_facecolor()) for one in figure.findobj(PathPatch) if one.get_label() == label}


def letters(figure):
    """Return all words of a page, for searching."""
    return " ".join(np.array([ink.text for ink in texts_of(figure)], dtype=object))
