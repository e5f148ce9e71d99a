"""Workbooks made to do harm: each is refused with one sentence, and the process that asked goes on."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import zipfile

import pytest
import xlsxwriter

import regsam_geo as rg
from regsam_geo.errors import DivisionError, InputError
from regsam_geo.foreign import read_sheets, workbooks

COLUMNS = {"area": "Bezirk", "period": "Jahr", "value": "Fälle"}


def plain_workbook():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Bezirk", "Jahr", "Fälle"])
        for row in range(1, 26):
            sheet.write_row(row, 0, [row, 2024, 10 * row])
    return out.getvalue()


PLAIN = plain_workbook()


def rewritten(*changes, part="xl/worksheets/sheet1.xml", content=PLAIN):
    """Return the workbook with texts of one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name == part:
                for before, after in changes:
                    assert before in text
                    text = text.replace(before, after)
            new.writestr(name, text)
    return out.getvalue()


FAR = b'r="C2"', b'r="XFD1048576"'
SHEET = "xl/worksheets/sheet1.xml"


def many_sheets():
    """Hundreds of sheets that all stand for one part of many cells."""
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (i, i) for i in range(1, 100_000))
    content = rewritten((b"<sheetData>", b"<sheetData>" + rows))
    one = b'<sheet name="Sheet1" sheetId="1" r:id="rId1"/>'
    many = b"".join(b'<sheet name="S%d" sheetId="%d" r:id="rId1"/>' % (i, i) for i in range(1, 400))
    return rewritten((one, many), part="xl/workbook.xml", content=content)


def long_text_everywhere():
    """One text of thirty thousand letters, shown by a hundred thousand cells: three gigabytes."""
    rows = b"".join(b'<row r="%d"><c r="E%d" t="s"><v>0</v></c></row>' % (i, i) for i in range(30, 100_000))
    content = rewritten((b"</sheetData>", rows + b"</sheetData>"))
    return rewritten((b"<t>Bezirk", b"<t>" + b"x" * 30_000), part="xl/sharedStrings.xml", content=content)


def packed_spaces(megabytes=60):
    out = io.BytesIO()
    archive = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with archive, archive.open(SHEET, "w") as sheet:
        for _ in range(megabytes):
            sheet.write(b" " * (1 << 20))
    return out.getvalue()


def lying_size(content):
    """Say in the directory that every entry unpacks to ten bytes."""
    changed = bytearray(content)
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        changed[at + 24 : at + 28] = (10).to_bytes(4, "little")
        at = content.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


def spreadsheet(table):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="A">{table}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


def cell(text, repeated=1):
    value = f'office:value-type="string" table:number-columns-repeated="{repeated}"'
    return f"<table:table-cell {value}><text:p>{text}</text:p></table:table-cell>"


def repeated_row():
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell("x" * 1000, 16000)}</table:table-row>'
    return spreadsheet(row)


def nested_entities():
    levels = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    doctype = f'<!DOCTYPE worksheet [<!ENTITY l0 "ha">{levels}]>'.encode()
    return rewritten((b"<worksheet", doctype + b"<worksheet"), (b"<v>2024</v>", b"<v>&l9;</v>"))


BOMBS = {
    "a cell in the farthest corner": lambda: rewritten(FAR),
    "single quotes": lambda: rewritten((b'r="C2"', b"r='XFD1048576'")),
    "blanks around the sign": lambda: rewritten((b'r="C2"', b'r = "XFD1048576"')),
    "a line break before the place": lambda: rewritten((b'<c r="C2"', b'<c\nr="XFD1048576"')),
    "another attribute first": lambda: rewritten((b'<c r="C2"', b'<c s="0" r="XFD1048576"')),
    "small letters": lambda: rewritten((b'r="C2"', b'r="xfd1048576"')),
    "a prefix": lambda: rewritten((b'<c r="C2"><v>10</v></c>', b'<x:c r="XFD1048576"><v>10</v></x:c>')),
    "a row far below, cells without place": lambda: rewritten(
        (b'<row r="2"', b'<row r="1048576"'), (b'<c r="C2"', b'<c r="XFD2"'), (b'<c r="A2"', b"<c")
    ),
    "another name of the sheet": lambda: rewritten(
        (b"worksheets/sheet1.xml", b"worksheets/../tabelle.xml"), part="xl/_rels/workbook.xml.rels"
    ).replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/tabell.xml"),
    "two billion strings": lambda: rewritten(
        (b'uniqueCount="3"', b'uniqueCount="99999999999999"'), part="xl/sharedStrings.xml"
    ),
    "many sheets of one part": many_sheets,
    "a long text in many cells": long_text_everywhere,
    "packed blanks": packed_spaces,
    "packed blanks that claim ten bytes": lambda: lying_size(packed_spaces()),
    "a row repeated a million times": repeated_row,
    "nested entities": nested_entities,
    "an old workbook of zeros": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(10_000_000),
}
HARMLESS = {"two billion strings", "nested entities", "another name of the sheet"}
"""What is left out or not expanded may be read: what stands in the cells is no more than the file says."""


@pytest.mark.parametrize("name", BOMBS)
def test_a_workbook_made_to_do_harm_is_refused_in_one_sentence(name, tmp_path):
    path = tmp_path / "fremd.xlsx"
    path.write_bytes(BOMBS[name]())
    begun = sum(os.times()[:4])
    if name in HARMLESS:
        with contextlib.suppress(InputError):
            rg.read_indicators(path, COLUMNS, indicator="F")
    else:
        with pytest.raises(InputError, match=r"fremd\.xlsx") as caught:
            rg.read_indicators(path, COLUMNS, indicator="F")
        assert len(str(caught.value)) < 600
    assert sum(os.times()[:4]) - begun < 10  # of the processor, children too


def test_a_region_table_is_read_as_carefully(tmp_path):
    path = tmp_path / "regionen.xlsx"
    path.write_bytes(rewritten(FAR))
    with pytest.raises(DivisionError, match=r"regionen\.xlsx"):
        rg.read_division(path)


FORMS = {
    "plain": PLAIN,
    "single quotes": rewritten((b'r="C2"', b"r='C2'")),
    "no places at all": rewritten(*((b'<c r="%c%d"' % (c, r), b"<c") for c in b"ABC" for r in range(1, 27))),
    "a comment": rewritten((b"<sheetData>", b"<!-- von Hand --><sheetData>")),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_way_to_write_the_same_workbook_reads_the_same(form, tmp_path, monkeypatch):
    """Also those for which nothing can be proved: they go through a process of their own."""
    apart = []
    call = workbooks.call_apart
    monkeypatch.setattr(workbooks, "call_apart", lambda *words: apart.append(words[0]) or call(*words))
    assert read_sheets(FORMS[form]) == read_sheets(PLAIN)
    assert bool(apart) == (form != "plain")
    path = tmp_path / "a.xlsx"
    path.write_bytes(FORMS[form])
    panel = rg.read_indicators(path, COLUMNS, indicator="F")
    assert panel.data["value"].sum() == 10 * 25 * 26 / 2


def test_bounds_are_raised_by_one_variable(tmp_path, monkeypatch):
    path = tmp_path / "weit.xlsx"
    path.write_bytes(rewritten((b'r="C2"', b'r="CZ40000"')))
    with pytest.raises(InputError) as caught:
        rg.read_indicators(path, COLUMNS, indicator="F")
    assert caught.value.code == "workbook_huge"
    monkeypatch.setenv("REGSAM_GEO_READ_LIMIT", "3")
    assert len(read_sheets(path.read_bytes())["Sheet1"]) == 40_000


def test_a_program_without_main_guard_reads_what_goes_apart(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(FORMS["single quotes"])
    program = tmp_path / "programm.py"
    program.write_text(
        f"import regsam_geo as rg\nprint(len(rg.read_indicators('a.xlsx', {COLUMNS!r}, indicator='F')))\n",
        encoding="utf-8",
        newline="\n",
    )
    # a file of the user's that has the name of a module
    (tmp_path / "pickle.py").write_text("raise SystemExit('wrong module')\n", encoding="utf-8", newline="\n")
    done = subprocess.run(
        [sys.executable, "-P", str(program)],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.stdout.split() == [b"25"], done.stderr.decode()
