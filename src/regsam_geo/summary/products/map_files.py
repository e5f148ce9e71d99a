"""The maps of a report as files: drawn once, written as picture and PDF wherever a folder wants them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, cached_property, lru_cache, partial

from matplotlib.figure import Figure

from regsam_geo.look.save import figure_bytes
from regsam_geo.maps import plot_map, plot_situation
from regsam_geo.maps.categories import situation_picture
from regsam_geo.summary.facts.report_facts import MapOfReport, ReportFacts
from regsam_geo.summary.writers.folder import Step
from regsam_geo.text import say

PICTURE = (120.0, 102.0)
"""Millimeters of the map on the report's first page; printed 92 wide its smallest letters are 7 pt."""


class MapFiles:
    """Lists the files of the maps of one report."""

    def __init__(self, facts: ReportFacts, date: str | None = None) -> None:
        self.facts, self.date = facts, date
        # the bytes are kept, as all sixteen folders of a pack hold the same maps of the city
        self._bytes: Callable[[int, str], bytes] = cache(self._bytes_of)
        # picture and PDF of a map are made one after the other: one drawing serves both
        self._figure: Callable[[int], Figure] = lru_cache(maxsize=1)(self._figure_of)

    def steps(self, folder: str) -> Iterator[Step]:
        """List every map of the city in a folder, as PNG and PDF."""
        for number, one_map in enumerate(self.facts.maps):
            for kind in ("png", "pdf"):
                yield Step(
                    f"{folder}/{one_map.stem}.{kind}", self.label(one_map), partial(self._bytes, number, kind)
                )

    def situation_steps(self, folder: str) -> Iterator[Step]:
        """List the map of the situation, as PNG and PDF; nothing where there is none."""
        if self.facts.situation is None:
            return
        stem, label = say("report.file.situation"), say("report.step.map", title=say("label.map.situation"))
        for kind in ("png", "pdf"):
            yield Step(f"{folder}/{stem}.{kind}", label, partial(self.situation, kind))

    def situation(self, kind: str) -> bytes:
        """Draw the map of the situation with large letters, for the wall."""
        facts = self.facts
        figure = plot_situation(
            facts.of_maps, facts.situation, facts.period, level=facts.level, theme="slide", date=self.date
        )
        return figure_bytes(figure, kind)

    @cached_property
    def situation_alone(self) -> str | None:
        """The map of the situation without words, as SVG: page and print have the legend in their own letters."""
        facts = self.facts
        if facts.situation is None:
            return None
        figure = situation_picture(facts.of_maps, facts.situation, facts.level, PICTURE)
        return figure_bytes(figure, "svg").decode("utf-8")

    def label(self, one_map: MapOfReport) -> str:
        """Say which map is being drawn."""
        lang = self.facts.study.language
        return say("report.step.map", lang, title=one_map.naming.full(lang))

    def draw(self, one_map: MapOfReport, region: str | None = None) -> Figure:
        """Draw a map of the city, or of one region."""
        indicator, group = one_map.naming.key
        return plot_map(
            self.facts.of_maps,
            indicator,
            self.facts.period,
            group=group,
            region=region,
            warnings=self.facts.warnings,
            date=self.date,
        )

    def _figure_of(self, number: int) -> Figure:
        return self.draw(self.facts.maps[number])

    def _bytes_of(self, number: int, kind: str) -> bytes:
        return figure_bytes(self._figure(number), kind)
