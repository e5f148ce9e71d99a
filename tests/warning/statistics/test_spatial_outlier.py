"""The spatial-outlier test: beside a plain count of the others; its floor, its size and its recall, by trying."""

from __future__ import annotations

import statistics
from functools import lru_cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import regsam_geo as rg
from regsam_geo.areas import as_neighbors
from regsam_geo.warning.statistics.spatial_outlier import spatial_outlier


def ring(n):
    return {f"{i:02d}": [f"{(i - 1) % n:02d}", f"{(i + 1) % n:02d}"] for i in range(n)}


def series(values):
    return pd.Series(values, index=[f"{i:02d}" for i in range(len(values))], dtype=float)


@lru_cache
def variance_drawn_in(share):
    """Return the variance of a standard normal variable whose ends are drawn in, by summing up quantiles."""
    z = stats.norm.ppf((np.arange(200_000) + 0.5) / 200_000)
    edge = stats.norm.ppf(1 - share) if share else np.inf
    return float((np.clip(z, -edge, edge) ** 2).mean())


def plainly(values, near):
    """Return t and p of each area as the documentation tells it, area by area, from lists."""
    known = {area: x for area, x in values.items() if not np.isnan(x)}
    beside = {area: [known[other] for other in near[area] if other in known] for area in known}
    distance = {
        area: (known[area] - statistics.median(one)) / (1 + (1 if len(one) < 3 else np.pi / 2) / len(one)) ** 0.5
        for area, one in beside.items()
        if one
    }
    found = {}
    for area, own in distance.items():
        others = sorted(x for other, x in distance.items() if other != area)
        if len(others) < 4:
            continue
        cut = len(others) // 10
        others = [min(max(x, others[cut]), others[-1 - cut]) for x in others]
        shrunk = variance_drawn_in(cut / len(others))
        spread = statistics.stdev(others)
        if spread == 0:
            found[area] = 0.0, 1.0
            continue
        t = (own - statistics.fmean(others)) / (spread / shrunk**0.5 * (1 + 1 / len(others)) ** 0.5)
        found[area] = t, 2 * stats.t.sf(abs(t), len(others) - 2 * cut - 1)
    return found


@pytest.fixture(scope="module")
def districts():
    return rg.neighbors(rg.load_boundaries("district"))


@pytest.mark.parametrize("period", [2008, 2024])
def test_shipped_indicators_beside_the_plain_count(districts, period):
    data = rg.load_sample().sel(period=period, level="district").data
    near = {area: districts[area] for area in districts.ids}
    for _, rows in data.groupby("indicator"):
        values = rows.set_index("area_id")["value"]
        result, expected = spatial_outlier(values, districts), plainly(values, near)
        assert len(expected) == 25
        for area, (t, p) in expected.items():
            assert result.loc[area, "t"] == pytest.approx(t, rel=1e-5, abs=1e-9)
            assert result.loc[area, "p"] == pytest.approx(p, rel=1e-4)
            middle = statistics.median(values[near[area]])
            assert result.loc[area, "neighbors_median"] == pytest.approx(middle)
            assert result.loc[area, "statistic"] == pytest.approx(values[area] - middle)
    assert result["p_low"].to_numpy() + result["p_high"].to_numpy() == pytest.approx(1.0)
    assert 2 * np.minimum(result["p_low"], result["p_high"]).to_numpy() == pytest.approx(result["p"].to_numpy())


@given(
    st.lists(
        st.integers(-5, 5) | st.floats(-1e6, 1e6).map(lambda x: round(x, 3)) | st.none(), min_size=1, max_size=14
    ),
    st.data(),
)
def test_any_values_on_any_graph(numbers, data):
    values = series([np.nan if x is None else x for x in numbers])
    ids = values.index.tolist()
    near = {area: sorted(data.draw(st.sets(st.sampled_from(ids))) - {area}) for area in ids}
    result, expected = spatial_outlier(values, as_neighbors(near)), plainly(values, near)
    assert set(result.index[result["p"].notna()]) == set(expected)
    for area, (t, p) in expected.items():
        # differences that are equal but for rounding are no scatter here, and a tiny one in the plain count
        if abs(t) < 1e6:
            assert result.loc[area, "t"] == pytest.approx(t, rel=1e-4, abs=1e-6)
            assert result.loc[area, "p"] == pytest.approx(p, rel=1e-3, abs=1e-9)


GRAPHS = {
    "ring": ring(12),
    "path": {f"{i:02d}": [f"{j:02d}" for j in (i - 1, i + 1) if 0 <= j < 12] for i in range(12)},
    "star": {"00": [f"{i:02d}" for i in range(1, 12)], **{f"{i:02d}": ["00"] for i in range(1, 12)}},
    "two and two": {f"{i:02d}": [f"{i ^ 1:02d}"] for i in range(12)},
    "all": {f"{i:02d}": [f"{j:02d}" for j in range(12) if j != i] for i in range(12)},
}


@pytest.mark.parametrize("graph", GRAPHS)
@pytest.mark.parametrize("values", [np.random.default_rng(5).normal(size=12), [1, 1, 0] * 4, [5] * 12])
@pytest.mark.parametrize("side", [-1, 1])
def test_the_floor_is_the_p_of_a_value_put_far_off(graph, side, values):
    values = series(values)
    floors = spatial_outlier(values, GRAPHS[graph])["p_floor"]
    for area in values.index:
        moved = values.copy()
        moved[area] = side * 1e9
        assert spatial_outlier(moved, GRAPHS[graph]).loc[area, "p"] == pytest.approx(
            floors[area], rel=1e-4, abs=1e-9
        )


def test_every_floor_of_the_districts_is_reached(districts):
    values = rg.load_sample().sel("Arbeitslose - Anteil", period=2024, level="district")
    values = values.data.set_index("area_id")["value"]
    floors = spatial_outlier(values, districts)["p_floor"]
    for area in values.index:
        moved = values.copy()
        moved[area] = values.median() * 1e6
        assert spatial_outlier(moved, districts).loc[area, "p"] == pytest.approx(floors[area], abs=1e-12)


def test_islands_gaps_and_few_areas():
    near = {**ring(9), "x": [], "y": []}
    values = pd.Series([*np.arange(9.0), 3.0, 4.0], index=[*ring(9), "x", "y"])
    result = spatial_outlier(values, near)
    assert result.loc[["x", "y"], ["t", "p", "p_floor", "statistic"]].isna().all(axis=None)
    assert (result.loc[["x", "y"], "n_neighbors"] == 0).all()
    gap = values.copy()
    gap["03"] = np.nan
    rest = {area: [other for other in others if other != "03"] for area, others in near.items() if area != "03"}
    pd.testing.assert_frame_equal(spatial_outlier(gap, near).drop("03"), spatial_outlier(gap.drop("03"), rest))
    four = spatial_outlier(series([1, 2, 3, 9]), ring(4))
    assert four["p"].isna().all()
    assert spatial_outlier(series([1, 2, 3, 9, 4]), ring(5))["p"].notna().all()
    flat = spatial_outlier(series([7.3] * 12), GRAPHS["all"])
    assert (flat["p"] == 1).all()
    assert (flat["p_floor"] == 1).all()


def test_columns_are_tested_as_each_alone():
    table = pd.DataFrame(np.random.default_rng(2).normal(size=(12, 5)), index=list(ring(12)))
    table.iloc[3, 1], table.iloc[:, 2], table.iloc[[0, 9], 3], table.iloc[4, 4] = np.nan, 1.0, np.nan, 1e15
    together = spatial_outlier(table, ring(12))
    for name in table:
        alone = spatial_outlier(table[name], ring(12))
        pd.testing.assert_frame_equal(together.loc[name], alone, check_names=False, rtol=1e-12)


def simulated(near, rho, maps, rng):
    """Maps of a simultaneous autoregression: each area is rho times the mean of its neighbors, and chance."""
    n = len(near.ids)
    weights = np.zeros((n, n))
    for row in range(n):
        beside = near.indices[near.indptr[row] : near.indptr[row + 1]]
        weights[row, beside] = 1 / len(beside)
    return np.linalg.solve(np.eye(n) - rho * weights, rng.normal(size=(n, maps)))


@pytest.mark.parametrize("rho", [0.0, 0.5, 0.9])
@pytest.mark.parametrize("level", ["region", "district"])
def test_as_many_false_alarms_as_promised_on_correlated_maps(level, rho):
    near = rg.neighbors(rg.load_boundaries(level))
    p = spatial_outlier(simulated(near, rho, 12_000, np.random.default_rng(11)), near)["p"]
    assert 0.04 <= (p < 0.05).mean() <= 0.06
    assert (p < 0.001).mean() <= 0.0015


def test_an_area_at_three_times_the_median_is_found(districts):
    """Each area of each shipped indicator in turn; q as in a report, over all tests of the kind."""
    data = rg.load_sample().sel(period=2024, level="district").data
    table = data.pivot(index="area_id", columns="indicator", values="value")  # noqa: PD010 - keys are unique
    own = spatial_outlier(table, districts)["p"].unstack("area_id")[table.index]  # noqa: PD010
    found = {3: 0, 5: 0}
    for factor in found:
        for area in table.index:
            moved = table.copy()
            moved.loc[area] = table.median() * factor
            p = spatial_outlier(moved, districts)["p"].unstack("area_id")[table.index]  # noqa: PD010
            for name in table:
                every = own.copy()
                every.loc[name] = p.loc[name]
                q = stats.false_discovery_control(every.to_numpy().ravel()).reshape(every.shape)
                found[factor] += q[list(table).index(name), list(table.index).index(area)] < 0.10
    assert found[3] >= 0.85 * table.size
    assert found[5] >= 0.95 * table.size
