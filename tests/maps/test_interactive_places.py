"""Places in the interactive map, in a real browser with the network off."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
import shapely
from map_page import DESK, PHONE, open_page
from test_interactive_access import axe_findings
from test_interactive_take import SVG, say, take
from test_places import made

import regsam_geo as rg

N = 40


@pytest.fixture(scope="module")
def districts():
    return rg.load_boundaries("district")


@pytest.fixture(scope="module")
def frame(districts):
    return made(districts, N, kinds=4, seed=3)


@pytest.fixture(scope="module")
def files(tmp_path_factory, frame):
    folder = tmp_path_factory.mktemp("places")
    panel = rg.load_sample().sel("Nichtdeutsche", period=[2023, 2024])
    for lang in ("de", "en"):
        rg.Study(panel, lang=lang).explore_map(places=frame).save(str(folder / f"{lang}.html"))
    return folder


def test_the_file_holds_each_place_once_and_stays_small(files, frame):
    data = placed_in(files / "de.html")
    assert sorted(data["names"]) == sorted(frame["Name"])
    assert len(data["kinds"]) == len(data["areas"]["district"]) == N
    assert {one["name"]: one["n"] for one in data["categories"]} == frame["Art"].value_counts().to_dict()
    # a map without places holds nothing of them
    plain = rg.explore_map(rg.load_sample().sel("Nichtdeutsche", period=2024)).get_root().render()
    assert '"places":null' in plain
    many = made(rg.load_boundaries("district"), 1_000, kinds=6)
    study = rg.load_study(lang="de")
    whole, without = (study.explore_map(places=places).get_root().render() for places in (many, None))
    # 30 bytes a place, its name and its kind among them
    assert len(whole.encode()) - len(without.encode()) < 30_000


def placed_in(file):
    page = file.read_text(encoding="utf-8")
    return json.loads(re.search(r'id="rg-data">(.*?)</script>', page, re.S).group(1))["places"]


def marks(page):
    return page.eval_on_selector_all(
        ".rg-place svg",
        "all => all.map(one => { const box = one.getBoundingClientRect();"
        " return [box.x + box.width / 2, box.y + box.height / 2,"
        " one.querySelector('.rg-place-mark').getAttribute('fill')]; })",
    )


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["de", "en"])
def test_marks_lie_in_the_areas_that_hold_the_places(browser, files, frame, districts, lang):
    with open_page(browser, files / f"{lang}.html") as page:
        found = marks(page)
        assert len(found) == N
        # under each mark lies the area that the polygons say
        page.eval_on_selector_all(".rg-place", "all => all.forEach(one => { one.style.pointerEvents = 'none'; })")
        page.eval_on_selector_all(".rg-place svg", "all => all.forEach(one => { one.style.display = 'none'; })")
        under = [
            page.evaluate("([x, y]) => document.elementFromPoint(x, y)?.dataset?.area || ''", [x, y])
            for x, y, _ in found
        ]
        # marks are drawn kind by kind; borders are simplified, and a pixel is thirty meters
        order = np.argsort(placed_in(files / f"{lang}.html")["kinds"], kind="stable")
        points = shapely.points(frame["Rechtswert"], frame["Hochwert"])
        near = shapely.distance(shapely.union_all(shapely.boundary(districts.geometry)), points) < 60
        assert near.sum() < 10
        for place, area in zip(order, under, strict=True):
            if not near[place]:
                assert districts.geometry[area].contains(points[place])
        assert page.locator("#rg-places legend").inner_text().startswith(say("explore.places", lang))


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["de", "en"])
def test_kinds_are_chosen_by_mouse_and_keyboard_and_stay_in_the_address(browser, files, frame, lang):
    counts = frame["Art"].value_counts()
    with open_page(browser, files / f"{lang}.html") as page:
        labels = page.locator("#rg-places label")
        assert labels.count() == 4
        told = page.eval_on_selector_all(
            "#rg-places label",
            "all => all.map(one => [one.querySelector('.rg-name').textContent,"
            " Number(one.querySelector('.rg-count').textContent),"
            " one.querySelector('.rg-place-mark').getAttribute('fill')])",
        )
        assert {name: n for name, n, _ in told} == counts.to_dict()
        first = told[0][0]
        labels.first.click()
        assert len(marks(page)) == N - counts[first]
        assert told[0][2] not in {color for _, _, color in marks(page)}
        assert "unshown=0" in page.url
        sent = page.url
        page.focus("#rg-places input >> nth=1")
        page.keyboard.press("Space")
        assert len(marks(page)) == N - counts[first] - counts[told[1][0]]
        page.click("#rg-reset")
        assert len(marks(page)) == N
        page.evaluate("url => { location.href = url; }", sent)
        page.wait_for_function(
            "n => document.querySelectorAll('.rg-place').length === n", arg=int(N - counts[first])
        )
        assert not page.is_checked("#rg-places input >> nth=0")


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_pinned_area_names_its_places(browser, files, frame, districts, lang):
    points = shapely.points(frame["Rechtswert"], frame["Hochwert"])
    inside = {area: np.flatnonzero(shapely.intersects(one, points)) for area, one in districts.geometry.items()}
    area = max(inside, key=lambda one: len(inside[one]))
    empty = next(one for one in inside if not len(inside[one]))
    with open_page(browser, files / f"{lang}.html", view={"area": area}) as page:
        said = page.inner_text("#rg-panel").replace("\xa0", " ")
        assert say("explore.places_here", lang) in said
        for name in frame["Name"].iloc[inside[area]]:
            assert name in said
        others = set(frame["Name"]) - set(frame["Name"].iloc[inside[area]])
        assert not any(re.search(rf"\b{name}\b", said) for name in others)
        page.evaluate("area => { location.hash = 'area=' + area; }", empty)
        page.wait_for_function(
            "text => document.getElementById('rg-panel').innerText.includes(text)",
            arg=say("explore.no_places", lang),
        )


@pytest.mark.slow
def test_a_mark_says_its_name_and_hides_no_number(browser, files, frame):
    with open_page(browser, files / "de.html") as page:
        x, y, _ = marks(page)[0]
        page.mouse.move(x, y)
        page.wait_for_selector(".rg-tooltip")
        said = page.inner_text(".rg-tooltip").split("\n")
        assert said[0] in set(frame["Name"])
        assert said[1] in set(frame["Art"])
        numbers = page.eval_on_selector_all(
            ".rg-number:not(.rg-no-room) span",
            "all => all.map(one => { const box = one.getBoundingClientRect();"
            " return [box.x + box.width / 2, box.y + box.height / 2]; })",
        )
        near = [(a, b) for a, b in numbers for x, y, _ in marks(page) if abs(a - x) < 8 and abs(b - y) < 8]
        assert near == []


@pytest.mark.slow
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_serious_and_a_phone_has_room(browser, files, viewport):
    with open_page(browser, files / "en.html", viewport=viewport, view={"area": "16", "unshown": "1"}) as page:
        assert axe_findings(page) == []
        assert page.evaluate("() => document.documentElement.scrollWidth") <= viewport["width"]
        if viewport is PHONE:
            heights = page.eval_on_selector_all("#rg-places label", "all => all.map(one => one.offsetHeight)")
            assert min(heights) >= 40


@pytest.mark.slow
def test_the_saved_picture_shows_the_kinds_that_are_shown(browser, files, frame):
    with open_page(browser, files / "de.html", view={"unshown": "0"}) as page:
        colors = sorted(color for _, _, color in marks(page))
        names = page.eval_on_selector_all("#rg-places .rg-name", "all => all.map(one => one.textContent)")
        saved, _ = take(page, "svg")
    root = ET.fromstring(saved)
    painted = [path.get("fill") for path in root.iter(f"{SVG}path") if path.get("stroke-width") == "1.2px"]
    assert sorted(painted)[: len(colors)]
    for color in set(colors):
        # each mark, and its row in the legend
        assert painted.count(color) == colors.count(color) + 1
    texts = {"".join(text.itertext()) for text in root.iter(f"{SVG}text")}
    assert set(names[1:]) <= texts
    assert names[0] not in texts
