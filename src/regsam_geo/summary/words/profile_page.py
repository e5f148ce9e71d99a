"""The sentences and texts of a profile; HTML, PDF and tables take every word and number from here."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from regsam_geo._version import __version__
from regsam_geo.charts.small_series import series_svg
from regsam_geo.charts.spine import spine_svg
from regsam_geo.indicators.naming import Naming, split_title
from regsam_geo.indicators.periods import years_before
from regsam_geo.summary.facts.region_summary import RELEVANT
from regsam_geo.summary.words.assessments import left_out
from regsam_geo.summary.words.region_content import DistrictRow, KeyFigure, Profile
from regsam_geo.summary.words.report_words import no_warning
from regsam_geo.text import NOT_AVAILABLE, format_number, format_period, join_words, say, shorten, with_name
from regsam_geo.warning import ICONS

SIDES = {"above": "▲", "below": "▼", "": "●"}
TRENDS = {"up": "↗", "down": "↘", "level": "→", "": ""}
MOST_QUESTIONS = 4
MOST_NEAR = 3
MOST_NEWS = 3
MOST_NAMED = 6
MOST_SAID = 8
MOST_ABREAST = 8
"""So many areas, or indicators, stand beside each other in the comparison of areas."""
UNTESTED = ("short_history", "no_neighbors", "not_comparable", "sizes_unknown")
"""Endings of the codes that say why nothing could be tested; otherwise a value is missing."""


def page_of(profile: Profile, map_svg: str, *, date: str | None = None, most_warnings: int = 99) -> dict[str, Any]:
    """Return a profile as one tree of texts and pictures, for the templates."""
    lang = profile.lang
    period = format_period(profile.period, lang)
    title = say("label.region", lang, id=profile.region)

    def words(code: str, **fields: Any) -> str:
        return say(f"profile.{code}", lang, **fields)

    return {
        "lang": lang,
        "kicker": words("kicker", period=period),
        "title": title,
        "subtitle": _subtitle(profile),
        "document_title": words("document_title", region=profile.region, name=profile.name, period=period),
        "map": {
            "svg": map_svg,
            "alt": map_alt(profile),
            "caption": words("map.caption", districts=shorten(_district_names(profile), MOST_NAMED, lang)),
        },
        "glance": {"title": words("glance"), "sentences": list(glance(profile))},
        "figures": {
            "title": words("figures"),
            "sides": sides_of(profile),
            "caption": words("figures.caption"),
            "heads": [
                words("head.indicator"),
                title,
                words("head.city"),
                words("head.rank"),
                words("head.spine"),
                words("head.change", before=format_period(profile.before, lang)),
                words("head.city_change"),
            ],
            "under": words("head.under"),
            "over": words("head.over"),
            "lower": words("head.lower"),
            "higher": words("head.higher"),
            "rows": [_figure_row(figure, lang) for figure in profile.figures],
            "legend": words("figures.legend"),
        },
        "warnings": _warnings(profile, most_warnings),
        "said": _said(profile),
        "series": {
            "title": words("series"),
            "caption": words("series.caption", period=period)
            + (" " + words("series.caption.districts") if len(profile.districts) > 1 else ""),
            "charts": [_chart(figure, profile) for figure in profile.figures],
        },
        "districts": _districts(profile),
        "notes": {
            "title": words("notes"),
            "paragraphs": [words("notes.figures"), *profile.notes],
        },
        "foot": words("foot", title=title, period=period),
        "page": words("page", page="{page}", pages="{pages}"),
        "date": words("date", date=date) if date else "",
        "generator": f"regsam_geo {__version__}",
    }


def _district_names(profile: Profile) -> list[str]:
    return [with_name(district, name) for district, name in profile.districts]


def detail_of(naming: Naming, lang: str) -> str:
    """Return what an indicator is a share of, and its group where two are called alike."""
    return split_title(naming.full(lang))[1]


def short_unit(naming: Naming, lang: str) -> str:
    """Return the unit where it is short enough to stand behind each number."""
    unit = naming.unit(lang)
    return unit if len(unit) <= 2 else ""


def number_of(value: float, naming: Naming, lang: str, *, sign: bool = False, unit: bool = True) -> str:
    """Write a value of an indicator; its unit only where it is short."""
    return format_number(value, naming.digits, short_unit(naming, lang) if unit else "", sign=sign, lang=lang)


def with_unit(value: float, naming: Naming, lang: str) -> str:
    """Write a value with its unit, however long that is, as sentences need it."""
    return format_number(value, naming.digits, naming.unit(lang), lang=lang)


def rank_text(figure: KeyFigure, lang: str) -> str:
    """Write ``3 von 16``."""
    if not math.isfinite(figure.rank):
        return NOT_AVAILABLE
    return say("profile.rank", lang, rank=int(figure.rank), n=figure.n_ranked)


def missing_words(sign: str, lang: str) -> str:
    """Say why a value is missing."""
    return say(f"sign.{sign}", lang) if sign else ""


def glance(profile: Profile) -> Iterator[str]:
    """Say in a few sentences what the key figures and warnings show, without reasons and verdicts."""
    lang = profile.lang

    def words(code: str, **fields: Any) -> str:
        return say(f"profile.glance.{code}", lang, **fields)

    # first what a meeting asks: what is new, where the region stands, how its districts differ
    yield news(profile)
    if profile.situation is not None:
        yield _standing(profile.situation, lang)
    yield from _spread(profile, lang)
    # Only what has a yardstick is counted as above or below.
    known = [figure for figure in profile.figures if math.isfinite(figure.ratio)]
    for side in ("above", "below"):
        chosen = [figure for figure in known if figure.side == side]
        if chosen:
            # On the logarithm: half of the city's value is as far from it as twice.
            far = max(chosen, key=lambda figure: abs(math.log(figure.ratio)) if figure.ratio > 0 else math.inf)
            yield words(
                f"far.{side}" if len(chosen) > 1 else f"only.{side}" if len(known) > 1 else f"alone.{side}",
                title=far.naming.short(lang),
                value=with_unit(far.value, far.naming, lang),
                city=with_unit(far.city, far.naming, lang),
                rank=words("rank", rank=rank_text(far, lang)) if far.n_ranked > 1 else "",
            )
    # Relative to the value before, so that a share and a density can be compared.
    moved = [figure for figure in known if figure.trend in ("up", "down") and figure.before > 0]
    if moved:
        most = max(moved, key=lambda figure: abs(figure.change / figure.before))
        yield words(
            f"moved.{most.trend}" if len(known) > 1 else f"moved.alone.{most.trend}",
            title=most.naming.short(lang),
            before=format_period(profile.before, lang),
            old=with_unit(most.before, most.naming, lang),
            new=with_unit(most.value, most.naming, lang),
            city=_moved_city(most, lang),
        )
    yield from _against(profile, known)


def _against(profile: Profile, figures: Sequence[KeyFigure]) -> Iterator[str]:
    """Say where the newest year goes against the five years before, of what is a burden or a relief first."""
    lang = profile.lang
    turned = [figure for figure in figures if figure.turn and figure.last > 0]
    turned = [figure for figure in turned if figure.naming.direction] or turned
    if not turned:
        return
    most = max(turned, key=lambda figure: abs(figure.value / figure.last - 1))
    still = ""
    if most.side:
        still = say(f"profile.glance.{'still' if most.still else 'now'}.{most.side}", lang)
    yield say(
        f"profile.glance.turned.{most.turn}",
        lang,
        title=most.naming.short(lang),
        before=format_period(profile.before, lang),
        last=format_period(years_before(profile.period, 1), lang),
        old=with_unit(most.last, most.naming, lang),
        new=with_unit(most.value, most.naming, lang),
        still=still,
    )


def _moved_city(figure: KeyFigure, lang: str) -> str:
    """Say how the city moved meanwhile; nothing where an earlier value of it is missing."""
    if not math.isfinite(figure.city_change):
        return ""
    old = with_unit(figure.city - figure.city_change, figure.naming, lang)
    return say("profile.glance.moved.city", lang, old=old, new=with_unit(figure.city, figure.naming, lang))


def news(profile: Profile) -> str:
    """Say what is new, what has ended and what is left of earlier reports; else that nothing warns."""
    lang = profile.lang

    def words(code: str, **fields: Any) -> str:
        return say(f"profile.news.{code}", lang, **fields)

    status = profile.warnings["status"]
    fresh = profile.warnings[status.isin(["new", "returning"])]
    left = {"continuing": int((status == "continuing").sum()), "open": int((status == "open").sum())}
    left["long"] = profile.n_folded
    if profile.warnings.empty and profile.ended.empty and not profile.n_folded:
        return no_warning(profile.tests, lang)
    said = []
    if len(fresh):
        said.append(words("new", titles=_places(profile, fresh)))
    run_out = profile.ended["how"] == "run_out"
    for code, rows in (("ended", profile.ended[~run_out]), ("run_out", profile.ended[run_out])):
        if len(rows):
            said.append(words(code, titles=_places(profile, rows)))
    if not said:
        said.append(words("nothing") if profile.tests.done else say("report.sentence.untested", lang))
    if any(left.values()):
        parts = [words(name, n=n) for name, n in left.items() if n]
        said.append(words("left", parts=join_words(parts, lang)))
    return " ".join(said)


def _places(profile: Profile, rows: pd.DataFrame) -> str:
    """Write ``Arbeitslose (17), Hochbetagte (18)``."""
    titles = {row.naming.key: row.naming.short(profile.lang) for row in profile.rows}
    told = [
        f"{titles.get((row['indicator'], row['group']), row['indicator'])} ({row.get('areas', row['area_id'])})"
        for row in rows.to_dict("records")
    ]
    return shorten(told, MOST_NEWS, profile.lang)


def sides_of(profile: Profile) -> str:
    """Count what lies above, below and near the city; empty where a single indicator would be counted."""
    known = [figure.side for figure in profile.figures if math.isfinite(figure.ratio)]
    if len(known) < 2:
        return ""
    parts = [
        say(f"profile.sides.{side or 'near'}", profile.lang, n=known.count(side))
        for side in ("above", "below", "")
        if side in known
    ]
    return say("profile.sides", profile.lang, n=len(known), parts=", ".join(parts))


def _standing(situation: Mapping[str, Any], lang: str) -> str:
    """Say where a region stands among the regions, and which ranks would be possible as well."""
    low, high = situation["rank_low"], situation["rank_high"]
    interval = ""
    if math.isfinite(low) and low < high:
        interval = say("profile.glance.interval", lang, low=int(low), high=int(high))
    direction = ""
    if situation["direction"]:
        words = say(f"label.situation.direction.{situation['direction']}", lang)
        direction = say("profile.glance.direction", lang, direction=words)
    return say(
        "profile.glance.situation",
        lang,
        burden=say(f"label.situation.burden.{situation['burden']}", lang),
        direction=direction,
        rank=int(situation["rank"]),
        n=situation["n"],
        interval=interval,
    )


def _spread(profile: Profile, lang: str) -> Iterator[str]:
    """Say on which indicator the districts of a region lie farthest apart, against the value of the city."""
    known = [row for row in profile.rows if sum(map(math.isfinite, row.values)) > 1 and row.city > 0]
    # what is a burden or a relief first: how densely people live differs most, and asks for nothing
    rows = [row for row in known if row.naming.direction] or known
    ids = [district for district, _ in profile.districts]
    if not rows:
        return
    row = max(rows, key=lambda one: (np.nanmax(one.values) - np.nanmin(one.values)) / one.city)
    ordered = sorted((value, area) for value, area in zip(row.values, ids, strict=True) if math.isfinite(value))
    (low, low_area), (high, high_area) = ordered[0], ordered[-1]
    fields = {"low": with_unit(low, row.naming, lang), "high": with_unit(high, row.naming, lang)}
    if fields["low"] != fields["high"]:
        title = row.naming.short(lang)
        code = "profile.glance.spread" if len(rows) > 1 else "profile.glance.spread.only"
        yield say(code, lang, title=title, low_area=low_area, high_area=high_area, **fields)


def _figure_row(figure: KeyFigure, lang: str) -> dict[str, Any]:
    naming = figure.naming
    return {
        "title": naming.short(lang),
        "detail": detail_of(naming, lang),
        "value": number_of(figure.value, naming, lang),
        "missing": missing_words(figure.sign, lang),
        "city": number_of(figure.city, naming, lang),
        "rank": rank_text(figure, lang),
        "side": figure.side,
        "spine": {"svg": spine_svg(figure.value, figure.city, figure.peers), "alt": spine_alt(figure, lang)},
        "change": number_of(figure.change, naming, lang, sign=True, unit=False),
        "trend_sign": TRENDS[figure.trend],
        "share": share_of_change(figure, lang),
        "trend": trend_words(figure, lang),
        "city_change": number_of(figure.city_change, naming, lang, sign=True, unit=False),
    }


def trend_words(figure: KeyFigure, lang: str) -> str:
    """Write ``gestiegen; zuletzt gesunken``: the five years, and the newest one where it goes against them."""
    if not figure.trend:
        return ""
    words = say(f"profile.trend.{figure.trend}", lang)
    return f"{words}; {say(f'profile.turn.{figure.turn}', lang)}" if figure.turn else words


def share_of_change(figure: KeyFigure, lang: str) -> str:
    """Write by how much of the earlier value a figure changed: the reason why it is called a change, or is not.

    What is too little to be called one has the decimals by which that is seen.
    """
    if not figure.trend or not figure.before > 0:
        return ""
    share = 100 * figure.change / figure.before
    decimals = 0
    while figure.trend == "level" and decimals < 2 and abs(round(share, decimals)) >= 100 * RELEVANT > abs(share):
        decimals += 1
    return format_number(share, decimals, "%", sign=True, lang=lang)


def spine_alt(figure: KeyFigure, lang: str) -> str:
    """Describe one row of the spine chart in words."""
    known = [peer for peer in figure.peers if math.isfinite(peer)]
    # A picture of nothing says so in words: an empty alternative text would read as decoration.
    if not known or not math.isfinite(figure.value) or not math.isfinite(figure.city):
        return say("profile.alt.spine_empty", lang, title=figure.naming.short(lang))
    side = say(f"profile.side.{figure.side or 'near'}", lang)
    return say(
        "profile.alt.spine",
        lang,
        title=figure.naming.short(lang),
        value=number_of(figure.value, figure.naming, lang),
        side=side,
        city=number_of(figure.city, figure.naming, lang),
        low=number_of(min(known), figure.naming, lang),
        high=number_of(max(known), figure.naming, lang),
    )


def _chart(figure: KeyFigure, profile: Profile) -> dict[str, str]:
    lang = profile.lang
    return {
        "title": figure.naming.short(lang),
        "unit": figure.naming.unit(lang).replace(" ", "\N{NO-BREAK SPACE}"),
        "alt": series_alt(figure, profile),
        "svg": series_svg(
            profile.periods,
            figure.series,
            figure.city_series,
            parts=figure.district_series,
            expected=figure.expected,
            band=figure.band,
            decimals=figure.naming.digits,
            lang=profile.lang,
        ),
    }


def series_alt(figure: KeyFigure, profile: Profile) -> str:
    """Describe a series in words: both ends, the highest and the lowest value, city and expectation."""
    lang, naming = profile.lang, figure.naming
    known = [
        (period, value) for period, value in zip(profile.periods, figure.series, strict=True) if value == value
    ]
    if not known:
        return say("profile.alt.series_empty", lang, title=naming.short(lang))
    highest, lowest = max(known, key=lambda pair: pair[1]), min(known, key=lambda pair: pair[1])

    def written(pair: tuple[str, float]) -> str:
        return f"{format_period(pair[0], lang)}: {number_of(pair[1], naming, lang)}"

    fields = {
        "title": naming.short(lang),
        "first": written(known[0]),
        "last": written(known[-1]),
        "highest": written(highest),
        "lowest": written(lowest),
        "city": number_of(figure.city, naming, lang),
    }
    text = say("profile.alt.series", lang, **fields)
    if math.isfinite(figure.expected):
        expected = number_of(figure.expected, naming, lang)
        low, high = figure.band[-1]
        ends = {"low": number_of(low, naming, lang), "high": number_of(high, naming, lang)}
        code = "profile.alt.band" if math.isfinite(low) else "profile.alt.expected"
        text += " " + say(code, lang, expected=expected, **(ends if math.isfinite(low) else {}))
    return text


def map_alt(profile: Profile) -> str:
    """Describe the map of the region in words."""
    lang = profile.lang
    return say(
        "profile.alt.map",
        lang,
        region=profile.region,
        districts=join_words(_district_names(profile), lang),
        n=len(profile.districts),
        neighbors=join_words([with_name(district, name) for district, name in profile.neighbors], lang),
    )


def _warnings(profile: Profile, most: int) -> dict[str, Any]:
    lang = profile.lang
    items = [
        {
            "icon": ICONS[row["urgency"]],
            "level": say(f"urgency.{row['urgency']}", lang),
            "status": _status(row, lang),
            "short": row["short"],
            "sentence": row[f"sentence_{lang}"],
        }
        for row in profile.warnings.to_dict("records")
    ]
    # Counted and not dropped: a page that ends silently would say that there is no more.
    more = [say("profile.warnings.more", lang, n=len(items) - most)] if len(items) > most else []
    if profile.n_folded:
        code = "profile.warnings.folded" if items else "profile.warnings.folded_alone"
        more.append(say(code, lang, n=profile.n_folded))
    nothing = not items and not profile.n_folded
    return {
        "title": say("profile.warnings", lang),
        "none": [say(f"profile.warnings.{'none' if profile.tests.done else 'untested'}", lang)] if nothing else [],
        "intro": say("note.warning", lang),
        "why": say("report.page.why", lang),
        "items": items[:most],
        "more": " ".join(more),
        "near": [
            say("profile.warnings.near", lang, sentence=sentence)
            # where not even all warnings find room, nothing else takes it from them
            for sentence in profile.next_places["short"].head(0 if len(items) > most else MOST_NEAR)
        ],
        "questions": list(question_sentences(profile)),
        "untested": list(untested_sentences(profile)),
    }


def _status(row: Mapping[Any, Any], lang: str) -> str:
    """Write ``noch offen, seit 2022``; what is new is new."""
    status = say(f"status.{row['status']}", lang)
    if row["status"] == "new":
        return status
    return say("profile.warnings.since", lang, status=status, since=format_period(str(row["since"]), lang))


def question_sentences(profile: Profile, most: int = MOST_QUESTIONS) -> Iterator[str]:
    """Name the questions about the data of the region, and count those beyond the first few."""
    sentences = list(profile.questions[f"sentence_{profile.lang}"]) if len(profile.questions) else []
    yield from sentences[:most]
    if len(sentences) > most:
        yield say("profile.questions.more", profile.lang, n=len(sentences) - most)


def untested_sentences(profile: Profile) -> Iterator[str]:
    """Say which indicators could not be tested and why, one sentence per question and reason."""
    lang = profile.lang
    titles = {row.naming.key: row.naming.short(lang) for row in profile.rows}
    # The codes of the detectors, shortened to what a reader can do something with.
    why = [
        next((end for end in UNTESTED if str(reason).endswith(end)), "missing")
        for reason in profile.untested["reason"]
    ]
    if not profile.tests.in_time and profile.tests.done:
        yield say("note.not_in_time", lang)
    for (kind, end), part in profile.untested.assign(why=why).groupby(["kind", "why"], sort=False):
        keys = dict.fromkeys(part[["indicator", "group"]].itertuples(index=False, name=None))
        named = [titles[key] for key in keys if key in titles]
        if named:
            yield say(
                "profile.untested",
                lang,
                kind=say(f"kind.{kind}", lang),
                why=say(f"profile.untested.{end}", lang),
                titles=shorten(named, 12, lang),
            )


def _subtitle(profile: Profile) -> str:
    """Return the name of the region; of one that is called by its name alone, what it is one of."""
    if profile.name != profile.region:
        return profile.name.replace("/", " / ")
    of = profile.terms.regions
    return "" if of == say("label.level.own_regions", profile.lang) else of


def _said(profile: Profile) -> dict[str, Any]:
    """Lay out what bodies have said: state, what it is about, and their words."""
    lang = profile.lang
    rows = [
        {
            "word": one["word"],
            "until": say("assessment.line.until", lang, until=one["until"]).strip(" ,") if one["until"] else "",
            "about": ": ".join(part for part in (one["area"], one["title"]) if part),
            "lines": one["lines"],
        }
        for one in profile.said[:MOST_SAID]
    ]
    rest = len(profile.said) - len(rows)
    return {
        "title": say("assessments.page", lang),
        "caption": " ".join([say("assessments.caption", lang), *left_out([row["lines"] for row in rows], lang)]),
        "rows": rows,
        "more": say("assessments.more", lang, n=rest) if rest > 0 else "",
    }


def _districts(profile: Profile) -> dict[str, Any]:
    lang = profile.lang
    single = len(profile.districts) == 1
    heads = [say("profile.head.indicator", lang)]
    heads += _district_names(profile)
    if not single:
        heads.append(say("label.region", lang, id=profile.region))
    heads.append(say("profile.head.city", lang))
    rows = [
        {
            "title": row.naming.short(lang),
            "detail": _detail_of_row(row, lang),
            "cells": district_cells(row, lang, with_region=not single),
        }
        for row in profile.rows
    ]
    # Counts that depend on the size of an area are shown and not compared: the caption names them.
    gaps = [row for row in profile.rows if not row.comparable]
    notes = [say("profile.districts.incomparable", lang, title=row.naming.short(lang)) for row in gaps]
    rounded = [row.naming.short(lang) for row in profile.rows if row.rounded and row.comparable]
    if rounded:
        notes.append(say("profile.districts.rounded", lang, titles=join_words(rounded, lang)))
    many = len(profile.districts) > MOST_ABREAST
    return {
        "title": say("profile.districts", lang),
        "caption": say("profile.districts.single" if single else "profile.districts.caption", lang),
        "tables": list(_turned(heads, rows, lang)) if many else [{"heads": heads, "rows": rows}],
        "turned": many,
        "n": len(profile.districts),
        "ids": [district for district, _ in profile.districts],
        "names": ", ".join(_district_names(profile)),
        "notes": notes,
    }


def _turned(heads: list[str], rows: list[dict[str, Any]], lang: str) -> Iterator[dict[str, Any]]:
    """Lay a comparison of many areas out as a row for each, in tables of a few indicators."""
    for first in range(0, len(rows), MOST_ABREAST):
        part = rows[first : first + MOST_ABREAST]
        titles = [", ".join(filter(None, (row["title"], row["detail"]))) for row in part]
        yield {
            "heads": [say("column.area", lang), *titles],
            "rows": [
                {"title": area, "detail": "", "cells": [row["cells"][place] for row in part]}
                for place, area in enumerate(heads[1:])
            ],
        }


def _detail_of_row(row: DistrictRow, lang: str) -> str:
    """Return what stands small beside a title; what it is a share of stands above, where it is compared."""
    if row.naming.title_is_shared and row.comparable:
        return row.naming.group_words(lang)
    return "" if row.comparable else detail_of(row.naming, lang)


def district_cells(row: DistrictRow, lang: str, *, with_region: bool) -> Sequence[str]:
    """Write the cells of the comparison; a missing value says why."""
    cells = [
        number_of(value, row.naming, lang) if math.isfinite(value) else missing_words(sign, lang) or NOT_AVAILABLE
        for value, sign in zip(row.values, row.signs, strict=True)
    ]
    if with_region:
        cells.append(number_of(row.region, row.naming, lang))
    return [*cells, number_of(row.city, row.naming, lang)]
