"""Writes many files into a folder: each whole, each remembered, so that an interrupted run is taken up again."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from regsam_geo.errors import OptionError
from regsam_geo.files import TEMPORARY, check_length, remove_file, replace_file
from regsam_geo.summary.writers.ledger import MANIFEST, Ledger
from regsam_geo.summary.writers.lock import alone_in
from regsam_geo.summary.writers.private_note import PrivateNote
from regsam_geo.text import problem, watched

Progress = Callable[[int, int, str], None]
"""Called before each file with the files done, the files in all, and what comes now."""

Audit = Callable[[Mapping[str, Path]], None]
"""Called with the finished files, by their path below the folder and where they stand; refuses by raising."""

DRAFT = f"{TEMPORARY}entwurf"
"""Folder in which files stand until an audit has passed them."""

_UNFINISHED = re.compile(rf"{re.escape(TEMPORARY)}[0-9a-f]{{12}}(\.\w+)?")


@dataclass(frozen=True)
class Step:
    """One file: its path below the folder, what it is, and how its bytes are made."""

    path: str
    label: str
    make: Callable[[], bytes]


@dataclass(frozen=True)
class Written:
    """All files of a run, the list last, and how many of them stood there already."""

    files: tuple[Path, ...]
    kept: int


def checked_folder(folder: str | Path) -> Path:
    """Return a folder to write into; a file in its place is refused before anything is computed."""
    path = Path(folder)
    if path.is_file():
        raise problem(OptionError, "folder_is_file", folder=str(folder))
    return path


def write_folder(
    folder: Path,
    made_from: Mapping[str, Any],
    steps: Sequence[Step],
    progress: Progress | None = None,
    *,
    manifest: str = MANIFEST,
    private: str = "",
    replaces: Callable[[str], bool] | None = None,
    audit: Audit | None = None,
) -> Written:
    """Write the files that are not there yet.

    Parameters
    ----------
    folder
        Created if needed.
    made_from
        What the files follow from, for the list: where any of it changes, every file is made anew.
    steps
        The files, in the order in which they are made.
    progress
        Called before each file.
    manifest
        Name of the list; each kind of product has one of its own.
    private
        What the files follow from and must not be handed out: it is noted for the next run elsewhere, and keyed.
    replaces
        Which files of an earlier run are stale if they are not made any more; those in the same folders on the
        first level by default. Files that no run noted, or that were changed since, are never touched.
    audit
        Is shown all files before the first one stands in its place; where it raises, none does.

    Returns
    -------
    Written

    Raises
    ------
    OutputError
        If another run writes there, a file of the user stands where one is to be written, is open elsewhere, or
        has too long a path. What is finished stays, and is not made again.
    """
    for step in steps:
        # told before the first file, not at the one with the longest name
        check_length(folder / step.path)
    paths = [step.path for step in steps]
    with alone_in(folder):
        note, all_of_it = PrivateNote(folder, manifest), _whole(made_from, private)
        is_same = note.agrees(all_of_it)
        ledger = Ledger(folder, manifest, made_from, is_same=is_same)
        ledger.refuse_foreign(paths)
        if not is_same:
            note.renew(all_of_it)
        _remove_leftovers(folder, steps)
        draft = Ledger(folder / DRAFT, manifest, made_from, is_same=is_same) if audit is not None else None
        kept = 0
        for done, step in enumerate(watched(steps, lambda step: step.label)):
            if progress is not None:
                progress(done, len(steps), step.label)
            if ledger.is_done(step.path) or (draft is not None and draft.is_done(step.path)):
                kept += 1
            else:
                (ledger if draft is None else draft).write(step.path, step.make())
        if audit is not None and draft is not None:
            _hand_over(ledger, draft, paths, audit)
        roots = {_root_of(path) for path in paths}
        ledger.finish(paths, replaces if replaces is not None else lambda name: _root_of(name) in roots)
    return Written((*(folder / path for path in paths), folder / manifest), kept)


def _hand_over(ledger: Ledger, draft: Ledger, paths: Sequence[str], audit: Audit) -> None:
    """Move the files into their places when the audit has passed them; else remove them."""
    drafted = [path for path in paths if not ledger.is_done(path)]
    if drafted or not ledger.is_complete:
        where = {path: (draft.folder if path in set(drafted) else ledger.folder) / path for path in paths}
        try:
            audit(where)
        except BaseException:
            # what may not be handed over does not lie about
            draft.remove()
            raise
    for path in drafted:
        ledger.will_write(path, draft.files[path])
        replace_file(draft.folder / path, ledger.folder / path)
    draft.remove()


def _whole(made_from: Mapping[str, Any], private: str) -> str:
    return json.dumps([made_from, private], sort_keys=True, default=str)


def _root_of(path: str) -> str:
    return path.split("/")[0]


def _remove_leftovers(folder: Path, steps: Sequence[Step]) -> None:
    """Remove unfinished temporary files that a killed run left where this one writes."""
    places = {folder, *((folder / step.path).parent for step in steps)}
    for place in sorted({*places, *(folder / DRAFT / one.relative_to(folder) for one in places)}):
        for path in place.glob(f"{TEMPORARY}*"):
            if _UNFINISHED.fullmatch(path.name):
                remove_file(path)


def bytes_of(name: str, write: Callable[[Path], object]) -> bytes:
    """Return what a library writes that knows only paths; some write the name into the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(path)
        return path.read_bytes()
