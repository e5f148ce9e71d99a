"""The region summary against sums made by hand from the shipped CSV files."""

from __future__ import annotations

import csv
import math
import statistics
from collections import defaultdict

import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.resources import data_folder
from regsam_geo.summary.facts.region_summary import count_warnings, region_summary

SCALES = {"Allgemeine Geburtenrate": 1000.0, "Bevölkerungsdichte": 1.0}


@pytest.fixture(scope="module")
def rates():
    """Rates by (indicator, period, region) and by (indicator, period) for the city, from the plain files."""
    with (data_folder() / "boundaries" / "regsam_regions.csv").open(encoding="utf-8") as stream:
        region_of = {row["district_id"]: row["region_id"] for row in csv.DictReader(stream)}
    sums = defaultdict(lambda: [0.0, 0.0])
    with (data_folder() / "indicators" / "sample.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            area = "city" if row["level"] == "city" else region_of[row["area_id"]]
            total = sums[row["indicator"], row["period"], area]
            total[0] += float(row["base_1"])
            total[1] += float(row["base_2"])
            # the city's area in km2 is rounded: where the ratio does not round to the printed density, that stands
            if area == "city" and row["indicator"] == "Bevölkerungsdichte":
                printed = float(row["value"])
                if abs(total[0] / total[1] - printed) > 0.5:
                    total[:] = [printed, 1.0]
    return {key: SCALES.get(key[0], 100.0) * over / under for key, (over, under) in sums.items()}


@pytest.fixture(scope="module")
def study():
    """What is worked out for one test is held for the others."""
    return rg.load_study(lang="de")


@pytest.fixture(scope="module")
def table(study):
    return rg.summarize_regions(study, 2024)


def test_every_value_difference_ratio_and_change(table, rates):
    assert len(table) == 160  # 16 regions, 10 indicators that can be summed
    for row in table.to_dict("records"):
        name, region = row["indicator"], row["region_id"]
        value, city = rates[name, "2024", region], rates[name, "2024", "city"]
        assert math.isclose(row["value"], value, rel_tol=1e-12)
        assert math.isclose(row["city"], city, rel_tol=1e-12)
        assert math.isclose(row["difference"], value - city, rel_tol=1e-9, abs_tol=1e-9)
        assert math.isclose(row["ratio"], value / city, rel_tol=1e-12)
        for years in (1, 5):
            before = str(2024 - years)
            assert math.isclose(row[f"change_{years}"], value - rates[name, before, region], abs_tol=1e-9)
            assert math.isclose(row[f"city_change_{years}"], city - rates[name, before, "city"], abs_tol=1e-9)


def test_ranks_count_the_regions_with_a_higher_value(table):
    for _, rows in table.groupby("indicator"):
        for row in rows.to_dict("records"):
            assert row["rank"] == 1 + (rows["value"].round(9) > round(row["value"], 9)).sum()
            assert row["n_ranked"] == 16


def test_regions_and_indicators_stand_in_their_own_order(table):
    assert list(table["region_id"].unique()[:4]) == ["1/2/3", "4/12", "5", "6/7"]
    in_catalogue = [name for name in rg.load_sample().indicators if name != "Innerräumliche Umzugsziffer"]
    assert list(table.loc[table["region_id"] == "5", "indicator"]) == in_catalogue


def test_what_cannot_be_summed_is_left_out(table):
    assert "Innerräumliche Umzugsziffer" not in set(table["indicator"])


def test_warnings_are_counted_by_district_and_region(table):
    warnings = pd.DataFrame(
        {
            "indicator": "Nichtdeutsche",
            "group": "insgesamt",
            "region_id": ["17/18", "17/18", "17/18", "5"],
            "area_id": ["17", "18", "17", "05"],
        }
    )
    counted = table.assign(n_warnings=count_warnings(table, warnings))
    counts = counted[counted["n_warnings"] > 0].set_index(["indicator", "region_id"])["n_warnings"].to_dict()
    assert counts == {("Nichtdeutsche", "17/18"): 2, ("Nichtdeutsche", "5"): 1}


def test_the_study_s_own_warnings_are_counted(study, table):
    warnings = rg.detect_warnings(study, 2024)
    region_of = rg.read_division().to_frame()["region_id"]
    expected, urgencies = defaultdict(set), defaultdict(set)
    for row in warnings.to_dict("records"):
        key = row["indicator"], region_of[row["area_id"]]
        expected[key].add(row["area_id"])
        urgencies[(*key, row["urgency"])].add(row["area_id"])
    summed = {key: len(areas) for key, areas in expected.items() if key[0] in set(table["indicator"])}
    counted = table[table["n_warnings"] > 0].set_index(["indicator", "region_id"])["n_warnings"].to_dict()
    assert counted == summed != {}
    for word in ("watch", "check", "priority"):
        found = table[table[f"n_{word}"] > 0].set_index(["indicator", "region_id"])[f"n_{word}"].to_dict()
        wanted = {key[:2]: len(areas) for key, areas in urgencies.items() if key[2] == word}
        assert found == {key: n for key, n in wanted.items() if key in summed}


def test_the_input_is_not_changed():
    panel = rg.load_sample().sel(["Nichtdeutsche", "Hochbetagte"])
    before = panel.data.copy(), panel.catalogue.copy()
    rg.summarize_regions(panel, period=2020)
    pd.testing.assert_frame_equal(panel.data, before[0])
    pd.testing.assert_frame_equal(panel.catalogue, before[1])


def test_the_range_over_the_districts_is_the_published_one(table):
    data = rg.load_sample().sel(period=2024, level="district").data
    scheme = rg.read_division().to_frame()["region_id"]
    for row in table.to_dict("records"):
        mine = data[
            (data["indicator"] == row["indicator"])
            & (data["group"] == row["group"])
            & (data["area_id"].map(scheme) == row["region_id"])
        ]
        assert row["n_districts"] == len(mine)
        assert (row["lowest"], row["highest"]) == (mine["value"].min(), mine["value"].max())
        printed = mine.set_index("area_id")["value"]
        assert printed[row["lowest_id"]] == row["lowest"]
        assert printed[row["highest_id"]] == row["highest"]


def test_the_trend_follows_the_relative_change_of_five_years(table):
    for row in table.to_dict("records"):
        relative = row["change_5"] / (row["value"] - row["change_5"])
        expected = "level" if abs(relative) < 0.05 else "up" if relative > 0 else "down"
        assert row["trend"] == expected


def test_warnings_are_counted_by_urgency_and_period():
    warnings = pd.DataFrame(
        {
            "indicator": "Nichtdeutsche",
            "group": "insgesamt",
            "period": "2024",
            "region_id": "17/18",
            "area_id": ["17", "18"],
            "urgency": ["watch", "priority"],
        }
    )
    study = rg.load_study().sel("Nichtdeutsche", period=range(2018, 2025))
    table = region_summary(study, ["2023", "2024"], warnings)
    rows = table[(table["indicator"] == "Nichtdeutsche") & (table["region_id"] == "17/18")].set_index("period")
    assert rows[["n_warnings", "n_watch", "n_check", "n_priority"]].to_numpy().tolist() == [
        [0, 0, 0, 0],
        [2, 1, 0, 1],
    ]


def test_all_periods_and_the_words_about_gaps():
    chosen = ["Einpersonenhaushalte", "Innerräumliche Umzugsziffer", "Nichtdeutsche"]
    # the years around those in which the districts lack cases; each has a report of its own
    panel = rg.load_sample().sel(chosen, period=range(2012, 2018))
    # whether a warning is new is not asked here
    study = rg.Study(panel, lang="de", settings=rg.Settings(lookback=1))
    table = rg.summarize_regions(study, "all")
    assert set(table["period"]) == set(panel.periods) == {str(year) for year in range(2012, 2018)}
    gaps = table[table["sign"] == "incomplete"]
    assert set(gaps["indicator"]) == {"Einpersonenhaushalte"}
    assert set(gaps["period"]) == {"2012", "2014"}
    notes = " ".join(table.attrs["notes"])
    assert "Innerräumliche Umzugsziffer" in notes
    assert "Einpersonenhaushalte" in notes
    assert "2025" in notes


def test_the_wide_table_is_for_people(study):
    wide = rg.summarize_regions(study, 2024, wide=True)
    assert wide.shape == (10 + 1, 3 + 16)
    assert wide.loc[0, "Region 17/18"] == "3,7"
    assert wide.loc[0, "Stadt München"] == "3,9"
    last = wide.iloc[-1]
    assert last["Indikator"] == "Belastung und Richtung"
    assert last["Region 16"] == "Belastung sehr hoch, Richtung wie anderswo"


def test_a_gap_of_the_wide_table_says_why(study):
    wide = rg.summarize_regions(study, 2014, wide=True)
    row = wide.set_index("Indikator").filter(like="Alleinlebende", axis=0).iloc[0]
    assert row["Region 17/18"] == "unvollständig"


BURDENS = (
    "Arbeitslose - Anteil",
    "(Regel-)Leistungsberechtigte - erwerbsfähig - Anteil",
    "(Regel-)Leistungsberechtigte - nicht erwerbsfähig - Anteil",
    "Haushalte Alleinerziehend",
)


def standardized(numbers):
    middle = statistics.fmean(numbers.values())
    spread = statistics.pstdev(numbers.values())
    return {key: (number - middle) / spread for key, number in numbers.items()}


@pytest.mark.parametrize("period", [2024, 2018])
def test_classes_follow_from_the_rates_of_the_16_regions(study, rates, period):
    """z over the regions, summed, standardized again; from the plain files, without the library."""
    table = rg.summarize_regions(study, period)
    regions = list(table["region_id"].unique())
    sums = {}
    for name, move in (("status", False), ("dynamics", True)):
        parts = [
            standardized(
                {
                    region: rates[burden, str(period), region]
                    - (rates[burden, str(period - 2), region] if move else 0.0)
                    for region in regions
                }
            )
            for burden in BURDENS
        ]
        sums[name] = standardized({region: sum(part[region] for part in parts) for region in regions})
    for region, rows in table.groupby("region_id"):
        level, change = sums["status"][region], sums["dynamics"][region]
        burden = "low" if level < -1 else "medium" if level <= 1 else "high" if level <= 1.5 else "very_high"
        direction = "falling" if change < -1 else "stable" if change <= 1 else "rising"
        assert set(rows["class"]) == {f"{burden}/{direction}"}


def test_without_indicators_of_a_direction_or_a_past_there_is_no_class():
    table = rg.summarize_regions(rg.load_study(lang="de").sel(["Nichtdeutsche", "Hochbetagte"]), 2024)
    assert set(table["class"]) == {""}
    assert not any("Belastung und Richtung" in note for note in table.attrs["notes"])
    table = rg.summarize_regions(rg.load_sample().sel("Arbeitslose - Anteil", period=[2023, 2024]), period=2024)
    assert set(table["class"]) == {""}


def test_a_region_with_a_gap_has_no_class_and_the_others_do():
    panel = rg.load_sample().sel(BURDENS, period=range(2019, 2025))
    data = panel.data.copy()
    gone = (data["area_id"] == "17") & (data["period"] == "2024") & (data["indicator"] == BURDENS[0])
    data.loc[gone, ["value", "numerator", "denominator", "base_1", "base_2"]] = float("nan")
    data.loc[gone, "sign"] = "not_available"
    table = rg.summarize_regions(rg.Panel(data, panel.catalogue), period=2024)
    classes = table.drop_duplicates("region_id").set_index("region_id")["class"]
    assert classes["17/18"] == ""
    assert (classes.drop("17/18") != "").all()
