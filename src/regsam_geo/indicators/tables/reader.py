"""Reading indicator tables: from files of any known form, or of the user's own, to one panel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Unpack

import numpy as np
import pandas as pd

from regsam_geo.areas import LEVELS
from regsam_geo.errors import InputError, OptionError
from regsam_geo.indicators.panel import KEY, NUMBERS, Panel
from regsam_geo.indicators.tables.catalogue_from_file import VALUE_TITLE, infer_catalogue
from regsam_geo.indicators.tables.editions import settle_editions
from regsam_geo.indicators.tables.forms import BASES, NAMES, Form, nearest_form, unrecognised
from regsam_geo.indicators.tables.grid import Grid
from regsam_geo.indicators.tables.layout import plain_table, table_in
from regsam_geo.indicators.tables.numbers import decorations, known_signs, undecorated
from regsam_geo.indicators.tables.options import Columns, Note, Options, Reading, TableForm, TableRead
from regsam_geo.indicators.tables.pieces import cut, pieces, range_of
from regsam_geo.indicators.tables.proposals import MOST, OPEN, Proposal, classes_in, proposals_for
from regsam_geo.indicators.tables.raw import RawTable
from regsam_geo.indicators.tables.rows import (
    UNALLOCATED,
    period_remarks,
    refuse_duplicates,
    rows_of,
    without_sums_of_periods,
)
from regsam_geo.indicators.tables.sources import read_grids
from regsam_geo.indicators.tables.sources.frames import MemoryTable, is_table, memory_table
from regsam_geo.indicators.tables.totals import settle_totals
from regsam_geo.indicators.tables.views import (
    Found,
    View,
    chosen_sheets,
    known_views,
    own_views,
    refuse_unknown_sheets,
)
from regsam_geo.indicators.tables.written import CATALOGUE_SHEET, known_first, read_parquet, written_catalogue
from regsam_geo.text import check_choice, problem, say, shorten, shows_progress, stages, tell

MOST_ALIKE = 2
"""Notes of one kind that are told; of more sheets it is said how many there are."""
ALIKE = (
    "aside_title",
    "aside_note",
    "aside_source",
    "aside_rule",
    "period_from",
    "totals_own",
    "totals_city",
    "number_zero_sign",
)

Table = str | Path | Any
"""A file, or a table in memory: a frame, or what hands over Arrow columns."""
Paths = Table | Iterable[Table]


@shows_progress
def read_indicators(paths: Paths, columns: Columns | None = None, **form: Unpack[TableForm]) -> Panel:
    """Read indicator tables, of the city or your own, into one panel.

    The form is recognized by the content of a file, never by its name: the CSV of the Indikatorenatlas since 2025
    and the one of 2014, the Excel export, either of them saved again from Excel, and what ``write_indicators``
    wrote (CSV, Excel, Parquet). Any other table is sought in the sheet, with its titles, joined headings, totals
    and notes; where it can be read in one way alone it is, and else you say which column holds what.

    Parameters
    ----------
    paths
        One file or several; or a table in memory, which is read as a file is: a frame of pandas, or anything with
        ``__arrow_c_stream__``, such as those of polars, DuckDB and pyarrow.
    columns
        For tables of your own: ``{"area": "Bezirk", "period": "Jahr", "indicator": "Merkmal", "value": "Wert"}``,
        optionally with ``group``, ``numerator``, ``denominator``, ``base_1`` .. ``base_5``, and ``area_number``
        for a number beside short names. A wide table has several columns of values: ``"value": ["Arbeitslose",
        "Haushalte"]`` names the indicators, ``"period": ["2023", "2024"]`` the periods, ``"area"`` the areas;
        ``{"title": "name"}`` gives them other names, and two of them over the same titles say both.
    **form
        What a file does not say itself:

        - ``indicator``, ``group``, ``period``, ``area``: what no column says because it is the same in all rows;
          a period may also stand in the title, the name of the sheet or the file.
        - ``level``: the level of the areas, where the spelling leaves it open: ``"10"`` is read as a district;
          ``"own"`` takes the ids as they stand, for planning regions.
        - ``sheet``, ``header_row``: one or several sheets of a workbook, and the row in which the column titles
          begin, where they are not found.
        - ``cells``: the part of a sheet that is read, such as ``"A8:C33"``, where it holds several tables.
        - ``decimal``: ``","`` or ``"."`` where the cells themselves leave it open (``1.234`` alone could be both).
        - ``signs``: printed signs that stand for a missing value in these files, with their reason, beside the
          usual ones: ``{"k.A.": "not_available"}``; ``"zero"`` and ``"number"`` say that it is one.
        - ``missing_codes``: numbers that stand for a missing value, such as ``[88]``. They are taken so only where
          the first Basiswert is empty although the series has some, or the denominator is zero: a true 88 stays.
        - ``editions``: what to do when two files hold the same rows: ``"refuse"`` (the default) names them;
          ``"newest"`` lets the file named later win. ``list_revisions`` shows what changed.
        - ``keep_unallocated``: keep cases that belong to no area (``99 nicht zuzuordnen``) as rows of level
          ``own`` instead of setting them aside.
        - ``recalculated``: figures of districts before 1996 refer to today's 25 districts; without this they are
          refused.

    Returns
    -------
    Panel
        Values, Basiswerte and signs as they stand in the files. The catalogue holds what the files say, what
        their numbers prove, and for the indicators of the shipped sample what is known of them; ``proof`` says
        whether value = scale * numerator / denominator was proved.

    Raises
    ------
    InputError
        With file, row and column, if anything cannot be read as what it should be.
    OptionError
        If there is no such option, or one contradicts another.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> from regsam_geo.resources import data_folder
    >>> rg.read_indicators(data_folder() / "indicators" / "sample.csv")
    Panel(11 indicators, 2000–2024, district, city, 6162 rows)
    """
    reading = read_with_notes(paths, Options.of(columns, **form))
    for note in reading.notes:
        tell(note.text())
    return reading.panel


def read_with_notes(paths: Paths, options: Options | None = None) -> Reading:
    """Read files and return with the panel what was noticed on the way."""
    options = options or Options()
    # Options before files: a wrong word is told before anything has been read.
    if options.decimal not in (None, ",", "."):
        raise problem(OptionError, "decimal_unknown", found=str(options.decimal))
    if options.level is not None:
        check_choice(options.level, LEVELS, "level_unknown")
    if options.editions not in ("refuse", "newest"):
        raise problem(OptionError, "editions_unknown", found=str(options.editions))
    given: Any = paths
    one = isinstance(given, str | Path) or is_table(given) or not isinstance(given, Iterable)
    many: list[Any] = [given] if one else list(given)
    if not many:
        raise problem(OptionError, "no_files")
    for given in many:
        if not (isinstance(given, str | Path) or is_table(given)):
            raise problem(OptionError, "frame_type", found=type(given).__name__)
    with stages(2 * len(many) + 1) as begin:
        tables = [memory_table(given) if is_table(given) else Path(given) for given in many]
        return _read_files(tables, options, begin)


def _read_files(many: Sequence[Path | MemoryTable], options: Options, begin: Callable[[str], None]) -> Reading:
    """Read files one by one and settle what they say together."""
    files = [_read_file(path, options, begin) for path in many]
    read = [part for parts, _ in files for part in parts]
    begin(say("progress.catalogue"))
    rows, edition_notes = settle_editions([part.rows for part in read], options.editions)
    inferred, decided = infer_catalogue(
        rows,
        # The newest table first, as the first mention of a series describes it.
        pd.concat([part.about for part in reversed(read)], ignore_index=True),
        pd.concat([part.decimals for part in read], ignore_index=True),
    )
    catalogue = known_first([part.catalogue for part in read], inferred)
    panel = Panel(decided[[*KEY, *NUMBERS, "sign"]], catalogue)
    told = _in_short([note for part in read for note in part.notes])
    calls = tuple(call for _, said in files for call in said)
    return Reading(panel, tuple(read), (*told, *edition_notes), calls)


def _in_short(notes: Sequence[Note]) -> list[Note]:
    """Leave out what is told already, and what many sheets of one file say alike."""
    short: list[Note] = []
    said: dict[tuple[str, str], list[str]] = {}
    for note in notes:
        # By file and not by sheet: a workbook with a sheet a year says the same of each.
        texts = said.setdefault((note.file.partition(" [")[0], note.code), [])
        if note.text() in texts:
            continue
        texts.append(note.text())
        if len(texts) <= MOST_ALIKE or note.code not in ALIKE:
            short.append(note)
    for (file, code), texts in said.items():
        if code in ALIKE and len(texts) > MOST_ALIKE:
            last = max(i for i, note in enumerate(short) if note.code == code)
            short.insert(last + 1, Note(file, "alike", {"n": len(texts) - MOST_ALIKE}))
    return short


def _read_file(
    path: Path | MemoryTable, options: Options, begin: Callable[[str], None]
) -> tuple[list[TableRead], list[str]]:
    """Read every table of a file that has a known form, or the one that can be read in one way alone."""
    begin(say("progress.files", file=path.name))
    if not isinstance(path, MemoryTable) and (stored := read_parquet(path)) is not None:
        return [stored], []
    grids = path.grids() if isinstance(path, MemoryTable) else read_grids(path)
    sheets, notes = _sheets(grids, options, path.name)
    found, tables, proposals = _found(sheets, options, path)
    used = {table.sheet for table, _, _ in found}
    about = _about_from_pages([table for table in tables if table.sheet not in used], grids, used)
    beside = None if isinstance(path, MemoryTable) else written_catalogue(path, tables)
    begin(say("progress.rows", file=path.name))
    said = {id(table): one.options(options) for one in proposals for table in one.tables}
    parts = [
        _read_table(table, form, views, about, beside, said.get(id(table), options))
        for table, form, views in found
    ]
    for one in proposals:
        notes += _notes_on_proposal(one, path.name, options)
    if proposals and (left := [grid.sheet for grid in sheets if grid.sheet not in used]):
        notes.append(Note(path.name, "sheets_unread", {"sheets": shorten(left, 5)}))
    parts[0] = parts[0]._replace(notes=(*notes, *parts[0].notes))
    return parts, [one.call(_named(path), options) for one in proposals]


def _sheets(grids: Sequence[Grid], options: Options, file: str) -> tuple[list[Grid], list[Note]]:
    """Return the sheets that are asked for; else those that are not hidden."""
    wished = chosen_sheets(options.sheet)
    if wished is not None:
        wished = [name.strip() for name in wished]
        refuse_unknown_sheets(wished, [grid.sheet for grid in grids], file)
        asked = [grid for grid in grids if grid.sheet in wished]
        if options.cells is not None:
            asked = [part for grid in asked if (part := cut(grid, options.cells)) is not None]
        return asked, []
    if options.cells is not None:
        grids = [part for grid in grids if not grid.hidden and (part := cut(grid, options.cells)) is not None]
    seen = [grid for grid in grids if not grid.hidden] or list(grids)
    hidden = [grid.sheet for grid in grids if grid.hidden and grid not in seen and grid.sheet != CATALOGUE_SHEET]
    notes = []
    if hidden:
        fields = {"n": len(hidden), "sheets": shorten(hidden, 5), "first": hidden[0]}
        notes.append(Note(file, "sheets_hidden", fields))
    return seen, notes


def _found(
    sheets: Sequence[Grid], options: Options, path: Path | MemoryTable
) -> tuple[Found, list[RawTable], list[Proposal]]:
    """Find the tables to read: of a known form, as the user says, or as they alone can be meant."""
    # The city's forms first: their titles stand in the first row, and no search can mistake them.
    plain = [table for grid in sheets if (table := plain_table(grid, options.header_row)) is not None]
    if options.columns is None:
        if found := known_views(plain):
            # These forms say all four in each row: one word for all would rename a whole export.
            if options.indicator or options.group or options.period or options.area:
                raise problem(OptionError, "constants_without_columns")
            return found, plain, []
        nearest = nearest_form(plain)
        # One title short is a damaged export: as a table of one's own its Basiswerte could become indicators.
        if nearest is not None and nearest[0] == 1:
            raise unrecognised(plain)
    tables = [table for grid in sheets if (table := table_in(grid, options.header_row)) is not None]
    if not tables and not plain:
        raise problem(InputError, "file_empty", file=path.name)
    if options.columns is not None:
        return _as_told(tables, plain, options, path), tables, []
    apart = separate_proposals(sheets, options) if options.header_row is None else []
    if apart and not any(one.asks for one in apart):
        found = [table for one in apart for table in own_views(one.tables, one.options(options))]
        return found, tables, apart
    proposals = apart or proposals_for(tables, options)
    if len(proposals) == 1 and not proposals[0].asks:
        (only,) = proposals
        return own_views(only.tables, only.options(options)), tables, [only]
    if not proposals:
        if tables and tables[0].dialect == "Parquet" and len(tables[0].header) < MOST_ALIKE:
            raise problem(InputError, "parquet_foreign", file=path.name)
        # Berlin's gewalt_gesamt.csv: classes instead of numbers are no fault of the titles, and are told so.
        classes = next((title for table in tables if (title := classes_in(table))), "")
        hint = say("hint.classes", column=classes) if classes else ""
        raise unrecognised(plain or tables, hint)
    several = len(proposals) > 1
    said = [one.arguments(options) for one in proposals[:MOST]]
    raise problem(
        InputError,
        "readings_several" if several else "reading_open",
        file=path.name,
        found=shorten([title[:60] for title in proposals[0].tables[0].header], 8),
        calls=" ".join(f"({number}) {each}" for number, each in enumerate(said, 1)) if several else said[0],
        n=len(proposals),
        proposals=[one.call(_named(path), options) for one in proposals[:MOST]],
        missing=_missing_words(proposals[0]),
    )


def separate_proposals(sheets: Sequence[Grid], options: Options) -> list[Proposal]:
    """Return the readings of the tables that one sheet holds, each with its range; none where it holds one table.

    Where a table can be read in several ways all of them are returned, as questions.
    """
    for grid in sheets if len(sheets) == 1 else ():
        found = [proposals_for([table], options) for table in pieces(grid)]
        if len(found) < 2 or not all(found) or any("area" in one.said for each in found for one in each):
            return []
        return [
            replace(one, said={**one.said, "cells": range_of(one.tables[0])}, asks=one.asks or len(each) > 1)
            for each in found
            for one in each
        ]
    return []


def _missing_words(proposal: Proposal) -> str:
    """Say what only the user can know."""
    words = []
    if OPEN in proposal.said.values():
        words.append(say("hint.period_open"))
    if proposal.said.get("area"):
        words.append(say("hint.city_alone"))
    if not words and proposal.asks:
        words.append(say("hint.two_groupings"))
    return "".join(words)


def _as_told(
    tables: Sequence[RawTable], plain: Sequence[RawTable], options: Options, path: Path | MemoryTable
) -> Found:
    """Read as the user says; where the search finds other headings than he names, the first row may hold them."""
    try:
        return own_views(tables, options)
    except OptionError as error:
        if not error.code.startswith("columns_lacking") or not (found := _proposed(tables, options)):
            raise
        call = found[0].arguments(options)
        hint = say("hint.for_example", call=call)
        calls = [one.call(_named(path), options) for one in found]
        raise problem(OptionError, error.code, **{**error.fields, "hint": hint, "proposals": calls}) from None
    except InputError as error:
        if error.code != "column_missing" or not plain:
            raise
        try:
            return own_views(plain, options)
        except InputError:
            raise error from None


def _proposed(tables: Sequence[RawTable], options: Options) -> list[Proposal]:
    """Return the ways of reading the tables that are in accord with the columns that were named."""
    named = {meaning: title for meaning, title in (options.columns or {}).items() if isinstance(title, str)}
    found = proposals_for(tables, replace(options, columns=None))
    return [
        one
        for one in found
        if all(
            tables[0].find(title) == one.columns.get(meaning, tables[0].find(title))
            for meaning, title in named.items()
        )
    ]


def _named(path: Path | MemoryTable) -> str:
    """Return how a call names what is read."""
    return str(path) if isinstance(path, Path) else path.name


def _notes_on_proposal(proposal: Proposal, file: str, options: Options) -> list[Note]:
    """Tell how a table was read that nobody explained."""
    columns = proposal.columns

    def named(meaning: str) -> str:
        title = columns.get(meaning)
        if title is None:
            return str(proposal.said.get(meaning, "")) or "–"
        return title if isinstance(title, str) else shorten([f"„{one}“" for one in title], 3)

    fields = {"area": named("area"), "period": named("period"), "value": named("value")}
    if fields["period"] == "–":
        fields["period"] = say("label.place.title")
    if fields["value"] == "–":
        fields["value"] = named("period")
    notes = [Note(file, "read_as", fields)]
    if proposal.said.get("level") == "own" and options.level is None:
        notes.append(Note(file, "areas_own", {"column": named("area")}))
    return notes


def _about_from_pages(pages: Sequence[RawTable], grids: Sequence[Grid], used: set[str]) -> pd.DataFrame:
    """Return what the sheet INHALT of the Excel export says about each indicator, and the date in IMPRESSUM."""
    titles = {
        "theme": "Thema",
        "indicator": "Indikator",
        "group": "Ausprägung",
        "description": "Beschreibung",
        "time": "Zeitbezug",
        "source": "Datenquelle",
    }
    frame = pd.DataFrame(columns=list(titles))
    for page in pages:
        if all(title in page.header for title in titles.values()):
            frame = pd.DataFrame(
                {
                    name: [" ".join(str(cell).split()) for cell in page.column(title)]
                    for name, title in titles.items()
                }
            )
    for grid in grids:
        # IMPRESSUM is short: a large sheet is not joined to lines for the sake of one sentence.
        for text in grid.texts() if grid.sheet not in used and len(grid.rows) < 1_000 else ():
            if text.startswith("Stand der Datei:"):
                frame["edition"] = " ".join(text.removeprefix("Stand der Datei:").split())
    return frame


def _read_table(
    table: RawTable,
    form: Form,
    views: Sequence[View],
    about: pd.DataFrame,
    catalogue: pd.DataFrame | None,
    options: Options,
) -> TableRead:
    if not len(table):
        raise problem(InputError, "no_rows", file=table.location)
    notes = _notes_on_table(table, views)
    whole, table = table, without_sums_of_periods(table, views[0])
    if len(whole) > len(table):
        notes.append(Note(table.file, "period_sums", {"n": len(whole) - len(table)}))
    parts = [rows_of(table, form, view, options) for view in views]
    if form.name == "own":
        parts, told = settle_totals(parts, table.file)
        notes += told
        for part in parts:
            # Only now: before the totals are settled they would be refused as rows that stand twice.
            refuse_duplicates(part, table)
    if unallocated := sum(int((part["level"] == UNALLOCATED).sum()) for part in parts):
        # Told in either case: cases without an area are in the city's total and in no district.
        code = "unallocated_kept" if options.keep_unallocated else "unallocated"
        notes.append(Note(table.file, code, {"n": unallocated}))
    # Columns that nobody asked for are told: a misspelt one would else be missing in silence.
    used = {title for view in views for title in view.columns.values()}
    if elsewhere := [title for title in table.header if title not in used]:
        notes.append(Note(table.file, "columns_unused", {"columns": shorten(elsewhere)}))
    remarks = {remark: texts for view in views for remark, texts in period_remarks(table, view).items()}
    notes += [
        Note(table.file, f"period_{remark}", {"cells": shorten(texts, 3)}) for remark, texts in remarks.items()
    ]
    notes += _notes_on_numbers(table, views, options)
    described, printed = [], []
    for position, (view, part) in enumerate(zip(views, parts, strict=True)):
        outside = part["level"] == UNALLOCATED
        if outside.any():
            kept = part.assign(level=part["level"].mask(outside, "own"))
            parts[position] = kept if options.keep_unallocated else kept[~outside]
        described.append(_about_series(table, view, part, about))
        printed.append(_decimals_of_series(table, view, part))
    return TableRead(
        table,
        form.name,
        pd.concat(parts, ignore_index=True),
        pd.concat(described, ignore_index=True),
        pd.concat(printed, ignore_index=True),
        tuple(notes),
        catalogue,
    )


def _notes_on_table(table: RawTable, views: Sequence[View]) -> list[Note]:
    """Tell what was set aside around a table, and where its period was found."""
    notes = []
    if table.grid is not None:
        notes += [Note(table.location, code, fields) for code, fields in table.grid.remarks]
    for aside in table.aside:
        fields = {
            "n": len(aside.rows),
            "rows": shorten([str(row) for row in aside.rows], 6),
            "text": aside.text[:80],
        }
        notes.append(Note(table.location, f"aside_{aside.reason}", fields))
    period, where = views[0].derived
    if period:
        notes.append(Note(table.location, "period_from", {"period": period, "where": say(f"label.place.{where}")}))
    return notes


def _notes_on_numbers(table: RawTable, views: Sequence[View], options: Options) -> list[Note]:
    """Tell what stood beside numbers, and which signs were read as zero: once per column and kind."""
    signs = known_signs(options.signs)
    columns = dict.fromkeys(
        view.columns[name]
        for view in views
        for name in ("value", "numerator", "denominator", *BASES)
        if name in view.columns
    )
    found = {column: decorations(table, column, signs) for column in columns}
    notes = []
    for remark in dict.fromkeys(remark for one in found.values() for remark in one.counts):
        held = [column for column, one in found.items() if remark in one.counts]
        cell, row = found[held[0]].first[remark]
        n = sum(found[column].counts[remark] for column in held)
        fields = {"n": n, "column": shorten(held, 3), "row": row, "cell": cell}
        notes.append(Note(table.file, f"number_{remark}", fields))
    return notes


def _about_series(table: RawTable, view: View, rows: pd.DataFrame, about: pd.DataFrame) -> pd.DataFrame:
    """Return one row per series: names of the Basiswerte, theme, description, source, edition."""
    first = rows[["indicator", "group"]].drop_duplicates()
    for name in (*NAMES, "theme"):
        if name in view.columns:
            column = table.column(view.columns[name])
            cells = pd.Series([column[row] for row in first.index], index=first.index).astype("str")
            first[name] = cells.where(~cells.isin(["", "NA"]))
    # All of them: a percent sign in one cell may belong to a remark.
    if decorations(table, view.columns["value"], {}).all_percent:
        first = first.assign(unit="%", unit_en="%")
    series = first.assign(**{VALUE_TITLE: view.columns["value"]}).set_index(["indicator", "group"])
    if len(about):
        contents = about.drop_duplicates(["indicator", "group"]).set_index(["indicator", "group"])
        series = series.join(contents[[name for name in contents if name not in series]])
    return series.reset_index()


def _decimals_of_series(table: RawTable, view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the most digits that each series is printed with."""
    cells, codes = table.distinct(view.columns["value"])
    digits = np.array([_printed_digits(cell) for cell in cells], dtype=int)[codes][rows.index]
    frame = rows[["indicator", "group"]].assign(decimals=digits)
    return frame.groupby(["indicator", "group"], as_index=False, sort=False)["decimals"].max()


def _printed_digits(cell: Any) -> int:
    """Count the digits after the decimal mark; pandas writes whole numbers as ``5161.0``, which are none."""
    head, mark, tail = str(undecorated(cell)[0]).replace(",", ".").rpartition(".")
    tail, whole = tail.rstrip("0"), head.lstrip("+-")
    # Six already says that a program computed the number (MOST_PRINTED); more digits say no more.
    return min(len(tail), 6) if mark and tail.isdigit() and (not whole or whole.isdigit()) else 0
