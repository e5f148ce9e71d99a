"""What many regions share: indicators on which several of them are clearly more burdened than the city."""

from __future__ import annotations

import numpy as np
import pandas as pd

from regsam_geo.errors import AggregationError
from regsam_geo.indicators import unrounded_values
from regsam_geo.indicators.catalogue import apart_from_city
from regsam_geo.indicators.periods import years_before
from regsam_geo.study import Study

MARGIN = 0.10
"""A region is burdened from so much above the city's value on (below it, where low is the burden)."""
AT_LEAST = 3
YEARS = 2
STEADY = 0.02
"""A rate that moved by less than this share of itself is told as steady."""

COLUMNS = {
    "indicator": "str",
    "group": "str",
    "direction": "str",
    "regions": "str",
    "n_regions": "int64",
    "burdened_areas": "str",
    "of_areas": "int64",
    "since": "str",
    "always": "bool",
    "share_cases": "float64",
    "share_people": "float64",
    "value": "float64",
    "value_before": "float64",
    "city": "float64",
    "trend": "str",
}


def shared_burdens(study: Study, period: str, at_least: int = AT_LEAST) -> pd.DataFrame:
    """Return the indicators on which at least so many regions are burdened, the widest first.

    Returns
    -------
    DataFrame
        ``indicator``, ``group``; ``direction``: ``"high"``, or ``"low"`` where a low value is the burden;
        ``regions``: the most burdened first; ``n_regions``; ``burdened_areas``: the areas of the study that are
        burdened, of ``of_areas`` with a value; ``since``: the first of all periods up to now in which there were
        so many regions; ``always``: whether the figures begin with it; ``share_cases``, ``share_people``: how
        much of the city's numerator and denominator lies in them; ``value``, ``value_before``: their common rate
        now and two years before; ``city``; ``trend``: ``"rising"``, ``"steady"`` or ``"falling"`` by these two,
        empty where the earlier one is missing.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> row = shared_burdens(rg.load_study(), "2024").set_index("indicator").loc["Arbeitslose - Anteil"]
    >>> print(row["regions"], row["since"], row["trend"], sep="; ")
    16, 24, 8/25, 14/15, 10, 11; 2002; rising
    """
    try:
        # unrounded: a city printed as 3.9 may be 3.94, and ten percent above one is not ten above the other
        data = study.regional.data.assign(value=unrounded_values(study.regional))
    except AggregationError:
        # what cannot be summed has no regions that could share it
        return pd.DataFrame(columns=list(COLUMNS)).astype(COLUMNS)
    catalogue = study.regional.catalogue
    apart = pd.MultiIndex.from_frame(catalogue[["indicator", "group"]]).isin(apart_from_city(catalogue))
    wanted = catalogue[catalogue["headline"].fillna(False) & (catalogue["polarity"].fillna(0) != 0) & ~apart]
    areas = _areas(study, period)
    rows = []
    for entry in wanted.to_dict("records"):
        part, small = (
            one[(one["indicator"] == entry["indicator"]) & (one["group"] == entry["group"])]
            for one in (data, areas)
        )
        sign = 1 if entry["polarity"] > 0 else -1
        row = _theme(part, period, sign, at_least)
        if row is not None:
            among = {
                "burdened_areas": ", ".join(_burdened(small, sign, study.level)),
                "of_areas": int((small["level"] == study.level).mul(small["value"].notna()).sum()),
            }
            rows.append({"indicator": entry["indicator"], "group": entry["group"], **row, **among})
    found = pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)
    return found.sort_values(["n_regions", "share_cases"], ascending=False, kind="stable", ignore_index=True)


def _areas(study: Study, period: str) -> pd.DataFrame:
    """Return the rows of the areas that the study is about, and of the city, in one period."""
    panel = study.subject.sel(level=[one for one in study.subject.levels if one in (study.level, "city")])
    if period not in panel.periods:
        return panel.data.iloc[:0]
    panel = panel.sel(period=period)
    return panel.data.assign(value=unrounded_values(panel))


def _theme(rows: pd.DataFrame, period: str, sign: int, at_least: int) -> dict[str, object] | None:
    """Return what is told of one indicator, or nothing where fewer regions are burdened."""
    burdened = {one: _burdened(part, sign) for one, part in rows.groupby("period") if one <= period}
    now = burdened.get(period)
    if now is None or len(now) < at_least:
        return None
    since = period
    for one in sorted(burdened, reverse=True):
        if len(burdened[one]) < at_least:
            break
        since = one
    today = rows[rows["period"] == period]
    inside, city = today["area_id"].isin(now), today["level"] == "city"
    value = _rate(today[inside])
    before = _rate(rows[(rows["period"] == years_before(period, YEARS)) & rows["area_id"].isin(now)])
    return {
        "direction": "high" if sign > 0 else "low",
        "regions": ", ".join(now),
        "n_regions": len(now),
        "since": since,
        "always": since == min(burdened),
        "share_cases": _share(today, "numerator", inside, city),
        "share_people": _share(today, "denominator", inside, city),
        "value": value,
        "value_before": before,
        "city": today.loc[city, "value"].mean(),
        "trend": _trend(value, before),
    }


def _burdened(rows: pd.DataFrame, sign: int, level: str = "region") -> list[str]:
    """Return the regions or areas of one period that are clearly worse off than the city, the worst first."""
    city = rows.loc[rows["level"] == "city", "value"]
    regions = rows[rows["level"] == level]
    if city.empty or not np.isfinite(city.iloc[0]) or city.iloc[0] <= 0:
        return []
    ahead = sign * (regions["value"] / city.iloc[0] - 1)
    # the hair is for a value that is ten percent above but for its last bit
    found = regions.assign(ahead=ahead)[ahead >= MARGIN - 1e-12]
    return [str(area) for area in found.sort_values(["ahead", "area_id"], ascending=[False, True])["area_id"]]


def _rate(rows: pd.DataFrame) -> float:
    """Return the common rate of some regions, from their sums; NaN where one lacks its Basiswerte."""
    sums = rows[["numerator", "denominator"]].sum(skipna=False)
    if rows.empty or not sums["denominator"] > 0:
        return float("nan")
    scale = (rows["value"] * rows["denominator"] / rows["numerator"].where(rows["numerator"] > 0)).median()
    return float(scale * sums["numerator"] / sums["denominator"])


def _share(rows: pd.DataFrame, column: str, inside: pd.Series, city: pd.Series) -> float:
    whole = rows.loc[city, column].sum(skipna=False)
    return float(rows.loc[inside, column].sum(skipna=False) / whole) if whole > 0 else float("nan")


def _trend(value: float, before: float) -> str:
    if not np.isfinite(value) or not before > 0:
        return ""
    moved = value / before - 1
    return "steady" if abs(moved) < STEADY else "rising" if moved > 0 else "falling"
