"""One small panel of real figures, and what all profiles share, made once."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import partial

import pytest

import regsam_geo as rg
from regsam_geo.resources import data_folder
from regsam_geo.summary.facts import report_facts
from regsam_geo.summary.facts.profile_facts import gather_profile_facts

CHOSEN = ("Arbeitslose - Anteil", "Einpersonenhaushalte", "Nichtdeutsche", "Innerräumliche Umzugsziffer")


@pytest.fixture(scope="session")
def small_panel():
    return rg.load_sample().sel(CHOSEN, period=range(2012, 2025))


@pytest.fixture(scope="session")
def facts(small_panel):
    return gather_profile_facts(rg.Study(small_panel, lang="de"))


@pytest.fixture(scope="session")
def plain():
    """Sums of the Basiswerte and printed values, read from the shipped files without the library."""
    with (data_folder() / "boundaries" / "regsam_regions.csv").open(encoding="utf-8") as stream:
        region_of = {row["district_id"]: row["region_id"] for row in csv.DictReader(stream)}
    sums, printed = defaultdict(lambda: [0.0, 0.0]), {}
    with (data_folder() / "indicators" / "sample.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            key = row["indicator"], row["period"]
            city = row["level"] == "city"
            if row["value"]:
                printed[(*key, "city" if city else row["area_id"])] = float(row["value"])
            total = sums[(*key, "city" if city else region_of[row["area_id"]])]
            total[0] += float(row["base_1"] or "nan")
            total[1] += float(row["base_2"] or "nan")
    rates = {key: 100.0 * over / under for key, (over, under) in sums.items() if under}
    return rates, printed, region_of


@pytest.fixture(scope="module")
def few_null_reports():
    """Five simulated reports in place of twenty, for pages about which their mean alone would differ."""
    few = partial(rg.expected_false_warnings, reports=5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(report_facts, "expected_false_warnings", few)
        yield
