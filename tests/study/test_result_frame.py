"""Frames of results: names for code, headings for people."""

from __future__ import annotations

import csv
import pickle
import re
from collections import Counter
from html import unescape

import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.resources import data_folder

VERBS = (
    "compare_areas",
    "summarize_regions",
    "city_themes",
    "roll_up",
    "detectable_changes",
    "check_summable",
    "polarization",
    "status_dynamics",
)
_CELL = re.compile(r"<t[hd].*?</t[hd]>")


def table_of(frame):
    rows = re.findall(r"<tr>(.*?)</tr>", frame._repr_html_())
    cells = [
        [unescape(re.sub("<[^>]+>", "", cell)) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows
    ]
    return cells[0], cells[1:]


@pytest.fixture(scope="module")
def panel():
    names = ["Arbeitslose - Anteil", "Haushalte Alleinerziehend", "Hochbetagte"]
    return rg.load_sample().sel(names, period=range(2014, 2025))


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("verb", VERBS)
def test_every_column_has_a_heading_of_the_language(panel, verb, lang):
    frame = getattr(rg.Study(panel, period=2024, lang=lang), verb)()
    head, rows = table_of(frame)
    names = set(frame.columns)
    # a heading is no name of a column, unless it is the same word
    same = {"numerator", "denominator", "since", "trend"} if lang == "en" else set()
    assert not (set(head) & names) - same
    assert len(head) == len(set(head))
    assert all(len(row) == len(head) for row in rows)
    assert not any(re.search(r"\d\.\d\d$", cell) for row in rows for cell in row if lang == "de")


def test_numbers_are_written_as_in_the_language(panel):
    frame = rg.Study(panel, period=2024).summarize_regions()
    head, rows = table_of(frame)
    place = head.index("Wert")
    for row, value in zip(rows, frame["value"], strict=False):
        whole = float(value).is_integer()
        assert float(row[place].replace(".", "").replace(",", ".")) == pytest.approx(
            value, abs=0 if whole else 0.00501
        )


def test_hidden_values_say_so(panel):
    data = panel.sel("Hochbetagte", period=2024).data.copy()
    data["sign"] = data["sign"].astype(object)
    hidden = data["area_id"] == "07"
    data.loc[hidden, ["value", "numerator", "denominator", "base_1", "base_2"]] = float("nan")
    data.loc[hidden, "sign"] = "suppressed"
    frame = rg.Study(rg.Panel(data, panel.sel("Hochbetagte").catalogue)).summarize_regions()
    head, rows = table_of(frame)
    cells = {row[head.index("Region")]: row[head.index("Wert")] for row in rows}
    assert "geheim gehalten" in cells["6/7"] or "unvollständig" in cells["6/7"]


def test_it_stays_a_frame_for_code(panel):
    study = rg.Study(panel, period=2024)
    frame = study.compare_areas()
    first = frame[frame["area_id"] == "16"].sort_values("rank").head(2)
    assert table_of(first)[0] == table_of(frame)[0]
    assert table_of(pickle.loads(pickle.dumps(frame))) == table_of(frame)
    pd.testing.assert_frame_equal(frame, pd.DataFrame(frame), check_frame_type=False)
    assert isinstance(frame.groupby("area_id")["value"].mean(), pd.Series)
    assert study.summarize_regions().attrs["notes"]


def test_words_of_a_table_are_no_markup(panel):
    frame = rg.Study(panel, period=2024).compare_areas().assign(area_id="<script>")
    assert "<script>" not in frame._repr_html_()


def test_shares_stand_in_percent(panel):
    frame = rg.Study(panel, period=2024).city_themes()
    head, rows = table_of(frame)
    place = head.index("Anteil an allen Fällen der Stadt (%)")
    written = [float(row[place].removesuffix("\N{NO-BREAK SPACE}%")) for row in rows]
    assert len(written) > 0
    assert written == pytest.approx(list(100 * frame["share_cases"]), abs=0.501)


def titles_in_the_file(lang):
    """The titles by indicator and group, read from the shipped catalogue by nothing but csv."""
    with (data_folder() / "indicators" / "catalogue.csv").open(encoding="utf-8", newline="") as lines:
        return {(row["indicator"], row["group"]): row[f"title_{lang}"] for row in csv.DictReader(lines)}


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("verb", ["compare_areas", "summarize_regions", "city_themes", "check_summable"])
def test_people_read_titles_and_code_finds_names(verb, lang):
    study = rg.load_study(lang=lang).sel(["Arbeitslose - Anteil", "Einpersonenhaushalte"], period=[2019, 2024])
    frame = getattr(study, verb)()
    head, rows = table_of(frame)
    place = head.index({"de": "Indikator", "en": "Indicator"}[lang])
    titles = titles_in_the_file(lang)
    keys = list(zip(frame["indicator"], frame["group"], strict=True))[: len(rows)]
    assert {indicator for indicator, _ in keys} <= {"Arbeitslose - Anteil", "Einpersonenhaushalte"}
    assert [row[place] for row in rows if len(row) == len(head)] == [titles[key] for key in keys]


def test_without_a_catalogue_the_names_of_the_table_stand():
    frame = pd.DataFrame({"indicator": "Kitas je 1.000 Kinder", "period": 2024, "level": "district",
                          "area_id": ["01", "02", "03"], "value": [1.5, 2.5, 4.0]})  # fmt: skip
    head, rows = table_of(rg.compare_areas(frame))
    assert {row[head.index("Indikator")] for row in rows} == {"Kitas je 1.000 Kinder"}


def test_titles_live_through_sorting_and_pickling_and_not_through_concat():
    frame = rg.load_study(period=2024).city_themes()
    title = titles_in_the_file("de")["Arbeitslose - Anteil", "insgesamt"]
    for other in (frame.sort_values("n_regions"), pickle.loads(pickle.dumps(frame)), frame.head(3).copy()):
        assert title in other._repr_html_()
    both = pd.concat([frame, frame])
    assert "Arbeitslose - Anteil" in both._repr_html_()


def test_a_burdened_area_is_never_shown_as_one_of_high_burden_turned_round():
    """The status of an area is low where its index is high: words of burden would say the opposite."""
    frame = rg.load_study(period=2024).status_dynamics()
    head, rows = table_of(frame)
    index = [float(row[1].replace("−", "-").replace(",", ".")) for row in rows]
    words = [row[head.index("Status")] for row in rows]
    order = ["hoch", "mittel", "niedrig", "sehr niedrig"]
    places = [order.index(word) for _, word in sorted(zip(index, words, strict=True))]
    assert places == sorted(places)
    assert places[-1] >= 2
    assert Counter(words) == Counter(
        {"very_low": "sehr niedrig", "low": "niedrig", "medium": "mittel", "high": "hoch"}[one]
        for one in frame["status"]
    )
