"""All series of a panel as arrays: series x periods x areas, the form in which they are tested at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.indicators import Panel, unrounded_values
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.periods import frequency

Array = npt.NDArray[np.float64]

SEASON = {"Y": 1, "H": 2, "Q": 4, "M": 12, "W": 52}
"""Periods per year: the newest value is compared with the same part of the year before."""


ARRAYS = ("printed", "value", "numerator", "denominator")
"""The attributes of a cube that have the shape (S, T, A)."""


def period_number(period: str) -> int:
    """Return a running number: neighboring periods of one frequency differ by one.

    Examples
    --------
    >>> period_number("2024-Q1") - period_number("2023-Q4")
    1
    """
    year, part = int(period[:4]), period[5:].lstrip("HQW")
    kind = frequency(period)
    if kind == "W":
        # 28 December lies in the last ISO week of every year; a week 53 of a year that has none counts as its
        # last.
        last = date(year, 12, 28).isocalendar().week
        return date.fromisocalendar(year, min(int(part), last), 1).toordinal() // 7
    return year * SEASON[kind] + int(part or 1) - 1


@dataclass(frozen=True, eq=False)
class Cube:
    """The series of one level, up to one period.

    Attributes
    ----------
    keys
        Catalogue rows of the series (indicator, group ...), shape (S,).
    level
        The level of the areas.
    periods
        Names of the periods that occur, by running number.
    numbers
        Running numbers of the T periods, without gaps.
    area_ids
        The A areas.
    season
        Periods per year.
    printed, value, numerator, denominator
        Shape (S, T, A); ``value`` is unrounded where the Basiswerte give it. NaN where there is none.
    """

    keys: pd.DataFrame
    level: str
    periods: dict[int, str]
    numbers: npt.NDArray[np.int64]
    area_ids: pd.Index
    season: int
    printed: Array
    value: Array
    numerator: Array
    denominator: Array

    @property
    def scale(self) -> Array:
        """Scale of each series, shape (S,); NaN where the value is no ratio."""
        return np.asarray(self.keys["scale"].to_numpy(dtype="float64", na_value=np.nan))

    @property
    def is_proportion(self) -> npt.NDArray[np.bool_]:
        """Whether the numerator is a part of the denominator, shape (S,)."""
        return np.asarray((self.keys["kind"] == "proportion").to_numpy(dtype=bool, na_value=False))

    def relevant_effect(self, default: float) -> Array:
        """Return the smallest relative effect that matters, shape (S,)."""
        return np.asarray(self.keys["relevant_effect"].to_numpy(dtype="float64", na_value=default))

    def is_tested(self, period: str) -> bool:
        """Tell whether the cube ends with this period and reaches back at least one season."""
        return self.periods.get(int(self.numbers[-1])) == period and len(self.numbers) > self.season

    def period_at(self, position: int) -> str:
        """Return the name of the period at a position of the time axis."""
        return self.periods[int(self.numbers[position])]

    def labels(
        self, series: npt.NDArray[np.int64], areas: npt.NDArray[np.int64]
    ) -> dict[str, npt.NDArray[np.object_] | str]:
        """Return the columns that name cells, by the places of their series and areas."""
        return {
            "indicator": self.keys["indicator"].to_numpy()[series],
            "group": self.keys["group"].to_numpy()[series],
            "level": self.level,
            "area_id": self.area_ids.to_numpy()[areas],
        }

    def cells(self, units: pd.DataFrame) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return the series and the area of each unit, by their places; -1 for what is not in the cube."""
        row = pd.MultiIndex.from_frame(self.keys[list(CATALOGUE_KEY)]).get_indexer(
            pd.MultiIndex.from_frame(units[list(CATALOGUE_KEY)])
        )
        column = self.area_ids.get_indexer(units["area_id"])
        inside = (units["level"] == self.level).to_numpy() & (row >= 0) & (column >= 0)
        return np.where(inside, row, -1), np.where(inside, column, -1)

    def take(self, series: npt.NDArray[np.int64]) -> Cube:
        """Return the cube of some series, by their places."""
        arrays = {name: getattr(self, name)[series] for name in ARRAYS}
        return replace(self, keys=self.keys.iloc[series].reset_index(drop=True), **arrays)

    def until(self, period: str) -> Cube | None:
        """Return the cube up to a period, without series that begin later; None if it has no such time."""
        number = period_number(period)
        length = number - int(self.numbers[0]) + 1
        # The level has begun later than this period: for a report of that time it did not exist.
        if length < 1:
            return None
        # Up to the period and not beyond: what came later must not reach a report of the past.
        axis = np.arange(self.numbers[0], number + 1)
        arrays = {}
        for name in ARRAYS:
            array = getattr(self, name)[:, :length]
            # A level may end before the period that is asked about; its newest column is then empty, and nothing
            # is tested.
            missing = length - array.shape[1]
            arrays[name] = (
                np.pad(array, ((0, 0), (0, missing), (0, 0)), constant_values=np.nan) if missing else array
            )
        # A series that begins later did not exist for that report, and must not count as one of its tests.
        begun = np.flatnonzero(np.isfinite(arrays["value"]).any(axis=(1, 2)))
        if len(begun) < len(self.keys):
            arrays = {name: array[begun] for name, array in arrays.items()}
        cut = Cube(
            keys=self.keys.iloc[begun].reset_index(drop=True),
            level=self.level,
            periods=self.periods | {number: period},
            numbers=axis,
            area_ids=self.area_ids,
            season=self.season,
            **arrays,
        )
        if length <= len(self.numbers):
            _CUT[cut] = (self, begun)
        return cut


_CUT: WeakKeyDictionary[Cube, tuple[Cube, npt.NDArray[np.int64]]] = WeakKeyDictionary()


def cut_from(cube: Cube) -> tuple[Cube, npt.NDArray[np.int64]] | None:
    """Return the cube of all periods that this is the beginning of, and the places of its series in that one."""
    return _CUT.get(cube)


def cubes(panel: Panel, period: str) -> list[Cube]:
    """Return one cube per level (not the city), of the periods of the same frequency up to ``period``."""
    cut = [
        cube.until(period)
        for (kind, level), cube in _all_cubes(panel).items()
        if kind == frequency(period) and level != "city"
    ]
    return [cube for cube in cut if cube is not None and len(cube.keys)]


def city_cube(panel: Panel, period: str) -> Cube | None:
    """Return the series of the city up to ``period``."""
    cube = _all_cubes(panel).get((frequency(period), "city"))
    return None if cube is None else cube.until(period)


_KNOWN: WeakKeyDictionary[Panel, dict[tuple[str, str], Cube]] = WeakKeyDictionary()
"""The cubes of panels that are in use: a report asks for them period by period."""


def _all_cubes(panel: Panel) -> dict[tuple[str, str], Cube]:
    """Return the cubes of all frequencies and levels; a panel is frozen, so they are made once."""
    if panel not in _KNOWN:
        # Unrounded, because printed digits move p by more than most findings differ.
        data = panel.data.assign(unrounded=unrounded_values(panel))
        period, names = pd.factorize(data["period"])
        frequencies = np.array([frequency(name) for name in names], dtype=object)[period]
        grouped = data.groupby([frequencies, "level"], sort=True)
        _KNOWN[panel] = {(str(kind), str(level)): _cube(panel, part, level) for (kind, level), part in grouped}
    return _KNOWN[panel]


def _cube(panel: Panel, part: pd.DataFrame, level: str) -> Cube:
    """Return the cube of the rows of one frequency and level."""
    catalogue = panel.catalogue.reset_index(drop=True)
    series = pd.MultiIndex.from_frame(catalogue[list(CATALOGUE_KEY)])
    place = series.get_indexer(pd.MultiIndex.from_frame(part[list(CATALOGUE_KEY)]))
    # Only series of this level: the catalogue lists all.
    used = np.unique(place)
    time, names = pd.factorize(part["period"])
    numbers = {name: period_number(name) for name in names}
    time = np.array(list(numbers.values()), dtype=np.int64)[time]
    # Without gaps: "one year before" is a step along the axis, also where a year was never published.
    axis = np.arange(time.min(), time.max() + 1)
    area, areas = pd.factorize(part["area_id"], sort=True)
    # Dense arrays: published panels have few gaps, and one array for all series is what makes the tests fast.
    shape = (len(used), len(axis), len(areas))
    cell = (np.searchsorted(used, place), time - axis[0], area)
    arrays = {}
    for target, column in (
        ("printed", "value"),
        ("value", "unrounded"),
        ("numerator", "numerator"),
        ("denominator", "denominator"),
    ):
        arrays[target] = np.full(shape, np.nan)
        arrays[target][cell] = part[column].to_numpy(dtype="float64")
    return Cube(
        keys=catalogue.iloc[used].reset_index(drop=True),
        level=level,
        periods={number: name for name, number in numbers.items()},
        numbers=axis,
        area_ids=pd.Index(areas, name="area_id"),
        season=SEASON[frequency(str(part["period"].iloc[0]))],
        **arrays,
    )
