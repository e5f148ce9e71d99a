"""``find_outliers``: one family of tests alone, of values and of changes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.errors import OptionError
from regsam_geo.indicators import unrounded_values
from regsam_geo.warning.statistics.local_moran import local_moran
from regsam_geo.warning.statistics.spatial_outlier import spatial_outlier


@pytest.fixture(scope="module")
def near():
    return rg.neighbors(rg.load_boundaries("district"))


@pytest.fixture(scope="module")
def two():
    return rg.Study(rg.load_sample().sel(["Nichtdeutsche", "Bevölkerungsdichte"], period=[2014, 2019, 2024]))


def unrounded(panel):
    return unrounded_values(panel).set_axis(panel.data["area_id"])


@pytest.mark.parametrize("period", [2014, 2019, None])
def test_values_are_tested_as_by_the_functions_of_arrays(two, near, period):
    found = rg.find_outliers(two, "spatial", period)
    assert set(found["kind"]) == {"cluster", "spatial"}
    assert set(found["period"]) == {str(period or 2024)}
    assert not found.duplicated(["indicator", "group", "period", "level", "area_id", "kind"]).any()
    density = unrounded(two.panel.sel("Bevölkerungsdichte", period=period or 2024, level="district"))
    people = two.panel.sel("Bevölkerungsdichte", period=period or 2024, level="district").data.set_index("area_id")
    # a quotient of counts is compared by its logarithm, with half a case more, as changes are
    on_log = np.log((people["numerator"] + 0.5) / people["denominator"])
    # the chance of so many people moves p in the third digit
    cases = (("cluster", local_moran, density, 1e-9), ("spatial", spatial_outlier, on_log, 3e-3))
    for kind, test, values, near_to in cases:
        rows = found[(found["kind"] == kind) & (found["indicator"] == "Bevölkerungsdichte")].set_index("area_id")
        np.testing.assert_allclose(rows["p"], test(values, near)["p"].loc[rows.index], rtol=near_to)
    assert found["q"].isna().all()  # tests as they are, without a correction for their number


def test_the_neighbors_are_those_of_the_study_s_areas(two):
    """Polygons of one's own under the ids of districts decide who touches whom."""
    layer = two.layer().assign(geometry=two.layer().geometry.to_numpy()[np.roll(np.arange(25), 7)])
    moved = rg.find_outliers(two.replace(areas={"district": layer}), "spatial")
    people = two.panel.sel("Bevölkerungsdichte", period=2024, level="district").data.set_index("area_id")
    expected = spatial_outlier(np.log((people["numerator"] + 0.5) / people["denominator"]), rg.neighbors(layer))
    rows = moved[(moved["kind"] == "spatial") & (moved["indicator"] == "Bevölkerungsdichte")].set_index("area_id")
    np.testing.assert_allclose(rows["p"], expected["p"].loc[rows.index], rtol=3e-3)


def test_changes_are_tested_as_changes(two, near):
    found = rg.find_outliers(two, "spatial", change_years=5)
    assert set(found["period"]) == {"2024"}
    assert set(found["reason"]) == {"cluster_change", "spatial_change"}
    assert set(rg.find_outliers(two, "spatial", 2019, change_years=5)["period"]) == {"2019"}
    rates = {
        when: two.panel.sel("Nichtdeutsche", period=when, level="district")
        .data.set_index("area_id")
        .eval("100 * numerator / denominator")
        for when in (2019, 2024)
    }
    change = rates[2024] - rates[2019]
    rows = found[found["indicator"] == "Nichtdeutsche"]
    for kind, test in (("cluster", local_moran), ("spatial", spatial_outlier)):
        mine = rows[rows["kind"] == kind].set_index("area_id")
        expected = test(change, near).loc[mine.index]
        np.testing.assert_allclose(mine["p"], expected["p"], rtol=1e-9)
    area = mine.loc["11"]
    assert area["value"] == pytest.approx(rates[2024]["11"])
    assert area["expected"] == pytest.approx(rates[2019]["11"] + change[near["11"]].median())
    assert area["details"]["before"] == pytest.approx(rates[2019]["11"])
    # a quotient changes by factors
    rows = found[found["indicator"] == "Bevölkerungsdichte"]
    density = {
        when: unrounded(two.panel.sel("Bevölkerungsdichte", period=when, level="district"))
        for when in (2019, 2024)
    }
    growth = np.log(density[2024] / density[2019])
    mine = rows[rows["kind"] == "spatial"].set_index("area_id")
    np.testing.assert_allclose(mine["p"], spatial_outlier(growth, near)["p"].loc[mine.index], rtol=1e-9)


def test_temporal_findings_are_those_of_the_report(sample_study):
    study = sample_study
    report = study.detect_warnings(2023).facts.findings
    found = pd.DataFrame(study.find_outliers("temporal", 2023))
    same = pd.DataFrame(report[report["kind"].isin(["change", "zone", "drift"])])
    columns = [name for name in found if name != "details"]
    pd.testing.assert_frame_equal(found[columns], same[columns].reset_index(drop=True))


def test_what_is_not_to_be_had_is_said(two):
    with pytest.raises(OptionError, match="spatial"):
        rg.find_outliers(two, "spacial")
    with pytest.raises(OptionError, match="change_years"):
        rg.find_outliers(two, "level", change_years=5)
    with pytest.raises(OptionError, match="2024, 2019, 2014"):
        rg.find_outliers(two, "level", 1999)
