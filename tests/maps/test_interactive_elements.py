"""What users add to the interactive map, and texts that try to break out of it."""

from __future__ import annotations

import re
from pathlib import Path

import folium
import geopandas as gpd
import pandas as pd
import pytest
import shapely
from branca.colormap import LinearColormap
from branca.element import Element
from folium import plugins
from invented import HOSTILE, invented_warnings
from map_page import open_page

import regsam_geo as rg
from regsam_geo.errors import OptionError

CENTER = [48.137, 11.575]


@pytest.fixture
def explored():
    return rg.explore_map(rg.load_study(lang="en").sel("Nichtdeutsche", period=[2023, 2024]), regions=False)


def geojson(**options):
    districts = rg.load_boundaries("district").iloc[:2][["name", "geometry"]].to_crs("EPSG:4326")
    return folium.GeoJson(districts, **options)


def geojson_file():
    Path("places.geojson").write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    return "places.geojson"


REFUSED = {
    "Icon": lambda m: folium.Marker(CENTER, icon=folium.Icon(color="red", icon="home")).add_to(m),
    "TileLayer": lambda m: folium.TileLayer("OpenStreetMap").add_to(m),
    "WmsTileLayer": lambda m: folium.WmsTileLayer("https://wms.example/x", layers="a").add_to(m),
    "MarkerCluster": lambda m: plugins.MarkerCluster([CENTER]).add_to(m),
    "HeatMap": lambda m: plugins.HeatMap([CENTER]).add_to(m),
    "Fullscreen": lambda m: plugins.Fullscreen().add_to(m),
    "VegaLite": lambda m: (
        folium.Popup().add_child(folium.VegaLite({"mark": "bar"})).add_to(folium.Marker(CENTER).add_to(m))
    ),
    "LinearColormap": lambda m: LinearColormap(["red", "blue"], vmin=0, vmax=1).add_to(m),
    "ImageOverlay": lambda m: folium.raster_layers.ImageOverlay(
        "https://images.example/a.png", [[48, 11], [49, 12]]
    ).add_to(m),
    "GeoJson": lambda m: folium.GeoJson(geojson_file(), embed=False).add_to(m),
    "Element": lambda m: m.get_root().html.add_child(Element('<img src="https://images.example/a.png" alt="">')),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_needs_a_network_is_refused_with_its_name(explored, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    REFUSED[name](explored)
    with pytest.raises(OptionError) as caught:
        explored.get_root().render()
    assert caught.value.code == "map_element_needs_network"
    assert caught.value.fields["element"] == name
    assert f"„{name}“" in str(caught.value)


def test_a_script_link_is_refused(explored):
    explored.add_js_link("d3", "https://d3.example/d3.js")
    with pytest.raises(OptionError, match=r"d3\.example"):
        explored.get_root().render()
    # folium's lists are shared; the next map is clean
    rg.explore_map(rg.load_sample().sel("Nichtdeutsche", period=2024), regions=False).get_root().render()


def test_the_user_s_elements_do_not_change_by_rendering(explored):
    folium.Marker(CENTER, popup="a", tooltip="b").add_to(explored)
    group = folium.FeatureGroup(name="Orte").add_to(explored)
    geojson(tooltip=folium.GeoJsonTooltip(["name"])).add_to(group)
    folium.LayerControl().add_to(explored)
    first = explored.get_root().render()
    assert first == explored.get_root().render()
    assert first.count("bindPopup(") - 1 == first.count("bindPopup(popup")


def test_jquery_comes_only_with_a_popup(explored):
    assert "jQuery v3" not in explored.get_root().render()
    folium.Marker(CENTER, popup="a").add_to(explored)
    assert "jQuery v3" in explored.get_root().render()


@pytest.mark.slow
def test_what_folium_draws_without_a_network_still_works(browser, explored, tmp_path):
    folium.Marker(CENTER, popup="<b style='color: red'>Markt</b>", tooltip="Platz").add_to(explored)
    folium.CircleMarker([48.16, 11.5], radius=9, fill=True, popup=folium.Popup("Kreis", max_width=200)).add_to(
        explored
    )
    folium.Marker([48.11, 11.6], icon=folium.DivIcon(html="<em>Schrift</em>")).add_to(explored)
    group = folium.FeatureGroup(name="Grenzen").add_to(explored)
    geojson(tooltip=folium.GeoJsonTooltip(["name"], aliases=["Name"]), popup=folium.GeoJsonPopup(["name"])).add_to(
        group
    )
    folium.LayerControl(collapsed=False).add_to(explored)
    path = tmp_path / "map.html"
    explored.save(str(path))
    with open_page(browser, path) as page:
        pin = page.locator("img.leaflet-marker-icon")
        assert pin.evaluate("image => image.naturalWidth") == 25
        pin.hover()
        assert "Platz" in page.locator(".leaflet-tooltip").first.inner_text()
        pin.click()
        popup = page.locator(".leaflet-popup-content b")
        assert popup.inner_text() == "Markt"
        assert popup.evaluate("b => getComputedStyle(b).color") == "rgb(255, 0, 0)"
        assert page.locator("em", has_text="Schrift").count() == 1
        page.keyboard.press("Escape")
        page.locator(".leaflet-overlay-pane path").nth(2).hover()
        assert "Ludwigsvorstadt-Isarvorstadt" in page.locator(".foliumtooltip").inner_text()
        box = page.get_by_role("checkbox", name="Grenzen")
        before = page.locator(".leaflet-overlay-pane path").count()
        box.uncheck()
        assert page.locator(".leaflet-overlay-pane path").count() == before - 2
        assert page.locator("path.rg-area").count() == 25


@pytest.mark.slow
def test_tiles_are_asked_of_the_one_stated_host_alone(browser, tmp_path):
    panel = rg.load_sample().sel("Nichtdeutsche", period=2024)
    path = tmp_path / "map.html"
    address = "https://tiles.example/{z}/{x}/{y}.png"
    rg.explore_map(panel, tiles=address, tiles_attribution="Beispiel", regions=False).save(str(path))
    assert "img-src data: https://tiles.example;" in path.read_text(encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    context.route(re.compile("^https:"), lambda route: route.fulfill(status=204))
    page.goto(path.as_uri())
    page.wait_for_selector("html.rg-ready")
    page.wait_for_timeout(300)
    asked.remove(path.as_uri())
    assert asked
    assert {url.split("/")[2] for url in asked} == {"tiles.example"}
    assert "Beispiel" in page.locator(".leaflet-control-attribution").inner_text()
    context.close()


@pytest.mark.parametrize(
    "tiles", ["http://tiles.example/{z}/{x}/{y}", "https://{s}.t.example/{z}/{x}/{y}", "OpenStreetMap"]
)
def test_tiles_must_name_one_host(tiles):
    with pytest.raises(OptionError) as caught:
        rg.explore_map(rg.load_sample().sel("Nichtdeutsche", period=2024), tiles=tiles, regions=False)
    assert caught.value.code == "map_tiles"


def hostile_panel(text):
    """One indicator whose every text is hostile, on two squares."""
    ids = [text + "1", text + "2"]
    rows = [
        {"indicator": text, "group": group, "period": period, "level": "own", "area_id": area, "value": value}
        for group in (text, text + "b")
        for period in (2023, 2024)
        for area, value in zip(ids, (1.5, 2.5), strict=True)
    ]
    panel = rg.Panel.from_frame(pd.DataFrame(rows)).with_catalogue(
        {
            text: {
                "title_de": text,
                "title_en": f"Title {text}",
                "unit": text,
                "unit_en": text,
                "source": text,
                "edition": text,
                "decimals": 1,
                "counts_persons": False,
            }
        }
    )
    squares = [shapely.box(690000 + 900 * i, 5330000, 690800 + 900 * i, 5331000) for i in range(2)]
    areas = gpd.GeoDataFrame(
        {"name": [text, text], "region_id": [text, text]}, geometry=squares, index=ids, crs=25832
    )
    warnings = (
        invented_warnings()
        .iloc[:1]
        .assign(
            indicator=text,
            group=text,
            level="own",
            area_id=panel.data["area_id"].iloc[0],
            sentence_de=text,
            sentence_en=text,
        )
    )
    return panel, areas, warnings


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_shown_as_text(browser, tmp_path, text, lang):
    panel, areas, warnings = hostile_panel(text)
    path = tmp_path / "map.html"
    rg.explore_map(rg.Study(panel, areas, lang=lang), warnings=warnings).save(str(path))
    # marks that turn the direction of writing have no place in an id: the panel leaves them out
    view = {"indicator": text, "area": panel.data["area_id"].iloc[0], "table": "1"}
    with open_page(browser, path, view=view) as page:
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        assert page.locator("path.rg-area").count() == 2
        assert page.locator("script").count() == 4
        assert page.locator("img").count() == 0
        squeezed = " ".join(text.split())

        def said(selector):
            return " ".join(page.locator(selector).first.text_content().split())

        for selector in (
            "#rg-title",
            "#rg-panel h2",
            ".rg-facts tbody .rg-unit",
            "#rg-panel dl",
            ".rg-sentences",
            "#rg-table caption",
            "#rg-table tbody th",
            "#rg-table thead",
            "#rg-legend caption",
            "#rg-warning-list",
        ):
            assert squeezed in said(selector), selector
        assert f"{squeezed} {squeezed}" in said("#rg-source")  # source and edition
        assert page.locator("#rg-group option").first.text_content() == text
        assert page.locator("#rg-indicator option").first.get_attribute("value") == text
        assert text in page.locator("#rg-names option").first.get_attribute("value")
        assert squeezed in " ".join(page.locator("path.rg-area").first.get_attribute("aria-label").split())
        number = " ".join(page.locator(".rg-number span").first.text_content().split())
        assert " ".join(panel.data["area_id"].iloc[0].split()) in number
        page.locator("path.rg-area").first.hover()
        assert squeezed in said(".rg-tooltip")
        page.select_option("#rg-group", index=1)
        assert squeezed + "b" in said("#rg-subtitle")
        wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) <= 0


@pytest.mark.slow
def test_a_hostile_name_of_the_background_s_host_is_text(browser, tmp_path):
    name = '<img src=x onerror="alert(1)"> & <b>fett</b>'
    path = tmp_path / "map.html"
    panel = rg.load_sample().sel("Nichtdeutsche", period=2024)
    rg.explore_map(
        panel, tiles="https://tiles.example/{z}/{x}/{y}.png", tiles_attribution=name, regions=False
    ).save(str(path))
    context = browser.new_context()
    page = context.new_page()
    context.route(re.compile("^https:"), lambda route: route.fulfill(status=204))
    page.goto(path.as_uri())
    page.wait_for_selector("html.rg-ready")
    credit = page.locator(".leaflet-control-attribution")
    assert name in credit.inner_text()
    assert credit.locator("img, b").count() == 0
    context.close()
