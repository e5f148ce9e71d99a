"""What a ranking shows: each area's value and rank, how firm they are, and what they are measured against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from regsam_geo.indicators import Panel, unrounded_values
from regsam_geo.indicators.catalogue import DEPENDS_ON_AREA, apart_from_city, is_count
from regsam_geo.look.style import Style
from regsam_geo.study import Pick, Study
from regsam_geo.text import say
from regsam_geo.warning.statistics.funnel import Kind, funnel_limits
from regsam_geo.warning.statistics.rank_intervals import rank_intervals, rate_intervals

EARLIER = 5
"""So many periods, the newest among them, say how firm a value without counts is."""
FEWEST = 3
"""With fewer of them nothing is called clear."""

Measure = Literal["funnel", "history", "alone", "counts"]
"""What the range beside a value is: that of ordinary areas of its size, or its own newest values; without the city
where the value depends on how large an area is, or where it is a count."""

COLUMNS = ("value", "low", "high", "side", "rank", "best", "worst")


@dataclass(frozen=True)
class Ranked:
    """One indicator of a ranking.

    Attributes
    ----------
    rows
        One row per area that has a value, the highest first: ``value``, ``low`` and ``high`` (the range), ``side``
        (1: clearly above what it is measured against, -1: below, 0: neither), ``rank`` and its ``best`` and
        ``worst``.
    missing
        The areas without a value.
    measure
        What the range is.
    center, center_name
        What the areas are measured against: the city, or all of them together; NaN where there is nothing.
    title, period, unit, decimals, source
        How it is written.
    """

    rows: pd.DataFrame
    missing: tuple[str, ...]
    measure: Measure
    center: float
    center_name: str
    title: str
    period: str
    unit: str
    decimals: int
    source: str


def ranked_of(study: Study, pick: Pick, style: Style) -> Ranked:
    """Put the areas of an indicator in order and say how firm that is."""
    of_level = pick.panel.sel(level=pick.level)
    entry = of_level.catalogue.iloc[0]
    data = of_level.data.assign(value=unrounded_values(of_level)).set_index("area_id")
    known = data[data["value"].notna()]
    rows = pd.DataFrame(index=known.index, columns=list(COLUMNS), dtype=np.float64)
    rows["value"] = known["value"]
    # values that differ only by the noise of binary fractions are equal
    rows["rank"] = rows["value"].round(9).rank(ascending=False, method="min")
    rows["side"] = 0.0
    city = _city_of(pick)
    center, name = city, say("label.ranking.city")
    # A number that grows with the area is no rate to be compared: neither with the city nor with other areas.
    measure: Measure = (
        "counts" if is_count(entry) else "alone" if entry["not_summable_because"] == DEPENDS_ON_AREA else "funnel"
    )
    if measure == "funnel":
        tested = _by_funnel(known, entry)
        if tested is None:
            measure = "history"
        else:
            rows.update(tested.drop(columns="expected"))
            if np.isnan(city):
                center, name = float(tested["expected"].iloc[0]), say("label.ranking.all")
    if measure != "funnel":
        rows.update(_by_history(study, pick, np.nan if measure != "history" else city))
        center = city if measure == "history" else np.nan
    source = " ".join(
        str(entry[part]) for part in ("source", "edition") if not pd.isna(entry[part]) and entry[part]
    )
    order = rows.assign(area=rows.index).sort_values(["rank", "area"]).index
    return Ranked(
        rows=rows.loc[order],
        missing=tuple(str(area) for area in data.index[data["value"].isna()]),
        measure=measure,
        center=center,
        center_name=name,
        title=pick.naming.full(),
        period=pick.period,
        unit=pick.naming.unit() if style.unit is None else style.unit,
        decimals=pick.naming.digits if style.decimals is None else style.decimals,
        source=source if style.source is None else style.source,
    )


def _city_of(pick: Pick) -> float:
    """Return the city's value; NaN where there is none, or where areas must not be compared with it."""
    if pick.naming.key in apart_from_city(pick.panel.catalogue):
        return np.nan
    city = pick.panel.sel(level="city") if "city" in pick.panel.levels and pick.level != "city" else None
    return np.nan if city is None or not len(city) else float(unrounded_values(city).iloc[0])


def _by_funnel(known: pd.DataFrame, entry: pd.Series) -> pd.DataFrame | None:
    """Return range, side and ranks from the counts; ``None`` where they are not enough for a test."""
    counted = known[known["numerator"].notna() & (known["denominator"] > 0)]
    if pd.isna(entry["scale"]) or len(counted) < len(known) or counted.empty:
        return None
    y, x = counted["numerator"].to_numpy(dtype=np.float64), counted["denominator"].to_numpy(dtype=np.float64)
    # more cases than people, as with moves: no share of them, so the scatter is that of a count
    kind: Kind = "proportion" if entry["kind"] == "proportion" and (y <= x).all() else "ratio"
    # the same limits as in the funnel plot: both must mark the same areas
    limits = funnel_limits(counted["numerator"], counted["denominator"], kind, scale=float(entry["scale"]))
    if limits["p"].isna().any():
        return None
    best, worst = rank_intervals(*rate_intervals(y, x, share=kind == "proportion"))
    unusual = limits["p"] < 0.05
    return pd.DataFrame(
        {
            "low": limits["lower_95"],
            "high": limits["upper_95"],
            "side": np.sign(limits["statistic"]).where(unusual, 0.0),
            "best": best,
            "worst": worst,
            "expected": limits["expected"],
        },
        index=counted.index,
    )


def _by_history(study: Study, pick: Pick, city: float) -> pd.DataFrame:
    """Return range, side and ranks from the newest values of each area."""
    whole = study.panel_of(pick.level).sel(pick.indicator, pick.group)
    own = _table(whole.sel(level=pick.level))
    own = own[[period for period in own.columns if period <= pick.period]].iloc[:, -EARLIER:]
    ranks = own.round(9).rank(ascending=False, method="min")
    side = pd.Series(0.0, own.index)
    if not np.isnan(city) and "city" in whole.levels:
        line = _table(whole.sel(level="city")).iloc[0].reindex(own.columns)
        line[pick.period] = city
        apart = np.sign(own.sub(line, axis="columns"))
        enough = apart.notna().sum(axis=1) >= FEWEST
        # as the city stood then, and as it stands now: what is drawn strong must not touch its line
        beside = (own.min(axis=1) > city) | (own.max(axis=1) < city)
        firm = enough & beside & (apart.min(axis=1) == apart.max(axis=1))
        side = apart[pick.period].where(firm, 0.0)
    return pd.DataFrame(
        {
            "low": own.min(axis=1),
            "high": own.max(axis=1),
            "side": side,
            "best": ranks.min(axis=1),
            "worst": ranks.max(axis=1),
        }
    )


def _table(panel: Panel) -> pd.DataFrame:
    """Return the unrounded values, a row for each area and a column for each period, in the order of time."""
    data = panel.data.assign(value=unrounded_values(panel))
    table = data.pivot_table(index="area_id", columns="period", values="value", dropna=False)
    return table[[period for period in panel.periods if period in table.columns]]
