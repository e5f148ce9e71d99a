from __future__ import annotations

import numpy as np
import pytest

import regsam_geo as rg
from regsam_geo.warning import Context, Settings
from regsam_geo.warning.detectors.drift import drift
from regsam_geo.warning.statistics.change_test import newest_change_test, p_of_effect
from regsam_geo.warning.statistics.drift_test import WINDOWS, _without_one_jump, drift_test
from regsam_geo.warning.statistics.link import Linked


def ar_levels(seed, series, years, persistence, areas=25):
    rng = np.random.default_rng(seed)
    level = np.zeros((series, years + 40, areas))
    for year in range(1, years + 40):
        level[:, year] = persistence * level[:, year - 1] + rng.normal(0, 0.04, (series, areas))
    return level[:, 40:] + 0.2 * np.cumsum(rng.normal(size=(series, years, 1)), axis=1)


@pytest.mark.parametrize("persistence", [1.0, 0.9, 0.5])
@pytest.mark.parametrize("years", [12, 25])
def test_level_holds_on_random_walks_and_autoregressions(persistence, years):
    test = newest_change_test(Linked.plain(ar_levels(7, 80, years, persistence)), Settings())
    p = []
    for window in WINDOWS:
        part = drift_test(test, window)
        p.append(p_of_effect(part.effect, part.se, part.df, np.zeros((80, 1))))
    both = np.minimum(2 * np.min(p, axis=0), 1)
    assert (both <= 0.05).mean() < 0.06


def with_drift(yearly, years, area="05", indicator="Hochbetagte"):
    panel = rg.load_sample()
    data = panel.data.copy()
    cell = (data["indicator"] == indicator) & (data["area_id"] == area) & (data["period"] > str(2024 - years))
    power = (data["period"].astype(int) - (2024 - years))[cell]
    data.loc[cell, "numerator"] *= yearly**power
    data.loc[cell, "value"] = (100 * data["numerator"] / data["denominator"])[cell].round(1)
    return rg.Panel(data, panel.catalogue)


def test_a_steady_departure_is_a_drift():
    found = drift(with_drift(1.05, 5), Context("2024")).set_index(["indicator", "area_id"])
    row = found.loc[("Hochbetagte", "05")]
    assert row["p"] < 0.01
    assert row["direction"] == "up"
    assert row["details"]["before_period"] in ("2019", "2021")
    assert row["expected"] < row["value"]


def test_a_single_jump_is_no_drift():
    found = drift(with_drift(1.3, 1), Context("2024")).set_index(["indicator", "area_id"])
    assert found.loc[("Hochbetagte", "05"), "p"] > 0.01


def test_the_largest_change_of_a_window_counts_as_the_second_largest():
    rng = np.random.default_rng(3)
    changes = np.round(rng.normal(size=(2, 9, 4)), 1)
    changes[0, 4, 1] = np.nan
    for years in WINDOWS:
        sums = _without_one_jump(changes, years)
        assert np.isnan(sums[:, : years - 1]).all()
        for at in np.ndindex(2, 9, 4):
            window = changes[at[0], at[1] - years + 1 : at[1] + 1, at[2]]
            if at[1] < years - 1 or np.isnan(window).any():
                assert np.isnan(sums[at])
                continue
            first, second = sorted(window, key=abs)[:-3:-1]
            assert sums[at] == pytest.approx(window.sum() - first + np.sign(first) * abs(second))


def test_short_series_have_no_drift():
    panel = rg.load_sample().sel("Hochbetagte", period=[2022, 2023, 2024])
    found = drift(panel, Context("2024"))
    assert found["p"].isna().all()
    assert set(found["reason"]) == {"drift_short_history"}
