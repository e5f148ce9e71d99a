"""The exact optimum of secondary suppression for one small table, as a mixed integer programme.

Written apart from the code under test (Fischetti and Salazar 2000, eq. 1-9, with the sums as plain rows): for
each small count two feasible tables are demanded whose values differ by the protection range, and which may leave
the truth in hidden cells only.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array


def fewest_secondary(data, sums, threshold=3, cost=None, room=2000.0):
    """Return the smallest total cost of secondary cells; every printed cell costs 1 by default.

    Parameters
    ----------
    data
        Rows with ``numerator`` and ``denominator``; position is the cell.
    sums
        Lists ``[whole, part, part ...]`` of positions.
    """
    num, den = data["numerator"].to_numpy(), data["denominator"].to_numpy()
    rest = den - num
    n = len(num)
    cost = np.ones(n) if cost is None else cost
    small_rest = ((rest > 0) & (rest < threshold)) | ((rest == 0) & (num > 0))
    primary = ((num > 0) & (num < threshold)) | small_rest
    if ((den > 0) & (den < threshold + 1) & primary).any():
        return None  # denominators go too: another problem
    # (cell, distance)
    demands = [(k, threshold if small_rest[k] else threshold - 1) for k in np.flatnonzero(primary)]
    tables = 2 * len(demands)
    size = n + tables * n
    rows, cols, vals, low, high = [], [], [], [], []

    def add(terms, lo, hi):
        for c, v in terms:
            rows.append(len(low))
            cols.append(c)
            vals.append(v)
        low.append(lo)
        high.append(hi)

    lower, upper = np.zeros(size), np.ones(size)
    for k in range(n):
        if primary[k]:
            lower[k] = 1
        elif num[k] == 0:
            upper[k] = 0  # a zero stays
    for t in range(tables):
        start = n + t * n
        for k in range(n):
            down, up = max(num[k] - 1, 0), min(rest[k], room)
            lower[start + k], upper[start + k] = -down, up
            add([(start + k, 1), (k, down)], 0, np.inf)
            add([(start + k, 1), (k, -up)], -np.inf, 0)
        for whole, *parts in sums:
            add([(start + whole, 1), *((start + p, -1) for p in parts)], 0, 0)
    for d, (k, distance) in enumerate(demands):
        add([(n + 2 * d * n + k, 1), (n + (2 * d + 1) * n + k, -1)], distance, np.inf)
    # older versions of milp take no other integers as places
    places = (np.asarray(rows, np.int32), np.asarray(cols, np.int32))
    matrix = coo_array((vals, places), shape=(len(low), size)).tocsr()
    integrality = np.concatenate([np.ones(n), np.zeros(size - n)])
    answer = milp(
        np.concatenate([np.where(primary, 0, cost), np.zeros(size - n)]),
        constraints=LinearConstraint(matrix, low, high),
        integrality=integrality,
        bounds=Bounds(lower, upper),
        options={"time_limit": 30.0},
    )
    return float(answer.fun) if answer.status == 0 else None
