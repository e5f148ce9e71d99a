"""Reading indicator tables: from a file of any known form to a panel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from regsam_geo.areas import CITY_ID, LEVELS, Level, parse_area_id
from regsam_geo.errors import AreaError, InputError, OptionError
from regsam_geo.indicators.panel import DEFAULT_GROUP, KEY, NUMBERS, Panel
from regsam_geo.indicators.periods import parse_period
from regsam_geo.indicators.tables.catalogue_from_file import infer_catalogue
from regsam_geo.indicators.tables.forms import BASES, NAMES, Form, recognise, unrecognised
from regsam_geo.indicators.tables.numbers import Figures, decimal_evidence, known_signs, read_figures
from regsam_geo.indicators.tables.raw import RawTable, read_raw
from regsam_geo.text import did_you_mean, join_words, problem, say, shorten

Paths = str | Path | Iterable[str | Path]
FIRST_YEAR_OF_25 = 1996
"""Until 1992 the city had 41 districts, until 1996 24: an older number means another area."""


@dataclass(frozen=True)
class Note:
    """Something that reading a file noticed and that a person should know; ``code`` names the phrase."""

    file: str
    code: str
    fields: Mapping[str, Any] = field(default_factory=dict)

    def text(self, lang: str | None = None) -> str:
        """Return the note as a sentence."""
        return f"{self.file}: {say(f'note.{self.code}', lang, **self.fields)}"


class TableRead(NamedTuple):
    """One table of a file, read: its rows, what the file says about its series, and what was noticed."""

    table: RawTable
    form: str
    rows: pd.DataFrame
    about: pd.DataFrame
    decimals: pd.DataFrame
    notes: tuple[Note, ...]


class Reading(NamedTuple):
    """A panel with the tables that it was read from and what was noticed on the way."""

    panel: Panel
    tables: tuple[TableRead, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Options:
    """What the user says about files that do not say it themselves; see ``read_indicators``."""

    decimal: str | None = None
    signs: Mapping[str, str] | None = None
    missing_codes: tuple[float, ...] = ()
    level: Level | None = None
    keep_unallocated: bool = False
    recalculated: bool = False
    edition: str | None = None


def read_indicators(
    paths: Paths,
    *,
    decimal: str | None = None,
    signs: Mapping[str, str] | None = None,
    missing_codes: Iterable[float] = (),
) -> Panel:
    """Read indicator tables of the city, in any of their forms, into one panel.

    The form is recognised by the content of a file, never by its name: the CSV of the Indikatorenatlas since 2025
    and the one of 2014, the Excel export, either of them saved again from Excel, and what ``write_indicators``
    wrote.

    Parameters
    ----------
    paths
        One file or several.
    decimal
        ``","`` or ``"."`` where the cells themselves leave it open (``1.234`` alone could be both).
    signs
        Printed signs that stand for a missing value in these files, with their reason, beside the usual ones:
        ``{"k.A.": "not_available"}``.
    missing_codes
        Numbers that stand for a missing value, such as ``[88]``. They are taken so only where the Basiswerte are
        empty too, or the denominator is zero: a true 88 stays.

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

    Examples
    --------
    >>> import regsam_geo as rg
    >>> from regsam_geo.resources import data_folder
    >>> rg.read_indicators(data_folder() / "indicators" / "sample.csv")
    Panel(11 indicators, 2000–2024, district, city, 6162 rows)
    """
    options = Options(decimal=decimal, signs=signs, missing_codes=tuple(missing_codes))
    return read_with_notes(paths, options).panel


def read_with_notes(paths: Paths, options: Options) -> Reading:
    """Read files and keep what was noticed on the way."""
    if options.decimal not in (None, ",", "."):
        raise problem(OptionError, "decimal_unknown", found=str(options.decimal))
    many = [paths] if isinstance(paths, str | Path) else list(paths)
    if not many:
        raise problem(OptionError, "no_files")
    read = [part for path in many for part in _read_file(Path(path), options)]
    rows = pd.concat([part.rows for part in read], ignore_index=True)
    _refuse_overlap(rows, read)
    catalogue, decided = infer_catalogue(
        rows, pd.concat([part.about for part in read]), pd.concat([part.decimals for part in read])
    )
    panel = Panel(decided[[*KEY, *NUMBERS, "sign"]], catalogue)
    notes = tuple(note for part in read for note in part.notes)
    return Reading(panel, tuple(read), notes)


def _read_file(path: Path, options: Options) -> list[TableRead]:
    """Read every table of a file that has a known form; pages of text beside them are what they are."""
    tables = read_raw(path)
    found = [(table, match) for table in tables if (match := recognise(table)) is not None]
    if not found:
        raise unrecognised(tables)
    pages = [table for table in tables if recognise(table) is None]
    about = _about_from_pages(pages)
    return [_read_table(table, form, columns, about, options) for table, (form, columns) in found]


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
            cells = {name: [str(cell) for cell in page.column(title)] for name, title in titles.items()}
            frame = pd.DataFrame(cells)
    for page in pages:
        for cell in page.columns[0] if len(page.columns) == 1 else ():
            if str(cell).startswith("Stand der Datei:"):
                frame["edition"] = " ".join(str(cell).removeprefix("Stand der Datei:").split())
    return frame


def _read_table(
    table: RawTable, form: Form, columns: Mapping[str, str], about: pd.DataFrame, options: Options
) -> TableRead:
    notes: list[Note] = []
    rows = pd.DataFrame(index=pd.RangeIndex(len(table)))
    if not len(table):
        raise problem(InputError, "no_rows", file=table.place)
    for meaning in ("indicator", "group"):
        rows[meaning] = _words(table, columns, meaning, default=DEFAULT_GROUP if meaning == "group" else None)
    rows["period"] = _periods(table, columns["period"])
    rows["level"], rows["area_id"] = _areas(table, columns, options)
    rows["row"] = table.rows
    figures = _figures(table, form, columns, options)
    rows["value"], rows["sign"] = figures["value"].numbers, figures["value"].signs
    for name in ("numerator", "denominator", *BASES):
        rows[name] = figures[name].numbers if name in figures else np.nan
    if "sign" in columns:
        rows["sign"] = _written_signs(table, columns["sign"], rows)
    unallocated = rows["level"] == ""
    if unallocated.any():
        rows.loc[unallocated, "level"] = "own"
        if not options.keep_unallocated:
            notes.append(Note(table.file, "unallocated", {"n": int(unallocated.sum())}))
            rows = rows[~unallocated]
    elsewhere = sorted(set(table.header) - set(columns.values()))
    if elsewhere:
        notes.append(Note(table.file, "columns_unused", {"columns": shorten(elsewhere)}))
    rows = _without_codes(rows, options.missing_codes)
    _refuse_duplicates(rows, table)
    _refuse_old_divisions(rows, table, options)
    rows["file"] = table.file
    return TableRead(
        table,
        form.name,
        rows.reset_index(drop=True),
        _about_series(table, columns, rows, about, options),
        _decimals_of_series(table, columns, rows),
        tuple(notes),
    )


def _words(table: RawTable, columns: Mapping[str, str], meaning: str, default: str | None) -> list[str]:
    """Return a column of names; an empty one takes the default, or is refused."""
    cells = [" ".join(str(cell).split()) for cell in table.column(columns[meaning])]
    if "" in cells:
        if default is None:
            row = int(table.rows[cells.index("")])
            raise problem(InputError, "cell_empty", file=table.place, row=row, column=columns[meaning])
        return [cell or default for cell in cells]
    return cells


def _periods(table: RawTable, column: str) -> list[str]:
    """Return the periods; years of a workbook are binary numbers."""
    known: dict[Any, str] = {}
    for position, cell in enumerate(table.column(column)):
        if cell in known:
            continue
        text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
        if text == column:
            raise problem(InputError, "header_repeated", file=table.place, row=int(table.rows[position]))
        try:
            known[cell] = parse_period(text)
        except InputError:
            raise problem(
                InputError,
                "cell_period",
                file=table.place,
                row=int(table.rows[position]),
                column=column,
                found=str(cell),
            ) from None
    return [known[cell] for cell in table.column(column)]


def _areas(table: RawTable, columns: Mapping[str, str], options: Options) -> tuple[list[str], list[str]]:
    """Return level and id of each row; the level is empty where cases are not allocated to any area."""
    if "area_id" in columns:
        return _written_areas(table, columns)
    column = columns["area"]
    cells = table.column(column)
    numbers = table.column(columns["area_number"]) if "area_number" in columns else cells
    known: dict[tuple[Any, Any], tuple[str, str]] = {}
    for position, key in enumerate(zip(cells, numbers, strict=True)):
        if key in known:
            continue
        cell, number = key
        row = int(table.rows[position])
        if str(cell).casefold().endswith("nicht zuzuordnen"):
            known[key] = ("", str(cell).split()[0])
            continue
        try:
            level, area_id = parse_area_id(cell, level=options.level)
            if number is not cell and parse_area_id(number) != (level, area_id):
                raise problem(
                    InputError,
                    "area_contradicts",
                    file=table.place,
                    row=row,
                    number=str(number),
                    name=str(cell),
                )
        except AreaError as error:
            raise problem(
                AreaError, "cell_area", file=table.place, row=row, column=column, detail=str(error)
            ) from None
        known[key] = (level, area_id)
    found = [known[key] for key in zip(cells, numbers, strict=True)]
    return [level for level, _ in found], [area_id for _, area_id in found]


def _written_areas(table: RawTable, columns: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return level and id of the library's own form, in which both stand in columns of their own."""
    levels = [str(cell) for cell in table.column(columns["level"])]
    for position, level in enumerate(levels):
        if level not in LEVELS:
            raise problem(
                InputError,
                "cell_level",
                file=table.place,
                row=int(table.rows[position]),
                column=columns["level"],
                found=level,
                expected=join_words(LEVELS),
                hint=did_you_mean(level, LEVELS),
            )
    ids = [str(cell) for cell in table.column(columns["area_id"])]
    if "" in ids:
        row = int(table.rows[ids.index("")])
        raise problem(InputError, "cell_empty", file=table.place, row=row, column=columns["area_id"])
    for (level, area_id), position in {pair: i for i, pair in enumerate(zip(levels, ids, strict=True))}.items():
        if level in ("district", "subdistrict", "quarter") and parse_area_id(area_id) != (level, area_id):
            raise problem(
                AreaError,
                "cell_area",
                file=table.place,
                row=int(table.rows[position]),
                column=columns["area_id"],
                detail=f"{area_id} ({level})",
            )
        if level == "city" and area_id != CITY_ID:
            raise problem(
                AreaError,
                "cell_area",
                file=table.place,
                row=int(table.rows[position]),
                column=columns["area_id"],
                detail=f"{area_id} ({level})",
            )
    return levels, ids


def _figures(table: RawTable, form: Form, columns: Mapping[str, str], options: Options) -> dict[str, Figures]:
    """Read all columns of numbers; where one leaves the decimal mark open, the others may settle it."""
    names = [name for name in ("value", "numerator", "denominator", *BASES) if name in columns]
    evidence = set().union(*(decimal_evidence(table.column(columns[name])) for name in names))
    agreed = next(iter(evidence)) if len(evidence) == 1 else None
    signs = known_signs(options.signs)
    return {
        name: read_figures(
            table.column(columns[name]),
            rows=table.rows,
            file=table.place,
            column=columns[name],
            decimal=options.decimal if not form.mixes_decimals or options.decimal is None else None,
            fallback=options.decimal or agreed,
            signs=signs,
            mixed=form.mixes_decimals,
        )
        for name in names
    }


def _written_signs(table: RawTable, column: str, rows: pd.DataFrame) -> pd.Series:
    """Return the signs of the library's own form; they stand in a column of their own."""
    cells = pd.Series([str(cell) for cell in table.column(column)], index=rows.index)
    return cells.where(rows["value"].isna(), "")


def _without_codes(rows: pd.DataFrame, codes: tuple[float, ...]) -> pd.DataFrame:
    """Take out the codes for missing values, where nothing stands behind them."""
    if not codes:
        return rows
    empty = rows[list(BASES)].isna().all(axis=1) | (rows["base_2"] == 0)
    coded = rows["value"].isin(codes) & empty
    return rows.assign(value=rows["value"].where(~coded), sign=rows["sign"].where(~coded, "not_available"))


def _refuse_duplicates(rows: pd.DataFrame, table: RawTable) -> None:
    twice = rows.duplicated(list(KEY))
    if not twice.any():
        return
    second = rows.loc[twice.idxmax()]
    same = (rows[list(KEY)] == second[list(KEY)]).all(axis=1)
    raise problem(
        InputError,
        "rows_twice",
        file=table.place,
        first=int(rows.loc[same, "row"].iloc[0]),
        row=int(second["row"]),
        key=" · ".join(second[list(KEY)]),
        n=int(twice.sum()),
    )


def _refuse_old_divisions(rows: pd.DataFrame, table: RawTable, options: Options) -> None:
    old = (rows["level"] == "district") & (rows["period"].str[:4].astype(int) < FIRST_YEAR_OF_25)
    if old.any() and not options.recalculated:
        first = rows.loc[old.idxmax()]
        raise problem(
            InputError, "division_before_1996", file=table.place, row=int(first["row"]), period=first["period"]
        )


def _refuse_overlap(rows: pd.DataFrame, read: Sequence[TableRead]) -> None:
    twice = rows.duplicated(list(KEY))
    if len(read) < 2 or not twice.any():
        return
    second = rows.loc[twice.idxmax()]
    same = (rows[list(KEY)] == second[list(KEY)]).all(axis=1)
    raise problem(
        InputError,
        "files_overlap",
        first=rows.loc[same, "file"].iloc[0],
        second=second["file"],
        key=" · ".join(second[list(KEY)]),
        n=int(twice.sum()),
    )


def _about_series(
    table: RawTable, columns: Mapping[str, str], rows: pd.DataFrame, about: pd.DataFrame, options: Options
) -> pd.DataFrame:
    """Return one row per series: names of the Basiswerte, theme, description, source, edition."""
    frame = rows[["indicator", "group"]].copy()
    for name in (*NAMES, "theme"):
        if name in columns:
            cells = pd.Series(table.column(columns[name])).iloc[rows.index].astype(str)
            frame[name] = cells.where(~cells.isin(["", "NA"])).to_numpy()
    series = frame.drop_duplicates(["indicator", "group"]).set_index(["indicator", "group"])
    if len(about) and "indicator" in about:
        told = about.drop_duplicates(["indicator", "group"]).set_index(["indicator", "group"])
        series = series.join(told[[name for name in told if name not in series]])
    if options.edition:
        series["edition"] = options.edition
    return series.reset_index()


def _decimals_of_series(table: RawTable, columns: Mapping[str, str], rows: pd.DataFrame) -> pd.DataFrame:
    """Return the most digits that each series is printed with; text cells keep them, numbers are asked."""
    cells = table.column(columns["value"])
    digits = {cell: _printed_digits(cell) for cell in set(cells)}
    printed = pd.Series([digits[cell] for cell in cells]).iloc[rows.index]
    frame = rows[["indicator", "group"]].assign(decimals=printed.to_numpy())
    return frame.groupby(["indicator", "group"], as_index=False, sort=False)["decimals"].max()


def _printed_digits(cell: Any) -> int:
    text = repr(float(cell)).removesuffix(".0") if isinstance(cell, int | float) else str(cell)
    head, _, tail = text.replace(",", ".").rpartition(".")
    tail = tail.rstrip("0")  # pandas writes whole numbers as 5161.0
    whole = head.lstrip("+-")
    return min(len(tail), 6) if tail.isdigit() and (not whole or whole.isdigit()) else 0
