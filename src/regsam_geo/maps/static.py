"""``plot_map``: one classed map on one page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.figure import Figure

from regsam_geo.areas import ATTRIBUTION, LICENSE, VINTAGE
from regsam_geo.errors import OptionError
from regsam_geo.look.classes import Classes, classify
from regsam_geo.look.pages import Box, axes_in
from regsam_geo.look.palettes import Palette, get_palette
from regsam_geo.look.theme import Theme, get_theme
from regsam_geo.maps.geometry import checked_areas, groups_of
from regsam_geo.maps.labels import draw_labels
from regsam_geo.maps.layers import draw_areas, draw_hatching, draw_outlines, prepare
from regsam_geo.maps.legend import Gap, Row, Stroke, Swatch, Words, draw_rows, fitting_size
from regsam_geo.maps.page import Layout, compose, draw_corner
from regsam_geo.maps.values import SECRET, MapValues, areas_for, values_for
from regsam_geo.maps.warned import Warned, draw_sentences, sentences_height, warned_areas
from regsam_geo.text import did_you_mean, format_number, join_words, problem, say, shorten, using_language

LABELS = ("auto", "number", "name", "value", "none")


def plot_map(
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
    regions: bool = True,
    unit: str | None = None,
    decimals: int | None = None,
    city: float | None = None,
    source: str | None = None,
    date: str | None = None,
    lang: str | None = None,
) -> Figure:
    """Draw one indicator as a classed map on a finished page.

    Parameters
    ----------
    areas
        Polygons with area ids as index; ``None`` takes the shipped layer that a panel belongs to.
    values
        A Series by area id, the name of a column of ``areas``, or a ``Panel`` with exactly one indicator, group
        and period for the level of the areas. From a panel come title, unit, decimals, the value of the city,
        the reasons of missing values and the source. Missing values are hatched and named; values without an
        area are told at the foot of the map.
    title, subtitle
        Header; ``""`` for none.
    classes
        ``"quantiles"``, ``"equal"``, ``"pretty"``, ``"std"``, ``"natural"``, ``"diverging"`` (around the city
        value), inner limits, or finished ``Classes`` (pooled over several periods, say).
    k
        Number of classes.
    center
        Reference of diverging classes; the city value by default.
    palette
        ``"isar"``, ``"brick"``, ``"grey"``, ``"isar-brick"`` or a ``Palette``; the theme's by default.
    theme
        ``"meeting"``, ``"print"``, ``"slide"``, ``"mono"`` or a ``Theme``.
    warnings
        Rows of ``detect_warnings``: those of the map's areas (and indicator, group and period, where they are
        known) get a numbered disc in the map, and their sentence stands beside it.
    labels
        ``"number"``, ``"name"``, ``"value"``, ``"none"``, or a Series of texts; ``"auto"`` writes numbers,
        except on quarters. A label that fits nowhere is left out and counted at the foot.
    regions
        Draw the outlines of the REGSAM regions.
    unit, decimals, city, source
        In place of what the panel says.
    date
        Date of issue for the foot, as it is to be read; none by default, so that equal input gives equal bytes.
    lang
        Language; the one in force by default.

    Returns
    -------
    Figure
        A matplotlib figure of the theme's page size.

    Raises
    ------
    InputError
        If no value belongs to an area, or values are text or infinite.
    OptionError
        If an option is unknown or the panel holds more than one indicator, group or period.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample().sel("Arbeitslose - Anteil", period=2024)
    >>> figure = rg.plot_map(rg.load_boundaries("district"), panel)
    >>> figure.get_size_inches().round(2).tolist()
    [11.69, 8.27]
    """
    with using_language(lang):
        look = get_theme(theme)
        layer = checked_areas(areas_for(areas, values))
        shown = _with_options(values_for(layer, values), title, subtitle, unit, decimals, city, source)
        _checked_labels(labels)
        grouped = classes_for(shown, classes, k, center)
        chosen = get_palette(palette or (look.diverging if grouped.diverging else look.sequential))
        found = grouped.assign(shown.numbers)
        class_colors = grouped.colors(chosen)
        fills = [class_colors[i] if i >= 0 else look.missing for i in found]
        groups = groups_of(layer) if regions and shown.level != "region" else None
        warned = warned_areas(layer, shown, warnings)
        rows = legend_rows(shown, grouped, class_colors, look, outlines=groups is not None)
        notes = [*_notes(shown), *warned.notes]
        texts = label_texts(layer, shown, labels, grouped)
        foot_source = source_line(shown, date)

        def build(extra: Sequence[str]) -> tuple[Layout, list[int]]:
            west, south, east, north = layer.total_bounds
            layout = compose(
                look,
                shown.title,
                shown.subtitle,
                [foot_source, " ".join([*notes, *extra])],
                rows,
                aspect=(east - west) / max(north - south, 1.0),
                sentences=bool(warned.rows),
            )
            return layout, _draw_map(layout, layer, shown, fills, texts, warned, groups, look)

        layout, left_out = build([])
        if left_out:
            # the foot says it, which takes a line from the map; the number may change, but not from some to none
            layout, left_out = build([_left_out(layer, left_out)])
        _draw_legend(layout, rows, warned, look)
        return layout.figure


def _draw_map(
    layout: Layout,
    layer: gpd.GeoDataFrame,
    shown: MapValues,
    fills: list[str],
    texts: list[str],
    warned: Warned,
    groups: npt.NDArray[np.object_] | None,
    look: Theme,
) -> list[int]:
    """Draw everything inside the frame and return the areas whose label found no place."""
    axes = axes_in(layout.figure, layout.frame)
    made = prepare(axes, layer)
    draw_areas(axes, made, fills, look)
    missing = np.isnan(shown.numbers)
    secret = np.array([reason in SECRET for reason in shown.reasons]) & missing
    draw_hatching(axes, made, missing & ~secret, "missing", look)
    draw_hatching(axes, made, secret, "secret", look)
    draw_outlines(axes, layer, made, look, np.ones(len(layer), dtype=object))
    if groups is not None:
        draw_outlines(axes, layer, made, look, groups)
    size = look.label_size * LABEL_SHARE.get(shown.level, 1.0)
    placed = draw_labels(axes, made, texts, look, fills=fills, size=size, marks=warned.marks)
    draw_corner(layout, made.meters, look)
    return placed.left_out


LABEL_SHARE = {"district": 1.0, "region": 1.05, "subdistrict": 0.66, "quarter": 0.5, "own": 0.9}


def _with_options(
    shown: MapValues,
    title: str | None,
    subtitle: str | None,
    unit: str | None,
    decimals: int | None,
    city: float | None,
    source: str | None,
) -> MapValues:
    """Return the values with what the caller said in place of what the panel says."""
    from dataclasses import replace

    wished = {
        "title": title,
        "subtitle": subtitle,
        "unit": unit,
        "decimals": decimals,
        "city": city,
        "source": source,
    }
    return replace(shown, **{name: given for name, given in wished.items() if given is not None})  # type: ignore[arg-type]


def classes_for(
    shown: MapValues, classes: str | Sequence[float] | Classes, k: int, center: float | None
) -> Classes:
    """Return the classes of a map; diverging ones lie around the city value unless told otherwise."""
    reference = shown.city if center is None and isinstance(classes, str) and classes == "diverging" else center
    grouped = classify(shown.numbers, classes, k, center=reference, decimals=shown.decimals)
    return grouped.covering(shown.numbers)


def legend_rows(
    shown: MapValues,
    grouped: Classes,
    colors: Sequence[str],
    theme: Theme,
    *,
    outlines: bool,
    counts: npt.NDArray[np.int64] | None = None,
) -> list[Row]:
    """Return the rows of a legend: classes from high to low, missing values, city, outlines."""
    short = len(shown.unit) <= 3
    names = grouped.labels(unit=shown.unit if short else "")
    if counts is None:
        counts = grouped.counts(shown.numbers)
    heading = "" if short or not shown.unit else say("label.map.unit", unit=shown.unit)
    rows: list[Row] = [Words(heading, bold=True, right=say(f"label.map.count.{shown.level}"), share=0.85)]
    rows += [Swatch(colors[i], names[i], format_number(int(counts[i]))) for i in range(len(grouped) - 1, -1, -1)]
    rows += missing_rows(shown, theme)
    if shown.city is not None:
        digits = shown.decimals if shown.decimals is not None else grouped.decimals
        rows += [
            Gap(0.5),
            Words(say("label.map.city", value=format_number(shown.city, digits, shown.unit)), bold=True),
        ]
    rows.append(Words(say(f"label.map.method.{grouped.method}"), share=0.72, soft=True))
    if outlines:
        rows += [Gap(0.3), Stroke(theme.region_border, theme.region_width, say("label.map.regions"))]
    return rows


def missing_rows(shown: MapValues, theme: Theme) -> list[Row]:
    """Return up to two rows: areas without a number, and areas whose number is kept secret."""
    rows: list[Row] = []
    for pattern, secret in (("missing", False), ("secret", True)):
        reasons = [reason for reason in shown.reasons if reason and (reason in SECRET) == secret]
        if reasons:
            words = list(dict.fromkeys(say(f"sign.{reason}") for reason in reasons))
            rows.append(Swatch(theme.missing, join_words(words), format_number(len(reasons)), hatch=pattern))
    return rows


def _draw_legend(layout: Layout, rows: list[Row], warned: Warned, theme: Theme) -> None:
    """Draw the legend and the sentences of the warnings beside or below it."""
    box = layout.legend
    if layout.aside is None and warned.rows:
        # classes are read first and shrink less than sentences, but both shrink together
        need = sentences_height(warned, box.width, theme)
        room = max(box.height - min(need, 0.6 * box.height) - 3.0, 0.3 * box.height)
        upper = Box(box.x, box.top - room, box.width, room)
        rest = draw_rows(layout.paper, rows, upper, theme, fitting_size(rows, upper, theme.text_size))
        lower = Box(box.x, box.y, box.width, max(rest.top - box.y - 3.0, 1.0))
        draw_sentences(layout.paper, lower, warned, theme)
        return
    draw_rows(layout.paper, rows, box, theme, fitting_size(rows, box, theme.text_size))
    if layout.aside is not None:
        draw_sentences(layout.paper, layout.aside, warned, theme)


def label_texts(layer: gpd.GeoDataFrame, shown: MapValues, labels: str | pd.Series, grouped: Classes) -> list[str]:
    """Return the text of each label."""
    if isinstance(labels, pd.Series):
        return ["" if pd.isna(text) else str(text) for text in labels.reindex(layer.index)]
    if labels == "auto":
        labels = "none" if shown.level == "quarter" or len(layer) > 200 else "number"
    if labels == "none":
        return [""] * len(layer)
    if labels == "value":
        digits = shown.decimals if shown.decimals is not None else grouped.decimals
        return ["" if np.isnan(number) else format_number(number, digits) for number in shown.numbers]
    if labels == "name" and "name" in layer:
        return [str(name) for name in layer["name"]]
    return [short_number(str(area_id)) for area_id in layer.index]


def short_number(area_id: str) -> str:
    """Write an area id as people say it: ``8`` for ``08``, ``1.1`` for ``01.1``."""
    return area_id.lstrip("0") or area_id


def _checked_labels(labels: str | pd.Series) -> None:
    if isinstance(labels, str) and labels not in LABELS:
        raise problem(
            OptionError,
            "map_labels",
            found=labels,
            expected=", ".join(LABELS),
            hint=did_you_mean(labels, LABELS),
        )


def source_line(shown: MapValues, date: str | None) -> str:
    """Return the line that says where figures and boundaries come from."""
    parts = [say("label.map.source", source=shown.source)] if shown.source else []
    if shown.level != "own":
        parts.append(say("label.map.boundaries", attribution=ATTRIBUTION, vintage=VINTAGE, license=LICENSE))
    if date:
        parts.append(say("label.map.date", date=date))
    return " ".join(parts)


def _notes(shown: MapValues) -> list[str]:
    """Return what has to be said about areas and values that do not match."""
    if not shown.strangers:
        return []
    return [say("label.map.strangers", n=len(shown.strangers), found=shorten(shown.strangers, 5))]


def _left_out(layer: gpd.GeoDataFrame, left_out: list[int]) -> str:
    names = [short_number(str(layer.index[i])) for i in left_out]
    return say("label.map.left_out", n=len(names), found=shorten(names, 6))
