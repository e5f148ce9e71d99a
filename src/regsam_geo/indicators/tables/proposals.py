"""What a table of nobody's form can mean: the ways of reading it, each a call that can be run.

A proposal rests on what the cells are: which column names areas, which periods, which splits the rows into groups,
which holds figures. Where exactly one is possible it is taken; where several are, the user is shown them.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from regsam_geo.areas.ids import fold
from regsam_geo.indicators.period_spellings import read_periods
from regsam_geo.indicators.tables.context import joined_period, periods_of
from regsam_geo.indicators.tables.layout import BLOCK, FIGURE, SIGN, TEXT, area_of, kind_of
from regsam_geo.indicators.tables.numbers import undecorated
from regsam_geo.indicators.tables.options import Options
from regsam_geo.indicators.tables.raw import JOINT, RawTable
from regsam_geo.indicators.tables.sources.frames import IN_MEMORY
from regsam_geo.indicators.tables.total_words import is_nowhere, is_total

OPEN = "..."
"""Stands in a call where only the user knows what belongs there."""
_TRIED = 40
"""Cells of a column that are tried whether they mean areas."""
MOST = 4
"""Proposals that are shown."""

_AREA_WORD = re.compile(
    r"bezirk|stadtteil|gebiet|region|raum|viertel|quartier|area|district|planungs|gliederung|\bsb\b", re.I
)
_NUMBER_WORD = re.compile(r"(?:^|[\s_.·])(?:nr|nummer|id|code|schlüssel|kennziffer|no|key)\b|id$|_nr$", re.I)
_PERIOD_WORD = re.compile(
    r"jahr|zeit|monat|quartal|stand|datum|stichtag|period|year|date|month|quarter|halbjahr|woche|^kw$", re.I
)
_INDICATOR_WORD = re.compile(r"indikator|merkmal|kennzahl|monatszahl|indicator|variable|messgröße|thema$", re.I)
_GROUP_WORD = re.compile(
    r"ausprägung|auspraegung|gruppe|geschlecht|alter|art$|kategorie|typ$|nationalität|group|sex|staatsangehörigkeit|abschnitt",
    re.I,
)
_VALUE_WORD = re.compile(r"^(?:indikator)?wert$|^anzahl$|^value$|^zahl$|^betrag$|^ergebnis$|^count$", re.I)
_AREA_NUMBER = re.compile(
    r"(?:stadt)?(?:bezirk|bezirksteil|bezirksviertel|viertel|stadtteil|gebiet|region|area|district|planungsr[aä]um)?e?"
    r"s?(?:nr|nummer|id|code|schlüssel|kennung|no|number)?"
)
_RATIO_WORD = re.compile(r"\bje\b|\bpro\b|dichte|quote|anteil|%|rate|\bper\b|quotient|prozent|ziffer", re.I)
_RUNNING_WORD = re.compile(r"^(?:lfd|laufende|index|objectid|fid|id|nr\.?|spalte [a-z]+|unnamed.*)", re.I)
_CLASS = re.compile(r"\d{1,2}\s*[-–:.)]\s*[A-Za-zÄÖÜäöü].*")


@dataclass(frozen=True)
class Proposal:
    """One way of reading a file.

    Attributes
    ----------
    tables
        The tables that are read.
    columns, said
        What ``read_indicators`` is told: its ``columns`` and its other arguments.
    asks
        Something has to be filled in or confirmed, so that it is not run unasked.
    """

    tables: tuple[RawTable, ...]
    columns: Mapping[str, Any]
    said: Mapping[str, Any] = field(default_factory=dict)
    asks: bool = False

    def options(self, given: Options) -> Options:
        """Return what the user said with what is proposed."""
        return replace(given, columns=dict(self.columns), **self.said)

    def call(self, file: str, given: Options | None = None) -> str:
        """Write the call that reads the file so.

        Examples
        --------
        >>> Proposal((), {"area": "Bezirk", "value": "Wert"}, {"period": "2023"}).call("a.csv")
        'read_indicators("a.csv", columns={"area": "Bezirk", "value": "Wert"}, period="2023")'
        """
        table = "table" if file == IN_MEMORY else _literal(file)
        return f"read_indicators({table}, {self.arguments(given)})"

    def arguments(self, given: Options | None = None) -> str:
        """Write what the call says of the table."""
        words = [f"columns={_literal(dict(self.columns))}"]
        said = dict(self.said)
        if given is not None:
            for name in ("level", "header_row", "cells", "decimal", "signs", "sheet", "recalculated"):
                if (value := getattr(given, name)) not in (None, False, ()):
                    said.setdefault(name, dict(value) if isinstance(value, Mapping) else value)
        return ", ".join([*words, *(f"{name}={_literal(value)}" for name, value in said.items())])


def _literal(value: Any) -> str:
    # JSON would write true, and the printed call could not be run.
    if value is True:
        return "True"
    return json.dumps(value, ensure_ascii=False)


class _Column(NamedTuple):
    """What the cells of one column are."""

    title: str
    cells: list[Any]
    codes: np.ndarray[Any, Any]
    figures: int
    texts: int

    @property
    def numeric(self) -> bool:
        return self.figures > 0 and self.figures >= self.texts


def _column(table: RawTable, title: str) -> _Column:
    cells, codes = table.distinct(title)
    kinds = [kind_of(cell) for cell in cells]
    return _Column(title, cells, codes, sum(k in (FIGURE, SIGN) for k in kinds), sum(k == TEXT for k in kinds))


def proposals_for(tables: Sequence[RawTable], options: Options) -> list[Proposal]:
    """Return the ways of reading the tables of a file, the most likely first."""
    alike: dict[tuple[str, ...], list[RawTable]] = {}
    for table in tables:
        if len(table):
            alike.setdefault(table.header, []).append(table)
    sketched = [(group, _sketches(group[0], options)) for group in alike.values()]
    sketched = [(group, found) for group, found in sketched if found]
    proposals: list[Proposal] = []
    for group, found in sketched:
        for one in found:
            proposals += _over_sheets(group, one, tables, only=len(sketched) == 1)
    # The city alone is the last resort: any table with a column of years could be meant so.
    sure = [one for one in proposals if not (one.asks and "area" in one.said)]
    return sure or proposals


def _over_sheets(
    group: Sequence[RawTable], sketch: Proposal, tables: Sequence[RawTable], *, only: bool
) -> list[Proposal]:
    """Read tables of one form together where each is about something else, else each alone."""
    said = dict(sketch.said)
    constant = "period" not in sketch.columns
    named = len([table for table in tables if table.sheet]) > 1
    if len(group) == 1:
        if not only and named:
            said["sheet"] = group[0].sheet
        return [replace(sketch, tables=tuple(group), said=said)]
    periods = [periods_of(table) for table in group]
    levels = {_level(table, sketch) for table in group}
    told_apart = all(len(found) == 1 for found in periods) and len({found[0].period for found in periods}) == len(
        group
    )
    if not constant and _overlap(group, sketch):
        # one form on every sheet, and the same areas and periods: the sheets are about different things
        return [
            replace(
                sketch,
                tables=(table,),
                said={**said, "sheet": table.sheet, **({"indicator": table.sheet} if "indicator" in said else {})},
            )
            for table in group
        ]
    if not constant or told_apart or len(levels) == len(group):
        if constant and told_apart:
            said.pop("period", None)
        asks = sketch.asks and not (told_apart and said.get("area") is None and OPEN not in said.values())
        if not only:
            said["sheet"] = [table.sheet for table in group]
        return [replace(sketch, tables=tuple(group), said=said, asks=asks)]
    return [replace(sketch, tables=(table,), said={**said, "sheet": table.sheet}) for table in group]


def _overlap(group: Sequence[RawTable], sketch: Proposal) -> bool:
    """Whether two tables hold the same cells."""
    keys = [title for title in sketch.columns.values() if isinstance(title, str)]
    keys = [title for title in keys if title != sketch.columns.get("value")]
    seen: set[tuple[Any, ...]] = set()
    for table in group:
        rows = set(zip(*(map(str, table.column(title)) for title in keys), strict=True))
        if rows & seen:
            return True
        seen |= rows
    return False


def _level(table: RawTable, sketch: Proposal) -> str:
    column = sketch.columns.get("area")
    if not isinstance(column, str):
        return ""
    levels = [area.level for cell in table.distinct(column).cells[:50] if (area := area_of(cell)) is not None]
    return max(set(levels), key=levels.count) if levels else table.sheet


def _sketches(table: RawTable, options: Options) -> list[Proposal]:
    """Return the ways of reading one table."""
    columns = [_column(table, title) for title in table.header]
    by_title = {column.title: column for column in columns}
    period = _period_column(columns)
    areas = _area_columns(table, columns, period, options)
    part = _period_part(columns, period)
    left = [column for column in columns if column.title not in (period, part)]
    if not areas:
        across = _across(table, left, period, options)
        if across is not None:
            return across
        if options.area is None:
            return _city_alone(table, left, period)
        areas = [_Area(None, None, "")]
    found: list[Proposal] = []
    for area in areas:
        rest = [column for column in left if column.title not in (area.title, area.number)]
        found += _with_areas(table, area, rest, by_title, period, options, part)
    return found


class _Area(NamedTuple):
    """A column of areas, the column of their numbers if it is needed, and the level if it has to be said."""

    title: str | None
    number: str | None
    level: str


def _area_columns(
    table: RawTable, columns: Sequence[_Column], period: str | None, options: Options
) -> list[_Area]:
    """Return the columns that may name the areas: Munich's, or those of the user's own."""
    if options.area is not None:
        return []
    strong: list[tuple[float, int, str]] = []
    weak: list[tuple[float, int, str]] = []
    own: list[str] = []
    for column in columns:
        if column.title in (period, BLOCK):
            continue
        cells = [
            cell for cell in column.cells if cell != "" and not is_total(str(cell)) and not is_nowhere(str(cell))
        ]
        if not cells:
            continue
        # Months from 1 to 12 are valid numbers of districts: only the title keeps them out.
        if _INDICATOR_WORD.search(column.title) or (
            _PERIOD_WORD.search(column.title) and not _AREA_WORD.search(column.title)
        ):
            continue
        share, worded = _share_of_munich(cells[:3000], options)
        untitled = column.title.startswith("Spalte ")
        first = column.title == next((c.title for c in columns if c.title not in (period, BLOCK)), None)
        titled = bool(_AREA_WORD.search(column.title))
        numbered = bool(_NUMBER_WORD.search(column.title))
        # One in two must be known, so that misspelt districts are errors and not areas of one's own.
        if options.level != "own" and worded and column.texts > column.figures and share >= 0.5:
            strong.append((share, len(cells), column.title))
        elif (
            options.level != "own"
            and not worded
            # Bare numbers up to 25 may count anything: they need a title that says so, or the first place.
            and share >= 0.8
            and (
                titled
                or numbered
                or (first and len(cells) >= (1 if untitled else 5) and not _is_running(column, table))
            )
        ):
            weak.append((share, len(cells), column.title))
        elif (
            (column.texts > column.figures and (titled or numbered or first or len(cells) > 2))
            or numbered
            or _AREA_NUMBER.fullmatch(fold(column.title.rpartition(JOINT)[2]))
        ):
            own.append(column.title)
    if strong:
        best = max(strong, key=lambda one: (one[1], one[0]))
        number = next((title for share, _, title in sorted(weak, reverse=True)), None)
        keys = [period] if period else []
        codes = [c.title for c in columns if c.title != best[2] and _AREA_NUMBER.fullmatch(fold(c.title))]
        # Where a name stands twice in one period, only the codes beside it tell the areas apart.
        if not _splits(table, [best[2], *keys]) and (
            code := next((title for title in codes if _splits(table, [title, *keys])), None)
        ):
            levels = [area.level for cell in table.distinct(best[2]).cells[:_TRIED] if (area := area_of(cell))]
            return [_Area(code, None, "" if options.level else max(set(levels), key=levels.count))]
        # Short names, as in umzug_Bezirksgruppen.csv, are understood with the numbers beside them.
        if best[0] < 1 and number is not None:
            return [_Area(best[2], number, "")]
        return [_Area(best[2], None, "")]
    keys = [period] if period else []
    fitting = [one for one in weak if _splits(table, [one[2], *keys])] or [
        one for one in weak if not any(_splits(table, [title, *keys]) for title in own)
    ]
    if fitting:
        return [_Area(max(fitting, key=lambda one: (bool(_AREA_WORD.search(one[2])), one[0]))[2], None, "")]
    level = "" if options.level else "own"
    unique = [title for title in own if _splits(table, [title, *keys])]
    worded_own = [title for title in unique if _AREA_WORD.search(title)] or [
        title for title in unique if not _looks_numeric(table, title)
    ]
    if not worded_own:
        worded_own = [title for title in own if _AREA_WORD.search(title)]
    return [_Area(title, None, level) for title in worded_own[:MOST]]


def _looks_numeric(table: RawTable, title: str) -> bool:
    return all(kind_of(cell) != TEXT for cell in table.distinct(title).cells[:50])


def _is_running(column: _Column, table: RawTable) -> bool:
    """Whether a column only counts the rows."""
    # A column such as OBJECTID runs from 1 as the districts do: nothing but its title gives it away.
    if not _RUNNING_WORD.match(column.title) or _AREA_WORD.search(column.title):
        return False
    try:
        numbers = [int(float(str(cell))) for cell in column.cells]
    except ValueError:
        return False
    return (
        len(numbers) == len(table)
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and numbers[0] in (0, 1)
    )


def _share_of_munich(cells: Sequence[Any], options: Options) -> tuple[float, bool]:
    """Return how many of the cells mean areas of Munich, and whether words stand in them."""
    # Spread over the whole column: its first forty cells may all lie in one part of the city.
    some = cells[:: max(1, len(cells) // _TRIED)]
    found = [area_of(cell) for cell in some]
    hits = sum(
        area is not None and not (options.level and area.area_id and area.level not in (options.level, "city"))
        for area in found
    )
    words = sum(any(letter.isalpha() for letter in str(cell)) for cell in some)
    return hits / len(some), words * 2 >= len(some)


def _splits(table: RawTable, titles: Sequence[str]) -> bool:
    """Whether the columns together tell all rows apart, but for totals and rows without an area."""
    frame = pd.DataFrame({title: table.distinct(title).codes for title in titles})
    first = table.distinct(titles[0]).cells
    real = np.array([cell != "" and not is_total(str(cell)) for cell in first])
    return not frame[real[table.distinct(titles[0]).codes]].duplicated().any()


def _period_column(columns: Sequence[_Column]) -> str | None:
    """Return the column of periods; of several the finest."""
    fitting: list[tuple[int, int, str]] = []
    for column in columns:
        cells = [cell for cell in column.cells if cell != "" and not is_total(str(cell))]
        if not cells or len(cells) > 5_000:
            continue
        # Titles that speak of years without naming a period: when it was built, last year's, per year.
        titled = bool(_PERIOD_WORD.search(column.title)) and not re.search(
            r"baujahr|vorjahr|je jahr", column.title, re.I
        )
        if not (titled or column.title == BLOCK or column.title.startswith("Spalte ")):
            continue
        readings = read_periods(cells)
        good = sum(bool(reading.period or reading.readings) for reading in readings)
        if good == len(cells) or (titled and good >= 0.8 * len(cells)):
            plain = all(
                str(cell).replace(".0", "").isdigit() and len(str(cell).replace(".0", "")) < 4 for cell in cells
            )
            if not plain:
                fitting.append((len({reading.period for reading in readings}), titled, column.title))
    return max(fitting)[2] if fitting else None


def _period_part(columns: Sequence[_Column], period: str | None) -> str | None:
    """Return the column of months or quarters beside one of years."""
    years = next((column.cells for column in columns if column.title == period), [])
    years = [cell for cell in years if cell != "" and not is_total(str(cell))]
    if not years or any(len(reading.period) != 4 for reading in read_periods(years)):
        return None
    for column in columns:
        if column.title == period or not re.search(
            r"monat|quartal|halbjahr|woche|^kw$|month|quarter|week", column.title, re.I
        ):
            continue
        cells = [cell for cell in column.cells if cell != "" and not is_total(str(cell))]
        if len(cells) > 1 and all(joined_period(years[0], cell, column.title) for cell in cells):
            return column.title
    return None


def _with_areas(
    table: RawTable,
    area: _Area,
    rest: Sequence[_Column],
    by_title: Mapping[str, _Column],
    period: str | None,
    options: Options,
    part: str | None = None,
) -> list[Proposal]:
    columns: dict[str, Any] = {}
    said: dict[str, Any] = {}
    if area.title is not None:
        columns["area"] = area.title
    if area.number is not None:
        columns["area_number"] = area.number
    if period is not None:
        columns["period"] = period
    if part is not None:
        columns["period_part"] = part
    if area.level:
        said["level"] = area.level
    values = [column for column in rest if _holds_values(column, table, area)]
    texts = [column for column in rest if column not in values and column.texts > 0 and len(column.cells) > 0]
    keys = [title for title in (area.title, period, part) if title is not None]
    indicator = next(
        (c.title for c in texts if _INDICATOR_WORD.search(c.title) and not _NUMBER_WORD.search(c.title)), None
    )
    group = next((c.title for c in texts if _GROUP_WORD.search(c.title) and c.title != indicator), None)
    if group is not None and keys and len(by_title[group].cells) > 1 and _splits(table, keys) and group == BLOCK:
        group = None
    chosen = [title for title in (indicator, group) if title is not None]
    asks = False
    if keys and not _splits(table, [*keys, *chosen]):
        spare = [c.title for c in texts if c.title not in chosen and not _AREA_WORD.search(c.title)]
        extra = [title for title in spare if _splits(table, [*keys, *chosen, title])]
        if len(extra) == 1 and group is None:
            group = extra[0]
        elif len(extra) == 1 and indicator is None:
            indicator, asks = extra[0], True  # two columns of groups: the user says which of them names what
    if indicator is not None:
        columns["indicator"] = indicator
    if group is not None:
        columns["group"] = group
    found = _with_values(table, columns, said, values, period, indicator, options)
    return [replace(one, asks=True) for one in found] if asks else found


def _holds_values(column: _Column, table: RawTable, area: _Area) -> bool:
    if not column.numeric or column.title == BLOCK or _is_running(column, table):
        return False
    if _PERIOD_WORD.search(column.title) and all(r.period or r.readings for r in read_periods(column.cells)):
        return False  # the year beside the month
    # Berlin's gigabit.csv has two columns that hold nothing but signs.
    if column.figures == sum(kind_of(cell) == SIGN for cell in column.cells):
        return False
    if _NUMBER_WORD.search(column.title) and _AREA_WORD.search(column.title):
        return False
    # All but Covid, which ends like an id and is counted.
    if re.search(r"(?<!cov)id$|schlüssel", column.title, re.I):
        return False
    if area.title is not None and _AREA_NUMBER.fullmatch(fold(column.title)):
        frame = pd.DataFrame({"a": table.distinct(area.title).codes, "b": column.codes}).drop_duplicates()
        if frame["a"].nunique() >= 0.9 * len(frame) <= frame["b"].nunique() / 0.9:
            return False  # another number of the same areas
    return column.title not in (area.title, area.number)


def _with_values(
    table: RawTable,
    columns: dict[str, Any],
    said: dict[str, Any],
    values: Sequence[_Column],
    period: str | None,
    indicator: str | None,
    options: Options,
) -> list[Proposal]:
    """Choose among the columns of figures: one value, several indicators, or a column a period."""
    if not values:
        return []
    titles = [column.title for column in values]
    dated = {title: parts for title in titles if (parts := _dated(title)) is not None}
    if period is None and not dated and len(places := periods_of(table)) == 1:
        # months as headings, and the year in the title
        months = {title: joined_period(places[0].period, title.rpartition(JOINT)[2], "") for title in titles}
        whole = {t: (p, t.rpartition(JOINT)[0]) for t, p in months.items() if p}
        undated = [title for title in titles if title not in whole]
        # Beside the months only the sum of the year may stand; any other column speaks against months.
        if len(whole) > 1 and all(is_total(title.rpartition(JOINT)[2]) for title in undated):
            dated = whole
    many: list[dict[str, Any]] = []
    if period is None and len(dated) >= max(1, len(titles) // 2) and len({p for p, _ in dated.values()}) + 1 > 1:
        names = {title: rest for title, (_, rest) in dated.items()}
        if len(set(names.values())) == 1:
            rest = next(iter(names.values()))
            spelled: Any = {title: p for title, (p, _) in dated.items()}
            if all(title == p for title, p in spelled.items()):
                spelled = list(spelled)
            named = {} if indicator else {"indicator": rest or _name_from(table, table.sheet)}
            return [
                _finished(table, {**columns, "period": spelled}, {**said, **named}, dated=True, options=options)
            ]
        if indicator is None:
            both = {
                **columns,
                "value": {title: rest or _name_from(table, title) for title, rest in names.items()},
                "period": {title: p for title, (p, _) in dated.items()},
            }
            return [_finished(table, both, said, dated=True, options=options)]
    if indicator is not None or len(titles) == 1:
        # monatszahlen_unfaelle.csv: beside the value stand last year's and percentages, which are not meant.
        main = [title for title in titles if _VALUE_WORD.match(title.rpartition(JOINT)[2])]
        picked = main if len(main) == 1 else titles
        for title in picked[:MOST]:
            named = {} if indicator else {"indicator": _name_of(table, title)}
            many.append({**columns, "value": title, "": named})
    else:
        many.append({**columns, "value": titles, "": {}})
        if (ratio := _ratio(table, titles)) is not None:
            value, first, second = ratio
            many.insert(
                0, {**columns, "value": value, "numerator": first, "denominator": second, "": {"indicator": value}}
            )
    return [
        _finished(table, {k: v for k, v in one.items() if k}, {**said, **one[""]}, dated=False, options=options)
        for one in many
    ]


def _finished(
    table: RawTable, columns: dict[str, Any], said: dict[str, Any], *, dated: bool, options: Options
) -> Proposal:
    """Add the period that no column says, and what the user said before."""
    asks = False
    if not dated and "period" not in columns and options.period is None:
        places = periods_of(table)
        said = {**said, "period": places[0].period if len(places) == 1 else OPEN}
        asks = len(places) != 1
    for name in ("indicator", "period", "area"):
        if getattr(options, name) is not None:
            said = {**said, name: getattr(options, name)}
    if options.group is not None and "group" not in columns:
        said = {**said, "group": options.group}
    if options.indicator is not None and isinstance(columns.get("value"), list):
        said.pop("indicator")
    return Proposal((table,), columns, said, asks)


def _dated(title: str) -> tuple[str, str] | None:
    """Split a title into the period in it and the rest, if one of its parts is a period."""
    parts = title.split(JOINT)
    readings = read_periods(parts)
    hits = [i for i, reading in enumerate(readings) if reading.period]
    if len(hits) != 1:
        return None
    return readings[hits[0]].period, JOINT.join(part for i, part in enumerate(parts) if i != hits[0])


def _name_of(table: RawTable, title: str) -> str:
    """Name an indicator after its column, or after the table where the column is called value."""
    return _name_from(table, title) if _VALUE_WORD.match(title) else title


def _name_from(table: RawTable, otherwise: str) -> str:
    lines = [
        line
        for line in table.captions
        if not re.match(r"\W*(?:quelle|source|stand|jahr|tabelle \d+\W*$)", line, re.I)
        and re.search(r"[a-zäöü]{4}", line)
    ]
    name = re.sub(r"\s*\(?\d\)\s*", " ", lines[0]).strip(" .:") if lines else ""
    if re.fullmatch(r"(?:tabelle|sheet|blatt|table)\s?\d*", otherwise, re.I):
        otherwise = ""
    return name[:120] or otherwise or table.file.rpartition(".")[0] or table.file


def _ratio(table: RawTable, titles: Sequence[str]) -> tuple[str, str, str] | None:
    """Find the one of three columns that is the quotient of the others, times a power of ten."""
    if len(titles) != 3:
        return None
    if not any(_RATIO_WORD.search(title) for title in titles):
        return None
    numbers = {title: _rough(table, title) for title in titles}
    for value, first, second in itertools.permutations(titles):
        if not _RATIO_WORD.search(value):
            continue
        v, n, d = numbers[value], numbers[first], numbers[second]
        good = np.isfinite(v) & np.isfinite(n) & (d > 0)
        if good.sum() < 3:
            continue
        for scale in (1, 100, 1_000, 10_000, 100_000):
            exact = scale * n[good] / d[good]
            if np.mean(np.abs(v[good] - exact) <= 0.06 + 0.006 * np.abs(exact) * (scale == 1)) >= 0.9 and (
                np.abs(exact).max() > 0.2
            ):
                return value, first, second
    return None


def _rough(table: RawTable, title: str) -> np.ndarray[Any, Any]:
    cells, codes = table.distinct(title)
    found = []
    for cell in cells:
        text = str(undecorated(cell)[0])
        try:
            found.append(float(text) if not isinstance(cell, str) else float(text.replace(",", ".")))
        except ValueError:
            found.append(np.nan)
    return np.array(found)[codes]


def _across(
    table: RawTable, left: Sequence[_Column], period: str | None, options: Options
) -> list[Proposal] | None:
    """Read areas that stand in the headings."""
    if options.area is not None:
        return None
    figures = [column.title for column in left if column.numeric]
    ends = {title: title.rpartition(JOINT)[2] for title in figures}
    areas = {title: end for title, end in ends.items() if area_of(end) is not None and not end.isdigit()}
    if len(areas) < 2 or len(areas) * 2 < len(figures):
        # Bare numbers as headings may be ages or classes: nearly all must fit before they are districts.
        bare = {title: end for title, end in ends.items() if area_of(end) is not None}
        if len(bare) < 5 or len(bare) * 10 < len(figures) * 8:
            return None
        areas = bare
    kept = {title: end for title, end in ends.items() if title in areas or is_total(end) or is_nowhere(end)}
    columns: dict[str, Any] = {"area": list(kept) if all(t == e for t, e in kept.items()) else kept}
    if period is not None:
        columns["period"] = period
    texts = [column.title for column in left if not column.numeric and column.texts > 0]
    said: dict[str, Any] = {}
    if texts:
        columns["indicator"] = texts[0]
    else:
        spanner = next(iter(kept)).rpartition(JOINT)[0]
        said["indicator"] = spanner or _name_from(table, table.sheet)
    return [_finished(table, columns, said, dated=False, options=options)]


def _city_alone(table: RawTable, left: Sequence[_Column], period: str | None) -> list[Proposal]:
    """Propose a series of the city where nothing names an area; the user has to confirm it."""
    if period is None:
        return []
    found = _with_areas(
        table, _Area(None, None, ""), left, {column.title: column for column in left}, period, Options()
    )
    return [replace(one, said={**one.said, "area": "Stadt München"}, asks=True) for one in found]


def classes_in(table: RawTable) -> str:
    """Return a column that holds classes such as ``2 - Mittel``, if there is one."""
    for title in table.header:
        cells = [cell for cell in table.distinct(title).cells if cell != ""]
        if 1 < len(cells) <= 30 and all(isinstance(cell, str) and _CLASS.fullmatch(cell) for cell in cells):
            return title
    return ""
