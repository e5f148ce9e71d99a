"""``plot_change_map``: by how much each area has changed between two periods."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import pandas as pd
from matplotlib.figure import Figure

from regsam_geo.errors import OptionError
from regsam_geo.indicators import Panel, publishable
from regsam_geo.indicators.periods import Period, parse_period
from regsam_geo.look.theme import Theme
from regsam_geo.maps.geometry import checked_areas
from regsam_geo.maps.request import ClassesWish, Request
from regsam_geo.maps.sheet import draw_sheet
from regsam_geo.maps.static import classed_sheet
from regsam_geo.maps.values import MapValues, areas_for, values_for
from regsam_geo.text import format_period, problem, say, shorten, using_language


def plot_change_map(
    areas: gpd.GeoDataFrame | None,
    panel: Panel,
    since: Period,
    until: Period | None = None,
    *,
    title: str | None = None,
    subtitle: str | None = None,
    classes: ClassesWish = "diverging",
    k: int = 5,
    theme: str | Theme = "meeting",
    warnings: pd.DataFrame | None = None,
    labels: str | pd.Series = "auto",
    regions: bool = True,
    region_labels: bool | None = None,
    inset: bool = True,
    source: str | None = None,
    date: str | None = None,
    lang: str | None = None,
    threshold: float | None = 3,
) -> Figure:
    """Draw the change of one indicator between two periods, in classes around no change.

    Parameters
    ----------
    areas
        Polygons with area ids as index; ``None`` takes the shipped layer that the panel belongs to.
    panel
        One indicator and group, with both periods.
    since, until
        First and last period; the panel's last one by default.
    title, subtitle, classes, k, theme, warnings, labels, regions, region_labels, inset, source, date, lang
        As in ``plot_map``.
    threshold
        As in ``plot_map``.

    Returns
    -------
    Figure
        Differences of the printed values, in percentage points where the unit is percent. An area without a value
        in either period has none here.

    Raises
    ------
    OptionError
        If a period does not stand in the panel, or the panel holds more than one indicator or group.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample().sel("Arbeitslose - Anteil", level="district")
    >>> figure = rg.plot_change_map(None, panel, 2019, 2024)
    >>> figure.page_title
    'Arbeitslose'
    """
    with using_language(lang):
        panel = publishable(panel, threshold)
        first = parse_period(since)
        last = panel.periods[-1] if until is None else parse_period(until)
        for period in (first, last):
            if period not in panel.periods:
                raise problem(
                    OptionError,
                    "not_in_panel",
                    column="period",
                    found=period,
                    expected=shorten(panel.periods[::-1], 8),
                    hint="",
                )
        early, late = panel.sel(period=first), panel.sel(period=last)
        layer = checked_areas(areas_for(areas, late))
        shown = change_of(values_for(layer, early), values_for(layer, late), first, last)
        request = Request(
            classes,
            k,
            center=0.0,
            theme=theme,
            warnings=warnings,
            labels=labels,
            regions=regions,
            region_labels=region_labels,
            inset=inset,
            date=date,
        )
        sheet = classed_sheet(layer, shown.told(title=title, subtitle=subtitle, source=source), request)
        return draw_sheet(sheet, request.look)


def change_of(early: MapValues, late: MapValues, first: str, last: str) -> MapValues:
    """Return the differences of two periods, with the words for them."""
    unit = say("label.map.points") if late.unit == "%" else late.unit
    span = say("label.map.change", first=format_period(first), last=format_period(last))
    parts = [part for part in late.subtitle.split(" · ") if part != format_period(last)]
    both = early.city is not None and late.city is not None
    return replace(
        late,
        numbers=late.numbers - early.numbers,
        reasons=tuple(after or before for before, after in zip(early.reasons, late.reasons, strict=True)),
        subtitle=" · ".join([*parts, span]),
        unit=unit,
        city=late.city - early.city if both else None,  # type: ignore[operator]
        change=True,
    )
