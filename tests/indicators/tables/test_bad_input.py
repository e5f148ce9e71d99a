"""Forty and more kinds of bad input: each gives one clear error that names file, row and column."""

from __future__ import annotations

import gzip
import io
import sqlite3
import zipfile

import pytest
import xlsxwriter
from made_tables import csv_2014, csv_2025, excel_export

from regsam_geo.errors import RegsamGeoError
from regsam_geo.indicators import describe_file, read_indicators

GOOD = csv_2025()
LINES = GOOD.splitlines()
OWN = {"area": "Bezirk", "period": "Jahr", "value": "Wert"}


def changed(old, new, text=GOOD):
    assert old in text
    return text.replace(old, new, 1)


def a_zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("tabelle.csv", GOOD)
    return out.getvalue()


def a_bomb():
    """A workbook whose sheet would unpack to more than a gigabyte."""
    out = io.BytesIO()
    blank = b" " * (1 << 20)
    archive = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with archive, archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
        for _ in range(1025):  # one megabyte each
            sheet.write(blank)
    return out.getvalue()


def a_workbook(fill):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        fill(book)
    return out.getvalue()


def far_cell(book):
    sheet = book.add_worksheet("Tabelle1")
    sheet.write_row(0, 0, ["Indikator", "Ausprägung"])
    sheet.write(1_048_575, 16_383, "hier")


def a_date(book):
    sheet = book.add_worksheet("Tabelle1")
    sheet.write_row(0, 0, ["Indikator", "Ausprägung", "Jahr", "Raumbezug", "Indikatorwert"])
    sheet.write_row(1, 0, ["A", "insgesamt", 2024])
    sheet.write_datetime(
        1, 3, __import__("datetime").datetime(2024, 12, 4), book.add_format({"num_format": "dd.mm"})
    )
    sheet.write(1, 4, 3)


def a_truth_value(book):
    sheet = book.add_worksheet("Tabelle1")
    sheet.write_row(0, 0, ["Indikator", "Ausprägung", "Jahr", "Raumbezug", "Indikatorwert"])
    sheet.write_row(1, 0, ["A", "insgesamt", 2024, "01", 1])
    sheet.write_row(2, 0, ["A", "insgesamt", 2024, "02", True])


def a_geopackage():
    out = sqlite3.connect(":memory:")
    out.execute("create table a (b)")
    data = out.serialize()
    out.close()
    return data


def truncated_workbook():
    return a_workbook(lambda book: excel_like(book))[:-400]


def excel_like(book):
    sheet = book.add_worksheet("Tabelle1")
    for i, line in enumerate(LINES):
        sheet.write_row(i, 0, line.strip('"').split('","'))


# content, code, row, column; options follow where the table is one's own
CASES = {
    "no such file": (None, "file_missing", None, None),
    "empty file": (b"", "file_empty", None, None),
    "only a byte order mark and blanks": (b"\xef\xbb\xbf \r\n", "file_empty", None, None),
    "only a header": (LINES[0], "no_rows", None, None),
    "a zip named .csv": (a_zip(), "file_zip", None, None),
    "a zip bomb": (a_bomb, "file_unpacks", None, None),
    "a damaged workbook": (truncated_workbook(), "workbook_broken", None, None),
    "a workbook with a cell in its farthest corner": (a_workbook(far_cell), "workbook_huge", None, None),
    "an empty workbook": (a_workbook(lambda book: book.add_worksheet()), "file_empty", None, None),
    "a PDF": (b"%PDF-1.7 ...", "file_kind", None, None),
    "a picture": (b"\x89PNG\r\n\x1a\n....", "file_kind", None, None),
    "a gzip": (gzip.compress(GOOD.encode()), "file_kind", None, None),
    "a GeoPackage": (a_geopackage(), "file_kind", None, None),
    "a foreign Parquet file": (b"PAR1 no more PAR1", "parquet_broken", None, None),
    "binary within text": (GOOD.encode()[:900] + b"\x00" + GOOD.encode()[900:], "file_binary", 7, None),
    "one damaged byte in UTF-8": (
        GOOD.encode().replace("Bevölkerung".encode(), b"Bev\xf6lkerung", 1),
        "encoding_broken",
        2,
        None,
    ),
    "UTF-8 read as cp1252, saved again and mixed with sound letters": (
        GOOD.encode().decode("cp1252").encode("utf-8") + "# Größe: für Ämter\n".encode(),
        "encoding_broken",
        1,
        None,
    ),
    "UTF-16 cut in two": (GOOD.encode("utf-16")[:-1], "encoding_broken", None, None),
    "a quote that never ends": (GOOD + '"Beispielquote","insges', "csv_broken", 18, None),
    "a million columns": ("s," * 999_999 + "s\n1", "too_many_columns", None, None),
    "a missing column": (GOOD.replace('"Raumbezug"', '"Gebiet"'), "column_missing", None, "Raumbezug"),
    "a misspelt column": (
        GOOD.replace('"Indikatorwert"', '"Indikatorwerd"'),
        "column_missing",
        None,
        "Indikatorwert",
    ),
    "an unknown form": ("a,b\n1,2\n", "form_unknown", None, None),
    "a column without title": (changed('"Jahr"', '""'), "column_untitled", None, 3),
    "a title above two columns": (changed('"Basiswert.2"', '"Basiswert.1"'), "column_twice", None, None),
    "two forms in one header": (
        LINES[0] + "," + csv_2014().splitlines()[0] + "\n",
        "forms_mixed",
        None,
        None,
    ),
    "two forms under each other": (GOOD + csv_2014(), "row_width", 18, None),
    "a file appended to itself": (GOOD + GOOD, "header_repeated", 18, None),
    "a row too short": (changed('"2024","06 Sendling"', '"2024 06 Sendling"'), "row_width", None, None),
    "a row too long": (changed('"06 Sendling"', '"06","Sendling"'), "row_width", None, None),
    "duplicate rows": (GOOD + LINES[3] + "\n", "rows_twice", 18, None),
    "an empty indicator": (changed('"Beispielquote","insgesamt"', '"","insgesamt"'), "cell_empty", 2, "Indikator"),
    "an empty area": (changed('"06 Sendling"', '""'), "cell_area", 4, "Raumbezug"),
    "an unknown district": (changed('"06 Sendling"', '"26 Freimann"'), "cell_area", 4, "Raumbezug"),
    "number and name of two districts": (changed('"06 Sendling"', '"07 Sendling"'), "cell_area", 4, "Raumbezug"),
    "a name nearly right": (changed('"06 Sendling"', '"Sendlng"'), "cell_area", 4, "Raumbezug"),
    "a district turned into a date": (a_workbook(a_date), "cell_area", 2, "Raumbezug"),
    "text in a number": (changed('"123"', '"ca. 120"'), "number_with_words", 4, "Basiswert.1"),
    "a number with a unit": (changed('"4100"', '"4100 Personen"'), "number_with_words", 4, "Basiswert.2"),
    "an Excel error": (changed('"4100"', '"#DIV/0!"'), "cell_error", 4, "Basiswert.2"),
    "infinity": (changed('"4100"', '"inf"'), "not_a_number", 4, "Basiswert.2"),
    "a truth value": (a_workbook(a_truth_value), "not_a_number", 3, "Indikatorwert"),
    "two decimal marks in a number": (changed('"4100"', '"4,1.0"'), "number_marks", 4, "Basiswert.2"),
    "a thousand or a decimal": (changed('"4100"', '"4.100"'), "number_ambiguous", 4, "Basiswert.2"),
    "thousands points beside decimal points": (
        changed('"4100"', '"4.100.000"').replace('"5900"', '"5900.5"', 1),
        "decimals_contradict",
        5,
        "Basiswert.2",
    ),
    "decimal comma and point mixed": (
        "Bezirk;Jahr;Wert\n1;2024;1,5\n2;2024;2.5\n",
        "decimals_contradict",
        3,
        "Wert",
        {"columns": OWN, "indicator": "A"},
    ),
    "another decimal mark than stated": (
        "Bezirk;Jahr;Wert\n1;2024;1,5\n",
        "number_marks",
        2,
        "Wert",
        {"columns": OWN, "indicator": "A", "decimal": "."},
    ),
    "year 20224": (changed('"2024"', '"20224"'), "cell_period", 6, "Jahr"),
    "year 24": (changed('"2024"', '"24"'), "cell_period", 6, "Jahr"),
    "a broken year": (changed('"2024"', '"2024.5"'), "cell_period", 6, "Jahr"),
    "month 13": (changed('"2024"', '"2024-13"'), "cell_period", 6, "Jahr"),
    "districts before 1996": (GOOD.replace("2023", "1995"), "division_before_1996", 3, None),
    "number and name in two columns": (
        changed('"6","06 Sendling"', '"7","06 Sendling"', csv_2014()),
        "area_contradicts",
        4,
        None,
    ),
    "a wrong sheet": (
        a_workbook(excel_like),
        "sheet_missing",
        None,
        None,
        {"columns": OWN, "indicator": "A", "sheet": "Tabelle2"},
    ),
    "a column that is not there": (
        "Bezirk;Jahr;Wert\n1;2024;1,5\n",
        "column_missing",
        None,
        "Berzirk",
        {"columns": {**OWN, "area": "Berzirk"}, "indicator": "A"},
    ),
    "another level than stated": (
        "Bezirk;Jahr;Wert\n1.1;2024;1\n",
        "cell_area",
        2,
        "Bezirk",
        {"columns": OWN, "indicator": "A", "level": "district"},
    ),
    "a sign without reason": (
        "indicator,group,period,level,area_id,value,sign\nA,insgesamt,2024,district,01,,geheim\n",
        "cell_sign",
        2,
        "sign",
    ),
    "an unknown level": (
        "indicator,group,period,level,area_id,value\nA,insgesamt,2024,distrikt,01,1\n",
        "cell_level",
        2,
        "level",
    ),
    "level and id that contradict": (
        "indicator,group,period,level,area_id,value\nA,insgesamt,2024,district,01.1,1\n",
        "cell_area",
        2,
        "area_id",
    ),
}


def test_there_are_at_least_forty_kinds():
    assert len(CASES) >= 40


@pytest.mark.parametrize("case", CASES)
def test_one_clear_error(case, tmp_path, monkeypatch):
    lang = ("de", "en")[list(CASES).index(case) % 2]
    monkeypatch.setenv("REGSAM_GEO_LANG", lang)
    content, code, row, column, *rest = CASES[case]
    options = rest[0] if rest else {}
    path = tmp_path / "schlecht.csv"
    # the large one is made only for its own test
    content = content() if callable(content) else content
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(RegsamGeoError) as caught:
        read_indicators(path, **options)
    error = caught.value
    message = str(error)
    assert error.code == code, message
    assert "schlecht.csv" in message
    if row is not None:
        assert error.fields["row"] == row, message
        assert str(row) in message
    if column is not None:
        assert str(column) in message
    assert len(message) < 700
    assert list(tmp_path.iterdir()) == ([path] if content is not None else [])


@pytest.mark.parametrize("case", ["a zip named .csv", "year 20224", "text in a number"])
def test_a_report_says_the_same_without_raising(case, tmp_path):
    content, code, row, _, *_ = CASES[case]
    path = tmp_path / "schlecht.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    report = describe_file(path)
    assert not report.readable
    assert report.problems[0].code == code
    assert report.problems[0].row == (row or 0)
    assert report.rows == 0


def test_near_misses_are_suggested(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(CASES["a misspelt column"][0], encoding="utf-8")
    with pytest.raises(RegsamGeoError, match="Meinten Sie „Indikatorwerd“"):
        read_indicators(path)
    path.write_text(CASES["a name nearly right"][0], encoding="utf-8")
    with pytest.raises(RegsamGeoError, match="Meinten Sie „Sendling“"):
        read_indicators(path)


def test_a_folder_is_no_table(tmp_path):
    with pytest.raises(RegsamGeoError) as caught:
        read_indicators(tmp_path)
    assert caught.value.code == "file_is_folder"


def test_a_password_protected_workbook(tmp_path):
    path = tmp_path / "geheim.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(RegsamGeoError) as caught:
        read_indicators(path)
    assert caught.value.code == "workbook_broken"


def test_an_export_without_its_data_sheet(tmp_path):
    good = excel_export(tmp_path / "gut.xlsx")
    assert len(read_indicators(good)) == 16
    path = tmp_path / "inhalt.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("INHALT").write_row(0, 0, ["Thema", "Indikator", "Ausprägung"])
        book.get_worksheet_by_name("INHALT").write_row(1, 0, ["a", "b", "c"])
    with pytest.raises(RegsamGeoError) as caught:
        read_indicators(path)
    assert caught.value.code == "column_missing"
    assert "INHALT" in str(caught.value)
