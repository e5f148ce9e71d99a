"""Tables for people read back to the same figures, and no text becomes a formula."""

from __future__ import annotations

import csv
import io
import time

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsam_geo.summary.words.tables import Column, Table
from regsam_geo.summary.writers.spreadsheets import (
    FORMULA_STARTS,
    column_widths,
    csv_bytes,
    guard_formula,
    xlsx_bytes,
)

COLUMNS = (
    Column("area", "column.area", width=30),
    Column("value", "column.value", decimals="decimals"),
    Column("change_1", "column.change_1", decimals=1, signed=True),
)
FRAME = pd.DataFrame(
    {
        "area": ["17 Obergiesing-Fasangarten", "=1+1", "Region 4/12", "01.1"],
        "value": [4.25, 11378.4, float("nan"), -0.04],
        "change_1": [-0.25, 0.0, float("nan"), 1234.5],
        "decimals": [1, 0, 1, 1],
    }
)
TABLE = Table(FRAME, COLUMNS, title="Titel", notes=("Eine Anmerkung.",))


def test_a_german_csv_opens_as_numbers_in_a_german_excel():
    data = csv_bytes(TABLE, "de")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") == 5
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows == [
        ["Gebiet", "Wert", "Veränderung zum Vorjahr"],
        ["17 Obergiesing-Fasangarten", "4,3", "-0,3"],
        ["'=1+1", "11378", "0,0"],
        ["Region 4/12", "", ""],
        ["01.1", "0,0", "1234,5"],
    ]


def test_an_english_csv_has_commas_and_points():
    assert csv_bytes(TABLE, "en").decode("utf-8-sig").splitlines()[1] == "17 Obergiesing-Fasangarten,4.3,-0.3"


def test_a_workbook_keeps_full_precision_types_and_formats():
    data = xlsx_bytes({"Werte [a/b]": TABLE}, "de")
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Werte -a-b-"]
    assert sheet["A1"].value == "Titel"
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:C7"
    assert sheet["B4"].value == 4.25
    assert sheet["B4"].number_format == "#,##0.0"
    assert sheet["B5"].number_format == "#,##0"
    assert sheet["C4"].number_format == "+#,##0.0;-#,##0.0;#,##0.0"
    assert sheet["A5"].data_type == "s"
    assert sheet["A5"].value == "=1+1"
    assert sheet["A7"].value == "01.1"
    assert sheet["A7"].number_format == "@"
    assert sheet["B6"].value is None
    assert sheet["A9"].value == "Eine Anmerkung."
    read = pd.read_excel(io.BytesIO(data), header=2, nrows=4, engine="openpyxl")
    assert read["Wert"].tolist()[:2] == [4.25, 11378.4]


def test_a_sheet_is_printed_on_pages_of_its_width_under_its_head():
    words = tuple(Column("area", "column.area", width=40) for _ in range(5))
    frame = pd.DataFrame({"area": ["Wort " * 30], "value": [1.0], "change_1": [1.0], "decimals": [1]})
    notes = ("Ein langer Satz, der auf dem Blatt umbrochen wird. " * 12,)
    data = xlsx_bytes({"schmal": TABLE, "breit": Table(frame, (*words, *COLUMNS), "Breit", notes)}, "de")
    narrow, wide = openpyxl.load_workbook(io.BytesIO(data))
    for sheet, place, paper, turned in ((narrow, "A1:C9", 9, False), (wide, "A1:H6", 8, True)):
        assert sheet.print_title_rows == "$1:$3"
        assert sheet.print_area.replace("$", "").split("!")[-1] == place
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.paperSize == paper
        assert (sheet.page_setup.orientation == "landscape") == turned
    assert [str(found) for found in wide.merged_cells.ranges] == ["A6:H6"]
    # 600 letters in about 250 across: at least three lines of 15 points
    assert wide.row_dimensions[6].height >= 45


def test_no_head_is_broken_inside_a_word():
    for lang in ("de", "en"):
        for head, width in zip(TABLE.heads(lang), column_widths(TABLE, lang), strict=True):
            assert max(len(word) for word in head.replace("-", "- ").split()) < width


def test_the_same_table_gives_the_same_bytes():
    first = xlsx_bytes({"Werte": TABLE}, "de")
    time.sleep(2.1)  # an archive notes seconds by twos
    assert xlsx_bytes({"Werte": TABLE}, "de") == first


@given(st.text())
def test_no_guarded_text_starts_a_formula(text):
    guarded = guard_formula(text)
    assert not guarded.startswith(FORMULA_STARTS)
    assert guarded.endswith(text)


@pytest.mark.parametrize("text", ["–", "Moosach", "", "'quoted"])
def test_ordinary_texts_stay(text):
    assert guard_formula(text) == text
