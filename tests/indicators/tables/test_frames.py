"""Tables in memory are read as files are."""

from __future__ import annotations

import datetime
import decimal

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pytest

import regsam_geo as rg
from regsam_geo.errors import InputError, OptionError

FRAME = pd.DataFrame({"Bezirk": ["01 Altstadt-Lehel", "3"], "Jahr": [2024, 2024], "Wert": [5.0, 6.25]})
HOW = {"columns": {"area": "Bezirk", "period": "Jahr", "value": "Wert"}, "indicator": "X"}
RIGHT = {"01": 5.0, "03": 6.25}


class Arrow:
    """What polars and DuckDB hand over: Arrow columns, and nothing of pandas."""

    def __init__(self, frame):
        self.table = pa.Table.from_pandas(frame, preserve_index=False)

    def __arrow_c_stream__(self, requested_schema=None):
        return self.table.__arrow_c_stream__(requested_schema)


def values_of(panel):
    return panel.data.set_index("area_id")["value"].to_dict()


@pytest.mark.parametrize(
    "table",
    [
        FRAME,
        FRAME.convert_dtypes(),
        FRAME.astype({"Bezirk": "category", "Jahr": str}),
        FRAME.astype({"Wert": "object", "Jahr": "float64"}),
        FRAME.assign(Jahr=pd.Timestamp("2024-01-01")).assign(Jahr="2024"),
        FRAME.assign(Wert=["5", "6,25"]),
        FRAME.assign(Wert=[decimal.Decimal(5), decimal.Decimal("6.25")]),
        FRAME.set_index("Bezirk"),
        FRAME.set_index(["Bezirk", "Jahr"])["Wert"],
        FRAME.set_axis([7, 3]),
        FRAME.assign(leer=None),
        gpd.GeoDataFrame(FRAME, geometry=gpd.points_from_xy([0, 1], [0, 1])),
        pa.Table.from_pandas(FRAME),
        Arrow(FRAME),
    ],
)
def test_every_kind_of_table_gives_the_panel_of_the_file(table, tmp_path):
    FRAME.to_csv(tmp_path / "t.csv", index=False, sep=";", decimal=",")
    panel, of_file = rg.read_indicators(table, **HOW), rg.read_indicators(tmp_path / "t.csv", **HOW)
    assert values_of(panel) == RIGHT
    pd.testing.assert_frame_equal(panel.data, of_file.data)
    pd.testing.assert_frame_equal(panel.catalogue, of_file.catalogue)


def test_numbers_of_a_frame_are_numbers():
    """1.234 is no thousand here; a date is a date; what is missing is missing."""
    made = FRAME.assign(Wert=[1.234, float("nan")], Jahr=[datetime.date(2024, 12, 31)] * 2)
    panel = rg.read_indicators(made, **HOW)
    assert panel.data["value"].tolist()[0] == 1.234
    assert panel.data["value"].isna().tolist() == [False, True]
    assert panel.periods == ["2024"]


def test_a_wide_frame_and_one_with_the_citys_titles():
    wide = pd.DataFrame({"Bezirk": [1, 2], 2023: [1.0, 2.0], 2024: [3.0, 4.0]})
    panel = rg.read_indicators(wide, columns={"area": "Bezirk", "period": ["2023", "2024"]}, indicator="X")
    assert panel.sel(period=2024).data["value"].tolist() == [3.0, 4.0]
    sample = rg.load_sample()
    pd.testing.assert_frame_equal(rg.read_indicators(sample.data).data, sample.data)


def test_frames_and_files_together_and_the_frame_stays_as_it_is(tmp_path):
    other = FRAME.assign(Bezirk=["2", "4"])
    other.to_csv(tmp_path / "t.csv", index=False)
    before = FRAME.copy()
    assert len(rg.read_indicators([FRAME, tmp_path / "t.csv"], **HOW)) == 4
    assert FRAME.equals(before)


def test_a_frame_is_refused_as_a_file_is():
    with pytest.raises(InputError, match="DataFrame, Zeile 3"):
        rg.read_indicators(FRAME.assign(Wert=["5", "viel"]), **HOW)
    with pytest.raises(InputError):
        rg.read_indicators(FRAME.iloc[:0], **HOW)
    with pytest.raises(OptionError) as caught:
        rg.read_indicators(pa.chunked_array([[1, 2]]), **HOW)
    assert caught.value.code == "frame_type"


def test_a_tidy_frame_can_be_summed_as_the_file_can(tmp_path):
    columns = ["indicator", "group", "period", "level", "area_id", "value", "numerator", "denominator"]
    tidy = rg.load_sample().sel("Arbeitslose - Anteil").data[columns]
    tidy.to_csv(tmp_path / "t.csv", index=False)
    file = rg.read_indicators(tmp_path / "t.csv")
    given = (tidy, rg.Panel.from_frame(tidy), rg.read_indicators(tidy), file)
    sums = [rg.aggregate(panel).data for panel in given]
    for other in sums[1:]:
        pd.testing.assert_frame_equal(sums[0], other)
    rows = tidy[(tidy["period"] == "2024") & tidy["area_id"].isin(["17", "18"])]
    own = sums[0].query("period == '2024' and area_id == '17/18'")["value"].item()
    assert own == pytest.approx(100 * rows["numerator"].sum() / rows["denominator"].sum())


def test_numbers_as_a_program_writes_them_are_not_printed_with_all_their_digits(tmp_path):
    thirds = pd.DataFrame({"Gebiet": ["001", "002", "010"], "Jahr": 2024, "Wert": [1 / 3, 2 / 3, 7 / 9]})
    thirds.to_csv(tmp_path / "t.csv", index=False)
    how = {"columns": {"area": "Gebiet", "period": "Jahr", "value": "Wert"}, "indicator": "Quote", "level": "own"}
    for table in (thirds, tmp_path / "t.csv"):
        panel = rg.read_indicators(table, **how)
        assert panel.data["area_id"].tolist() == ["001", "002", "010"]
        assert panel.catalogue["decimals"].isna().all()
        assert panel.data["value"].tolist() == thirds["Wert"].tolist()
    printed = rg.read_indicators(thirds.round(2), **how)
    assert printed.catalogue["decimals"].tolist() == [2]
