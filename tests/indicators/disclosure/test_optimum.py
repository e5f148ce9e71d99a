"""Secondary cells are few: compared with the exact optimum on tables small enough for it."""

from __future__ import annotations

import numpy as np
import pytest
from optimum import fewest_secondary
from panels import LAYERS, REGION_OF, made_panel

import regsam_geo as rg

DIVISION = ("insgesamt", "männlich", "weiblich")
CITY_COST = 100.0  # a city total is never worth a district


def sums_of(data, groups):
    """Return every sum of a table as positions of its rows."""
    place = {(r.group, r.level, r.area_id): k for k, r in enumerate(data.itertuples())}
    levels = set(data["level"])
    families = {}
    for (group, level, area), k in place.items():
        if level == "district" and "region" in levels:
            above = ("region", REGION_OF[area])
        elif level in ("district", "region"):
            above = ("city", "munich")
        else:
            continue
        if (group, *above) in place:
            families.setdefault(place[(group, *above)], []).append(k)
    sums = [[whole, *parts] for whole, parts in families.items()]
    if len(groups) > 1:
        sums += [
            [k, *(place[(part, level, area)] for part in groups[1:])]
            for (group, level, area), k in place.items()
            if group == groups[0]
        ]
    return sums


def compare(seeds, layer, groups=("insgesamt",)):
    """Return the costs of our secondary cells and of the optimum, over several panels."""
    ours, best = [], []
    for seed in seeds:
        panel = made_panel(seed, LAYERS[layer], groups, people=(20, 800))
        data = panel.data
        cost = np.where(data["level"] == "city", CITY_COST, 1.0)
        optimum = fewest_secondary(data, sums_of(data, groups), cost=cost)
        if optimum is None:
            continue
        hidden = rg.protect(panel).data["numerator"].isna()
        rest = data["denominator"] - data["numerator"]
        primary = data["numerator"].between(1, 2) | rest.between(1, 2) | ((rest == 0) & (data["numerator"] > 0))
        assert not (primary & ~hidden).any()
        ours.append(float(cost[(hidden & ~primary).to_numpy()].sum()))
        best.append(optimum)
    return np.array(ours), np.array(best)


@pytest.mark.parametrize("layer", [0, 1, 2])
def test_secondary_cells_are_within_a_quarter_of_the_optimum(layer):
    ours, best = compare(range(2), layer)
    assert (ours >= best - 1e-6).all()
    assert (ours <= 1.25 * best + 1e-6).all()


@pytest.mark.slow
@pytest.mark.parametrize("layer", [0, 1, 2])
def test_secondary_cells_are_within_a_quarter_of_the_optimum_in_40_panels(layer):
    ours, best = compare(range(100, 140), layer)
    assert len(best) > 20
    assert (ours >= best - 1e-6).all()
    assert (ours <= 1.25 * best + 1e-6).all()


@pytest.mark.slow
@pytest.mark.parametrize("layer", [0, 2])
def test_groups_and_areas_together_are_within_a_quarter_of_the_optimum(layer):
    ours, best = compare(range(8), layer, DIVISION)
    assert (ours >= best - 1e-6).all()
    assert (ours <= 1.25 * best + 1e-6).all()
