"""Tails of usual changes: told from many surprises, not from events, and believed normal where there are few."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from regsam_geo.warning import Settings
from regsam_geo.warning.statistics.change_test import newest_change_test, p_of_effect
from regsam_geo.warning.statistics.link import Linked
from regsam_geo.warning.statistics.robust import robust_variance
from regsam_geo.warning.statistics.tails import usual_tails

SHAPE = (30, 12, 25)
EVERY = np.ones(SHAPE[0], dtype=bool)


def surprises(df, seed=3, shape=SHAPE):
    """Surprises with the tails of t, in units of their robust standard deviation."""
    x = np.random.default_rng(seed).standard_t(df, shape) if np.isfinite(df) else None
    x = np.random.default_rng(seed).normal(size=shape) if x is None else x
    return x / np.sqrt(robust_variance(x.ravel()[None], 1)[0])


@pytest.mark.parametrize("df", [3.0, 5.0, 10.0])
def test_the_tails_that_were_put_in_are_found(df):
    lost, width = usual_tails(surprises(df), EVERY)
    assert 1 / lost[0] == pytest.approx(df, rel=0.35)
    # the quantiles of the fit are those of the surprises, also where there are few
    for share in (0.05, 0.01):
        true = stats.t.isf(share / 2, df) / np.sqrt(
            robust_variance(stats.t.rvs(df, size=200_000, random_state=1)[None], 1)[0]
        )
        assert width[0] * stats.t.isf(share / 2, 1 / lost[0]) == pytest.approx(true, rel=0.06)


def test_normal_surprises_stay_normal_and_few_are_believed_to_be():
    lost, width = usual_tails(surprises(np.inf), EVERY)
    assert lost[0] < 0.01
    assert width[0] > 0.99
    one = np.array([True])
    few = [usual_tails(surprises(np.inf, seed, (1, 3, 25)), one)[0][0] for seed in range(40)]
    assert np.mean(few) < 0.08


def test_an_event_says_nothing_about_tails():
    x = surprises(np.inf)
    y = x.copy()
    y[:, 5, 3] = 40.0
    assert usual_tails(y, EVERY)[0][0] == pytest.approx(usual_tails(x, EVERY)[0][0], abs=0.003)


def test_series_that_do_not_tell_are_not_told():
    told = EVERY.copy()
    told[7] = False
    lost, width = usual_tails(surprises(3.0), told)
    assert (lost[7], width[7]) == (0.0, 1.0)
    assert (lost[told] == lost[0]).all()
    empty = usual_tails(np.full((2, 0, 25), np.nan), np.ones(2, dtype=bool))
    assert empty[0].tolist() == [0.0, 0.0]


@pytest.mark.parametrize("years", [5, 15])
def test_heavy_shocks_are_not_unusual_where_they_are_usual(years):
    rng = np.random.default_rng(11)
    steps = 0.04 * rng.standard_t(3, (400, years, 25)) / np.sqrt(3)
    test = newest_change_test(Linked.plain(np.cumsum(steps, axis=1)), Settings())
    p = p_of_effect(test.effect, test.se, test.df, np.zeros((400, 1)))
    # with the tails of normal surprises it was 0.071 and 0.017; standard errors 0.002 and 0.0004
    assert 0.035 < (p <= 0.05).mean() < 0.065
    assert (p <= 0.001).mean() < 0.006
