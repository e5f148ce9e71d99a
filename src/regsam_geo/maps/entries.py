"""Rows of legends and texts of labels: what a map says about its classes and areas."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd

from regsam_geo.errors import OptionError
from regsam_geo.look.classes import Classes
from regsam_geo.look.theme import Theme
from regsam_geo.maps.legend import Gap, Row, Stroke, Swatch, Words
from regsam_geo.maps.values import SECRET, MapValues, short_number
from regsam_geo.text import did_you_mean, format_number, join_words, problem, say

MOST_KEYED = 40
"""With more areas than this a key of names would be a page of its own."""
LABELS = ("auto", "number", "name", "value", "none")


def legend_rows(
    shown: MapValues,
    grouped: Classes,
    colors: Sequence[str],
    theme: Theme,
    *,
    outlines: bool,
    named: bool = False,
    counted: bool = True,
) -> list[Row]:
    """Return the rows of a legend: classes from high to low, missing values, city, outlines."""
    short = len(shown.unit) <= 3
    names = grouped.labels(unit=shown.unit if short else "", sign=shown.change)
    counts = [format_number(int(n)) if counted else "" for n in grouped.counts(shown.numbers)]
    heading = "" if short else shown.unit
    rows: list[Row] = [
        Words(heading, bold=True, right=say(f"label.map.count.{shown.level}") if counted else "", share=0.85)
    ]
    rows += [Swatch(colors[i], names[i], counts[i]) for i in range(len(grouped) - 1, -1, -1)]
    rows += missing_rows(shown, theme, counted=counted)
    if shown.city is not None:
        digits = shown.decimals if shown.decimals is not None else grouped.decimals
        rows += [
            Gap(0.5),
            Words(
                say("label.map.city", value=format_number(shown.city, digits, shown.unit, sign=shown.change)),
                bold=True,
            ),
        ]
    rows.append(Words(say(f"label.map.method.{grouped.method}"), share=0.72, soft=True))
    if outlines:
        rows += outline_rows(theme, named=named)
    return rows


def outline_rows(theme: Theme, *, named: bool = False) -> list[Row]:
    """Return the row that explains the outlines of the regions."""
    meaning = say("label.map.regions_named" if named else "label.map.regions")
    return [Gap(0.3), Stroke(theme.region_border, theme.region_width, meaning)]


def missing_rows(shown: MapValues, theme: Theme, *, counted: bool = True) -> list[Row]:
    """Return up to two rows: areas without a number, and areas whose number is kept secret."""
    rows: list[Row] = []
    for pattern, secret in (("missing", False), ("secret", True)):
        reasons = [reason for reason in shown.reasons if reason and (reason in SECRET) == secret]
        if reasons:
            words = list(dict.fromkeys(say(f"sign.{reason}") for reason in reasons))
            count = format_number(len(reasons)) if counted else ""
            rows.append(Swatch(theme.missing, join_words(words), count, hatch=pattern))
    return rows


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
        return [
            "" if np.isnan(number) else format_number(number, digits, sign=shown.change)
            for number in shown.numbers
        ]
    if labels == "name" and "name" in layer:
        return [str(name) for name in layer["name"]]
    return [short_number(str(area_id)) for area_id in layer.index]


def spare_texts(layer: gpd.GeoDataFrame, labels: str | pd.Series) -> list[str] | None:
    """Return the numbers that stand in for names that do not fit, to be explained in a key."""
    if not isinstance(labels, str) or labels != "name" or len(layer) > MOST_KEYED:
        return None
    return [short_number(str(area_id)) for area_id in layer.index]


def check_labels(labels: str | pd.Series) -> None:
    """Say what is wrong with the wish for labels, if anything is."""
    if isinstance(labels, str) and labels not in LABELS:
        raise problem(
            OptionError,
            "map_labels",
            found=labels,
            expected=", ".join(LABELS),
            hint=did_you_mean(labels, LABELS),
        )
