"""Which series of a cube are counts of cases by quarter, month or week, and whom their cases come from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regsam_geo.warning.schema.cube import Cube
from regsam_geo.warning.statistics.robust import Array
from regsam_geo.warning.statistics.surge_test import RULES


@dataclass(frozen=True, eq=False)
class Counted:
    """The counts of a cube.

    Attributes
    ----------
    series
        Their places among the series of the cube, shape (S,).
    cases, size
        Shape (S, T, A): whole numbers, and the denominator of a ratio (1 for a plain count).
    scale
        What a case over its size is multiplied with, shape (S,).
    """

    series: npt.NDArray[np.int64]
    cases: Array
    size: Array
    scale: Array

    def in_unit(self, cases: Array, size: Array) -> Array:
        """Return cases of shape (S, E, A) in the unit of the indicators."""
        return np.asarray(self.scale[:, None, None] * cases / size)


def counted(cube: Cube) -> Counted | None:
    """Return the counts of a cube; ``None`` where there are none, or its periods are years or half-years.

    A count is a series of whole numbers, never negative, that may be summed; of a ratio its numerator, if it is
    one. Means of persons (457.8) are none, nor are rates that were rounded to whole numbers.
    """
    if cube.season not in RULES:
        return None
    ratio = np.isfinite(cube.scale)[:, None, None]
    based = ratio & np.isfinite(cube.value) & np.isfinite(cube.numerator) & (cube.denominator > 0)
    summable = cube.keys["summable"].fillna(value=False).to_numpy(dtype=bool)[:, None, None]
    there = np.where(ratio, based, np.isfinite(cube.value) & summable)
    cases = np.where(there, np.where(ratio, cube.numerator, cube.value), np.nan)
    known = np.isfinite(cases)
    whole = ~known | ((cases >= 0) & (cases == np.round(cases)))
    # series whose Basiswerte are there for some periods only would be tested on these alone
    complete = known.sum(axis=(1, 2)) == np.isfinite(cube.value).sum(axis=(1, 2))
    series = np.flatnonzero(whole.all(axis=(1, 2)) & (np.nan_to_num(cases) > 0).any(axis=(1, 2)) & complete)
    if not len(series):
        return None
    size = np.where(ratio, cube.denominator, 1.0)
    return Counted(series, cases[series], size[series], np.where(np.isfinite(cube.scale), cube.scale, 1.0)[series])
