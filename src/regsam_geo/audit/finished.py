"""The audit of finished files: read as a reader reads them, written down as sums, solved exactly."""

from __future__ import annotations

import hashlib
import math
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Literal

import pandas as pd

from regsam_geo.areas import Division
from regsam_geo.audit.contents import Contents, files_below, read_files
from regsam_geo.audit.figures import Figure, series_of
from regsam_geo.audit.knowledge import Cell, Knowledge, Row, family_of
from regsam_geo.audit.map_page import figures_of_map
from regsam_geo.audit.places import Place, Places
from regsam_geo.audit.sentences import figures_in_texts
from regsam_geo.audit.sheets import Context, figures_of
from regsam_geo.audit.solve import Block, ContradictionError, OutOfTimeError, blocks_of
from regsam_geo.errors import OptionError
from regsam_geo.text import format_number, problem, say, shorten

Verdict = Literal["passed", "leaks", "undecided"]

COLUMNS = ("indicator", "period", "level", "area_id", "what", "lower", "upper", "leak", "through", "files")
MOST_EXPLAINED = 20
"""For so many leaks the sums are named; finding them costs more than finding the leak."""
PATIENCE = 0.5
"""Seconds for whole numbers where nothing is hidden and no count is printed; fractions do after that."""
WHAT = {"n": "count", "d": "whole"}


@dataclass(frozen=True, eq=False)
class FinishedAudit:
    """What an audit of finished files has found.

    Attributes
    ----------
    verdict
        ``"passed"``, ``"leaks"``, or ``"undecided"``, which is not passed: time was over, files contradict each
        other, or editions tell different numbers beside hidden ones.
    leaks
        One row per count that can be read or worked out: ``indicator``, ``period``, ``level``, ``area_id``,
        ``what`` (``"count"``, ``"whole"``, ``"rest"``), ``lower`` and ``upper`` (what a reader can still think
        of), ``leak`` (``"shown"``, or how it is worked out), ``through`` (which sums) and ``files``.
    hidden
        How many hidden counts were examined.
    undecided
        What was not decided, in words.
    revised
        Of which indicators and periods the editions tell different numbers: there each was examined for itself.
    read, unread, pictures
        Files that were read, files that were not, and how many pictures, which are never read.
    seconds
        How long it took.
    """

    verdict: Verdict
    leaks: pd.DataFrame
    hidden: int
    undecided: tuple[str, ...]
    revised: tuple[str, ...]
    read: tuple[str, ...]
    unread: tuple[str, ...]
    pictures: int
    seconds: float

    @property
    def safe(self) -> bool:
        """Whether the files may be handed over."""
        return self.verdict == "passed"

    def without(self, other: FinishedAudit) -> FinishedAudit:
        """Return what was found beyond what another audit has found."""
        cell = list(COLUMNS[:5])
        known = pd.MultiIndex.from_frame(other.leaks[cell])
        leaks = self.leaks[~pd.MultiIndex.from_frame(self.leaks[cell]).isin(known)].reset_index(drop=True)
        verdict: Verdict = "leaks" if len(leaks) else "undecided" if self.undecided else "passed"
        return replace(self, leaks=leaks, verdict=verdict)

    def text(self, lang: str | None = None, most: int = MOST_EXPLAINED) -> str:
        """Write the finding: one sentence, one line per leak, and what was not read."""
        lines = [
            say(
                f"label.finished.{self.verdict}", lang, n=len(self.leaks), files=len(self.read), hidden=self.hidden
            )
        ]
        for row in self.leaks.head(most).to_dict("records"):
            low, high = (format_number(float(row[end]), lang=lang) for end in ("lower", "upper"))
            lines.append(
                say(
                    "label.finished.line",
                    lang,
                    what=say(f"label.finished.what_{row['what']}", lang),
                    indicator=row["indicator"],
                    place=say(f"label.audit.place_{row['level']}", lang, area=row["area_id"]),
                    period=row["period"],
                    span=low if low == high else say("label.audit.span", lang, low=low, high=high),
                    how=say(f"label.finished.how_{row['leak']}", lang),
                    through=(": " + "; ".join(row["through"])) if row["through"] else "",
                    files=shorten(row["files"], 4) or "–",
                )
            )
        if len(self.leaks) > most:
            lines.append(say("label.audit.more", lang, n=len(self.leaks) - most))
        lines += [say("label.finished.open", lang, what=one) for one in self.undecided[:most]]
        if self.revised:
            lines.append(say("label.finished.revised", lang, what=shorten(self.revised, 6, lang)))
        if self.unread:
            lines.append(say("label.finished.unread", lang, n=len(self.unread), files=shorten(self.unread, 6)))
        if self.pictures:
            lines.append(say("label.finished.pictures", lang, n=self.pictures))
        return "\n".join(lines)

    def __repr__(self) -> str:
        return (
            f"FinishedAudit({self.verdict}, {len(self.read)} files, {self.hidden} hidden, {len(self.leaks)} leaks)"
        )

    def _repr_html_(self) -> str:
        return "".join(f"<p>{escape(line)}</p>" for line in self.text().splitlines())


def audit_files(
    editions: Sequence[Mapping[str, Path]],
    *,
    threshold: float = 3,
    zeros: str = "show",
    division: Division | None = None,
    beside: Iterable[Division] = (),
    sums: Mapping[str, Iterable[str]] | None = None,
    names: Iterable[Collection[str]] = (),
    not_persons: Collection[str] = (),
    groups: Iterable[Sequence[str]] = (),
    seconds: float = 60.0,
    reckoned_with: bool = False,
) -> FinishedAudit:
    """Audit files that a reader may lay side by side.

    Parameters
    ----------
    editions
        The files of each edition, by the names under which a reader finds them.
    threshold, zeros, division, sums
        As for ``protect``.
    beside
        Other divisions, whose regions stand in the files too.
    names
        Names that mean one indicator.
    not_persons
        Indicators that count no persons.
    groups
        Groups, written ``indicator | group``, of which the first is made up of the others.
    seconds
        After so many seconds what is not decided is said to be so.
    reckoned_with
        Whether the newest edition was protected with the others at hand. Else it is undecided what editions give
        away together that tell different numbers beside hidden ones: nobody can tell which of these changed.
    """
    began = time.monotonic()
    places = Places.of(division, sums, beside)
    figures, texts, contents = _read(editions, places)
    told = [{series_of(name) for name in many} for many in names]
    excluded = [series_of(name) for name in not_persons]
    made_up = [tuple(many) for many in groups]
    knowledge = Knowledge(figures, places, told, excluded, made_up)
    # twice, as only the tables tell which cells are hidden and so worth looking for in sentences
    if more := _told_in_texts(knowledge, texts):
        knowledge = Knowledge([*figures, *more], places, told, excluded, made_up)
    # where zeros may stand, a zero would not have been hidden: what is hidden is at least one
    finder = _Finder(knowledge, threshold, 1.0 if zeros == "show" else 0.0, began + seconds)
    finder.look()
    if not reckoned_with:
        finder.doubt_revisions()
    leaks = pd.DataFrame(finder.leaks, columns=list(COLUMNS))
    # a count that stands in ten files is one leak; what is shown was noted first and stays
    leaks = leaks.drop_duplicates(list(COLUMNS[:5])).sort_values(["leak", *COLUMNS[:5]], ignore_index=True)
    # a leak remains one, whatever else was not decided
    verdict: Verdict = "leaks" if len(leaks) else "undecided" if finder.undecided else "passed"
    return FinishedAudit(
        verdict,
        leaks,
        finder.hidden,
        tuple(dict.fromkeys(finder.undecided)),
        tuple(f"{knowledge.called.get(name, name)}, {period}" for name, period in sorted(knowledge.revised)),
        tuple(name for one in contents for name in one.read),
        tuple(name for one in contents for name in one.unread),
        sum(one.pictures for one in contents),
        time.monotonic() - began,
    )


def listed(paths: Iterable[str | Path]) -> list[dict[str, Path]]:
    """Return the files of each path, a folder or a file; files given one by one are one edition.

    Raises
    ------
    OptionError
        If a path does not exist, or nothing stands there.
    """
    editions: list[dict[str, Path]] = []
    single: dict[str, Path] = {}
    for given in map(Path, paths):
        if given.is_dir():
            found = dict(files_below(given))
            # an empty folder must not look like one that has passed
            if not found:
                raise problem(OptionError, "audit_nothing_there", path=str(given))
            editions.append(found)
        elif given.is_file():
            single[given.as_posix()] = given
        else:
            raise problem(OptionError, "audit_nothing_there", path=str(given))
    return [*editions, *([single] if single else [])]


def _read(
    editions: Sequence[Mapping[str, Path]], places: Places
) -> tuple[list[Figure], list[tuple[list[tuple[str, str]], Context]], list[Contents]]:
    figures: list[Figure] = []
    texts: list[tuple[list[tuple[str, str]], Context]] = []
    contents: list[Contents] = []
    for number, files in enumerate(editions):
        once, copies = _without_copies(files)
        found = read_files(once)
        found.read.extend(copies)
        periods = [str(one["period"]) for one in found.manifests if one.get("period")]
        context = Context(places, max(periods, default=""), number)
        mark = f"{number + 1}: " if len(editions) > 1 else ""
        for sheet in found.sheets:
            figures += figures_of(sheet, context)
        for data, source in found.maps:
            figures += figures_of_map(data, source, context)
        texts.append(([(text, mark + source) for text, source in found.texts], context))
        contents.append(found)
    return figures, texts, contents


def _without_copies(files: Mapping[str, Path]) -> tuple[dict[str, Path], list[str]]:
    """Leave out files with the same bytes: a pack of all regions holds its maps sixteen times."""
    seen: set[bytes] = set()
    once: dict[str, Path] = {}
    copies = []
    for name, path in files.items():
        digest = hashlib.sha256(path.read_bytes()).digest()
        # what a file is about may follow from its folder, and what it is from its ending
        if digest in seen and path.suffix in (".gpkg", ".pdf", ".png"):
            copies.append(name)
        else:
            once[name] = path
            seen.add(digest)
    return once, copies


def _told_in_texts(
    knowledge: Knowledge,
    texts: Sequence[tuple[list[tuple[str, str]], Context]],
) -> list[Figure]:
    """Read what running texts say of hidden cells."""
    wanted: dict[str, set[tuple[Place, str]]] = defaultdict(set)
    for cell, known in knowledge.cells.items():
        if known.secret:
            wanted[cell.key.series].add((cell.place, cell.period))
    for (series, _), told in knowledge.rates.items():
        wanted[series] |= {where for where, known in told.items() if known.secret}
    titles = {name: series for name, series in knowledge.same_names.items() if wanted.get(series)}
    # a short name is meant where one series alone has it: groups of one indicator share theirs
    meant: dict[str, set[str]] = defaultdict(set)
    for name, series in knowledge.same_names.items():
        meant[name.partition(" (")[0].partition(" | ")[0]].add(series)
    for name, series in list(titles.items()):
        short = name.partition(" (")[0].partition(" | ")[0]
        # shorter names would be found within other words
        if len(short) > 3 and len(meant[short]) == 1:
            titles.setdefault(short, series)
    titles = {name: series for name, series in titles.items() if name not in meant or len(meant[name]) == 1}
    found: list[Figure] = []
    for many, context in texts:
        found += figures_in_texts(many, wanted, titles, context.period or knowledge.newest, context)
    return found


class _Finder:
    """Looks for counts that are shown, or that the sums leave no doubt about."""

    def __init__(self, knowledge: Knowledge, threshold: float, least: float, deadline: float) -> None:
        self.knowledge, self.threshold, self.least, self.deadline = knowledge, threshold, least, deadline
        self.leaks: list[tuple[object, ...]] = []
        self.undecided: list[str] = []
        self.hidden = 0

    def look(self) -> None:
        # first what simply stands there: it needs no solver, and is told even if the time runs out
        self._shown()
        persons = self.knowledge.persons
        secret = {cell.key.series for cell, known in self.knowledge.cells.items() if known.secret}
        for told in self.knowledge.contradictions:
            if told.partition(",")[0] in secret:
                self.undecided.append(say("label.finished.contradiction", what=told))
        try:
            rows = list(self.knowledge.rows())
            self.hidden = sum(
                known.secret and cell.key.column == "n" and math.isnan(self.knowledge.number(cell))
                for cell, known in self.knowledge.cells.items()
            )
            for block in blocks_of(rows, self.knowledge, self.least, self.deadline):
                asked = [
                    at
                    for at, cell in enumerate(block.cells)
                    if cell.key.column != "d" and persons.get(cell.key.series, True)
                ]
                if asked:
                    self._examine(block, asked)
        except OutOfTimeError:
            self.undecided.append(say("label.finished.time"))

    def doubt_revisions(self) -> None:
        """Say where editions tell different numbers beside hidden ones, which may have changed as well."""
        cells = self.knowledge.cells.items()
        hidden = {(family_of(cell.key.series), cell.period) for cell, known in cells if known.secret}
        for series, known_values in self.knowledge.rates.items():
            hidden |= {
                (family_of(series[0]), period) for (_, period), known in known_values.items() if known.secret
            }
        for name, period in sorted(self.knowledge.revised & hidden):
            called = self.knowledge.called.get(name, name)
            self.undecided.append(say("label.finished.editions", what=f"{called}, {period}"))

    def _shown(self) -> None:
        """Note small counts and small rests that simply stand there."""
        everybody: dict[str, bool] = {}
        pairs = []
        for cell, known in self.knowledge.cells.items():
            number = self.knowledge.number(cell)
            series = cell.key.series
            if math.isnan(number) or not self.knowledge.persons.get(series, True):
                continue
            # with hidden zeros one that another file shows is a leak, too
            if (0 < number < self.threshold) or (number == 0 and self.least == 0 and known.secret):
                self._note(cell, WHAT.get(cell.key.column, "count"), number, number, "shown", (), known.sources)
            if cell.key.column == "n" and self.knowledge.scales.get(series) == 100.0:
                whole = self.knowledge.number(Cell(cell.key._replace(column="d"), cell.place, cell.period))
                if not math.isnan(whole):
                    everybody[series] = everybody.get(series, True) and whole == number
                    pairs.append((cell, number, whole - number, known))
        for cell, number, rest, known in pairs:
            # a share of 100 % in every area is so by definition and says nothing of anybody
            if (0 < rest < self.threshold) or (rest == 0 and number > 0 and not everybody[cell.key.series]):
                self._note(cell, "rest", rest, rest, "shown", (), known.sources)

    def _examine(self, block: Block, asked: list[int]) -> None:
        if block.scales and block.fits():
            # twice, ten times, a thousand times as many persons are as possible: none of them is confined
            return
        if not any(block.secret[at] for at in asked):
            block.patience = PATIENCE
        try:
            block.look_around(asked)
        except OutOfTimeError:
            if block.patience == math.inf or time.monotonic() > self.deadline:
                raise
            self._examine_roughly(block, asked)
            return
        except ContradictionError:
            untested = [at for at, one in enumerate(block.equations) if one.row.tested]
            if len(untested) < len(block.equations):
                # what was never seen to add up need not
                block.equations = [block.equations[at] for at in untested]
                self._examine(block, asked)
            elif any(block.secret[at] for at in asked):
                cell = block.cells[next(at for at in asked if block.secret[at])]
                self.undecided.append(
                    say("label.finished.contradiction", what=f"{cell.key.series}, {cell.place[1]}, {cell.period}")
                )
            return
        for at in asked:
            secret = block.secret[at]
            # solutions found for other cells prove some safe already: these need no search of their own
            widest = block.seen_high[at] >= self.threshold
            if widest and (not secret or block.seen_low[at] < block.seen_high[at]):
                continue
            # it may be zero, and zero describes nobody
            if not secret and block.seen_low[at] <= 0:
                continue
            ends = block.given_away(at, self.threshold)
            if ends is None:
                continue
            low, high = ends
            rows = block.reasons(at, self.threshold) if len(self.leaks) < MOST_EXPLAINED else []
            cell = block.cells[at]
            files = list(dict.fromkeys(source for row in rows for source in row.sources))
            files += [
                source
                for row in rows
                for other, _ in row.weights
                if (known := self.knowledge.cells.get(other)) is not None
                for source in known.sources[:2]
            ]
            self._note(
                cell, WHAT.get(cell.key.column, "count"), low, high, _how(rows), tuple(map(_say_row, rows)), files
            )

    def _examine_roughly(self, block: Block, asked: list[int]) -> None:
        """Look at counts that stand nowhere, and are hidden nowhere, by fractions alone."""
        for at in asked:
            low, high, _ = block.ends(at)
            if block.tells(at, low, high, self.threshold):
                rows = block.reasons(at, self.threshold) if len(self.leaks) < MOST_EXPLAINED else []
                files = [source for row in rows for source in row.sources]
                self._note(block.cells[at], "count", low, high, _how(rows), tuple(map(_say_row, rows)), files)

    def _note(
        self,
        cell: Cell,
        what: str,
        low: float,
        high: float,
        leak: str,
        through: tuple[str, ...],
        files: Iterable[str],
    ) -> None:
        level, area = cell.place
        self.leaks.append(
            (
                self.knowledge.called.get(cell.key.series, cell.key.series),
                cell.period,
                level,
                area,
                what,
                low,
                high,
                leak,
                through,
                tuple(dict.fromkeys(files)),
            )
        )


def _how(rows: Sequence[Row]) -> str:
    kinds = {row.kind for row in rows}
    return next((kind for kind in ("groups", "rate", "sum", "part") if kind in kinds), "sum")


def _say_row(row: Row) -> str:
    """Write one sum for people."""
    (first, _), *others = row.weights
    place = _place(first.place)
    if row.kind == "sum":
        parts = shorten([cell.place[1] for cell, _ in others], 6)
        return say("label.audit.by_sum", whole=place, parts=parts)
    if row.kind == "groups":
        parts = " + ".join(cell.key.series for cell, _ in others)
        return say("label.audit.by_groups", whole=first.key.series, parts=parts, area=place)
    if row.kind == "part":
        return say("label.audit.by_complement", area=place)
    return say("label.finished.by_rate", area=place, files=shorten(row.sources, 2) or "–")


def _place(place: Place) -> str:
    return say(f"label.audit.place_{place[0]}", area=place[1])


__all__ = ["FinishedAudit", "audit_files", "listed"]
