"""Areas of very unequal size: nothing but sampling warns of nothing, whatever is given beside the rates."""

from __future__ import annotations

import re

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from scipy.stats import binom

import regsam_geo as rg
from regsam_geo.areas import as_neighbors
from regsam_geo.summary.facts.report_facts import gather_report_facts
from regsam_geo.summary.words.report_words import limits
from regsam_geo.warning import DETECTORS, Context
from regsam_geo.warning.detectors.cross_section import cross_section
from regsam_geo.warning.detectors.newest_change import newest_cubes
from regsam_geo.warning.report.urgency import findings_of

PEOPLE = np.round(np.geomspace(300, 30_000, 40)).astype(int)


def rates_of(seed, years, *, given=(), series=12):
    rng = np.random.default_rng(seed)
    people = rng.permutation(PEOPLE)
    cases = rng.binomial(people, 0.05, (series, years, len(people)))
    at, year, area = (axis.ravel() for axis in np.indices(cases.shape))
    table = pd.DataFrame(
        {
            "indicator": [f"Quote {n}" for n in at],
            "group": "insgesamt",
            "period": (2025 - years + year).astype(str),
            "level": "own",
            "area_id": [f"{n:03d}" for n in area],
            "value": 100 * cases.ravel() / people[area],
            "numerator": cases.ravel().astype(float),
            "denominator": people[area].astype(float),
        }
    ).drop(columns=[name for name in ("numerator", "denominator") if name not in given])
    catalogue = pd.DataFrame({"indicator": table["indicator"].unique(), "group": "insgesamt", "headline": True})
    catalogue = catalogue.assign(scale=100.0, kind="proportion") if given else catalogue
    return rg.Panel.from_frame(table, catalogue), people


def ring(number):
    ids = [f"{n:03d}" for n in range(number)]
    return {"own": as_neighbors({one: [ids[n - 1], ids[(n + 1) % number]] for n, one in enumerate(ids)})}


@pytest.mark.parametrize("years", [2, 5, 9])
@pytest.mark.parametrize("given", [(), ("denominator",), ("numerator", "denominator")])
def test_nothing_but_sampling_warns_of_nothing(years, given):
    panel, _ = rates_of(3, years, given=given)
    found = findings_of(panel, Context("2024", ring(len(PEOPLE))), DETECTORS)
    warns = found[found["kind"].isin(["spatial", "level", "change", "drift"]) & (found["level"] != "city")]
    assert (warns["q"] < 0.10).sum() <= 1


def test_without_sizes_and_past_nothing_is_tested_and_it_says_why():
    panel, _ = rates_of(4, 2)
    found = findings_of(panel, Context("2024", ring(len(PEOPLE))), DETECTORS)
    for kind in ("change", "level", "spatial"):
        rows = found[found["kind"] == kind]
        assert set(rows["reason"]) == {f"{kind}_sizes_unknown"}
        assert rows["p"].isna().all()
        assert rows["q"].isna().all()


def test_a_denominator_alone_says_as_much_as_both():
    alone, _ = rates_of(5, 2, given=("denominator",))
    both, _ = rates_of(5, 2, given=("numerator", "denominator"))
    one, other = (rg.find_outliers(rg.Study(panel, threshold=None), "temporal") for panel in (alone, both))
    np.testing.assert_allclose(one["p"], other["p"], rtol=1e-6)


def test_small_and_large_areas_are_found_unusual_equally_often():
    panel, people = rates_of(6, 12, series=60)
    found = findings_of(panel, Context("2024"), [one for one in DETECTORS if one.name == "change"])
    found = found[found["level"] == "own"]
    small = people[found["area_id"].astype(int)] < np.median(PEOPLE)
    # half as often would be a test that is not for them; the relevant effect makes it a little rarer for the large
    assert (found["p"] <= 0.05)[small].mean() == pytest.approx(0.05, abs=0.015)
    assert (found["p"] <= 0.05)[~small].mean() == pytest.approx(0.04, abs=0.02)


def test_rates_alone_that_are_equally_rare_lie_equally_far_off_below_and_above():
    panel, people = rates_of(9, 10, series=1)
    data = panel.data.copy()
    newest = data["period"] == "2024"
    data.loc[newest, "value"] = 5.0
    small = [f"{n:03d}" for n in np.argsort(people)[:2]]
    rare = [binom.ppf(q, 300, 0.05) / 3.0 for q in (0.002, 0.998)]
    for area, value in zip(small, rare, strict=True):
        data.loc[newest & (data["area_id"] == area), "value"] = value
    context = Context("2024", ring(len(PEOPLE)))
    changed = rg.Panel(data, panel.catalogue)
    (cube,) = (cube for cube in newest_cubes(changed, context) if cube.level == "own")
    y = pd.Series(cross_section(cube, context).y[0], index=cube.area_ids)
    below, above = abs(y[small] - y.median())
    # 5 and 27 of 15 cases: as logarithms 1.87 times as far below, as roots 1.24 times
    assert below / above == pytest.approx(1.0, abs=0.3)


def test_a_doubled_rate_is_found_in_a_large_area_by_its_own_past():
    panel, people = rates_of(7, 12, series=2)
    data = panel.data.copy()
    large = f"{int(np.argmax(people)):03d}"
    hit = (data["area_id"] == large) & (data["period"] == "2024") & (data["indicator"] == "Quote 0")
    data.loc[hit, "value"] *= 2
    found = rg.find_outliers(rg.Study(rg.Panel(data, panel.catalogue), threshold=None), "temporal")
    warned = found[(found["q"] < 0.10) & (found["level"] == "own")]
    assert set(zip(warned["indicator"], warned["area_id"], strict=True)) == {("Quote 0", large)}


def test_districts_of_munich_have_the_size_that_is_shipped():
    data = rg.load_sample().sel("Nichtdeutsche", period=[2023, 2024], level="district").data
    bare = data[["period", "level", "area_id", "value"]].assign(indicator="Quote")
    found = rg.find_outliers(rg.Study(bare, threshold=None), "temporal")
    change = found[found["kind"] == "change"]
    assert change["p"].notna().all()
    assert set(change["reason"]) == {"change_two_periods"}


@pytest.mark.parametrize(
    ("lang", "words"), [("de", "nicht bekannt, wie groß die Gebiete"), ("en", "not known how large")]
)
def test_the_report_says_why_nothing_was_tested(lang, words):
    panel, _ = rates_of(4, 2, series=2)
    corners = [(1000.0 * (n % 8), 1000.0 * (n // 8)) for n in range(len(PEOPLE))]
    ids = [f"{n:03d}" for n in range(len(PEOPLE))]
    boxes = [shapely.box(x, y, x + 1000, y + 1000) for x, y in corners]
    layer = gpd.GeoDataFrame({"name": ids}, geometry=boxes, index=pd.Index(ids, name="area_id"), crs=25832)
    study = rg.Study(panel, layer, threshold=None, lang=lang)
    (line,) = (one for one in limits(gather_report_facts(study, 2024)) if words in one)
    # change, level and spatial, two series each
    assert re.search(r"\d+", line)[0] == str(3 * 2 * len(PEOPLE))
