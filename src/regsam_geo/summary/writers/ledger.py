"""The list of what was written into a folder: what it names with its checksum is ours, all else is not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from regsam_geo.errors import OutputError
from regsam_geo.files import remove_file, whole_file
from regsam_geo.text import problem, shorten

MANIFEST = "angaben.json"
"""What a report was made from, and its files; other programs find it by this name in any language."""
PACK_MANIFEST = "angaben-mappe.json"
"""The same of meeting packs: a report and packs in one folder know their own files."""
MANIFESTS = (MANIFEST, PACK_MANIFEST)


def checksum_of(data: bytes) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(data).hexdigest()


class Ledger:
    """The files of one kind of product in a folder.

    A file is finished when the list holds its checksum under the same key; the key says what everything was made
    from, so that other data or settings begin anew. A file is ours when its bytes have the checksum that a list of
    this folder holds for it; only such a file is ever replaced or removed.

    Parameters
    ----------
    folder
        Where the files stand.
    manifest
        Name of the list.
    made_from
        What it says about the files; nothing that must not be handed out.
    is_same
        Whether what must not be handed out is also that of the last run.
    """

    def __init__(self, folder: Path, manifest: str, made_from: Mapping[str, Any], *, is_same: bool) -> None:
        self.folder, self.manifest, self.made_from = folder, manifest, made_from
        self.key = checksum_of(json.dumps(made_from, sort_keys=True, default=str).encode())
        found = _read(folder / manifest)
        listed: dict[str, str] = found.get("files", {})
        self.before = {**found.get("earlier", {}), **listed}
        goes_on = is_same and found.get("key") == self.key
        self.is_complete = goes_on and bool(found.get("complete"))
        self.files = dict(listed) if goes_on else {}
        self.earlier = dict(found.get("earlier", {}) if goes_on else self.before)
        self._ours: dict[str, set[str]] = {}
        for name in {*MANIFESTS, manifest}:
            noted = found if name == manifest else _read(folder / name)
            for part in ("earlier", "files"):
                for path, checksum in noted.get(part, {}).items():
                    self._ours.setdefault(path, set()).add(checksum)

    def is_done(self, path: str) -> bool:
        """Tell whether a file stands there as it was written."""
        # the bytes decide, not the presence: somebody may have opened and saved the file
        wanted = self.files.get(path)
        return wanted is not None and _checksum_at(self.folder / path) == wanted

    def refuse_foreign(self, paths: Iterable[str]) -> None:
        """Refuse to write where something stands that no run wrote, or that was changed since.

        Raises
        ------
        OutputError
            Naming the files and what to do.
        """
        # All of them before the first is written: a run that stops halfway has replaced some and not others.
        foreign = [path for path in paths if self._is_foreign(path)]
        if (self.folder / self.manifest).exists() and not _read(self.folder / self.manifest):
            foreign.append(self.manifest)
        if foreign:
            raise problem(OutputError, "files_not_ours", folder=str(self.folder), files=shorten(foreign, 4))

    def _is_foreign(self, path: str) -> bool:
        target = self.folder / path
        # A link into nowhere exists to nobody, and would still be written through.
        if not target.exists() and not target.is_symlink():
            return False
        return _checksum_at(target) not in self._ours.get(path, ())

    def write(self, path: str, data: bytes) -> None:
        """Write one file whole and remember it."""
        self.will_write(path, checksum_of(data))
        with whole_file(self.folder / path) as temporary:
            temporary.write_bytes(data)

    def will_write(self, path: str, checksum: str) -> None:
        """Note what will stand at a path, before it does.

        In this order a run may be killed at any moment: the file that stands there has one of the checksums noted,
        the old or the new one, and is known as ours.
        """
        if path in self.files:
            self.earlier[path] = self.files[path]
        self.files[path] = checksum
        self._save(complete=False)

    def finish(self, paths: Iterable[str], replaces: Callable[[str], bool]) -> None:
        """Remove files of an earlier run that are not made any more, and close the list."""
        stale = {name for name in (*self.before, *self.files) if replaces(name)} - set(paths)
        for name in sorted(stale):
            if not self._is_foreign(name):
                remove_file(self.folder / name)
            self.files.pop(name, None)
            self.earlier.pop(name, None)
        for name in self.files:
            self.earlier.pop(name, None)
        self._save(complete=True)

    def remove(self) -> None:
        """Remove all that the list names, itself, and the folders that are empty then."""
        folders = {self.folder}
        for name in {*self.before, *self.files}:
            remove_file(self.folder / name)
            folders |= {parent for parent in (self.folder / name).parents if self.folder in parent.parents}
        remove_file(self.folder / self.manifest)
        # The deepest first: a folder is empty only once those in it are gone.
        for folder in sorted(folders, key=lambda one: len(one.parts), reverse=True):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()

    def _save(self, *, complete: bool) -> None:
        # a resumed run meets the files in another order; the list is to have the same bytes
        content = {
            **self.made_from,
            "key": self.key,
            "complete": complete,
            "files": dict(sorted(self.files.items())),
        }
        if self.earlier:
            content["earlier"] = dict(sorted(self.earlier.items()))
        text = json.dumps(content, indent=2, ensure_ascii=False, default=str) + "\n"
        with whole_file(self.folder / self.manifest) as temporary:
            temporary.write_text(text, encoding="utf-8", newline="\n")


def path_beside(folder: Path, path: str) -> str:
    """Return a path at which a file may be written: the one asked for, else the first one beside what is not ours.

    For what people are asked to fill in: a filled file stays, and the next empty one stands beside it.
    """
    ledger = Ledger(folder, MANIFEST, {}, is_same=False)
    stem, dot, ending = path.rpartition(".")
    found, n = path, 1
    while ledger._is_foreign(found):
        n += 1
        found = f"{stem}-{n}{dot}{ending}"
    return found


def files_of_runs(folder: Path) -> dict[str, Path]:
    """Return the files that runs have left in a folder, by their names in its lists."""
    names = {name for manifest in MANIFESTS for name in _read(folder / manifest).get("files", {})}
    return {name: folder / name for name in sorted(names) if (folder / name).is_file()}


def _read(path: Path) -> dict[str, Any]:
    """Return what an earlier run noted; nothing of a list that is none or names a file outside is believed."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        noted = {**found["files"], **found.get("earlier", {})}
        whole = isinstance(found["key"], str) and isinstance(found["complete"], bool)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    # The list decides which files are removed, and it may have come by mail.
    inside = path.parent.resolve()
    safe = whole and all(
        isinstance(checksum, str) and "\0" not in name and (inside / name).resolve().is_relative_to(inside)
        for name, checksum in noted.items()
    )
    return found if safe else {}


def _checksum_at(path: Path) -> str | None:
    try:
        return checksum_of(path.read_bytes())
    except OSError:
        return None
