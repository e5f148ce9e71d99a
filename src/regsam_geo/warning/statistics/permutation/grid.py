"""Values on an integer grid: exactly where they are round decimals, else finely, with what is left out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

EPS = float(np.finfo(np.float64).eps)
MOST_DECIMALS = 6
SAMPLE = 64
LARGEST_EXACT = 2.0**45
"""Beyond this a number and its rounded self cannot be told apart well enough."""


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


def decimal_grids(columns: FloatArray) -> list[Grid | None]:
    """Put columns of round decimals on their own grid, with the widest step that fits; ``None`` for others.

    ``columns`` has the shape (columns, n) and holds finite numbers.
    """
    grids: list[Grid | None] = [None] * len(columns)
    left = np.arange(len(columns))
    largest = np.maximum(columns.max(axis=1), -columns.min(axis=1))
    for decimals in range(MOST_DECIMALS + 1):
        factor = 10.0**decimals
        # the fewest decimals that fit give the widest step and so the shortest table
        left = left[largest[left] * factor < LARGEST_EXACT]
        # a few values tell most columns apart from round decimals
        found = left[_are_whole(columns[left, :SAMPLE], factor)]
        if columns.shape[1] > SAMPLE:
            found = found[_are_whole(columns[found], factor)]
        if not len(found):
            continue
        levels = np.rint(columns[found] * factor).astype(np.int64)
        levels -= levels.min(axis=1, keepdims=True)
        divisor = np.maximum(np.gcd.reduce(levels, axis=1), 1)
        levels //= divisor[:, None]
        for place, column in enumerate(found):
            grids[column] = Grid(levels[place], None, divisor[place] / factor)
        if len(found) == len(left):
            break
        left = left[~np.isin(left, found)]
    return grids


def _are_whole(columns: FloatArray, factor: float) -> npt.NDArray[np.bool_]:
    """Say which columns hold whole numbers when multiplied by a power of ten."""
    scaled = columns * factor
    off = np.abs(scaled - np.rint(scaled))
    # 32.8 * 10 is 327.99999999999994: a few units in the last place are no digits
    return np.asarray((off <= 8 * EPS * np.abs(scaled)).all(axis=1))


def fine_grid(values: FloatArray, step: float) -> Grid:
    """Put values on a grid of the given step and keep what it leaves out."""
    # From the smallest value: levels start at 0, which the tables count from.
    position = (values - values.min()) / step
    levels = np.rint(position)
    return Grid(levels.astype(np.int64), position - levels, step)


def finest_levels(columns: FloatArray) -> IntArray:
    """Put columns on the finest grids that double precision supports; sums closer than that are ties."""
    span = np.ptp(columns, axis=1, keepdims=True)
    # 44 bits leave room to add 30 levels within the 53 of a double; finer than a few units in the last place of
    # the largest value the input itself is not known.
    step = np.maximum(span / 2.0**44, 8 * EPS * np.abs(columns).max(axis=1, keepdims=True))
    return np.asarray(np.rint((columns - columns.min(axis=1, keepdims=True)) / step), dtype=np.int64)
