"""What a ranking shows: each area's value and rank, how firm they are, and what they are measured against."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from regsam_geo.indicators import Panel, unrounded_values
from regsam_geo.indicators.catalogue import apart_from_city
from regsam_geo.look.style import Style
from regsam_geo.study import Pick, Study
from regsam_geo.text import say
from regsam_geo.warning.statistics.standing import (
    EARLIER,
    FEWEST,
    Measure,
    Standing,
    measure_of,
    standing_by_history,
    standings_by_counts,
)

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
    periods
        From how many periods the range is; 1 from counts alone.
    center, center_name
        What the areas are measured against: the city, or all of them together; NaN where there is nothing.
    title, period, unit, decimals, source
        How it is written.
    """

    rows: pd.DataFrame
    missing: tuple[str, ...]
    measure: Measure
    periods: int
    center: float
    center_name: str
    title: str
    period: str
    unit: str
    decimals: int
    source: str

    @property
    def compared(self) -> bool:
        """Whether enough is known to call an area clearly different."""
        return self.measure == "funnel" or (self.measure == "history" and self.periods >= FEWEST)

    @property
    def ranged(self) -> bool:
        """Whether any area has a range."""
        return bool(self.rows["low"].notna().any())


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
    city = _city_of(pick)
    center, name = city, say("label.ranking.city")
    measure: Measure = measure_of(entry)
    index, periods = rows.index, 1
    tested = _by_counts(known, entry) if measure == "funnel" else None
    if tested is not None and np.isnan(city):
        center, name = tested.expected, say("label.ranking.all")
    elif tested is None:
        measure = "history" if measure == "funnel" else measure
        center = city if measure == "history" else np.nan
        index, tested, periods = _by_history(study, pick, center)
    for column in ("low", "high", "side", "best", "worst"):
        rows[column] = pd.Series(getattr(tested, column), index).reindex(rows.index)
    source = " ".join(
        str(entry[part]) for part in ("source", "edition") if not pd.isna(entry[part]) and entry[part]
    )
    order = rows.assign(area=rows.index).sort_values(["rank", "area"]).index
    return Ranked(
        rows=rows.loc[order],
        missing=tuple(str(area) for area in data.index[data["value"].isna()]),
        measure=measure,
        periods=periods,
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


def _by_counts(known: pd.DataFrame, entry: pd.Series) -> Standing | None:
    """Return the standing from the counts; ``None`` where they are not enough for a test."""
    if pd.isna(entry["scale"]):
        return None
    y, x = (known[name].to_numpy(dtype=np.float64) for name in ("numerator", "denominator"))
    (found,) = standings_by_counts([(y, x)], share=entry["kind"] == "proportion", scale=float(entry["scale"]))
    return found


def _by_history(study: Study, pick: Pick, city: float) -> tuple[pd.Index, Standing, int]:
    """Return the areas, their standing from the newest values of each, and from how many periods these are."""
    whole = study.panel_of(pick.level).sel(pick.indicator, pick.group)
    own = _table(whole.sel(level=pick.level))
    own = own[[period for period in own.columns if period <= pick.period]]
    compared = not np.isnan(city) and "city" in whole.levels
    line = _table(whole.sel(level="city")).iloc[0].reindex(own.columns).to_numpy() if compared else None
    periods = int(own.iloc[:, -EARLIER:].notna().any().sum())
    return own.index, standing_by_history(own.to_numpy(), line, city), periods


def _table(panel: Panel) -> pd.DataFrame:
    """Return the unrounded values, a row for each area and a column for each period, in the order of time."""
    data = panel.data.assign(value=unrounded_values(panel))
    table = data.pivot_table(index="area_id", columns="period", values="value", dropna=False)
    return table[[period for period in panel.periods if period in table.columns]]
