from __future__ import annotations

import logging

import numpy as np
import pandas as pd
import pytest
from made_tables import csv_2014, csv_2025, excel_export, rows

from regsam_geo.errors import InputError, OptionError
from regsam_geo.indicators import describe_file, list_revisions, read_indicators, read_with_notes
from regsam_geo.indicators.tables import Options


def truth():
    """What every form says, by plain means."""
    ids = {"Stadt München": "munich"}
    return {
        (indicator, group, year, ids.get(area, area[:2])): (value, float(numerator), float(denominator))
        for indicator, group, year, area, value, numerator, denominator in rows()
    }


def as_dict(panel):
    return {
        (row.indicator, row.group, row.period, row.area_id): (row.value, row.numerator, row.denominator)
        for row in panel.data.itertuples()
    }


FORMS = {
    "2025": lambda path: (path / "a.csv").write_bytes(csv_2025().encode()),
    "2025 saved from a German Excel": lambda path: (path / "a.csv").write_bytes(
        b"\xef\xbb\xbf" + csv_2025(";", ",", "\r\n").encode()
    ),
    "2025 with a hint for Excel": lambda path: (path / "a.csv").write_bytes(
        b"sep=;\r\n" + csv_2025(";", ",", "\r\n").encode()
    ),
    "2025 in cp1252": lambda path: (path / "a.csv").write_bytes(csv_2025(";").encode("cp1252")),
    "2025 in UTF-16": lambda path: (path / "a.csv").write_bytes(csv_2025("\t").encode("utf-16")),
    "2014": lambda path: (path / "a.csv").write_bytes(csv_2014().encode()),
    "Excel export": lambda path: excel_export(path / "a.csv"),
    "Excel export named .txt": lambda path: excel_export(path / "a.csv", sheet="KINDERBETREUUNG"),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same(form, tmp_path):
    FORMS[form](tmp_path)
    panel = read_indicators(tmp_path / "a.csv")
    assert as_dict(panel) == truth()
    assert set(panel.levels) == {"district", "city"}
    entry = panel.entry("Beispielquote")
    assert (entry["group"], entry["scale"], entry["kind"], entry["proof"]) == (
        "insgesamt",
        100,
        "proportion",
        "proved",
    )
    assert entry["name_1"] == "Betroffene"
    assert panel.entry("Beispielquote", "nichtdeutsch")["subgroup_of"] == "insgesamt"
    assert not panel.entry("Beispielquote", "nichtdeutsch")["headline"]


def test_mixed_decimal_marks_in_one_file(write):
    """The re-saved form has "6,3" beside 19.8."""
    text = csv_2025(",", ",").replace('"600","12000"', '"600.4","12000.5"')
    panel = read_indicators(write(text))
    city = panel.sel(period=2023, level="city", group="insgesamt").data.iloc[0]
    assert (city["value"], city["base_1"], city["base_2"]) == (5, 600.4, 12000.5)


def test_what_the_excel_export_says_about_itself_is_in_the_catalogue(tmp_path):
    entry = read_indicators(excel_export(tmp_path / "export.xlsx")).entry("Beispielquote")
    assert entry["source"] == "Amt"
    assert entry["edition"] == "August 2025"
    assert entry["theme"] == "Bevölkerung"
    assert entry["description"].startswith("Anteil der Betroffenen")


def test_dropped_zeros_and_signs_of_the_excel_export(tmp_path):
    """,8 and -,3 are numbers; an empty cell is missing."""
    import xlsxwriter

    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("THEMA")
        sheet.write_row(0, 0, ["Indikator", "Ausprägung", "Jahr", "Raumbezug", "Indikatorwert"])
        for i, text in enumerate([",8", "-,3", "", "-1,2", "12"], start=1):
            sheet.write_row(i, 0, ["Saldo", "insgesamt", 2024, f"{i:02d}", text])
    data = read_indicators(path).data
    assert data["value"].tolist()[:2] == [0.8, -0.3]
    assert np.isnan(data["value"][2])
    assert data["sign"].tolist() == ["", "", "not_available", "", ""]
    assert data["value"].tolist()[3:] == [-1.2, 12]


def test_unallocated_cases_are_told_and_kept_on_demand(write, caplog):
    path = write(csv_2014())
    with caplog.at_level(logging.WARNING, logger="regsam_geo"):
        panel = read_indicators(path)
    assert "4 Zeilen" in caplog.text
    assert "99" not in set(panel.data["area_id"])
    kept = read_indicators(path, keep_unallocated=True)
    assert len(kept) == len(panel) + 4
    assert set(kept.data.loc[kept.data["area_id"] == "99", "level"]) == {"own"}


@pytest.mark.parametrize(
    ("printed", "sign"),
    [
        ("NA", "not_available"),
        ("", "not_available"),
        (".", "unknown_or_secret"),
        ("/", "unreliable"),
        ("x", "not_applicable"),
        ("X", "not_applicable"),
        ("...", "later"),
        ("g", "secret"),
        ("u", "unknown_or_secret"),
    ],
)
def test_signs_keep_their_reason(write, printed, sign):
    text = csv_2025().replace('"2023","06 Sendling","3"', f'"2023","06 Sendling","{printed}"', 1)
    row = read_indicators(write(text)).sel(group="insgesamt", period=2023, area="06").data.iloc[0]
    assert np.isnan(row["value"])
    assert row["sign"] == sign
    assert row["base_1"] == 123  # what the file says of the Basiswerte stays


def test_a_dash_is_zero_and_own_signs_can_be_named(write):
    cell = '"2023","06 Sendling","3"'
    dash = read_indicators(write(csv_2025().replace(cell, '"2023","06 Sendling","-"', 1)))
    assert dash.sel(group="insgesamt", period=2023, area="06").data["value"].item() == 0
    own = write(csv_2025().replace(cell, '"2023","06 Sendling","k.A."', 1))
    with pytest.raises(InputError, match=r"k\.A\."):
        read_indicators(own)
    row = read_indicators(own, signs={"k.A.": "secret"}).sel(group="insgesamt", period=2023, area="06").data
    assert row["sign"].item() == "secret"
    with pytest.raises(InputError, match="secret"):
        read_indicators(own, signs={"k.A.": "secrt"})


def test_codes_are_taken_only_where_nothing_stands_behind_them(write):
    text = csv_2025().replace('"06 Sendling","3","123","4100"', '"06 Sendling","88","NA","NA"', 1)
    text = text.replace(
        '"17 Obergiesing - Fasangarten","7.2","427"', '"17 Obergiesing - Fasangarten","88","427"', 1
    )
    assert read_indicators(write(text)).sel(area="06").data["value"].max() == 88
    panel = read_indicators(write(text), missing_codes=[88]).sel(group="insgesamt", period=2023)
    assert np.isnan(panel.sel(area="06").data["value"].item())
    assert panel.sel(area="17").data["value"].item() == 88
    told = describe_file(write(text))
    assert told.counts["value_without_basis"] == 1


def test_the_file_name_says_nothing(tmp_path):
    path = excel_export(tmp_path / "bilder.jpg")
    assert as_dict(read_indicators(path)) == truth()


def test_three_to_five_bases_are_kept_but_no_ratio(write):
    header = csv_2025().splitlines()[0]
    ends = ',"a","b","c","d","e"'
    cells = [
        f'"Mobilität","insgesamt",2024,"{i:02d}",{(4 * i + 10) / 100},{i},{i + 1},{i + 2},{i + 7},100'
        for i in range(1, 9)
    ]
    lines = [header, *(cell + ends for cell in cells)]
    panel = read_indicators(write("\n".join(lines)))
    entry = panel.entry("Mobilität")
    assert entry["proof"] == "not_a_ratio"
    assert entry["kind"] == "other"
    assert not entry["summable"]
    assert panel.data[[f"base_{i}" for i in range(1, 6)]].iloc[0].tolist() == [1, 2, 3, 8, 100]
    assert panel.data["numerator"].isna().all()
    assert [entry[f"name_{i}"] for i in range(1, 6)] == ["a", "b", "c", "d", "e"]


def test_a_quotient_is_no_proportion(write):
    lines = ["Indikator,Ausprägung,Jahr,Raumbezug,Indikatorwert,Basiswert.1,Basiswert.2"]
    lines += [f"Jugendquote,insgesamt,2024,{i:02d},{100 * (90 + i) / 100},{90 + i},100" for i in range(1, 21)]
    entry = read_indicators(write("\n".join(lines))).entry("Jugendquote")
    assert (entry["kind"], entry["unit"], entry["proof"]) == ("ratio", "je 100", "proved")


def test_rounded_denominators_prove_the_scale(write):
    """Square kilometers with one decimal make value and ratio differ by more than the value's own rounding."""
    lines = ["Indikator,Ausprägung,Jahr,Raumbezug,Indikatorwert,Basiswert.1,Basiswert.2,Name.Basiswert.2"]
    exact = [3.14, 4.36, 4.33, 4.27, 4.22, 3.93]
    for i, km2 in enumerate(exact, start=1):
        lines.append(f"Dichte,insgesamt,2024,{i:02d},{round(20_000 / km2)},20000,{km2:.1f},Fläche in km²")
    entry = read_indicators(write("\n".join(lines))).entry("Dichte")
    assert (entry["scale"], entry["unit"], entry["kind"]) == (1, "je km²", "ratio")


def test_too_few_cells_prove_nothing(write):
    text = (
        "Indikator,Ausprägung,Jahr,Raumbezug,Indikatorwert,Basiswert.1,Basiswert.2\nA,insgesamt,2024,01,50,1,2\n"
    )
    panel = read_indicators(write(text))
    assert panel.entry("A")["proof"] == "too_few"
    assert panel.data["numerator"].isna().all()


# --- tables of one's own


LONG = "Bezirk;Jahr;Merkmal;Wert\n1;2023;Beratungen;1.234,5\n2;2023;Beratungen;987\n1;2024;Beratungen;.\n"
LONG_COLUMNS = {"area": "Bezirk", "period": "Jahr", "indicator": "Merkmal", "value": "Wert"}


def test_long_table_with_thousands_points_in_cp1252(write):
    path = write(LONG.replace("Beratungen", "Zuschüsse"), encoding="cp1252")
    panel = read_indicators(path, columns=LONG_COLUMNS)
    assert panel.indicators == ["Zuschüsse"]
    assert panel.data["value"].tolist()[:2] == [1234.5, 987]
    assert panel.data["sign"].tolist()[2] == "unknown_or_secret"
    assert set(panel.data["level"]) == {"district"}


def test_wide_by_indicator_and_wide_by_period(write):
    wide = write("Stadtteil,Jahr,A,B\n01 Altstadt-Lehel,2024,1,2\n02 Ludwigsvorstadt,2024,3,4\n")
    panel = read_indicators(
        wide, columns={"area": "Stadtteil", "period": "Jahr", "value": {"A": "Alpha", "B": "Beta"}}
    )
    assert panel.indicators == ["Alpha", "Beta"]
    assert panel.data["value"].tolist() == [1, 3, 2, 4]
    years = write("Stadtteil,2023,2024\n01,1,2\n02,3,4\n")
    panel = read_indicators(years, columns={"area": "Stadtteil", "period": ["2023", "2024"]}, indicator="Fälle")
    assert panel.data.set_index(["area_id", "period"])["value"].to_dict() == {
        ("01", "2023"): 1,
        ("01", "2024"): 2,
        ("02", "2023"): 3,
        ("02", "2024"): 4,
    }


def test_own_table_below_a_title_page(tmp_path):
    import xlsxwriter

    path = tmp_path / "eigene.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Tabelle1")
        sheet.write_column(0, 0, ["Beratungen im Bezirk", "Stand: Mai"])
        sheet.write_row(3, 0, ["Bezirk", "Fälle"])
        sheet.write_row(4, 0, [1, 12])
        sheet.write_row(5, 0, [2, 30.5])
    panel = read_indicators(
        path, columns={"area": "Bezirk", "value": "Fälle"}, indicator="Beratungen", period=2024, header_row=4
    )
    assert panel.data["value"].tolist() == [12, 30.5]
    assert panel.data["area_id"].tolist() == ["01", "02"]


def test_own_areas_keep_their_ids(write):
    path = write("Region,Jahr,Wert\nNord,2024,1\n1,2024,2\n")
    columns = {"area": "Region", "period": "Jahr", "value": "Wert"}
    panel = read_indicators(path, columns=columns, indicator="A", level="own")
    assert set(panel.data["area_id"]) == {"Nord", "1"}
    assert set(panel.data["level"]) == {"own"}


def test_a_name_of_two_levels_means_the_level_of_its_column(write):
    columns = {"area": "Name", "value": "Wert"}
    districts = write("Name,Wert\nSchwanthalerhöhe,1\nSendling,2\nStadt München,3\n")
    panel = read_indicators(districts, columns=columns, indicator="A", period=2024)
    assert set(panel.data["area_id"]) == {"08", "06", "munich"}
    parts = write("Name,Wert\nSchwanthalerhöhe,1\nGraggenau,2\n", name="b.csv")
    assert set(read_indicators(parts, columns=columns, indicator="A", period=2024).data["area_id"]) == {
        "08.2",
        "01.1",
    }
    alone = write("Name,Wert\nSchwanthalerhöhe,1\n", name="c.csv")
    with pytest.raises(InputError, match=r"08\.2"):
        read_indicators(alone, columns=columns, indicator="A", period=2024)


@pytest.mark.parametrize(
    ("columns", "constants"),
    [
        ({"area": "Bezirk", "value": "Wert"}, {}),
        ({"gebiet": "Bezirk", "period": "Jahr", "value": "Wert"}, {"indicator": "A"}),
        ({"area": ["Bezirk", "Jahr"], "period": "Jahr", "value": "Wert"}, {"indicator": "A"}),
        ({"area": "Bezirk", "period": ["Jahr"], "value": ["Wert"]}, {"indicator": "A"}),
    ],
)
def test_columns_that_make_no_sense(write, columns, constants):
    with pytest.raises(OptionError):
        read_indicators(write(LONG), columns=columns, **constants)


def test_constants_need_columns(write):
    with pytest.raises(OptionError):
        read_indicators(write(csv_2025()), period=2024)


# --- several files and editions


def test_overlaps_are_named_and_the_newer_edition_wins_only_when_told(write):
    old = write(csv_2025(), name="2024.csv")
    new = write(csv_2025().replace('"2023","06 Sendling","3"', '"2023","06 Sendling","3.1"', 1), name="2025.csv")
    with pytest.raises(InputError, match=r"2025\.csv.*2024\.csv"):
        read_indicators([old, new])
    reading = read_with_notes([old, new], Options(editions="newest"))
    assert reading.panel.sel(group="insgesamt", period=2023, area="06").data["value"].item() == 3.1
    assert reading.notes[-1].fields == {"n": 16, "changed": 1}
    revised = list_revisions(read_indicators(old), read_indicators(new))
    assert revised[["group", "period", "area_id", "value_old", "value_new", "bases"]].to_numpy().tolist() == [
        ["insgesamt", "2023", "06", 3.0, 3.1, False]
    ]


def test_files_without_overlap_stand_together(write):
    other = csv_2025().replace("Beispielquote", "Andere Quote")
    panel = read_indicators([write(csv_2025(), name="a.csv"), write(other, name="b.csv")])
    assert panel.indicators == ["Beispielquote", "Andere Quote"]
    assert len(panel) == 32


def test_a_report_on_a_file_is_plain_data(write):
    import json

    report = describe_file(write(csv_2014()))
    back = json.loads(json.dumps(report.to_dict(), ensure_ascii=False))
    assert back["form"] == "atlas_2014"
    assert back["rows"] == 16
    assert back["readable"]
    assert back["series"][0]["tested"] == back["series"][0]["agree"] == 8
    assert "4 Zeilen" in str(report)
    assert "4 rows" in describe_file(write(csv_2014())).problems[0].text or "4 Zeilen" in report.problems[0].text


def test_a_cell_that_contradicts_its_basiswerte_is_listed(write):
    text = csv_2025().replace('"2024","06 Sendling","3.1"', '"2024","06 Sendling","3.9"', 1)
    # 15 of 16 cells agree: below what proves a scale, so longer series are needed to catch a single slip
    longer = text + "\n".join(csv_2025().replace("2023", "2021").replace("2024", "2022").splitlines()[1:]) + "\n"
    longer += "\n".join(csv_2025().replace("2023", "2019").replace("2024", "2020").splitlines()[1:])
    longer += "\n" + "\n".join(csv_2025().replace("2023", "2017").replace("2024", "2018").splitlines()[1:])
    longer += "\n" + "\n".join(csv_2025().replace("2023", "2015").replace("2024", "2016").splitlines()[1:])
    report = describe_file(write(longer))
    assert report.counts == {"ratio_differs": 1}
    found = report.problems[0]
    assert found.level == "question"
    assert "3,9" in found.text
    assert longer.splitlines()[found.row - 1].startswith('"Beispielquote","insgesamt","2024","06 Sendling"')


def test_frames_are_what_pandas_users_expect(write):
    panel = read_indicators(write(csv_2025()))
    assert isinstance(panel.data, pd.DataFrame)
    assert panel.data["value"].dtype == "float64"
