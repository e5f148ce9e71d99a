"""Fill worksheets in as people do: in Excel's dialects, out of order, with columns of their own, as CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random

import openpyxl

HEAD = 6
"""Row of the headings."""


def rows_of(content):
    """Return heads and rows of a worksheet, as a list of dicts with the key as people never read it."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    heads = [cell.value for cell in sheet[HEAD]]
    rows = [dict(zip(heads, [cell.value for cell in row], strict=True)) for row in sheet.iter_rows(HEAD + 1)]
    return heads, rows


def fill(content, path, answers, *, own=(), stated=None, dialect="plain", seed=0):
    """Write a filled worksheet.

    ``answers`` maps a part of the key to the cells of the row; ``own`` are rows that people add.
    """
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[HEAD]}
    keys = {sheet.cell(row, heads["Schlüssel"]).value or "": row for row in range(HEAD + 1, sheet.max_row + 1)}
    for part, cells in answers.items():
        (row,) = [row for key, row in keys.items() if part in key]
        for head, value in cells.items():
            sheet.cell(row, heads[head]).value = value
            if isinstance(value, str):
                sheet.cell(row, heads[head]).data_type = "s"
    first = 1 + next(row for row in range(HEAD + 1, 99) if "Eigene" in str(sheet.cell(row, 1).value))
    for row, cells in enumerate(own, start=first):
        for head, value in cells.items():
            sheet.cell(row, heads[head]).value = value
            sheet.cell(row, heads[head]).data_type = "s"
    if stated is not None:
        sheet.cell(4, 2).value = stated
    if dialect == "moved":
        _shuffle(sheet, seed)
        sheet.insert_cols(5)
        sheet.cell(HEAD, 5).value = "Rückfrage"
        sheet.title = "Tabelle1 (2)"
        book.move_sheet(sheet, 1)
    elif dialect == "cut":
        # the head is gone; the keys are left
        sheet.delete_rows(1, HEAD - 1)
    if dialect.startswith("csv"):
        _save_csv(sheet, path, dialect.removeprefix("csv "))
    else:
        book.save(path)


def _shuffle(sheet, seed):
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(HEAD + 1)]
    random.Random(seed).shuffle(rows)
    for place, row in enumerate(rows, start=HEAD + 1):
        for column, value in enumerate(row, start=1):
            sheet.cell(place, column).value = value
            if isinstance(value, str):
                sheet.cell(place, column).data_type = "s"


def _save_csv(sheet, path, encoding):
    """Save as a German Excel does."""
    words = {True: "WAHR", False: "FALSCH", None: ""}

    def text(value):
        if isinstance(value, dt.date):
            return value.strftime("%d.%m.%Y")
        return words.get(value, str(value)) if isinstance(value, bool | None) else str(value)

    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";").writerows([text(cell.value) for cell in row] for row in sheet.iter_rows())
    path.write_bytes(stream.getvalue().encode(encoding, errors="replace"))
