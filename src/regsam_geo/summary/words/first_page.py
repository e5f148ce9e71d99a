"""The first page of a report: where areas stand, what is new, and where to look next, one line each."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from regsam_geo.areas.ids import numbered_name
from regsam_geo.maps.categories import SYMBOLS
from regsam_geo.situation import BURDENS, DIRECTIONS, FIRM, SituationTable
from regsam_geo.situation.history import COLORS
from regsam_geo.summary.facts.report_facts import ReportFacts
from regsam_geo.summary.words.report_words import tests_of
from regsam_geo.text import format_number, format_period, join_words, say
from regsam_geo.warning import SILENT, is_long_open, short_sentence

MOST_LINES = 5
"""So many lines a list has on the first page; the rest are counted, and stand below."""


def first_page(facts: ReportFacts) -> dict[str, Any]:
    """Return the texts of the first page, in the order of its questions."""
    lang = facts.study.language
    warnings = facts.warnings
    recent = warnings[~is_long_open(warnings).to_numpy()]
    tests = tests_of(warnings)
    lists = [
        *_of_situation(facts, lang),
        # silence of tests that could not be made is not told as silence of the figures
        _listed(
            "new",
            _lines(facts, recent[recent["status"].isin(["new", "returning"])], lang),
            lang,
            none="first.new.none" if tests.done else "first.new.untested",
        ),
        _listed("ended", _ended(facts, lang), lang),
        _listed("open", _lines(facts, recent[recent["status"].isin(["continuing", *SILENT])], lang), lang),
    ]
    return {
        "alt": situation_in_words(facts.situation, lang),
        "legend": situation_legend(facts.situation, lang),
        "lists": lists,
        "tests": say("first.tests", lang, done=tests.done, all=tests.asked),
        "next_title": say("first.next", lang),
        "next": list(_lines(facts, warnings.next_places, lang)),
        "next_note": say("first.next_note", lang),
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
    classed = situation[situation["burden"].isin(BURDENS)]
    lost = ~classed["direction"].isin(DIRECTIONS)
    # of a first period nobody knows a direction: the classes are counted alone
    ways = () if lost.all() else DIRECTIONS
    counts = pd.crosstab(classed["burden"], classed["direction"]).reindex(
        index=BURDENS[::-1], columns=ways or [""], fill_value=0
    )
    notes = [say("label.map.situation.indicators", lang, indicators=join_words(situation.facts.titles, lang))]
    if situation.facts.earlier:
        since = format_period(situation.facts.earlier, lang)
        notes.insert(0, say("label.map.situation.direction", lang, since=since))
    return {
        "title": f"{say('label.map.situation', lang)} {format_period(situation.facts.period, lang)}",
        "head": say("label.situation.burden", lang),
        "directions": [
            {"arrow": SYMBOLS.get(word, "–"), "word": say(f"label.map.direction.{word}", lang)} for word in ways
        ]
        or [{"arrow": "", "word": say(f"label.level.{situation.facts.level}", lang)}],
        "burdens": [
            {
                "word": say(f"label.situation.burden.{burden}", lang),
                "color": COLORS[burden][0],
                "ink": COLORS[burden][1],
                "counts": [format_number(int(count), lang=lang) for count in row],
            }
            for burden, row in zip(counts.index, counts.to_numpy(), strict=True)
        ],
        "soft": _counted("label.map.situation.soft", situation["holds"] < FIRM, lang),
        "unclassed": _counted("label.map.not_classed", ~situation["burden"].isin(BURDENS), lang),
        "notes": [*filter(None, [ways and _counted("label.map.situation.no_direction", lost, lang)]), *notes],
    }


def _counted(code: str, which: pd.Series, lang: str) -> str:
    """Write a row of the legend with its number of areas; empty where there are none."""
    return f"{say(code, lang)}: {format_number(int(which.sum()), lang=lang)}" if which.any() else ""


def short_line(row: dict[str, Any], facts: ReportFacts, lang: str) -> str:
    """Say one place in a dozen words: area, indicator, its value, and what it is measured by."""
    line = short_sentence(row, facts.study.namings, facts.areas["name"].to_dict(), lang)
    return f"{line}, {turn}" if (turn := _turn(row, facts, lang)) else line


def _turn(row: dict[str, Any], facts: ReportFacts, lang: str) -> str:
    """Say that the newest step goes against what is warned of, where it is seen in print; else nothing."""
    if row["direction"] not in ("up", "down"):
        return ""
    key = str(row["indicator"]), str(row["group"])
    naming = facts.study.namings[key]
    before = facts.values_before.get((*key, str(row["area_id"])), math.nan)
    printed = naming.number(before, lang), naming.number(row["value"], lang)
    if not math.isfinite(before) or len(set(printed)) == 1:
        return ""
    fell = bool(row["value"] < before)
    return say(f"first.line.{'fell' if fell else 'rose'}", lang) if fell == (row["direction"] == "up") else ""


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
            area=numbered_name(row["area_id"], str(names.get(row["area_id"], ""))),
            title=facts.study.naming(row["indicator"], row["group"]).short(lang),
            n=facts.warnings.facts.settings.lookback or 0,
        )
        for row in facts.warnings.facts.ended.to_dict("records")
    ]


def _listed(name: str, lines: Iterable[str], lang: str, none: str = "", **fields: str) -> dict[str, Any]:
    """Return one list with its heading; a line that says so where it is empty, a count of what does not fit."""
    all_lines = list(lines)
    more = len(all_lines) - MOST_LINES
    return {
        "name": name,
        "title": say(f"first.{name}", lang, **fields),
        "lines": all_lines[:MOST_LINES],
        "more": say("first.more", lang, n=more) if more > 0 else "",
        "none": say(none or f"first.{name}.none", lang),
    }


def _names(situation: SituationTable) -> list[str]:
    return [numbered_name(str(area), str(name or "")) for area, name in situation["area_name"].items()]
