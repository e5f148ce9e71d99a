from __future__ import annotations

import matplotlib as mpl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsam_geo.look import get_theme
from regsam_geo.look.fonts import _units, ellipsis_, fit, text_width, wrap
from regsam_geo.look.pages import DRAWING, PageFigure, axes_in, write

LONG = "Erwerbsfähige (Regel-)Leistungsberechtigte (Anteil an der Bevölkerung von 15 bis 64 Jahren)"
texts = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzäöüßABC 123-/(),. "), min_size=1, max_size=120)


@given(texts, st.floats(15, 250), st.booleans())
def test_no_line_is_wider_than_asked_and_no_letter_is_lost(text, width, bold):
    lines = wrap(text, width, 10, bold)
    assert all(text_width(line, 10, bold) <= width for line in lines)
    letters = "".join(text.split())
    joined = "".join("".join(lines).split())
    # only hyphens at the ends of divided words are added
    assert joined.replace("-", "") == letters.replace("-", "")
    assert joined.count("-") >= letters.count("-")


@pytest.mark.parametrize("size", [5.0, 9.0, 22.0])
@pytest.mark.parametrize("dpi", [72, 150, 300])
def test_measured_widths_are_drawn_widths(size, dpi):
    figure = PageFigure(get_theme("meeting"))
    figure.dpi = dpi
    line = write(axes_in(figure, figure.page), 10, 100, LONG, size, "k")
    with mpl.rc_context(DRAWING):
        drawn = line.get_window_extent(figure.canvas.get_renderer()).width / dpi * 25.4
    assert drawn == pytest.approx(text_width(LONG, size), rel=0.01)


def test_a_long_title_stands_on_two_even_lines():
    lines = wrap(LONG, 275, 22, bold=True)
    assert len(lines) == 2
    size, fitted = fit(LONG, 275, 22, bold=True)
    assert (size, fitted) == (22, lines)


def test_hyphens_divide_words_only_where_they_must():
    assert wrap("(Regel-)Leistungsberechtigte", 200, 10) == ["(Regel-)Leistungsberechtigte"]
    assert wrap("Thalkirchen-Obersendling-Forstenried", 30, 10) == ["Thalkirchen-", "Obersendling-", "Forstenried"]


def test_what_cannot_fit_ends_with_an_ellipsis():
    _, lines = fit("Wort " * 200, 100, 12, lines=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert ellipsis_("kurz", 100, 10) == "kurz"


def test_a_word_of_thousands_of_letters_is_measured_a_few_hundred_times():
    word = "Wartezeitenverkürzung" * 240
    before = _units.cache_info().misses
    size, lines = fit(word, 250, 20)
    assert _units.cache_info().misses - before < 1_500
    assert len(lines) == 2
    assert all(text_width(line, size) <= 250 for line in lines)
    assert word.startswith(lines[0].removesuffix("-") + lines[1].rstrip("-… "))
    assert lines[1].endswith("…")
