"""Panels as they come from in-house tables, and an attacker who solves them exactly, over whole numbers.

The attacker knows what is true of a panel because the panel was made so: which areas and which indicators add up,
which rates are made of what, which rows were left out for want of cases. It shares nothing with the code that it
attacks.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from panels import REGION_OF
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

import regsam_geo as rg

KINDS = ("decimals", "three indicators", "rates", "rows absent", "wrong cell", "wrong total", "two divisions")
LEVELS = (
    ("district",),
    ("district", "city"),
    ("district", "region", "city"),
    ("subdistrict", "district", "city"),
    ("own", "city"),
)
DISTRICTS = [f"{k:02d}" for k in range(1, 26)]
SUBDISTRICTS = [a for a in rg.load_boundaries("subdistrict").index if a[:2] in DISTRICTS[:6]]
OTHER = rg.read_division().to_frame()
OTHER["region_id"] = [f"Teil {1 + k % 7}" for k in range(25)]
OTHER["region_name"] = OTHER["region_id"]
SCHEMES = [rg.read_division().to_frame(), OTHER]
OWN = [f"Gebiet {k}" for k in range(1, 13)]


def _above(level, area):
    """Return the larger areas that one lies in, by level."""
    found = {"city": "munich"}
    if level in ("district", "subdistrict"):
        found |= {"region": REGION_OF[area[:2]], "district": area[:2]}
    return found | {level: area}


class Made:
    """A panel of plain values, and what is true of it.

    Attributes
    ----------
    table
        As a file would hold it.
    true
        The counts by indicator, period, level and area.
    sums
        What adds up: the key of the whole, and those of its parts.
    rates
        Keys of rate, part and whole.
    """

    def __init__(self, kind, levels, seed):
        rng = np.random.default_rng([KINDS.index(kind), LEVELS.index(levels), seed])
        self.kind, self.levels = kind, levels
        self.true, self.sums, self.rates, self.absent = {}, [], [], set()
        self.step = 0.1 if kind == "decimals" else 1.0
        leaf = levels[0]
        leaves = {"district": DISTRICTS, "subdistrict": SUBDISTRICTS, "own": OWN}[leaf]
        periods = ("2023", "2024") if kind in ("wrong cell", "wrong total", "decimals") else ("2024",)
        parts = {"three indicators": ("A", "B", "C"), "wrong cell": ("A", "B")}.get(kind, ("A",))
        for period in periods:
            for name in parts:
                mean = rng.uniform(4, 14)
                self._spread(name, period, leaf, leaves, rng.negative_binomial(2, 2 / (2 + mean), len(leaves)))
            if kind == "decimals" and period == "2024":
                self._spread("A", period, leaf, leaves, np.round(rng.gamma(1.2, 6.0, len(leaves)), 1))
            if len(parts) > 1:
                for _, _, level, area in [k for k in self.true if k[:2] == ("A", period)]:
                    keys = [(name, period, level, area) for name in parts]
                    self.true["All", period, level, area] = sum(self.true[key] for key in keys)
                    self.sums.append((("All", period, level, area), keys))
            if kind == "rates":
                self._spread("People", period, leaf, leaves, rng.integers(90, 900, len(leaves)))
        if kind == "two divisions" and "district" in levels:
            self._divide()
        self.shown = dict(self.true)
        if kind == "rates":
            for key in [k for k in self.true if k[0] == "A"]:
                people = ("People", *key[1:])
                rate = np.round(100 * self.true[key] / self.true[people], 2)
                self.shown["Quote", *key[1:]] = rate
                self.rates.append((("Quote", *key[1:]), key, people))
                if seed % 2:
                    del self.shown[key]
        if kind == "rows absent":
            self.absent = {k for k, n in self.true.items() if n == 0 and k[2] == leaf}
            for key in self.absent:
                del self.shown[key]
        if kind == "wrong cell":
            self._spoil(("All", "2023", leaf, str(rng.choice(leaves))), 7)
        if kind == "wrong total" and "city" in levels:
            self._spoil(("A", "2023", "city", "munich"), 12 + 0.12 * self.true["A", "2023", "city", "munich"] // 1)
        order = [*self.shown]
        self.table = pd.DataFrame(
            [(*key, float(self.shown[key])) for key in order],
            columns=["indicator", "period", "level", "area_id", "value"],
        )

    def _spread(self, name, period, leaf, leaves, numbers):
        """Put numbers into the finest areas and their sums into the others."""
        keys = {}
        for level in self.levels:
            for area, number in zip(leaves, numbers, strict=True):
                key = (name, period, level, _above(leaf, area)[level])
                keys.setdefault(key, []).append((area, float(number)))
        for key, inside in keys.items():
            self.true[key] = round(sum(number for _, number in inside), 1)
        for upper, lower in zip(self.levels[1:], self.levels[:-1], strict=True):
            below = {}
            for area in leaves:
                above = _above(leaf, area)
                below.setdefault(above[upper], {})[name, period, lower, above[lower]] = None
            for area, parts in below.items():
                whole = (name, period, upper, area)
                if (whole, [*parts]) not in self.sums:
                    self.sums.append((whole, [*parts]))

    def _divide(self):
        """Add the sums of a second division into regions."""
        for region, districts in OTHER.groupby("region_id").groups.items():
            parts = [key for d in districts if (key := ("A", "2024", "district", d)) in self.true]
            whole = ("A", "2024", "region", region)
            self.true[whole] = sum(self.true[key] for key in parts)
            self.sums.append((whole, parts))

    def _spoil(self, key, by):
        """Misprint a number: what it takes part in is no sum any more."""
        self.shown[key] += by
        self.true[key] = self.shown[key]
        self.sums = [(whole, parts) for whole, parts in self.sums if key != whole and key not in parts]


def attack(made, safe, threshold=3.0):
    """Return the small counts that a reader of the protected table can name or confine below the threshold."""
    seen = safe.data[safe.data["value"].notna()]
    keys = zip(seen["indicator"], seen["period"], seen["level"], seen["area_id"], strict=True)
    shown = dict(zip(keys, seen["value"], strict=True))
    names = [*made.true]
    place = {name: k for k, name in enumerate(names)}
    low, high = np.ones(len(names)), np.full(len(names), np.inf)
    for name, k in place.items():
        if name in shown:
            low[k] = high[k] = shown[name]
        elif name in made.absent:
            low[k] = high[k] = 0.0
        elif made.step < 1 or name not in made.shown:
            low[k] = 0.0
    rows, columns, factors, least, most = [], [], [], [], []

    def say(terms, at_least, at_most):
        for name, factor in terms:
            rows.append(len(least))
            columns.append(place[name])
            factors.append(factor)
        least.append(at_least)
        most.append(at_most)

    for whole, parts in made.sums:
        say([(whole, 1.0), *((part, -1.0) for part in parts)], -1e-6, 1e-6)
    for rate, part, whole in made.rates:
        if rate in shown:
            say([(part, 1.0), (whole, -(shown[rate] - 0.005) / 100)], -1e-6, np.inf)
            say([(part, 1.0), (whole, -(shown[rate] + 0.005) / 100)], -np.inf, 1e-6)
    matrix = coo_array((factors, (rows, columns)), shape=(len(least), len(names))).tocsr()
    whole_numbers = np.full(len(names), 0 if made.step < 1 else 1)
    found = []
    for name, number in made.true.items():
        if not 0 < number < threshold:
            continue
        if name in shown:
            found.append((name, number, number))
            continue
        goal = np.zeros(len(names))
        goal[place[name]] = -1.0
        top = high.copy()
        top[place[name]] = min(threshold, top[place[name]])
        rules = [LinearConstraint(matrix, least, most)] if len(least) else []
        answer = milp(goal, integrality=whole_numbers, bounds=Bounds(low, top), constraints=rules)
        assert answer.status == 0, answer.message  # the truth is feasible
        if -answer.fun < threshold - 1e-6:
            found.append((name, number, -answer.fun))
    return found
