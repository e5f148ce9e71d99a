"""From cells to a table: where its headings stand, where it ends, and what around it is no part of it.

One search for all kinds of files. It goes by what the cells are - figures, texts, nothing - and by merged cells: a
row of headings has texts, years or running numbers where the rows beneath have figures.
"""

from __future__ import annotations

import datetime
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from regsam_geo.areas import AreaId, parse_area_id
from regsam_geo.errors import AreaError, InputError
from regsam_geo.indicators.period_spellings import FIRST_YEAR, LAST_YEAR, read_period
from regsam_geo.indicators.tables.grid import MAX_COLUMNS, Aside, Column, Grid, column_letter
from regsam_geo.indicators.tables.numbers import PRINTED_SIGNS, undecorated
from regsam_geo.indicators.tables.raw import JOINT, RawTable
from regsam_geo.indicators.tables.total_words import is_total
from regsam_geo.text import problem

EMPTY, FIGURE, SIGN, TEXT = 0, 1, 2, 3
# The deepest head among the public tables that were tried has three rows (Hamburg's profiles of 2014).
MOST_HEADINGS = 4
BLOCK = "Abschnitt"
"""The column that holds, for each row, the heading of the block that it stands in."""

_LOOKED_AT = 600
"""Rows at the top of a large table, and at its end, that are looked at."""
_NUMBER = re.compile(r"[+-]?[\d.,' \u00a0\u2009\u202f’]*\d[\d.,]*(?:[eE][+-]?\d{1,3})?")
_COMPUTED = re.compile(r"=.|#(?:DIV/0!|N/A|NV|WERT!|VALUE!|REF!|BEZUG!|NAME\?|NUM!|ZAHL!|NULL!|FEHLER)")
_RULE = re.compile(r"[\s_\-–—=*·.]{3,}")
_NOTE = re.compile(
    r"(?:quellen?|anm(?:erkung)?(?:en)?\.?|hinweise?|fußnoten?|stand|erstellt|generiert|datenstand|lizenz|source|notes?"
    r"|©|\(c\)|zeichenerklärung|legende|\*|\d\s?\)|\(\d\)|[¹²³⁴⁵])",
    re.I,
)
_HEADING_WORD = re.compile(
    r"bezirk|stadtteil|gebiet|region|raum|viertel|name|nr\b|nummer|jahr|zeit|merkmal|area|district|year|einheit",
    re.I,
)
# The last four only help to find the table; what they mean is for the user to say (signs=).
_SIGNS = {*PRINTED_SIGNS, "-", "–", "—", "\N{MINUS SIGN}", "k.a.", "k. a.", "•", "*"} - {""}


def kind_of(cell: Any) -> int:
    """Say what a cell is: nothing, a figure, a sign that stands for one, or a text."""
    if isinstance(cell, str):
        if not cell:
            return EMPTY
        if cell.casefold() in _SIGNS:
            return SIGN
        # These stand where figures belong: as texts they would make their column one of words.
        if _COMPUTED.match(cell):
            return FIGURE
        bare = undecorated(cell)[0]
        return FIGURE if isinstance(bare, str) and _NUMBER.fullmatch(bare) else TEXT
    return TEXT if isinstance(cell, bool) else FIGURE


@dataclass(frozen=True)
class _Seen:
    """What the cells of a grid are, in the rows that are looked at."""

    kinds: npt.NDArray[np.int8]
    positions: npt.NDArray[np.int64]
    figures: npt.NDArray[np.bool_]


def _look(grid: Grid) -> _Seen:
    """Find what the cells are, and which columns hold figures."""
    n = len(grid.rows)
    positions = np.arange(n)
    if n > 2 * _LOOKED_AT:
        positions = np.r_[positions[:_LOOKED_AT], positions[-_LOOKED_AT:]]
    kinds = np.empty((len(positions), len(grid.columns)), dtype=np.int8)
    for number, column in enumerate(grid.columns):
        cells, codes = column.take(positions).distinct
        kinds[:, number] = np.array([kind_of(cell) for cell in cells], dtype=np.int8)[codes]
    figures = np.zeros(kinds.shape[1], dtype=bool)
    for number in range(kinds.shape[1]):
        filled = kinds[kinds[:, number] != EMPTY, number]
        lower = filled[len(filled) // 2 :]  # headings stand above
        figures[number] = len(lower) > 0 and (lower != TEXT).sum() >= (lower == TEXT).sum()
    return _Seen(kinds, positions, figures)


def _first_row(grid: Grid, header_row: int | None) -> int:
    """Return the place of the row that the reading begins with, or say that there are too many columns."""
    if len(grid.columns) > MAX_COLUMNS:
        raise problem(
            InputError, "too_many_columns", file=grid.file, found=len(grid.columns), expected=MAX_COLUMNS
        )
    return 0 if header_row is None else int(np.searchsorted(grid.rows, header_row))


def plain_table(grid: Grid, header_row: int | None = None) -> RawTable | None:
    """Take a row as the headings and all beneath it as the table, as the known forms are built.

    Only notes and rules at the end are set aside.
    """
    start = _first_row(grid, header_row)
    if start >= len(grid.rows):
        return None
    titles = [title_of(cell) for cell in grid.line(start)]
    # One column of a workbook is a page of text; one column of a CSV is a table.
    if sum(map(bool, titles)) < (1 if grid.plain else 2):
        return None
    end, found = len(grid.rows), []
    while end > start + 1:
        cells = [str(cell) for cell in grid.line(end - 1) if cell != ""]
        if len(cells) != 1 or len(titles) < 2 or not (_NOTE.match(cells[0]) or _RULE.fullmatch(cells[0])):
            break
        end -= 1
        found.append(Aside("note", (int(grid.rows[end]),), cells[0]))
    kept = np.zeros(len(grid.rows), dtype=bool)
    kept[start + 1 : end] = True
    captions = (*grid.captions, *(grid.texts()[:start] if start else ()))
    return _table(grid, titles, kept, captions, found[::-1], None)


def table_in(grid: Grid, header_row: int | None = None) -> RawTable | None:
    """Find the table in a grid.

    Parameters
    ----------
    grid
        The cells.
    header_row
        The row of the file in which the headings begin, where it is known.

    Returns
    -------
    RawTable or None
        ``None`` for a page of text.
    """
    start = _first_row(grid, header_row)
    if start >= len(grid.rows):
        return None
    filled_columns = [column.has_cells(start) for column in grid.columns]
    if sum(filled_columns) < (1 if grid.plain else 2) or (len(grid.rows) - start < 2 and not grid.plain):
        return None
    seen = _look(grid)
    first, last = _headings(grid, seen, start, fixed=header_row is not None)
    if last < first:
        headings: list[int] = []
        body_from = first
    else:
        headings = list(range(first, last + 1))
        body_from = last + 1
    captions = (
        [*grid.captions, *(text for text in grid.texts()[start:first] if text)]
        if first > start
        else [*grid.captions]
    )
    if start and header_row is not None:
        captions += grid.texts()[:start]
    titles, body_from, numbered = _titles(grid, seen, headings, body_from)
    aside = [Aside("title", tuple(grid.rows[:first].tolist()), grid.texts()[0])] if first else []
    if numbered:
        aside.append(Aside("column_numbers", (numbered,), ""))
    return _body(grid, seen, titles, body_from, tuple(captions), aside)


# --- headings ---------------------------------------------------------------------------------------------------


def _headings(grid: Grid, seen: _Seen, start: int, *, fixed: bool) -> tuple[int, int]:
    """Return the first and last row of headings; the last before the first where there are none."""
    n = min(len(grid.rows), _LOOKED_AT)
    if _is_clean(grid, seen, start):
        last = start
        while last + 1 < n and last - start < MOST_HEADINGS and _continues(seen, last + 1):
            last += 1
        return start, last
    data = next((row for row in range(start, n) if _is_data(grid, seen, row)), None)
    if data is None:
        wide = next((row for row in range(start, n) if (seen.kinds[row] != EMPTY).sum() > 1), start)
        return wide, wide
    if fixed:
        return start, max(data - 1, start)
    if data - 2 >= start and _is_alone(grid, seen, data - 1) and (seen.kinds[data - 2] != EMPTY).sum() > 1:
        data -= 1  # the heading of a first block stands between
    first = data
    while first > start and data - first < MOST_HEADINGS and _is_heading(grid, seen, first - 1, first, data):
        first -= 1
    return first, data - 1


def _is_alone(grid: Grid, seen: _Seen, row: int) -> bool:
    """Whether a row holds one text at its beginning, which is not merged downwards."""
    filled = np.flatnonzero(seen.kinds[row] != EMPTY)
    merges = [m for m in grid.merged if m.top <= grid.rows[row] <= m.bottom and m.bottom > m.top]
    return len(filled) == 1 and int(filled[0]) == 0 and not merges


def _is_clean(grid: Grid, seen: _Seen, row: int) -> bool:
    """Whether a row titles every filled column, each differently, with words or years."""
    line = grid.line(row)
    kinds = seen.kinds[row]
    filled = np.array([column.has_cells(row) for column in grid.columns])
    if filled.sum() < 2 or (kinds[filled] == EMPTY).any():
        return False
    texts = [title_of(cell) for cell, used in zip(line, filled, strict=True) if used]
    if len(set(texts)) < len(texts):
        return False
    figures = [cell for cell, kind in zip(line, kinds, strict=True) if kind == FIGURE]
    return TEXT in kinds and all(_is_year(cell) for cell in figures)


def _continues(seen: _Seen, row: int) -> bool:
    """Whether a row beneath a full row of titles says more of them: units, with nothing under the first title."""
    kinds = seen.kinds[row]
    return bool(
        kinds[0] == EMPTY
        and (kinds[seen.figures] == TEXT).sum() >= 1
        and not np.isin(kinds[seen.figures], (FIGURE, SIGN)).any()
    )


def _is_data(grid: Grid, seen: _Seen, row: int) -> bool:
    kinds = seen.kinds[row]
    over = kinds[seen.figures]
    numbers, words = int(np.isin(over, (FIGURE, SIGN)).sum()), int((over == TEXT).sum())
    if (kinds != EMPTY).sum() < 2 or numbers < max(1, words):
        return False
    return not _is_numeric_heading(grid, seen, row)


def _is_numeric_heading(grid: Grid, seen: _Seen, row: int) -> bool:
    """Whether the figures of a row are years, dates or running numbers above other figures."""
    kinds, line = seen.kinds[row], grid.line(row)
    places = [i for i in np.flatnonzero(seen.figures) if kinds[i] == FIGURE]
    words = [cell for i, cell in enumerate(line) if kinds[i] == TEXT and (i == 0 or not seen.figures[i])]
    # A row that names an area holds figures, even where one looks like a year: 2,012 inhabitants.
    if not places or any(_is_area(word) for word in words):
        return False
    cells = [line[i] for i in places]
    years = all(_is_year(cell) for cell in cells)
    # Two cells, 1 and 2, are as likely figures as numbers of columns.
    running = len(cells) >= 3 and _is_running(cells)
    if not (years or running):
        return False
    if kinds[0] not in (EMPTY, TEXT):
        return False
    if kinds[0] == TEXT and not (_HEADING_WORD.search(str(line[0])) or seen.figures[0]):
        return False
    if row > 0 and all(seen.kinds[row - 1][i] == TEXT for i in places) and not words and kinds[0] != EMPTY:
        return False
    if row + 1 >= len(grid.rows):
        return False
    beneath = [grid.columns[i][row + 1] for i in places]
    return not (years and all(_is_year(cell) for cell in beneath) and len(places) == len(words) == 1)


def _is_running(cells: Sequence[Any]) -> bool:
    try:
        numbers = [int(float(cell)) for cell in cells]
    except (TypeError, ValueError):
        return False
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] in (0, 1, 2)


def _is_year(cell: Any) -> bool:
    """Whether a cell is a year, or another period that heads a column."""
    if isinstance(cell, datetime.date):
        return True
    if isinstance(cell, int | float):
        return not isinstance(cell, bool) and float(cell).is_integer() and 1900 <= cell <= LAST_YEAR
    text = str(cell).strip()
    if text.isdigit() and len(text) == 4:
        return max(FIRST_YEAR, 1900) <= int(text) <= LAST_YEAR
    reading = read_period(text)
    return not text.isdigit() and bool(reading.period or reading.readings)


def _is_area(cell: Any) -> bool:
    return is_total(str(cell)) or area_of(cell) is not None


_NUMBERED = re.compile(r"\d{1,3}(?:\.\d{1,2}){0,2}|\d{1,2}(?:/\d{1,2})+")


def area_of(cell: Any) -> AreaId | None:
    """Return the area of Munich that a cell means, if it means one."""
    if isinstance(cell, float):
        return _area_of(str(int(cell))) if cell.is_integer() and 0 < cell < 1_000 else None
    text = " ".join(str(cell).split())
    if not any(letter.isalpha() for letter in text) and not _NUMBERED.fullmatch(text):
        return None
    return _area_of(text) if len(text) < 90 else None


@lru_cache(maxsize=4_096)
def _area_of(cell: str) -> AreaId | None:
    try:
        return parse_area_id(cell)
    except AreaError as error:
        # A name of two levels is an area all the same; which one its column settles later.
        return AreaId("district", "") if error.code == "area_ambiguous" else None


def _is_heading(grid: Grid, seen: _Seen, row: int, below: int, data: int) -> bool:
    """Whether a row above the headings found so far is one more of them, or a title of the whole."""
    kinds = seen.kinds[row]
    merges = [m for m in grid.merged if m.top <= grid.rows[row] <= m.bottom]
    if grid.apart[below] and not any(m.bottom >= grid.rows[below] - 1 for m in merges):
        return below == data and (kinds != EMPTY).sum() > 1
    filled = np.flatnonzero(kinds != EMPTY)
    if len(filled) > 1:
        return True
    place = grid.places[int(filled[0])]
    across = next((m for m in merges if m.left <= place <= m.right and m.top == grid.rows[row]), None)
    if across is not None:
        # merged over everything it is a title, merged downwards or over a part it heads columns
        if across.bottom > across.top:
            return True
        return not (across.left <= grid.places[0] and across.right >= grid.places[-1])
    text = str(grid.columns[int(filled[0])][row])
    if below == data:  # the one heading of a column of figures
        return bool(int(filled[0]) > 0 and seen.figures[int(filled[0])] and len(text) <= 60)
    return int(filled[0]) > 0 and len(text) <= 60


def title_of(cell: Any) -> str:
    r"""Write a heading cell as the spreadsheet shows it.

    Examples
    --------
    >>> title_of(2022.0), title_of("zuzu-\nordnen"), title_of(datetime.date(2022, 12, 31))
    ('2022', 'zuzuordnen', '31.12.2022')
    """
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.date):
        return f"{cell.day:02d}.{cell.month:02d}.{cell.year}"
    # Before a small letter only: before a capital one the hyphen may be part of the name.
    text = re.sub(r"(?<=[a-zäöüß])-\s*\n\s*(?=[a-zäöüß])", "", str(cell))
    return " ".join(text.split())


def _titles(grid: Grid, seen: _Seen, headings: Sequence[int], body_from: int) -> tuple[list[str], int, int]:
    """Join the rows of headings to one title a column; leave out a row that only counts the columns."""
    filled = [column.has_cells(body_from) for column in grid.columns]
    width = len(grid.columns)
    parts: list[list[str]] = [[] for _ in range(width)]
    rows = [int(grid.rows[row]) for row in headings]
    merges = [m for m in grid.merged if any(m.top <= row <= m.bottom for row in rows)]
    numbered = 0
    for position in headings:
        line, row = grid.line(position), int(grid.rows[position])
        texts = [title_of(cell) for cell in line]
        # A row that counts the columns would put 1, 2, 3 behind every title.
        if len(headings) > 1 and position == headings[-1] and _is_running([t for t in texts if t]) and texts[0]:
            numbered = row
            continue
        last = position == headings[-1]
        if merges:
            for m in (m for m in merges if m.top <= row <= m.bottom):
                across = [i for i, place in enumerate(grid.places) if m.left <= place <= m.right]
                text = next((texts[i] for i in across if texts[i]), "") if m.top == row else ""
                for i in across:
                    texts[i] = text
        elif not last:
            # Meant as if merged: a year over two columns often stands above the first of them alone.
            carried = ""
            for i in range(width):
                carried = texts[i] or carried
                texts[i] = carried
        for i, text in enumerate(texts):
            if text and (not parts[i] or parts[i][-1] != text):
                parts[i].append(text)
    if not headings:
        return ["" for _ in range(width)], body_from, 0
    titles = [JOINT.join(part) if used or part else "" for part, used in zip(parts, filled, strict=True)]
    if body_from < len(grid.rows) and body_from < len(seen.kinds):
        cells = [title_of(cell) for cell in grid.line(body_from)]
        if all(cells) and len(cells) >= 3 and cells == [str(i) for i in range(1, len(cells) + 1)]:
            numbered, body_from = int(grid.rows[body_from]), body_from + 1
    return titles, body_from, numbered


# --- the body ---------------------------------------------------------------------------------------------------


def _body(
    grid: Grid, seen: _Seen, titles: list[str], body_from: int, captions: tuple[str, ...], aside: list[Aside]
) -> RawTable:
    """Make the table: what stands beneath it or between its blocks is set aside."""
    n = len(grid.rows)
    kept = np.ones(n, dtype=bool)
    kept[:body_from] = False
    end, notes = _end(grid, body_from)
    kept[end:] = False
    aside += notes
    blocks: npt.NDArray[np.object_] | None = None
    if end - body_from <= 5_000:
        blocks = _blocks(grid, seen, body_from, end, kept, aside, captions)
    return _filled_down(_table(grid, titles, kept, captions, aside, blocks))


def _table(
    grid: Grid,
    titles: Sequence[str],
    kept: npt.NDArray[np.bool_],
    captions: tuple[str, ...],
    aside: Sequence[Aside],
    blocks: npt.NDArray[np.object_] | None,
) -> RawTable:
    """Make the table of the rows that are kept; each column gets a name of its own."""
    rows = _run(kept)
    columns, names, untitled = [], [], []
    for number, (title, column) in enumerate(zip(titles, grid.columns, strict=True)):
        cells = column.take(rows)
        if not title:
            if not cells.has_cells():
                continue
            untitled.append(grid.places[number])
            title = f"Spalte {column_letter(grid.places[number])}"
        names.append((title, grid.places[number]))
        columns.append(cells)
    plain = [name for name, _ in names]
    twice = sorted({name for name in plain if plain.count(name) > 1})
    header = [f"{name} (Spalte {column_letter(place)})" if name in twice else name for name, place in names]
    if blocks is not None:
        header.insert(0, BLOCK if BLOCK not in header else f"{BLOCK} 1")
        columns.insert(0, Column.of(blocks[kept].tolist()))
    return RawTable(
        grid.file,
        grid.sheet,
        tuple(header),
        tuple(columns),
        grid.rows[rows],
        grid.dialect,
        captions,
        tuple(aside),
        tuple(twice),
        tuple(untitled),
        grid,
    )


def _run(kept: npt.NDArray[np.bool_]) -> slice | npt.NDArray[np.bool_]:
    """Return rows without a gap as a slice, so that nothing has to be copied."""
    first, n = int(kept.argmax()), int(kept.sum())
    return slice(first, first + n) if kept[first : first + n].all() else kept


def _end(grid: Grid, body_from: int) -> tuple[int, list[Aside]]:
    """Return where the table ends, and what stands beneath it: rules, sources, footnotes."""
    n = len(grid.rows)
    found: dict[str, list[int]] = {"rule": [], "source": [], "note": []}
    texts: dict[str, str] = {}
    end = n
    # From the end upwards: within a table words such as Stand or Hinweise may begin a row of it.
    while end > body_from:
        row = end - 1
        cells = [str(cell) for cell in grid.line(row) if cell != ""]
        reason = _reason(grid, cells, row, body_from)
        if not reason:
            break
        found[reason].append(int(grid.rows[row]))
        texts[reason] = cells[0]
        end -= 1
    return end, [Aside(why, tuple(sorted(rows)), texts[why]) for why, rows in found.items() if rows]


def _reason(grid: Grid, cells: Sequence[str], row: int, body_from: int) -> str:
    """Say why a row at the end belongs to no table; empty if it does."""
    # Three dots are no rule but the sign for a figure that is to follow later.
    if all(_RULE.fullmatch(cell) for cell in cells) and not all(len(cell) == 3 and "." in cell for cell in cells):
        return "rule"
    first = cells[0]
    if len(cells) > 2 or (len(cells) == 2 and not _NOTE.match(first)):
        return ""
    if re.match(r"(?:quellen?|source|©|\(c\)|datenquelle)", first, re.I):
        return "source"
    alone = len(cells) == 1 and (len(grid.columns) > 1)
    if not alone or (kind_of(first) in (FIGURE, SIGN) and not _NOTE.match(first)):
        return "note" if len(cells) == 2 and _NOTE.match(first) else ""
    if _NOTE.match(first) or len(first) > 60:
        return "note"
    if _is_area(first):
        return ""
    apart = row > body_from and bool(grid.apart[row])
    across = any(m.top <= grid.rows[row] <= m.bottom and m.right > m.left for m in grid.merged)
    return "note" if apart or across else ""


def _blocks(
    grid: Grid,
    seen: _Seen,
    body_from: int,
    end: int,
    kept: npt.NDArray[np.bool_],
    aside: list[Aside],
    captions: Sequence[str],
) -> npt.NDArray[np.object_] | None:
    """Find headings within the table that the rows beneath them belong to: a block per group or per year."""
    n = len(grid.rows)
    if n != len(seen.kinds):
        return None
    head = [title_of(cell) for cell in grid.line(body_from - 1)] if body_from else []
    alone, again = [], []
    for row in range(body_from, end):
        cells = [cell for cell in grid.line(row) if cell != ""]
        if body_from and len(cells) > 1 and [title_of(cell) for cell in grid.line(row)] == head:
            again.append(row)
        elif len(cells) == 1 and len(grid.columns) > 1:
            cell = cells[0]
            if _RULE.fullmatch(str(cell)):
                kept[row] = False
                aside.append(Aside("rule", (int(grid.rows[row]),), str(cell)))
            elif not _is_area(cell) or _is_year(cell):
                # An area alone in its row lacks its figures, and heads nothing.
                alone.append(row)
    label = next((i for i in range(len(grid.columns)) if not seen.figures[i]), 0)
    headed = [row for row in alone if row + 1 < end and row + 1 not in alone]
    # The same areas must return: a part of the city that is named above its districts makes no group.
    if not headed or not _repeats(grid, headed, body_from, end, label):
        return None
    if again:
        kept[again] = False
        aside.append(Aside("header_again", tuple(grid.rows[again].tolist()), ""))
    names = np.full(n, "", dtype=object)
    if again and captions and headed[0] > body_from:
        # each block has headings of its own, the first above the table
        names[body_from : headed[0]] = captions[-1]
    for row, following in zip(headed, [*headed[1:], end], strict=True):
        text = next(title_of(cell) for cell in grid.line(row) if cell != "")
        names[row:following] = text
        kept[row] = False
    aside.append(Aside("block", tuple(grid.rows[headed].tolist()), str(names[headed[0]])))
    return names


def _repeats(grid: Grid, headed: Sequence[int], body_from: int, end: int, label: int) -> bool:
    """Whether the rows beneath the headings name the same areas again and again."""
    if not headed:
        return False
    edges = [*headed, end]
    column = grid.columns[label]
    sets = [set(map(str, column.take(slice(a + 1, b)))) - {""} for a, b in itertools.pairwise(edges)]
    if headed[0] > body_from:
        sets.insert(0, set(map(str, column.take(slice(body_from, headed[0])))) - {""})
    if len(sets) < 2:
        return False
    return all(len(one & sets[0]) * 2 >= min(len(one), len(sets[0])) > 0 for one in sets[1:])


def _filled_down(table: RawTable) -> RawTable:
    """Write a label again where it stands only in the first row of those that it is meant for."""
    grid = table.grid
    if grid is None or len(table) > 20_000 or len(table) < 2:
        return table
    columns, filled = list(table.columns), []
    # Labels named downwards, as in jt100138.xls, stand at the left; further right a gap is a gap.
    for number, cells in enumerate(table.columns[:3]):
        empty = ~cells.filled()
        if empty[0] or not empty.any() or (~empty).sum() * 2 > len(cells) or number == len(table.columns) - 1:
            continue
        # A gap among figures is a missing value: to repeat the one above would invent it.
        if any(kind_of(cell) == FIGURE and not _is_year(cell) for cell in cells.take(~empty).distinct.cells):
            continue
        runs = np.maximum.accumulate(np.where(empty, 0, np.arange(len(cells))))
        beside = table.columns[number + 1]
        if not beside.filled().all():
            continue
        columns[number] = cells.take(runs)
        filled.append(table.header[number])
    if not filled:
        return table
    note = Aside("filled_down", (), ", ".join(filled))
    return RawTable(
        table.file,
        table.sheet,
        table.header,
        tuple(columns),
        table.rows,
        table.dialect,
        table.captions,
        (*table.aside, note),
        table.twice,
        table.untitled,
        grid,
    )
