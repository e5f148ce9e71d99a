"""The slides of a meeting pack: one for each of its maps and charts, drawn from the same facts as its files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from regsam_geo.indicators.naming import Key
from regsam_geo.look.save import figure_bytes
from regsam_geo.look.theme import Theme, get_theme
from regsam_geo.maps import plot_map, plot_situation
from regsam_geo.summary.facts.profile_facts import ProfileFacts
from regsam_geo.summary.products.map_files import forget
from regsam_geo.summary.products.pack_files import PackFiles
from regsam_geo.summary.words.first_page import situation_in_words
from regsam_geo.summary.words.profile_page import detail_of, missing_words, number_of
from regsam_geo.summary.words.report_words import profile_notes
from regsam_geo.summary.writers.slides import HEAD, HEIGHT, Slide
from regsam_geo.text import format_period, say
from regsam_geo.warning import each_area, stand_in


class PackSlides:
    """Makes the slides of a pack, one at a time."""

    def __init__(self, maker: PackFiles) -> None:
        self.maker = maker
        self.facts: ProfileFacts = maker.facts
        self.study, self.lang = maker.study, maker.lang
        self.period = format_period(self.facts.period, self.lang)

    @property
    def look(self) -> Theme:
        """The slide without the strip of its title."""
        return replace(get_theme("slide"), height=HEIGHT - HEAD)

    def title(self, regions: Sequence[str]) -> str:
        """Say what the slides are about."""
        if len(regions) == 1:
            return say("slides.title", self.lang, region=regions[0], name=self._name(regions[0]))
        return say("slides.title_all", self.lang, n=len(regions))

    def _name(self, region: str) -> str:
        return self.study.region_name(region).replace("/", " / ")

    def of(self, regions: Sequence[str], sentences: Sequence[str]) -> Iterator[Slide]:
        """Make the slides: what it is about, the city, then the maps and charts of each region."""
        words = [say("note.warning", self.lang), *profile_notes(self.facts)]
        subtitle = say("slides.subtitle", self.lang, period=self.period)
        if self.maker.date:
            subtitle += " · " + self.maker.date
        yield Slide(self.title(regions), (*sentences, *words), subtitle=subtitle)
        yield from self._of_city()
        for region in regions:
            if len(regions) > 1:
                name = say("slides.title", self.lang, region=region, name=self._name(region))
                yield Slide(name, (), subtitle=subtitle)
            yield from self._of_region(region)

    def _of_city(self) -> Iterator[Slide]:
        report = self.facts.report
        if report.situation is not None:
            figure = plot_situation(
                report.of_maps,
                report.situation,
                report.period,
                level=report.level,
                theme=self.look,
                title="",
                date=self.maker.date,
            )
            text = situation_in_words(report.situation, self.lang)
            yield self._slide(f"{say('label.map.situation', self.lang)}, {self.period}", figure, text, [text])
        for one in report.maps:
            key = one.naming.key
            yield self._slide(
                f"{one.naming.short(self.lang)}, {self.period}",
                self._map(key),
                self._reach(key),
                [self._reach(key), *self._sentences(key)],
            )

    def _of_region(self, region: str) -> Iterator[Slide]:
        numbered = {one.naming.key for one in self.facts.report.maps}
        name = say("label.region", self.lang, id=region)
        for key, told in zip(self.facts.keys, self.maker.maps_of(region), strict=True):
            if key not in numbered:
                continue
            # what stands beside the title of the same map in the pack
            beside = f"{name}, {self.period}" + (f" · {told['city']}" if told["city"] else "")
            yield self._slide(
                f"{told['title']}: {name}, {self.period}",
                self._map(key, region),
                told["alt"],
                [beside, told["districts"], *self._sentences(key, region)],
            )
        for row in self.maker.warnings_of(region):
            from regsam_geo.charts import plot_warning

            naming = self.study.namings[row["indicator"], row["group"]]
            area = str(row["area_id"])
            layer = self.study.layers.get(str(row["level"]))
            named = "" if layer is None or "name" not in layer or area not in layer.index else layer["name"][area]
            who = say("label.region", self.lang, id=area) if row["level"] == "region" else area
            sentence = str(row[f"sentence_{self.lang}"])
            yield self._slide(
                f"{' '.join(filter(None, [who, str(named)]))}: {naming.short(self.lang)}",
                plot_warning(self.study, row, theme=self.look, title=""),
                say("slides.alt.series", self.lang, sentence=sentence),
                [sentence],
            )

    def _map(self, key: Key, region: str | None = None) -> Figure:
        report = self.facts.report
        indicator, group = key
        return plot_map(
            report.of_maps,
            indicator,
            report.period,
            group=group,
            region=region,
            warnings=report.warnings,
            theme=self.look,
            title="",
            date=self.maker.date,
        )

    def _reach(self, key: Key) -> str:
        """Say from where to where the values of a map reach, for whoever does not see it."""
        naming = self.study.namings[key]
        title = " · ".join(filter(None, [naming.short(self.lang), detail_of(naming, self.lang)]))
        rows = self.facts.rows_by_key.get(key, self.facts.current.iloc[:0])
        rows = rows[(rows["level"] == self.facts.level) & np.isfinite(rows["value"])].sort_values(
            ["value", "area_id"]
        )
        if rows.empty:
            return say("slides.alt.empty", self.lang, title=title, period=self.period)
        low, high = rows.iloc[0], rows.iloc[-1]
        return say(
            "slides.alt.map",
            self.lang,
            title=title,
            period=self.period,
            low=self._value(low, key),
            high=self._value(high, key),
        )

    def _value(self, row: Mapping[Any, Any], key: Key) -> str:
        areas = self.facts.report.areas
        area = str(row["area_id"])
        name = str(areas["name"][area]) if "name" in areas else area
        text = missing_words(row["sign"], self.lang) or number_of(
            float(row["value"]), self.study.namings[key], self.lang
        )
        return f"{text} ({name if name == area else f'{area} {name}'})"

    def _sentences(self, key: Key, region: str | None = None) -> list[str]:
        warned = self.facts.report.warnings
        if region is not None:
            warned = warned[stand_in(warned, self.study.members_of(region))]
        mine = each_area(warned)
        mine = mine[(mine["indicator"] == key[0]) & (mine["group"] == key[1])]
        mine = mine[mine["level"] == self.facts.level]
        return list(dict.fromkeys(map(str, mine[f"sentence_{self.lang}"])))

    def _slide(self, title: str, figure: Figure, alt: str, notes: Sequence[str]) -> Slide:
        picture = figure_bytes(figure, "png", title=title)
        forget(figure)
        return Slide(title, tuple(filter(None, notes)), picture, alt or title)
