"""Neighbors made elsewhere: libpysal's ``Graph`` and ``W`` and plain dictionaries, read by what they offer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.areas.neighbors import Neighbors, from_entries
from regsam_geo.errors import AreaError, OptionError
from regsam_geo.text import problem, shorten

RULE = "given"


def as_neighbors(found: Any) -> Neighbors:
    """Return any table of neighbors as ``Neighbors``; the given object is not changed.

    Parameters
    ----------
    found
        ``Neighbors``, a libpysal ``Graph`` or ``W``, or a mapping from each area id to the ids of its neighbors.
        An area that names itself is not its own neighbor. Weights that are the same for all neighbors of an area
        are dropped, as only their proportions count.

    Raises
    ------
    OptionError
        If it is none of these.
    AreaError
        If a neighbor is no area of the table.

    Examples
    --------
    >>> from regsam_geo.areas import as_neighbors
    >>> as_neighbors({"a": ["b"], "b": ["a", "c"], "c": ["b"]})["b"]
    ['a', 'c']
    """
    # By what an object offers and not by its class: libpysal need not be installed to be read.
    if isinstance(found, Neighbors):
        return found
    if hasattr(found, "adjacency") and hasattr(found, "unique_ids"):
        return _from_graph(found)
    if hasattr(found, "neighbors") and hasattr(found, "weights") and hasattr(found, "id_order"):
        return _from_matrix(found) or _from_lists(pd.Index(list(found.id_order)), found.neighbors, found.weights)
    if isinstance(found, Mapping):
        return _from_lists(pd.Index(list(found)), found, None)
    raise problem(OptionError, "neighbors_type", found=type(found).__name__)


def _from_graph(graph: Any) -> Neighbors:
    adjacency = graph.adjacency
    ids = pd.Index(graph.unique_ids)
    focal, neighbor = (
        # each id is looked up once and not once per pair
        ids.get_indexer(level)[codes]
        for level, codes in zip(adjacency.index.levels, adjacency.index.codes, strict=True)
    )
    return from_entries(_named(ids), focal, neighbor, np.asarray(adjacency.to_numpy(), dtype=np.float64), RULE)


def _from_matrix(w: Any) -> Neighbors | None:
    """Read the sparse matrix that a ``W`` holds of itself; ``None`` if it has none, or one that says less."""
    try:
        matrix = w.sparse
    except (AttributeError, KeyError):
        return None
    # The matrix adds up neighbors that are named twice, which the lists keep apart.
    if matrix.nnz != sum(map(len, w.neighbors.values())):
        return None
    focal = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    weights = np.asarray(matrix.data, dtype=np.float64)
    return from_entries(_named(pd.Index(list(w.id_order))), focal, matrix.indices, weights, RULE)


def _from_lists(ids: pd.Index, lists: Mapping[Any, Any], weights: Mapping[Any, Any] | None) -> Neighbors:
    counts = [len(lists[area]) for area in ids]
    flat = [neighbor for area in ids for neighbor in lists[area]]
    focal = np.repeat(np.arange(len(ids)), counts)
    # All lists at once: asked one by one, 475 lists would take longer than the test.
    neighbor = ids.get_indexer(pd.Index(flat)) if flat else np.empty(0, dtype=np.int64)
    if (neighbor < 0).any():
        strange = sorted({str(flat[place]) for place in np.flatnonzero(neighbor < 0)})
        raise problem(AreaError, "neighbor_unknown", found=shorten(strange))
    given: npt.NDArray[np.float64] | None = None
    if weights is not None:
        given = np.array([weight for area in ids for weight in weights[area]], dtype=np.float64)
    return from_entries(_named(ids), focal, neighbor, given, RULE)


def _named(ids: pd.Index) -> pd.Index:
    return ids if ids.name else ids.rename("area_id")
