"""Text tables: the delimiter is the one that cuts all records alike."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator

from regsam_geo.errors import InputError
from regsam_geo.foreign import LIMIT_VARIABLE, RefusedFileError, bounds
from regsam_geo.indicators.tables.grid import MAX_COLUMNS, MAX_LINE, Grid, grid_of
from regsam_geo.indicators.tables.sources.encodings import Decoded
from regsam_geo.text import problem

_DELIMITERS = (";", ",", "\t", "|")
_SAMPLE = 200
_NOTE = re.compile(r"\W*(?:quelle|anm|hinweis|fußnote|stand|source|note|©|\*|\d\s?\)|_{3})", re.I)


def text_grid(decoded: Decoded, name: str) -> Grid:
    """Cut a text into cells.

    Raises
    ------
    InputError
        If quotes are damaged, or a row has another number of columns than all others.
    """
    text, skipped, delimiter = decoded.text, 0, ""
    first = next((line for line in _lines(text) if line.strip()), "").rstrip("\n")
    if first.lower().startswith("sep=") and len(first.rstrip("\r\n")) == 5:  # Excel's own hint
        delimiter, text = first[4], text.split(first, 1)[1].split("\n", 1)[-1]
        skipped = 1
    delimiter = delimiter or delimiter_of(text)
    # Strict: a stray quote would swallow the rows up to the next one without a word.
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    most_cells = bounds().cells
    lines: list[list[str]] = []
    rows: list[int] = []
    apart: list[bool] = []
    start, blank = 1 + skipped, False
    try:
        for cells in reader:  # blanks around cells are taken away once per different cell, when the grid is made
            if any(cells):
                if len(cells) > MAX_COLUMNS:
                    raise problem(
                        InputError, "too_many_columns", file=name, found=len(cells), expected=MAX_COLUMNS
                    )
                lines.append(cells)
                rows.append(start)
                apart.append(blank)
                if len(lines) * len(cells) > most_cells:
                    raise RefusedFileError("table_huge", expected=most_cells, variable=LIMIT_VARIABLE)
            blank = not any(cells)
            # By the reader's count: a cell in quotes takes several lines, as the headings of Berlin's gigabit.csv.
            start = reader.line_num + 1 + skipped
    except csv.Error as error:
        raise problem(InputError, "csv_broken", file=name, row=start, detail=str(error)) from None
    if not lines:
        raise problem(InputError, "file_empty", file=name)
    _make_even(lines, rows, delimiter, name)
    remarks: tuple[tuple[str, dict[str, object]], ...] = ()
    if decoded.remark:
        remarks = ((f"encoding_{decoded.remark}", {"encoding": decoded.encoding}),)
    dialect = f"{decoded.encoding} {delimiter!r}"
    found = grid_of(name, "", lines, rows, apart, dialect=dialect, remarks=remarks, plain=True)
    if found is None:
        raise problem(InputError, "file_empty", file=name)
    return found


def _lines(text: str) -> Iterator[str]:
    """Cut a text into lines with their ends, as they come; a line without end is no line of a table."""
    if text.count("\r") == text.count("\r\n"):
        start, length = 0, len(text)
        while start < length:
            end = text.find("\n", start) + 1 or length
            if end - start > MAX_LINE:
                break
            yield text[start:end]
            start = end
        else:
            return
    else:
        for line in io.StringIO(text, newline=""):
            if len(line) > MAX_LINE:
                break
            yield line
        else:
            return
    raise RefusedFileError("line_long", expected=MAX_LINE)


def delimiter_of(text: str) -> str:
    r"""Find the delimiter: the one that cuts the first records into equally many cells.

    Examples
    --------
    >>> delimiter_of("Bezirk;Anteil der 0-, 1-, 2-, 3-Jährigen\n1;12,5\n2;13,5\n")
    ';'
    """
    best, chosen = (0.0, 0), ""
    for delimiter in _DELIMITERS:
        widths: list[int] = []
        try:
            reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=delimiter)
            widths.extend(map(len, itertools.islice((line for line in reader if any(line)), _SAMPLE)))
        except csv.Error:
            # A damaged quote says nothing of the delimiter; the strict reader will name its row.
            pass
        if len(text) > 200_000 and len(widths) < _SAMPLE:
            widths = widths[:-1]  # the last record may be cut in two
        wide = [width for width in widths if width > 1]
        if not wide:
            continue
        usual = max(set(wide), key=lambda width: (wide.count(width), width))
        found = (round(wide.count(usual) / len(widths), 2), usual)
        if found > best:
            best, chosen = found, delimiter
    return chosen or ","


def _make_even(lines: list[list[str]], rows: list[int], delimiter: str, name: str) -> None:
    """Hold all rows to one number of columns; titles, notes and surplus empty cells do no harm."""
    if len(set(map(len, lines))) == 1:
        return
    for number, line in enumerate(lines):
        lines[number] = [cell.strip() for cell in line]
    wide = [len(line) for line in lines if sum(map(bool, line)) > 1]
    if not wide:
        width = max(map(len, lines))
    else:
        width, counted = wide[0], wide.count(wide[0])
        usual = max(set(wide), key=lambda each: (wide.count(each), each))
        if counted == 1 and wide.count(usual) > 2 and usual > width:
            width = usual  # a line of title that holds a delimiter
    whole = [number for number, line in enumerate(lines) if len(line) == width]
    first, last = (whole[0], whole[-1]) if whole else (0, len(lines) - 1)
    for number, cells in enumerate(lines):
        while len(cells) > width and not cells[-1]:
            cells.pop()
        if len(cells) == width:
            continue
        filled = [cell for cell in cells if cell]
        words = number < first or (number > last and any(map(_NOTE.match, filled[:1])))
        if len(filled) > 1 and words:
            cells[:] = [(delimiter + " ").join(filled)]
        elif len(filled) > 1 or len(cells) > width:
            raise problem(InputError, "row_width", file=name, row=rows[number], found=len(cells), expected=width)
        cells += [""] * (width - len(cells))
