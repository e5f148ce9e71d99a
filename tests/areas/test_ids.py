from __future__ import annotations

import datetime

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
        ("Region 9", "region", "9"),
        ("04/12", "region", "4/12"),
        ("REGSAM-Region 17/18 Obergiesing", "region", "17/18"),
        ("München gesamt", "city", "munich"),
        ("München, insgesamt", "city", "munich"),
        ("#100", "city", "munich"),
        (1.0, "district", "01"),
        ("SB 7", "district", "07"),
        ("Stadtbezirksteil 1.1", "subdistrict", "01.1"),
        ("19 Thalkirchen", "district", "19"),
        ("05 Haidhausen", "district", "05"),
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


@pytest.mark.parametrize(
    ("spelling", "code"),
    [
        ("Schwanthalerhöhe", "area_ambiguous"),  # district 08 and its sub-district 08.2
        ("Trudering - Riem", "area_ambiguous"),
        ("01 Sendling", "area_name_differs"),
        ("06 Sendling-Westpark", "area_name_differs"),
        ("02 Pasing", "area_name_differs"),
        (datetime.date(2024, 12, 4), "area_is_date"),
        (datetime.datetime(2024, 1, 1), "area_is_date"),
        ("04. Dez", "area_is_date"),
        ("01.01.2024", "area_is_date"),
    ],
)
def test_what_can_mean_two_things_is_refused(spelling, code):
    with pytest.raises(AreaError) as caught:
        rg.parse_area_id(spelling)
    assert caught.value.code == code


def test_the_level_settles_it():
    assert rg.parse_area_id("Schwanthalerhöhe", level="district").area_id == "08"
    assert rg.parse_area_id("Schwanthalerhöhe", level="subdistrict").area_id == "08.2"
    assert rg.parse_area_id("10").level == "district"
    assert rg.parse_area_id("10", level="region") == ("region", "10")
    assert rg.parse_area_id("Planungsregion A", level="own") == ("own", "Planungsregion A")


@pytest.mark.parametrize(
    ("spelling", "level"), [("1", "subdistrict"), ("Stadt München", "district"), ("1.1", "quarter")]
)
def test_another_level_than_expected_is_refused(spelling, level):
    with pytest.raises(AreaError, match=level):
        rg.parse_area_id(spelling, level=level)


def test_near_misses_are_suggested():
    with pytest.raises(AreaError, match="Sendling"):
        rg.parse_area_id("Sendlin")


def test_natural_order():
    assert sorted(["10", "4/12", "1/2/3"], key=natural_key) == ["1/2/3", "4/12", "10"]
    assert sorted(["01.10", "01.2"], key=natural_key) == ["01.2", "01.10"]
