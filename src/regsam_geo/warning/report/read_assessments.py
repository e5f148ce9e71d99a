"""Worksheets that people filled in, read back whatever a spreadsheet made of them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import pandas as pd

from regsam_geo.errors import InputError, RegsamGeoError
from regsam_geo.foreign import RefusedFileError, bounds, kind_of, read_content, read_workbook
from regsam_geo.indicators.tables.grid import column_letter
from regsam_geo.indicators.tables.sources.encodings import decode
from regsam_geo.text import join_words, problem, say, shorten, tell, where_it_was_sought
from regsam_geo.text.language import LANGUAGES
from regsam_geo.warning.report.answers import date_of, need_of
from regsam_geo.warning.report.assessments import COLUMNS, KEY, settle

ENDINGS: Final = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
MARK: Final = "regsam_geo"
"""First word of the key of a whole worksheet: then its region and the period of its report."""
WRITTEN: Final = ("area", "status", "finding", "before")
ANSWERED: Final = ("known", "need", "body", "until", "working_group", "note")
HEADS: Final = (*WRITTEN, *ANSWERED, "key")
_ENOUGH = 3
"""So many known headings make a row the head of a worksheet."""
_OPENED = re.compile(r"^(?:~\$|\.)")
"""Names of the files that Excel and LibreOffice keep beside an open workbook."""

Cells = list[list[Any]]


def read_assessments(files: str | Path | Iterable[str | Path]) -> pd.DataFrame:
    """Read the worksheets that people have filled in, and tell where they contradict each other.

    Parameters
    ----------
    files
        Worksheets of reports and packs as Excel or LibreOffice saved them (``.xlsx``, ``.xls``, ``.ods``,
        ``.csv``), or folders, in which every other file is passed over. Rows and columns may have been moved and
        added.

    Returns
    -------
    DataFrame
        One row per answer, those of earlier reports too: where it stands (``file``, ``sheet``, ``row``) and the
        date that its sheet states (``stated``); the report that was answered (``period``), ``region_id``, and the
        finding (``indicator``, ``group``, ``level``, ``area_id``, ``since``, ``kinds``; for one of people's own
        ``area`` and ``finding`` in their words); ``known``, ``need`` (``yes``, ``no``, ``clarify`` or empty),
        ``body``, ``until`` (ISO date), ``working_group``, ``note``. ``standing`` is ``valid``, ``repeated`` (said
        already), ``superseded`` (the same body has stated something else later), ``earlier`` (a later report was
        answered), or ``conflict``: two bodies differ, or one does and states no date; then neither holds.
        ``conflict`` says so in a sentence, with files and rows.

    Raises
    ------
    InputError
        If there is no such file, it is no worksheet, or a cell of it cannot be read; with file, row and column.

    Examples
    --------
    >>> import tempfile
    >>> import regsam_geo as rg
    >>> study = rg.load_study().sel("Nichtdeutsche", period=range(2019, 2024))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     pack = rg.write_meeting_pack(study, "12", folder)
    ...     answers = rg.read_assessments(folder)  # nobody has filled in anything yet
    >>> len(answers), list(answers.columns[14:20])
    (0, ['known', 'need', 'body', 'until', 'working_group', 'note'])
    """
    rows: list[dict[str, Any]] = []
    passed: list[str] = []
    for path, name, searched in _files_of(files):
        sheets = [_Sheet.of(name, title, cells) for title, cells in _sheets_in(path).items()]
        found = [sheet for sheet in sheets if sheet is not None]
        if not found:
            if not searched:
                raise problem(InputError, "assessment_no_worksheet", file=name, heads=_some_heads())
            passed.append(name)
        for sheet in found:
            rows += sheet.answers()
    if passed:
        tell(say("assessment.passed", n=len(passed), files=shorten(passed, 3)))
    # by name and row, so that the order in which files are named changes nothing
    settled = settle(sorted(rows, key=lambda row: (row["period"], row["stated"], row["file"], row["row"])))
    table = pd.DataFrame(settled, columns=list(COLUMNS)).astype(COLUMNS)
    told = list(dict.fromkeys(table.loc[table["conflict"] != "", "conflict"]))
    if told:
        tell("\n".join([say("assessment.conflicts", n=len(told)), *told]))
    return table


def _files_of(files: str | Path | Iterable[str | Path]) -> Iterator[tuple[Path, str, bool]]:
    """Give each file, what it is called, and whether it was found in a folder and not named itself."""
    for one in [files] if isinstance(files, str | Path) else files:
        path = Path(one)
        if not path.exists():
            raise problem(InputError, "file_missing", file=str(path), hint=where_it_was_sought(path))
        if not path.is_dir():
            yield path, path.name, False
            continue
        for found in sorted(path.rglob("*")):
            if found.suffix.lower() in ENDINGS and not _OPENED.match(found.name) and found.is_file():
                yield found, found.relative_to(path).as_posix(), True


def _sheets_in(path: Path) -> dict[str, Cells]:
    """Return the cells of a file, sheet by sheet; hidden rows and columns too, as a note may stand in them."""
    try:
        content = read_content(path, bounds().table_bytes)
        if kind_of(content) in ("zip", "Excel 97"):
            return {title.strip(): sheet.cells for title, sheet in read_workbook(content).sheets.items()}
        return {"": _cut(decode(content, path.name).text)}
    except RefusedFileError as refusal:
        raise refusal.as_error(InputError, path.name) from None
    except RegsamGeoError:
        raise
    except (OSError, ValueError) as error:
        raise problem(InputError, "file_unreadable", file=str(path), detail=str(error)) from None


def _cut(text: str) -> Cells:
    """Cut a text into cells, at the sign that gives a head of a worksheet."""
    tables = []
    for sign in ";,\t|":
        cells: Cells = []
        try:
            for line in csv.reader(io.StringIO(text, newline=""), delimiter=sign):
                cells.append(list(line))
        except csv.Error:
            continue
        if _head_of(cells) is not None:
            return cells
        tables.append(cells)
    return tables[0] if tables else []


def _plain(text: object) -> str:
    """Return the letters of a heading: blanks, breaks and signs in it are as people and programs like."""
    return re.sub(r"[^a-zäöüß]", "", str(text).casefold())


def _names_of_heads() -> dict[str, str]:
    return {_plain(say(f"worksheet.{head}", lang)): head for lang in LANGUAGES for head in HEADS}


def _own_words() -> set[str]:
    """Return what a worksheet writes into rows of its own, which are nobody's findings."""
    return {say(f"worksheet.{name}", lang) for lang in LANGUAGES for name in ("own", "none")}


def _some_heads() -> str:
    return join_words([say(f"worksheet.{head}") for head in ("need", "body", "until")])


def _head_of(cells: Cells) -> int | None:
    """Return which row heads the table of a worksheet."""
    known = _names_of_heads()
    for place, row in enumerate(cells):
        if len({known[_plain(cell)] for cell in row if _plain(cell) in known}) >= _ENOUGH:
            return place
    return None


class _Sheet(NamedTuple):
    """One worksheet: its cells, where its head stands and which column is which."""

    file: str
    title: str
    cells: Cells
    head: int
    columns: Mapping[str, int]

    @classmethod
    def of(cls, file: str, title: str, cells: Cells) -> _Sheet | None:
        """Find the head; nothing where a sheet has none."""
        head = _head_of(cells)
        if head is None:
            return None
        known = _names_of_heads()
        columns: dict[str, int] = {}
        for place, cell in enumerate(cells[head]):
            if _plain(cell) in known:
                columns.setdefault(known[_plain(cell)], place)
        missing = [name for name in ("need", "key") if name not in columns]
        if missing:
            names = join_words([say(f"worksheet.{name}") for name in missing])
            raise problem(InputError, "assessment_column", file=file, row=head + 1, missing=names)
        return cls(file, title, cells, head, columns)

    def answers(self) -> Iterator[dict[str, Any]]:
        """Give the rows in which somebody has answered."""
        region, period = self._about()
        stated = self._stated()
        keyed = [self._key(row) for row in range(self.head + 1, len(self.cells))]
        # the head may be gone; the keys still say which worksheet it was
        region = region or next((key["region_id"] for key in keyed if key), "")
        period = period or max((key["period"] for key in keyed if key), default="")
        for row, key in enumerate(keyed, start=self.head + 1):
            said = {name: self._text(row, name) for name in ("known", "body", "working_group")}
            need, words = self._need(row)
            until, beside = self._until(row)
            note = join_notes([self._text(row, "note"), words, beside, *self._elsewhere(row)])
            own = key is None or not key["indicator"]
            finding = {name: self._text(row, name) if own else "" for name in ("area", "finding")}
            if finding["area"] in _own_words():
                finding["area"] = ""
            if not any((need, until, note, *said.values(), key is None and any(finding.values()))):
                continue
            if not period:
                raise problem(InputError, "assessment_no_period", file=self.file, row=row + 1)
            about = key or {**dict.fromkeys(KEY, ""), "since": period, "period": period, "region_id": region}
            yield {
                "file": self.file, "sheet": self.title, "row": row + 1, "stated": stated, **about, **finding,
                **said, "need": need, "until": until, "note": note,
            }  # fmt: skip

    def _about(self) -> tuple[str, str]:
        """Return region and period of the worksheet, as its own key says."""
        # above the table, and once more below it, as people cut away what they do not need
        for row in self.cells:
            for cell in row:
                found = _listed(cell)
                if found and found[0] == MARK and len(found) >= 3:
                    return found[1], found[2]
        return "", ""

    def _stated(self) -> str:
        """Return the date that stands beside its label above the table."""
        labels = {_plain(say("worksheet.stated", lang)) for lang in LANGUAGES}
        for place, row in enumerate(self.cells[: self.head]):
            for at, cell in enumerate(row):
                if _plain(cell) in labels:
                    beside = next((one for one in row[at + 1 :] if _filled(one) and not _listed(one)), "")
                    date = date_of(beside)
                    if date is None:
                        raise self._problem("assessment_stated", place, at + 1, beside)
                    return date
        return ""

    def _key(self, row: int) -> dict[str, str] | None:
        """Return what the key of a row says; nothing for a row that people have added."""
        at = self.columns["key"]
        cell = self._cell(row, at)
        if not _filled(cell):
            return None
        found = _listed(cell)
        if found and found[0] == MARK:
            return None
        if found is None or len(found) != len(KEY):
            raise self._problem("assessment_key", row, at, cell)
        key = dict(zip(KEY, found, strict=True))
        # a part of the columns that was sorted alone would put answers beside other findings
        label = str(self._text(row, "area")).split(" ")[0].lstrip("0")
        if (
            label
            and key["level"] in ("district", "subdistrict", "quarter")
            and label != key["area_id"].lstrip("0")
        ):
            raise self._problem("assessment_key_area", row, at, self._text(row, "area"), area=key["area_id"])
        return key

    def _need(self, row: int) -> tuple[str, str]:
        at = self.columns["need"]
        found = need_of(self._cell(row, at))
        if found is None:
            raise self._problem("assessment_need", row, at, self._cell(row, at))
        return found

    def _until(self, row: int) -> tuple[str, str]:
        """Return the date, and what was written where it is none."""
        at = self.columns.get("until")
        cell = "" if at is None else self._cell(row, at)
        date = date_of(cell)
        if date is None:
            raise self._problem("assessment_until", row, at or 0, cell)
        words = _written(cell).strip(" -–—/")
        return date, f"{say('worksheet.until')}: {words}" if words and not date else ""

    def _elsewhere(self, row: int) -> Iterator[str]:
        """Give what stands in columns that people have added, with their headings."""
        own = set(self.columns.values())
        for at, cell in enumerate(self.cells[row]):
            if at not in own and _filled(cell):
                title = _written(self._cell(self.head, at))
                yield f"{title}: {_written(cell)}" if title else _written(cell)

    def _text(self, row: int, name: str) -> str:
        return _written(self._cell(row, self.columns[name])) if name in self.columns else ""

    def _cell(self, row: int, at: int) -> Any:
        return self.cells[row][at] if at < len(self.cells[row]) else ""

    def _problem(self, code: str, row: int, at: int, found: object, **fields: str) -> InputError:
        sheet = say("assessment.sheet", sheet=self.title) if self.title else ""
        column = f"{column_letter(at + 1)} ({_written(self._cell(self.head, at)) or say('assessment.no_heading')})"
        told = _written(found)
        return problem(
            InputError, code, file=self.file, sheet=sheet, row=row + 1, column=column, found=told, **fields
        )


def _filled(cell: object) -> bool:
    return cell is not None and bool(str(cell).strip())


def _written(cell: object) -> str:
    """Return a cell as it is read: whole numbers without a point, days without a time."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return say(f"assessment.need.{'yes' if cell else 'no'}")
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return str(cell).strip()


def _listed(cell: object) -> list[str] | None:
    """Read a key, which is a list of texts as JSON writes it."""
    text = str(cell).strip()
    if not text.startswith("["):
        return None
    try:
        # a spreadsheet may have made typographic quotes of those in a cell that was edited
        found = json.loads(re.sub("[“”„]", '"', text))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) and all(isinstance(one, str) for one in found) else None


def join_notes(notes: Sequence[str]) -> str:
    """Write several notes as one text; what is said twice stands once."""
    return " · ".join(dict.fromkeys(note for note in notes if note))
