"""Fonts are read once a process and cut down for each page: no page may change what the next one gets."""

from __future__ import annotations

import re
import zlib
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from regsam_geo.look import get_theme
from regsam_geo.look.fonts import font
from regsam_geo.look.pages import PageFigure, write
from regsam_geo.look.save import figure_bytes


def page(text):
    figure = PageFigure(get_theme("meeting"), size=(60, 20))
    write(figure, 5, 5, text, 12, "#000000")
    return figure_bytes(figure, "pdf")


def embedded(pdf):
    """Return the fonts in a PDF."""
    streams = [zlib.decompress(one) for one in re.findall(rb"stream\r?\n(x.*?)\r?\nendstream", pdf, re.DOTALL)]
    return [TTFont(BytesIO(one)) for one in streams if one.startswith(b"\0\1\0\0")]


@pytest.mark.parametrize("text", ["Ähnlich übel", "fünf ÄÖÜ äöü ß é", "12,5 %"])
def test_each_page_holds_the_outlines_of_its_letters(text):
    page("Ängste Öfen Übermut äöüß é")
    (small,) = embedded(page(text))
    whole = TTFont(font(12).get_file())
    names = whole.getBestCmap()
    drawn, original = small.getGlyphSet(), whole.getGlyphSet()
    assert set(drawn.keys()) <= set(original.keys())
    for letter in set(text):
        name = names[ord(letter)]
        assert (
            small["glyf"][name].getCoordinates(small["glyf"])[0]
            == whole["glyf"][name].getCoordinates(whole["glyf"])[0]
        )
        assert small["hmtx"][name] == whole["hmtx"][name]


def test_the_same_page_has_the_same_bytes_whatever_came_between():
    first = page("Ähnlich übel")
    others = {page(text) for text in ("ÄÖÜ", "abc", "Ähnlich übel, 24 %")}
    assert len(others) == 3
    assert page("Ähnlich übel") == first
