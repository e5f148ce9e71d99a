"""Build the shipped boundary layers from the city's layers of districts, sub-districts and quarters.

Run it again on a fresh download::

    python data/boundaries/build_boundaries.py FOLDER

``FOLDER`` holds ``districts``, ``subdistricts`` and ``quarters`` (GeoJSON or GeoPackage). Only the quarters are
shipped as polygons: simplified as one coverage, so that borders stay shared. Sub-districts, districts and
regions are dissolved from them when they are loaded, so all levels nest exactly.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

HERE = Path(__file__).parent
CRS = "EPSG:25832"
TOLERANCE_M = 3.0
GRID_M = 0.1
VINTAGE = "2025"

# the names that the id has in the city's downloads and in the derived layers
ID_COLUMNS = {
    "districts": ("district_id", "sb_nummer"),
    "subdistricts": ("subdistrict_id", "bt_nummer"),
    "quarters": ("quarter_id", "vi_nummer"),
}
NAME_COLUMNS = ("name", "sb_name", "bt_name")


def read_layer(folder: Path, stem: str) -> tuple[gpd.GeoDataFrame, Path]:
    """Read one layer, index by its id, dissolve the parts of areas with exclaves."""
    path = next(p for ending in ("geojson", "gpkg") if (p := folder / f"{stem}.{ending}").exists())
    layer = gpd.read_file(path)
    layer = layer.set_crs(CRS) if layer.crs is None else layer.to_crs(CRS)
    id_column = next(name for name in ID_COLUMNS[stem] if name in layer)
    layer["area_id"] = layer[id_column].astype(str)
    if stem == "districts":
        layer["area_id"] = layer["area_id"].str.zfill(2)
    return layer.dissolve("area_id", method="coverage").sort_index(), path


def simplify(quarters: gpd.GeoSeries) -> np.ndarray:
    """Simplify as one coverage and round to the grid; fail if the result is no longer a coverage."""
    polygons = shapely.coverage_simplify(quarters.to_numpy(), TOLERANCE_M)
    polygons = shapely.set_precision(polygons, GRID_M, mode="pointwise")
    polygons = shapely.normalize(polygons)
    if not (shapely.is_valid(polygons).all() and shapely.coverage_is_valid(polygons)):
        msg = "the simplified quarters are no valid coverage: choose a smaller tolerance"
        raise SystemExit(msg)
    return np.asarray(polygons)


def write_geojson(path: Path, area_ids: list[str], polygons: np.ndarray) -> None:
    """Write GeoJSON by hand: one feature a line, one decimal, so that a diff can be read."""
    lines = []
    for area_id, polygon in zip(area_ids, polygons, strict=True):
        geometry = json.loads(shapely.to_geojson(polygon), parse_float=lambda text: round(float(text), 1))
        feature = {"type": "Feature", "properties": {"area_id": area_id}, "geometry": geometry}
        lines.append(json.dumps(feature, separators=(",", ":")))
    crs = '{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::25832"}}'
    head = f'{{"type":"FeatureCollection","name":"quarters","crs":{crs},"features":[\n'
    path.write_text(head + ",\n".join(lines) + "\n]}\n", encoding="utf-8", newline="\n")


def sha256(path: Path) -> str:
    """Return the checksum of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Build ``quarters.geojson``, ``names.csv`` and ``provenance.json``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder with districts, subdistricts and quarters")
    folder = parser.parse_args().folder

    layers = {stem: read_layer(folder, stem) for stem in ID_COLUMNS}
    quarters, _ = layers["quarters"]
    polygons = simplify(quarters.geometry)
    write_geojson(HERE / "quarters.geojson", list(quarters.index), polygons)

    names = []
    for stem, level in (("districts", "district"), ("subdistricts", "subdistrict")):
        layer, _ = layers[stem]
        column = next(name for name in NAME_COLUMNS if name in layer)
        names.append(pd.DataFrame({"level": level, "area_id": layer.index, "name": layer[column].to_numpy()}))
    pd.concat(names).to_csv(HERE / "names.csv", index=False, lineterminator="\n")

    moved = max(
        shapely.hausdorff_distance(before, after)
        for before, after in zip(quarters.geometry, polygons, strict=True)
    )
    provenance = {
        "title": "Stadtbezirke, Stadtbezirksteile und Stadtbezirksviertel der Landeshauptstadt München",
        "source": "Landeshauptstadt München, GeodatenService, open data layers of administrative areas",
        "license": "Datenlizenz Deutschland Namensnennung 2.0 (dl-de/by-2-0)",
        "attribution": f"Landeshauptstadt München, {VINTAGE}",
        "vintage": VINTAGE,
        "crs": CRS,
        "changes": "quarters simplified as one coverage (Visvalingam-Whyatt) and rounded; other levels dissolved",
        "tolerance_m": TOLERANCE_M,
        "grid_m": GRID_M,
        "largest_shift_m": round(moved, 2),
        "areas": {stem: len(layer) for stem, (layer, _) in layers.items()},
        "vertices": int(shapely.get_num_coordinates(polygons).sum()),
        "total_km2": {
            "source": round(quarters.area.sum() / 1e6, 4),
            "shipped": round(shapely.area(polygons).sum() / 1e6, 4),
        },
        "sha256": {
            "source": {path.name: sha256(path) for _, path in layers.values()},
            "shipped": {name: sha256(HERE / name) for name in ("quarters.geojson", "names.csv")},
        },
    }
    text = json.dumps(provenance, indent=2, ensure_ascii=False) + "\n"
    (HERE / "provenance.json").write_text(text, encoding="utf-8", newline="\n")
    print(text)


if __name__ == "__main__":
    main()
