"""What a file is, what is in it, and what is wrong with it: for people before they use it, and for other tools."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Unpack

import numpy as np
import pandas as pd

from regsam_geo.errors import RegsamGeoError
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.inference import ratio_deviations
from regsam_geo.indicators.panel import KEY, Panel
from regsam_geo.indicators.tables import Options, read_with_notes
from regsam_geo.indicators.tables.options import Columns, TableForm
from regsam_geo.text import format_number, html_table, say, shows_progress

MOST_LISTED = 200
"""Cells of one kind of problem that a report lists; all are counted."""

MOST_SHOWN = 12
"""Problems that a notebook shows."""


@dataclass(frozen=True)
class Problem:
    """Something that is wrong or questionable in a file.

    Attributes
    ----------
    level
        ``"error"``: the file cannot be read; ``"question"``: a cell to be looked at; ``"note"``: no fault.
    code
        Stable name of the problem.
    text
        The sentence in the language in force.
    row
        Where it stands, or 0.
    fields
        What stands in the sentence.
    """

    level: str
    code: str
    text: str
    row: int = 0
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FileReport:
    """What ``describe_file`` found.

    Attributes
    ----------
    file, form, dialect, sheets
        The file, the form of its table (empty if it could not be read), encoding and delimiter of a text file, and
        the sheets that were read.
    rows, areas, levels
        Number of rows, of different areas, and which levels.
    periods
        First and last.
    series
        One dict per indicator and group: ``indicator``, ``group``, ``first``, ``last``, ``rows``, ``missing``,
        ``kind``, ``scale``, ``proof``, ``tested`` and ``agree``: cells whose value and Basiswerte could be
        compared, and those of them that agree within rounding.
    missing
        Number of missing values by reason.
    problems
        What is wrong; at most 200 cells of each kind are listed, ``counts`` has all.
    counts
        Number of problems by code.
    calls
        How a table of one's own is read, as calls that can be run: one if the file can be read in one way alone,
        and several where it has to be chosen. Only you know what belongs in place of ``"..."``.
    """

    file: str
    form: str = ""
    dialect: str = ""
    sheets: tuple[str, ...] = ()
    rows: int = 0
    areas: int = 0
    levels: tuple[str, ...] = ()
    periods: tuple[str, str] | tuple[()] = ()
    series: tuple[Mapping[str, Any], ...] = ()
    missing: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    calls: tuple[str, ...] = ()

    @property
    def readable(self) -> bool:
        """The file can be read."""
        return not any(found.level == "error" for found in self.problems)

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists, dicts, texts and numbers, as JSON takes them."""
        plain: dict[str, Any] = _plain({**asdict(self), "readable": self.readable})
        return plain

    def text(self, lang: str | None = None) -> str:
        """Return the report in a few lines."""
        lines = [self.file]
        if self.readable:
            first, last = self.periods or ("–", "–")
            lines.append(
                "  "
                + say(
                    "label.file.summary",
                    lang,
                    form=say(f"label.form.{self.form}", lang),
                    rows=self.rows,
                    series=len(self.series),
                    areas=self.areas,
                    first=first,
                    last=last,
                )
            )
            for sign, n in self.missing.items():
                lines.append("  " + say("label.file.missing", lang, n=n, reason=say(f"sign.{sign}", lang)))
        listed: dict[str, int] = {}
        for found in self.problems:
            listed[found.code] = listed.get(found.code, 0) + 1
            if listed[found.code] <= 5:
                lines.append(f"  {found.text}")
            elif listed[found.code] == 6:
                lines.append("  " + say("label.file.more", lang, n=self.counts[found.code] - 5))
        lines += ["  " + say("label.file.call", lang, call=call) for call in self.calls]
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        """Show what the file holds, and what is wrong with it row by row."""
        lines = self.text().split("\n")
        summary = " ".join(line.strip() for line in lines[1 : 1 + bool(self.readable) + len(self.missing)])
        head = [say(f"view.problem.{name}") for name in ("level", "text")]
        rows = [(say(f"view.problem.level.{found.level}"), found.text) for found in self.problems[:MOST_SHOWN]]
        hidden = sum(self.counts.values()) - len(rows)
        note = say("label.file.more", n=hidden) if hidden > 0 else "" if rows else say("view.problem.none")
        return html_table(head, rows, f"{self.file}: {summary}" if summary else self.file, note)


@shows_progress
def describe_file(path: str | Path, columns: Columns | None = None, **form: Unpack[TableForm]) -> FileReport:
    """Say what a table is, what is in it and what is wrong, whatever the file is.

    Parameters
    ----------
    path
        A table in any form that ``read_indicators`` reads.
    columns, **form
        What you say about a table of your own, as in ``read_indicators``.

    Returns
    -------
    FileReport
        An unreadable file gives a report with one problem of level ``"error"``.

    Raises
    ------
    OptionError
        If there is no such option.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> from regsam_geo.resources import data_folder
    >>> report = rg.describe_file(data_folder() / "indicators" / "sample.csv")
    >>> report.form, report.rows, len(report.series), report.areas, report.periods
    ('panel', 6162, 11, 26, ('2000', '2024'))
    >>> rg.describe_file("nowhere.csv").problems[0].code
    'file_missing'
    """
    path = Path(path)
    options = Options.of(columns, **form)
    try:
        reading = read_with_notes(path, options)
    # A report and no exception: a program that looks through a folder wants to go on.
    except RegsamGeoError as error:
        found = Problem("error", error.code, str(error), _row_of(error.fields), _plain(error.fields))
        calls = tuple(error.fields.get("proposals", ()))
        return FileReport(file=path.name, problems=(found,), counts={error.code: 1}, calls=calls)
    panel, tables = reading.panel, reading.tables
    # Rows as they were read, because only they know the line of the file.
    rows = pd.concat([part.rows for part in tables], ignore_index=True)
    questions = _questions(panel, rows)
    notes = [Problem("note", note.code, note.text(), 0, dict(note.fields)) for note in reading.notes]
    # All are counted though only some are listed: a report of 95,000 lines is read by nobody.
    counts = {code: len(cells) for code, cells in questions.items()}
    listed = [cell for cells in questions.values() for cell in cells[:MOST_LISTED]]
    missing = panel.data.loc[panel.data["value"].isna(), "sign"].value_counts()
    return FileReport(
        file=path.name,
        form=tables[0].form,
        dialect=tables[0].table.dialect,
        sheets=tuple(part.table.sheet for part in tables if part.table.sheet),
        rows=len(panel),
        areas=int(panel.data.groupby("level")["area_id"].nunique().sum()),
        levels=tuple(panel.levels),
        periods=(panel.periods[0], panel.periods[-1]) if len(panel) else (),
        series=tuple(_series(panel, questions)),
        missing={str(sign): int(n) for sign, n in missing.items()},
        problems=(*notes, *listed),
        counts={**{note.code: 1 for note in notes}, **counts},
        calls=reading.calls,
    )


def _row_of(fields: Mapping[str, Any]) -> int:
    row = fields.get("row", 0)
    return int(row) if isinstance(row, int | np.integer) else 0


def _questions(panel: Panel, rows: pd.DataFrame) -> dict[str, list[Problem]]:
    """Find cells that contradict themselves; what they mean for a warning is decided elsewhere."""
    data = panel.data.merge(rows[[*KEY, "row", "file"]], on=list(KEY), how="left", validate="one_to_one")
    entries = _entries(panel)
    found: dict[str, list[Problem]] = {"ratio_differs": [], "value_without_basis": []}
    for key, part in data.groupby(list(CATALOGUE_KEY), sort=False):
        entry = entries[key]
        # Without a proved scale there is nothing that a value could contradict.
        if pd.isna(entry["scale"]):
            continue
        scale, digits = float(entry["scale"]), 6 if pd.isna(entry["decimals"]) else int(entry["decimals"])
        for position in np.flatnonzero(ratio_deviations(part, scale, digits)):
            cell = part.iloc[position]
            exact = scale * cell["numerator"] / cell["denominator"]
            found["ratio_differs"].append(_question("ratio_differs", cell, digits, exact=exact))
        bare = part["value"].notna() & (part["numerator"].isna() | ~(part["denominator"] > 0))
        for position in np.flatnonzero(bare):
            found["value_without_basis"].append(_question("value_without_basis", part.iloc[position], digits))
    # one that is no simple ratio may still lack its Basiswerte in a few cells: a code may hide there
    for _, part in data[data["numerator"].isna()].groupby(list(CATALOGUE_KEY), sort=False):
        empty = part["base_1"].isna() & part["value"].notna()
        if part["base_1"].notna().any():
            for position in np.flatnonzero(empty):
                found["value_without_basis"].append(_question("value_without_basis", part.iloc[position], 6))
    return {code: cells for code, cells in found.items() if cells}


def _question(code: str, cell: pd.Series, digits: int, exact: float | None = None) -> Problem:
    row = 0 if pd.isna(cell["row"]) else int(cell["row"])
    fields: dict[str, Any] = {
        "file": str(cell["file"]),
        "row": row,
        "key": " · ".join(str(cell[name]) for name in KEY),
        "value": _short(cell["value"], digits),
    }
    if exact is not None:
        fields["exact"] = _short(exact, digits + 1)
    return Problem("question", code, say(f"question.{code}", **fields), row, fields)


def _short(value: float, digits: int) -> str:
    whole = digits > 3
    return format_number(value, 1 if whole else digits)


def _series(panel: Panel, questions: Mapping[str, list[Problem]]) -> list[dict[str, Any]]:
    described = []
    entries = _entries(panel)
    doubted = pd.Series([found.fields["key"] for found in questions.get("ratio_differs", [])], dtype="str")
    for key, part in panel.data.groupby(list(CATALOGUE_KEY), sort=False):
        entry = entries[key]
        tested = part["value"].notna() & part["numerator"].notna() & (part["denominator"] > 0)
        tested &= not pd.isna(entry["scale"])
        # By the words of the key, as the questions carry the key in words.
        differ = int(doubted.str.startswith(" · ".join(key) + " · ").sum())
        described.append(
            {
                "indicator": key[0],
                "group": key[1],
                "first": part["period"].min(),
                "last": part["period"].max(),
                "rows": len(part),
                "missing": int(part["value"].isna().sum()),
                "kind": None if pd.isna(entry["kind"]) else entry["kind"],
                "scale": None if pd.isna(entry["scale"]) else float(entry["scale"]),
                "proof": None if pd.isna(entry["proof"]) else entry["proof"],
                "tested": int(tested.sum()),
                "agree": int(tested.sum()) - differ,
            }
        )
    return described


def _entries(panel: Panel) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the rows of the catalogue by indicator and group."""
    entries: dict[tuple[str, str], dict[str, Any]] = panel.catalogue.set_index(list(CATALOGUE_KEY)).to_dict(
        "index"
    )
    return entries


def _plain(value: Any) -> Any:
    """Return what JSON takes."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(item) for item in value]
    if isinstance(value, np.generic):
        return _plain(value.item())
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, float):
        # JSON knows neither NaN nor infinity.
        return value if np.isfinite(value) else None
    return str(value)
