"""Layers of areas: their content decides which of a few formats they are, and none is left to a library's guess.

GDAL knows some sixty formats. Several of them are orders to read something else: a query, a service, a second
file. So the formats that planners hand around are read here, from bytes that were checked; GDAL sees FlatGeobuf
alone, and in a process of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import pyproj.exceptions
import shapely

from regsam_geo.foreign.apart import call_apart
from regsam_geo.foreign.archives import unpack
from regsam_geo.foreign.bounds import LIMIT_VARIABLE, bounds
from regsam_geo.foreign.content import kind_of, read_content
from regsam_geo.foreign.geojson import read_geojson
from regsam_geo.foreign.geopackage import GeoPackage
from regsam_geo.foreign.kml import read_kml
from regsam_geo.foreign.refusal import RefusedFileError
from regsam_geo.foreign.shapefile import read_shapefile
from regsam_geo.foreign.wkb import polygons_of_wkb
from regsam_geo.foreign.wkt_table import read_wkt_table

Layer = tuple[dict[str, list[Any]], npt.NDArray[np.object_], str | None]
SIDES = (".dbf", ".prj", ".cpg")
"""The parts of a shapefile beside the one that is named."""
# PROJ would open the files that are named so
_GRIDS = re.compile(r"grids|parameter_?file|gridshift|\+init", re.IGNORECASE)
_LONGEST_CRS = 50_000


@dataclass(frozen=True)
class LayerFile:
    """The layers of a file, each read when it is asked for."""

    layers: Mapping[str, Callable[[str | None], Layer]]

    def read(self, name: str, encoding: str | None = None) -> gpd.GeoDataFrame:
        """Return one layer: its columns, its polygons, and where they lie if the file says it.

        An encoding is heard by shapefiles alone, which often name a wrong one.

        Raises
        ------
        RefusedFileError
            If it is damaged, or larger than what is read.
        """
        columns, geometry, crs = _guarded(lambda: self.layers[name](encoding))
        _check_size(geometry)
        frame = pd.DataFrame({_title(title, columns): cells for title, cells in columns.items()})
        return gpd.GeoDataFrame(frame, geometry=geometry, crs=crs_of(crs))


def open_layers(path: Path) -> LayerFile:
    """Find out what a file holds.

    Raises
    ------
    RefusedFileError
        If it is none of the formats that are read, damaged, or larger than what is read.
    OSError
        If it cannot be opened.
    """
    content = read_content(path, bounds().layer_bytes)
    if kind_of(content) == "Shapefile":
        parts = {".shp": content}
        for side in SIDES:
            for beside in (path.with_suffix(side), path.with_suffix(side.upper())):
                if side not in parts and beside.is_file():
                    parts[side] = read_content(beside, bounds().layer_bytes)
        return LayerFile({path.stem: lambda encoding: read_shapefile(parts, encoding)})
    if kind_of(content) == "SQLite/GeoPackage":
        # what stands only there would be missing from the layer without a word
        wal = path.with_name(path.name + "-wal")
        if wal.is_file() and wal.stat().st_size:
            raise RefusedFileError("layer_in_use")
    layers: LayerFile = _guarded(lambda: _layers_of(content, path.stem))
    return layers


def _layers_of(content: bytes, stem: str) -> LayerFile:
    kind = kind_of(content)
    if kind == "zip":
        return _layers_of_zip(content)
    if kind == "SQLite/GeoPackage":
        with closing(GeoPackage(content)) as package:
            names = package.names
        reads = {name: partial(_read_geopackage, content, name) for name in names}
        return LayerFile({name: partial(_without_encoding, read) for name, read in reads.items()})
    if kind == "JSON":
        name, read = read_geojson(content, stem)
        return _one(name, read)
    if kind in ("FlatGeobuf", "Parquet"):
        return _one(stem, partial(_read_apart, kind.lower(), content))
    if kind == "XML" and b"<kml" in content[:4096]:
        return _one(stem, partial(read_kml, content))
    if kind == "text" and b"POLYGON" in content.upper() and (table := read_wkt_table(content)) is not None:
        return _one(stem, lambda: table)
    raise RefusedFileError("layer_kind", found=kind)


def _read_geopackage(content: bytes, name: str) -> Layer:
    # opened anew for the one layer that is asked for: a database that is held open is nobody's to close
    with closing(GeoPackage(content)) as package:
        return package.read(name)


def _one(name: str, read: Callable[[], Layer]) -> LayerFile:
    return LayerFile({name: partial(_without_encoding, read)})


def _without_encoding(read: Callable[[], Layer], _: str | None) -> Layer:
    return read()


def _layers_of_zip(content: bytes) -> LayerFile:
    endings = (".shp", *SIDES, ".gpkg", ".geojson", ".json", ".kml", ".fgb", ".parquet")
    # macOS packs a shadow beside each file, with its ending and not of its kind
    parts = unpack(content, lambda name: name.lower().endswith(endings) and "__MACOSX" not in name)
    by_stem: dict[str, dict[str, bytes]] = {}
    for name, part in parts.items():
        stem, dot, ending = name.rpartition(".")
        by_stem.setdefault(stem, {})[(dot + ending).lower()] = part
    found: list[tuple[str, Callable[[str | None], Layer]]] = []
    for stem, sides in by_stem.items():
        if ".shp" in sides:
            found.append((stem, partial(read_shapefile, sides)))
        for ending, part in sides.items():
            if ending in (".shp", *SIDES):
                continue
            # every archive within another would have a bound of its own
            if kind_of(part) == "zip":
                raise RefusedFileError("layer_kind", found="zip in zip")
            inside = _layers_of(part, stem).layers
            found += [(stem if len(inside) == 1 else f"{stem}/{name}", read) for name, read in inside.items()]
    if not found:
        raise RefusedFileError("layer_kind", found="zip")
    short = [name.rpartition("/")[2] for name, _ in found]
    names = short if len(set(short)) == len(short) else [name for name, _ in found]
    return LayerFile({name: read for name, (_, read) in zip(names, found, strict=True)})


def _read_apart(job: str, content: bytes) -> Layer:
    answer = call_apart(job, content)
    if answer.ended:
        raise RefusedFileError("file_ended")
    columns, wkb, crs = answer.value
    # walked here once more: the process that answers has read a stranger's bytes
    return columns, polygons_of_wkb(wkb), crs


def _guarded(read: Callable[[], Any]) -> Any:
    """Call what reads foreign bytes; whatever it stumbles over is damage of the file."""
    try:
        return read()
    except RefusedFileError:
        raise
    except MemoryError:
        raise RefusedFileError("file_memory") from None
    except RecursionError:
        raise RefusedFileError("layer_unreadable", detail="nested too deeply") from None
    except Exception as error:
        detail = str(error).split("\n")[0][:200] or type(error).__name__
        raise RefusedFileError("layer_unreadable", detail=detail) from None


def _title(title: str, columns: Mapping[str, Any]) -> str:
    """Keep a column called geometry apart from the geometry."""
    while title == "geometry" or (title.startswith("geometry_") and title[:-1] in columns):
        title += "_"
    return title


def _check_size(geometry: npt.NDArray[np.object_]) -> None:
    limits = bounds()
    counts = {
        "areas": (len(geometry), limits.areas),
        "rings": (int(shapely.get_num_interior_rings(shapely.get_parts(geometry)).sum()), limits.rings),
        "points": (int(shapely.get_num_coordinates(geometry).sum()), limits.points),
    }
    for what, (found, most) in counts.items():
        if found > most:
            raise too_large(what, found, most)
    # 1e400 is infinity to Python, and as text it was an ordinary number
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        raise RefusedFileError("coordinates_broken")


def too_large(what: str, found: int, most: int) -> RefusedFileError:
    """Return the refusal of a layer of too many areas, rings or points."""
    return RefusedFileError(f"layer_{what}", found=found, expected=most, variable=LIMIT_VARIABLE)


def crs_of(text: str | None) -> pyproj.CRS | None:
    """Return the coordinate system that a file names; one that would read grids of its own is refused.

    Raises
    ------
    RefusedFileError
        If it names files.

    Examples
    --------
    >>> crs_of("EPSG:25832").to_epsg()
    25832
    """
    if text in ("OGC:CRS84", "CRS84"):
        return pyproj.CRS.from_epsg(4326)
    if not text or not text.strip("\x00 \r\n\t"):
        return None
    if len(text) > _LONGEST_CRS or _GRIDS.search(text):
        raise RefusedFileError("layer_grids")
    # by its number: shapefiles spell the same system in other words
    try:
        found = pyproj.CRS.from_user_input(text.strip("\x00 \r\n\t"))
        known = found.to_epsg()
        return found if known is None else pyproj.CRS.from_epsg(known)
    except (pyproj.exceptions.ProjError, ValueError, TypeError):
        return None
