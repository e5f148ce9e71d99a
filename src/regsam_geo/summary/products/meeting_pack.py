"""``write_meeting_pack``: everything for one RAGS in a folder, or for all 16 regions and the city."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from regsam_geo.errors import OptionError
from regsam_geo.files import whole_file
from regsam_geo.indicators.periods import Period
from regsam_geo.study import Study, verb
from regsam_geo.summary.facts.earlier_edition import after_edition_in
from regsam_geo.summary.facts.profile_facts import ProfileFacts, gather_profile_facts, study_of_groups
from regsam_geo.summary.products.handing_over import SECONDS, audit_of
from regsam_geo.summary.products.pack_files import PackFiles, PartsOfPacks
from regsam_geo.summary.products.pack_slides import PackSlides
from regsam_geo.summary.writers.folder import Progress, Step, checked_folder, write_folder
from regsam_geo.summary.writers.ledger import PACK_MANIFEST
from regsam_geo.summary.writers.second_process import SecondProcess, second_process
from regsam_geo.summary.writers.slides import pptx_bytes, require_pptx, suffix_refused
from regsam_geo.text import (
    current_language,
    format_period,
    html_table,
    join_words,
    problem,
    say,
    shorten,
    shows_progress,
    using_language,
    using_terms,
)

ALL = "all"
MANY = 80
"""From so many maps of regions on a second process pays, though it has to start Python anew."""


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
    >>> from regsam_geo.summary import MeetingPack
    >>> [field.name for field in dataclasses.fields(MeetingPack) if field.repr]
    ['folder', 'regions', 'files', 'kept', 'sentences']
    """

    folder: Path
    regions: tuple[str, ...]
    files: tuple[Path, ...]
    kept: int
    sentences: tuple[str, ...]
    _maker: PackFiles = field(repr=False, compare=False)
    _audit_seconds: float = field(repr=False, compare=False)

    def save_pptx(self, path: str | Path, region: str | None = None) -> Path:
        """Save the maps and charts of the pack as slides for PowerPoint.

        One slide for each map and for each chart of a warning: its title is text and can be edited, the picture
        has an alternative text, the notes hold the sentences. Drawn from the same figures as the files of the
        pack; what is hidden there is hidden here. The same pack gives the same bytes, and the file names no
        person. Needs python-pptx: ``pip install "regsam-geo[pptx]"``.

        Parameters
        ----------
        path
            Where to; a name that ends with ``.pptx``.
        region
            One of the regions of a pack of several; all of them by default.

        Returns
        -------
        Path
            The path.

        Raises
        ------
        OptionError
            If the pack is not about such a region.
        OutputError
            If python-pptx is not installed, the name does not end with ``.pptx``, the file is open in another
            program, or ``audit_disclosure`` does not pass it beside the files of the pack.
        """
        target = Path(path)
        suffix_refused(target)
        require_pptx()
        study = self._maker.study
        regions = self.regions
        if region is not None:
            wanted = study.find_region(region)
            if wanted not in self.regions:
                raise problem(OptionError, "pack_region", found=region, expected=join_words(self.regions))
            regions = (wanted,)
        slides = PackSlides(self._maker)
        with using_language(study.language), using_terms(lambda: study.terms, anew=True):
            sentences = tuple(_sentences(self._maker.facts, regions))
            data = pptx_bytes(list(slides.of(regions, sentences)), slides.title(regions), study.language)
            audit = audit_of(self._maker.facts.report, self._audit_seconds)
            with whole_file(target) as temporary:
                temporary.write_bytes(data)
                if audit is not None:
                    files = {one.relative_to(self.folder).as_posix(): one for one in self.files}
                    audit({**files, target.name: temporary})
        return target

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


@verb
@shows_progress
def write_meeting_pack(
    study: Study,
    region: str,
    folder: str | Path,
    *,
    period: Period | None = None,
    date: str | None = None,
    progress: Progress | None = None,
    audit_seconds: float = SECONDS,
) -> MeetingPack:
    """Write the material for the meeting of one region, or of all of them.

    Parameters
    ----------
    study
        Indicators by area with numerators and denominators, and the city; the regions are those of its division.
    region
        ``"17/18"``, ``"Region 17-18"``, its name, or ``"all"`` for all regions and the overview of the city;
        what all of them share, such as the maps of the city, then lies there once.
    folder
        Created if needed; each region gets a folder in it. An interrupted run is taken up where it
        stopped.
    period, date
        As in ``region_profile``.
    progress
        Called before each file.
    audit_seconds
        What ``audit_disclosure`` may take on the finished files. It is run where the data hold small counts,
        before the first file stands in its place; what it does not pass in that time is not handed over.

    Returns
    -------
    MeetingPack

    Raises
    ------
    OptionError
        If there is no such region, or no value of a district in the period.
    OutputError
        If the finished files give a small count away, or that could not be decided in time: then none is written.
        If a file is open in another program or cannot be written, another run writes into the folder, or a file
        of your own, or one that you changed, stands where one is to be written. Files that are finished stay. A
        worksheet that was filled in is no such file: it stays, and the empty one gets another name.

    Examples
    --------
    >>> import tempfile
    >>> import regsam_geo as rg
    >>> study = rg.load_study().sel("Nichtdeutsche", period=range(2021, 2025))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     pack = rg.write_meeting_pack(study, "17/18", folder)
    ...     [path.name for path in pack.files[:3]]
    ['profil.pdf', 'profil.html', 'region-17-18.xlsx']
    """
    folder = checked_folder(folder)
    about = study_of_groups(study)
    # a misspelt name is told at once
    wanted = None if region == ALL else about.find_region(region)
    with using_terms(lambda: about.terms, anew=True):
        # Everything is computed before the first file is written: bad input leaves the folder as it was.
        facts = gather_profile_facts(after_edition_in(folder, study), period)
        regions = facts.ids if wanted is None else [wanted]
        maker = PackFiles(facts, date, folder, of_all=region == ALL)
        with second_process(worth_it=len(regions) * len(facts.keys) >= MANY) as second:
            steps = _steps(maker, regions, about, second)
            written = write_folder(
                folder,
                facts.report.made_from(date),
                steps,
                progress,
                manifest=PACK_MANIFEST,
                private=facts.report.private(),
                audit=audit_of(facts.report, audit_seconds),
            )
        return MeetingPack(
            folder=folder,
            regions=tuple(regions),
            files=written.files,
            kept=written.kept,
            sentences=tuple(_sentences(facts, regions)),
            _maker=maker,
            _audit_seconds=audit_seconds,
        )


def _steps(maker: PackFiles, regions: Sequence[str], about: Study, second: SecondProcess | None) -> list[Step]:
    """List the files of packs; those of regions, and what all of them share, may be made by a second process."""
    parts = [list(maker.region(one)) for one in regions]
    city: list[Step] = []
    if maker.of_all:
        city = list(maker.city())
        parts.append(list(maker.shared()))
        if second is not None:
            make = PartsOfPacks(maker.facts, maker.date, maker.folder, about, current_language())
            parts = second.share(parts, make)
    return [step for part in (*parts[: len(regions)], city, *parts[len(regions) :]) for step in part] + list(
        maker.hidden(regions)
    )


def _sentences(facts: ProfileFacts, regions: Sequence[str]) -> Iterator[str]:
    lang, warned = facts.study.language, facts.report.warnings
    # Only of the regions that were asked for: the pack of one RAGS speaks of its own.
    mine = warned[warned["region_id"].isin(regions)]
    yield say("pack.sentence", lang, n=len(regions), period=format_period(facts.period, lang), warnings=len(mine))
    yield from mine[f"sentence_{lang}"].head(3)
