"""Phrases: both languages, the same fields, correct plurals."""

from __future__ import annotations

import string

import pytest

import regsam_geo as rg
from regsam_geo.errors import InputError, OptionError
from regsam_geo.text import Phrase, did_you_mean, fill, join_words, problem, shorten, using_language
from regsam_geo.text.catalogue import PHRASES


def fields_of(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", PHRASES)
def test_both_languages_use_the_same_fields(code):
    phrase = PHRASES[code]
    assert fields_of(phrase.de) == fields_of(phrase.en)
    assert phrase.de.strip()
    assert phrase.en.strip()


def test_plural_and_grouping():
    phrase = Phrase("{n} {n:Gebiet|Gebiete}", "{n} {n:area|areas}")
    assert fill(phrase, "de", n=1) == "1 Gebiet"
    assert fill(phrase, "de", n=1250) == "1.250 Gebiete"
    assert fill(phrase, "en", n=0) == "0 areas"


def test_a_problem_speaks_the_language_in_force_and_keeps_its_fields():
    with using_language("en"):
        error = problem(InputError, "period_unknown", found="20224")
    assert "20224" in str(error)
    assert "expected" in str(error)
    assert error.code == "period_unknown"
    assert error.fields == {"found": "20224"}
    assert "erwartet" in str(problem(InputError, "period_unknown", found="20224"))


def test_enumerations():
    assert join_words(["a", "b", "c"], "de") == "a, b und c"
    assert join_words(["a"], "en") == "a"
    assert shorten(["a", "b", "c"], 2, "en") == "a, b (and 1 more)"


def test_near_misses_are_offered_and_far_ones_are_not():
    assert did_you_mean("Arbeitslos", ["Arbeitslose", "Altenquotient"], "de") == " Meinten Sie „Arbeitslose“?"
    assert did_you_mean("xyz", ["Arbeitslose"], "de") == ""


def test_language_comes_from_argument_setting_environment(monkeypatch):
    monkeypatch.setenv("REGSAM_GEO_LANG", "en")
    assert join_words(["a", "b"]) == "a and b"
    rg.set_language("de")
    assert join_words(["a", "b"]) == "a und b"
    rg.set_language(None)
    monkeypatch.setenv("REGSAM_GEO_LANG", "klingon")
    assert join_words(["a", "b"]) == "a und b"


def test_an_unknown_language_is_refused_in_both():
    with pytest.raises(OptionError, match=r"unbekannte Sprache / unknown language"):
        rg.set_language("fr")
