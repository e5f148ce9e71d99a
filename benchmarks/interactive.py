"""Size of the interactive map's file and time to its first drawn map, against folium and GeoDataFrame.explore.

Run ``python benchmarks/interactive.py [--loads 9]``. Every file is opened in headless Chromium with the network
off. What the other two link (ten or eleven files of other hosts) is then answered from memory at no cost: Leaflet
and jQuery from XStatic, the rest empty. That is the best case for them; without it they stay blank, which the
column "network off" shows. Choropleth is written without its legend, which needs d3. Both hold one indicator of
one year, the file of ``explore_map`` all 11 with up to 25 years, and the regions. Values of sub-districts are not
real; they have Basiswerte, so that they carry the digits that exact differences and ranks need.

``--areas 5000 20000`` measures pages of large layers instead, the honeycombs of ``large_maps.py`` with one rate,
in turns and all with the network off: what ``explore`` links is written into its file, Leaflet, its style and
jQuery as they are, the rest left out. ``--code`` adds the page that another checkout writes.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
from large_maps import HERE, honeycomb

import regsam_geo as rg
from regsam_geo.maps.interactive.assets import leaflet_style, library_script

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "maps"))
from invented import invented_subdistricts, with_rows
from map_page import open_browser

# resolves when the areas stand in the document and the browser has painted a frame
WHEN_DRAWN = """
window.__drawn = new Promise((done) => {
  const look = () => {
    if (document.querySelectorAll("path.leaflet-interactive").length >= AREAS) {
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


def inlined(html: str) -> str:
    """Write into a page of folium what it links: Leaflet, its style and jQuery; the rest is left out."""
    own = {
        "leaflet.js": library_script("leaflet"),
        "jquery": library_script("jquery"),
        "leaflet.css": leaflet_style(),
    }

    def put(found: re.Match[str]) -> str:
        tag = "style" if found[0].startswith("<link") else "script"
        text = next((text for name, text in own.items() if name in found[1]), "")
        return f"<{tag}>{text}</{tag}>"

    html = re.sub(r'<script src="(https:[^"]+)"></script>', put, html)
    return re.sub(r'<link rel="stylesheet" href="(https:[^"]+)"\s*/?>', put, html)


SAVE = """
import sys
import geopandas as gpd
import regsam_geo as rg
rg.explore_map(gpd.read_parquet(sys.argv[1]), "value", period=2024).save(sys.argv[2])
"""


def compare_large(browser: Any, folder: Path, areas: int, codes: list[str], loads: int) -> None:
    """Print one row for each page of a large layer."""
    layer = folder / f"{areas}.parquet"
    honeycomb(areas, layer)
    paths = {f"explore_map, {code}": folder / f"{number}.html" for number, code in enumerate(codes)}
    for code, path in zip(codes, paths.values(), strict=True):
        environment = {**os.environ, "PYTHONPATH": HERE if code == "this code" else code}
        subprocess.run([sys.executable, "-c", SAVE, str(layer), str(path)], env=environment, check=True)
    peer = folder / "peer.html"
    gpd.read_parquet(layer).explore("value", scheme="quantiles", k=5).save(str(peer))
    peer.write_text(inlined(peer.read_text()))
    paths["GeoDataFrame.explore"] = peer
    times: dict[str, list[float]] = {name: [] for name in paths}
    for _ in range(loads + 1):
        for name, path in paths.items():
            time, _ = first_drawn(browser, path, answered=False, areas=areas, patience=120)
            assert time is not None, name
            times[name].append(time)
    for name, (_, *counted) in times.items():
        spread = f"{statistics.median(counted):.0f} ({min(counted):.0f}-{max(counted):.0f})"
        print(f"| {areas:,} | {name} | {paths[name].stat().st_size / 1000:.0f} | {spread} |", flush=True)


def first_drawn(
    browser: Any, path: Path, *, answered: bool, areas: int = 25, patience: float = PATIENCE
) -> tuple[float | None, int]:
    """Return milliseconds to the first drawn map (``None``: it stays blank), and the files asked elsewhere."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=not answered)
    page = context.new_page()
    strangers: set[str] = set()
    own = ("file:", "data:")
    page.on("request", lambda request: None if request.url.startswith(own) else strangers.add(request.url))
    page.add_init_script(WHEN_DRAWN.replace("AREAS", str(areas)))
    if answered:
        context.route("**/*", answer)
    page.goto(path.as_uri(), wait_until="commit")
    time = page.evaluate(
        "limit => Promise.race([window.__drawn, new Promise(stop => setTimeout(() => stop(null), limit))])",
        patience * 1000,
    )
    context.close()
    return time, len(strangers)


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--loads", type=int, default=9)
    arguments.add_argument("--areas", type=int, nargs="*", default=[])
    arguments.add_argument("--code", nargs="*", default=[], help="folders of other code")
    chosen = arguments.parse_args()
    loads = chosen.loads
    if chosen.areas:
        print("| areas | page | kB | first map, ms: median (range) |\n|--:|---|--:|---|")
        with tempfile.TemporaryDirectory() as folder, open_browser() as browser:
            for areas in chosen.areas:
                compare_large(browser, Path(folder), areas, ["this code", *chosen.code], loads)
        return
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
