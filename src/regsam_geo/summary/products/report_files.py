"""The files of a report, in the order in which they are written."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from regsam_geo.charts.polarization_chart import polarization_picture
from regsam_geo.indicators.disclosure import HIDDEN_LIST, SHOWN_FIGURES, figures_bytes, list_bytes
from regsam_geo.look.save import figure_bytes
from regsam_geo.maps import explore_map
from regsam_geo.summary.facts.earlier_edition import hidden_cells
from regsam_geo.summary.facts.figures_shown import figures_of_report
from regsam_geo.summary.facts.report_facts import ReportFacts
from regsam_geo.summary.products.map_files import MapFiles
from regsam_geo.summary.products.worksheet_files import worksheet_names, worksheet_steps
from regsam_geo.summary.words.assessments import assessment_table
from regsam_geo.summary.words.report_page import print_page, report_page
from regsam_geo.summary.words.report_words import region_table, warning_table
from regsam_geo.summary.writers.folder import Step, bytes_of
from regsam_geo.summary.writers.html import render_html
from regsam_geo.summary.writers.pdf import FIRST_PAGE, compile_pdf
from regsam_geo.summary.writers.spreadsheets import csv_bytes, xlsx_bytes
from regsam_geo.text import format_period, say
from regsam_geo.text.language import LANGUAGES

INDEX: Final = "index.html"
WIDTH: Final = 250.0
"""Millimeters of the chart of polarization on the page."""


def report_files(facts: ReportFacts, folder: Path) -> Iterator[Step]:
    """List the files; the page that leads through them comes last, so that it never links to what is missing."""
    lang = facts.study.language
    tables = [
        (say("report.file.warnings"), warning_table(facts)),
        (say("report.file.regions"), region_table(facts)),
    ]
    if (said := assessment_table(facts)) is not None:
        tables.append((say("assessments.file"), said))
    for stem, table in tables:
        yield Step(f"{stem}.csv", table.title, partial(csv_bytes, table, lang))
        yield Step(f"{stem}.xlsx", table.title, partial(xlsx_bytes, {table.title: table}, lang))
    yield from worksheet_steps(facts, folder)
    maps = MapFiles(facts)
    yield from maps.situation_steps(say("report.file.maps"))
    yield from maps.steps(say("report.file.maps"))
    interactive = partial(_interactive, facts)
    yield Step(say("report.file.interactive"), say("report.step.interactive"), interactive)
    hidden = hidden_cells(facts.study)
    if len(hidden):
        yield Step(HIDDEN_LIST, say("report.step.hidden"), partial(list_bytes, hidden))
        yield Step(SHOWN_FIGURES, say("report.step.shown"), lambda: figures_bytes(figures_of_report(facts)))
    yield Step(
        f"{say('report.file.print')}.pdf",
        say("first.title", period=format_period(facts.period)),
        partial(_print, facts, maps),
    )
    yield Step(INDEX, say("report.step.index"), partial(_index, facts, maps))


def belongs_to_report(path: str) -> bool:
    """Tell whether a file that an earlier run noted is a report's, in whichever language: packs have own folders.

    Examples
    --------
    >>> belongs_to_report("maps/01-unemployed.png"), belongs_to_report("region-17-18/profil.pdf")
    (True, False)
    """
    root, _, rest = path.partition("/")
    folders = ("report.file.maps", "worksheet.folder")
    return not rest or root in {say(code, lang) for code in folders for lang in LANGUAGES}


def _interactive(facts: ReportFacts) -> bytes:
    # in the classes of the pictures beside it
    web_map = explore_map(facts.study, period=facts.period, warnings=facts.warnings, same_classes=False)
    return bytes_of("map.html", lambda path: web_map.save(str(path)))


def _print(facts: ReportFacts, maps: MapFiles) -> bytes:
    """Return the first page as it is printed."""
    return compile_pdf(print_page(facts, maps.situation_alone), FIRST_PAGE)


def _index(facts: ReportFacts, maps: MapFiles) -> bytes:
    # as they are named when nobody has filled in anything: a page must not depend on what stands beside it
    sheets = {worksheet.region: name for name, worksheet in worksheet_names(facts).values()}
    page = report_page(facts, maps.situation_alone, sheets, _uneven(facts))
    return render_html("report.html", page).encode("utf-8")


def _uneven(facts: ReportFacts) -> str | None:
    """Draw how unevenly the counted live over the city, as SVG; nothing where nothing can be said of it."""
    if facts.polarization.empty:
        return None
    return figure_bytes(polarization_picture(facts.study, facts.polarization, WIDTH), "svg").decode("utf-8")
