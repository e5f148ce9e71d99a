"""Counts in the interactive map: circles true to the number, measured in a real browser with the network off."""

from __future__ import annotations

import json
import math
import re
import xml.etree.ElementTree as ET

import numpy as np
import pandas as pd
import pytest
import shapely
from map_page import DESK, PHONE, open_page
from test_interactive_access import axe_findings
from test_interactive_take import as_hex, say, take

import regsam_geo as rg
from regsam_geo.maps.symbols import key_numbers
from regsam_geo.text import format_number

SVG = "{http://www.w3.org/2000/svg}"
YEARS = ("2021", "2022", "2023", "2024")
# radius and middle of every circle as the browser draws it, in the order of drawing
CIRCLES = """() => {
  const frame = document.querySelector('.folium-map').getBoundingClientRect();
  return [...document.querySelectorAll('[data-symbol]')].sort((a, b) => a.style.zIndex - b.style.zIndex).map((mark) => {
    const box = mark.querySelector('.rg-symbol-disc').getBoundingClientRect();
    const rim = mark.querySelector('.rg-symbol-rim').getBoundingClientRect().width / 2;
    return [mark.dataset.symbol, box.width / 2, box.left + box.width / 2 - frame.left, box.top + box.height / 2 - frame.top, rim];
  });
}"""  # noqa: E501
KEY = """() => [
  [...document.querySelectorAll('.rg-symbol-key .rg-symbol-disc')].map(c => c.getBoundingClientRect().width / 2),
  [...document.querySelectorAll('.rg-symbol-key text')].map(t => t.textContent)]"""


def counted():
    """Invented numbers of people advised, from 6 to thousands: one of 0, one missing, and some to be hidden."""
    rng = np.random.default_rng(8)
    ids = [f"{number:02}" for number in range(1, 26)]
    rows = [
        {
            "period": year,
            "level": "district",
            "area_id": area,
            "value": float(np.round(rng.lognormal(5.2, 1.1) + 6)),
        }
        for year in YEARS
        for area in ids
    ]
    frame = pd.DataFrame(rows).assign(indicator="Beratene", group="insgesamt")
    frame.loc[frame["area_id"] == "22", "value"] = 0.0
    frame.loc[(frame["area_id"] == "13") & (frame["period"] == "2024"), "value"] = np.nan
    frame.loc[(frame["area_id"].isin(["05", "09"])) & (frame["period"] == "2023"), "value"] = 2.0
    return rg.Panel.from_frame(frame).with_catalogue({"Beratene": {"summable": True, "counts_persons": True}})


@pytest.fixture(scope="module")
def panel():
    return counted()


@pytest.fixture(scope="module")
def files(tmp_path_factory, panel):
    folder = tmp_path_factory.mktemp("symbols")
    for lang in ("de", "en"):
        study = rg.Study(panel, lang=lang, threshold=5)
        rg.explore_map(study).save(str(folder / f"{lang}.html"))
    return {lang: folder / f"{lang}.html" for lang in ("de", "en")}


def numbers(panel, period, level="district"):
    study = rg.Study(panel, threshold=5)
    data = study.panel_of(level).sel("Beratene", period=period, level=level).data
    return data.set_index("area_id")["value"]


def shown(page):
    return {area: (r, x, y) for area, r, x, y, _ in page.evaluate(CIRCLES)}


def test_the_file_holds_no_classes_of_counts(panel):
    html = rg.explore_map(rg.Study(panel, lang="de", threshold=5)).get_root().render()
    (series,) = json.loads(re.search(r'id="rg-data">(.*?)</script>', html, re.S).group(1))["series"]
    assert series["counts"] is True
    assert not {"pooled", "own"} & set(series["levels"]["district"])


def test_less_than_nothing_is_no_circle(panel):
    rows = panel.data.copy()
    rows.loc[rows["area_id"] == "01", "value"] = -40.0
    html = rg.explore_map(rg.Study(rg.Panel(rows, panel.catalogue), lang="de")).get_root().render()
    (series,) = json.loads(re.search(r'id="rg-data">(.*?)</script>', html, re.S).group(1))["series"]
    assert "counts" not in series


@pytest.mark.slow
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_area_of_each_circle_is_its_number(browser, files, panel, lang, viewport):
    scales = set()
    for period in YEARS:
        now = numbers(panel, period)
        with open_page(browser, files[lang], view={"period": period}, viewport=viewport) as page:
            circles = shown(page)
            radii, texts = page.evaluate(KEY)
        assert set(circles) == set(now.index[now > 0])
        # so many people on a square point: the same for all circles, the legend, and all periods
        per_point = [now[area] / (math.pi * r**2) for area, (r, _, _) in circles.items()]
        largest = max(numbers(panel, year).max() for year in YEARS)
        wanted = key_numbers(largest)
        assert [text.replace("\xa0", " ") for text in texts] == [format_number(n, 0, lang=lang) for n in wanted]
        per_point += [n / (math.pi * r**2) for n, r in zip(wanted, radii, strict=True)]
        assert max(per_point) / min(per_point) < 1.01
        scales.add(round(float(np.median(per_point)), 4))
    assert len(scales) == 1


@pytest.mark.slow
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_small_ones_lie_on_top_and_none_is_hidden(browser, files, panel, viewport):
    for level in ("district", "region"):
        with open_page(browser, files["de"], view={"level": level}, viewport=viewport) as page:
            drawn = page.evaluate(CIRCLES)
            frame = page.locator(".folium-map").bounding_box()
        now = numbers(panel, "2024", level)
        assert [now[area] for area, *_ in drawn] == sorted((now[area] for area, *_ in drawn), reverse=True)
        shapes = [shapely.Point(x, y).buffer(r, 64) for _, r, x, y, _ in drawn]
        rims = [shapely.Point(x, y).buffer(rim, 64) for *_, x, y, rim in drawn]
        for i, shape in enumerate(shapes):
            seen = shape.difference(shapely.union_all(rims[i + 1 :])).area / shape.area
            assert seen >= 0.54, drawn[i]
        box = shapely.box(0, 0, frame["width"], frame["height"])
        assert all(box.contains(shape) for shape in shapes)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["de", "en"])
def test_no_area_has_a_color_of_its_number_and_what_has_no_circle_is_told(browser, files, panel, lang):
    with open_page(browser, files[lang], view={"period": "2023"}) as page:
        fills = dict(
            page.eval_on_selector_all(
                "path.rg-area", "paths => paths.map(p => [p.dataset.area, getComputedStyle(p).fill])"
            )
        )
        rows = [text.split("\t") for text in page.locator(".rg-legend tbody tr").all_inner_texts()]
        legend = {row[-2].strip(): int(row[-1]) for row in rows}
        circles = shown(page)
    now = numbers(panel, "2023")
    hidden = set(now.index[now.isna()])
    assert {"05", "09"} <= hidden
    assert not hidden & set(circles)
    assert len({fills[area] for area in now.index if area not in hidden}) == 1
    assert all(fills[area].startswith("url(") for area in hidden)
    assert legend == {say("explore.symbols_none", lang): 1, say("sign.suppressed", lang): len(hidden)}


@pytest.mark.slow
def test_circles_do_what_their_area_does(browser, files):
    with open_page(browser, files["de"]) as page:
        page.hover("[data-symbol='16'] .rg-symbol-disc")
        assert "16 Ramersdorf-Perlach" in page.inner_text(".rg-tooltip")
        page.click("[data-symbol='16'] .rg-symbol-disc")
        assert page.get_attribute("path.rg-area[data-area='16']", "aria-pressed") == "true"
        page.click("[data-symbol='16'] .rg-symbol-disc")
        assert page.locator("path.rg-area[aria-pressed=true]").count() == 0


@pytest.mark.slow
def test_periods_levels_scale_and_zoom_are_followed(browser, files, panel):
    with open_page(browser, files["de"]) as page:
        assert page.inner_text("#rg-classes-name") == "Maßstab"
        page.locator("input[name=rg-classes][value=own]").check(force=True)
        texts = page.evaluate(KEY)[1]
        wanted = key_numbers(numbers(panel, "2024").max())
        assert texts == [format_number(n, 0, lang="de") for n in wanted]
        page.locator("input[name=rg-level][value=region]").check(force=True)
        now = numbers(panel, "2024", "region")
        assert set(shown(page)) == set(now.index[now > 0])
        for _ in range(2):
            page.click(".leaflet-control-zoom-in")
            page.wait_for_function("() => !document.querySelector('.leaflet-zoom-anim')")
            page.wait_for_timeout(100)
            radii, texts = page.evaluate(KEY)
            area, (r, _, _) = next(iter(shown(page).items()))
            shares = [n / k**2 for n, k in zip(key_numbers(now.max()), radii, strict=True)]
            assert shares == pytest.approx([now[area] / r**2] * len(shares), rel=0.01)


@pytest.mark.slow
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_axe_finds_nothing_serious_and_nothing_runs_off_a_phone(browser, files, lang, viewport):
    for view in ({}, {"period": "2023", "area": "05", "table": "1"}, {"view": "ranking"}):
        with open_page(browser, files[lang], view=view, viewport=viewport) as page:
            assert axe_findings(page) == []
            assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.slow
@pytest.mark.parametrize("view", [{}, {"view": "ranking"}], ids=["map", "ranking"])
def test_the_saved_picture_has_the_circles_and_their_legend(browser, files, view):
    with open_page(browser, files["de"], view=view) as page:
        saved, _ = take(page, "svg")
        circles = shown(page)
        radii, texts = page.evaluate(KEY)
        table, _ = take(page, "csv")
        color = as_hex(page.eval_on_selector(".rg-symbol-disc", "disc => getComputedStyle(disc).fill"))
    root = ET.fromstring(saved)
    found = sorted(float(c.get("r")) for c in root.iter(f"{SVG}circle") if c.get("fill") == color)
    assert found == pytest.approx(sorted([*(r for r, _, _ in circles.values()), *radii]), abs=0.6)
    whole = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    assert set(texts) <= set(whole)
    assert say("explore.range", "de") not in table.decode("utf-8-sig").splitlines()[0].split(";")
