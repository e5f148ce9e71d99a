from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

import regsam_geo as rg
from regsam_geo.areas.assignment import overlap_shares
from regsam_geo.errors import AreaError


@pytest.mark.parametrize("level", ["district", "subdistrict", "quarter"])
def test_ids_say_the_region(level):
    areas = rg.load_boundaries(level)
    assigned = rg.assign_regions(areas)
    assert assigned.index.equals(areas.index)
    assert assigned["region_id"].equals(areas["region_id"])
    assert (assigned["share"] == 1).all()


def test_where_an_area_lies_agrees_with_its_id():
    """The id of a quarter and its position in the dissolved region must say the same."""
    quarters, regions = rg.load_boundaries("quarter"), rg.load_boundaries("region")
    points = quarters.geometry.representative_point()
    for area_id, region in rg.assign_regions(quarters)["region_id"].items():
        assert regions.geometry[region].contains(points[area_id])


@pytest.mark.parametrize("strange", ["26", "17/18", "Stadt München"])
def test_what_is_no_area_within_a_region_is_refused(strange):
    with pytest.raises(AreaError):
        rg.assign_regions(["01", strange])


@pytest.mark.parametrize("seed", range(3))
def test_shares_are_those_of_every_pair_cut_out(seed):
    rng = np.random.default_rng(seed)
    corners = rng.random((40, 2)) * 900
    own = shapely.box(*corners.T, *(corners + rng.choice([20, 300], (40, 1))).T)
    targets = [shapely.box(x, y, x + 500, y + 500) for x in (0, 500, 200) for y in (0, 500)]
    areas = gpd.GeoDataFrame(index=[f"o{n}" for n in range(40)], geometry=own, crs=25832)
    layer = gpd.GeoDataFrame(index=list("abcdef"), geometry=targets, crs=25832)
    found = overlap_shares(areas, layer).set_index(["area_id", "target_id"])["share"].to_dict()
    cut = {
        (area, target): one.intersection(other).area / one.area
        for area, one in areas.geometry.items()
        for target, other in layer.geometry.items()
    }
    assert found == pytest.approx({pair: share for pair, share in cut.items() if share > 1e-9})
