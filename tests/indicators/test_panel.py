from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.errors import InputError, OptionError, PanelError
from regsam_geo.indicators import Panel
from regsam_geo.indicators.catalogue import COLUMNS as CATALOGUE_COLUMNS


def tidy(**changes):
    frame = pd.DataFrame({"indicator": "x", "period": "2024", "area_id": ["01", "02"], "value": [1.0, 2.0]})
    return frame.assign(**changes)


def test_sample_has_a_complete_catalogue(sample):
    assert len(sample.catalogue) == 11
    needed = [
        "title_de",
        "title_en",
        "unit",
        "unit_en",
        "decimals",
        "scale",
        "formula",
        "kind",
        "polarity",
        "source",
    ]
    assert sample.catalogue[needed].notna().all().all()
    assert list(sample.catalogue)[2 : 2 + len(CATALOGUE_COLUMNS)] == list(CATALOGUE_COLUMNS)


def test_rows_are_sorted_and_typed(sample):
    key = ["indicator", "group", "period", "level", "area_id"]
    assert sample.data[key].apply(tuple, axis=1).is_monotonic_increasing
    assert sample.data["value"].dtype == np.float64


def test_sel_keeps_what_was_asked_for(sample):
    part = sample.sel("Nichtdeutsche", period=[2023, "2024"], level="district", area=["01", "02"])
    assert len(part) == 4
    assert part.indicators == ["Nichtdeutsche"]
    assert len(part.catalogue) == 1


def test_sel_by_nothing_is_the_same_panel(sample):
    pd.testing.assert_frame_equal(sample.sel().data, sample.data)


@pytest.mark.parametrize(
    "wish",
    [{"indicator": "Nichtdeutsch"}, {"period": 1990}, {"level": "quarter"}, {"area": "99"}, {"group": "alle"}],
)
def test_sel_of_something_unknown(sample, wish):
    with pytest.raises(OptionError):
        sample.sel(**wish)


def test_near_misses_are_suggested(sample):
    with pytest.raises(OptionError, match="Meinten Sie „Nichtdeutsche“"):
        sample.sel("Nichtdeutsch")


@pytest.mark.parametrize(
    ("frame", "error"),
    [
        (tidy().drop(columns="area_id"), PanelError),
        (tidy(area_id=["01", "01"]), PanelError),
        (tidy(area_id=["01", None]), PanelError),
        (tidy(value=["1", "zwei"]), PanelError),
        (tidy(value=[1.0, np.inf]), PanelError),
        (tidy(level="bezirk"), PanelError),
        (tidy(sign="geheim"), PanelError),
        (tidy(period="24"), InputError),
        (tidy(period="2024-Q5"), InputError),
        (tidy(period="20224"), InputError),
    ],
)
def test_what_contradicts_itself_is_refused(frame, error):
    with pytest.raises(error):
        Panel.from_frame(frame)


def test_input_is_not_changed():
    frame = tidy()
    before = frame.copy()
    Panel.from_frame(frame).with_catalogue({"x": {"unit": "%"}})
    pd.testing.assert_frame_equal(frame, before)


def test_an_empty_word_of_a_catalogue_is_none_at_all(sample):
    units = pd.Series(["%", "", None, *["je"] * 8], dtype="str")
    unknown = Panel(sample.data, sample.catalogue.assign(unit=units)).catalogue["unit"].isna()
    assert unknown.tolist() == [False, True, True, *[False] * 8]
    assert Panel(sample.data, sample.catalogue.assign(unit="")).catalogue["unit"].isna().all()


def test_with_catalogue_sets_one_group_only(sample):
    changed = sample.with_catalogue(pd.DataFrame({"indicator": ["Nichtdeutsche"], "unit": ["v. H."]}))
    assert changed.entry("Nichtdeutsche")["unit"] == "v. H."
    assert sample.entry("Nichtdeutsche")["unit"] == "%"
    with pytest.raises(OptionError):
        sample.with_catalogue({"Nichtdeutsche": {"einheit": "%"}})


def test_html_names_every_indicator(sample):
    html = sample._repr_html_()
    assert all(name in html for name in ("Nichtdeutsche", "Bevölkerungsdichte"))


def test_unrounded_values_agree_with_printed_ones(sample):
    exact = rg.indicators.unrounded_values(sample)
    decimals = sample.data["indicator"].map(sample.catalogue.set_index("indicator")["decimals"]).astype(float)
    # denominators such as km2 are printed with one decimal, so density may be off by more than its own rounding
    simple = sample.data["indicator"] != "Bevölkerungsdichte"
    assert ((exact - sample.data["value"]).abs() <= 0.5 * 10.0**-decimals + 1e-2)[simple].mean() > 0.999


@pytest.mark.parametrize(
    "wish",
    [
        {"indicator": ["Nichtdeutsche", "Einpersonenhaushalte"], "period": [2023, 2024]},
        {"level": "city"},
        {"area": "17"},
        {},
    ],
)
def test_what_is_cut_out_is_a_panel_like_one_made_anew(sample, wish):
    part = sample.sel(**wish)
    anew = Panel(part.data.copy(), part.catalogue.copy())
    pd.testing.assert_frame_equal(part.data, anew.data, check_index_type="exact")
    pd.testing.assert_frame_equal(part.catalogue, anew.catalogue, check_index_type="exact")
    part.data.loc[:, "value"] = 0.0
    assert (sample.data["value"] != 0).any()
