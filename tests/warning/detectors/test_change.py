from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import regsam_geo as rg
from regsam_geo.warning import Context, Settings
from regsam_geo.warning.detectors.change import change
from regsam_geo.warning.statistics.change_test import newest_change_test, p_of_effect
from regsam_geo.warning.statistics.link import Linked

SETTINGS = Settings()


def random_walks(seed, series=60, years=15, areas=25, common=0.0, sd=0.05):
    """Log ratios whose yearly changes are independent and normal, with a change that all areas share."""
    rng = np.random.default_rng(seed)
    steps = rng.normal(0, sd, (series, years, areas)) + common * rng.normal(size=(series, years, 1))
    return np.cumsum(steps, axis=1)


def share_below(y, level=0.05):
    test = newest_change_test(Linked.plain(y), SETTINGS)
    p = p_of_effect(test.effect, test.se, test.df, np.zeros((len(y), 1)))
    return (p <= level).mean()


@pytest.mark.parametrize("years", [10, 15, 25])
@pytest.mark.parametrize("common", [0.0, 0.3])
def test_size_on_random_walks(years, common):
    assert 0.035 < share_below(random_walks(1, years=years, common=common)) < 0.06


def shocked(y, seed):
    """The same series, half of the areas of each moved by six standard deviations in one past year."""
    rng = np.random.default_rng(seed)
    series, years, areas = y.shape
    after = np.arange(years) >= rng.integers(1, years - 1, series)[:, None]
    return y + 0.3 * after[..., None] * (rng.random((series, 1, areas)) < 0.5)


def test_one_past_year_that_shocks_half_of_the_areas_is_not_taken_for_the_usual_scatter():
    y = random_walks(11, series=300, years=5)
    calm, wild = (newest_change_test(Linked.plain(x), SETTINGS) for x in (y, shocked(y, 61)))
    assert np.median(wild.tau2 / calm.tau2) == pytest.approx(1.0, abs=0.05)
    assert 0.035 < share_below(shocked(y, 61)) < 0.06


def test_years_of_events_count_where_they_are_the_rule():
    # two of three past years are wild: then wild is the usual
    y = random_walks(12, series=100, years=5)
    steps = np.diff(y, axis=1, prepend=0.0)
    steps[:, [1, 3]] *= 8
    test = newest_change_test(Linked.plain(np.cumsum(steps, axis=1)), SETTINGS)
    assert np.isfinite(test.se).all()
    assert np.median(np.sqrt(test.tau2)) > 0.05  # more than the calm year alone


def test_what_all_areas_share_changes_nothing():
    y = random_walks(2)
    shifted = y.copy()
    shifted[:, -1] += 0.4
    a, b = (newest_change_test(Linked.plain(x), SETTINGS) for x in (y, shifted))
    # a large common change may depend on the level: rarely, and then little
    alike = np.abs(a.effect - b.effect).max(axis=1) < 1e-9
    assert alike.mean() > 0.9
    np.testing.assert_allclose(a.se[alike], b.se[alike])
    np.testing.assert_allclose(a.effect, b.effect, atol=0.1)


def test_the_complement_of_a_share_gives_the_same_answer():
    panel = rg.load_sample().sel("Nichtdeutsche")
    other = panel.data.copy()
    other["numerator"] = other["denominator"] - other["numerator"]
    other["value"] = 100 - other["value"]
    mirrored = rg.Panel(other, panel.catalogue)
    a, b = (change(x, Context("2024")) for x in (panel, mirrored))
    np.testing.assert_allclose(a["p"], b["p"], rtol=1e-6)
    np.testing.assert_allclose(a["effect"], -b["effect"], atol=1e-9)
    np.testing.assert_allclose(a["expected"], 100 - b["expected"], rtol=1e-3)


def test_minimum_effect_test_is_the_worst_case_within_the_relevant_effect():
    effect, se, df, relevant = 0.3, 0.1, 12.0, 0.05
    truths = np.linspace(-relevant, relevant, 201)
    worst = max(stats.t.sf((effect - x) / se, df) + stats.t.cdf((-effect - x) / se, df) for x in truths)
    p = p_of_effect(*(np.array([[x]]) for x in (effect, se, df, relevant)))
    assert p.item() == pytest.approx(worst, rel=1e-9)


def test_the_order_of_rows_and_areas_does_not_matter():
    panel = rg.load_sample()
    mixed = rg.Panel(panel.data.sample(frac=1, random_state=3), panel.catalogue)
    pd.testing.assert_frame_equal(change(panel, Context("2024")), change(mixed, Context("2024")))


def test_input_is_not_changed():
    panel = rg.load_sample()
    before = panel.data.copy()
    change(panel, Context("2024"))
    pd.testing.assert_frame_equal(panel.data, before)


def test_a_missing_year_is_bridged_and_stated():
    panel = rg.load_sample().sel("Nichtdeutsche")
    gone = ~((panel.data["period"] == "2023") & (panel.data["area_id"] == "05"))
    found = change(rg.Panel(panel.data[gone], panel.catalogue), Context("2024")).set_index("area_id")
    assert found.loc["05", "details"]["gap"] == 2
    assert found.loc["05", "details"]["before_period"] == "2022"
    assert found.loc["06", "details"]["gap"] == 1
    assert np.isfinite(found.loc["05", "p"])


def test_the_way_back_from_a_spike_is_no_second_alarm():
    panel = rg.load_sample().sel("Hochbetagte")
    data = panel.data.copy()
    spike = (data["period"] == "2023") & (data["area_id"] == "05")
    data.loc[spike, ["value", "numerator"]] *= 1.5
    spiked = rg.Panel(data, panel.catalogue)
    during = change(spiked, Context("2023")).set_index("area_id")
    after = change(spiked, Context("2024")).set_index("area_id")
    assert during.loc["05", "p"] < 1e-4
    assert after.loc["05", "p"] > 0.1
    assert after.loc["05", "reason"] == "change_return"


def test_short_series_are_not_tested_against_a_past_they_do_not_have():
    panel = rg.load_sample().sel("Nichtdeutsche", period=["2022", "2023", "2024"])
    found = change(panel, Context("2024"))
    assert set(found["reason"]) == {"change_two_periods"}
    single = change(panel.sel(period="2024"), Context("2024"))
    assert single.empty or single["p"].isna().all()
