from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.warning.detectors.change import CHANGE
from regsam_geo.warning.report.city_themes import themes_of


@pytest.fixture(scope="module")
def reports(sample_study):
    return {year: rg.detect_warnings(sample_study, year, detectors=[CHANGE]) for year in (2022, 2023)}


def test_comparison_is_a_full_join(reports):
    old, new = reports[2022], reports[2023]
    compared = rg.compare_warnings(old, new)
    units = ["indicator", "group", "level", "area_id"]
    before, after = ({tuple(row) for row in table[units].to_numpy()} for table in (old, new))
    still = {tuple(row) for row in new.loc[new["status"] == "open", units].to_numpy()}
    assert still
    for words, expected in (
        (["new", "returning"], after - before - still),
        (["ended"], before - after),
        (["continuing"], (before & after) - still),
        (["open"], still),
    ):
        rows = compared[compared["change"].isin(words)]
        assert {tuple(row) for row in rows[units].to_numpy()} == expected


def test_roll_up_lists_every_region_and_counts_every_warning(sample_study):
    study = sample_study
    rolled = study.roll_up(2023)
    assert len(rolled) == 16
    assert rolled["warnings"].sum() == len(study.detect_warnings(2023)) > 0
    assert (rolled["indicators"] <= rolled["warnings"]).all()


def test_indicators_that_share_a_base_value_count_once():
    from regsam_geo.warning.report.roll_up import independent_indicators

    bases = {
        ("a", "g"): frozenset({"x", "n"}),
        ("b", "g"): frozenset({"y", "n"}),
        ("c", "g"): frozenset({"z", "m"}),
    }
    rows = pd.DataFrame({"indicator": ["a", "b", "c"], "group": "g", "q": [0.1, 0.01, 0.2]})
    assert independent_indicators(rows, bases) == 2


def test_themes_need_several_regions():
    rows = pd.DataFrame(
        {
            "indicator": ["a", "a", "a", "b"],
            "group": "insgesamt",
            "direction": ["up", "high", "down", "up"],
            "region_id": ["1/2/3", "5", "6/7", "5"],
            "area_id": ["01", "05", "06", "05"],
            "urgency": ["watch", "check", "watch", "priority"],
            "q": [0.05, 0.001, 0.02, 0.001],
        }
    )
    themes = themes_of(rows)
    assert themes[["indicator", "direction", "n_warned", "most_urgent"]].to_numpy().tolist() == [
        ["a", "high", 2, "check"]
    ]


def test_predictive_value_is_a_share_with_wilson_interval():
    log = pd.DataFrame({"need": ["yes"] * 8 + ["no"] * 2 + ["clarify", ""], "kinds": "change"})
    row = rg.predictive_value(log).loc["change"]
    assert (row["judged"], row["true"]) == (10, 8)
    # Wilson's interval of 8 of 10: 0.490 to 0.943 (Agresti and Coull 1998)
    assert (round(row["low"], 3), round(row["high"], 3)) == (0.490, 0.943)


def test_null_reports_are_seeded_and_quiet():
    panel = rg.load_sample().sel(["Hochbetagte", "Nichtdeutsche", "Altenquotient"])
    one = rg.expected_false_warnings(panel, reports=12, detectors=[CHANGE])
    two = rg.expected_false_warnings(panel, reports=12, detectors=[CHANGE])
    assert one.warnings == two.warnings
    assert one.warnings < 0.6


def test_a_change_of_the_detectable_size_is_detected_about_as_often_as_stated():
    panel = rg.load_sample().sel("Hochbetagte")
    smallest = rg.detectable_changes(panel, 2024).set_index("area_id")
    assert (smallest["smallest_low"] < smallest["expected"]).all()
    data = panel.data.copy()
    cell = (data["period"] == "2024") & (data["area_id"] == "05")
    data.loc[cell, "numerator"] = smallest.loc["05", "smallest_high"] * 1.02 / 100 * data.loc[cell, "denominator"]
    data.loc[cell, "value"] = (100 * data["numerator"] / data["denominator"])[cell].round(1)
    warnings = rg.detect_warnings(rg.Panel(data, panel.catalogue), detectors=[CHANGE])
    assert "05" in set(warnings["area_id"])


def test_replay_is_the_report_of_its_year(sample_study):
    past = rg.replay(sample_study, [2023])
    report, line = past.reports["2023"], past.summary.loc["2023"]
    assert line["warnings"] + line["open"] == len(report)
    assert line["open"] == (report["status"] == "open").sum() > 0
    assert line[["watch", "check", "priority"]].sum() == line["warnings"]
    assert line["ended"] == len(report.facts.ended)
    assert np.isfinite(past.summary.to_numpy(dtype=float)).all()
