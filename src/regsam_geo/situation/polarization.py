"""How far a city drifts apart: how unevenly the counted live over its areas, period by period."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from regsam_geo.situation.dissimilarity import corrected, dissimilarity
from regsam_geo.situation.inputs import index_indicators, index_rows
from regsam_geo.study import Study
from regsam_geo.study.verb import verb

COLUMNS = ["indicator", "group", "period", "dissimilarity", "by_lot", "corrected", "areas"]


@verb
def polarization(
    study: Study, indicators: Sequence[str] | None = None, *, level: str | None = None
) -> pd.DataFrame:
    """Say how unevenly those an indicator counts live over the areas of the city, in each period.

    Parameters
    ----------
    study
        Figures.
    indicators
        Shares of people or households, by name or title; by default the headline indicators that are a burden or a
        relief. Others, and those without numerator and denominator, have no rows.
    level
        The level of the areas; that of the report by default. The finer the areas, the larger the index.

    Returns
    -------
    DataFrame
        One row per indicator and period: ``indicator``, ``group``, ``period``; ``dissimilarity``: the share of the
        counted that would have to live in another area to be spread as all others are, 0 to 1; ``by_lot``: its
        expected value if they were spread by lot; ``corrected``: the index beyond that, 0 where a lot would give
        as much; ``areas``: in how many areas both numbers are shown.

    Raises
    ------
    OptionError
        If an indicator is unknown.

    Notes
    -----
    Duncan and Duncan (1955), doi:10.2307/2088328, with the expected value under random allocation as the zero
    (Winship 1977, doi:10.1093/sf/55.4.1058), here exact. It describes the city and is no test. Areas whose
    figures are hidden take no part; compare periods with equal ``areas`` only.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> table = rg.polarization(rg.load_study(), ["Arbeitslose"]).set_index("period")
    >>> table.loc[["2014", "2024"], "corrected"].round(3).tolist()
    [0.082, 0.052]
    """
    where = study.find_level(level)
    panel = study.panel_of(where)
    names = index_indicators(study, indicators)
    rows = index_rows(panel, names, where)
    found = []
    for name in names:
        entry = panel.entry(name)
        part = rows[rows["indicator"] == name]
        # a rate per head of another group has no "all others" to be compared with
        if entry["kind"] != "proportion" or part.empty:
            continue
        cells = part.set_index(["period", "area_id"])[["numerator", "denominator"]].astype("float64").sort_index()
        for period, shown in cells.groupby(level="period"):
            members, people = shown.to_numpy().T
            index, by_lot = dissimilarity(members, people)
            if index == index:
                areas = int((np.isfinite(members) & np.isfinite(people)).sum())
                found.append((name, entry["group"], str(period), index, by_lot, corrected(index, by_lot), areas))
    return pd.DataFrame(found, columns=COLUMNS)
