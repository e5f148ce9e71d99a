"""The bytes of a file and what kind they are: never the name, and never a library's guess."""

from __future__ import annotations

from pathlib import Path

from regsam_geo.foreign.bounds import LIMIT_VARIABLE, MEGABYTE
from regsam_geo.foreign.refusal import RefusedFileError

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel 97"),
    (b"PAR1", "Parquet"),
    (b"SQLite format 3\x00", "SQLite/GeoPackage"),
    (b"fgb\x03fgb", "FlatGeobuf"),
    (b"\x00\x00\x27\x0a", "Shapefile"),
    (b"%PDF", "PDF"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"\x28\xb5\x2f\xfd", "Zstandard"),
    (b"Rar!", "RAR"),
    (b"GIF8", "image"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"ARROW1", "Arrow/Feather"),
    (b"\x89HDF", "HDF5"),
    # loading one runs what it says: it is named in the refusal and never opened
    (b"\x80\x04\x95", "pickle"),
    (b"\x80\x05\x95", "pickle"),
    (b"\x7fELF", "program"),
    (b"MZ\x90", "program"),
)


def kind_of(content: bytes) -> str:
    """Name what the first bytes of a file say it is: a format, ``"XML"``, ``"JSON"``, or ``"text"``.

    Examples
    --------
    >>> kind_of(b"PAR1...."), kind_of(b" <kml>"), kind_of(b"Bezirk;Wert")
    ('Parquet', 'XML', 'text')
    """
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    head = content[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"<"):
        return "XML"
    return "JSON" if head.startswith((b"{", b"[")) else "text"


def read_content(path: Path, most: int) -> bytes:
    """Return the bytes of a regular file of at most ``most`` bytes.

    Raises
    ------
    RefusedFileError
        If it is larger, or no file but a device or a pipe that never ends.
    OSError
        As ``Path.read_bytes``.
    """
    with path.open("rb") as file:
        if not path.is_file():
            raise RefusedFileError("file_no_file")
        # read, not asked for its size: a device states none, and a file may still grow
        content = file.read(most + 1)
    if len(content) > most:
        size = path.stat().st_size
        raise RefusedFileError(
            "file_large", found=-(-size // MEGABYTE), expected=most // MEGABYTE, variable=LIMIT_VARIABLE
        )
    return content
