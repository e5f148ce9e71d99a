"""Bars of progress: in a notebook and in a terminal, after a while, one at a time, and gone at the end."""

from __future__ import annotations

import io
import sys
from types import SimpleNamespace

import pytest

import regsam_geo as rg
from regsam_geo.resources import data_folder
from regsam_geo.text import progress, shows_progress, stages, using_language, watched


class Screen(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def terminal(monkeypatch):
    screen = Screen()
    # pytest replaces sys.stderr between a fixture and its test
    monkeypatch.setattr(progress, "sys", SimpleNamespace(stderr=screen, modules=sys.modules))
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    return screen


@shows_progress
def inner():
    return list(watched([1, 2], "innen"))


@shows_progress
def outer(fail=False):
    found = []
    for n in watched(["a", "b", "c"], lambda item: f"Schritt {item}"):
        found.append((n, inner()))
        if fail:
            msg = "stop"
            raise ValueError(msg)
    return found


def test_the_outermost_loop_is_shown_and_taken_away(terminal):
    assert outer() == [("a", [1, 2]), ("b", [1, 2]), ("c", [1, 2])]
    text = terminal.getvalue()
    assert [f"{n}/3" in text for n in range(3)] == [True] * 3
    assert "Schritt b" in text
    assert "innen" not in text
    assert text.rstrip(" ").endswith("\r")


def test_it_is_taken_away_after_an_error_too(terminal):
    with pytest.raises(ValueError, match="stop"):
        outer(fail=True)
    assert terminal.getvalue().endswith("\r")
    assert inner() == [1, 2]
    assert "innen" in terminal.getvalue()


def test_nothing_is_shown_before_the_patience_is_over(terminal, monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", 60.0)
    outer()
    assert terminal.getvalue() == ""


def test_nothing_is_shown_into_a_file(terminal, monkeypatch):
    monkeypatch.setattr(terminal, "isatty", lambda: False)
    outer()
    assert terminal.getvalue() == ""


def test_who_takes_the_progress_shows_it(terminal):
    told = []

    @shows_progress
    def verb(progress=None):
        for n, _ in enumerate(watched(["a", "b"], "außen")):
            progress(n, 2, "")
            inner()

    verb(progress=lambda *step: told.append(step))
    assert told == [(0, 2, ""), (1, 2, "")]
    assert terminal.getvalue() == ""


def test_a_notebook_gets_one_bar_that_is_emptied(monkeypatch):
    shown = []
    handle = SimpleNamespace(update=lambda html: shown.append(html._repr_html_()))

    def display(html, display_id):
        assert display_id
        shown.append(html._repr_html_())
        return handle

    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setattr(progress, "in_notebook", lambda: True)
    monkeypatch.setitem(
        sys.modules, "IPython", SimpleNamespace(display=SimpleNamespace(display=display), get_ipython=lambda: None)
    )
    outer()
    assert [text.count("<progress") for text in shown] == [1, 1, 1, 0]
    assert "value='2' max='3'" in shown[2]
    assert shown[-1] == ""


def test_the_name_and_the_help_of_a_verb_stay():
    import regsam_geo as rg

    assert rg.detect_warnings.__name__ == "detect_warnings"
    assert "Examples" in (rg.detect_warnings.__doc__ or "")


def test_stages_are_counted_and_share_the_bar(terminal):
    @shows_progress
    def verb():
        with stages(2) as begin:
            begin("lesen")
            inner()
            begin("rechnen")
        return inner()

    verb()
    text = terminal.getvalue()
    assert text.index("0/2 lesen") < text.index("1/2 rechnen") < text.index("0/2 innen")
    assert text.count("innen") == 2  # the loop inside a stage shows nothing, the one after the stages does
    with stages(1) as begin:  # outside of a verb there is nothing to show it on
        begin("nichts")
    assert "nichts" not in terminal.getvalue()


def small_counts():
    """One indicator of two years, its smallest district with two persons."""
    data = rg.load_sample().sel("Nichtdeutsche", period=[2023, 2024]).data
    rest = data.loc[data["area_id"] == "17", "numerator"] - 2
    data.loc[data["area_id"] == "17", "numerator"] = 2.0
    data.loc[data["area_id"] == "munich", "numerator"] -= rest.to_numpy()
    return data.drop(columns=["base_1", "value"]).assign(value=1.0)


@pytest.fixture(scope="module")
def panel():
    return rg.load_sample().sel("Nichtdeutsche", period=[2021, 2022, 2023, 2024])


SLOW_VERBS = {
    "protect": (lambda panel: rg.protect(small_counts()), "0/2 Kleine Zahlen"),
    "audit_disclosure": (lambda panel: rg.audit_disclosure(rg.protect(small_counts())), "Prüfungen laufen"),
    "summarize_regions": (lambda panel: rg.summarize_regions(panel), "1/6 Regionen werden zusammengerechnet"),
    "explore_map": (lambda panel: rg.explore_map(panel), "3/4 Klassen und Farben"),
    "read_indicators": (
        lambda panel: rg.read_indicators(data_folder() / "indicators" / "sample.csv"),
        "1/3 sample.csv wird Zeile für Zeile geprüft",
    ),
    "describe_file": (lambda panel: rg.describe_file(data_folder() / "indicators" / "sample.csv"), "2/3 "),
    "check_panel": (lambda panel: rg.check_panel(panel), "10/11 Prüfungen laufen"),
    "plot_series": (lambda panel: rg.plot_series(panel, "Nichtdeutsche", "16"), "3/4 Übliche Bereiche"),
    "plot_map_series": (lambda panel: rg.plot_map_series(panel.sel(level="district")), "3/4 Karten"),
    "detect_warnings": (lambda panel: rg.detect_warnings(panel), "Prüfungen laufen"),
    "replay": (lambda panel: rg.replay(panel, periods=[2023, 2024]), "/2 Frühere Berichte"),
}


@pytest.mark.parametrize("name", SLOW_VERBS)
def test_verbs_that_take_long_show_what_they_do(name, panel, terminal, monkeypatch):
    verb, told = SLOW_VERBS[name]
    with using_language("de"):
        verb(panel)
    assert told in terminal.getvalue()
    assert terminal.getvalue().endswith("\r")
    terminal.truncate(0)
    monkeypatch.setattr(terminal, "isatty", lambda: False)
    verb(panel)
    assert terminal.getvalue() == ""
