"""All series of a panel as arrays: series x periods x areas, the form in which they are tested at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.indicators import Panel, unrounded_values
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.periods import frequency
from regsam_geo.warning.arrays import Array

SEASON = {"Y": 1, "H": 2, "Q": 4, "M": 12, "W": 52}
"""Periods per year: the newest value is compared with the same part of the year before."""


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


def cubes(panel: Panel, period: str) -> Iterator[Cube]:
    """Give one cube per level (not the city), of the periods of the same frequency up to ``period``."""
    data = panel.data
    same = {name: frequency(name) == frequency(period) and name <= period for name in data["period"].unique()}
    keep = data["period"].map(same).to_numpy(dtype=bool) & (data["level"] != "city").to_numpy()
    if not keep.any():
        return
    rows = data.loc[keep].assign(unrounded=unrounded_values(panel)[keep])
    catalogue = panel.catalogue.reset_index(drop=True)
    series = pd.MultiIndex.from_frame(catalogue[list(CATALOGUE_KEY)])
    for level, part in rows.groupby("level", sort=False):
        place = series.get_indexer(pd.MultiIndex.from_frame(part[list(CATALOGUE_KEY)]))
        used = np.unique(place)
        numbers = {name: period_number(name) for name in part["period"].unique()}
        time = part["period"].map(numbers).to_numpy(dtype="int64")
        last = max(period_number(period), int(time.max()))
        axis = np.arange(time.min(), last + 1)
        names = {number: name for name, number in numbers.items()} | {period_number(period): period}
        areas, area = np.unique(part["area_id"].to_numpy(dtype=object), return_inverse=True)
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
        yield Cube(
            keys=catalogue.iloc[used].reset_index(drop=True),
            level=str(level),
            periods=names,
            numbers=axis,
            area_ids=pd.Index(areas, name="area_id"),
            season=SEASON[frequency(period)],
            **arrays,
        )
