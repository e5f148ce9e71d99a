"""A reader who lays everything that was handed out side by side, and computes; apart from the code under test.

It knows rows by their key, the official ids, the region schemes, that men and women make up everybody, that rates
are rounded, the stated rule, and what earlier editions said. It solves exactly, for whole numbers (HiGHS).
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

KEY = ["indicator", "group", "period", "level", "area_id"]


class Reader:
    """Gathers numbers, then tells between which whole numbers a hidden one lies.

    A cell is ``(role, indicator, group, period, level, area_id, edition)``; cells of two editions are one unless
    the reader knows that they were revised.
    """

    def __init__(self, threshold=3, zeros="show"):
        self.threshold, self.zeros = threshold, zeros
        self.known, self.cells, self.sums, self.bounds = {}, {}, [], []
        self.secret, self.revised = set(), set()

    # --- what is read

    def cell(self, name):
        return self.cells.setdefault(name, len(self.cells))

    def sees(self, frame, edition="", revised=(), roles=("numerator", "denominator"), kept=()):
        """Read rows: numbers, and signs in their place.

        ``kept`` are the cells that are hidden because an earlier edition hid them: revised, they may be zero.
        """
        self.revised |= set(revised)
        for row in frame.to_dict("records"):
            key = tuple(str(row[name]) for name in KEY)
            which = edition if key in revised else ""
            for role in roles:
                name = (role, *key, which)
                self.cell(name)
                if row.get(role) is not None and not np.isnan(row[role]):
                    self.tells(name, row[role])
                elif which or key not in revised or key not in kept:
                    self.secret.add(name)

    def tells(self, name, number):
        """Read one number; two doors that tell two numbers of one cell would be wrong, not unsafe."""
        self.cell(name)
        assert abs(self.known.get(name, number) - number) < 1e-6, name
        self.known[name] = float(number)

    def sums_up(self, whole, parts):
        """Know that cells add up to another one, where all of them stand in the tables."""
        cells = (whole, *parts)
        # a figure that was revised stands in sums of its own edition alone
        told = {name[6] for name in cells if name[1:6] in self.revised}
        if all(one in self.cells for one in cells) and len(told) <= 1:
            self.sums.append([(whole, 1.0), *((part, -1.0) for part in parts)])

    def differs(self, one, other, number):
        """Know how far two cells are apart."""
        told = ("told", len(self.cells))
        self.cell(one), self.cell(other)
        self.tells(told, number)
        self.sums.append([(told, 1.0), (one, -1.0), (other, 1.0)])

    def rate(self, part, whole, value, scale, decimals):
        """Know a rounded rate."""
        half = 0.5 * 10.0**-decimals + 1e-9
        self.cell(part), self.cell(whole)
        self.bounds.append([(part, 1.0), (whole, -(value - half) / scale)])
        self.bounds.append([(part, -1.0), (whole, (value + half) / scale)])

    def part_of(self, part, whole):
        """Know that one count is part of another."""
        if part in self.cells and whole in self.cells:
            self.bounds.append([(whole, 1.0), (part, -1.0)])

    def adds_areas(self, schemes=(), editions=("",)):
        """Know which areas make up which, by their ids and the region schemes."""
        names = list(self.cells)
        tables = {}
        for name in names:
            if len(name) < 7:
                continue
            role, indicator, group, period, level, area, edition = name
            tables.setdefault((role, indicator, group, period), {}).setdefault(level, {}).setdefault(
                area, set()
            ).add(edition)
        for (role, indicator, group, period), levels in tables.items():

            def name_of(level, area, edition, levels=levels, head=(role, indicator, group, period)):
                which = edition if edition in levels[level][area] else ""
                return (*head, level, area, which)

            districts = sorted(levels.get("district", ()))
            wholes = [("city", "munich", districts)]
            for scheme in schemes:
                wholes += [("region", r, [d for d in scheme if scheme[d] == r]) for r in set(scheme.values())]
            for edition in editions:
                for level, area, parts in wholes:
                    complete = len(parts) == 25 if level == "city" else set(parts) <= set(districts)
                    if area in levels.get(level, ()) and parts and complete:
                        self.sums_up(
                            name_of(level, area, edition), [name_of("district", d, edition) for d in parts]
                        )
            for scheme in schemes:
                regions = sorted(set(scheme.values()))
                if "munich" in levels.get("city", ()) and set(regions) <= set(levels.get("region", ())):
                    self.sums_up(name_of("city", "munich", ""), [name_of("region", r, "") for r in regions])

    def adds_groups(self, whole, parts, editions=("",)):
        """Know which groups make up which, wherever they stand."""
        for name in list(self.cells):
            if len(name) == 7 and name[2] == whole:
                for edition in editions:
                    swap = [(*name[:2], part, *name[3:6], edition) for part in parts]
                    swap = [one if one in self.cells else (*one[:6], "") for one in swap]
                    top = (*name[:6], edition)
                    self.sums_up(top if top in self.cells else (*name[:6], ""), swap)

    # --- what follows

    def prepare(self, truth):
        """Drop what is known and split the rest into independent parts.

        Where the table itself does not add up, the reader is told by how much.
        """
        free = [name for name in self.cells if name not in self.known]
        self.at = {name: k for k, name in enumerate(free)}
        rows, low, high = [], [], []
        for terms, is_sum in [*((one, True) for one in self.sums), *((one, False) for one in self.bounds)]:
            left = [(self.at[name], factor) for name, factor in terms if name in self.at]
            if left:
                rest = -sum(factor * self.known[name] for name, factor in terms if name in self.known)
                if is_sum and all(name in truth for name, _ in terms):
                    rest += sum(factor * truth[name] for name, factor in terms)
                rows.append(left)
                low.append(rest)
                high.append(rest if is_sum else np.inf)
        self.rows, self.low, self.high = rows, np.array(low), np.array(high)
        n, m = len(free), len(rows)
        pairs = [(k, n + r) for r, row in enumerate(rows) for k, _ in row]
        a, b = (np.array([pair[i] for pair in pairs], dtype=int) for i in (0, 1))
        graph = coo_array((np.ones(len(pairs)), (a, b)), shape=(n + m, n + m))
        self.label = connected_components(graph, directed=False)[1]
        # the rule is known: where zeros are shown, a hidden whole number is at least 1, and a yearly mean above 0
        self.whole = np.array([float(truth.get(name, 0.0)).is_integer() for name in free], dtype=float)
        secret = np.array([name in self.secret for name in free], dtype=float)
        self.least = secret * self.whole if self.zeros == "show" else np.zeros(len(free))

    def interval(self, name):
        """Return the smallest and the largest whole number that fit everything."""
        if name in self.known:
            return self.known[name], self.known[name]
        here, n = self.at[name], len(self.at)
        cells = np.flatnonzero(self.label[:n] == self.label[here])
        rows = np.flatnonzero(self.label[n:] == self.label[here])
        place = {k: i for i, k in enumerate(cells)}
        triplets = [(i, place[k], factor) for i, r in enumerate(rows) for k, factor in self.rows[r]]
        limits = []
        for sign in (1.0, -1.0):
            goal = np.zeros(len(cells))
            goal[place[here]] = sign
            constraints = []
            if triplets:
                i, j, v = (np.array(column) for column in zip(*triplets, strict=True))
                matrix = coo_array((v, (i, j)), shape=(len(rows), len(cells))).tocsr()
                constraints = [LinearConstraint(matrix, self.low[rows] - 1e-6, self.high[rows] + 1e-6)]
            answer = milp(
                goal,
                constraints=constraints,
                bounds=Bounds(self.least[cells], np.full(len(cells), 1e6)),
                integrality=self.whole[cells],
            )
            assert answer.status == 0, (name, answer.message)  # the truth fits
            limits.append(round(sign * answer.fun))
        return tuple(limits)

    def finds(self, truth):
        """Return every small count that is printed, or lies between too narrow bounds."""
        self.prepare(truth)
        found = []
        for name, number in truth.items():
            if name in self.cells and 0 < number < self.threshold:
                low, high = self.interval(name)
                if high < self.threshold or high - low < self.threshold - 1:
                    found.append((name, number, low, high))
        return found


def truth_of(frame, edition="", revised=(), role="numerator"):
    """Return the true numbers of a table, by cell."""
    keys = frame[KEY].astype(str).itertuples(index=False, name=None)
    return {
        (role, *key, edition if key in revised else ""): number
        for key, number in zip(keys, frame[role], strict=True)
    }
