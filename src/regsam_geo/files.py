"""Writing files so that nothing half written is ever seen, under names that every system can hold."""

from __future__ import annotations

import os
import re
import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

from regsam_geo.errors import OptionError, OutputError
from regsam_geo.text import problem

ON_WINDOWS = os.name == "nt"
LONGEST_PATH = 259 if ON_WINDOWS else 4095
"""Characters of a path that every program can open; the closing zero is the 260th, or the 4096th."""
MOST_BYTES = 255
"""Bytes of a file name, which the usual file systems can hold."""
LONGEST_NAME = 80
TEMPORARY = ".regsam-"
"""What the names of unfinished files begin with."""

_LIGATURES = str.maketrans(
    {"ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "æ": "ae"}
)
# names of devices: Windows opens the device instead of a file, whatever the ending
_RESERVED = re.compile(r"^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r'[<>:"|?*\x00-\x1f]|[. ]$')


@contextmanager
def whole_file(path: str | Path) -> Iterator[Path]:
    """Give a temporary path beside ``path``; on success it becomes ``path``, on failure it vanishes.

    The temporary name keeps the ending, because libraries choose the format by it.

    Raises
    ------
    OutputError
        If the folder takes no file, the file is open in another program, or its path is too long.
    OptionError
        If Windows cannot hold a file of that name.
    """
    target = Path(path)
    # Elsewhere such names work, and a report on Linux must not fail for a rule of another system.
    if ON_WINDOWS:
        check_name(target)
    check_length(target)  # before any work is done
    # Beside the target and not in the system's folder: only within one file system is a move whole or not at all.
    temporary = _temporary_beside(target)
    try:
        yield temporary
        _put(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def replace_file(source: Path, target: Path) -> None:
    """Move a file into its place, in the same file system; its folder is made if needed.

    Raises
    ------
    OutputError
        If the one that stands there is open in another program.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _put(source, target)


def _put(source: Path, target: Path) -> None:
    try:
        source.replace(target)
    except PermissionError as error:
        # Excel and Acrobat lock what they show
        raise problem(OutputError, "file_in_use", path=str(target)) from error


def remove_file(path: Path) -> None:
    """Remove a file, if it is there.

    Raises
    ------
    OutputError
        If it is open in another program.
    """
    try:
        path.unlink(missing_ok=True)
    except PermissionError as error:
        raise problem(OutputError, "file_in_use", path=str(path)) from error


def check_name(path: PurePath) -> None:
    """Refuse a file name that Windows takes for a device or cannot hold.

    Raises
    ------
    OptionError
        Naming the file and what to do.

    Examples
    --------
    >>> check_name(PurePath("reports/auxiliary.pdf"))
    """
    name = path.name
    if _RESERVED.match(name.split(".")[0].rstrip()):
        raise problem(OptionError, "name_reserved", path=str(path), name=name)
    if found := _NOT_IN_NAMES.search(name):
        raise problem(OptionError, "name_impossible", path=str(path), sign=found.group())


def check_length(path: Path) -> None:
    """Refuse a path that is too long; Windows would say "not found", or write what Excel then cannot open.

    Raises
    ------
    OutputError
        Naming the path and what to do.
    """
    length = len(str(path.absolute()))
    if length > LONGEST_PATH or len(os.fsencode(path.name)) > MOST_BYTES:
        raise problem(OutputError, "path_too_long", path=str(path), length=length)


def _temporary_beside(target: Path) -> Path:
    path = target.with_name(f"{TEMPORARY}{secrets.token_hex(6)}{target.suffix}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # not mkstemp, which makes it private: the system itself gives it the permissions that the user has chosen
        path.touch(exist_ok=False)
    except PermissionError as error:
        raise problem(OutputError, "folder_closed", folder=str(target.parent)) from error
    return path


def file_stem(*parts: object) -> str:
    """Make a lower-case ASCII file name without ending from any words: ``Region 17/18`` gives ``region-17-18``.

    Examples
    --------
    >>> file_stem("Region", "17/18")
    'region-17-18'
    >>> file_stem("Haushalte für Ältere: <Anteil>")
    'haushalte-fuer-aeltere-anteil'
    """
    text = "-".join(str(part) for part in parts).translate(_LIGATURES)
    # Letters with marks become plain ones: names travel through zip files and mail programs that know no others.
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:LONGEST_NAME].strip("-")
    # A hyphen behind: the name stays readable, and is no device any more.
    return f"{stem}-" if _RESERVED.match(stem) else stem or "ohne-namen"
