"""Small tables in each form that the city publishes, made by hand: three districts and the city, two years."""

from __future__ import annotations

import csv
import io

import xlsxwriter

AREAS = ("Stadt München", "01 Altstadt - Lehel", "06 Sendling", "17 Obergiesing - Fasangarten")
COUNTS = {
    "2023": ((600, 12_000), (50, 2_000), (123, 4_100), (427, 5_900)),
    "2024": ((660, 12_100), (61, 2_010), (130, 4_150), (469, 5_940)),
}


def rows():
    """Indicator, group, year, area, value, numerator, denominator."""
    for group in ("insgesamt", "nichtdeutsch"):
        for year, cells in COUNTS.items():
            for area, (numerator, denominator) in zip(AREAS, cells, strict=True):
                yield (
                    "Beispielquote",
                    group,
                    year,
                    area,
                    round(100 * numerator / denominator, 1),
                    numerator,
                    denominator,
                )


HEADER_2025 = (
    ["Indikator", "Ausprägung", "Jahr", "Raumbezug", "Indikatorwert"]
    + [f"Basiswert.{i}" for i in range(1, 6)]
    + [f"Name.Basiswert.{i}" for i in range(1, 6)]
)


def lines_2025(blank="NA"):
    for indicator, group, year, area, value, numerator, denominator in rows():
        key = [indicator, group, year, area, f"{value:g}"]
        yield [*key, numerator, denominator, *[blank] * 3, "Betroffene", "Bevölkerung", *[blank] * 3]


def csv_2025(delimiter=",", decimal=".", end="\n"):
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator=end)
    writer.writerow(HEADER_2025)
    for line in lines_2025():
        writer.writerow([*line[:4], line[4].replace(".", decimal), *line[5:]])
    return out.getvalue()


def csv_2014():
    header = ["INDIKATOR_GRUPPE", "INDIKATOR_BEZEICHNUNG", "INDIKATOR_AUSPRAEGUNG", "INDIKATOR_WERT"]
    header += [f"BASISWERT_{i}" for i in range(1, 6)] + [f"NAME_BASISWERT_{i}" for i in range(1, 6)]
    header += ["JAHR", "GLIEDERUNG", "NUMMER", "NAME"]
    names = ["Betroffene", "Bevölkerung", "", "", ""]
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    for indicator, group, year, area, value, *counts in rows():
        number = "#100" if area.startswith("Stadt") else str(int(area[:2]))
        kind = "Gesamtstadt" if number == "#100" else "Stadtbezirk"
        key = ["Bevölkerung", indicator, group]
        printed = f"{value:g}".replace(".", ",")
        writer.writerow([*key, printed, *counts, "", "", "", *names, year, kind, number, area])
        if number == "17":
            nowhere = [year, kind, "99", "99 nicht zuzuordnen"]
            writer.writerow([*key, "1,5", "3", "200", "", "", "", *names, *nowhere])
    return out.getvalue()


def excel_export(path, sheet="BEVÖLKERUNG"):
    with xlsxwriter.Workbook(path) as book:
        contents = book.add_worksheet("INHALT")
        titles = ["Thema", "Indikator", "Ausprägung", "Beschreibung", "Zeitbezug", "Datenquelle", "Gliederungen"]
        contents.write_row(0, 0, titles)
        for i, group in enumerate(("insgesamt", "nichtdeutsch"), start=1):
            text = "Anteil der Betroffenen an der Bevölkerung in Prozent."
            contents.write_row(
                i, 0, ["Bevölkerung", "Beispielquote", group, text, "Stichtag", "Amt", "Stadtbezirke"]
            )
        data = book.add_worksheet(sheet)
        data.write_row(0, 0, [title.replace(".", " ") for title in HEADER_2025])
        for i, line in enumerate(lines_2025(blank=""), start=1):
            text = line[4].replace(".", ",")
            text = text.removeprefix("0") if text.startswith("0,") else text
            data.write_row(i, 0, [line[0], line[1], int(line[2]), line[3], text, *line[5:]])
        imprint = book.add_worksheet("IMPRESSUM")
        imprint.write_column(0, 0, ["IMPRESSUM", "Herausgegeben von:", "Amt", "Stand der Datei: August   2025"])
    return path
