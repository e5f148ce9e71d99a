"""What people on the spot have said, as lines beside a warning and as a table of all answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from regsam_geo.summary.facts.report_facts import ReportFacts
from regsam_geo.summary.words.report_words import region_label
from regsam_geo.summary.words.tables import Column, Table
from regsam_geo.text import format_period, say, with_name
from regsam_geo.warning import (
    Judgement,
    day_words,
    each_area,
    finding_of,
    judgements,
    newest,
    region_here,
    shown_assessments,
)

STATES = ("due", "split", "open", "resting", "judged", "remark")
"""In this order they are told: what has to be done first."""
_UNIT = ("indicator", "group", "level", "area_id")
_COLUMNS = (
    Column("region", "column.region", width=16),
    Column("area_label", "column.area", width=30),
    Column("title", "column.assessment_finding", width=44),
    Column("need_word", "column.assessment_need", width=14),
    Column("body", "column.assessment_body", width=18),
    Column("until_word", "column.assessment_until", width=14),
    Column("known", "column.assessment_known", width=50),
    Column("working_group", "column.assessment_group", width=24),
    Column("note", "column.assessment_note", width=50),
    Column("state", "column.assessment_state", width=16),
    Column("standing_word", "column.assessment_standing", width=16),
    Column("period", "column.assessment_period", width=12),
    Column("stated_word", "worksheet.stated", width=14),
    Column("conflict", "column.assessment_conflict", width=60),
    Column("source", "column.assessment_source", width=30),
)


def said_lines(judgement: Judgement, lang: str) -> list[str]:
    """Write what each body has said about one finding, a line each."""
    lines = []
    for row in judgement.rows:
        group = say("assessment.line.group", lang, group=row["working_group"]) if row["working_group"] else ""
        words = " · ".join(part for part in (row["known"], group, row["note"]) if part)
        until = say("assessment.line.until", lang, until=day_words(row["until"], lang)) if row["until"] else ""
        lines.append(
            say(
                "assessment.line",
                lang,
                body=row["body"] or say("assessment.someone", lang),
                said=say(f"assessment.said.{row['need']}", lang),
                period=format_period(row["period"], lang),
                until=until,
                words=say("assessment.line.words", lang, words=words) if words else "",
            )
        )
    return list(dict.fromkeys(lines))


def said_of(facts: ReportFacts) -> dict[tuple[str, ...], list[Judgement]]:
    """Return what was said about each indicator and area, the earliest edition first."""
    found: dict[tuple[str, ...], list[Judgement]] = {}
    for finding, told in judgements(shown_assessments(facts.study), facts.period).items():
        if finding[0]:
            found.setdefault(finding[:4], []).extend(told)
    return {unit: sorted(told, key=lambda one: one.period) for unit, told in found.items()}


def lie_in_regions(facts: ReportFacts) -> bool:
    """Tell whether any area of a report lies in a region; areas of one's own may lie in none."""
    return bool((facts.study.regions_of(facts.level) != "").any())


def said_beside(facts: ReportFacts) -> list[list[str]]:
    """Return for each row of the table of warnings what was said about its areas, with the state first."""
    lang, said = facts.study.language, said_of(facts)
    if not said:
        return [[] for _ in range(len(facts.warnings))]
    lines = []
    for place in range(len(facts.warnings)):
        told: dict[str, None] = {}
        for row in each_area(facts.warnings.iloc[[place]]).to_dict("records"):
            unit = tuple(str(row[name]) for name in _UNIT)
            if unit in said:
                now = newest(said[unit])
                state = say(f"assessment.state.{now.state(facts.period)}", lang)
                told |= dict.fromkeys(f"{state}: {line}" for line in said_lines(now, lang))
        lines.append(list(told))
    return lines


def listed_findings(facts: ReportFacts) -> list[dict[str, Any]]:
    """Return what was said, one entry per finding, what has to be done first."""
    lang, study = facts.study.language, facts.study
    entries = []
    for finding, told in judgements(shown_assessments(study), facts.period).items():
        now = newest(told)
        row = now.rows[0]
        state = now.state(facts.period)
        entries.append(
            {
                "finding": finding,
                "row": row,
                "region_id": region_here(study, row),
                "state": state,
                "word": say(f"assessment.state.{state}", lang),
                "title": _title(facts, row),
                "area": _area(facts, row),
                "region": region_label(row["region_id"], lang) if row["region_id"] else "",
                "until": day_words(now.until, lang),
                "period": now.period,
                # what was only noted beside the newest word is not lost
                "lines": [line for one in told if one is now or not one.need for line in said_lines(one, lang)],
            }
        )
    return sorted(entries, key=lambda one: (STATES.index(one["state"]), one["region"], one["area"], one["title"]))


def assessment_table(facts: ReportFacts, region: str | None = None) -> Table | None:
    """Describe all answers, of earlier reports too, as a table; nothing where there are none."""
    lang, given = facts.study.language, shown_assessments(facts.study)
    if given is None:
        return None
    rows = given[given["period"] <= facts.period]
    if region is not None and len(rows):
        # what was said on the worksheets of another division about its areas belongs to it too
        here = [region_here(facts.study, row) for row in rows.to_dict("records")]
        rows = rows[(rows["region_id"] == region) | (pd.Series(here, index=rows.index) == region)]
    if rows.empty:
        return None
    states = {
        finding: newest(told).state(facts.period) for finding, told in judgements(given, facts.period).items()
    }
    return Table(
        pd.DataFrame(_table_rows(facts, rows, states)),
        _COLUMNS,
        title=say("assessments.title", lang, period=facts.period),
        notes=(say("assessments.caption", lang), say("assessments.note", lang), *left_out(rows, lang)),
    )


def left_out(texts: Iterable[object] | pd.DataFrame, lang: str) -> list[str]:
    """Say why numbers are left out of what people wrote, where any are."""
    mark = say("assessment.number", lang)
    told = texts.to_numpy().ravel() if isinstance(texts, pd.DataFrame) else texts
    return [say("assessments.left_out", lang)] if any(mark in str(one) for one in told) else []


def _table_rows(
    facts: ReportFacts, rows: pd.DataFrame, states: dict[tuple[str, ...], str]
) -> Iterator[dict[str, Any]]:
    lang = facts.study.language
    for row in rows.to_dict("records"):
        yield {
            **row,
            "region": region_label(row["region_id"], lang) if row["region_id"] else "",
            "area_label": _area(facts, row),
            "title": _title(facts, row),
            "need_word": say(f"assessment.need.{row['need']}", lang) if row["need"] else "",
            "until_word": day_words(row["until"], lang),
            "stated_word": day_words(row["stated"], lang),
            "state": say(f"assessment.state.{states[finding_of(row)]}", lang),
            "standing_word": say(f"assessment.standing.{row['standing']}", lang),
            "source": f"{row['file']}: {row['row']}",
        }


def _title(facts: ReportFacts, row: Any) -> str:
    """Write the indicator, or the words of a finding of people's own."""
    key = (row["indicator"], row["group"])
    namings = facts.study.namings
    return namings[key].full(facts.study.language) if key in namings else row["finding"] or row["indicator"]


def _area(facts: ReportFacts, row: Any) -> str:
    if not row["area_id"]:
        return str(row["area"])
    # a worksheet may be about another level than the report; the id says enough then
    names = facts.study.layers.get(row["level"])
    name = "" if names is None or row["area_id"] not in names.index else str(names["name"][row["area_id"]])
    return name if row["level"] == "own" and name else with_name(row["area_id"], name)
