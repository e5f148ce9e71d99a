from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.errors import OptionError
from regsam_geo.situation import class_table

INDICATORS = ["Arbeitslose - Anteil", "(Regel-)Leistungsberechtigte - nicht erwerbsfähig - Anteil"]


def by_hand():
    """Compute both indices with pandas alone, step by step."""
    data = rg.load_sample().data
    data = data[(data["level"] == "district") & data["indicator"].isin(INDICATORS)]
    rate = 100 * data["numerator"] / data["denominator"]
    wide = data.assign(rate=rate).pivot_table(index=["area_id"], columns=["indicator", "period"], values="rate")

    def z(column):
        return (column - column.mean()) / column.std(ddof=0)

    status = z(sum(z(wide[(name, "2024")]) for name in INDICATORS))
    dynamics = z(sum(z(wide[(name, "2024")] - wide[(name, "2022")]) for name in INDICATORS))
    return status, dynamics


def test_indices_are_those_computed_by_hand():
    table = rg.status_dynamics(rg.load_sample(), INDICATORS, 2024)
    status, dynamics = by_hand()
    np.testing.assert_allclose(table["status_index"], status, atol=1e-12)
    np.testing.assert_allclose(table["dynamics_index"], dynamics, atol=1e-12)
    expected = pd.cut(status, [-np.inf, -1, 1, 1.5, np.inf], labels=["high", "medium", "low", "very_low"])
    assert table["status"].tolist() == expected.astype(str).tolist()


def test_class_table_is_four_by_three():
    counted = class_table(rg.status_dynamics(rg.load_sample(), INDICATORS, 2024))
    assert counted.shape == (4, 3)
    assert counted.to_numpy().sum() == 25


def test_areas_left_out_change_the_others_and_say_why():
    everything = rg.status_dynamics(rg.load_sample(), INDICATORS, 2024)
    table = rg.status_dynamics(
        rg.load_sample(), INDICATORS, 2024, invalid=["16"], population="Nichtdeutsche", min_population=25_000
    )
    assert table.loc["16", "left_out"] == "named_invalid"
    assert table.loc["01", "left_out"] == "few_people"
    assert table.loc["16", "class"] == ""
    assert np.isnan(table.loc["16", "status_index"])
    valid = table["left_out"] == ""
    assert table.loc[valid, "status_index"].mean() == pytest.approx(0, abs=1e-12)
    assert table.loc[valid, "status_index"].std(ddof=0) == pytest.approx(1)
    assert not np.allclose(table.loc[valid, "status_index"], everything.loc[valid, "status_index"])


def test_directions_weights_and_limits_are_arguments():
    panel = rg.load_sample()
    up = rg.status_dynamics(panel, INDICATORS, 2024)
    down = rg.status_dynamics(panel, INDICATORS, 2024, directions=dict.fromkeys(INDICATORS, -1))
    np.testing.assert_allclose(up["status_index"], -down["status_index"], atol=1e-12)
    one = rg.status_dynamics(panel, INDICATORS, 2024, weights={INDICATORS[1]: 0.0})
    np.testing.assert_allclose(one["status_index"], one[f"z {INDICATORS[0]}"], atol=1e-12)
    wide = rg.status_dynamics(panel, INDICATORS, 2024, status_limits=(-9, 9, 10))
    assert set(wide["status"]) == {"medium"}


def test_an_indicator_without_direction_is_refused():
    with pytest.raises(OptionError, match="Nichtdeutsche"):
        rg.status_dynamics(rg.load_sample(), ["Nichtdeutsche"], 2024)
    with pytest.raises(OptionError, match="Unsinn"):
        rg.status_dynamics(rg.load_sample(), ["Unsinn"], 2024)


def test_indicators_are_found_by_title_and_an_unknown_rule_is_refused():
    panel = rg.load_sample()
    by_title = rg.status_dynamics(panel, ["Arbeitslose"], 2024, weights={"Arbeitslose": 2.0})
    pd.testing.assert_frame_equal(by_title, rg.status_dynamics(panel, INDICATORS[:1], 2024))
    with pytest.raises(OptionError, match="min_population"):
        rg.status_dynamics(panel, INDICATORS, 2024, min_pop=3)
