"""The permutation engines against brute force, each other and what must hold for any values."""

from __future__ import annotations

import numpy as np
import pytest
from spatial_oracle import brute_force, lattice

import regsam_geo as rg
from regsam_geo.indicators import unrounded_values
from regsam_geo.warning.permutation import permutation_tails

TESTS = ("cluster", "outlier")
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


def assert_exact(columns, indptr, indices, engine="auto"):
    found = permutation_tails(columns, indptr, indices, tests=TESTS, engine=engine)
    for test in TESTS:
        for row, values in enumerate(columns):
            low, high = brute_force(values, indptr, indices, test)
            np.testing.assert_allclose(found[test].p_low[row], low, rtol=0, atol=EXACT)
            np.testing.assert_allclose(found[test].p_high[row], high, rtol=0, atol=EXACT)
            assert found[test].error[row].max() == 0
    return found


def test_one_shipped_indicator_is_exact(districts):
    as_printed, unrounded = sample_columns(unrounded=False)[4:5], sample_columns(unrounded=True)[4:5]
    assert assert_exact(as_printed, *districts)["cluster"].engine == ["tables"]
    assert assert_exact(unrounded, *districts)["cluster"].engine == ["halves"]


@pytest.mark.slow
@pytest.mark.parametrize("unrounded", [False, True])
def test_every_shipped_indicator_is_exact(districts, unrounded):
    assert_exact(sample_columns(unrounded=unrounded), *districts)


@pytest.mark.parametrize("engine", ["tables", "halves"])
def test_lattice_with_eight_neighbors_is_exact(engine):
    values = np.random.default_rng(5).integers(0, 40, (1, 25)).astype(float)
    found = assert_exact(values, *lattice(5, 5), engine=engine)
    assert found["cluster"].engine == [engine]


@pytest.mark.parametrize("engine", ["tables", "halves"])
def test_heavy_ties_are_exact(districts, engine):
    values = np.random.default_rng(6).integers(0, 3, (1, 25)).astype(float)
    assert_exact(values, *districts, engine=engine)
