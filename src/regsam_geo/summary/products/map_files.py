"""The maps of a report as files: drawn once, written as picture and PDF wherever a folder wants them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import Final

from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.figure import Figure

from regsam_geo.indicators.catalogue import is_count
from regsam_geo.look.save import figure_bytes
from regsam_geo.look.style import resolve_view
from regsam_geo.maps import plot_map, plot_situation
from regsam_geo.maps.categories import situation_picture
from regsam_geo.maps.symbol_map import counts_page
from regsam_geo.summary.facts.report_facts import MapOfReport, ReportFacts
from regsam_geo.summary.writers.folder import Step
from regsam_geo.text import say

PICTURE = (120.0, 95.0)
"""Millimeters of the map on the report's first page; printed 92 wide its smallest letters are 7 pt."""


KINDS: Final = ("png", "pdf")


class MapFiles:
    """Lists the files of the maps of one report."""

    def __init__(self, facts: ReportFacts, date: str | None = None) -> None:
        self.facts, self.date = facts, date
        # picture and PDF of a map are made one after the other: one drawing serves both
        self._drawn: tuple[str, Figure] | None = None

    def steps(self, folder: str) -> Iterator[Step]:
        """List every map of the city in a folder, as PNG and PDF."""
        for one_map in self.facts.maps:
            for kind in KINDS:
                make = partial(self._bytes, one_map.stem, kind, partial(self._draw, one_map))
                yield Step(f"{folder}/{one_map.stem}.{kind}", self.label(one_map), make)

    def situation_steps(self, folder: str) -> Iterator[Step]:
        """List the map of the situation, as PNG and PDF; nothing where there is none."""
        if self.facts.situation is None:
            return
        stem, label = say("report.file.situation"), say("report.step.map", title=say("label.map.situation"))
        for kind in KINDS:
            yield Step(f"{folder}/{stem}.{kind}", label, partial(self._bytes, stem, kind, self._situation))

    def _situation(self) -> Figure:
        """Draw the map of the situation with large letters, for the wall."""
        facts = self.facts
        return plot_situation(
            facts.of_maps, facts.situation, facts.period, level=facts.level, theme="slide", date=self.date
        )

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

    def _draw(self, one_map: MapOfReport) -> Figure:
        indicator, group = one_map.naming.key
        facts = self.facts
        if self._are_counts(one_map):
            # as colors they would say where many people live
            style = resolve_view({"date": self.date})
            return counts_page(facts.of_maps, indicator, facts.period, style, group=group, warnings=facts.warnings)
        return plot_map(
            facts.of_maps, indicator, facts.period, group=group, warnings=facts.warnings, date=self.date
        )

    def _are_counts(self, one_map: MapOfReport) -> bool:
        """Tell whether a map shows counts, none of them negative: the area of a circle can show them."""
        indicator, group = one_map.naming.key
        shown = self.facts.of_maps.published.sel(indicator, group)
        return is_count(shown.entry(indicator, group)) and not (shown.data["value"] < 0).any()

    def _bytes(self, stem: str, kind: str, draw: Callable[[], Figure]) -> bytes:
        if self._drawn is None or self._drawn[0] != stem:
            self._drawn = (stem, draw())
        figure = self._drawn[1]
        made = figure_bytes(figure, kind)
        if kind == KINDS[-1]:
            self._drawn = None
            forget(figure)
        return made


def forget(figure: Figure) -> None:
    """Give the memory of a figure back now: its parts name each other, and would lie there for many more maps."""
    figure.clear()
    # in place of the one that holds the pixels of the page
    FigureCanvasBase(figure)
