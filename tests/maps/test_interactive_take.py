"""What a reader takes away from the interactive map, saved by a real browser with the network off.

The CSV is compared with the panel, the pictures with what the screen shows, the address by opening it.
"""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from invented import invented_warnings, panel_with_gaps_and_groups
from map_page import DESK, PHONE, open_page
from PIL import Image
from test_interactive_access import axe_findings

import regsam_geo as rg
from regsam_geo.text.catalogue import PHRASES

pytestmark = pytest.mark.slow

SVG = "{http://www.w3.org/2000/svg}"
VIEW = {"indicator": "Nichtdeutsche", "area": "17"}
CHOICES = ("csv", "png", "svg", "link")
FILLS = "paths => Object.fromEntries(paths.map(p => [p.dataset.area, getComputedStyle(p).fill]))"
TEXTS = "all => all.map(one => one.textContent)"
BOXES = """paths => {
  const frame = document.querySelector('.folium-map').getBoundingClientRect();
  return Object.fromEntries(paths.map(p => { const box = p.getBoundingClientRect();
    return [p.dataset.area, [box.left - frame.left, box.top - frame.top, box.right - frame.left, box.bottom - frame.top]]; }));
}"""  # noqa: E501


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("map")
    paths = {}
    for lang in ("de", "en"):
        paths[lang] = folder / f"{lang}.html"
        panel = rg.load_sample().sel(["Nichtdeutsche", "Arbeitslose - Anteil"], period=[2019, 2023, 2024])
        rg.Study(panel, lang=lang).explore_map(warnings=invented_warnings()).save(str(paths[lang]))
    return paths


@pytest.fixture(scope="module")
def with_gaps(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gaps")
    for lang in ("de", "en"):
        rg.Study(panel_with_gaps_and_groups(), lang=lang).explore_map().save(str(folder / f"{lang}.html"))
    return folder


def take(page, what):
    """Save by the button as a reader does; gives the bytes and the name of the file."""
    if page.get_attribute("#rg-take", "aria-expanded") == "false":
        page.click("#rg-take")
    with page.expect_download() as waiting:
        page.click(f"#rg-take-{what}")
    name = waiting.value.suggested_filename
    assert name in page.inner_text("#rg-take-said")
    return waiting.value.path().read_bytes(), name


def table_of(saved, lang):
    assert saved.startswith(b"\xef\xbb\xbf")  # else Excel takes it for an old encoding
    lines = saved.decode("utf-8-sig")
    assert lines.endswith("\r\n")
    return list(csv.reader(io.StringIO(lines, newline=""), delimiter=";" if lang == "de" else ","))


def number(text, lang):
    assert not set(text) & ({"."} if lang == "de" else {","})
    return float(text.replace(",", "."))


def say(code, lang):
    return getattr(PHRASES[code], lang)


def as_hex(color):
    return "#" + "".join(f"{int(part):02x}" for part in color[4:-1].split(","))


# --------------------------------------------------------------------------------------------------- the table


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_csv_is_the_panel_of_what_is_shown(browser, with_gaps, lang):
    panel = panel_with_gaps_and_groups()
    view = {"indicator": "Saldo", "period": "2024-Q1", "group": "Frauen"}
    with open_page(browser, with_gaps / f"{lang}.html", view=view) as page:
        saved, name = take(page, "csv")
    head, *rows = table_of(saved, lang)
    assert name.endswith(".csv")
    assert len(rows) == 25
    assert {len(row) for row in rows} == {len(head)}
    now = panel.sel("Saldo", group="Frauen", period="2024-Q1", level="district").data.set_index("area_id")
    place = {text: at for at, text in enumerate(head)}
    value, city, difference = (
        next(at for text, at in place.items() if text.startswith(say(f"explore.{code}", lang)))
        for code in ("value", "city", "difference")
    )
    rank, band, remark = (place[say(f"explore.{code}", lang)] for code in ("rank", "range", "remark"))
    for row in rows:
        known = now.loc[row[place[say("explore.area", lang)]][:2]]
        assert row[place[say("explore.group", lang)]] == {"de": "Frauen", "en": "women"}[lang]
        if np.isnan(known["value"]):
            assert (row[value], row[difference], row[rank], row[band]) == ("", "", "", "")
            assert row[remark] == say(f"sign.{known['sign']}", lang)
            continue
        assert number(row[value], lang) == known["value"]
        assert number(row[city], lang) == 0.05
        assert number(row[difference], lang) == pytest.approx(known["value"] - 0.05, abs=1e-9)
        assert int(row[rank]) == 1 + (now["value"] > known["value"]).sum()
        assert row[remark] == ""


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_csv_keeps_the_order_and_the_warnings_of_the_table(browser, files, lang):
    with open_page(browser, files[lang], view={"indicator": "Nichtdeutsche", "table": "1"}) as page:
        page.click("[data-sort=value]")
        shown = [
            [cell.replace("\xa0", " ") for cell in row]
            for row in page.eval_on_selector_all(
                "#rg-table tbody tr", "rows => rows.map(row => [...row.children].map(cell => cell.textContent))"
            )
        ]
        head, *rows = table_of(take(page, "csv")[0], lang)
        at = [head.index(say(f"explore.{code}", lang)) for code in ("area", "rank", "range", "warnings")]
        found = [[row[place].replace("\xa0", " ") or "–" for place in at] for row in rows]
        assert found == [[row[0], *row[3:]] for row in shown]
        assert sum(row[-1] != "–" for row in found) == 3
        page.keyboard.press("Escape")
        page.uncheck("#rg-warnings")
        assert say("explore.warnings", lang) not in table_of(take(page, "csv")[0], lang)[0]


def test_no_cell_of_the_csv_can_run_as_a_formula_or_become_a_date(browser, tmp_path):
    names = ['=HYPERLINK("x";"y")', "@SUM(A1)", "+1", "-2+3", "\tx", 'a";"b\nc', "1/2"]
    ids = [f"={at}" for at in range(len(names) - 1)] + ["4/12"]
    areas = gpd.GeoDataFrame(
        {"name": [*names[:-1], "4/12"]},
        geometry=[shapely.box(x, 5_330_000, x + 900, 5_331_000) for x in range(690_000, 697_000, 1_000)],
        index=pd.Index(ids, name="area_id"),
        crs="EPSG:25832",
    )
    data = pd.DataFrame(
        {"indicator": "=1+1", "group": "@x", "period": "2024", "level": "own", "area_id": ids, "value": -1.5}
    )
    panel = rg.Panel.from_frame(data).with_catalogue({"=1+1": {"title_de": "=cmd|'/c x'!A1", "unit": "=%"}})
    rg.Study(panel, areas=areas, lang="de").explore_map().save(str(tmp_path / "map.html"))
    with open_page(browser, tmp_path / "map.html") as page:
        head, *rows = table_of(take(page, "csv")[0], "de")
    assert len(rows) == len(names)
    for row in [head, *rows]:
        for cell in row:
            try:
                number(cell, "de")
            except ValueError:
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
                assert not cell.replace("/", "").replace(".", "").isdigit()
    value = next(at for at, cell in enumerate(head) if cell.startswith("Wert"))
    assert {row[value] for row in rows} == {"-1,5"}


# ------------------------------------------------------------------------------------------------- the pictures


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_svg_shows_what_the_screen_shows(browser, files, lang):
    for view, viewport in ((VIEW, DESK), ({**VIEW, "place": "11.6,48.11,11.6"}, DESK), (VIEW, PHONE)):
        with open_page(browser, files[lang], view=view, viewport=viewport) as page:
            saved, name = take(page, "svg")
            fills = page.eval_on_selector_all("path.rg-area", FILLS)
            boxes = page.eval_on_selector_all("path.rg-area", BOXES)
            labels = page.eval_on_selector_all(".rg-number:not(.rg-no-room) span", TEXTS)
            screen = {part: page.inner_text(f"#rg-{part}") for part in ("title", "subtitle", "source")}
            legend = page.eval_on_selector_all(
                ".rg-legend th, .rg-legend td:last-child, #rg-legend .rg-note", TEXTS
            )
            sentences = page.eval_on_selector_all("#rg-warning-list .rg-name", TEXTS)
            # the browser itself says where the areas of the saved file lie
            page.context.set_offline(False)
            file = files[lang].parent / f"{lang}-{viewport['width']}.svg"
            file.write_bytes(saved)
            other = page.context.new_page()
            other.goto(file.as_uri())
            drawn = other.evaluate("""() => {
              const frame = document.querySelector('svg > svg').getScreenCTM();
              return Object.fromEntries([...document.querySelectorAll('path[data-area]')].map(p => {
                const box = p.getBoundingClientRect();
                return [p.dataset.area, [box.left - frame.e, box.top - frame.f, box.right - frame.e, box.bottom - frame.f]];
              }));
            }""")  # noqa: E501
            other.close()
        assert name.endswith(".svg")
        root = ET.fromstring(saved)
        texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
        paths = {path.get("data-area"): path for path in root.iter(f"{SVG}path") if path.get("data-area")}
        assert {area: path.get("fill") for area, path in paths.items()} == {
            area: as_hex(color) for area, color in fills.items()
        }
        assert set(drawn) == set(boxes)
        for area, box in boxes.items():
            assert drawn[area] == pytest.approx(box, abs=1.0), area
        whole = " ".join(texts).replace("\xa0", " ")
        for part in ("title", "subtitle", "source"):
            assert screen[part].replace("\xa0", " ") in whole
        for cell in legend:
            assert cell.replace("\xa0", " ") in whole
        assert sentences
        for sentence in sentences:
            assert sentence in whole
        assert set(labels) <= set(texts)
        assert root.find(f"{SVG}title").text


@pytest.mark.parametrize("state", ["whole", "near", "missing"])
def test_the_png_is_the_map_on_the_screen(browser, files, with_gaps, state):
    file, view = {
        "whole": (files["de"], VIEW),
        "near": (files["en"], {**VIEW, "place": "11.6,48.11,11.6"}),
        "missing": (with_gaps / "de.html", {"area": "04"}),
    }[state]
    with open_page(browser, file, view=view, device_scale_factor=2) as page:
        saved, _ = take(page, "png")
        drawing, _ = take(page, "svg")
        page.click("#rg-take")
        for part in (".leaflet-control-container", ".rg-tooltip"):
            page.eval_on_selector_all(part, "all => all.forEach(one => { one.style.visibility = 'hidden'; })")
        screen = Image.open(io.BytesIO(page.locator(".folium-map").screenshot())).convert("RGB")
    picture = Image.open(io.BytesIO(saved)).convert("RGB")
    # the map stands at the left edge below the title; the drawing says where, to parts of a dot
    wide, high = screen.size
    near = round(2 * float(ET.fromstring(drawing).find(f"{SVG}svg").get("y")))
    seen = np.asarray(screen, dtype=int)
    pixels = np.asarray(picture, dtype=int)
    differing = [
        (np.abs(pixels[top : top + high, :wide] - seen).max(axis=2) > 48).mean()
        for top in range(near - 5, near + 3)
    ]
    assert min(differing) < 0.003
    assert picture.size[0] > wide


# ------------------------------------------------------------------------------------------------- the address


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_address_that_is_copied_opens_the_same_view(browser, files, lang):
    with open_page(browser, files[lang], permissions=["clipboard-read", "clipboard-write"]) as page:
        page.select_option("#rg-indicator", "Nichtdeutsche")
        page.locator("input[name=rg-level][value=region]").check(force=True)
        page.click("#rg-take")
        page.click("#rg-take-link")
        page.wait_for_function("() => document.getElementById('rg-take-said').textContent !== ''")
        copied = page.evaluate("() => navigator.clipboard.readText()")
        assert page.inner_text("#rg-take-said") == say("explore.copied_file", lang)
        assert page.locator("#rg-take-address").is_hidden()
        shown = page.eval_on_selector_all("path.rg-area", FILLS)
    assert copied.split("#")[0] == files[lang].as_uri()
    with open_page(browser, files[lang]) as page:
        page.evaluate("part => { location.hash = part; }", copied.split("#")[1])
        page.wait_for_function("() => document.querySelectorAll('path.rg-area').length === 16")
        assert page.eval_on_selector_all("path.rg-area", FILLS) == shown


def test_where_copying_is_not_allowed_the_address_stands_there_selected(browser, files):
    with open_page(browser, files["de"], view=VIEW) as page:
        page.evaluate("""() => {
          Object.defineProperty(navigator, 'clipboard', { value: undefined });
          document.execCommand = () => false;
        }""")
        page.click("#rg-take")
        page.click("#rg-take-link")
        page.wait_for_selector("#rg-take-address:focus")
        assert page.input_value("#rg-take-address").startswith(files["de"].as_uri() + "#indicator=Nichtdeutsche")
        selected = "() => { const e = document.activeElement; return e.selectionEnd - e.selectionStart; }"
        assert page.evaluate(selected) == len(page.input_value("#rg-take-address"))
        assert "Strg+C" in page.inner_text("#rg-take-said")
        assert axe_findings(page) == []


# ---------------------------------------------------------------------------------------- keyboard, phone, access


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_keyboard_opens_saves_and_closes(browser, files, lang):
    with open_page(browser, files[lang], view=VIEW) as page:
        page.focus("#rg-take")
        page.keyboard.press("Enter")
        for what in CHOICES:
            page.keyboard.press("Tab")
            assert page.evaluate("() => document.activeElement.id") == f"rg-take-{what}"
            if what != "link":
                with page.expect_download() as waiting:
                    page.keyboard.press("Enter")
                assert waiting.value.suggested_filename.endswith(what)
        page.keyboard.press("Escape")
        assert page.evaluate("() => document.activeElement.id") == "rg-take"
        assert page.locator("#rg-take-box").is_hidden()
        # the area that is pinned stays until Escape is pressed once more
        assert page.locator("#rg-panel h2").count() == 1
        page.keyboard.press("Escape")
        assert page.locator("#rg-panel h2").count() == 0
        page.click("#rg-take")
        page.click("#rg-title")
        assert page.locator("#rg-take-box").is_hidden()


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_choices_fit_and_axe_finds_nothing_serious(browser, files, lang, viewport):
    with open_page(browser, files[lang], viewport=viewport, view=VIEW) as page:
        page.click("#rg-take")
        page.click("#rg-take-link")
        page.wait_for_function("() => document.getElementById('rg-take-said').textContent !== ''")
        assert axe_findings(page) == []
        tops = set()
        for name in ("show-table", "take", "reset"):
            box = page.locator(f"#rg-{name}").bounding_box()
            tops.add(round(box["y"]))
            assert 0 <= box["x"] < box["x"] + box["width"] <= viewport["width"]
        assert len(tops) == 1
        for what in CHOICES:
            button = page.locator(f"#rg-take-{what}")
            box = button.bounding_box()
            assert 0 <= box["x"] < box["x"] + box["width"] <= viewport["width"]
            assert box["y"] + box["height"] <= viewport["height"]
            assert box["height"] >= (40 if viewport is PHONE else 34)
            assert button.evaluate("e => e.scrollWidth <= e.clientWidth")
        assert page.evaluate("() => document.documentElement.scrollWidth") <= viewport["width"]
