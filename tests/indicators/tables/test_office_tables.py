"""Tables as offices write them: each form gives the figures it was made of, cell by cell."""

from __future__ import annotations

import pandas as pd
import pytest
from office_tables import (
    LONG,
    NAMES,
    YEARBOOK_TITLES,
    a_block_a_group,
    a_block_a_year,
    a_sheet_a_year,
    areas_across,
    delimited,
    figure,
    html,
    open_document,
    records,
    total,
    workbook,
    yearbook,
    years_across,
    years_over_columns,
)

import regsam_geo as rg
from regsam_geo.errors import InputError, OptionError
from regsam_geo.indicators import read_with_notes
from regsam_geo.indicators.tables import Options


def cells(panel, *names):
    """The panel as a dict of what is asked for to the value."""
    data = panel.data
    return dict(zip(zip(*(data[name] for name in names), strict=True), data["value"], strict=True))


def codes(reading):
    return [note.code for note in reading.notes]


LONG_TRUTH = {(area, str(year)): figure(area, 1, year) for area in NAMES for year in (2022, 2023)}


# --- the table in the sheet


def test_a_table_of_the_yearbook(tmp_path):
    reading = read_with_notes(yearbook(tmp_path / "jb.xlsx"))
    truth = {(title, area): figure(area, c) for c, title in enumerate(YEARBOOK_TITLES, 1) for area in NAMES} | {
        (title, "munich"): total(c) for c, title in enumerate(YEARBOOK_TITLES, 1)
    }
    assert cells(reading.panel, "indicator", "area_id") == truth
    assert set(reading.panel.data["period"]) == {"2023"}
    assert {"aside_title", "aside_rule", "aside_note", "aside_source", "totals_city", "period_from"} <= {
        *codes(reading),
        "period_from",
    }
    told = " ".join(note.text("de") for note in reading.notes)
    for words in ("insg.", "Quelle: Amt", "1) Ohne Tagespflege.", "Tagesbetreuung"):
        assert words in told


def test_a_total_that_does_not_add_up_is_set_aside(tmp_path):
    rows = [["Bezirk", "Fälle"], *[[NAMES[a], figure(a, 1)] for a in NAMES], ["Gesamt", 99_999]]
    reading = read_with_notes(workbook(tmp_path / "a.xlsx", {"2023": rows}))
    assert set(reading.panel.data["area_id"]) == set(NAMES)
    assert "totals_contradict" in codes(reading)
    assert "99.999" in " ".join(note.text("de") for note in reading.notes)


def test_a_slip_in_a_total_that_another_column_proves_is_told(tmp_path):
    rows = [
        ["Bezirk", "Fälle", "Plätze"],
        *[[NAMES[a], figure(a, 1), 2 * figure(a, 1)] for a in NAMES],
        ["Gesamt", (whole := sum(figure(a, 1) for a in NAMES)), 20 * whole],
    ]
    reading = read_with_notes(workbook(tmp_path / "a.xlsx", {"2023": rows}))
    (note,) = (note for note in reading.notes if note.code == "totals_doubtful")
    told = note.text("de")
    for words in ("Gesamt", "Plätze", f"{20 * whole:,}".replace(",", "."), f"{2 * whole:,}".replace(",", ".")):
        assert words in told
    for share, doubtful in ((0.031, True), (0.029, False)):
        # those who live in no district are fewer than three percent
        rows[-1][2] = round(2 * whole * (1 + share))
        one = read_with_notes(workbook(tmp_path / f"{share}.xlsx", {"2023": rows}))
        assert ("totals_doubtful" in codes(one)) == doubtful
    rows[-1][2] = 2 * whole + 1
    again = read_with_notes(workbook(tmp_path / "b.xlsx", {"2023": rows}))
    assert "totals_doubtful" not in codes(again)


def test_years_as_headings(tmp_path):
    panel = rg.read_indicators(years_across(tmp_path / "a.xlsx"))
    assert cells(panel, "area_id", "period") == {
        (a, str(y)): figure(a, 1, y) for a in NAMES for y in (2021, 2022, 2023)
    }
    assert panel.indicators == ["Beratungen"]


def test_years_above_columns(tmp_path):
    panel = rg.read_indicators(years_over_columns(tmp_path / "a.xlsx"))
    assert cells(panel, "indicator", "area_id", "period") == {
        (name, a, str(y)): figure(a, c, y)
        for a in NAMES
        for y in (2022, 2023)
        for c, name in ((1, "Fälle"), (2, "Personen"))
    }


def test_areas_as_headings(tmp_path):
    panel = rg.read_indicators(areas_across(tmp_path / "a.xlsx"), indicator="Fälle")
    years = (2021, 2022, 2023)
    truth = {(a, str(y)): figure(a, 1, y) for a in NAMES for y in years} | {
        ("munich", str(y)): total(1, y) for y in years
    }
    assert cells(panel, "area_id", "period") == truth


def test_a_sheet_a_year(tmp_path):
    path = a_sheet_a_year(tmp_path / "a.xlsx")
    years = (2021, 2022, 2023)
    truth = {
        (n, a, str(y)): figure(a, c, y) for y in years for a in NAMES for c, n in ((1, "Fälle"), (2, "Personen"))
    }
    assert cells(rg.read_indicators(path), "indicator", "area_id", "period") == truth
    one = rg.read_indicators(path, sheet="Blatt 2")
    assert set(one.data["period"]) == {"2022"}


def test_blocks(tmp_path):
    panel = rg.read_indicators(a_block_a_year(tmp_path / "a.xlsx"))
    assert cells(panel, "indicator", "area_id", "period") == {
        (n, a, str(y)): figure(a, c, y)
        for y in (2022, 2023)
        for a in NAMES
        for c, n in ((1, "Fälle"), (2, "Personen"))
    }
    panel = rg.read_indicators(a_block_a_group(tmp_path / "b.xlsx"))
    assert cells(panel, "group", "area_id") == {
        (group, a): figure(a, i) for i, group in enumerate(("Frauen", "Männer"), 1) for a in NAMES
    }


def test_a_column_without_a_heading_can_be_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        ",Bezirk,Jahr,Wert\n0,01 Altstadt-Lehel,2024,12.5\n1,03 Maxvorstadt,2024,20.5\n", encoding="utf-8"
    )
    how = {"area": "Bezirk", "period": "Jahr", "value": "Wert"}
    assert rg.read_indicators(path, columns=how, indicator="X").data["value"].tolist() == [12.5, 20.5]
    for name in ("Spalte A", "column A"):
        named = rg.read_indicators(path, columns={**how, "value": name}, indicator="X")
        assert named.data["value"].tolist() == [0, 1]


def test_the_last_part_of_a_title_is_enough_where_it_is_one(tmp_path):
    path = yearbook(tmp_path / "a.xlsx")
    panel = rg.read_indicators(path, columns={"area": "Stadtbezirk", "value": "Kinder"}, indicator="Kinder")
    assert cells(panel, "area_id") == {(a,): figure(a, 2) for a in NAMES} | {("munich",): total(2)}
    with pytest.raises(InputError, match="unter 3 · Plätze“, „3 bis 6 · Plätze"):
        rg.read_indicators(path, columns={"area": "Stadtbezirk", "value": "Plätze"}, indicator="X")


# --- what is hidden, computed, formatted


def test_hidden_sheets_are_told_and_read_when_asked_for(tmp_path):
    rows = {
        t: [["Bezirk", "Jahr", "Wert"], *[[a, 2023, figure(a, i)] for a in NAMES]] for i, t in enumerate("ab", 1)
    }
    path = workbook(tmp_path / "a.xlsx", rows, hidden=("b",))
    how = {"columns": {"area": "Bezirk", "period": "Jahr", "value": "Wert"}, "indicator": "X"}
    reading = read_with_notes(path, Options(**how))
    assert reading.panel.data["value"].tolist() == [figure(a, 1) for a in NAMES]
    assert "sheets_hidden" in codes(reading)
    assert rg.read_indicators(path, **how, sheet="b").data["value"].tolist() == [figure(a, 2) for a in NAMES]


def test_hidden_rows_and_columns_are_left_out_and_told(tmp_path):
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        for r, row in enumerate(
            [["Bezirk", "Jahr", "alt", "Fälle"], *[[a, 2023, 1, figure(a, 1)] for a in NAMES]]
        ):
            sheet.write_row(r, 0, row)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(2, 2, None, None, {"hidden": True})
    reading = read_with_notes(tmp_path / "a.xlsx")
    assert cells(reading.panel, "indicator", "area_id") == {("Fälle", a): figure(a, 1) for a in NAMES if a != "03"}
    assert {"rows_hidden", "columns_hidden"} <= set(codes(reading))


def test_formulas_without_a_result_and_error_cells_are_named(tmp_path):
    import xlsxwriter

    for name, results, code in (("a", ("", ""), "cell_formula"), ("b", ("#DIV/0!", 3), "cell_error")):
        with xlsxwriter.Workbook(tmp_path / f"{name}.xlsx") as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["Bezirk", "Jahr", "Quote"])
            for r, result in enumerate(results, 1):
                sheet.write_row(r, 0, [r, 2023])
                sheet.write_formula(r, 2, f"=A{r + 1}/0", None, result)
        with pytest.raises(InputError) as caught:
            rg.read_indicators(tmp_path / f"{name}.xlsx")
        assert caught.value.code == code
        assert caught.value.fields["n"] == results.count(results[0])


def test_cells_shown_as_percent_are_read_as_shown(tmp_path):
    shares = [0.123, 0.2, 0.085, 0.5, 1]
    rows = [["Bezirk", "Jahr", "Quote"], *[[a, 2023, s] for a, s in zip(NAMES, shares, strict=True)]]
    path = workbook(tmp_path / "a.xlsx", {"a": rows}, formats={(r, 2) for r in range(1, 6)})
    panel = rg.read_indicators(path)
    assert panel.data["value"].tolist() == [12.3, 20, 8.5, 50, 100]
    assert panel.entry("Quote")["unit"] == "%"


def test_a_sheet_that_is_not_asked_for_is_not_judged(tmp_path):
    sheets = {"Daten": LONG, "Rechnung": [["", "Summe", "Summe"], ["x", 1, 2], ["y", "#", "?"]]}
    panel = rg.read_indicators(workbook(tmp_path / "a.xlsx", sheets), sheet="Daten")
    assert cells(panel, "area_id", "period") == LONG_TRUTH


# --- kinds of files


FILES = {
    "calc.ods": open_document(LONG),
    "html.xls": html(LONG),
    "html-cp1252.xls": html(LONG, "cp1252"),
    "records.json": records().encode(),
    "assigned.js": f"// Beratungen\nexport const werte = {records()};\n".encode(),
    "lines.jsonl": "\n".join(records()[1:-1].replace("}, {", "}\n{").split("\n")).encode(),
    "tabs.txt": delimited(delimiter="\t").encode("utf-16"),
    "bare.txt": delimited(delimiter="\t").encode("utf-16-le"),
    "mac.csv": delimited().encode("mac_roman"),
    "dos.csv": delimited().encode("cp850"),
    "windows.csv": delimited().encode("cp1252"),
    "twice.csv": delimited().encode().decode("cp1252").encode(),
    "entities.csv": delimited(delimiter=",").replace("ö", "&ouml;").replace("ä", "&auml;").encode(),
    "footnote.csv": (delimited() + "\nQuelle: Amt für Statistik; eigene Rechnung\n").encode(),
    "title.csv": ("Beratungen, Hilfen, Kurse\n\n" + delimited()).encode(),
}


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_file_says_the_same(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(FILES[name])
    panel = rg.read_indicators(path)
    assert cells(panel, "area_id", "period") == LONG_TRUTH
    assert panel.indicators == ["Fälle"]


def test_a_parquet_file_of_another_program(tmp_path):
    head, *body = LONG
    pd.DataFrame(body, columns=head).to_parquet(tmp_path / "a.parquet")
    assert cells(rg.read_indicators(tmp_path / "a.parquet"), "area_id", "period") == LONG_TRUTH


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.js", "const a = [{'Bezirk': 1}]; function f() {}", "json_broken"),
        ("a.json", '{"type": "FeatureCollection", "features": []}', "json_no_records"),
        ("a.json", '[{"Bezirk": 1, "Werte": [1, 2]}]', "json_nested"),
    ],
)
def test_what_is_no_list_of_records_is_told(name, text, code, tmp_path):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        rg.read_indicators(tmp_path / name)
    assert caught.value.code == code


def test_the_delimiter_is_the_one_that_cuts_all_rows_alike(tmp_path):
    title = "Anteil der 0-, 1-, 2-, 3-Jährigen"
    path = tmp_path / "a.csv"
    path.write_text(f"Bezirk;Jahr;{title}\n1;2024;12,5\n2;2024;13,5\n", encoding="utf-8")
    assert rg.read_indicators(path).data["value"].tolist() == [12.5, 13.5]
    path.write_text('Bezirk,"Hilfen\nfür, die; Familien","Kurse\nfür; alle"\n1,5,6\n2,7,8\n', encoding="utf-8")
    panel = rg.read_indicators(path, period=2024)
    assert panel.indicators == ["Hilfen für, die; Familien", "Kurse für; alle"]


# --- one reading, several, none


def test_a_series_of_the_city_alone(tmp_path):
    path = tmp_path / "a.csv"
    months = [f"2022{m:02d}" for m in range(1, 13)]
    rows = [["MONATSZAHL", "JAHR", "MONAT", "WERT"], ["Unfälle", "2022", "Summe", sum(range(12))]]
    rows += [["Unfälle", "2022", month, i] for i, month in enumerate(months)]
    path.write_text(delimited(rows, ","), encoding="utf-8")
    with pytest.raises(InputError, match='area="Stadt München"') as caught:
        rg.read_indicators(path)
    (call,) = caught.value.fields["proposals"]
    reading = read_with_notes(path, Options(**arguments(call)))
    assert cells(reading.panel, "area_id", "period") == {("munich", f"2022-{m:02d}"): m - 1 for m in range(1, 13)}
    assert "period_sums" in codes(reading)


def arguments(call, **more):
    """Run a printed call, but for the reading itself."""
    return eval(call, {"read_indicators": lambda path, **said: {**said, **more}})


def test_where_the_period_is_not_said_it_is_asked_for(tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text(
        delimited([[a, n, v] for a, n, v in [["Bezirk", "Jahr", "Fälle"]]]).replace("Jahr;", ""), "utf-8"
    )
    path.write_text("Bezirk;Fälle\n" + "".join(f"{NAMES[a]};{figure(a, 1)}\n" for a in NAMES), encoding="utf-8")
    with pytest.raises(InputError, match='period="2024"'):
        rg.read_indicators(path)
    assert set(rg.read_indicators(path, period=2022).data["period"]) == {"2022"}
    named = tmp_path / "beratungen_2021.csv"
    named.write_bytes(path.read_bytes())
    assert set(rg.read_indicators(named).data["period"]) == {"2021"}


def test_where_several_readings_are_possible_they_are_shown_and_each_runs(tmp_path):
    path = tmp_path / "a.csv"
    rows = [["Bezirk", "Jahr", "Fälle", "Haushalte", "Fälle je 1.000 Haushalte"]]
    rows += [
        [NAMES[a], 2023, int(a) + 5, 1000 * int(a) + 400, f"{1000 * (int(a) + 5) / (1000 * int(a) + 400):.1f}"]
        for a in NAMES
    ]
    path.write_text(delimited(rows), encoding="utf-8")
    report = rg.describe_file(path)
    assert [found.code for found in report.problems] == ["readings_several"]
    assert len(report.calls) == 2
    first, second = (rg.read_indicators(path, **arguments(call), decimal=".") for call in report.calls)
    assert len(first) == 5
    assert first.data["denominator"].tolist() == [1000 * int(a) + 400 for a in NAMES]
    assert second.indicators == rows[0][2:]


def test_a_report_prints_the_call_that_reads_the_file(tmp_path):
    for make in (
        yearbook,
        years_across,
        years_over_columns,
        areas_across,
        a_sheet_a_year,
        a_block_a_year,
        a_block_a_group,
    ):
        path = make(tmp_path / f"{make.__name__}.xlsx")
        report = rg.describe_file(path)
        (call,) = report.calls
        assert call in report.text()
        again = rg.read_indicators(path, **arguments(call))
        assert again.data.equals(rg.read_indicators(path).data)


def test_own_areas_are_read_as_they_are_and_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "Planungsraum;Jahr;Fälle\nNord A;2023;5\nSüd B;2023;7\nWest 001;2023;9\nInsgesamt;2023;21\n", "utf-8"
    )
    reading = read_with_notes(path)
    assert cells(reading.panel, "level", "area_id") == {
        ("own", "Nord A"): 5,
        ("own", "Süd B"): 7,
        ("own", "West 001"): 9,
    }
    assert {"areas_own", "totals_own"} <= set(codes(reading))


def test_short_names_are_settled_by_the_numbers_beside_them(tmp_path):
    rows = [
        ["Raum", "Nummer", "Jahr", "Fälle"],
        ["Thalkirchen", 19, 2023, 5],
        ["Pasing", 21, 2023, 6],
        ["Hadern", 20, 2023, 7],
    ]
    path = tmp_path / "a.csv"
    path.write_text(delimited(rows), encoding="utf-8")
    how = {"area": "Raum", "area_number": "Nummer", "period": "Jahr", "value": "Fälle"}
    panel = rg.read_indicators(path, columns=how, indicator="Fälle")
    assert cells(panel, "level", "area_id") == {
        ("district", "19"): 5,
        ("district", "21"): 6,
        ("district", "20"): 7,
    }


def test_codes_for_missing_values_are_asked_about(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Bezirk;Jahr;Quote\n1;2023;5,5\n2;2023;-9999\n3;2023;7,5\n4;2023;-9999\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        rg.read_indicators(path)
    assert (caught.value.code, caught.value.fields["n"]) == ("number_code", 2)
    assert rg.read_indicators(path, signs={"-9999": "not_available"}).data["sign"].tolist()[1] == "not_available"
    assert rg.read_indicators(path, signs={"-9999": "number"}).data["value"].tolist()[1] == -9999


def test_classes_are_no_numbers_and_never_missing(tmp_path):
    path = tmp_path / "a.csv"
    rows = [["Bezirk", "Jahr", "Stufe"], *[[NAMES[a], 2023, f"{1 + i % 3} - Mittel"] for i, a in enumerate(NAMES)]]
    path.write_text(delimited(rows), encoding="utf-8")
    with pytest.raises(InputError, match="Klassen, keine Zahlen") as caught:
        rg.read_indicators(path)
    assert "not_available" not in str(caught.value)
    with pytest.raises(InputError) as caught:
        rg.read_indicators(path, columns={"area": "Bezirk", "period": "Jahr", "value": "Stufe"}, indicator="X")
    assert caught.value.code == "cell_class"


def test_constants_of_known_forms_are_still_refused(write):
    from made_tables import csv_2025

    with pytest.raises(OptionError):
        rg.read_indicators(write(csv_2025()), area="Stadt München")


def test_a_year_and_a_part_of_it_in_two_columns(tmp_path):
    months = {"Monat": (1, 2, 3), "Quartal": ("Q1", "Q2", "Q3")}
    for title, parts in months.items():
        rows = [["Bezirk", "Jahr", title, "Fälle"]]
        rows += [[NAMES[a], 2023, part, figure(a, i)] for a in NAMES for i, part in enumerate(parts, 1)]
        rows += [[NAMES[a], 2023, "Summe", 1] for a in NAMES]
        path = tmp_path / "a.csv"
        path.write_text(delimited(rows), encoding="utf-8")
        spelled = "2023-{:02d}" if title == "Monat" else "2023-Q{}"
        truth = {(a, spelled.format(i)): figure(a, i) for a in NAMES for i in (1, 2, 3)}
        assert cells(rg.read_indicators(path), "area_id", "period") == truth


def test_months_as_headings_and_the_year_in_the_title(tmp_path):
    rows = [["Unfälle 2023"], ["Bezirk", "Januar", "Februar", "März", "insg."]]
    rows += [[NAMES[a], *(figure(a, i) for i in (1, 2, 3)), 0] for a in NAMES]
    panel = rg.read_indicators(workbook(tmp_path / "a.xlsx", {"T": rows}))
    assert cells(panel, "area_id", "period") == {
        (a, f"2023-{i:02d}"): figure(a, i) for a in NAMES for i in (1, 2, 3)
    }


def test_footnote_signs_behind_names_and_sums_of_some_areas(tmp_path):
    rows = [
        ["Bezirk", "Fälle"],
        ["Maxvorstadt 1)", 5],
        ["Sendling*", 6],
        ["Zwischensumme", 11],
        ["Hadern", 7],
        ["Summe", 18],
    ]
    reading = read_with_notes(workbook(tmp_path / "a.xlsx", {"2023": rows}))
    assert cells(reading.panel, "area_id") == {("03",): 5, ("06",): 6, ("20",): 7, ("munich",): 18}


def two_tables(title, *, beside=False, second=("Bezirk", "Kosten")):
    """Fälle and Kosten of the same districts in one sheet."""
    first = [["Bezirk", "Fälle"], *[[NAMES[a], figure(a, 1)] for a in NAMES]]
    other = [list(second), *[[NAMES[a], figure(a, 2)] for a in NAMES]]
    if beside:
        return [[title], [], *[[*one, "", *two] for one, two in zip(first, other, strict=True)]]
    return [[title], [], *first, [], *other]


@pytest.mark.parametrize("beside", [False, True], ids=["beneath", "side by side"])
def test_two_tables_in_a_sheet_are_read_both(beside, tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"Blatt": two_tables("Beratung 2023", beside=beside)})
    panel = rg.read_indicators(path)
    assert panel.periods == ["2023"]
    for column, name in ((1, "Fälle"), (2, "Kosten")):
        data = panel.sel(name).data
        assert dict(zip(data["area_id"], data["value"], strict=True)) == {a: figure(a, column) for a in NAMES}
    calls = rg.describe_file(path).calls
    assert len(calls) == 2
    ranges = ("A3:B8", "D3:E8") if beside else ("A3:B8", "A10:B15")
    for call, cells, name in zip(calls, ranges, ("Fälle", "Kosten"), strict=True):
        assert f'cells="{cells}"' in call
        alone = eval(call, {"read_indicators": rg.read_indicators})
        assert alone.indicators == [name]
        assert alone.data["value"].tolist() == panel.sel(name).data["value"].tolist()


def test_two_tables_that_do_not_say_all_are_asked_about_with_their_ranges(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"Blatt": two_tables("Beratung")})
    with pytest.raises(InputError) as caught:
        rg.read_indicators(path)
    assert caught.value.code == "readings_several"
    for call, cells, name in zip(
        caught.value.fields["proposals"], ("A3:B8", "A10:B15"), ("Fälle", "Kosten"), strict=True
    ):
        assert f'cells="{cells}"' in call
        panel = eval(call.replace('"..."', '"2023"'), {"read_indicators": rg.read_indicators})
        assert (panel.indicators, len(panel)) == ([name], 5)


def test_the_same_headings_again_are_one_table_that_has_to_be_parted(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"2023": two_tables("Beratung 2023", second=("Bezirk", "Fälle"))})
    with pytest.raises(InputError) as caught:
        rg.read_indicators(path)
    assert (caught.value.code, caught.value.fields["row"]) == ("header_repeated", 10)
    assert len(rg.read_indicators(path, cells="A10:B15", period=2023)) == 5
