"""What the page says would have been noticed, put into the figures and looked for."""

from __future__ import annotations

import re

import numpy as np
import pytest

import regsam_geo as rg
from regsam_geo.summary.facts.report_facts import gather_report_facts
from regsam_geo.summary.words.report_words import found_rises
from regsam_geo.warning import Context
from regsam_geo.warning.detectors.change import CHANGE
from regsam_geo.warning.report.urgency import findings_of

LINE = (
    r"(?P<title>.+): Ein Anstieg um (?P<percent>\d+)\N{NO-BREAK SPACE}% wäre in (?P<found>\d+) von (?P<n>\d+) "
    r"Gebieten aufgefallen\."
)


@pytest.fixture(scope="module")
def study():
    return rg.load_study().sel(["Hochbetagte", "Altenquotient"], period=range(2010, 2025))


def test_as_many_areas_are_found_as_the_line_says(study):
    """Each district by itself rises by the stated percent against what was to be expected, and is looked for."""
    lines = list(found_rises(gather_report_facts(study, 2024)))
    assert len(lines) == 2
    said = re.fullmatch(LINE, next(line for line in lines if line.startswith("Altenquotient")))
    rise, found, n = 1 + int(said["percent"]) / 100, int(said["found"]), int(said["n"])
    assert 20 <= found <= n == 25
    usual = rg.find_outliers(study, "temporal")
    usual = usual[(usual["kind"] == "change") & (usual["level"] == "district")]
    usual = usual[usual["indicator"] == "Altenquotient"].set_index("area_id")
    noticed = 0
    for area in usual.index:
        data = study.panel.data.copy()
        cell = (data["indicator"] == "Altenquotient") & (data["period"] == "2024") & (data["area_id"] == area)
        data.loc[cell, "value"] = rise * usual.loc[area, "expected"]
        data.loc[cell, "numerator"] = data.loc[cell, "value"] * data.loc[cell, "denominator"] / 100
        tests = findings_of(rg.Panel(data, study.panel.catalogue), Context("2024"), [CHANGE])
        tests = tests[(tests["level"] == "district") & (tests["indicator"] == "Altenquotient")]
        tests = tests.set_index("area_id")
        noticed += bool(tests.loc[area, "q"] < 0.10 and tests.loc[area, "direction"] == "up")
    # noticed for certain where the chance is 80 %, and in some where it is less
    assert noticed >= found


def test_the_line_counts_what_the_table_lists(study):
    table = rg.detectable_changes(study, 2024)
    for line in found_rises(gather_report_facts(study, 2024)):
        said = re.fullmatch(LINE, line)
        title = said["title"].split(" (")[0]
        own = table[[name.startswith(title) for name in table["indicator"]]]
        relative = np.sort(100 * (own["smallest_high"] / own["expected"] - 1).to_numpy())
        assert int(said["found"]) == (relative <= int(said["percent"])).sum()
        # one percent less, and it would be fewer than four in five
        assert (relative <= int(said["percent"]) - 1).sum() < 20


@pytest.mark.slow
def test_the_page_holds_a_line_for_each_indicator_in_both_languages(study, tmp_path):
    for lang, words in (("de", "wäre in"), ("en", "would have been noticed in")):
        page = rg.write_report(study.replace(lang=lang), tmp_path / lang, period=2024).index.read_text("utf-8")
        assert page.count(words) == 2
