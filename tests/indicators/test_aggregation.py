from __future__ import annotations

import csv
import re

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.errors import AggregationError, OptionError
from regsam_geo.indicators import Panel, aggregate_to_regions, explain_summable, find_summable
from regsam_geo.resources import data_folder

MOVES = "Innerräumliche Umzugsziffer"
GAP = [("Einpersonenhaushalte", "2012"), ("Einpersonenhaushalte", "2014")]


def scales():
    with (data_folder() / "indicators" / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        return {row["indicator"]: float(row["scale"]) for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def regions(sample):
    return aggregate_to_regions(sample)


def test_every_region_has_the_rate_of_the_summed_numerators_and_denominators(regions, sample_rows, districts_of):
    """All regions, all summable indicators, all periods, against plain dicts."""
    scale = scales()
    cells = {}
    for row in sample_rows:
        if row["level"] == "district":
            cells[row["indicator"], row["period"], row["area_id"]] = float(row["base_1"]), float(row["base_2"])
    got = regions.data[regions.data["level"] == "region"].set_index(["indicator", "period", "area_id"])["value"]
    checked = 0
    for indicator, period in sorted({key[:2] for key in cells}):
        for region, districts in districts_of.items():
            if indicator == MOVES:
                assert (indicator, period, region) not in got.index
                continue
            if (indicator, period) in GAP:
                assert np.isnan(got[indicator, period, region])
                continue
            numerator = sum(cells[indicator, period, district][0] for district in districts)
            denominator = sum(cells[indicator, period, district][1] for district in districts)
            assert got[indicator, period, region] == pytest.approx(
                scale[indicator] * numerator / denominator, rel=1e-12
            )
            checked += 1
    assert checked == 16 * (sum(1 for key in {k[:2] for k in cells} if key[0] != MOVES) - len(GAP))


def test_region_17_18_unemployment_2024(regions):
    row = regions.sel("Arbeitslose - Anteil", period=2024, area="17/18").data.iloc[0]
    # districts 17 and 18: 1,450.5 + 1,409.8 unemployed of 39,378.3 + 37,416.5 people of 15 to 64
    assert row["value"] == pytest.approx(100 * 2860.3 / 76794.8)
    assert row["numerator"] == pytest.approx(2860.3)
    assert row["denominator"] == pytest.approx(76794.8)


def test_the_regions_sum_to_what_the_districts_sum_to(regions, sample):
    for panel, level in ((regions, "region"), (sample, "district")):
        assert level in panel.levels
    a = regions.data.query("level == 'region' and period == '2024'").groupby("indicator")["denominator"].sum()
    b = sample.data.query("level == 'district' and period == '2024'").groupby("indicator")["denominator"].sum()
    pd.testing.assert_series_equal(a, b.reindex(a.index))


def test_city_rows_are_kept_as_they_are(regions, sample):
    kept = regions.data[regions.data["level"] == "city"].reset_index(drop=True)
    expected = sample.data.query("level == 'city' and indicator != @MOVES").reset_index(drop=True)
    pd.testing.assert_frame_equal(kept, expected)


def test_an_indicator_whose_counts_depend_on_the_area_is_refused(sample):
    with pytest.raises(AggregationError, match=MOVES):
        aggregate_to_regions(sample, indicator=MOVES)
    with pytest.raises(AggregationError, match=MOVES):
        aggregate_to_regions(sample.sel(MOVES))


def test_counts_without_a_word_are_refused_with_a_line_that_works():
    rows = [("Familien", "2024", "district", f"{i:02d}", float(10 * i)) for i in range(1, 26)]
    panel = Panel.from_frame(pd.DataFrame(rows, columns=["indicator", "period", "level", "area_id", "value"]))
    with pytest.raises(AggregationError) as caught:
        aggregate_to_regions(panel)
    line = re.search(r"panel\.(with_catalogue\(.*\))\.", str(caught.value))
    summed = aggregate_to_regions(eval(f"panel.{line[1]}"))
    assert summed.sel(area="17/18").data["value"].tolist() == [350.0]


def test_the_numbers_refuse_it_even_where_the_catalogue_does_not(sample):
    trusting = sample.with_catalogue({MOVES: {"summable": True}})
    catalogue = trusting.catalogue.assign(not_summable_because=None)
    told = find_summable(Panel(trusting.data, catalogue))
    moves = told[told["indicator"] == MOVES]
    assert set(moves["reason"]) == {"depends_on_area"}
    assert not moves["summable"].any()
    # 28,830 moves in the districts, 113,142 in the city
    assert moves.loc[moves["period"] == "2024", "gap"].item() == pytest.approx(28_830 / 113_142 - 1, abs=1e-12)


def test_periods_whose_sum_misses_the_city_have_no_region_values(regions, sample):
    told = find_summable(sample)
    gaps = told[told["reason"] == "gap_to_city"]
    assert list(zip(gaps["indicator"], gaps["period"], strict=True)) == GAP
    assert gaps["gap"].round(3).tolist() == [-0.084, -0.085]
    rows = regions.data.query("level == 'region' and indicator == 'Einpersonenhaushalte'")
    assert set(rows.loc[rows["sign"] == "incomplete", "period"]) == {"2012", "2014"}
    assert rows.loc[rows["sign"] == "", "value"].notna().all()


def test_what_was_left_out_is_told_in_both_languages(sample):
    told = find_summable(sample)
    german, english = explain_summable(told, "de"), explain_summable(told, "en")
    assert len(german) == len(english) == 2
    assert "2012, 2014" in german[0]
    assert "3 %" in german[0]
    assert MOVES in english[1]


def test_what_was_left_out_is_called_by_its_title_of_the_language(sample):
    told = find_summable(sample)
    german, english = (explain_summable(told, lang, sample.catalogue) for lang in ("de", "en"))
    assert german[0].startswith("Alleinlebende ab 65 Jahren (Anteil an allen Einpersonenhaushalten), 2012, 2014: ")
    assert english[0].startswith(
        "People aged 65 and over living alone (share of single-person households), 2012, "
    )
    assert english[1].startswith("Moves within the area (per 1,000 inhabitants): not computed for regions")
    untitled = sample.catalogue.assign(title_en=None, title_de=None)
    assert explain_summable(told, "en", untitled)[0].startswith("Einpersonenhaushalte (65 Jahre und älter), 2012")
    assert explain_summable(told, "en", untitled)[1].startswith("Innerräumliche Umzugsziffer: not")


def test_a_region_without_one_of_its_districts_is_incomplete(sample):
    data = sample.data[~((sample.data["area_id"] == "18") & (sample.data["period"] == "2024"))]
    regions = aggregate_to_regions(Panel(data, sample.catalogue), indicator="Nichtdeutsche")
    rows = regions.data.query("period == '2024' and level == 'region'").set_index("area_id")
    assert rows.loc["17/18", "sign"] == "incomplete"
    assert np.isnan(rows.loc["17/18", "value"])
    assert rows.drop(index="17/18")["value"].notna().all()


def test_a_region_with_a_secret_district_is_incomplete(sample):
    data = sample.data.copy()
    secret = (data["area_id"] == "04") & (data["period"] == "2023")
    data.loc[secret, ["value", "numerator", "base_1"]] = np.nan
    data.loc[secret, "sign"] = "secret"
    regions = aggregate_to_regions(Panel(data, sample.catalogue), indicator="Nichtdeutsche")
    rows = regions.data.query("period == '2023' and level == 'region'").set_index("area_id")
    assert rows.index[rows["sign"] == "incomplete"].tolist() == ["4/12"]


def test_plain_counts_are_summed_when_the_user_calls_them_summable():
    tidy = pd.DataFrame(
        {
            "indicator": "Beratungen",
            "period": 2024,
            "area_id": [f"{i:02d}" for i in range(1, 26)],
            "value": np.arange(1.0, 26.0),
        }
    )
    panel = Panel.from_frame(tidy)
    with pytest.raises(AggregationError):
        aggregate_to_regions(panel)
    regions = aggregate_to_regions(panel.with_catalogue({"Beratungen": {"summable": True}}))
    values = regions.data.set_index("area_id")["value"]
    assert values["17/18"] == 35.0
    assert values.sum() == 325.0
    assert regions.data["numerator"].isna().all()
    told = find_summable(panel.with_catalogue({"Beratungen": {"summable": True}}))
    assert told["reason"].tolist() == ["not_checked"]


def test_quarters_and_subdistricts_sum_to_regions_too(districts_of):
    quarters = rg.load_boundaries("quarter")
    tidy = pd.DataFrame(
        {
            "indicator": "Kinder",
            "period": "2024",
            "level": "quarter",
            "area_id": quarters.index,
            "value": 50.0,
            "numerator": 1.0,
            "denominator": 2.0,
        }
    )
    panel = Panel.from_frame(tidy).with_catalogue({"Kinder": {"scale": 100.0, "kind": "proportion"}})
    regions = aggregate_to_regions(panel).data.set_index("area_id")
    assert (regions["value"] == 50).all()
    for region, districts in districts_of.items():
        assert regions.loc[region, "numerator"] == quarters.index.str[:2].isin(districts).sum()


def test_own_scheme(sample):
    scheme = rg.read_division().to_frame().assign(region_id="alle", region_name="Stadt")
    whole = aggregate_to_regions(sample, scheme, indicator="Hochbetagte").data.query("period == '2024'")
    region, city = whole.query("level == 'region'").iloc[0], whole.query("level == 'city'").iloc[0]
    assert region["numerator"] == city["numerator"]
    assert region["value"] == pytest.approx(city["value"], abs=0.05)


def test_input_is_not_changed(sample):
    before = sample.data.copy()
    aggregate_to_regions(sample)
    pd.testing.assert_frame_equal(sample.data, before)


def test_unknown_indicator(sample):
    with pytest.raises(OptionError, match="Nichtdeutsche"):
        aggregate_to_regions(sample, indicator="Nichtdeutche")


def test_only_city_rows(sample):
    with pytest.raises(AggregationError):
        aggregate_to_regions(sample.sel(level="city"))
