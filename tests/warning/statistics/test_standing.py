"""How firm a place in an order is: against the public funnel limits, exact intervals, and plain loops."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import regsam_geo as rg
from regsam_geo.warning.statistics.standing import standing_by_history, standings_by_counts


def tables(share):
    """Tables of different sizes, some of which cannot be tested."""
    rng = np.random.default_rng(11)
    found = []
    for n in (25, 16, 8, 25, 3):
        size = np.round(rng.lognormal(8, 1, n) + 40)
        cases = rng.binomial(size.astype(int), np.clip(0.1 + 0.03 * rng.standard_normal(n), 0.001, 1)).astype(
            float
        )
        found.append((cases if share else 1.5 * cases, size))
    found.append((np.array([]), np.array([])))
    found.append((np.array([1.0, np.nan]), np.array([10.0, 10.0])))
    return found


@pytest.mark.parametrize("share", [True, False])
def test_many_tables_at_once_have_the_ranges_and_sides_of_the_funnel_of_each(share):
    for (y, x), found in zip(
        tables(share), standings_by_counts(tables(share), share=share, scale=100), strict=True
    ):
        if len(y) < 6:
            assert found is None
            continue
        limits = rg.funnel_limits(pd.Series(y), pd.Series(x), "proportion" if share else "ratio", scale=100)
        np.testing.assert_allclose(found.low, limits["lower_95"], rtol=1e-9)
        np.testing.assert_allclose(found.high, limits["upper_95"], rtol=1e-9)
        wanted = np.where(limits["p"] < 0.05, np.sign(limits["statistic"]), 0)
        np.testing.assert_array_equal(found.side, wanted)
        assert found.expected == pytest.approx(100 * y.sum() / x.sum())


@pytest.mark.parametrize("share", [True, False])
def test_possible_ranks_are_counted_from_exact_intervals(share):
    (y, x), *_ = tables(share)
    found = standings_by_counts([(y, x)], share=share, scale=1)[0]
    tail = (1 - 0.95 ** (1 / len(y))) / 2
    if share:
        low, high = stats.beta.ppf(tail, y, x - y + 1), stats.beta.ppf(1 - tail, y + 1, x - y)
    else:
        low, high = stats.gamma.ppf(tail, y) / x, stats.gamma.ppf(1 - tail, y + 1) / x
    best = [1 + sum(other > mine for other in low) for mine in high]
    worst = [len(y) - sum(other < mine for other in high) for mine in low]
    assert found.best.tolist() == best
    assert found.worst.tolist() == worst


def test_more_cases_than_people_are_no_share():
    y, x = np.array([12.0, 3, 4, 5, 6, 2, 8]), np.full(7, 10.0)
    moved = standings_by_counts([(y, x)], share=True, scale=1)[0]
    counted = standings_by_counts([(y, x)], share=False, scale=1)[0]
    np.testing.assert_array_equal(moved.high, counted.high)


def test_without_counts_the_newest_values_say_it():
    values = np.array(
        [
            [9, 9, 1.0, 2.0, 3.0, 4.0, 5.0],  # rises through the city
            [9, 9, 7.0, 7.0, 7.0, 7.0, 8.0],  # always above
            [9, 9, np.nan, np.nan, np.nan, 7.5, 7.6],  # above, but known twice alone
            [9, 9, 1.0, 1.0, np.nan, 1.0, 1.0],  # always below
            [0, 0, 3.5, 9.0, 9.0, 9.0, 9.0],  # above the city of each year, not always above that of today
        ]
    )
    line = np.array([0, 0, 3.0, 3.0, 3.0, 3.0, 4.0])
    found = standing_by_history(values, line, 4.0)
    newest = values[:, -5:]
    np.testing.assert_array_equal(found.low, np.nanmin(newest, axis=1))
    np.testing.assert_array_equal(found.high, np.nanmax(newest, axis=1))
    assert found.side.tolist() == [0, 1, 0, -1, 0]
    ranks = [
        [
            1 + sum(other > mine for other in column if other == other) if mine == mine else np.nan
            for mine in column
        ]
        for column in newest.T
    ]
    np.testing.assert_array_equal(found.best, np.nanmin(np.array(ranks), axis=0))
    np.testing.assert_array_equal(found.worst, np.nanmax(np.array(ranks), axis=0))
    assert not standing_by_history(values, None, np.nan).side.any()
