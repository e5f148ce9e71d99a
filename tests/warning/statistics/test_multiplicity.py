from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import false_discovery_control

from regsam_geo.warning.statistics.multiplicity import benjamini_hochberg, q_of
from regsam_geo.warning.statistics.multiplicity import testable as could_be_significant

probabilities = arrays(np.float64, st.integers(1, 60), elements=st.floats(0, 1))


@given(probabilities)
def test_q_is_that_of_scipy(p):
    np.testing.assert_allclose(benjamini_hochberg(p), false_discovery_control(p), rtol=1e-12)


@given(probabilities, st.data())
def test_missing_tests_change_nothing(p, data):
    place = data.draw(st.integers(0, p.size))
    with_gap = np.insert(p, place, np.nan)
    q = benjamini_hochberg(with_gap)
    assert np.isnan(q[place])
    np.testing.assert_array_equal(np.delete(q, place), benjamini_hochberg(p))


@given(arrays(np.float64, st.integers(1, 30), elements=st.floats(0, 1)))
def test_testable_is_the_largest_set_that_could_reach_its_threshold(floor):
    kept = could_be_significant(floor, 0.1)
    best = max((k for k in range(1, floor.size + 1) if np.sort(floor)[k - 1] <= 0.1 / k), default=0)
    assert kept.sum() >= best
    if best:
        assert floor[kept].max() <= 0.1 / best
    else:
        assert not kept.any()


@given(probabilities, st.data())
def test_q_counts_only_what_could_succeed(p, data):
    floor = data.draw(arrays(np.float64, p.size, elements=st.floats(0, 1)))
    kept = could_be_significant(floor, 0.1)
    q = q_of(p, floor, 0.1)
    assert np.isnan(q[~kept]).all()
    if kept.any():
        np.testing.assert_allclose(q[kept], false_discovery_control(p[kept]), rtol=1e-12)


@pytest.mark.parametrize("p", [[], [np.nan]])
def test_nothing_tested(p):
    assert np.isnan(benjamini_hochberg(p)).all()
