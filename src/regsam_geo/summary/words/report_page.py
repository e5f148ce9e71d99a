"""The texts of the page that leads through a report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from regsam_geo._version import __version__
from regsam_geo.charts.spine import side_of
from regsam_geo.summary.facts.report_facts import ReportFacts
from regsam_geo.summary.words.report_words import (
    count_areas,
    expected_false,
    found_rises,
    limits,
    made_with,
    source_notes,
    warning_table,
    with_words,
)
from regsam_geo.text import format_number, say
from regsam_geo.warning import ICONS, is_long_open

MOST_QUESTIONS = 10
"""So many questions about the data stand on the page; the rest are counted."""


def report_page(facts: ReportFacts, sentences: Sequence[str]) -> dict[str, Any]:
    """Return all texts of ``index.html``, for its template."""
    lang = facts.study.language
    rows = warning_table(facts).frame
    folded = is_long_open(facts.warnings).to_numpy()
    return {
        "lang": lang,
        "say": lambda code, **fields: say(code, lang, **fields),
        "version": __version__,
        "period": facts.period,
        "maps": [
            {"title": one.naming.full(lang), "stem": one.stem, "n_warnings": one.n_warnings} for one in facts.maps
        ],
        "sentences": sentences,
        "icons": ICONS,
        "warnings": rows[~folded].to_dict("records"),
        "long_open": rows[folded].to_dict("records"),
        "next_places": list(facts.warnings.next_places[f"sentence_{lang}"]),
        "matrix": _matrix(facts),
        "maps_folder": say("report.file.maps", lang),
        "scope": count_areas(facts),
        "own": facts.level == "own",
        "city": list(facts.warnings.facts.city.get(f"sentence_{lang}", [])),
        "questions": list(facts.warnings.facts.data_findings.get(f"sentence_{lang}", [])),
        "most_questions": MOST_QUESTIONS,
        "limits": list(limits(facts)),
        "expected_false": expected_false(facts),
        "found_rises": list(found_rises(facts)),
        "made_with": list(made_with(facts)),
        "sources": source_notes(facts),
    }


def _matrix(facts: ReportFacts) -> dict[str, object]:
    """Lay the region summary out as indicators by regions, each cell with its side of the city's value."""
    lang = facts.study.language
    frame = with_words(facts.regions, facts)
    regions = frame.drop_duplicates("region_id")[["region_id", "region_name"]].to_dict("records")
    rows = []
    for _, cells in frame.groupby(["indicator", "group"], sort=False):
        first = cells.iloc[0]
        # By region and not by place: an indicator may lack one.
        by_region = {cell["region_id"]: cell for cell in cells.to_dict("records")}
        rows.append(
            {
                "title": first["title"],
                "unit": first["unit"],
                "city": format_number(first["city"], first["decimals"], lang=lang),
                "cells": [_cell(by_region[region["region_id"]], lang) for region in regions],
            }
        )
    return {"regions": regions, "rows": rows}


def _cell(cell: dict[str, Any], lang: str) -> dict[str, object]:
    return {
        "value": format_number(cell["value"], cell["decimals"], lang=lang),
        "side": side_of(float(cell["ratio"])),
        "n_warnings": cell["n_warnings"],
    }
