"""The files of a report, in the order in which they are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from regsam_geo.areas import load_boundaries
from regsam_geo.indicators import Panel, aggregate_to_regions
from regsam_geo.look.save import figure_bytes
from regsam_geo.maps import explore_map, plot_map
from regsam_geo.study import Study
from regsam_geo.summary.facts.report_facts import MapOfReport, ReportFacts
from regsam_geo.summary.words.report_page import report_page
from regsam_geo.summary.words.report_words import region_table, warning_table
from regsam_geo.summary.writers.folder import Step, bytes_of
from regsam_geo.summary.writers.html import render_html
from regsam_geo.summary.writers.spreadsheets import csv_bytes, xlsx_bytes
from regsam_geo.text import say
from regsam_geo.text.language import LANGUAGES

INDEX: Final = "index.html"


def report_files(facts: ReportFacts, sentences: Sequence[str], lang: str) -> Iterator[Step]:
    """List the files; the page that leads through them comes last, so that it never links to what is missing."""
    tables = (
        (say("report.file.warnings"), warning_table(facts, lang)),
        (say("report.file.regions"), region_table(facts, lang)),
    )
    for stem, table in tables:
        yield Step(f"{stem}.csv", table.title, partial(csv_bytes, table, lang))
        yield Step(f"{stem}.xlsx", table.title, partial(xlsx_bytes, {table.title: table}, lang))
    # picture and PDF of a map are made one after the other: one drawing serves both
    drawn = lru_cache(maxsize=1)(partial(_draw_map, facts, lang))
    folder = say("report.file.maps")
    for shown in facts.maps:
        for kind in ("png", "pdf"):
            label = say("report.step.map", title=shown.title)
            yield Step(f"{folder}/{shown.stem}.{kind}", label, partial(_map_bytes, drawn, shown, kind))
    interactive = partial(_interactive, facts, lang)
    yield Step(say("report.file.interactive"), say("report.step.interactive"), interactive)
    yield Step(INDEX, say("report.step.index"), partial(_index, facts, sentences, lang))


def belongs_to_report(path: str) -> bool:
    """Tell whether a file that an earlier run noted is a report's, in whichever language: packs have own folders.

    Examples
    --------
    >>> belongs_to_report("maps/01-unemployed.png"), belongs_to_report("region-17-18/profil.pdf")
    (True, False)
    """
    root, _, rest = path.partition("/")
    return not rest or root in {say("report.file.maps", lang) for lang in LANGUAGES}


def _draw_map(facts: ReportFacts, lang: str, shown: MapOfReport) -> Any:
    values, warnings = facts.values_of(shown), facts.warnings_of(shown)
    study = Study(values, facts.areas, scheme=facts.scheme, lang=lang, threshold=None)
    return plot_map(study, warnings=warnings)


def _map_bytes(drawn: Any, shown: MapOfReport, kind: str) -> bytes:
    return figure_bytes(drawn(shown), kind)


def _interactive(facts: ReportFacts, lang: str) -> bytes:
    panel, layers = _with_regions(facts)
    study = Study(panel, layers, scheme=facts.scheme, period=facts.period, lang=lang, threshold=None)
    web_map = explore_map(study, warnings=facts.warnings)
    return bytes_of("map.html", lambda path: web_map.save(str(path)))


def _with_regions(facts: ReportFacts) -> tuple[Panel, dict[str, gpd.GeoDataFrame]]:
    """Put the regions beside the areas, where the report is about shipped areas that can be summed to them."""
    panel, layers = facts.panel, {facts.level: facts.areas}
    if facts.level == "own" or facts.regions.empty:
        return panel, layers
    summed = aggregate_to_regions(panel, facts.scheme).data
    rows = pd.concat([panel.data, summed[summed["level"] == "region"]], ignore_index=True)
    return Panel(rows, panel.catalogue), {**layers, "region": load_boundaries("region", facts.scheme)}


def _index(facts: ReportFacts, sentences: Sequence[str], lang: str) -> bytes:
    return render_html("report.html", report_page(facts, sentences, lang)).encode("utf-8")
