"""Values joined to areas or columns of a layer in place of a study, and the words of geopandas in every view."""

from __future__ import annotations

import ast
import inspect
import re

import matplotlib.text
import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.errors import OptionError
from regsam_geo.study.methods import method_names

VIEWS = [name for name in method_names() if name.startswith(("plot_", "explore_"))]
SEVERAL = {"plot_series": ["16"], "plot_map_series": [], "plot_change_map": [2019, 2024]}


@pytest.fixture(scope="module")
def joined(sample_study):
    return rg.join_indicators(sample_study, "Arbeitslose", 2024)


@pytest.fixture(scope="module")
def layer(joined):
    """A layer as ``merge`` gives it: names, polygons, and columns with numbers."""
    areas = joined.areas[["name", "geometry"]].copy()
    return areas.assign(Anteil=joined.areas["value"], Quote=[number / 7 for number in range(40, 65)], Wort="x")


def words(figure):
    return " ".join(text.get_text() for text in figure.findobj(matplotlib.text.Text))


@pytest.mark.parametrize("name", ["plot_map", "plot_ranking", "plot_funnel", "plot_symbols"])
def test_a_view_of_joined_values_has_the_title_and_unit_of_the_study(name, joined):
    drawn = words(getattr(rg, name)(joined, "value"))
    assert "Arbeitslose" in drawn
    assert ("%" in drawn) == (name != "plot_symbols")


def test_joined_values_are_found_by_column_name_and_title(joined):
    for what in ("value", "Arbeitslose", "Arbeitslose - Anteil", None):
        assert rg.join_indicators(joined, what).areas["value"].equals(joined.areas["value"])


def test_columns_of_a_layer_are_the_figures_that_a_call_names(layer):
    again = rg.join_indicators(layer, "Quote", 2023)
    assert again.report.period == "2023"
    assert again.areas["value"].tolist() == layer["Quote"].tolist()
    drawn = words(rg.plot_ranking(layer, "Anteil", period=2024))
    # the highest of the plain table stands first
    top = layer["Anteil"].idxmax()
    assert f"{int(top)} {layer.loc[top, 'name']}" in drawn


def test_two_columns_are_seen_together(joined, layer):
    beside = joined._replace(areas=joined.areas.assign(Quote=[number / 7 for number in range(25)]))
    assert "Quote" in words(rg.plot_scatter(beside, ["value", "Quote"]))
    assert "Quote" in words(rg.plot_bivariate(layer, ["Anteil", "Quote"], 2024))


def test_what_was_hidden_stays_hidden_and_says_why():
    counts = pd.DataFrame({"indicator": "Fälle", "period": 2024, "area_id": [f"{n:02}" for n in range(1, 26)]})
    counts["value"] = [1.0, 2.0, *range(10, 33)]
    joined = rg.join_indicators(rg.Study(rg.Panel.from_frame(counts), counts={"Fälle": True}))
    hidden = joined.areas.index[joined.areas["value"].isna()]
    assert set(hidden) >= {"01", "02"}
    again = rg.join_indicators(joined, "value").areas
    assert again.loc[hidden, "value"].isna().all()
    assert again.loc[hidden, "sign"].equals(joined.areas.loc[hidden, "sign"])


@pytest.mark.parametrize(
    ("verb", "rest", "code"),
    [
        ("plot_ranking", ["Anteil"], "layer_period"),
        ("plot_ranking", ["Antiel", 2024], "layer_column_unknown"),
        ("plot_ranking", ["Wort", 2024], "layer_column_text"),
        ("plot_situation", [], "no_figures"),
        *((name, ["Anteil", *rest], "layer_one_period") for name, rest in SEVERAL.items()),
    ],
)
def test_what_cannot_work_is_told_with_advice(verb, rest, code, layer):
    with pytest.raises(OptionError) as told:
        getattr(rg, verb)(layer, *rest)
    assert told.value.code == code
    advice = {"layer_period": "period=2024", "layer_column_unknown": "Anteil", "layer_column_text": "Quote"}
    assert advice.get(code, "rg.Study(panel, areas)") in str(told.value)


@pytest.mark.parametrize("name", SEVERAL)
def test_joined_values_have_one_period(name, joined):
    with pytest.raises(OptionError, match="2024") as told:
        getattr(rg, name)(joined, "value", *SEVERAL[name])
    assert told.value.code == "layer_one_period"


@pytest.fixture
def counted():
    """Districts with whole numbers, some below three, and a share; the numbers are known here."""
    areas = rg.load_boundaries("district")
    return areas.assign(Fuchsbaue=[1 + number % 7 for number in range(25)], Anteil=np.linspace(3.5, 9.9, 25))


def test_a_study_of_areas_says_which_columns_count_persons(counted):
    hidden = rg.plot_ranking(counted, "Fuchsbaue", 2024)
    shown = rg.Study(areas=counted, counts={"Fuchsbaue": False}).plot_ranking("Fuchsbaue", 2024)
    numbers = {1 + number % 7 for number in range(25)}
    drawn = [
        {float(x) for line in figure.axes[1].lines for x in line.get_xdata() if line.get_label() == "dot"}
        for figure in (hidden, shown)
    ]
    assert drawn[1] == numbers
    assert not {1.0, 2.0} & drawn[0]


def test_what_a_study_of_areas_says_holds_for_its_columns(counted):
    study = rg.Study(areas=counted, period=2024, lang="en", counts={"Fuchsbaue": False})
    assert study.plot_ranking(["Anteil", "Fuchsbaue"]).page_title == "Districts compared"
    with pytest.raises(OptionError, match="Fuchsbaue") as told:
        rg.Study(areas=counted, counts={"Fuchsbau": False}).plot_ranking("Anteil", 2024)
    assert told.value.code == "layer_column_unknown"
    # its own view, its levels and a map of the column as it stands need no figures
    assert "district" in repr(rg.Study(areas=counted, counts={"Fuchsbaue": False}))
    assert rg.Study(areas=counted, counts={"Fuchsbaue": False}).plot_map("Fuchsbaue").page_title == "Fuchsbaue"


def test_the_way_to_say_it_is_told_and_works(counted, caplog):
    """The page says in words of people what was read; whoever makes it is told what to write."""
    figure = rg.plot_ranking(counted.assign(Igelbaue=counted["Fuchsbaue"]), "Igelbaue", 2024)
    assert "Igelbaue" in words(figure).partition("gelesen: ")[2]
    assert not re.search(r"counts|False|--|rg\.", words(figure))
    advice = re.search(r"counts=(\{.*?\})", " ".join(caplog.messages)).group(1)
    areas = counted.assign(Igelbaue=counted["Fuchsbaue"])
    said = rg.Study(areas=areas, counts=ast.literal_eval(advice)).plot_ranking("Igelbaue", 2024)
    assert "geheim" not in words(said)


@pytest.mark.parametrize("word", ["counts", "threshold", "division", "lang"])
def test_what_the_study_says_is_no_option_and_the_error_says_where(counted, word):
    for verb in (rg.plot_map, rg.plot_ranking, rg.plot_places, rg.plot_scatter):
        with pytest.raises(OptionError, match=rf"rg\.Study\(areas=ebene, {word}="):
            verb(counted, **{word: None}) if verb is not rg.plot_places else verb(counted, counted, **{word: None})


NEEDED = {
    "plot_series": ["Arbeitslose", "16"],
    "plot_comparison": ["16"],
    "plot_cluster_map": [pd.DataFrame({"p": [0.5]}, index=["01"])],
    "plot_places": [pd.DataFrame({"name": ["Kita"], "lon": [11.589], "lat": [48.128]})],
}
WORDS = ("cmap", "scheme", "column", "legend", "figsize", "ax", "edgecolor", "alpha", "missing_kwds")


@pytest.mark.parametrize("name", VIEWS)
def test_every_hint_names_something_that_the_view_takes(name, sample_study):
    verb = getattr(rg, name)
    if name == "plot_warning":  # which looks at the warning first
        NEEDED[name] = [sample_study.sel("Arbeitslose").detect_warnings(2024).iloc[[0]]]
    arguments = inspect.signature(verb).parameters
    for word in (one for one in WORDS if one not in arguments):
        with pytest.raises(OptionError) as told:
            verb(sample_study, *NEEDED.get(name, []), **{word: 1})
        sentence = str(told.value)
        possible = sentence.split("Möglich sind: ")[1].split(".")[0].split(", ")
        hint = sentence.split("Möglich sind: ")[1].partition(".")[2]
        if "heißt hier „" in hint:
            ours = hint.split("heißt hier „")[1].split("“")[0]
            assert ours in possible or ours in arguments, (word, hint)
        else:
            # a view without colors of its own has nothing to offer for a palette, and says only what there is
            assert hint.strip() or word in ("cmap", "scheme"), word
