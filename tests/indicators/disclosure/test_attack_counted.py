"""Cases counted from their coordinates: what is shown of them gives no small count away."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from attack import Attack
from panels import REGION_OF

import regsam_geo as rg

KINDS = ["a", "b", "c"]


def counted(seed: int) -> rg.Panel:
    """Four hundred cases of one year by district and by region, with their kinds."""
    rng = np.random.default_rng(seed)
    west, south, east, north = rg.load_boundaries("district").total_bounds
    cases = pd.DataFrame(
        {
            "x": rng.uniform(west, east, 400),
            "y": rng.uniform(south, north, 400),
            "Art": rng.choice(KINDS, 400, p=[0.7, 0.2, 0.1]),
        }
    )
    districts = rg.count_cases(cases, "district", 2024, by="Art")
    return districts.combine(rg.count_cases(cases, "region", 2024, by="Art"))


def weak(shown: pd.DataFrame, truth: pd.DataFrame) -> list[tuple]:
    """Attack counts: a count is what the attack calls a numerator, and nobody knows of how many."""
    as_numerators = [rows.assign(numerator=rows["value"], value=np.nan) for rows in (shown, truth)]
    attack = Attack(as_numerators[0], REGION_OF, 1, 0, division={("Fälle", "insgesamt"): KINDS})
    return attack.weak(as_numerators[1])


@pytest.mark.parametrize("seed", [1, 2])
def test_no_small_count_can_be_recomputed(seed):
    panel = counted(seed)
    assert panel.data["value"].between(1, 2).sum() > 20
    shown = rg.Study(panel).published.data
    assert shown["sign"].eq("suppressed").sum() > 20
    assert weak(shown, panel.data) == []


def test_the_attacker_finds_what_is_not_protected():
    panel = counted(1)
    primary_only = panel.data.assign(value=panel.data["value"].mask(panel.data["value"].between(1, 2)))
    assert len(weak(primary_only, panel.data)) > 0
