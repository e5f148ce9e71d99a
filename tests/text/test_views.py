"""What objects show in a notebook: words instead of codes, everything escaped, in the language in force."""

from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser

import pytest

import regsam_geo as rg
from regsam_geo.text import html_table, using_language
from regsam_geo.text.catalogue import PHRASES


class Tables(HTMLParser):
    """Reads the cells of all tables, and complains about tags that are not closed."""

    def __init__(self, text):
        super().__init__()
        self.rows, self.open = [], []
        self.text = ""
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data
        if self.open and self.open[-1] in ("td", "th"):
            self.rows[-1][-1] += data


@pytest.fixture(scope="module")
def panel():
    return rg.load_sample().sel(["Hochbetagte", "Nichtdeutsche"])


@pytest.fixture(scope="module")
def warnings(sample_study):
    return rg.detect_warnings(sample_study, period=2023)


def test_cells_are_text():
    shown = Tables(html_table(["<b>"], [["</td><script>"], [3]], "a & b", "<note>"))
    assert shown.rows == [["<b>"], ["</td><script>"], ["3"]]
    assert "a & b" in shown.text
    assert "<note>" in shown.text


def test_settings_say_what_they_mean_and_what_was_changed():
    rows = {row[0]: row for row in Tables(rg.Settings(q_watch=0.05)._repr_html_()).rows[1:]}
    assert set(rows) == {one.name for one in dataclasses.fields(rg.Settings)} - {"version"}
    assert rows["q_watch"][1] == "0,05"
    assert "sonst 0,1" in rows["q_watch"][2]
    assert "sonst" not in rows["q_check"][2]
    assert all(len(row[2]) > 20 for row in rows.values())


@pytest.mark.parametrize("one", [one.name for one in dataclasses.fields(rg.Settings) if one.name != "version"])
def test_every_setting_is_explained(one):
    assert f"view.settings.{one}" in PHRASES


def test_a_division_shows_its_regions_with_their_evidence():
    rows = Tables(rg.read_division()._repr_html_()).rows[1:]
    assert len(rows) == 16
    assert next(row for row in rows if row[0] == "17/18")[2:] == ["17, 18", "von REGSAM veröffentlicht"]


def test_findings_are_shown_in_words_the_most_unusual_first(panel):
    found = rg.find_outliers(panel, "temporal", 2023)
    shown = Tables(found._repr_html_())
    assert "{" not in shown.text
    assert len(shown.rows) == 16
    smallest = found.loc[found["p"].idxmin()]
    assert smallest["area_id"] == shown.rows[1][3]
    assert shown.rows[1][0] in ("ungewöhnliche Veränderung", "anhaltende Entwicklung")
    with using_language("en"):
        assert "unusual change" in found._repr_html_()


def test_a_part_of_the_findings_is_an_ordinary_frame(panel):
    found = rg.find_outliers(panel, "temporal", 2023)[["indicator", "p"]]
    assert "<th>p</th>" in found._repr_html_()


def test_questions_about_the_data_are_sentences_with_the_name_of_the_area(panel):
    data = panel.data.copy()
    cell = (data["indicator"] == "Hochbetagte") & (data["period"] == "2020") & (data["area_id"] == "25")
    data.loc[cell, "value"] *= 10
    found = rg.check_panel(rg.Panel(data, panel.catalogue))
    assert "25 Laim" in found["sentence_de"].iloc[0]
    shown = Tables(found._repr_html_())
    assert shown.rows[1][0] == "Hochbetagte"
    assert "25 Laim" in shown.rows[1][2]


def test_nothing_found_is_said(panel):
    assert "Nichts gefunden" in rg.check_panel(panel)._repr_html_()


def test_facts_count_every_test(warnings):
    shown = Tables(warnings.facts._repr_html_())
    findings = warnings.facts.findings
    findings = findings[findings["level"] != "city"]
    assert sum(int(row[1]) + int(row[3]) for row in shown.rows[1:]) == len(findings)
    assert sum(int(row[2]) for row in shown.rows[1:]) == int((findings["q"] < 0.10).sum())


def test_a_report_of_a_file_shows_its_problems(tmp_path):
    path = tmp_path / "tabelle.csv"
    path.write_text("Bezirk;Jahr;Wert\nHadern;2024;1,5\nHadem;2024;2\n", encoding="utf-8")
    columns = {"area": "Bezirk", "period": "Jahr", "value": "Wert"}
    bad = Tables(rg.describe_file(path, columns=columns, indicator="x")._repr_html_())
    assert bad.rows[1][0] == "Fehler"
    assert "Zeile 3" in bad.rows[1][1]
    path.write_text("Bezirk;Jahr;Wert\nHadern;2024;1,5\n", encoding="utf-8")
    good = rg.describe_file(path, columns=columns, indicator="x")
    assert good.readable
    assert "Keine Auffälligkeiten" in good._repr_html_()


def test_a_replay_shows_one_line_per_report(panel):
    past = rg.replay(panel, periods=[2022, 2023])
    rows = Tables(past._repr_html_()).rows
    assert [row[0] for row in rows[1:]] == ["2022", "2023"]
    assert [int(row[1]) for row in rows[1:]] == past.summary["warnings"].tolist()


def test_a_null_report_is_one_sentence(panel):
    shown = Tables(rg.expected_false_warnings(panel, reports=2)._repr_html_())
    assert re.search(r"\d,\d\d Hinweise .* 2 simulierte Berichte", shown.text)
