"""The table of the social situation: an ordinary frame that knows its history and shows well in a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

import pandas as pd

from regsam_geo.situation.history import BURDENS, FIRM, SituationHistory
from regsam_geo.text import format_number, format_period, html_table, join_words, say

DIRECTIONS = ("falling", "stable", "rising")
BURDEN_OF_STATUS = dict(zip(("high", "medium", "low", "very_low"), BURDENS, strict=True))
DIRECTION_OF_DYNAMICS = dict(zip(("positive", "stable", "negative"), DIRECTIONS, strict=True))
ARROWS = {"falling": "↘", "stable": "→", "rising": "↗"}


@dataclass(frozen=True, eq=False)
class SituationFacts:
    """What stands behind a table of the situation.

    Attributes
    ----------
    period, earlier, level
        Of the table; the direction is the change since ``earlier``, which is empty where there are no figures of
        it.
    indicators
        The index indicators, by their names in the tables.
    titles
        How they are called.
    history
        The class of burden of each area (rows) in each period (columns, oldest first); empty where there is none.
    """

    period: str = ""
    earlier: str = ""
    level: str = ""
    indicators: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    history: SituationHistory = field(default_factory=lambda: SituationHistory())


class SituationTable(pd.DataFrame):  # type: ignore[misc]
    """Where areas stand and move to; ``facts`` tells what it was made from.

    An ordinary ``DataFrame`` that ``social_situation`` returns; a notebook shows it in words.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> table = rg.social_situation(rg.load_study())
    >>> table.worsening["area_name"].tolist()
    ['Aubing-Lochhausen-Langwied']
    """

    _metadata = ["facts"]  # noqa: RUF012 - pandas reads this class attribute
    facts: SituationFacts

    @property
    def _constructor(self) -> type[SituationTable]:
        return SituationTable

    @property
    def worsening(self) -> SituationTable:
        """The areas that are burdened and where the burden grows more than elsewhere, the most burdened first."""
        chosen = self["burden"].isin(["high", "very_high"]) & (self["direction"] == "rising")
        return cast("SituationTable", self[chosen].sort_values("rank"))

    @property
    def history(self) -> SituationHistory:
        """The class of burden of each area in each period; a notebook shows it as a table in letters."""
        return self.facts.history

    def _repr_html_(self) -> str:
        """Show rank, burden and direction in words, the most burdened first."""
        needed = {
            "area_name",
            "rank",
            "rank_low",
            "rank_high",
            "burden",
            "burden_before",
            "direction",
            "since",
            "holds",
            "left_out",
        }
        facts = getattr(self, "facts", None)
        if facts is None or not needed <= set(self.columns):
            return str(pd.DataFrame(self).to_html())
        head = [
            say(f"label.situation.{name}") for name in ("rank", "area", "burden", "direction", "since", "firm")
        ]
        ordered = self.sort_values("rank", kind="stable", na_position="last")
        rows = [_cells(area, row) for area, row in zip(ordered.index, ordered.to_dict("records"), strict=True)]
        title = say("label.situation.title", period=format_period(facts.period))
        return html_table(head, rows, title, say("note.situation", indicators=join_words(facts.titles)))


def in_words_of_burden(result: pd.DataFrame) -> pd.DataFrame:
    """Return a result of ``status_dynamics`` with ``burden`` and ``direction``; any other as it is.

    Examples
    --------
    >>> import pandas as pd
    >>> in_words_of_burden(pd.DataFrame({"status": ["very_low"], "dynamics": ["negative"]}))["burden"].tolist()
    ['very_high']
    """
    if not {"status", "dynamics"} <= set(result.columns) or "burden" in result:
        return result
    # a word that is not known stays, so that the map can say which one it was
    return pd.DataFrame(result).assign(
        burden=result["status"].replace(BURDEN_OF_STATUS),
        direction=result["dynamics"].replace(DIRECTION_OF_DYNAMICS),
    )


def rank_words(row: dict[str, object]) -> str:
    """Return a rank with its interval: ``3 (2–5)``.

    Examples
    --------
    >>> rank_words({"rank": 3.0, "rank_low": 2.0, "rank_high": 5.0})
    '3 (2–5)'
    """
    rank, low, high = (row[name] for name in ("rank", "rank_low", "rank_high"))
    if pd.isna(rank):
        return ""
    number = format_number(int(rank))  # type: ignore[call-overload]
    if pd.isna(low) or low == high:
        return number
    return f"{number} ({format_number(int(low))}–{format_number(int(high))})"  # type: ignore[call-overload]


def firmness_words(holds: float) -> str:
    """Return whether a class is firm, and in how many of 100 redraws it holds.

    Examples
    --------
    >>> firmness_words(0.93)
    'fest (93 von 100)'
    """
    if pd.isna(holds):
        return ""
    # down to the whole, so that 89.9 is not shown as the 90 that would be firm
    return say(f"label.situation.{'firm' if holds >= FIRM else 'soft'}.share", n=int(100 * holds + 1e-9))


def _cells(area: object, row: dict[str, object]) -> Sequence[str]:
    place = str(row["area_name"] or area)
    if row["left_out"]:
        return "", place, say(f"label.situation.left_out.{row['left_out']}"), "", "", ""
    burden = say(f"label.situation.burden.{row['burden']}")
    direction = str(row["direction"])
    way = f"{ARROWS[direction]} {say(f'label.situation.direction.{direction}')}" if direction else ""
    since = format_period(str(row["since"])) if row["since"] else ""
    if since and not row["burden_before"]:
        # it never was in another class: the figures begin there, not the class
        since = say("label.situation.at_least", since=since)
    return rank_words(row), place, burden, way, since, firmness_words(float(row["holds"]))  # type: ignore[arg-type]
