from __future__ import annotations

import pytest

import regsam_geo as rg
from regsam_geo.areas.ids import natural_key
from regsam_geo.errors import AreaError


@pytest.mark.parametrize(
    ("spelling", "level", "area_id"),
    [
        ("01 Altstadt - Lehel", "district", "01"),
        ("Altstadt-Lehel", "district", "01"),
        ("1", "district", "01"),
        ("01", "district", "01"),
        (1, "district", "01"),
        ("Stadtbezirk 01", "district", "01"),
        ("04 Schwabing West", "district", "04"),
        ("11 Milbertshofen -  Am Hart", "district", "11"),
        ("19 Thalkirchen - Obersendling - Forstenried - Fürstenried - Solln", "district", "19"),
        ("01.1 Graggenau", "subdistrict", "01.1"),
        ("1.1", "subdistrict", "01.1"),
        ("1.1.1", "quarter", "01.1.1"),
        ("17/18", "region", "17/18"),
        ("Region 4/12", "region", "4/12"),
        ("Stadt München", "city", "munich"),
        ("#100", "city", "munich"),
    ],
)
def test_spellings(spelling, level, area_id):
    assert rg.parse_area_id(spelling) == (level, area_id)


def test_every_official_id_and_name_is_understood():
    for level in ("district", "subdistrict", "quarter"):
        areas = rg.load_boundaries(level)
        for area_id, name in areas["name"].items():
            assert rg.parse_area_id(area_id) == (level, area_id)
            assert rg.parse_area_id(f"{area_id} {name}") == (level, area_id)


@pytest.mark.parametrize(
    "spelling", ["0", "26", "99 nicht zuzuordnen", "01.9", "", "nan", "Schwabing", "Berlin", "1.1.1.1"]
)
def test_what_is_no_area_of_munich(spelling):
    with pytest.raises(AreaError):
        rg.parse_area_id(spelling)


def test_near_misses_are_suggested():
    with pytest.raises(AreaError, match="Sendling"):
        rg.parse_area_id("Sendlin")


def test_natural_order():
    assert sorted(["10", "4/12", "1/2/3"], key=natural_key) == ["1/2/3", "4/12", "10"]
    assert sorted(["01.10", "01.2"], key=natural_key) == ["01.2", "01.10"]
