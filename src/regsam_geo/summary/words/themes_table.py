"""From small to large in one table: the areas, the regions and the share of the city that each theme burdens."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from regsam_geo.areas.ids import numbered_name
from regsam_geo.situation import AT_LEAST
from regsam_geo.situation.shared_burdens import YEARS
from regsam_geo.summary.facts.report_facts import ReportFacts
from regsam_geo.text import NOT_AVAILABLE, format_number, format_period, join_words, say, shorten
from regsam_geo.warning import each_area

MOST_AREAS = 12
"""So many areas are named in a cell; the rest are counted."""
ARROWS = {"high": "▲", "low": "▼"}


def themes_table(facts: ReportFacts, most: int | None = None) -> dict[str, Any]:
    """Return the themes of the city as texts: title, caption, heads, and one row each, the widest first.

    ``most`` cuts the table where there is one sheet for it, and ``more`` says so.
    """
    lang = facts.study.language
    themes = facts.themes
    judged = bool(themes["n_judged"].any())
    rows = themes.to_dict("records")[:most]
    left = len(themes) - len(rows)
    heads = ["theme", "areas", "regions", "share", "since", "course", "warnings", *(["judged"] if judged else [])]
    return {
        "title": say("overview.themes", lang),
        "caption": say("report.themes.caption", lang, n=AT_LEAST, years=YEARS),
        "none": say("overview.no_themes", lang),
        "heads": [
            say("column.indicator", lang) if one == "theme" else say(f"report.themes.{one}", lang, years=YEARS)
            for one in heads
        ],
        "rows": [_row(row, facts, lang)[: len(heads)] for row in rows],
        "more": say("report.themes.more", lang, n=left) if left else "",
    }


def _row(row: dict[Any, Any], facts: ReportFacts, lang: str) -> list[str]:
    key = str(row["indicator"]), str(row["group"])
    naming = facts.study.namings.get(key)
    title = naming.short(lang) if naming else key[0]
    if row["direction"] == "low" and row["n_regions"]:
        title = say("report.themes.low", lang, title=title)
    cells = [title, NOT_AVAILABLE, NOT_AVAILABLE, NOT_AVAILABLE, NOT_AVAILABLE, NOT_AVAILABLE]
    if row["n_regions"]:
        cells[1] = _areas(row, facts, lang)
        cells[2] = say(
            "report.themes.counted",
            lang,
            n=row["n_regions"],
            of=len(facts.study.region_ids),
            names=join_words(str(row["regions"]).split(", "), lang),
        )
        cells[3] = _share(row, lang)
        cells[4] = _since(row, lang)
        cells[5] = _course(row, facts, lang)
    return [*cells, _warnings(row, facts, lang), _judged(row, lang)]


def _areas(row: dict[Any, Any], facts: ReportFacts, lang: str) -> str:
    """Name the areas as the map numbers them, areas of one's own by their names."""
    areas = [one for one in str(row["burdened_areas"]).split(", ") if one]
    if not areas:
        return say("report.themes.no_area", lang) if row["of_areas"] else NOT_AVAILABLE
    return say(
        "report.themes.counted",
        lang,
        n=len(areas),
        of=row["of_areas"],
        names=shorten([_called(one, facts) for one in areas], MOST_AREAS, lang),
    )


def _called(area: str, facts: ReportFacts) -> str:
    return str(facts.areas["name"].get(area, area)) if facts.level == "own" else numbered_name(area, "")


def _share(row: dict[Any, Any], lang: str) -> str:
    if not math.isfinite(float(row["share_cases"])):
        return NOT_AVAILABLE
    shares = {
        name: format_number(100 * float(row[f"share_{name}"]), unit="%", lang=lang) for name in ("cases", "people")
    }
    return say("report.themes.shares", lang, **shares)


def _since(row: dict[Any, Any], lang: str) -> str:
    since = format_period(str(row["since"]), lang)
    # the figures begin there, not what they tell
    return say("label.situation.at_least", lang, since=since) if row["always"] is True else since


def _course(row: dict[Any, Any], facts: ReportFacts, lang: str) -> str:
    """Say which way the common rate of these regions went, with the two figures that say so."""
    if not row["trend"]:
        return NOT_AVAILABLE
    naming = facts.study.namings[str(row["indicator"]), str(row["group"])]
    old, new = (naming.number(float(row[name]), lang) for name in ("value_before", "value"))
    word = say(f"trend.{row['trend']}", lang)
    return say("report.themes.stood" if old == new else "report.themes.moved", lang, word=word, old=old, new=new)


def _warnings(row: dict[Any, Any], facts: ReportFacts, lang: str) -> str:
    """Name the areas that warn on the side of the theme, each with what has become of it."""
    table = each_area(facts.warnings)
    side = table["direction"].map({"up": "high", "down": "low"}).fillna(table["direction"])
    mine = table[(table["indicator"] == row["indicator"]) & (table["group"] == row["group"])]
    mine = pd.DataFrame(mine[side.reindex(mine.index) == row["direction"]]).drop_duplicates("area_id")
    told = [
        say(
            "report.themes.warned",
            lang,
            status=say(f"status.{status}", lang),
            areas=shorten([_called(str(one), facts) for one in rows["area_id"]], MOST_AREAS, lang),
        )
        for status, rows in mine.groupby("status", sort=False)
    ]
    return f"{ARROWS[row['direction']]} {'; '.join(told)}" if told else say("report.themes.quiet", lang)


def _judged(row: dict[Any, Any], lang: str) -> str:
    """Name the regions in which people see need, and who they are."""
    if not row["n_judged"]:
        return NOT_AVAILABLE
    regions = join_words(str(row["judged_regions"]).split(", "), lang)
    bodies = join_words(str(row["bodies"]).split(", "), lang) if row["bodies"] else ""
    return f"{regions} ({bodies})" if bodies else regions
