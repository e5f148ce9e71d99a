"""Frames that verbs return: plain for code, with the words of people where a notebook shows them."""

from __future__ import annotations

import math
import re

import numpy as np
import pandas as pd

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

    _metadata = ["lang"]  # noqa: RUF012 - pandas reads this class attribute
    lang: str

    @property
    def _constructor(self) -> type[ResultFrame]:
        return ResultFrame

    @classmethod
    def of(cls, frame: pd.DataFrame, lang: str) -> ResultFrame:
        """Return a frame with the headings of a language."""
        found = cls(frame)
        found.attrs, found.lang = frame.attrs, lang
        return found

    def _repr_html_(self) -> str:
        """Show the first rows with headings, numbers and signs as people read them."""
        lang = getattr(self, "lang", "de")
        plain = pd.DataFrame(self)
        # an index with a name is a column of the table, one without only counts its rows
        if any(plain.index.names):
            plain = plain.reset_index()
        names = [name for name in plain if name != "sign" and not str(name).endswith(_OTHER[lang])]
        shown = plain.head(MOST_SHOWN)
        signs = shown["sign"] if "sign" in shown else pd.Series("", index=shown.index)
        rows = [
            [_cell(str(name), row[name], sign, lang) for name in names]
            for sign, (_, row) in zip(signs, shown.iterrows(), strict=True)
        ]
        left = len(plain) - len(shown)
        note = say("view.rows_left", lang, n=left) if left > 0 else ""
        return html_table([_heading(str(name), lang) for name in names], rows, note=note)


def _heading(name: str, lang: str) -> str:
    """Return the heading of a column; a column without one keeps its name."""
    code = f"column.{name.removesuffix(f'_{lang}')}"
    return say(code, lang) if is_phrase(code) else name


def _cell(name: str, value: object, sign: object, lang: str) -> str:
    """Return one cell as people read it: a value that is not there says why."""
    if isinstance(value, bool | np.bool_):
        return say("view.settings.yes" if value else "view.settings.no", lang)
    if value is None or value is pd.NA:
        return format_number(None, lang=lang)
    if isinstance(value, int | float | np.number):
        number = float(value)
        if name == "value" and sign and not math.isfinite(number):
            return say(f"sign.{sign}", lang)
        if name in _SHARES:
            return format_number(100 * number, 0, "%", lang=lang)
        if name in _CHANCES:
            return format_p(number, lang)
        return format_number(number, 0 if number.is_integer() else DECIMALS, lang=lang)
    # a class is two codes: burden and direction
    codes = re.findall(r"\w+", str(value)) if name == "class" else [str(value)]
    words = [f"{room}.{code}" for room in _WORDS.get(name, ()) for code in codes]
    known = [say(code, lang) for code in words if is_phrase(code)]
    return ", ".join(known) if len(known) == len(codes) else str(value)


_SHARES = {"share_cases", "share_people", "relative"}
_CHANCES = {"p", "q", "smallest_q"}
_WORDS = {
    "most_urgent": ("urgency",),
    "level": ("label.level",),
    "direction": ("label.warning.direction",),
    "trend": ("trend", "column.trend"),
    "class": ("label.situation.burden", "label.situation.direction"),
}
"""Columns of codes, and the phrases that say them."""
