"""Values beside polygons: joined by area id, with a report of what did not match."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import geopandas as gpd
import pandas as pd

from regsam_geo.errors import AreaError, OptionError
from regsam_geo.indicators.panel import Panel
from regsam_geo.indicators.periods import Period, parse_period
from regsam_geo.text import join_words, problem, say, shorten

JOINED_COLUMNS = ("value", "numerator", "denominator", "sign")


@dataclass(frozen=True)
class JoinReport:
    """What ``join_indicators`` joined, and what it could not.

    Attributes
    ----------
    indicator, group, period, level
        What was joined; the level is the one whose ids the areas carry.
    matched
        Areas that have a row in the panel, whether its value is there or missing with a reason.
    without_row
        Areas that the panel says nothing about.
    without_area
        Ids of the panel, on this level, that no polygon carries.
    missing
        For each reason, the areas whose value is missing.
    """

    indicator: str
    group: str
    period: str
    level: str
    matched: tuple[str, ...]
    without_row: tuple[str, ...]
    without_area: tuple[str, ...]
    missing: dict[str, tuple[str, ...]]

    @property
    def complete(self) -> bool:
        """Every area has a value, and every value an area."""
        return not (self.without_row or self.without_area or self.missing)

    def text(self, lang: str | None = None) -> str:
        """Return the report in sentences."""
        parts = [
            say("label.join.matched", lang, n=len(self.matched), indicator=self.indicator, period=self.period)
        ]
        if self.without_row:
            parts.append(say("label.join.without_row", lang, areas=shorten(self.without_row, 8, lang)))
        if self.without_area:
            parts.append(say("label.join.without_area", lang, areas=shorten(self.without_area, 8, lang)))
        parts += [
            say("label.join.missing", lang, reason=say(f"sign.{sign}", lang), areas=shorten(areas, 8, lang))
            for sign, areas in self.missing.items()
        ]
        return " ".join(parts)

    def __str__(self) -> str:
        return self.text()


class Joined(NamedTuple):
    """Areas with the values of one indicator, and the report of what did not match."""

    areas: gpd.GeoDataFrame
    report: JoinReport


def join_indicators(
    areas: gpd.GeoDataFrame,
    panel: Panel | pd.DataFrame,
    indicator: str,
    group: str | None = None,
    period: Period | None = None,
    *,
    level: str | None = None,
) -> Joined:
    """Put the values of one indicator, group and period beside the areas.

    Parameters
    ----------
    areas
        Polygons with unique area ids as index.
    panel
        The values.
    indicator, group, period
        Which values; the headline group and the newest period by default.
    level
        The level of the areas, where their ids alone leave it open (``"10"`` is a district and a region).

    Returns
    -------
    Joined
        ``areas``: the input with the columns ``value``, ``numerator``, ``denominator``, ``sign``, the same rows in
        the same order; ``report``: what did not match, and which values are missing for what reason.

    Raises
    ------
    AreaError
        If an area id stands twice, or no id of the areas occurs in the panel.
    OptionError
        If the indicator, group or period is not in the panel, or a column of ``areas`` has one of the names.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> districts = rg.load_boundaries("district")
    >>> joined = rg.join_indicators(districts, rg.load_sample(), "Nichtdeutsche", period=2024)
    >>> joined.areas.loc["17", "value"].item()
    32.8
    >>> joined.report.complete
    True
    """
    panel = Panel.from_frame(panel)
    if twice := sorted(set(areas.index[areas.index.duplicated()])):
        raise problem(AreaError, "area_twice", areas=shorten(twice, 12))
    if taken := [name for name in JOINED_COLUMNS if name in areas]:
        raise problem(OptionError, "column_taken", columns=join_words(taken))
    entry = panel.entry(indicator, group)
    one = panel.sel(indicator, group=entry["group"])
    level = _level_of(areas, one, level)
    rows = one.data[one.data["level"] == level]
    wished = parse_period(period) if period is not None else max(rows["period"])
    if wished not in set(rows["period"]):
        raise problem(
            OptionError,
            "not_in_panel",
            column="period",
            found=wished,
            expected=shorten(sorted(rows["period"].unique()), 30),
            hint="",
        )
    rows = rows[rows["period"] == wished].set_index("area_id")
    result = areas.copy()
    for column in JOINED_COLUMNS:
        result[column] = rows[column].reindex(areas.index).to_numpy()
    result["sign"] = result["sign"].where(areas.index.isin(rows.index), "not_available").astype("str")
    here = areas.index[areas.index.isin(rows.index)]
    signs = rows.loc[here, "sign"].where(rows.loc[here, "value"].isna(), None)
    missing = {
        str(sign) or "not_available": tuple(members.index) for sign, members in signs.dropna().groupby(signs)
    }
    report = JoinReport(
        indicator=indicator,
        group=str(entry["group"]),
        period=wished,
        level=level,
        matched=tuple(here),
        without_row=tuple(areas.index.difference(rows.index, sort=False)),
        without_area=tuple(rows.index.difference(areas.index, sort=False)),
        missing=missing,
    )
    return Joined(result, report)


def _level_of(areas: gpd.GeoDataFrame, panel: Panel, level: str | None) -> str:
    """Return the level whose ids the areas carry: the one with the most in common."""
    if level is not None:
        if level not in panel.levels:
            raise problem(
                OptionError,
                "not_in_panel",
                column="level",
                found=level,
                expected=join_words(panel.levels),
                hint="",
            )
        return level
    ids = set(areas.index)
    common = {
        candidate: len(ids & set(panel.data.loc[panel.data["level"] == candidate, "area_id"]))
        for candidate in panel.levels
    }
    most = max(common.values(), default=0)
    best = [candidate for candidate, n in common.items() if n == most]
    if most == 0:
        raise problem(
            AreaError,
            "no_area_matches",
            found=shorten(list(areas.index), 4),
            expected=shorten(list(panel.data["area_id"].unique()), 4),
            levels=join_words(say(f"label.level.{candidate}") for candidate in panel.levels),
        )
    if len(best) > 1:
        raise problem(OptionError, "level_open", levels=join_words(best))
    return best[0]
