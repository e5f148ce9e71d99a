"""How many people live in the areas of a level: how much a rate scatters whose Basiswerte are not given."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd

from regsam_geo.indicators.population_rates import population_by_area
from regsam_geo.warning.schema.cube import Array, Cube

SHIPPED = ("district", "region")
"""Levels of which the shipped figures hold a population."""


def people_of(cube: Cube) -> Array | None:
    """Return the population of the areas of a cube by period, shape (T, A); none where it is not shipped.

    In years without a population the nearest one stands.
    """
    if cube.level not in SHIPPED:
        return None
    known = _population(cube.level)
    years = np.array([int(number) // cube.season for number in cube.numbers])
    if cube.season == 52:
        years = np.array([int(cube.periods.get(int(number), "0")[:4]) for number in cube.numbers])
    first, last = known.index[[0, -1]]
    people = known.reindex(index=np.clip(years, first, last), columns=cube.area_ids)
    return np.asarray(people.to_numpy(dtype="float64"))


@lru_cache
def _population(level: str) -> pd.DataFrame:
    """Return years by areas."""
    rows = population_by_area()
    rows = rows[rows["level"] == level]
    table = rows.pivot_table(index=rows["year"].astype(int), columns="area_id", values="population")
    return table.reindex(range(table.index.min(), table.index.max() + 1)).ffill()
