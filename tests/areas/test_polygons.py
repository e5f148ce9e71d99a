"""Layers of one's own, and copies of the city's downloads with the traps that they come with."""

from __future__ import annotations

import json
import logging
import warnings

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.affinity import translate
from shapely.geometry import LineString, MultiPolygon, Polygon, box

import regsam_geo as rg
from regsam_geo.areas import read_boundaries_with_notes
from regsam_geo.errors import BoundaryError, RegsamGeoError

X, Y = 690_000.0, 5_334_000.0


def square(column, row=0, size=1000.0, shift=0.0):
    return box(X + size * column + shift, Y + size * row, X + size * (column + 1), Y + size * (row + 1))


def layer(polygons, crs="EPSG:25832", **columns):
    columns = columns or {"id": [f"P{i}" for i in range(1, len(polygons) + 1)]}
    return gpd.GeoDataFrame(columns, geometry=list(polygons), crs=crs)


@pytest.fixture
def written(tmp_path):
    def write(frame, name="eigene.gpkg"):
        path = tmp_path / name
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=".*crs.*")
            frame.to_file(path)
        return path

    return write


@pytest.mark.parametrize("name", ["eigene.gpkg", "eigene.geojson", "eigene.shp"])
def test_own_regions_in_each_format(written, name):
    path = written(
        layer([square(0), square(1), square(2)], id=["Nord", "Mitte", "Süd"], titel=["a", "b", "c"]), name
    )
    areas = rg.read_boundaries(path, "id", "titel")
    assert list(areas.index) == ["Nord", "Mitte", "Süd"]
    assert areas.index.name == "area_id"
    assert areas["name"].tolist() == ["a", "b", "c"]
    assert areas.crs.to_epsg() == 25832
    assert areas.area.round().tolist() == [1e6] * 3
    assert len(rg.neighbors(areas).pairs) == 2


def test_degrees_are_reprojected_and_a_missing_crs_is_told(written, tmp_path):
    frame = layer([square(0), square(1)])
    degrees = written(frame.to_crs("EPSG:4326"), "grad.geojson")
    assert rg.read_boundaries(degrees, "id").geometry.geom_equals_exact(frame.set_index("id").geometry, 0.01).all()
    for source, expected in ((frame, "EPSG:25832"), (frame.to_crs("EPSG:4326"), "EPSG:4326")):
        path = tmp_path / "ohne.shp"
        source.to_file(path)
        path.with_suffix(".prj").unlink()
        reading = read_boundaries_with_notes(path, "id")
        assert [(note.code, note.fields["crs"]) for note in reading.notes] == [("crs_taken", expected)]
        assert reading.areas.area.round().tolist() == [1e6, 1e6]


CITY = {
    "vablock_stadtbezirk": ("district", "sb_nummer", "sb_name"),
    "vablock_stadtbezirke_opendata": ("district", "sb_nummer", "name"),
    "vablock_bezirksteil": ("subdistrict", "bt_nummer", "bt_name"),
    "vablock_viertel": ("quarter", "vi_nummer", None),
}


@pytest.mark.parametrize("stem", CITY)
@pytest.mark.parametrize("trap", ["parts", "no crs", "degrees", "unpadded"])
def test_downloads_of_the_city_give_the_shipped_layers(written, stem, trap):
    """Copies of the shipped layers in the form of the downloads: undissolved, without CRS, numbers for ids."""
    level, id_column, name_column = CITY[stem]
    shipped = rg.load_boundaries(level)
    frame = gpd.GeoDataFrame({id_column: shipped.index}, geometry=shipped.geometry.to_numpy(), crs=shipped.crs)
    if name_column:
        frame[name_column] = shipped["name"].to_numpy()
    frame["flaeche_qm"] = frame.area.to_numpy()
    ending = "gpkg"
    if trap == "parts":
        frame = frame.explode(ignore_index=True)
        assert len(frame) > len(shipped)
    elif trap == "no crs":
        ending = "shp"
    elif trap == "degrees":
        ending = "geojson"
        frame = frame.to_crs("EPSG:4326")
    elif level == "district":
        frame[id_column] = frame[id_column].astype(int)
    path = written(frame, f"{stem}.{ending}")
    if trap == "no crs":
        path.with_suffix(".prj").unlink()
    reading = read_boundaries_with_notes(path)
    areas = reading.areas
    assert set(areas.index) == set(shipped.index)
    same = shapely.hausdorff_distance(
        areas.geometry.reindex(shipped.index).to_numpy(), shipped.geometry.to_numpy()
    )
    assert same.max() < 0.02
    if name_column:
        assert areas["name"].reindex(shipped.index).tolist() == shipped["name"].tolist()
    assert not {note.code for note in reading.notes} & {"areas_absent", "areas_moved", "gaps_wide"}
    if trap == "parts":
        assert next(note for note in reading.notes if note.code == "united").fields["n"] >= 4


def test_a_layer_that_lacks_areas_of_the_city_is_told(written):
    shipped = rg.load_boundaries("district").drop(index="09")
    frame = gpd.GeoDataFrame({"sb_nummer": shipped.index}, geometry=shipped.geometry.to_numpy(), crs=shipped.crs)
    codes = {note.code: note for note in read_boundaries_with_notes(written(frame)).notes}
    assert codes["areas_absent"].fields["areas"] == "09"
    assert codes["gaps_wide"].fields["n"] == 1
    assert "09" in codes["areas_absent"].text("en")


def test_bow_ties_of_no_size_are_repaired_and_told(written):
    spike = Polygon([*square(0).exterior.coords[:-1], (X + 500, Y), (X + 500, Y - 0.0), (X + 1000, Y)])
    ring = Polygon(
        [
            (X, Y),
            (X + 1000, Y),
            (X + 1000, Y + 1000),
            (X + 500, Y + 1000),
            (X + 500, Y + 1500),
            (X + 500, Y + 1000),
            (X, Y + 1000),
        ]
    )
    assert not ring.is_valid
    reading = read_boundaries_with_notes(written(layer([ring, square(1)])), "id")
    assert [note.code for note in reading.notes] == ["repaired"]
    assert reading.areas.area.round().tolist() == [1e6, 1e6]
    assert reading.areas.is_valid.all()
    del spike


def test_slivers_are_closed_and_told(written):
    reading = read_boundaries_with_notes(written(layer([square(0), square(1, shift=-0.4)])), "id")
    assert [note.code for note in reading.notes] == ["slivers"]
    assert shapely.coverage_is_valid(reading.areas.geometry.to_numpy())
    assert reading.areas.area.round().tolist() == [1_000_000, 1_000_000]


def test_gaps_are_told(written):
    ring = [square(i, j) for i in range(3) for j in range(3) if (i, j) != (1, 1)]
    codes = {note.code: note.fields for note in read_boundaries_with_notes(written(layer(ring)), "id").notes}
    assert codes == {"gaps_wide": {"n": 1, "hectares": 100.0}}


BAD = {
    "no file": (None, "layer_missing_file"),
    "text": (b"hallo", "layer_kind"),
    "broken json": (b'{"type": "FeatureCollection", "features": [', "layer_unreadable"),
    "no feature": (json.dumps({"type": "FeatureCollection", "features": []}).encode(), "layer_empty"),
}


@pytest.mark.parametrize("case", BAD)
def test_files_that_are_no_layer(tmp_path, case):
    content, code = BAD[case]
    path = tmp_path / "eigene.geojson"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BoundaryError) as caught:
        rg.read_boundaries(path, "id")
    assert caught.value.code in (code, "layer_unreadable", "layer_none")
    assert "eigene.geojson" in str(caught.value)


WRONG = {
    "an id twice with other names": (layer([square(0), square(1)], id=["A", "A"], name=["a", "b"]), "id_twice"),
    "an empty id": (layer([square(0), square(1)], id=["A", None]), "id_empty"),
    "no such column": (layer([square(0)], nummer=["A"]), "id_column_missing"),
    "areas that overlap": (layer([square(0), square(1, shift=-30)]), "areas_overlap"),
    "a bow tie": (
        layer([Polygon([(X, Y), (X + 1000, Y + 1000), (X + 1000, Y), (X, Y + 1000)]), square(2)]),
        "geometry_invalid",
    ),
    "a line": (layer([LineString([(X, Y), (X + 9, Y)]), square(1)]), "no_polygon"),
    "an area without polygon": (layer([None, square(1)]), "no_polygon"),
    "an empty polygon": (layer([Polygon(), square(1)]), "no_polygon"),
    "no polygon at all": (layer([None, None]), "geometry_none"),
    "degrees labelled as meters": (
        layer([square(0)]).to_crs(4326).set_crs(25832, allow_override=True),
        "crs_wrong",
    ),
    "meters labelled as degrees": (layer([square(0)]).set_crs(4326, allow_override=True), "crs_wrong"),
    "another zone": (layer([square(0)]).set_crs(25833, allow_override=True), "elsewhere"),
    "Berlin": (layer([box(13.3, 52.4, 13.5, 52.6)], crs="EPSG:4326"), "elsewhere"),
    "axes swapped": (layer([box(Y, X, Y + 1000, X + 1000)]), "axes_swapped"),
    "no crs and no clue": (layer([box(0, 0, 1, 1)], crs=None), "crs_missing"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_not_certain_is_refused_and_named(written, case):
    frame, code = WRONG[case]
    with pytest.raises(BoundaryError) as caught:
        rg.read_boundaries(written(frame), "id")
    assert caught.value.code == code, str(caught.value)
    if code in ("no_polygon", "geometry_invalid", "id_empty"):
        assert caught.value.fields["feature"] in (1, 2)


def test_near_misses_and_open_choices(written, tmp_path):
    path = written(layer([square(0)], planungsregion=["A"]))
    with pytest.raises(BoundaryError, match="planungsregion"):
        rg.read_boundaries(path, "planungsreion")
    with pytest.raises(BoundaryError, match="id_column="):
        rg.read_boundaries(path)
    layer([square(1)]).to_file(path, layer="zweite")
    with pytest.raises(BoundaryError, match="layer="):
        rg.read_boundaries(path, "id")
    assert len(rg.read_boundaries(path, "id", layer="zweite")) == 1
    with pytest.raises(BoundaryError, match="zweite"):
        rg.read_boundaries(path, "id", layer="zweit")


def test_a_geopackage_without_layers(tmp_path):
    import sqlite3

    path = tmp_path / "leer.gpkg"
    with sqlite3.connect(path) as connection:
        connection.execute("create table notizen (text)")
    connection.close()
    with pytest.raises(BoundaryError) as caught:
        rg.read_boundaries(path, "id")
    assert caught.value.code in ("layer_none", "layer_unreadable")


def test_parts_of_one_area_are_united(written):
    path = written(layer([square(0), square(5), square(1)], id=["A", "A", "B"], name=["a", "a", "b"]))
    areas = rg.read_boundaries(path, "id")
    assert list(areas.index) == ["A", "B"]
    assert isinstance(areas.geometry["A"], MultiPolygon)


def test_own_regions_are_assigned_by_place_and_a_split_one_is_told(caplog):
    regions = rg.load_boundaries("region")
    inside = regions.geometry["24"].representative_point().buffer(200)
    west, south, east, north = regions.geometry["24"].union(regions.geometry["11"]).bounds
    frame = gpd.GeoDataFrame(
        geometry=[inside, box(west, south, east, north)], index=["1", "groß"], crs=regions.crs
    )
    with caplog.at_level(logging.WARNING, logger="regsam_geo"):
        assigned = rg.assign_regions(frame)
    # "1" is not district 1 here: the polygon lies in district 24
    assert assigned.loc["1", ["region_id", "evidence"]].tolist() == ["24", "overlap"]
    assert assigned.loc["1", "share"] == pytest.approx(1)
    assert assigned.loc["groß", "share"] < 0.9
    assert "groß" in caplog.text
    far = gpd.GeoDataFrame(geometry=[translate(inside, 60_000)], index=["fern"], crs=regions.crs)
    with pytest.raises(RegsamGeoError, match="fern"):
        rg.assign_regions(far)


def test_own_areas_get_sums_of_whole_districts_only(sample_panel, caplog):
    districts = rg.load_boundaries("district")
    south = shapely.union_all(districts.geometry[["17", "18", "19"]].to_numpy())
    west, low, east, high = districts.geometry["09"].bounds
    half = districts.geometry["09"].intersection(box(west, low, (west + east) / 2, high))
    rest = shapely.union_all(districts.geometry.drop(["17", "18", "19", "09"]).to_numpy())
    own = gpd.GeoDataFrame(geometry=[south, half, rest], index=["S", "halb", "R"], crs=districts.crs)
    with caplog.at_level(logging.WARNING, logger="regsam_geo"):
        panel = rg.aggregate(sample_panel, own, indicator="Nichtdeutsche")
    assert "09" in caplog.text
    rows = panel.sel(period=2024, level="own").data.set_index("area_id")
    data = sample_panel.sel("Nichtdeutsche", period=2024, area=["17", "18", "19"]).data
    assert rows.loc["S", "value"] == pytest.approx(100 * data["numerator"].sum() / data["denominator"].sum())
    assert rows.loc["halb", "sign"] == "incomplete"
    assert rows.loc["R", "sign"] == ""
    with pytest.raises(RegsamGeoError, match="09"):
        rg.aggregate(sample_panel, own.loc[["halb"]])


@pytest.fixture(scope="module")
def sample_panel():
    return rg.load_sample()


COORDINATES = st.tuples(st.floats(0, 3000), st.floats(0, 3000)).map(
    lambda p: (X + round(p[0], 1), Y + round(p[1], 1))
)


@given(rings=st.lists(st.lists(COORDINATES, min_size=3, max_size=7), min_size=1, max_size=4))
# few, for each writes and reads a file; each overwrites the file of the one before, which is all that is shared
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_polygons_are_read_or_refused(tmp_path, rings):
    """Whatever is drawn: a valid coverage of valid polygons, or the library's own error."""
    features = [
        {
            "type": "Feature",
            "properties": {"id": str(i)},
            "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
        }
        for i, ring in enumerate(rings)
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}
    path = tmp_path / "zufall.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": features}), encoding="utf-8")
    try:
        areas = rg.read_boundaries(path, "id")
    except RegsamGeoError:
        return
    assert areas.is_valid.all()
    assert np.isfinite(areas.total_bounds).all()
    overlaps = areas.area.sum() - shapely.union_all(areas.geometry.to_numpy()).area
    assert overlaps < 1
