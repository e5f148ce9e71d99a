"""Writes tables for people: as CSV that a German Excel opens well, and as XLSX with formats."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import textwrap
from collections.abc import Iterable
from typing import Any

from regsam_geo.summary.words.tables import Table
from regsam_geo.text import NOT_AVAILABLE, resolve_language, round_half_up

NO_DATE = dt.datetime(1980, 1, 1)
"""Written as the creation date into XLSX files, so that the same table gives the same bytes."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
WIDEST_COLUMN = 80
NARROWEST_COLUMN = 7
LINE_HEIGHT = 15
"""Points."""

A3, A4 = 8, 9
"""Numbers of the sheets of paper in XLSX."""
WIDEST_UPRIGHT, WIDEST_A4 = 135, 190
"""Characters across A4, upright and on its side, at which print is still readable: 11 points become 8."""


def guard_formula(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) and text != NOT_AVAILABLE else text


def csv_bytes(table: Table, lang: str | None = None) -> bytes:
    """Return a table as CSV for a spreadsheet: UTF-8 with BOM; semicolon and decimal comma in German.

    Numbers keep their decimals but no grouping, so that a spreadsheet reads them as numbers; texts that look
    like a formula are guarded.
    """
    language = resolve_language(lang)
    # A German Excel splits a file at semicolons, because the comma is its decimal mark.
    separator, decimal_sign = (";", ",") if language == "de" else (",", ".")
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator, lineterminator="\r\n")
    writer.writerow([guard_formula(head) for head in table.heads(language)])
    for cells in table.rows():
        writer.writerow(
            [
                guard_formula(value)
                if column.decimals is None
                else ""
                if value is None
                else str(round_half_up(value, decimals)).replace(".", decimal_sign)
                for column, value, decimals in cells
            ]
        )
    return stream.getvalue().encode("utf-8-sig")


def xlsx_bytes(tables: dict[str, Table], lang: str | None = None) -> bytes:
    """Return tables as one workbook, a sheet each: frozen head, filters, number formats, notes beneath.

    In print a sheet is one page wide, A4 or where it is wide A3, and its title and head stand on every page.

    Values keep their full precision and are only shown rounded; texts are cells of type text, never formulas,
    links or dates.
    """
    import xlsxwriter

    stream = io.BytesIO()
    # Every text stays a text: an area called "=A" or an id like 4/12 must not become anything else.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as workbook:
        workbook.set_properties({"title": next(iter(tables.values())).title, "created": NO_DATE})
        for sheet_name, table in tables.items():
            _write_sheet(workbook, sheet_name, table, lang)
    return stream.getvalue()


def _write_sheet(workbook: Any, name: str, table: Table, lang: str | None) -> None:
    sheet = workbook.add_worksheet(_sheet_name(name))
    title = workbook.add_format({"bold": True, "font_size": 13})
    heading = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E8EBEE", "bottom": 1}
    cell = {"num_format": "@", "text_wrap": True, "valign": "top"}
    # a word after a column of numbers does not touch them
    head, text = (
        [workbook.add_format({**kind, "align": "left", "indent": n}) for n in (0, 1)] for kind in (heading, cell)
    )
    right = workbook.add_format({**heading, "align": "right"})
    note = workbook.add_format({"italic": True, "font_color": "#555555", "text_wrap": True, "valign": "top"})
    # Made once each: a workbook allows some thousand formats, and a table has as many cells.
    formats: dict[tuple[int, bool], Any] = {}

    def number_format(decimals: int, signed: bool) -> Any:
        key = (decimals, signed)
        if key not in formats:
            digits = "#,##0" + ("." + "0" * decimals if decimals else "")
            pattern = f"+{digits};-{digits};{digits}" if signed else digits
            formats[key] = workbook.add_format({"num_format": pattern, "valign": "top"})
        return formats[key]

    sheet.write_string(0, 0, table.title, title)
    head_row, last = 2, len(table.columns) - 1
    heads = table.heads(lang)
    # From what is seen and not from what is stored: a number has seventeen digits and shows one.
    widths = column_widths(table, lang)
    for position, (column, label, width) in enumerate(zip(table.columns, heads, widths, strict=True)):
        sheet.write_string(head_row, position, label, head[position > 0] if column.is_text else right)
        sheet.set_column(position, position, width)
    row = head_row
    sheet.set_row(head_row, LINE_HEIGHT * _lines(zip(heads, widths, strict=True)))
    for cells in table.rows():
        row += 1
        # not every spreadsheet fits the heights of wrapped rows by itself
        texts = ((value, width) for (column, value, _), width in zip(cells, widths, strict=True) if column.is_text)
        sheet.set_row(row, LINE_HEIGHT * _lines(texts))
        for position, (column, value, decimals) in enumerate(cells):
            if column.is_text:
                sheet.write_string(row, position, value, text[position > 0])
            elif value is None:
                sheet.write_blank(row, position, None, number_format(decimals, column.signed))
            else:
                sheet.write_number(row, position, value, number_format(decimals, column.signed))
    if row > head_row:
        sheet.autofilter(head_row, 0, row, last)
    sheet.freeze_panes(head_row + 1, 0)
    row += 1
    for sentence in table.notes:
        row += 1
        # a sentence that ran on beyond the last column would be cut off in print
        sheet.set_row(row, LINE_HEIGHT * _lines([(sentence, sum(widths))]))
        if last:
            sheet.merge_range(row, 0, row, last, sentence, note)
        else:
            sheet.write_string(row, 0, sentence, note)
    if sum(widths) > WIDEST_UPRIGHT:
        sheet.set_landscape()
    sheet.set_paper(A3 if sum(widths) > WIDEST_A4 else A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)  # inches
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, head_row)
    sheet.print_area(0, 0, row, last)
    sheet.set_footer("&L&F, &A&R&P / &N")


def column_widths(table: Table, lang: str | None = None) -> list[int]:
    """Return the width of each column in characters: of its longest cell and word, texts no wider than said.

    Examples
    --------
    >>> import pandas as pd
    >>> from regsam_geo.summary.words.tables import Column
    >>> frame = pd.DataFrame({"area": ["Hadern"], "value": [3.14]})
    >>> columns = (Column("area", "column.area", width=30), Column("value", "column.value", decimals=1))
    >>> column_widths(Table(frame, columns, "Titel"), "de")
    [10, 7]
    """
    widths = []
    for column, head, cells in zip(table.columns, table.heads(lang), _columns_of(table, lang), strict=True):
        word = max(len(part) for part in re.split(r"(?<=-)|\s", head))
        cell = max((len(text) for text in cells), default=0)
        fitting = max(word, min(cell, column.width - 4)) + 4 if column.is_text else max(word, cell) + 2
        widths.append(min(max(fitting, NARROWEST_COLUMN), WIDEST_COLUMN))
    return widths


def _columns_of(table: Table, lang: str | None) -> list[tuple[str, ...]]:
    """Return the cells of each column as the texts that are seen."""
    return list(zip(*table.texts(lang), strict=True)) or [()] * len(table.columns)


def _lines(texts: Iterable[tuple[str, int]]) -> int:
    """Return how many lines the longest text of a row needs, each in the width of its column."""
    return max((len(textwrap.wrap(text, max(width - 2, 1))) for text, width in texts), default=1) or 1


def _sheet_name(name: str) -> str:
    r"""Make a name that Excel allows: at most 31 characters, none of ``[]:*?/\\``."""
    return "".join("-" if sign in "[]:*?/\\" else sign for sign in name)[:31].strip("'") or "-"
