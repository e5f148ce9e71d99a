"""``plot_map``: one classed map on one page."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
from matplotlib.figure import Figure

from regsam_geo.indicators import Panel
from regsam_geo.look.palettes import Palette
from regsam_geo.look.theme import Theme
from regsam_geo.maps.entries import check_labels, label_texts, legend_rows, spare_texts
from regsam_geo.maps.geometry import checked_areas, groups_of
from regsam_geo.maps.inset import city_around
from regsam_geo.maps.request import ClassesWish, Coloring, Request
from regsam_geo.maps.sheet import Sheet, draw_sheet
from regsam_geo.maps.values import MapValues, areas_for, guarded, values_for
from regsam_geo.maps.warned import warned_areas
from regsam_geo.text import using_language


def plot_map(
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
    regions: bool = True,
    region_labels: bool | None = None,
    inset: bool = True,
    unit: str | None = None,
    decimals: int | None = None,
    city: float | None = None,
    source: str | None = None,
    date: str | None = None,
    lang: str | None = None,
    threshold: float | None = 3,
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
    region_labels
        Write the number of each region, such as ``"17/18"``, into its outline; by default where the areas
        themselves have no labels.
    inset
        Draw a small map of the city where the areas are only a part of it.
    unit, decimals, city, source
        In place of what the panel says.
    date
        Date of issue for the foot, as it is to be read; none by default, so that equal input gives equal bytes.
    lang
        Language; the one in force by default.
    threshold
        Counts of persons in a panel that lie below it are hidden first, and the rates made of them (``protect``);
        the map names them in its legend. ``None`` for figures that may be shown as they are.

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
        shown = values_for(layer, guarded(values, threshold)).told(
            title=title, subtitle=subtitle, unit=unit, decimals=decimals, city=city, source=source
        )
        request = Request(
            classes, k, center, palette, theme, warnings, labels, regions, region_labels, inset, date
        )
        return draw_sheet(classed_sheet(layer, shown, request), request.look)


def classed_sheet(
    layer: gpd.GeoDataFrame, shown: MapValues, request: Request, coloring: Coloring | None = None
) -> Sheet:
    """Return the page of a classed map; ``coloring`` is made from the values themselves if not given."""
    look = request.look
    check_labels(request.labels)
    used = coloring or request.coloring(shown)
    texts = label_texts(layer, shown, request.labels, used.classes)
    groups = groups_of(layer) if request.regions and shown.level != "region" else None
    named = not any(texts) if request.region_labels is None else request.region_labels
    return Sheet(
        layer,
        shown,
        fills=used.fills(shown.numbers),
        rows=legend_rows(shown, used.classes, used.colors, look, outlines=groups is not None, named=named),
        texts=texts,
        groups=groups,
        name_groups=named,
        warned=warned_areas(layer, shown, request.warnings),
        date=request.date,
        spares=spare_texts(layer, request.labels),
        city=city_around(layer) if request.inset else None,
    )
