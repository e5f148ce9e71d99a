"""Numbers as offices write them; each expected value was written by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import regsam_geo as rg
from regsam_geo.errors import InputError
from regsam_geo.indicators.tables.numbers import undecorated

COLUMNS = {"area": "Bezirk", "period": "Jahr", "value": "Wert"}

NUMBERS = {
    "12,3": 12.3, "12.3": 12.3, "12,3 %": 12.3, "12,3%": 12.3, "12,3 v.H.": 12.3, "5,2-": -5.2, "−5": -5.0,
    "–5,5": -5.5, "+3": 3.0, "12,3*": 12.3, "12,3**": 12.3, "12,3 1)": 12.3, "12,3¹": 12.3, "12 a)": 12.0,
    "0,517": 0.517, "-0,125": -0.125, "(12)": 12.0, "(3,5)": 3.5, "1,2E3": 1200.0, "1.2E3": 1200.0,
    "1 234": 1234.0, "1\u00a0234": 1234.0, "1\u202f234": 1234.0, "1’234": 1234.0, "1'234,5": 1234.5,
    "1.234,5": 1234.5, "1,234.5": 1234.5, "1 234 €": 1234.0, "EUR 12,50": 12.5, "1.234.567": 1234567.0,
    ",8": 0.8, "-,3": -0.3, "4.059,5 Euro": 4059.5,
}  # fmt: skip


def table(tmp_path, *cells):
    path = tmp_path / "n.csv"
    lines = [f'{k};2024;"{cell}"' for k, cell in enumerate(cells, start=1)]
    path.write_text("\n".join(["Bezirk;Jahr;Wert", *lines]) + "\n", encoding="utf-8")
    return path


def test_there_are_twenty_five_of_them():
    assert len(NUMBERS) >= 25


@pytest.mark.parametrize(("cell", "number"), NUMBERS.items())
def test_each_spelling_is_read(tmp_path, cell, number):
    panel = rg.read_indicators(table(tmp_path, cell), COLUMNS, indicator="X")
    assert panel.data["value"].item() == pytest.approx(number, abs=1e-12)
    assert panel.data["sign"].item() == ""


@pytest.mark.parametrize("cell", ["12,3 Personen", "ca. 12", "12-15", "< 3", "1,2,3", "12:30", "2 - Mittel"])
def test_a_number_with_words_is_never_advised_to_be_missing(tmp_path, cell):
    with pytest.raises(InputError) as caught:
        rg.read_indicators(table(tmp_path, cell, "20,5"), COLUMNS, indicator="X")
    assert "not_available" not in str(caught.value)
    for word in ("n.csv", "2", "Wert", cell):
        assert word in str(caught.value)


def test_a_thousand_or_a_fraction_is_asked_back(tmp_path):
    with pytest.raises(InputError) as caught:
        rg.read_indicators(table(tmp_path, "1.234"), COLUMNS, indicator="X")
    assert caught.value.code == "number_ambiguous"
    for decimal, number in ((",", 1234.0), (".", 1.234)):  # the advice works
        panel = rg.read_indicators(table(tmp_path, "1.234"), COLUMNS, indicator="X", decimal=decimal)
        assert panel.data["value"].item() == number


def test_a_leading_zero_settles_the_decimal_mark_of_its_column(tmp_path):
    panel = rg.read_indicators(table(tmp_path, "0,894", "4,981"), COLUMNS, indicator="X")
    assert panel.data["value"].tolist() == [0.894, 4.981]


def test_a_column_of_percent_has_that_unit(tmp_path):
    panel = rg.read_indicators(table(tmp_path, "12,3 %", "8,5 %", "x"), COLUMNS, indicator="X")
    assert panel.namings["X", "insgesamt"].unit("de") == "%"
    assert panel.namings["X", "insgesamt"].decimals == 1
    mixed = rg.read_indicators(table(tmp_path, "12,3 %", "8,5"), COLUMNS, indicator="X")
    assert mixed.namings["X", "insgesamt"].unit("de") == ""


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("4059,5", "-", "–"), ["1 Zelle „-“", "Zeile 3", 'signs={"-": "secret"}']),
        (("12,3*", "8,5"), ["1 Zahl mit Fußnotenzeichen", "Zeile 2", "12,3*"]),
        (("(12)", "(13)"), ["2 Zahlen in Klammern", "eingeschränkt"]),
        (("12,3 %", "8,5"), ["1 Zahl mit Prozentzeichen"]),
    ],
)
def test_what_was_left_out_is_told(tmp_path, cells, words):
    told = rg.describe_file(table(tmp_path, *cells), COLUMNS, indicator="X").text("de")
    if cells[1] == "-":
        words = [word.replace("1 Zelle „-“", "2 Zellen „-“") for word in words]
    for word in words:
        assert word in told


def test_the_advice_about_zeros_works(tmp_path):
    path = table(tmp_path, "4059,5", "-", "3339,1")
    assert rg.read_indicators(path, COLUMNS, indicator="X").data["value"].tolist() == [4059.5, 0.0, 3339.1]
    panel = rg.read_indicators(path, COLUMNS, indicator="X", signs={"-": "secret"})
    assert np.isnan(panel.data["value"].iloc[1])
    assert panel.data["sign"].iloc[1] == "secret"


@given(
    st.decimals(min_value=-999_999, max_value=999_999, places=2),
    st.sampled_from(["{}", "{} %", "{}*", "{} 1)", "({})", "{} €"]),
)
def test_a_german_number_comes_back_whatever_stands_beside_it(number, form):
    whole, _, part = f"{abs(number):,.2f}".partition(".")
    german = whole.replace(",", ".") + "," + part
    bare, _ = undecorated(form.format(german))
    assert bare == german
