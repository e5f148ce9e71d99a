"""Make the worksheets that LibreOffice saved: made data, filled in by this script, converted by LibreOffice.

Run by hand where ``soffice`` is installed (made with LibreOffice 7.4):

    python tests/summary/products/libreoffice/make_files.py

It writes the worksheet of a made region, fills it in with openpyxl, and lets LibreOffice save it as .ods, .xls,
.xlsx and as CSV with semicolons in Windows' encoding. Tests read the four files; no test runs this script.
"""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import tempfile
from pathlib import Path

import openpyxl

from regsam_geo.summary.words.worksheet import Worksheet
from regsam_geo.summary.writers.worksheet import worksheet_bytes

HERE = Path(__file__).parent
FORMS = {
    "ods": "ods",
    "xls": "xls",
    "xlsx": "xlsx",
    # field separator ;, text delimiter ", Windows-1252, first row 1, all columns as they are shown
    "csv": "csv:Text - txt - csv (StarCalc):59,34,ANSI,1,,0,false,true,false",
}


def worksheet() -> Worksheet:
    """Return the worksheet of a region in which four places of one indicator stand."""
    rows = []
    for area, name in (("17", "Obergiesing"), ("18", "Untergiesing"), ("01", "Altstadt"), ("05", "Haidhausen")):
        key = f'["Arbeitslose","insgesamt","district","{area}","2023","2023","change","17/18"]'
        rows.append(
            {"area": f"{area} {name}", "status": "neu", "finding": "Arbeitslose 4,0 %", "before": "", "key": key}
        )
    return Worksheet("17/18", "Arbeitsblatt", '["regsam_geo","17/18","2023"]', tuple(rows), ("Arbeitslose",), "de")


def fill_in(path: Path) -> None:
    """Fill a worksheet in as people do: a truth value, dates of two kinds, a finding of their own."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = {sheet.cell(6, column).value: column for column in range(1, sheet.max_column + 1)}
    sheet["B4"] = dt.date(2025, 3, 14)

    def say(row: int, **answers: object) -> None:
        for head, answer in answers.items():
            sheet.cell(row, heads[head.replace("_", " ")]).value = answer

    say(7, Bedarf=True, Gremium="RAGS", Bis_wann=dt.date(2026, 12, 31), Bemerkung="Übergang – schwierig")
    say(8, Bedarf="Nein", Gremium="FAK", Bis_wann="Q2 2027")
    say(9, Bedarf="zu klären", Bemerkung='=1+1 ist keine Formel; "Zitat"\nzweite Zeile')
    say(12, Gebiet="Tegernseer Platz", Befund="Weg für Ältere fehlt", Bedarf="x", Gremium="RAGS")
    sheet.cell(9, heads["Bemerkung"]).data_type = "s"
    book.save(path)


def main() -> None:
    """Write the four files."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "arbeitsblatt.xlsx"
        source.write_bytes(worksheet_bytes(worksheet()))
        fill_in(source)
        for ending, form in FORMS.items():
            out = Path(folder) / ending
            command = ["soffice", "--headless", "--convert-to", form, "--outdir", str(out), str(source)]
            subprocess.run(command, check=True, capture_output=True)
            shutil.copy(out / f"arbeitsblatt.{ending}", HERE / f"arbeitsblatt.{ending}")


if __name__ == "__main__":
    main()
