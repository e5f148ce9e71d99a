"""Values beside polygons: joined by area id, with a report of what did not match."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import geopandas as gpd
import pandas as pd

from regsam_geo.areas.keys import match_or_refuse, strangers_note
from regsam_geo.errors import AreaError, OptionError
from regsam_geo.text import join_words, no_attribute, problem, say, shorten

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
    catalogue
        What the values mean: the catalogue's row, from which views of the joined areas take title and unit.
    """

    indicator: str
    group: str
    period: str
    level: str
    matched: tuple[str, ...]
    without_row: tuple[str, ...]
    without_area: tuple[str, ...]
    missing: dict[str, tuple[str, ...]]
    catalogue: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False, compare=False)

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
            parts.append(strangers_note(self.without_area, lang))
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

    def __getattr__(self, name: str) -> Any:
        raise no_attribute(self, name, "joined")


def join_rows(
    areas: gpd.GeoDataFrame, rows: pd.DataFrame, indicator: str, group: str, period: str, level: str
) -> Joined:
    """Put the rows of one indicator, group, period and level beside areas, and say what did not match.

    Raises
    ------
    AreaError
        If an area id stands twice, or no id of the areas occurs in the rows.
    OptionError
        If a column of ``areas`` has one of the names.
    """
    if twice := sorted(set(areas.index[areas.index.duplicated()])):
        raise problem(AreaError, "area_twice", areas=shorten(twice, 12))
    # Overwriting a column of the user's silently would be worse than asking for another name.
    if taken := [name for name in JOINED_COLUMNS if name in areas]:
        raise problem(OptionError, "column_taken", columns=join_words(taken))
    match = match_or_refuse(rows["area_id"], areas.index, level, areas.get("name"))
    rows = rows[match.places >= 0].set_index(areas.index[match.places[match.places >= 0]])
    matched = areas.index[areas.index.isin(rows.index)]
    result = areas.copy()
    for column in JOINED_COLUMNS:
        result[column] = rows[column].reindex(areas.index).to_numpy()
    # An area without a row is missing, too, and a map must say so by its hatching.
    result["sign"] = result["sign"].where(areas.index.isin(rows.index), "not_available").astype("str")
    signs = rows.loc[matched, "sign"].where(rows.loc[matched, "value"].isna(), None)
    # By reason, so that "hidden" and "not reported" are told apart.
    missing = {
        str(sign) or "not_available": tuple(members.index) for sign, members in signs.dropna().groupby(signs)
    }
    report = JoinReport(
        indicator=indicator,
        group=group,
        period=period,
        level=level,
        matched=tuple(matched),
        without_row=tuple(areas.index.difference(rows.index, sort=False)),
        without_area=match.strangers,
        missing=missing,
    )
    return Joined(result, report)
