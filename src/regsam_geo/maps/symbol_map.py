"""``plot_symbols``: counts as circles whose area is true to the number."""

from __future__ import annotations

from dataclasses import replace
from typing import Unpack

import geopandas as gpd
import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from regsam_geo.errors import OptionError
from regsam_geo.indicators.catalogue import is_count
from regsam_geo.indicators.periods import Period
from regsam_geo.look.classes import numbers_of
from regsam_geo.look.palettes import get_palette
from regsam_geo.look.style import ResolvedStyle, ViewOptions, resolve_view
from regsam_geo.maps.geometry import checked_areas
from regsam_geo.maps.legend import Gap, Row, Words
from regsam_geo.maps.legend_entries import (
    are_regions_named,
    check_labels,
    missing_rows,
    outline_rows,
    spare_texts,
    texts_of_labels,
)
from regsam_geo.maps.map_regions import regions_on
from regsam_geo.maps.map_values import MapValues, What, aligned_to, find_values, level_words, pick_of
from regsam_geo.maps.sheet import Sheet, draw_sheet
from regsam_geo.maps.symbols import LARGEST, SymbolKey, Symbols, symbol_color
from regsam_geo.maps.warning_marks import Warnings, mark_warnings, warnings_of
from regsam_geo.study import Pick, Study, verb
from regsam_geo.text import current_language, format_period, problem, say

WITHOUT = ("classes", "k", "center", "band", "city")
"""Options that mean nothing where no area has a color of its own."""
WHOLE = " (insgesamt)"


@verb
def plot_symbols(
    study: Study, what: What = None, period: Period | None = None, **look: Unpack[ViewOptions]
) -> Figure:
    """Draw counts as circles whose area is true to the number.

    Parameters
    ----------
    study
        What the map is about: a ``Study``, a ``Panel``, a tidy frame, or a ``GeoDataFrame`` of areas;
        ``study.sel(level="subdistrict")`` for another level.
    what
        A count by its name or title. Of a share or a rate the number of cases behind it is drawn, which the
        table must hold. Or a Series by area id; or, where the study holds polygons alone, one of their columns.
    period
        The study's by default, which is the newest.
    **look
        The fields of ``Style`` as keywords, as far as they apply, and ``style`` itself.

    Returns
    -------
    Figure
        A page with nested circles of round numbers as its legend. Small circles lie on top, and more than half of
        each is seen. Areas whose number is hidden or missing are hatched, and those of 0 are told in the legend.

    Raises
    ------
    OptionError
        If there is no count to be drawn, a number is negative, or an option, indicator or period is unknown.
    InputError
        If no value belongs to an area, or values are text or infinite.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> figure = rg.plot_symbols(rg.load_study(), "Arbeitslose", 2024)
    >>> figure.page_title
    'Arbeitslose: Anzahl'
    """
    return counts_page(study, what, period, resolve_view(look, without=WITHOUT))


def counts_page(
    study: Study,
    what: What,
    period: Period | None,
    style: ResolvedStyle,
    *,
    group: str | None = None,
    warnings: Warnings = False,
) -> Figure:
    """Draw the page of ``plot_symbols``; reports name the group and bring their warnings."""
    check_labels(style.labels)
    if isinstance(what, pd.Series) or not len(study.panel):
        layer, values = find_values(study, what, period, group=group)
    else:
        pick = pick_of(study, what, period, group=group)
        layer = checked_areas(pick.layer)
        values = _counts_of(study, pick, layer)
    values = values.styled(style)
    if (values.numbers < 0).any():
        raise problem(OptionError, "symbols_negative", found=float(np.nanmin(values.numbers)))
    table = warnings_of(study, warnings, values.key[2] if values.key else period)
    sheet = replace(_sheet(study, layer, values, style), warned=mark_warnings(study, layer, values, table))
    return draw_sheet(sheet, style.page)


def _counts_of(study: Study, pick: Pick, layer: gpd.GeoDataFrame) -> MapValues:
    """Return the counts of an indicator: its values, or the cases behind its shares."""
    _, values = find_values(study, pick.indicator, pick.period, group=pick.group, level=pick.level)
    entry = pick.panel.entry(pick.indicator, pick.group)
    values = replace(values, city=None, counts=False)
    if is_count(entry) or _may_be_counts(entry, values):
        return values
    rows = pick.panel.sel(level=pick.level).data.set_index("area_id")
    if pd.isna(entry["scale"]) or rows["numerator"].isna().all():
        raise problem(OptionError, "symbols_counts", found=pick.naming.short())
    numbers = numbers_of(aligned_to(layer, pick.level, rows["numerator"])[0])
    reasons = tuple(
        (reason or "not_available") if missing else ""
        for reason, missing in zip(values.reasons, np.isnan(numbers), strict=True)
    )
    title = "title" if entry["kind"] == "proportion" else "title_behind"
    counted = "" if pd.isna(entry["name_1"]) else str(entry["name_1"]).removesuffix(WHOLE)
    # the office's names are German in either language
    counted = say("label.symbols.counted", name=counted) if counted and current_language() != "de" else counted
    parts = [
        counted if counted != pick.naming.short() else "",
        pick.naming.group_words(),
        level_words(study, pick.level, layer),
        format_period(pick.period),
    ]
    return replace(
        values,
        numbers=numbers,
        reasons=reasons,
        title=say(f"label.symbols.{title}", title=pick.naming.short()),
        subtitle=" · ".join(part for part in parts if part),
        unit="",
        decimals=0,
    )


def _may_be_counts(entry: pd.Series, values: MapValues) -> bool:
    """Tell whole numbers of which nobody says what they are: who asks for circles says that they are counts."""
    known = values.numbers[~np.isnan(values.numbers)]
    untold = pd.isna(entry["scale"]) and pd.isna(entry["summable"]) and pd.isna(entry["unit"])
    return bool(untold and len(known) and (known == np.round(known)).all())


def _sheet(study: Study, layer: gpd.GeoDataFrame, values: MapValues, style: ResolvedStyle) -> Sheet:
    """Return the page of symbols."""
    theme = style.page
    color = symbol_color(get_palette(style.palette or theme.sequential))
    # how large the map will be is not known yet; the legend needs room for the largest there can be
    symbols = Symbols(values.numbers, color, radius=LARGEST * min(theme.width, theme.height))
    regions = regions_on(study, values.level) if style.regions else None
    whole = values.decimals if values.decimals is not None else _digits(values)
    texts = texts_of_labels(layer, values, style.labels, whole)
    named = are_regions_named(texts, style)
    short = len(values.unit) <= 3
    rows: list[Row] = [
        Words(say("label.symbols.key") if short else values.unit, bold=True, share=0.85),
        Gap(0.4),
        SymbolKey(symbols, whole if symbols.largest < 10 else 0, values.unit if short else ""),
        Words(say("label.symbols.area"), share=0.72, soft=True),
        Gap(0.4),
    ]
    none = int((values.numbers == 0).sum())
    if none:
        rows.append(Words(say("label.symbols.none", n=none), share=0.85))
    rows += [*missing_rows(values, theme), *outline_rows(regions, theme, named=named)]
    return Sheet(
        layer,
        values,
        fills=[theme.context if known else theme.missing for known in ~np.isnan(values.numbers)],
        rows=rows,
        texts=texts,
        spares=spare_texts(layer, values.level, style.labels),
        symbols=symbols,
    ).in_style(study, style, regions, named=named)


def _digits(values: MapValues) -> int:
    """Return no digits for whole numbers, and one for others."""
    known = values.numbers[~np.isnan(values.numbers)]
    return 0 if (known == np.round(known)).all() else 1
