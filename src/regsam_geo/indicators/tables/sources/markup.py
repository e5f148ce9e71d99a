"""Tables of an HTML page, which many offices hand out with the name of a workbook."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from regsam_geo.errors import InputError
from regsam_geo.foreign import bounds
from regsam_geo.indicators.tables.grid import Grid, Merge, grid_of
from regsam_geo.text import problem


def looks_like_html(text: str) -> bool:
    """Whether a text is a page with a table in it."""
    head = text[:2_000].lstrip("\ufeff \t\r\n").lower()
    return head.startswith("<") and "<table" in text.lower()


class _Tables(HTMLParser):
    """Collects the cells of each table that holds no other table."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[tuple[list[list[tuple[str, int, int]]], list[str]]] = []
        self._open: list[list[list[tuple[str, int, int]]]] = []
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._close_cell()
            self._open.append([])
        elif tag == "tr" and self._open:
            self._close_cell()
            self._open[-1].append([])
        elif tag in ("td", "th") and self._open:
            # HTML lets the closing tags of cells and rows be left out: each new one ends the one before.
            self._close_cell()
            given = dict(attributes)
            self._span = (_span(given.get("rowspan")), _span(given.get("colspan")))
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr"):
            self._close_cell()
        elif tag == "table" and self._open:
            self._close_cell()
            rows = self._open.pop()
            if any(len(row) for row in rows):
                self.tables.append((rows, [line for line in self._text if line]))
                self._text = []

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)
        elif not self._open:
            self._text.append(" ".join(data.split()))

    def _close_cell(self) -> None:
        if self._cell is not None and self._open:
            if not self._open[-1]:
                self._open[-1].append([])
            self._open[-1][-1].append(("".join(self._cell).strip(), *self._span))
        self._cell = None


def _span(value: str | None) -> int:
    # A page of a few bytes could claim a span that fills the memory.
    return min(int(value), 1_000) if value and value.strip().isdigit() and int(value) > 0 else 1


def html_grids(text: str, name: str, encoding: str) -> list[Grid]:
    """Read the tables of a page.

    Raises
    ------
    InputError
        If none holds cells.
    """
    parser = _Tables()
    # The parser hands styles and scripts over as text, and they would stand among the captions.
    parser.feed(re.sub(r"(?is)<(style|script)\b.*?</\1>", "", text))
    parser.close()
    grids = []
    found = [table for table in parser.tables if len(table[0]) > 1]
    for number, (rows, said) in enumerate(found, start=1):
        cells, merged = _spread(rows, name)
        sheet = f"Tabelle {number}" if len(found) > 1 else ""
        captions = tuple(said)
        grid = grid_of(name, sheet, cells, merged=merged, captions=captions, dialect=f"{encoding} HTML")
        if grid is not None:
            grids.append(grid)
    if not grids:
        raise problem(InputError, "file_empty", file=name)
    return grids


def _spread(rows: list[list[tuple[str, int, int]]], name: str) -> tuple[list[list[str]], tuple[Merge, ...]]:
    """Put cells that span rows and columns into their places."""
    taken: dict[tuple[int, int], str] = {}
    merged = []
    width = 0
    for top, row in enumerate(rows):
        place = 0
        for text, down, across in row:
            while (top, place) in taken:
                place += 1
            if down * across + len(taken) > bounds().small_cells:
                raise problem(InputError, "workbook_huge", file=name)
            for line in range(top, min(top + down, len(rows))):
                for column in range(place, place + across):
                    taken[line, column] = text if (line, column) == (top, place) else ""
            if down * across > 1:
                merged.append(Merge(top + 1, place + 1, min(top + down, len(rows)), place + across))
            place += across
            width = max(width, place)
    cells = [[taken.get((line, column), "") for column in range(width)] for line in range(len(rows))]
    return cells, tuple(merged)
