"""Frames of results: names for code, headings for people."""

from __future__ import annotations

import pickle
import re
from html import unescape

import pandas as pd
import pytest

import regsam_geo as rg

VERBS = ("compare_areas", "summarize_regions", "city_themes", "roll_up", "detectable_changes")
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
