"""Size of the interactive map's file and time to its first drawn map, against folium and GeoDataFrame.explore.

Run ``python benchmarks/interactive.py [--loads 9]``. Every file is opened in headless Chromium with the network
off. What the other two link (ten or eleven files of other hosts) is then answered from memory at no cost: Leaflet
and jQuery from XStatic, the rest empty. That is the best case for them; without it they stay blank, which the
column "network off" shows. Choropleth is written without its legend, which needs d3. Both hold one indicator of
one year, the file of ``explore_map`` all 11 with up to 25 years, and the regions. Values of sub-districts are not
real; they have Basiswerte, so that they carry the digits that exact differences and ranks need.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd

import regsam_geo as rg
from regsam_geo.maps.interactive.assets import library_script

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "maps"))
from invented import invented_subdistricts, with_rows
from map_page import open_browser

# resolves when the areas stand in the document and the browser has painted a frame
WHEN_DRAWN = """
window.__drawn = new Promise((done) => {
  const look = () => {
    if (document.querySelectorAll("path.leaflet-interactive").length >= 25) {
      requestAnimationFrame(() => setTimeout(() => done(performance.now())));
    } else requestAnimationFrame(look);
  };
  look();
});
"""
PATIENCE = 4.0
"""Seconds after which a page counts as blank."""

NAMES = (
    "explore_map, 11 indicators, 25 years, districts and regions",
    "explore_map, the same with 108 sub-districts and their Basiswerte",
    "explore_map, one indicator, one year, districts",
    "folium.Choropleth, one indicator, one year, districts",
    "GeoDataFrame.explore, one indicator, one year, districts",
)


def write_files(folder: Path) -> dict[str, Path]:
    """Write the files that are compared."""
    sample = rg.load_sample()
    districts = rg.load_boundaries("district")
    one = sample.sel("Nichtdeutsche", period=2024)
    values = one.sel(level="district").data.set_index("area_id")[["value"]]
    joined = gpd.GeoDataFrame(districts[["name", "geometry"]].join(values)).reset_index()
    paths = {name: folder / f"{number}.html" for number, name in enumerate(NAMES)}
    finer = with_rows(sample, invented_subdistricts())
    rg.Study(sample, lang="de").explore_map().save(str(paths[NAMES[0]]))
    rg.Study(finer, lang="de").explore_map().save(str(paths[NAMES[1]]))
    rg.Study(one, lang="de").explore_map(regions=False).save(str(paths[NAMES[2]]))
    plain = folium.Map(location=[48.137, 11.575], zoom_start=10)
    choropleth = folium.Choropleth(
        joined.to_crs("EPSG:4326").to_json(),
        data=joined,
        columns=["area_id", "value"],
        key_on="feature.properties.area_id",
        fill_color="YlGnBu",
    )
    for name in [name for name in choropleth._children if name.startswith("color_map")]:
        del choropleth._children[name]
    choropleth.add_to(plain)
    plain.save(str(paths[NAMES[3]]))
    joined.explore("value", scheme="quantiles", k=5).save(str(paths[NAMES[4]]))
    return paths


def answer(route: Any) -> None:
    """Answer a request as a network without any delay would."""
    url = route.request.url
    if url.startswith("file:"):
        route.continue_()
    elif url.endswith("leaflet.js"):
        route.fulfill(body=library_script("leaflet"), content_type="text/javascript")
    elif "jquery" in url:
        route.fulfill(body=library_script("jquery"), content_type="text/javascript")
    else:
        route.fulfill(body="", content_type="text/css" if ".css" in url else "text/javascript")


def first_drawn(browser: Any, path: Path, *, answered: bool) -> tuple[float | None, int]:
    """Return milliseconds to the first drawn map (``None``: it stays blank), and the files asked elsewhere."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=not answered)
    page = context.new_page()
    strangers: set[str] = set()
    own = ("file:", "data:")
    page.on("request", lambda request: None if request.url.startswith(own) else strangers.add(request.url))
    page.add_init_script(WHEN_DRAWN)
    if answered:
        context.route("**/*", answer)
    page.goto(path.as_uri(), wait_until="commit")
    time = page.evaluate(
        "limit => Promise.race([window.__drawn, new Promise(stop => setTimeout(() => stop(null), limit))])",
        PATIENCE * 1000,
    )
    context.close()
    return time, len(strangers)


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--loads", type=int, default=9)
    loads = arguments.parse_args().loads
    with tempfile.TemporaryDirectory() as folder, open_browser() as browser:
        paths = write_files(Path(folder))
        sizes = {name: path.stat().st_size for name, path in paths.items()}
        print("| file | kB | network off | files of other hosts | first map, ms: median (range) |")
        print("|---|---:|---|---:|---|")
        for name, path in paths.items():
            alone, strangers = first_drawn(browser, path, answered=False)
            needs_answers = alone is None
            # the first load is not counted: it warms the browser
            times = [first_drawn(browser, path, answered=needs_answers)[0] for _ in range(loads + 1)][1:]
            drawn = [time for time in times if time is not None]
            shown = f"{statistics.median(drawn):.0f} ({min(drawn):.0f}-{max(drawn):.0f})" if drawn else "blank"
            state = "blank" if needs_answers else "drawn"
            print(f"| {name} | {sizes[name] / 1000:.0f} | {state} | {strangers} | {shown} |")
        print(f"\nThe sub-district layer adds {(sizes[NAMES[1]] - sizes[NAMES[0]]) / 1000:.0f} kB.")


if __name__ == "__main__":
    main()
