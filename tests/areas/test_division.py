from __future__ import annotations

import logging
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.errors import DivisionError, OptionError

NORTH = {"Nord": [11, 12, 24], "Ost": [13, 14]}
"""Five districts in two groups: twenty are in none."""


def test_the_shipped_one_has_every_district_once():
    division = rg.read_division()
    assert list(division.members.index) == [f"{i:02d}" for i in range(1, 26)]
    assert len(division.region_ids) == 16
    assert division.region_ids[:4] == ["1/2/3", "4/12", "5", "6/7"]
    assert division.region_ids[-1] == "24"
    assert division.is_regsam


def test_a_region_id_names_its_districts():
    division = rg.read_division()
    for region in division.region_ids:
        assert region.split("/") == [str(int(district)) for district in division.members_of(region)]


def test_evidence_is_told_for_every_row():
    members = rg.read_division().members
    assert members["evidence"].value_counts().to_dict() == {"derived": 10, "published": 10, "reported": 5}
    assert members["source"].str.len().gt(0).all()


def test_with_one_district_moved_it_is_somebody_elses():
    table = rg.read_division().to_frame()
    table.loc["12", "region_id"] = "11"
    moved = rg.read_division(table)
    assert not moved.is_regsam
    assert rg.read_division().region_of("district", "12") == "4/12"
    assert "REGSAM" not in moved.title("de")
    assert rg.read_division(table, name="Handlungsräume").title("de") == "Handlungsräume"


@pytest.mark.parametrize(
    "given",
    [
        {"11": "Nord", 12: "Nord", "24 Feldmoching-Hasenbergl": "Nord", "Bogenhausen": "Ost", 14.0: "Ost"},
        NORTH,
        pd.Series({"11": "Nord", "12": "Nord", "24": "Nord", "13": "Ost", "14": "Ost"}),
        pd.DataFrame({"Bezirk": [11, 12, 24, 13, 14, 5], "Gruppe": ["Nord"] * 3 + ["Ost"] * 2 + [None]}),
    ],
)
def test_a_partial_division_in_every_form(given):
    division = rg.read_division(given, name="Probe")
    assert division.level == "district"
    assert {one: division.members_of(one) for one in division.region_ids} == {
        "Nord": ["11", "12", "24"],
        "Ost": ["13", "14"],
    }
    assert division.region_of("district", "05") == ""
    assert division.region_of("quarter", "24.1.1") == "Nord"
    assert not division.covers("district")
    regions = rg.load_boundaries("region", division)
    districts = rg.load_boundaries("district", division)
    assert regions["name"].to_dict() == {"Nord": "Nord", "Ost": "Ost"}
    for region in regions.index:
        inside = districts[districts["region_id"] == region].area.sum()
        assert regions.area[region] == pytest.approx(inside, rel=1e-9)


def test_groups_of_sub_districts():
    division = rg.read_division({"Süd": ["17.1", "17.2", "18.1"]})
    assert division.level == "subdistrict"
    assert division.region_of("quarter", "17.1.2") == "Süd"
    # of district 17 only a part lies in it, if it has more sub-districts than two
    whole = set(rg.load_boundaries("subdistrict").query("district_id == '17'").index) <= {"17.1", "17.2"}
    assert (division.region_of("district", "17") == "Süd") == whole
    of_districts = division.target("district")
    assert set(of_districts) == {"Süd"}
    # a member that no table knows keeps the sum of the group incomplete
    assert not set(of_districts.index) <= set(rg.load_boundaries("district").index)
    everything = rg.read_division({"All": list(rg.load_boundaries("subdistrict").index)})
    assert set(everything.target("district").index) == set(rg.load_boundaries("district").index)


def test_areas_of_ones_own():
    division = rg.read_division({"A1": "West", "A2": "West", "B1": "Ost"})
    assert division.level == "own"
    assert division.members_of("West") == ["A1", "A2"]
    assert division.region_of("district", "01") == ""
    # running numbers are districts unless it is said that they are not
    assert rg.read_division({"1": "West"}).level == "district"
    assert rg.read_division({"1": "West", "40": "Ost"}, level="own").members_of("West") == ["1"]


def test_polygons_take_the_areas_that_lie_mostly_in_them(caplog):
    districts = rg.load_boundaries("district")
    west, south, _, north = districts.loc[["17"]].total_bounds
    middle = districts.loc["17"].geometry.centroid.x
    half = gpd.GeoSeries.from_wkt(
        [f"POLYGON(({west} {south}, {middle} {south}, {middle} {north}, {west} {north}, {west} {south}))"],
        crs=districts.crs,
    )
    polygons = gpd.GeoDataFrame(
        {"name": ["Beide", "Halb"]},
        geometry=[districts.loc[["19", "20"]].union_all(), half.iloc[0]],
        index=["B", "H"],
        crs=districts.crs,
    )
    with caplog.at_level(logging.WARNING, logger="regsam_geo"):
        division = rg.read_division(polygons)
    assert division.members_of("B") == ["19", "20"]
    assert division.region_name("B") == "Beide"
    assert division.members.loc["19", "share"] == pytest.approx(1)
    share = districts.loc[["17"]].intersection(half.iloc[0]).area.iloc[0] / districts.loc["17"].geometry.area
    # the larger part decides, also where it lies outside
    assert (division.region_of("district", "17") == "H") == (share >= 0.5)
    assert ("17 (" in caplog.text) == (share >= 0.5)


def test_a_list_in_every_spelling(tmp_path):
    lines = (
        ["Bezirk;Region"] + [f"{i};{'Nord' if i in (11, 24) else 'Rest'}" for i in range(1, 25)] + ["25 Laim;Rest"]
    )
    path = tmp_path / "regionen.csv"
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    division = rg.read_division(path)
    assert division.members_of("Nord") == ["11", "24"]
    assert set(division.members["evidence"]) == {"own"}
    assert division.covers("district")
    assert division.describe_evidence() == ""


def test_a_list_in_excel_under_any_titles(tmp_path):
    import xlsxwriter

    path = tmp_path / "regionen.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["SBH", "wo"])
        for i in range(1, 26):
            sheet.write_row(i, 0, ["A" if i < 10 else "B", i])
    for division in (rg.read_division(path), rg.read_division(path, area_column="wo", group_column="SBH")):
        assert {one: len(division.members_of(one)) for one in division.region_ids} == {"A": 9, "B": 16}
    with pytest.raises(DivisionError, match="wo"):
        rg.read_division(path, area_column="woo", group_column="SBH")


NORTH_AND_CENTER = {"Mitte": ["01", "02"], "Nord": ["11", "12", "24"]}
LISTS = {
    "numbers": [
        ["Stadtbezirk", "Handlungsraum"],
        *[[one, "Nord"] for one in (11, 12, 24)],
        [1, "Mitte"],
        [2, "Mitte"],
    ],
    "titles above, running numbers, names": [
        ["Handlungsräume, Stand 2024"],
        ["Quelle: Referat"],
        ["Nr.", "Stadtbezirk", "Raum"],
        [1, "Altstadt-Lehel", "Mitte"],
        [2, "Ludwigsvorstadt - Isarvorstadt", "Mitte"],
        [3, "Milbertshofen-Am Hart", "Nord"],
        [4, "Schwabing-Freimann", "Nord"],
        [5, "24 Feldmoching-Hasenbergl", "Nord"],
    ],
    "names of areas beside their numbers": [
        ["Nr", "Name", "Handlungsraum"],
        [11, "Milbertshofen-Am Hart", "Nord"],
        [12, "Schwabing-Freimann", "Nord"],
        [24, "Feldmoching-Hasenbergl", "Nord"],
        [1, "Altstadt-Lehel", "Mitte"],
        [2, "Ludwigsvorstadt-Isarvorstadt", "Mitte"],
    ],
    "a column per group": [["Nord", "Mitte"], [11, 1], ["12 Schwabing-Freimann", 2], [24, None]],
    "a row per group": [["Handlungsraum", "Stadtbezirke"], ["Nord", "11, 12 und 24"], ["Mitte", "1; 2"]],
    "merged cells": [["Raum", "Bezirk"], ["Nord", 11], [None, 12], [None, 24], ["Mitte", 1], [None, 2]],
    "crosses": [["Bezirk", "Nord", "Mitte"], [11, "x"], [12, "X"], [24, "x"], [1, None, "x"], [2, None, "x"]],
    "no head": [[11, "Nord"], [12, "Nord"], [24, "Nord"], [1, "Mitte"], [2, "Mitte"]],
    "rows twice, notes below, areas in no group": [
        ["Stadtbezirk", "Handlungsraum"],
        *[[one, "Nord"] for one in (11, 12, 24, 11)],
        *[[one, "Mitte"] for one in (1, 2)],
        [3, "–"],
        [4, None],
        ["München gesamt", None],
        ["* vorläufig", None],
    ],
}


@pytest.mark.parametrize("form", LISTS)
def test_a_list_in_excel_as_people_make_them(tmp_path, form):
    import xlsxwriter

    path = tmp_path / "raeume.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Hinweise").write(0, 0, "Bitte nicht weitergeben")
        sheet = book.add_worksheet("Liste")
        for row, cells in enumerate(LISTS[form]):
            sheet.write_row(row + 1, 0, cells)
    division = rg.read_division(path)
    assert {one: division.members_of(one) for one in division.region_ids} == NORTH_AND_CENTER
    assert set(division.names.values()) == {"Mitte", "Nord"}


@pytest.mark.parametrize(
    ("sign", "encoding"), [(";", "cp1252"), ("\t", "utf-16"), (",", "utf-8-sig"), (";", "utf-8")]
)
def test_a_list_as_text_in_every_dialect(tmp_path, sign, encoding):
    lines = [
        "Räume, Stand 2024",
        sign.join(["Bezirk", "Handlungsraum"]),
        sign.join(["05 Au-Haidhausen", "Süd-Östlich"]),
    ]
    (tmp_path / "raeume.txt").write_bytes("\r\n".join([*lines, sign.join(["13", "Süd-Östlich"])]).encode(encoding))
    assert rg.read_division(tmp_path / "raeume.txt").members_of("Süd-Östlich") == ["05", "13"]


def test_what_overlaps_is_refused_with_divisions_that_do_not(tmp_path):
    rows = [(11, "Nord"), (12, "Nord"), (11, "Nordwest"), (9, "Nordwest"), (17, "Süd")]
    path = tmp_path / "raeume.csv"
    path.write_text("Bezirk;Raum\n" + "\n".join(f"{area};{group}" for area, group in rows), encoding="utf-8")
    with pytest.raises(DivisionError, match=r"11 \(Nord, Nordwest\).*2: \(Nord, Süd\) und \(Nordwest\)") as caught:
        rg.read_division(path)
    assert caught.value.code == "division_area_twice"
    table = pd.DataFrame(rows, columns=["Bezirk", "Raum"])
    apart = [rg.read_division(table[table["Raum"].isin(part)]) for part in (["Nord", "Süd"], ["Nordwest"])]
    assert [one.region_of("district", "11") for one in apart] == ["Nord", "Nordwest"]


def test_a_row_that_stands_twice_is_one():
    table = pd.DataFrame({"Bezirk": ["5", "05", "6"], "Raum": ["Süd", "Süd", "Süd"]})
    assert rg.read_division(table).members_of("Süd") == ["05", "06"]


def test_numbered_groups_stand_in_their_order():
    division = rg.read_division({"Raum 10": [1], "Raum 2": [2], "Raum 1": [3]})
    assert division.region_ids == ["Raum 1", "Raum 2", "Raum 10"]


def test_a_layer_in_a_file(tmp_path):
    groups = rg.load_boundaries("region", rg.read_division(NORTH))
    groups.reset_index().to_file(tmp_path / "nord.gpkg", driver="GPKG")
    division = rg.read_division(tmp_path / "nord.gpkg", name="Handlungsräume", date="2025")
    assert division.members_of("Nord") == ["11", "12", "24"]
    assert (division.date, division.title()) == ("2025", "Handlungsräume")


@pytest.mark.parametrize(
    ("given", "code", "named"),
    [
        ({"Nord": [11, 12], "Ost": [12]}, "division_area_twice", "12"),
        ({"Nord": [11, "011"], "Ost": [26]}, "division_unknown_areas", "26"),
        ({"Nord": ["11", "11.1"]}, "division_levels", "Bezirksteile"),
        (pd.DataFrame({"area_id": ["11"], "Farbe": ["rot"]}), "division_columns", "region_id"),
    ],
)
def test_what_is_no_division_is_refused(given, code, named):
    with pytest.raises(DivisionError, match=named) as caught:
        rg.read_division(given)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01",
        b"PK\x03\x04 broken",
        b"Bezirk\n1\n",
        b'Bezirk;Region\n"1;A',
        b"\x81;\x8d\n",
        b"Bezirk;Region\n1;A\n01;B\n",
    ],
)
def test_files_that_are_no_list(tmp_path, content):
    path = tmp_path / "regionen.csv"
    path.write_bytes(content)
    with pytest.raises(DivisionError, match=r"regionen\.csv"):
        rg.read_division(path)
    with pytest.raises(DivisionError):
        rg.read_division(tmp_path / "fehlt.csv")


def test_derived_rows_are_told_once(caplog, monkeypatch):
    from regsam_geo.text import notices

    monkeypatch.setattr(notices, "_told", set())
    with caplog.at_level(logging.WARNING, logger="regsam_geo"):
        for _ in range(3):
            rg.assign_regions(["04", "17"])
    assert len(caplog.records) == 1
    assert "10 von 25" in caplog.text
    assert "04, 05" in caplog.text


def test_what_cannot_be_named():
    with pytest.raises(OptionError, match="SBH"):
        rg.read_division(group_column="SBH")
    with pytest.raises(OptionError, match="Bezirke"):
        rg.read_division(NORTH, level="Bezirke")


def test_the_list_in_the_examples():
    examples = Path(__file__).parents[2] / "examples"
    division = rg.read_division(examples / "handlungsraeume.csv", name="Handlungsräume")
    assert {one: division.members_of(one) for one in division.region_ids} == {
        "München Nord": ["11", "12", "24"],
        "Probe Süd": ["17", "18"],
    }
