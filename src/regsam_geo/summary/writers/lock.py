"""One run at a time in a folder, on every system, with nothing left to clear away after a run that was killed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from regsam_geo.errors import OutputError
from regsam_geo.files import TEMPORARY
from regsam_geo.text import problem

LOCK = f"{TEMPORARY}lock"
"""Stands in a folder while a run writes into it."""

BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold a folder for one run; the system lets go of it when the process ends, however it ends.

    Notes
    -----
    The lock is that of an empty SQLite database: Python brings it along on every system, and it belongs to the
    process and not to the presence of the file, so that no file of a killed run keeps later ones out.

    Raises
    ------
    OutputError
        If another run writes into the folder, or it takes no file.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except PermissionError as error:
        raise problem(OutputError, "folder_closed", folder=str(folder)) from error
    path = folder / LOCK
    with closing(_locked(folder, path)):
        try:
            yield
        finally:
            # before it is let go, so that nobody can hold a lock on what is removed; Windows removes no open file
            with suppress(OSError):
                path.unlink(missing_ok=True)
    with suppress(OSError):
        # of no use to anybody: who waits for it makes it anew
        if path.stat().st_size == 0 and _is_free(path):
            path.unlink(missing_ok=True)


def _locked(folder: Path, path: Path) -> sqlite3.Connection:
    while True:
        try:
            path.touch()
            before = path.stat()
        except PermissionError as error:
            raise problem(OutputError, "folder_closed", folder=str(folder)) from error
        except FileNotFoundError:
            continue
        held = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            held.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in BUSY:
                return held  # some network folders know no locks: then there is none, and the report is written
            held.close()
            raise problem(OutputError, "folder_in_use", folder=str(folder)) from error
        # the run before may have removed the file between the two lines
        with suppress(FileNotFoundError):
            now = path.stat()
            if (now.st_ino, now.st_dev) == (before.st_ino, before.st_dev):
                return held
        held.close()


def _is_free(path: Path) -> bool:
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as held:
        try:
            held.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error:
            return False
        return True
