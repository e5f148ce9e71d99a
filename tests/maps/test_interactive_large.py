"""The offline map of more than a thousand areas: drawn once, numbers with room, borders that hide no color."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from map_page import DESK, PHONE, open_page

import regsam_geo as rg

pytestmark = pytest.mark.slow

SIDE = 36
STEP = 700.0
NUMBERS = """all => all.filter(e => getComputedStyle(e).display !== 'none')
  .map(e => [e.textContent, e.getBoundingClientRect().x, e.getBoundingClientRect().y])"""

BOX = "e => { const b = e.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; }"
CELLS = f"""() => Object.fromEntries([...document.querySelectorAll('path.rg-area')]
  .map(p => [p.dataset.area, ({BOX})(p)]))"""
COUNTS_FITS = """(() => { let map; Object.defineProperty(window, 'L', { get: () => map, set: (made) => {
  map = made;
  window.fits = 0;
  const fit = made.Map.prototype.fitBounds;
  made.Map.prototype.fitBounds = function (...how) { window.fits += 1; return fit.apply(this, how); };
} }); })()"""


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    column, row = (axis.ravel() for axis in np.indices((SIDE, SIDE)))
    west, south = 677_000 + STEP * column, 5_324_000 + STEP * row
    layer = gpd.GeoDataFrame(
        {"name": [f"Zelle {n}" for n in range(SIDE**2)], "Quote": np.round(np.sin(column / 9) * 9 + row, 1)},
        geometry=shapely.box(west, south, west + STEP, south + STEP),
        index=pd.Index([f"z{n}" for n in range(SIDE**2)], name="area_id"),
        crs=25832,
    )
    path = tmp_path_factory.mktemp("large") / "karte.html"
    rg.explore_map(layer, "Quote", period=2024).save(str(path))
    return path


def border(page):
    return float(page.eval_on_selector("path.rg-area", "e => parseFloat(getComputedStyle(e).strokeWidth)"))


def test_numbers_come_with_the_room_and_borders_thin_out_without_it(browser, file):
    with open_page(browser, file, viewport=PHONE) as page:
        assert page.locator("path.rg-area").count() == SIDE**2
        assert page.eval_on_selector_all(".rg-number", NUMBERS) == []
        thin = border(page)
        assert thin < 1
        # from one cell to all within reach of the screen
        page.evaluate("location.hash = location.hash.replace(/$/, '&place=13.5,48.14,11.55')")
        page.wait_for_function("() => document.querySelectorAll('.rg-number').length > 10")
        shown = page.eval_on_selector_all(".rg-number", NUMBERS)
        assert 10 < len(shown) < SIDE**2 / 2
        assert border(page) == 1
        # each stands in its own cell, and none is missing that the map shows
        cells = page.evaluate(CELLS)
        for name, x, y in shown:
            left, top, right, bottom = cells[name]
            assert left <= x <= right, name
            assert top <= y <= bottom, name
        screen = page.eval_on_selector(".folium-map", BOX)
        seen = {
            name
            for name, (left, top, right, bottom) in cells.items()
            if screen[0] < (left + right) / 2 < screen[2] and screen[1] < (top + bottom) / 2 < screen[3]
        }
        assert seen
        assert seen <= {name for name, _, _ in shown}
        # one step with the keyboard, as on a small map
        page.locator("path.rg-area[tabindex='0']").focus()
        page.keyboard.press("End")
        assert page.evaluate("document.activeElement.dataset.area") == f"z{SIDE**2 - 1}"
        assert page.locator("path.rg-area[tabindex='0']").count() == 1
        page.keyboard.press("Enter")
        assert page.inner_text("#rg-panel h2") == f"z{SIDE**2 - 1} Zelle {SIDE**2 - 1}"
        page.click("#rg-reset")
        page.wait_for_function("() => document.querySelectorAll('.rg-number').length === 0")
        assert border(page) == thin


def test_the_map_is_fitted_to_its_frame_once(browser, file):
    # what the map is drawn into has its size before the areas are: they would be drawn twice
    for viewport in (DESK, PHONE):
        context = browser.new_context(viewport=viewport, offline=True)
        page = context.new_page()
        page.add_init_script(COUNTS_FITS)
        page.goto(file.as_uri())
        page.wait_for_selector("html.rg-ready")
        page.wait_for_timeout(300)
        assert page.evaluate("window.fits") == 1
        context.close()
