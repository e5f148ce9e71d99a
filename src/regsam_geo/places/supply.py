"""Supply: which places an area has, how many there are for those who need them, and what is within reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias, cast, get_args

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from regsam_geo.areas import load_boundaries
from regsam_geo.areas.keys import NUMBERED
from regsam_geo.errors import InputError, OptionError
from regsam_geo.indicators.panel import DEFAULT_GROUP, Panel
from regsam_geo.indicators.population_rates import Per, population_by_area
from regsam_geo.places.catchment import Catchment, catchment, steps_of, weights_of
from regsam_geo.places.cells import table_of_cells
from regsam_geo.places.given import Given, given_areas
from regsam_geo.places.reading import PlacesLike, find_column, read_places
from regsam_geo.text import format_number, problem, say, shorten, tell

USUAL_REACH = 3000.0
"""Meters by air line: about forty minutes on foot, a quarter of an hour by bicycle."""
USUAL_MINUTES = 30.0
_MUNICH = (*NUMBERED, "region")

Steps: TypeAlias = float | Mapping[float, float]
Reach: TypeAlias = Steps | pd.DataFrame | tuple[pd.DataFrame, Steps]


@dataclass(frozen=True)
class SupplyReport:
    """What supply was computed of.

    Attributes
    ----------
    places
        How many places there were.
    outside, on_border, without_place
        How many of them lie in none of the areas (they serve all the same), on a border (in the first of its
        areas), or have no coordinates.
    origins
        Where those in need were taken to be: ``"quarter"`` (in their quarters, whose need is known), ``"spread"``
        (spread over the quarters of their area by surface, as no need by quarters is known), or ``"area"`` (in the
        middle of their area).
    steps
        Up to which distance which weight holds; meters by air line, or minutes.
    by_time
        Whether distances are minutes of a table.
    idle
        Capacity that nobody in need can reach.
    out_of_reach
        Those in need who reach no place.
    notes
        All this in sentences.
    """

    places: int
    outside: int
    on_border: int
    without_place: int
    origins: str
    steps: Mapping[float, float]
    by_time: bool
    idle: float
    out_of_reach: float
    notes: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, eq=False)
class Supply(Panel):
    """A panel of supply, and what it was computed of.

    Attributes
    ----------
    report
        A ``SupplyReport``.
    """

    report: SupplyReport


class _Need(NamedTuple):
    """Persons by area of one level."""

    persons: pd.Series
    level: str
    period: str
    name: str
    of_persons: bool
    source: str | None


class _Origins(NamedTuple):
    """Where those in need are, how many at each point, and in which of the areas."""

    ids: list[str]
    points: npt.NDArray[np.object_]
    persons: npt.NDArray[np.float64]
    surface: npt.NDArray[np.float64]
    areas: npt.NDArray[np.intp]
    kind: str


def supply(
    places: PlacesLike,
    areas: str | gpd.GeoDataFrame = "district",
    need: Per | Panel | pd.DataFrame = "population",
    capacity: str | None = None,
    reach: Reach = USUAL_REACH,
) -> Supply:
    """Say which places each area has, how many for those who need them, and how many are within reach.

    Parameters
    ----------
    places
        Day-care centers, schools, counselling offices: a file or a frame of points, as ``count_cases`` takes them.
        Those outside of the areas serve them too.
    areas
        A level of Munich, or polygons of your own.
    need
        Those who need the places: the city's own population by district (``"population"``, ``"population 0-14"``
        and others, as in ``rates``), or persons by area: a panel or tidy frame of one series, of which the newest
        period counts. Given by quarters, it is known best where people live.
    capacity
        The column of capacities; each place is one without.
    reach
        Meters by air line within which places serve: three rings, the outer ones count less (1, 0.68, 0.22, as
        Luo and Qi have it); or limits and weights of your own, ``{500: 1, 1500: 0.5}``. Or a table of travel times
        with the columns ``origin`` (area), ``destination`` (index of a place, or its ``id``) and ``minutes``, with
        rings up to 30 minutes; ``(table, 20)`` sets another limit.

    Returns
    -------
    Supply
        A ``Panel`` with places and capacity of each area, capacity per 100 of those in need, capacity within reach
        per 100 (shared with all who reach the same places), and the share of those who reach none; in ``report``
        what it was computed of.

    Raises
    ------
    InputError
        If need, capacity or times are no numbers or negative, or fit no area.
    OptionError
        If a column or level is unknown.

    References
    ----------
    Luo and Qi (2009), An enhanced two-step floating catchment area (E2SFCA) method for measuring spatial
    accessibility to primary care physicians, Health & Place 15 (4).

    Examples
    --------
    >>> import pandas as pd
    >>> import regsam_geo as rg
    >>> places = pd.DataFrame({"x": [691000.0, 694000.0], "y": [5334500.0, 5331000.0], "plätze": [60, 90]})
    >>> supplied = rg.supply(places, need="population 0-14", capacity="plätze")
    >>> supplied.sel("Plätze", area="01").data["value"].item()
    60.0
    >>> supplied.report.origins
    'spread'
    """
    given = given_areas(areas)
    points = cast("gpd.GeoDataFrame", places) if _is_read(places) else read_places(places)
    names = [str(name) for name in points.columns]
    if capacity is not None:
        find_column(names, capacity, "places")
    wanted = _need(need, given)
    times, steps = _reach(reach)
    origins = _origins(wanted, given, None if times is None else times["origin"])
    there = points.geometry.notna().to_numpy() & ~points.geometry.is_empty.to_numpy()
    sizes = _capacities(points, capacity)
    in_area, border = _areas_of(points, there, given)
    if times is None:
        distances = _air_line(origins.points, points.geometry.to_numpy(), there)
    else:
        distances = _minutes(times, origins.ids, points)
    found = catchment(origins.persons, sizes, weights_of(distances, steps))
    report = SupplyReport(
        len(points),
        int((in_area[there] < 0).sum()),
        border,
        int((~there).sum()),
        origins.kind,
        steps,
        times is not None,
        float(sizes[found.load == 0].sum()),
        float(origins.persons[~found.near].sum()),
    )
    notes = _notes(report, wanted)
    for note in notes:
        tell(note)
    report = SupplyReport(**{**vars(report), "notes": tuple(notes)})
    return _as_panel(given, wanted, origins, sizes, in_area, found, report)


def _is_read(places: Any) -> bool:
    return isinstance(places, gpd.GeoDataFrame) and places.crs is not None and places.crs.to_epsg() == 25832


def _numbers(values: Any, what: str) -> npt.NDArray[np.float64]:
    numbers = pd.to_numeric(pd.Series(values), errors="coerce").to_numpy(dtype=float, na_value=np.nan)
    if len(wrong := np.flatnonzero(~np.isfinite(numbers) | (numbers < 0))):
        row = int(wrong[0])
        raise problem(InputError, "supply_number", column=what, row=row + 1, found=pd.Series(values).iloc[row])
    return np.asarray(numbers)


def _capacities(points: gpd.GeoDataFrame, capacity: str | None) -> npt.NDArray[np.float64]:
    return np.ones(len(points)) if capacity is None else _numbers(points[capacity].to_numpy(), capacity)


def _areas_of(
    points: gpd.GeoDataFrame, there: npt.NDArray[np.bool_], given: Given
) -> tuple[npt.NDArray[np.intp], int]:
    """Return the area of each place, -1 outside of all; and how many lie on a border."""
    areas = np.full(len(points), -1, dtype=np.intp)
    placed = points.geometry[there]
    if placed.empty:
        return areas, 0
    if given.areas.crs is not None:
        placed = placed.to_crs(given.areas.crs)
    table = table_of_cells(given.areas.geometry, None, 50_000)
    located = table.locate(placed.x.to_numpy(), placed.y.to_numpy())
    areas[there] = located.areas
    return areas, len(located.on_border)


# --- those in need ------------------------------------------------------------------------------------------


def _need(need: Any, given: Given) -> _Need:
    if isinstance(need, str):
        if need not in get_args(Per):
            raise problem(OptionError, "supply_need", found=need, expected=", ".join(get_args(Per)))
        persons = population_by_area(cast("Per", need))
        if given.level not in _MUNICH:
            raise problem(OptionError, "supply_own_need")
        year = persons["year"].max()
        rows = persons[(persons["year"] == year) & (persons["level"] == "district")]
        series = rows.set_index("area_id")["population"]
        return _Need(series, "district", str(year), say(f"label.need.{need}", "de"), True, _source())
    panel = Panel.from_frame(need)
    period = panel.periods[-1] if len(panel) else ""
    rows = panel.data[panel.data["period"] == period]
    rows = rows[rows["level"] != "city"]
    series = rows[["indicator", "group"]].drop_duplicates()
    levels = [level for level in (*reversed(NUMBERED), "region", "own") if level in set(rows["level"])]
    if len(series) != 1 or not levels:
        raise problem(OptionError, "supply_series", n=len(series), found=shorten(list(series["indicator"]), 5))
    rows = rows[rows["level"] == levels[0]]
    if rows["value"].isna().any():
        missing = shorten(list(rows.loc[rows["value"].isna(), "area_id"]), 8)
        raise problem(InputError, "supply_missing", n=int(rows["value"].isna().sum()), found=missing)
    persons = pd.Series(_numbers(rows["value"].to_numpy(), "value"), index=rows["area_id"].to_numpy())
    entry = panel.catalogue.iloc[0]
    title = entry["title_de"] if isinstance(entry["title_de"], str) else str(entry["indicator"])
    counted = pd.isna(entry["counts_persons"]) or bool(entry["counts_persons"])
    source = entry["source"] if isinstance(entry["source"], str) else None
    return _Need(persons, levels[0], period, title, counted, source)


def _source() -> str | None:
    from regsam_geo.indicators.sample import load_sample

    entry = load_sample().entry("Nichtdeutsche")
    return f"{entry['source']}, {entry['edition']}"


def _origins(need: _Need, given: Given, named: pd.Series | None) -> _Origins:
    """Return where those in need are: in quarters of Munich, or in the areas of their level."""
    if need.level == "own":
        layer, spread = given.areas, False
        if given.level != "own":
            raise problem(InputError, "supply_levels", found="own", expected=given.level)
    else:
        finest = "quarter" if named is None or _fits(named, "quarter") else need.level
        layer = load_boundaries(cast("Any", finest))
        spread = finest != need.level
    polygons = layer.geometry.to_numpy()
    surface = shapely.area(polygons)
    keys = _parents(layer, need.level) if spread else layer.index.to_numpy(dtype=object)
    known = need.persons.reindex(pd.Index(keys)).to_numpy(dtype=float)
    strangers = [key for key in need.persons.index if key not in set(keys)]
    if strangers:
        raise problem(InputError, "supply_strangers", n=len(strangers), found=shorten(strangers, 5))
    if spread:
        whole = pd.Series(surface).groupby(pd.Series(keys)).transform("sum").to_numpy()
        known = known * surface / whole
    # an area that nobody said anything about has nobody in need
    persons = np.nan_to_num(known)
    centers = shapely.centroid(polygons)
    inside = shapely.contains(polygons, centers)
    points = np.where(inside, centers, shapely.point_on_surface(polygons))
    table = table_of_cells(given.areas.geometry, layer.crs, 50_000)
    held = table.locate(shapely.get_x(points), shapely.get_y(points)).areas
    kind = "spread" if spread else "quarter" if need.level == "quarter" else "area"
    return _Origins([str(one) for one in layer.index], points, persons, surface, held.astype(np.intp), kind)


def _fits(named: pd.Series, level: str) -> bool:
    return bool(named.astype(str).isin(load_boundaries(cast("Any", level)).index).all())


def _parents(layer: gpd.GeoDataFrame, level: str) -> npt.NDArray[np.object_]:
    column = {"district": "district_id", "subdistrict": "subdistrict_id", "region": "region_id"}[level]
    return np.asarray(layer[column].to_numpy(dtype=object))


# --- distances ----------------------------------------------------------------------------------------------


def _reach(reach: Reach) -> tuple[pd.DataFrame | None, dict[float, float]]:
    times: pd.DataFrame | None = None
    steps: Any = reach
    if isinstance(reach, pd.DataFrame):
        times, steps = reach, USUAL_MINUTES
    elif isinstance(reach, tuple):
        times, steps = reach
    try:
        found = steps_of(steps)
    except (TypeError, ValueError):
        raise problem(OptionError, "supply_reach", found=str(steps)) from None
    weights = list(found.values())
    if not found or min(found) <= 0 or min(weights) < 0 or max(weights) <= 0 or not np.isfinite(list(found)).all():
        raise problem(OptionError, "supply_reach", found=str(steps))
    if times is not None:
        for column in ("origin", "destination", "minutes"):
            find_column([str(name) for name in times.columns], column, "reach")
    return times, found


def _air_line(
    origins: npt.NDArray[np.object_], places: npt.NDArray[np.object_], there: npt.NDArray[np.bool_]
) -> npt.NDArray[np.float64]:
    distances = np.full((len(origins), len(places)), np.inf)
    if there.any():
        x, y = shapely.get_x(places[there]), shapely.get_y(places[there])
        own_x, own_y = shapely.get_x(origins), shapely.get_y(origins)
        distances[:, there] = np.hypot(own_x[:, None] - x, own_y[:, None] - y)
    return distances


def _minutes(times: pd.DataFrame, origins: list[str], places: gpd.GeoDataFrame) -> npt.NDArray[np.float64]:
    """Return the minutes from each origin to each place; infinite where the table says nothing."""
    row = pd.Series(np.arange(len(origins)), index=pd.Index(origins))
    keys = places["id"] if "id" in places else places.index.to_series()
    column = pd.Series(np.arange(len(places)), index=pd.Index(keys.astype(str)))
    if not column.index.is_unique:
        raise problem(InputError, "supply_places_twice", found=column.index[column.index.duplicated()][0])
    pairs = times[["origin", "destination"]].astype(str)
    if (twice := pairs.duplicated()).any():
        first = pairs[twice].iloc[0]
        raise problem(InputError, "supply_times_twice", found=f"{first['origin']} – {first['destination']}")
    minutes = _numbers(times["minutes"].to_numpy(), "minutes")
    at = row.reindex(pairs["origin"]).to_numpy()
    to = column.reindex(pairs["destination"]).to_numpy()
    known = np.isfinite(at) & np.isfinite(to)
    if not known.any():
        raise problem(InputError, "supply_times", found=shorten(list(pairs["origin"].unique()), 3))
    if (~known).any():
        tell(say("note.supply.times", n=int((~known).sum()), all=len(pairs)))
    distances = np.full((len(origins), len(places)), np.inf)
    distances[at[known].astype(np.intp), to[known].astype(np.intp)] = minutes[known]
    return distances


# --- the panel ----------------------------------------------------------------------------------------------


def _as_panel(
    given: Given,
    need: _Need,
    origins: _Origins,
    sizes: npt.NDArray[np.float64],
    in_area: npt.NDArray[np.intp],
    found: Catchment,
    report: SupplyReport,
) -> Supply:
    n = len(given.areas)

    def summed(values: npt.NDArray[np.float64], areas: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
        inside = areas >= 0
        return np.asarray(np.bincount(areas[inside], weights=values[inside], minlength=n), dtype=float)

    places = summed(np.ones(len(sizes)), in_area)
    capacity = summed(sizes, in_area)
    persons = summed(origins.persons, origins.areas)
    reached = summed(found.reached * origins.persons, origins.areas)
    without = summed(origins.persons * ~found.near, origins.areas)
    # where nobody is in need, what somebody would reach: the mean over the surface
    surface = summed(origins.surface, origins.areas)
    plain = np.divide(
        summed(found.reached * origins.surface, origins.areas), surface, out=np.full(n, np.nan), where=surface > 0
    )
    nothing = np.full(n, np.nan)
    # without numerator and denominator: they would tell how many are in need where that is hidden
    per_100 = 100 * np.divide(reached, persons, out=plain, where=persons > 0)
    rows = {
        "Einrichtungen": (places, nothing, nothing),
        "Plätze": (capacity, nothing, nothing),
        "Bedarf": (persons, nothing, nothing),
        "Plätze je 100": (None, capacity, persons),
        "Plätze in Reichweite je 100": (per_100, nothing, nothing),
        "Ohne Platz in Reichweite": (None, without, persons),
    }
    frames, entries = [], []
    for name, (value, numerator, denominator) in rows.items():
        sign = np.full(n, "", dtype=object)
        if value is None:
            there = denominator > 0
            value = np.divide(100 * numerator, denominator, out=nothing.copy(), where=there)
            numerator, denominator = np.where(there, numerator, np.nan), np.where(there, denominator, np.nan)
        sign[np.isnan(value)] = "not_applicable"
        frames.append(
            pd.DataFrame(
                {
                    "indicator": name,
                    "group": DEFAULT_GROUP,
                    "period": need.period,
                    "level": given.level,
                    "area_id": given.areas.index.to_numpy(),
                    "value": value,
                    "numerator": numerator,
                    "denominator": denominator,
                    "sign": sign,
                }
            )
        )
        entries.append(_entry(name, need))
    return Supply(pd.concat(frames, ignore_index=True), pd.DataFrame(entries), report)


_CODES = {
    "Einrichtungen": "places",
    "Plätze": "capacity",
    "Bedarf": "need",
    "Plätze je 100": "per_100",
    "Plätze in Reichweite je 100": "reached",
    "Ohne Platz in Reichweite": "without",
}


def _entry(name: str, need: _Need) -> dict[str, Any]:
    code = _CODES[name]
    ratio = code in ("per_100", "without")
    return {
        "indicator": name,
        "group": DEFAULT_GROUP,
        **{f"title_{lang}": say(f"label.supply.{code}", lang, need=need.name) for lang in ("de", "en")},
        "unit": say(f"label.supply.unit.{code}", "de", need=need.name),
        "unit_en": say(f"label.supply.unit.{code}", "en", need=need.name),
        "decimals": 0 if code in ("places", "capacity", "need") else 1,
        "scale": 100.0 if ratio else pd.NA,
        "kind": "proportion" if code == "without" else "ratio" if ratio else "other",
        "name_1": say("label.supply.none" if code == "without" else "label.supply.capacity", "de")
        if ratio
        else None,
        "name_2": need.name if ratio else None,
        # places and their sizes are public; those in need are persons
        "counts_persons": need.of_persons and code in ("need", "without"),
        "summable": code != "reached",
        "not_summable_because": "no_ratio" if code == "reached" else None,
        "polarity": {"per_100": -1, "reached": -1, "without": 1}.get(code, 0),
        "headline": True,
        "source": need.source,
    }


def _notes(report: SupplyReport, need: _Need) -> list[str]:
    unit = say("label.supply.minutes" if report.by_time else "label.supply.meters")
    steps = ", ".join(
        say(
            "label.supply.step",
            far=format_number(far, 0),
            unit=unit,
            weight=format_number(weight, 0 if weight % 1 == 0 else 2),
        )
        for far, weight in report.steps.items()
    )
    way = say("note.supply.by_time" if report.by_time else "note.supply.air_line", steps=steps)
    notes = [say(f"note.supply.from.{report.origins}", need=need.name), way]
    for code, n in (
        ("outside", report.outside),
        ("on_border", report.on_border),
        ("no_place", report.without_place),
    ):
        if n:
            notes.append(say(f"note.supply.{code}", n=n, all=report.places))
    if report.idle:
        notes.append(say("note.supply.idle", found=format_number(report.idle, 0)))
    return notes
