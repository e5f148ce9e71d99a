from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from regsam_geo.situation.firmness import (
    rank_sets,
    ranks,
    redrawn_rates,
    sampling_variance,
    share_that_holds,
    standardized,
    weighted_index,
)
from regsam_geo.situation.status_classes import class_number

PEOPLE = np.geomspace(3_000, 60_000, 25)


def covered(true, noise, repetitions, seed):
    """How often an interval holds the true rank, and how wide it is."""
    chance = np.random.default_rng(seed)
    rank = stats.rankdata(-true, method="min")
    held, width = [], []
    for number in range(repetitions):
        low, high = rank_sets(true + chance.normal(0, np.sqrt(noise)), noise, draws=500, seed=number)
        held.append((low <= rank) & (rank <= high))
        width.append(high - low)
    return np.mean(held), np.mean(width)


@pytest.mark.parametrize("spread", [0.2, 1.0, 50.0], ids=["near ties", "as the noise", "far apart"])
def test_the_interval_holds_the_true_rank(spread):
    """At nominal 90 %: at least 88 % of areas, near-ties apart; far apart it must be short as well."""
    noise = 100**2 * 0.05 * 0.95 / PEOPLE
    true = 5 + spread * np.sqrt(noise.mean()) * np.random.default_rng(1).standard_normal(25)
    held, width = covered(true, noise, 60, 2)
    assert held >= 0.88
    if spread == 50.0:
        assert width < 3


def test_quantiles_of_redrawn_ranks_would_not_hold_it():
    """Why the interval is not simply read off the redraws."""
    chance = np.random.default_rng(3)
    true = 0.2 * chance.standard_normal(25)
    rank = stats.rankdata(-true, method="min")
    held = []
    for _ in range(60):
        seen = true + chance.standard_normal(25)
        redrawn = stats.rankdata(-(seen + chance.standard_normal((400, 25))), axis=1)
        low, high = np.quantile(redrawn, [0.05, 0.95], axis=0)
        held.append((low <= rank) & (rank <= high))
    assert np.mean(held) < 0.8


def test_one_pair_is_the_two_sided_test_of_their_difference():
    """Of two there is one difference: the limit is that of the normal distribution."""
    limit = stats.norm.ppf(0.95)
    for t, told_apart in ((limit * 0.93, False), (limit * 1.07, True)):
        low, high = rank_sets(np.array([t * np.sqrt(3.0), 0.0]), np.array([1.0, 2.0]), draws=20_000)
        assert list(zip(low, high, strict=True)) == ([(1, 1), (2, 2)] if told_apart else [(1, 2), (1, 2)])


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_without_noise_the_interval_is_the_rank_and_its_ties(values):
    index = np.array(values, dtype=float)
    low, high = rank_sets(index, np.zeros(len(index)), draws=10)
    assert low.tolist() == [1 + sum(other > one for other in values) for one in values]
    assert high.tolist() == [sum(other >= one for other in values) for one in values]


def test_what_is_not_known_is_not_compared():
    index = np.array([9.0, np.nan, 5.0, 1.0])
    low, high = rank_sets(index, np.array([0.01, 0.01, np.nan, 0.01]))
    assert np.isnan(low[1])
    assert np.isnan(low[2])
    # the one without variance may stand on either side of both others
    assert (low[0], high[0], low[3], high[3]) == (1, 2, 2, 3)


@given(st.lists(st.one_of(st.integers(-3, 3), st.none()), min_size=1, max_size=8))
def test_ranks_are_those_of_scipy(values):
    index = np.array([np.nan if value is None else value for value in values], dtype=float)
    known = np.isfinite(index)
    found = ranks(index)
    assert np.isnan(found[~known]).all()
    assert found[known].tolist() == stats.rankdata(-index[known], method="min").tolist()


def test_the_index_is_that_of_plain_loops():
    chance = np.random.default_rng(4)
    values, weights = chance.normal(10, 3, (7, 3)), np.array([1.0, 2.0, 0.5])
    values[2, 1] = np.nan
    there = [0, 1, 3, 4, 5, 6]

    def z(column):
        middle = sum(column) / len(column)
        return [(x - middle) / (sum((y - middle) ** 2 for y in column) / len(column)) ** 0.5 for x in column]

    parts = [z([values[area, k] for area in there]) for k in range(3)]
    wanted = z([sum(w * part[i] for w, part in zip(weights, parts, strict=True)) for i in range(6)])
    found = weighted_index(values, weights)
    assert np.isnan(found[2])
    assert found[there] == pytest.approx(wanted)
    several = weighted_index(np.stack([values, values + 1]), np.stack([weights, weights]))
    assert several[1][there] == pytest.approx(wanted)
    assert np.isnan(standardized(np.array([3.0, 3.0]))).all()


def test_redrawn_counts_have_the_moments_of_their_distributions():
    rates = np.array([[4.0, 120.0], [80.0, np.nan], [7.0, 3.0]])
    people = np.array([[500.0, 40.0], [50.0, 10.0], [np.nan, 90.0]])
    scales, shares = np.array([100.0, 100.0]), np.array([True, False])
    drawn = redrawn_rates(rates, people, scales, shares, 20_000, 5)
    assert (drawn[:, 2, 0] == 7.0).all()
    assert np.isnan(drawn[:, 1, 1]).all()
    for area, k, variance in (
        (0, 0, 4 * 96 / 500),
        (1, 0, 80 * 20 / 50),
        (0, 1, 120 * 100 / 40),
        (2, 1, 3 * 100 / 90),
    ):
        assert drawn[:, area, k].mean() == pytest.approx(rates[area, k], rel=0.03)
        assert drawn[:, area, k].var() == pytest.approx(variance, rel=0.05)
    again = redrawn_rates(rates, people, scales, shares, 20_000, 5)
    np.testing.assert_array_equal(again, drawn)


def test_the_variance_is_near_that_of_the_redraws_and_never_zero():
    people = np.array([[2_000.0], [400.0], [30.0]])
    rates = np.array([[5.0], [50.0], [0.0]])
    for shares in ([True], [False]):
        found = sampling_variance(rates, people, np.array([100.0]), np.array(shares))
        drawn = redrawn_rates(rates, people, np.array([100.0]), np.array(shares), 40_000, 6)
        assert found[:2, 0] == pytest.approx(drawn.var(axis=0)[:2, 0], rel=0.05)
        assert found[2, 0] > 0
    assert np.isnan(sampling_variance(rates, people * np.nan, np.array([100.0]), np.array([True]))).all()


def test_a_class_holds_in_the_share_of_redraws_that_say_so():
    index = np.array([1.2, -0.5, np.nan])
    drawn = np.array([[1.1, -1.2, 0.0], [0.9, -0.9, 0.0], [1.3, -1.0, 0.0], [1.6, 0.0, 0.0]])
    found = share_that_holds(drawn, lambda x: class_number(x, (-1.0, 1.0, 1.5)), index)
    # 1.1 and 1.3 lie in the same class as 1.2; -0.9, -1.0 and 0.0 in that of -0.5
    assert found[:2].tolist() == [0.5, 0.75]
    assert np.isnan(found[2])


def test_the_stepwise_limit_never_widens_an_interval():
    """Told apart at the first limit means told apart at every later one."""
    chance = np.random.default_rng(7)
    for _ in range(20):
        value, noise = chance.normal(0, 2, 12), chance.uniform(0.2, 2, 12)
        low, high = rank_sets(value, noise, draws=400, seed=1)
        shocks = np.random.default_rng(1).standard_normal((400, 12)) * np.sqrt(noise)
        for one in range(12):
            others = [other for other in range(12) if other != one]
            scale = {other: np.sqrt(noise[one] + noise[other]) for other in others}
            largest = np.max([np.abs(shocks[:, o] - shocks[:, one]) / scale[o] for o in others], axis=0)
            limit = np.quantile(largest, 0.9, method="higher")
            apart = {other for other in others if abs(value[other] - value[one]) > limit * scale[other]}
            assert low[one] >= 1 + sum(value[other] > value[one] for other in apart)
            assert high[one] <= 12 - sum(value[other] < value[one] for other in apart)
            for a, b in itertools.pairwise(sorted([low[one], high[one]])):
                assert 1 <= a <= b <= 12
