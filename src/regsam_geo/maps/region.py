"""``plot_region_map``: one region large, its neighbors in grey, with a small map of the city."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from matplotlib.figure import Figure

from regsam_geo.areas import load_boundaries
from regsam_geo.errors import OptionError
from regsam_geo.look.classes import Classes
from regsam_geo.look.pages import Box, axes_in
from regsam_geo.look.palettes import Palette, get_palette
from regsam_geo.look.theme import Theme, get_theme
from regsam_geo.maps.entries import check_labels, label_texts, legend_rows, spare_texts
from regsam_geo.maps.geometry import Ground, checked_areas, ground, groups_of, view_of
from regsam_geo.maps.labels import Placed, draw_labels
from regsam_geo.maps.layers import draw_areas, draw_borders, draw_hatching, draw_outlines, prepare
from regsam_geo.maps.page import Layout, compose, draw_corner
from regsam_geo.maps.placement import Room
from regsam_geo.maps.sheet import LABEL_SHARE, draw_legend, foot_of, key_rows, left_out_note
from regsam_geo.maps.static import classes_for, with_options
from regsam_geo.maps.values import SECRET, MapValues, areas_for, short_number, values_for
from regsam_geo.maps.warned import Warned, warned_areas
from regsam_geo.text import did_you_mean, problem, say, shorten, using_language

INSET = 42.0
"""Width of the small map of the city in millimeters."""


def plot_region_map(
    region: str,
    areas: gpd.GeoDataFrame | None,
    values: Any,
    *,
    title: str | None = None,
    subtitle: str | None = None,
    classes: str | Sequence[float] | Classes = "quantiles",
    k: int = 5,
    center: float | None = None,
    palette: str | Palette | None = None,
    theme: str | Theme = "meeting",
    warnings: pd.DataFrame | None = None,
    labels: str | pd.Series = "auto",
    unit: str | None = None,
    decimals: int | None = None,
    city: float | None = None,
    source: str | None = None,
    date: str | None = None,
    lang: str | None = None,
) -> Figure:
    """Draw one REGSAM region large.

    Parameters
    ----------
    region
        Region id in REGSAM's notation, such as ``"17/18"``.
    areas
        Districts, sub-districts or quarters of the whole city; ``None`` takes the shipped layer of a panel.
    values
        As in ``plot_map``, for the whole city: classes are made from all areas, so that a color means the same on
        the maps of all regions. Numbers of areas in the legend count those of the region.
    title, subtitle, classes, k, center, palette, theme, warnings, labels, unit, decimals, city, source, date, lang
        As in ``plot_map``.

    Returns
    -------
    Figure
        A page: the region in color, its surroundings in grey, and where it lies in the city.

    Raises
    ------
    OptionError
        If the region is unknown or has no area on the layer.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample().sel("Arbeitslose - Anteil", period=2024)
    >>> figure = rg.plot_region_map("17/18", rg.load_boundaries("district"), panel)
    >>> len(figure.axes)
    2
    """
    with using_language(lang):
        look = get_theme(theme)
        check_labels(labels)
        layer = checked_areas(areas_for(areas, values))
        inside = _members(layer, region)
        whole = with_options(values_for(layer, values), title, subtitle, unit, decimals, city, source)
        grouped = classes_for(whole, classes, k, center)
        colors = grouped.colors(get_palette(palette or (look.diverging if grouped.diverging else look.sequential)))
        own = layer[inside]
        shown = _own_values(whole, inside, region, subtitle)
        drawn = _Region(
            own,
            layer[~inside],
            shown,
            [colors[i] if i >= 0 else look.missing for i in grouped.assign(shown.numbers)],
            label_texts(own, shown, labels if labels != "auto" else "name", grouped),
            warned_areas(own, shown, warnings),
            named=isinstance(labels, str) and labels in ("auto", "name"),
        )
        rows = legend_rows(shown, grouped, colors, look, outlines=False)
        notes = list(drawn.warned.notes)
        west, south, east, north = own.total_bounds
        aspect = max((east - west) / max(north - south, 1.0), 0.8)

        def build(extra: Sequence[str]) -> tuple[Layout, Placed]:
            layout = compose(
                look,
                shown.title,
                shown.subtitle,
                foot_of(shown, date, [*notes, *extra]),
                rows,
                aspect=aspect,
                sentences=bool(drawn.warned.rows),
            )
            return layout, drawn.draw(layout, look)

        layout, placed = build([])
        if placed.left_out:
            layout, placed = build([left_out_note(own, placed.left_out)])
        layout = _with_inset(layout, layer, inside, look)
        draw_legend(layout, [*rows, *key_rows(own, drawn.texts, placed)], drawn.warned, look)
        return layout.figure


def _members(layer: gpd.GeoDataFrame, region: str) -> np.ndarray:
    """Say which areas lie in the region."""
    groups = groups_of(layer)
    known = [] if groups is None else list(dict.fromkeys(groups))
    if groups is None or region not in known:
        raise problem(
            OptionError,
            "map_region",
            found=region,
            expected=shorten(known, 16) or "–",
            hint=did_you_mean(region, known),
        )
    return np.asarray(groups == region)


def _own_values(whole: MapValues, inside: np.ndarray, region: str, subtitle: str | None) -> MapValues:
    """Return the values of the region's areas, with the region in the subtitle."""
    from dataclasses import replace

    named = say("label.map.region", region=region)
    return replace(
        whole,
        numbers=whole.numbers[inside],
        reasons=tuple(reason for reason, own in zip(whole.reasons, inside, strict=True) if own),
        subtitle=whole.subtitle if subtitle is not None else " · ".join(filter(None, [named, whole.subtitle])),
    )


class _Region:
    """What stands inside the frame: the region, and around it whatever else the frame shows."""

    def __init__(
        self,
        own: gpd.GeoDataFrame,
        others: gpd.GeoDataFrame,
        shown: MapValues,
        fills: list[str],
        texts: list[str],
        warned: Warned,
        *,
        named: bool,
    ) -> None:
        self.own, self.others, self.shown = own, others, shown
        self.fills, self.texts, self.warned, self.named = fills, texts, warned, named

    def draw(self, layout: Layout, look: Theme) -> Placed:
        """Draw the frame and return what became of the region's labels."""
        axes = axes_in(layout.figure, layout.frame)
        made = ground(self.own, layout.frame, margin=0.05 * min(layout.frame.width, layout.frame.height))
        view = view_of(made.extent, made.meters, layout.frame)
        axes.set_xlim(view[0], view[2])
        axes.set_ylim(view[1], view[3])
        around = _context(self.others, view, made.meters)
        draw_areas(axes, around, look.context, look.with_(border="#b9bdc0"), label="context")
        draw_areas(axes, made, self.fills, look)
        missing = np.isnan(self.shown.numbers)
        secret = np.array([reason in SECRET for reason in self.shown.reasons]) & missing
        draw_hatching(axes, made, missing & ~secret, "missing", look)
        draw_hatching(axes, made, secret, "secret", look)
        draw_outlines(axes, self.own, made, look, np.ones(len(self.own), dtype=object))
        if self.shown.level not in ("district", "region"):
            draw_borders(axes, _districts(self.own, made), look.region_border, 0.6 * look.region_width)
        room = Room()
        spares = spare_texts(self.own, "name" if self.named else "number")
        size = look.label_size * max(LABEL_SHARE.get(self.shown.level, 1.0), 0.85)
        placed = draw_labels(
            axes,
            made,
            self.texts,
            look,
            spares=spares,
            fills=self.fills,
            size=size,
            marks=self.warned.marks,
            room=room,
            reach=0.0,
        )
        numbers = [short_number(str(area_id)) for area_id in around.ids]
        faint = look.with_(ink=look.soft_ink)
        fills = [look.context] * len(numbers)
        draw_labels(axes, around, numbers, faint, fills=fills, size=0.75 * size, bold=False, room=room, reach=0.0)
        draw_corner(layout, made.meters, look)
        return placed


def _districts(own: gpd.GeoDataFrame, made: Ground) -> Ground:
    """Return the districts of a region as polygons of their own."""
    district = own.index.astype(str).str[:2].to_numpy()
    ids = pd.Index(dict.fromkeys(district))
    united = np.array([shapely.union_all(made.polygons[district == one]) for one in ids], dtype=object)
    return Ground(ids, united, made.extent, made.meters)


def _context(others: gpd.GeoDataFrame, view: tuple[float, float, float, float], meters: float) -> Ground:
    """Return the parts of other areas that the frame shows."""
    window = shapely.box(*view)
    polygons = others.geometry.to_numpy()
    seen = shapely.intersects(polygons, window)
    clipped = shapely.intersection(polygons[seen], window)
    solid = shapely.area(clipped) > (2 * meters) ** 2
    return Ground(others.index[seen][solid], clipped[solid], view, meters)


def _with_inset(layout: Layout, layer: gpd.GeoDataFrame, inside: np.ndarray, look: Theme) -> Layout:
    """Draw the city with the region above scale bar and north arrow, and return the layout that is left."""
    width = min(INSET, 0.6 * layout.corner.width)
    height = 0.78 * width
    if layout.aside is None:
        box = Box(layout.corner.x, layout.corner.top + 2.0, width, height)
        legend = layout.legend.cut_bottom(height + 2.0, 2.0)[1]
        left = layout._replace(legend=legend)
    else:
        box = Box(layout.aside.right - width, layout.aside.top - height, width, height)
        left = layout._replace(aside=layout.aside.cut_top(height, 3.0)[1])
    axes = axes_in(layout.figure, box)
    city = load_boundaries("district") if len(layer) > 60 else layer
    part = inside if city is layer else np.asarray(city["region_id"] == groups_of(layer[inside])[0])  # type: ignore[index]
    made = prepare(axes, city)
    small = look.with_(border="#ffffff", border_width=0.25, region_width=0.7)
    draw_areas(axes, made, [look.accent if one else "#cfd2d4" for one in part], small, label="context")
    draw_outlines(axes, city, made, small, np.ones(len(city), dtype=object))
    return left
