from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.errors import AreaError, OptionError
from regsam_geo.indicators import Panel
from regsam_geo.study import join_indicators


@pytest.fixture(scope="module")
def districts():
    return rg.load_boundaries("district")


def test_values_stand_beside_their_polygons(districts, sample, sample_rows):
    joined = join_indicators(rg.Study(sample, districts), "Nichtdeutsche", period=2024)
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
    joined = join_indicators(rg.Study(sample, shuffled), "Hochbetagte")
    assert joined.areas.index.equals(shuffled.index)
    assert joined.report.period == "2024"
    assert "value" not in districts


def test_what_does_not_match_is_reported_and_never_dropped(districts, sample):
    few = sample.data.query("area_id not in ['03', '07']")
    areas = districts.drop(index=["05"])
    joined = join_indicators(rg.Study(Panel(few, sample.catalogue), areas), "Nichtdeutsche", period=2024)
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
    report = join_indicators(rg.Study(Panel(data, sample.catalogue), districts), "Nichtdeutsche").report
    assert report.missing == {"secret": ("09",)}
    assert "geheim" in str(report)


def test_duplicate_areas_are_refused(districts, sample):
    with pytest.raises(AreaError, match="01"):
        join_indicators(rg.Study(sample, pd.concat([districts, districts.iloc[:1]])), "Nichtdeutsche")


def test_regions_need_the_aggregated_panel(sample):
    regions = rg.load_boundaries("region")
    joined = join_indicators(rg.Study(rg.aggregate(sample), regions), "Nichtdeutsche", period=2024)
    assert joined.report.level == "region"
    assert joined.areas["value"].notna().all()


def test_region_ids_are_not_taken_for_districts(sample):
    """Region 10 and district 10 have the same id; the layer as a whole says which is meant."""
    both = pd.concat([sample.data, rg.aggregate(sample).data.query("level == 'region'")])
    panel = Panel(both, sample.catalogue)
    for level in ("region", "district"):
        study = rg.Study(panel, rg.load_boundaries(level))
        assert join_indicators(study, "Nichtdeutsche").report.level == level
    study = rg.Study(panel, {"region": rg.load_boundaries("region").loc[["10"]]})
    assert join_indicators(study, "Nichtdeutsche", level="region").report.matched == ("10",)


def test_no_area_in_common(sample):
    quarters = rg.load_boundaries("quarter")
    with pytest.raises(OptionError, match="quarter"):
        join_indicators(rg.Study(sample, quarters), "Nichtdeutsche")


def test_a_column_of_the_same_name_is_not_overwritten(districts, sample):
    with pytest.raises(OptionError, match="value"):
        join_indicators(rg.Study(sample, districts.assign(value=1)), "Nichtdeutsche")


@pytest.mark.parametrize(("indicator", "period"), [("Nichtdeutsch", None), ("Nichtdeutsche", 1999)])
def test_unknown_names_are_refused(districts, sample, indicator, period):
    with pytest.raises(OptionError):
        join_indicators(rg.Study(sample, districts), indicator, period=period)
