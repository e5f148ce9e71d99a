"""``write_meeting_pack``: everything for one RAGS in a folder, or for all 16 regions and the city."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

import pandas as pd

from regsam_geo._version import __version__
from regsam_geo.areas import load_region_scheme
from regsam_geo.files import file_stem
from regsam_geo.indicators import Panel
from regsam_geo.indicators.periods import Period
from regsam_geo.summary.facts.profile_facts import ProfileFacts, find_region, gather_profile_facts
from regsam_geo.summary.facts.report_facts import MapOfReport, checked_folder
from regsam_geo.summary.products.region_profile import RegionProfile, profile_from
from regsam_geo.summary.words.overview import overview_page, overview_tables
from regsam_geo.summary.words.pack_tables import tables_of
from regsam_geo.summary.words.region_maps_page import region_maps_page
from regsam_geo.summary.words.report_words import profile_notes
from regsam_geo.summary.words.tables import Table
from regsam_geo.summary.writers.folder import MANIFEST, Progress, Step, run_steps
from regsam_geo.summary.writers.geopackage import write_geopackage
from regsam_geo.summary.writers.html import render_html
from regsam_geo.summary.writers.pdf import REGION_MAPS, compile_pdf
from regsam_geo.summary.writers.spreadsheets import write_csv, write_xlsx
from regsam_geo.text import format_period, html_table, say, shorten, shows_progress, using_language
from regsam_geo.warning import Settings

ALL = "all"


@dataclass(frozen=True)
class MeetingPack:
    """What was written.

    Attributes
    ----------
    folder
        Where it stands.
    regions
        The regions it is about.
    files
        All files, in the order in which they were made.
    kept
        How many of them stood there already from an interrupted run.
    sentences
        What was found, for people.

    Examples
    --------
    >>> import dataclasses
    >>> import regsam_geo as rg
    >>> [field.name for field in dataclasses.fields(rg.MeetingPack)]
    ['folder', 'regions', 'files', 'kept', 'sentences']
    """

    folder: Path
    regions: tuple[str, ...]
    files: tuple[Path, ...]
    kept: int
    sentences: tuple[str, ...]

    def _repr_html_(self) -> str:
        """Show what was found, and how many files stand in which folder."""
        where = say("view.files", n=len(self.files), folder=str(self.folder))
        names: dict[str, list[str]] = {}
        for path in self.files:
            inside = path.relative_to(self.folder)
            names.setdefault(inside.parent.as_posix(), []).append(inside.name)
        rows = [(folder, len(many), shorten(many, 4)) for folder, many in names.items()]
        head = "".join(html_table([], [], text) for text in self.sentences)
        return head + html_table([say("view.folder"), "", say("view.folder.files")], rows, where)


@shows_progress
def write_meeting_pack(
    panel: Panel | pd.DataFrame,
    region: str,
    folder: str | Path,
    *,
    period: Period | None = None,
    scheme: pd.DataFrame | None = None,
    settings: Settings | None = None,
    threshold: float | None = 3,
    date: str | None = None,
    lang: str | None = None,
    inputs: Sequence[str | Path] = (),
    progress: Progress | None = None,
) -> MeetingPack:
    """Write the report for the meeting of one region, or of all of them.

    Parameters
    ----------
    panel
        Indicators by district with numerators and denominators, and the city; a tidy frame is accepted.
    region
        ``"17/18"``, ``"Region 17-18"``, its name, or ``"all"`` for the 16 regions and the overview of the city.
    folder
        Created if needed; each region gets a folder in it. An interrupted run is taken up where it
        stopped.
    period, scheme, settings, threshold, date, lang
        As in ``region_profile``.
    inputs
        The files that the panel was read from, for the checksums.
    progress
        Called before each file.

    Returns
    -------
    MeetingPack

    Raises
    ------
    OptionError
        If there is no such region, or no value of a district in the period.

    Examples
    --------
    >>> import tempfile
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample().sel(["Nichtdeutsche"], period=range(2018, 2025))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     pack = rg.write_meeting_pack(panel, "17/18", folder)
    ...     [path.name for path in pack.files[:3]]
    ['profil.pdf', 'profil.html', 'region-17-18.xlsx']
    """
    from regsam_geo.warning.report.detect import checksum

    folder = checked_folder(folder)
    with using_language(lang) as language:
        paths = tuple(Path(path) for path in inputs)
        scheme = load_region_scheme() if scheme is None else scheme
        wanted = None if region == ALL else find_region(region, scheme)  # a misspelt name is told at once
        facts = gather_profile_facts(
            panel,
            period=period,
            lang=language,
            settings=settings,
            scheme=scheme,
            threshold=threshold,
            inputs=paths,
        )
        regions = facts.ids if wanted is None else [wanted]
        report = facts.report
        made_from = {
            "regsam_geo": __version__,
            "period": report.period,
            "language": language,
            "date": date,
            "threshold": threshold,
            "settings": report.settings.as_dict(),
            "regions": report.scheme["region_id"].to_dict(),
            "data": checksum(report.panel),
            "inputs": {path.name: _sha256(path) for path in paths},
        }
        maker = _Maker(facts, language, date)
        steps = [step for one in regions for step in maker.region(one)]
        if region == ALL:
            steps += maker.city()
        files, kept = run_steps(folder, made_from, steps, progress)
    return MeetingPack(
        folder=folder,
        regions=tuple(regions),
        files=(*files, folder / MANIFEST),
        kept=kept,
        sentences=tuple(_sentences(facts, regions, language)),
    )


class _Maker:
    """Lists the files of packs; what all regions share is drawn once."""

    def __init__(self, facts: ProfileFacts, lang: str, date: str | None) -> None:
        self.facts, self.lang, self.date = facts, lang, date
        self.folders = folder_names(facts.ids, lang)
        self.map_bytes: Callable[[int, str], bytes] = cache(self._map_bytes)
        self.geopackage: Callable[[], bytes] = cache(self._geopackage)
        # picture and PDF of a map are made one after the other
        self._map: Callable[[int], Any] = lru_cache(maxsize=1)(self._draw_map)
        # the regions come one after the other: one profile at a time is enough
        self._last: tuple[str, RegionProfile] | None = None

    def profile(self, region: str) -> RegionProfile:
        """Return the profile of a region."""
        if self._last is None or self._last[0] != region:
            self._last = (region, profile_from(self.facts, region, self.lang, self.date))
        return self._last[1]

    def region(self, region: str) -> Iterator[Step]:
        """List the files of one region."""
        root, lang = self.folders[region], self.lang
        name = say("label.region", lang, id=region)

        def step(path: str, what: str, make: Callable[[], bytes]) -> Step:
            return Step(f"{root}/{path}", say("pack.step", lang, region=name, what=what), make)

        words = partial(say, lang=lang)
        stem, what = words("pack.file.profile"), words("pack.what.profile")
        yield step(f"{stem}.pdf", what, lambda: self.profile(region).to_pdf())
        yield step(f"{stem}.html", what, lambda: self.profile(region).to_html().encode("utf-8"))
        folder, tables = words("pack.folder.tables"), words("pack.what.tables")
        yield step(f"{folder}/{root}.xlsx", tables, lambda: _xlsx(self._tables(region), lang))
        stems = ("figures", "development", "districts", "warnings")
        for stem in stems:
            sheet = words(f"pack.table.{stem}")
            yield step(
                f"{folder}/{file_stem(sheet)}.csv",
                tables,
                lambda sheet=sheet: _csv(self._tables(region)[sheet], lang),  # type: ignore[misc]
            )
        folder = words("pack.folder.maps")
        yield step(f"{folder}/{root}.pdf", words("pack.what.region_maps"), partial(self._region_maps, region))
        for number, shown in enumerate(self.facts.report.maps):
            for kind in ("png", "pdf"):
                yield step(
                    f"{folder}/{shown.stem}.{kind}",
                    words("report.step.map", title=shown.title),
                    partial(self.map_bytes, number, kind),
                )
        yield step(f"{words('pack.file.geopackage')}.gpkg", words("pack.what.geopackage"), self.geopackage)
        warned = self.facts.report.warnings
        rows = warned[warned["region_id"] == region].to_dict("records")
        for number, row in enumerate(rows, start=1):
            stem = file_stem(f"{number:02d}", row["area_id"], row["indicator"])[:60].strip("-")
            yield step(
                f"{words('pack.folder.warnings')}/{stem}.png",
                words("pack.what.warning"),
                partial(self._warning_chart, row),
            )
        warned_keys = {(row["indicator"], row["group"]) for row in rows}
        for shown in self.facts.report.maps:
            if (shown.indicator, shown.group) in warned_keys:
                yield step(
                    f"{words('pack.folder.warnings')}/{words('pack.file.map')}-{shown.stem}.png",
                    words("report.step.map", title=shown.title),
                    partial(self._region_map, region, shown),
                )
        stem = words("pack.file.readme")
        yield step(f"{stem}.txt", stem, partial(self._readme, region, len(rows)))

    def city(self) -> Iterator[Step]:
        """List the files of the overview of the city."""
        root, what = say("pack.folder.city", self.lang), say("pack.what.overview", self.lang)
        html = f"{root}/{say('pack.file.overview', self.lang)}.html"
        yield Step(html, what, self._overview)
        xlsx = f"{root}/{say('pack.file.overview', self.lang)}.xlsx"
        yield Step(xlsx, what, lambda: _xlsx(overview_tables(self.facts, self.lang), self.lang))

    def _overview(self) -> bytes:
        return render_html("overview.html", overview_page(self.facts, self.lang, self.date)).encode("utf-8")

    def _tables(self, region: str) -> dict[str, Table]:
        return tables_of(self.facts, self.profile(region).content, self.lang)

    def _region_maps(self, region: str) -> bytes:
        page = region_maps_page(self.facts, region, self.profile(region).map_svg, self.lang, self.date)
        return compile_pdf(page, REGION_MAPS)

    def _map_bytes(self, number: int, kind: str) -> bytes:
        from regsam_geo.look.save import figure_bytes

        return figure_bytes(self._map(number), kind)

    def _draw_map(self, number: int) -> Any:
        from regsam_geo.maps import plot_map

        report = self.facts.report
        shown = report.maps[number]
        values, warnings = report.values_of(shown), report.warnings_of(shown)
        return plot_map(report.areas, values, warnings=warnings, lang=self.lang, date=self.date, threshold=None)

    def _warning_chart(self, row: Mapping[str, Any]) -> bytes:
        from regsam_geo.charts import plot_warning
        from regsam_geo.look.save import figure_bytes

        report = self.facts.report
        return figure_bytes(plot_warning(report.panel, row, lang=self.lang, threshold=report.threshold), "png")

    def _region_map(self, region: str, shown: MapOfReport) -> bytes:
        from regsam_geo.look.save import figure_bytes
        from regsam_geo.maps import plot_region_map

        report = self.facts.report
        values, warnings = report.values_of(shown), report.warnings_of(shown)
        figure = plot_region_map(
            region, report.areas, values, warnings=warnings, lang=self.lang, date=self.date, threshold=None
        )
        return figure_bytes(figure, "png")

    def _geopackage(self) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "karten.gpkg"
            write_geopackage(self.facts, path, self.lang)
            return path.read_bytes()

    def _readme(self, region: str, n_warnings: int) -> bytes:
        facts, lang = self.facts, self.lang
        fields = {
            "region": region,
            "name": facts.name_of(region),
            "root": self.folders[region],
            "period": format_period(facts.period, lang),
            "tables": say("pack.folder.tables", lang),
            "maps": say("pack.folder.maps", lang),
            "warnings": say("pack.folder.warnings", lang),
            "geopackage": say("pack.file.geopackage", lang),
        }
        paragraphs = [
            say("pack.readme.title", lang, **fields),
            say("pack.readme.files", lang, **fields),
            say("pack.readme.warnings", lang, **fields) if n_warnings else say("profile.warnings.none", lang),
            say("note.warning", lang),
            *profile_notes(facts, lang),
        ]
        # a Windows editor shows umlauts and line ends rightly so
        return "\r\n\r\n".join(text.replace("\n", "\r\n") for text in paragraphs).encode("utf-8-sig") + b"\r\n"


def folder_names(regions: Sequence[str], lang: str) -> dict[str, str]:
    """Return a folder name for each region that every system can hold, and no two alike.

    Examples
    --------
    >>> folder_names(["17/18", "17-18", "5"], "de")
    {'17/18': 'region-17-18', '17-18': 'region-17-18-2', '5': 'region-5'}
    """
    names: dict[str, str] = {}
    for region in regions:
        stem = file_stem(say("label.region", lang, id=region))
        name, n = stem, 1
        while name in names.values():
            n += 1
            name = f"{stem}-{n}"
        names[region] = name
    return names


def _sentences(facts: ProfileFacts, regions: Sequence[str], lang: str) -> Iterator[str]:
    warned = facts.report.warnings
    mine = warned[warned["region_id"].isin(regions)]
    yield say("pack.sentence", lang, n=len(regions), period=format_period(facts.period, lang), warnings=len(mine))
    yield from mine[f"sentence_{lang}"].head(3)


def _xlsx(tables: dict[str, Table], lang: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tabellen.xlsx"
        write_xlsx(tables, path, lang)
        return path.read_bytes()


def _csv(table: Table, lang: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tabelle.csv"
        write_csv(table, path, lang)
        return path.read_bytes()


def _sha256(path: Path) -> str:
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()
