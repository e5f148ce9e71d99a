"""A sheet: what one map page shows, and how it becomes a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from regsam_geo.areas import ATTRIBUTION, LICENSE, VINTAGE
from regsam_geo.look.pages import Box, PageFigure, axes_in
from regsam_geo.look.theme import Theme
from regsam_geo.maps.labels import Placed, draw_labels
from regsam_geo.maps.layers import draw_areas, draw_hatching, draw_outlines, prepare
from regsam_geo.maps.legend import Gap, Row, Words, draw_rows, fitting_size, rows_width
from regsam_geo.maps.page import Layout, compose, draw_corner
from regsam_geo.maps.values import SECRET, MapValues, short_number
from regsam_geo.maps.warned import Warned, draw_sentences, sentences_height
from regsam_geo.text import say, shorten

LABEL_SHARE = {"district": 1.0, "region": 1.05, "subdistrict": 0.66, "quarter": 0.5, "own": 0.9}
"""Size of labels against the theme's, by level."""


@dataclass(frozen=True)
class Sheet:
    """One map with everything that is said about it.

    Attributes
    ----------
    layer
        The areas.
    shown
        Numbers and words.
    fills
        One color per area.
    rows
        The legend.
    texts
        One label per area.
    groups
        Region of each area, for outlines; ``None`` for none.
    warned
        Warnings.
    date
        Date of issue.
    spares
        Numbers for a key, where a name fits neither inside its area nor beside it.
    """

    layer: gpd.GeoDataFrame
    shown: MapValues
    fills: Sequence[str]
    rows: Sequence[Row]
    texts: Sequence[str]
    groups: npt.NDArray[np.object_] | None = None
    warned: Warned = field(default_factory=Warned)
    date: str | None = None
    spares: Sequence[str] | None = None


def draw_sheet(sheet: Sheet, look: Theme) -> PageFigure:
    """Draw a whole page."""
    layout, placed = _build(sheet, look, [])
    if placed.left_out:
        # the foot says so, which may take a line from the map; then the number is counted once more
        note = left_out_note(sheet.layer, placed.left_out)
        layout, placed = _build(sheet, look, [note])
        if left_out_note(sheet.layer, placed.left_out) != note:
            layout, placed = _build(sheet, look, [left_out_note(sheet.layer, placed.left_out)])
    rows = [*sheet.rows, *key_rows(sheet.layer, sheet.texts, placed)]
    draw_legend(layout, rows, sheet.warned, look)
    return layout.figure


def _build(sheet: Sheet, look: Theme, extra: Sequence[str]) -> tuple[Layout, Placed]:
    west, south, east, north = sheet.layer.total_bounds
    shown = sheet.shown
    layout = compose(
        look,
        shown.title,
        shown.subtitle,
        foot_of(shown, sheet.date, [*sheet.warned.notes, *extra]),
        sheet.rows,
        aspect=(east - west) / max(north - south, 1.0),
        sentences=bool(sheet.warned.rows),
    )
    return layout, _draw_map(layout, sheet, look)


def _draw_map(layout: Layout, sheet: Sheet, look: Theme) -> Placed:
    """Draw everything inside the frame and return what became of the labels."""
    axes = axes_in(layout.figure, layout.frame)
    layer, shown = sheet.layer, sheet.shown
    made = prepare(axes, layer)
    draw_areas(axes, made, sheet.fills, look)
    missing = np.isnan(shown.numbers)
    secret = np.array([reason in SECRET for reason in shown.reasons]) & missing
    draw_hatching(axes, made, missing & ~secret, "missing", look)
    draw_hatching(axes, made, secret, "secret", look)
    draw_outlines(axes, layer, made, look, np.ones(len(layer), dtype=object))
    if sheet.groups is not None:
        draw_outlines(axes, layer, made, look, sheet.groups)
    size = look.label_size * LABEL_SHARE.get(shown.level, 1.0)
    placed = draw_labels(
        axes, made, sheet.texts, look, spares=sheet.spares, fills=sheet.fills, size=size, marks=sheet.warned.marks
    )
    draw_corner(layout, made.meters, look)
    return placed


def draw_legend(layout: Layout, rows: Sequence[Row], warned: Warned, theme: Theme) -> None:
    """Draw the legend and the sentences of the warnings beside or below it."""
    box, page, wished = layout.legend, layout.figure, theme.text_size
    narrow = max(1.12 * rows_width(rows, wished), 0.5 * box.width)
    if layout.aside is None and warned.rows:
        # classes are read first and shrink less than sentences, but both shrink together
        need = sentences_height(warned, box.width, theme)
        room = max(box.height - min(need, 0.6 * box.height) - 3.0, 0.3 * box.height)
        upper = Box(box.x, box.top - room, box.width, room)
        rest = draw_rows(page, rows, box, theme, fitting_size(rows, upper, wished, narrow), narrow)
        draw_sentences(page, rest._replace(height=max(rest.height - 3.0, 0.0)), warned, theme)
        return
    draw_rows(page, rows, box, theme, fitting_size(rows, box, wished, narrow), narrow)
    if layout.aside is not None:
        draw_sentences(page, layout.aside, warned, theme)


def key_rows(layer: gpd.GeoDataFrame, texts: Sequence[str], placed: Placed) -> list[Row]:
    """Return the key of areas that carry their number where their label did not fit."""
    if not placed.keyed:
        return []
    parts = [f"{short_number(str(layer.index[i]))}\N{NO-BREAK SPACE}{texts[i]}" for i in placed.keyed]
    return [Gap(0.4), Words("; ".join(parts), share=0.72)]


def foot_of(shown: MapValues, date: str | None, notes: Sequence[str]) -> list[str]:
    """Return the sentences of the foot: source, then what does not match, then other notes."""
    if shown.strangers:
        notes = [say("label.map.strangers", n=len(shown.strangers), found=shorten(shown.strangers, 5)), *notes]
    return [source_line(shown, date), " ".join(notes)]


def source_line(shown: MapValues, date: str | None) -> str:
    """Return the line that says where figures and boundaries come from."""
    parts = [say("label.map.source", source=shown.source)] if shown.source else []
    if shown.level != "own":
        parts.append(say("label.map.boundaries", attribution=ATTRIBUTION, vintage=VINTAGE, license=LICENSE))
    if date:
        parts.append(say("label.map.date", date=date))
    return " ".join(parts)


def left_out_note(layer: gpd.GeoDataFrame, left_out: Sequence[int]) -> str:
    """Return the sentence that counts labels without room."""
    names = [short_number(str(layer.index[i])) for i in left_out]
    return say("label.map.left_out", n=len(names), found=shorten(names, 6))
