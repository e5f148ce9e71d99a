from __future__ import annotations

import logging

import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.areas.scheme import check_scheme, describe_evidence, region_order
from regsam_geo.errors import OptionError, SchemeError


@pytest.fixture
def table():
    return rg.load_region_scheme().reset_index()


def test_every_district_once():
    scheme = rg.load_region_scheme()
    assert list(scheme.index) == [f"{i:02d}" for i in range(1, 26)]
    assert scheme["region_id"].nunique() == 16


def test_a_region_id_names_its_districts():
    for region, members in rg.load_region_scheme().groupby("region_id"):
        assert region.split("/") == [str(int(district)) for district in members.index]


def test_evidence_is_told_for_every_row():
    scheme = rg.load_region_scheme()
    assert scheme["evidence"].value_counts().to_dict() == {"derived": 10, "published": 10, "reported": 5}
    assert scheme["source"].str.len().gt(0).all()


def test_order():
    order = region_order(rg.load_region_scheme())
    assert order[:4] == ["1/2/3", "4/12", "5", "6/7"]
    assert order[-1] == "24"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda t: t[t["district_id"] != "09"], "09"),
        (lambda t: pd.concat([t, t.iloc[:1]]), "01"),
        (lambda t: t.replace({"district_id": {"25": "26"}}), "26"),
        (lambda t: t.drop(columns="region_id"), "region_id"),
    ],
)
def test_a_scheme_that_is_no_partition_is_refused(table, change, named):
    with pytest.raises(SchemeError, match=named):
        check_scheme(change(table))


def test_an_own_scheme_in_every_spelling(tmp_path):
    lines = (
        ["Bezirk;Region"] + [f"{i};{'Nord' if i in (11, 24) else 'Rest'}" for i in range(1, 25)] + ["25 Laim;Rest"]
    )
    path = tmp_path / "regionen.csv"
    path.write_bytes("\r\n".join(lines).encode("cp1252"))
    scheme = rg.load_region_scheme(path)
    assert scheme.index[scheme["region_id"] == "Nord"].tolist() == ["11", "24"]
    assert set(scheme["evidence"]) == {"own"}
    assert set(rg.load_boundaries("region", scheme).index) == {"Nord", "Rest"}
    assert describe_evidence(scheme) == ""


def test_an_own_scheme_in_excel(tmp_path):
    import xlsxwriter

    path = tmp_path / "regionen.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Gebiet", "SBH"])
        for i in range(1, 26):
            sheet.write_row(i, 0, [i, "A" if i < 10 else "B"])
    scheme = rg.load_region_scheme(path, district_column="Gebiet", region_column="SBH")
    assert scheme["region_id"].value_counts().to_dict() == {"B": 16, "A": 9}
    with pytest.raises(SchemeError, match="Gebiet"):
        rg.load_region_scheme(path, district_column="Gebite", region_column="SBH")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01",
        b"PK\x03\x04 broken",
        b"Bezirk;Region\n1;A\n",
        b"Bezirk\n1\n",
        b'Bezirk;Region\n"1;A',
        b"\x81;\x8d\n",
    ],
)
def test_files_that_are_no_scheme(tmp_path, content):
    path = tmp_path / "regionen.csv"
    path.write_bytes(content)
    with pytest.raises(SchemeError, match=r"regionen\.csv"):
        rg.load_region_scheme(path)
    with pytest.raises(SchemeError):
        rg.load_region_scheme(tmp_path / "fehlt.csv")


def test_a_district_without_region(tmp_path):
    path = tmp_path / "regionen.csv"
    path.write_text(
        "Bezirk;Region\n" + "".join(f"{i};{'' if i == 7 else 'A'}\n" for i in range(1, 26)), encoding="utf-8"
    )
    with pytest.raises(SchemeError, match="07"):
        rg.load_region_scheme(path)


def test_derived_rows_are_told_once(caplog, monkeypatch):
    from regsam_geo.text import notices

    monkeypatch.setattr(notices, "_told", set())
    with caplog.at_level(logging.WARNING, logger="regsam_geo"):
        for _ in range(3):
            rg.assign_regions(["04", "17"])
    assert len(caplog.records) == 1
    assert "10 von 25" in caplog.text
    assert "04, 05" in caplog.text


def test_a_column_of_the_shipped_region_table_cannot_be_named():
    with pytest.raises(OptionError, match="SBH"):
        rg.load_region_scheme(region_column="SBH")
