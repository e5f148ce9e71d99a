"""No small count can be recomputed from a protected panel, whatever sums a reader uses."""

from __future__ import annotations

import numpy as np
import pytest
from attack import Attack
from panels import LAYERS, REGION_OF, made_panel

import regsam_geo as rg

GROUPS = (("insgesamt",), ("insgesamt", "männlich", "weiblich"))


def attack(panel, groups, **options):
    """Return what an attacker pins down in the protected panel, and that panel."""
    safe = rg.protect(panel, **options)
    division = {("Beratene", groups[0]): groups[1:]} if len(groups) > 1 else None
    found = Attack(
        safe.data,
        REGION_OF,
        100,
        1,
        division=division,
        threshold=options.get("threshold", 3),
        zeros=options.get("zeros", "show"),
    ).weak(panel.data)
    return found, safe


def case(seed):
    """Return the seed's panel: layers, groups and sizes vary with it; quarters are rare because they are large."""
    rng = np.random.default_rng([7, seed])
    layer = 5 if seed % 50 == 49 else int(rng.integers(0, 5))
    small_table = layer < 3
    groups = GROUPS[int(small_table and rng.random() < 0.3)]
    people = [(4, 400), (20, 2000), (3, 60)][int(rng.integers(0, 3))]
    return made_panel(seed, LAYERS[layer], groups, mean=float(rng.choice([2.0, 6.0])), people=people), groups


@pytest.mark.parametrize("seed", [0, 3, 8])
def test_no_small_count_can_be_recomputed(seed):
    panel, groups = case(seed)
    found, safe = attack(panel, groups)
    assert found == []
    assert len(safe) == len(panel)


def attack_many(seeds):
    """Attack the panels of these seeds and return how many cells were hidden in them."""
    hidden = 0
    for seed in seeds:
        panel, groups = case(seed)
        found, safe = attack(panel, groups)
        assert found == [], seed
        hidden += int((safe.data["sign"] == "suppressed").sum())
    return hidden


# the panels are such that there is something to hide
@pytest.mark.slow
@pytest.mark.parametrize("start", [0, 50])
def test_no_small_count_can_be_recomputed_in_100_panels(start):
    assert attack_many(range(start, start + 50)) > 50


@pytest.mark.long
@pytest.mark.parametrize("start", range(100, 500, 50))
def test_no_small_count_can_be_recomputed_in_400_panels_more(start):
    assert attack_many(range(start, start + 50)) > 50


@pytest.mark.parametrize("options", [{"threshold": 5}, {"zeros": "hide"}, {"threshold": 4, "zeros": "hide"}])
@pytest.mark.parametrize("layer", [1, 3])
def test_other_rules_hold_too(options, layer):
    for seed in range(1):
        panel = made_panel(seed, LAYERS[layer], people=(20, 800))
        assert attack(panel, GROUPS[0], **options)[0] == []


def test_the_attacker_finds_what_is_not_protected():
    # otherwise an empty list of finds would say nothing
    panel = made_panel(3, LAYERS[1])
    small = panel.data["numerator"].between(1, 2)
    primary_only = panel.data.copy()
    primary_only.loc[small, ["value", "numerator"]] = np.nan
    found = Attack(primary_only, REGION_OF, 100, 1).weak(panel.data)
    assert len(found) > 0
    assert len(Attack(panel.data, REGION_OF, 100, 1).weak(panel.data)) >= small.sum()


def test_regions_added_by_protect_are_safe_too():
    for seed in range(2):
        panel = made_panel(seed, LAYERS[0], people=(20, 800))
        safe = rg.protect(panel, regions=True)
        assert "region" in safe.levels
        with_regions = made_panel(seed, LAYERS[1], people=(20, 800))
        assert Attack(safe.data, REGION_OF, 100, 1).weak(with_regions.data) == []
        shown = safe.data[(safe.data["level"] == "region") & safe.data["numerator"].notna()]
        true = with_regions.data.set_index(["level", "area_id"])["numerator"]
        assert (
            shown.set_index(["level", "area_id"])["numerator"]
            == true.reindex(list(zip(shown["level"], shown["area_id"], strict=True))).to_numpy()
        ).all()
