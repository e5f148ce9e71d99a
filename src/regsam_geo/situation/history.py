"""The social situation over time: areas by periods, each cell the letter of a class of burden."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import cast

import pandas as pd

from regsam_geo.areas.ids import numbered_name
from regsam_geo.text import format_period, say

BURDENS = ("low", "medium", "high", "very_high")
FIRM = 0.90
"""A class that holds in a smaller share of redraws is soft."""
COLORS = {
    "low": ("#fbf1dc", "#1c2126"),
    "medium": ("#efb16b", "#1c2126"),
    "high": ("#cf733e", "#000000"),
    "very_high": ("#9b3f2b", "#ffffff"),
}
"""Ground and letter of each class: the colors of the map of the situation."""


class SituationHistory(pd.DataFrame):  # type: ignore[misc]
    """The class of burden of each area (rows) in each period (columns, oldest first).

    An ordinary ``DataFrame`` of words, empty where an area has no class; a notebook shows it as letters in the
    colors of the map, those in brackets soft.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> history = rg.social_situation(rg.load_study()).history
    >>> history.loc["22", ["2023", "2024"]].tolist()
    ['high', 'high']
    >>> bool(history.holds.loc["11", "2024"] < 0.9)
    True
    """

    _metadata = ["names", "measure"]  # noqa: RUF012 - pandas reads this class attribute
    names: pd.Series
    """What the areas are called."""
    measure: Callable[[str], pd.Series]
    """Returns the share of redraws in which each area holds its class of one period."""

    @property
    def _constructor(self) -> type[SituationHistory]:
        return SituationHistory

    @property
    def holds(self) -> pd.DataFrame:
        """The share of redraws in which each class stays the same, NaN where chance is not known."""
        # redraws of each period take a moment, so nobody waits for them who does not ask
        measure = getattr(self, "measure", None)
        if measure is None:
            return pd.DataFrame(float("nan"), index=self.index, columns=self.columns)
        return pd.DataFrame({one: measure(one).reindex(self.index) for one in self.columns}, index=self.index)

    def cells(self) -> list[dict[str, object]]:
        """Return each row for a page: the area, and letter, class and softness of each period."""
        names = cast("pd.Series", getattr(self, "names", pd.Series(dtype="str")))
        holds = self.holds
        rows: list[dict[str, object]] = []
        for area, words in self.iterrows():
            cells = []
            for period, word in words.items():
                soft = bool(holds.loc[area, period] < FIRM)
                cells.append({"burden": word, "text": letter(str(word), soft), "soft": soft})
            rows.append({"area": numbered_name(str(area), str(names.get(area, "") or "")), "cells": cells})
        return rows

    def _repr_html_(self) -> str:
        """Show letters on the colors of the map; the table scrolls in its own box."""
        if not set(self.to_numpy().ravel()) <= {*BURDENS, ""}:
            return str(pd.DataFrame(self).to_html())
        cell = "style='text-align:left;padding:2px 6px'"
        head = "".join(f"<th scope='col' {cell}>{escape(format_period(one))}</th>" for one in self.columns)
        body = ""
        for row in self.cells():
            body += f"<tr><th scope='row' {cell}>{escape(str(row['area']))}</th>"
            for one in cast("list[dict[str, str]]", row["cells"]):
                ground, ink = COLORS.get(one["burden"], ("transparent", "inherit"))
                look = f"text-align:center;padding:2px 6px;background:{ground};color:{ink}"
                body += f"<td style='{look}'>{one['text']}</td>"
            body += "</tr>"
        title = escape(say("label.situation.history"))
        return (
            f"<div style='overflow-x:auto' tabindex='0' role='group' aria-label='{title}'><table>"
            f"<thead><tr><th scope='col' {cell}>{escape(say('label.situation.area'))}</th>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table></div><p>{escape(say('note.situation_history'))}</p>"
        )


def letter(burden: str, soft: bool) -> str:
    """Write a class as its letter, in brackets where it is soft.

    Examples
    --------
    >>> letter("very_high", soft=True)
    '(S)'
    """
    if not burden:
        return ""
    text = say(f"label.situation.letter.{burden}")
    return f"({text})" if soft else text
