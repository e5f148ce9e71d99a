"""The tables of a meeting pack: key figures, development, districts, warnings, and how to read them."""

from __future__ import annotations

import pandas as pd

from regsam_geo.areas import CITY_ID
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.summary.facts.profile_facts import ProfileFacts
from regsam_geo.summary.words.assessments import assessment_table
from regsam_geo.summary.words.profile_page import missing_words, question_sentences, untested_sentences
from regsam_geo.summary.words.region_content import Profile
from regsam_geo.summary.words.report_words import region_label, source_notes, warning_table, with_words
from regsam_geo.summary.words.summary_words import class_words
from regsam_geo.summary.words.tables import Column, Table
from regsam_geo.text import format_period, say, with_name
from regsam_geo.warning import URGENCIES, stand_in

_TITLE = (Column("title", "column.indicator", width=36), Column("unit", "column.unit", width=12))
_VALUE = Column("value", "column.value", decimals="decimals")
_MISSING = Column("missing", "column.missing", width=20)
_BASES = (
    Column("numerator", "column.numerator", decimals=1, width=12),
    Column("denominator", "column.denominator", decimals=1, width=12),
)
_CITY = (
    Column("city", "column.city", decimals="decimals"),
    Column("difference", "column.difference", decimals="decimals", signed=True),
    Column("ratio", "column.ratio", decimals=2),
)
_CHANGES = tuple(
    Column(name, f"column.{name}", decimals="decimals", signed=True)
    for name in ("change_1", "city_change_1", "change_5", "city_change_5")
)
WARNING_COUNTS = (
    Column("n_warnings", "column.warnings", decimals=0),
    *(Column(f"n_{urgency}", f"column.n_{urgency}", decimals=0) for urgency in reversed(URGENCIES)),
)

KEY_FIGURES = (
    *_TITLE,
    _VALUE,
    _MISSING,
    *_CITY,
    Column("rank", "column.rank_of", decimals=0),
    Column("n_ranked", "column.n_ranked", decimals=0),
    Column("expected", "column.expected", decimals="decimals"),
    *_CHANGES,
    Column("trend_word", "column.trend", width=14),
    Column("class_word", "column.class", width=16),
    Column("lowest", "column.lowest", decimals="decimals"),
    Column("highest", "column.highest", decimals="decimals"),
    *_BASES,
    *WARNING_COUNTS,
)
DEVELOPMENT = (
    Column("title", "column.indicator", width=74),
    _TITLE[1],
    Column("period", "column.period", width=14),
    Column("area", "column.area", width=34),
    _VALUE,
)
DISTRICTS = (
    Column("area", "column.district", width=34),
    *_TITLE,
    _VALUE,
    _MISSING,
    *_CITY,
    Column("rank", "column.rank_of", decimals=0),
    Column("n", "column.n_ranked", decimals=0),
    *_CHANGES,
    *_BASES,
)
READING = (Column("text", "column.text", width=80),)


def tables_of(facts: ProfileFacts, profile: Profile) -> dict[str, Table]:
    """Return the tables of one region by the stem of their CSV file, in the order of their sheets."""
    lang = facts.study.language
    computed = (key_figures(facts, profile), development(facts, profile), districts(facts, profile))
    warned = warning_table(facts.report)
    mine = warned.frame[stand_in(warned.frame, [district for district, _ in profile.districts])]
    notes = tuple(source_notes(facts.report))
    title = say("pack.title.warnings", lang, region=profile.region, period=facts.period)
    warnings = Table(mine, warned.columns, title, (say("note.warning", lang), *notes))
    # In the order of the sheets, the last of which tells how to read the others.
    stems = ("figures", "development", "districts", "warnings", "reading")
    tables = (*computed, warnings, reading(profile))
    named = {say(f"pack.table.{stem}", lang): table for stem, table in zip(stems, tables, strict=True)}
    said = assessment_table(facts.report, profile.region)
    return named if said is None else {**named, say("assessments.page", lang): said}


def key_figures(facts: ProfileFacts, profile: Profile) -> Table:
    """Describe the key figures of a region."""
    lang = facts.study.language
    rows = facts.report.regions
    frame = with_words(rows[rows["region_id"] == profile.region], facts.report)
    expected = [
        facts.expected.get((row["indicator"], row["group"], profile.region), float("nan"))
        for row in frame.to_dict("records")
    ]
    frame = frame.assign(
        expected=expected,
        missing=[missing_words(sign, lang) for sign in frame["sign"]],
        class_word=[class_words(name, lang) for name in frame["class"]],
        trend_word=[say(f"profile.trend.{word}", lang) if word else "" for word in frame["trend"]],
    )
    title = say("pack.title.figures", lang, region=profile.region, period=facts.period)
    return Table(frame, KEY_FIGURES, title, profile.notes)


def development(facts: ProfileFacts, profile: Profile) -> Table:
    """Describe the series of the region, its districts and the city."""
    lang = facts.study.language
    places = [("region", profile.region, region_label(profile.region, lang))]
    # A region of one district is that district: its series would stand there twice.
    if len(profile.districts) > 1:
        places += [(facts.level, district, with_name(district, name)) for district, name in profile.districts]
    places.append(("city", CITY_ID, say("column.city", lang)))
    rows = [
        (*key, format_period(period, lang), place, value)
        for key in facts.keys
        if (*key, "region", profile.region) in facts.series.index
        for level, area, place in places
        for period, value in zip(facts.series.columns, facts.values(key, level, area), strict=True)
        # A gap has no row here; the table of key figures says why a value is missing.
        if value == value
    ]
    frame = with_words(pd.DataFrame(rows, columns=[*CATALOGUE_KEY, "period", "area", "value"]), facts.report)
    title = say("pack.title.development", lang, region=profile.region)
    return Table(frame, DEVELOPMENT, title, profile.notes)


def districts(facts: ProfileFacts, profile: Profile) -> Table:
    """Describe the districts of a region beside the city."""
    lang = facts.study.language
    compared = facts.report.compared
    ids = [district for district, _ in profile.districts]
    names = dict(profile.districts)
    mine = compared[
        (compared["period"] == facts.period) & (compared["level"] == facts.level) & compared["area_id"].isin(ids)
    ]
    by = [*CATALOGUE_KEY, "area_id"]
    current = facts.current[facts.current["level"] == facts.level]
    frame = mine.drop(columns="value").merge(
        current[[*by, "value", "numerator", "denominator", "sign"]], on=by, validate="one_to_one"
    )
    # figures that depend on how large an area is have no yardstick in the city
    lone = {row.naming.key for row in profile.rows if not row.comparable}
    alone = [key in lone for key in zip(frame["indicator"], frame["group"], strict=True)]
    for column in ("city", "difference", "ratio", "city_change_1", "city_change_5"):
        frame[column] = frame[column].mask(pd.Series(alone, index=frame.index))
    order = {key: place for place, key in enumerate(facts.keys)}
    keys = list(zip(frame["indicator"], frame["group"], strict=True))
    frame = frame.assign(
        place=[order.get(key, len(order)) for key in keys],
        missing=[missing_words(sign, lang) for sign in frame["sign"]],
        area=[with_name(area, names[area]) for area in frame["area_id"]],
    )
    frame = with_words(frame.sort_values(["area_id", "place"]).drop(columns="place"), facts.report)
    title = say("pack.title.districts", lang, region=profile.region, period=facts.period)
    return Table(frame, DISTRICTS, title, profile.notes)


def reading(profile: Profile) -> Table:
    """Gather what has to be known to read the tables."""
    lang = profile.lang
    texts = [
        say("note.warning", lang),
        say("profile.notes.figures", lang),
        say("profile.notes.expected", lang),
        *question_sentences(profile, most=10_000),
        *untested_sentences(profile),
        *profile.notes,
    ]
    return Table(pd.DataFrame({"text": texts}), READING, say("pack.title.reading", lang))
