"""Local Moran against esda, and its result frame."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.errors import AreaError, InputError, OptionError
from regsam_geo.warning.statistics.local_moran import local_moran


@pytest.fixture(scope="module")
def near():
    return rg.neighbors(rg.load_boundaries("district"))


@pytest.fixture(scope="module")
def values():
    panel = rg.load_sample().sel("Arbeitslose - Anteil", period=2024, level="district")
    return panel.data.set_index("area_id")["value"]


def esda_local_moran(values, near, permutations):
    """Return esda's statistic and its simulated two-sided p."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from esda import Moran_Local
        from libpysal.weights import W

        weights = W({area: near[area] for area in near.ids}, id_order=list(near.ids), silence_warnings=True)
        weights.transform = "r"
        return Moran_Local(values.loc[near.ids].to_numpy(), weights, permutations=permutations, seed=3, n_jobs=1)


@pytest.mark.slow  # esda compiles for half a minute
def test_agrees_with_esda(values, near):
    draws = 9999
    peer = esda_local_moran(values, near, draws)
    mine = local_moran(values, near).loc[near.ids]
    np.testing.assert_allclose(mine["statistic"], peer.Is, rtol=1e-9)
    simulated = peer.rlisas * np.sign(values.loc[near.ids] - values.mean()).to_numpy()[:, None]
    observed = peer.Is * np.sign(values.loc[near.ids] - values.mean()).to_numpy()
    margin = 1e-9
    for column, reached in (
        ("p_low", (simulated <= observed[:, None] + margin).mean(axis=1)),
        ("p_high", (simulated >= observed[:, None] - margin).mean(axis=1)),
    ):
        p = mine[column].to_numpy()
        # 25 areas, two tails: 4.5 standard errors are passed by chance in 1 of 3,000 runs; esda is seeded
        assert (np.abs(p - reached) <= 4.5 * np.sqrt(p * (1 - p) / draws) + 2e-4).all()
    words = {1: "high-high", 2: "low-high", 3: "low-low", 4: "high-low"}
    assert [words[q] for q in peer.q] == mine["quadrant"].tolist()


def test_result_follows_the_order_of_the_series(values, near):
    shuffled = values.sample(frac=1, random_state=1)
    result = local_moran(shuffled, near)
    assert result.index.equals(shuffled.index)
    pd.testing.assert_frame_equal(result.loc[values.index], local_moran(values, near))


def test_many_columns_give_one_row_per_column_and_area(values, near):
    table = pd.DataFrame({"a": values, "b": values.round(0), "c": -values})
    result = local_moran(table, near)
    assert len(result) == 75
    assert result.index.names == ["column", "area_id"]
    for name in table:
        pd.testing.assert_frame_equal(result.loc[name], local_moran(table[name], near))


def test_errors_say_what_does_not_match(values, near):
    with pytest.raises(AreaError) as unknown:
        local_moran(pd.concat([values, pd.Series({"99": 1.0})]), near)
    assert "99" in str(unknown.value)
    with pytest.raises(AreaError):
        local_moran(values.drop("17"), near)
    with pytest.raises(AreaError):
        local_moran(pd.concat([values, values.head(1)]), near)
    with pytest.raises(InputError):
        local_moran(np.arange(24.0), near)
    with pytest.raises(InputError):
        local_moran(values.replace(values.iloc[0], np.inf), near)
    with pytest.raises(OptionError):
        local_moran(values, near, engine="magic")
    with pytest.raises(OptionError):
        local_moran(values, [1, 2, 3])


def test_input_is_never_changed(values, near):
    copy = values.copy()
    local_moran(values, near)
    pd.testing.assert_series_equal(values, copy)


def test_quadrants_say_first_the_area_and_then_what_lies_around_it():
    chain = {"a": ["b"], "b": ["a", "c"], "c": ["b", "d"], "d": ["c", "e"], "e": ["d"]}
    found = local_moran(pd.Series([9.0, 1.0, 2.0, 8.0, 9.5], index=list(chain)), chain)
    # the mean is 5.9; around them lie 1, 5.5, 4.5, 5.75 and 8
    assert found["quadrant"].tolist() == ["high-low", "low-low", "low-low", "high-low", "high-high"]
    turned = local_moran(pd.Series([1.0, 9.0, 8.0, 2.0, 0.5], index=list(chain)), chain)
    assert turned["quadrant"].tolist() == ["low-high", "high-high", "high-high", "low-high", "low-low"]
