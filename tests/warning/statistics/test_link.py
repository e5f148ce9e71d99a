from __future__ import annotations

import numpy as np
import pytest

import regsam_geo as rg
from regsam_geo.warning.schema.cube import cubes, period_number
from regsam_geo.warning.statistics.change_test import steps
from regsam_geo.warning.statistics.link import linked_values


@pytest.fixture(scope="module")
def cube():
    return cubes(rg.load_sample(), "2024")[0]


def test_a_cube_holds_every_row(cube):
    data = rg.load_sample().data
    districts = data[data["level"] == "district"]
    assert np.isfinite(cube.printed).sum() == len(districts)
    row = districts.sample(1, random_state=4).iloc[0]
    at = (cube.keys["indicator"] == row["indicator"]).to_numpy().argmax()
    time = list(cube.numbers).index(int(row["period"]))
    assert cube.printed[at, time, cube.area_ids.get_loc(row["area_id"])] == row["value"]


def test_link_and_back(cube):
    linked = linked_values(cube)
    there = np.isfinite(cube.value)
    # the half case that keeps a zero finite, and square kilometers printed with one decimal
    np.testing.assert_allclose(linked.back(linked.y)[there], cube.value[there], rtol=0.02)
    np.testing.assert_allclose(linked.back(linked.forth(cube.value))[there], cube.value[there], rtol=1e-9)
    proportions = (cube.keys["kind"] == "proportion").to_numpy()
    assert (linked.kind[proportions] == 2).all()
    assert (linked.kind[~proportions] == 1).all()


def test_a_balance_stays_as_it_is():
    panel = rg.load_sample().sel("Nichtdeutsche")
    data = panel.data.assign(value=panel.data["value"] - 25, numerator=np.nan, denominator=np.nan)
    linked = linked_values(cubes(rg.Panel(data, panel.catalogue), "2024")[0])
    assert linked.kind.tolist() == [0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2023", "2024"),
        ("2023-H2", "2024-H1"),
        ("2023-Q4", "2024-Q1"),
        ("2023-12", "2024-01"),
        ("2020-W53", "2021-W01"),
    ],
)
def test_periods_count_on_across_years(before, after):
    assert period_number(after) - period_number(before) == 1


def test_quarters_are_compared_with_the_same_quarter_of_the_year_before():
    rng = np.random.default_rng(2)
    panel = rg.load_sample().sel("Arbeitslose - Anteil", level="district", period=range(2016, 2025))
    season = {1: 1.3, 2: 1.0, 3: 0.8, 4: 1.1}
    parts = []
    for quarter, factor in season.items():
        part = panel.data.assign(period=panel.data["period"] + f"-Q{quarter}")
        noise = rng.normal(1, 0.01, len(part))
        part["numerator"] = part["numerator"] * factor * noise
        parts.append(part.assign(value=100 * part["numerator"] / part["denominator"]))
    import pandas as pd

    from regsam_geo.warning import Context
    from regsam_geo.warning.detectors.change import change

    quarterly = rg.Panel(pd.concat(parts, ignore_index=True), panel.catalogue)
    found = change(quarterly, Context("2024-Q1"))
    districts = found[found["level"] == "district"]
    assert {row["before_period"] for row in districts["details"]} == {"2023-Q1"}
    assert (districts["p"] < 0.01).mean() < 0.1


def test_the_beginning_of_a_panel_has_the_scale_and_changes_that_it_has_alone():
    panel = rg.load_sample()
    for period in ("2010", "2018"):
        for cut in cubes(panel, period):
            # of few series a cube is no beginning of another: all is computed from its own numbers
            alone = cut.take(np.arange(len(cut.keys)))
            shared, own = linked_values(cut), linked_values(alone)
            for name in ("y", "kind", "scale", "numerator", "denominator", "is_loose"):
                np.testing.assert_array_equal(getattr(shared, name), getattr(own, name))
            for name in ("change", "sampling", "origin", "length", "level"):
                np.testing.assert_array_equal(
                    getattr(steps(shared, cut.season), name), getattr(steps(own, cut.season), name)
                )


def test_a_cut_in_which_counts_are_rare_keeps_its_own_scale():
    panel = rg.load_sample().sel(["Nichtdeutsche"])
    data = panel.data.copy()
    # in the first years the counts are not known, so a report of that time has nothing but the values
    early = data["period"] < "2006"
    data.loc[early, ["numerator", "denominator"]] = np.nan
    cut = cubes(rg.Panel(data, panel.catalogue), "2005")[0]
    linked = linked_values(cut)
    assert not np.isfinite(linked.numerator).any()
    assert np.isfinite(linked.y).any()
