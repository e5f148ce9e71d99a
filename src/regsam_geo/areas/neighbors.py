"""Which areas are neighbors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely


@dataclass(frozen=True, eq=False)
class Neighbors:
    """The neighbors of each area, as a compressed sparse row table.

    The neighbors of ``ids[i]`` are ``ids[indices[indptr[i]:indptr[i + 1]]]``, in increasing position, without
    the area itself.

    Attributes
    ----------
    ids
        The area ids, shape (n,).
    indptr, indices
        Row starts, shape (n + 1,), and positions of the neighbors.
    weights
        One weight per entry of ``indices``, or ``None`` when all neighbors of an area count the same.
    rule
        How the neighbors were found, for the report.
    """

    ids: pd.Index
    indptr: npt.NDArray[np.int64]
    indices: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float64] | None = None
    rule: str = field(default="queen")

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, area_id: str) -> list[str]:
        row = self.ids.get_loc(area_id)
        return list(self.ids[self.indices[self.indptr[row] : self.indptr[row + 1]]])

    def __iter__(self) -> Iterator[str]:
        return iter(self.ids)

    @property
    def cardinalities(self) -> pd.Series:
        """Number of neighbors of each area."""
        return pd.Series(np.diff(self.indptr), index=self.ids, name="n_neighbors")

    @property
    def pairs(self) -> pd.DataFrame:
        """Each unordered pair of neighbors once: columns ``area_id``, ``neighbor_id``."""
        rows = np.repeat(np.arange(len(self)), np.diff(self.indptr))
        once = rows < self.indices
        return pd.DataFrame({"area_id": self.ids[rows[once]], "neighbor_id": self.ids[self.indices[once]]})


def from_pairs(ids: pd.Index, first: npt.ArrayLike, second: npt.ArrayLike, rule: str) -> Neighbors:
    """Build a symmetric table from positions of pairs; pairs of an area with itself are left out."""
    i, j = np.asarray(first, dtype=np.int64), np.asarray(second, dtype=np.int64)
    distinct = i != j
    both = np.unique(np.stack([np.r_[i[distinct], j[distinct]], np.r_[j[distinct], i[distinct]]]), axis=1)
    indptr = np.searchsorted(both[0], np.arange(len(ids) + 1))
    return Neighbors(ids, indptr.astype(np.int64), both[1], rule=rule)


def from_entries(
    ids: pd.Index, focal: npt.ArrayLike, neighbor: npt.ArrayLike, weights: npt.ArrayLike | None, rule: str
) -> Neighbors:
    """Build a table from positions of areas and of their neighbors, in any order.

    Entries of an area with itself and weights of zero are left out; weights that are equal within every row are
    dropped.
    """
    i, j = np.asarray(focal, dtype=np.int64), np.asarray(neighbor, dtype=np.int64)
    w = np.ones(len(i)) if weights is None else np.asarray(weights, dtype=np.float64)
    kept = (i != j) & (w != 0)
    i, j, w = i[kept], j[kept], w[kept]
    order = np.lexsort((j, i))
    i, j, w = i[order], j[order], w[order]
    indptr = np.searchsorted(i, np.arange(len(ids) + 1)).astype(np.int64)
    first = w[np.minimum(indptr[i], len(w) - 1)] if len(w) else w
    equal = bool(np.allclose(w, first, rtol=1e-12, atol=0))
    return Neighbors(ids, indptr, j, None if equal else w, rule)


def neighbors(areas: gpd.GeoDataFrame) -> Neighbors:
    """Find the queen neighbors: areas that share at least one point of their border.

    Parameters
    ----------
    areas
        Polygons with unique index, such as ``load_boundaries`` returns.

    Returns
    -------
    Neighbors
        For each area the ids of its neighbors, in the order of ``areas``.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> districts = rg.load_boundaries("district")
    >>> found = rg.neighbors(districts)
    >>> found["08"]
    ['02', '03', '06', '07', '09', '25']
    >>> len(found.pairs)
    59
    """
    polygons = areas.geometry.to_numpy()
    first, second = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    return from_pairs(areas.index, first, second, rule="queen")
