"""Writing files so that nothing half written is ever seen, under names that every system can hold."""

from __future__ import annotations

import errno
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

from regsam_geo.errors import OptionError, WriteError
from regsam_geo.text import problem

ON_WINDOWS = os.name == "nt"
LONGEST_PATH_ON_WINDOWS = 259
"""Characters of a whole path that Explorer, Excel and most programs there can open."""
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
    WriteError
        If the folder takes no file, the file is open in another program, or its path is too long.
    OptionError
        If Windows cannot hold a file of that name.
    """
    target = Path(path)
    if ON_WINDOWS:
        check_name(target)
    temporary = _temporary_beside(target)
    try:
        yield temporary
        # mkstemp makes the file private; a handed-out file gets the usual permissions
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        try:
            temporary.replace(target)
        except PermissionError as error:
            # Excel and Acrobat lock what they show
            raise problem(WriteError, "file_in_use", path=str(target)) from error
        except OSError as error:
            raise _explained(error, target) from error
    finally:
        temporary.unlink(missing_ok=True)


def remove_file(path: Path) -> None:
    """Remove a file, if it is there.

    Raises
    ------
    WriteError
        If it is open in another program.
    """
    try:
        path.unlink(missing_ok=True)
    except PermissionError as error:
        raise problem(WriteError, "file_in_use", path=str(path)) from error


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
    """Refuse a path that is longer than programs on Windows can open.

    Raises
    ------
    WriteError
        Naming the path and what to do.
    """
    whole = str(path.absolute())
    if len(whole) > LONGEST_PATH_ON_WINDOWS:
        raise problem(WriteError, "path_too_long", path=whole, n=len(whole), most=LONGEST_PATH_ON_WINDOWS)


def _temporary_beside(target: Path) -> Path:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=TEMPORARY, suffix=target.suffix, dir=target.parent)
    except PermissionError as error:
        raise problem(WriteError, "folder_closed", folder=str(target.parent)) from error
    except OSError as error:
        raise _explained(error, target) from error
    os.close(handle)
    return Path(name)


def _explained(error: OSError, target: Path) -> OSError:
    """Return the same error, or one that names a path too long: Windows says only that it does not exist."""
    too_long = len(str(target.absolute())) > LONGEST_PATH_ON_WINDOWS
    if error.errno == errno.ENAMETOOLONG or (isinstance(error, FileNotFoundError) and too_long):
        whole = str(target.absolute())
        return problem(WriteError, "path_too_long", path=whole, n=len(whole), most=LONGEST_PATH_ON_WINDOWS)
    return error


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
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:LONGEST_NAME].strip("-")
    return f"{stem}-" if _RESERVED.match(stem) else stem or "ohne-namen"
