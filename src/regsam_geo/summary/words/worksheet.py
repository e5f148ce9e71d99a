"""What stands on the worksheet of a region: its findings, what was said about them, and room for more."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from regsam_geo.summary.facts.report_facts import ReportFacts
from regsam_geo.summary.words.assessments import lie_in_regions, listed_findings, said_lines, said_of
from regsam_geo.summary.words.report_words import region_label
from regsam_geo.text import format_period, say, with_name
from regsam_geo.warning import MARK, each_area, newest

_UNIT = ("indicator", "group", "level", "area_id")


@dataclass(frozen=True)
class Worksheet:
    """One worksheet, in words.

    Attributes
    ----------
    region
        The region; empty for areas that lie in none.
    title, key
        What stands above the table; the key says region and report, for whoever reads it back.
    rows
        Columns ``area``, ``status``, ``finding``, ``before``, ``key``.
    indicators
        What people may choose from for findings of their own.
    lang
        The language of all of it.
    """

    region: str
    title: str
    key: str
    rows: tuple[Mapping[str, str], ...]
    indicators: tuple[str, ...]
    lang: str

    @property
    def has_before(self) -> bool:
        """Whether anything was said before."""
        return any(row["before"] for row in self.rows)


def worksheets(facts: ReportFacts) -> dict[str, Worksheet]:
    """Return the worksheet of each region, in their order; one of all areas where they lie in no region."""
    rows = _rows_by_region(facts)
    regions = facts.study.region_ids if lie_in_regions(facts) else []
    others = [region for region in rows if region not in regions]
    return {region: _worksheet(facts, region, rows.get(region, [])) for region in (*regions, *others)} or {
        "": _worksheet(facts, "", [])
    }


def worksheet_label(facts: ReportFacts, region: str) -> str:
    """Say of which areas a worksheet is: of a region, of those in none, or of all."""
    lang = facts.study.language
    if region:
        return region_label(region, lang)
    return say("worksheet.no_region" if lie_in_regions(facts) else "worksheet.all_areas", lang)


def _worksheet(facts: ReportFacts, region: str, rows: list[dict[str, str]]) -> Worksheet:
    lang, study = facts.study.language, facts.study
    label = worksheet_label(facts, region)
    named = study.region_name(region) if region in study.region_ids else ""
    label = label if named in ("", region) else f"{label} {named}"
    title = say("worksheet.title", lang, period=format_period(facts.period, lang), region=label)
    indicators = tuple(dict.fromkeys(one.naming.full(lang) for one in facts.maps))
    return Worksheet(region, title, _json([MARK, region, facts.period]), tuple(rows), indicators, lang)


def _rows_by_region(facts: ReportFacts) -> dict[str, list[dict[str, str]]]:
    """Return the rows of all worksheets: what warns or is open, what is due, and the next places."""
    lang, said = facts.study.language, said_of(facts)
    rows: dict[str, list[dict[str, str]]] = {}
    listed: set[tuple[str, ...]] = set()
    found = each_area(facts.warnings)
    near = facts.warnings.next_places
    near = near.assign(status="near", since=near["period"], kinds="near") if len(near) else near
    for row in pd.concat([found, near]).to_dict("records"):
        unit = tuple(str(row[name]) for name in _UNIT)
        listed.add(unit)
        status = say("worksheet.near" if row["status"] == "near" else f"status.{row['status']}", lang)
        key = [*unit, row["since"], facts.period, row["kinds"], row["region_id"]]
        before = "\n".join(said_lines(newest(said[unit]), lang)) if unit in said else ""
        rows.setdefault(row["region_id"], []).append(
            {
                "area": _label(facts, unit[3]),
                "status": status,
                "finding": _finding(facts, row),
                "before": before,
                "key": _json(key),
            }
        )
    # what is due or divided and no row of the report: places without a warning, and findings of people's own
    for entry in listed_findings(facts):
        told = entry["finding"]
        if entry["state"] not in ("due", "split") or (told[0] and told[:4] in listed):
            continue
        about = entry["row"]
        region = entry["region_id"]
        key = [*(about[name] for name in _UNIT), about["since"], facts.period, about["kinds"], region]
        rows.setdefault(region, []).append(
            {
                "area": about["area"] or _label(facts, about["area_id"]),
                "status": entry["word"],
                "finding": about["finding"] or entry["title"],
                "before": "\n".join(entry["lines"]),
                "key": _json([str(part) for part in key]),
            }
        )
    return rows


def _finding(facts: ReportFacts, row: Mapping[str, Any]) -> str:
    """Say the indicator, its value and what it is measured by."""
    lang = facts.study.language
    naming = facts.study.naming(str(row["indicator"]), str(row["group"]))
    parts = [f"{naming.full(lang)} {format_period(facts.period, lang)}: {naming.number(row['value'], lang)}"]
    for name in ("expected", "city"):
        number = row.get(name)
        if isinstance(number, float) and number == number:
            parts.append(say(f"worksheet.{name}", lang, number=naming.number(number, lang)))
    return ", ".join(parts)


def _label(facts: ReportFacts, area: str) -> str:
    name = str(facts.areas["name"].get(area, ""))
    return name if facts.level == "own" and name else with_name(area, name)


def _json(parts: list[str]) -> str:
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
