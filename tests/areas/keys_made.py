"""Small tables and layers for the gate of keys."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
from matplotlib.text import Text
from shapely.geometry import box

import regsam_geo as rg

OFFICIAL = rg.load_boundaries()[["name"]]


def tidy(keys, **more):
    """One value per key: 1, 2, 3 ..."""
    keys = list(keys)
    rows = {
        "indicator": "Plätze",
        "period": 2024,
        "area_id": keys,
        "value": [float(k) for k in range(1, len(keys) + 1)],
    }
    return pd.DataFrame({**rows, **more})


def layer_of(ids, names=None):
    """Squares in the middle of Munich, none of which is a district."""
    boxes = [box(690_000 + 1000 * k, 5_330_000, 691_000 + 1000 * k, 5_331_000) for k in range(len(ids))]
    index = pd.Index(ids, name="area_id")
    return gpd.GeoDataFrame(
        {"name": names or [f"Gebiet {i}" for i in ids]}, geometry=boxes, index=index, crs=25832
    )


def foot(figure):
    """All that a page says."""
    return " ".join(" ".join(text.get_text() for text in figure.findobj(Text)).split())
