"""Writing files so that nothing half written is ever seen, under names that every system can hold."""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from regsam_geo.errors import OutputError
from regsam_geo.text import problem

_LIGATURES = str.maketrans(
    {"ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "æ": "ae"}
)
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$")
LONGEST_NAME = 80
LONGEST_PATH = 259 if os.name == "nt" else 4095
"""Characters of a path that every program can open; the closing zero is the 260th, or the 4096th."""
MOST_BYTES = 255
"""Bytes of a file name, which the usual file systems can hold."""


@contextmanager
def whole_file(path: str | Path) -> Iterator[Path]:
    """Give a temporary path beside ``path``; on success it becomes ``path``, on failure it vanishes.

    The temporary name keeps the ending, because libraries choose the format by it.
    """
    target = Path(path)
    _refuse_long(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".regsam-", suffix=target.suffix, dir=target.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        # mkstemp makes the file private; a handed-out file gets the usual permissions
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _refuse_long(target: Path) -> None:
    """Raise before any work is done; Windows would say "not found", or write what Excel then cannot open."""
    length = len(str(target.absolute()))
    if length > LONGEST_PATH or len(os.fsencode(target.name)) > MOST_BYTES:
        raise problem(OutputError, "path_too_long", path=str(target), length=length)


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
