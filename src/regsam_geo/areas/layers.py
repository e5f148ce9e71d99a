"""The shipped boundary layers: quarters as polygons, every other level dissolved from them."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, cast, get_args

import geopandas as gpd
import pandas as pd
import shapely

from regsam_geo.areas.division import Division, as_division
from regsam_geo.areas.ids import natural_key
from regsam_geo.areas.official import area_names, shipped_quarters
from regsam_geo.text import check_choice

CRS = "EPSG:25832"
VINTAGE = "2025"
ATTRIBUTION = "Landeshauptstadt München"
LICENSE = "dl-de/by-2-0"

ShippedLevel = Literal["district", "subdistrict", "quarter", "region"]
SHIPPED_LEVELS: tuple[ShippedLevel, ...] = get_args(ShippedLevel)


def load_boundaries(level: ShippedLevel = "district", division: Division | None = None) -> gpd.GeoDataFrame:
    """Load a shipped boundary layer of Munich.

    Parameters
    ----------
    level
        ``"district"`` (25), ``"subdistrict"`` (108), ``"quarter"`` (475) or ``"region"`` (the 16 REGSAM
        regions, or the groups of the division).
    division
        Which area belongs to which region; the 16 REGSAM regions by default. ``read_division`` reads one of your
        own, whose groups are the regions then.

    Returns
    -------
    GeoDataFrame
        Index ``area_id``, in the order of the numbers; columns ``name``, the ids of the areas above
        (``subdistrict_id``, ``district_id``, ``region_id`` as far as they apply) and ``geometry`` in
        EPSG:25832 (ETRS89 / UTM zone 32N, meters). Borders are shared exactly, and each level is the exact
        union of the finer one.

    Raises
    ------
    OptionError
        If the level is not one of the four.

    Notes
    -----
    Figures: City of Munich, dl-de/by-2-0, vintage 2025, simplified as one coverage with a tolerance of 3 m; the
    provenance stands in ``data/boundaries/provenance.json``.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> districts = rg.load_boundaries("district")
    >>> len(districts)
    25
    >>> districts.loc["17", ["name", "region_id"]].tolist()
    ['Obergiesing-Fasangarten', '17/18']
    >>> rg.load_boundaries("quarter").loc["17.1.1", "subdistrict_id"]
    '17.1'
    """
    check_choice(level, SHIPPED_LEVELS, "level_unknown")
    division = as_division(division)
    if level == "region":
        finest = division.level if division.level in SHIPPED_LEVELS else "district"
        areas = _layer(cast("Literal['district', 'subdistrict', 'quarter']", finest))
        return regions_made_of(areas, division)
    # A copy, as the cached layer is shared by everybody.
    layer = _layer(level).copy()
    regions = division.regions_of(level, layer.index)
    layer.insert(layer.columns.get_loc("geometry"), "region_id", regions.to_numpy(dtype=object))
    return layer


def regions_made_of(areas: gpd.GeoDataFrame, division: Division) -> gpd.GeoDataFrame:
    """Return the polygons of the groups of a division, united from those of its members."""
    groups = pd.Series(division.groups.reindex(areas.index).to_numpy(dtype=object), index=areas.index)
    dissolved = _dissolve(areas, groups)
    # Names of regions come from the division: the office knows districts, no REGSAM regions.
    names = [division.region_name(str(region)) for region in dissolved.index]
    return gpd.GeoDataFrame({"name": pd.Series(names, index=dissolved.index, dtype="str")}, geometry=dissolved)


@lru_cache(maxsize=3)
def _layer(level: Literal["district", "subdistrict", "quarter"]) -> gpd.GeoDataFrame:
    quarters = shipped_quarters()
    if level == "quarter":
        return quarters
    dissolved = _dissolve(quarters, quarters[f"{level}_id"])
    names = area_names().query("level == @level").set_index("area_id")["name"]
    columns = {"name": names.reindex(dissolved.index)}
    if level == "subdistrict":
        columns["district_id"] = dissolved.index.to_series().str[:2]
    return gpd.GeoDataFrame(columns, geometry=dissolved)


def _dissolve(areas: gpd.GeoDataFrame, parent: pd.Series) -> gpd.GeoSeries:
    """Unite the areas of one coverage by parent; shared borders vanish exactly."""
    # Of a coverage: borders drop out as equal edges, and nothing is computed that could move a point.
    polygons = {
        parent_id: shapely.coverage_union_all(members.to_numpy())
        for parent_id, members in areas.geometry.groupby(parent)
    }
    ordered = sorted(polygons, key=natural_key)
    return gpd.GeoSeries(
        [polygons[key] for key in ordered], index=pd.Index(ordered, name="area_id"), crs=areas.crs
    )
