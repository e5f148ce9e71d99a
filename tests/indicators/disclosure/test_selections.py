"""What a selection was cut from says what may be shown of it, and stands nowhere else."""

from __future__ import annotations

import copy
import gc
import io
import pickle
import weakref

import pandas as pd
import pytest
from panels import LAYERS, made_panel

import regsam_geo as rg

KEY = ["indicator", "group", "period", "level", "area_id"]
GROUPS = ("insgesamt", "männlich", "weiblich")


@pytest.fixture(scope="module")
def panel():
    """Two years of men, women and all; in districts and regions, with small counts in each."""
    years = [made_panel(5 + k, LAYERS[1], GROUPS, people=(20, 400), period=str(2023 + k)) for k in range(2)]
    return rg.Panel(pd.concat([one.data for one in years]), years[0].catalogue)


def hidden(panel):
    return set(panel.data.loc[panel.data["sign"] == "suppressed", KEY].itertuples(index=False, name=None))


def within(cells, panel):
    keys = set(panel.data[KEY].itertuples(index=False, name=None))
    return {cell for cell in cells if cell in keys}


SELECTIONS = [
    {"group": "weiblich"},
    {"group": ["männlich", "insgesamt"]},
    {"period": 2024},
    {"level": "district"},
    {"level": ["region", "city"]},
    {"area": ["01", "02", "03"]},
    {"group": "männlich", "period": 2023, "level": "district"},
]


@pytest.mark.parametrize("wished", SELECTIONS, ids=str)
def test_a_selection_hides_what_the_whole_hides(panel, wished):
    whole = hidden(rg.protect(panel))
    part = panel.sel(**wished)
    safe = rg.protect(part)
    assert whole
    assert hidden(safe) == within(whole, part)
    assert len(safe) == len(part)
    # the study of a selection, a selection of the study, a selection of the selection
    assert hidden(rg.Study(part).published) == within(whole, part)
    assert hidden(rg.Study(panel).sel(**wished).published) == within(whole, part)
    one_by_one = panel
    for name, value in wished.items():
        one_by_one = one_by_one.sel(**{name: value})
    assert hidden(rg.protect(one_by_one)) == within(whole, part)
    assert hidden(rg.protect(part.with_catalogue({"Beratene": {"title_de": "Beratene"}}))) == within(whole, part)
    for copied in (copy.copy(part), copy.deepcopy(part)):
        assert hidden(rg.protect(copied)) == within(whole, part)


def test_what_is_not_hidden_is_returned_as_it_is(panel):
    safe = rg.protect(panel)
    shown = safe.data[safe.data["sign"] != "suppressed"]
    before = panel.data.set_index(KEY).loc[list(shown[KEY].itertuples(index=False, name=None))].reset_index()
    pd.testing.assert_frame_equal(shown.reset_index(drop=True), before[shown.columns], check_dtype=False)
    free = next(
        area
        for area in panel.sel(level="district").data["area_id"].unique()
        if area not in {c[4] for c in hidden(safe)}
    )
    part = panel.sel(area=free)
    assert rg.protect(part) is part


def test_sums_of_regions_that_are_added_are_those_of_the_whole():
    panel = made_panel(3, LAYERS[0], people=(20, 400))
    whole = rg.protect(panel, regions=True)
    part = rg.protect(panel.sel(area=["17", "18"]), regions=True)
    assert hidden(part) == within(hidden(whole), part)
    assert part.data["area_id"].tolist() == ["17", "18", "17/18"]
    assert hidden(rg.protect(panel.sel(level="district"), regions=True)) == hidden(whole)


def test_other_rules_have_other_cells(panel):
    part = panel.sel(group="weiblich", period=2024)
    for said in ({"threshold": 5}, {"zeros": "hide"}):
        assert hidden(rg.protect(part, **said)) == within(hidden(rg.protect(panel, **said)), part)
    assert hidden(rg.protect(part, 5)) != hidden(rg.protect(part))


def test_what_the_catalogue_says_of_a_selection_is_said_of_the_whole(panel):
    part = panel.sel(group="weiblich").with_catalogue({"Beratene": {"counts_persons": False}})
    assert hidden(rg.protect(part)) == set()


# --- what a selection was cut from enters nothing


def test_no_pickle_holds_the_whole(panel):
    part = panel.sel(area="17", group="weiblich", period=2024)
    others = panel.data[panel.data["area_id"] == "16"]
    stored = pickle.dumps(part)
    assert len(stored) < len(pickle.dumps(rg.Panel(part.data, part.catalogue))) + 100
    assert all(number not in stored for number in (b"'16'", b"\x0216\x94", b"munich"))
    again = pickle.loads(stored)
    pd.testing.assert_frame_equal(again.data, part.data)
    assert len(others)


def test_nothing_that_is_shown_of_a_selection_holds_the_whole(panel):
    part = panel.sel(area="17", group="weiblich", period=2024)
    alone = rg.Panel(part.data.copy(), part.catalogue.copy())
    assert repr(part) == repr(alone)
    assert part._repr_html_() == alone._repr_html_()
    assert vars(part).keys() == {"data", "catalogue"} | (vars(part).keys() & {"namings"})
    written, expected = io.BytesIO(), io.BytesIO()
    part.data.to_pickle(written)
    alone.data.to_pickle(expected)
    assert len(written.getvalue()) == len(expected.getvalue())
    assert part.data.attrs == {}
    assert part.catalogue.attrs == {}


def test_the_whole_goes_with_the_last_that_was_cut_from_it():
    panel = made_panel(5, LAYERS[0], people=(20, 400))
    rg.protect(panel)
    part = panel.sel(area="17")
    rg.protect(part)
    gone = weakref.ref(panel)
    del panel
    gc.collect()
    assert gone() is not None
    del part
    gc.collect()
    assert gone() is None


def test_numbers_that_were_changed_in_place_are_a_data_set_of_their_own(panel):
    ours = copy.deepcopy(rg.Panel(panel.data, panel.catalogue))
    part = ours.sel(group="weiblich", period=2024, level=["district", "city"])
    for one in (part, ours):
        one.data["numerator"] = 50.0
        one.data["denominator"] = 500.0
        assert rg.protect(one) is one
