"""Funnel limits: residuals against exact distributions, scatter against a plain loop, false alarms."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import regsam_geo as rg
from regsam_geo.errors import InputError, OptionError
from regsam_geo.warning.statistics.funnel import (
    adjusted_residuals,
    calibration,
    funnel_limits,
    rate_at,
    scatter_without,
    studentize,
)


@pytest.mark.parametrize(("size", "rate"), [(200, 0.05), (2000, 0.01), (50_000, 0.04), (30, 0.5)])
def test_residuals_turn_binomial_counts_into_normal_ones(size, rate):
    counts = np.arange(stats.binom.ppf(1e-4, size, rate), stats.binom.ppf(1 - 1e-4, size, rate) + 1)
    mine = stats.norm.cdf(adjusted_residuals(counts, np.full_like(counts, size), rate, "proportion"))
    middle = stats.binom.cdf(counts, size, rate) - stats.binom.pmf(counts, size, rate) / 2
    np.testing.assert_allclose(mine, middle, atol=0.005)
    # the continuous extension of the binomial distribution (Jeffreys' beta) says the same
    beta = stats.beta.sf(rate, counts + 0.5, size - counts + 0.5)
    np.testing.assert_allclose(mine, beta, atol=0.0015)


@pytest.mark.parametrize("mean", [6.0, 40.0, 900.0])
def test_residuals_turn_poisson_counts_into_normal_ones(mean):
    counts = np.arange(stats.poisson.ppf(1e-4, mean), stats.poisson.ppf(1 - 1e-4, mean) + 1)
    mine = stats.norm.cdf(adjusted_residuals(counts, np.full_like(counts, mean), 1.0, "ratio"))
    middle = stats.poisson.cdf(counts, mean) - stats.poisson.pmf(counts, mean) / 2
    np.testing.assert_allclose(mine, middle, atol=0.008)
    fractional = counts + 0.3
    gamma = stats.gamma.sf(mean, fractional + 0.5)
    mine = stats.norm.cdf(adjusted_residuals(fractional, np.full_like(counts, mean), 1.0, "ratio"))
    np.testing.assert_allclose(mine, gamma, atol=0.002)


@given(st.lists(st.floats(-50, 50), min_size=6, max_size=40))
def test_scatter_is_the_winsorized_mean_square_of_the_others(numbers):
    z = np.array(numbers)
    expected = []
    for area in range(len(z)):
        others = np.sort(np.delete(z, area))
        cut = int(0.1 * len(others))
        expected.append(np.mean(np.clip(others, others[cut], others[-1 - cut]) ** 2))
    np.testing.assert_allclose(scatter_without(z), expected, rtol=1e-9, atol=1e-9)


def test_winsorized_scatter_is_too_small_and_the_calibration_says_by_how_much():
    rng = np.random.default_rng(3)
    z = rng.standard_normal((20_000, 25))
    assert scatter_without(z).mean() == pytest.approx(0.736, abs=0.005)
    found = calibration(25)
    assert found.scale**2 == pytest.approx(1 / 0.72, abs=0.05)
    statistic = (z - z.mean(axis=1, keepdims=True)) / np.sqrt(1 - 1 / 25)
    p = found.p(statistic / np.sqrt(scatter_without(statistic)))
    assert (p < 0.05).mean() == pytest.approx(0.05, abs=0.002)
    assert (p < 0.002).mean() == pytest.approx(0.002, abs=0.0003)
    assert (p < 0.01).mean() == pytest.approx(0.01, abs=0.001)


@pytest.mark.parametrize("phi", [1, 3, 10])
def test_false_alarms_with_overdispersion(phi):
    panel = rg.load_sample().sel("Arbeitslose - Anteil", period=2024, level="district")
    x = panel.data["denominator"].to_numpy()
    rng = np.random.default_rng(phi)
    hits, n = np.zeros(2), 800
    for _ in range(n):
        mean = x * 0.04 if phi == 1 else rng.gamma(x * 0.04 / (phi - 1), phi - 1)
        tested = studentize(rng.poisson(mean).astype(float), x, "ratio")
        p = tested.calibration.p(tested.statistic)
        hits += [(p < 0.05).mean(), (p < 0.002).mean()]
    assert 0.04 <= hits[0] / n <= 0.06
    assert 0.001 <= hits[1] / n <= 0.004


def test_rate_at_is_the_inverse_of_the_residual():
    x = np.array([50.0, 400.0, 9000.0])
    for kind in ("proportion", "ratio"):
        for reach in (-1.5, 0.5, 4.0):
            rate = rate_at(np.full(3, reach), x, 0.1, kind)
            np.testing.assert_allclose(adjusted_residuals(rate * x, x, 0.1, kind), reach, atol=1e-8)


def test_limits_enclose_exactly_the_areas_with_p_above_the_level():
    panel = rg.load_sample()
    for name, kind in (("Nichtdeutsche", "proportion"), ("Altenquotient", "ratio")):
        rows = panel.sel(name, period=2024, level="district").data.set_index("area_id")
        found = funnel_limits(rows["numerator"], rows["denominator"], kind, scale=100)
        assert list(found.index) == list(rows.index)
        for percent, level in (("95", 0.05), ("998", 0.002)):
            outside = (found["rate"] < found[f"lower_{percent}"]) | (found["rate"] > found[f"upper_{percent}"])
            assert (outside == (found["p"] < level)).all()


def test_limits_without_overdispersion_are_those_of_the_binomial_distribution():
    # 200 areas: the part that one area has in the whole hardly matters
    numerator, denominator = pd.Series([40.0] * 200), pd.Series([1000.0] * 200)
    found = funnel_limits(numerator, denominator, overdispersion=False).iloc[0]
    exact = stats.binom.ppf([0.025, 0.975], 1000, 0.04) / 1000
    assert abs(found["lower_95"] - exact[0]) < 0.0011
    assert abs(found["upper_95"] - exact[1]) < 0.0011


def test_missing_values_and_zero_denominators_concern_their_own_area_only():
    rng = np.random.default_rng(4)
    y, x = pd.Series(rng.poisson(30, 12).astype(float)), pd.Series(rng.uniform(500, 900, 12))
    whole = funnel_limits(y.drop([2, 5]), x.drop([2, 5]), "ratio")
    y[2], x[5] = np.nan, 0.0
    found = funnel_limits(y, x, "ratio")
    assert found.loc[[2, 5]].isna().all(axis=None)
    pd.testing.assert_frame_equal(found.drop([2, 5]), whole)


def test_few_areas_and_no_scatter_give_no_limits():
    few = funnel_limits(pd.Series([1.0, 2, 3]), pd.Series([9.0, 9, 9]))
    assert few["p"].isna().all()
    assert few["rate"].notna().all()
    assert funnel_limits(pd.Series([0.0] * 9), pd.Series([9.0] * 9))["p"].isna().all()
    assert funnel_limits(pd.Series([2.0] * 9), pd.Series([9.0] * 9))["rate"].notna().all()
    assert funnel_limits(pd.Series([np.nan]), pd.Series([1.0])).isna().all(axis=None)


def test_errors():
    one = pd.Series([1.0], index=["a"])
    with pytest.raises(InputError):
        funnel_limits(one * 2, one)
    with pytest.raises(InputError):
        funnel_limits(-one, one)
    with pytest.raises(InputError):
        funnel_limits(one, pd.Series([1.0], index=["b"]))
    with pytest.raises(OptionError):
        funnel_limits(one, one, "share")
