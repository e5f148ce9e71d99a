from __future__ import annotations

import pytest
import shapely

import regsam_geo as rg
from regsam_geo.errors import OptionError
from regsam_geo.resources import data_folder

LEVELS = ("district", "subdistrict", "quarter", "region")


@pytest.fixture(scope="module", params=LEVELS)
def layer(request):
    return request.param, rg.load_boundaries(request.param)


def test_numbers_of_areas_and_of_pairs(layer):
    level, areas = layer
    expected = {"district": (25, 59), "subdistrict": (108, 300), "quarter": (475, 1451), "region": (16, 35)}
    assert (len(areas), len(rg.neighbors(areas).pairs)) == expected[level]


def test_each_level_is_a_valid_coverage(layer):
    _, areas = layer
    assert shapely.coverage_is_valid(areas.geometry.to_numpy())
    assert areas.geometry.is_valid.all()
    assert not areas.geometry.is_empty.any()


def test_contract(layer):
    _, areas = layer
    assert areas.index.name == "area_id"
    assert areas.index.is_unique
    assert areas.crs.to_epsg() == 25832
    assert areas["name"].notna().all()
    assert {"name", "geometry"} <= set(areas.columns)


def test_total_area(layer):
    _, areas = layer
    assert areas.area.sum() / 1e6 == pytest.approx(310.7288, rel=1e-4)


@pytest.mark.parametrize(
    ("fine", "coarse", "parent"),
    [
        ("quarter", "subdistrict", "subdistrict_id"),
        ("quarter", "district", "district_id"),
        ("subdistrict", "district", "district_id"),
        ("district", "region", "region_id"),
    ],
)
def test_levels_nest_exactly(fine, coarse, parent):
    children, parents = rg.load_boundaries(fine), rg.load_boundaries(coarse)
    assert set(children[parent]) == set(parents.index)
    for area_id, members in children.geometry.groupby(children[parent]):
        union = shapely.union_all(members.to_numpy())
        assert union.symmetric_difference(parents.geometry[area_id]).area == 0


def test_exclaves_are_kept():
    districts = rg.load_boundaries("district")
    parts = shapely.get_num_geometries(districts.geometry.to_numpy())
    assert set(districts.index[parts > 1]) == {"18", "19"}


def test_shipped_layers_are_small():
    folder = data_folder() / "boundaries"
    size = sum(path.stat().st_size for path in folder.glob("*") if path.suffix in {".geojson", ".csv", ".gpkg"})
    assert size <= 1_000_000


def test_the_caller_may_change_what_he_got():
    first = rg.load_boundaries("district")
    first.loc["01", "name"] = "anders"
    assert rg.load_boundaries("district").loc["01", "name"] == "Altstadt-Lehel"


def test_unknown_level():
    with pytest.raises(OptionError, match="district"):
        rg.load_boundaries("distrikt")
