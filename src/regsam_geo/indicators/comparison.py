"""Beside each value: the city, the difference, the rank, and the change over one and five years."""

from __future__ import annotations

import numpy as np
import pandas as pd

from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.catalogue import apart_from_city, are_apart
from regsam_geo.indicators.panel import KEY, Panel
from regsam_geo.indicators.periods import years_before
from regsam_geo.indicators.rates import unrounded_values

STEPS = (1, 5)


def is_yardstick(data: pd.DataFrame, catalogue: pd.DataFrame) -> pd.Series:
    """Say which rows are the city's and may be set beside those of its areas.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample().sel(period=2024)
    >>> int((panel.data["level"] == "city").sum()), int(is_yardstick(panel.data, panel.catalogue).sum())
    (11, 10)
    """
    city = data["level"] == "city"
    if are_apart(catalogue).any():
        # of the city's rows alone: they are few
        at = np.flatnonzero(city)
        city.iloc[at] = ~pd.MultiIndex.from_frame(data[list(CATALOGUE_KEY)].iloc[at]).isin(
            apart_from_city(catalogue)
        )
    return city


def compare_rows(panel: Panel | pd.DataFrame, steps: tuple[int, ...] = STEPS) -> pd.DataFrame:
    """Set each row of a panel beside the city's, the other areas' and its own past.

    The verb ``compare_areas`` asks it of a study, and explains the columns.
    """
    panel = Panel.from_frame(panel)
    exact = panel.data[list(KEY)].assign(value=panel.data["value"], exact=unrounded_values(panel))
    by = [*CATALOGUE_KEY, "period"]
    is_city = exact["level"] == "city"
    city = exact[is_yardstick(exact, panel.catalogue)].set_index(by)["exact"]
    table = exact[~is_city].copy()
    of_row = pd.MultiIndex.from_frame(table[by])
    table["city"] = city.reindex(of_row).to_numpy()
    table["difference"] = table["exact"] - table["city"]
    # A ratio to a city of 0 would be infinite and rank before everything.
    table["ratio"] = table["exact"] / table["city"].where(table["city"] != 0)
    # values that differ only by the noise of binary fractions are equal
    peers = table["exact"].round(9).groupby([table[name] for name in [*by, "level"]])
    table["rank"] = peers.rank(ascending=False, method="min")
    table["n"] = peers.transform("count").astype(int)
    # From unrounded values: the difference of two printed ones is off in its last digit in a quarter of all
    # cases.
    own = table.set_index([*by, "level", "area_id"])["exact"]
    periods = table["period"].unique()
    for step in steps:
        # By name of the period and not by the row before: a missing year would turn a change of two years into
        # one.
        earlier = {period: years_before(period, step) for period in periods}
        past = table["period"].map(earlier)
        before = pd.MultiIndex.from_frame(table[[*KEY]].assign(period=past)[[*by, "level", "area_id"]])
        city_before = pd.MultiIndex.from_frame(table[by].assign(period=past))
        table[f"change_{step}"] = table["exact"] - own.reindex(before).to_numpy()
        table[f"city_change_{step}"] = table["city"] - city.reindex(city_before).to_numpy()
    return table.drop(columns="exact").replace([np.inf, -np.inf], np.nan)
