"""Values beside their neighbors: matched by area id on the way in, in the caller's order on the way out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.areas import Neighbors, as_neighbors
from regsam_geo.areas.keys import match_keys
from regsam_geo.errors import AreaError, InputError
from regsam_geo.text import problem, shorten

Values = Any
"""A Series or DataFrame with area ids as index, or an array in the order of the neighbors."""


@dataclass(frozen=True, eq=False)
class Aligned:
    """Values of one or several columns in the order of the neighbors' table.

    Attributes
    ----------
    columns
        Shape (columns, n), NaN where missing.
    neighbors
        The table.
    index
        The caller's area ids, in the caller's order.
    names
        The caller's column names; ``None`` if a single column was given.
    places
        Where each of the caller's areas stands in the table.
    """

    columns: npt.NDArray[np.float64]
    neighbors: Neighbors
    index: pd.Index
    names: pd.Index | None
    places: npt.NDArray[np.int64]

    @cached_property
    def present(self) -> npt.NDArray[np.bool_]:
        """Which cells have a value."""
        return np.isfinite(self.columns)

    @cached_property
    def complete(self) -> bool:
        """Whether every cell has a value."""
        return bool(self.present.all())

    @property
    def counts(self) -> npt.NDArray[np.int64]:
        """Number of neighbors with a value, shape (columns, n); 0 where the own value is missing."""
        present = self.present
        if self.complete:
            return np.broadcast_to(np.diff(self.neighbors.indptr), self.columns.shape)
        return np.where(present, self.neighbor_sums(present.astype(np.int64)), 0)

    def neighbor_sums(
        self, values: npt.NDArray[Any], weights: npt.NDArray[np.float64] | None = None
    ) -> npt.NDArray[Any]:
        """Add up what the neighbors have, for values of shape (columns, n) without NaN."""
        # All columns in one gather: a matrix of neighbors would be empty at 98 of 100 places with 475 quarters.
        picked = values[:, self.neighbors.indices]
        if weights is not None:
            picked = picked * weights
        # reduceat gives the next area's first value for an area without neighbors: they are left out
        filled = np.flatnonzero(np.diff(self.neighbors.indptr))
        result = np.zeros(values.shape, dtype=picked.dtype)
        if len(filled):
            result[:, filled] = np.add.reduceat(picked, self.neighbors.indptr[filled], axis=1)
        return result

    def neighbor_means(self) -> npt.NDArray[np.float64]:
        """Return the (weighted) mean of the neighbors' values; NaN without neighbors."""
        weights = self.neighbors.weights
        if self.complete and weights is None:
            counts = self.counts
            means = np.full(self.columns.shape, np.nan)
            np.divide(self.neighbor_sums(self.columns), counts, out=means, where=counts > 0)
            return means
        present = self.present
        total = self.neighbor_sums(np.where(present, self.columns, 0.0), weights)
        # A missing neighbor takes its weight with it. Dividing by the full weight would draw the mean towards 0,
        # as if the gap were a low value.
        share = self.neighbor_sums(present.astype(np.float64), weights)
        means = np.full(total.shape, np.nan)
        np.divide(total, share, out=means, where=(share != 0) & present)
        return means

    def frame(self, parts: Mapping[str, npt.NDArray[Any] | Words]) -> pd.DataFrame:
        """Put results of shape (columns, n) into a frame in the caller's order.

        One column of values gives one row per area; several give one row per column and area.
        """
        index = self.index if self.names is None else _stacked(self.names, self.index)
        ordered = {name: self._in_callers_order(part) for name, part in parts.items()}
        # every array is new, so that nothing need be copied once more
        return pd.DataFrame(ordered, index=index, copy=False)

    def _in_callers_order(self, part: npt.NDArray[Any] | Words) -> Any:
        """Return one entry per row of the result, in memory of its own."""
        if isinstance(part, Words):
            return part.take(self._in_callers_order(part.codes))
        if np.array_equal(self.places, np.arange(part.shape[1])):
            # what is broadcast from one row, or is the caller's own, cannot be written to
            return part.ravel() if part.flags.owndata else part.flatten()
        return part[0][self.places] if len(part) == 1 else part[:, self.places].ravel()


@dataclass(frozen=True)
class Words:
    """Words from a short list: their numbers stand for them until the result is written.

    Attributes
    ----------
    words
        Each word once.
    codes
        Shape (columns, n), or broadcast to it.
    """

    words: tuple[str, ...]
    codes: npt.NDArray[np.intp]

    def take(self, codes: npt.NDArray[np.intp]) -> Any:
        """Return the words of some codes, as pandas holds text."""
        return _texts(self.words).take(codes)


@lru_cache(maxsize=32)
def _texts(words: tuple[str, ...]) -> Any:
    return pd.Series(np.array(words, dtype=object)).array


def _stacked(names: pd.Index, index: pd.Index) -> pd.MultiIndex:
    """Return the index of a stacked result: the levels of the column names, then the area."""
    levels = [names.get_level_values(number).repeat(len(index)) for number in range(names.nlevels)]
    titles = ["column"] if names.nlevels == 1 and names.name is None else list(names.names)
    areas = np.tile(np.arange(len(index)), len(names))
    return pd.MultiIndex.from_arrays([*levels, index[areas]], names=[*titles, index.name or "area_id"])


def align(values: Values, neighbors: Any) -> Aligned:
    """Match values with neighbors by area id.

    Parameters
    ----------
    values
        A Series or a DataFrame (one column per indicator or period) with area ids as index, in any order; or an
        array of shape (n,) or (n, columns) in the order of the neighbors.
    neighbors
        See ``regsam_geo.areas.as_neighbors``.

    Raises
    ------
    AreaError
        If the ids of values and neighbors are not the same, or an id stands twice.
    InputError
        If a value is infinite, or an array has another number of rows.
    """
    # by id, never by place: two tables in different orders are the classic silent fault of spatial statistics
    table = as_neighbors(neighbors)
    if isinstance(values, pd.DataFrame | pd.Series):
        numbers = values.to_numpy(dtype=np.float64, na_value=np.nan)
        index = values.index
        names = values.columns if isinstance(values, pd.DataFrame) else None
        if not index.is_unique:
            raise problem(AreaError, "values_twice", found=index[index.duplicated()][0])
        if (index is table.ids or index.equals(table.ids)) and table.plain_ids:
            places = np.arange(len(table))
        else:
            match = match_keys(index, table.ids)
            if match.vacant or match.strangers:
                raise problem(
                    AreaError,
                    "values_neighbors",
                    without_value=shorten(match.vacant) or "–",
                    without_neighbors=shorten(match.strangers) or "–",
                )
            numbers = numbers[match.order(len(table))]
            places = match.places
    else:
        numbers, index, places = np.asarray(values, dtype=np.float64), table.ids, np.arange(len(table.ids))
        names = pd.RangeIndex(numbers.shape[1]) if numbers.ndim > 1 else None
        if len(numbers) != len(table):
            raise problem(InputError, "values_shape", expected=len(table), found=len(numbers))
    # Columns first and contiguous: every test runs along the areas of one column.
    columns = np.ascontiguousarray(np.atleast_2d(numbers.T))
    # An infinite value would make every sum of its neighbors infinite and every p of the column 1, without a
    # word.
    if np.isinf(columns).any():
        raise problem(InputError, "area_value_infinite", found=table.ids[np.isinf(columns).any(axis=0)][0])
    return Aligned(columns, table, index, names, places)
