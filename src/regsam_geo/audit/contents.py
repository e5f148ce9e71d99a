"""What a file holds for a reader: tables, and texts; formats are read here, and nothing is understood yet."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from regsam_geo.audit.pdf_text import pdf_texts

Cell = str | float | int | None
PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".ttf", ".woff", ".woff2", ".css", ".qml", ".sld"}
MOST_BYTES = 200_000_000
MANIFEST = re.compile(r"angaben(-[a-z]+)?\.json")


@dataclass(frozen=True)
class Sheet:
    """One table: rows of cells, what stands above it, and where it stands."""

    rows: list[list[Cell]]
    title: str
    source: str


@dataclass
class Contents:
    """All that the files of one edition hold."""

    sheets: list[Sheet] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    """Text and source."""
    maps: list[tuple[dict[str, Any], str]] = field(default_factory=list)
    """The data of interactive maps."""
    manifests: list[dict[str, Any]] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    """Files that are no pictures and could not be read."""
    pictures: int = 0


def read_files(files: Mapping[str, Path]) -> Contents:
    """Read all files of an edition, by the names under which a reader finds them."""
    found = Contents()
    for name, path in sorted(files.items()):
        kind = Path(name).suffix.lower()
        if kind in PICTURES:
            found.pictures += 1
            continue
        reader = _READERS.get(kind)
        try:
            # read whole, as all are here, a larger one could fill the memory: it is named as unread instead
            if reader is None or path.stat().st_size > MOST_BYTES:
                found.unread.append(name)
                continue
            reader(path, name, found)
        # whatever a library says about a file of anybody: it is not read, and that is told
        except Exception:
            found.unread.append(name)
            continue
        found.read.append(name)
    return found


def _text_of(path: Path) -> str:
    data = path.read_bytes()
    # without its mark nearly any bytes of even number are UTF-16
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _csv(path: Path, name: str, found: Contents) -> None:
    text = _text_of(path)
    head = text[:5000]
    # commas also stand in German numbers and between words: they count less
    mark = max(";\t,|", key=lambda sign: head.count(sign) * (1.5 if sign in ";\t" else 1))
    rows: list[list[Cell]] = [list(row) for row in csv.reader(io.StringIO(text), delimiter=mark)]
    found.sheets.append(Sheet(rows, "", name))
    found.texts += [(cell, name) for row in rows for cell in row if isinstance(cell, str) and cell.count(" ") > 3]


def _workbook(path: Path, name: str, found: Contents) -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    # hidden sheets are listed too, and whoever gets the file can show them
    for sheet in book.sheet_names:
        rows: list[list[Cell]] = [
            [cell if isinstance(cell, str | int | float) else str(cell) for cell in row]
            for row in book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        ]
        found.sheets.append(Sheet(rows, sheet, f"{name} ({sheet})"))
        found.texts += [
            (cell, name) for row in rows for cell in row if isinstance(cell, str) and cell.count(" ") > 3
        ]
    # what the reader of cells leaves out is handed on with the file all the same
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as parts:
            for part in parts.namelist():
                # comments, texts beside pictures, titles of charts
                if re.search(r"comment|drawing|chart|docProps", part) and part.endswith(".xml"):
                    xml = parts.read(part).decode("utf-8", "replace")
                    told = re.findall(r'(?:descr|title|name)="([^"]+)"|>([^<>]+)<', xml)
                    found.texts += [(one or other, f"{name} ({part})") for one, other in told]


def _geopackage(path: Path, name: str, found: Contents) -> None:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as base:
        # one text in other letters would end the reading of its whole table
        base.text_factory = lambda data: data.decode("utf-8", "replace")
        tables = [one for (one,) in base.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
        for table in tables:
            if table.startswith(("gpkg_", "rtree_", "sqlite_")):
                continue
            quoted = '"' + table.replace('"', '""') + '"'
            cursor = base.execute(f"SELECT * FROM {quoted}")
            kept = [at for at, one in enumerate(cursor.description) if one[0] not in ("geom", "geometry", "fid")]
            rows: list[list[Cell]] = [[cursor.description[at][0] for at in kept]]
            rows += [[_plain_cell(row[at]) for at in kept] for row in cursor]
            # the styles of QGIS are long texts in which every number is a limit of a class or a color
            if table != "layer_styles":
                found.sheets.append(Sheet(rows, table, f"{name} ({table})"))
            texts = [(cell, name) for row in rows for cell in row if isinstance(cell, str) and cell.count(" ") > 3]
            found.texts += texts if table != "layer_styles" else []
        for (told,) in base.execute("SELECT description FROM gpkg_contents"):
            found.texts.append((str(told or ""), name))


def _json(path: Path, name: str, found: Contents) -> None:
    data = json.loads(_text_of(path))
    # our own list of files says which period a sentence without a year means; checksums in it are no figures
    if MANIFEST.fullmatch(Path(name).name) and isinstance(data, dict):
        found.manifests.append(data)
        return
    _take_data(data, name, found)


def _take_data(data: Any, name: str, found: Contents) -> None:
    """Take records wherever they stand; all else that is text is one."""
    if isinstance(data, dict) and isinstance(data.get("features"), list):  # GeoJSON
        data = [one.get("properties") for one in data["features"] if isinstance(one, dict)]
    if isinstance(data, list) and data and all(isinstance(one, dict) for one in data):
        columns = list(dict.fromkeys(key for one in data for key in one))
        plain = [[one.get(key) for key in columns] for one in data]
        found.sheets.append(
            Sheet([list(columns), *[[_plain_cell(cell) for cell in row] for row in plain]], "", name)
        )
    elif isinstance(data, dict) and data and all(isinstance(one, list) for one in data.values()):
        rows = zip(*data.values(), strict=False)
        found.sheets.append(Sheet([list(data), *[[_plain_cell(cell) for cell in row] for row in rows]], "", name))
    elif isinstance(data, list) and data and all(isinstance(one, list) for one in data):
        found.sheets.append(Sheet([[_plain_cell(cell) for cell in row] for row in data], "", name))
    stack = [data]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            stack += one.values()
        elif isinstance(one, list):
            stack += one
        elif isinstance(one, str):
            found.texts.append((one, name))


def _plain_cell(cell: Any) -> Cell:
    return cell if isinstance(cell, str | int | float) else None


def _parquet(path: Path, name: str, found: Contents) -> None:
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    columns = [column.to_pylist() for column in table.columns]
    rows = [[_plain_cell(cell) for cell in row] for row in zip(*columns, strict=True)]
    found.sheets.append(Sheet([list(table.column_names), *rows], "", name))


def _plain_text(path: Path, name: str, found: Contents) -> None:
    found.texts += [(line, name) for line in _text_of(path).splitlines() if line.strip()]


_DIVIDED = re.compile(r"(?<=[a-zäöüß]) - (?=[a-zäöüß])")
"""A word that was divided at the end of a line; a dash between words is longer."""


def _pdf(path: Path, name: str, found: Contents) -> None:
    found.texts += [(_DIVIDED.sub("", text), name) for text in pdf_texts(path.read_bytes())]


def _page(path: Path, name: str, found: Contents) -> None:
    _take_page(_text_of(path), name, found)


def _take_page(text: str, name: str, found: Contents) -> None:
    page = _Page()
    page.feed(text)
    page.close()
    for number, (title, rows) in enumerate(page.tables, start=1):
        found.sheets.append(Sheet(rows, title, f"{name} (<table> {number})"))
    found.texts += [(one, name) for one in page.texts]
    for data in page.data:
        try:
            told = json.loads(data)
        except ValueError:
            continue
        if isinstance(told, dict) and "series" in told and "levels" in told:
            found.maps.append((told, name))
        else:
            _take_data(told, name, found)
    for inner in page.inner:
        _take_page(inner, name, found)


_BLOCKS = {
    "p",
    "li",
    "td",
    "th",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "figcaption",
    "caption",
    "dt",
    "dd",
    "div",
    "title",
}
_BLOCKS |= {
    "desc",
    "text",
    "option",
    "label",
    "summary",
    "blockquote",
    "pre",
    "section",
    "tr",
    "br",
    "svg",
    "figure",
}
_TOLD = {"alt", "title", "aria-label", "aria-description", "summary", "content", "value", "placeholder"}


class _Page(HTMLParser):
    """Collects the tables, texts, told attributes and data of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[tuple[str, list[list[Cell]]]] = []
        self.texts: list[str] = []
        self.data: list[str] = []
        self.inner: list[str] = []
        self._block: list[str] = []
        self._cell: list[str] | None = None
        self._is_head = self._behind = False
        self._caption: list[str] | None = None
        self._open: list[tuple[list[str], list[list[Cell]]]] = []
        self._skip = ""
        self._svg = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        for key, told in attributes:
            # screen readers speak these attributes, and a mouse brings them up
            if told and (key in _TOLD or (key.startswith("data-") and len(told) < 2000)):
                self.texts.append(told)
        if tag == "iframe" and given.get("srcdoc"):
            self.inner.append(given["srcdoc"] or "")
        if tag in ("script", "style"):
            self._skip = "data" if tag == "script" and "json" in (given.get("type") or "") else tag
        if tag == "svg":
            self._svg += 1
        if tag in _BLOCKS:
            self._end_block()
        if tag == "table":
            self._open.append(([], []))
        elif self._open and tag == "tr":
            self._open[-1][1].append([])
        elif self._open and tag in ("td", "th") and self._open[-1][1]:
            self._cell, self._is_head = [], tag == "th"
        elif tag == "span" and self._cell and self._is_head and not self._behind:
            # what stands small behind the name of a row belongs to the name, as other tables write it
            self._cell.append(" (")
            self._behind = True
        elif self._open and tag == "caption":
            self._caption = self._open[-1][0]

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._skip = ""
        if tag == "svg":
            self._svg -= 1
        if tag == "caption":
            self._caption = None
        if tag == "span" and self._behind and self._cell is not None:
            self._cell.append(")")
            self._behind = False
        if tag in ("td", "th") and self._cell is not None and self._open and self._open[-1][1]:
            self._open[-1][1][-1].append(" ".join("".join(self._cell).split()))
            self._cell = None
        if tag == "table" and self._open:
            title, rows = self._open.pop()
            self.tables.append((" ".join("".join(title).split()), rows))
        if tag in _BLOCKS:
            self._end_block()

    def handle_data(self, data: str) -> None:
        if self._skip == "data":
            self.data.append(data)
        if self._skip:
            return
        if self._caption is not None:
            self._caption.append(data)
        # numbers at a small drawing within a cell are none of the cell's own
        if self._cell is not None and self._svg == 0:
            self._cell.append(data)
        self._block.append(data)

    def _end_block(self) -> None:
        text = " ".join("".join(self._block).split())
        if text:
            self.texts.append(text)
        self._block = []

    def close(self) -> None:
        super().close()
        self._end_block()


_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def _slides(path: Path, name: str, found: Contents) -> None:
    with zipfile.ZipFile(path) as parts:
        for part in sorted(parts.namelist()):
            # the tables behind a chart, and files within the file, are not read: then the whole is not
            if re.search(r"/(charts|embeddings|diagrams)/", part):
                found.unread.append(f"{name} ({part})")
            if not (part.startswith(("ppt/", "docProps/")) and part.endswith(".xml")):
                continue
            source = f"{name} ({part})"
            for element in ElementTree.fromstring(parts.read(part)).iter():
                if element.tag == f"{_DRAWING}p":
                    found.texts.append(("".join(one.text or "" for one in element.iter(f"{_DRAWING}t")), source))
                # what is said of a picture, and of the file
                found.texts += [(element.get(key) or "", source) for key in ("descr", "title")]
                if part.startswith("docProps/"):
                    found.texts.append((element.text or "", source))
                if element.tag == f"{_DRAWING}tbl":
                    found.sheets.append(Sheet(_table_of(element), "", source))
    found.texts = [(text, source) for text, source in found.texts if text.strip()]


def _table_of(table: Any) -> list[list[Cell]]:
    return [
        ["".join(one.text or "" for one in cell.iter(f"{_DRAWING}t")) for cell in row.iter(f"{_DRAWING}tc")]
        for row in table.iter(f"{_DRAWING}tr")
    ]


_READERS: dict[str, Callable[[Path, str, Contents], None]] = {
    ".csv": _csv,
    ".tsv": _csv,
    ".xlsx": _workbook,
    ".xlsm": _workbook,
    ".xls": _workbook,
    ".ods": _workbook,
    ".gpkg": _geopackage,
    ".json": _json,
    ".geojson": _json,
    ".parquet": _parquet,
    ".txt": _plain_text,
    ".md": _plain_text,
    ".html": _page,
    ".htm": _page,
    ".svg": _page,
    ".pdf": _pdf,
    ".pptx": _slides,
}


def files_below(folder: Path) -> Iterator[tuple[str, Path]]:
    """List the files of a folder that are handed out: none whose name begins with a dot."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        # a run that is not finished keeps its files in a hidden folder, which nobody is given
        if path.is_file() and not any(part.startswith(".") for part in inside.parts):
            yield inside.as_posix(), path
