"""Reading indicator tables: from files of any known form, or of the user's own, to one panel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Unpack

import numpy as np
import pandas as pd

from regsam_geo.errors import InputError, OptionError
from regsam_geo.indicators.panel import KEY, NUMBERS, Panel
from regsam_geo.indicators.tables.catalogue_from_file import infer_catalogue
from regsam_geo.indicators.tables.editions import settle_editions
from regsam_geo.indicators.tables.forms import BASES, NAMES, Form
from regsam_geo.indicators.tables.numbers import decorations, known_signs, undecorated
from regsam_geo.indicators.tables.options import Columns, Note, Options, Reading, TableForm, TableRead
from regsam_geo.indicators.tables.raw import RawTable, read_raw
from regsam_geo.indicators.tables.rows import UNALLOCATED, period_remarks, rows_of
from regsam_geo.indicators.tables.views import View, views_of
from regsam_geo.indicators.tables.written import known_first, read_parquet, written_catalogue
from regsam_geo.text import problem, say, shorten, shows_progress, stages, tell

Paths = str | Path | Iterable[str | Path]


@shows_progress
def read_indicators(paths: Paths, columns: Columns | None = None, **form: Unpack[TableForm]) -> Panel:
    """Read indicator tables, of the city or your own, into one panel.

    The form is recognized by the content of a file, never by its name: the CSV of the Indikatorenatlas since 2025
    and the one of 2014, the Excel export, either of them saved again from Excel, and what ``write_indicators``
    wrote (CSV, Excel, Parquet). For a table of your own say which column holds what.

    Parameters
    ----------
    paths
        One file or several.
    columns
        For tables of your own: ``{"area": "Bezirk", "period": "Jahr", "indicator": "Merkmal", "value": "Wert"}``,
        optionally with ``group``, ``numerator``, ``denominator``, ``base_1`` .. ``base_5``. A wide table has
        several columns of values: ``"value": ["Arbeitslose", "Haushalte"]`` names the indicators, ``"period":
        ["2023", "2024"]`` the periods; ``{"title": "name"}`` gives them other names.
    **form
        What a file does not say itself:

        - ``indicator``, ``group``, ``period``: what no column says because it is the same in all rows.
        - ``level``: the level of the areas, where the spelling leaves it open: ``"10"`` is read as a district;
          ``"own"`` takes the ids as they stand, for planning regions.
        - ``sheet``, ``header_row``: sheet of a workbook, and row in which the column titles stand, where a title
          page precedes them.
        - ``decimal``: ``","`` or ``"."`` where the cells themselves leave it open (``1.234`` alone could be both).
        - ``signs``: printed signs that stand for a missing value in these files, with their reason, beside the
          usual ones: ``{"k.A.": "not_available"}``.
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
    if options.editions not in ("refuse", "newest"):
        raise problem(OptionError, "editions_unknown", found=str(options.editions))
    if options.columns is None and (options.indicator or options.group or options.period):
        raise problem(OptionError, "constants_without_columns")
    many = [paths] if isinstance(paths, str | Path) else list(paths)
    if not many:
        raise problem(OptionError, "no_files")
    with stages(2 * len(many) + 1) as begin:
        return _read_files([Path(path) for path in many], options, begin)


def _read_files(many: Sequence[Path], options: Options, begin: Callable[[str], None]) -> Reading:
    """Read files one by one and settle what they say together."""
    read = [part for path in many for part in _read_file(path, options, begin)]
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
    return Reading(panel, tuple(read), tuple(note for part in read for note in part.notes) + edition_notes)


def _read_file(path: Path, options: Options, begin: Callable[[str], None]) -> list[TableRead]:
    """Read every table of a file that has a known form; pages of text beside them are what they are."""
    begin(say("progress.files", file=path.name))
    if (stored := read_parquet(path)) is not None:
        return [stored]
    tables = read_raw(path, header_row=options.header_row)
    found = views_of(tables, options)
    pages = [table for table in tables if all(table is not other for other, _, _ in found)]
    about = _about_from_pages(pages)
    beside = written_catalogue(path, tables)
    begin(say("progress.rows", file=path.name))
    return [_read_table(table, form, views, about, beside, options) for table, form, views in found]


def _about_from_pages(pages: Sequence[RawTable]) -> pd.DataFrame:
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
    for page in pages:
        for cell in page.columns[0] if len(page.columns) == 1 else ():
            if str(cell).startswith("Stand der Datei:"):
                frame["edition"] = " ".join(str(cell).removeprefix("Stand der Datei:").split())
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
    parts = [rows_of(table, form, view, options) for view in views]
    notes: list[Note] = []
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


def _notes_on_numbers(table: RawTable, views: Sequence[View], options: Options) -> list[Note]:
    """Tell what stood beside numbers, and which signs were read as zero: once per column and kind."""
    signs = known_signs(options.signs)
    columns = dict.fromkeys(
        view.columns[name]
        for view in views
        for name in ("value", "numerator", "denominator", *BASES)
        if name in view.columns
    )
    notes = []
    for column in columns:
        found = decorations(table, column, signs)
        for remark, n in found.counts.items():
            cell, row = found.first[remark]
            notes.append(
                Note(table.file, f"number_{remark}", {"n": n, "column": column, "row": row, "cell": cell})
            )
    return notes


def _about_series(table: RawTable, view: View, rows: pd.DataFrame, about: pd.DataFrame) -> pd.DataFrame:
    """Return one row per series: names of the Basiswerte, theme, description, source, edition."""
    first = rows[["indicator", "group"]].drop_duplicates()
    for name in (*NAMES, "theme"):
        if name in view.columns:
            cells = pd.Series(table.column(view.columns[name])[first.index], index=first.index).astype("str")
            first[name] = cells.where(~cells.isin(["", "NA"]))
    # All of them: a percent sign in one cell may belong to a remark.
    if decorations(table, view.columns["value"], {}).all_percent:
        first = first.assign(unit="%", unit_en="%")
    series = first.set_index(["indicator", "group"])
    if len(about):
        contents = about.drop_duplicates(["indicator", "group"]).set_index(["indicator", "group"])
        series = series.join(contents[[name for name in contents if name not in series]])
    return series.reset_index()


def _decimals_of_series(table: RawTable, view: View, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the most digits that each series is printed with."""
    cells, codes = table.distinct(view.columns["value"])
    digits = np.array([_printed_digits(cell) for cell in cells], dtype=int)[codes]
    frame = rows[["indicator", "group"]].assign(decimals=digits)
    return frame.groupby(["indicator", "group"], as_index=False, sort=False)["decimals"].max()


def _printed_digits(cell: Any) -> int:
    """Count the digits after the decimal mark; pandas writes whole numbers as ``5161.0``, which are none."""
    head, mark, tail = str(undecorated(cell)[0]).replace(",", ".").rpartition(".")
    tail, whole = tail.rstrip("0"), head.lstrip("+-")
    return min(len(tail), 6) if mark and tail.isdigit() and (not whole or whole.isdigit()) else 0
