from __future__ import annotations

import csv
import dataclasses

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import box

import regsam_geo as rg
from regsam_geo.errors import OptionError
from regsam_geo.resources import data_folder
from regsam_geo.text import using_language


@pytest.fixture(scope="module")
def study():
    return rg.load_study()


@pytest.fixture(scope="module")
def scheme_lines():
    path = data_folder() / "boundaries" / "regsam_regions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def moved_scheme():
    """District 12 belongs to region 11 here."""
    own = rg.read_division().to_frame()
    own.loc["12", ["region_id", "region_name"]] = own.loc["11", ["region_id", "region_name"]].tolist()
    return own


def made_panel(level="district", ids=None, **more):
    ids = ids or [f"{k:02d}" for k in range(1, 26)]
    rows = [("Fälle", str(year), a, 100.0 + k + year) for k, a in enumerate(ids) for year in (2022, 2023)]
    tidy = pd.DataFrame(rows, columns=["indicator", "period", "area_id", "value"])
    return rg.Panel.from_frame(tidy.assign(level=level, **more))


def grid(ids, step=1000.0, west=690_000.0, south=5_330_000.0, crs="EPSG:25832"):
    boxes = [box(west + k * step, south, west + (k + 1) * step, south + step) for k in range(len(ids))]
    return gpd.GeoDataFrame({"name": ids}, geometry=boxes, index=pd.Index(ids, name="area_id"), crs=crs)


def test_it_is_frozen(study):
    with pytest.raises(dataclasses.FrozenInstanceError):
        study.period = 2020


def test_each_district_lies_in_the_region_of_the_table(study, scheme_lines):
    expected = {line["district_id"]: line["region_id"] for line in scheme_lines}
    assert study.regions_of("district").to_dict() == expected
    assert {area: study.region_of("district", area) for area in expected} == expected
    quarters = study.regions_of("quarter")
    assert len(quarters) == 475
    assert all(region == expected[area[:2]] for area, region in quarters.items())
    for region in study.region_ids:
        assert study.members_of(region) == [d for d, r in sorted(expected.items()) if r == region]


def test_a_scheme_of_ones_own_reaches_every_layer():
    study = rg.Study(rg.load_sample(), division=moved_scheme())
    assert study.regions_of("district")["12"] == "11"
    assert study.regions_of("subdistrict")["12.1"] == "11"
    assert "4" in study.region_ids or "4/12" in study.region_ids
    assert study.members_of("11") == ["11", "12"]
    given = rg.Study(rg.load_sample(), rg.load_boundaries("district"), division=moved_scheme())
    # the layer was loaded with the shipped table: the study's own goes before it
    assert given.layer()["region_id"]["12"] == "11"


def test_the_newest_period_and_those_asked_for(study):
    assert study.find_period() == "2024"
    assert study.find_period(2019) == "2019"
    assert study.replace(period="2020").find_period() == "2020"
    assert study.replace(period="2020").find_period(2021) == "2021"
    with pytest.raises(OptionError, match="1999"):
        study.find_period(1999)


def test_a_pick_holds_one_indicator_on_one_level_in_one_period(study):
    pick = study.pick("Arbeitslose", period=2023)
    assert (pick.indicator, pick.group, pick.level, pick.period) == (
        "Arbeitslose - Anteil",
        "insgesamt",
        "district",
        "2023",
    )
    assert sorted(pick.panel.levels) == ["city", "district"]
    assert len(pick.panel) == 26
    assert pick.layer.index.equals(rg.load_boundaries("district").index)
    assert study.pick().indicator == study.panel.indicators[0]


def test_a_pick_takes_the_newest_period_that_the_indicator_has():
    old = made_panel(indicator="Fälle")
    new = made_panel().data.assign(
        indicator="Neues", period=lambda frame: frame["period"].replace({"2023": "2024"})
    )
    study = rg.Study(pd.concat([old.data, new]), period=2024)
    assert study.pick("Neues").period == "2024"
    assert study.pick("Fälle").period == "2023"


def test_own_polygons_make_it_a_study_of_them():
    districts = rg.load_boundaries("district")
    halves = districts.assign(half=np.where(districts.index < "13", "A", "B")).dissolve("half")
    halves["name"] = ["Nord", "Süd"]
    study = rg.Study(rg.load_sample(), halves)
    assert study.level == "own"
    got = study.subject.sel("Nichtdeutsche", period=2024, level="own").data.set_index("area_id")["numerator"]
    rows = (
        rg.load_sample().sel("Nichtdeutsche", period=2024, level="district").data.set_index("area_id")["numerator"]
    )
    assert got["A"] == pytest.approx(rows[rows.index < "13"].sum())
    assert got["B"] == pytest.approx(rows[rows.index >= "13"].sum())


def test_own_areas_with_running_numbers_are_no_districts():
    """01 and 02 are districts too; these polygons lie elsewhere in Munich."""
    districts = rg.load_boundaries("district")
    north = districts.loc[["11", "24"]].geometry.union_all()
    south = districts.loc[["19", "20"]].geometry.union_all()
    own = gpd.GeoDataFrame(
        {"name": ["Nord", "Süd"]}, geometry=[north, south], index=pd.Index(["01", "02"], name="area_id"), crs=25832
    )
    study = rg.Study(rg.load_sample(), own)
    assert study.level == "own"
    assert rg.Study(rg.load_sample(), districts.loc[["01", "02"]]).level == "district"


def test_own_areas_are_warned_about_whatever_their_ids_are_called():
    districts = rg.load_boundaries("district")
    # after a dissolve the ids are called like the column that it was made by
    quarters = districts.assign(part=[f"Teil {int(area) % 12}" for area in districts.index]).dissolve("part")
    assert quarters.index.name == "part"
    panel = rg.load_sample().sel("Hochbetagte", period=range(2019, 2025))
    one, other = (rg.Study(panel, layer) for layer in (quarters, quarters.rename_axis("area_id")))
    assert one.level == "own"
    assert rg.detect_warnings(one).equals(rg.detect_warnings(other))
    assert quarters.index.name == "part"


def test_a_made_map_may_carry_the_ids_of_the_panel():
    ids = [f"{k:02d}" for k in range(1, 6)]
    elsewhere = grid(ids, west=100_000.0, south=100_000.0)
    assert rg.Study(made_panel(ids=ids), elsewhere).level == "district"
    assert rg.Study(made_panel("own", ["a", "b"]), grid(["a", "b"])).level == "own"


def test_polygons_alone_are_a_study():
    assert rg.Study(areas=rg.load_boundaries("quarter")).level == "quarter"
    assert rg.Study(areas=rg.load_boundaries("region")).level == "region"
    assert rg.Study(areas=grid(["x", "y"])).level == "own"


@pytest.mark.parametrize(
    ("words", "region"),
    [("17/18", "17/18"), ("Region 17-18", "17/18"), ("hadern", "20"), (" 5 ", "5"), ("05", "5")],
)
def test_a_region_is_found_by_what_people_write(study, words, region):
    assert study.find_region(words) == region


def test_what_is_shown_of_a_part_is_what_the_whole_allows():
    """Women, men and all, each alone, would hide other cells than together."""
    rng = np.random.default_rng(7)
    ids = [f"{k:02d}" for k in range(1, 26)]
    men, women = rng.poisson(6, 25), rng.poisson(6, 25)
    parts = {"männlich": men, "weiblich": women, "insgesamt": men + women}
    rows = [
        ("F", group, "2024", "district", a, float(n))
        for group, numbers in parts.items()
        for a, n in zip(ids, numbers, strict=True)
    ]
    panel = rg.Panel.from_frame(
        pd.DataFrame(rows, columns=["indicator", "group", "period", "level", "area_id", "value"])
    ).with_catalogue({"F": {"counts_persons": True}})
    study = rg.Study(panel)
    hidden = rg.protect(panel).data
    assert (hidden["sign"] == "suppressed").any()
    for group in parts:
        expected = hidden[hidden["group"] == group].reset_index(drop=True)
        pd.testing.assert_frame_equal(study.sel(group=group).published.data, expected)
        pd.testing.assert_frame_equal(study.sel(group=group).replace(lang="en").published.data, expected)
    assert study.replace(threshold=None).published is panel


def test_things_are_worked_out_once(study):
    calls = []
    made = [study.once("test: a list", lambda: calls.append(1) or len(calls)) for _ in range(3)]
    assert made == [1, 1, 1]
    assert study.layer("district") is study.layer("district")
    assert study.published is study.published
    assert study.neighbors("district") is study.neighbors("district")


def test_the_input_is_not_changed():
    districts, scheme = rg.load_boundaries("district"), rg.read_division().to_frame()
    before, rows = districts.copy(), scheme.copy()
    study = rg.Study(rg.load_sample(), districts, division=scheme)
    study.layer(), study.regional, study.neighbors()
    assert districts.equals(before)
    assert scheme.equals(rows)


def test_the_neighbors_are_those_of_the_layer(study):
    touching = rg.load_boundaries("district").geometry
    for area in ("01", "17", "25"):
        expected = {other for other in touching.index if other != area and touching[area].touches(touching[other])}
        pairs = study.neighbors("district").pairs[["area_id", "neighbor_id"]]
        beside = pairs[(pairs == area).any(axis=1)]
        assert set(beside.to_numpy().ravel()) - {area} == expected


def test_maps_and_charts_of_regions_say_once_which_assignments_are_derived(caplog, monkeypatch):
    monkeypatch.setattr("regsam_geo.text.notices._told", set())
    with using_language("de"), caplog.at_level("WARNING", logger="regsam_geo"):
        rg.load_study().plot_series("Hochbetagte", "17")
        rg.load_study().plot_map("Nichtdeutsche", level="region")
    assert [record.message.partition(".")[0] for record in caplog.records] == [
        "REGSAM hat keine einzelne Liste der Regionen veröffentlicht"
    ]
