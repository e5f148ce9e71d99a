"""The overview of the city: themes of several regions, all regions side by side, and what is new."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd

from regsam_geo.charts.spine import side_of, sparkline_svg
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.periods import periods_before
from regsam_geo.summary.profile.basis import Basis
from regsam_geo.summary.profile.content import naming_of
from regsam_geo.summary.profile.html import render
from regsam_geo.summary.profile.tables import WARNING_COUNTS
from regsam_geo.summary.profile.words import SIDES, missing_words, number_of
from regsam_geo.summary.standing import class_words
from regsam_geo.summary.tables import Column, Table
from regsam_geo.summary.words import region_label, warning_table, with_words
from regsam_geo.text import format_number, format_period, say
from regsam_geo.warning import compare_warnings, detect_warnings

MATRIX = (
    Column("title", "column.indicator", width=50),
    Column("unit", "column.unit", width=12),
    Column("region", "column.region", width=18),
    Column("region_name", "column.region_name", width=50),
    Column("value", "column.value", decimals="decimals"),
    Column("missing", "column.missing", width=20),
    Column("city", "column.city", decimals="decimals"),
    Column("ratio", "column.ratio", decimals=2),
    Column("rank", "column.rank_of", decimals=0),
    Column("class_word", "column.class", width=34),
    *WARNING_COUNTS,
)
THEMES = (
    Column("title", "column.indicator", width=50),
    Column("n_regions", "column.n_regions", decimals=0),
    Column("regions", "column.regions", width=60),
    Column("n_areas", "column.n_areas", decimals=0),
    Column("level", "column.urgency", width=18),
)
NEWS = (
    Column("change_word", "column.change_word", width=18),
    Column("title", "column.indicator", width=50),
    Column("area", "column.area", width=34),
    Column("region", "column.region", width=18),
)


def overview_tables(basis: Basis, lang: str) -> dict[str, Table]:
    """Return the tables of the overview, by the name of their sheet."""
    notes = (say("note.change_unit", lang), *basis.notes)
    period = format_period(basis.period, lang)
    return {
        say("overview.regions", lang): Table(
            _regions(basis, lang), MATRIX, say("overview.title", lang, period=period), notes
        ),
        say("overview.themes", lang): Table(
            _themes(basis, lang), THEMES, say("overview.themes", lang), (say("note.warning", lang),)
        ),
        say("overview.news", lang): Table(
            _news(basis, lang), NEWS, say("overview.news_since", lang, period=format_period(_before(basis), lang))
        ),
        say("profile.warnings", lang): warning_table(basis.material, lang),
    }


def overview_html(basis: Basis, lang: str, date: str | None = None) -> str:
    """Return the overview as one HTML file that opens without a network."""
    period = format_period(basis.period, lang)
    warned = warning_table(basis.material, lang).frame.to_dict("records")
    page: dict[str, Any] = {
        "lang": lang,
        "title": say("overview.title", lang, period=period),
        "subtitle": say("overview.subtitle", lang, n=len(basis.ids), indicators=len(basis.keys)),
        "date": say("profile.date", lang, date=date) if date else "",
        "themes_title": say("overview.themes", lang),
        "themes": [_theme_sentence(row, lang) for row in _themes(basis, lang).to_dict("records")],
        "no_themes": say("overview.no_themes", lang),
        "matrix_title": say("overview.regions", lang),
        "matrix_caption": say("overview.matrix_caption", lang),
        "indicator": say("column.indicator", lang),
        "city": say("report.page.city", lang),
        "development": say("overview.development", lang),
        "regions": [
            {"id": one, "label": region_label(one, lang), "name": basis.name_of(one)} for one in basis.ids
        ],
        "rows": list(_matrix(basis, lang)),
        "class_title": say("column.class", lang),
        "classes": _classes(basis, lang),
        "news_title": say("overview.news_since", lang, period=format_period(_before(basis), lang)),
        "news": [
            f"{row['change_word']}: {row['title']} – {row['area']} ({row['region']})"
            for row in _news(basis, lang).to_dict("records")
        ],
        "no_news": say("overview.no_news", lang),
        "warnings_title": say("profile.warnings", lang),
        "warnings": [f"{row['urgency_word']}: {row['sentence']}" for row in warned],
        "no_warnings": say("report.sentence.none", lang),
        "notes_title": say("profile.notes", lang),
        "notes": [say("note.warning", lang), *basis.notes],
    }
    return render("overview.html", page)


def _matrix(basis: Basis, lang: str) -> list[dict[str, Any]]:
    """Lay out indicators by regions; a mark stands beside what lies at least 10 % off the city."""
    table = basis.material.regions.set_index(["indicator", "group", "region_id"])
    rows = []
    for key in basis.keys:
        naming = naming_of(basis, key, lang)
        if (*key, basis.ids[0]) not in table.index:
            continue
        cells = []
        for region in basis.ids:
            cell = table.loc[(*key, region)]
            side = side_of(float(cell["ratio"]))
            cells.append(
                {
                    "text": number_of(float(cell["value"]), naming, lang, unit=False),
                    "missing": missing_words(str(cell["sign"]), lang),
                    "mark": SIDES[side] if side else "",
                    "side": say(f"profile.side.{side}", lang) if side else "",
                    "n_warnings": int(cell["n_warnings"]),
                    "warned": say("overview.cell_warnings", lang, n=int(cell["n_warnings"])),
                }
            )
        city = float(table.loc[(*key, basis.ids[0]), "city"])
        series = basis.values(key, "city", "munich")
        known = [value for value in series if value == value]
        alt = say(
            "overview.sparkline_alt",
            lang,
            title=naming.title,
            low=number_of(min(known), naming, lang) if known else "–",
            high=number_of(max(known), naming, lang) if known else "–",
        )
        rows.append(
            {
                "title": naming.title,
                "detail": naming.detail,
                "unit": naming.unit,
                "city": format_number(city, naming.decimals, lang=lang),
                "sparkline": {"svg": sparkline_svg(series), "alt": alt},
                "cells": cells,
            }
        )
    return rows


def _classes(basis: Basis, lang: str) -> list[str]:
    """Return the status x dynamics class of each region in words; nothing where no region has one."""
    first = basis.material.regions.drop_duplicates("region_id").set_index("region_id")["class"]
    words = [class_words(first.get(region, ""), lang) for region in basis.ids]
    return words if any(words) else []


def _regions(basis: Basis, lang: str) -> pd.DataFrame:
    frame = basis.material.regions
    shown = pd.MultiIndex.from_frame(frame[list(CATALOGUE_KEY)]).isin(basis.keys)
    frame = with_words(frame[shown], basis.material, lang)
    return frame.assign(
        region=[region_label(one, lang) for one in frame["region_id"]],
        missing=[missing_words(sign, lang) for sign in frame["sign"]],
        class_word=[class_words(name, lang) for name in frame["class"]],
    )


def _themes(basis: Basis, lang: str) -> pd.DataFrame:
    themes = with_words(basis.material.themes, basis.material, lang)
    return themes.assign(
        level=[say(f"urgency.{word}", lang) for word in themes["most_urgent"]],
        # a spreadsheet would make a date of 4/12
        regions=[
            ", ".join(region_label(one, lang) for one in text.split(", "))
            for text in themes["regions"].astype("str")
        ],
    )


def _theme_sentence(row: dict[str, Any], lang: str) -> str:
    return say("overview.theme", lang, title=row["title"], n=int(row["n_regions"]), regions=row["regions"])


def _before(basis: Basis) -> str:
    return periods_before(basis.period, 1)


def _news(basis: Basis, lang: str) -> pd.DataFrame:
    """Compare with the report that the same data would have given one period earlier."""
    columns = ["change_word", "title", "area", "region"]
    material, before = basis.material, _before(basis)
    if before not in material.panel.sel(level=material.level).periods:
        return pd.DataFrame(columns=columns)
    changes = compare_warnings(_earlier(basis, before), material.warnings)
    changes = with_words(changes, material, lang)
    return changes.assign(
        change_word=[say(f"overview.change.{change}", lang) for change in changes["change"]],
        area=changes["area_id"].astype("str") + " " + changes["area_name"].astype("str"),
        region=[region_label(one, lang) for one in changes["region_id"]],
    )


@lru_cache(maxsize=1)
def _earlier(basis: Basis, before: str) -> pd.DataFrame:
    """Return the warnings of the period before; page and tables ask for the same ones."""
    material = basis.material
    return detect_warnings(material.panel, {material.level: material.areas}, before, material.settings)
