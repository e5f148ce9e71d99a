"""The interactive map in a real browser, with the network off."""

from __future__ import annotations

import pytest
from map_page import open_browser, open_page

import regsam_geo as rg

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def browser():
    with open_browser() as found:
        yield found


@pytest.fixture(scope="module")
def map_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("map") / "map.html"
    rg.explore_map(rg.load_sample(), lang="de").save(str(path))
    return path


def test_it_opens_without_a_network_and_draws_the_25_districts(browser, map_file):
    with open_page(browser, map_file) as page:
        assert page.locator("path.rg-area").count() == 25
        assert page.title().startswith("Erwerbsfähige")
