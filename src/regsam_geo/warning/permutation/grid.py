"""Values on an integer grid: exactly where they are round decimals, else finely, with what is left out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

MOST_DECIMALS = 6
WIDEST_EXACT = 2**45
"""More grid points than this between smallest and largest value are not counted as round decimals."""


class Grid(NamedTuple):
    """One column of values as ``low + step * (level + residual)``.

    Attributes
    ----------
    levels
        Integers from 0, shape (n,).
    residuals
        What the integers leave out, in steps, from -1/2 to 1/2; ``None`` where they say everything.
    step
        The distance of two grid points in the unit of the values.
    """

    levels: IntArray
    residuals: FloatArray | None
    step: float

    @property
    def width(self) -> int:
        """The largest level."""
        return int(self.levels.max())


def decimal_grid(values: FloatArray) -> Grid | None:
    """Put round decimals on their own grid, with the widest step that fits; ``None`` where there is none."""
    low, span = float(values.min()), float(np.ptp(values))
    for decimals in range(MOST_DECIMALS + 1):
        factor = 10.0**decimals
        scaled = values * factor
        if span * factor > WIDEST_EXACT or np.abs(scaled).max() > 2.0**52:
            return None
        rounded = np.rint(scaled)
        # 32.8 * 10 is 327.99999999999994: a few units in the last place are no digits
        if (np.abs(scaled - rounded) <= 8 * np.finfo(float).eps * np.abs(scaled)).all():
            levels = (rounded - np.rint(low * factor)).astype(np.int64)
            common = int(np.gcd.reduce(levels)) or 1
            return Grid(levels // common, None, common / factor)
    return None


def fine_grid(values: FloatArray, step: float) -> Grid:
    """Put values on a grid of the given step and keep what it leaves out."""
    position = (values - values.min()) / step
    levels = np.rint(position)
    return Grid(levels.astype(np.int64), position - levels, step)


def finest_grid(values: FloatArray) -> Grid:
    """Put values on the finest grid that double precision supports; sums closer than it are ties."""
    step = max(float(np.ptp(values)) / 2.0**44, 8 * float(np.finfo(float).eps * np.abs(values).max()))
    return fine_grid(values, step)._replace(residuals=None)
