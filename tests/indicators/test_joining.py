from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.errors import AreaError, OptionError
from regsam_geo.indicators import Panel, aggregate_to_regions, join_indicators


@pytest.fixture(scope="module")
def districts():
    return rg.load_boundaries("district")


def test_values_stand_beside_their_polygons(districts, sample, sample_rows):
    joined = join_indicators(districts, sample, "Nichtdeutsche", period=2024)
    truth = {
        row["area_id"]: float(row["value"])
        for row in sample_rows
        if row["indicator"] == "Nichtdeutsche" and row["period"] == "2024"
    }
    assert joined.areas["value"].to_dict() == {area: truth[area] for area in districts.index}
    assert joined.areas.geometry.equals(districts.geometry)
    assert joined.report.complete
    assert joined.report.level == "district"


def test_order_and_rows_stay_those_of_the_areas(districts, sample):
    shuffled = districts.sample(frac=1, random_state=3)
    joined = join_indicators(shuffled, sample, "Hochbetagte")
    assert joined.areas.index.equals(shuffled.index)
    assert joined.report.period == "2024"
    assert "value" not in districts


def test_what_does_not_match_is_reported_and_never_dropped(districts, sample):
    few = sample.data.query("area_id not in ['03', '07']")
    areas = districts.drop(index=["05"])
    joined = join_indicators(areas, Panel(few, sample.catalogue), "Nichtdeutsche", period=2024)
    assert joined.report.without_row == ("03", "07")
    assert joined.report.without_area == ("05",)
    assert len(joined.areas) == 24
    assert joined.areas.loc[["03", "07"], "value"].isna().all()
    assert joined.areas.loc["03", "sign"] == "not_available"
    assert "03, 07" in joined.report.text("de")
    assert "05" in joined.report.text("en")


def test_missing_values_keep_their_reason(districts, sample):
    data = sample.data.copy()
    cell = (data["area_id"] == "09") & (data["period"] == "2024") & (data["indicator"] == "Nichtdeutsche")
    data.loc[cell, "value"] = np.nan
    data.loc[cell, "sign"] = "secret"
    report = join_indicators(districts, Panel(data, sample.catalogue), "Nichtdeutsche").report
    assert report.missing == {"secret": ("09",)}
    assert "geheim" in str(report)


def test_duplicate_areas_are_refused(districts, sample):
    with pytest.raises(AreaError, match="01"):
        join_indicators(pd.concat([districts, districts.iloc[:1]]), sample, "Nichtdeutsche")


def test_regions_need_the_aggregated_panel(sample):
    regions = rg.load_boundaries("region")
    joined = join_indicators(regions, aggregate_to_regions(sample), "Nichtdeutsche", period=2024)
    assert joined.report.level == "region"
    assert joined.areas["value"].notna().all()


def test_region_ids_are_not_taken_for_districts(sample):
    """Region 10 and district 10 have the same id; the layer as a whole says which is meant."""
    both = pd.concat([sample.data, aggregate_to_regions(sample).data.query("level == 'region'")])
    panel = Panel(both, sample.catalogue)
    assert join_indicators(rg.load_boundaries("region"), panel, "Nichtdeutsche").report.level == "region"
    assert join_indicators(rg.load_boundaries("district"), panel, "Nichtdeutsche").report.level == "district"
    moosach = rg.load_boundaries("district").loc[["10"]]
    with pytest.raises(OptionError, match="level="):
        join_indicators(moosach, panel, "Nichtdeutsche")
    assert join_indicators(moosach, panel, "Nichtdeutsche", level="region").report.level == "region"


def test_no_area_in_common(sample):
    quarters = rg.load_boundaries("quarter")
    with pytest.raises(AreaError, match="aggregate_to_regions"):
        join_indicators(quarters, sample, "Nichtdeutsche")


def test_a_column_of_the_same_name_is_not_overwritten(districts, sample):
    with pytest.raises(OptionError, match="value"):
        join_indicators(districts.assign(value=1), sample, "Nichtdeutsche")


@pytest.mark.parametrize(("indicator", "period"), [("Nichtdeutsch", None), ("Nichtdeutsche", 1999)])
def test_unknown_names_are_refused(districts, sample, indicator, period):
    with pytest.raises(OptionError):
        join_indicators(districts, sample, indicator, period=period)
