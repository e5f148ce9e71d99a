"""Every verb stands once in its room, and is a method of a study."""

from __future__ import annotations

import inspect
from types import MethodType

import pytest

import regsam_geo as rg
from regsam_geo.study.methods import method_names


def verbs():
    """Return the public functions that take a study first."""
    for name in rg.__all__:
        thing = getattr(rg, name)
        if inspect.isfunction(thing) and next(iter(inspect.signature(thing).parameters), "") == "study":
            yield name


def test_each_verb_is_a_method_and_each_method_a_verb():
    assert sorted(verbs()) == sorted(method_names())


@pytest.mark.parametrize("name", method_names())
def test_the_method_is_the_verb_itself(name):
    method = getattr(rg.load_study(), name)
    assert isinstance(method, MethodType)
    assert method.__func__ is getattr(rg, name)
    assert method.__doc__ == getattr(rg, name).__doc__


def test_a_notebook_completes_them():
    listed = dir(rg.load_study())
    assert set(method_names()) <= set(listed)
    # what a planner sees after "study." fits one screen
    assert len([name for name in listed if not name.startswith("_")]) <= 76


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="plot_mpa"):
        rg.load_study().plot_mpa  # noqa: B018


@pytest.mark.parametrize("given", ["panel", "frame", "study"])
def test_a_verb_takes_a_panel_a_frame_or_a_study(given):
    panel = rg.load_sample().sel("Hochbetagte", period=[2023, 2024])
    first = {"panel": panel, "frame": panel.data, "study": rg.Study(panel)}[given]
    rows = rg.compare_areas(first)
    assert len(rows) == 50
    assert rows["value"].notna().all()


def test_a_study_may_be_named_too():
    study = rg.load_study().sel("Hochbetagte", period=2024)
    assert rg.compare_areas(study=study).equals(study.compare_areas())
