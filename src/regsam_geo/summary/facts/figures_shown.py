"""The figures that a report or a pack shows anyway, as the table that the next edition is compared with.

It holds no figure of an area that is in none of the other files, and none with more digits. The city's stand in it
also where the pages set no number beside them: a total of the city is known from elsewhere, and counts as shown.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from regsam_geo.indicators import Panel
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.disclosure import FIGURE_COLUMNS, written
from regsam_geo.indicators.panel import KEY
from regsam_geo.study import Study
from regsam_geo.summary.facts.profile_facts import ProfileFacts
from regsam_geo.summary.facts.report_facts import ReportFacts

_MOST_DIGITS = 9
"""Of numerators and denominators, which the layers of a pack hold as they are."""


def figures_of_report(facts: ReportFacts) -> pd.DataFrame:
    """Return what the interactive map shows, of areas that have a polygon, in all periods; and the city's."""
    study = facts.study
    data = study.subject.data
    drawn = pd.Series(False, index=data.index)
    for level, layer in study.layers.items():
        drawn |= (data["level"] == level) & data["area_id"].isin(layer.index) & data["value"].notna()
    series = pd.MultiIndex.from_frame(data[list(CATALOGUE_KEY)])
    # the map leaves out a series that has no value of an area
    city = (data["level"] == "city") & series.isin(series[drawn])
    return _told(study, study.subject, data[drawn | city].assign(numerator=float("nan"), denominator=float("nan")))


def figures_of_pack(facts: ProfileFacts, regions: Iterable[str]) -> pd.DataFrame:
    """Return what the layers show of all areas in the period, the tables of the regions in all; and the city's."""
    study, panel = facts.report.study, facts.report.panel
    data = panel.data[pd.MultiIndex.from_frame(panel.data[list(CATALOGUE_KEY)]).isin(facts.keys)]
    inside = {area for region in regions for area in study.members_of(region)}
    now = (data["level"] == facts.level) & (data["period"] == facts.period)
    told = (data["level"] == "city") | ((data["level"] == facts.level) & data["area_id"].isin(inside))
    told &= data["period"].isin(facts.series.columns)
    numbers = {name: data[name].where(now) for name in ("numerator", "denominator")}
    return _told(study, panel, data.assign(**numbers)[now | told])


def _told(study: Study, panel: Panel, rows: pd.DataFrame) -> pd.DataFrame:
    """Write the numbers as they are shown."""
    rows = rows[rows["value"].notna()]
    lang, namings = study.language, panel.namings
    by_row = [namings[key] for key in rows[list(CATALOGUE_KEY)].itertuples(index=False, name=None)]
    return (
        rows[list(KEY)]
        .assign(
            unit=[naming.unit(lang) for naming in by_row],
            value=[written(x, naming.digits) for x, naming in zip(rows["value"], by_row, strict=True)],
            **{name: [written(x, _MOST_DIGITS) for x in rows[name]] for name in ("numerator", "denominator")},
        )[list(FIGURE_COLUMNS)]
        .reset_index(drop=True)
    )
