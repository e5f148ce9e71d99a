"""The table of warnings: an ordinary frame that also knows what it was made from and shows well in a notebook."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from regsam_geo.errors import InputError
from regsam_geo.study.settings import Settings
from regsam_geo.text import format_period, html_table, problem, resolve_language, say
from regsam_geo.warning.report.rows_together import BETWEEN
from regsam_geo.warning.schema.detector import Detector
from regsam_geo.warning.schema.findings import ARROWS, empty_findings, kind_words

COLUMNS: dict[str, str] = {
    "urgency": "str",
    "status": "str",
    "since": "str",
    "last": "str",
    "indicator": "str",
    "group": "str",
    "period": "str",
    "level": "str",
    "area_id": "str",
    "area_name": "str",
    "areas": "str",
    "region_id": "str",
    "kinds": "str",
    "direction": "str",
    "value": "float64",
    "expected": "float64",
    "city": "float64",
    "effect": "float64",
    "q": "float64",
    "sentence_de": "str",
    "sentence_en": "str",
}
URGENCIES = ("watch", "check", "priority")
STATUSES = ("new", "continuing", "returning", "open", "due")
OF_ALL_FIGURES = "made_of_all_figures"
"""Attribute of tables, and so of their rows, that were made of figures some of which may be hidden elsewhere."""
FOLDED_AFTER = 3
"""Reports after which an open warning is no longer told among the others."""
ICONS = {"watch": "○", "check": "◐", "priority": "●"}
NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, eq=False)
class Facts:
    """What stands behind a table of warnings.

    Attributes
    ----------
    period
        The period of the report.
    settings
        The thresholds it was made with.
    detectors
        The questions that were asked.
    findings
        Every test that was made, significant or not, with its q.
    data_findings
        Questions about the data themselves; their cells took no part in the tests.
    city
        Changes that all areas share: findings of level ``city``.
    subgroups
        Unusual subgroups beneath the flagged headline indicators.
    not_testable
        What could not be tested, and why: columns ``kind``, ``level``, ``reason``, ``tests``.
    history
        In which earlier reports each warning stood: one row per indicator and area, one column per report,
        oldest first.
    ended
        Warnings of earlier reports that ended with this one: ``since``, ``last``, ``how`` (``returned``: the value
        has lain for two periods where it would not have warned; ``judged``: a person has noted a judgement;
        ``run_out``: neither, but it has been open for as many reports as are looked back at, and is told no more).
    by_area
        The warnings with one row for each area, where adjacent areas stand in one row of the table.
    next_places
        Where to look next; see ``WarningTable.next_places``.
    bases
        Names of the Basiswerte of each indicator and group.
    checksum
        SHA-256 of the rows and the catalogue that went in.
    """

    period: str = ""
    settings: Settings = field(default_factory=Settings)
    detectors: tuple[Detector, ...] = ()
    findings: pd.DataFrame = field(default_factory=empty_findings)
    data_findings: pd.DataFrame = field(default_factory=empty_findings)
    city: pd.DataFrame = field(default_factory=empty_findings)
    subgroups: pd.DataFrame = field(default_factory=empty_findings)
    not_testable: pd.DataFrame = field(default_factory=pd.DataFrame)
    history: pd.DataFrame = field(default_factory=pd.DataFrame)
    ended: pd.DataFrame = field(default_factory=pd.DataFrame)
    by_area: pd.DataFrame = field(default_factory=pd.DataFrame)
    next_places: pd.DataFrame = field(default_factory=pd.DataFrame)
    bases: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    checksum: str = ""
    # Whether it was made from what may be shown, or from the figures as they are.
    _protected: bool = field(default=True, repr=False)

    def _repr_html_(self) -> str:
        """Show how many tests were made, by question, and what could not be tested."""
        areas = self.findings[self.findings["level"] != "city"]
        rows = []
        for kind, part in areas.groupby("kind", sort=False):
            tested = part["q"].notna()
            unusual = int((part["q"] < self.settings.q_watch).sum())
            rows.append((kind_words(str(kind)), int(tested.sum()), unusual, int((~tested).sum())))
        head = [say(f"view.facts.{name}") for name in ("kind", "tests", "unusual", "untested")]
        rest = say("view.facts.rest", data=len(self.data_findings), city=len(self.city))
        return html_table(head, rows, say("view.facts", period=format_period(self.period)), rest)


class WarningTable(pd.DataFrame):  # type: ignore[misc]
    """Warnings, the most urgent first; ``facts`` tells what they were made from.

    An ordinary ``DataFrame`` that ``detect_warnings`` returns; a notebook shows its sentences.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> warnings = rg.detect_warnings(rg.load_sample().sel("Hochbetagte", period=range(2018, 2025)))
    >>> type(warnings) is rg.WarningTable, warnings.facts.period
    (True, '2024')
    """

    _metadata = ["facts"]  # noqa: RUF012 - pandas reads this class attribute
    facts: Facts

    @property
    def _constructor(self) -> type[WarningTable]:
        return WarningTable

    @property
    def next_places(self) -> pd.DataFrame:
        """The ten places nearest to a warning, the nearest first. None of them is a warning.

        ``rank``, ``indicator``, ``group``, ``level``, ``area_id``, ``period``, ``area_name``, ``region_id``,
        ``kind`` (the question whose answer came nearest), ``direction``, ``value``, ``expected``, ``p`` and a
        sentence in both languages.

        Examples
        --------
        >>> import regsam_geo as rg
        >>> warnings = rg.detect_warnings(rg.load_sample().sel(["Nichtdeutsche", "Hochbetagte"]), period=2024)
        >>> warnings.next_places["rank"].tolist()
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
        """
        return self.facts.next_places

    def as_records(self) -> list[dict[str, Any]]:
        """Return the warnings as plain dicts, as JSON takes them: one per warning, in the order of the table.

        Missing numbers are ``None``, ``kinds`` and ``areas`` are lists, and ``region_id`` and ``area_name`` are
        ``None`` where there is none. ``docs/warnings.schema.json`` describes the records (JSON Schema 2020-12).

        Examples
        --------
        >>> import json
        >>> import regsam_geo as rg
        >>> panel = rg.load_sample().sel(["Nichtdeutsche", "Bevölkerungsdichte"])
        >>> records = rg.detect_warnings(panel, period=2024).as_records()
        >>> json.loads(json.dumps(records)) == records
        True
        """
        return [_record(row) for row in pd.DataFrame(self).to_dict("records")]

    def _repr_html_(self) -> str:
        """Show urgency as icon and word, then the sentence."""
        if not set(COLUMNS) <= set(self.columns):
            return str(pd.DataFrame(self).to_html())
        lang = resolve_language(None)
        names = ("urgency", "status", "area", "indicator", "direction", "sentence")
        head = [say(f"label.warning.{name}") for name in names]
        rows = [_cells(row, lang) for row in self.to_dict("records")]
        facts = getattr(self, "facts", None)
        period = format_period(facts.period) if facts is not None and facts.period else ""
        title = say("label.warning.title", n=len(self), period=period) if period else ""
        return html_table(head, rows, title)


def checked_warnings(found: object) -> pd.DataFrame:
    """Return a plain frame of warnings, or say what came in its place."""
    if not isinstance(found, pd.DataFrame) or not {"urgency", "area_id", "indicator"} <= set(found.columns):
        raise problem(InputError, "not_warnings", found=type(found).__name__)
    return pd.DataFrame(found)


def is_long_open(warnings: pd.DataFrame) -> pd.Series:
    """Tell which warnings are open and have not warned in the last ``FOLDED_AFTER`` reports."""
    facts = getattr(warnings, "facts", None)
    if facts is None:
        return pd.Series(False, index=warnings.index)
    recent = list(facts.history.columns[-FOLDED_AFTER:])
    return (warnings["status"] == "open") & ~warnings["last"].isin(recent)


def columns_of(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with exactly the columns of the contract."""
    # Column by column from the contract: a column too many would become one that somebody relies on.
    filled = {name: frame[name].astype(dtype) for name, dtype in COLUMNS.items()}
    return pd.DataFrame(filled).reset_index(drop=True)


def make_table(frame: pd.DataFrame, facts: Facts) -> WarningTable:
    """Return a table with exactly the columns of the contract."""
    table = WarningTable(columns_of(frame))
    table.facts = facts
    return table


def _record(row: dict[Any, Any]) -> dict[str, Any]:
    """Return one warning in the types of JSON."""
    record: dict[str, Any] = {}
    for name, dtype in COLUMNS.items():
        value = row[name]
        if dtype == "float64":
            # JSON knows no NaN: what Python writes in its place is refused by other readers.
            record[name] = float(value) if math.isfinite(value) else None
        else:
            record[name] = str(value)
    record["kinds"] = record["kinds"].split("+")
    record["areas"] = record["areas"].split(BETWEEN)
    for name in ("area_name", "region_id", "since", "last"):
        record[name] = record[name] or None
    return record


def _cells(row: dict[str, Any], lang: str) -> tuple[str, ...]:
    urgency = f"{ICONS[row['urgency']]}{NO_BREAK}{say('urgency.' + row['urgency'])}"
    status = say(f"status.{row['status']}")
    if row["since"] and row["status"] != "new":
        # Only where it is not new: "new since this period" says nothing.
        status += " " + say("label.warning.since", period=format_period(row["since"]))
    place = row["area_name"] if row["area_name"] else row["area_id"]
    more = row["areas"].count(BETWEEN)
    if more:
        place += " " + say("label.warning.more_areas", n=more)
    arrow = ARROWS.get(row["direction"], "")
    direction = f"{arrow}{NO_BREAK}{say('label.warning.direction.' + row['direction'])}" if arrow else ""
    return (urgency, status, place, row["indicator"], direction, row[f"sentence_{lang}"])
