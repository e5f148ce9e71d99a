"""The meeting report: warnings, maps, region summary and a page that leads through them, in one folder.

Everything is computed before the first file is written, so bad input leaves the folder as it was. Each file
appears whole, and the overview page comes last.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from regsam_geo.indicators.periods import Period
from regsam_geo.study import Study, verb
from regsam_geo.summary.facts.earlier_edition import after_edition_in
from regsam_geo.summary.facts.report_facts import gather_report_facts
from regsam_geo.summary.products.handing_over import SECONDS, audit_of
from regsam_geo.summary.products.report_files import INDEX, belongs_to_report, report_files
from regsam_geo.summary.words.report_words import report_sentences
from regsam_geo.summary.writers.folder import Progress, checked_folder, write_folder
from regsam_geo.text import html_table, say, shows_progress


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
        All files, in the order in which they were made.
    kept
        How many of them stood there already from an interrupted run.
    warnings
        The warnings of the period; ``warnings.attrs`` also tells the ``expected_false_warnings`` by simulation.
    regions
        The indicators of the regions, as ``summarize_regions`` returns them.
    sentences
        What was found, for people.

    Examples
    --------
    >>> import dataclasses
    >>> from regsam_geo.summary import Report
    >>> [field.name for field in dataclasses.fields(Report)]
    ['folder', 'index', 'files', 'kept', 'warnings', 'regions', 'sentences']
    """

    folder: Path
    index: Path
    files: tuple[Path, ...]
    kept: int
    warnings: pd.DataFrame
    regions: pd.DataFrame
    sentences: tuple[str, ...]

    def _repr_html_(self) -> str:
        """Show what was found, where it stands and what to open first."""
        where = say("view.files", n=len(self.files), folder=str(self.folder))
        start = say("view.files.start", path=str(self.index))
        return "".join(html_table([], [], text) for text in (*self.sentences, f"{where}. {start}"))


@verb
@shows_progress
def write_report(
    study: Study,
    folder: str | Path,
    *,
    period: Period | None = None,
    progress: Progress | None = None,
    audit_seconds: float = SECONDS,
) -> Report:
    """Write the material for a meeting into a folder.

    Parameters
    ----------
    study
        Indicators by district (or sub-district or quarter); where polygons of your own were given, the report is
        about them. Regions are those of its division; what may not be shown stands nowhere, and the page says so.
    folder
        Created if needed. An interrupted run is taken up where it stopped. Files of an earlier report in it are
        replaced as long as nobody changed them; other files, packs among them, are left alone. Where something is
        hidden, ``geheim.csv`` lists the cells, without figures, and ``gezeigt.csv`` the figures shown: a report
        written into the same folder again hides them too, and another one takes both by
        ``Study(previous=folder)``.
    period
        The period of the report; the study's by default.
    progress
        Called before each file.
    audit_seconds
        What ``audit_disclosure`` may take on the finished files. It is run where the data hold small counts,
        before the first file stands in its place; what it does not pass in that time is not handed over.

    Returns
    -------
    Report

    Raises
    ------
    OptionError
        If the study has no figures of areas in the period.
    AggregationError
        If no indicator can be summed to the areas given.
    OutputError
        If the finished files give a small count away, or that could not be decided in time: then none is written.
        If a file is open in another program or cannot be written, another run writes into the folder, or a file
        of your own, or one that you changed, stands where one is to be written. Files that are finished stay. A
        worksheet that was filled in is no such file: it stays, and the empty one gets another name.

    Examples
    --------
    >>> import tempfile
    >>> import regsam_geo as rg
    >>> study = rg.load_study().sel("Hochbetagte", period=range(2021, 2025))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     report = rg.write_report(study, folder, period=2024)
    ...     report.index.name
    'index.html'
    """
    folder = checked_folder(folder)
    facts = gather_report_facts(after_edition_in(folder, study), period)
    facts.warnings.attrs |= facts.null.as_attrs()
    # Before the first file, so that what cannot be said stops the run while the folder is still untouched.
    sentences = tuple(report_sentences(facts))
    steps = list(report_files(facts, folder))
    # Simulated numbers belong to what the files follow from: they stand on the page.
    made_from = facts.made_from() | {"expected_false_warnings": facts.null.as_attrs()}
    written = write_folder(
        folder,
        made_from,
        steps,
        progress,
        private=facts.private(),
        replaces=belongs_to_report,
        audit=audit_of(facts, audit_seconds),
    )
    return Report(
        folder=folder,
        index=folder / INDEX,
        files=written.files,
        kept=written.kept,
        warnings=facts.warnings,
        regions=facts.regions,
        sentences=sentences,
    )
