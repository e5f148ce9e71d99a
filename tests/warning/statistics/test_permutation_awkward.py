"""Cases that break other libraries: islands, missing values, ties, tiny maps, outliers, frozen arrays."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spatial_oracle import brute_force, lattice

from regsam_geo.areas import as_neighbors
from regsam_geo.warning.statistics.getis_ord import getis_ord
from regsam_geo.warning.statistics.local_moran import local_moran
from regsam_geo.warning.statistics.permutation import permutation_tails

VERBS = [local_moran, getis_ord]


def ring(n):
    return {f"{i:02d}": [f"{(i - 1) % n:02d}", f"{(i + 1) % n:02d}"] for i in range(n)}


def series(values, index=None):
    return pd.Series(values, index=index or [f"{i:02d}" for i in range(len(values))], dtype=float)


def assert_matches_brute_force(verb, values, near):
    table = as_neighbors(near)
    low, high = brute_force(values.loc[table.ids].to_numpy(), table.indptr, table.indices)
    result = verb(values, near).loc[table.ids]
    np.testing.assert_allclose(result["p_low"], low, atol=1e-12)
    np.testing.assert_allclose(result["p_high"], high, atol=1e-12)
    return result


@pytest.mark.parametrize("verb", VERBS)
def test_islands_have_no_p(verb):
    near = {**ring(9), "x": [], "y": []}
    result = assert_matches_brute_force(verb, series(range(11), [*ring(9), "x", "y"]), near)
    for island in ("x", "y"):
        assert result.loc[island, "n_neighbors"] == 0
        assert result.loc[island, ["p_low", "p_high", "p", "p_floor", "p_error", "statistic"]].isna().all()


@pytest.mark.parametrize("verb", VERBS)
def test_only_islands(verb):
    result = verb(series([1, 2, 3]), {"00": [], "01": [], "02": []})
    assert result["p"].isna().all()


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("missing", [["03"], ["03", "04"], ["00", "02", "04", "06", "07"]])
def test_missing_values_leave_the_set_and_the_lists_and_nothing_else(verb, missing):
    values = series(np.random.default_rng(1).integers(0, 50, 10))
    values[missing] = np.nan
    result = verb(values, ring(10))
    rest = {
        area: [other for other in others if other not in missing]
        for area, others in ring(10).items()
        if area not in missing
    }
    expected = verb(values.drop(missing), rest)
    pd.testing.assert_frame_equal(result.drop(missing), expected)
    assert result.loc[missing, "p"].isna().all()
    assert (result.loc[missing, "n_neighbors"] == 0).all()


@pytest.mark.parametrize("verb", VERBS)
def test_all_missing(verb):
    assert verb(series([np.nan] * 5), ring(5))["p"].isna().all()


@pytest.mark.parametrize("verb", VERBS)
def test_columns_with_different_gaps(verb):
    table = pd.DataFrame(np.random.default_rng(2).normal(size=(10, 4)), index=list(ring(10)))
    table.iloc[3, 1], table.iloc[:, 2], table.iloc[[0, 9], 3] = np.nan, 1.0, np.nan
    together = verb(table, ring(10))
    for name in table:
        pd.testing.assert_frame_equal(together.loc[name], verb(table[name], ring(10)), check_names=False)


@pytest.mark.parametrize("verb", VERBS)
def test_constant_values_give_p_one(verb):
    result = verb(series([7.3] * 8), ring(8))
    assert (result["p"] == 1).all()
    assert (result["p_floor"] == 1).all()


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("values", [[0, 1] * 5, [0] * 9 + [1], [1, 1, 2, 2, 2, 3, 1, 1, 2, 9]])
def test_two_values_and_ties_count_in_both_tails(verb, values):
    result = assert_matches_brute_force(verb, series(values), ring(10))
    assert (result["p_low"] + result["p_high"] >= 1 - 1e-12).all()


@pytest.mark.parametrize("verb", VERBS)
def test_integers_and_booleans_are_welcome(verb):
    whole = pd.Series([3, 1, 4, 1, 5, 9, 2, 6], index=list(ring(8)))
    pd.testing.assert_frame_equal(verb(whole, ring(8)), verb(whole.astype(float), ring(8)))
    yes = whole > 3
    pd.testing.assert_frame_equal(verb(yes, ring(8)), verb(yes.astype(float), ring(8)))
    nullable = whole.astype("Int64")
    nullable.iloc[2] = pd.NA
    assert verb(nullable, ring(8))["p"].isna().sum() == 1


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("factor", [1e3, 1e9, 1e15])
def test_one_value_far_off(verb, factor):
    values = series(np.random.default_rng(3).normal(size=12))
    values.iloc[4] = factor
    assert_matches_brute_force(verb, values, ring(12))


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("n", [1, 2, 3])
def test_tiny_maps(verb, n):
    near = {f"{i:02d}": [f"{j:02d}" for j in range(n) if j != i] for i in range(n)}
    result = verb(series(range(1, n + 1)), near)
    if n == 1:
        assert result["p"].isna().all()
    else:
        assert result["p"].between(0, 1).all()
        assert_matches_brute_force(verb, series(range(1, n + 1)), near)


@pytest.mark.parametrize("verb", VERBS)
def test_everyone_is_neighbor_of_everyone(verb):
    near = {a: [b for b in ring(12) if b != a] for a in ring(12)}
    assert_matches_brute_force(verb, series(np.random.default_rng(4).normal(size=12)), near)


@pytest.mark.parametrize("verb", VERBS)
def test_an_area_that_names_itself(verb):
    near = {area: [area, *others] for area, others in ring(9).items()}
    values = series(np.arange(9.0) ** 2)
    pd.testing.assert_frame_equal(verb(values, near), verb(values, ring(9)))


def test_read_only_arrays():
    indptr, indices = lattice(4, 4)
    values = np.random.default_rng(5).normal(size=(2, 16))
    for array in (indptr, indices, values):
        array.setflags(write=False)
    for engine in ("auto", "grid", "draws"):
        permutation_tails(values, indptr, indices, engine=engine)


def test_unequal_weights_with_missing_values_and_islands():
    near = {"a": {"b": 1.0}, "b": {"a": 1.0, "c": 3.0}, "c": {"b": 3.0}, "d": {}, "e": {"a": 2.0, "b": 0.5}}
    values = pd.Series([1.0, 2.0, np.nan, 4.0, 5.0], index=list("abcde"))

    weights = SimpleNamespace(
        id_order=list(near),
        neighbors={area: list(others) for area, others in near.items()},
        weights={area: list(others.values()) for area, others in near.items()},
    )
    for verb in VERBS:
        result = verb(values, weights, draws=199)
        assert set(result["engine"]) == {"draws"}
        assert result.loc[["c", "d"], "p"].isna().all()
        assert result.loc[["a", "b", "e"], "p"].between(0, 1).all()


@given(
    # differences below a 10^-12th of the range are ties by definition, so values lie on a grid well above that
    st.lists(st.integers(-5, 5) | st.floats(-1e6, 1e6).map(lambda x: round(x, 3)), min_size=4, max_size=9),
    st.data(),
)
def test_any_values_on_any_graph(numbers, data):
    n = len(numbers)
    lists = [sorted(data.draw(st.sets(st.integers(0, n - 1), max_size=n - 1)) - {area}) for area in range(n)]
    indptr = np.cumsum([0, *map(len, lists)])
    indices = np.array([other for near in lists for other in near], dtype=np.int64)
    values = np.array(numbers, dtype=np.float64)
    tails = permutation_tails(values, indptr, indices)
    # the oracle adds floating-point numbers in another order: sums that nearly tie may fall on either side
    loose = np.array(brute_force(values, indptr, indices))
    assert np.isnan(loose[0]).tolist() == np.isnan(tails.p_low[0]).tolist()
    np.testing.assert_allclose(tails.p_low[0], loose[0], atol=1e-12)
    np.testing.assert_allclose(tails.p_high[0], loose[1], atol=1e-12)
