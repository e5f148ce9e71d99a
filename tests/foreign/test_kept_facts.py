"""What a workbook says beside its cells comes through the bounds: hidden sheets and merged cells."""

from __future__ import annotations

import io

import xlsxwriter

from regsam_geo.foreign import read_sheets, read_workbook


def test_hidden_sheets_and_merged_cells():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        first, second = book.add_worksheet("a"), book.add_worksheet("b")
        first.merge_range(0, 1, 1, 2, "unter 3")
        second.write(0, 0, 1)
        second.hide()
    workbook = read_workbook(out.getvalue())
    assert {title: sheet.hidden for title, sheet in workbook.sheets.items()} == {"a": False, "b": True}
    assert workbook.sheets["a"].merged == ((1, 2, 2, 3),)
    assert read_sheets(out.getvalue())["b"] == workbook.sheets["b"].cells
