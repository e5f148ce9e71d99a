"""The tables and sentences of a report, made from its facts."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from regsam_geo.areas.keys import strangers_note
from regsam_geo.indicators import explain_summable
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.study.given_areas import strangers_of
from regsam_geo.summary.facts.profile_facts import ProfileFacts
from regsam_geo.summary.facts.region_summary import summable_of
from regsam_geo.summary.facts.report_facts import ReportFacts
from regsam_geo.summary.words.summary_words import summary_notes
from regsam_geo.summary.words.tables import Column, Table
from regsam_geo.text import format_number, format_period, join_words, say, shorten, with_name
from regsam_geo.warning import SILENT, URGENCIES, Detector, WarningTable, areas_of, detectable_changes

SHORT_SUM = 12
"""So many digits of a checksum are enough to compare by eye; all stand in ``angaben.json``."""

_WARNING_COLUMNS = (
    Column("urgency_word", "column.urgency", width=16),
    Column("status_word", "column.status", width=14),
    Column("since", "column.since", width=8),
    Column("area", "column.area", width=34),
    Column("region", "column.region", width=16),
    Column("title", "column.indicator", width=44),
    Column("value", "column.value", decimals="decimals"),
    Column("expected", "column.expected", decimals="decimals"),
    Column("city", "column.city", decimals="decimals"),
    Column("unit", "column.unit", width=10),
    Column("sentence", "column.sentence", width=80),
)

_REGION_COLUMNS = (
    Column("region", "column.region", width=18),
    Column("region_name", "column.region_name", width=50),
    Column("title", "column.indicator", width=50),
    Column("unit", "column.unit", width=10),
    Column("value", "column.value", decimals="decimals"),
    Column("city", "column.city", decimals="decimals"),
    Column("difference", "column.difference", decimals="decimals", signed=True),
    Column("ratio", "column.ratio", decimals=2),
    Column("rank", "column.rank", decimals=0),
    Column("change_1", "column.change_1", decimals="decimals", signed=True),
    Column("city_change_1", "column.city_change_1", decimals="decimals", signed=True),
    Column("change_5", "column.change_5", decimals="decimals", signed=True),
    Column("city_change_5", "column.city_change_5", decimals="decimals", signed=True),
    Column("numerator", "column.numerator", decimals=0, width=12),
    Column("denominator", "column.denominator", decimals=0, width=12),
    Column("n_warnings", "column.warnings", decimals=0),
)

_OWN_COLUMNS = (
    Column("region", "column.area", width=18),
    Column("region_name", "column.area_name", width=50),
    *_REGION_COLUMNS[2:],
)


def with_words(frame: pd.DataFrame, facts: ReportFacts) -> pd.DataFrame:
    """Add what people read beside an indicator: its title, unit and decimals."""
    lang = facts.study.language
    words = pd.DataFrame(
        [
            (*key, naming.full(lang), naming.unit(lang), naming.digits)
            for key, naming in facts.study.namings.items()
        ],
        columns=[*CATALOGUE_KEY, "title", "unit", "decimals"],
    )
    return frame.merge(words, on=list(CATALOGUE_KEY), how="left", validate="many_to_one")


def region_label(region_id: str, lang: str | None = None) -> str:
    """Write ``Region 4/12``: with the word, or a German Excel makes a date of it."""
    return say("label.region", lang, id=region_id)


def warning_table(facts: ReportFacts) -> Table:
    """Describe the warnings as a table for people."""
    lang = facts.study.language
    frame = with_words(facts.warnings, facts)
    frame = frame.assign(
        urgency_word=[say(f"urgency.{word}", lang) for word in frame["urgency"]],
        status_word=[say(f"status.{word}", lang) for word in frame["status"]],
        area=_area_labels(frame, facts.level, facts.areas["name"]),
        region=[region_label(region, lang) if region else "" for region in frame["region_id"]],
        sentence=frame[f"sentence_{lang}"],
    )
    return Table(
        frame,
        _WARNING_COLUMNS,
        title=say("report.warnings.title", lang, period=format_period(facts.period, lang)),
        notes=(
            say("note.warning", lang),
            *filter(None, [expected_false(facts)]),
            *source_notes(facts),
        ),
    )


def region_table(facts: ReportFacts) -> Table:
    """Describe the region summary as a table for people."""
    lang = facts.study.language
    frame = with_words(facts.regions, facts)
    own = facts.of_own_areas
    # Own ids stand as they are: nobody calls a planning area "Region 3".
    labels = frame["region_id"] if own else [region_label(region, lang) for region in frame["region_id"]]
    return Table(
        frame.assign(region=labels),
        _OWN_COLUMNS if own else _REGION_COLUMNS,
        title=say(
            "report.own.title" if own else "report.regions.title", lang, period=format_period(facts.period, lang)
        ),
        notes=(say("note.change_unit", lang), *limits(facts), *source_notes(facts)),
    )


def _area_labels(frame: pd.DataFrame, level: str, names: pd.Series) -> list[str]:
    """Write ``17 Obergiesing-Fasangarten``, and beside it what else stands in the row; own areas by their name."""

    def label(area: str) -> str:
        name = str(names.get(area, ""))
        return name if level == "own" else with_name(area, name)

    # the surest first, as the figures of the row are its own
    named = [
        [row["area_id"], *(area for area in areas_of(row) if area != row["area_id"])]
        for row in frame.to_dict("records")
    ]
    return [", ".join(label(area) for area in areas) for areas in named]


def source_notes(facts: ReportFacts) -> list[str]:
    """Name the sources of the figures, each once."""
    lang = facts.study.language
    catalogue = facts.panel.catalogue
    # many indicators, few sources: the licence asks for each of them, not for it each time
    sources = [
        f"{source}, {edition}" if isinstance(edition, str) else source
        for source, edition in zip(catalogue["source"], catalogue["edition"], strict=True)
        if isinstance(source, str)
    ]
    return [say("note.source", lang, source=source) for source in dict.fromkeys(sources)]


def profile_notes(facts: ProfileFacts) -> tuple[str, ...]:
    """Say what is hidden, what cannot be summed, what is incomplete, boundaries and sources, for all profiles."""
    return facts.study.once(
        ("notes of profiles", facts.period, facts.study.language), lambda: tuple(_profile_notes(facts))
    )


def _profile_notes(facts: ProfileFacts) -> Iterator[str]:
    study = facts.study
    yield from filter(None, [study.protection_note])
    yield from summary_notes(study, facts.report.regions)
    yield say("note.change_unit", study.language)
    yield from source_notes(facts.report)


def limits(facts: ReportFacts) -> Iterator[str]:
    """Say what is hidden, what could not be summed or tested, and what the division only infers."""
    lang = facts.study.language
    study = facts.study
    yield from filter(None, [study.protection_note])
    if hidden := _hidden_now(facts):
        yield say("note.hidden_untested", lang, n=hidden)
    if facts.level in study.layers:
        strangers = strangers_of(study.panel_of(facts.level), facts.level, study.layer(facts.level))
        yield from filter(None, [strangers_note(strangers, lang)])
    yield from explain_summable(summable_of(study), lang, study.panel.catalogue)
    yield from filter(None, [events_note(facts)])
    derived = study.division.derived
    if len(derived) and facts.level != "own":
        yield say("note.derived", lang, n=len(derived), districts=shorten(list(derived), 25, lang))
    untested = facts.warnings.facts.not_testable
    if not tests_of(facts.warnings).in_time:
        yield say("note.not_in_time", lang)
    if len(untested):
        counts = untested.groupby("kind", sort=False)["tests"].sum()
        asked = [
            say("note.not_testable.kind", lang, n=int(n), kind=say(f"kind.{kind}", lang))
            for kind, n in counts.items()
        ]
        yield say("note.not_testable", lang, n=int(counts.sum()), asked=join_words(asked, lang))
        unsized = int(untested.loc[untested["reason"].str.endswith("sizes_unknown"), "tests"].sum())
        if unsized:
            yield say("note.sizes_unknown", lang, n=unsized)


EVENTS = re.compile(
    r"umz[uü]g|umgezogen|zuz[uü]g|wegz[uü]g|gebor|geburt|sterbef|einsätze|meldung|vorgänge|anträge", re.IGNORECASE
)
"""Words of the office for what happens, and may happen to one person more than once."""


def events_note(facts: ReportFacts) -> str:
    """Say which indicators count moves and other events, in which one person may stand several times."""
    lang = facts.study.language
    counted = [
        one.naming.short(lang)
        for one in facts.maps
        if EVENTS.search(str(facts.study.panel.entry(*one.naming.key)["name_1"]))
    ]
    return say("note.events", lang, n=len(counted), titles=join_words(counted, lang)) if counted else ""


def expected_false(facts: ReportFacts) -> str:
    """Say how many warnings a report without anything unusual would hold; empty if that is unknown."""
    lang = facts.study.language
    null = facts.null
    # No simulated report, no number: 0.0 would read as "none expected".
    if not null.reports:
        return ""
    number = format_number(null.warnings, 1, lang=lang)
    return say("note.expected_false", lang, number=number, reports=null.reports)


def _hidden_now(facts: ReportFacts) -> int:
    """Count the hidden values of the areas, of what the report asks about in its period."""
    rows = facts.panel.sel(period=facts.period, level=facts.level).data
    asked = pd.MultiIndex.from_tuples([(one.naming.indicator, one.naming.group) for one in facts.maps])
    if not len(asked):
        return 0
    own = pd.MultiIndex.from_frame(rows[list(CATALOGUE_KEY)]).isin(asked)
    return int((own & (rows["sign"] == "suppressed")).sum())


MOST_AREAS = 0.8
"""Share of the areas in which the stated rise would have been found: "in 20 of 25"."""


def found_rises(facts: ReportFacts) -> Iterator[str]:
    """Say for each indicator which rise within a year would have been found in most areas."""
    lang = facts.study.language
    smallest = detectable_changes(facts.study, facts.period)
    if smallest.empty:
        return
    smallest = smallest[smallest["level"] == facts.level]
    for one in facts.maps:
        naming = one.naming
        own = (smallest["indicator"] == naming.indicator) & (smallest["group"] == naming.group)
        rises = smallest.loc[own, "relative"].dropna().sort_values()
        if rises.empty:
            continue
        # upwards to a whole percent: what is stated is enough
        percent = math.ceil(100 * float(rises.iloc[math.ceil(MOST_AREAS * len(rises)) - 1]) - 1e-9)
        yield say(
            "note.found_rise",
            lang,
            title=naming.full(lang),
            percent=format_number(percent, 0, "%", lang=lang),
            found=int((100 * rises <= percent).sum()),
            n=len(rises),
        )


def made_with(facts: ReportFacts) -> Iterator[str]:
    """Say with which settings and from which figures the report was made, for a reader with questions."""
    lang = facts.study.language
    settings = facts.study.settings
    yield say(
        "note.settings",
        lang,
        version=settings.version,
        watch=format_number(100 * settings.q_watch, 0, "%", lang=lang),
        check=format_number(100 * settings.q_check, 0, "%", lang=lang),
        effect=format_number(100 * settings.relevant_effect, 0, "%", lang=lang),
        yearly=format_number(100 * settings.relevant_effect * settings.yearly_share, 0, "%", lang=lang),
        history=settings.min_history,
    )
    yield say("note.checksum", lang, sum=facts.warnings.facts.checksum[:SHORT_SUM])
    if facts.study.inputs:
        # no checksum of them: it would tell what is hidden to whoever tries the few counts that it can be
        yield say("note.inputs", lang, files=join_words([path.name for path in facts.study.inputs], lang))


def count_areas(facts: ReportFacts) -> str:
    """Write ``25 Stadtbezirke``, or the count of whatever the report is about."""
    lang = facts.study.language
    return say(f"count.{facts.level}", lang, n=len(facts.areas))


@dataclass(frozen=True)
class CountOfTests:
    """How many tests of areas gave a result.

    Attributes
    ----------
    done, asked
        Tests with a result, and all that were asked for.
    in_time
        Whether any of them compared with earlier periods.
    """

    done: int
    asked: int
    in_time: bool


def tests_made(findings: pd.DataFrame, detectors: Iterable[Detector]) -> CountOfTests:
    """Count the tests of areas; what compares with earlier periods is left out where none of it was possible."""
    areas = findings[findings["level"] != "city"]
    temporal = areas["kind"].isin([one.name for one in detectors if one.family == "temporal"])
    in_time = bool((temporal & areas["p"].notna()).any())
    if not in_time:
        areas = areas[~temporal]
    return CountOfTests(int(areas["p"].notna().sum()), len(areas), in_time)


def tests_of(warnings: WarningTable) -> CountOfTests:
    """Count the tests of a report."""
    return tests_made(warnings.facts.findings, warnings.facts.detectors)


def no_warning(tests: CountOfTests, lang: str) -> str:
    """Say that nothing warns, and how much could be tested: silence of tests that were not made says nothing."""
    done, asked = (format_number(number, lang=lang) for number in (tests.done, tests.asked))
    if not tests.done:
        return say("report.sentence.untested", lang)
    code = "report.sentence.none" if tests.in_time else "report.sentence.none_in_time"
    return say(code, lang, done=done, all=asked)


def count_sentences(warnings: pd.DataFrame, tests: CountOfTests, lang: str) -> Iterator[str]:
    """Count what warns now by level, and what is still open."""
    now = warnings[~warnings["status"].isin(SILENT)]
    counts = {urgency: int((now["urgency"] == urgency).sum()) for urgency in reversed(URGENCIES)}
    levels = join_words((say(f"report.sentence.{name}", lang, n=n) for name, n in counts.items() if n), lang)
    if now.empty:
        yield no_warning(tests, lang)
    else:
        new = int((now["status"] == "new").sum())
        code = "report.sentence.counts" if new else "report.sentence.counts_known"
        yield say(code, lang, n=len(now), levels=levels, new=new)
    if len(warnings) > len(now):
        yield say("report.sentence.open", lang, n=len(warnings) - len(now))


def report_sentences(facts: ReportFacts) -> Iterator[str]:
    """Say in a few sentences what the report found."""
    lang = facts.study.language
    now = facts.warnings[~facts.warnings["status"].isin(SILENT)]
    yield say(
        "report.sentence.scope",
        lang,
        period=format_period(facts.period, lang),
        n_indicators=len(facts.maps),
        areas=count_areas(facts),
    )
    yield from count_sentences(facts.warnings, tests_of(facts.warnings), lang)
    yield from now[f"sentence_{lang}"].head(3)
    for sentence in facts.themes[f"sentence_{lang}"]:
        yield say("report.sentence.theme", lang, sentence=sentence)
