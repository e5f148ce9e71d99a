"""The meeting report: warnings, maps, region summary and a page that leads through them, in one folder.

Everything is computed before the first file is written, so bad input leaves the folder as it was. Each file
appears whole, and the overview page comes last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from regsam_geo.areas import load_region_scheme
from regsam_geo.indicators import Panel, publishable
from regsam_geo.indicators.periods import Period
from regsam_geo.look.save import save_figure
from regsam_geo.maps import plot_map
from regsam_geo.study import Settings, Study
from regsam_geo.summary.facts.report_facts import find_period, find_subject, gather_report_facts
from regsam_geo.summary.products.report_files import INDEX, belongs_to_report, report_files
from regsam_geo.summary.words.report_words import report_sentences
from regsam_geo.summary.writers.folder import Progress, checked_folder, write_folder
from regsam_geo.text import html_table, say, shows_progress, using_language


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
        steps = list(report_files(facts, sentences, language))
        made_from = facts.made_from(language) | {"expected_false_warnings": facts.null.as_attrs()}
        written = write_folder(folder, made_from, steps, progress, replaces=belongs_to_report)
    return Report(
        folder=folder,
        index=folder / INDEX,
        files=written.files,
        warnings=facts.warnings,
        regions=facts.regions,
        sentences=sentences,
    )


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
    study = Study(values, shown_areas, scheme=scheme, lang=lang, threshold=None)
    figure = plot_map(study, theme=theme)  # type: ignore[arg-type]  # a name from the command line
    save_figure(figure, path)
