"""Which region an area belongs to: by its id where the id is known, else by where it lies."""

from __future__ import annotations

from collections.abc import Iterable

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from regsam_geo.areas.division import Division, as_division
from regsam_geo.areas.ids import AreaId, Refusal, find_area, parse_area_id
from regsam_geo.areas.keys import NUMBERED
from regsam_geo.areas.layers import CRS, load_boundaries
from regsam_geo.errors import AreaError
from regsam_geo.text import problem, say, shorten, tell

CLEAR_SHARE = 0.9
"""From this share of its own surface an area counts as lying in one region."""


def overlap_shares(areas: gpd.GeoDataFrame, targets: gpd.GeoDataFrame) -> pd.DataFrame:
    """Say how much of each area lies in each target.

    Returns
    -------
    DataFrame
        One row per pair that overlaps: ``area_id``, ``target_id``, ``share`` of the area's surface; largest share
        first within an area.
    """
    if areas.crs is not None and targets.crs is not None and areas.crs != targets.crs:
        # Shares of surface mean something only in one projection; without a system on either side both are taken
        # as they are.
        areas = areas.to_crs(targets.crs)
    own, other = areas.geometry.to_numpy(), targets.geometry.to_numpy()
    # By a tree, and asked by the targets, which are few: each is prepared once for all areas in it.
    tree = shapely.STRtree(own)
    j, i = tree.query(other, predicate="intersects")
    order = np.lexsort((j, i))
    i, j = i[order], j[order]
    inside = np.asarray(tree.query(other, predicate="covers"))
    surface = shapely.area(own)
    # Most areas lie in one target as a whole; only along its border something has to be measured.
    cut = ~np.isin(i * len(other) + j, inside[1] * len(other) + inside[0])
    share = np.ones(len(i))
    shared = shapely.area(shapely.intersection(own[i[cut]], other[j[cut]]))
    share[cut] = shared / np.where(surface > 0, surface, np.nan)[i[cut]]
    pairs = pd.DataFrame({"area_id": areas.index[i], "target_id": targets.index[j], "share": share, "place": i})
    # Neighbors of one coverage share their border, and a border has no surface.
    pairs = pairs[pairs["share"] > 1e-9].sort_values(["place", "share"], ascending=[True, False], kind="stable")
    return pairs.drop(columns="place").reset_index(drop=True)


def assign_regions(
    areas: gpd.GeoDataFrame | pd.Series | Iterable[str], division: Division | None = None
) -> pd.DataFrame:
    """Say in which region each area lies.

    Parameters
    ----------
    areas
        A frame with area ids as index, or the ids themselves: districts (``"17"``), sub-districts (``"17.1"``)
        or quarters (``"17.1.1"``). Polygons with other ids, or whose id means another place, are assigned to the
        region that holds the largest share of them.
    division
        The regions; the 16 of REGSAM by default.

    Returns
    -------
    DataFrame
        Aligned to the input: index ``area_id`` as given; columns ``region_id``, ``region_name``, ``share`` (of
        the area that lies in the region; 1 where the id says it) and ``evidence`` (``overlap`` where it was
        measured). A share below 0.9 is told.

    Raises
    ------
    AreaError
        If an id is not one of Munich and there is no polygon, or the polygon lies in no region.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> rg.assign_regions(["17", "04.1", "21.3.2"])["region_id"].tolist()
    ['17/18', '4/12', '21/22/23']
    """
    if division is None:
        as_division(None).tell_derived()
    division = as_division(division)
    given = areas.index if isinstance(areas, pd.DataFrame) else pd.Index(list(areas), name="area_id")
    if isinstance(areas, gpd.GeoDataFrame) and areas.active_geometry_name is not None:
        return _by_id_or_place(areas, division)
    # All ids before the first is assigned: a mistake is told before any work is done.
    parsed = [parse_area_id(area_id) for area_id in given]
    for area_id, found in zip(given, parsed, strict=True):
        if found.level not in ("district", "subdistrict", "quarter"):
            words = say("label.level.district")
            raise problem(AreaError, "area_unknown", found=area_id, expected="district", words=words, hint="")
    return _by_id(parsed, given, division)


def _by_id(areas: list[AreaId], index: pd.Index, division: Division) -> pd.DataFrame:
    """Return the regions of areas whose ids say it; empty text for those that are in none."""
    regions = [division.region_of(area.level, area.area_id) for area in areas]
    evidence = division.members.drop_duplicates("region_id").set_index("region_id")["evidence"]
    of_member = division.members["evidence"]
    return pd.DataFrame(
        {
            "region_id": regions,
            "region_name": [division.region_name(region) if region else "" for region in regions],
            "share": [1.0 if region else np.nan for region in regions],
            "evidence": [
                of_member.get(_member(area, division), evidence.get(region, "")) if region else ""
                for area, region in zip(areas, regions, strict=True)
            ],
        },
        index=index,
    )


def _member(area: AreaId, division: Division) -> str:
    """Return the id of the member of a division that an area is, or lies in."""
    parts = area.area_id.split(".")
    return ".".join(parts[: NUMBERED.index(division.level) + 1]) if division.level in NUMBERED else area.area_id


def _by_id_or_place(areas: gpd.GeoDataFrame, division: Division) -> pd.DataFrame:
    """Trust an id only where the polygon is that area: own regions may be called 1, 2 and 3 too."""
    polygons = areas if areas.crs is None else areas.to_crs(CRS)
    ids = [_same_place(area_id, polygon) for area_id, polygon in zip(areas.index, polygons.geometry, strict=True)]
    known = np.array([found is not None for found in ids], dtype=bool)
    by_id = _by_id([found for found in ids if found is not None], areas.index[known], division)
    regions = load_boundaries("region", division)
    # The largest share comes first within an area, so this keeps it.
    by_place = overlap_shares(polygons[~known], regions).drop_duplicates("area_id").set_index("area_id")
    outside = [area_id for area_id in areas.index[~known] if area_id not in by_place.index]
    if outside and division.covers("district"):
        raise problem(AreaError, "area_outside", areas=shorten(outside, 12))
    names = regions["name"].reindex(by_place["target_id"]).to_numpy()
    measured = pd.DataFrame(
        {
            "region_id": by_place["target_id"],
            "region_name": names,
            # Parts measured along the same border may sum to a hair more than the whole.
            "share": by_place["share"].clip(upper=1.0),
            "evidence": "overlap",
        },
        index=by_place.index,
    )
    result = pd.concat([part for part in (by_id, measured) if len(part)] or [by_id]).reindex(areas.index)
    result[["region_id", "region_name", "evidence"]] = result[["region_id", "region_name", "evidence"]].fillna("")
    split = result.index[result["share"] < CLEAR_SHARE]
    if len(split):
        listed = [f"{area_id} ({result.loc[area_id, 'share']:.0%})" for area_id in split]
        tell(say("note.assign.split", n=len(split), areas=shorten(listed, 12)))
    return result


def _same_place(area_id: object, polygon: shapely.Geometry | None) -> AreaId | None:
    """Return the area of Munich that id and polygon both mean, if there is one."""
    found = find_area(area_id)
    if isinstance(found, Refusal) or found.level not in ("district", "subdistrict", "quarter"):
        return None
    if polygon is None or polygon.is_empty:
        return found
    official = load_boundaries(found.level).geometry[found.area_id]
    # Of the larger of both: a small own area inside district 17 is not district 17.
    shared = official.intersection(polygon).area
    return found if shared >= CLEAR_SHARE * max(official.area, polygon.area) else None
