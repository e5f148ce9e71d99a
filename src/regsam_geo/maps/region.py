"""``plot_region_map``: one region large, its neighbors in grey, with a small map of the city."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from regsam_geo.areas import load_boundaries
from regsam_geo.errors import OptionError
from regsam_geo.indicators import Panel
from regsam_geo.look.palettes import Palette
from regsam_geo.look.theme import Theme
from regsam_geo.maps.geometry import checked_areas, groups_of
from regsam_geo.maps.request import ClassesWish, Request
from regsam_geo.maps.sheet import draw_sheet
from regsam_geo.maps.static import classed_sheet
from regsam_geo.maps.values import MapValues, areas_for, guarded, values_for
from regsam_geo.text import did_you_mean, problem, say, shorten, using_language

MOST_IN_INSET = 60
"""With more areas than this the small map of the city shows districts in their place."""


def plot_region_map(
    region: str,
    areas: gpd.GeoDataFrame | None,
    values: pd.Series | Panel | str,
    *,
    title: str | None = None,
    subtitle: str | None = None,
    classes: ClassesWish = "quantiles",
    k: int = 5,
    center: float | None = None,
    palette: str | Palette | None = None,
    theme: str | Theme = "meeting",
    warnings: pd.DataFrame | None = None,
    labels: str | pd.Series = "auto",
    inset: bool = True,
    unit: str | None = None,
    decimals: int | None = None,
    city: float | None = None,
    source: str | None = None,
    date: str | None = None,
    lang: str | None = None,
    threshold: float | None = 3,
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
    inset
        Draw a small map of the city that says where the region lies.
    labels
        As in ``plot_map``; ``"auto"`` writes the names of the areas.
    title, subtitle, classes, k, center, palette, theme, warnings, unit, decimals, city, source, date, lang
        As in ``plot_map``.
    threshold
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
        layer = checked_areas(areas_for(areas, values))
        inside = _members(layer, region)
        whole = values_for(layer, guarded(values, threshold)).told(
            title=title, subtitle=subtitle, unit=unit, decimals=decimals, city=city, source=source
        )
        if isinstance(labels, str) and labels == "auto":
            labels = "name"
        request = Request(classes, k, center, palette, theme, warnings, labels, regions=False, date=date)
        own, shown = layer[inside], _own_values(whole, inside, region, subtitle)
        sheet = replace(
            classed_sheet(own, shown, request, request.coloring(whole)),
            around=layer[~inside],
            city=_city_of(layer) if inset else None,
        )
        if shown.level in ("subdistrict", "quarter"):
            sheet = replace(sheet, groups=_districts(own), group_width=0.6)
        return draw_sheet(sheet, request.look)


def _districts(own: gpd.GeoDataFrame) -> np.ndarray:
    """Return the district of each area, whose border is drawn in the region."""
    return np.asarray(own.index.astype(str).str[:2], dtype=object)


def _city_of(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return what stands for the city in its small map."""
    return layer if len(layer) <= MOST_IN_INSET else load_boundaries("district")


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
    named = say("label.map.region", region=region)
    return replace(
        whole,
        numbers=whole.numbers[inside],
        reasons=tuple(reason for reason, own in zip(whole.reasons, inside, strict=True) if own),
        subtitle=whole.subtitle if subtitle is not None else " · ".join(filter(None, [named, whole.subtitle])),
    )
