from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.warning.data_questions.check_panel import without_doubtful


def altered(change):
    """Return the sample after ``change(data)`` worked on a copy of its rows."""
    panel = rg.load_sample()
    data = panel.data.copy()
    change(data)
    return rg.Panel(data, panel.catalogue)


def cell(data, indicator="Hochbetagte", period="2015", area="05"):
    return (data["indicator"] == indicator) & (data["period"] == period) & (data["area_id"] == area)


QUESTION = ["indicator", "period", "area_id", "reason"]


@cache
def asked_of_the_sample():
    return pd.MultiIndex.from_frame(rg.check_panel(rg.load_sample())[QUESTION])


def new_findings(panel):
    """Return the findings beyond those that the shipped sample has itself."""
    found = rg.check_panel(panel)
    return found[~pd.MultiIndex.from_frame(found[QUESTION]).isin(asked_of_the_sample())]


def test_the_sample_lacks_cases_of_districts_in_three_years():
    found = rg.check_panel(rg.load_sample())
    assert found[["indicator", "period", "reason"]].to_numpy().tolist() == [
        ["Allgemeine Geburtenrate", "2016", "data_unallocated"],
        ["Einpersonenhaushalte", "2012", "data_unallocated"],
        ["Einpersonenhaushalte", "2014", "data_unallocated"],
    ]
    households = rg.load_sample().sel("Einpersonenhaushalte", period=2012).data
    districts = households.loc[households["level"] == "district", "numerator"].sum()
    city = households.loc[households["level"] == "city", "numerator"].item()
    assert 1 - districts / city == pytest.approx(0.0798, abs=1e-4)


def test_a_code_is_found_where_it_is_a_code_and_left_alone_where_it_is_a_value():
    def change(data):
        for area in ("05", "06"):
            data.loc[cell(data, area=area), "value"] = 88.0
            data.loc[cell(data, area=area), ["base_1", "base_2", "numerator", "denominator"]] = np.nan
        # a true value of 88: its Basiswerte say so
        true = cell(data, "Bevölkerungsdichte", "2015", "07")
        data.loc[true, ["value", "base_1", "numerator", "base_2", "denominator"]] = [
            88.0,
            880.0,
            880.0,
            10.0,
            10.0,
        ]

    found = new_findings(altered(change))
    codes = found[found["reason"] == "data_code"]
    # one code is one question, and every cell that holds it is left out of the tests
    assert [row["cells"] for row in codes["details"]] == [2]
    assert "in 2 Zellen" in codes["sentence_de"].item()
    taken = without_doubtful(altered(change), found).data
    assert {"05", "06"} <= set(taken.loc[taken["sign"] == "faulty", "area_id"])
    assert not ((found["area_id"] == "07") & found["reason"].isin(["data_code", "data_without_bases"])).any()


@pytest.mark.parametrize("code", [-9999.0, 99999.0, 999.0, -99.9])
def test_rows_of_nines_that_return_are_one_question(code):
    def change(data):
        for area in ("05", "06", "07"):
            data.loc[cell(data, "Hochbetagte", area=area), "value"] = code

    found = new_findings(altered(change))
    codes = found[found["reason"] == "data_code"]
    if code == -99.9:  # two nines and a decimal may well be a value
        assert codes.empty
        return
    assert [row["cells"] for row in codes["details"]] == [3]
    assert "außerhalb aller übrigen" in codes["sentence_de"].item()
    # a value of nines among values of its size is one
    others = rg.load_sample().sel("Bevölkerungsdichte").data
    others.loc[cell(others, "Bevölkerungsdichte", area="05") | cell(others, "Bevölkerungsdichte"), "value"] = (
        9999.0
    )
    again = rg.check_panel(rg.Panel(others, rg.load_sample().sel("Bevölkerungsdichte").catalogue))
    assert "data_code" not in set(again["reason"])


def test_a_period_without_any_value_but_with_bases_is_one_question():
    def change(data):
        year = (data["indicator"] == "Arbeitslose - Anteil") & (data["period"] == "2011")
        data.loc[year, "value"] = np.nan

    found = new_findings(altered(change))
    assert found[["indicator", "period", "reason"]].to_numpy().tolist() == [
        ["Arbeitslose - Anteil", "2011", "data_empty"]
    ]

    def hide(data):
        change(data)
        year = (data["indicator"] == "Arbeitslose - Anteil") & (data["period"] == "2011")
        data.loc[year, "sign"] = "not_available"

    # what the table itself says is not there, is not asked about
    assert new_findings(altered(hide)).empty


@pytest.mark.parametrize(("factor", "since", "asked"), [(11.5, "2011", 1), (0.08, "2015", 1), (2.0, "2011", 0)])
def test_one_area_that_jumps_and_stays_is_one_question(factor, since, asked):
    def change(data):
        own = (data["indicator"] == "Bevölkerungsdichte") & (data["area_id"] == "01") & (data["period"] >= since)
        data.loc[own & (data["level"] == "district"), ["value", "numerator", "base_1"]] *= factor

    found = new_findings(altered(change))
    found = found[~found["reason"].isin(["data_ratio", "data_unallocated"])]
    assert found["reason"].tolist() == ["data_step"] * asked
    if asked:
        before = rg.load_sample().sel("Bevölkerungsdichte", period=int(since) - 1, area="01").data["value"].item()
        assert found["period"].item() == since
        assert found["expected"].item() == pytest.approx(before)
        # the step is a question about the series: which side of it is right nobody knows here
        assert without_doubtful(altered(change), found).data["sign"].ne("faulty").all()


def test_parts_that_are_half_of_the_whole_are_told_by_a_year_in_which_they_are():
    rows = []
    for year in range(2006, 2020):
        share = 0.5 if year <= 2010 else 0.997 if year <= 2017 else 1.0
        for area in range(1, 26):
            total = 2000.0 + 10 * area
            for group, count in (
                ("insgesamt", total),
                ("männlich", total * share * 0.5),
                ("weiblich", total * share * 0.5),
            ):
                rows.append(("Q", group, year, "district", f"{area:02d}", count, 40000.0, count / 400))
    names = ["indicator", "group", "period", "level", "area_id", "numerator", "denominator", "value"]
    catalogue = pd.DataFrame(
        {"indicator": "Q", "group": ["insgesamt", "männlich", "weiblich"], "scale": 100.0, "kind": "ratio"}
    )
    found = rg.check_panel(rg.Panel.from_frame(pd.DataFrame(rows, columns=names), catalogue))
    found = found[found["reason"] == "data_parts"]
    told = {(row["first"], row["last"], row["number"]) for row in found["details"]}
    assert told == {("2006", "2010", 5), ("2011", "2017", 7)}
    gross = found[[row["first"] == "2006" for row in found["details"]]].iloc[0]
    assert gross["details"]["sum"] == pytest.approx(gross["value"] / 2)


def test_value_that_does_not_follow_from_its_bases():
    def change(data):
        data.loc[cell(data), "value"] += 1.0

    found = new_findings(altered(change))
    assert found["reason"].tolist() == ["data_ratio"]
    assert found["expected"].item() == pytest.approx(found["value"].item() - 1, abs=0.06)


def test_a_wrong_formula_is_one_finding_and_takes_nothing_out():
    panel = rg.load_sample().with_catalogue({"Hochbetagte": {"scale": 1000.0}})
    found = new_findings(panel)
    assert found["reason"].tolist() == ["data_formula"]
    assert without_doubtful(panel, found) is panel


def test_impossible_shares_and_negative_counts():
    def change(data):
        data.loc[cell(data), ["value", "numerator"]] = [120.0, 1.2 * data.loc[cell(data), "denominator"].item()]
        data.loc[cell(data, area="06"), ["value", "numerator"]] = [-1.0, -10.0]

    reasons = new_findings(altered(change)).groupby("area_id")["reason"].agg(set)
    assert "data_impossible" in reasons["05"]
    assert reasons["06"] & {"data_negative", "data_impossible", "data_ratio"}


def test_a_break_in_the_series_is_one_finding():
    def change(data):
        later = (data["indicator"] == "Hochbetagte") & (data["period"] >= "2015")
        data.loc[later, "numerator"] *= 1.6
        data.loc[later, "value"] = (100 * data["numerator"] / data["denominator"])[later].round(1)

    found = new_findings(altered(change))
    assert found[["indicator", "period", "reason"]].to_numpy().tolist() == [["Hochbetagte", "2015", "data_break"]]
    assert found["details"].item()["areas"] == 25


def test_the_pandemic_is_no_break():
    found = rg.check_panel(rg.load_sample())
    assert "data_break" not in set(found["reason"])


def test_a_value_far_off_its_own_series():
    def change(data):
        data.loc[cell(data), ["value", "numerator"]] *= 10

    found = new_findings(altered(change))
    assert "data_magnitude" in set(found.loc[found["area_id"] == "05", "reason"]) | {"data_magnitude"}
    assert (found["area_id"] == "05").any()
    taken = without_doubtful(altered(change), found)
    row = taken.data[cell(taken.data)]
    assert np.isnan(row["value"].item())
    assert row["sign"].item() == "faulty"


def test_parts_that_do_not_sum_to_the_whole():
    panel = rg.load_sample().sel("Nichtdeutsche")
    groups, entries = [panel.data], [panel.catalogue]
    for name, share in (("männlich", 0.55), ("weiblich", 0.45)):
        part = panel.data.assign(group=name, numerator=(panel.data["numerator"] * share))
        groups.append(part.assign(value=100 * part["numerator"] / part["denominator"]))
        entries.append(panel.catalogue.assign(group=name, headline=False, subgroup_of="insgesamt"))
    data = pd.concat(groups, ignore_index=True)
    fine = rg.Panel(data, pd.concat(entries))
    assert "data_parts" not in set(rg.check_panel(fine)["reason"])

    hit = (data["group"] == "weiblich") & (data["period"] == "2010") & (data["area_id"] == "07")
    data.loc[hit, "numerator"] += 300
    one = rg.check_panel(rg.Panel(data, pd.concat(entries)))
    one = one[one["reason"] == "data_parts"]
    assert one[["period", "area_id"]].to_numpy().tolist() == [["2010", "07"]]

    year = (data["group"] == "weiblich") & (data["period"] == "2011")
    data.loc[year, "numerator"] *= 1.1
    found = rg.check_panel(rg.Panel(data, pd.concat(entries)))
    found = found[found["reason"] == "data_parts"]
    assert sorted(row["scope"] for row in found["details"]) == ["cell", "period"]


def test_a_tidy_frame_will_do_and_is_not_changed():
    frame = pd.DataFrame({"indicator": "Beratungen", "period": 2024, "area_id": ["01", "02"], "value": [1.0, 2.0]})
    before = frame.copy()
    assert rg.check_panel(frame).empty
    pd.testing.assert_frame_equal(frame, before)


def test_unrounded_sums_beside_a_printed_city_raise_no_question():
    regions = rg.aggregate(rg.load_sample().sel("Hochbetagte"))
    found = rg.check_panel(regions)
    assert not found["reason"].isin(["data_ratio", "data_formula"]).any()


@pytest.mark.parametrize(("shift", "asked"), [(0.0, True), (-400.0, False)])
def test_a_balance_has_no_share_of_unallocated_cases(shift, asked):
    """Counts that the city has beyond its districts are a question; a balance, below zero in places, has none."""
    rng = np.random.default_rng(8)
    rows = []
    for year in range(2010, 2020):
        counts = rng.integers(300, 600, 25) + shift
        unallocated = 400.0 if year == 2015 else 0.0
        for area, number in enumerate(counts):
            rows.append(("x", year, "district", f"{area + 1:02d}", float(number), 10_000.0))
        rows.append(("x", year, "city", "00", float(counts.sum() + unallocated), 250_000.0))
    frame = pd.DataFrame(rows, columns=["indicator", "period", "level", "area_id", "numerator", "denominator"])
    frame["value"] = 1000 * frame["numerator"] / frame["denominator"]
    catalogue = pd.DataFrame({"indicator": ["x"], "group": "insgesamt", "scale": 1000.0, "kind": "ratio"})
    found = rg.check_panel(rg.Panel.from_frame(frame, catalogue))
    assert found["reason"].tolist() == (["data_unallocated"] if asked else [])
