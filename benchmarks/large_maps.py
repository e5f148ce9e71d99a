"""The first map of a large layer, and the offline page of one: seconds of the processor and memory.

    python benchmarks/large_maps.py [--cells 1000 10000 100000] [--code ../before/src ...] [--runs 3] [--what map]

Each map is the first one of a process that holds its polygons and has imported its libraries: A4, five
quantiles, 150 dpi, written as PNG. Ours is beside ``GeoDataFrame.plot(scheme="quantiles", legend=True)``; ``page``
is the file of ``explore_map`` beside that of ``GeoDataFrame.explore``. The layer is a honeycomb with bent borders:
a valid coverage of 36 vertices an area, as large as Munich. With ``--code`` another checkout is measured in turns
with this one. Told are the medians, and how time grows with the number of areas.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = str(Path(__file__).parents[1] / "src")

START = """
import json, resource, sys, time
import geopandas as gpd
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
layer = gpd.read_parquet(sys.argv[1])
"""
WAYS = {
    ("map", "ours"): """
import regsam_geo as rg
import regsam_geo.maps.static, regsam_geo.look.save
def run():
    rg.save_figure(rg.plot_map(layer, "value"), sys.argv[2] + ".png", dpi=150)
""",
    ("map", "peer"): """
import mapclassify
def run():
    figure, axes = plt.subplots(figsize=(297 / 25.4, 210 / 25.4))
    layer.plot("value", scheme="quantiles", k=5, legend=True, ax=axes)
    figure.savefig(sys.argv[2] + ".png", dpi=150)
""",
    ("pdf", "ours"): """
import regsam_geo as rg
import regsam_geo.maps.static, regsam_geo.look.save
def run():
    rg.save_figure(rg.plot_map(layer, "value"), sys.argv[2] + ".pdf")
""",
    ("pdf", "peer"): """
import mapclassify
def run():
    figure, axes = plt.subplots(figsize=(297 / 25.4, 210 / 25.4))
    layer.plot("value", scheme="quantiles", k=5, legend=True, ax=axes)
    figure.savefig(sys.argv[2] + ".pdf")
""",
    ("page", "ours"): """
import regsam_geo as rg
import regsam_geo.maps.interactive
def run():
    rg.explore_map(layer, "value", period=2024).save(sys.argv[2] + ".html")
""",
    ("page", "peer"): """
import folium, mapclassify
def run():
    layer.explore("value", scheme="quantiles", k=5).save(sys.argv[2] + ".html")
""",
}
END = """
before = time.process_time()
run()
print(json.dumps([time.process_time() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6]))
"""


def honeycomb(cells: int, path: Path) -> None:
    """Write a layer of bent six-sided cells in rows, with a smooth value and some chance."""
    import geopandas as gpd
    import numpy as np
    import shapely

    across = round(math.sqrt(cells))
    down = math.ceil(cells / across)
    column, row = (index.ravel() for index in np.meshgrid(np.arange(across), np.arange(down)))
    size = 25_000 / across
    turns = np.radians(np.arange(0, 361, 60) + 30)
    x = (column + (row % 2) / 2)[:, None] * size + size / np.sqrt(3) * np.cos(turns)
    y = (row * np.sqrt(3) / 2)[:, None] * size + size / np.sqrt(3) * np.sin(turns)
    # six steps along each side, so that borders have bends to simplify
    share = np.linspace(0, 1, 6, endpoint=False)
    x, y = (
        (side[:, :-1, None] * (1 - share) + side[:, 1:, None] * share).reshape(len(row), -1) for side in (x, y)
    )
    # on whole centimeters before they are bent, away from halves: both sides of a border bend alike
    x, y = np.round(x + 0.00317, 2), np.round(y + 0.00317, 2)
    bend = 0.06 * size
    bent = np.stack(
        [
            677_000 + x + bend * np.sin(7 * y / size + 5 * x / size),
            5_324_000 + y + bend * np.cos(6 * x / size + 4 * y / size),
        ],
        axis=-1,
    )
    polygons = shapely.polygons(shapely.linearrings(bent))[:cells]
    generator = np.random.default_rng(1)
    smooth = np.sin(column / across * 5) + np.cos(row / down * 4)
    value = np.round(50 + 10 * smooth + generator.normal(0, 3, len(row)), 1)[:cells]
    ids = [f"a{i}" for i in range(cells)]
    frame = gpd.GeoDataFrame(
        {"name": ids, "value": value}, geometry=polygons, crs="EPSG:25832", index=gpd.pd.Index(ids, name="area_id")
    )
    frame.to_parquet(path)


def measured(what: str, who: str, code: str, layer: Path, target: Path) -> tuple[float, float]:
    """Return seconds of the processor and gigabytes of one run in a process of its own."""
    command = [sys.executable, "-c", START + WAYS[what, who] + END, str(layer), str(target)]
    environment = {**os.environ, "PYTHONPATH": code}
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        raise SystemExit(done.stderr)
    seconds, gigabytes = json.loads(done.stdout.splitlines()[-1])
    return seconds, gigabytes


def main() -> None:
    """Print one row per number of areas and way."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cells", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--code", nargs="*", default=[], help="folders of other code, measured in turns")
    parser.add_argument("--what", choices=["map", "pdf", "page"], default="map")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", help="folder that keeps what is written")
    chosen = parser.parse_args()
    ways = {"this code": ("ours", HERE), "peer": ("peer", HERE)} | {code: ("ours", code) for code in chosen.code}
    medians: dict[str, list[float]] = {way: [] for way in ways}
    print("| areas | way | seconds (median of runs) | peak, GB |\n|--:|---|--:|--:|")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(chosen.keep or scratch)
        for cells in chosen.cells:
            layer = folder / f"{cells}.parquet"
            honeycomb(cells, layer)
            runs: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
            for _ in range(chosen.runs):
                for number, (way, (who, code)) in enumerate(ways.items()):
                    runs[way].append(measured(chosen.what, who, code, layer, folder / f"{cells}-{number}"))
            for way, times in runs.items():
                seconds = statistics.median(time for time, _ in times)
                medians[way].append(seconds)
                print(f"| {cells:,} | {way} | {seconds:.2f} | {max(size for _, size in times):.2f} |", flush=True)
    if len(chosen.cells) > 1:
        for way, times in medians.items():
            steps = [
                math.log(times[i + 1] / times[i]) / math.log(chosen.cells[i + 1] / chosen.cells[i])
                for i in range(len(times) - 1)
            ]
            print(f"growth, {way}: " + ", ".join(f"{step:.2f}" for step in steps))


if __name__ == "__main__":
    main()
