from __future__ import annotations

import pytest

import regsam_geo as rg
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
