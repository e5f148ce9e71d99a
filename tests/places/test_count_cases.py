"""Cases counted into areas: by geopandas' sjoin, by hand, and the same from frame, file and Arrow."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from made_records import as_series, counted_by_sjoin, made_records, same

import regsam_geo as rg
from regsam_geo.errors import BoundaryError, InputError, OptionError
from regsam_geo.places import cells, reading


@pytest.fixture(scope="module")
def records() -> pd.DataFrame:
    return made_records(20_000)


@pytest.fixture(scope="module")
def quarters() -> gpd.GeoDataFrame:
    return rg.load_boundaries("quarter")


@pytest.fixture(scope="module")
def expected(records, quarters) -> pd.Series:
    return counted_by_sjoin(records, quarters)


@pytest.fixture
def small_pieces(monkeypatch):
    monkeypatch.setattr(reading, "ROWS_A_PIECE", 3_000)
    monkeypatch.setattr(reading, "_BYTES_A_PIECE", 100_000)


def test_counts_equal_those_of_sjoin(records, quarters, expected):
    counted = rg.count_cases(records, quarters, by="Art")
    assert same(as_series(counted), expected)
    report = counted.report
    assert report.records == 20_000
    assert report.counted == expected.sum()
    assert report.without_place == 100
    assert report.outside == 20_000 - 100 - expected.sum()
    assert report.twice == 0
    whole = counted.data[counted.data["group"] == "insgesamt"]
    assert whole["value"].sum() == expected.sum()
    assert len(whole) == 475 * 2


def test_records_on_borders_count_once_and_are_told(records, quarters, caplog):
    counted = rg.count_cases(records, quarters)
    there = records[records["x"].notna()]
    touching = shapely.STRtree(shapely.boundary(quarters.geometry.to_numpy())).query(
        shapely.points(there["x"], there["y"]), predicate="intersects"
    )[0]
    assert counted.report.on_border == len(np.unique(touching)) >= 400
    assert "genau auf einer Grenze; jeder zählt einmal" in caplog.text


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize(
    "form",
    [
        "utf8",
        "german",
        "parquet",
        "geoparquet",
        "gpkg",
        "arrow",
        "points",
        pytest.param("degrees", marks=pytest.mark.slow),
    ],
)
def test_every_form_gives_the_same(form, records, expected, tmp_path):
    path = tmp_path / "cases"
    source: object = path
    if form == "utf8":
        records.to_csv(path, index=False)
    elif form == "german":
        # a spreadsheet's: semicolon, comma, Windows letters, days with the time
        written = records.rename(columns={"Art": "Straßenart"}).assign(
            datum=records["datum"].dt.strftime("%d.%m.%Y") + " 10:20:30"
        )
        written.to_csv(path, sep=";", decimal=",", index=False, encoding="cp1252")
    elif form == "parquet":
        pq.write_table(pa.Table.from_pandas(records), path, row_group_size=4_500)
    elif form == "arrow":
        source = pa.Table.from_pandas(records)
    else:
        points = gpd.GeoDataFrame(
            records.drop(columns=["x", "y"]),
            geometry=gpd.points_from_xy(records["x"], records["y"]),
            crs="EPSG:25832",
        )
        points.loc[records["x"].isna(), "geometry"] = None
        if form == "geoparquet":
            points.to_parquet(path)
        elif form == "gpkg":
            source = tmp_path / "cases.gpkg"
            points.to_file(source)
        elif form == "points":
            source = points
        else:
            # to the 10th of a millimeter, and no record on a border, where that decides
            placed = points.to_crs(4326)
            source = records.assign(x=placed.geometry.x, y=placed.geometry.y)
            on_border = records.index[:0]
            corners = gpd.GeoSeries(rg.load_boundaries("quarter").boundary)
            near = shapely.STRtree(corners.to_numpy()).query(
                points.geometry[points.geometry.notna()].to_numpy(), predicate="dwithin", distance=0.001
            )[0]
            on_border = points.index[points.geometry.notna()][np.unique(near)]
            source = source.drop(on_border)
            expected = counted_by_sjoin(records.drop(on_border), rg.load_boundaries("quarter"))
    by = "Straßenart" if form == "german" else "Art"
    counted = rg.count_cases(source, by=by)
    assert same(as_series(counted), expected)


@pytest.mark.usefixtures("small_pieces")
def test_a_folder_of_files_is_counted_as_one(records, expected, tmp_path):
    records.iloc[:7_000].to_csv(tmp_path / "2023.csv", index=False)
    records.iloc[7_000:].to_parquet(tmp_path / "2024.parquet")
    counted = rg.count_cases(tmp_path, by="Art")
    assert same(as_series(counted), expected)
    several = rg.count_cases([tmp_path / "2023.csv", tmp_path / "2024.parquet"], by="Art")
    assert same(as_series(several), expected)


@pytest.mark.usefixtures("small_pieces")
def test_records_with_an_id_that_stood_before_are_counted_and_told(records, tmp_path, caplog):
    twice = pd.concat([records, records.iloc[::9], records.iloc[:5]])
    twice.to_csv(tmp_path / "cases.csv", index=False)
    for source in (twice, tmp_path / "cases.csv"):
        report = rg.count_cases(source).report
        assert report.twice == len(twice) - twice["fallnummer"].nunique()
        assert report.records == len(twice)
    assert "eine Kennung, die schon vorkam" in caplog.text
    assert rg.count_cases(twice.drop(columns="fallnummer")).report.twice is None


def test_dates_and_periods():
    words = {
        "2024-02-29": "2024-02",
        "29.2.2024": "2024-02",
        "31.12.2023 23:59": "2023-12",
        "2024-02": "2024-02",
        "März 2024": "2024-03",
    }
    x, y = 691_000.0, 5_334_500.0
    frame = pd.DataFrame({"x": x, "y": y, "datum": [*words, "30.2.2024", None]})
    counted = rg.count_cases(frame, "district", "month")
    assert counted.data.query("value > 0").set_index("period")["value"].to_dict() == {
        "2023-12": 1,
        "2024-02": 3,
        "2024-03": 1,
    }
    assert counted.report.without_period == 2
    day = frame.assign(datum=pd.to_datetime(["2021-01-03"] * 6 + [None]))
    for every, period in (("year", "2021"), ("quarter", "2021-Q1"), ("week", "2020-W53")):
        assert rg.count_cases(day, "district", every).periods == [period]
    assert rg.count_cases(frame, "district", 2024).report.counted == 7


def test_areas_by_their_ids_and_names():
    frame = pd.DataFrame({"Viertel": ["17.1.1", "17.1.2", "01.1.1", "Nirgends", None], "jahr": 2024})
    counted = rg.count_cases(frame, "district")
    assert counted.data.query("value > 0").set_index("area_id")["value"].to_dict() == {"01": 1, "17": 2}
    assert counted.report.without_place == 1
    assert counted.report.outside == 1
    named = pd.DataFrame({"bezirk": ["1 Altstadt-Lehel", "Sendling", "17", 17], "jahr": 2024})
    counted = rg.count_cases(named, "district", columns={"area": "bezirk"})
    assert counted.data.query("value > 0").set_index("area_id")["value"].to_dict() == {"01": 1, "06": 1, "17": 2}
    with pytest.raises(InputError, match="Keine Angabe zum Gebiet passt"):
        rg.count_cases(named.assign(bezirk="Berlin"), "district", columns={"area": "bezirk"})


def test_own_areas_by_place_and_by_hand():
    squares = gpd.GeoDataFrame(
        {"name": ["West", "Ost"]},
        geometry=[shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)],
        index=["w", "o"],
        crs="EPSG:25833",
    )
    frame = pd.DataFrame({"x": [1, 10, 19, 20, 21, 10.5], "y": [1, 5, 9, 10, 5, 0.25], "tag": "2024-05-05"})
    counted = rg.count_cases(frame, squares)
    assert counted.levels == ["own"]
    assert counted.data.set_index("area_id")["value"].to_dict() == {"w": 2, "o": 3}
    assert (counted.report.on_border, counted.report.outside) == (2, 1)
    assert list(frame.columns) == ["x", "y", "tag"]
    overlapping = squares.assign(geometry=[shapely.box(0, 0, 11, 10), shapely.box(10, 0, 20, 10)])
    with pytest.raises(BoundaryError, match="überlappen"):
        rg.count_cases(frame, overlapping)


def test_no_border_runs_through_a_cell_that_is_not_tested(quarters):
    table = cells.table_of_cells(quarters.geometry, quarters.crs, 20_000)
    row, column = np.nonzero(table.cells >= cells.OUTSIDE)
    west, south = table.west + column * table.width, table.south + row * table.height
    whole = shapely.box(west, south, west + table.width, south + table.height)
    borders = shapely.get_parts(shapely.boundary(quarters.geometry.to_numpy()))
    assert not len(shapely.STRtree(whole).query(borders, predicate="intersects")[1])


@pytest.mark.parametrize("n", [10, pytest.param(1_000, marks=pytest.mark.slow), 200_000])
def test_no_size_of_the_cells_changes_an_area(n, quarters, records):
    there = records[records["x"].notna()].head(5_000)
    x, y = there["x"].to_numpy(), there["y"].to_numpy()
    found = cells.table_of_cells(quarters.geometry, quarters.crs, n).locate(x, y)
    usual = cells.table_of_cells(quarters.geometry, quarters.crs).locate(x, y)
    assert np.array_equal(found.areas, usual.areas)
    assert np.array_equal(found.on_border, usual.on_border)


@pytest.mark.usefixtures("small_pieces")
def test_a_broken_piece_is_named_and_nothing_is_counted(records, tmp_path):
    path = tmp_path / "cases.csv"
    records.to_csv(path, index=False)
    lines = path.read_text().splitlines()
    cut = [*lines[:15_000], "17,Unsinn,5334500,2024-01-01,Beratung", *lines[15_000:]]
    path.write_text("\n".join(cut))
    with pytest.raises(InputError, match=r"cases.csv: Teil \d+, ab Zeile \d+.*Unsinn.*halbes") as caught:
        rg.count_cases(path)
    assert caught.value.code == "records_broken"
    whole = tmp_path / "cases.parquet"
    pq.write_table(pa.Table.from_pandas(records), whole, row_group_size=3_000, compression="zstd")
    content = bytearray(whole.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 20_000] = bytes(20_000)
    whole.write_bytes(content)
    with pytest.raises(InputError) as caught:
        rg.count_cases(whole)
    assert caught.value.code in ("records_broken", "records_piece")
    assert "cases.parquet" in str(caught.value)


def test_what_cannot_be_counted_is_refused_with_its_reason(records, tmp_path):
    with pytest.raises(OptionError, match=r"Fallart.*Art"):
        rg.count_cases(records, by="Fallart")
    with pytest.raises(OptionError, match="wann ein Fall war"):
        rg.count_cases(records.drop(columns="datum"))
    with pytest.raises(InputError, match="wo ein Fall liegt"):
        rg.count_cases(records.drop(columns="x"))
    with pytest.raises(InputError, match="richtig herum"):
        rg.count_cases(records.assign(x=records["y"], y=records["x"]))
    with pytest.raises(InputError, match="gibt es nicht"):
        rg.count_cases(tmp_path / "none.csv")
    with pytest.raises(InputError, match="Namen oder Nummern"):
        rg.count_cases(pd.concat([records] * 2), "quarter", by="fallnummer")
    (tmp_path / "book.xlsx").write_bytes(b"PK\x03\x04")
    with pytest.raises(InputError, match="als CSV speichern"):
        rg.count_cases(tmp_path / "book.xlsx")


def test_counts_are_of_persons_and_sum_to_larger_areas(records):
    counted = rg.count_cases(records, by="Art")
    assert counted.catalogue["counts_persons"].all()
    shown = rg.Study(counted).published.data
    assert counted.data["value"].isin([1, 2]).any()
    assert not shown["value"].isin([1, 2]).any()
    districts = rg.count_cases(records, "district")
    whole = counted.data[counted.data["group"] == "insgesamt"]
    summed = whole.groupby([whole["area_id"].str[:2], "period"])["value"].sum()
    assert same(districts.data.set_index(["area_id", "period"])["value"], summed)
