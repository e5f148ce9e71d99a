"""Where the regions stand and move to among each other: their classes of burden and direction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pandas as pd

from regsam_geo.indicators import Panel
from regsam_geo.indicators.periods import years_before
from regsam_geo.situation import in_words_of_burden, status_dynamics
from regsam_geo.study import Study

LEVEL: Final = "region"
YEARS: Final = 2
"""The dynamics is the change over so many years."""


def region_classes(study: Study, periods: Iterable[str]) -> pd.Series:
    """Class the regions by burden and direction, each period among the regions alone.

    Returns
    -------
    Series
        Index ``period`` and ``region_id``; such as ``"very_high/rising"``, empty where there is no class.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> region_classes(rg.load_study(), ["2024"])["2024", "16"]
    'very_high/stable'
    """
    parts = {}
    among_regions = of_regions(study)
    for period in periods:
        # Per period: an index of last year cannot rest on an indicator of this one.
        names = class_indicators(study.regional, period)
        if names:
            # Among the regions alone: mixed with districts, the large regions would all lie in the middle.
            table = status_dynamics(among_regions, names, period, level=LEVEL, years=YEARS)
            # a spread of nothing is no standing
            known = table["status_index"].notna() & table["dynamics_index"].notna()
            words = in_words_of_burden(table)
            parts[period] = (words["burden"] + "/" + words["direction"]).where(known, "")
    if not parts:
        nothing = pd.MultiIndex.from_arrays([[], []], names=["period", "region_id"])
        return pd.Series(index=nothing, dtype="str", name="class")
    return pd.concat(parts, names=["period", "region_id"]).rename("class")


def of_regions(study: Study) -> Study:
    """Return the study of the regions alone, for questions that are asked among regions."""
    # what is shown of districts stays hidden in their sums: nothing is left to protect
    return study.once("study of regions", lambda: study.replace(panel=study.regional, areas=None, threshold=None))


def class_indicators(regions: Panel, period: str) -> list[str]:
    """Return the indicators of the index: headlines with a direction that regions have now and before."""
    catalogue = regions.catalogue
    wanted = catalogue[catalogue["headline"].fillna(False) & (catalogue["polarity"].fillna(0) != 0)]
    names = list(dict.fromkeys(wanted["indicator"]))
    data = regions.data
    rows = data[(data["level"] == LEVEL) & data["value"].notna() & data["indicator"].isin(names)]
    # an indicator that appeared last year would give every region a different index from then on
    there = [set(rows.loc[rows["period"] == one, "indicator"]) for one in (period, years_before(period, YEARS))]
    return [name for name in names if name in there[0] & there[1]]
