"""What a person finds by the Tab key and by ``help``: public names alone, arguments by name, and their types."""

from __future__ import annotations

import dataclasses
import inspect
import re
import subprocess
import sys
from typing import is_typeddict

import pytest
from IPython.core.completer import IPCompleter, provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

import regsam_geo as rg
from regsam_geo.errors import OptionError
from regsam_geo.indicators.disclosure.rules import Protection
from regsam_geo.indicators.tables.options import Options, TableForm
from regsam_geo.look import StyleOptions

NAMES = sorted(set(rg.__all__) - {"__version__"})
CALLABLE = [name for name in NAMES if inspect.isfunction(getattr(rg, name))]
# objects of another library that is not needed: a Graph or W of libpysal
FOREIGN = {"neighbors", "areas"}


@pytest.fixture(scope="module")
def things():
    panel = rg.load_sample()
    warnings = rg.detect_warnings(panel.sel("Hochbetagte"))
    return {
        "rg": rg,
        "panel": panel,
        "districts": rg.load_boundaries("district"),
        "settings": rg.Settings(),
        "facts": warnings.facts,
    }


@pytest.fixture(scope="module", params=[False, True], ids=["plain", "jedi"])
def tab(request, things):
    shell = InteractiveShell()  # one of its own: no test after this one may believe to be in a notebook
    completer = IPCompleter(shell=shell, namespace=things, use_jedi=request.param, parent=shell)

    def completed(text):
        with provisionalcompleter():
            return {found.text.removeprefix(".") for found in completer.completions(text, len(text))}

    return completed


@pytest.mark.parametrize("name", CALLABLE)
def test_every_argument_has_a_name_and_a_type(name):
    for parameter in inspect.signature(getattr(rg, name)).parameters.values():
        assert parameter.kind is not parameter.VAR_POSITIONAL, parameter.name
        if parameter.kind is parameter.VAR_KEYWORD:
            # options that several verbs share, each with its name and type
            options = re.fullmatch(r"Unpack\[(\w+)\]", parameter.annotation)
            assert options is not None, parameter.annotation
            listed = getattr(inspect.getmodule(inspect.unwrap(getattr(rg, name))), options[1])
            assert is_typeddict(listed)
            assert listed.__annotations__
        assert parameter.annotation is not parameter.empty, parameter.name
        assert parameter.annotation != "Any" or parameter.name in FOREIGN, parameter.name


@pytest.mark.parametrize("name", NAMES)
def test_help_shows_an_example_that_is_run(name):
    # tests/test_doctests.py runs all of them
    assert (
        ">>> import regsam_geo as rg" in (inspect.getdoc(getattr(rg, name)) or "").split("Examples\n--------")[1]
    )


def test_dir_lists_public_names_alone():
    assert set(dir(rg)) == {*NAMES, "__version__"}


def test_they_are_there_before_anything_is_loaded():
    code = (
        "import sys, regsam_geo as rg; print(*dir(rg)); "
        "assert not {'pandas', 'geopandas', 'matplotlib', 'folium'} & set(sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(told.stdout.split()) == set(dir(rg))


def test_the_module_completes_to_its_public_names(tab):
    assert tab("rg.") == set(NAMES)
    assert tab("rg.plot_") == {name for name in NAMES if name.startswith("plot_")}


@pytest.mark.parametrize("name", CALLABLE)
def test_every_verb_completes_its_arguments(tab, name):
    parameters = inspect.signature(getattr(rg, name)).parameters.values()
    arguments = [one.name for one in parameters if one.kind is not one.VAR_KEYWORD]
    for argument in arguments[:1] + arguments[-1:]:
        assert f"{argument}=" in tab(f"rg.{name}({argument[:2]}")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("rg.plot_map(pan", "panel"),
        ("rg.plot_map(panel.se", "sel"),
        ("rg.plot_map(panel, 'Arbeitslose', reg", "region="),
        ("rg.plot_map(panel, 'Arbeitslose', sty", "style="),
        ("rg.plot_map(panel, 'Arbeitslose', style=rg.Style(the", "theme="),
        ("rg.save_maps(panel, maps, style=rg.Style(the", "theme="),
        ("rg.describe_file('x.csv', col", "columns="),
        ("rg.Settings(q_w", "q_watch="),
        ("panel.sel(per", "period="),
    ],
)
def test_what_is_typed_inside_a_call_is_completed(tab, typed, found):
    assert found in tab(typed)


@pytest.mark.parametrize("name", ["panel", "settings", "facts"])
def test_objects_complete_to_what_they_document(tab, things, name):
    found = tab(f"{name}.")
    assert not {one for one in found if one.startswith("_")}
    assert found == {one for one in dir(things[name]) if not one.startswith("_")}
    assert len(found) <= 15, "too many to choose from"


VIEWS = (
    rg.plot_map,
    rg.plot_change_map,
    rg.plot_map_series,
    rg.plot_cluster_map,
    rg.plot_situation,
    rg.plot_places,
    rg.save_maps,
)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_every_map_takes_all_options_of_a_style(view):
    taken, of_map = (inspect.signature(verb).parameters for verb in (view, rg.plot_map))
    assert [taken[name] for name in ("style", "look")] == [of_map[name] for name in ("style", "look")]
    assert of_map["look"].annotation == "Unpack[StyleOptions]"
    assert list(inspect.signature(rg.Style).parameters) == list(StyleOptions.__annotations__)


def test_describe_file_takes_all_that_read_indicators_takes():
    reads, describes = (inspect.signature(verb).parameters for verb in (rg.read_indicators, rg.describe_file))
    assert list(reads)[1:] == list(describes)[1:] == ["columns", "form"]
    assert reads["form"] == describes["form"]


def test_every_option_of_a_table_has_its_default():
    defaults = {field.name for field in dataclasses.fields(Options)} - {"columns"}
    assert set(TableForm.__annotations__) == defaults


@pytest.mark.parametrize("verb", [rg.read_indicators, rg.describe_file])
def test_a_misspelled_option_of_a_table_is_refused(verb):
    with pytest.raises(OptionError, match=r"header_rwo.*header_row“") as caught:
        verb("any.csv", header_rwo=3)
    assert caught.value.code == "option_unknown"


@pytest.mark.parametrize("verb", [rg.protect, rg.audit_disclosure])
def test_a_misspelled_option_of_disclosure_control_is_refused(verb):
    with pytest.raises(OptionError, match=r"zeroes.*zeros“"):
        verb(rg.load_sample(), zeroes="hide")


@pytest.mark.parametrize(
    ("verb", "options"),
    [(rg.read_indicators, TableForm), (rg.protect, Protection)],
    ids=["read_indicators", "protect"],
)
def test_help_explains_each_option_once(verb, options):
    explained = re.findall(r"^ +- (``.*?``):", inspect.getdoc(verb), re.MULTILINE)
    names = [name for line in explained for name in re.findall(r"``(\w+)``", line)]
    assert sorted(names) == sorted(options.__annotations__)
