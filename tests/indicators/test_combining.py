"""Own figures and the city's in one panel, and what is hidden of them."""

from __future__ import annotations

import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.errors import PanelError

OWN = {"indicator": "Beratungen", "period": 2024, "area_id": [1, 2], "value": [12.0, 30.0]}


def test_both_stand_in_one_panel_and_own_figures_come_first():
    sample = rg.load_sample()
    both = rg.Panel.from_frame(pd.DataFrame(OWN)).combine(sample)
    assert both.indicators == ["Beratungen", *sample.indicators]
    kept = both.sel(sample.indicators)
    pd.testing.assert_frame_equal(kept.data, sample.data)
    pd.testing.assert_frame_equal(kept.catalogue[sample.catalogue.columns], sample.catalogue)
    assert both.sel("Beratungen").data["value"].tolist() == [12.0, 30.0]
    assert sample.combine(pd.DataFrame(OWN)).indicators == [*sample.indicators, "Beratungen"]


def test_rows_that_stand_in_both_stand_once_unless_they_differ():
    sample = rg.load_sample()
    part = rg.Panel(sample.data[sample.data["period"] >= "2020"], sample.catalogue)
    pd.testing.assert_frame_equal(sample.combine(part).data, sample.data)
    other = part.data.copy()
    other.loc[other.index[3], "value"] += 1
    with pytest.raises(PanelError) as caught:
        sample.combine(rg.Panel(other, sample.catalogue))
    assert caught.value.code == "combine_values"
    assert caught.value.fields["n"] == 1


def test_two_meanings_of_one_name_are_refused():
    own = rg.Panel.from_frame(pd.DataFrame(OWN)).with_catalogue({"Beratungen": {"unit": "je 1.000"}})
    other = rg.Panel.from_frame(pd.DataFrame({**OWN, "area_id": [3, 4]}))
    assert own.combine(other).catalogue["unit"].tolist() == ["je 1.000"]
    with pytest.raises(PanelError) as caught:
        own.combine(other.with_catalogue({"Beratungen": {"unit": "%"}}))
    assert caught.value.code == "combine_catalogue"


def test_a_selection_hides_beside_other_figures_what_its_whole_hides():
    """Women alone would hide two cells; with men and all beside them a third one gives them away."""
    ids = [f"{k:02}" for k in range(1, 26)]
    women = [2.0 if key in ("03", "07") else 40.0 for key in ids]
    men = [1.0 if key == "11" else 50.0 for key in ids]
    groups = {"w": women, "m": men, "insgesamt": [a + b for a, b in zip(women, men, strict=True)]}
    rows = pd.concat(
        pd.DataFrame({"indicator": "F", "group": name, "period": 2024, "area_id": ids, "value": values})
        for name, values in groups.items()
    )
    whole = rg.Panel.from_frame(rows).with_catalogue({"F": {"counts_persons": True}})
    part = whole.sel(group="w")
    alone = rg.Study(part).published.data
    beside = rg.Study(part.combine(pd.DataFrame(OWN))).published.data
    beside = beside[beside["indicator"] == "F"].reset_index(drop=True)
    pd.testing.assert_frame_equal(beside, alone)
    assert (alone["sign"] == "suppressed").sum() > 2
