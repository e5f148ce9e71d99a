"""The page that leads through a report: one HTML file without scripts that opens without a network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import jinja2

from regsam_geo._version import __version__
from regsam_geo.summary.material import Material
from regsam_geo.summary.words import (
    limits,
    region_label,
    source_notes,
    warning_table,
    with_words,
)
from regsam_geo.text import format_number, say
from regsam_geo.warning import ICONS

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
        limits=list(limits(material, lang)),
        sources=source_notes(material, lang),
    )


def _matrix(material: Material, lang: str) -> dict[str, object]:
    """Lay the region summary out as regions by indicators, each cell with its distance from the city."""
    frame = with_words(material.regions, material, lang)
    heads = frame.drop_duplicates(["indicator", "group"])
    rows = []
    for region_id, cells in frame.groupby("region_id", sort=False):
        by_key = {(cell["indicator"], cell["group"]): cell for cell in cells.to_dict("records")}
        rows.append(
            {
                "label": region_label(str(region_id), lang),
                "name": cells["region_name"].iloc[0],
                "cells": [
                    _cell(by_key.get((head["indicator"], head["group"])), lang)
                    for head in heads.to_dict("records")
                ],
            }
        )
    city = [format_number(head["city"], head["decimals"], lang=lang) for head in heads.to_dict("records")]
    return {"heads": heads[["title", "unit"]].to_dict("records"), "rows": rows, "city": city}


def _cell(cell: dict[str, object] | None, lang: str) -> dict[str, object]:
    if cell is None:
        return {"value": "–", "side": "", "n_warnings": 0}
    ratio = cell["ratio"]
    side = "above" if ratio >= 1.1 else "below" if ratio <= 1 / 1.1 else ""
    return {
        "value": format_number(cell["value"], cell["decimals"], lang=lang),
        "side": side,
        "n_warnings": cell["n_warnings"],
    }
