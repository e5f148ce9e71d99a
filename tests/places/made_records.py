"""Made records of cases: where, when and which, from a seed."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

import regsam_geo as rg

KINDS = ["Beratung", "Jugendhilfe", "Schuldnerberatung"]


def made_records(n: int, seed: int = 0) -> pd.DataFrame:
    """Cases over Munich and around it, some on borders, some without coordinates."""
    rng = np.random.default_rng(seed)
    west, south, east, north = rg.load_boundaries("district").total_bounds
    x = rng.uniform(west - 300, east + 300, n).round(2)
    y = rng.uniform(south - 300, north + 300, n).round(2)
    corners = shapely.get_coordinates(rg.load_boundaries("quarter").geometry.to_numpy())
    on = n // 50
    x[:on], y[:on] = corners[rng.choice(len(corners), on)].T
    x[on : on + n // 200] = np.nan
    day = pd.Timestamp("2023-01-01") + pd.to_timedelta(rng.integers(0, 731, n), unit="D")
    order = rng.permutation(n)
    frame = pd.DataFrame({"fallnummer": np.arange(n), "x": x, "y": y, "datum": day, "Art": rng.choice(KINDS, n)})
    return frame.iloc[order].reset_index(drop=True)


def counted_by_sjoin(records: pd.DataFrame, areas: gpd.GeoDataFrame) -> pd.Series:
    """Count as geopandas does, by area, year and kind; a point on a border in the first of its areas."""
    there = records[records["x"].notna()]
    points = gpd.GeoDataFrame(there, geometry=gpd.points_from_xy(there["x"], there["y"]), crs=areas.crs)
    layer = gpd.GeoDataFrame({"place": np.arange(len(areas))}, geometry=areas.geometry.to_numpy(), crs=areas.crs)
    joined = gpd.sjoin(points, layer, predicate="intersects").sort_values("place", kind="stable")
    first = joined[~joined.index.duplicated()]
    ids = areas.index.to_numpy()[first["place"]]
    return first.groupby([ids, first["datum"].dt.year.astype(str), first["Art"]]).size()


def as_series(panel: rg.Panel) -> pd.Series:
    """Return the counts above 0 of the groups of a panel."""
    rows = panel.data[(panel.data["group"] != "insgesamt") & (panel.data["value"] > 0)]
    return rows.set_index(["area_id", "period", "group"])["value"].astype(int)


def same(one: pd.Series, other: pd.Series) -> bool:
    """Tell whether two counts name the same keys with the same numbers."""
    return one.to_dict() == other.to_dict()
