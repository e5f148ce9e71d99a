"""Large text tables column by column: each spelling once, in a fraction of the time and memory.

Only what is written without a fault is read so. Wherever there is a doubt ``None`` is returned, and the careful
way (``delimited``) reads the file row by row: it alone mends, and says what is wrong in which row.
"""

from __future__ import annotations

import csv
from typing import Any

import numpy as np

from regsam_geo.foreign import bounds
from regsam_geo.indicators.tables.grid import MAX_COLUMNS, MAX_LINE, Distinct, Grid, grid_of_columns
from regsam_geo.indicators.tables.sources.delimited import delimiter_of
from regsam_geo.indicators.tables.sources.encodings import is_odd
from regsam_geo.indicators.tables.sources.markup import looks_like_html
from regsam_geo.indicators.tables.sources.records import looks_like_records

SMALLEST = 200_000
"""Bytes from which a file is read so: a smaller one takes no time."""
_HEAD = 1_000_000
"""More bytes than the letters by which the delimiter is found."""
_STEP = 1 << 22
_BLOCK = 1 << 23


def large_text_grid(content: bytes, name: str, ending: str) -> Grid | None:
    """Read a large text table, if nothing at all is odd about it."""
    if len(content) < SMALLEST or not _has_plain_lines(content):
        return None
    head = content[:_HEAD].decode("utf-8-sig", errors="ignore")
    if looks_like_html(head) or looks_like_records(head, ending) or head.lower().startswith("sep="):
        return None
    delimiter = delimiter_of(head)
    try:
        titles = next(csv.reader([head.partition("\n")[0]], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    if not 1 < len(titles) <= MAX_COLUMNS:
        return None
    quoted = b'"' in content
    if quoted and not _has_plain_quotes(content, delimiter.encode()):
        return None
    found = _columns(content, len(titles), delimiter, quoted=quoted)
    if found is None or not _is_plain(found):
        return None
    grid = grid_of_columns(
        name,
        "",
        found,
        apart=np.zeros(len(found[0].codes), dtype=bool),
        dialect=f"UTF-8 {delimiter!r}",
        plain=True,
    )
    # an empty row fell out: whether the next one stands apart is for the careful way to say
    return grid if grid is not None and len(grid.rows) == len(found[0].codes) else None


def _has_plain_lines(content: bytes) -> bool:
    """Whether lines end alike for every reader, none is empty, and no letter takes two bytes."""
    start = 3 if content.startswith(b"\xef\xbb\xbf") else 0
    return (
        not content.startswith((b"\xff\xfe", b"\xfe\xff"))
        and content[start : start + 1] not in (b"\n", b"\r")
        and not any(one in content for one in (b"\x00", b"\n\n", b"\n\r"))
        and content.count(b"\r") == content.count(b"\r\n")
    )


def _has_plain_quotes(content: bytes, delimiter: bytes) -> bool:
    """Whether quotes stand around whole cells alone, with neither quotes nor ends of lines within."""
    start = 3 if content.startswith(b"\xef\xbb\xbf") else 0
    while start < len(content):
        end = content.rfind(b"\n", start, start + _STEP) + 1
        if not end:
            end = len(content)
            if end - start > _STEP:
                return False
        signs = np.frombuffer(content[start:end], dtype=np.uint8)
        places = np.flatnonzero(signs == ord('"'))
        if len(places) % 2:
            return False
        opened, closed = places[::2], places[1::2]
        before = np.where(opened > 0, signs[opened - 1], ord("\n"))
        after = np.where(closed + 1 < len(signs), signs[np.minimum(closed + 1, len(signs) - 1)], ord("\n"))
        ends = np.flatnonzero(signs == ord("\n"))
        if not (
            np.isin(before, (delimiter[0], ord("\n"))).all()
            and np.isin(after, (delimiter[0], ord("\n"), ord("\r"))).all()
            and (np.searchsorted(ends, opened) == np.searchsorted(ends, closed)).all()
        ):
            return False
        start = end
    return True


def _columns(content: bytes, width: int, delimiter: str, *, quoted: bool) -> list[Distinct] | None:
    """Cut the columns; ``None`` where a row has another number of cells, or a cell is no UTF-8."""
    import pyarrow as pa
    import pyarrow.csv as pc

    names = [str(number) for number in range(width)]
    try:
        table = pc.read_csv(
            pa.BufferReader(content),
            read_options=pc.ReadOptions(column_names=names, block_size=_BLOCK),
            parse_options=pc.ParseOptions(delimiter=delimiter, quote_char='"' if quoted else False),
            convert_options=pc.ConvertOptions(
                column_types={name: pa.dictionary(pa.int32(), pa.string()) for name in names},
                strings_can_be_null=False,
                check_utf8=True,
            ),
        ).unify_dictionaries()
    except pa.ArrowException:
        return None
    if table.num_rows * width > bounds().cells:
        return None
    return [_distinct(table.column(name)) for name in names]


def _distinct(column: Any) -> Distinct:
    """Return the cells of a column: the dictionary of its parts is one and the same."""
    chunks = [chunk.indices.to_numpy() for chunk in column.chunks]
    return Distinct(column.chunk(0).dictionary.to_pylist(), np.concatenate(chunks))


def _is_plain(columns: list[Distinct]) -> bool:
    """Whether no cell is odd, too long, or read differently by the careful way."""
    longest = [max(map(len, column.cells)) for column in columns]
    # A bound for every line: doubled by quotes, and a delimiter behind each cell.
    if sum(longest) * 2 + 3 * len(columns) > MAX_LINE or max(longest) >= csv.field_size_limit():
        return False
    return not any(is_odd(cell) for column in columns for cell in column.cells)
