"""The texts of the page that leads through a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from regsam_geo._version import __version__
from regsam_geo.charts.polarization_chart import polarization_in_words
from regsam_geo.charts.spine import side_of
from regsam_geo.situation.history import COLORS
from regsam_geo.summary.facts.report_facts import ReportFacts
from regsam_geo.summary.words.assessments import left_out, listed_findings, said_beside
from regsam_geo.summary.words.first_page import first_page, short_line
from regsam_geo.summary.words.report_words import (
    count_areas,
    expected_false,
    found_rises,
    limits,
    made_with,
    no_warning,
    source_notes,
    tests_of,
    warning_table,
    with_words,
)
from regsam_geo.summary.words.themes_table import themes_table
from regsam_geo.summary.words.worksheet import worksheet_label
from regsam_geo.text import format_number, format_period, say
from regsam_geo.warning import ICONS, is_long_open

MOST_THEMES = 5
"""So many themes stand on the print of the first page, which is one sheet; the page has all."""
MOST_ROWS = 30
"""A table of more areas is folded on the page."""
MOST_QUESTIONS = 10
"""So many questions about the data stand on the page; the rest are counted."""


def report_page(
    facts: ReportFacts, drawn: str | None, worksheets: Mapping[str, str], uneven: str | None = None
) -> dict[str, Any]:
    """Return all texts of ``index.html``, for its template, around the two drawings of it.

    ``worksheets`` are the files of the worksheets, by region.
    """
    lang = facts.study.language
    rows = warning_table(facts).frame
    # the short form first: what was tested, and how often such a thing is seen, stands behind a fold
    rows = rows.assign(
        short=[short_line(row, facts, lang) for row in facts.warnings.to_dict("records")],
        since=[
            say("label.warning.since", lang, period=format_period(since, lang)) if since else ""
            for since in rows["since"]
        ],
        said=said_beside(facts),
    )
    folded = is_long_open(facts.warnings).to_numpy()
    said = listed_findings(facts)
    newest = max((one["period"] for one in said), default="")
    earlier = [one for one in said if one["state"] in ("judged", "remark") and one["period"] < newest]
    return {
        "lang": lang,
        "say": lambda code, **fields: say(code, lang, **fields),
        "version": __version__,
        "period": format_period(facts.period, lang),
        "maps": [
            {"title": one.naming.full(lang), "stem": one.stem, "n_warnings": one.n_warnings} for one in facts.maps
        ],
        "first": first_page(facts),
        "themes": themes_table(facts),
        "history": _history(facts),
        "uneven": uneven and {"svg": uneven, "alt": polarization_in_words(facts.study, facts.polarization)},
        "level": say(f"label.level.{facts.level}", lang),
        "map": drawn,
        "no_warning": no_warning(tests_of(facts.warnings), lang),
        "icons": ICONS,
        "warnings": rows[~folded].to_dict("records"),
        "long_open": rows[folded].to_dict("records"),
        "said": [one for one in said if one not in earlier],
        "said_earlier": earlier,
        "said_note": " ".join(left_out((one["lines"] for one in said), lang)),
        "worksheets": [(worksheet_label(facts, region), name) for region, name in worksheets.items()],
        "matrix": _matrix(facts),
        "maps_folder": say("report.file.maps", lang),
        "scope": count_areas(facts),
        "own": facts.of_own_areas,
        "city": _without_repeats(facts.warnings.facts.city.get(f"sentence_{lang}", [])),
        "questions": list(facts.warnings.facts.data_findings.get(f"sentence_{lang}", [])),
        "most_questions": MOST_QUESTIONS,
        "limits": list(limits(facts)),
        "expected_false": expected_false(facts),
        "found_rises": list(found_rises(facts)),
        "made_with": list(made_with(facts)),
        "sources": source_notes(facts),
    }


def print_page(facts: ReportFacts, drawn: str | None) -> dict[str, Any]:
    """Return the first page for its print: the same words, with the map as SVG."""
    lang = facts.study.language
    first = first_page(facts)
    return {
        **first,
        "lang": lang,
        "title": say("first.title", lang, period=format_period(facts.period, lang)),
        "subtitle": say(
            "report.page.subtitle_own" if facts.level == "own" else "report.page.subtitle",
            lang,
            areas=count_areas(facts),
            n_maps=len(facts.maps),
        ),
        "map": None if drawn is None else {"svg": drawn, "alt": first["alt"]},
        "themes": themes_table(facts, MOST_THEMES),
        # what stands on the left: where areas stand, and what is new; on the right: what has ended or stays open
        "left": sum(one["name"] in ("burdened", "worsening", "new") for one in first["lists"]),
        "notes": [say("note.warning", lang), *filter(None, [facts.study.protection_note])],
        "foot": f"regsam_geo {__version__} · " + " ".join(source_notes(facts)),
        "page": say("profile.page", lang, page="{page}", pages="{pages}"),
    }


def _without_repeats(texts: Iterable[str]) -> list[str]:
    """Return texts without a last sentence that stood at the end of an earlier one.

    Examples
    --------
    >>> _without_repeats(["A steigt. Das ist oft so.", "B steigt. Das ist oft so."])
    ['A steigt. Das ist oft so.', 'B steigt.']
    """
    kept, known = [], set()
    for text in texts:
        head, _, tail = text.rpartition(". ")
        kept.append(f"{head}." if head and tail in known else text)
        known.add(tail)
    return kept


def _history(facts: ReportFacts) -> dict[str, object] | None:
    """Lay the classes of burden out as areas by periods, the most burdened first; none of one period alone."""
    situation = facts.situation
    if situation is None or len(situation.history.columns) < 2:
        return None
    past = situation.history.loc[situation.sort_values("rank", kind="stable").index]
    colors = {burden: {"ground": ground, "ink": ink} for burden, (ground, ink) in COLORS.items()}
    periods = [format_period(one, facts.study.language) for one in past.columns]
    return {"periods": periods, "rows": past.cells(), "colors": colors, "open": len(past) <= MOST_ROWS}


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
