"""Places on maps: read through every door, drawn where they lie, told apart by every eye, nothing over another."""

from __future__ import annotations

from itertools import combinations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import regsam_geo as rg
from regsam_geo.errors import InputError, OptionError
from regsam_geo.look import get_theme
from regsam_geo.look.colors import VISIONS, contrast, difference, lab_from_rgb, rgb_from_hex, seen
from regsam_geo.maps.place_marks import COLORS, FORMS, GREYS, MOST_CATEGORIES, find_places
from regsam_geo.maps.placement import Room

DOORS = ("meters", "degrees", "csv", "csv of Excel", "points", "points in degrees", "gpkg", "geojson", "shp")
KINDS = ("Kita", "Beratung", "Treffpunkt", "Bibliothek", "Schule", "Sportplatz", "Amt", "Bad")


@pytest.fixture(scope="module")
def districts():
    return rg.load_boundaries("district")


@pytest.fixture(scope="module")
def study():
    return rg.Study(rg.load_sample().sel("Nichtdeutsche", period=2024), lang="de")


def made(districts, n, kinds=3, seed=0, names=True):
    """Points within the city, with a category and a name each."""
    rng = np.random.default_rng(seed)
    city = districts.geometry.union_all()
    west, south, east, north = districts.total_bounds
    x, y = rng.uniform(west, east, 8 * n + 50), rng.uniform(south, north, 8 * n + 50)
    there = np.flatnonzero(shapely.contains_xy(city, x, y))[:n]
    kind = [KINDS[k] for k in rng.integers(0, kinds, n)]
    return pd.DataFrame(
        {
            "Rechtswert": x[there],
            "Hochwert": y[there],
            "Art": kind,
            "Name": [f"{one}{number}" if names else "" for number, one in enumerate(kind)],
        }
    )


def as_points(frame, crs="EPSG:25832"):
    points = gpd.points_from_xy(frame["Rechtswert"], frame["Hochwert"], crs="EPSG:25832")
    return gpd.GeoDataFrame(frame[["Art", "Name"]], geometry=points).to_crs(crs)


# ------------------------------------------------------------------------------------------------------ reading


@pytest.mark.parametrize("door", DOORS)
def test_every_door_gives_the_same_places(districts, tmp_path, door):
    frame = made(districts, 12)
    wanted = find_places(as_points(frame), None, districts, get_theme("meeting"))
    degrees = as_points(frame, "EPSG:4326")
    table = frame.drop(columns=["Rechtswert", "Hochwert"]).assign(lon=degrees.geometry.x, lat=degrees.geometry.y)
    path = tmp_path / "orte"
    if door == "csv":
        table.to_csv(path, index=False)
    elif door == "csv of Excel":
        table.to_csv(path, index=False, sep=";", decimal=",", encoding="utf-8-sig")
    elif door == "gpkg":
        path = tmp_path / "orte.gpkg"
        as_points(frame).to_file(path, driver="GPKG")
    elif door == "geojson":
        path = tmp_path / "orte.geojson"
        degrees.to_file(path, driver="GeoJSON", COORDINATE_PRECISION=8)
    elif door == "shp":
        path = tmp_path / "orte.shp"
        as_points(frame).to_file(path, encoding="utf-8")
    given = {
        "meters": frame,
        "degrees": table,
        "points": as_points(frame),
        "points in degrees": degrees,
    }.get(door, path)
    found = find_places(given, None, districts, get_theme("meeting"))
    # a tenth of a meter
    assert found.x == pytest.approx(wanted.x, abs=0.1)
    assert found.y == pytest.approx(wanted.y, abs=0.1)
    assert found.names == wanted.names == tuple(frame["Name"])
    assert [one.name for one in found.categories] == [one.name for one in wanted.categories]


def test_coordinates_elsewhere_or_missing_are_told(districts, study):
    frame = made(districts, 5)
    with pytest.raises(InputError):
        rg.plot_places(study, frame.assign(Rechtswert=12.0, Hochwert=17.0))
    with pytest.raises(InputError):
        rg.plot_places(study, frame[["Art", "Name"]])
    with pytest.raises(OptionError) as caught:
        rg.plot_places(study, frame, {"category": "Atr"})
    assert caught.value.code == "places_column"
    assert "Art" in str(caught.value)


def test_what_holds_no_points_is_refused_by_its_kind(districts, study, tmp_path):
    districts.to_file(tmp_path / "flächen.geojson", driver="GeoJSON")
    with pytest.raises(InputError):
        rg.plot_places(study, tmp_path / "flächen.geojson")
    made(districts, 3).to_excel(tmp_path / "orte.xlsx", index=False)
    with pytest.raises(InputError) as caught:
        rg.plot_places(study, tmp_path / "orte.xlsx")
    assert "CSV" in str(caught.value)


def test_places_outside_are_counted_and_none_at_all_is_an_error(districts, study):
    frame = made(districts, 5)
    away = pd.concat([frame, frame.iloc[:2].assign(Rechtswert=frame["Rechtswert"] + 60_000)], ignore_index=True)
    found = find_places(as_points(away), None, districts, get_theme("meeting"))
    assert (len(found.x), found.outside) == (5, 2)
    texts = texts_of(rg.plot_places(study, as_points(away)))
    assert any("2 Orte liegen außerhalb der Karte." in text for text in texts)
    with pytest.raises(OptionError) as caught:
        rg.plot_places(study, as_points(away.iloc[5:]))
    assert caught.value.code == "places_none"


def test_each_place_lies_in_the_area_that_holds_it(districts):
    found = find_places(made(districts, 200), None, districts, get_theme("meeting"))
    areas = found.areas_of(districts)
    for x, y, area in zip(found.x, found.y, areas, strict=True):
        holding = [i for i, polygon in enumerate(districts.geometry) if polygon.intersects(shapely.Point(x, y))]
        assert area == holding[0]


# ---------------------------------------------------------------------------------------------------- categories


def test_the_most_frequent_have_marks_of_their_own_and_the_rest_share_one(districts):
    frame = made(districts, 120, kinds=8)
    counts = frame["Art"].value_counts()
    found = find_places(frame, None, districts, get_theme("meeting"))
    assert len(found.categories) == MOST_CATEGORIES
    assert sum(one.n for one in found.categories) == 120
    for one in found.categories[:-1]:
        assert one.n == counts[one.name]
    assert found.categories[-1].n == counts.sort_values(ascending=False).iloc[MOST_CATEGORIES - 1 :].sum()
    assert len({one.color for one in found.categories}) == len({one.form for one in found.categories}) == 6
    for kind, art in zip(found.kinds, frame["Art"], strict=True):
        assert found.categories[kind].name in (art, found.categories[-1].name)


@pytest.mark.parametrize("vision", VISIONS)
def test_any_two_marks_differ_for_every_eye(vision):
    for colors in (COLORS, GREYS):
        lab = lab_from_rgb(seen(rgb_from_hex(colors), vision))
        assert min(float(difference(a[None], b[None])[0]) for a, b in combinations(lab, 2)) >= 10
    # and their dark edge from the areas, however pale they are themselves
    for theme in ("meeting", "print", "slide", "mono"):
        look = get_theme(theme)
        assert contrast(look.ink, look.context) >= 7


def test_forms_are_equally_large_and_differ():
    polygons = [shapely.Polygon(form) for form in FORMS]
    for polygon in polygons:
        assert polygon.is_valid
        assert polygon.area == pytest.approx(np.pi, rel=0.01)
    for one, other in combinations(polygons, 2):
        assert one.symmetric_difference(other).area > 0.15 * np.pi


# ------------------------------------------------------------------------------------------------------- drawing


def texts_of(figure):
    return [text.get_text() for text in figure.findobj(lambda one: hasattr(one, "get_text"))]


def marks_of(figure):
    return [one for one in figure.findobj() if one.get_label() == "place"]


def test_each_mark_stands_at_its_place_in_its_color(districts, study):
    frame = made(districts, 15)
    figure = rg.plot_places(study, frame)
    marks = marks_of(figure)
    assert len(marks) == 3 * 15  # paper, edge, color
    drawn = {
        (round(box.x0 + box.width / 2), round(box.y0 + box.height / 2)): mark.get_facecolor()
        for mark in marks[2::3]
        for box in [mark.get_path().get_extents()]
    }
    found = find_places(frame, None, districts, get_theme("meeting"))
    colors = {one.name: one.color for one in found.categories}
    hits = 0
    for x, y, art in zip(frame["Rechtswert"], frame["Hochwert"], frame["Art"], strict=True):
        near = min(drawn, key=lambda place: (place[0] - x) ** 2 + (place[1] - y) ** 2)
        # the box of a triangle has another middle than its circle
        if np.hypot(near[0] - x, near[1] - y) < 90:
            hits += "#" + "".join(f"{round(part * 255):02x}" for part in drawn[near][:3]) == colors[art]
    assert hits == 15


def test_the_legend_counts_each_category(districts, study):
    frame = made(districts, 30)
    texts = texts_of(rg.plot_places(study, frame))
    for art, n in frame["Art"].value_counts().items():
        assert art in texts
        assert str(n) in texts
    assert "30 Orte · Stadtbezirke" in texts
    english = texts_of(rg.plot_places(study.replace(lang="en"), frame))
    assert "30 places · districts" in english


def test_names_are_written_or_counted(districts, study):
    frame = made(districts, 30)
    texts = texts_of(rg.plot_places(study, frame))
    written = set(frame["Name"]) & set(texts)
    (told,) = [text for text in texts if "ohne Platz" in text] or [""]
    left = int(told.split(" ")[0]) if told else 0
    assert len(written) >= 20
    assert len(written) + left == 30
    for labels in ("number", "none"):
        assert not set(frame["Name"]) & set(texts_of(rg.plot_places(study, frame, labels=labels)))
    many = made(districts, 60)
    assert not set(many["Name"]) & set(texts_of(rg.plot_places(study, many)))
    assert set(many["Name"]) & set(texts_of(rg.plot_places(study, many, labels="name")))


def check_layout(study, frame, monkeypatch, **how):
    """No text of the map leaves its frame or lies over another or over a mark."""
    rooms = []
    monkeypatch.setattr("regsam_geo.maps.sheet.Room", lambda: rooms.append(Room()) or rooms[-1])
    figure = rg.plot_places(study, frame, **how)
    figure.canvas.draw()
    width, height = figure.canvas.get_width_height()
    for text in figure.findobj(lambda one: hasattr(one, "get_text")):
        if text.get_text():
            box = text.get_window_extent()
            assert -1 <= box.x0 <= box.x1 <= width + 1, text.get_text()
            assert -1 <= box.y0 <= box.y1 <= height + 1, text.get_text()
    for room in rooms:
        boxes = [box for box, _ in room.key()]
        marks, labels = boxes[: len(frame)], boxes[len(frame) :]
        for at, label in enumerate(labels):
            others = shapely.box(*np.array([*marks, *labels[:at]]).T)
            shared = shapely.area(shapely.intersection(shapely.box(*label), others))
            assert shared.max(initial=0) < 1e-6 * shapely.box(*label).area + 1e-3


CASES = [
    (
        seed,
        ("meeting", "print", "slide", "mono")[seed % 4],
        ("district", "region")[seed % 3 == 0],
    )
    for seed in range(40)
]


@pytest.mark.parametrize(("seed", "theme", "level"), CASES[:2])
def test_nothing_lies_over_another(districts, monkeypatch, seed, theme, level):
    check_layout(
        rg.load_boundaries(level), made(districts, 5 + 4 * seed, 1 + seed % 8, seed), monkeypatch, theme=theme
    )


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "theme", "level"), CASES[2:])
def test_nothing_lies_over_another_in_forty_cases(districts, monkeypatch, seed, theme, level):
    check_layout(
        rg.load_boundaries(level), made(districts, 5 + 4 * seed, 1 + seed % 8, seed), monkeypatch, theme=theme
    )
