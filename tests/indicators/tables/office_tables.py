"""Tables as offices write them, made by hand: what each says is known before it is read."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import xlsxwriter

NAMES = {
    "01": "Altstadt-Lehel",
    "03": "Maxvorstadt",
    "06": "Sendling",
    "08": "Schwanthalerhöhe",
    "17": "Obergiesing-Fasangarten",
}


def figure(area, column, year=2023):
    """Any number that is another one for each area, column and year."""
    return 100 * int(area) + 10 * column + (year - 2020)


def workbook(path, sheets, *, hidden=(), merges=None, formats=None):
    """Write rows into the sheets of a workbook; empty texts stay empty cells."""
    with xlsxwriter.Workbook(path) as book:
        percent = book.add_format({"num_format": "0.0%"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    if cell == "":
                        continue
                    if formats and (r, c) in formats:
                        sheet.write_number(r, c, cell, percent)
                    else:
                        sheet.write(r, c, cell)
            for top, left, bottom, right, text in (merges or {}).get(title, ()):
                sheet.merge_range(top, left, bottom, right, text)
            if title in hidden:
                sheet.hide()
    return path


def total(column, year=2023):
    return sum(figure(area, column, year) for area in NAMES)


def yearbook(path):
    """Title, two rows of headings with merged cells, a total, a rule, a footnote, a source."""
    rows = [
        ["Tagesbetreuung in den Stadtbezirken 2023"],
        [],
        ["", "", "", "", ""],
        ["", "", "Plätze", "Kinder", "Plätze"],
        *[[int(area), NAMES[area], *(figure(area, c) for c in (1, 2, 3))] for area in NAMES],
        ["", "insg.", *(total(c) for c in (1, 2, 3))],
        ["__________"],
        ["1) Ohne Tagespflege."],
        ["Quelle: Amt für Statistik"],
    ]
    merges = [(2, 0, 3, 0, "Nr."), (2, 1, 3, 1, "Stadtbezirk"), (2, 2, 2, 3, "unter 3"), (2, 4, 2, 4, "3 bis 6")]
    merges = [m for m in merges if m[:2] != m[2:4]]
    rows[2][4] = "3 bis 6"
    return workbook(path, {"Tabelle 12": rows}, merges={"Tabelle 12": merges})


YEARBOOK_TITLES = ("unter 3 · Plätze", "unter 3 · Kinder", "3 bis 6 · Plätze")


def a_sheet_a_year(path, years=(2021, 2022, 2023)):
    return workbook(
        path,
        {
            f"Blatt {i}": [
                ["Statistikportal"],
                [f"Jahr = {year}"],
                [],
                ["", "Fälle", "Personen"],
                *[[f"{area} {NAMES[area]}", figure(area, 1, year), figure(area, 2, year)] for area in NAMES],
            ]
            for i, year in enumerate(years, 1)
        },
    )


def years_across(path, years=(2021, 2022, 2023)):
    return workbook(
        path,
        {
            "Tabelle1": [
                ["Beratungen"],
                ["Stadtbezirk", *years],
                *[[NAMES[area], *(figure(area, 1, y) for y in years)] for area in NAMES],
            ]
        },
    )


def years_over_columns(path, years=(2022, 2023)):
    """A year over two columns each, not merged."""
    return workbook(
        path,
        {
            "Tabelle1": [
                ["Stadtbezirk", years[0], "", years[1], ""],
                ["", "Fälle", "Personen", "Fälle", "Personen"],
                *[[NAMES[a], *(figure(a, c, y) for y in years for c in (1, 2))] for a in NAMES],
            ]
        },
    )


def areas_across(path, years=(2021, 2022, 2023)):
    return workbook(
        path,
        {
            "Tabelle1": [
                ["Jahr", *NAMES.values(), "Summe"],
                *[[year, *(figure(area, 1, year) for area in NAMES), total(1, year)] for year in years],
            ]
        },
    )


def a_block_a_year(path, years=(2022, 2023)):
    rows = [["Stadtbezirk", "Fälle", "Personen"]]
    for year in years:
        rows += [[str(year)], *[[NAMES[a], figure(a, 1, year), figure(a, 2, year)] for a in NAMES]]
    return workbook(path, {"Tabelle1": rows})


def a_block_a_group(path, groups=("Frauen", "Männer")):
    rows = [["Beratungen 2023"], ["Stadtbezirk", "Fälle"]]
    for i, group in enumerate(groups, 1):
        rows += [[group], *[[NAMES[a], figure(a, i)] for a in NAMES]]
    return workbook(path, {"Tabelle1": rows})


def html(rows, charset="utf-8"):
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    page = f"<html><head><meta charset='{charset}'></head><body><table>{cells}</table></body></html>"
    return page.encode(charset)


LONG = [["Bezirk", "Jahr", "Fälle"], *[[NAMES[a], y, figure(a, 1, y)] for y in (2022, 2023) for a in NAMES]]


def delimited(rows=LONG, delimiter=";"):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue()


def records(rows=LONG):
    head, *body = rows
    return json.dumps([dict(zip(head, row, strict=True)) for row in body], ensure_ascii=False)


def open_document(rows):
    """Write the rows of one sheet as LibreOffice does."""
    spaces = ("office", "table", "text")
    head = " ".join(f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in spaces)

    def cell(value):
        number = isinstance(value, int | float)
        kind = f'"float" office:value="{value}"' if number else '"string"'
        return f"<table:table-cell office:value-type={kind}><text:p>{value}</text:p></table:table-cell>"

    lines = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    sheet = f'<table:table table:name="Tabelle1">{lines}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<office:document-content {head}>{body}</office:document-content>")
        manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        archive.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()
