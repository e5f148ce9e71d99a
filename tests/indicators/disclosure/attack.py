"""An attacker who has read the published tables, written apart from the code that it attacks.

It knows the table's rows, the official ids (a quarter's number begins with its sub-district's), the region scheme,
that shares are rounded, that men and women make up everybody, and the stated rule. It uses nothing of
``regsam_geo.indicators.disclosure``.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

ROLES = ("numerator", "denominator")


class Attack:
    """All linear knowledge of one period, and the interval of any number under it."""

    def __init__(self, data, region_of, scale, decimals, threshold=3, zeros="show", division=None):
        self.number = {}
        self.known = {}
        self.bounds = {}
        self.equations = []  # (terms, constant)
        self.inequalities = []  # terms >= constant
        for row in data.itertuples():
            key = (row.indicator, row.group, row.level, row.area_id)
            for role in ROLES:
                value = getattr(row, role)
                name = (role, *key)
                if np.isnan(value):
                    # a reader of the rule knows that shown zeros are not behind a sign
                    self._add(name, 1.0 if zeros == "show" else 0.0, None)
                else:
                    self.known[name] = value
                    self._add(name, value, value)
            rest = ("rest", *key)
            self._add(rest, 0.0, None)
            self._equal([(rest, 1), (("numerator", *key), 1), (("denominator", *key), -1)])
            if not np.isnan(row.value) and (np.isnan(row.numerator) or np.isnan(row.denominator)):
                half = 0.5 * 10.0**-decimals
                low, high = (row.value - half) / scale, (row.value + half) / scale
                num, den = ("numerator", *key), ("denominator", *key)
                self.inequalities.append([(num, 1.0), (den, -low)])
                self.inequalities.append([(num, -1.0), (den, high)])
        self._areas(data, region_of)
        for (indicator, whole), parts in (division or {}).items():
            for row in data[(data["indicator"] == indicator) & (data["group"] == whole)].itertuples():
                for role in ROLES:
                    place = (row.level, row.area_id)
                    self._equal(
                        [
                            ((role, indicator, whole, *place), 1),
                            *(((role, indicator, g, *place), -1) for g in parts),
                        ]
                    )
        self.threshold = threshold
        self._prepare()

    def _add(self, name, low, high):
        self.number[name] = len(self.number)
        self.bounds[name] = (low, high)

    def _equal(self, terms):
        if all(name in self.number for name, _ in terms):
            self.equations.append(terms)

    def _areas(self, data, region_of):
        levels = {level: set(ids) for level, ids in data.groupby("level")["area_id"]}
        sums = []
        for upper, lower, parent in (
            ("city", "region", lambda a: "munich"),
            ("city", "district", lambda a: "munich"),
            ("region", "district", lambda a: region_of[a]),
            ("district", "subdistrict", lambda a: a[:2]),
            ("district", "quarter", lambda a: a[:2]),
            ("subdistrict", "quarter", lambda a: a[: a.rindex(".")]),
        ):
            if upper in levels and lower in levels:
                children = {}
                for area in sorted(levels[lower]):
                    children.setdefault(parent(area), []).append(area)
                sums += [(upper, p, lower, cs) for p, cs in children.items() if p in levels[upper]]
        for indicator, group in data[["indicator", "group"]].drop_duplicates().itertuples(index=False):
            for upper, parent_id, lower, children in sums:
                for role in ROLES:
                    self._equal(
                        [
                            ((role, indicator, group, upper, parent_id), 1),
                            *(((role, indicator, group, lower, c), -1) for c in children),
                        ]
                    )

    def _prepare(self):
        """Drop what is known and split the rest into independent parts."""
        names = [n for n in self.number if n not in self.known]
        self.free = {name: k for k, name in enumerate(names)}
        rows, cols, vals, rhs, sense = [], [], [], [], []
        for kind, many in (("=", self.equations), (">", self.inequalities)):
            for terms in many:
                open_terms = [(self.free[n], v) for n, v in terms if n in self.free]
                if not open_terms:
                    continue
                constant = -sum(v * self.known[n] for n, v in terms if n in self.known)
                for k, v in open_terms:
                    rows.append(len(rhs))
                    cols.append(k)
                    vals.append(v)
                rhs.append(constant)
                sense.append(kind)
        n, m = len(names), len(rhs)
        self.matrix = csr_array(coo_array((vals, (rows, cols)), shape=(m, n)))
        self.rhs = np.array(rhs)
        self.equal = np.array([s == "=" for s in sense], dtype=bool)
        graph = coo_array(
            (np.ones(len(rows)), (np.array(rows, dtype=int) + n, np.array(cols, dtype=int))), shape=(n + m, n + m)
        )
        _, label = connected_components(graph, directed=False)
        self.label, self.row_label = label[:n], label[n:]
        self.limits = np.array([[lo, np.inf if hi is None else hi] for lo, hi in (self.bounds[x] for x in names)])

    def interval(self, name):
        """Return the smallest and the largest value that the tables leave open, whole numbers."""
        if name in self.known:
            return self.known[name], self.known[name]
        k = self.free[name]
        cells = np.flatnonzero(self.label == self.label[k])
        rows = np.flatnonzero(self.row_label == self.label[k])
        matrix = self.matrix[rows][:, cells]
        equal = self.equal[rows]
        goal = (cells == k).astype(float)
        ends = []
        for sign in (1, -1):
            answer = linprog(
                sign * goal,
                A_eq=matrix[equal] if equal.any() else None,
                b_eq=self.rhs[rows][equal] if equal.any() else None,
                A_ub=-matrix[~equal] if (~equal).any() else None,
                b_ub=-self.rhs[rows][~equal] if (~equal).any() else None,
                bounds=self.limits[cells],
                method="highs",
            )
            assert answer.status in (0, 3), answer.message  # the truth is feasible
            ends.append(sign * np.inf * -1 if answer.status == 3 else sign * answer.fun)
        return np.ceil(ends[0] - 1e-6), np.floor(ends[1] + 1e-6)

    def weak(self, truth):
        """Return every person count or rest, hidden or derivable, that the attack pins down too closely."""
        found = []
        for row in truth.itertuples():
            key = (row.indicator, row.group, row.level, row.area_id)
            true = {"numerator": row.numerator, "denominator": row.denominator}
            true["rest"] = row.denominator - row.numerator
            for role, count in true.items():
                if not 0 < count < self.threshold:
                    continue
                low, high = self.interval((role, *key))
                least = 0 if role == "rest" else 1
                if high < self.threshold or high - low < self.threshold - least:
                    found.append((role, *key, count, low, high))
        return found
