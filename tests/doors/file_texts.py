"""What a written file says, as text."""

from __future__ import annotations

import io
import sqlite3
from contextlib import closing

import openpyxl
import pypdf


def texts_of(path):
    """Give the texts of a file, page by page and sheet by sheet; pictures in pixels and folders have none."""
    if path.suffix == ".pdf":
        yield from (page.extract_text() for page in pypdf.PdfReader(path).pages)
    elif path.suffix == ".xlsx":
        for sheet in openpyxl.load_workbook(io.BytesIO(path.read_bytes())):
            yield "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    elif path.suffix == ".gpkg":
        with closing(sqlite3.connect(path)) as connection:
            yield "\n".join(line for line in connection.iterdump() if "_geom" not in line[:40])
    elif path.is_file() and path.suffix != ".png":
        yield path.read_text(encoding="utf-8")
