"""Layers from outside: what is read is what GDAL reads, and what would do harm is refused in one sentence."""

from __future__ import annotations

import io
import json
import os
import socket
import sqlite3
import struct
import threading
import warnings
import zipfile

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely.affinity import translate
from shapely.geometry import MultiPolygon, box

import regsam_geo as rg
from regsam_geo.errors import BoundaryError
from regsam_geo.foreign import RefusedFileError, crs_of, open_layers

X, Y = 690_000.0, 5_334_000.0


def square(column, row=0, size=1000.0):
    return box(X + size * column, Y + size * row, X + size * (column + 1), Y + size * (row + 1))


def layer():
    """Holes, parts, heights, umlauts, numbers and empty cells."""
    ring = square(2).difference(square(2).buffer(-200))
    two_lakes = square(4).difference(square(4).buffer(-300)).difference(box(X + 4010, Y + 10, X + 4050, Y + 50))
    polygons = [
        square(0),
        MultiPolygon([square(1), ring]),
        two_lakes,
        shapely.force_3d(square(6), 512.0),
        MultiPolygon([translate(two_lakes, 0, 3000), square(8), square(2).buffer(-300)]),
    ]
    columns = {
        "id": ["Nord", "Süd", "Mitte-Ost", "P4", "P5"],
        "zahl": [1, 2, 3, 40_000_000_000, -5],
        "quote": [0.5, None, 12.25, -1.0, 3.0],
        "wort": ["Äcker", None, "ß", "x" * 100, "„Zitat“"],
    }
    return gpd.GeoDataFrame(columns, geometry=polygons, crs="EPSG:25832")


def written(frame, path):
    if path.suffix == ".fgb":  # which takes no mixture of flat shapes and such with heights
        frame = frame.set_geometry(shapely.force_2d(frame.geometry.to_numpy()), crs=frame.crs)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frame.to_file(path, driver="KML" if path.suffix == ".kml" else None)
    return path


def read(path):
    file = open_layers(path)
    (name,) = file.layers
    return file.read(name)


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "shp", "shp.zip", "fgb", "kml"])
@pytest.mark.parametrize("epsg", [25832, 4326])
def test_a_layer_reads_as_gdal_reads_it(ending, epsg, tmp_path):
    if ending == "kml" and epsg != 4326:
        pytest.skip("KML knows degrees alone")
    path = written(layer().to_crs(epsg), tmp_path / f"eigene.{ending}")
    expected = gpd.read_file(path)
    found = read(path)
    assert found.crs.to_epsg() == epsg
    assert found.crs == expected.crs
    there, here = shapely.force_2d(expected.geometry.to_numpy()), shapely.force_2d(found.geometry.to_numpy())
    assert shapely.equals(shapely.normalize(here), shapely.normalize(there)).all()
    # GDAL gives a placemark an id of its own; all that stands beside one is text
    columns = ["zahl", "wort"] if ending == "kml" else ["id", "zahl", "quote", "wort"]
    for name in columns:
        one, other = found[name].tolist(), expected[name].tolist()
        for a, b in zip(one, other, strict=True):
            assert a == b or ((a is None or a != a) and (b is None or b != b)) or str(a) == str(b), name


def test_a_shapefile_in_a_folder_of_a_zip(tmp_path):
    written(layer(), tmp_path / "bezirke.shp")
    path = tmp_path / "download"
    with zipfile.ZipFile(path, "w") as archive:
        for part in tmp_path.glob("bezirke.*"):
            archive.write(part, f"vablock 2025/{part.name}")
    areas = rg.read_boundaries(path, "id")
    assert sorted(areas.index) == sorted(layer()["id"])
    written(layer(), tmp_path / "viertel.shp")
    with zipfile.ZipFile(path, "a") as archive:
        for part in tmp_path.glob("viertel.*"):
            archive.write(part, f"vablock 2025/{part.name}")
    with pytest.raises(BoundaryError, match="layer="):
        rg.read_boundaries(path, "id")
    assert len(rg.read_boundaries(path, "id", layer="viertel")) == 5


def test_a_geojson_in_the_citys_own_system_and_one_of_mixed_columns(tmp_path):
    features = [
        {
            "type": "Feature",
            "id": 7 + i,
            "properties": {"wert": value, "mehr": {"a": [1]}},
            "geometry": shapely.geometry.mapping(square(i)),
        }
        for i, value in enumerate([1, "zwei", None])
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}
    path = tmp_path / "a.json"
    path.write_text(
        json.dumps({"type": "FeatureCollection", "name": "Gebiete", "crs": crs, "features": features}), "utf-8"
    )
    file = open_layers(path)
    assert list(file.layers) == ["Gebiete"]
    frame = file.read("Gebiete")
    assert frame["id"].tolist() == [7, 8, 9]
    assert frame["wert"].tolist()[:2] == ["1", "zwei"]
    assert frame["mehr"].iloc[0] == '{"a": [1]}'
    assert frame.crs.to_epsg() == 25832


@pytest.mark.parametrize(
    "text",
    [
        "+proj=utm +zone=32 +nadgrids=/etc/passwd",
        "+proj=longlat +geoidgrids=http://127.0.0.1:9/a.gtx",
        'BOUNDCRS[SOURCECRS[],PARAMETERFILE["Latitude and longitude difference file","a.gsb"]]',
        "x" * 60_000,
    ],
)
def test_a_coordinate_system_that_would_read_files_is_refused(text):
    with pytest.raises(RefusedFileError) as caught:
        crs_of(text)
    assert caught.value.code == "layer_grids"


# --- what does harm ---


def geojson(*geometries, **more):
    features = [{"type": "Feature", "properties": {"id": str(i)}, "geometry": g} for i, g in enumerate(geometries)]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}
    return json.dumps({"type": "FeatureCollection", "crs": crs, "features": features, **more}).encode()


def polygon(points):
    closed = [*map(list, points), list(points[0])]
    return {"type": "Polygon", "coordinates": [closed]}


def around(radius, turns, n):
    angle = np.linspace(0, 2 * np.pi * turns, n, endpoint=False)
    return np.c_[X + radius * np.cos(angle), Y + radius * np.sin(angle)].round(4).tolist()


def spiral(n, turns):
    out = around(np.linspace(10, 1000, n // 2), turns, n // 2)
    back = around(np.linspace(10.5, 1000.5, n // 2), turns, n // 2)[::-1]
    return polygon(out + back)


def star(n):
    return polygon(around(1000, n // 2, n))


def database(*orders, memory=None):
    base = sqlite3.connect(":memory:")
    base.executescript(
        "create table gpkg_spatial_ref_sys (srs_name, srs_id, organization, organization_coordsys_id, definition);"
        "insert into gpkg_spatial_ref_sys values ('a', 25832, 'EPSG', 25832, '');"
        "create table gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id, z, m);"
        "insert into gpkg_geometry_columns values ('a', 'geom', 'POLYGON', 25832, 0, 0);"
    )
    base.executescript(";".join(orders))
    content = base.serialize()
    base.close()
    return content


CONTENTS = (
    "create table gpkg_contents (table_name, data_type)",
    "insert into gpkg_contents values ('a', 'features')",
)
ENDLESS = (
    "with recursive n(i) as (select 1 union all select i + 1 from n) select i as id, zeroblob(9) as geom from n"
)


def shape(wkb):
    return b"GP\x00\x01" + struct.pack("<i", 25832) + wkb


def with_shape(wkb):
    base = sqlite3.connect(":memory:")
    base.deserialize(database(*CONTENTS, "create table a (id text, geom blob)"))
    base.execute("insert into a values ('P', ?)", (shape(wkb),))
    base.commit()
    content = base.serialize()
    base.close()
    return content


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("_", "."), content)
    return out.getvalue()


def shapefile(*records, length=None):
    body = b""
    for number, content in enumerate(records, start=1):
        body += struct.pack(">2i", number, len(content) // 2 if length is None else length) + content
    head = struct.pack(">7i", 9994, 0, 0, 0, 0, 0, (100 + len(body)) // 2)
    return head + struct.pack("<2i", 1000, 5) + struct.pack("<8d", X, Y, X + 1, Y + 1, 0, 0, 0, 0) + body


def record(rings, points, content=b""):
    return struct.pack("<i4d2i", 5, X, Y, X, Y, rings, points) + content


def kml(inner, head=""):
    return f'<?xml version="1.0"?>{head}<kml xmlns="http://www.opengis.net/kml/2.2">{inner}</kml>'.encode()


VRT = (
    '<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/vsicurl/http://127.0.0.1:{port}/a</SrcDataSource>'
    "</OGRVRTLayer></OGRVRTDataSource>"
)
HARM = {
    "a query in XML": VRT,
    "a service": "<OGRWFSDataSource><URL>http://127.0.0.1:{port}/wfs?</URL></OGRWFSDataSource>",
    "a feature collection of a service": '<wfs:FeatureCollection xmlns:wfs="a" xsi:schemaLocation="a '
    'http://127.0.0.1:{port}/schema.xsd"><gml:featureMember/></wfs:FeatureCollection>',
    "a pipeline": '{{"type": "gdal_streamed_alg", "command_line": "gdal vector convert http://127.0.0.1:{port}/a"}}',
    "a landing page of a service": '{{"links": [{{"rel": "data", "href": "http://127.0.0.1:{port}/collections"}}]}}',
    "a link to a coordinate system": '{{"type": "FeatureCollection", "crs": {{"type": "link", "properties": '
    '{{"href": "http://127.0.0.1:{port}/crs"}}}}, "features": []}}',
    "the name of another file": "/vsicurl/http://127.0.0.1:{port}/a.geojson",
    "a link in KML": "<kml><NetworkLink><Link><href>http://127.0.0.1:{port}/a.kml</href></Link></NetworkLink></kml>",
    "a table": "Bezirk;Wert\n1;2\n",
    "brackets in brackets": "[" * 200_000,
    "objects in objects": '{{"type":' * 50_000,
    "a collection in a collection": lambda: geojson(
        json.loads('{"type":"GeometryCollection","geometries":[' * 200 + "]}" * 200)
    ),
    "ten million rings": lambda: b'{"type":"MultiPolygon","coordinates":[' + b"[[[0,0],[0,1],[1,1]]]," * 1_500_000,
    "a spiral that meets itself": lambda: geojson(spiral(5000, 1200)),
    "a spiral of many turns": lambda: geojson(spiral(120_000, 6_000)),
    "a star of 5,000 points": lambda: geojson(star(5001)),
    "a thousand areas in one point": lambda: geojson(
        *(polygon([(X, Y), a, b]) for a, b in zip(around(900, 1, 3000), around(900, 1, 3000)[1:], strict=False))
    ),
    "coordinates without end": lambda: geojson(polygon([(X, Y), (1e400, Y), (X, Y + 9)])),
    "a number of a thousand digits": lambda: geojson(polygon([(X, Y), (X + 1, Y), (X, Y + 1)])).replace(
        b"690001", b"9" * 5000
    ),
    "an endless query for a layer": lambda: database(*CONTENTS, f"create view a as {ENDLESS}"),
    "an endless query for the contents": lambda: database(
        f"create view gpkg_contents as select 'a' as table_name, 'features' as data_type from ({ENDLESS})",
        "create table a (id, geom)",
    ),
    "a column that is computed": lambda: database(
        *CONTENTS,
        "create table a (id text, geom blob, x as (printf('%.*c', 9000, 'x')))",
        "insert into a (id) values ('1')",
    ),
    "a virtual table": lambda: database(*CONTENTS, "create virtual table a using fts5(id, geom)"),
    "a database without layers": lambda: database("create table a (b)"),
    "collections a million deep": lambda: with_shape(struct.pack("<BII", 1, 7, 1) * 1_000_000),
    "multipolygons a million deep": lambda: with_shape(struct.pack("<BII", 1, 6, 1) * 1_000_000),
    "a ring of four billion points": lambda: with_shape(struct.pack("<BIII", 1, 3, 1, 2**32 - 1)),
    "four billion rings": lambda: with_shape(struct.pack("<BII", 1, 3, 2**32 - 1)),
    "a shapefile of a billion rings": lambda: zipped(a_shp=shapefile(record(10**9, 10**9))),
    "a shapefile that says nothing of its end": lambda: shapefile(record(1, 4), length=-8),
    "a packed layer of blanks": lambda: zipped(a_geojson=b" " * 200_000_000),
    "a zip in a zip": lambda: zipped(a_geojson=zipped(a_geojson=b"{}")),
    "entities in KML": lambda: kml("<Placemark><name>&b;</name></Placemark>", '<!DOCTYPE k [<!ENTITY b "x">]>'),
    "tags in tags": lambda: kml("<Folder>" * 100_000),
    "a FlatGeobuf of noise": lambda: b"fgb\x03fgb\x00" + bytes(range(256)) * 40,
    "a GZIP": lambda: b"\x1f\x8b" + bytes(50),
}


@pytest.fixture(scope="module")
def listener():
    """Count what asks for anything at all."""
    server = socket.create_server(("127.0.0.1", 0))
    asked = []

    def count():
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            asked.append(connection)
            connection.close()

    threading.Thread(target=count, daemon=True).start()
    yield server.getsockname()[1], asked
    server.close()


@pytest.mark.parametrize("ending", ["geojson", "gpkg"])
@pytest.mark.parametrize("name", HARM)
def test_what_does_harm_is_refused_in_one_sentence(name, ending, tmp_path, listener):
    port, asked = listener
    made = HARM[name]
    if ending == "gpkg" and not isinstance(made, str):
        pytest.skip("the name decides nothing")
    path = tmp_path / f"gebiete.{ending}"
    path.write_bytes(made() if not isinstance(made, str) else made.format(port=port).encode())
    begun = sum(os.times()[:4])
    with pytest.raises(BoundaryError) as caught:
        rg.read_boundaries(path, "id")
    assert sum(os.times()[:4]) - begun < 10  # of the processor, children too
    assert "gebiete" in str(caught.value)
    assert len(str(caught.value)) < 600
    assert not asked


def test_a_tame_spiral_and_the_shipped_layers_are_read(tmp_path):
    path = tmp_path / "a.geojson"
    path.write_bytes(geojson(spiral(3000, 20)))
    assert len(rg.read_boundaries(path, "id")) == 1
    quarters = rg.load_boundaries("quarter").reset_index()
    assert len(rg.read_boundaries(written(quarters, tmp_path / "a.gpkg"), "area_id")) == 475


def test_bounds_of_a_layer_are_those_that_are_stated(tmp_path, monkeypatch):
    path = tmp_path / "a.geojson"
    path.write_bytes(geojson(*(shapely.geometry.mapping(square(i % 10, i // 10, 100)) for i in range(60))))
    assert len(rg.read_boundaries(path, "id")) == 60
    monkeypatch.setenv("REGSAM_GEO_READ_LIMIT", "0.001")
    with pytest.raises(BoundaryError) as caught:
        rg.read_boundaries(path, "id")
    assert (caught.value.code, caught.value.fields["expected"]) == ("layer_areas", 50)
    assert "REGSAM_GEO_READ_LIMIT" in str(caught.value)


def test_a_geopackage_that_another_program_writes_into_is_left_alone(tmp_path):
    path = written(layer(), tmp_path / "a.gpkg")
    (tmp_path / "a.gpkg-wal").write_bytes(b"changes")
    with pytest.raises(BoundaryError) as caught:
        rg.read_boundaries(path, "id")
    assert caught.value.code == "layer_in_use"
