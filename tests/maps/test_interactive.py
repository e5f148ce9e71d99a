"""explore_map: what the file holds, without a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from itertools import pairwise

import folium
import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from made import made_subdistricts, with_rows

import regsam_geo as rg
from regsam_geo.errors import BoundaryError, OptionError
from regsam_geo.maps.interactive.assets import FOLDER
from regsam_geo.maps.interactive.series import pack
from regsam_geo.maps.interactive.topology import build_topology, simplify_coverage

MOST_BYTES = 450_000


@pytest.fixture(scope="module")
def sample_map():
    return rg.explore_map(rg.load_sample(), lang="de")


@pytest.fixture(scope="module")
def sample_page(sample_map):
    return sample_map.get_root().render()


def data_of(page):
    return json.loads(re.search(r'id="rg-data">(.*?)</script>', page, re.S).group(1))


def test_it_is_a_folium_map_that_names_no_other_host(sample_map, sample_page):
    assert isinstance(sample_map, folium.Map)
    for address in ("cdn.", "jsdelivr", "cloudflare", "openstreetmap", "code.jquery", "sourceMappingURL"):
        assert address not in sample_page


def test_all_indicators_years_and_regions_fit_into_450_kb(sample_page):
    data = data_of(sample_page)
    assert len(data["series"]) == 11
    assert max(len(series["periods"]) for series in data["series"]) == 25
    assert {level["id"]: len(level["areas"]) for level in data["levels"]} == {"district": 25, "region": 16}
    assert len(sample_page.encode()) <= MOST_BYTES


def test_the_same_input_gives_the_same_bytes(tmp_path):
    panel = rg.load_sample().sel(["Nichtdeutsche", "Hochbetagte"], period=[2023, 2024])
    once, again = (rg.explore_map(panel, lang="de") for _ in range(2))
    for number, found in enumerate((once, once, again)):
        found.save(str(tmp_path / f"{number}.html"))
    files = {path.read_bytes() for path in tmp_path.iterdir()}
    assert len(files) == 1


def test_the_policy_allows_the_scripts_and_styles_of_the_file_and_nothing_else(sample_page):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', sample_page).group(1)
    parts = dict(part.split(" ", 1) for part in policy.split("; "))
    assert parts["default-src"] == "'none'"
    assert parts["img-src"] == "data:"
    assert "unsafe" not in policy
    for kind, opening in (("script", r"<script>"), ("style", r"<style>")):
        texts = re.findall(rf"{opening}(.*?)</{kind}>", sample_page, re.S)
        hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(t.encode()).digest()).decode()}'" for t in texts}
        assert set(parts[f"{kind}-src"].split()) == hashes
    assert sample_page.index("Content-Security-Policy") < sample_page.index("<style")


def test_the_scripts_never_write_html():
    for path in FOLDER.glob("*.js"):
        code = path.read_text(encoding="utf-8")
        for way in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "fetch(",
            "http://www.w",
        ):
            allowed = way == "http://www.w" and path.name == "base.js"  # the name of the SVG namespace
            assert allowed or way not in code, (path.name, way)


def rebuilt(topology, level):
    """Polygons from arcs, as the page joins them, by other code."""
    arcs = [np.cumsum(np.array(steps).reshape(-1, 2), axis=0) for steps in topology.arcs]
    shapes = []
    for polygons in topology.shapes[level]:
        parts = []
        for rings in polygons:
            lines = [
                np.vstack([arcs[n][:-1] if n >= 0 else arcs[~n][::-1][:-1] for n in numbers]) for numbers in rings
            ]
            parts.append(shapely.Polygon(lines[0][:, ::-1] / 1e5, [line[:, ::-1] / 1e5 for line in lines[1:]]))
        shapes.append(shapely.MultiPolygon(parts))
    return gpd.GeoSeries(shapes, crs="EPSG:4326").to_crs("EPSG:25832")


def test_borders_are_written_once_and_come_back():
    districts = simplify_coverage(rg.load_boundaries("district"), 8.0)
    regions = districts.dissolve("region_id")
    topology = build_topology({"district": districts, "region": regions})
    for level, areas in (("district", districts), ("region", regions)):
        found = rebuilt(topology, level)
        missed = found.symmetric_difference(gpd.GeoSeries(areas.geometry.to_numpy(), crs=areas.crs)).area
        # rounding to 1e-5 degrees moves a border by half a meter on average
        assert (missed.to_numpy() < areas.geometry.length.to_numpy()).all()
    edges = [
        frozenset((tuple(a), tuple(b)))
        for steps in topology.arcs
        for path in [np.cumsum(np.array(steps).reshape(-1, 2), axis=0)]
        for a, b in pairwise(path)
    ]
    assert len(edges) == len(set(edges))
    # the regions add no border of their own
    alone = build_topology({"district": districts})
    assert sum(map(len, alone.arcs)) <= sum(map(len, topology.arcs)) * 1.01


def test_simplified_neighbors_still_share_their_borders():
    districts = simplify_coverage(rg.load_boundaries("district"), 8.0)
    assert shapely.coverage_is_valid(districts.geometry.to_numpy())
    assert len(shapely.get_coordinates(districts.geometry.to_numpy())) < 0.7 * len(
        shapely.get_coordinates(rg.load_boundaries("district").geometry.to_numpy())
    )


def test_overlapping_areas_are_left_as_they_are():
    squares = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 10, 10), shapely.box(5, 5, 15, 15)], crs="EPSG:25832")
    assert simplify_coverage(squares, 8.0).geometry.geom_equals(squares.geometry).all()


@settings(max_examples=60)
@given(st.lists(st.integers(-(10**9), 10**9) | st.sampled_from(["0", "3"])))
def test_packed_numbers_come_back(values):
    back, last = [], 0
    for step in pack(values):
        last = last if isinstance(step, str) else last + step
        back.append(step if isinstance(step, str) else last)
    assert back == values


def test_values_of_sub_districts_bring_their_own_level():
    panel = rg.load_sample().sel(["Nichtdeutsche", "Hochbetagte"])
    finer = with_rows(panel, made_subdistricts(["Nichtdeutsche"]))
    data = data_of(rg.explore_map(finer, lang="de").get_root().render())
    assert [level["id"] for level in data["levels"]] == ["district", "region", "subdistrict"]
    assert len(data["levels"][2]["areas"]) == 108
    assert [len(series["levels"]) for series in data["series"] if series["indicator"] == "Nichtdeutsche"] == [3]


@pytest.mark.slow
def test_the_layer_of_sub_districts_adds_at_most_200_kb(sample_page):
    finer = rg.explore_map(with_rows(rg.load_sample(), made_subdistricts()), lang="de").get_root().render()
    assert all("subdistrict" in series["levels"] for series in data_of(finer)["series"])
    assert len(finer.encode()) - len(sample_page.encode()) <= 200_000


def test_own_areas_and_unknown_wishes():
    panel = rg.load_sample().sel("Nichtdeutsche", period=2024)
    districts = rg.load_boundaries("district").iloc[:3]
    data = data_of(rg.explore_map(panel, districts, lang="de").get_root().render())
    assert [area["id"] for area in data["levels"][0]["areas"]] == ["01", "02", "03"]
    with pytest.raises(BoundaryError):
        rg.explore_map(panel, districts.rename(index=lambda area: f"x{area}"))
    for wish in (
        {"indicator": "Unbekannt"},
        {"period": 1999},
        {"level": "quarter"},
        {"lang": "fr"},
        {"theme": "x"},
    ):
        with pytest.raises(OptionError):
            rg.explore_map(panel, **{"regions": False, **wish})


def test_the_input_is_not_changed():
    panel = rg.load_sample().sel("Nichtdeutsche", period=2024)
    districts = rg.load_boundaries("district")
    before = panel.data.copy(), districts.copy()
    rg.explore_map(panel, {"district": districts}).get_root().render()
    assert panel.data.equals(before[0])
    assert districts.equals(before[1])
