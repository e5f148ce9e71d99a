from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from typing import get_args, get_type_hints

import pytest

import regsam_geo as rg
from regsam_geo.errors import OptionError
from regsam_geo.look import PALETTES, THEMES, ResolvedStyle, Style, StyleOptions, get_theme, resolve_style
from regsam_geo.look.palettes import PaletteName
from regsam_geo.look.style import OPTIONS
from regsam_geo.look.theme import ThemeName


def test_keywords_go_before_the_style_and_the_style_before_the_view():
    style = Style(theme="print", k=4)
    resolved = resolve_style(style, {"k": 6, "title": ""}, classes="diverging", k=3, labels="name")
    assert (resolved.k, resolved.theme, resolved.classes, resolved.labels) == (6, "print", "diverging", "name")
    assert resolved.title == ""
    assert resolve_style(style, {}, k=3).k == 4
    assert resolve_style(None, {}, k=3).k == 3
    assert resolve_style(None, {}).k == 5


def test_none_leaves_the_choice_to_the_view_and_false_does_not():
    resolved = resolve_style(Style(theme="print", inset=False), {"theme": None, "regions": False, "k": 0})
    assert (resolved.theme, resolved.inset, resolved.regions, resolved.k) == ("print", False, False, 0)
    assert resolved.page is get_theme("print")


@pytest.mark.parametrize("language", ["de", "en"])
def test_an_unknown_option_names_the_one_that_was_meant(language):
    rg.set_language(language)
    try:
        with pytest.raises(OptionError) as caught:
            resolve_style(None, {"lables": "name"})
        with pytest.raises(OptionError) as in_style:
            Style().with_(lables="name")
    finally:
        rg.set_language(None)
    assert caught.value.code == in_style.value.code == "style_unknown"
    assert {"de": "Meinten Sie „labels“?", "en": "Did you mean “labels”?"}[language] in str(caught.value)


def test_an_option_without_meaning_is_refused_as_a_keyword_but_may_stand_in_a_style():
    assert resolve_style(Style(band=False), {}, without=("band",)).theme == "meeting"
    with pytest.raises(OptionError) as caught:
        resolve_style(None, {"band": False}, without=("band",))
    assert caught.value.code == "style_without"
    assert "band" not in caught.value.fields["expected"]


def test_what_is_no_style_is_refused():
    with pytest.raises(OptionError) as caught:
        resolve_style("print", {})
    assert caught.value.code == "style_type"
    assert "str" in str(caught.value)


def test_a_style_cannot_be_changed_but_gives_another():
    style = Style(theme="print")
    with pytest.raises(FrozenInstanceError):
        style.theme = "slide"
    assert style.with_(k=3) == Style(theme="print", k=3)
    assert style == Style(theme="print")


def test_options_and_fields_are_the_same():
    assert tuple(StyleOptions.__annotations__) == OPTIONS == tuple(field.name for field in fields(ResolvedStyle))
    assert get_type_hints(StyleOptions) == get_type_hints(Style)


def test_the_names_that_an_editor_offers_are_those_there_are():
    assert get_args(ThemeName) == tuple(THEMES)
    assert get_args(PaletteName) == tuple(PALETTES)


# clusters and places have columns of their own, and a warning is looked at before its look
APART = {"plot_warning", "plot_cluster_map", "plot_places"}
VIEWS = ["explore_map", *sorted({name for name in rg.__all__ if name.startswith("plot_")} - APART)]
# these have no argument "what": the hint names what says it there
TOLD_OF_COLUMN = {
    "plot_comparison": "study.sel(",
    "plot_polarization": "„indicators“",
    "plot_situation": "„result“",
}
NEEDED = {"plot_series": ["Arbeitslose", "16"], "plot_comparison": ["16"]}


@pytest.mark.parametrize("name", VIEWS)
def test_who_knows_geopandas_is_told_our_word(name, sample_study):
    view, needed = getattr(rg, name), NEEDED.get(name, [])
    with pytest.raises(OptionError, match=r"“column”|„column“") as told:
        view(sample_study, *needed, column="Arbeitslose")
    assert TOLD_OF_COLUMN.get(name, "what") in str(told.value)
    takes_colors = name in ("plot_map", "plot_change_map", "plot_map_series", "plot_symbols", "explore_map")
    for theirs, ours in (("cmap", "palette"), ("scheme", "classes")):
        with pytest.raises(OptionError) as told:
            view(sample_study, *needed, **{theirs: "viridis"})
        if takes_colors and (name, ours) != ("plot_symbols", "classes"):
            assert f"“{ours}”" in str(told.value) or f"„{ours}“" in str(told.value)
        else:
            # no hint to an option that would be refused next
            assert ours not in str(told.value)


def test_a_word_of_another_library_is_no_option_of_a_table():
    with pytest.raises(OptionError) as told:
        rg.read_indicators("none.csv", column="x")
    assert "“what”" not in str(told.value)
    assert "„what“" not in str(told.value)
