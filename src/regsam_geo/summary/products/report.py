"""The meeting report: warnings, maps, region summary and a page that leads through them, in one folder.

Everything is computed before the first file is written, so bad input leaves the folder as it was. Each file
appears whole, and the overview page comes last.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import geopandas as gpd
import pandas as pd

from regsam_geo._version import __version__
from regsam_geo.areas import load_boundaries, load_region_scheme
from regsam_geo.files import whole_file
from regsam_geo.indicators import Panel, aggregate_to_regions, publishable
from regsam_geo.indicators.periods import Period
from regsam_geo.look.save import save_figure
from regsam_geo.maps import explore_map, plot_map
from regsam_geo.summary.facts.report_facts import (
    MapOfReport,
    ReportFacts,
    checked_folder,
    find_period,
    find_subject,
    gather_report_facts,
)
from regsam_geo.summary.words.report_page import report_page
from regsam_geo.summary.words.report_words import region_table, report_sentences, warning_table
from regsam_geo.summary.words.tables import Table
from regsam_geo.summary.writers.html import render_html
from regsam_geo.summary.writers.spreadsheets import write_csv, write_xlsx
from regsam_geo.text import html_table, say, shows_progress, using_language, watched
from regsam_geo.warning import Settings

Progress = Callable[[int, int, str], None]
"""Called before each step with the steps done, the steps in all, and what comes now."""

MANIFEST = "angaben.json"
INDEX = "index.html"


@dataclass(frozen=True)
class Report:
    """What a report found and where it stands.

    Attributes
    ----------
    folder
        Where it stands.
    index
        The page to open first.
    files
        All files written, in order.
    warnings
        The warnings of the period; ``warnings.attrs`` also tells the ``expected_false_warnings`` by simulation.
    regions
        The indicators of the regions, as ``summarize_regions`` returns them.
    sentences
        What was found, for people.

    Examples
    --------
    >>> import dataclasses
    >>> import regsam_geo as rg
    >>> [field.name for field in dataclasses.fields(rg.Report)]
    ['folder', 'index', 'files', 'warnings', 'regions', 'sentences']
    """

    folder: Path
    index: Path
    files: tuple[Path, ...]
    warnings: pd.DataFrame
    regions: pd.DataFrame
    sentences: tuple[str, ...]

    def _repr_html_(self) -> str:
        """Show what was found, where it stands and what to open first."""
        where = say("view.files", n=len(self.files), folder=str(self.folder))
        start = say("view.files.start", path=str(self.index))
        return "".join(html_table([], [], text) for text in (*self.sentences, f"{where}. {start}"))


@dataclass(frozen=True)
class _Step:
    """Files of the report that are made together, and how they are written."""

    paths: tuple[str, ...]
    label: str
    write: Callable[[Sequence[Path]], None]


@shows_progress
def write_report(
    panel: Panel | pd.DataFrame,
    folder: str | Path,
    *,
    period: Period | None = None,
    areas: gpd.GeoDataFrame | None = None,
    scheme: pd.DataFrame | None = None,
    settings: Settings | None = None,
    threshold: float | None = 3,
    lang: str | None = None,
    inputs: Sequence[str | Path] = (),
    progress: Progress | None = None,
) -> Report:
    """Write the material for a meeting into a folder.

    Parameters
    ----------
    panel
        Indicators by district (or sub-district or quarter), or by areas of your own; a tidy frame is accepted.
    folder
        Created if needed. Files of an earlier report in it are replaced, other files are left alone.
    period
        The period of the report; the newest by default.
    areas
        Polygons of your own, as ``read_boundaries`` returns; the report is then about them, and values of
        districts are summed to them.
    scheme
        Which district belongs to which region; the shipped table by default.
    settings
        Thresholds of the warning function.
    threshold
        Counts of persons below it are hidden first (``protect``), and the page says so; ``None`` for figures
        that may be shown as they are.
    lang
        ``"de"`` or ``"en"``; the language in force by default.
    inputs
        The files that the panel was read from, for the checksums in the report.
    progress
        Called before each file.

    Returns
    -------
    Report

    Raises
    ------
    OptionError
        If the panel has no values of areas in the period.
    AggregationError
        If no indicator can be summed to regions or to the areas given.

    Examples
    --------
    >>> import tempfile
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample().sel(["Nichtdeutsche", "Hochbetagte"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     report = rg.write_report(panel, folder, period=2024)
    ...     report.index.name
    'index.html'
    """
    folder = checked_folder(folder)
    with using_language(lang) as language:
        facts = gather_report_facts(
            Panel.from_frame(panel),
            period=period,
            lang=language,
            areas=areas,
            settings=settings,
            scheme=scheme,
            threshold=threshold,
            inputs=tuple(Path(path) for path in inputs),
        )
        facts.warnings.attrs |= facts.null.as_attrs()
        sentences = tuple(report_sentences(facts, language))
        earlier = _files_of_earlier_report(folder)
        steps = list(_steps(facts, sentences, language))
        manifest = partial(_manifest, facts, [path for step in steps for path in step.paths])
        steps.insert(-1, _Step((MANIFEST,), say("report.step.manifest"), partial(_write_text, manifest)))
        for done, step in enumerate(watched(steps, lambda step: step.label)):
            if progress is not None:
                progress(done, len(steps), step.label)
            step.write([folder / path for path in step.paths])
        files = [path for step in steps for path in step.paths]
        for stale in earlier - set(files):
            (folder / stale).unlink(missing_ok=True)
    return Report(
        folder=folder,
        index=folder / INDEX,
        files=tuple(folder / path for path in files),
        warnings=facts.warnings,
        regions=facts.regions,
        sentences=sentences,
    )


def _steps(facts: ReportFacts, sentences: Sequence[str], lang: str) -> Iterator[_Step]:
    """List the files of a report in the order in which they are written."""
    tables = (
        (say("report.file.warnings"), warning_table(facts, lang)),
        (say("report.file.regions"), region_table(facts, lang)),
    )
    for stem, table in tables:
        yield _Step((f"{stem}.csv", f"{stem}.xlsx"), table.title, partial(_write_table, table, lang))
    folder = say("report.file.maps")
    for shown in facts.maps:
        files = (f"{folder}/{shown.stem}.png", f"{folder}/{shown.stem}.pdf")
        label = say("report.step.map", title=shown.title)
        yield _Step(files, label, partial(_write_map, facts, shown, lang))
    interactive = partial(_write_interactive, facts, lang)
    yield _Step((say("report.file.interactive"),), say("report.step.interactive"), interactive)
    yield _Step((INDEX,), say("report.step.index"), partial(_write_page, facts, sentences, lang))


def _manifest(facts: ReportFacts, files: Sequence[str]) -> str:
    """Say what the report was made from and which files belong to it; no paths, no dates, no names of users."""
    content = {
        "regsam_geo": __version__,
        "period": facts.period,
        "settings": facts.settings.as_dict(),
        "checksum_of_values": facts.warnings.facts.checksum,
        "expected_false_warnings": facts.null.as_attrs(),
        "threshold_of_counts": facts.threshold,
        "inputs": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in facts.inputs},
        "files": [*files, MANIFEST],
    }
    return json.dumps(content, indent=2, ensure_ascii=False, default=str) + "\n"


def _files_of_earlier_report(folder: Path) -> set[str]:
    """Return the files that an earlier report left in the folder, by its own list."""
    try:
        listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    inside = folder.resolve()
    return {name for name in listed if isinstance(name, str) and (inside / name).resolve().is_relative_to(inside)}


def _write_table(table: Table, lang: str, paths: Sequence[Path]) -> None:
    as_csv, as_xlsx = paths
    write_csv(table, as_csv, lang)
    write_xlsx({table.title: table}, as_xlsx, lang)


def _write_map(facts: ReportFacts, shown: MapOfReport, lang: str, paths: Sequence[Path]) -> None:
    values, warnings = facts.values_of(shown), facts.warnings_of(shown)
    figure = plot_map(facts.areas, values, warnings=warnings, lang=lang, threshold=None)
    for path in paths:
        save_figure(figure, path)


def _write_interactive(facts: ReportFacts, lang: str, paths: Sequence[Path]) -> None:
    panel, layers = _with_regions(facts)
    web_map = explore_map(panel, layers, period=facts.period, warnings=facts.warnings, lang=lang, threshold=None)
    with whole_file(paths[0]) as temporary:
        web_map.save(str(temporary))


def _with_regions(facts: ReportFacts) -> tuple[Panel, dict[str, gpd.GeoDataFrame]]:
    """Put the regions beside the areas, where the report is about shipped areas that can be summed to them."""
    panel, layers = facts.panel, {facts.level: facts.areas}
    if facts.level == "own" or facts.regions.empty:
        return panel, layers
    summed = aggregate_to_regions(panel, facts.scheme).data
    rows = pd.concat([panel.data, summed[summed["level"] == "region"]], ignore_index=True)
    return Panel(rows, panel.catalogue), {**layers, "region": load_boundaries("region", facts.scheme)}


def _write_page(facts: ReportFacts, sentences: Sequence[str], lang: str, paths: Sequence[Path]) -> None:
    _write_text(lambda: render_html("report.html", report_page(facts, sentences, lang)), paths)


def _write_text(make: Callable[[], str], paths: Sequence[Path]) -> None:
    text = make()
    with whole_file(paths[0]) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def write_map(
    panel: Panel | pd.DataFrame,
    path: str | Path,
    *,
    indicator: str,
    group: str | None = None,
    period: Period | None = None,
    areas: gpd.GeoDataFrame | None = None,
    scheme: pd.DataFrame | None = None,
    theme: str = "meeting",
    threshold: float | None = 3,
    lang: str | None = None,
) -> None:
    """Write one map of one indicator into a file; the ending (PNG, PDF, SVG) sets the format.

    Arguments as for ``write_report`` (small counts are hidden here too); ``group`` defaults to the headline of the
    indicator, ``theme`` is one of ``plot_map``.

    Raises
    ------
    OptionError
        If the indicator, group or period does not stand in the panel, or the theme is unknown.
    """
    panel = Panel.from_frame(panel)
    scheme = load_region_scheme() if scheme is None else scheme
    group = panel.entry(indicator, group)["group"]
    chosen = publishable(panel.sel(indicator), threshold, scheme=scheme).sel(indicator, group)
    subject, shown_areas, level = find_subject(chosen, areas, scheme)
    now = find_period(subject.sel(level=level), period)
    values = subject.sel(period=now, level=level)
    figure = plot_map(shown_areas, values, theme=theme, lang=lang, threshold=None)
    save_figure(figure, path)
