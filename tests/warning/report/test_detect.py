from __future__ import annotations

import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.errors import OptionError
from regsam_geo.warning.detectors.change import CHANGE
from regsam_geo.warning.report.table import COLUMNS


def injected(factor, area="05", indicator="Hochbetagte", period="2024"):
    panel = rg.load_sample()
    data = panel.data.copy()
    cell = (data["indicator"] == indicator) & (data["period"] == period) & (data["level"] == "district")
    if area is not None:
        cell &= data["area_id"] == area
    data.loc[cell, "numerator"] *= factor
    data.loc[cell, "value"] = (100 * data["numerator"] / data["denominator"])[cell].round(1)
    return rg.Panel(data, panel.catalogue)


@pytest.fixture(scope="module")
def jump():
    """The warnings of a jump of one district."""
    return rg.detect_warnings(injected(1.3), detectors=[CHANGE])


def test_a_jump_is_warned_of_with_every_part_of_the_contract(jump):
    assert list(jump.columns) == list(COLUMNS)
    row = jump.set_index(["indicator", "area_id"]).loc[("Hochbetagte", "05")]
    assert row["kinds"] == "change"
    assert row["direction"] == "up"
    assert row["urgency"] == "check"
    assert row["status"] == "new"
    assert row["since"] == "2024"
    assert row["area_name"] == "Au-Haidhausen"
    assert row["region_id"] == "5"
    assert row["q"] < 0.01
    for text in (row["sentence_de"], row["sentence_en"]):
        assert "2024" in text
        assert "{" not in text
        assert "nan" not in text


SHAKEN = ("Hochbetagte", "Arbeitslose - Anteil", "Nichtdeutsche", "Altenquotient")


@pytest.fixture(scope="module")
def shaken():
    """The warnings of a year in which four indicators rose by a third in the whole city."""
    data = pd.concat(
        [
            injected(1.3, area=None, indicator=indicator).sel(indicator).data
            if indicator in SHAKEN
            else rg.load_sample().sel(indicator).data
            for indicator in rg.load_sample().indicators
        ]
    )
    return rg.detect_warnings(rg.Panel(data, rg.load_sample().catalogue), detectors=[CHANGE])


@pytest.mark.parametrize("indicator", SHAKEN)
def test_a_shock_to_the_whole_city_is_no_warning_for_a_district(shaken, indicator):
    assert len(shaken.facts.findings.query("indicator == @indicator and level == 'district'")) == 25
    assert not ((shaken["indicator"] == indicator) & (shaken["status"] != "open")).any()


def test_unknown_period_names_those_there_are():
    with pytest.raises(OptionError, match="2024, 2023"):
        rg.detect_warnings(rg.load_sample(), period=1999)


def test_the_table_shows_icon_and_word(jump):
    html = jump._repr_html_()
    assert "◐\N{NO-BREAK SPACE}prüfen" in html
    with_english = rg.set_language("en")
    try:
        assert with_english is None
        assert "◐\N{NO-BREAK SPACE}check" in jump._repr_html_()
    finally:
        rg.set_language(None)


def test_facts_travel_with_the_table(jump):
    assert jump.head(1).facts.period == "2024"
    assert jump.facts.findings["level"].value_counts().to_dict() == {"district": 275, "city": 11}
    assert len(jump.facts.checksum) == 64


def test_the_regions_are_those_of_the_study(own_scheme):
    panel = rg.load_sample().sel(["Innerräumliche Umzugsziffer", "Bevölkerungsdichte"], period=range(2014, 2025))
    study = rg.Study(panel, division=own_scheme)
    regions = dict(study.detect_warnings()[["area_id", "region_id"]].to_numpy())
    assert {"12": "11", "22": "21/22/23"}.items() <= regions.items()
    assert regions == {area: own_scheme.loc[area, "region_id"] for area in regions}
    rolled = study.roll_up()
    assert set(rolled.index[rolled["warnings"] > 0]) == set(regions.values())
    themes = study.city_themes(warned=1).set_index("indicator")["warned_regions"]
    assert themes["Innerräumliche Umzugsziffer"] == "11"
    for table in study.replay([2023, 2024]).reports.values():
        assert set(table.loc[table["area_id"] == "12", "region_id"]) <= {"11"}


@pytest.fixture
def own_scheme():
    """The shipped scheme with district 12 in the region of district 11."""
    scheme = rg.read_division().to_frame()
    scheme.loc["12", ["region_id", "region_name"]] = scheme.loc["11", ["region_id", "region_name"]].tolist()
    return scheme


def test_what_is_held_is_not_what_is_handed_out():
    study = rg.Study(injected(1.3).sel("Hochbetagte"))
    first = study.detect_warnings()
    whole = pd.DataFrame(first).copy()
    findings = pd.DataFrame(first.facts.findings).drop(columns="details").copy()
    first["urgency"] = "none"
    first.facts.findings["q"] = 0.0
    again = study.detect_warnings()
    pd.testing.assert_frame_equal(pd.DataFrame(again), whole)
    pd.testing.assert_frame_equal(pd.DataFrame(again.facts.findings).drop(columns="details"), findings)


def test_what_may_not_be_shown_takes_no_part():
    """A district whose count of persons is below the study's threshold is neither tested nor named."""
    panel = injected(1.3).sel("Hochbetagte")
    count = panel.sel(period=2024, area="05").data["numerator"].item()
    shown = rg.detect_warnings(rg.Study(panel, threshold=None), detectors=[CHANGE])
    hidden = rg.detect_warnings(rg.Study(panel, threshold=count + 1), detectors=[CHANGE])
    assert "05" in set(shown["area_id"])
    assert "05" not in set(hidden["area_id"])
    assert "05" not in set(hidden.facts.findings["area_id"])
