"""Workbooks: what their parts hold is counted before the reader, which keeps every cell of a rectangle, sees them.

The reader is written in Rust. It ends the whole process when it asks for more memory than there is, and a sheet of
two cells is enough for that. So a workbook is read here only when its parts are of the plain kind that the usual
programs write and prove to be small; every other is read by a process of its own, which may end as it likes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from regsam_geo.foreign.apart import call_apart
from regsam_geo.foreign.archives import names_in, pack, unpack
from regsam_geo.foreign.bounds import bounds
from regsam_geo.foreign.content import kind_of
from regsam_geo.foreign.refusal import RefusedFileError
from regsam_geo.text import shorten


class Sheet(NamedTuple):
    """A sheet: its cells, whether it is hidden, and its merged cells as first and last row and column from 1."""

    cells: list[list[Any]]
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()


Sheets = dict[str, Sheet]

_UNREAD = (
    "xl/media/",
    "xl/drawings/",
    "xl/charts/",
    "xl/theme/",
    "xl/pivot",
    "xl/externalLinks/",
    "docProps/",
    "customXml/",
)
# the reader reserves memory for as many texts as are stated
_COUNTS = re.compile(rb"""\s(?:uniqueCount|count)\s*=\s*(?:"[^"]*"|'[^']*')""")
_PREFIXED = re.compile(rb":(?:c|row|sst|si|sheetData)[\s/>]")
_LATE_EQUALS = re.compile(rb"[\s\"'][rt]\s+=")
_STEP = 1 << 19
_FEW = 1 << 15
_MOST_COLONS = 10_000


class _NotPlainError(Exception):
    """A part that may be harmless, but is not of the kind for which this can be counted."""


class _Extent(NamedTuple):
    """The rectangle that a sheet spans from its first cell, its filled cells, and where those of text stand."""

    rows: int
    columns: int
    filled: int
    signs: npt.NDArray[np.uint8]
    texts: npt.NDArray[np.int64]


class Workbook(NamedTuple):
    """The sheets by their titles, and the parts of the file, if they were proved harmless."""

    sheets: Sheets
    parts: dict[str, bytes]


def read_sheets(content: bytes) -> dict[str, list[list[Any]]]:
    """Return the cells of every sheet of a workbook, by its title; as ``read_workbook``."""
    return {title: sheet.cells for title, sheet in read_workbook(content).sheets.items()}


def read_workbook(content: bytes) -> Workbook:
    """Return the sheets of a workbook (.xlsx, .xlsb, .xls, .ods).

    Raises
    ------
    RefusedFileError
        If it is no workbook, damaged, or spans or unpacks to more than is read.
    """
    # Old forms cannot be looked through beforehand: they are read where a crash or a full memory hurts nobody.
    if kind_of(content) != "zip":
        return Workbook(_read_apart(content), {})
    try:
        return _read_packed(content)
    except RefusedFileError as refusal:
        if refusal.code == "file_damaged":
            raise RefusedFileError("workbook_broken", **refusal.fields) from None
        raise


def _read_packed(content: bytes) -> Workbook:
    names = names_in(content)
    if not any(name.startswith("xl/") for name in names) and "content.xml" not in names:
        raise RefusedFileError("file_zip", found=shorten([name[:80] for name in names]))
    # Only what holds cells: pictures and themes would be unpacked for nothing.
    parts = unpack(content, _is_wanted)
    try:
        most_cells = _check_parts(parts)
    except _NotPlainError:
        return Workbook(_read_apart(pack(parts)), {})
    # packed anew: the reader sees what was counted, and no second entry of the same name
    return Workbook(sheets_of(pack(parts), most_cells), parts)


def _is_wanted(name: str) -> bool:
    if name == "mimetype":
        return True
    return (
        name.endswith((".xml", ".rels", ".bin")) and not name.startswith(_UNREAD) and "printerSettings" not in name
    )


def sheets_of(content: bytes, most_cells: int) -> Sheets:
    """Read all sheets with the reader itself.

    Raises
    ------
    RefusedFileError
        If the reader finds damage, or more sheets than are read.
    """
    import python_calamine

    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        titles = workbook.sheet_names
        if len(titles) > bounds().sheets:
            raise RefusedFileError("workbook_sheets", found=len(titles), expected=bounds().sheets)
        shown = python_calamine.SheetVisibleEnum.Visible
        hidden = {one.name for one in workbook.sheets_metadata if one.visible != shown}
        sheets: Sheets = {}
        for title in titles:
            sheet = workbook.get_sheet_by_name(title)
            # Over all sheets together: a thousand small sheets fill a memory as well as a large one.
            most_cells -= sheet.total_height * sheet.total_width
            if most_cells < 0:
                # several sheets that stand for one part
                raise RefusedFileError("workbook_huge")
            merged = tuple(
                (top + 1, left + 1, bottom + 1, right + 1)
                for (top, left), (bottom, right) in getattr(sheet, "merged_cell_ranges", None) or ()
            )
            sheets[title] = Sheet(sheet.to_python(skip_empty_area=False), title in hidden, merged)
    except RefusedFileError:
        raise
    except BaseException as error:
        # a crash inside the reader arrives as a PanicException, which is no Exception
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise RefusedFileError(
            "workbook_broken", detail=str(error).split("\n")[0] or type(error).__name__
        ) from None
    return sheets


def _read_apart(content: bytes) -> Sheets:
    answer = call_apart("workbook", content)
    if answer.ended:
        raise RefusedFileError("workbook_huge")
    return {title: Sheet(*sheet) for title, sheet in answer.value}


def _check_parts(parts: dict[str, bytes]) -> int:
    """Prove that the reader needs little for these parts; return how many cells they may span.

    Raises
    ------
    RefusedFileError
        If they prove to span too much.
    """
    # These forms allow more ways to write a cell than can be counted here.
    if "content.xml" in parts or any(name.endswith(".bin") for name in parts):
        raise _NotPlainError
    lengths: npt.NDArray[np.int64] | None = None
    sheets = []
    for name in list(parts):
        part = _Part.of(parts[name])
        first, second = _at(part.signs, part.opened), _at(part.signs, part.opened + 1)
        # a comment can hold what looks like tags, and UTF-16 has a zero in each sign
        if b"\x00" in parts[name][:200] or (first == ord("!")).any() or int((first == ord("?")).sum()) > 1:
            raise _NotPlainError
        strings = bool(
            ((first == ord("s")) & (second == ord("s")) & (_at(part.signs, part.opened + 2) == ord("t"))).any()
        )
        data = b"heetData" in parts[name]
        if (strings or data) and any(_PREFIXED.match(parts[name], at) for at in part.colons.tolist()):
            raise _NotPlainError
        # Counted apart, because each cell that shows a text keeps a copy of it.
        if strings:
            if lengths is not None or data:
                raise _NotPlainError
            parts[name], lengths = _strings(parts[name])
        elif data:
            sheets.append(_extent(parts[name], part))
    spanned = sum(sheet.rows * sheet.columns for sheet in sheets)
    if spanned > bounds().spanned(sum(sheet.filled for sheet in sheets)):
        raise RefusedFileError("workbook_huge")
    _check_texts(sheets, lengths)
    return spanned


class _Part(NamedTuple):
    """A part of a workbook as numbers, and where its tags, its attributes and its prefixes stand."""

    signs: npt.NDArray[np.uint8]
    opened: npt.NDArray[np.int64]
    equals: npt.NDArray[np.int64]
    colons: npt.NDArray[np.int64]

    @classmethod
    def of(cls, content: bytes) -> _Part:
        signs = np.frombuffer(content, dtype=np.uint8)
        found: tuple[list[npt.NDArray[np.int64]], ...] = ([], [], [])
        # in steps that the processor holds: twice as fast as in one
        for start in range(0, len(content), _STEP):
            step = signs[start : min(start + _STEP, len(content))]
            for sign, places in zip((b"<", b"=", b":"), found, strict=True):
                places.append(np.flatnonzero(step == sign[0]) + start)
        opened, equals, colons = (np.concatenate(places or [np.zeros(0, np.int64)]) for places in found)
        # what may begin the name of a cell, a row, a text; "1:15" is none
        after = _at(signs, colons + 1)
        colons = colons[(after == ord("c")) | (after == ord("r")) | (after == ord("s"))]
        if len(colons) > _MOST_COLONS:
            raise _NotPlainError
        return cls(signs, opened + 1, equals, colons)


def _at(signs: npt.NDArray[np.uint8], places: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
    """Return the signs at these places; beyond either end stands what stands there."""
    return signs.take(places, mode="clip")


def _strings(part: bytes) -> tuple[bytes, npt.NDArray[np.int64]]:
    """Return the shared strings without what they say of their number, and the length of each."""
    head, _, rest = part.partition(b"<sst")
    opening, _, body = rest.partition(b">")
    if b"<sst" in body or b"niqueCount" in body:
        raise _NotPlainError
    lengths = np.fromiter(map(len, body.split(b"<si")), dtype=np.int64)[1:]
    return head + b"<sst" + _COUNTS.sub(b"", opening) + b">" + body, lengths


def _check_texts(sheets: Iterable[_Extent], lengths: npt.NDArray[np.int64] | None) -> None:
    """Refuse many cells that all show one long text: each keeps a copy of it."""
    # By the longest text first: mostly that proves enough, and no cell has to be read.
    longest = 0 if lengths is None or not len(lengths) else int(lengths.max())
    most = bounds().text_bytes
    total = 0
    for sheet in sheets:
        n = len(sheet.texts)
        if n and (lengths is None or not len(lengths)):
            raise _NotPlainError
        if lengths is None or total + n * longest <= most:
            total += n * longest
            continue
        shown = _numbers(sheet.signs, sheet.texts)
        if len(shown) and int(shown.max()) >= len(lengths):
            raise _NotPlainError
        total += int(lengths[shown].sum())
    if total > most:
        raise _NotPlainError


def _extent(sheet: bytes, part: _Part) -> _Extent:
    """Return what a sheet spans at most, if it is written plainly: each cell is ``<c r="...``.

    Raises
    ------
    _NotPlainError
        If there is any doubt what the reader would take for the place of a cell.
    """
    signs, opened, equals = part.signs, part.opened, part.equals
    first, second = _at(signs, opened), _at(signs, opened + 1)
    cells = opened[(first == ord("c")) & ((second <= 32) | (second == ord(">")) | (second == ord("/")))]
    plain = (
        (_at(signs, cells + 1) == 32) & (_at(signs, cells + 2) == ord("r")) & (_at(signs, cells + 3) == ord("="))
    )
    # One doubtful cell is enough: the reader may take it for another place than is counted here.
    if not plain.all():
        raise _NotPlainError
    rows = int(((first == ord("r")) & (second == ord("o")) & (_at(signs, opened + 2) == ord("w"))).sum())
    last = _at(signs, equals - 1)
    if (last <= 32).any() and _LATE_EQUALS.search(sheet):
        raise _NotPlainError
    before = _at(signs, equals - 2)
    apart = (before <= 32) | (before == ord('"')) | (before == ord("'"))
    named = equals[(last == ord("r")) & apart]
    typed = equals[(last == ord("t")) & apart]
    if not ((_at(signs, named + 1) == ord('"')).all() and (_at(signs, typed + 1) == ord('"')).all()):
        raise _NotPlainError
    last_row = last_column = 0
    for start in range(0, len(named), _FEW):
        column, row = _places(signs, named[start : start + _FEW] + 2)
        last_row, last_column = max(last_row, row), max(last_column, column)
    # a row without its number is the one after the row before
    last_row += rows if len(named) < len(cells) + rows else 0
    texts = typed[(_at(signs, typed + 2) == ord("s")) & (_at(signs, typed + 3) == ord('"'))]
    return _Extent(last_row, last_column, len(cells), signs, texts)


def _places(signs: npt.NDArray[np.uint8], at: npt.NDArray[np.int64]) -> tuple[int, int]:
    """Read references such as ``AB12`` and ``12``, all at once; return the farthest column and row."""
    column = np.zeros(len(at), dtype=np.int64)
    going = np.ones(len(at), dtype=bool)
    for _ in range(3):
        letter = _at(signs, at) - np.uint8(ord("A"))  # what lies below becomes large
        going &= letter < 26
        if not going.any():
            break
        column = np.where(going, column * 26 + letter + 1, column)
        at = at + going
    row, at = _digits(signs, at)
    if not (_at(signs, at) == ord('"')).all():
        raise _NotPlainError
    return int(column.max(initial=0)), int(row.max(initial=0))


def _digits(
    signs: npt.NDArray[np.uint8], at: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Read whole numbers of up to nine digits, all at once; return them and where they end."""
    number = np.zeros(len(at), dtype=np.int64)
    going = np.ones(len(at), dtype=bool)
    for _ in range(9):
        digit = _at(signs, at) - np.uint8(ord("0"))
        going &= digit < 10
        if not going.any():
            break
        number = np.where(going, number * 10 + digit, number)
        at = at + going
    return number, at


def _numbers(signs: npt.NDArray[np.uint8], texts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return which of the shared strings each cell shows: ``t="s"><v>12</v>``."""
    found = []
    for start in range(0, len(texts), _FEW):
        at = texts[start : start + _FEW] + 4
        at = at + (_at(signs, at) == 32)
        for sign in b"><v>":
            if not (_at(signs, at) == sign).all():
                raise _NotPlainError
            at = at + 1
        number, at = _digits(signs, at)
        if not (_at(signs, at) == ord("<")).all():
            raise _NotPlainError
        found.append(number)
    return np.concatenate(found) if found else np.zeros(0, np.int64)
