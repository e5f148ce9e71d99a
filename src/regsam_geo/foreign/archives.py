"""Zip archives, unpacked within bounds and packed anew, so that no other reader sees what was not checked."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

from regsam_geo.foreign.bounds import LIMIT_VARIABLE, MEGABYTE, bounds
from regsam_geo.foreign.refusal import RefusedFileError

MOST_ENTRIES = 5_000
_STEP = 1 << 18
_LONGEST_PART = 1 << 24


def unpack(content: bytes, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """Return the wanted entries of an archive by name.

    What an entry says of its own size is not believed: it is unpacked step by step until the bound is reached.

    Raises
    ------
    RefusedFileError
        If the archive unpacks to more than it may, or is broken.
    """
    most = bounds().unpacked(len(content))
    found: dict[str, bytes] = {}
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
        if len(entries) > MOST_ENTRIES:
            raise RefusedFileError("file_entries", found=len(entries), expected=MOST_ENTRIES)
        for entry in entries:
            if entry.is_dir() or not wanted(entry.filename):
                continue
            # bounded together: thousands of entries below the bound would pass one by one
            unpacked = _unpack_entry(content, entry, most - total)
            total += len(unpacked)
            found[entry.filename] = unpacked
    except RefusedFileError:
        raise
    except Exception as error:  # damage shows as errors of zipfile, zlib, struct or the decoder, wherever it hits
        raise RefusedFileError("file_damaged", detail=str(error) or type(error).__name__) from None
    return found


def names_in(content: bytes) -> list[str]:
    """Return the names of all entries.

    Raises
    ------
    RefusedFileError
        If the archive is broken.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.namelist()
    except Exception as error:
        raise RefusedFileError("file_damaged", detail=str(error) or type(error).__name__) from None


def _unpack_entry(content: bytes, entry: zipfile.ZipInfo, most: int) -> bytes:
    start = entry.header_offset
    # the directory of a made archive may point anywhere, into another entry too
    if content[start : start + 4] != b"PK\x03\x04" or entry.flag_bits & 1:
        detail = "encrypted" if entry.flag_bits & 1 else "no entry where one should be"
        raise RefusedFileError("file_damaged", detail=detail)
    # the lengths of the header here, which may differ from those that the directory states
    name_length, extra_length = struct.unpack_from("<HH", content, start + 26)
    start += 30 + name_length + extra_length
    packed = memoryview(content)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        unpacked = bytes(packed)
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        unpacked = _inflate(packed, most)
    else:
        # office programs write no other, and what it unpacks to would not be bounded here
        raise RefusedFileError("file_damaged", detail=f"compression {entry.compress_type}")
    if len(unpacked) > most:
        raise _too_much()
    if zlib.crc32(unpacked) != entry.CRC:
        raise RefusedFileError("file_damaged", detail=f"CRC {entry.filename[:80]}")
    return unpacked


def _inflate(packed: memoryview, most: int) -> bytes:
    machine = zlib.decompressobj(-15)
    parts = []
    # one byte more tells an entry that fills the bound from one that goes on
    left = most + 1
    for start in range(0, len(packed), _STEP):
        rest = bytes(packed[start : start + _STEP])
        while rest and not machine.eof and left > 0:
            parts.append(machine.decompress(rest, min(_LONGEST_PART, left)))
            left -= len(parts[-1])
            rest = machine.unconsumed_tail
    while not machine.eof and left > 0:
        # what the machine still holds, of a stream that ended or was cut off
        part = machine.decompress(b"", min(_LONGEST_PART, left))
        if not part:
            raise RefusedFileError("file_damaged", detail="cut off")
        parts.append(part)
        left -= len(part)
    if left <= 0:
        raise _too_much()
    return b"".join(parts)


def _too_much() -> RefusedFileError:
    return RefusedFileError("file_unpacks", expected=bounds().unpacked_bytes // MEGABYTE, variable=LIMIT_VARIABLE)


def pack(entries: Mapping[str, bytes]) -> bytes:
    """Return an archive of these entries, not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()
