"""Writing many files so that an interrupted run can be taken up again: each file whole, each one remembered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from regsam_geo.files import whole_file
from regsam_geo.text import watched

Progress = Callable[[int, int, str], None]
MANIFEST = "angaben.json"


@dataclass(frozen=True)
class Step:
    """One file of a pack: its path below the folder, what it is, and how its bytes are made."""

    path: str
    label: str
    make: Callable[[], bytes]


class Ledger:
    """The list of finished files in a folder, kept beside them.

    A file is finished when the list holds its checksum under the same key; the key says what everything was made
    from, so that other data or settings begin anew.
    """

    def __init__(self, folder: Path, facts: dict[str, Any]) -> None:
        self.folder, self.facts = folder, facts
        self.key = hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()
        found = self._read()
        self.before: dict[str, str] = found.get("files", {})
        self.files: dict[str, str] = dict(self.before) if found.get("key") == self.key else {}

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
            files = found["files"]
        except (OSError, ValueError, KeyError, TypeError):
            return {}
        inside = self.folder.resolve()
        safe = isinstance(files, dict) and all(
            isinstance(name, str) and (inside / name).resolve().is_relative_to(inside) for name in files
        )
        return found if safe else {}

    def is_done(self, path: str) -> bool:
        """Tell whether a file stands there as it was written."""
        wanted = self.files.get(path)
        try:
            return wanted is not None and _checksum((self.folder / path).read_bytes()) == wanted
        except OSError:
            return False

    def write(self, path: str, data: bytes) -> None:
        """Write one file whole and remember it."""
        with whole_file(self.folder / path) as temporary:
            temporary.write_bytes(data)
        self.files[path] = _checksum(data)
        self._save(complete=False)

    def finish(self, paths: Sequence[str]) -> None:
        """Remove files of an earlier run that are not made any more, and close the list."""
        roots = {path.split("/")[0] for path in paths}
        stale = [name for name in {**self.before, **self.files} if name.split("/")[0] in roots]
        for name in set(stale) - set(paths):
            (self.folder / name).unlink(missing_ok=True)
            self.files.pop(name, None)
        self._save(complete=True)

    def _save(self, *, complete: bool) -> None:
        files = dict(sorted(self.files.items()))
        content = {**self.facts, "key": self.key, "complete": complete, "files": files}
        text = json.dumps(content, indent=2, ensure_ascii=False, default=str) + "\n"
        with whole_file(self.folder / MANIFEST) as temporary:
            temporary.write_text(text, encoding="utf-8", newline="\n")


def run_steps(
    folder: Path, facts: dict[str, Any], steps: Sequence[Step], progress: Progress | None = None
) -> tuple[list[Path], int]:
    """Write the files that are not there yet; return all of them, and how many stood there already."""
    ledger = Ledger(folder, facts)
    _remove_leftovers(folder)
    kept = 0
    for done, step in enumerate(watched(steps, lambda step: step.label)):
        if progress is not None:
            progress(done, len(steps), step.label)
        if ledger.is_done(step.path):
            kept += 1
        else:
            ledger.write(step.path, step.make())
    ledger.finish([step.path for step in steps])
    return [folder / step.path for step in steps], kept


def _remove_leftovers(folder: Path) -> None:
    """Remove unfinished temporary files of a run that was killed."""
    for path in folder.rglob(".regsam-*"):
        path.unlink(missing_ok=True)


def _checksum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
