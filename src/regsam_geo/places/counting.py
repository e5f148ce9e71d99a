"""Cases by their coordinates, counted into areas: one function of a piece, fed by frames, files or a cluster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj

from regsam_geo.areas import ShippedLevel, load_boundaries
from regsam_geo.areas.keys import NUMBERED, read_keys, respell
from regsam_geo.errors import AreaError, InputError, OptionError
from regsam_geo.indicators.panel import DEFAULT_GROUP, Panel
from regsam_geo.indicators.periods import parse_period
from regsam_geo.places.cells import OUTSIDE, CellTable, table_of_cells
from regsam_geo.places.columns import EVERY, Every, codes_of, groups_of, periods_of
from regsam_geo.places.given import Given, given_areas
from regsam_geo.places.reading import (
    Piece,
    Records,
    RecordsLike,
    coordinates_of,
    find_column,
    find_columns,
    open_records,
    system_of,
)
from regsam_geo.places.repeats import Repeats, fingerprints
from regsam_geo.places.tally import Tally, tally_of
from regsam_geo.text import problem, say, shorten, tell

NOBODY = "ohne Angabe"
"""The group of records whose column is empty."""


@dataclass(frozen=True)
class CountReport:
    """What became of the records; the numbers are exact and for the caller alone.

    Attributes
    ----------
    records
        How many there were.
    counted
        How many lie in an area and have a period: the sum of the panel.
    outside
        In none of the areas.
    on_border
        On a border; each was counted once, in the first of its areas.
    without_place
        Without coordinates (0/0 is none), or with an area that nobody knows.
    without_period
        Without a date, or with one that cannot be read.
    twice
        With an id that a record before them has; they were counted. ``None`` where no column of ids is known.
    """

    records: int
    counted: int
    outside: int
    on_border: int
    without_place: int
    without_period: int
    twice: int | None
    notes: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, eq=False)
class CountedCases(Panel):
    """A panel of counts, and what became of the records.

    Attributes
    ----------
    report
        A ``CountReport``: how many records lay outside, on a border, had no coordinates or stood twice.
    """

    report: CountReport


@dataclass(frozen=True)
class Plan:
    """How a piece is counted; the same for all pieces, and small enough to be sent to a worker."""

    places: Mapping[str, str]
    geometry: str | None
    by: tuple[str, ...]
    fixed: str | None
    every: Every
    cells: CellTable | None
    areas: int

    @property
    def columns(self) -> list[str]:
        """The columns that are read."""
        if self.cells is None:
            used = [self.places["area"]]
        else:
            used = [self.places["x"], self.places["y"]] if self.by_numbers else [str(self.geometry)]
        used += [self.places[what] for what in ("date", "id") if what in self.places]
        return list(dict.fromkeys([*used, *self.by]))

    @property
    def by_numbers(self) -> bool:
        """Whether two columns of numbers say where a record lies, and not one of points."""
        return {"x", "y"} <= set(self.places)


def count_piece(rows: Any, plan: Plan) -> Tally:
    """Count some rows: the one function that frames, files and clusters are counted by."""
    n = rows.num_rows if hasattr(rows, "num_rows") else len(rows)
    if not n:
        return Tally()
    keep = np.ones(n, dtype=bool)
    unread: list[str] = []
    when: npt.NDArray[np.integer] = np.zeros(n, dtype=np.int64)
    periods = [plan.fixed or ""]
    if plan.fixed is None:
        (when, periods), unread = periods_of(rows[plan.places["date"]], plan.every)
        keep &= when >= 0
    without_period = n - int(keep.sum())
    what: npt.NDArray[np.integer] = np.zeros(n, dtype=np.int64)
    groups = [DEFAULT_GROUP]
    if plan.by:
        what, groups = groups_of([rows[name] for name in plan.by], NOBODY)
    wheres: Sequence[Any]
    borders = 0
    if plan.cells is not None:
        x, y = coordinates_of(rows, plan.places, plan.geometry)
        placed = np.isfinite(x) & np.isfinite(y) & ((x != 0) | (y != 0))
        without_place = n - int(placed.sum())
        keep &= placed
        if not keep.all():
            x, y = x[keep], y[keep]
        located = plan.cells.locate(x, y)
        at: npt.NDArray[np.integer] = located.areas + 1
        borders = len(located.on_border)
        wheres = range(OUTSIDE, plan.areas)
    else:
        at, wheres = codes_of(rows[plan.places["area"]])
        without_place = int((at < 0).sum())
        keep &= at >= 0
        at = at[keep]
    if not keep.all():
        when, what = when[keep], what[keep]
    counted = tally_of((at, wheres), (when, periods), (what, groups))
    axes, counts = _sorted(counted)
    return Tally(
        *axes,
        counts,
        records=n,
        without_place=without_place,
        without_period=without_period,
        on_border=borders,
        unread=tuple(sorted(unread)[:3]),
    )


def _sorted(
    tally: Tally,
) -> tuple[tuple[tuple[Any, ...], tuple[str, ...], tuple[str, ...]], npt.NDArray[np.int64]]:
    """Put the axes in order, as pieces that name the same things are added at once."""
    counts = tally.counts
    axes: list[tuple[Any, ...]] = []
    for number, axis in enumerate((tally.wheres, tally.periods, tally.groups)):
        order = sorted(range(len(axis)), key=axis.__getitem__)
        if order != list(range(len(axis))):
            counts = counts.take(order, axis=number)
        axes.append(tuple(axis[place] for place in order))
    return (axes[0], axes[1], axes[2]), counts


def count_cases(
    records: RecordsLike,
    areas: str | gpd.GeoDataFrame = "quarter",
    period: str | int = "year",
    by: str | Sequence[str] | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    name: str = "Fälle",
) -> CountedCases:
    """Count cases with coordinates into areas, by period and group.

    A file is read in pieces and may be larger than the memory; a frame of dask is counted where it lies.

    Parameters
    ----------
    records
        One row a case: a CSV, Parquet or GeoPackage file, several of them or a folder of them; a frame, a layer of
        points, a table of Arrow; or a frame of dask, which the cluster counts that it lies on (``pip install
        "regsam-geo[cluster]"``).
    areas
        ``"district"``, ``"subdistrict"``, ``"quarter"`` or ``"region"`` of Munich, or polygons of your own.
    period
        Dates are counted by ``"year"``, ``"quarter"``, ``"month"`` or ``"week"``; what is a period already stays
        what it is. Anything else is the period of all records: ``2024``.
    by
        A column of groups, or several; all cases together are counted too.
    columns
        Which column is what, where a name is not usual: ``{"x": "Ost", "y": "Nord", "date": "Eingang", "id":
        "Vorgang", "area": "Viertel"}``. With ``area``, or where there are no coordinates, ids and names of areas
        say where a record belongs. With ``id``, records that stand twice are found.
    name
        What the counts are called.

    Returns
    -------
    CountedCases
        A ``Panel`` of full counts, an area without a case as 0, and in ``report`` how many records lay outside,
        on a border (counted once, in the first area), had no coordinates or no date, or stood twice (counted).
        They count persons: maps, tables and reports of them hide small ones.

    Raises
    ------
    InputError
        If a file or one of its pieces cannot be read, or a worker was lost: nothing is returned then.
    OptionError
        If a column or level is unknown.

    Examples
    --------
    >>> import pandas as pd
    >>> import regsam_geo as rg
    >>> cases = pd.DataFrame({"x": [691000.0, 691500.0, 0.0], "y": [5334500.0, 5334500.0, 0.0],
    ...                       "datum": ["2024-03-01", "2.5.2024", "2024-05-03"]})
    >>> counted = rg.count_cases(cases, "district")
    >>> counted.data.query("value > 0")[["area_id", "period", "value"]].values.tolist()
    [['01', '2024', 2.0]]
    >>> counted.report.without_place
    1
    """
    given = given_areas(areas)
    every, fixed = _period(period)
    wanted = (by,) if isinstance(by, str) else tuple(by or ())
    if _is_dask(records):
        from regsam_geo.places.cluster import count_on_cluster

        plan = _plan(_of_dask(records), given, wanted, every, fixed, columns)
        tally, twice = count_on_cluster(records, plan)
    else:
        tally, twice = _count_here(open_records(records, columns), given, wanted, every, fixed, columns)
    return _as_panel(tally, twice, given, name, wanted)


def _period(period: str | int) -> tuple[Every, str | None]:
    for every in EVERY:
        if period == every:
            return every, None
    return "year", parse_period(period)


def _count_here(
    sources: Iterable[Records],
    given: Given,
    by: tuple[str, ...],
    every: Every,
    fixed: str | None,
    columns: Mapping[str, str] | None,
) -> tuple[Tally, int | None]:
    total = Tally()
    known: dict[str, Plan] = {}
    with Repeats() as repeats:
        ids = False
        for records in sources:
            plan = _plan(records, given, by, every, fixed, columns, known)
            for piece in records.pieces(plan.columns):
                total = total + _guarded(piece.name, piece.rows, plan)
                if "id" in plan.places:
                    ids = True
                    repeats.add(fingerprints(piece.rows[plan.places["id"]]))
        return total, repeats.count() if ids else None


def _guarded(piece: str, rows: Any, plan: Plan) -> Tally:
    """Count a piece; what is wrong in it is told with its name."""
    try:
        return count_piece(rows, plan)
    except InputError:
        raise
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        detail = (str(error).split("\n")[0] or type(error).__name__)[:200]
        raise problem(InputError, "records_piece", piece=piece, detail=detail) from None


def _plan(
    records: Records,
    given: Given,
    by: tuple[str, ...],
    every: Every,
    fixed: str | None,
    columns: Mapping[str, str] | None,
    known: dict[str, Plan] | None = None,
) -> Plan:
    """Find out what the columns are, where the coordinates lie, and make the table of cells."""
    places = find_columns(records.names, columns, records.source)
    for one in by:
        find_column(records.names, one, records.source)
    told_area = "area" in (columns or {})
    if fixed is not None:
        places.pop("date", None)
    elif "date" not in places:
        expected = shorten(list(records.names), 16) or "–"
        raise problem(OptionError, "records_no_date", file=records.source, found=expected)
    by_place = not told_area and ({"x", "y"} <= set(places) or records.geometry is not None)
    if not by_place and "area" not in places:
        expected = shorten(list(records.names), 16) or "–"
        raise problem(InputError, "records_no_place", file=records.source, found=expected)
    if by_place:
        # points say where they lie; columns that were named go before them
        if records.geometry is not None and not {"x", "y"} & set(columns or {}):
            places = {what: column for what, column in places.items() if what not in ("x", "y")}
        places.pop("area", None)
    plan = Plan(places, records.geometry, by, fixed, every, None, len(given.areas))
    if not by_place:
        return plan
    crs = records.crs
    if crs is None:
        crs = system_of(*_first_points(records, plan), given.areas.geometry, records.source)
    text = crs.to_wkt()
    made = (known or {}).get(text)
    cells = made.cells if made is not None else _table(given, crs)
    plan = Plan(places, records.geometry, by, fixed, every, cells, len(given.areas))
    if known is not None:
        known[text] = plan
    return plan


@lru_cache(maxsize=4)
def _table_of_level(level: ShippedLevel, crs: str) -> CellTable:
    return table_of_cells(load_boundaries(level).geometry, pyproj.CRS.from_wkt(crs))


def _table(given: Given, crs: pyproj.CRS) -> CellTable:
    if given.shipped:
        return _table_of_level(cast("ShippedLevel", given.level), crs.to_wkt())
    return table_of_cells(given.areas.geometry, crs)


def _first_points(records: Records, plan: Plan) -> tuple[Any, Any]:
    where = [plan.places["x"], plan.places["y"]] if plan.by_numbers else [str(plan.geometry)]
    pieces = records.pieces(where)
    for piece in pieces:
        x, y = coordinates_of(piece.rows, plan.places, plan.geometry)
        if (np.isfinite(x) & np.isfinite(y) & (x != 0)).any():
            return x, y
    return np.empty(0), np.empty(0)


def _is_dask(records: Any) -> bool:
    return type(records).__module__.partition(".")[0] in ("dask", "dask_expr", "dask_geopandas", "distributed")


def _of_dask(frame: Any) -> Records:
    """Return the first rows of a frame of dask, from which the plan is made."""
    if not hasattr(frame, "to_delayed") or not hasattr(frame, "columns"):
        raise problem(OptionError, "records_type", found=type(frame).__name__)
    geometry = getattr(frame, "_meta", None)
    name = geometry.active_geometry_name if isinstance(geometry, gpd.GeoDataFrame) else None
    crs = geometry.crs if isinstance(geometry, gpd.GeoDataFrame) and name is not None else None
    names = tuple(str(column) for column in frame.columns)

    def pieces(columns: Sequence[str]) -> Iterator[Any]:
        n = frame.npartitions
        for number in range(n):
            name = say("label.records.partition", n=str(number + 1), all=n)
            try:
                rows = frame[list(columns)].partitions[number].compute()
            except Exception as error:
                detail = (str(error).split("\n")[0] or type(error).__name__)[:200]
                raise problem(InputError, "records_piece", piece=name, detail=detail) from error
            yield Piece(name, rows)

    return Records(type(frame).__name__, names, crs, name, pieces)


# --- from the tally to the panel ----------------------------------------------------------------------------


def _as_panel(tally: Tally, twice: int | None, given: Given, name: str, by: tuple[str, ...]) -> CountedCases:
    counts, outside, strangers = _by_area(tally, given)
    if not tally.records or not len(tally.periods):
        raise problem(InputError, "records_nothing", n=tally.records)
    groups = list(tally.groups) if by else []
    if DEFAULT_GROUP in groups:
        raise problem(InputError, "records_group_whole", found=DEFAULT_GROUP)
    whole = counts.sum(axis=2, keepdims=True)
    values = np.concatenate([whole, counts], axis=2) if groups else whole
    names = [DEFAULT_GROUP, *groups]
    n, m, k = values.shape
    frame = pd.DataFrame(
        {
            "indicator": name,
            "group": np.tile(np.array(names, dtype=object), n * m),
            "period": np.tile(np.repeat(np.array(tally.periods, dtype=object), k), n),
            "level": given.level,
            "area_id": np.repeat(given.areas.index.to_numpy(dtype=object), m * k),
            "value": values.ravel().astype(float),
        }
    )
    report = CountReport(
        tally.records,
        int(whole.sum()),
        outside,
        tally.on_border,
        tally.without_place,
        tally.without_period,
        twice,
    )
    notes = _notes(report, tally, strangers)
    report = CountReport(**{**vars(report), "notes": tuple(notes)})
    for note in notes:
        tell(note)
    return CountedCases(frame, _catalogue(name, names), report)


def _by_area(tally: Tally, given: Given) -> tuple[npt.NDArray[np.int64], int, tuple[str, ...]]:
    """Return the counts of each area, how many lie in none, and what these were called."""
    shape = (len(given.areas), len(tally.periods), len(tally.groups))
    counts = np.zeros(shape, dtype=np.int64)
    if all(isinstance(one, int) for one in tally.wheres):
        inside = np.array([one for one in tally.wheres if one >= 0], dtype=np.intp)
        counts[inside] = tally.counts[[place for place, one in enumerate(tally.wheres) if one >= 0]]
        return counts, int(tally.counts.sum() - counts.sum()), ()
    places = _places_of_keys(tally.wheres, given)
    for place, of_key in zip(places, tally.counts, strict=True):
        if place >= 0:
            counts[place] += of_key
    strangers = [key for key, place in zip(tally.wheres, places, strict=True) if place < 0]
    return counts, int(tally.counts.sum() - counts.sum()), tuple(strangers)


def _places_of_keys(keys: Sequence[str], given: Given) -> list[int]:
    """Return the area of each key in any spelling; that of a smaller area is the one that holds it."""
    ids = {area_id: place for place, area_id in enumerate(given.areas.index)}
    spelled = respell(keys, given.level)
    if given.level not in NUMBERED:
        names = {str(word).casefold(): ids[one] for one, word in given.areas.get("name", pd.Series()).items()}
        return [ids.get(spelled[key], names.get(key.casefold(), OUTSIDE)) for key in keys]
    depth = NUMBERED.index(given.level)
    found = read_keys(keys).areas if not set(spelled.values()) <= set(ids) else {}
    places = []
    for key in keys:
        area_id = spelled[key]
        if area_id not in ids and key in found and found[key].level in NUMBERED[depth:]:
            area_id = ".".join(found[key].area_id.split(".")[: depth + 1])
        places.append(ids.get(area_id, OUTSIDE))
    if keys and max(places) < 0:
        raise problem(AreaError, "records_no_area", found=shorten(list(keys), 5), level=given.level)
    return places


def _notes(report: CountReport, tally: Tally, strangers: tuple[str, ...]) -> list[str]:
    counts = {
        "outside": 0 if strangers else report.outside,
        "on_border": report.on_border,
        "without_place": report.without_place,
        "twice": report.twice or 0,
    }
    notes = [say(f"note.records.{what}", n=n, all=report.records) for what, n in counts.items() if n]
    if strangers:
        notes.append(
            say("note.records.strangers", n=report.outside, all=report.records, found=shorten(strangers, 5))
        )
    if report.without_period:
        code = "without_period_read" if tally.unread else "without_period"
        notes.append(
            say(
                f"note.records.{code}", n=report.without_period, all=report.records, found=shorten(tally.unread, 3)
            )
        )
    return notes


def _catalogue(name: str, groups: Sequence[str]) -> pd.DataFrame:
    whole = [group == DEFAULT_GROUP for group in groups]
    return pd.DataFrame(
        {
            "indicator": name,
            "group": list(groups),
            "title_de": [name if one else f"{name} ({group})" for one, group in zip(whole, groups, strict=True)],
            "unit": say("label.records.unit", "de"),
            "unit_en": say("label.records.unit", "en"),
            "decimals": 0,
            "kind": "other",
            "counts_persons": True,
            "summable": True,
            "headline": whole,
            "subgroup_of": [None if one else DEFAULT_GROUP for one in whole],
        }
    )
