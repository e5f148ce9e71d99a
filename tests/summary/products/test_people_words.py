"""What people write stays what they wrote, stops no report, and gives no hidden count away."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import regsam_geo as rg
from regsam_geo.warning import shown_assessments

sys.path.insert(0, str(Path(__file__).parents[2] / "audit"))
sys.path.insert(0, str(Path(__file__).parents[2] / "warning" / "report"))
from answers_made import answered
from audit_made import numbers, study_of

HIDDEN = {
    "indicator": "Pflegefälle", "group": "insgesamt", "level": "district", "area_id": "17", "since": "2024",
    "period": "2024", "kinds": "change", "region_id": "17/18", "need": "yes", "body": "RAGS",
}  # fmt: skip
SHOWN = {**HIDDEN, "area_id": "12", "region_id": "4/12"}
OWN = {
    "period": "2024", "region_id": "17/18", "need": "yes", "body": "RAGS", "area": "Bahnhof",
    "finding": "Weg für Ältere fehlt",
}  # fmt: skip


def text_of(folder):
    """Return all texts of the pages and tables of a folder."""
    paths = [path for path in Path(folder).rglob("*") if path.suffix in (".html", ".csv", ".txt")]
    return "\n".join(path.read_text(encoding="utf-8-sig") for path in paths)


@pytest.fixture(scope="module")
def study():
    """A count of two in district 17 in 2024, and what has to be hidden with it."""
    return study_of(*numbers())


@pytest.mark.parametrize(
    ("about", "note", "shown"),
    [
        (HIDDEN, "nur 2 Kinder", "nur [Zahl] Kinder"),
        (HIDDEN, "Es sind zwei, 2023 waren es 6.", "Es sind [Zahl], 2023 waren es [Zahl]."),
        (HIDDEN, "nur eine Familie; ein Gespräch", "nur [Zahl] Familie; ein Gespräch"),
        (HIDDEN, "0,1 % oder 1/1000", "[Zahl] oder [Zahl]/[Zahl]"),
        (HIDDEN, "2", "[Zahl]"),
        (HIDDEN, "A2 und Haus3 sind gemeint", "A2 und Haus3 sind gemeint"),
        (SHOWN, "2 Gespräche geführt", "2 Gespräche geführt"),
        (SHOWN, "2", "Angabe: 2"),
        (OWN, "2 Bänke, 14 Stufen", "2 Bänke, 14 Stufen"),
        (
            OWN,
            "Pflegefälle in 17 Obergiesing-Fasangarten: 2",
            "Pflegefälle in [Zahl] Obergiesing-Fasangarten: [Zahl]",
        ),
    ],
)
def test_numbers_stay_but_beside_what_is_hidden(study, about, note, shown):
    said = study.replace(assessments=answered({**about, "note": note}))
    assert shown_assessments(said)["note"].tolist() == [shown]
    assert said.assessments["note"].tolist() == [note]  # nothing is lost


def test_where_nothing_is_hidden_every_word_stands(study):
    open_figures = study.replace(threshold=None, assessments=answered({**HIDDEN, "note": "nur 2 Kinder"}))
    assert shown_assessments(open_figures)["note"].tolist() == ["nur 2 Kinder"]


def test_it_is_told_where_a_number_was_left_out(study, caplog):
    told = answered({**HIDDEN, "known": "nur 2"}, {**SHOWN, "note": "2 Kinder"})
    shown_assessments(study.replace(assessments=told))
    assert "made.xlsx: 7" in caplog.text
    assert "made.xlsx: 8" not in caplog.text


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["de", "en"])
def test_no_remark_stops_a_report_and_none_tells_a_hidden_count(study, lang, tmp_path):
    told = answered(
        {**HIDDEN, "known": "nur 2 Kinder", "note": "Pflegefälle in 17 Obergiesing-Fasangarten: 2"},
        {**HIDDEN, "body": "FAK", "need": "yes", "note": "2"},
        {**SHOWN, "note": "2"},
        {**SHOWN, "body": "FAK", "note": "Pflegefälle (Anteil an der Bevölkerung) 2024 in 17: 2, in 18: 45"},
        {**OWN, "note": "2 Stufen am Bahnhof"},
    )
    said = study.replace(assessments=told, lang=lang)
    rg.write_report(said, tmp_path / "report")
    rg.write_meeting_pack(said, "17/18", tmp_path / "pack")
    text = text_of(tmp_path)
    number = {"de": "[Zahl]", "en": "[number]"}[lang]
    assert f"nur {number} Kinder" in text
    assert "nur 2 Kinder" not in text
    assert "2 Stufen am Bahnhof" in text


def test_the_profile_says_who_said_what_and_until_when(study):
    told = answered(
        {**SHOWN, "known": "seit dem Umbau <b>bekannt</b>", "until": "2026-12-31"},
        {**SHOWN, "body": "FAK", "note": "Beratung verstärkt"},
        {**OWN, "need": "clarify"},
    )
    said = study.replace(assessments=told, lang="de")
    page = said.region_profile("4/12").to_html()
    assert "Einschätzungen vor Ort" in page
    assert "RAGS sieht Bedarf (Bericht 2024, bis 31.12.2026): seit dem Umbau &lt;b&gt;bekannt&lt;/b&gt;" in page
    assert "FAK sieht Bedarf (Bericht 2024): Beratung verstärkt" in page
    assert "Weg für Ältere" not in page  # that is of another region
    other = said.region_profile("17/18").page["said"]["rows"]
    assert [(one["word"], one["about"]) for one in other] == [("zu klären", "Bahnhof: Weg für Ältere fehlt")]
    assert "Einschätzungen vor Ort" not in said.region_profile("5").to_html()
