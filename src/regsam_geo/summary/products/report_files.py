"""The files of a report, in the order in which they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Final

from matplotlib.figure import Figure

from regsam_geo.indicators.disclosure import HIDDEN_LIST, list_bytes
from regsam_geo.look.save import figure_bytes
from regsam_geo.maps import explore_map, plot_map
from regsam_geo.summary.facts.earlier_edition import hidden_cells
from regsam_geo.summary.facts.report_facts import MapOfReport, ReportFacts
from regsam_geo.summary.words.report_page import report_page
from regsam_geo.summary.words.report_words import region_table, warning_table
from regsam_geo.summary.writers.folder import Step, bytes_of
from regsam_geo.summary.writers.html import render_html
from regsam_geo.summary.writers.spreadsheets import csv_bytes, xlsx_bytes
from regsam_geo.text import say
from regsam_geo.text.language import LANGUAGES

INDEX: Final = "index.html"


def report_files(facts: ReportFacts, sentences: Sequence[str]) -> Iterator[Step]:
    """List the files; the page that leads through them comes last, so that it never links to what is missing."""
    lang = facts.study.language
    tables = (
        (say("report.file.warnings"), warning_table(facts)),
        (say("report.file.regions"), region_table(facts)),
    )
    for stem, table in tables:
        yield Step(f"{stem}.csv", table.title, partial(csv_bytes, table, lang))
        yield Step(f"{stem}.xlsx", table.title, partial(xlsx_bytes, {table.title: table}, lang))
    # picture and PDF of a map are made one after the other: one drawing serves both
    drawn = lru_cache(maxsize=1)(partial(_draw_map, facts))
    folder = say("report.file.maps")
    for shown in facts.maps:
        for kind in ("png", "pdf"):
            label = say("report.step.map", title=shown.naming.full())
            yield Step(f"{folder}/{shown.stem}.{kind}", label, partial(_map_bytes, drawn, shown, kind))
    interactive = partial(_interactive, facts)
    yield Step(say("report.file.interactive"), say("report.step.interactive"), interactive)
    hidden = hidden_cells(facts.study)
    if len(hidden):
        yield Step(HIDDEN_LIST, say("report.step.hidden"), partial(list_bytes, hidden))
    yield Step(INDEX, say("report.step.index"), partial(_index, facts, sentences))


def belongs_to_report(path: str) -> bool:
    """Tell whether a file that an earlier run noted is a report's, in whichever language: packs have own folders.

    Examples
    --------
    >>> belongs_to_report("maps/01-unemployed.png"), belongs_to_report("region-17-18/profil.pdf")
    (True, False)
    """
    root, _, rest = path.partition("/")
    return not rest or root in {say("report.file.maps", lang) for lang in LANGUAGES}


def _draw_map(facts: ReportFacts, shown: MapOfReport) -> Figure:
    indicator, group = shown.naming.key
    return plot_map(facts.of_maps, indicator, facts.period, group=group, warnings=facts.warnings)


def _map_bytes(drawn: Callable[[MapOfReport], Figure], shown: MapOfReport, kind: str) -> bytes:
    return figure_bytes(drawn(shown), kind)


def _interactive(facts: ReportFacts) -> bytes:
    web_map = explore_map(facts.study, period=facts.period, warnings=facts.warnings)
    return bytes_of("map.html", lambda path: web_map.save(str(path)))


def _index(facts: ReportFacts, sentences: Sequence[str]) -> bytes:
    return render_html("report.html", report_page(facts, sentences)).encode("utf-8")
