"""Which region an area belongs to: by its id where the id is known, else by where it lies."""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd
import pandas as pd

from regsam_geo.areas.ids import parse_area_id
from regsam_geo.areas.scheme import load_region_scheme
from regsam_geo.errors import AreaError
from regsam_geo.text import problem


def assign_regions(
    areas: gpd.GeoDataFrame | pd.Series | Iterable[str], scheme: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Say in which REGSAM region each area lies.

    Parameters
    ----------
    areas
        A frame with area ids as index, or the ids themselves: districts (``"17"``), sub-districts (``"17.1"``)
        or quarters (``"17.1.1"``).
    scheme
        The region table; the shipped one by default.

    Returns
    -------
    DataFrame
        Aligned to the input: index ``area_id`` as given; columns ``region_id``, ``region_name``, ``share`` (of
        the area that lies in the region; 1 where the id says it) and ``evidence``.

    Raises
    ------
    AreaError
        If an id is not one of Munich.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> rg.assign_regions(["17", "04.1", "21.3.2"])["region_id"].tolist()
    ['17/18', '4/12', '21/22/23']
    """
    if scheme is None:
        scheme = load_region_scheme()
    given = areas.index if isinstance(areas, pd.DataFrame) else pd.Index(list(areas), name="area_id")
    parsed = [parse_area_id(area_id) for area_id in given]
    for area_id, found in zip(given, parsed, strict=True):
        if found.level not in ("district", "subdistrict", "quarter"):
            raise problem(AreaError, "area_unknown", found=area_id, expected="district", hint="")
    rows = scheme.loc[[found.area_id[:2] for found in parsed]]
    return pd.DataFrame(
        {
            "region_id": rows["region_id"].to_numpy(),
            "region_name": rows["region_name"].to_numpy(),
            "share": 1.0,
            "evidence": rows["evidence"].to_numpy(),
        },
        index=given,
    )
