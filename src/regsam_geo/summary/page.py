"""The page that leads through a report: one HTML file without scripts that opens without a network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2

from regsam_geo._version import __version__
from regsam_geo.summary.material import Material
from regsam_geo.summary.words import (
    count_areas,
    expected_false,
    limits,
    made_with,
    source_notes,
    warning_table,
    with_words,
)
from regsam_geo.text import format_number, say
from regsam_geo.warning import ICONS

MOST_QUESTIONS = 10
"""So many questions about the data stand on the page; the rest are counted."""

TEMPLATES = Path(__file__).parent / "templates"


def render_page(material: Material, sentences: Sequence[str], lang: str) -> str:
    """Render ``index.html`` of a report."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("report.html")
    return template.render(
        lang=lang,
        say=lambda code, **fields: say(code, lang, **fields),
        version=__version__,
        material=material,
        sentences=sentences,
        icons=ICONS,
        warnings=warning_table(material, lang).frame.to_dict("records"),
        matrix=_matrix(material, lang),
        maps_folder=say("report.file.maps", lang),
        scope=count_areas(material, lang),
        own=material.level == "own",
        city=list(material.warnings.facts.city.get(f"sentence_{lang}", [])),
        questions=list(material.warnings.facts.data_findings.get(f"sentence_{lang}", [])),
        most_questions=MOST_QUESTIONS,
        limits=list(limits(material, lang)),
        expected_false=expected_false(material, lang),
        made_with=list(made_with(material, lang)),
        sources=source_notes(material, lang),
    )


def _matrix(material: Material, lang: str) -> dict[str, object]:
    """Lay the region summary out as indicators by regions, each cell with its side of the city's value."""
    frame = with_words(material.regions, material, lang)
    regions = frame.drop_duplicates("region_id")[["region_id", "region_name"]].to_dict("records")
    rows = []
    for _, cells in frame.groupby(["indicator", "group"], sort=False):
        first = cells.iloc[0]
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
    ratio = cell["ratio"]
    side = "above" if ratio >= 1.1 else "below" if ratio <= 1 / 1.1 else ""
    return {
        "value": format_number(cell["value"], cell["decimals"], lang=lang),
        "side": side,
        "n_warnings": cell["n_warnings"],
    }
