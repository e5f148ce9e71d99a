"""The first map in a warm notebook: lines and seconds, beside geopandas with matplotlib and folium.

``python benchmarks/first_map.py`` runs each of the three in a process of its own that has imported its libraries
already, as a notebook has after its first cell. Each starts from files on the disk and ends with the picture (or
page) that a notebook shows. The first run is told apart, because that is what a person waits for; then comes the
median of six more. The import is told too: regsam_geo loads its parts when they are first used, the others before.
The other two draw what their usual few lines give, and the last column says what is on it.
"""

# ruff: noqa: F821 - the libraries are imported by the process that runs a way
from __future__ import annotations

import inspect
import json
import statistics
import subprocess
import sys
import textwrap
import time
from io import BytesIO

RUNS = 7


def regsam_geo() -> None:
    """Draw the map of the README."""
    study = rg.load_study()
    study.plot_map("Arbeitslose", period=2024)._repr_png_()


def geopandas() -> None:
    """Draw the same with what geopandas and matplotlib give."""
    table = pd.read_csv(TABLE, dtype={"area_id": str})
    chosen = table.query("indicator == 'Arbeitslose - Anteil' and period == 2024 and level == 'district'")
    districts = gpd.read_file(QUARTERS)
    districts["district_id"] = districts["area_id"].str[:2]
    districts = districts.dissolve("district_id").join(chosen.set_index("area_id")["value"])
    figure, axes = plt.subplots(figsize=(11.69, 8.27))
    districts.plot("value", scheme="quantiles", k=5, cmap="YlGnBu", edgecolor="white", legend=True, ax=axes)
    axes.set_title("Arbeitslose 2024 (%)")
    axes.set_axis_off()
    figure.savefig(BytesIO(), format="png", dpi=100)
    plt.close(figure)


def folium() -> None:
    """Draw the same as a web map."""
    table = pd.read_csv(TABLE, dtype={"area_id": str})
    chosen = table.query("indicator == 'Arbeitslose - Anteil' and period == 2024 and level == 'district'")
    districts = gpd.read_file(QUARTERS)
    districts["district_id"] = districts["area_id"].str[:2]
    districts = districts.dissolve("district_id").reset_index().to_crs(4326)[["district_id", "geometry"]]
    web_map = fm.Map([48.14, 11.57], zoom_start=11)
    fm.Choropleth(
        districts, data=chosen, columns=["area_id", "value"], key_on="feature.properties.district_id",
        fill_color="YlGnBu", legend_name="Arbeitslose 2024 (%)",
    ).add_to(web_map)  # fmt: skip
    web_map._repr_html_()


IMPORTS = {
    "regsam_geo": "import regsam_geo as rg",
    "geopandas": "import pandas as pd\nimport geopandas as gpd\nimport matplotlib.pyplot as plt",
    "folium": "import pandas as pd\nimport geopandas as gpd\nimport folium as fm",
}
ON_IT = {
    "regsam_geo": "title, subtitle, numbers of the districts, outlines of the regions, classes with counts and "
    "unit, value of the city, scale, north arrow, source and vintage; no network",
    "geopandas": "title, classes without unit (0.00, 0.00)",
    "folium": "title, color bar, zoom; needs four other hosts when it is opened",
}


def lines_of(name: str) -> int:
    """Count the lines of code of a way: imports, and the body without docstring; a call over lines counts each."""
    body = textwrap.dedent(inspect.getsource(globals()[name])).splitlines()[2:]
    return len([line for line in body if line.strip()]) + len(IMPORTS[name].splitlines())


def run_one(name: str) -> None:
    """Time one way in this process and print the seconds as JSON."""
    space = globals()
    start = time.perf_counter()
    exec(IMPORTS[name], space)
    imported = time.perf_counter() - start
    if name != "regsam_geo":
        from regsam_geo.resources import data_folder

        space["TABLE"] = data_folder() / "indicators" / "sample.csv"
        space["QUARTERS"] = data_folder() / "boundaries" / "quarters.geojson"
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        space[name]()
        seconds.append(time.perf_counter() - start)
    print(json.dumps([imported, *seconds]))


def main() -> None:
    """Run all three and print the table."""
    print("| way | lines | import (s) | first map (s) | again (s, median) | on it |\n|---|--:|--:|--:|--:|---|")
    for name in IMPORTS:
        command = [sys.executable, __file__, name]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        imported, *seconds = json.loads(done.stdout.splitlines()[-1])
        again = statistics.median(seconds[1:])
        print(f"| {name} | {lines_of(name)} | {imported:.2f} | {seconds[0]:.2f} | {again:.2f} | {ON_IT[name]} |")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        run_one(sys.argv[1])
    else:
        main()
