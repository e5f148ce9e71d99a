"""``plot_map``: one classed map on one page, of the whole city or of one region."""

from __future__ import annotations

from typing import Unpack

import geopandas as gpd
import pandas as pd
from matplotlib.figure import Figure

from regsam_geo.indicators.periods import Period
from regsam_geo.look.style import ResolvedStyle, Style, StyleOptions, resolve_style
from regsam_geo.maps.coloring import Coloring, coloring_of
from regsam_geo.maps.legend_entries import are_regions_named, check_labels, label_texts, legend_rows, spare_texts
from regsam_geo.maps.map_regions import MapRegions, regions_on
from regsam_geo.maps.map_values import MapValues, What, find_values
from regsam_geo.maps.one_region import RegionCut, cut_region
from regsam_geo.maps.sheet import Sheet, draw_sheet
from regsam_geo.maps.warning_marks import Warnings, mark_warnings, warnings_of
from regsam_geo.study import Study, verb


@verb
def plot_map(
    study: Study,
    what: What = None,
    period: Period | None = None,
    *,
    group: str | None = None,
    level: str | None = None,
    region: str | None = None,
    warnings: Warnings = False,
    style: Style | None = None,
    **look: Unpack[StyleOptions],
) -> Figure:
    """Draw one indicator as a classed map on a finished page.

    Parameters
    ----------
    study
        What the map is about: a ``Study``, a ``Panel``, a tidy frame, or a ``GeoDataFrame`` of areas.
    what
        An indicator by its name or title, the first headline by default; or a Series by area id; or, where the
        study holds polygons alone, the name of one of their columns. From an indicator come title, unit,
        decimals, the value of the city, the reasons of missing values and the source. Missing values are hatched
        and named; values without an area are counted at the foot of the map.
    period
        The study's by default, which is the newest.
    group, level
        The indicator's headline, and the level that the study is about, by default.
    region
        Draw this region large, such as ``"17/18"`` or ``"Hadern"``, its surroundings in grey, with the names of
        its areas. Classes are made from all areas, so that a color means the same on the maps of all regions;
        numbers of areas in the legend count those of the region.
    warnings
        ``True`` for the study's warnings of the period, or rows of ``detect_warnings``: those of the map's areas
        (and indicator, group and period, where they are known) get a numbered disc in the map, and their sentence
        stands beside it; where there is no room for that, the name of the area. No number stays unexplained.
    style
        How maps look, said once for many of them.
    **look
        The fields of ``Style`` as keywords: ``title``, ``classes``, ``k``, ``palette``, ``theme``, ``labels`` and
        more.

    Returns
    -------
    Figure
        A matplotlib figure of the theme's page size.

    Raises
    ------
    InputError
        If no value belongs to an area, or values are text or infinite.
    OptionError
        If an option, an indicator, a group, a period, a level or a region is unknown.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> figure = rg.plot_map(rg.load_study(), "Arbeitslose", 2024)
    >>> figure.get_size_inches().round(2).tolist()
    [11.69, 8.27]
    """
    # On the map of one region the outlines of regions would be its own rim.
    without = ("band",) if region is None else ("band", "regions", "region_labels")
    resolved = resolve_style(style, look, without=without)
    layer, values = find_values(study, what, period, group=group, level=level)
    values = values.styled(resolved)
    # Of the period that is drawn and not of the study's: last year's map must not carry this year's warnings.
    table = warnings_of(study, warnings, values.key[2] if values.key else period)
    if region is None:
        regions = regions_on(study, values.level) if resolved.regions else None
        sheet = classed_sheet(study, layer, values, resolved, regions=regions, warnings=table)
    else:
        # classes come from the whole city, counts and labels from the region
        cut = cut_region(study, region, layer, values, resolved)
        sheet = _region_sheet(study, cut, values, resolved, table)
    return draw_sheet(sheet, resolved.page)


def _region_sheet(
    study: Study, cut: RegionCut, whole: MapValues, style: ResolvedStyle, warnings: pd.DataFrame | None
) -> Sheet:
    """Return the page of one region, in the classes of the whole city."""
    # Few areas have room for names, and who looks at one region wants them.
    named = style.with_(labels="name") if isinstance(style.labels, str) and style.labels == "auto" else style
    sheet = classed_sheet(
        study, cut.layer, cut.inside, named, coloring=coloring_of(style, whole), warnings=warnings
    )
    return cut.completed(sheet)


def classed_sheet(
    study: Study,
    layer: gpd.GeoDataFrame,
    values: MapValues,
    style: ResolvedStyle,
    *,
    regions: MapRegions | None = None,
    coloring: Coloring | None = None,
    warnings: pd.DataFrame | None = None,
) -> Sheet:
    """Return the page of a classed map; ``coloring`` is made from the values themselves if not given."""
    check_labels(style.labels)
    used = coloring or coloring_of(style, values)
    texts = label_texts(layer, values, style.labels, used.classes)
    named = are_regions_named(texts, style)
    return Sheet(
        layer,
        values,
        fills=used.fills(values.numbers),
        rows=legend_rows(values, used, style.page, regions=regions, named=named),
        texts=texts,
        warned=mark_warnings(study, layer, values, warnings),
        spares=spare_texts(layer, values.level, style.labels),
    ).in_style(study, style, regions, named=named)
