from __future__ import annotations

import zipfile

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regsam_geo.errors import OptionError, RegsamGeoError
from regsam_geo.indicators import Panel, aggregate_to_regions, read_indicators, write_indicators
from regsam_geo.indicators.catalogue import COLUMNS as CATALOGUE_COLUMNS
from regsam_geo.indicators.signs import SIGNS

ENDINGS = (".csv", ".xlsx", ".parquet")


def assert_same(one, other):
    """The same to the last bit and sign; a missing word is one, however it is stored."""
    pd.testing.assert_frame_equal(one.data, other.data, check_exact=True)
    assert list(one.catalogue) == list(other.catalogue)
    for column in one.catalogue:
        left, right = (
            [None if pd.isna(value) else value for value in panel.catalogue[column]] for panel in (one, other)
        )
        assert left == right, column
    for column, dtype in CATALOGUE_COLUMNS.items():
        if dtype != "str":
            assert one.catalogue[column].dtype == other.catalogue[column].dtype


@pytest.fixture(scope="module")
def small(sample):
    return sample.sel(["Nichtdeutsche", "Bevölkerungsdichte"], period=[2002, 2023, 2024])


@pytest.mark.parametrize("ending", ENDINGS)
def test_read_back_it_is_the_same_panel(small, tmp_path, ending):
    assert_same(read_indicators(write_indicators(small, tmp_path / f"probe{ending}")), small)


@pytest.mark.slow
@pytest.mark.parametrize("ending", ENDINGS)
def test_the_whole_sample_read_back(sample, tmp_path, ending):
    assert_same(read_indicators(write_indicators(sample, tmp_path / f"probe{ending}")), sample)


@pytest.mark.parametrize("ending", ENDINGS)
def test_regions_and_every_level_and_sign(sample, tmp_path, ending):
    """Ids that a spreadsheet takes for dates, unrounded rates, all reasons for a missing value."""
    regions = aggregate_to_regions(sample, indicator="Einpersonenhaushalte")
    extra = pd.DataFrame(
        {
            "indicator": "Einpersonenhaushalte",
            "group": "65 Jahre und älter",
            "period": [f"2024-Q{i % 4 + 1}" for i in range(len(SIGNS))],
            "level": (["subdistrict", "quarter", "own"] * 9)[: len(SIGNS)],
            "area_id": (["01.1", "01.1.1", "4/12"] * 9)[: len(SIGNS)],
            "value": np.nan,
            "sign": SIGNS,
        }
    ).drop_duplicates(["period", "level", "area_id"])
    panel = Panel(pd.concat([regions.data, extra], ignore_index=True), regions.catalogue)
    assert_same(read_indicators(write_indicators(panel, tmp_path / f"alle{ending}")), panel)


@pytest.mark.parametrize("ending", ENDINGS)
def test_same_panel_same_bytes(small, tmp_path, ending):
    for name in ("a", "b"):
        write_indicators(small, tmp_path / name / f"probe{ending}")
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_the_csv_is_safe_in_a_spreadsheet(sample, tmp_path):
    regions = aggregate_to_regions(sample.sel(period=2024), indicator="Nichtdeutsche")
    evil = pd.concat([regions.data, regions.data.assign(indicator="=1+1", group="@SUM(A1)")])
    text = write_indicators(Panel(evil, regions.catalogue), tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    assert "Region 4/12" in text
    for line in text.splitlines()[1:]:
        for cell in line.split(","):
            assert not cell.startswith(("=", "+", "@", "\t"))
            assert cell != "4/12"
    assert "'=1+1,'@SUM(A1)" in text
    assert_same(read_indicators(tmp_path / "a.csv"), Panel(evil, regions.catalogue))


def test_the_workbook_holds_texts_as_texts(sample, tmp_path):
    regions = aggregate_to_regions(sample.sel(period=2024), indicator="Nichtdeutsche")
    evil = Panel(regions.data.assign(indicator="=1+1"), regions.catalogue.assign(indicator="=1+1"))
    path = write_indicators(evil, tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert_same(read_indicators(path), evil)


def test_other_programs_read_it(small, tmp_path):
    import openpyxl

    book = openpyxl.load_workbook(write_indicators(small, tmp_path / "a.xlsx"), read_only=True)
    assert book.sheetnames == ["Daten", "Katalog"]
    frame = pd.read_parquet(write_indicators(small, tmp_path / "a.parquet"))
    assert frame["value"].tolist() == small.data["value"].tolist()
    frame = pd.read_csv(write_indicators(small, tmp_path / "a.csv"), dtype={"area_id": str})
    assert frame["value"].tolist() == small.data["value"].tolist()


def test_nothing_half_written_is_seen(small, tmp_path, monkeypatch):
    target = write_indicators(small, tmp_path / "a.xlsx")
    before = target.read_bytes()
    import xlsxwriter

    def fail(self):
        msg = "disk full"
        raise OSError(msg)

    monkeypatch.setattr(xlsxwriter.Workbook, "close", fail)
    with pytest.raises(OSError, match="disk full"):
        write_indicators(small.sel("Nichtdeutsche"), target)
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


def test_unknown_ending(small, tmp_path):
    with pytest.raises(OptionError, match=r"\.xlsx"):
        write_indicators(small, tmp_path / "a.ods")


def test_a_foreign_parquet_file(tmp_path):
    pd.DataFrame({"a": [1]}).to_parquet(tmp_path / "a.parquet")
    with pytest.raises(RegsamGeoError) as caught:
        read_indicators(tmp_path / "a.parquet")
    assert caught.value.code == "parquet_foreign"


# printable text as planners type it; a workbook cannot hold control characters
WORDS = (
    st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=12)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
NUMBERS = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False, width=64))


@st.composite
def panels(draw):
    names = draw(st.lists(WORDS, min_size=1, max_size=3, unique=True))
    cells = [
        (name, group, period, level, area)
        for name in names
        for group in draw(st.lists(WORDS, min_size=1, max_size=2, unique=True))
        for period in ("2023",)
        for level, area in (("district", "01"), ("region", "4/12"), ("city", "munich"), ("own", "-Süd"))
    ]
    data = pd.DataFrame(cells, columns=["indicator", "group", "period", "level", "area_id"])
    for column in ("value", "numerator", "base_3"):
        data[column] = pd.Series([draw(NUMBERS) for _ in cells], dtype="float64")
    data["sign"] = np.where(data["value"].isna(), "secret", "")
    catalogue = data[["indicator", "group"]].drop_duplicates().reset_index(drop=True)
    catalogue["title_de"] = [draw(st.one_of(st.none(), WORDS)) for _ in range(len(catalogue))]
    catalogue["scale"] = [draw(st.sampled_from([None, 1.0, 100.0, 1 / 3])) for _ in range(len(catalogue))]
    catalogue["summable"] = [draw(st.sampled_from([None, True, False])) for _ in range(len(catalogue))]
    return Panel(data, catalogue)


@pytest.mark.parametrize("ending", ENDINGS)
@given(panel=panels())
# few, for each writes and reads a file; each overwrites the file of the one before, which is all that is shared
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_panel_survives(tmp_path, ending, panel):
    assert_same(read_indicators(write_indicators(panel, tmp_path / f"probe{ending}")), panel)
