"""Farrington's method against R surveillance, value by value, and against a textbook version."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import farrington_oracle as oracle
import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from regsam_geo.warning.statistics.farrington import (
    Rules,
    baseline,
    largest_usual,
    reference,
    share_at_least,
)

HERE = Path(__file__).parent
WEEKS = pd.read_csv(HERE / "salmonella_agona.csv")["y"].to_numpy(dtype="float64")
DELTA = pd.read_csv(HERE / "salmonella_agona_delta.csv")
PLUG_IN = pd.read_csv(HERE / "salmonella_agona_nb.csv")
AT = DELTA["t"].to_numpy() - 1
MONTHS = Rules(12, 5, 0, 12, 6, fewest_within=1, most_beyond=2.0)
WIDE_MONTHS = Rules(12, 4, 1, 4, 6, fewest_within=1)
QUARTERS = Rules(4, 6, 0, 4, 2, fewest_within=1)


def delta_bound(usual):
    """Return the bound of ``delta``: the two-thirds power is nearly normal (Farrington et al. 1996)."""
    spread = np.sqrt(4 / 9 * np.cbrt(usual.expected) * (usual.phi + usual.error))
    bound = (usual.expected ** (2 / 3) + norm.ppf(0.95) * spread) ** 1.5
    return np.where(usual.enough, bound, np.nan)


def test_bounds_of_r_surveillance_with_its_dispersion():
    """R stops 1e-8 short of the maximum, in deviance; that is what is left of the difference."""
    usual = baseline(WEEKS, AT, Rules(), as_r=True)
    bound = delta_bound(usual)
    np.testing.assert_allclose(bound, DELTA["ub"], rtol=0, atol=4e-5)
    np.testing.assert_allclose(np.where(usual.enough, usual.expected, np.nan), DELTA["expd"], rtol=0, atol=1e-6)
    assert ((WEEKS[AT] > bound) == DELTA["alarm"].astype(bool)).all()
    assert DELTA["alarm"].sum() == 7


def test_its_p_too():
    usual = baseline(WEEKS, AT, Rules(), as_r=True)
    spread = np.sqrt(4 / 9 * np.cbrt(usual.expected) * (usual.phi + usual.error))
    p = norm.sf((WEEKS[AT] ** (2 / 3) - usual.expected ** (2 / 3)) / spread)
    np.testing.assert_allclose(p, DELTA["pv"], rtol=0, atol=1e-5)


def test_the_plug_in_bound_of_r_surveillance_is_the_same():
    usual = baseline(WEEKS, AT, Rules())
    bound = np.where(usual.enough, largest_usual(usual.expected, usual.phi, np.full(len(AT), 0.05)), np.nan)
    np.testing.assert_array_equal(bound, PLUG_IN["ub"])
    assert ((WEEKS[AT] > bound) == PLUG_IN["alarm"].astype(bool)).all()


def test_its_alarms_with_the_dispersion_of_the_model():
    bound = delta_bound(baseline(WEEKS, AT, Rules()))
    np.testing.assert_allclose(bound, DELTA["ub"], rtol=0, atol=0.14)
    assert ((WEEKS[AT] > bound) == DELTA["alarm"].astype(bool)).all()


@pytest.mark.parametrize("rules", [Rules(), MONTHS, WIDE_MONTHS, QUARTERS], ids=["W", "M", "M wide", "Q"])
def test_a_textbook_says_the_same(rules):
    rng = np.random.default_rng(5)
    periods = rules.season * (rules.years + 1) + 5
    mean = 9 * np.exp(0.4 * np.sin(np.arange(periods) * 2 * np.pi / rules.season) + 0.05 * np.arange(periods) / 12)
    counts = rng.negative_binomial(mean, 0.5, (3, periods)).astype("float64")
    counts[0, periods - rules.season - 2 * rules.left_out] = 90.0  # a past outbreak
    counts[1, rng.integers(0, periods - 1, 5)] = np.nan  # hidden
    size = rng.uniform(0.5, 2, (3, periods))
    at = [periods - 1, periods - 3]
    usual = baseline(counts, at, rules, size)
    names = ("season", "years", "half_window", "parts", "left_out", "weights_from", "most_beyond")
    options = {name: asdict(rules)[name] for name in names}
    for series in range(3):
        for column, now in enumerate(at):
            told = oracle.expected(counts[series], now, size=size[series], **options)
            found = [getattr(usual, name)[series, column] for name in ("expected", "phi", "error", "df")]
            np.testing.assert_allclose(found, told, rtol=1e-7)


@pytest.mark.parametrize("rules", [Rules(), MONTHS, WIDE_MONTHS, QUARTERS, Rules(52, 3, 2, 7, 10)])
def test_parts_of_the_year_date_by_date(rules):
    back, part = reference(rules)
    told = oracle.part_of_each(0, rules.season, rules.years, rules.half_window, rules.parts)
    used = {-when: piece for when, piece in told.items() if -when > rules.left_out}
    assert dict(zip(back.tolist(), part.tolist(), strict=True)) == used


def test_tails_are_sums_of_probabilities():
    for mean, ratio in [(0.4, 1.0), (7.0, 1.0), (7.0, 1.3), (30.0, 4.0)]:
        each = [oracle.probability(count, mean, ratio) for count in range(600)]
        tail = 1 - np.concatenate([[0], np.cumsum(each)[:120]])
        count = np.arange(121.0)
        found = share_at_least(count, np.array(mean), np.array(ratio))
        np.testing.assert_allclose(found, tail, atol=1e-12)
        for share in (0.05, 0.001):
            bound = next(most for most in range(120) if tail[most + 1] <= share)
            assert largest_usual(np.array(mean), np.array(ratio), np.array(share)) == bound


def test_far_tails_keep_their_digits():
    """1 - sum is 0 here; the sum from above is not."""
    above = sum(oracle.probability(count, 20.0, 1.5) for count in range(90, 400))
    found = share_at_least(np.array(90.0), np.array(20.0), np.array(1.5))
    assert 0 < above < 1e-16
    assert found == pytest.approx(above, rel=1e-9)


def test_no_case_in_a_part_of_the_year():
    """Its level has no logarithm; the other parts are told as without it."""
    counts = np.tile(np.r_[np.zeros(6), np.full(6, 5.0)], 6)
    usual = baseline(counts, [71, 65], MONTHS)
    np.testing.assert_allclose(usual.expected, [5.0, 0.0], atol=1e-9)
    assert np.isfinite(usual.phi).all()
    assert np.isfinite(usual.error[0])


def test_a_short_past_expects_nothing():
    counts = np.full(72, 4.0)
    assert np.isnan(baseline(counts, [35], MONTHS).expected).all()
    assert baseline(counts, [36], MONTHS).expected[0] == pytest.approx(4.0)
    counts[[11, 23]] = np.nan
    assert np.isnan(baseline(counts, [59], MONTHS).expected[0])  # two of four Decembers are left


def test_a_trend_that_promises_more_than_there_ever_was_is_left_out():
    grown = np.round(100 * np.exp(0.1 * np.arange(72) / 12))
    bold, cautious = (baseline(grown, [71], Rules(12, 5, 0, 12, 6, most_beyond=most)) for most in (2.0, 1.0))
    assert bold.trend[0]
    assert bold.expected[0] == pytest.approx(grown[71], rel=0.02)
    assert not cautious.trend[0]
    assert cautious.expected[0] < 0.8 * grown[71]


def test_nothing_is_changed():
    counts, size = WEEKS.copy(), np.ones_like(WEEKS)
    baseline(counts, AT, Rules(), size)
    np.testing.assert_array_equal(counts, WEEKS)
    np.testing.assert_array_equal(size, 1.0)
