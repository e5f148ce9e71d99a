"""The gate for keys: whatever names an area gets in right, or is told; no second matching anywhere."""

from __future__ import annotations

import unicodedata

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from keys_made import OFFICIAL, foot, layer_of, tidy

import regsam_geo as rg
from regsam_geo.areas.ids import AreaId
from regsam_geo.areas.keys import contradictions, find_region, match_keys, read_keys
from regsam_geo.errors import AreaError, InputError, OptionError
from regsam_geo.study.given_areas import strangers_of


@pytest.mark.parametrize(
    "spelling",
    [
        1, 1.0, np.int64(1), np.float64(1.0), "1", "01", "1.0", " 1 ", "\u00a001", "01 Altstadt - Lehel",
        "1: Altstadt-Lehel", "01-Altstadt-Lehel", "Altstadt–Lehel", "ALTSTADT-LEHEL", "Altstadt-Lehel (01)",
        "Bezirk 1", "SB 01", "Stadtbezirk Nr. 1",
    ],
)  # fmt: skip
def test_spellings_of_one_district_are_one_id(spelling):
    assert read_keys([spelling]).areas == {spelling: AreaId("district", "01")}
    assert rg.Panel.from_frame(tidy([spelling])).data["area_id"].tolist() == ["01"]
    assert match_keys([spelling], ["02", "01"], "district").places.tolist() == [1]


@pytest.mark.parametrize("dash", "-‐‑‒–—−")
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_dashes_and_decomposed_umlauts_are_no_other_name(dash, form):
    names = [unicodedata.normalize(form, name.replace("-", f" {dash} ")) for name in OFFICIAL["name"]]
    assert [area.area_id for area in read_keys(names, "district").areas.values()] == list(OFFICIAL.index)


@pytest.mark.parametrize(
    ("codes", "ids"),
    [
        (["131", "134", "011"], ["13.1", "13.4", "01.1"]),
        ([131, 134, 11, 12], ["13.1", "13.4", "01.1", "01.2"]),  # the zeros are lost, the column tells
        (["0131"], ["13.1"]),
        ([13.1, 1.2], ["13.1", "01.2"]),
    ],
)
def test_codes_without_a_dot_are_read_where_the_level_is_told(codes, ids):
    found = read_keys(codes, "subdistrict").areas
    assert [found[code].area_id for code in codes] == ids
    assert "131" not in [area.area_id for area in read_keys(codes).areas.values()]


def test_district_numbers_are_no_codes_of_sub_districts():
    assert {error.code for error in read_keys(range(11, 26), "subdistrict").refusals.values()} == {
        "area_wrong_level"
    }


def test_numbers_beside_regions_are_regions_unless_all_districts_are_there():
    assert {area.level for area in read_keys(["4/12", "10", "9", "17/18"]).areas.values()} == {"region"}
    mixed = read_keys(["4/12", "10", "4", "12"]).areas
    assert mixed["10"] == ("district", "10")


def test_ids_of_ones_own_stay_as_they_stand():
    own = ["001", "002", "010"]
    panel = rg.Panel.from_frame(tidy(own, level="own"))
    assert panel.data["area_id"].tolist() == own
    assert rg.Panel.from_frame(tidy(["A 1", "B"])).data["level"].unique().tolist() == ["own"]
    # what a spreadsheet made of them still finds them, and they are printed as they stand
    layer = layer_of(own)
    figure = rg.plot_map(rg.Study(tidy([1, 2, 10], level="own"), layer), labels="number")
    words = [text.get_text() for text in figure.axes[0].texts]
    assert set(own) <= set(words)
    assert match_keys(["1", "2"], ["001", "01"], "own").strangers == ("1", "2")  # could be either


def test_some_known_and_some_unknown_ids_are_refused_with_the_unknown_ones():
    with pytest.raises(AreaError, match="insgesamt") as caught:
        rg.Panel.from_frame(tidy(["01", "02", "insgesamt"]))
    assert caught.value.code == "keys_unknown"


def test_the_index_that_pandas_gives_is_no_key():
    values = pd.Series(np.arange(25.0))
    for given in (values, values.sort_values(ascending=False)):
        with pytest.raises(AreaError) as caught:
            rg.plot_map(rg.load_boundaries(), given)
        assert caught.value.code == "keys_are_positions"
    for keys in (range(25), [float(k) for k in range(25)], [str(k) for k in range(25)]):
        with pytest.raises(AreaError) as caught:
            rg.Panel.from_frame(tidy(keys, level="district"))
        assert caught.value.code == "keys_are_positions"
    # a layer as it is read: its index says nothing, its names do
    read = rg.load_boundaries().reset_index()
    with pytest.raises(AreaError, match="set_index"):
        rg.Study(rg.load_sample(), read).layer()
    named = rg.Study(rg.load_sample(), read.set_index("name"))
    assert (named.level, named.layer().index.tolist()) == ("district", list(OFFICIAL.index))


# --- names beside ids


def test_a_running_number_beside_names_is_an_error_with_three_of_them():
    names = sorted(OFFICIAL["name"])
    with pytest.raises(AreaError) as caught:
        rg.Panel.from_frame(tidy(range(1, 26), Stadtbezirk=names))
    assert caught.value.code == "keys_contradict"
    assert all(f"„{name}“" in str(caught.value) for name in names[:3])
    assert names[3] not in str(caught.value)


def test_one_wrong_name_of_many_is_named():
    names = list(OFFICIAL["name"])
    names[4] = "Sendling"
    with pytest.raises(AreaError, match=r"05 \(Au-Haidhausen\) neben „Sendling“ \(06\)"):
        rg.Panel.from_frame(tidy(OFFICIAL.index, Name=names))


def test_names_of_larger_areas_groups_and_moves_contradict_nothing():
    parts = rg.load_boundaries("subdistrict")
    above = [OFFICIAL.loc[district, "name"] for district in parts["district_id"]]
    assert not contradictions([AreaId("subdistrict", part) for part in parts.index], above)
    districts = [AreaId("district", district) for district in OFFICIAL.index]
    assert not contradictions(districts, ["Hadern" if k < 13 else "Laim" for k in range(25)])  # a group
    moved = [(a, name) for a in districts for name in OFFICIAL["name"]]
    assert not contradictions(*zip(*moved, strict=True))
    assert not contradictions(districts, [f"Haus {k}" for k in range(25)])
    assert not contradictions(districts, OFFICIAL["name"])


# --- layers


def running(names=True):
    layer = rg.load_boundaries()[["name", "geometry"]].sort_values("name")
    layer = layer.set_axis(pd.Index([f"{k:02}" for k in range(1, 26)], name="objectid"))
    return layer if names else layer[["geometry"]]


def test_the_running_number_of_a_layer_is_refused_by_its_names(tmp_path):
    with pytest.raises(AreaError, match="Allach-Untermenzing"):
        rg.plot_map(running(), pd.Series(1.0, index=OFFICIAL.index))
    running().reset_index().to_file(tmp_path / "a.gpkg")
    with pytest.raises(AreaError, match='id_column="name"'):
        rg.read_boundaries(tmp_path / "a.gpkg", id_column="objectid")
    areas = rg.read_boundaries(tmp_path / "a.gpkg", id_column="name")
    assert areas["name"].to_dict() == {key: OFFICIAL.loc[key, "name"] for key in areas.index}


def test_the_running_number_of_a_layer_without_names_is_no_district():
    study = rg.Study(rg.load_sample(), running(names=False))
    assert study.level == "own"
    got = study.subject.sel("Nichtdeutsche", period=2024, level="own").data.set_index("area_id")["value"]
    true = rg.load_sample().sel("Nichtdeutsche", period=2024, level="district").data.set_index("area_id")["value"]
    by_name = OFFICIAL.sort_values("name").index
    assert got.round(1).tolist() == [true[key] for key in by_name]


@pytest.mark.parametrize(
    "spell", [int, float, lambda key: f"{int(key)}.0", lambda key: f"{key} {OFFICIAL.loc[key, 'name']}"]
)
def test_ids_of_a_layer_are_spelled_by_where_it_lies(spell, tmp_path):
    layer = rg.load_boundaries()[["name", "geometry"]]
    layer.assign(nr=[spell(key) for key in layer.index]).to_file(tmp_path / "a.gpkg")
    assert rg.read_boundaries(tmp_path / "a.gpkg", id_column="nr").index.tolist() == list(OFFICIAL.index)
    given = layer.set_axis([spell(key) for key in layer.index])
    study = rg.Study(rg.load_sample(), given)
    assert (study.level, study.layer().index.tolist()) == ("district", list(OFFICIAL.index))


def test_own_areas_called_as_districts_are_none(tmp_path):
    layer = layer_of(["1", "2"], names=["Hadern", "Laim"])
    layer.rename_axis("nr").reset_index().to_file(tmp_path / "a.gpkg")
    assert rg.read_boundaries(tmp_path / "a.gpkg", id_column="nr").index.tolist() == ["1", "2"]


def test_a_layer_with_names_alone_gets_ids(tmp_path):
    layer = rg.load_boundaries().reset_index(drop=True)[["name", "geometry"]].rename(columns={"name": "Name"})
    layer.to_file(tmp_path / "a.geojson")
    assert rg.read_boundaries(tmp_path / "a.geojson").index.tolist() == list(OFFICIAL.index)


def test_only_shipped_boundaries_are_the_citys():
    values = pd.Series(np.arange(25.0), index=OFFICIAL.index)
    districts = rg.load_boundaries()
    moved = districts.set_geometry(districts.translate(5, 5))
    assert "Landeshauptstadt München" in foot(rg.plot_map(districts, values))
    assert "Landeshauptstadt München" not in foot(rg.plot_map(moved, values))
    for study, credited in ((rg.Study(rg.load_sample()), True), (rg.Study(rg.load_sample(), moved), False)):
        page = rg.explore_map(study.sel("Nichtdeutsche", period=2024), regions=False).get_root().render()
        assert ("Gebietsgrenzen: Landeshauptstadt" in page) is credited


# --- what does not match is told


def test_maps_join_and_pages_agree_on_what_has_no_area():
    panel = rg.Panel.from_frame(tidy([*OFFICIAL.index], level="district"))
    part = rg.load_boundaries().drop(index=["03", "17"])
    study = rg.Study(panel, part)
    said = "2 Werte gehören zu keinem Gebiet der Karte: 03, 17."
    assert said in foot(study.plot_map())
    assert said in study.join_indicators().report.text("de")
    assert said in study.explore_map().get_root().render()
    assert strangers_of(panel, "district", part) == ("03", "17")


def test_nothing_is_drawn_where_nothing_fits():
    panel = rg.Panel.from_frame(tidy(["x1", "x2"], level="own"))
    layer = layer_of(["a", "b"])
    for draw in (rg.plot_map, rg.explore_map, rg.join_indicators):
        with pytest.raises(InputError) as caught:
            draw(rg.Study(panel, {"own": layer}))
        assert caught.value.code == "map_no_match"


def test_keys_of_a_selection_and_of_a_region():
    panel = rg.load_sample()
    for key in (17, "17", "17 Obergiesing", "Obergiesing-Fasangarten", 17.0):
        assert panel.sel(area=key).data["area_id"].unique().tolist() == ["17"]
    assert panel.sel(area=[1, "Stadt München"]).data["area_id"].unique().tolist() == ["munich", "01"]
    for key in ("17.1", "Obergisingen", 99):
        with pytest.raises(OptionError) as caught:
            panel.sel(area=key)
        assert caught.value.code == "not_in_panel"
    regions = dict(
        rg.read_division().to_frame().drop_duplicates("region_id").set_index("region_id")["region_name"]
    )
    for words in ("17/18", "Region 17–18", "17 - 18", f"17/18 {regions['17/18']}"):
        assert find_region(regions, words) == "17/18"
    with pytest.raises(AreaError):
        find_region(regions, f"17/18 {regions['20']}")


def test_values_of_neighbors_may_be_spelled_otherwise():
    values = (
        rg.load_sample().sel("Nichtdeutsche", period=2024, level="district").data.set_index("area_id")["value"]
    )
    near = rg.neighbors(rg.load_boundaries())
    expected = rg.local_moran(values, near)
    mixed = values.set_axis(values.index.astype(int)).sample(frac=1, random_state=4)
    got = rg.local_moran(mixed, near)
    assert got.index.equals(mixed.index)
    assert got["statistic"].to_numpy() == pytest.approx(
        expected["statistic"].loc[[f"{key:02}" for key in mixed.index]].to_numpy()
    )


def test_a_geodataframe_is_not_changed():
    layer = gpd.GeoDataFrame(rg.load_boundaries()[["name", "geometry"]]).set_axis(range(1, 26))
    before = layer.copy()
    rg.Study(rg.load_sample(), layer).layer()
    assert layer.equals(before)


def test_a_running_number_beside_names_in_a_file_is_an_error_with_the_column_to_take(tmp_path):
    names = sorted(OFFICIAL["name"])
    table = pd.DataFrame({"lfd": range(1, 26), "Stadtbezirk": names, "Jahr": 2024, "Wert": range(1, 26)})
    table.to_csv(tmp_path / "t.csv", sep=";", index=False)
    columns = {"period": "Jahr", "value": "Wert"}
    with pytest.raises(AreaError) as caught:
        rg.read_indicators(tmp_path / "t.csv", columns={"area": "lfd", **columns}, indicator="X")
    assert caught.value.code == "keys_contradict"
    assert '"area": "Stadtbezirk"' in str(caught.value)
    panel = rg.read_indicators(tmp_path / "t.csv", columns={"area": "Stadtbezirk", **columns}, indicator="X")
    got = panel.data.set_index("area_id")["value"]
    assert {OFFICIAL.loc[key, "name"]: value for key, value in got.items()} == dict(
        zip(names, range(1, 26), strict=True)
    )


def test_the_area_of_a_chart_may_be_spelled_otherwise():
    study = rg.load_study(lang="de").sel("Nichtdeutsche")
    assert "17 Obergiesing-Fasangarten" in foot(study.plot_series("Nichtdeutsche", 17))
    with pytest.raises(OptionError):
        study.plot_series("Nichtdeutsche", "170")
