"""The files of meeting packs, in the order in which they are written; what all regions share is drawn once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Final

from regsam_geo.files import file_stem
from regsam_geo.indicators.disclosure import (
    HIDDEN_LIST_OF_PACKS,
    SHOWN_FIGURES_OF_PACKS,
    figures_bytes,
    list_bytes,
)
from regsam_geo.look.save import figure_bytes
from regsam_geo.study import Study
from regsam_geo.summary.facts.earlier_edition import hidden_cells
from regsam_geo.summary.facts.figures_shown import figures_of_pack
from regsam_geo.summary.facts.profile_facts import ProfileFacts
from regsam_geo.summary.products.map_files import MapFiles, forget
from regsam_geo.summary.products.region_profile import RegionProfile, profile_from
from regsam_geo.summary.products.worksheet_files import worksheet_names
from regsam_geo.summary.words.assessments import assessment_table
from regsam_geo.summary.words.overview import overview_page, overview_tables
from regsam_geo.summary.words.pack_tables import tables_of
from regsam_geo.summary.words.region_maps_page import region_maps_page
from regsam_geo.summary.words.report_words import profile_notes
from regsam_geo.summary.words.tables import Table
from regsam_geo.summary.words.worksheet import Worksheet
from regsam_geo.summary.writers.folder import Step, bytes_of
from regsam_geo.summary.writers.geopackage import write_geopackage
from regsam_geo.summary.writers.html import render_html
from regsam_geo.summary.writers.ledger import path_beside
from regsam_geo.summary.writers.pdf import REGION_MAPS, compile_pdf, compile_pictures
from regsam_geo.summary.writers.spreadsheets import csv_bytes, xlsx_bytes
from regsam_geo.summary.writers.worksheet import worksheet_bytes
from regsam_geo.text import format_period, say, using_language, using_terms
from regsam_geo.warning import stand_in

TOGETHER: Final = 6
"""So many maps of a region are made into pictures at once."""


class PackFiles:
    """Lists the files of packs; what all regions share is drawn once.

    Where all regions get a pack, it is also written once: maps of the city lie beside its overview.
    """

    def __init__(self, facts: ProfileFacts, date: str | None, folder: Path, *, of_all: bool = False) -> None:
        self.facts, self.study, self.date, self.of_all = facts, facts.study, date, of_all
        self.folder = folder
        self.lang = facts.study.language
        self.folders = folder_names(facts.ids)
        self.maps = MapFiles(facts.report, date)
        # the regions come one after the other: one profile at a time is enough
        self._last: tuple[str, RegionProfile] | None = None
        self._tabled: tuple[str, dict[str, Table]] | None = None
        self._mapped: tuple[str, dict[str, Any]] | None = None
        self._pictured: tuple[str, int, list[bytes]] | None = None

    @cached_property
    def worksheets(self) -> dict[str, tuple[str, Worksheet]]:
        """The worksheet of each region, with the name of its file."""
        return worksheet_names(self.facts.report)

    def profile(self, region: str) -> RegionProfile:
        """Return the profile of a region."""
        if self._last is None or self._last[0] != region:
            self._last = (region, profile_from(self.facts, region, self.date))
        return self._last[1]

    def region(self, region: str) -> Iterator[Step]:
        """List the files of one region."""
        root, lang = self.folders[region], self.lang
        # The region in every step: sixteen times "profile" would tell nobody how far the work is.
        name = say("label.region", lang, id=region)

        def step(path: str, what: str, make: Callable[[], bytes]) -> Step:
            return Step(f"{root}/{path}", say("pack.step", lang, region=name, what=what), make)

        words = partial(say, lang=lang)
        stem, what = words("pack.file.profile"), words("pack.what.profile")
        yield step(f"{stem}.pdf", what, lambda: self.profile(region).to_pdf())
        yield step(f"{stem}.html", what, lambda: self.profile(region).to_html().encode("utf-8"))
        folder, tables = words("pack.folder.tables"), words("pack.what.tables")
        yield step(f"{folder}/{root}.xlsx", tables, lambda: xlsx_bytes(self._tables(region), lang))
        stems = ("figures", "development", "districts", "warnings")
        sheets = [words(f"pack.table.{stem}") for stem in stems]
        if assessment_table(self.facts.report, region) is not None:
            sheets.append(words("assessments.page"))
        for sheet in sheets:
            yield step(
                f"{folder}/{file_stem(sheet)}.csv",
                tables,
                lambda sheet=sheet: csv_bytes(self._tables(region)[sheet], lang),  # type: ignore[misc]
            )
        if region in self.worksheets:
            file, worksheet = self.worksheets[region]
            path = path_beside(self.folder, f"{root}/{file}").removeprefix(f"{root}/")
            yield step(path, words("worksheet.what"), partial(worksheet_bytes, worksheet))
        folder = words("pack.folder.maps")
        yield step(f"{folder}/{root}.pdf", words("pack.what.region_maps"), partial(self._region_maps, region))
        # each for itself as well: for a slide
        numbered = {one.naming.key: one.stem for one in self.facts.report.maps}
        for place, key in enumerate(self.facts.keys):
            if key in numbered:
                what = words("pack.what.region_map", title=self.study.namings[key].short(lang))
                yield step(
                    f"{folder}/{root}-{numbered[key]}.png", what, partial(self._region_picture, region, place)
                )
        if not self.of_all:
            for drawn in self.shared():
                yield step(drawn.path, drawn.label, drawn.make)
        rows = self.warnings_of(region)
        for number, row in enumerate(rows, start=1):
            # Cut, as folder, region and indicator together may pass the 260 characters that Windows allows a
            # path.
            stem = file_stem(f"{number:02d}", row["area_id"], row["indicator"])[:60].strip("-")
            yield step(
                f"{words('pack.folder.warnings')}/{stem}.png",
                words("pack.what.warning"),
                partial(self._warning_chart, row),
            )
        stem = words("pack.file.readme")
        yield step(f"{stem}.txt", stem, partial(self._readme, region, len(rows)))

    def shared(self) -> Iterator[Step]:
        """List what is the same for every region: the maps of the city; beside its overview if all get a pack."""
        root = f"{say('pack.folder.city', self.lang)}/" if self.of_all else ""
        folder = f"{root}{say('pack.folder.maps', self.lang)}"
        yield from self.maps.situation_steps(folder)
        yield from self.maps.steps(folder)
        name = f"{root}{say('pack.file.geopackage', self.lang)}.gpkg"
        yield Step(name, say("pack.what.geopackage", self.lang), self._geopackage)

    def city(self) -> Iterator[Step]:
        """List the overview of the city."""
        # told with the other facts, before the first file is written
        page, tables = overview_page(self.facts, self.date), overview_tables(self.facts)
        root, what = say("pack.folder.city", self.lang), say("pack.what.overview", self.lang)
        html = f"{root}/{say('pack.file.overview', self.lang)}.html"
        yield Step(html, what, lambda: render_html("overview.html", page).encode("utf-8"))
        xlsx = f"{root}/{say('pack.file.overview', self.lang)}.xlsx"
        yield Step(xlsx, what, lambda: xlsx_bytes(tables, self.lang))

    def hidden(self, regions: Sequence[str]) -> Iterator[Step]:
        """List what the next edition is compared with, where anything is hidden."""
        hidden = hidden_cells(self.facts.report.study)
        if len(hidden):
            yield Step(HIDDEN_LIST_OF_PACKS, say("report.step.hidden", self.lang), partial(list_bytes, hidden))
            yield Step(
                SHOWN_FIGURES_OF_PACKS,
                say("report.step.shown", self.lang),
                lambda: figures_bytes(figures_of_pack(self.facts, regions)),
            )

    def _tables(self, region: str) -> dict[str, Table]:
        # five files are written of them
        if self._tabled is None or self._tabled[0] != region:
            self._tabled = (region, tables_of(self.facts, self.profile(region).content))
        return self._tabled[1]

    def warnings_of(self, region: str) -> list[dict[Any, Any]]:
        """Return the warnings of a region, which have a chart each."""
        warned = self.facts.report.warnings
        found: list[dict[Any, Any]] = warned[stand_in(warned, self.study.members_of(region))].to_dict("records")
        return found

    def maps_of(self, region: str) -> list[dict[str, Any]]:
        """Return words and pictures of the maps of a region, in the order of the indicators."""
        found: list[dict[str, Any]] = self._region_maps_page(region)["maps"]
        return found

    def _region_maps(self, region: str) -> bytes:
        return compile_pdf(self._region_maps_page(region), REGION_MAPS)

    def _region_maps_page(self, region: str) -> dict[str, Any]:
        # the sheet and each map of it are made of one page
        if self._mapped is None or self._mapped[0] != region:
            page = region_maps_page(self.facts, region, self.profile(region).map_svg, self.date)
            self._mapped = (region, page)
        return self._mapped[1]

    def _region_picture(self, region: str, place: int) -> bytes:
        # a few at a time: fewer are set again and again, and of more Typst remembers too much
        first = place - place % TOGETHER
        if self._pictured is None or self._pictured[:2] != (region, first):
            page = self._region_maps_page(region)
            made = compile_pictures({**page, "maps": page["maps"][first : first + TOGETHER]})
            self._pictured = (region, first, made)
        return self._pictured[2][place - first]

    def _warning_chart(self, row: Mapping[str, Any]) -> bytes:
        from regsam_geo.charts import plot_warning

        figure = plot_warning(self.study, row)
        made = figure_bytes(figure, "png")
        forget(figure)
        return made

    def _geopackage(self) -> bytes:
        return bytes_of("karten.gpkg", lambda path: write_geopackage(self.facts, path))

    def _readme(self, region: str, n_warnings: int) -> bytes:
        facts, lang = self.facts, self.lang
        fields = {
            "region": region,
            "name": self.study.region_name(region),
            "root": self.folders[region],
            "period": format_period(facts.period, lang),
            "tables": say("pack.folder.tables", lang),
            "maps": say("pack.folder.maps", lang),
            "warnings": say("pack.folder.warnings", lang),
            "geopackage": say("pack.file.geopackage", lang),
            "up": f"../{say('pack.folder.city', lang)}/" if self.of_all else "",
        }
        paragraphs = [
            say("pack.readme.title", lang, **fields),
            say("pack.readme.files", lang, **fields),
            *self._readme_worksheet(region),
            say("pack.readme.warnings", lang, **fields) if n_warnings else say("profile.warnings.none", lang),
            say("note.warning", lang),
            *profile_notes(facts),
        ]
        # a Windows editor shows umlauts and line ends rightly so
        return "\r\n\r\n".join(text.replace("\n", "\r\n") for text in paragraphs).encode("utf-8-sig") + b"\r\n"

    def _readme_worksheet(self, region: str) -> list[str]:
        if region not in self.worksheets:
            return []
        return [say("worksheet.readme", self.lang, file=self.worksheets[region][0])]


@dataclass(frozen=True)
class PartsOfPacks:
    """Makes the files of packs of all regions in parts, in whichever process: a region each, then what all share.

    Attributes
    ----------
    facts, date, folder
        As ``PackFiles`` takes them.
    about
        The study whose names things have.
    language
        The language in force.
    """

    facts: ProfileFacts
    date: str | None
    folder: Path
    about: Study
    language: str

    @cached_property
    def _files(self) -> PackFiles:
        return PackFiles(self.facts, self.date, self.folder, of_all=True)

    def __call__(self, number: int) -> Iterator[bytes]:
        """Make the files of one part."""
        with using_language(self.language), using_terms(lambda: self.about.terms, anew=True):
            regions = self.facts.ids
            files = self._files
            for step in files.region(regions[number]) if number < len(regions) else files.shared():
                yield step.make()


def folder_names(regions: Sequence[str]) -> dict[str, str]:
    """Return a folder name for each region that every system can hold, and no two alike.

    Examples
    --------
    >>> folder_names(["17/18", "17-18", "5"])
    {'17/18': 'region-17-18', '17-18': 'region-17-18-2', '5': 'region-5'}
    """
    names: dict[str, str] = {}
    for region in regions:
        # with the word, though a name needs none: a region may be called "Stadt" or "Karten"
        stem = file_stem("region", region)
        name, n = stem, 1
        # Own regions may be called 17/18 and 17-18: the folders must not write into each other.
        while name in names.values():
            n += 1
            name = f"{stem}-{n}"
        names[region] = name
    return names
