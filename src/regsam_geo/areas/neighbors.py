"""Which areas are neighbors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from regsam_geo.areas.keys import read_as_they_stand
from regsam_geo.errors import BoundaryError, OptionError
from regsam_geo.text import check_choice, problem, shorten

Floats = npt.NDArray[np.float64]
Pairs = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]
Rule = Literal["queen", "rook", "border_length", "k_nearest", "distance"]
RULES: tuple[Rule, ...] = get_args(Rule)

SHORTEST_BORDER = 1e-6
"""Two areas that share less than this, in units of the coordinate system, touch in points only."""


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

    @cached_property
    def plain_ids(self) -> bool:
        """Whether ids that differ are also written differently, so that equal ids can be matched as they are."""
        return read_as_they_stand(self.ids)

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
    # Both directions and each once, so that callers may give a pair in either order or twice.
    n = max(len(ids), 1)
    # One number for a pair: numbers are sorted far faster than rows of two, or than np.unique finds them.
    pairs = np.sort(np.r_[i[distinct] * n + j[distinct], j[distinct] * n + i[distinct]])
    pairs = pairs[np.r_[True, np.diff(pairs) > 0]] if len(pairs) else pairs
    indptr = np.searchsorted(pairs, np.arange(len(ids) + 1) * n)
    return Neighbors(ids, indptr.astype(np.int64), pairs % n, rule=rule)


def from_entries(
    ids: pd.Index, focal: npt.ArrayLike, neighbor: npt.ArrayLike, weights: npt.ArrayLike | None, rule: str
) -> Neighbors:
    """Build a table from positions of areas and of their neighbors, in any order.

    Entries of an area with itself and weights of zero are left out; weights that are equal within every row are
    dropped.
    """
    i, j = np.asarray(focal, dtype=np.int64), np.asarray(neighbor, dtype=np.int64)
    w = np.ones(len(i)) if weights is None else np.asarray(weights, dtype=np.float64)
    # A weight of 0 is no neighbor: counted as one, it would raise the number of neighbors that the tests are made
    # for.
    kept = (i != j) & (w != 0)
    if not kept.all():
        i, j, w = i[kept], j[kept], w[kept]
    # most tables come in order, and looking is far faster than sorting
    if not _in_order(i, j):
        order = np.lexsort((j, i))
        i, j, w = i[order], j[order], w[order]
    indptr = np.searchsorted(i, np.arange(len(ids) + 1)).astype(np.int64)
    first = w[indptr[i]]
    # Equal weights within each row cancel in means; without them the exact tests are open, which need equal ones.
    equal = bool((w == first).all()) or bool(np.allclose(w, first, rtol=1e-12, atol=0))
    return Neighbors(ids, indptr, j, None if equal else w, rule)


def _in_order(i: npt.NDArray[np.int64], j: npt.NDArray[np.int64]) -> bool:
    """Say whether entries are sorted by row, and by neighbor within a row."""
    later, same = i[1:] > i[:-1], i[1:] == i[:-1]
    return bool((later | (same & (j[1:] >= j[:-1]))).all())


def neighbors(
    areas: gpd.GeoDataFrame, rule: Rule = "queen", *, k: int | None = None, distance: float | None = None
) -> Neighbors:
    """Find the neighbors of each area.

    Parameters
    ----------
    areas
        Polygons with unique index, such as ``load_boundaries`` returns.
    rule
        ``"queen"``: areas that share at least one point of their border. ``"rook"``: a stretch of border.
        ``"border_length"``: the same, weighted with the length of the shared border in meters. ``"k_nearest"``:
        the ``k`` areas with the nearest centers. ``"distance"``: all areas whose centers lie within
        ``distance``.
    k
        For ``"k_nearest"``: how many, from 1 to one less than there are areas. Being near is not mutual: an area
        may be among the nearest of another without the reverse.
    distance
        For ``"distance"``: in the unit of the coordinate system, meters in EPSG:25832.

    Returns
    -------
    Neighbors
        For each area the ids of its neighbors, in the order of ``areas``.

    Raises
    ------
    OptionError
        If the rule is unknown, or ``k`` or ``distance`` does not fit it.
    BoundaryError
        If an id stands twice, an area has no polygon, or distances are asked for in degrees.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> districts = rg.load_boundaries("district")
    >>> found = rg.neighbors(districts)
    >>> found["08"]
    ['02', '03', '06', '07', '09', '25']
    >>> len(found.pairs)
    59
    >>> rg.neighbors(districts, "k_nearest", k=2)["08"]
    ['02', '03']
    """
    _check(areas, rule, k, distance)
    polygons = areas.geometry.to_numpy()
    if rule == "queen":
        return from_pairs(areas.index, *_touching(polygons), rule)
    if rule == "rook":
        return from_pairs(areas.index, *_along_a_border(polygons), rule)
    if rule == "border_length":
        first, second, shared = _borders(polygons)
        along = shared > SHORTEST_BORDER
        first, second, shared = first[along], second[along], shared[along]
        both = np.r_[first, second], np.r_[second, first]
        return from_entries(areas.index, *both, np.r_[shared, shared], rule)
    centers = shapely.get_coordinates(shapely.centroid(polygons))
    if rule == "k_nearest":
        assert k is not None
        return from_entries(areas.index, *_nearest(centers, k), None, f"{rule}, k = {k}")
    from scipy.spatial import cKDTree

    pairs = cKDTree(centers).query_pairs(distance, output_type="ndarray")
    return from_pairs(areas.index, pairs[:, 0], pairs[:, 1], f"{rule}, {distance:g} m")


def _touching(polygons: npt.NDArray[np.object_]) -> Pairs:
    """Return all pairs that share a point, each once."""
    # Exact, without a tolerance: layers are read so that borders are shared, and a tolerance would make neighbors
    # across a river.
    first, second = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    once = first < second
    return first[once], second[once]


def _along_a_border(polygons: npt.NDArray[np.object_]) -> Pairs:
    """Return all pairs that share a stretch of border, each once.

    Most of them have an edge in common, corner by corner. Only of others that touch is the border cut out: of
    those that meet in a point, or whose corners differ.
    """
    first, second = _touching(polygons)
    one, other, shared = _common_edges(polygons)
    sure = shared > SHORTEST_BORDER
    n = len(polygons)
    open_ = ~_among(first * n + second, one[sure] * n + other[sure])
    # boxes that meet in a point hold no stretch, as all corners of a grid do
    boxes = shapely.bounds(polygons)
    low = np.maximum(boxes[first[open_], :2], boxes[second[open_], :2])
    high = np.minimum(boxes[first[open_], 2:], boxes[second[open_], 2:])
    open_[open_] = ((high - low) > 0).any(axis=1)
    apart = np.flatnonzero(open_)
    lengths = shapely.length(shapely.intersection(polygons[first[apart]], polygons[second[apart]]))
    apart = apart[lengths > SHORTEST_BORDER]
    return np.r_[one[sure], first[apart]], np.r_[other[sure], second[apart]]


def _among(wanted: npt.NDArray[np.int64], known: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Tell which numbers stand in a sorted list."""
    if not len(known):
        return np.zeros(len(wanted), dtype=bool)
    place = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.asarray(known[place] == wanted, dtype=bool)


def _borders(polygons: npt.NDArray[np.object_]) -> tuple[*Pairs, Floats]:
    """Return pairs of areas, each once, and how long their common border is."""
    # In a valid coverage an edge belongs to one area or to two, so that a border need not be cut out.
    if shapely.coverage_is_valid(polygons):
        return _common_edges(polygons)
    first, second = _touching(polygons)
    # overlaps have a perimeter and are border too
    return first, second, shapely.length(shapely.intersection(polygons[first], polygons[second]))


def _common_edges(polygons: npt.NDArray[np.object_]) -> tuple[*Pairs, Floats]:
    """Return pairs of areas that have edges in common, corner by corner, each once, and how long these are.

    Edges are numbered by the corners at their ends; those of two areas with one number are border.
    """
    parts, area_of_part = polygons, np.arange(len(polygons))
    if (shapely.get_type_id(polygons) != shapely.GeometryType.POLYGON).any():
        parts, area_of_part = shapely.get_parts(polygons, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    points, ring_of_point = shapely.get_coordinates(rings, return_index=True)
    # + 0.0, as -0.0 and 0.0 are one place and two patterns of bits
    places, corner = np.unique((points + 0.0).view(np.complex128), return_inverse=True)
    corner = corner.ravel()
    edges = np.flatnonzero(ring_of_point[:-1] == ring_of_point[1:])
    one, other = corner[edges], corner[edges + 1]
    edge = np.minimum(one, other) * len(places) + np.maximum(one, other)
    order = np.argsort(edge, kind="stable")
    twice = np.flatnonzero(edge[order][:-1] == edge[order][1:])
    left, right = order[twice], order[twice + 1]
    area = area_of_part[part_of_ring[ring_of_point[edges]]]
    ends = points[edges[left]] - points[edges[left] + 1]
    pair = np.minimum(area[left], area[right]) * len(polygons) + np.maximum(area[left], area[right])
    pairs, place = np.unique(pair, return_inverse=True)
    lengths = np.bincount(place.ravel(), np.hypot(*ends.T), len(pairs)).astype(np.float64)
    return pairs // len(polygons), pairs % len(polygons), lengths


def _nearest(centers: npt.NDArray[np.float64], k: int) -> Pairs:
    """Return each area k times, beside the areas with the nearest centers."""
    from scipy.spatial import cKDTree

    n = len(centers)
    # One more, because the nearest center is the area's own.
    found = cKDTree(centers).query(centers, k=k + 1)[1]
    own = found == np.arange(n)[:, None]
    own[~own.any(axis=1), -1] = True  # centers that coincide may have pushed the area itself out
    return np.repeat(np.arange(n), k), found[~own]


def _check(areas: gpd.GeoDataFrame, rule: Rule, k: int | None, distance: float | None) -> None:
    """Say what is wrong with the layer or the arguments."""
    check_choice(rule, RULES, "rule_unknown")
    for name, value, needed in (("k", k, rule == "k_nearest"), ("distance", distance, rule == "distance")):
        # An argument that the rule would ignore is refused: k = 4 with "queen" means that somebody expects
        # another table.
        if (value is not None) != needed:
            raise problem(OptionError, "rule_argument", rule=rule, argument=name, found=value)
    if k is not None and not 1 <= k < len(areas):
        raise problem(OptionError, "rule_k", found=k, expected=len(areas) - 1)
    if distance is not None and not 0 < distance < np.inf:
        raise problem(OptionError, "rule_distance", found=distance)
    if not areas.index.is_unique:
        raise problem(BoundaryError, "areas_twice", found=areas.index[areas.index.duplicated()][0])
    if (empty := areas.geometry.isna() | areas.geometry.is_empty).any():
        raise problem(BoundaryError, "areas_empty", found=shorten(list(areas.index[empty])))
    # In degrees a step east is a third shorter than one north, at Munich's latitude.
    if rule in ("k_nearest", "distance", "border_length") and areas.crs is not None and areas.crs.is_geographic:
        raise problem(BoundaryError, "areas_degrees", found=areas.crs.to_string())
