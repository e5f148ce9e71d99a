"""The region summary: one row per region and indicator, with the city, rank, change and warnings beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np
import pandas as pd

from regsam_geo.indicators import (
    Panel,
    compare_rows,
    level_summed_to,
    summable_to,
    unrounded_values,
)
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.periods import Period
from regsam_geo.study import Study
from regsam_geo.summary.facts.region_status import region_classes
from regsam_geo.text import (
    say,
)
from regsam_geo.warning import URGENCIES

RELEVANT: Final = 0.05
"""Smallest relative change that is called one where the catalogue names no other: 5 %."""

COLUMNS = (
    "region_id",
    "region_name",
    "indicator",
    "group",
    "period",
    "value",
    "numerator",
    "denominator",
    "sign",
    "city",
    "difference",
    "ratio",
    "rank",
    "n_ranked",
    "change_1",
    "city_change_1",
    "change_5",
    "city_change_5",
    "trend",
    "class",
    "n_districts",
    "lowest",
    "lowest_id",
    "highest",
    "highest_id",
    "n_warnings",
    "n_watch",
    "n_check",
    "n_priority",
)
TRENDS = ("up", "down", "level")


def region_summary(
    study: Study,
    periods: Sequence[str],
    warnings: pd.DataFrame | None,
    begin: Callable[[str], None] = lambda _stage: None,
) -> pd.DataFrame:
    """Summarize each indicator for each region, from what may be shown of the districts and their sums."""
    panel, regions = study.published, study.regional
    begin(say("progress.ranks"))
    # Ranks among the regions alone, and changes from unrounded sums.
    compared = compare_rows(regions)
    key = [*CATALOGUE_KEY, "period", "level", "area_id"]
    table = compared[compared["period"].isin(periods) & (compared["level"] == "region")].merge(
        regions.data[[*key, "numerator", "denominator", "sign"]], on=key, validate="one_to_one"
    )
    table = table.rename(columns={"area_id": "region_id", "n": "n_ranked"})
    table["region_name"] = table["region_id"].map(study.division.names)
    table["trend"] = _trends(table, panel)
    begin(say("progress.region_status"))
    classes = region_classes(study, periods)
    places = pd.MultiIndex.from_frame(table[["period", "region_id"]])
    table["class"] = classes.reindex(places).fillna("").to_numpy()
    level = level_summed_to(panel, study.division)
    parts = study.division.target(level)
    table = table.merge(_ranges(panel, level, parts), on=[*CATALOGUE_KEY, "period", "region_id"], how="left")
    table["n_districts"] = table["region_id"].map(parts.value_counts())
    table["n_warnings"] = count_warnings(table, warnings)
    for urgency in URGENCIES:
        table[f"n_{urgency}"] = count_warnings(table, warnings, urgency)
    place_of_region = {region: place for place, region in enumerate(study.region_ids)}
    place_of_key = {key: place for place, key in enumerate(_catalogue_keys(panel))}
    # By keys of their own, as neither region ids nor titles sort as people list them.
    order = pd.DataFrame(
        {
            "period": table["period"],
            "region": table["region_id"].map(place_of_region),
            "key": [place_of_key[key] for key in table[list(CATALOGUE_KEY)].itertuples(index=False, name=None)],
        }
    ).sort_values(["period", "region", "key"])
    return table.loc[order.index, list(COLUMNS)].reset_index(drop=True)


def wanted_periods(study: Study, period: Period | Iterable[Period] | None) -> list[str]:
    """Return the periods asked for, each found by the study; its own by default."""
    if isinstance(period, str) and period == "all":
        return study.published.sel(level=level_summed_to(study.published, study.division)).periods
    if period is None or isinstance(period, str | int | np.integer):
        return [study.find_period(period)]
    return [study.find_period(one) for one in period]


def _trends(table: pd.DataFrame, panel: Panel) -> np.ndarray:
    """Name the change over five periods: up, down, or level where it is smaller than what is relevant."""
    relevant = panel.catalogue.set_index(list(CATALOGUE_KEY))["relevant_effect"].astype("float64")
    keys = pd.MultiIndex.from_frame(table[list(CATALOGUE_KEY)])
    # Against the value before, so that a fall and the rise that undoes it are judged by the same size.
    least = np.nan_to_num(relevant.reindex(keys).to_numpy(dtype="float64"), nan=RELEVANT)
    change = table["change_5"].to_numpy(dtype="float64")
    before = table["value"].to_numpy(dtype="float64") - change
    # a hair of tolerance: binary fractions must not decide what is level
    enough = np.abs(change) >= least * np.abs(before) * (1 - 1e-9)
    words = np.where(enough & (change > 0), "up", np.where(enough & (change < 0), "down", "level"))
    return np.where(np.isnan(change), "", words)


def _ranges(panel: Panel, level: str, parts: pd.Series) -> pd.DataFrame:
    """Return the lowest and the highest area of each region, as published."""
    data = panel.data.assign(exact=unrounded_values(panel))
    rows = data[(data["level"] == level) & data["value"].notna()]
    rows = rows.assign(region_id=rows["area_id"].map(parts)).dropna(subset="region_id")
    by = [*CATALOGUE_KEY, "period", "region_id"]
    # districts that print alike are told apart by their Basiswerte, so that two runs name the same one
    rows = rows.sort_values([*by, "exact", "area_id"])
    first = rows.drop_duplicates(by).rename(columns={"value": "lowest", "area_id": "lowest_id"})
    last = rows.drop_duplicates(by, keep="last").rename(columns={"value": "highest", "area_id": "highest_id"})
    return first[[*by, "lowest", "lowest_id"]].merge(last[[*by, "highest", "highest_id"]], on=by)


def _catalogue_keys(panel: Panel) -> list[tuple[str, str]]:
    return list(panel.catalogue[list(CATALOGUE_KEY)].itertuples(index=False, name=None))


def count_warnings(table: pd.DataFrame, warnings: pd.DataFrame | None, urgency: str | None = None) -> pd.Series:
    """Count the districts of each region that an indicator warns about, in the period of the warning."""
    if warnings is not None and urgency is not None:
        warnings = warnings[warnings["urgency"] == urgency] if "urgency" in warnings else None
    if warnings is None or warnings.empty:
        return pd.Series(0, index=table.index)
    # a district that warns for two reasons is one district
    by = [*CATALOGUE_KEY, *(["period"] if "period" in warnings else []), "region_id"]
    counts = pd.DataFrame(warnings).groupby(by)["area_id"].nunique()
    keys = pd.MultiIndex.from_frame(table[by])
    return pd.Series(counts.reindex(keys).fillna(0).astype(int).to_numpy(), index=table.index)


def summable_of(study: Study) -> pd.DataFrame:
    """Return which figures of a study may be summed, and why others may not; the study holds it."""
    return study.once("summable", lambda: summable_to(study.published, study.division))
