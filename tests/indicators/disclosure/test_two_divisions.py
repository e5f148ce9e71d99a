"""Two divisions of the same figures, handed out together: partial, overlapping, cutting districts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from exact import DISTRICTS, SUBDISTRICTS, Made, attack

import regsam_geo as rg
from regsam_geo.indicators.disclosure import suppressed_cells

LEVELS = (("district", "city"), ("subdistrict", "district", "city"))
"""Divisions of districts; and of sub-districts, whose groups cut through districts that are printed too."""


class Divided(Made):
    """A panel with the sums of two divisions made at random, and what is true of it."""

    def __init__(self, levels, seed):
        rng = np.random.default_rng([17, LEVELS.index(levels), seed])
        leaves = DISTRICTS if levels[0] == "district" else SUBDISTRICTS
        self.divisions = [made_division(rng, leaves, name) for name in ("Raum", "Feld")]
        super().__init__("two divisions", levels, seed)

    def _divide(self):
        for division in self.divisions:
            for region in division.region_ids:
                parts = [("A", "2024", division.level, area) for area in division.members_of(region)]
                whole = ("A", "2024", "region", region)
                self.true[whole] = sum(self.true[key] for key in parts)
                self.sums.append((whole, parts))


def made_division(rng, leaves, name):
    """Put areas into three to six groups; in two of three divisions some are in none."""
    groups = rng.integers(0, rng.integers(3, 7), len(leaves))
    left_out = rng.random(len(leaves)) < rng.choice([0.0, 0.3, 0.6])
    left_out[0] = False
    members = {
        leaf: f"{name} {group}" for leaf, group, out in zip(leaves, groups, left_out, strict=True) if not out
    }
    return rg.read_division(members, name=name)


def attack_many(seeds):
    """Attack one panel a seed; return how many cells were hidden."""
    hidden = 0
    for seed in seeds:
        made = Divided(LEVELS[seed % 2], seed)
        safe = rg.protect(made.table, divisions=made.divisions)
        assert attack(made, safe) == [], seed
        hidden += len(suppressed_cells(safe))
    return hidden


def test_two_divisions_protect_each_other_in_20_panels():
    assert attack_many(range(20)) > 40


@pytest.mark.slow
def test_two_divisions_protect_each_other_in_200_panels():
    assert attack_many(range(20, 220)) > 400


def test_one_division_alone_would_not_protect_the_other():
    # otherwise an empty list of finds would say nothing
    found = []
    for seed in range(4):
        made = Divided(LEVELS[0], seed)
        first, second = made.divisions
        table = made.table
        of_second = table["area_id"].isin(second.region_ids) & (table["level"] == "region")
        safe = rg.protect(table[~of_second], divisions=first)
        data = rg.Panel.from_frame(table[of_second]).data
        both = rg.Panel(pd.concat([safe.data, data]), safe.catalogue)
        found += attack(made, both)
    assert found
