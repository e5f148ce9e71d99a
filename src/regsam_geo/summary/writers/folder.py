"""Writes many files into a folder: each whole, each remembered, so that an interrupted run is taken up again."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from regsam_geo.errors import OptionError
from regsam_geo.files import TEMPORARY, check_length, remove_file, whole_file
from regsam_geo.text import problem, watched

Progress = Callable[[int, int, str], None]
"""Called before each file with the files done, the files in all, and what comes now."""

MANIFEST = "angaben.json"
"""What a folder was made from, and its files; other programs find it by this name in any language."""


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


class _Ledger:
    """The list of finished files in a folder, kept beside them.

    A file is finished when the list holds its checksum under the same key; the key says what everything was made
    from, so that other data or settings begin anew.
    """

    def __init__(self, folder: Path, made_from: Mapping[str, Any]) -> None:
        self.folder, self.made_from = folder, made_from
        # Sorted: the key must not depend on the order in which things are said.
        self.key = hashlib.sha256(json.dumps(made_from, sort_keys=True, default=str).encode()).hexdigest()
        found = self._read()
        self.before: dict[str, str] = found.get("files", {})
        self.files: dict[str, str] = dict(self.before) if found.get("key") == self.key else {}

    def _read(self) -> dict[str, Any]:
        """Return what an earlier run noted; nothing of a list that names a file outside the folder is believed."""
        try:
            found = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
            noted = found["files"]
        except (OSError, ValueError, KeyError, TypeError):
            return {}
        # The list decides which files are removed, and it may have come by mail.
        inside = self.folder.resolve()
        safe = isinstance(noted, dict) and all(
            isinstance(name, str) and (inside / name).resolve().is_relative_to(inside) for name in noted
        )
        return found if safe else {}

    def is_done(self, path: str) -> bool:
        """Tell whether a file stands there as it was written."""
        # the bytes decide, not the presence: somebody may have opened and saved the file
        wanted = self.files.get(path)
        try:
            return wanted is not None and checksum_of((self.folder / path).read_bytes()) == wanted
        except OSError:
            return False

    def write(self, path: str, data: bytes) -> None:
        """Write one file whole and remember it."""
        with whole_file(self.folder / path) as temporary:
            temporary.write_bytes(data)
        # after each file, not at the end: a run that is killed leaves no time for it
        self.files[path] = checksum_of(data)
        self._save(complete=False)

    def finish(self, paths: Sequence[str], replaces: Callable[[str], bool]) -> None:
        """Remove files of an earlier run that are not made any more, and close the list."""
        stale = {name for name in (*self.before, *self.files) if replaces(name)} - set(paths)
        for name in sorted(stale):
            remove_file(self.folder / name)
            self.files.pop(name, None)
        self._save(complete=True)

    def _save(self, *, complete: bool) -> None:
        # a resumed run meets the files in another order; the list is to have the same bytes
        noted = dict(sorted(self.files.items()))
        content = {**self.made_from, "key": self.key, "complete": complete, "files": noted}
        text = json.dumps(content, indent=2, ensure_ascii=False, default=str) + "\n"
        with whole_file(self.folder / MANIFEST) as temporary:
            temporary.write_text(text, encoding="utf-8", newline="\n")


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
    replaces: Callable[[str], bool] | None = None,
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
    replaces
        Which files of an earlier run are stale if they are not made any more; those in the same folders on the
        first level by default. Files that no run noted are never touched.

    Returns
    -------
    Written

    Raises
    ------
    OutputError
        If a file is open elsewhere or its path too long. What is finished stays, and is not made again.
    """
    for step in steps:
        # told before the first file, not at the one with the longest name
        check_length(folder / step.path)
    ledger = _Ledger(folder, made_from)
    # Only where this run writes, and only names that a whole file never has.
    _remove_leftovers(folder, steps)
    kept = 0
    for done, step in enumerate(watched(steps, lambda step: step.label)):
        if progress is not None:
            progress(done, len(steps), step.label)
        if ledger.is_done(step.path):
            kept += 1
        else:
            ledger.write(step.path, step.make())
    roots = {_root_of(step.path) for step in steps}
    ledger.finish(
        [step.path for step in steps], replaces if replaces is not None else lambda name: _root_of(name) in roots
    )
    return Written((*(folder / step.path for step in steps), folder / MANIFEST), kept)


def _root_of(path: str) -> str:
    return path.split("/")[0]


def _remove_leftovers(folder: Path, steps: Sequence[Step]) -> None:
    """Remove unfinished temporary files that a killed run left where this one writes."""
    for place in sorted({folder, *((folder / step.path).parent for step in steps)}):
        for path in place.glob(f"{TEMPORARY}*"):
            remove_file(path)


def checksum_of(data: bytes) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(data).hexdigest()


def bytes_of(name: str, write: Callable[[Path], object]) -> bytes:
    """Return what a library writes that knows only paths; some write the name into the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(path)
        return path.read_bytes()
