"""Getis and Ord's G and G* against their definition, written out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.warning.statistics.getis_ord import getis_ord
from regsam_geo.warning.statistics.local_moran import local_moran


@pytest.fixture(scope="module")
def near():
    return rg.neighbors(rg.load_boundaries("district"))


@pytest.mark.parametrize("star", [False, True])
@pytest.mark.parametrize("gap", [False, True])
def test_statistic_is_its_definition(near, star, gap):
    values = pd.Series(np.random.default_rng(1).uniform(1, 9, 25), index=near.ids)
    if gap:
        values[["03", "17"]] = np.nan
    found = getis_ord(values, near, star=star)
    known = values.dropna()
    for area in known.index:
        around = [other for other in near[area] if other in known.index]
        rest = known.drop(area)
        if star:
            expected = known[[*around, area]].mean() / known.sum()
        else:
            expected = known[around].mean() / rest.sum()
            assert found.loc[area, "expected"] == pytest.approx(1 / len(rest))
        assert found.loc[area, "statistic"] == pytest.approx(expected)
        side = "high" if known[around].mean() > rest.mean() else "low"
        assert found.loc[area, "surrounding"] == side


def test_p_is_that_of_local_moran(near):
    values = pd.Series(np.random.default_rng(2).uniform(1, 9, 25), index=near.ids)
    for star in (False, True):
        pd.testing.assert_series_equal(getis_ord(values, near, star=star)["p"], local_moran(values, near)["p"])


def test_sum_of_zero_gives_no_statistic_but_a_p(near):
    values = pd.Series([-1.0, 1.0] * 12 + [0.0], index=near.ids)
    found = getis_ord(values, near, star=True)
    assert found["statistic"].isna().all()
    assert found["p"].notna().all()
