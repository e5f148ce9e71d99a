"""The overview of the city: themes of several regions, all regions side by side, and what is new."""

from __future__ import annotations

from typing import Any

import pandas as pd

from regsam_geo.areas import CITY_ID
from regsam_geo.charts.spine import side_of, sparkline_svg
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.periods import periods_before
from regsam_geo.summary.facts.profile_facts import ProfileFacts
from regsam_geo.summary.words.pack_tables import WARNING_COUNTS
from regsam_geo.summary.words.profile_page import SIDES, detail_of, missing_words, number_of
from regsam_geo.summary.words.report_words import (
    no_warning,
    profile_notes,
    region_label,
    tests_of,
    warning_table,
    with_words,
)
from regsam_geo.summary.words.summary_words import class_words
from regsam_geo.summary.words.tables import Column, Table
from regsam_geo.summary.words.themes_table import themes_table
from regsam_geo.text import format_number, format_period, say, with_name
from regsam_geo.warning import compare_warnings, detect_warnings, short_sentence

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
    Column("n_regions", "column.n_burdened", decimals=0),
    Column("regions", "column.regions", width=60),
    Column("since_word", "column.since", width=18),
    Column("percent_cases", "column.share_cases", decimals=0),
    Column("percent_people", "column.share_people", decimals=0),
    Column("trend_word", "column.theme_trend", width=18),
    Column("n_warned", "column.n_warned", decimals=0),
    Column("warned", "column.warned_regions", width=60),
    Column("level", "column.urgency", width=18),
)
JUDGED = (
    Column("n_judged", "column.n_judged", decimals=0),
    Column("judged", "column.judged_regions", width=60),
    Column("bodies", "column.assessment_body", width=30),
)
NEWS = (
    Column("change_word", "column.change_word", width=18),
    Column("title", "column.indicator", width=50),
    Column("area", "column.area", width=34),
    Column("region", "column.region", width=18),
)


def overview_tables(facts: ProfileFacts) -> dict[str, Table]:
    """Return the tables of the overview, by the name of their sheet."""
    lang = facts.study.language
    notes = (say("note.change_unit", lang), *profile_notes(facts))
    period, themes = format_period(facts.period, lang), _themes(facts)
    columns = (*THEMES, *JUDGED) if themes["n_judged"].any() else THEMES
    return {
        say("overview.regions", lang): Table(
            _regions(facts), MATRIX, say("overview.title", lang, period=period), notes
        ),
        say("overview.themes", lang): Table(
            themes, columns, say("overview.themes", lang), (say("note.warning", lang),)
        ),
        say("overview.news", lang): Table(
            _news(facts), NEWS, say("overview.news_since", lang, period=format_period(_before(facts), lang))
        ),
        say("profile.warnings", lang): warning_table(facts.report),
    }


def overview_page(facts: ProfileFacts, date: str | None = None) -> dict[str, Any]:
    """Return all texts and pictures of the overview, for its template."""
    lang = facts.study.language
    period = format_period(facts.period, lang)
    report = facts.report
    names = report.areas["name"].to_dict()
    return {
        "lang": lang,
        "title": say("overview.title", lang, period=period),
        "subtitle": say("overview.subtitle", lang, n=len(facts.ids), indicators=len(facts.keys)),
        "date": say("profile.date", lang, date=date) if date else "",
        "themes": themes_table(facts.report),
        "matrix_title": say("overview.regions", lang),
        "matrix_caption": say("overview.matrix_caption", lang),
        "indicator": say("column.indicator", lang),
        "city": say("report.page.city", lang),
        "development": say("overview.development", lang),
        "regions": [
            {"id": one, "label": region_label(one, lang), "name": facts.study.region_name(one)}
            for one in facts.ids
        ],
        "rows": list(_matrix(facts)),
        "class_title": say("overview.class", lang),
        "classes": _classes(facts),
        "news_title": say("overview.news_since", lang, period=format_period(_before(facts), lang)),
        "news": [
            f"{row['change_word']}: {row['title']} – {row['area']} ({row['region']})"
            for row in _news(facts).to_dict("records")
        ],
        "no_news": say("overview.no_news", lang),
        "warnings_title": say("profile.warnings", lang),
        # in a dozen words; how unusual it is, and since when, stands in the tables
        "warnings": [
            say(f"urgency.{row['urgency']}", lang) + ": " + short_sentence(row, facts.study.namings, names, lang)
            for row in report.warnings.to_dict("records")
        ],
        "no_warnings": no_warning(tests_of(facts.report.warnings), lang),
        "notes_title": say("profile.notes", lang),
        "notes": [say("note.warning", lang), *profile_notes(facts)],
    }


def _matrix(facts: ProfileFacts) -> list[dict[str, Any]]:
    """Lay out indicators by regions; a mark stands beside what lies at least 10 % off the city."""
    lang = facts.study.language
    table = facts.report.regions.set_index(["indicator", "group", "region_id"])
    rows = []
    for key in facts.keys:
        naming = facts.study.namings[key]
        # What cannot be summed to regions has no row; the notes say why.
        if (*key, facts.ids[0]) not in table.index:
            continue
        cells = []
        for region in facts.ids:
            cell = table.loc[(*key, region)]
            # The mark of the profile: both stand on the table of one meeting.
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
        city = float(table.loc[(*key, facts.ids[0]), "city"])
        series = facts.values(key, "city", CITY_ID)
        known = [value for value in series if value == value]
        alt = say(
            "overview.sparkline_alt",
            lang,
            title=naming.short(lang),
            low=number_of(min(known), naming, lang) if known else "–",
            high=number_of(max(known), naming, lang) if known else "–",
        )
        rows.append(
            {
                "title": naming.short(lang),
                "detail": detail_of(naming, lang),
                "unit": naming.unit(lang),
                "city": format_number(city, naming.digits, lang=lang),
                "sparkline": {"svg": sparkline_svg(series), "alt": alt},
                "cells": cells,
            }
        )
    return rows


def _classes(facts: ProfileFacts) -> list[str]:
    """Return the class of burden and direction of each region; nothing where no region has one."""
    lang = facts.study.language
    # A class belongs to the region and stands in all of its rows alike.
    first = facts.report.regions.drop_duplicates("region_id").set_index("region_id")["class"]
    marks = [_class_mark(first.get(region, ""), lang) for region in facts.ids]
    return marks if any(marks) else []


def _class_mark(name: str, lang: str) -> str:
    """Write a class in a narrow column: the burden, with an arrow where it does not go as elsewhere."""
    if not name:
        return ""
    burden, direction = name.split("/")
    arrow = {"rising": "▲", "falling": "▼"}.get(direction, "")
    return f"{say(f'label.situation.burden.{burden}', lang)} {arrow}".strip()


def _regions(facts: ProfileFacts) -> pd.DataFrame:
    lang = facts.study.language
    frame = facts.report.regions
    listed = pd.MultiIndex.from_frame(frame[list(CATALOGUE_KEY)]).isin(facts.keys)
    frame = with_words(frame[listed], facts.report)
    return frame.assign(
        region=[region_label(one, lang) for one in frame["region_id"]],
        missing=[missing_words(sign, lang) for sign in frame["sign"]],
        class_word=[class_words(name, lang) for name in frame["class"]],
    )


def _themes(facts: ProfileFacts) -> pd.DataFrame:
    lang = facts.study.language
    themes = with_words(facts.report.themes, facts.report)
    return themes.assign(
        # what people name in their own words is called by them
        title=themes["title"].fillna(themes["indicator"]),
        judged=[_region_labels(text, lang) for text in themes["judged_regions"]],
        level=[say(f"urgency.{word}", lang) if word else "" for word in themes["most_urgent"]],
        regions=[_region_labels(text, lang) for text in themes["regions"]],
        warned=[_region_labels(text, lang) for text in themes["warned_regions"]],
        since_word=[format_period(since, lang) if since else "" for since in themes["since"]],
        percent_cases=100 * themes["share_cases"],
        percent_people=100 * themes["share_people"],
        trend_word=[say(f"trend.{word}", lang) if word else "" for word in themes["trend"]],
    )


def _region_labels(regions: str, lang: str) -> str:
    """Write a list of regions with the word before each: a spreadsheet would make a date of 4/12."""
    return ", ".join(region_label(one, lang) for one in regions.split(", ") if one)


def _before(facts: ProfileFacts) -> str:
    return periods_before(facts.period, 1)


def _news(facts: ProfileFacts) -> pd.DataFrame:
    """Compare with the report that the same data would have given one period earlier."""
    lang = facts.study.language
    columns = ["change_word", "title", "area", "region"]
    report, before = facts.report, _before(facts)
    # With a first period nothing is new: everything would be.
    if before not in report.panel.sel(level=report.level).periods:
        return pd.DataFrame(columns=columns)
    # by today's figures: against last year's report, every revision by the office would be news
    changes = compare_warnings(detect_warnings(report.study, before), report.warnings)
    changes = with_words(changes, report)
    return changes.assign(
        change_word=[say(f"status.{change}", lang) for change in changes["change"]],
        area=[
            with_name(str(area), str(name))
            for area, name in zip(changes["area_id"], changes["area_name"], strict=True)
        ],
        region=[region_label(one, lang) for one in changes["region_id"]],
    )
