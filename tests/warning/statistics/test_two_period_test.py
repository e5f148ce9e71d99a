from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

import regsam_geo as rg
from regsam_geo.warning import Context
from regsam_geo.warning.detectors.change import change
from regsam_geo.warning.statistics.two_period_test import conditional_tails


@pytest.mark.parametrize(("x1", "x2"), [(5, 9), (0, 4), (7, 0), (12, 12)])
def test_ratios_are_binomial_given_both_periods(x1, x2):
    d1, d2, ratio = 1000.0, 1300.0, 1.2
    upper, lower = conditional_tails(x1, x2, d1, d2, ratio, part_of_whole=False)
    law = stats.binom(x1 + x2, d2 * ratio / (d1 + d2 * ratio))
    assert upper == pytest.approx(law.sf(x2) + law.pmf(x2) / 2, rel=1e-9)
    assert lower == pytest.approx(law.cdf(x2) - law.pmf(x2) / 2, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(("x1", "x2"), [(5, 9), (0, 4), (7, 0), (20, 25)])
def test_parts_of_a_whole_are_noncentral_hypergeometric(x1, x2):
    d1, d2, odds = 60, 50, 1.3
    upper, lower = conditional_tails(x1, x2, d1, d2, odds, part_of_whole=True)
    law = stats.nchypergeom_fisher(d1 + d2, d2, x1 + x2, odds)
    assert upper == pytest.approx(law.sf(x2) + law.pmf(x2) / 2, rel=1e-6)
    assert lower == pytest.approx(law.cdf(x2) - law.pmf(x2) / 2, rel=1e-6, abs=1e-9)


def test_two_periods_are_enough_for_a_comparison_over_the_areas():
    panel = rg.load_sample().sel("Hochbetagte", period=[2023, 2024])
    data = panel.data.copy()
    hit = (data["period"] == "2024") & (data["area_id"] == "05")
    data.loc[hit, ["numerator"]] *= 1.4
    found = change(rg.Panel(data, panel.catalogue), Context("2024")).set_index("area_id")
    assert set(found["reason"]) == {"change_two_periods"}
    assert found["p"].idxmin() == "05"
    assert found.loc["05", "p"] < 1e-4


def test_too_few_areas_give_no_test():
    panel = rg.load_sample().sel("Hochbetagte", period=[2023, 2024], level="district", area=["01", "02", "03"])
    found = change(panel, Context("2024"))
    assert found["p"].isna().all()
    assert np.isfinite(found["effect"]).all()
