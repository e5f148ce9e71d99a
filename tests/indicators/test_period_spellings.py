"""How offices and people write periods; each expected value was written by hand."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import regsam_geo as rg
from regsam_geo.errors import InputError
from regsam_geo.indicators.period_spellings import read_period, read_periods
from regsam_geo.indicators.periods import frequency, parse_period, periods_before, years_before

ONE_READING = {
    # years
    "2023": "2023", "2023.0": "2023", "Jahr 2023": "2023", " 2023 ": "2023", "2024*": "2024", "2024 1)": "2024",
    "2024²": "2024", "31.12.2023": "2023", "2023-12-31": "2023", "31. Dezember 2023": "2023",
    "Stand: 31.12.2023": "2023", "2023-12-31 00:00:00": "2023",
    # months
    "202301": "2023-01", "01/2023": "2023-01", "5/2023": "2023-05", "12.2023": "2023-12", "2023-01": "2023-01",
    "2023/01": "2023-01", "Januar 2023": "2023-01", "Jan 23": "2023-01", "Jan. 2023": "2023-01",
    "Jan-23": "2023-01",
    "Jänner 2023": "2023-01", "März 2023": "2023-03", "MÄRZ 2023": "2023-03", "Mrz 23": "2023-03",
    "Dez-99": "1999-12", "December 2023": "2023-12", "Oct 2023": "2023-10", "2023 Mai": "2023-05",
    "2023–07": "2023-07",
    # quarters
    "1. Quartal 2023": "2023-Q1", "1.Quartal 2023": "2023-Q1", "Q1/2023": "2023-Q1", "Q1 2023": "2023-Q1",
    "2023 Q1": "2023-Q1", "2023Q4": "2023-Q4", "2023-Q4": "2023-Q4", "I/2023": "2023-Q1", "IV/2023": "2023-Q4",
    "II. Quartal 2023": "2023-Q2", "3. Vierteljahr 2023": "2023-Q3", "3. Vj. 2023": "2023-Q3",
    "1st quarter 2023": "2023-Q1", "2023/III": "2023-Q3", "Q3 23": "2023-Q3", "Quartal 2/2023": "2023-Q2",
    # half-years
    "1. Hj. 2023": "2023-H1", "2. Halbjahr 2023": "2023-H2", "H2 2023": "2023-H2", "2023-H1": "2023-H1",
    "HJ 1/2023": "2023-H1",
    # weeks
    "KW 7/2023": "2023-W07", "KW07/2023": "2023-W07", "7. KW 2023": "2023-W07", "2023-W07": "2023-W07",
    "2023 KW 52": "2023-W52", "week 7 2023": "2023-W07",
    # school and kindergarten years
    "2023/24": "2023/24", "2023/2024": "2023/24", "Schuljahr 2023/24": "2023/24", "Kita-Jahr 2011/12": "2011/12",
    "1999/00": "1999/00", "2023-24": "2023/24",
}  # fmt: skip

TWO_READINGS = {
    "1/2023": ("2023-01", "2023-Q1"),
    "4.2023": ("2023-04", "2023-Q4"),
    "2011/12": ("2011-12", "2011/12"),
    "01.03.2023": ("2023", "2023-03"),
    "01.01.2023": ("2023", "2023-01"),
    "2023-06-30": ("2023", "2023-06"),
}

NONE = ["", "2023/25", "13/2023", "2023-13", "202313", "KW 54/2023", "Q5/2023", "3. Hj. 2023", "99", "1.5",
        "-2023", "2023.5", "00/2023", "Foo 2023", "31.02.2023", "1799", "2151", "12345", "2023-W00",
        "Altstadt"]  # fmt: skip


@pytest.mark.parametrize(("text", "period"), ONE_READING.items())
def test_each_spelling_is_read(text, period):
    assert read_period(text).period == period
    assert parse_period(text) == period


def test_there_are_sixty_of_them():
    assert len(ONE_READING) + len(TWO_READINGS) >= 60


@pytest.mark.parametrize(("text", "readings"), TWO_READINGS.items())
def test_what_has_two_readings_is_asked_back(text, readings):
    assert read_period(text).readings == readings
    for reading in readings:  # the advice works: each reading can be written
        assert parse_period(reading) == reading
    if text in readings:
        return  # a panel writes it so; only a table may mean a month by it
    with pytest.raises(InputError) as caught:
        parse_period(text)
    assert caught.value.code == "period_open"
    assert all(reading in str(caught.value) for reading in readings)


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_period_is_refused(text):
    assert read_period(text).period == ""
    with pytest.raises(InputError):
        parse_period(text)


@pytest.mark.parametrize(
    ("cells", "periods"),
    [
        (["1/2023", "7/2023"], ["2023-01", "2023-07"]),
        (["1/2023", "Q2/2023"], ["2023-Q1", "2023-Q2"]),
        (["2011/12", "2012/13", "2013/14"], ["2011/12", "2012/13", "2013/14"]),
        (["2011/12", "2012/01"], ["2011-12", "2012-01"]),
        ([datetime.date(2022, 12, 31), datetime.datetime(2023, 12, 31)], ["2022", "2023"]),
        ([datetime.date(2023, 1, 1), datetime.date(2023, 2, 1)], ["2023-01", "2023-02"]),
        (["31.01.2023", "28.02.2023"], ["2023-01", "2023-02"]),
        ([2022.0, 2023.0], ["2022", "2023"]),
    ],
)
def test_a_column_settles_what_one_cell_leaves_open(cells, periods):
    assert [reading.period for reading in read_periods(cells)] == periods


@pytest.mark.parametrize(
    ("cells", "readings"),
    [
        (["31.03.2023", "30.06.2023"], ("2023-Q1", "2023-03")),
        (["01.01.2022", "01.01.2023"], ("2022", "2022-01")),
        (["1/2023", "2/2023"], ("2023-01", "2023-Q1")),
    ],
)
def test_a_column_that_settles_nothing_is_asked_back(cells, readings):
    assert read_periods(cells)[0].readings == readings


@given(st.integers(1800, 2149), st.integers(1, 12))
def test_months_are_found_however_they_are_written(year, month):
    german = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
              "November", "Dezember"][month - 1]  # fmt: skip
    wanted = f"{year}-{month:02d}"
    for text in (f"{german} {year}", f"{german[:3]}. {year}", f"{month:02d}/{year}", f"{year}{month:02d}", wanted):
        assert read_period(text).period == wanted
    assert periods_before(wanted, 12) == years_before(wanted, 1) == f"{year - 1}-{month:02d}"


def test_school_years_sort_and_compare():
    assert sorted(["2023/24", "2021/22", "2022/23"]) == ["2021/22", "2022/23", "2023/24"]
    assert frequency("2023/24") == "S"
    assert periods_before("2001/02", 2) == "1999/00"
    assert years_before("2023/24", 5) == "2018/19"


def test_what_was_done_to_a_period_is_told(tmp_path, caplog):
    path = tmp_path / "z.csv"
    path.write_text("Bezirk;Stand;Wert\n1;31.12.2023;5\n2;31.12.2023;6\n", encoding="utf-8")
    columns = {"area": "Bezirk", "period": "Stand", "value": "Wert"}
    with caplog.at_level("INFO"):
        panel = rg.read_indicators(path, columns, indicator="X")
    assert panel.periods == ["2023"]
    found = rg.describe_file(path, columns, indicator="X").text()
    assert "31.12.2023 → 2023" in found


def test_the_message_names_file_row_and_column(tmp_path):
    path = tmp_path / "z.csv"
    path.write_text("Bezirk;Stand;Wert\n1;2023;5\n2;01.03.2023;6\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        rg.read_indicators(path, {"area": "Bezirk", "period": "Stand", "value": "Wert"}, indicator="X")
    for word in ("z.csv", "3", "Stand", "01.03.2023", "2023-03"):
        assert word in str(caught.value)
