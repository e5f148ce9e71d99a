"""Verbs about the figures of a study: sums, comparisons, and figures beside polygons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

import geopandas as gpd
import pandas as pd

from regsam_geo.errors import OptionError
from regsam_geo.indicators import (
    Joined,
    Panel,
    aggregate_to_areas,
    aggregate_to_regions,
    aggregation,
    comparison,
    join_rows,
)
from regsam_geo.indicators.periods import Period
from regsam_geo.study.study import Study
from regsam_geo.study.verb import verb
from regsam_geo.text import problem


@verb
def aggregate(
    study: Study,
    to: Literal["region"] | gpd.GeoDataFrame = "region",
    indicator: str | Iterable[str] | None = None,
) -> Panel:
    """Sum districts (or sub-districts or quarters) to larger areas and recompute the rates from the sums.

    Parameters
    ----------
    study
        Figures with numerators and denominators by district; without districts, by sub-district or quarter.
    to
        ``"region"``: the regions of the study's division. Or polygons of your own with your ids as index, as
        ``read_boundaries`` returns: a district belongs to the area that holds at least 90 % of its surface; an
        area that cuts through a district, so that more than a tenth of it but not the whole lies inside, has no
        value and the sign ``incomplete``, and the cut districts are told.
    indicator
        The indicators to sum. Those asked for by name must be summable in at least one period; by default all
        that are.

    Returns
    -------
    Panel
        Rows of level ``region`` or ``own``, values unrounded, and the city's rows of the same indicators for
        comparison. A region that lacks an area, and every region in a period whose sum misses the city by more
        than 3 %, has no value and the sign ``incomplete``. Indicators that cannot be summed are left out;
        ``check_summable`` says which and why.

    Raises
    ------
    AggregationError
        If an indicator asked for, or every indicator, cannot be summed, or no area is made of whole districts.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> regions = rg.aggregate(rg.load_study())
    >>> row = regions.sel("Arbeitslose - Anteil", period=2024, area="17/18").data.iloc[0]
    >>> round(float(row["value"]), 3), float(row["numerator"]), float(row["denominator"])
    (3.725, 2860.3, 76794.8)
    """
    if isinstance(to, gpd.GeoDataFrame):
        return aggregate_to_areas(study.published, to, _names(study, indicator))
    if to != "region":
        raise problem(OptionError, "aggregate_to", found=str(to))
    # Said once in a session: sums by a division that is partly inferred look as official as any.
    study.division.tell_derived()
    if indicator is None:
        return study.regional
    return aggregate_to_regions(study.published, study.division, _names(study, indicator))


def _names(study: Study, indicator: str | Iterable[str] | None) -> list[str] | None:
    """Return indicators by their names in the tables."""
    if indicator is None:
        return None
    asked = [indicator] if isinstance(indicator, str) else list(indicator)
    return [study.namings.find_indicator(name) for name in asked]


@verb
def check_summable(study: Study) -> pd.DataFrame:
    """Say for each indicator and period whether it may be summed over areas, and if not, why.

    What the catalogue says comes first; then the numbers have to prove it: the sums of numerators and of
    denominators over all areas must reach the city's own, but for at most 3 % of unallocated cases.

    Parameters
    ----------
    study
        Indicators by area with numerators and denominators, and the city.

    Returns
    -------
    DataFrame
        One row per indicator, group and period: ``summable``; ``reason``, a code where it is not (``no_ratio``:
        the value is no ratio of its Basiswerte; ``depends_on_area``: counts such as moves within the area do not
        add up; ``gap_to_city``: in this period alone too many cases are missing; ``areas_missing``: no area has
        figures; or the catalogue's own) or ``not_checked`` where there is no city to check against; and ``gap``,
        by how much the areas' sum differs from the city (-0.08: 8 % below), the worse of numerator and
        denominator.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> checked = rg.check_summable(rg.load_study())
    >>> checked.loc[checked["indicator"] == "Innerräumliche Umzugsziffer", "reason"].unique().tolist()
    ['depends_on_area']
    >>> checked.loc[checked["reason"] == "gap_to_city", ["indicator", "period"]].values.tolist()
    [['Einpersonenhaushalte', '2012'], ['Einpersonenhaushalte', '2014']]
    """
    return aggregation.summable_to(study.published, study.division)


@verb
def compare_areas(study: Study, steps: tuple[int, ...] = comparison.STEPS) -> pd.DataFrame:
    """Set each value beside the city's, the other areas' and its own past.

    Parameters
    ----------
    study
        Values of areas; rows of level ``city`` are what they are compared with.
    steps
        Over how many years changes are taken: one and five by default. Quarters and months are compared with the
        same quarter or month of the earlier year.

    Returns
    -------
    DataFrame
        Aligned to the rows of the study's figures that are not the city's: the key; ``value`` as printed;
        ``city``, its value; ``difference`` (value - city) and ``ratio`` (value / city); ``rank`` among the areas
        of the level with 1 for the highest value (equal values share the better rank) and ``n``, how many are
        ranked; ``change_1``, ``change_5`` and ``city_change_1``, ``city_change_5``, differences in the unit.
        All are made from unrounded values where the Basiswerte give them, so they may differ in the last digit
        from what one computes from printed ones. NaN where there is nothing to compare with, and beside the
        city where its figure is no yardstick: counts such as moves within the area depend on its size.

    Raises
    ------
    OptionError
        If the steps are no numbers of years.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> table = rg.compare_areas(rg.load_study().sel("Arbeitslose"))
    >>> row = table.query("period == '2024' and area_id == '16'").iloc[0]
    >>> row[["value", "rank", "city", "difference"]].astype(float).round(2).tolist()
    [5.0, 2.0, 3.91, 1.09]
    """
    if not isinstance(steps, tuple | list) or any(type(step) is not int or step < 1 for step in steps):
        raise problem(OptionError, "steps", found=repr(steps))
    return comparison.compare_rows(study.subject, tuple(steps))


@verb
def join_indicators(
    study: Study,
    indicator: str | None = None,
    period: Period | None = None,
    *,
    group: str | None = None,
    level: str | None = None,
) -> Joined:
    """Put the values of one indicator, group and period beside the study's areas.

    Parameters
    ----------
    study
        Figures and areas.
    indicator, period
        Which values, the indicator by its name or title; its first headline and newest period by default.
    group
        Its headline group by default.
    level
        The level of the areas; that of the report by default.

    Returns
    -------
    Joined
        ``areas``: the polygons with the columns ``value``, ``numerator``, ``denominator``, ``sign``, the same rows
        in the same order; ``report``: what did not match, and which values are missing for what reason. Every view
        takes it in place of a study: ``rg.plot_map(joined)``.

    Raises
    ------
    AreaError
        If an area id stands twice, or no id of the areas occurs in the panel.
    OptionError
        If the indicator, group or period is not in the panel, or a column of the areas has one of the names.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> joined = rg.join_indicators(rg.load_study(), "Nichtdeutsche", 2024)
    >>> joined.areas.loc["17", "value"].item()
    32.8
    >>> joined.report.complete
    True
    """
    pick = study.pick(indicator, group, period, level)
    # Without the city, which has no polygon and would be told as an area that nothing matches.
    rows = pick.panel.data[pick.panel.data["level"] == pick.level]
    joined = join_rows(pick.layer, rows, pick.indicator, pick.group, pick.period, pick.level)
    entry = pick.panel.catalogue.query("indicator == @pick.indicator and group == @pick.group")
    return joined._replace(report=replace(joined.report, catalogue=entry))
