"""New, continuing and returning: one definition in the table, in the comparison and in the replay."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.warning import Settings
from regsam_geo.warning.detectors.change import CHANGE
from regsam_geo.warning.detectors.drift import DRIFT

UNIT = ["indicator", "group", "level", "area_id"]
YEARS = range(2020, 2025)


@pytest.fixture(scope="module")
def panel():
    """A part of the sample in which some warnings continue, and one that was made to return."""
    names = ["Innerräumliche Umzugsziffer", "Bevölkerungsdichte", "Nichtdeutsche", "Hochbetagte"]
    sample = rg.load_sample().sel(names)
    data = sample.data.copy()
    cell = (data["indicator"] == "Hochbetagte") & (data["area_id"] == "05")
    for period, factor in (("2020", 1.3), ("2021", 1.3), ("2022", 1.3), ("2023", 1.3), ("2024", 1.7)):
        hit = cell & (data["period"] == period)
        data.loc[hit, "numerator"] *= factor
        data.loc[hit, "value"] = (100 * data["numerator"] / data["denominator"])[hit].round(1)
    return rg.Panel(data, sample.catalogue)


@pytest.fixture(scope="module")
def past(panel):
    return rg.replay(panel, YEARS)


def units(table):
    return {tuple(row) for row in pd.DataFrame(table)[UNIT].to_numpy()}


def test_the_words_follow_from_the_reports_themselves(past):
    words = set()
    for number, year in enumerate(YEARS):
        earlier = [units(past.reports[str(name)]) for name in YEARS[:number]]
        for row in past.reports[str(year)].to_dict("records"):
            key, run = tuple(row[name] for name in UNIT), 0
            while run < len(earlier) and key in earlier[-1 - run]:
                run += 1
            if run < len(earlier) or row["since"] >= str(YEARS[0]):  # else it began before this replay
                assert row["since"] == str(year - run)
            if run:
                assert row["status"] == "continuing"
            elif any(key in report for report in earlier):
                assert row["status"] == "returning"
            words.add(row["status"])
    assert words == {"new", "continuing", "returning"}


def test_comparison_and_table_use_the_same_words(past):
    for old, new in itertools.pairwise(past.reports.values()):
        compared = rg.compare_warnings(old, new)
        now = compared[compared["change"] != "ended"].set_index(UNIT)["change"]
        assert now.to_dict() == pd.DataFrame(new).set_index(UNIT)["status"].to_dict()


@pytest.mark.slow
def test_a_lone_report_tells_the_same_history_as_the_replay(panel, past):
    alone = rg.detect_warnings(panel, 2024)
    pd.testing.assert_frame_equal(pd.DataFrame(alone), pd.DataFrame(past.reports["2024"]))
    pd.testing.assert_frame_equal(alone.facts.history, past.reports["2024"].facts.history)


def test_density_of_district_22_continues_with_another_kind(past):
    rows = past.reports["2024"].set_index(["indicator", "area_id"])
    row = rows.loc[("Bevölkerungsdichte", "22")]
    assert "drift" in row["kinds"]
    assert (row["status"], row["since"]) == ("continuing", "2023")
    before = past.reports["2023"].set_index(["indicator", "area_id"]).loc[("Bevölkerungsdichte", "22")]
    assert before["kinds"] == "change"


def test_reports_further_apart_are_compared_with_all_that_came_before(past):
    compared = rg.compare_warnings(past.reports["2022"], past.reports["2024"]).set_index(["indicator", "area_id"])
    assert compared.loc[("Bevölkerungsdichte", "22"), "change"] == "new"


def test_lookback_bounds_the_history(panel):
    study = rg.Study(panel, settings=Settings(lookback=1))
    short = rg.detect_warnings(study, 2024, detectors=[CHANGE, DRIFT])
    assert list(short.facts.history.columns) == ["2023"]
    assert short["since"].min() >= "2023"
