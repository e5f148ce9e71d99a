"""Worksheets of two years: written, filled in as people do, read back, and told in the next report."""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from worksheets_filled import HEAD, fill, rows_of

import regsam_geo as rg
from regsam_geo.errors import InputError, OptionError
from regsam_geo.summary.facts.report_facts import gather_report_facts
from regsam_geo.summary.products.report_files import belongs_to_report
from regsam_geo.summary.products.worksheet_files import worksheet_names, worksheet_steps
from regsam_geo.summary.words.assessments import assessment_table
from regsam_geo.summary.words.report_page import report_page
from regsam_geo.summary.writers.folder import write_folder
from regsam_geo.summary.writers.html import render_html
from regsam_geo.summary.writers.spreadsheets import csv_bytes, xlsx_bytes
from regsam_geo.summary.writers.worksheet import worksheet_bytes
from regsam_geo.warning import Settings, each_area

NAME = "Haushalte Alleinerziehend"
FIXTURES = Path(__file__).parent / "libreoffice"
NASTY = '=HYPERLINK("http://x")<script>alert(1)</script>'
DIALECTS = ("plain", "moved", "csv cp1252", "csv utf-8", "cut")


@pytest.fixture(scope="module")
def study():
    """A step in four districts that stays from 2022 on."""
    sample = rg.load_sample().sel([NAME, "Nichtdeutsche", "Arbeitslose - Anteil"], period=range(2013, 2025))
    data = sample.data.copy()
    cell = (data["indicator"] == NAME) & data["area_id"].isin(["07", "11", "16", "20"])
    cell &= (data["level"] == "district") & (data["period"] >= "2022")
    data.loc[cell, ["value", "numerator", "base_1"]] *= 1.4
    return rg.Study(rg.Panel(data, sample.catalogue), lang="de", settings=Settings(lookback=3))


def sheets(study, period):
    """Return the worksheets of a report, as bytes by region."""
    facts = gather_report_facts(study, period)
    return {region: (name, worksheet_bytes(one)) for region, (name, one) in worksheet_names(facts).items()}


def rows_about(table, area):
    frame = pd.DataFrame(table)
    return frame[(frame["indicator"] == NAME) & frame["areas"].str.split(", ").map(lambda areas: area in areas)]


@pytest.fixture(scope="module")
def first_year(study, tmp_path_factory):
    """Sixteen worksheets of the report of 2022, filled in; some of them twice."""
    folder = tmp_path_factory.mktemp("returned") / "2022"
    folder.mkdir()
    unemployed = study.naming("Arbeitslose - Anteil").full("de")
    homeless = "Wohnungslose Jugendliche"
    own = {
        **{
            region: {"Befund": unemployed, "Bedarf": "zutreffend", "Gremium": "RAGS"}
            for region in ("1/2/3", "5", "9")
        },
        **{
            region: {"Gebiet": "Bahnhof", "Befund": words, "Bedarf": "X", "Gremium": "RAGS"}
            for region, words in (("13", homeless), ("14/15", homeless.upper()), ("19", f" {homeless} "))
        },
    }
    answers = {
        "6/7": {
            '"district","07"': {
                "Bedarf": "Ja.",
                "Gremium": "RAGS",
                "Bis wann": "Ende 2024",
                "Arbeitsgruppe": "AG Familie",
            }
        },
        "11": {'"11","2022","2022","change"': {"Bedarf": True, "Gremium": "RAGS"}},
        "16": {'"16","2022","2022","change"': {"Bedarf": "nein", "Gremium": "RAGS"}},
        "20": {'"district","20"': {"Bedarf": "WAHR", "Gremium": "RAGS"}},
        "14/15": {'"district","14"': {"Bedarf": "Nein", "Gremium": "RAGS"}},
    }
    for place, (region, (name, content)) in enumerate(sheets(study, "2022").items()):
        dialect = DIALECTS[place % len(DIALECTS)]
        note = {"Gebiet": "überall", "Bemerkung": f"{NASTY} Notiz {region}"}
        path = folder / (name if not dialect.startswith("csv") else name.replace(".xlsx", ".csv"))
        rows = [note, *([own[region]] if region in own else [])]
        given = answers.get(region, {})
        stated = None if dialect == "cut" else dt.date(2023, 3, 1)
        fill(content, path, given, own=rows, stated=stated, dialect=dialect, seed=place)
        if region == "16":
            later = {'"16","2022","2022","change"': {"Bedarf": 1, "Gremium": "RAGS", "Bis wann": "31.12.2027"}}
            fill(content, folder / "16 neu.xlsx", later, stated="1.6.2023")
        if region == "20":
            fill(content, folder / "20 FAK.xlsx", {'"district","20"': {"Bedarf": "0", "Gremium": "FAK"}})
        if region == "6/7":
            fill(content, folder / "Kopie.xlsx", given, own=rows, stated=stated, dialect="moved", seed=99)
    return folder


@pytest.fixture(scope="module")
def told(first_year):
    return rg.read_assessments(first_year)


@pytest.fixture(scope="module")
def known(study, told):
    return study.replace(assessments=told)


def test_no_note_is_lost_whatever_the_dialect(study, told):
    for region in study.region_ids:
        mine = told[told["note"].str.endswith(f"Notiz {region}") & told["note"].str.contains("<script>")]
        assert set(mine["region_id"]) == {region}
    assert set(told["period"]) == {"2022"}
    assert (told["standing"] == "repeated").sum() == 2  # the copy of region 6/7, and the note on it


def test_contradictions_are_told_by_name_file_and_row(told, first_year, caplog):
    with caplog.at_level(logging.WARNING, logger="regsam_geo"):
        again = rg.read_assessments(sorted(first_year.iterdir(), reverse=True))
    pd.testing.assert_frame_equal(again, told)  # the order of the files changes nothing
    assert "2 Widersprüche" in caplog.text
    sixteen = told[told["area_id"] == "16"].set_index("file")
    assert sixteen.loc["16 neu.xlsx", "standing"] == "valid"
    assert sixteen["standing"].tolist().count("superseded") == 1
    (sentence,) = set(sixteen["conflict"])
    old = sixteen.index[sixteen["standing"] == "superseded"].item()
    assert f"{old}, Zeile {sixteen.loc[old, 'row']}" in sentence
    assert "16 neu.xlsx, Zeile" in sentence
    twenty = told[(told["area_id"] == "20") & (told["need"] != "")]
    assert set(twenty["standing"]) == {"conflict"}
    assert "uneinig" in twenty["conflict"].iloc[0]


def test_until_is_honoured_and_what_is_due_comes_back(study, known):
    next_report = known.detect_warnings(2023)
    assert rows_about(next_report, "07").empty  # rests until the end of 2024
    assert rows_about(next_report, "16").empty  # rests until the end of 2027
    assert rows_about(next_report, "11").empty  # judged for good
    assert rows_about(next_report, "20")["status"].tolist() == ["open"]  # the bodies are divided
    ended = next_report.facts.ended
    assert ended[["area_id", "how"]].to_numpy().tolist() == [["11", "judged"]]
    later = known.detect_warnings(2024)
    assert rows_about(later, "07")["status"].tolist() == ["due"]
    assert "Wiedervorlage" in rows_about(later, "07")["sentence_de"].item()
    # it deviates to the other side: what people said was about something else
    assert rows_about(later, "16")[["status", "direction"]].to_numpy().tolist() == [["continuing", "down"]]
    # the report that was answered is not changed by the answers
    plain, same = study.detect_warnings(2022), known.detect_warnings(2022)
    pd.testing.assert_frame_equal(pd.DataFrame(plain), pd.DataFrame(same))


def test_judgements_stand_beside_figures_and_make_a_theme_alone(study, told, known):
    themes = rg.city_themes(known, 2023).set_index("indicator")
    unemployed = themes.loc["Arbeitslose - Anteil"]
    assert unemployed["n_regions"] >= 3
    assert (unemployed["n_judged"], unemployed["judged_regions"]) == (3, "1/2/3, 5, 9")
    assert "3 RAGS sehen Bedarf (1/2/3, 5 und 9)" in unemployed["sentence_de"]
    alone = themes[themes["group"] == ""]
    assert alone["judged_regions"].tolist() == ["13, 14/15, 19"]
    assert alone[["n_regions", "n_warned"]].to_numpy().tolist() == [[0, 0]]
    assert "Nur aus Einschätzungen vor Ort" in alone["sentence_de"].item()
    assert alone["sentence_de"].item().casefold().startswith("wohnungslose jugendliche: 3 rags sehen bedarf")
    plain = rg.city_themes(study, 2023)
    assert not plain["n_judged"].any()
    # fewer than three regions are no theme of their own
    two = told[told["region_id"] != "19"]
    assert (rg.city_themes(study.replace(assessments=two), 2023)["group"] != "").all()
    # after the day that they named it is to be asked again
    assert themes.loc[NAME, "judged_regions"] == "6/7, 11, 16"
    assert NAME not in set(rg.city_themes(known, 2024)["indicator"])


def test_the_next_report_says_who_said_what_and_runs_nothing_of_it(study, known):
    facts = gather_report_facts(known, 2023)
    page = render_html("report.html", report_page(facts, None, {"": "arbeitsblatt.xlsx"}))
    assert "RAGS sieht Bedarf (Bericht 2022, bis 31.12.2024): Arbeitsgruppe AG Familie" in page
    assert "FAK sieht keinen Bedarf" in page
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert") >= 16
    table = assessment_table(facts)
    text = csv_bytes(table, "de").decode("utf-8-sig")
    assert ";=HYPERLINK" not in text
    assert "'=HYPERLINK" in text
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes({table.title: table}, "de")))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert len(cells) >= 16
    assert {cell.data_type for cell in cells} == {"s"}
    assert all("Notiz" not in str(value) for value in facts.made_from().values())
    # what anybody said is part of what a later run compares, sealed
    assert facts.private() != gather_report_facts(study, 2023).private()


def test_two_years_end_as_counted_by_hand(study, told, known, first_year, tmp_path):
    assert rg.predictive_value(told)[["judged", "true"]].to_dict("index") == {
        "change": {"judged": 2, "true": 2},  # districts 11 and 16; the place without a warning is none
        "change+zone": {"judged": 1, "true": 1},  # district 07; on district 20 the bodies are divided
    }
    second = sheets(known, "2023")
    heads, rows = rows_of(second["20"][1])
    assert "Zuletzt gesagt" in heads
    assert "FAK sieht keinen Bedarf" in rows[0]["Zuletzt gesagt"]
    for body in ("RAGS", "FAK"):
        said = {'"district","20"': {"Bedarf": "n", "Gremium": body, "Bemerkung": f"Jahr zwei {body}"}}
        fill(second["20"][1], tmp_path / f"20 {body}.xlsx", said, stated="Q2 2024", dialect="moved")
    fill(
        second["4/12"][1],
        tmp_path / "4-12.csv",
        {'"12","2023","2023","change"': {"Bedarf": "trifft nicht zu"}},
        dialect="csv cp1252",
    )
    # an old edition is handed in once more: it is history by now
    old = {'"district","20"': {"Bedarf": "ja", "Gremium": "RAGS", "Bemerkung": "alte Fassung"}}
    fill(sheets(study, "2022")["20"][1], tmp_path / "20 alt.xlsx", old, stated="1.1.2025")
    both = rg.read_assessments([first_year, tmp_path])
    assert {"Jahr zwei RAGS", "Jahr zwei FAK", "alte Fassung"} <= set(both["note"])
    assert len(both) == len(told) + 4
    twenty = both[(both["area_id"] == "20") & (both["period"] == "2023")]
    assert set(twenty["standing"]) == {"valid"}
    last = study.replace(assessments=both).detect_warnings(2024)
    assert rows_about(last, "20").empty
    assert ["20", "judged"] in last.facts.ended[["area_id", "how"]].to_numpy().tolist()
    assert rg.predictive_value(both)[["judged", "true"]].to_dict("index") == {
        "change": {"judged": 3, "true": 2},  # and district 12 in the second year: no
        "change+zone": {"judged": 2, "true": 1},  # and district 20: both bodies say no
    }


def test_a_worksheet_is_protected_but_for_its_answers_and_says_nothing_of_anybody(study):
    name, content = sheets(study, "2022")["6/7"]
    assert name == "arbeitsblatt-region-6-7-2022.xlsx"
    assert content == sheets(study, "2022")["6/7"][1]
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet, lists = book.worksheets
    assert sheet.protection.sheet
    assert not lists.protection.sheet
    heads = {cell.value: cell.column for cell in sheet[HEAD]}
    first = {head: sheet.cell(HEAD + 1, column) for head, column in heads.items()}
    unlocked = {head for head, cell in first.items() if not cell.protection.locked}
    assert unlocked == {"Was ist hier bekannt?", "Bedarf", "Gremium", "Bis wann", "Arbeitsgruppe", "Bemerkung"}
    assert not sheet["B4"].protection.locked
    chosen = {str(one.sqref).split(":")[0]: one for one in sheet.data_validations.dataValidation}
    letter = first["Bedarf"].coordinate
    assert chosen[letter].type == "list"
    assert not chosen[letter].showErrorMessage  # another word may stand there
    assert [lists.cell(row, 2).value for row in (2, 3, 4)] == ["ja", "nein", "zu klären"]
    assert lists["A2"].value == "RAGS"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.page_setup.fitToHeight == 0
    assert book.properties.creator in (None, "")
    assert book.properties.lastModifiedBy in (None, "")
    key = first["Schlüssel"]
    assert key.column_letter > sheet.print_area.split(":")[1].strip("$").split("$")[0]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not [part for part in archive.namelist() if "comment" in part or "vba" in part.lower()]


def test_english_worksheets_are_read_too(study, tmp_path):
    name, content = sheets(study.replace(lang="en"), "2022")["6/7"]
    assert name == "worksheet-region-6-7-2022.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(content))
    heads = {cell.value: cell.column for cell in book.worksheets[0][HEAD]}
    book.worksheets[0].cell(HEAD + 1, heads["Need"]).value = "To be clarified"
    book.save(tmp_path / "w.xlsx")
    (row,) = rg.read_assessments(tmp_path / "w.xlsx").to_dict("records")
    assert (row["need"], row["region_id"], row["area_id"]) == ("clarify", "6/7", "07")


def test_a_worksheet_that_was_filled_in_is_never_overwritten(study, tmp_path):
    facts = gather_report_facts(study, 2022)

    def write(made_from):
        steps = list(worksheet_steps(facts, tmp_path))
        return write_folder(tmp_path, made_from, steps, replaces=belongs_to_report)

    write({"a": 1})
    folder = tmp_path / "arbeitsblaetter"
    assert len(list(folder.iterdir())) == 16
    path = folder / "arbeitsblatt-region-6-7-2022.xlsx"
    fill(path.read_bytes(), path, {'"district","07"': {"Bedarf": "ja"}})
    mine = path.read_bytes()
    for made_from in ({"a": 1}, {"a": 2}, {"a": 2}):
        written = write(made_from)
        assert path.read_bytes() == mine
        assert (folder / "arbeitsblatt-region-6-7-2022-2.xlsx").is_file()
        assert len(list(folder.iterdir())) == 17
        assert path not in written.files
    # the empty one is ours, and the filled one is read from the same folder
    assert rg.read_assessments(folder)["area_id"].tolist() == ["07"]


@pytest.mark.parametrize(
    "ending",
    ["csv", "xlsx", pytest.param("ods", marks=pytest.mark.slow), pytest.param("xls", marks=pytest.mark.slow)],
)
def test_what_libreoffice_saved_is_read(ending):
    rows = rg.read_assessments(FIXTURES / f"arbeitsblatt.{ending}")
    assert set(rows["stated"]) == {"2025-03-14"}
    said = rows[["area_id", "area", "finding", "need", "body", "until", "note"]].to_numpy().tolist()
    assert said == [
        ["17", "", "", "yes", "RAGS", "2026-12-31", "Übergang – schwierig"],
        ["18", "", "", "no", "FAK", "2027-06-30", ""],
        ["01", "", "", "clarify", "", "", '=1+1 ist keine Formel; "Zitat"\nzweite Zeile'],
        ["", "Tegernseer Platz", "Weg für Ältere fehlt", "yes", "RAGS", "", ""],
    ]


@pytest.mark.parametrize(
    ("head", "value", "code", "told"),
    [
        (
            "Bedarf",
            "vielleicht",
            "assessment_need",
            ["„vielleicht“", "Zeile 7", "(Bedarf)", "Blatt „Einschätzung“"],
        ),
        ("Bis wann", "nach der Sitzung", "assessment_until", ["„nach der Sitzung“", "Zeile 7", "(Bis wann)"]),
        ("Schlüssel", "weg", "assessment_key", ["„weg“", "Zeile 7", "(Schlüssel)"]),
        ("Gebiet", "09 Neuhausen", "assessment_key_area", ["07", "09 Neuhausen", "Zeile 7"]),
    ],
)
def test_what_cannot_be_read_is_named_by_file_row_and_column(study, tmp_path, head, value, code, told):
    fill(sheets(study, "2022")["6/7"][1], tmp_path / "w.xlsx", {'"district","07"': {"Bedarf": "ja", head: value}})
    with pytest.raises(InputError) as caught:
        rg.read_assessments(tmp_path / "w.xlsx")
    assert caught.value.code == code
    assert all(part in str(caught.value) for part in ["w.xlsx", *told])


def test_a_file_that_is_no_worksheet_is_refused_by_name_and_passed_over_in_a_folder(tmp_path, caplog):
    (tmp_path / "hinweise.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"hinweise\.csv"):
        rg.read_assessments(tmp_path / "hinweise.csv")
    with pytest.raises(InputError, match="fehlt"):
        rg.read_assessments(tmp_path / "fehlt.xlsx")
    (tmp_path / "~$offen.xlsx").write_bytes(b"held open")
    with caplog.at_level(logging.WARNING, logger="regsam_geo"):
        assert rg.read_assessments(tmp_path).empty
    assert "hinweise.csv" in caplog.text
    (tmp_path / "w.csv").write_text("Befund;Bedarf;Gremium;Bis wann\nx;ja;RAGS;\n", encoding="utf-8")
    with pytest.raises(InputError, match="Schlüssel"):
        rg.read_assessments(tmp_path / "w.csv")


def test_a_study_takes_answers_and_no_path(study):
    with pytest.raises(OptionError, match="read_assessments"):
        study.replace(assessments="ordner")


def test_the_key_of_a_row_names_the_finding_and_when_it_began(study):
    period = "2023"
    found = {}
    for _, content in sheets(study, period).values():
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        column = next(cell.column for cell in sheet[HEAD] if cell.value == "Schlüssel")
        texts = [sheet.cell(row, column).value for row in range(HEAD + 1, sheet.max_row + 1)]
        keys = [json.loads(text) for text in texts if text and text.startswith("[")]
        found |= {tuple(key[:4]): key[4:] for key in keys if len(key) == 8}
    warned = each_area(study.detect_warnings(period))
    assert (warned["since"] < period).any()
    for row in warned.to_dict("records"):
        unit = tuple(row[name] for name in ("indicator", "group", "level", "area_id"))
        assert found[unit] == [row["since"], period, row["kinds"], row["region_id"]]


NEEDS = (
    ("ja", "yes"),
    ("Nein", "no"),
    ("zu klären", "clarify"),
    (True, "yes"),
    (False, "no"),
    ("x", "yes"),
    ("", ""),
)
UNTIL = (("", ""), (dt.date(2027, 6, 30), "2027-06-30"), ("Ende 2023", "2023-12-31"), ("Q3 2026", "2026-09-30"))
LIBREOFFICE = ("ods", "xls", "xlsx", "csv:Text - txt - csv (StarCalc):59,34,ANSI,1,,0,false,true,false")


def answered_by_libreoffice(contents, folder, period, stated):
    """Fill in every row of all worksheets, let LibreOffice save them in four forms, and say what was answered."""
    answers, made = [], {form: [] for form in LIBREOFFICE}
    for place, (region, (name, content)) in enumerate(contents.items()):
        _, rows = rows_of(content)
        given = {}
        for number, row in enumerate(row for row in rows if str(row["Schlüssel"]).count(",") >= 7):
            (need, read_as), (until, iso) = NEEDS[(place + number) % 7], UNTIL[(place + 2 * number) % 4]
            note = f"Notiz {period} {region} {number}: Übergang; „schwierig“"
            given[row["Schlüssel"]] = {"Bedarf": need, "Gremium": "RAGS", "Bis wann": until, "Bemerkung": note}
            key = json.loads(row["Schlüssel"])
            answers.append((*key[:5], key[6], period, read_as, iso, note))
        path = folder / f"{place:02d}-{name}"
        # as CSV only the first sheet is saved, which must stay the first
        dialect = ("plain", "moved", "moved", "plain")[place % 4]
        fill(content, path, given, stated=stated, dialect=dialect, seed=place)
        made[LIBREOFFICE[place % 4]].append(path)
    for form, paths in made.items():
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", form]
        saved = folder / "saved" / form.partition(":")[0]
        subprocess.run([*command, "--outdir", str(saved), *map(str, paths)], check=True, capture_output=True)
        assert len(list(saved.iterdir())) == len(paths)
    return folder / "saved", answers


@pytest.mark.long
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_two_years_through_libreoffice_lose_nothing(study, tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, said = answered_by_libreoffice(sheets(study, "2022"), tmp_path / "a", "2022", dt.date(2023, 3, 14))
    once = rg.read_assessments(first)
    known = study.replace(assessments=once)
    second, later = answered_by_libreoffice(sheets(known, "2023"), tmp_path / "b", "2023", dt.date(2024, 3, 14))
    # the old edition comes once more with the new one
    both = rg.read_assessments([second, first, first / "xls"])
    plain = ["indicator", "group", "level", "area_id", "since", "kinds", "period", "need", "until", "note"]
    kept = both[both["standing"] != "repeated"]
    assert sorted(kept[plain].itertuples(index=False, name=None)) == sorted([*said, *later])
    assert set(both["stated"]) == {"2023-03-14", "2024-03-14"}
    assert not (both["standing"] == "conflict").any()
    # counted by hand: the newest word on each warning, by the kinds that it had
    words = {}
    for *unit, kinds, period, need, _, _ in [*said, *later]:
        if need:
            words[tuple(unit)] = (period, kinds, need)
    counted = {}
    for _, kinds, need in words.values():
        if need != "clarify" and kinds != "near":
            judged, true = counted.get(kinds, (0, 0))
            counted[kinds] = (judged + 1, true + (need == "yes"))
    found = rg.predictive_value(both)
    assert {kinds: (row.judged, row.true) for kinds, row in found.iterrows()} == counted
    assert counted
    # what is due in the next report was to be asked again before its end, and nothing that still rests is
    newest = {}
    for *unit, _, _, need, until, _ in [*said, *later]:
        if need:
            newest[unit[0], unit[3]] = until
    listed = each_area(study.replace(assessments=both).detect_warnings(2024))
    due = listed[listed["status"] == "due"]
    asked_again = {newest[unit] for unit in zip(due["indicator"], due["area_id"], strict=True)}
    assert asked_again <= {"2023-12-31"}
