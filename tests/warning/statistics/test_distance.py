"""Distances of rates from a common rate: normal where chance rules, logarithms where lasting differences do."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from regsam_geo.warning.statistics.distance import distance_on_link


@pytest.mark.parametrize("proportion", [True, False])
def test_chance_alone_is_normal_down_to_few_cases(proportion):
    """Also far out in the lower tail, where the logarithm of a count of fifteen would be off by far."""
    rng = np.random.default_rng(4)
    people, rate = np.full((40, 5000), 300.0), 0.05
    cases = rng.binomial(300, rate, people.shape) if proportion else rng.poisson(300 * rate, people.shape)
    chance = np.ones(people.shape)
    found = distance_on_link(
        cases.astype(float), people, np.full((40, 1), rate), np.full((40, 1), proportion), chance
    )
    z = found.far / np.sqrt(found.sampling)
    for at in (-3.5, -2.5, 2.5, 3.5):
        share = (z < at).mean() if at < 0 else (z > at).mean()
        # counts are whole numbers, so that a tail can be off by one of them
        assert 0.5 < share / norm.sf(abs(at)) < 1.9


def test_lasting_differences_are_told_on_the_link_scale():
    people = np.full((1, 9), 1e7)
    logits = np.linspace(-4, 0, 9)[None]
    rate = 1 / (1 + np.exp(-logits))
    found = distance_on_link(rate * people, people, np.array([[0.1]]), np.array([[True]]))
    np.testing.assert_allclose(found.far, logits - np.log(0.1 / 0.9), atol=1e-3)
    assert found.chance.max() < 1e-3


def test_gaps_stay_gaps_and_move_nothing():
    cases, people = np.array([[5.0, 20.0, 40.0, 9.0]]), np.array([[100.0, 300.0, 900.0, 200.0]])
    whole = distance_on_link(cases, people, np.array([[0.05]]), np.array([[True]]), np.full((1, 4), 0.5))
    cases[0, 1] = np.nan
    gap = distance_on_link(cases, people, np.array([[0.05]]), np.array([[True]]), np.full((1, 4), 0.5))
    np.testing.assert_array_equal(np.isnan(gap.far), [[False, True, False, False]])
    np.testing.assert_allclose(gap.far[0, [0, 2, 3]], whole.far[0, [0, 2, 3]])
