"""The detectors ``cluster`` and ``spatial``: findings in the schema."""

from __future__ import annotations

import numpy as np
import pytest

import regsam_geo as rg
from regsam_geo.errors import AreaError
from regsam_geo.indicators import unrounded_values
from regsam_geo.text import say
from regsam_geo.warning.detectors.detector import Context
from regsam_geo.warning.detectors.spatial import cluster, spatial
from regsam_geo.warning.findings import SCHEMA
from regsam_geo.warning.statistics.local_moran import local_moran
from regsam_geo.warning.statistics.spatial_outlier import spatial_outlier


@pytest.fixture(scope="module")
def context():
    return Context("2024", {"district": rg.neighbors(rg.load_boundaries("district"))})


@pytest.mark.parametrize("detector", [cluster, spatial])
def test_findings_keep_the_schema(detector, context):
    found = detector(rg.load_sample(), context)
    assert list(found) == list(SCHEMA)
    assert set(found["period"]) == {"2024"}
    assert set(found["level"]) == {"district"}
    assert not found.duplicated(["indicator", "group", "area_id"]).any()
    assert found["p"].between(0, 1).all()
    assert (found["p"] >= found["p_floor"] - 1e-15).all()
    assert (np.sign(found["effect"]) == found["direction"].map({"high": 1, "low": -1})).all()


def test_cluster_is_local_moran_of_the_unrounded_rate(context):
    panel = rg.load_sample().sel("Arbeitslose - Anteil", period=2024, level="district")
    rate = panel.data.set_index("area_id").eval("100 * numerator / denominator")
    expected = local_moran(rate, context.neighbors["district"])
    found = cluster(panel, context).set_index("area_id")
    np.testing.assert_allclose(found["p"], expected["p"].loc[found.index], rtol=1e-12)


def test_period_without_values_gives_no_findings(context):
    early = Context("1999", context.neighbors)
    assert cluster(rg.load_sample(), early).empty
    assert spatial(rg.load_sample(), early).empty


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("reason", ["cluster", "spatial"])
@pytest.mark.parametrize("direction", ["high", "low"])
@pytest.mark.parametrize("number", [1, 4])
def test_every_reason_has_a_sentence(lang, reason, direction, number):
    text = say(
        f"warning.{reason}.{direction}",
        lang,
        n_neighbors=number,
        neighbors_mean="3,4 %",
        expected="4,1 %",
        rarity="in weniger als 1 von 20 Fällen",
    )
    assert "3,4 %" in text or "4,1 %" in text
    assert ("4" in text.split()[1]) == (number == 4)


@pytest.fixture(scope="module")
def two():
    return rg.load_sample().sel(["Nichtdeutsche", "Bevölkerungsdichte"], period=[2014, 2019, 2024])


def test_spatial_outliers_of_all_periods_hold_those_of_each(two):
    areas = rg.load_boundaries("district")
    every = rg.spatial_outliers(two, areas)
    assert set(every["kind"]) == {"cluster", "spatial", "level"}
    assert sorted(every["period"].unique()) == ["2014", "2019", "2024"]
    one = rg.spatial_outliers(two, areas, period=2019)
    key = ["indicator", "kind", "area_id"]
    same = every[every["period"] == "2019"].set_index(key).sort_index()
    np.testing.assert_allclose(same["p"], one.set_index(key).sort_index()["p"], rtol=1e-12)
    assert not every.duplicated(["indicator", "group", "period", "level", "area_id", "kind"]).any()


def test_areas_may_be_given_as_neighbors(two):
    areas = rg.load_boundaries("district")
    by_areas = rg.spatial_outliers(two, areas, period=2024)
    by_neighbors = rg.spatial_outliers(two, rg.neighbors(areas), period=2024)
    np.testing.assert_array_equal(by_areas["p"], by_neighbors["p"])
    with pytest.raises(AreaError):
        rg.spatial_outliers(two, rg.load_boundaries("subdistrict"))


def test_changes_are_tested_as_changes(two, context):
    near = context.neighbors["district"]
    found = rg.spatial_outliers(two, near, change_years=5)
    assert set(found["period"]) == {"2019", "2024"}
    assert set(found["reason"]) == {"cluster_change", "spatial_change"}
    rates = {
        when: two.sel("Nichtdeutsche", period=when, level="district")
        .data.set_index("area_id")
        .eval("100 * numerator / denominator")
        for when in (2019, 2024)
    }
    change = rates[2024] - rates[2019]
    rows = found[(found["indicator"] == "Nichtdeutsche") & (found["period"] == "2024")]
    for kind, verb in (("cluster", local_moran), ("spatial", spatial_outlier)):
        mine = rows[rows["kind"] == kind].set_index("area_id")
        expected = verb(change, near).loc[mine.index]
        np.testing.assert_allclose(mine["p"], expected["p"], rtol=1e-9)
    area = mine.loc["11"]
    assert area["value"] == pytest.approx(rates[2024]["11"])
    assert area["expected"] == pytest.approx(rates[2019]["11"] + change[near["11"]].mean())
    assert area["details"]["before"] == pytest.approx(rates[2019]["11"])
    # a quotient changes by factors
    rows = found[(found["indicator"] == "Bevölkerungsdichte") & (found["period"] == "2024")]
    density = {
        when: unrounded(two.sel("Bevölkerungsdichte", period=when, level="district")) for when in (2019, 2024)
    }
    growth = np.log(density[2024] / density[2019])
    mine = rows[rows["kind"] == "spatial"].set_index("area_id")
    np.testing.assert_allclose(mine["p"], spatial_outlier(growth, near)["p"].loc[mine.index], rtol=1e-9)


def unrounded(panel):
    return unrounded_values(panel).set_axis(panel.data["area_id"])


def test_areas_without_neighbors_say_so(two):
    near = {f"{i:02d}": [] if i in (1, 2) else [f"{j:02d}" for j in (3, 4, 5) if j != i] for i in range(1, 26)}
    found = rg.spatial_outliers(two, near, period=2024)
    alone = found[found["area_id"].isin(["01", "02"]) & (found["kind"] != "level")]
    assert set(alone["reason"]) == {"cluster_no_neighbors", "spatial_no_neighbors"}
    assert alone["p"].isna().all()
