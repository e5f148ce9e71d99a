"""``write_meeting_pack``: everything for one RAGS in a folder, or for all 16 regions and the city."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from regsam_geo.areas import load_region_scheme
from regsam_geo.indicators import Panel
from regsam_geo.indicators.periods import Period
from regsam_geo.study import Settings
from regsam_geo.summary.facts.profile_facts import ProfileFacts, find_region, gather_profile_facts
from regsam_geo.summary.products.pack_files import PackFiles
from regsam_geo.summary.writers.folder import Progress, checked_folder, write_folder
from regsam_geo.text import format_period, html_table, say, shorten, shows_progress, using_language

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
        maker = PackFiles(facts, language, date)
        steps = [step for one in regions for step in maker.region(one)]
        if region == ALL:
            steps += maker.city()
        written = write_folder(folder, facts.report.made_from(language, date), steps, progress)
    return MeetingPack(
        folder=folder,
        regions=tuple(regions),
        files=written.files,
        kept=written.kept,
        sentences=tuple(_sentences(facts, regions, language)),
    )


def _sentences(facts: ProfileFacts, regions: Sequence[str], lang: str) -> Iterator[str]:
    warned = facts.report.warnings
    mine = warned[warned["region_id"].isin(regions)]
    yield say("pack.sentence", lang, n=len(regions), period=format_period(facts.period, lang), warnings=len(mine))
    yield from mine[f"sentence_{lang}"].head(3)
