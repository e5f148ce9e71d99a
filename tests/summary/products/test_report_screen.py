"""The page of a report in a browser without a network, on a desk and on a phone."""

from __future__ import annotations

import sys
from importlib.resources import files as package_files
from pathlib import Path

import pytest

import regsam_geo as rg
from regsam_geo.summary.facts.profile_facts import gather_profile_facts
from regsam_geo.summary.words.overview import overview_page
from regsam_geo.summary.writers.html import render_html

sys.path.insert(0, str(Path(__file__).parents[2] / "maps"))
from map_page import DESK, PHONE, Quiet, open_browser

pytestmark = pytest.mark.slow
AXE = package_files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
QUESTIONS = (
    "Am stärksten belastet",
    "ungünstiger als anderswo",
    "Neue Hinweise",
    "Beendet",
    "Weiter offen",
    "hinsehen",
)


@pytest.fixture(scope="module")
def browser():
    with open_browser() as one:
        yield one


@pytest.fixture(scope="module", params=["de", "en"])
def report(request, tmp_path_factory):
    # all indicators: the first page is as full as it gets
    folder = tmp_path_factory.mktemp("screen")
    return request.param, rg.write_report(rg.load_study(lang=request.param), folder, period=2024)


def opened(browser, path, viewport):
    context = browser.new_context(viewport=viewport, offline=True)
    page = context.new_page()
    quiet = Quiet(page, path.parent.as_uri())
    page.goto(path.as_uri())
    page.wait_for_timeout(300)
    return page, quiet


def test_five_questions_are_answered_on_one_screen(browser, report):
    lang, written = report
    page, quiet = opened(browser, written.index, DESK)
    box = page.locator("#lage").bounding_box()
    assert box["y"] + box["height"] <= DESK["height"]
    if lang == "de":
        seen = page.locator("#lage").inner_text()
        for question in QUESTIONS:
            assert question in seen
    # every line lies on the screen, and none is cut off
    for line in page.locator("#lage li, #lage h3").all():
        place = line.bounding_box()
        assert place["y"] >= 0
        assert place["y"] + place["height"] <= DESK["height"]
        assert line.evaluate("one => one.scrollWidth <= one.clientWidth + 1")
    assert quiet.noise == []


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_page_is_accessible_and_never_wider_than_the_screen(browser, report, viewport):
    _, written = report
    page, quiet = opened(browser, written.index, viewport)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    page.evaluate(AXE)
    result = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    serious = [one for one in result["violations"] if one["impact"] in ("serious", "critical")]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in serious] == []
    # the whole map with its legend, and nothing to be moved aside
    for part in ("#lage .map svg", "#lage .legend"):
        place = page.locator(part).bounding_box()
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= viewport["width"]
        assert place["width"] >= 200
    # text that is read: at least 13 px
    sizes = page.locator("#lage li").evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 13
    assert quiet.noise == []


def test_a_phone_shows_the_newest_years_of_the_history_with_the_names(browser, report):
    _, written = report
    page, _ = opened(browser, written.index, PHONE)
    for part in (".history thead th:last-child", ".history tbody tr:first-child th"):
        place = page.locator(part).bounding_box()
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= PHONE["width"]
    assert page.locator(".history thead th").last.inner_text() == "2024"
    # the table of themes needs no scrolling: one theme below the other, each figure with its name
    assert page.locator(".themes").evaluate("one => one.scrollWidth <= one.parentElement.clientWidth")
    head = page.locator(".themes td").first.evaluate("one => getComputedStyle(one, '::before').content")
    assert head in ('"Stadtbezirke: "', '"Districts: "')


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_overview_of_the_city_is_never_wider_than_the_screen(browser, viewport, tmp_path):
    facts = gather_profile_facts(rg.load_study(lang="de"), 2024)
    path = tmp_path / "ueberblick.html"
    path.write_text(render_html("overview.html", overview_page(facts)), encoding="utf-8")
    page, quiet = opened(browser, path, viewport)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    if viewport is DESK:
        # all sixteen regions side by side
        widths = page.locator(".scroll").evaluate_all("all => all.map(one => one.scrollWidth - one.clientWidth)")
        assert len(widths) == 2
        assert max(widths) <= 0
    assert quiet.noise == []
