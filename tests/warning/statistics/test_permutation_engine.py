"""The permutation engines against brute force, each other and what must hold for any values."""

from __future__ import annotations

from itertools import combinations
from math import comb

import numpy as np
import pytest
from spatial_oracle import brute_force, lattice

import regsam_geo as rg
from regsam_geo.indicators import unrounded_values
from regsam_geo.warning.detectors.cluster import DECISIVE_P
from regsam_geo.warning.statistics.multiplicity import q_of
from regsam_geo.warning.statistics.permutation import permutation_tails, smallest_p
from regsam_geo.warning.statistics.permutation.engine import widest_bracket

EXACT = 1e-12


@pytest.fixture(scope="module")
def districts():
    near = rg.neighbors(rg.load_boundaries("district"))
    return near.indptr, near.indices


def sample_columns(*, unrounded):
    """All 11 shipped indicators of 2024, one row each."""
    panel = rg.load_sample()
    data = panel.data.assign(value=unrounded_values(panel) if unrounded else panel.data["value"])
    data = data[(data["level"] == "district") & (data["period"] == "2024")]
    return data.pivot(index="indicator", columns="area_id", values="value").to_numpy()


def assert_exact(columns, indptr, indices, engines=("auto",)):
    """Compare with brute force for every column and engine."""
    found = [permutation_tails(columns, indptr, indices, engine=engine) for engine in engines]
    for row, values in enumerate(columns):
        low, high = brute_force(values, indptr, indices)
        for tails in found:
            np.testing.assert_allclose(tails.p_low[row], low, rtol=0, atol=EXACT)
            np.testing.assert_allclose(tails.p_high[row], high, rtol=0, atol=EXACT)
            assert tails.error[row].max() == 0
    return [tails.engine for tails in found]


def test_one_shipped_indicator_is_exact(districts):
    as_printed, unrounded = sample_columns(unrounded=False)[4:5], sample_columns(unrounded=True)[4:5]
    assert assert_exact(as_printed, *districts) == [["tables"]]
    assert assert_exact(unrounded, *districts) == [["halves"]]


@pytest.mark.slow
@pytest.mark.parametrize("unrounded", [False, True])
@pytest.mark.parametrize("graph", ["districts", "lattice"])
def test_every_shipped_indicator_is_exact(districts, graph, unrounded):
    indptr, indices = districts if graph == "districts" else lattice(5, 5)
    assert_exact(sample_columns(unrounded=unrounded), indptr, indices, engines=("auto", "halves"))


def test_lattice_with_eight_neighbors_is_exact():
    values = np.random.default_rng(5).integers(0, 40, (1, 25)).astype(float)
    assert assert_exact(values, *lattice(5, 5), engines=("tables", "halves")) == [["tables"], ["halves"]]


def test_heavy_ties_are_exact(districts):
    values = np.random.default_rng(6).integers(0, 3, (1, 25)).astype(float)
    assert_exact(values, *districts, engines=("tables", "halves"))


def test_wide_tables_are_exact(districts):
    # too wide for counting one area after the other: by Fourier transform
    values = np.random.default_rng(12).integers(0, 3000, (2, 25)).astype(float)
    assert assert_exact(values, *districts, engines=("tables",)) == [["tables"] * 2]


@pytest.mark.parametrize("highest", [2, 4])
def test_ties_of_values_that_are_no_decimals_are_exact(districts, highest):
    values = np.random.default_rng(highest).integers(0, highest, (1, 25)) / 3
    assert assert_exact(values, *districts) == [["halves"]]


def test_largest_map_of_the_halves_is_exact():
    values = np.random.default_rng(13).normal(size=(1, 30))
    around = np.arange(30)[:, None] + np.array([-2, -1, 1])
    assert assert_exact(values, np.arange(0, 91, 3), np.sort(around % 30, axis=1).ravel()) == [["halves"]]


@pytest.mark.parametrize("level", ["subdistrict", "quarter"])
@pytest.mark.parametrize("kind", ["decimals", "continuous"])
def test_many_areas_agree_with_draws(level, kind):
    near = rg.neighbors(rg.load_boundaries(level))
    values = np.random.default_rng(7).normal(20, 5, len(near))
    values = values.round(1) if kind == "decimals" else values
    exact = permutation_tails(values, near.indptr, near.indices)
    drawn = permutation_tails(values, near.indptr, near.indices, engine="draws", draws=100_000)
    assert exact.engine == ["tables" if kind == "decimals" else "grid"]
    # as narrow as it is read: a tenth of a small p, else a hundredth
    wide = np.where(exact.p < 0.05, 0.1 * exact.p, 0.01) * (kind != "decimals")
    assert (exact.error <= wide)[np.isfinite(exact.p)].all()
    for tail in ("p_low", "p_high"):
        p, simulated = getattr(exact, tail)[0], getattr(drawn, tail)[0]
        spread = np.sqrt(p * (1 - p) / 70_000)
        # 475 areas are looked at together: 4.5 standard errors, and the bracket
        assert (np.abs(p - simulated) <= 4.5 * spread + exact.error[0] + 2e-5).all()


def test_true_p_lies_in_the_bracket(districts):
    values = np.random.default_rng(8).lognormal(0, 1, (1, 25))
    true = permutation_tails(values, *districts, engine="halves")
    found = permutation_tails(values, *districts, engine="grid")
    assert set(found.engine) == {"grid"}
    assert (true.p <= found.p + 1e-12).all()
    assert (true.p >= found.p - found.error - 1e-12).all()


def test_no_decision_hangs_on_the_bracket(districts):
    # 25 areas can be counted exactly, so that what brackets decide can be held against the truth
    rng = np.random.default_rng(21)
    panels = [rng.normal(size=(3, 25)), rng.lognormal(0, 1, (3, 25)), np.cumsum(rng.normal(size=(3, 25)), axis=1)]
    floor = np.zeros((3, 25))
    for panel in panels:
        exact = permutation_tails(panel, *districts, engine="halves")
        found = permutation_tails(panel, *districts, engine="grid", decisive=DECISIVE_P)
        small = found.p < DECISIVE_P
        assert (found.error[small] <= 0.01 * found.p[small] + 1e-12).all()
        assert (exact.p <= found.p + 1e-12).all()
        for threshold in (0.01, 0.05, 0.10):
            decided = q_of(found.p, floor, threshold) < threshold
            np.testing.assert_array_equal(decided, q_of(exact.p, floor, threshold) < threshold)


@pytest.mark.parametrize("level", ["subdistrict", pytest.param("quarter", marks=pytest.mark.slow)])
def test_a_decision_can_hang_on_the_bracket_only_within_a_hundredth(level):
    near = rg.neighbors(rg.load_boundaries(level))
    rng = np.random.default_rng(22)
    panel = rng.lognormal(3, 0.4, (4, len(near)))
    # half of the maps go over from neighbor to neighbor, so that some p are far below any threshold
    for column in panel[::2]:
        for _ in range(3):
            column += np.add.reduceat(column[near.indices], near.indptr[:-1]) / np.diff(near.indptr)
    found = permutation_tails(panel, near.indptr, near.indices, decisive=DECISIVE_P)
    assert set(found.engine) == {"grid"}
    floor = np.zeros(panel.shape)
    for threshold in (0.01, 0.10):
        upper, lower = (q_of(p, floor, threshold) for p in (found.p, found.p - found.error))
        assert (upper < threshold).any()
        # the truth lies between the ends, and q rises with every p
        apart = (upper < threshold) != (lower < threshold)
        assert (np.abs(upper[apart] / threshold - 1) <= 0.0102).all()
        assert apart.sum() <= 2


def test_heavy_tails_fall_back_to_draws():
    near = rg.neighbors(rg.load_boundaries("subdistrict"))
    values = np.random.default_rng(9).normal(size=108)
    values[5] = 1e9
    found = permutation_tails(values, near.indptr, near.indices)
    assert found.engine == ["draws"]
    assert 0 < np.nanmax(found.error) < 0.02


def test_draws_with_equal_and_unequal_weights_agree_with_the_exact_test(districts):
    indptr, indices = districts
    values = np.random.default_rng(10).normal(size=25)
    exact = permutation_tails(values, indptr, indices)
    # weights of 1 through the engine for unequal weights
    for weights in (None, np.ones(len(indices))):
        drawn = permutation_tails(values, indptr, indices, weights, engine="draws", draws=40_000, seed=2)
        p, simulated = exact.p_low[0], drawn.p_low[0]
        assert (np.abs(p - simulated) <= 4 * np.sqrt(p * (1 - p) / 28_000) + 1e-4).all()


def test_unequal_weights_against_brute_force():
    from itertools import permutations

    values = np.array([1.0, 4.0, 2.0, 8.0, 5.0, 7.0])
    indptr, indices = np.array([0, 2, 3, 5, 5, 5, 5]), np.array([1, 2, 0, 3, 4])
    weights = np.array([1.0, 3.0, 1.0, 2.0, 0.5])
    found = permutation_tails(values, indptr, indices, weights, draws=200_000)
    for area in (0, 1, 2):
        near, w = indices[indptr[area] : indptr[area + 1]], weights[indptr[area] : indptr[area + 1]]
        others = np.delete(values, area)
        sums = np.array([np.dot(w, drawn) for drawn in permutations(others, len(near))])
        p = np.mean(sums <= np.dot(w, values[near]) + 1e-9)
        assert found.p_low[0, area] == pytest.approx(p, abs=4 * np.sqrt(p * (1 - p) / 60_000) + 1e-4)


def test_same_seed_same_draws(districts):
    values = np.random.default_rng(11).normal(size=25)
    first, second, other = (
        permutation_tails(values, *districts, engine="draws", seed=seed).p for seed in (1, 1, 2)
    )
    assert np.array_equal(first, second)
    assert not np.array_equal(first, other)


def test_smallest_p_of_many_columns_with_gaps_is_that_of_each_without(districts):
    indptr, indices = districts
    rng = np.random.default_rng(4)
    columns = np.round(rng.normal(size=(40, 25)), 1)
    columns[rng.random(columns.shape) < 0.3] = np.nan
    columns[0, 1:] = np.nan
    columns[1] = np.nan
    present = np.isfinite(columns)
    k = np.where(present, np.add.reduceat(present[:, indices], indptr[:-1], axis=1), 0)
    together = smallest_p(columns, k)
    for found, values, there, number in zip(together, columns, present, k, strict=True):
        assert np.isnan(found[~there]).all()
        if there.any():
            np.testing.assert_array_equal(found[there], smallest_p(values[there], number[there]))


@pytest.mark.parametrize("seed", range(12))
def test_smallest_p_counts_every_choice_of_others(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(3, 9))
    values = np.round(rng.normal(size=n) * (1 if seed % 3 else 0.4))
    k = rng.integers(0, n, n)
    found = smallest_p(values, k)
    for area, size in enumerate(k.tolist()):
        sums = [sum(chosen) for chosen in combinations(np.delete(values, area).tolist(), size)]
        rarest = min(sums.count(min(sums)), sums.count(max(sums)))
        expected = min(1.0, 2 * rarest / len(sums)) if size else np.nan
        assert found[area] == pytest.approx(expected, rel=1e-12, nan_ok=True)


def test_smallest_p_is_reached_and_never_undercut(districts):
    indptr, indices = districts
    k = np.diff(indptr)
    floors = smallest_p(np.arange(25.0), k)
    for size in (2, 3, 7):
        assert floors[k == size] == pytest.approx(2 / comb(24, size))
    tied = np.array([0.0] * 12 + [1.0] * 13)
    assert (smallest_p(tied, k) > floors).all()
    # arrange values so that an area's neighbors are the k largest of the others
    for values in (np.arange(25.0), tied, np.repeat(np.arange(5.0), 5)):
        area = 7
        near = indices[indptr[area] : indptr[area + 1]]
        arranged = np.full(25, np.nan)
        ordered = np.sort(values)
        arranged[near] = ordered[-len(near) :]
        arranged[area] = ordered[0]
        arranged[np.isnan(arranged)] = ordered[1 : -len(near)]
        p = permutation_tails(arranged, indptr, indices).p[0, area]
        low = permutation_tails(-arranged, indptr, indices).p[0, area]
        assert min(p, low) >= smallest_p(arranged, k)[area] - 1e-15
    arranged = np.arange(25.0)
    near = indices[indptr[area] : indptr[area + 1]]
    order = [area, *[a for a in range(25) if a != area and a not in near], *near]
    arranged[order] = np.arange(25.0)
    p = permutation_tails(arranged, indptr, indices).p[0, area]
    assert p == pytest.approx(smallest_p(arranged, k)[area])


def test_brackets_are_allowed_as_the_documents_say():
    tail = np.array([0.3, 0.1, 0.026, 0.024, 0.005])
    assert widest_bracket(tail, 1 - tail) == pytest.approx([0.01, 0.01, 0.01, 0.0048, 0.001])
    assert widest_bracket(1 - tail, tail, 0.1) == pytest.approx([0.01, 0.01, 0.00052, 0.00048, 0.0001])
