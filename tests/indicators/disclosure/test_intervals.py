"""Derived intervals are those of a linear programme over the whole system."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from regsam_geo.indicators.disclosure.cells import System
from regsam_geo.indicators.disclosure.intervals import components, derive, open_part, propagate


def system(numbers, sums, most=np.inf):
    """Return a system of printed whole numbers; each sum is ``[whole, part, part ...]``."""
    n = len(numbers)
    numbers = np.array(numbers, dtype=float)
    rows, columns, factors, constants = [], [], [], []
    for row, (whole, *parts) in enumerate(sums):
        rows += [row] * (1 + len(parts))
        columns += [whole, *parts]
        factors += [1.0] + [-1.0] * len(parts)
        constants.append(numbers[whole] - numbers[list(parts)].sum())
    return System(
        np.zeros(n, dtype=np.int64),
        np.arange(n),
        numbers,
        np.ones(n),
        np.full(n, float(most)),
        np.full(n, 2.0),
        np.ones(n, dtype=bool),
        np.zeros(n, dtype=bool),
        np.array(rows, dtype=np.int64),
        np.array(columns, dtype=np.int64),
        np.array(factors),
        np.array(constants),
        ("areas",) * len(sums),
        {},
        {},
    )


def by_programme(made, hidden):
    """Return the bounds of all cells, one dense linear programme per end."""
    n, m = len(made), len(made.constant)
    matrix = np.zeros((m, n))
    np.add.at(matrix, (made.row, made.column), made.coefficient)
    bounds = [(made.least[k], made.most[k]) if hidden[k] else (made.numbers[k], made.numbers[k]) for k in range(n)]
    ends = np.empty((2, n))
    for k in range(n):
        goal = np.zeros(n)
        goal[k] = 1
        for side, sign in enumerate((1, -1)):
            answer = linprog(sign * goal, A_eq=matrix, b_eq=made.constant, bounds=bounds, method="highs")
            ends[side, k] = sign * answer.fun if answer.status == 0 else -sign * np.inf
    return ends


TREE = [[6, 0, 1, 2], [7, 3, 4, 5], [8, 6, 7]]
CROSS = [[3, 0, 1, 2], [7, 4, 5, 6], [8, 0, 4], [9, 1, 5], [10, 2, 6], [11, 3, 7]]


@given(st.lists(st.integers(1, 12), min_size=6, max_size=6), st.lists(st.booleans(), min_size=9, max_size=9))
def test_propagation_is_exact_on_trees(leaves, hidden):
    numbers = [*leaves, sum(leaves[:3]), sum(leaves[3:]), sum(leaves)]
    made, hidden = system(numbers, TREE, most=80), np.array(hidden)  # six times 12 are 72
    assert not components(open_part(made, hidden))[2].any()
    lower, upper = derive(made, hidden)
    low, high = by_programme(made, hidden)
    np.testing.assert_allclose(lower, low, atol=1e-7)
    np.testing.assert_allclose(upper, high, atol=1e-7)


# each solves up to four dozen linear programs
@settings(max_examples=25)
@given(st.lists(st.integers(1, 9), min_size=6, max_size=6), st.lists(st.booleans(), min_size=12, max_size=12))
def test_crossed_sums_are_solved_by_programmes(leaves, hidden):
    a, b = leaves[:3], leaves[3:]
    numbers = [*a, sum(a), *b, sum(b), *(x + y for x, y in zip(a, b, strict=True)), sum(leaves)]
    made, hidden = system(numbers, CROSS, most=80), np.array(hidden)
    lower, upper = derive(made, hidden)
    low, high = by_programme(made, hidden)
    np.testing.assert_allclose(lower, low, atol=1e-6)
    np.testing.assert_allclose(upper, high, atol=1e-6)


def test_a_cycle_needs_the_programme():
    # the classical 2 x 2 case with both totals: propagation alone would leave more room
    numbers = [1, 5, 4, 10, 6, 2, 7, 15, 7, 7, 11, 25]
    made = system(numbers, CROSS)
    hidden = np.zeros(12, dtype=bool)
    hidden[[0, 1, 4, 5]] = True
    problem = open_part(made, hidden)
    assert components(problem)[2].any()
    least, most = propagate(problem)
    lower, upper = derive(made, hidden)
    assert (least <= lower[problem.cells]).all()
    assert (most >= upper[problem.cells]).all()
    assert (lower[0], upper[0]) == pytest.approx(by_programme(made, hidden)[:, 0])


def test_endless_above():
    made = system([2, 3, 5], [[2, 0, 1]])
    lower, upper = derive(made, np.array([True, False, True]))
    assert lower.tolist() == [1, 3, 4]
    assert upper.tolist() == [np.inf, 3, np.inf]
