"""``plot_map``: one classed map on one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import geopandas as gpd
import pandas as pd
from matplotlib.figure import Figure

from regsam_geo.look.classes import Classes, classify
from regsam_geo.look.palettes import Palette, get_palette
from regsam_geo.look.theme import Theme, get_theme
from regsam_geo.maps.entries import check_labels, label_texts, legend_rows, spare_texts
from regsam_geo.maps.geometry import checked_areas, groups_of
from regsam_geo.maps.sheet import Sheet, draw_sheet
from regsam_geo.maps.values import MapValues, areas_for, values_for
from regsam_geo.maps.warned import warned_areas
from regsam_geo.text import using_language


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
        layer = checked_areas(areas_for(areas, values))
        shown = with_options(values_for(layer, values), title, subtitle, unit, decimals, city, source)
        return classed_map(
            layer,
            shown,
            classes=classes,
            k=k,
            center=center,
            palette=palette,
            theme=theme,
            warnings=warnings,
            labels=labels,
            regions=regions,
            date=date,
        )


def classed_map(
    layer: gpd.GeoDataFrame,
    shown: MapValues,
    *,
    classes: str | Sequence[float] | Classes,
    k: int,
    center: float | None,
    palette: str | Palette | None,
    theme: str | Theme,
    warnings: pd.DataFrame | None,
    labels: str | pd.Series,
    regions: bool,
    date: str | None,
) -> Figure:
    """Draw values whose title, unit and reasons are known already."""
    look = get_theme(theme)
    check_labels(labels)
    grouped = classes_for(shown, classes, k, center)
    colors = grouped.colors(get_palette(palette or (look.diverging if grouped.diverging else look.sequential)))
    groups = groups_of(layer) if regions and shown.level != "region" else None
    sheet = Sheet(
        layer,
        shown,
        fills=[colors[i] if i >= 0 else look.missing for i in grouped.assign(shown.numbers)],
        rows=legend_rows(shown, grouped, colors, look, outlines=groups is not None),
        texts=label_texts(layer, shown, labels, grouped),
        groups=groups,
        warned=warned_areas(layer, shown, warnings),
        date=date,
        spares=spare_texts(layer, labels),
    )
    return draw_sheet(sheet, look)


def with_options(
    shown: MapValues,
    title: str | None,
    subtitle: str | None,
    unit: str | None,
    decimals: int | None,
    city: float | None,
    source: str | None,
) -> MapValues:
    """Return the values with what the caller said in place of what the panel says."""
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
