"""The one schema of findings that every detector returns: one row per test made, significant or not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from regsam_geo.text import format_number, format_period, html_table, join_words, resolve_language, say
from regsam_geo.warning.schema.detector import detector_of

KEY = ("indicator", "group", "period", "level", "area_id")

DATA = "data"
"""The kind of questions about the data themselves, which no detector asks."""

SCHEMA: dict[str, str] = {
    "indicator": "str",
    "group": "str",
    "period": "str",
    "level": "str",
    "area_id": "str",
    "kind": "str",  # the name of the detector that asked, or "data"
    "direction": "str",  # "high", "low", "up", "down" or ""
    "value": "float64",  # what was tested, in the indicator's unit
    "expected": "float64",  # what would have been ordinary, in the same unit
    "effect": "float64",  # value against expected, on the detector's own scale
    "p": "float64",  # two-sided; NaN where no test was possible
    "p_floor": "float64",  # the smallest p that this test can reach
    "q": "float64",  # within the kind, over the headline indicators; set by the report
    "reason": "str",  # a code; the sentence stands in text/wording/warning.py
    "details": "object",  # dict: the fields of the sentence
}


MOST_SHOWN = 15
"""Findings that a notebook shows; the table holds all."""

ARROWS = {"high": "▲", "up": "▲", "low": "▼", "down": "▼"}


class FindingTable(pd.DataFrame):  # type: ignore[misc]
    """Findings as a verb returns them: an ordinary frame that shows well in a notebook."""

    @property
    def _constructor(self) -> type[FindingTable]:
        return FindingTable

    def _repr_html_(self) -> str:
        """Show the most unusual findings in words; questions about the data as sentences."""
        if not set(KEY) | {"kind", "direction", "value", "expected", "p"} <= set(self.columns):
            return str(pd.DataFrame(self).to_html())
        if not len(self):
            return html_table([], [], say("view.findings.none"))
        sentence = f"sentence_{resolve_language(None)}"
        # Findings that have sentences are read as sentences; the others are tests, and read as numbers.
        if sentence in self:
            return self._questions(sentence)
        counted = self["kind"].value_counts(sort=False)
        kinds = join_words(f"{format_number(n)} {kind_words(str(kind))}" for kind, n in counted.items())
        names = ("kind", "indicator", "period", "area", "direction", "value", "expected", "p")
        listed = self.sort_values("p", kind="stable").head(MOST_SHOWN)
        rows = [_cells(row) for row in pd.DataFrame(listed).to_dict("records")]
        note = say("view.findings.more", shown=len(rows)) if len(rows) < len(self) else ""
        head = [say(f"view.findings.{name}") for name in names]
        return html_table(head, rows, say("view.findings", n=len(self), kinds=kinds), note)

    def _questions(self, sentence: str) -> str:
        rows = [
            (row["indicator"], format_period(row["period"]), row[sentence])
            for row in pd.DataFrame(self.head(MOST_SHOWN)).to_dict("records")
        ]
        note = say("view.findings.more_data", shown=len(rows)) if len(rows) < len(self) else ""
        head = [say(f"view.findings.{name}") for name in ("indicator", "period", "sentence")]
        asked = set(self["kind"]) == {DATA}
        return html_table(
            head, rows, say("view.findings.data" if asked else "view.findings.count", n=len(self)), note
        )


def _cells(row: dict[Any, Any]) -> tuple[str, ...]:
    """Write one finding."""
    group = "" if row["group"] == "insgesamt" else f" ({row['group']})"
    direction = str(row["direction"])
    words = f"{ARROWS[direction]} {say('label.warning.direction.' + direction)}" if direction in ARROWS else ""
    return (
        kind_words(str(row["kind"])),
        f"{row['indicator']}{group}",
        format_period(row["period"]),
        str(row["area_id"]),
        words,
        format_number(row["value"], 1),
        format_number(row["expected"], 1),
        format_number(row["p"], 3 if not row["p"] < 0.001 else 5),
    )


def kind_words(kind: str) -> str:
    """Return what a kind is called; a kind that nobody knows is its own word."""
    if kind == DATA:
        return say("kind.data")
    detector = detector_of(kind)
    return kind if detector is None else detector.in_words()


def empty_findings() -> pd.DataFrame:
    """Return a table of findings without rows."""
    return pd.DataFrame({column: pd.Series(dtype=dtype) for column, dtype in SCHEMA.items()})


def as_findings(frame: pd.DataFrame) -> pd.DataFrame:
    """Return ``frame`` with exactly the columns of the schema, in order; absent ones empty."""
    columns = {}
    for column, dtype in SCHEMA.items():
        if column in frame:
            columns[column] = frame[column].astype(dtype)
        elif dtype == "float64":
            columns[column] = pd.Series(np.nan, index=frame.index)
        # A dict for each row: one for all would be changed by whoever changes the first.
        elif column == "details":
            columns[column] = pd.Series([{} for _ in range(len(frame))], index=frame.index, dtype="object")
        else:
            columns[column] = pd.Series("", index=frame.index, dtype="str")
    return pd.DataFrame(columns)


def concat_findings(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put the tables of several detectors under each other."""
    # Empty tables are left out: their columns have no type yet and would turn those of the others into objects.
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else empty_findings()
