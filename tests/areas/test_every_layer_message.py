"""Every message of reading a layer, in both languages: a made file provokes it, and doing what it says leads to
the areas within three steps: no loop, no area lost, and no error but the library's own.

The messages are sought in the code itself: a new one without a made file fails the test.
"""

from __future__ import annotations

import json
import re
import sqlite3
import warnings
from math import inf
from typing import Any, NamedTuple

import geopandas as gpd
import pytest
from message_codes import codes_in
from shapely.geometry import LineString, Point, Polygon, box

import regsam_geo as rg
from regsam_geo.areas import read_boundaries_with_notes
from regsam_geo.errors import RegsamGeoError

X, Y = 690_000.0, 5_334_000.0


def square(column, row=0, size=1000.0, shift=0.0):
    return box(X + size * column + shift, Y + size * row, X + size * (column + 1), Y + size * (row + 1))


def layer(polygons, crs="EPSG:25832", **columns):
    return gpd.GeoDataFrame(columns or {"id": ["A", "B"][: len(polygons)]}, geometry=list(polygons), crs=crs)


def file(frame, name="a.gpkg", **how):
    def write(folder):
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=".*crs.*")
            frame.to_file(folder / name, **how)
        return folder / name

    return write


def content(data, name="a.geojson"):
    def write(folder):
        (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
        return folder / name

    return write


SOUND = file(layer([square(0), square(1)]))
BOW_TIE = Polygon([(X, Y), (X + 1000, Y + 1000), (X + 1000, Y), (X, Y + 1000)])


def two_layers(folder):
    SOUND(folder)
    return file(layer([square(3)]), layer="zweite")(folder)


def districts(without=()):
    shipped = rg.load_boundaries("district").drop(index=list(without))
    return gpd.GeoDataFrame({"sb_nummer": shipped.index}, geometry=shipped.geometry.to_numpy(), crs=shipped.crs)


def no_layer(folder):
    with sqlite3.connect(folder / "a.gpkg") as connection:
        connection.execute("create table notizen (text)")
    connection.close()
    return folder / "a.gpkg"


def wrong_number(folder):
    frame = districts()
    frame["sb_nummer"] = ["99" if number == "25" else number for number in frame["sb_nummer"]]
    return file(frame)(folder)


def right_numbers(folder):
    frame = districts().rename(columns={"sb_nummer": "id"})
    return file(frame)(folder)


class Case(NamedTuple):
    """A file that provokes a message, and what a person does who follows it."""

    make: Any
    said: dict[str, Any] = {"id_column": "id"}  # noqa: RUF012
    areas: int = 2
    mended: Any = SOUND
    """The file after the message was followed, where it speaks of the file."""
    says: dict[str, Any] | None = None
    """What is said after the message was followed, where it prints nothing that could be copied."""


ERRORS: dict[str, Case] = {
    "layer_missing_file": Case(lambda folder: folder / "fehlt.gpkg"),
    "layer_unreadable": Case(content('{"type": "FeatureCollection", "features": [')),
    "layer_kind": Case(content("hallo")),
    "layer_none": Case(no_layer),
    "layer_empty": Case(content(json.dumps({"type": "FeatureCollection", "features": []}))),
    "layer_unknown": Case(two_layers, {"id_column": "id", "layer": "zweit"}, 1),
    "layer_open": Case(two_layers, areas=1),
    "id_open": Case(file(layer([square(0), square(1)], region=["A", "B"], titel=["a", "b"])), {}),
    "id_column_missing": Case(file(layer([square(0), square(1)], planung=["A", "B"])), {"id_column": "planng"}),
    "id_empty": Case(file(layer([square(0), square(1)], id=["A", None]))),
    "id_unknown": Case(wrong_number, {}, 25, right_numbers),
    "id_twice": Case(file(layer([square(0), square(1)], id=["A", "A"], name=["a", "b"]))),
    "geometry_none": Case(file(layer([None, None]))),
    "coordinates_broken": Case(file(layer([Polygon([(X, Y), (X + 9, inf), (X + 9, Y)]), square(1)]))),
    "crs_missing": Case(
        file(layer([box(0, 0, 1, 1)], crs=None), "a.shp"),
        mended=file(layer([square(0), square(1)], crs=None), "a.shp"),
    ),
    "crs_wrong": Case(
        file(layer([square(0), square(1)]).set_crs(4326, allow_override=True)),
        says={"id_column": "id", "crs": 25832},
    ),
    "crs_unknown": Case(SOUND, {"id_column": "id", "crs": "Gauß"}, says={"id_column": "id"}),
    "axes_swapped": Case(file(layer([box(Y, X, Y + 1000, X + 1000)]))),
    "elsewhere": Case(file(layer([box(13.3, 52.4, 13.5, 52.6)], crs="EPSG:4326"))),
    "no_polygon": Case(file(layer([LineString([(X, Y), (X + 9, Y)]), square(1)]))),
    "geometry_invalid": Case(file(layer([BOW_TIE, square(2)]))),
    "areas_overlap": Case(file(layer([square(0), square(1, shift=-30)]))),
}


def known(kind: str) -> set[str]:
    places = ("areas/polygons.py", "areas/layer_keys.py", "areas/layer_forms.py")
    return {code.removeprefix(kind) for code in codes_in(*places) if code.startswith(kind)}


def test_each_error_of_reading_layers_has_a_made_file():
    assert sorted(known("error.") - ERRORS.keys()) == []


def tried(path, said):
    try:
        return read_boundaries_with_notes(path, **said)
    except RegsamGeoError as error:
        return error


def advice(error, said):
    """Do what a message says: the near word, or the first of those that it lists."""
    near = re.search(r"(?:Meinten Sie „|Did you mean “)([^“”]*)[“”]", str(error))
    if error.code in ("layer_unknown", "layer_open"):
        first = str(error.fields["expected"]).split(", ")[-1]
        return {**said, "layer": near[1] if near else first}
    if error.code in ("id_column_missing", "id_open"):
        return {**said, "id_column": near[1] if near else str(error.fields["found"]).split(", ")[0]}
    return said


def follow(case, code, folder):
    path, said, met, open_mend = case.make(folder), dict(case.said), [], True
    for step in range(4):
        found = tried(path, said)
        if not isinstance(found, RegsamGeoError):
            assert met, f"{code} was not provoked"
            assert len(found.areas) == case.areas
            return
        assert found.code == code or step, f"{found.code} instead of {code}: {found}"
        seen = (found.code, str(found))
        assert seen not in met, f"the same message again: {found}"
        met.append(seen)
        then = advice(found, said)
        if then != said:
            said = then
        elif open_mend and case.says is not None:
            said, open_mend = dict(case.says), False
        elif open_mend:
            (folder / "neu").mkdir()
            path, said, open_mend = case.mended(folder / "neu"), {"id_column": "id"}, False
        else:
            pytest.fail(f"leads nowhere: {found}")
    pytest.fail(f"no end after three steps: {met}")


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_leads_to_the_areas(code, tmp_path, monkeypatch):
    monkeypatch.setenv("REGSAM_GEO_LANG", ("de", "en")[list(ERRORS).index(code) % 2])
    follow(ERRORS[code], code, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("code", ERRORS)
def test_an_error_leads_to_the_areas_in_the_other_language(code, tmp_path, monkeypatch):
    monkeypatch.setenv("REGSAM_GEO_LANG", ("en", "de")[list(ERRORS).index(code) % 2])
    follow(ERRORS[code], code, tmp_path)


# --- notices ----------------------------------------------------------------------------------------------------


def moved(folder):
    frame = districts()
    frame["geometry"] = [one.buffer(-100) if i == 4 else one for i, one in enumerate(frame.geometry)]
    return file(frame)(folder)


SPIKE = Polygon(
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
NOTES: dict[str, Case] = {
    "crs_taken": Case(file(layer([square(0), square(1)], crs=None), "a.shp")),
    "crs_replaced": Case(
        file(layer([square(0), square(1)]).to_crs(31468).set_crs(25832, allow_override=True)),
    ),
    "labels": Case(file(layer([square(0), square(1), Point(X + 9, Y + 9)], id=["A", "B", "A"]))),
    "repaired": Case(file(layer([SPIKE, square(1)]))),
    "united": Case(file(layer([square(0), square(5), square(1)], id=["A", "A", "B"], name=["a", "a", "b"]))),
    "slivers": Case(file(layer([square(0), square(1, shift=-0.3)]))),
    "gaps_thin": Case(
        file(
            layer(
                [
                    square(0),
                    square(1, shift=0.3),
                    box(X, Y + 1000, X + 2000.3, Y + 2000),
                    box(X, Y - 1000, X + 2000.3, Y),
                ],
                id=list("ABCD"),
            )
        ),
        areas=4,
    ),
    "gaps_wide": Case(
        file(layer([square(i, j) for i in range(3) for j in range(3) if (i, j) != (1, 1)], id=list("ABCDEFGH"))),
        areas=8,
    ),
    "areas_absent": Case(file(districts(without=["09"])), {}, 24),
    "areas_moved": Case(moved, {}, 25),
}
NOTES_NOT_MADE = {"encoding": "held in test_layer_forms.py, with a wrong .cpg"}


def test_each_notice_of_reading_layers_has_a_made_file():
    assert sorted(known("note.boundary.") - NOTES.keys() - NOTES_NOT_MADE.keys()) == []


@pytest.mark.parametrize("code", NOTES)
def test_a_notice_is_told_and_no_area_is_lost(code, tmp_path):
    case = NOTES[code]
    found = tried(case.make(tmp_path), case.said)
    assert not isinstance(found, RegsamGeoError), str(found)
    assert len(found.areas) == case.areas
    notes = [note for note in found.notes if note.code == code]
    assert notes, [note.code for note in found.notes]
    for lang in ("de", "en"):
        assert "{" not in notes[0].text(lang)
