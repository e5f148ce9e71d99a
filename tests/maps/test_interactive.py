"""explore_map: what the file holds."""

from __future__ import annotations

import folium
import pytest

import regsam_geo as rg


@pytest.fixture(scope="module")
def sample_map():
    return rg.explore_map(rg.load_sample(), lang="de")


def test_it_is_a_folium_map_that_names_no_other_host(sample_map):
    page = sample_map.get_root().render()
    assert isinstance(sample_map, folium.Map)
    for address in ("cdn.", "jsdelivr", "cloudflare", "openstreetmap", "code.jquery"):
        assert address not in page


def test_the_same_input_gives_the_same_bytes(sample_map, tmp_path):
    again = rg.explore_map(rg.load_sample(), lang="de")
    for number, found in enumerate((sample_map, sample_map, again)):
        found.save(str(tmp_path / f"{number}.html"))
    files = {path.read_bytes() for path in tmp_path.iterdir()}
    assert len(files) == 1
