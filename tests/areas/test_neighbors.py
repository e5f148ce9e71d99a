"""All rules of neighborhood against libpysal, and neighbors made elsewhere."""

from __future__ import annotations

import warnings

import geopandas as gpd
import numpy as np
import pytest
import shapely

import regsam_geo as rg
from regsam_geo.areas import as_neighbors
from regsam_geo.errors import AreaError, BoundaryError, OptionError

LEVELS = {"district": 59, "subdistrict": 300, "quarter": 1451, "region": 35}


def graph(areas, build, *arguments, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from libpysal.graph import Graph

        return getattr(Graph, build)(areas, *arguments, **options)


def as_lists(near):
    return {area: sorted(near[area]) for area in near.ids}


def lists_of(peer):
    return {area: sorted(other for other in peer[area].index if other != area) for area in peer.unique_ids}


@pytest.mark.parametrize(("level", "pairs"), LEVELS.items())
def test_queen_neighbors_of_every_level(level, pairs):
    areas = rg.load_boundaries(level)
    near = rg.neighbors(areas)
    assert len(near.pairs) == pairs
    if level != "quarter":
        assert as_lists(near) == lists_of(graph(areas, "build_fuzzy_contiguity"))


def test_rook_and_border_length_agree_with_libpysal():
    areas = rg.load_boundaries("subdistrict")
    rook = rg.neighbors(areas, "rook")
    assert as_lists(rook) == lists_of(graph(areas, "build_contiguity", rook=True))
    lengths = rg.neighbors(areas, "border_length")
    assert np.array_equal(lengths.indices, rook.indices)
    for row in (0, 50, 107):
        for place in range(lengths.indptr[row], lengths.indptr[row + 1]):
            pair = areas.geometry.iloc[[row, lengths.indices[place]]]
            shared = shapely.length(shapely.intersection(pair.iloc[0], pair.iloc[1]))
            assert lengths.weights[place] == pytest.approx(shared)


@pytest.mark.parametrize("seed", range(6))
def test_borders_of_a_made_coverage_are_what_intersections_are(seed):
    rng = np.random.default_rng(seed)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(rng.random((60, 2)) * 1000)))
    # areas of several cells: with parts, with holes, with others inside
    owner = rng.integers(0, 25, len(cells))
    polygons = np.array([shapely.coverage_union_all(cells[owner == n]) for n in np.unique(owner)])
    assert shapely.coverage_is_valid(polygons)
    areas = gpd.GeoDataFrame(index=[f"{n:02d}" for n in range(len(polygons))], geometry=polygons, crs=25832)
    rook, lengths = rg.neighbors(areas, "rook"), rg.neighbors(areas, "border_length")
    shared = np.array([[shapely.length(shapely.intersection(a, b)) for b in polygons] for a in polygons])
    np.fill_diagonal(shared, 0)
    rows, places = np.nonzero(shared > 1e-6)
    assert np.array_equal(np.repeat(np.arange(len(rook)), np.diff(rook.indptr)), rows)
    assert np.array_equal(rook.indices, places)
    np.testing.assert_allclose(lengths.weights, shared[rows, places], rtol=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_rook_is_what_intersections_are_where_corners_differ_and_areas_overlap(seed):
    rng = np.random.default_rng(seed)
    corner, size = rng.integers(0, 12, (70, 2)), rng.integers(1, 4, (70, 2))
    polygons = shapely.box(*corner.T, *(corner + size).T)
    # of two parts, some of which touch other areas only with one of them
    polygons[:10] = shapely.union(polygons[:10], shapely.box(*(corner[:10] + 20).T, *(corner[:10] + 21).T))
    areas = gpd.GeoDataFrame(index=[f"{n:02d}" for n in range(70)], geometry=polygons, crs=25832)
    shared = np.array([[shapely.length(shapely.intersection(a, b)) for b in polygons] for a in polygons])
    np.fill_diagonal(shared, 0)
    rows, places = np.nonzero(shared > 0)
    rook = rg.neighbors(areas, "rook")
    assert np.array_equal(np.repeat(np.arange(len(rook)), np.diff(rook.indptr)), rows)
    assert np.array_equal(rook.indices, places)


def test_corners_are_queen_but_not_rook():
    squares = [shapely.box(x, y, x + 1, y + 1) for y in range(2) for x in range(2)]
    areas = gpd.GeoDataFrame(index=list("abcd"), geometry=squares, crs="EPSG:25832")
    assert rg.neighbors(areas)["a"] == ["b", "c", "d"]
    assert rg.neighbors(areas, "rook")["a"] == ["b", "c"]
    assert rg.neighbors(areas, "border_length").weights is None  # all borders are 1 m


def test_distance_and_k_nearest_agree_with_libpysal():
    areas = rg.load_boundaries("subdistrict")
    centers = areas.set_geometry(areas.centroid)
    near = rg.neighbors(areas, "distance", distance=2000)
    assert as_lists(near) == lists_of(graph(centers, "build_distance_band", 2000))
    near = rg.neighbors(areas, "k_nearest", k=4)
    assert as_lists(near) == lists_of(graph(centers, "build_knn", 4))
    assert (near.cardinalities == 4).all()


def test_k_nearest_with_coinciding_centers():
    points = [shapely.Point(0, 0).buffer(r) for r in (1, 2, 3)] + [shapely.Point(9, 0).buffer(1)]
    areas = gpd.GeoDataFrame(index=list("abcd"), geometry=points, crs="EPSG:25832")
    near = rg.neighbors(areas, "k_nearest", k=2)
    assert all(area not in near[area] and len(near[area]) == 2 for area in "abcd")


def test_graph_and_w_of_libpysal_are_taken_as_they_are():
    areas = rg.load_boundaries("district")
    expected = as_lists(rg.neighbors(areas))
    peer = graph(areas, "build_contiguity", rook=False)
    before = peer.adjacency.copy()
    assert as_lists(as_neighbors(peer)) == expected
    assert as_lists(as_neighbors(peer.transform("r"))) == expected
    assert as_neighbors(peer.transform("r")).weights is None
    assert peer.adjacency.equals(before)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        weights = peer.to_W()
    assert as_lists(as_neighbors(weights)) == expected


@pytest.mark.parametrize("weighted", [False, True])
def test_w_whose_matrix_was_asked_for_reads_as_its_lists_do(weighted):
    from libpysal.weights import W

    lists = {"c": ["a", "d"], "a": ["c", "b", "d"], "b": [], "d": ["a", "d"]}
    w = W(lists, {name: [1.0, 3.0, 2.0][: len(near)] for name, near in lists.items()} if weighted else None)
    fresh = as_neighbors(w)
    assert w.sparse.nnz == 7
    with_matrix = as_neighbors(w)
    assert list(with_matrix.ids) == list(w.id_order)
    assert {area: with_matrix[area] for area in lists} == {area: fresh[area] for area in lists}
    assert {area: set(with_matrix[area]) for area in lists} == {area: set(lists[area]) - {area} for area in lists}
    assert (with_matrix.weights is None) == (fresh.weights is None) == (not weighted)
    if weighted:
        np.testing.assert_array_equal(with_matrix.weights, fresh.weights)


def test_a_neighbor_that_stands_twice_in_a_w_counts_twice_with_and_without_its_matrix():
    from libpysal.weights import W

    w = W({"a": ["b", "b", "c"], "b": ["a"], "c": ["a"]}, silence_warnings=True)
    fresh = as_neighbors(w)
    assert w.sparse.nnz == 4
    assert as_neighbors(w)["a"] == fresh["a"] == ["b", "b", "c"]


def test_graph_with_islands_and_unequal_weights():
    areas = rg.load_boundaries("district")
    peer = graph(areas.set_geometry(areas.centroid), "build_distance_band", 2500, binary=False)
    near = as_neighbors(peer)
    assert near.weights is not None
    assert set(near.cardinalities[near.cardinalities == 0].index) == set(peer.isolates)
    for area in near.ids:
        assert near[area] == sorted(o for o in peer[area].index if o != area and peer[area][o] != 0)


def test_mapping():
    near = as_neighbors({"a": ["a", "b"], "b": ["a"], "c": []})
    assert near["a"] == ["b"]
    assert near["c"] == []
    with pytest.raises(AreaError):
        as_neighbors({"a": ["x"]})


def test_errors_say_what_does_not_fit():
    areas = rg.load_boundaries("district")
    for arguments in (
        {"rule": "bishop"},
        {"rule": "k_nearest"},
        {"rule": "k_nearest", "k": 25},
        {"rule": "queen", "k": 3},
        {"rule": "distance", "distance": -1},
    ):
        with pytest.raises(OptionError):
            rg.neighbors(areas, **arguments)
    with pytest.raises(BoundaryError):
        rg.neighbors(areas.to_crs(4326), "distance", distance=1)
    with pytest.raises(BoundaryError):
        rg.neighbors(areas.iloc[[0, 0, 1]])
    with pytest.raises(OptionError):
        as_neighbors([1, 2])
