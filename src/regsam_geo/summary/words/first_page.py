"""The first page of a report: where areas stand, what is new, and where to look next, one line each."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from regsam_geo.look.colors import readable_on
from regsam_geo.look.theme import get_theme
from regsam_geo.maps.categories import SYMBOLS, burden_colors
from regsam_geo.situation import BURDENS, DIRECTIONS, FIRM, SituationTable
from regsam_geo.summary.facts.report_facts import ReportFacts
from regsam_geo.text import format_number, format_period, join_words, say
from regsam_geo.warning import areas_of, is_long_open

MOST_LINES = 5
"""So many lines a list has on the first page; the rest are counted, and stand below."""
NO_BREAK = "\N{NO-BREAK SPACE}"
TEMPORAL = {"up": "▲", "down": "▼"}


def first_page(facts: ReportFacts) -> dict[str, Any]:
    """Return the texts of the first page, in the order of its questions."""
    lang = facts.study.language
    warnings = facts.warnings
    recent = warnings[~is_long_open(warnings).to_numpy()]
    lists = [
        *_of_situation(facts, lang),
        _listed("new", _lines(facts, recent[recent["status"].isin(["new", "returning"])], lang), lang),
        _listed("ended", _ended(facts, lang), lang),
        _listed("open", _lines(facts, recent[recent["status"].isin(["continuing", "open"])], lang), lang),
    ]
    return {
        "alt": situation_in_words(facts.situation, lang),
        "legend": situation_legend(facts.situation, lang),
        "lists": lists,
        "next_title": say("first.next", lang),
        "next": list(_lines(facts, warnings.next_places, lang)),
        "next_note": say("first.next_note", lang),
        "themes_title": say("overview.themes", lang),
        "themes": list(facts.themes[f"sentence_{lang}"]),
        "no_themes": say("overview.no_themes", lang),
    }


def situation_in_words(situation: SituationTable | None, lang: str) -> str:
    """Say what the map of the situation shows, for whoever does not see it; empty where there is none."""
    if situation is None:
        return ""
    parts = [
        say(
            "first.map.class",
            lang,
            burden=say(f"label.situation.burden.{burden}", lang),
            areas=join_words(names, lang),
        )
        for burden in ("very_high", "high", "medium", "low")
        if (names := _names(situation[situation["burden"] == burden]))
    ]
    return say("first.map", lang, period=format_period(situation.facts.period, lang), classes=" ".join(parts))


def situation_legend(situation: SituationTable | None, lang: str) -> dict[str, Any]:
    """Return the legend of the map of the situation: how many areas stand where and move which way."""
    if situation is None:
        return {}
    colors = burden_colors(get_theme())
    counts = pd.crosstab(situation["burden"], situation["direction"]).reindex(
        index=BURDENS[::-1], columns=DIRECTIONS, fill_value=0
    )
    notes = [say("label.map.situation.indicators", lang, indicators=join_words(situation.facts.titles, lang))]
    if situation.facts.earlier:
        since = format_period(situation.facts.earlier, lang)
        notes.insert(0, say("label.map.situation.direction", lang, since=since))
    return {
        "directions": [
            {"arrow": SYMBOLS.get(word, "–"), "word": say(f"label.map.direction.{word}", lang)}
            for word in DIRECTIONS
        ],
        "burdens": [
            {
                "word": say(f"label.situation.burden.{burden}", lang),
                "color": colors[burden],
                "ink": readable_on(colors[burden], get_theme().ink),
                "counts": [format_number(int(count), lang=lang) for count in row],
            }
            for burden, row in zip(counts.index, counts.to_numpy(), strict=True)
        ],
        "soft": _counted("label.map.situation.soft", situation["holds"] < FIRM, lang),
        "unclassed": _counted("label.map.not_classed", ~situation["burden"].isin(BURDENS), lang),
        "notes": notes,
    }


def _counted(code: str, which: pd.Series, lang: str) -> str:
    """Write a row of the legend with its number of areas; empty where there are none."""
    return f"{say(code, lang)}: {format_number(int(which.sum()), lang=lang)}" if which.any() else ""


def short_line(row: dict[str, Any], facts: ReportFacts, lang: str) -> str:
    """Say one place in a dozen words: area, indicator, its value, and what it is measured by."""
    naming = facts.study.naming(str(row["indicator"]), str(row["group"]))
    value = naming.number(row["value"], lang)
    fields = {"area": _areas(row, facts), "title": naming.short(lang), "value": value}
    direction = str(row["direction"])
    expected = row["expected"]
    if direction in TEMPORAL and _is_number(expected):
        return say(
            "first.line.expected",
            lang,
            arrow=TEMPORAL[direction],
            expected=naming.number(expected, lang),
            **fields,
        )
    # what an area is set beside: the city, or the places around it
    kind = "neighbors" if str(row.get("kind", row.get("kinds", ""))).startswith(("spatial", "cluster")) else "city"
    other = expected if kind == "neighbors" or not _is_number(row.get("city")) else row["city"]
    if direction in ("high", "low") and _is_number(other):
        return say(f"first.line.{kind}", lang, other=naming.number(other, lang), **fields)
    return say("first.line", lang, **fields)


def _of_situation(facts: ReportFacts, lang: str) -> Iterator[dict[str, Any]]:
    """Name the burdened, and those of them where the burden grows more than elsewhere."""
    situation = facts.situation
    if situation is None:
        return
    ordered = situation.sort_values("rank", kind="stable")
    lines = [
        say(
            "first.burden",
            lang,
            burden=say(f"label.situation.burden.{burden}", lang),
            areas=join_words(names, lang),
        )
        for burden in ("very_high", "high")
        if (names := _names(ordered[ordered["burden"] == burden]))
    ]
    yield _listed("burdened", lines, lang)
    if situation.facts.earlier:
        since = format_period(situation.facts.earlier, lang)
        yield _listed("worsening", _names(situation.worsening), lang, since=since)


def _lines(facts: ReportFacts, rows: pd.DataFrame, lang: str) -> list[str]:
    return [short_line(row, facts, lang) for row in rows.to_dict("records")]


def _ended(facts: ReportFacts, lang: str) -> list[str]:
    names = facts.study.layer()["name"] if facts.level in facts.study.layers else pd.Series(dtype="str")
    return [
        say(
            f"first.ended.{row['how']}",
            lang,
            area=_area({**row, "area_name": names.get(row["area_id"], "")}),
            title=facts.study.naming(row["indicator"], row["group"]).short(lang),
        )
        for row in facts.warnings.facts.ended.to_dict("records")
    ]


def _listed(name: str, lines: Iterable[str], lang: str, **fields: str) -> dict[str, Any]:
    """Return one list with its heading; a line that says so where it is empty, a count of what does not fit."""
    all_lines = list(lines)
    more = len(all_lines) - MOST_LINES
    return {
        "name": name,
        "title": say(f"first.{name}", lang, **fields),
        "lines": all_lines[:MOST_LINES],
        "more": say("first.more", lang, n=more) if more > 0 else "",
        "none": say(f"first.{name}.none", lang),
    }


def _names(situation: SituationTable) -> list[str]:
    return [_area({"area_id": area, "area_name": name}) for area, name in situation["area_name"].items()]


def _areas(row: dict[str, Any], facts: ReportFacts) -> str:
    """Write all areas of a row, the one first that its figures are of."""
    names = facts.areas["name"]
    own = str(row["area_id"])
    others = [area for area in areas_of(row) if area != own]
    beside = [_area({"area_id": area, "area_name": names.get(area, "")}) for area in others]
    return ", ".join([_area(row), *beside])


def _area(row: dict[str, Any]) -> str:
    """Write ``22 Aubing-Lochhausen-Langwied``; what has no name by its id, and own ids that are names once."""
    area, name = str(row["area_id"]), str(row["area_name"] or "")
    number = area.lstrip("0") or area
    return number if name in ("", area) else f"{number}{NO_BREAK}{name}"


def _is_number(value: object) -> bool:
    return isinstance(value, float | int) and math.isfinite(value)
