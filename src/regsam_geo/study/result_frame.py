"""Frames that verbs return: plain for code, with the words of people where a notebook shows them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from regsam_geo.indicators.naming import Namings, group_name, split_title
from regsam_geo.text import format_number, format_p, html_table, is_phrase, say

MOST_SHOWN = 40
"""Rows that a notebook shows."""
DECIMALS = 2
_OTHER = {"de": "_en", "en": "_de"}


class ResultFrame(pd.DataFrame):  # type: ignore[misc]
    """A frame whose columns have names for code, and headings in the study's language in a notebook.

    Nothing else differs from a ``DataFrame``; what is cut or sorted from it shows itself in the same way.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> regions = rg.load_study(period=2024).summarize_regions()
    >>> "region_name" in regions.columns, "Name der Region" in regions._repr_html_()
    (True, True)
    """

    _metadata = ["lang", "namings"]  # noqa: RUF012 - pandas reads this class attribute
    lang: str
    namings: Namings

    @property
    def _constructor(self) -> type[ResultFrame]:
        return ResultFrame

    @classmethod
    def of(cls, frame: pd.DataFrame, lang: str, namings: Namings) -> ResultFrame:
        """Return a frame with the headings of a language and the titles of a study."""
        found = cls(frame)
        found.attrs, found.lang, found.namings = frame.attrs, lang, namings
        return found

    def _repr_html_(self) -> str:
        """Show the first rows with headings, titles, numbers and signs as people read them."""
        lang = getattr(self, "lang", None) or "de"
        plain = pd.DataFrame(self)
        # an index with a name is a column of the table, one without only counts its rows
        if any(plain.index.names):
            plain = plain.reset_index()
        names = [name for name in plain if name != "sign" and not str(name).endswith(_OTHER[lang])]
        shown = plain.head(MOST_SHOWN)
        signs = shown["sign"] if "sign" in shown else pd.Series("", index=shown.index)
        words = _Words(lang, getattr(self, "namings", None), tuple(str(name) for name in plain))
        rows = [
            [words.cell(str(name), row[name], row.get("group"), sign) for name in names]
            for sign, (_, row) in zip(signs, shown.iterrows(), strict=True)
        ]
        left = len(plain) - len(shown)
        note = say("view.rows_left", lang, n=left) if left > 0 else ""
        return html_table([words.heading(str(name)) for name in names], rows, note=note)


@dataclass(frozen=True)
class _Words:
    """What the columns and cells of one table are called."""

    lang: str
    namings: Namings | None  # none where a frame was put together from others
    columns: tuple[str, ...]

    def heading(self, name: str) -> str:
        """Return the heading of a column; a column without one keeps its name."""
        for start, code in _OF_INDICATOR.items():
            if name.startswith(start):
                return say(code, self.lang, title=self._short_title(name.removeprefix(start)))
        code = f"column.{_HEADINGS.get(name, name).removesuffix(f'_{self.lang}')}"
        # status and dynamics say the opposite of burden and direction
        if "dynamics" in self.columns and is_phrase(f"{code}.of_status"):
            code = f"{code}.of_status"
        return say(code, self.lang) if is_phrase(code) else name

    def _title(self, indicator: str, group: object) -> str:
        """Return the title of an indicator; its name where none is known or several groups have their own."""
        found = [] if self.namings is None else [one for key, one in self.namings.items() if key[0] == indicator]
        titles = {one.title(self.lang) for one in found if group is None or one.group == group}
        return titles.pop() if len(titles) == 1 else indicator

    def _short_title(self, indicator: str) -> str:
        """Return the title for a heading, without its explanation where no other indicator shares it."""
        title = self._title(indicator, None)
        short = split_title(title)[0]
        others = [] if self.namings is None else [one for key, one in self.namings.items() if key[0] != indicator]
        return title if any(one.short(self.lang) == short for one in others) else short

    def cell(self, name: str, value: object, group: object, sign: object) -> str:
        """Return one cell as people read it: a value that is not there says why."""
        if isinstance(value, bool | np.bool_):
            return say("view.settings.yes" if value else "view.settings.no", self.lang)
        if value is None or value is pd.NA:
            return format_number(None, lang=self.lang)
        if isinstance(value, int | float | np.number):
            return self._number(name, float(value), sign)
        if name == "indicator":
            return self._title(str(value), group)
        if name == "group":
            return group_name(str(value), self.lang)
        # a class is two codes, and areas may have been left out for several reasons
        codes = re.findall(r"\w+", str(value)) if name in ("class", "left_out") else [str(value)]
        rooms = _OF_STATUS if name == "class" and "dynamics" in self.columns else _WORDS.get(name, ())
        words = [f"{room}.{code}" for room in rooms for code in codes]
        known = [say(code, self.lang) for code in words if is_phrase(code)]
        return ", ".join(known) if len(known) == len(codes) else str(value)

    def _number(self, name: str, number: float, sign: object) -> str:
        if name == "value" and sign and not math.isfinite(number):
            return say(f"sign.{sign}", self.lang)
        if name in _SHARES:
            return format_number(100 * number, 0, "%", lang=self.lang)
        if name in _CHANCES:
            return format_p(number, self.lang)
        return format_number(number, 0 if number.is_integer() else DECIMALS, lang=self.lang)


_SHARES = {"share_cases", "share_people", "relative", "gap", "dissimilarity", "by_lot", "corrected"}
_CHANCES = {"p", "q", "smallest_q"}
_HEADINGS = {"warnings": "n_warnings", "judged_regions": "judged_where"}
"""Columns whose heading elsewhere means something else."""
_OF_INDICATOR = {"z change ": "column.z_change", "z ": "column.z"}
"""What columns of one indicator begin with, and the phrase of their heading."""
_OF_STATUS = ("column.status", "column.dynamics")
_WORDS = {
    "most_urgent": ("urgency",),
    "level": ("label.level",),
    "direction": ("label.warning.direction",),
    "trend": ("trend", "column.trend"),
    "class": ("label.situation.burden", "label.situation.direction"),
    "status": ("column.status",),
    "dynamics": ("column.dynamics",),
    "left_out": ("label.situation.left_out",),
    "reason": ("reason.not_summable",),
}
"""Columns of codes, and the phrases that say them."""
