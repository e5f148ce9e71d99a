"""Tests without words: p of every cell, for reports that nobody reads but that tell since when an area warns."""

from __future__ import annotations

import numpy as np
import pandas as pd

from regsam_geo.warning.arrays import Array
from regsam_geo.warning.cube import Cube

TESTS = ["indicator", "group", "period", "level", "area_id", "p", "p_floor"]
"""The columns of findings that decide whether an area warns."""


def no_tests() -> pd.DataFrame:
    """Return a table of tests without rows."""
    numbers = ("p", "p_floor")
    return pd.DataFrame({name: pd.Series(dtype="float64" if name in numbers else "str") for name in TESTS})


def as_tests(cube: Cube, period: str, p: Array) -> pd.DataFrame:
    """Return the cells with a p, of shape (S, A), as rows."""
    at, area = np.nonzero(np.isfinite(p))
    return pd.DataFrame(
        {
            "indicator": cube.keys["indicator"].array[at],
            "group": cube.keys["group"].array[at],
            "period": period,
            "level": cube.level,
            "area_id": cube.area_ids.array[area],
            "p": p[at, area],
            "p_floor": 0.0,
        }
    )
