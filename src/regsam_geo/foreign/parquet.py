"""Parquet: footer and pages are walked before Arrow, which believes the sizes that they state, reads them.

A file whose pages carry check sums that hold, and state sizes within bounds, is read here; any other that may be
harmless is read by a process of its own.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from typing import Any

from regsam_geo.foreign.apart import call_apart
from regsam_geo.foreign.bounds import LIMIT_VARIABLE, MEGABYTE, bounds
from regsam_geo.foreign.refusal import RefusedFileError
from regsam_geo.foreign.thrift import Reader

_MOST_COLUMNS = 1_000
_SMALL_ROWS = 500_000
_ROWS_A_BYTE = 2
_DATA_PAGE, _DICTIONARY_PAGE, _DATA_PAGE_V2 = 0, 2, 3


def parquet_notes(content: bytes) -> dict[bytes, bytes]:
    """Return what a program noted in the footer of its file.

    Raises
    ------
    RefusedFileError
        ``parquet_broken``.
    """
    try:
        return {one[1]: one.get(2, b"") for one in _footer(content)[0].get(5, [])}
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, struct.error) as error:
        raise RefusedFileError("parquet_broken", detail=str(error)[:200] or type(error).__name__) from None


def read_parquet_table(content: bytes, columns: Sequence[str] | None = None) -> Any:
    """Return a table of exactly these columns, or of any plain ones, with its metadata, as Arrow gives it.

    Raises
    ------
    RefusedFileError
        ``parquet_broken``, ``parquet_foreign`` for other columns, or what bound it exceeds.
    """
    import pyarrow as pa

    try:
        proved = _is_proved(content, columns)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, struct.error) as error:
        raise RefusedFileError("parquet_broken", detail=str(error)[:200] or type(error).__name__) from None
    try:
        if proved:
            table = read_with_dictionaries(content)
        else:
            answer = call_apart("table", content)
            if answer.ended:
                raise RefusedFileError("file_ended")
            table = pa.ipc.open_stream(answer.value).read_all()
        if any(_text_bytes(column) > bounds().text_bytes for column in table.columns):
            expected = bounds().text_bytes // MEGABYTE
            raise RefusedFileError("file_unpacks", expected=expected, variable=LIMIT_VARIABLE)
        return table
    except (pa.ArrowException, OSError, ValueError, TypeError, KeyError, NotImplementedError) as error:
        raise RefusedFileError("parquet_broken", detail=str(error).split("\n")[0][:200]) from None


def read_with_dictionaries(content: bytes) -> Any:
    """Return the table with each text kept once, however many rows show it."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pq.ParquetFile(pa.BufferReader(content)).schema
    texts = [leaf.path for leaf in map(schema.column, range(len(schema))) if leaf.physical_type == "BYTE_ARRAY"]
    return pq.read_table(pa.BufferReader(content), use_threads=False, read_dictionary=texts)


def _text_bytes(column: Any) -> int:
    """Return how long all texts of a column are together."""
    import pyarrow as pa
    import pyarrow.compute as pc

    total = 0
    for chunk in column.chunks:
        if not pa.types.is_dictionary(chunk.type):
            total += int(chunk.nbytes)
        elif len(chunk) and len(chunk.dictionary):
            lengths = pc.binary_length(chunk.dictionary).cast(pa.int64())
            total += pc.sum(lengths.take(chunk.indices)).as_py() or 0
    return total


def _footer(content: bytes) -> tuple[dict[int, Any], int]:
    """Return the footer, and where it begins."""
    if len(content) < 12 or content[-4:] != b"PAR1":
        raise ValueError("cut off")
    (size,) = struct.unpack("<I", content[-8:-4])
    start = len(content) - 8 - size
    if start < 4:
        raise ValueError("footer")
    return Reader(content[start:-8]).struct(), start


def _is_proved(content: bytes, columns: Sequence[str] | None) -> bool:
    """Return whether every page has a check sum that holds; refuse what states too much.

    Raises
    ------
    RefusedFileError, ValueError
        If it is another table, too large, or broken.
    """
    footer, start = _footer(content)
    schema, rows, groups = footer[2], footer[3], footer[4]
    names = [bytes(leaf[4]).decode("utf-8", "replace") for leaf in schema[1:]]
    if columns is not None and names != list(columns):
        raise RefusedFileError("parquet_foreign")
    # Arrow follows what is nested as deep as it goes
    if schema[0].get(5) != len(names) or any(leaf.get(5) for leaf in schema[1:]):
        raise RefusedFileError("parquet_foreign" if columns is not None else "parquet_nested")
    if len(names) > _MOST_COLUMNS:
        raise RefusedFileError("too_many_columns", found=len(names), expected=_MOST_COLUMNS)
    # rows that repeat one value take no room in the file, and all their room when they are read
    most = min(bounds().rows, _SMALL_ROWS + _ROWS_A_BYTE * len(content))
    if not 0 <= rows <= most or sum(group[3] for group in groups) != rows:
        raise RefusedFileError("parquet_rows", found=rows, expected=most, variable=LIMIT_VARIABLE)
    left = bounds().unpacked(len(content))
    proved = True
    for group in groups:
        for chunk in group[1]:
            about = chunk[3]
            # the format lets a column lie in another file: none but this one is opened
            if chunk.get(1):
                raise ValueError("a second file")
            if about[5] != group[3]:
                raise ValueError("values of a column")
            first = about[11] if about.get(11) else about[9]
            at, end = first, first + about[7]
            if not 4 <= at <= end <= start:
                raise ValueError("column outside")
            values = 0
            while at < end:
                reader = Reader(content, at)
                page = reader.struct()
                packed, unpacked = page[3], page[2]
                at = reader.at + packed
                if packed < 0 or unpacked < 0 or at > end:
                    raise ValueError("page outside")
                left -= max(unpacked, packed)
                if left < 0:
                    expected = bounds().unpacked_bytes // MEGABYTE
                    raise RefusedFileError("file_unpacks", expected=expected, variable=LIMIT_VARIABLE)
                if page[1] in (_DATA_PAGE, _DATA_PAGE_V2):
                    values += page[5 if page[1] == _DATA_PAGE else 8][1]
                elif page[1] != _DICTIONARY_PAGE:
                    raise ValueError("kind of page")
                stated = page.get(4)
                # without a check sum a page may hold sizes of its own that nothing here has seen
                proved = proved and stated is not None
                if stated is not None and stated & 0xFFFFFFFF != zlib.crc32(memoryview(content)[reader.at : at]):
                    raise ValueError("check sum")
            if values != about[5]:
                raise ValueError("values of a page")
    return proved
