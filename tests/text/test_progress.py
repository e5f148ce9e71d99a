"""Bars of progress: in a notebook and in a terminal, after a while, one at a time, and gone at the end."""

from __future__ import annotations

import io
import sys
from types import SimpleNamespace

import pytest

from regsam_geo.text import progress, shows_progress, watched


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
