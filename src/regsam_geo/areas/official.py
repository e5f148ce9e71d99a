"""The official areas as they are shipped: the polygons of the quarters, and the names of all levels."""

from __future__ import annotations

from functools import lru_cache

import geopandas as gpd
import pandas as pd

from regsam_geo.resources import data_folder


def area_names() -> pd.DataFrame:
    """Return the table of official names: columns ``level``, ``area_id``, ``name``."""
    return _area_names().copy()


@lru_cache(maxsize=1)
def _area_names() -> pd.DataFrame:
    return pd.read_csv(data_folder() / "boundaries" / "names.csv", dtype=str)


@lru_cache(maxsize=1)
def shipped_quarters() -> gpd.GeoDataFrame:
    """Return the 475 quarters, index ``area_id``; the ids of all other levels are beginnings of theirs."""
    quarters = gpd.read_file(data_folder() / "boundaries" / "quarters.geojson").set_index("area_id")
    ids = quarters.index.to_series()
    above = {"subdistrict_id": ids.str.rsplit(".", n=1).str[0], "district_id": ids.str[:2]}
    return gpd.GeoDataFrame({"name": ids, **above}, geometry=quarters.geometry)
