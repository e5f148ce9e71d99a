"""Every message of reading a table, in both languages: a made file provokes it, and doing what it says leads to
the figures within three steps: no loop, no number lost, and no error but the library's own.

The messages are sought in the code itself: a new one without a made file fails the test.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any, NamedTuple

import office_tables
import pandas as pd
import pytest
from message_codes import codes_in
from office_tables import LONG, NAMES, figure, workbook
from test_advice import advice
from test_bad_input import CASES as BAD
from test_bad_input import GOOD, a_workbook, excel_like

import regsam_geo as rg
from regsam_geo.errors import RegsamGeoError
from regsam_geo.indicators.tables import Options, read_with_notes
from regsam_geo.text.wording import tables

HEAD = "Bezirk;Jahr;Wert\n"
OWN = {"area": "Bezirk", "period": "Jahr", "value": "Wert"}
SAID: dict[str, Any] = {"columns": OWN, "indicator": "A"}
ROWS = [f"{NAMES[a]};2023;{figure(a, 1)}" for a in NAMES]
GRID = [["Bezirk", "Jahr", "Wert"], *[[NAMES[a], 2023, figure(a, 1)] for a in NAMES]]


def text(*rows: str, head: str = HEAD) -> str:
    return head + "\n".join(rows) + "\n"


SOUND = text(*ROWS)
PANEL = "indicator,group,period,level,area_id,value,sign\nA,insgesamt,2024,district,01,1,\n"


class Case(NamedTuple):
    """A file that provokes a message, and what a person does who follows it."""

    content: Any
    """Text, bytes, or a function that writes a file into a folder and returns its path."""
    said: dict[str, Any] = {}  # noqa: RUF012
    numbers: int = 5
    mended: Any = None
    """The file after the message was followed, where it speaks of the file."""
    by_hand: bool = False
    """The words look like an argument, but are about the file."""
    says: dict[str, Any] | None = None
    """What is said after the message was followed, where it prints no argument that could be copied."""


def bad(name: str, mended: Any = GOOD, numbers: int = 16, says: dict[str, Any] | None = None) -> Case:
    """Take a case of the tests of bad input, and mend it."""
    content, _, _, _, *rest = BAD[name]
    if callable(content):  # dear to make, and made when it is asked for
        make, content = content, lambda folder: placed(make(), folder)
    return Case(content, rest[0] if rest else {}, numbers, mended, says=says)


def book(*grids, **more):
    return lambda folder: workbook(
        folder / "a.xlsx", {f"Blatt {i}": grid for i, grid in enumerate(grids, 1)}, **more
    )


def written(path, content):
    path.write_text(content, encoding="utf-8")
    return path


def formula(folder):
    import xlsxwriter

    with xlsxwriter.Workbook(folder / "a.xlsx") as out:
        sheet = out.add_worksheet()
        for r, row in enumerate(GRID):
            sheet.write_row(r, 0, row)
        sheet.write_formula(2, 2, "=A1/2", None, "")
    return folder / "a.xlsx"


def two_editions(folder):
    for name, figures in (("alt", ROWS), ("neu", ROWS)):
        (folder / f"{name}.csv").write_text(text(*figures), encoding="utf-8")
    return [folder / "alt.csv", folder / "neu.csv"]


def narrow_parquet(folder):
    pd.DataFrame({"Wert": [1.0, 2.0]}).to_parquet(folder / "a.parquet")
    return folder / "a.parquet"


def broken_catalogue(folder):
    rg.write_indicators(rg.load_sample().sel(period=2024, indicator="Nichtdeutsche"), folder / "a.csv")
    beside = next(path for path in folder.iterdir() if path.name != "a.csv")
    lines = beside.read_text(encoding="utf-8-sig")
    beside.write_text(lines.replace(",ja,", ",vielleicht,").replace(",1,", ",eins,"), encoding="utf-8")
    return folder / "a.csv"


def mended_catalogue(folder):
    for path in folder.iterdir():
        path.unlink()
    return Path(
        rg.write_indicators(rg.load_sample().sel(period=2024, indicator="Nichtdeutsche"), folder / "a.csv")
    )


# code -> a file that provokes it
ERRORS: dict[str, Case] = {
    "no_files": Case(lambda folder: [], {}, 5, SOUND),
    "frame_type": Case(lambda folder: [3], {}, 5, SOUND),
    "file_missing": Case(lambda folder: folder / "tabele.csv", {}, 5, SOUND),
    "file_is_folder": Case(lambda folder: folder, {}, 5, SOUND),
    "file_empty": Case("", {}, 5, SOUND),
    "file_kind": bad("a PDF"),
    "file_zip": bad("a zip named .csv"),
    "file_binary": bad("binary within text"),
    "encoding_broken": bad("one damaged byte in UTF-8"),
    "csv_broken": bad("a quote that never ends"),
    "workbook_broken": bad("a damaged workbook", a_workbook(excel_like)),
    "workbook_huge": bad("a workbook with a cell in its farthest corner", a_workbook(excel_like)),
    "too_many_columns": bad("a million columns"),
    "column_untitled": bad("a column without title"),
    "column_twice": bad("a title above two columns"),
    "row_width": bad("a row too short"),
    "forms_mixed": bad("two forms in one header"),
    "form_unknown": Case("Thema;Wert\nA;viel\nB;wenig\n", {}, 5, SOUND, by_hand=True),
    "readings_several": Case(
        book([["Bezirk", "Jahr", "Wert"], *LONG[1:]], [["Bezirk", "Jahr", "Wert"], *LONG[1:]]), {}, 10
    ),
    "reading_open": Case(text("Sendling;5", "Hadern;6", "Laim;7", head="Bezirk;Fälle\n"), {}, 3),
    "json_broken": Case(lambda folder: written(folder / "a.json", '[{"a": 1'), {}, 5, SOUND),
    "json_no_records": Case(
        lambda folder: written(folder / "a.json", '{"type": "FeatureCollection", "features": []}'), {}, 5, SOUND
    ),
    "json_nested": Case(lambda folder: written(folder / "a.json", '[{"a": [1, 2]}]'), {}, 5, SOUND),
    "column_missing": Case(SOUND, {**SAID, "columns": {**OWN, "value": "Werd"}}),
    "no_rows": Case(GOOD.splitlines()[0], {}, 16, GOOD),
    "header_repeated": bad("a file appended to itself"),
    "sheet_missing": Case(lambda folder: workbook(folder / "a.xlsx", {"Fälle": LONG}), {"sheet": "Fäle"}, 5),
    "column_meaning": Case(SOUND, {**SAID, "columns": {"arae": "Bezirk", "period": "Jahr", "value": "Wert"}}),
    "columns_wide": Case(
        "Bezirk;Jahr;a;b\nSendling;2023;5;6\n",
        {"columns": {"area": "Bezirk", "period": ["Jahr"], "value": ["a", "b"]}},
        2,
        says={"columns": {"area": "Bezirk", "period": "Jahr", "value": ["a", "b"]}},
    ),
    "columns_lacking": Case(SOUND, {"columns": {"period": "Jahr", "value": "Wert"}, "indicator": "A"}),
    "columns_lacking_value": Case(SOUND, {"columns": {"area": "Bezirk", "period": "Jahr"}, "indicator": "A"}),
    "constants_without_columns": Case(GOOD, {"period": 2024}, 16, says={}),
    "editions_unknown": Case(SOUND, {**SAID, "editions": "neu"}, 5, says={**SAID, "editions": "newest"}),
    "parquet_broken": bad("a foreign Parquet file"),
    "parquet_foreign": Case(narrow_parquet, {}, 5, SOUND),
    "catalogue_broken": Case(broken_catalogue, {}, 26, mended_catalogue),
    "cell_sign": bad("a sign without reason", PANEL, 1),
    "cell_empty": bad("an empty indicator"),
    "cell_period": bad("year 20224"),
    "cell_period_open": Case(text("Sendling;2011/12;5"), SAID, 1, text("Sendling;2011-12;5")),
    "cell_area": Case(text("Sendlng;2023;5", "Hadern;2023;6"), SAID, 2, text("Sendling;2023;5", "Hadern;2023;6")),
    "cell_level": bad("an unknown level", PANEL, 1)._replace(by_hand=True),
    "area_contradicts": bad("number and name in two columns"),
    "not_a_number": Case(text(*ROWS, "Hadern;2023;n. n."), SAID),
    "cell_error": Case(text(*ROWS, "Hadern;2023;#DIV/0!"), SAID, 5, text(*ROWS, "Hadern;2023;")),
    "number_marks": Case(text(*ROWS, "Hadern;2023;1.2.3"), SAID, 6, text(*ROWS, "Hadern;2023;123")),
    "number_with_words": Case(text(*ROWS, "Hadern;2023;ca. 12"), SAID, 6, text(*ROWS, "Hadern;2023;12")),
    "cell_formula": Case(formula, {}, 5, book(GRID)),
    "cell_class": Case(
        "Bezirk;Jahr;Stufe;Wert\nSendling;2023;2 - Mittel;5\nHadern;2023;3 - Hoch;6\n",
        {**SAID, "columns": {**OWN, "value": "Stufe"}},
        2,
        says=SAID,
    ),
    "number_code": Case(text(*ROWS, "Hadern;2023;-9999", "Laim;2023;-9999"), SAID),
    "number_ambiguous": Case(text("Sendling;2023;1.234", "Hadern;2023;2.345"), SAID, 2),
    "decimals_contradict": Case(
        text("Sendling;2023;1,5", "Hadern;2023;2.5"), SAID, 2, text("Sendling;2023;1,5", "Hadern;2023;2,5")
    ),
    "decimal_unknown": Case(SOUND, {**SAID, "decimal": "'"}, 5, says={**SAID, "decimal": ","}),
    "cells_unknown": Case(SOUND, {**SAID, "cells": "oben"}, 5, says={**SAID, "cells": "A1:C6"}),
    "sign_reason": Case(
        text(*ROWS, "Hadern;2023;k"),
        {**SAID, "signs": {"k": "geheim"}},
        5,
        says={**SAID, "signs": {"k": "secret"}},
    ),
    "rows_twice": Case(text(*ROWS, ROWS[0]), SAID, 5, SOUND),
    "files_overlap": Case(two_editions, SAID),
    "division_before_1996": Case(text("1;1990;5", "2;1990;6"), SAID, 2),
    # what other rooms say while a table is read
    "keys_contradict": Case(
        "lfd_Nr;Stadtbezirk;Jahr;Wert\n" + "".join(f"{i};{NAMES[a]};2023;{i}\n" for i, a in enumerate(NAMES, 2)),
        {"columns": {"area": "lfd_Nr", "period": "Jahr", "value": "Wert"}, "indicator": "A"},
        5,
        says={"columns": {"area": "Stadtbezirk", "period": "Jahr", "value": "Wert"}, "indicator": "A"},
    ),
    "level_unknown": Case(SOUND, {**SAID, "level": "Stadtbezirk"}, 5, says={**SAID, "level": "district"}),
    "area_unknown": Case(
        SOUND, {"columns": {"period": "Jahr", "value": "Wert"}, "indicator": "A", "area": "Bonn"}, 5, says=SAID
    ),
    "area_ambiguous": Case(
        text("2023;5", head="Jahr;Wert\n"),
        {"columns": {"period": "Jahr", "value": "Wert"}, "indicator": "A", "area": "Schwanthalerhöhe"},
        1,
        says={"columns": {"period": "Jahr", "value": "Wert"}, "indicator": "A", "area": "08"},
    ),
    "period_unknown": Case(
        text("Sendling;5", head="Bezirk;Wert\n"),
        {"columns": {"area": "Bezirk", "value": "Wert"}, "indicator": "A", "period": "heuer"},
        1,
        says={"columns": {"area": "Bezirk", "value": "Wert"}, "indicator": "A", "period": 2023},
    ),
    "period_open": Case(
        text("Sendling;5", head="Bezirk;Wert\n"),
        {"columns": {"area": "Bezirk", "value": "Wert"}, "indicator": "A", "period": "01.03.2023"},
        1,
        says={"columns": {"area": "Bezirk", "value": "Wert"}, "indicator": "A", "period": "2023-03"},
    ),
    "line_long": Case("Bezirk;Jahr;Wert" + "a" * 2_100_000 + "\n", {}, 5, SOUND),
    "file_unpacks": bad("a zip bomb", a_workbook(excel_like)),
}

NOT_MADE = {
    "ending_unknown": "is about writing; below",
    "table_huge": "needs a table beyond the bounds; below",
    "file_unreadable": "the disk fails",
    "file_memory": "the memory is full",
}
"""Messages that no made file provokes, and why."""


def test_each_error_of_reading_tables_has_a_made_file():
    known = {code.removeprefix("error.") for code in codes_in("indicators/tables") if code.startswith("error.")}
    assert sorted(known - ERRORS.keys() - NOT_MADE.keys()) == []


def test_a_table_beyond_the_bounds_names_the_variable_that_raises_them(tmp_path, monkeypatch):
    path = written(tmp_path / "a.csv", text(*(f"A{i};2023;{i}" for i in range(35_000))))
    monkeypatch.setenv("REGSAM_GEO_READ_LIMIT", "0.001")
    found = tried(path, {**SAID, "level": "own"})
    assert isinstance(found, RegsamGeoError)
    assert "REGSAM_GEO_READ_LIMIT" in str(found)
    monkeypatch.setenv("REGSAM_GEO_READ_LIMIT", "2")
    assert len(tried(path, {**SAID, "level": "own"}).panel) == 35_000


def test_an_ending_that_is_not_written_names_those_that_are(tmp_path):
    panel = rg.load_sample().sel(period=2024, indicator="Nichtdeutsche")
    with pytest.raises(RegsamGeoError) as caught:
        rg.write_indicators(panel, tmp_path / "a.txt")
    assert caught.value.code == "ending_unknown"
    for ending in re.findall(r"\.\w+", str(caught.value.fields["expected"])):
        assert len(rg.read_indicators(rg.write_indicators(panel, tmp_path / f"a{ending}"))) == len(panel)


def placed(content: Any, folder: Path) -> Any:
    """Write a made file; return what is read."""
    if callable(content):
        return content(folder)
    path = folder / "tabelle.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def tried(path, said):
    try:
        return read_with_notes(path, Options.of(**{"columns": None, **said}))
    except RegsamGeoError as error:
        return error


def near_word(error: RegsamGeoError, said: dict[str, Any]) -> dict[str, Any]:
    """Take the word that a message asks about."""
    if (near := re.search(r"(?:Meinten Sie „|Did you mean “)([^“”]*)[“”]", str(error))) is None:
        return said
    wrong = str(error.fields.get("found", ""))
    if error.code == "sheet_missing":
        return {**said, "sheet": near[1]}
    columns = dict(said.get("columns") or {})
    if error.code == "column_missing":
        wrong = str(error.fields["column"])
        return {**said, "columns": {m: near[1] if t == wrong else t for m, t in columns.items()}}
    if error.code == "column_meaning":
        return {**said, "columns": {near[1] if m == wrong else m: t for m, t in columns.items()}}
    return said


def follow(case: Case, code: str, folder: Path) -> None:
    """Do what each message says until the figures are there."""
    path, said, met, open_mend = placed(case.content, folder), dict(case.said), [], True
    for step in range(4):
        found = tried(path, said)
        if not isinstance(found, RegsamGeoError):
            assert met, f"{code} was not provoked"
            assert found.panel.data["value"].notna().sum() >= case.numbers, f"lost numbers after {met}"
            return
        assert found.code == code or step, f"{found.code} instead of {code}: {found}"
        seen = (found.code, str(found))
        assert seen not in met, f"the same message again: {found}"
        assert "{" not in re.sub(r"\{[^{}]*[:.…][^{}]*\}", "", str(found)), f"a field was left open: {found}"
        met.append(seen)
        then = said if case.by_hand and open_mend else advice(found, said) or near_word(found, said)
        if 'editions="newest"' in str(found):
            then = {**then, "editions": "newest"}
        if then != said:
            said = then
        elif open_mend and case.mended is not None:
            path, open_mend = placed(case.mended, folder), False
            said = {name: value for name, value in said.items() if case.says is None}
        elif open_mend and case.says is not None:
            said, open_mend = dict(case.says), False
        else:
            pytest.fail(f"leads nowhere: {found}")
    pytest.fail(f"no end after three steps: {met}")


# --- notices ----------------------------------------------------------------------------------------------------


def total_rows(*more: str, head: str = HEAD) -> str:
    return text(*ROWS, *more, head=head)


SUM = sum(figure(a, 1) for a in NAMES)


def hidden_lines(folder):
    import xlsxwriter

    with xlsxwriter.Workbook(folder / "a.xlsx") as out:
        sheet = out.add_worksheet()
        for r, row in enumerate([[*GRID[0], "alt"], *[[*row, "x"] for row in GRID[1:]]]):
            sheet.write_row(r, 0, row)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(3, 3, None, None, {"hidden": True})
    return folder / "a.xlsx"


def sheets_of_years(folder):
    return office_tables.a_sheet_a_year(folder / "a.xlsx", (2020, 2021, 2022, 2023))


def two_levels(folder):
    """Own areas, and at the end the districts that hold them, with the sum of all; one name on both levels."""
    rows = [
        ["Stadtteil", "Fälle"],
        *[[f"Teil {i}", i] for i in range(1, 9)],
        ["Teil 1", 10],
        ["Nord", 26],
        ["Stadt X", 36],
    ]
    return workbook(folder / "Fälle 2023.xlsx", {"2023": rows})


def column_numbers(folder):
    return workbook(folder / "a.xlsx", {"a": [["Statistik"], GRID[0], [1, 2, 3], *GRID[1:]]})


def repeated_headings(folder):
    rows = [["Beratungen 2023"], ["Frauen"]]
    for i, group in enumerate(("Frauen", "Männer"), 1):
        rows += [[group]] if i > 1 else []
        rows += [["Stadtbezirk", "Fälle"], *[[NAMES[a], figure(a, i)] for a in NAMES]]
    return workbook(folder / "a.xlsx", {"a": rows})


def labels_once(folder):
    rows = [["Bezirk", "Jahr", "Fälle"]]
    for a in NAMES:
        rows += [[NAMES[a], 2022, figure(a, 1, 2022)], ["", 2023, figure(a, 1, 2023)]]
    return workbook(folder / "a.xlsx", {"a": rows})


MONTHS = "Monat;Fälle\n2023-01;5\n2023-02;6\nSumme;11\n"
# code -> a file that provokes it, and how many numbers come of it
NOTES: dict[str, Case] = {
    "unallocated": Case(total_rows("99 nicht zuzuordnen;2023;3"), SAID),
    "unallocated_kept": Case(total_rows("99 nicht zuzuordnen;2023;3"), {**SAID, "keep_unallocated": True}, 6),
    "superseded": Case(two_editions, {**SAID, "editions": "newest"}),
    "read_as": Case(SOUND),
    "areas_own": Case("Gebiet;Jahr;Fälle\nA1;2023;5\nB2;2023;6\nC3;2023;7\n", {}, 3),
    "sheets_hidden": Case(book(GRID, [GRID[0], *[[a, y + 1, v] for a, y, v in GRID[1:]]], hidden=("Blatt 2",))),
    "sheets_unread": Case(book(GRID, [["Hinweis", "Stand"], ["erste", "Zeile"], ["zweite", "Zeile"]])),
    "rows_hidden": Case(hidden_lines, SAID, 4),
    "columns_hidden": Case(hidden_lines, SAID, 4),
    "encoding_encoding": Case(SOUND.replace("Wert", "Plätze für Ältere").encode("mac_roman")),
    "encoding_twice": Case(SOUND.replace("Wert", "Plätze für Ältere").encode().decode("cp1252").encode()),
    "encoding_entities": Case(SOUND.replace("Wert", "Pl&auml;tze")),
    "aside_title": Case(book([["Beratungen"], *GRID])),
    "aside_rule": Case(book([*GRID, ["__________"]])),
    "aside_source": Case(book([*GRID, ["Quelle: Amt"]])),
    "aside_note": Case(book([*GRID, ["1) Ohne Tagespflege."]])),
    "aside_column_numbers": Case(column_numbers),
    "aside_header_again": Case(repeated_headings, {}, 10),
    "aside_block": Case(lambda folder: office_tables.a_block_a_group(folder / "a.xlsx"), {}, 10),
    "aside_filled_down": Case(labels_once, {}, 10),
    "period_from": Case(sheets_of_years, {}, 40),
    "period_sums": Case(
        MONTHS, {"columns": {"period": "Monat", "value": "Fälle"}, "indicator": "A", "area": "Stadt München"}, 2
    ),
    "totals_city": Case(total_rows(f"insgesamt;2023;{SUM}"), SAID, 6),
    "totals_unchecked": Case(text(*ROWS[:4], f"{NAMES['17']};2023;.", f"insgesamt;2023;{SUM}"), SAID),
    "totals_own": Case(text("A1;2023;5", "B2;2023;6", "insgesamt;2023;11"), {**SAID, "level": "own"}, 2),
    "totals_twice": Case(total_rows(f"Stadt München;2023;{SUM}", f"insgesamt;2023;{SUM}"), SAID, 6),
    "totals_doubtful": Case(
        text(
            *[f"{row};{2 * figure(a, 1)}" for row, a in zip(ROWS, NAMES, strict=True)],
            f"insgesamt;2023;{SUM};{20 * SUM}",
            head="Bezirk;Jahr;Fälle;Plätze\n",
        ),
        {"columns": {"area": "Bezirk", "period": "Jahr", "value": ["Fälle", "Plätze"]}},
        12,
    ),
    "totals_contradict": Case(total_rows("insgesamt;2023;99999999"), SAID),
    "alike": Case(sheets_of_years, {}, 40),
    "rows_upper_level": Case(two_levels, {}, 8),
    "period_year_end": Case(text(*[row.replace("2023", "31.12.2023") for row in ROWS]), SAID),
    "period_month_date": Case(text(*[row.replace(";2023", ";01.03.2023") for row in ROWS]), SAID),
    "period_mark": Case(text(*[row.replace(";2023", ";2023*") for row in ROWS]), SAID),
    "number_percent": Case(total_rows("Hadern;2023;12 %"), SAID, 6),
    "number_currency": Case(total_rows("Hadern;2023;12 €"), SAID, 6),
    "number_brackets": Case(total_rows("Hadern;2023;(12)"), SAID, 6),
    "number_mark": Case(total_rows("Hadern;2023;12*"), SAID, 6),
    "number_zero_sign": Case(total_rows("Hadern;2023;-"), SAID, 6),
    "columns_unused": Case("Bezirk;Jahr;Wert;Notiz\n" + "".join(f"{row};x\n" for row in ROWS), SAID),
}


def test_each_notice_of_reading_tables_has_a_made_file():
    known = {
        code.removeprefix("note.")
        for code in codes_in("indicators/tables")
        if code.startswith("note.") and code in tables.PHRASES
    }
    assert sorted(known - NOTES.keys()) == []


@pytest.mark.parametrize("code", NOTES)
def test_a_notice_is_told_and_its_argument_loses_nothing(code, tmp_path):
    """What a notice offers is tried: the file is read with it too, and loses the cells that it is about alone."""
    case = NOTES[code]
    path = placed(case.content, tmp_path)
    found = tried(path, case.said)
    assert not isinstance(found, RegsamGeoError), str(found)
    assert found.panel.data["value"].notna().sum() == case.numbers
    notes = [note for note in found.notes if note.code == code]
    assert notes, [note.code for note in found.notes]
    for lang in LANGUAGES:
        sentence = notes[0].text(lang)
        assert "{" not in sentence.replace('signs={"', "")
        offered = re.findall(r'\b(signs|sheet|level)=(\{[^}]*\}|"[^"]*")', sentence)
        for name, value in offered:
            then = tried(path, {**case.said, name: ast.literal_eval(value)})
            assert not isinstance(then, RegsamGeoError), f"{sentence} -> {then}"
            lost = notes[0].fields["n"] if name == "signs" else 0
            assert then.panel.data["value"].notna().sum() >= case.numbers - lost


LANGUAGES = ("de", "en")
# one of both at once, the other in the long form: nothing but the words differs
SHORT = {code: LANGUAGES[place % 2] for place, code in enumerate(ERRORS)}


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_leads_to_the_figures(code, tmp_path, monkeypatch):
    monkeypatch.setenv("REGSAM_GEO_LANG", SHORT[code])
    follow(ERRORS[code], code, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("code", ERRORS)
def test_an_error_leads_to_the_figures_in_the_other_language(code, tmp_path, monkeypatch):
    monkeypatch.setenv("REGSAM_GEO_LANG", LANGUAGES[SHORT[code] == "de"])
    follow(ERRORS[code], code, tmp_path)
