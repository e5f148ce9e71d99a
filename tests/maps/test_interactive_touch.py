"""The interactive map under a finger on a phone, and a pinned area on paper."""

from __future__ import annotations

import pandas as pd
import pytest
from map_page import DESK, PHONE, open_page
from matplotlib.text import Text

import regsam_geo as rg
from regsam_geo.audit.pdf_text import pdf_texts
from regsam_geo.text import format_number

pytestmark = pytest.mark.slow

UNEMPLOYED, MOVES = "Arbeitslose - Anteil", "Innerräumliche Umzugsziffer"
TOUCH = {"viewport": PHONE, "has_touch": True, "is_mobile": True}


def warnings():
    """As many as there are districts, each with a sentence that is longer than a line of the column."""
    districts = rg.load_boundaries("district").index
    return pd.DataFrame(
        {
            "indicator": UNEMPLOYED,
            "group": "insgesamt",
            "period": "2024",
            "level": "district",
            "area_id": districts,
            "urgency": (["priority", "check", "watch"] * 9)[: len(districts)],
            "sentence_de": [
                f"Satz zu Bezirk {area}: " + "Der Wert liegt über dem der Nachbarn. " * 6 for area in districts
            ],
            "sentence_en": [
                f"Sentence on {area}: " + "The value is above that of the neighbors. " * 6 for area in districts
            ],
        }
    )


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("touch")
    panel = rg.load_sample().sel([UNEMPLOYED, MOVES], period=range(2019, 2025))
    paths = {}
    for lang in ("de", "en"):
        paths[lang] = folder / f"{lang}.html"
        rg.explore_map(rg.Study(panel, lang=lang), warnings=warnings(), regions=False).save(str(paths[lang]))
    return paths


def tap(page, area):
    """Tap into an area, wherever it is not covered."""
    # the map may still be on its way from the tap before
    page.wait_for_timeout(600)
    point = page.evaluate(
        """area => {
          const path = document.querySelector(`path.rg-area[data-area='${area}']`);
          const box = path.getBoundingClientRect();
          for (let i = 1; i < 12; i++) for (let j = 1; j < 12; j++) {
            const [x, y] = [box.left + box.width * i / 12, box.top + box.height * j / 12];
            // well inside: a browser takes a tap near a border for one on the area beyond
            const around = [[0, 0], [9, 0], [-9, 0], [0, 9], [0, -9], [7, 7], [-7, 7], [7, -7], [-7, -7]];
            const own = ([right, down]) => document.elementFromPoint(x + right, y + down) === path;
            if (around.every(own)) return [x, y];
          }
          return null;
        }""",
        area,
    )
    assert point, area
    page.touchscreen.tap(*point)


def place(page, selector):
    box = page.locator(selector).bounding_box()
    return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_what_a_finger_taps_is_read_without_scrolling(browser, files, lang):
    with open_page(browser, files[lang], **TOUCH) as page:
        assert not page.locator("#rg-card").is_visible()
        for area in ("12", "25", "16"):
            tap(page, area)
            value = rg.load_sample().sel(UNEMPLOYED, period=2024, area=area, level="district").data["value"].item()
            assert page.locator("#rg-card .rg-value").inner_text() == format_number(value, 1, "%", lang=lang)
            left, top, right, bottom = place(page, "#rg-card .rg-value")
            assert left >= 0
            assert right <= PHONE["width"]
            assert 0 <= top < bottom <= PHONE["height"]
            # the map that was tapped stays in sight
            assert page.evaluate("scrollY") == 0
            assert place(page, "#rg-card")[1] > place(page, ".folium-map")[3] - 1 or top > PHONE["height"] / 2
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        page.locator("#rg-all-facts").tap()
        page.wait_for_function("() => document.querySelector('#rg-card').classList.contains('rg-beside')")
        assert 0 <= place(page, "#rg-panel h2")[1] < PHONE["height"]
        page.evaluate("scrollTo(0, 0)")
        page.wait_for_function("() => !document.querySelector('#rg-card').classList.contains('rg-beside')")
        page.locator("#rg-card .rg-close").tap()
        assert not page.locator("#rg-card").is_visible()


def test_a_wide_screen_has_no_card_and_a_turned_phone_gets_it(browser, files):
    with open_page(browser, files["de"], viewport=DESK, view={"area": "12"}) as page:
        assert page.locator("#rg-card *").count() == 0
        page.set_viewport_size(PHONE)
        page.wait_for_selector("#rg-card .rg-value")


def test_long_warnings_leave_the_value_on_the_screen(browser, files):
    with open_page(browser, files["de"], view={"area": "12", "warnings": "1"}, **TOUCH) as page:
        assert "mit Hinweis" in page.locator("#rg-card").inner_text()
        assert place(page, "#rg-card")[1] > PHONE["height"] / 2


@pytest.mark.parametrize("area", ["12", "25"])
def test_a_printed_area_keeps_its_warning_and_tells_what_is_left_out(browser, files, area):
    with open_page(browser, files["de"], view={"area": area, "warnings": "1"}) as page:
        printed = page.pdf(prefer_css_page_size=True, print_background=True)
        words = " ".join(pdf_texts(printed)).replace("-\xad", "")
        squeezed = "".join(words.split())
        assert f"SatzzuBezirk{area}:" in squeezed
        # to its last word
        own = warnings().set_index("area_id").loc[area, "sentence_de"]
        page.emulate_media(media="print")
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        shown = page.locator(".rg-own li")
        assert own.strip() in " ".join(shown.inner_text().split())
        side, last = place(page, ".rg-side"), shown.bounding_box()
        assert last["y"] + last["height"] <= side[3]
        # no sentence is dropped without a word
        kept = page.locator("#rg-warning-list li:not(.rg-cut):not(.rg-twice)").count()
        assert kept < 24
        assert f"{24 - kept}." in page.locator(".rg-cut-note").inner_text()
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert page.locator(".rg-side").evaluate("side => side.style.fontSize") == ""
        assert page.locator("#rg-warning-list li").count() == 25
        assert page.locator(".rg-cut-note").count() == 0


def test_the_legend_says_over_which_periods_the_classes_are_made(browser, files):
    with open_page(browser, files["de"]) as page:
        note = page.locator("#rg-legend .rg-note").first
        assert "(Zeiträume: 2019 bis 2024, damit sie vergleichbar sind)" in note.inner_text()
        page.locator("input[name=rg-classes][value=own]").check(force=True)
        assert "(Zeitraum: 2024)" in note.inner_text()
        page.select_option("#rg-indicator", MOVES)
        assert "weit abliegende Werte für sich (Zeitraum: 2024)" in note.inner_text()
        counts = page.locator("#rg-legend tbody tr td:last-child").all_inner_texts()
        assert counts[0] == "1"
        # the same classes as on paper
        paper = rg.load_study(lang="de").plot_map(MOVES, 2024)
        said = {text.get_text() for text in paper.findobj(Text)}
        assert set(page.locator("#rg-legend tbody th").all_inner_texts()) <= said
