from __future__ import annotations

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


def test_a_jump_is_warned_of_with_every_part_of_the_contract():
    warnings = rg.detect_warnings(injected(1.3), detectors=[CHANGE])
    assert list(warnings.columns) == list(COLUMNS)
    row = warnings.set_index(["indicator", "area_id"]).loc[("Hochbetagte", "05")]
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


@pytest.mark.parametrize("indicator", ["Hochbetagte", "Arbeitslose - Anteil", "Nichtdeutsche", "Altenquotient"])
def test_a_shock_to_the_whole_city_is_no_warning_for_a_district(indicator):
    warnings = rg.detect_warnings(injected(1.3, area=None, indicator=indicator), detectors=[CHANGE])
    assert not (warnings["indicator"] == indicator).any()


def test_unknown_period_names_those_there_are():
    with pytest.raises(OptionError, match="2024, 2023"):
        rg.detect_warnings(rg.load_sample(), period=1999)


def test_the_table_shows_icon_and_word():
    html = rg.detect_warnings(injected(1.3), detectors=[CHANGE])._repr_html_()
    assert "◐\N{NO-BREAK SPACE}prüfen" in html
    with_english = rg.set_language("en")
    try:
        assert with_english is None
        html = rg.detect_warnings(injected(1.3), detectors=[CHANGE])._repr_html_()
        assert "◐\N{NO-BREAK SPACE}check" in html
    finally:
        rg.set_language(None)


def test_facts_travel_with_the_table():
    warnings = rg.detect_warnings(injected(1.3), detectors=[CHANGE])
    assert warnings.head(1).facts.period == "2024"
    assert warnings.facts.findings["level"].value_counts().to_dict() == {"district": 275, "city": 11}
    assert len(warnings.facts.checksum) == 64
