"""No small count can be confined in tables as they come: values alone, no catalogue, odd rows and years."""

from __future__ import annotations

import pytest
from exact import KINDS, LEVELS, SCHEMES, Made, attack

import regsam_geo as rg
from regsam_geo.indicators.disclosure import suppressed_cells


def attack_many(kind, seeds):
    """Attack panels of one kind on all layers in turn; return how many cells were hidden."""
    hidden = 0
    for seed in seeds:
        made = Made(kind, LEVELS[seed % len(LEVELS)], seed)
        safe = rg.protect(made.table, divisions=SCHEMES if kind == "two divisions" else None)
        assert attack(made, safe) == [], (kind, seed)
        hidden += len(suppressed_cells(safe))
    return hidden


@pytest.mark.parametrize("kind", KINDS)
def test_no_small_count_can_be_confined(kind):
    assert attack_many(kind, [1, 3] if kind == "three indicators" else [0, 1, 4]) > 3


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_no_small_count_can_be_confined_in_100_panels(kind):
    assert attack_many(kind, range(100)) > 200


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_no_small_count_can_be_confined_in_500_panels_more(kind):
    assert attack_many(kind, range(100, 600)) > 1000


def test_the_attacker_finds_what_is_not_protected():
    # otherwise an empty list of finds would say nothing
    for kind in KINDS:
        made = Made(kind, LEVELS[2], 0)
        primary = rg.Panel.from_frame(made.table)
        data = primary.data.copy()
        data.loc[data["value"].between(0.01, 2.99) & data["indicator"].ne("Quote"), "value"] = None
        assert attack(made, rg.Panel(data, primary.catalogue)), kind
