"""From the cells of a table to rows of a panel: names, periods, areas, figures and signs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.extensions import ExtensionArray

from regsam_geo.areas import CITY_ID, LEVELS, AreaId, parse_area_id
from regsam_geo.areas.keys import read_keys
from regsam_geo.errors import AreaError, InputError
from regsam_geo.indicators.panel import DEFAULT_GROUP, KEY
from regsam_geo.indicators.period_spellings import read_periods
from regsam_geo.indicators.periods import parse_period
from regsam_geo.indicators.signs import SIGNS
from regsam_geo.indicators.tables.context import joined_period
from regsam_geo.indicators.tables.forms import BASES, Form
from regsam_geo.indicators.tables.grid import Column
from regsam_geo.indicators.tables.guard import unguard, unguard_area
from regsam_geo.indicators.tables.missing_codes import refuse_codes
from regsam_geo.indicators.tables.names_beside import hold_to_names
from regsam_geo.indicators.tables.numbers import Figures, decimal_evidence, known_signs, read_figures
from regsam_geo.indicators.tables.options import Options
from regsam_geo.indicators.tables.raw import JOINT, RawTable
from regsam_geo.indicators.tables.total_words import is_nowhere, is_total
from regsam_geo.indicators.tables.views import View
from regsam_geo.text import did_you_mean, join_words, problem, say, shorten

FIRST_YEAR_OF_25 = 1996
"""Until 1992 the city had 41 districts, until 1996 24: an older number means another area."""

# Behind a letter alone: the last digit of an id is no footnote.
_FOOTNOTE = re.compile(r"(?<=[^\W\d])\s*(?:\d\)|\(\d\)|\*+|[¹²³⁴⁵])$")

UNALLOCATED = ""
"""The level of rows that belong to no area: ``99 nicht zuzuordnen``."""

TOTAL = "total"
"""The level of rows that sum up all areas, until the sum is checked: ``insg.``, ``München zusammen``."""


def rows_of(table: RawTable, form: Form, view: View, options: Options) -> pd.DataFrame:
    """Return the rows of one view: the key, all numbers, ``sign``, and ``row``, where each stands in the file."""
    rows = pd.DataFrame(index=pd.RangeIndex(len(table)))
    rows["indicator"] = _words(table, view, "indicator", None)
    rows["group"] = _words(table, view, "group", DEFAULT_GROUP)
    rows["period"] = _periods(table, view)
    rows["level"], rows["area_id"] = _areas(table, view, options)
    # Kept to the end: a question about a cell names the line in which it stands.
    rows["row"] = table.rows
    figures = _figures(table, form, view, options)
    rows["value"], rows["sign"] = figures["value"].numbers, figures["value"].signs
    for name in ("numerator", "denominator", *BASES):
        rows[name] = figures[name].numbers if name in figures else np.nan
    if "sign" in view.columns:
        rows["sign"] = _written_signs(table, view.columns["sign"], rows)
    rows = _without_codes(rows, tuple(options.missing_codes))
    # Own tables are checked later, when it is known which of their rows are totals.
    if form.name != "own":
        refuse_duplicates(rows, table)
    _refuse_old_divisions(rows, table, options)
    # one word for all rows: as text it would be the largest column
    rows["file"] = pd.Categorical.from_codes(np.zeros(len(rows), dtype=np.int8), [table.file])
    return rows


def _words(table: RawTable, view: View, meaning: str, default: str | None) -> ExtensionArray:
    """Return a column of names; an empty cell takes the default, or is refused."""
    if meaning not in view.columns:
        return _texts([view.constants.get(meaning, default or "")], np.zeros(len(table), dtype=np.int64))
    column = view.columns[meaning]
    cells, codes = table.distinct(column)
    words: list[str] = []
    for code, cell in enumerate(cells):
        word = unguard(" ".join(_as_text(cell).split())) or default
        if word is None:
            raise problem(
                InputError, "cell_empty", file=table.location, row=table.row_of(column, code), column=column
            )
        words.append(word)
    return _texts(words, codes)


def _as_text(cell: Any) -> str:
    """Write a cell as text; whole numbers of a workbook without their ``.0``."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _periods(table: RawTable, view: View) -> ExtensionArray:
    if "period" not in view.columns:
        return _texts([parse_period(view.constants["period"])], np.zeros(len(table), dtype=np.int64))
    column = view.columns["period"]
    if "period_part" in view.columns:
        return _joined_periods(table, column, view.columns["period_part"])
    cells, codes = table.distinct(column)
    periods: list[str] = []
    for code, (cell, reading) in enumerate(zip(cells, read_periods(cells), strict=True)):
        row = table.row_of(column, code)
        if cell == column:
            raise problem(InputError, "header_repeated", file=table.location, row=row)
        if not reading.period:
            raise problem(
                InputError,
                "cell_period_open" if reading.readings else "cell_period",
                file=table.location,
                row=row,
                column=column,
                found=str(cell)[:60],
                expected=join_words(reading.readings),
            )
        periods.append(reading.period)
    return _texts(periods, codes)


def _joined_periods(table: RawTable, column: str, part_column: str) -> ExtensionArray:
    """Read a period of two columns: the year, and the month, quarter, half-year or week of it."""
    years, parts = table.distinct(column), table.distinct(part_column)
    n = len(parts.cells)
    pairs, codes = np.unique(years.codes.astype(np.int64) * n + parts.codes, return_inverse=True)
    periods: list[str] = []
    for place, pair in enumerate(pairs):
        year, part = years.cells[pair // n], parts.cells[pair % n]
        period = joined_period(year, part, part_column)
        if not period:
            raise problem(
                InputError,
                "cell_period",
                file=table.location,
                row=int(table.rows[int(np.argmax(codes == place))]),
                column=part_column,
                found=f"{_as_text(part)} {_as_text(year)}"[:60],
            )
        periods.append(period)
    return _texts(periods, codes)


def period_remarks(table: RawTable, view: View) -> dict[str, list[str]]:
    """Return the spellings of periods that have to be told about, by the remark that says why."""
    found: dict[str, list[str]] = {}
    if "period" in view.columns and "period_part" not in view.columns:
        cells = table.distinct(view.columns["period"]).cells
        for cell, reading in zip(cells, read_periods(cells), strict=True):
            if reading.remark:
                found.setdefault(reading.remark, []).append(f"{str(cell)[:40]} → {reading.period}")
    return found


def _areas(table: RawTable, view: View, options: Options) -> tuple[ExtensionArray, ExtensionArray]:
    """Return level and id of each row."""
    if "area_id" in view.columns:
        return _written_areas(table, view)
    if "area" not in view.columns:
        return _constant_area(view, len(table), options)
    column = view.columns["area"]
    cells = _with_labels(table, view) if view.own else table.column(column)
    numbers = table.column(view.columns["area_number"]) if "area_number" in view.columns else None
    pairs, codes = _pairs(cells, cells if numbers is None else numbers)
    first_row: dict[tuple[Any, Any], int] = {}
    for pair, row in zip(pairs, table.rows[_first_places(codes, len(pairs))].tolist(), strict=True):
        first_row.setdefault(pair, row)
    if view.own:
        _refuse_headings(table, column, first_row)
    reading = read_keys((_key(cell, options) for cell, _ in first_row), options.level)
    known: dict[tuple[Any, Any], tuple[str, str]] = {}
    open_names: list[tuple[tuple[Any, Any], AreaError]] = []
    unknown: list[tuple[tuple[Any, Any], AreaError]] = []
    for pair in first_row:
        spelled = str(pair[0])
        # Before anybody looks for district 99, whose refusal would stop the whole file.
        if spelled.casefold().endswith("nicht zuzuordnen") or is_nowhere(spelled):
            known[pair] = (UNALLOCATED, spelled.split()[0])
            continue
        # Stadt München is the city by name; only the other words for it have to be proved by a sum.
        if is_total(spelled) and (options.level == "own" or not _is_city(spelled)):
            known[pair] = (TOTAL, spelled)
            continue
        # The old short names of Bevoelkerungsdichte_thin.csv are known only with the number beside them.
        if view.own and numbers is not None and (named := _by_number(pair)) is not None:
            known[pair] = named
            continue
        try:
            known[pair] = area = reading.area_of(_key(pair[0], options))
            # The city has no agreed number: Bevoelkerungsdichte_thin.csv gives it 26.
            if numbers is not None and not (view.own and area.level == "city"):
                _hold_to_number(table, first_row[pair], pair[1], area)
        except AreaError as error:
            (open_names if error.code == "area_ambiguous" else unknown).append((pair, error))
    if unknown:
        # all at once, so that nobody has to mend a table one cell at a time; no total can be checked without them
        (pair, first), *others = unknown
        others += [(total, first) for total, (level, _) in known.items() if level == TOTAL]
        others.sort(key=lambda one: first_row[one[0]])
        raise _at_cell(first, table, first_row[pair], column, [(first_row[one], str(one[0])) for one, _ in others])
    for pair, unclear in open_names:  # a name of two levels means the level that all others of the column have
        levels = {level for level, _ in known.values()} - {"city", UNALLOCATED, TOTAL}
        if len(levels) != 1:
            raise _at_cell(unclear, table, first_row[pair], column)
        known[pair] = parse_area_id(pair[0], level=next(level for level in LEVELS if level in levels))
    found = [known[pair] for pair in pairs]
    hold_to_names(table, view, found, codes)
    return _spread(found, codes)


def _pairs(first: Column, second: Column) -> tuple[list[tuple[Any, Any]], npt.NDArray[np.int64]]:
    """Return the different pairs of cells of two columns, in order of appearance, and which each row holds."""
    one, other = first.distinct, second.distinct
    if first is second:
        return [(cell, cell) for cell in one.cells], one.codes.astype(np.int64)
    n = len(other.cells)
    codes, uniques = pd.factorize(one.codes.astype(np.int64) * n + other.codes)
    return [(one.cells[pair // n], other.cells[pair % n]) for pair in uniques.tolist()], codes.astype(np.int64)


def _first_places(codes: npt.NDArray[Any], n: int) -> npt.NDArray[np.int64]:
    """Return where each code stands first."""
    places = np.zeros(n, dtype=np.int64)
    places[codes[::-1]] = np.arange(len(codes))[::-1]  # of several the last one assigned stays
    return places


def _spread(areas: Sequence[tuple[str, str]], codes: npt.NDArray[Any]) -> tuple[ExtensionArray, ExtensionArray]:
    """Write level and id of the different areas into each row."""
    return _texts([level for level, _ in areas], codes), _texts([area_id for _, area_id in areas], codes)


def _texts(different: Sequence[str], codes: npt.NDArray[Any]) -> ExtensionArray:
    """Write the different texts of a column into each row."""
    texts: ExtensionArray = pd.array(list(different), dtype="str")
    return texts.take(codes)


def _constant_area(view: View, n: int, options: Options) -> tuple[ExtensionArray, ExtensionArray]:
    """Return the one area that a whole table, or one column of it, is about."""
    area = view.constants["area"]
    if is_nowhere(area):
        found: tuple[str, str] = (UNALLOCATED, area)
    elif is_total(area) and not _is_city(area):
        found = (TOTAL, area)
    else:
        try:
            found = parse_area_id(area, level=None if options.level == "own" else options.level)
        except AreaError as error:
            levels = {other.level for name in view.areas if (other := _area_or_none(name))} - {"city"}
            if error.code != "area_ambiguous" or len(levels) != 1:
                raise
            found = parse_area_id(area, level=levels.pop())
    return _spread([found], np.zeros(n, dtype=np.int64))


def _with_labels(table: RawTable, view: View) -> Column:
    """Return the cells of the areas; where one is empty, a total that stands in a column beside it."""
    column = table.column(view.columns["area"])
    empty = np.flatnonzero(~column.filled())
    if not len(empty) or len(empty) > 1_000:
        return column
    used = set(view.columns.values())
    beside = [other for title, other in zip(table.header, table.columns, strict=True) if title not in used]
    cells = list(column)
    for position in empty:
        words = [str(other[position]) for other in beside if isinstance(other[position], str)]
        cells[position] = next((word for word in words if is_total(word) or _is_city(word)), "")
        if cells[position] == "" and view.own and any(re.match(r"(?:land|stadt|kreis)\s", w, re.I) for w in words):
            cells[position] = "insgesamt"
    return Column.of(cells)


def _area_or_none(text: str) -> AreaId | None:
    try:
        return parse_area_id(text)
    except AreaError:
        return None


def _is_city(text: str) -> bool:
    area = _area_or_none(text)
    return area is not None and area.level == "city"


def _by_number(pair: tuple[Any, Any]) -> AreaId | None:
    """Find the area of a short or old name by the number beside it, if they do not contradict each other."""
    return _area_or_none(f"{_as_text(pair[1]).strip()} {pair[0]}")


def without_sums_of_periods(table: RawTable, view: View) -> RawTable:
    """Leave out rows whose period is a word such as ``Summe``: they sum up the rows of the other periods."""
    if "period" not in view.columns or not view.own:
        return table
    found = table.distinct(view.columns["period"])
    gone = np.zeros(len(table), dtype=bool)
    # The city's monthly figures have a row Summe for each year, which would count all cases twice.
    for meaning in ("period", "period_part"):
        if meaning in view.columns:
            part = table.distinct(view.columns[meaning])
            sums = [isinstance(cell, str) and (is_total(cell) or cell.casefold() == "jahr") for cell in part.cells]
            gone |= np.array(sums, dtype=bool)[part.codes]
    if "area" in view.columns:  # a total of all periods has no period at all
        areas = table.distinct(view.columns["area"])
        totals = np.array([isinstance(cell, str) and is_total(cell) for cell in areas.cells], dtype=bool)
        empty = np.array([isinstance(cell, str) and cell == "" for cell in found.cells], dtype=bool)
        gone = gone | (empty[found.codes] & totals[areas.codes])
    if not gone.any() or gone.all():
        return table
    kept = ~gone
    return replace(
        table,
        columns=tuple(column.take(kept) for column in table.columns),
        rows=table.rows[kept],
    )


def _key(cell: Any, options: Options) -> Any:
    """Return a cell as the key that it is; ids of one's own are texts, as they stand."""
    if options.level == "own":
        return _as_text(cell)
    # a footnote sign behind a name of the city's is no part of it
    return _FOOTNOTE.sub("", cell) if isinstance(cell, str) else cell


def _refuse_headings(table: RawTable, column: str, first_row: Mapping[tuple[Any, Any], int]) -> None:
    """Refuse a second row of headings among the rows: it begins another table, or the same once more."""
    for (cell, _), row in first_row.items():
        if isinstance(cell, str) and cell != "" and cell in (column, column.rpartition(JOINT)[2]):
            raise problem(InputError, "header_repeated", file=table.location, row=row)


def _hold_to_number(table: RawTable, row: int, number: Any, area: AreaId) -> None:
    if parse_area_id(number) != area:
        raise problem(
            InputError,
            "area_contradicts",
            file=table.location,
            row=row,
            number=str(number),
            name=f"{area.area_id}",
        )


def _at_cell(
    error: AreaError, table: RawTable, row: int, column: str, others: Sequence[tuple[int, str]] = ()
) -> AreaError:
    """Say where the area stands that nobody understands, and where others do."""
    own = error.code == "area_unknown" and not error.fields.get("hint")
    return problem(
        AreaError,
        "cell_area",
        file=table.location,
        row=row,
        column=column,
        detail=str(error),
        because=error.code,
        hint=(say("hint.own_areas") if own else "") + _others(others),
    )


def _others(cells: Sequence[tuple[int, str]]) -> str:
    """Name further cells that nobody understands."""
    if not cells:
        return ""
    named = [say("hint.cell", row=row, found=found[:40]) for row, found in cells]
    return say("hint.other_areas", cells=shorten(named, 4))


def _written_areas(table: RawTable, view: View) -> tuple[ExtensionArray, ExtensionArray]:
    """Return level and id of the library's own form, in which both stand in columns of their own."""
    level_column, id_column = view.columns["level"], view.columns["area_id"]
    pairs, codes = _pairs(table.column(level_column), table.column(id_column))
    found: list[tuple[str, str]] = []
    for pair, row in zip(pairs, table.rows[_first_places(codes, len(pairs))].tolist(), strict=True):
        level, cell = str(pair[0]), unguard(_as_text(pair[1]))
        if level not in LEVELS:
            raise problem(
                InputError,
                "cell_level",
                file=table.location,
                row=row,
                column=level_column,
                found=level,
                expected=join_words(LEVELS),
                hint=did_you_mean(level, LEVELS),
            )
        if not cell:
            raise problem(InputError, "cell_empty", file=table.location, row=row, column=id_column)
        try:
            area_id = cell if table.sheet else unguard_area(cell, level)  # cells of a workbook are texts
            # A spreadsheet takes the zero from 07 on the way; ids of one's own stay as they are.
            if level in ("district", "subdistrict", "quarter"):
                area_id = parse_area_id(area_id, level=level).area_id
        except AreaError as error:
            raise _at_cell(error, table, row, id_column) from None
        if level == "city" and area_id != CITY_ID:
            raise problem(
                AreaError,
                "cell_area",
                file=table.location,
                row=row,
                column=id_column,
                detail=f"{cell} ({level})",
                hint="",
            )
        found.append((level, area_id))
    return _spread(found, codes)


def _figures(table: RawTable, form: Form, view: View, options: Options) -> dict[str, Figures]:
    """Read all columns of numbers; where one leaves the decimal mark open, the others may settle it."""
    names = [name for name in ("value", "numerator", "denominator", *BASES) if name in view.columns]
    signs = known_signs(options.signs)
    decimal = form.decimal or options.decimal
    agreed = decimal
    if agreed is None and not form.mixes_decimals:
        titles = dict.fromkeys([*(view.columns[name] for name in names), *view.beside])
        # A wide table has columns of whole numbers beside one of decimals: that one speaks for all, if none
        # contradicts.
        evidence = set().union(*(decimal_evidence(table.distinct(title).cells) for title in titles))
        agreed = next(iter(evidence)) if len(evidence) == 1 else None
    if form.mixes_decimals:
        # A mark that is stated would refuse half of a file that is known to hold both.
        decimal = None
    # What this library wrote marks missing values by signs: a -9999 in it is a number.
    if form.decimal is None:
        for name in names:
            refuse_codes(table, view.columns[name], options.signs)
    return {
        name: read_figures(
            table, view.columns[name], decimal=decimal, fallback=agreed, signs=signs, mixed=form.mixes_decimals
        )
        for name in names
    }


def _written_signs(table: RawTable, column: str, rows: pd.DataFrame) -> pd.Series:
    """Return the signs of the library's own form; they stand in a column of their own."""
    cells, codes = table.distinct(column)
    for code, cell in enumerate(map(str, cells)):
        if cell not in ("", *SIGNS):
            raise problem(
                InputError,
                "cell_sign",
                file=table.location,
                row=table.row_of(column, code),
                column=column,
                found=cell[:60],
                expected=join_words(SIGNS),
                hint=did_you_mean(cell, SIGNS),
            )
    return pd.Series(_texts([str(cell) for cell in cells], codes), index=rows.index)


def _without_codes(rows: pd.DataFrame, codes: tuple[float, ...]) -> pd.DataFrame:
    """Take out the codes for missing values, where nothing stands behind them."""
    if not codes:
        return rows
    # a series that never has Basiswerte proves nothing about its values
    has_bases = rows["base_1"].notna().groupby([rows["indicator"], rows["group"]]).transform("any")
    empty = (has_bases & rows["base_1"].isna()) | (rows["base_2"] == 0)
    # A true 88 stays: only where nothing stands behind the number can it be a code.
    coded = rows["value"].isin(codes) & empty
    return rows.assign(value=rows["value"].where(~coded), sign=rows["sign"].where(~coded, "not_available"))


def refuse_duplicates(rows: pd.DataFrame, table: RawTable) -> None:
    """Refuse rows that say the same cell twice, and name both."""
    twice = rows.duplicated(list(KEY))
    if not twice.any():
        return
    second = rows.loc[twice.idxmax()]
    same = (rows[list(KEY)] == second[list(KEY)]).all(axis=1)
    raise problem(
        InputError,
        "rows_twice",
        file=table.location,
        first=int(rows.loc[same, "row"].iloc[0]),
        row=int(second["row"]),
        key=" · ".join(second[list(KEY)]),
        n=int(twice.sum()),
    )


def _refuse_old_divisions(rows: pd.DataFrame, table: RawTable, options: Options) -> None:
    # Districts alone: however the city was divided, as a whole it is the same.
    old = (rows["level"] == "district") & (rows["period"].str[:4].astype(int) < FIRST_YEAR_OF_25)
    if old.any() and not options.recalculated:
        first = rows.loc[old.idxmax()]
        raise problem(
            InputError, "division_before_1996", file=table.location, row=int(first["row"]), period=first["period"]
        )
