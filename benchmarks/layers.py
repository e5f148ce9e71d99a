"""Large layers: regions of 100,000 areas, neighbors, and reading, in seconds of the processor.

A grid of cells over the city stands for a layer of others; the quarters with 1.2 million corners for one that is
drawn finely. Beside them stands what geopandas does with the same polygons. Run it in two checkouts to compare::

    PYTHONPATH=src python benchmarks/layers.py [FOLDER] [--areas 1000 10000 100000]
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

import regsam_geo as rg

CORNERS = 1_150_000


def cells(number: int) -> gpd.GeoDataFrame:
    """Return about so many square cells that lie in the city."""
    city = rg.load_boundaries("district").union_all()
    shapely.prepare(city)
    west, south, east, north = city.bounds
    # the city takes 57 of 100 parts of its bounding box
    side = int(np.sqrt(number / 0.57))
    x, y = (np.linspace(low, high, side + 1) for low, high in ((west, east), (south, north)))
    column, row = (axis.ravel() for axis in np.indices((side, side)))
    boxes = shapely.box(x[column], y[row], x[column + 1], y[row + 1])
    inside = boxes[shapely.contains_properly(city, boxes)]
    ids = [f"z{place:06d}" for place in range(len(inside))]
    layer = gpd.GeoDataFrame({"name": ids}, geometry=inside, index=ids, crs=25832)
    return layer.rename_axis("area_id")


def seconds(job: Callable[[], object], runs: int = 3) -> float:
    """Return the median of several runs, in seconds of the processor."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        job()
        times.append(time.process_time() - start)
    return statistics.median(times)


def checked(path: Path) -> None:
    """Read a layer as geopandas does, into the city's coordinates, and ask whether its polygons are valid."""
    layer = gpd.read_file(path).to_crs(25832)
    assert layer.is_valid.all()


def jobs(layer: gpd.GeoDataFrame, path: Path) -> dict[str, Callable[[], object]]:
    """Return what is measured on one layer, which stands in a file too."""
    districts = rg.load_boundaries("district").reset_index()[["area_id", "geometry"]]
    return {
        "assign_regions": lambda: rg.assign_regions(layer),
        "  geopandas.overlay": lambda: gpd.overlay(layer.reset_index(), districts, keep_geom_type=True),
        "neighbors, queen": lambda: rg.neighbors(layer),
        "neighbors, rook": lambda: rg.neighbors(layer, "rook"),
        "neighbors, border_length": lambda: rg.neighbors(layer, "border_length"),
    } | reading(path)


def reading(path: Path) -> dict[str, Callable[[], object]]:
    """Return the two ways to read a layer."""
    return {
        "read_boundaries": lambda: rg.read_boundaries(path, "area_id", "name"),
        "  geopandas.read_file, valid": lambda: checked(path),
    }


def main() -> None:
    """Print one line per job."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--areas", type=int, nargs="*", default=[1000, 10_000, 100_000])
    arguments = parser.parse_args()
    os.environ["REGSAM_GEO_READ_LIMIT"] = "2"
    with tempfile.TemporaryDirectory() as made:
        folder = arguments.folder or Path(made)
        for number in arguments.areas:
            layer = cells(number)
            path = folder / f"cells_{number}.gpkg"
            layer.reset_index().to_file(path)
            rg.assign_regions(layer.head(3))
            for name, job in jobs(layer, path).items():
                print(f"{len(layer):>7} {name:<30} {seconds(job):8.2f}", flush=True)
        quarters = rg.load_boundaries("quarter")
        step = quarters.length.sum() / CORNERS
        quarters["geometry"] = shapely.segmentize(quarters.geometry.to_numpy(), step)
        path = folder / "fine_quarters.geojson"
        quarters.reset_index()[["area_id", "name", "geometry"]].to_file(path)
        corners = shapely.get_num_coordinates(quarters.geometry.to_numpy()).sum()
        print(f"{path.stat().st_size / 1e6:.0f} MB, {corners} corners")
        for name, job in reading(path).items():
            print(f"{len(quarters):>7} {name:<30} {seconds(job):8.2f}", flush=True)


if __name__ == "__main__":
    main()
