"""Level findings: consistent with the funnel, since when, and what is not compared."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.warning.detectors.level import level
from regsam_geo.warning.schema.detector import Context
from regsam_geo.warning.schema.findings import SCHEMA


def against_the_city(figures):
    return rg.find_outliers(rg.Study(figures, threshold=None), "level")


@pytest.fixture(scope="module")
def found():
    return level(rg.load_sample(), Context("2024"))


def test_findings_keep_the_schema(found):
    assert list(found) == list(SCHEMA)
    assert set(found["kind"]) == {"level"}
    assert found["p"].dropna().between(0, 1).all()


def test_moves_within_the_city_are_not_compared_with_it(found):
    rows = found[found["indicator"] == "Innerräumliche Umzugsziffer"]
    assert set(rows["reason"]) == {"level_not_comparable"}
    assert rows["p"].isna().all()


def test_plain_counts_are_not_compared_with_each_other():
    """More people, more cases: that a district has many is no question, and the city is the sum of all."""
    rng = np.random.default_rng(1)
    rows = [
        {
            "indicator": "Beratene",
            "period": "2024",
            "level": "district",
            "area_id": f"{i:02d}",
            "value": float(value),
        }
        for i, value in enumerate(rng.integers(50, 400, 25), start=1)
    ]
    rows.append({**rows[0], "level": "city", "area_id": "munich", "value": sum(row["value"] for row in rows)})
    panel = rg.Panel.from_frame(pd.DataFrame(rows)).with_catalogue({"Beratene": {"summable": True}})
    found = against_the_city(panel)
    assert set(found["reason"]) == {"level_not_comparable"}
    assert found["p"].isna().all()
    table = rg.compare_areas(rg.Study(panel, threshold=None))
    assert table[["city", "difference", "ratio"]].isna().all(axis=None)


def test_relevant_effect_is_part_of_the_test():
    panel = rg.load_sample().sel("Nichtdeutsche")
    rows = panel.sel(period=2024, level="district").data.set_index("area_id")
    limits = rg.funnel_limits(rows["numerator"], rows["denominator"], scale=100)
    strict = against_the_city(panel.with_catalogue({"Nichtdeutsche": {"relevant_effect": 0.0}})).set_index(
        "area_id"
    )
    # unusual has to be unusual, too, where areas differ by as much whatever their size
    assert (strict["p"] >= limits["p"].loc[strict.index] * (1 - 1e-9)).all()
    usual = against_the_city(panel).set_index("area_id")
    assert (usual["p"] >= strict["p"]).all()


def tidy(shares, periods, size=10_000.0):
    rows = []
    for number, when in enumerate(periods):
        for area in range(25):
            rate = shares[area] if np.ndim(shares[area]) == 0 else shares[area][number]
            rows.append(("x", when, f"{area + 1:02d}", 100 * rate, rate * size, size))
    names = ["indicator", "period", "area_id", "value", "numerator", "denominator"]
    catalogue = pd.DataFrame(
        {"indicator": ["x"], "group": ["insgesamt"], "kind": ["proportion"], "scale": [100.0]}
    )
    return rg.Panel.from_frame(pd.DataFrame(rows, columns=names), catalogue)


def test_since_is_the_start_of_the_unbroken_stay():
    shares = list(0.1 + 0.002 * np.sin(np.arange(25)))
    shares[3] = [0.2, 0.1, 0.2, 0.2]
    shares[7] = [0.2, 0.2, 0.2, 0.1]
    shares[9] = [0.03, 0.2, 0.03, 0.03]
    found = against_the_city(tidy(shares, ["2020", "2021", "2022", "2023"])).set_index("area_id")
    since = found["details"].map(lambda details: details["since"])
    assert since["04"] == "2022"
    assert since["08"] == ""
    assert since["10"] == "2022"
    assert found.loc["04", "direction"] == "high"
    assert found.loc["10", "direction"] == "low"


def test_without_denominators_the_median_and_its_scatter_are_used():
    rng = np.random.default_rng(5)
    values = rng.normal(50, 3, 25)
    values[4] = 90
    frame = pd.DataFrame(
        {"indicator": "age", "period": 2024, "area_id": [f"{i:02d}" for i in range(1, 26)], "value": values}
    )
    found = against_the_city(frame).set_index("area_id")
    assert found["expected"].iloc[0] == pytest.approx(np.median(values))
    assert found["p"].idxmin() == "05"
    assert found.loc["05", "p"] < 1e-6


def test_false_alarms_without_denominators():
    rng = np.random.default_rng(6)
    rows = pd.DataFrame(
        {
            "indicator": "x",
            "period": np.repeat(np.arange(1900, 1960), 25),
            "area_id": [f"{i:02d}" for i in range(1, 26)] * 60,
            "value": rng.normal(50, 1, 1500),
        }
    )
    from regsam_geo.study.settings import Settings
    from regsam_geo.warning.detectors.level import level_findings

    panel = rg.Panel.from_frame(rows)
    found = pd.concat(level_findings(panel, panel.periods, Settings(relevant_effect=0.0)))
    assert (found["p"] < 0.05).mean() == pytest.approx(0.05, abs=0.017)


def test_too_few_areas():
    frame = pd.DataFrame({"indicator": "x", "period": 2024, "area_id": list("abc"), "value": [1.0, 2.0, 3.0]})
    assert set(against_the_city(frame)["reason"]) == {"level_too_few"}


def test_all_series_at_once_give_what_each_gives_alone():
    panel = rg.load_sample().with_catalogue(
        {name: {"relevant_effect": 0.0} for name in rg.load_sample().indicators}
    )
    found = level(panel, Context("2019")).set_index(["indicator", "area_id"])
    catalogue = panel.catalogue.set_index("indicator")
    rows = panel.sel(period=2019, level="district").data.set_index("area_id")
    for name in ("Hochbetagte", "Arbeitslose - Anteil", "Altenquotient", "Allgemeine Geburtenrate"):
        one, entry = rows[rows["indicator"] == name], catalogue.loc[name]
        limits = rg.funnel_limits(one["numerator"], one["denominator"], entry["kind"], scale=float(entry["scale"]))
        here = found.loc[name].loc[limits.index]
        assert (here["p"] >= limits["p"] * (1 - 1e-9)).all()
        np.testing.assert_allclose(here["effect"], limits["statistic"], rtol=1e-9)
        for side in ("lower", "upper"):
            told = [details[side] for details in here["details"]]
            np.testing.assert_allclose(told, limits[f"{side}_95"], rtol=1e-9)


def test_an_area_without_a_value_is_no_part_of_the_whole():
    panel = rg.load_sample().sel("Hochbetagte")
    gone = ~((panel.data["period"] == "2024") & (panel.data["area_id"] == "05"))
    found = level(rg.Panel(panel.data[gone], panel.catalogue), Context("2024")).set_index("area_id")
    rest = panel.sel(period=2024, level="district").data.set_index("area_id").drop("05")
    assert "05" not in found.index
    limits = rg.funnel_limits(rest["numerator"], rest["denominator"], scale=100)
    np.testing.assert_allclose(found["expected"], limits["expected"])
    np.testing.assert_allclose(found["effect"], limits["statistic"].loc[found.index])
