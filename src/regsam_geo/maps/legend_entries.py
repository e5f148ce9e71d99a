"""Rows of legends and texts of labels: what a map says about its classes and areas."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd

from regsam_geo.look.classes import Classes
from regsam_geo.look.style import LABELS, Labels, ResolvedStyle
from regsam_geo.look.theme import Theme
from regsam_geo.maps.coloring import Coloring
from regsam_geo.maps.legend import Gap, Row, Stroke, Swatch, Words
from regsam_geo.maps.map_regions import MapRegions
from regsam_geo.maps.map_values import SECRET, MapValues, aligned_to, short_number
from regsam_geo.text import check_choice, format_number, format_period, join_words, say

MOST_KEYED = 40
"""With more areas than this a key of names would be a page of its own."""


def legend_rows(
    values: MapValues,
    coloring: Coloring,
    theme: Theme,
    *,
    regions: MapRegions | None,
    named: bool = False,
    counted: bool = True,
) -> list[Row]:
    """Return the rows of a legend: classes from high to low, missing values, city, outlines."""
    grouped, colors = coloring.classes, coloring.colors
    # "%" stands after each limit; a long unit stands once, as the heading
    short = len(values.unit) <= 3
    names = grouped.labels(unit=values.unit if short else "", sign=values.change)
    # Not on a page of several periods, where each map has counts of its own.
    counts = [format_number(int(n)) if counted else "" for n in grouped.counts(values.numbers)]
    heading = "" if short else values.unit
    rows: list[Row] = [
        Words(heading, bold=True, right=say(f"label.map.count.{values.level}") if counted else "", share=0.85)
    ]
    # high values on top, as on a scale
    rows += [Swatch(colors[i], names[i], counts[i]) for i in range(len(grouped) - 1, -1, -1)]
    rows += missing_rows(values, theme, counted=counted)
    if values.city is not None:
        digits = values.decimals if values.decimals is not None else grouped.decimals
        rows += [
            Gap(0.5),
            Words(
                say("label.map.city", value=format_number(values.city, digits, values.unit, sign=values.change)),
                bold=True,
            ),
        ]
    rows.append(Words(_method_words(coloring), share=0.72, soft=True))
    return [*rows, *outline_rows(regions, theme, named=named)]


def _method_words(coloring: Coloring) -> str:
    """Say how the classes were made, and from which periods: a map of all periods has others."""
    method = say(f"label.map.method.{coloring.classes.method}")
    if not coloring.periods:
        return method
    first, last = (format_period(period) for period in (min(coloring.periods), max(coloring.periods)))
    if first == last:
        return say("label.map.method_in", method=method, period=last)
    return say("label.map.method_over", method=method, first=first, last=last)


def outline_rows(regions: MapRegions | None, theme: Theme, *, named: bool = False) -> list[Row]:
    """Return the row that explains the outlines of the regions, if there are any."""
    if regions is None:
        return []
    whose, what = ("regions" if regions.regsam else "own_regions"), ("_named" if named else "")
    own = say("label.level.own_regions")
    if not regions.regsam and regions.title not in ("", own):
        whose = "division"
    text = say(f"label.map.{whose}{what}", name=regions.title)
    return [Gap(0.3), Stroke(theme.region_border, theme.region_width, text)]


def missing_rows(values: MapValues, theme: Theme, *, counted: bool = True) -> list[Row]:
    """Return up to two rows: areas without a number, and areas whose number is kept secret."""
    rows: list[Row] = []
    for pattern, secret in (("missing", False), ("secret", True)):
        reasons = [reason for reason in values.reasons if reason and (reason in SECRET) == secret]
        if reasons:
            # each reason once, in the order of the areas
            words = list(dict.fromkeys(say(f"sign.{reason}") for reason in reasons))
            count = format_number(len(reasons)) if counted else ""
            rows.append(Swatch(theme.missing, join_words(words), count, hatch=pattern))
    return rows


def label_texts(layer: gpd.GeoDataFrame, values: MapValues, labels: Labels, grouped: Classes) -> list[str]:
    """Return the text of each label; values with the digits of their classes where nothing else is known."""
    digits = values.decimals if values.decimals is not None else grouped.decimals
    return texts_of_labels(layer, values, labels, digits)


def texts_of_labels(layer: gpd.GeoDataFrame, values: MapValues, labels: Labels, digits: int) -> list[str]:
    """Return the text of each label; values with so many digits."""
    if isinstance(labels, pd.Series):
        aligned, _ = aligned_to(layer, values.level, labels)
        return ["" if pd.isna(text) else str(text) for text in aligned]
    if labels == "auto":
        # 475 numbers would be a grey veil over the colors.
        labels = "none" if values.level == "quarter" or len(layer) > 200 else "number"
    if labels == "none":
        return [""] * len(layer)
    if labels == "value":
        return [
            "" if np.isnan(number) else format_number(number, digits, sign=values.change)
            for number in values.numbers
        ]
    if labels == "name" and "name" in layer:
        return [str(name) for name in layer["name"]]
    return [short_number(str(area_id), values.level) for area_id in layer.index]


def are_regions_named(texts: Sequence[str], style: ResolvedStyle) -> bool:
    """Tell whether regions carry their names: as wished, and else where the areas have no labels."""
    return not any(texts) if style.region_labels is None else style.region_labels


def spare_texts(layer: gpd.GeoDataFrame, level: str, labels: Labels) -> list[str] | None:
    """Return the numbers that stand in for names that do not fit, to be explained in a key."""
    # Only names have a number that can stand for them; a value has none.
    if not isinstance(labels, str) or labels != "name" or len(layer) > MOST_KEYED:
        return None
    return [short_number(str(area_id), level) for area_id in layer.index]


def check_labels(labels: Labels) -> None:
    """Say what is wrong with the wish for labels, if anything is."""
    if isinstance(labels, str):
        check_choice(labels, LABELS, "map_labels")
