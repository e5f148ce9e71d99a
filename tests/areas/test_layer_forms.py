"""Layers as they come: other forms, other coordinate systems, wrong encodings, points for labels."""

from __future__ import annotations

import zipfile

import geopandas as gpd
import pytest
from shapely.geometry import GeometryCollection

import regsam_geo as rg
from regsam_geo.areas import read_boundaries_with_notes
from regsam_geo.errors import BoundaryError

FEW = ["08", "09", "10", "25"]


pytestmark = pytest.mark.filterwarnings("ignore:'crs' was not provided:UserWarning")


@pytest.fixture(scope="module")
def few():
    layer = rg.load_boundaries().loc[FEW, ["name", "geometry"]]
    return layer.rename_axis("sb_nummer").reset_index().rename(columns={"name": "sb_name"})


def same(areas):
    """The areas are the shipped ones, to a meter."""
    own = rg.load_boundaries().geometry
    return set(areas.index) == set(FEW) and all(
        areas.geometry[key].symmetric_difference(own[key]).area < own[key].length for key in FEW
    )


def codes(reading):
    return [note.code for note in reading.notes if note.code not in ("areas_absent", "gaps_wide")]


@pytest.mark.parametrize("crs", [31468, 4647, 25833, 3857])
@pytest.mark.parametrize("said", [None, 25832])
def test_another_coordinate_system_is_proved_by_where_the_areas_lie(few, crs, said, tmp_path):
    few.to_crs(crs).set_crs(said, allow_override=True).to_file(tmp_path / "a.gpkg")
    reading = read_boundaries_with_notes(tmp_path / "a.gpkg")
    assert same(reading.areas)
    assert codes(reading) == ["crs_taken" if said is None else "crs_replaced"]
    assert str(crs) in reading.notes[0].text("de")


def test_areas_elsewhere_prove_nothing(few, tmp_path):
    away = few.to_crs(31468)
    away.set_geometry(away.translate(0, 90_000)).set_crs(None, allow_override=True).to_file(tmp_path / "a.gpkg")
    with pytest.raises(BoundaryError) as caught:
        rg.read_boundaries(tmp_path / "a.gpkg")
    assert caught.value.code == "crs_missing"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("prefix", ["", "SRID=25832;"])
def test_polygons_as_text_in_a_table(few, delimiter, end, prefix, tmp_path):
    table = few.assign(shape=prefix + few.to_wkt()["geometry"]).drop(columns="geometry")
    table.to_csv(tmp_path / "a.csv", sep=delimiter, index=False, lineterminator=end, encoding="cp1252")
    reading = read_boundaries_with_notes(tmp_path / "a.csv")
    assert same(reading.areas)
    assert reading.areas.loc["08", "name"] == "Schwanthalerhöhe"
    assert codes(reading) == ([] if prefix else ["crs_taken"])


def test_parquet_and_archives_with_folders(few, tmp_path):
    few.to_parquet(tmp_path / "a.parquet")
    assert same(rg.read_boundaries(tmp_path / "a.parquet"))
    few.to_file(tmp_path / "a.shp")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for part in (tmp_path / f"a.{end}" for end in ("shp", "shx", "dbf", "prj", "cpg")):
            archive.write(part, f"Ordner/Karten/{part.name}")
            archive.writestr(f"__MACOSX/Ordner/Karten/._{part.name}", "x")
    assert same(rg.read_boundaries(tmp_path / "a.zip"))
    with zipfile.ZipFile(tmp_path / "a.zip", "a") as archive:
        few.head(2).to_file(tmp_path / "b.gpkg")
        archive.write(tmp_path / "b.gpkg", "b.gpkg")
    with pytest.raises(BoundaryError, match="a, b") as caught:
        rg.read_boundaries(tmp_path / "a.zip")
    assert caught.value.code == "layer_open"
    assert len(rg.read_boundaries(tmp_path / "a.zip", layer="b")) == 2


@pytest.mark.parametrize(("written", "said"), [("cp1252", "UTF-8"), ("utf-8", "ISO-8859-1")])
def test_names_prove_that_an_encoding_is_wrong(few, written, said, tmp_path):
    few.to_file(tmp_path / "a.shp", encoding=written)
    (tmp_path / "a.cpg").write_text(said)
    reading = read_boundaries_with_notes(tmp_path / "a.shp")
    assert reading.areas.loc["08", "name"] == "Schwanthalerhöhe"
    assert codes(reading) == ["encoding"]
    (tmp_path / "a.cpg").write_text("ISO-8859-1" if written == "cp1252" else "UTF-8")
    assert not codes(read_boundaries_with_notes(tmp_path / "a.shp"))


def test_points_for_labels_are_left_out_and_told(few, tmp_path):
    degrees = few.rename(columns={"sb_name": "Name"})[["Name", "geometry"]].to_crs(4326)
    points = degrees.set_geometry(degrees.representative_point()).iloc[1:]
    both = degrees.iloc[:1].set_geometry(
        [GeometryCollection([degrees.geometry[0].representative_point(), degrees.geometry[0]])], crs=4326
    )
    mixed = gpd.GeoDataFrame(gpd.pd.concat([both, degrees.iloc[1:], points], ignore_index=True), crs=4326)
    mixed.to_file(tmp_path / "a.kml", driver="KML")
    reading = read_boundaries_with_notes(tmp_path / "a.kml")
    assert same(reading.areas)
    assert codes(reading) == ["labels"]
    assert reading.notes[0].fields == {"n": 4}


def test_a_point_outside_every_polygon_is_no_label(few, tmp_path):
    points = few.set_geometry(few.representative_point()).iloc[:1]
    gpd.GeoDataFrame(gpd.pd.concat([points, few.iloc[1:]]), crs=25832).to_file(tmp_path / "a.gpkg")
    with pytest.raises(BoundaryError) as caught:
        rg.read_boundaries(tmp_path / "a.gpkg")
    assert caught.value.code == "no_polygon"
