"""What related indicators lend, beside a plain form: one series, one turn, one cell at a time."""

from __future__ import annotations

import numpy as np
import pytest

from regsam_geo.warning import Settings
from regsam_geo.warning.statistics.change_test import newest_change_test, p_of_effect
from regsam_geo.warning.statistics.link import Linked
from regsam_geo.warning.statistics.related import confirmed, lendable, lent, relations, with_related


def surprises(seed, series=7, years=12, areas=9):
    """Return surprises, some of whose series move together, with gaps and a few outliers."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(series, years, areas))
    x[1] = 0.7 * x[0] + 0.7 * x[1]
    x[2] = -0.5 * x[0] + 0.4 * x[1] + 0.7 * x[2]
    x[4] = x[3] + 0.1 * x[4]
    x[rng.random(x.shape) < 0.03] *= 4
    x[rng.random(x.shape) < 0.05] = np.nan
    return x


def plain_fit(past, allowed, own, years):
    """Return partners and coefficients of one series from some years, by loops."""
    close = []
    for other in range(len(past)):
        if not allowed[own, other]:
            continue
        a, b = [], []
        for t in years:
            for one, two in zip(past[own, t], past[other, t], strict=True):
                if np.isfinite(one) and np.isfinite(two):
                    a.append(min(max(one, -2.5), 2.5))
                    b.append(min(max(two, -2.5), 2.5))
        r = abs(np.dot(a, b)) / np.sqrt(np.dot(a, a) * np.dot(b, b))
        if 0.15 < r < 0.9:
            close.append((-r, other))
    partners = [other for _, other in sorted(close)[:3]]
    rows, y = [], []
    for t in years:
        for area in range(past.shape[2]):
            if np.isfinite(past[own, t, area]):
                values = [past[other, t, area] for other in partners]
                rows.append([v if np.isfinite(v) and abs(v) <= 2.5 else 0.0 for v in values])
                y.append(np.clip(past[own, t, area], -2.5, 2.5))
    x, y = np.array(rows).reshape(len(y), len(partners)), np.array(y)
    return partners, np.linalg.solve(x.T @ x + 0.1 * len(y) * np.eye(len(partners)), x.T @ y)


def plain_relation(past, allowed, own):
    """Return partners, coefficients and share of the variance of one series, or nothing."""
    years = [t for t in range(past.shape[1]) if np.isfinite(past[:, t]).any()]
    left, whole = [], []
    for turn in range(5):
        inside = [t for place, t in enumerate(years) if place % 5 != turn]
        partners, weights = plain_fit(past, allowed, own, inside)
        rest = all_of = 0.0
        for place, t in enumerate(years):
            if place % 5 != turn:
                continue
            for area in range(past.shape[2]):
                if np.isfinite(past[own, t, area]):
                    values = [past[other, t, area] for other in partners]
                    told = sum(w * v for w, v in zip(weights, values, strict=True) if abs(v) <= 2.5)
                    y = np.clip(past[own, t, area], -2.5, 2.5)
                    rest, all_of = rest + (y - told) ** 2, all_of + y**2
        left.append(rest)
        whole.append(all_of)
    share = sum(left) / sum(whole)
    proved = share <= 0.95 and all(a <= 1.1 * b for a, b in zip(left, whole, strict=True))
    return (*plain_fit(past, allowed, own, years), max(share, 0.5)) if proved else ([], [], 1.0)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_relations_are_those_of_the_plain_form(seed):
    past = surprises(seed)
    rng = np.random.default_rng(seed)
    allowed = (rng.random((7, 7)) < 0.9) & ~np.eye(7, dtype=bool)
    found = relations(past, allowed)
    used = 0
    for own in range(7):
        partners, weights, share = plain_relation(past, allowed, own)
        assert [x for x in found.partners[own] if x >= 0] == partners
        np.testing.assert_allclose(found.weights[own][: len(partners)], weights, rtol=1e-9)
        assert found.variance[own] == pytest.approx(share, rel=1e-9)
        used += bool(partners)
    assert used >= 2


def test_a_cell_is_tested_as_what_the_others_do_not_let_expect():
    past = surprises(4)
    relation = relations(past, ~np.eye(7, dtype=bool))
    newest = np.random.default_rng(5).normal(size=(7, 9))
    newest[0, 0], newest[0, 1] = np.nan, 3.0
    given = lent(relation, newest)
    for own in range(7):
        for area in range(9):
            told, certain, size = 0.0, 0.0, 0.0
            for partner, weight in zip(relation.partners[own], relation.weights[own], strict=True):
                size += weight**2
                if partner >= 0 and abs(newest[partner, area]) <= 2.5:
                    told, certain = told + weight * newest[partner, area], certain + weight**2
            assert given.shift[own, area] == pytest.approx(told)
            left = 1 - (1 - relation.variance[own]) * (certain / size if size else 0.0)
            assert given.variance[own, area] == pytest.approx(left)


def test_a_relation_that_failed_in_one_turn_is_not_used():
    rng = np.random.default_rng(6)
    x = rng.normal(size=(2, 15, 25))
    x[1] = 0.8 * x[0] + 0.6 * x[1]
    good = relations(x, ~np.eye(2, dtype=bool))
    assert (good.variance < 0.7).all()
    # in the years of one turn it was the other way round
    x[1, ::5] -= 1.6 * x[0, ::5]
    assert (relations(x, ~np.eye(2, dtype=bool)).variance == 1).all()


def test_a_relation_that_breaks_now_is_not_used():
    rng = np.random.default_rng(7)
    x = rng.normal(size=(2, 15, 25))
    x[1] = 0.8 * x[0] + 0.6 * x[1]
    relation = relations(x, ~np.eye(2, dtype=bool))
    holds, breaks = np.stack([x[0, 0], x[1, 0]]), np.stack([x[0, 0], -x[1, 0]])
    assert (confirmed(lent(relation, holds), holds).variance < 1).all()
    given = confirmed(lent(relation, breaks), breaks)
    assert (given.variance == 1).all()
    assert (given.shift == 0).all()


def test_nothing_is_borrowed_of_chance_or_of_few_years():
    x = np.random.default_rng(8).normal(size=(60, 15, 25))
    assert (relations(x, ~np.eye(60, dtype=bool)).variance < 1).mean() <= 0.05
    related = np.random.default_rng(9).normal(size=(1, 4, 25)) * np.ones((2, 1, 1))
    assert (relations(related, ~np.eye(2, dtype=bool)).partners == -1).all()


@pytest.mark.parametrize("years", [8, 20])
def test_the_size_holds_among_related_series(years):
    rng = np.random.default_rng(10)
    common = rng.normal(size=(100, 1, years, 25))
    steps = 0.04 * (np.sqrt(0.5) * common + np.sqrt(0.5) * rng.normal(size=(100, 3, years, 25)))
    y = np.cumsum(steps.reshape(300, years, 25), axis=1)
    test = newest_change_test(Linked.plain(y), Settings())
    report = np.arange(300) // 3
    allowed = (report[:, None] == report) & ~np.eye(300, dtype=bool)
    surprise = lendable(test)
    relation = relations(test.standard, allowed)
    borrowed = with_related(test, confirmed(lent(relation, surprise), surprise))
    assert (relation.variance < 1).mean() > 0.5
    p = p_of_effect(borrowed.effect, borrowed.se, borrowed.df, np.zeros((300, 1)))
    assert 0.035 <= (p <= 0.05).mean() <= 0.06
    assert (p <= 0.001).mean() <= 0.002
