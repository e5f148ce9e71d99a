"""The interactive map for keyboard, screen reader, high contrast, calm motion and paper."""

from __future__ import annotations

import io
from importlib.resources import files as package_files

import pypdf
import pytest
from invented import invented_warnings
from map_page import DESK, PHONE, open_page

import regsam_geo as rg

pytestmark = pytest.mark.slow

AXE = package_files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
VIEW = {"indicator": "Nichtdeutsche"}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("map")
    paths = {}
    for lang in ("de", "en"):
        paths[lang] = folder / f"{lang}.html"
        rg.explore_map(rg.load_study(lang=lang), warnings=invented_warnings()).save(str(paths[lang]))
    return paths


def axe_findings(page):
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    result = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    return [
        (found["impact"], found["id"], [node["target"] for node in found["nodes"]][:3])
        for found in result["violations"]
        if found["impact"] in ("serious", "critical")
    ]


STATES = {
    "start": {},
    "another indicator": {"indicator": "Bevölkerungsdichte"},
    "classes of one period": {**VIEW, "classes": "own", "period": "2010"},
    "warnings off": {**VIEW, "warnings": "0"},
    "pinned with warnings": {**VIEW, "area": "17"},
    "pinned without a warning": {**VIEW, "area": "05"},
    "region": {**VIEW, "level": "region", "area": "17/18"},
    "table": {**VIEW, "area": "17", "table": "1"},
}


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_axe_finds_nothing_serious_in_any_state(browser, files, lang, viewport):
    with open_page(browser, files[lang], viewport=viewport) as page:
        page.locator("#rg-more").evaluate("box => { box.open = true; }")
        assert page.get_attribute("html", "lang") == lang
        for name, view in STATES.items():
            page.evaluate("parts => { location.hash = new URLSearchParams(parts).toString(); }", view)
            page.wait_for_function(
                "wanted => (document.querySelector('[aria-pressed=true].rg-area')?.dataset.area || '') === wanted",
                arg=view.get("area", ""),
            )
            assert axe_findings(page) == [], name
        page.fill("#rg-search", "Nirgendwo")
        assert axe_findings(page) == [], "search without a result"
        page.emulate_media(contrast="more")
        assert axe_findings(page) == [], "high contrast"


def test_axe_finds_nothing_serious_in_a_tooltip(browser, files):
    with open_page(browser, files["de"], view=VIEW) as page:
        page.hover("path[data-area='24']")
        page.wait_for_selector(".rg-tooltip")
        assert axe_findings(page) == []


def test_forced_colors_keep_the_classes(browser, files):
    with open_page(browser, files["de"], view=VIEW, forced_colors="active", color_scheme="dark") as page:
        # axe reads the page's colors, not those that the system puts in their place
        assert [found for found in axe_findings(page) if found[1] != "color-contrast"] == []
        colors = page.eval_on_selector_all("path.rg-area", "paths => paths.map(p => getComputedStyle(p).fill)")
        assert len(set(colors)) == 4
        ink = page.eval_on_selector("#rg-title", "title => getComputedStyle(title).color")
        assert ink == "rgb(255, 255, 255)"


def test_a_walk_with_the_keyboard_alone(browser, files):
    """Tab reaches every control in reading order; each one works without a mouse."""
    with open_page(browser, files["de"], view=VIEW) as page:

        def focused():
            return page.evaluate(
                "() => document.activeElement.id || document.activeElement.dataset.area || "
                "document.activeElement.name || document.activeElement.className"
            )

        stops = []
        for _ in range(18):
            page.keyboard.press("Tab")
            stops.append(focused())
        wanted = [
            "rg-skip",
            "rg-show-table",
            "rg-take",
            "rg-reset",
            "rg-indicator",
            "rg-view",
            "rg-search",
            "rg-level",
            "rg-classes",
            "rg-warnings",
            "01",
            "leaflet-control-zoom-in",
            "leaflet-control-zoom-out",
            "rg-play",
            "rg-period",
            "rg-side",
        ]
        assert [stop for stop in stops if stop][: len(wanted)] == wanted

        page.focus("#rg-indicator")
        page.keyboard.press("ArrowDown")
        assert page.locator("#rg-title").inner_text() != "Nichtdeutsche"
        page.keyboard.press("ArrowUp")
        assert page.locator("#rg-title").inner_text() == "Nichtdeutsche"
        page.focus("input[name=rg-level]:checked")
        page.keyboard.press("ArrowRight")
        assert page.locator("path.rg-area").count() == 16
        page.keyboard.press("ArrowLeft")
        assert page.locator("path.rg-area").count() == 25
        page.focus("input[name=rg-classes]:checked")
        page.keyboard.press("ArrowRight")
        assert "classes=own" in page.url
        page.focus("#rg-warnings")
        page.keyboard.press("Space")
        assert page.locator(".rg-pin-mark").count() == 0
        page.focus("#rg-period")
        page.keyboard.press("ArrowLeft")
        assert page.locator("#rg-period-text").inner_text() == "2023"
        page.focus("#rg-play")
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.getElementById('rg-period-text').textContent === '2024'")
        page.focus("#rg-search")
        page.keyboard.type("allach")
        page.keyboard.press("Enter")
        assert page.locator("#rg-panel h2").inner_text() == "23 Allach-Untermenzing"
        page.keyboard.press("Escape")
        assert page.locator("#rg-panel h2").count() == 0
        page.focus("#rg-show-table")
        page.keyboard.press("Space")
        assert page.locator("#rg-table tbody tr").count() == 25
        page.focus("#rg-reset")
        page.keyboard.press("Enter")
        assert page.locator("#rg-table").is_hidden()


def test_arrow_keys_go_from_area_to_area(browser, files):
    with open_page(browser, files["de"], view=VIEW) as page:
        page.focus("path[data-area='01']")
        for key, found in (("ArrowRight", "05"), ("Home", "01"), ("End", "25"), ("ArrowLeft", "21")):
            page.keyboard.press(key)
            assert page.evaluate("() => document.activeElement.dataset.area") == found
        assert "21 Pasing-Obermenzing" in page.locator(".rg-tooltip").inner_text()
        page.keyboard.press("Enter")
        assert page.locator("#rg-panel h2").inner_text() == "21 Pasing-Obermenzing"
        assert page.get_attribute("path[data-area='21']", "aria-pressed") == "true"
        # every area can be reached with the arrows from the first
        seen, queue = {"01"}, ["01"]
        while queue:
            here = queue.pop()
            for key in ("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"):
                page.focus(f"path[data-area='{here}']")
                page.keyboard.press(key)
                there = page.evaluate("() => document.activeElement.dataset.area")
                if there not in seen:
                    seen.add(there)
                    queue.append(there)
        assert len(seen) == 25


def test_a_screen_reader_hears_area_value_class_and_change(browser, files):
    with open_page(browser, files["de"], view=VIEW) as page:
        label = page.get_attribute("path[data-area='17']", "aria-label").replace("\xa0", " ")
        assert label == "17 Obergiesing-Fasangarten: 32,8 %, Klasse 5 von 5, mit Hinweis"
        page.select_option("#rg-indicator", "Hochbetagte")
        assert page.locator("#rg-status").inner_text().startswith("Hochbetagte, 2024, Stadtbezirke")
        assert page.get_attribute("#rg-period", "aria-valuetext") == "2024"


def test_reduced_motion_moves_nothing(browser, files):
    with open_page(browser, files["de"], reduced_motion="reduce") as page:
        page.click(".leaflet-control-zoom-in")
        assert page.locator(".leaflet-zoom-anim").count() == 0
        assert page.evaluate("() => document.getAnimations().length") == 0


@pytest.mark.parametrize("lang", ["de", "en"])
def test_it_prints_on_one_page_of_a4(browser, files, lang):
    with open_page(browser, files[lang], view={**VIEW, "area": "17"}) as page:
        paper = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
        assert len(paper.pages) == 1
        box = paper.pages[0].mediabox
        assert [round(float(side) / 72 * 25.4) for side in (box.width, box.height)] == [297, 210]
        words = paper.pages[0].extract_text()
        assert "Nichtdeutsche" in words or "Foreign nationals" in words
        assert "dl-de/by-2-0" in words
        assert "Zurücksetzen" not in words
        assert "Reset" not in words
