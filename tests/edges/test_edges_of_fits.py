"""The numbers inside the fit of a change and of a drift have a case on either side of their edge, too.

===========================  =======  ==============================================================
constant                     value    case
===========================  =======  ==============================================================
``NORMAL_MAD``               1.4826   the scale of a standard normal variable is 1
``CLIP``, ``CLIPPED_SQUARE`` 2.5      so is its winsorized variance
``APART``                    4        another event: scatter, center, own scale
``WORTH``                    9        a line in the level is told apart from a constant
``PERSISTENCE_LIMIT``        0.9      what comes again a year later
``APART`` and chance         4 x 0.8  a wild year leaves the pool
``kappa``                    0 to 1   share of the sampling variance
``PRIOR_DF_MAX``             12       degrees of freedom that the pool lends to a drift
``LEAST_RATIO``              0.1      variance of changes that swing back
``EFFICIENCY``               0.78     degrees of freedom of two periods
``BREAK_Z``                  8        a step of all areas stands out of a restless series
``BREAK_SHARE``              0.9      ... in nearly all areas
``OTHERS_MOVE``              4        ... while nothing else moves
``spike``, ``4``                      ``tests/printed/test_printed_expected.py``
===========================  =======  ==============================================================

What decides how something is worked out and not what comes out (blocks, tables and columns at once, the widths of
a bracket in ``permutation/``) has no edge that could be seen; brute force holds it in
``tests/warning/statistics``.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import quad
from scipy.stats import norm

import regsam_geo as rg
from regsam_geo.warning.statistics.biweight import Biweight
from regsam_geo.warning.statistics.change_test import _persistence
from regsam_geo.warning.statistics.common_change import common_change
from regsam_geo.warning.statistics.drift_test import _variance_ratio, drift_test
from regsam_geo.warning.statistics.robust import robust_variance
from regsam_geo.warning.statistics.scales import SamplingBins, Scatter, own_scale

NAME = "Arbeitslose - Anteil"
IDS = [f"{number:02d}" for number in range(1, 26)]
NORMAL = norm.ppf((np.arange(4001) + 0.5) / 4001)
"""A standard normal variable, evenly."""


def test_a_standard_normal_variable_scatters_by_one():
    # its robust scale is 1, so it is cut at 2.5 and the rest is made up for
    wanted = quad(lambda z: min(z * z, 2.5**2) * norm.pdf(z), -12, 12, points=(-2.5, 2.5))[0]
    assert robust_variance(NORMAL, 0) == pytest.approx(1.0, abs=2e-4)
    inside = 2 * quad(lambda z: min(z * z, 2.5**2) * norm.pdf(z), 0, 4)[0] / wanted
    assert inside == pytest.approx(1.0, abs=5e-4)
    assert robust_variance(3 * NORMAL, 0) == pytest.approx(9.0, abs=2e-3)


@pytest.mark.parametrize(("far", "counts"), [(3.999, True), (4.001, False)])
def test_beyond_four_scales_it_is_another_event(far, counts):
    usual = np.array([-1.0, 1.0] * 10) / 1.4826
    found = robust_variance(np.append(usual, far), 0)
    squares = [*(usual**2), min(far, 2.5) ** 2] if counts else usual**2
    assert found == pytest.approx(np.mean(squares) / 0.97767, rel=1e-9)


@pytest.mark.parametrize(("far", "weighs"), [(3.99, True), (4.01, False)])
def test_beyond_four_scales_nothing_pulls_the_center(far, weighs):
    scale = np.full((1, 1, 1), 2.0)
    near = Biweight.of(np.ones((1, 1, 1), dtype=bool), scale)
    assert (near.weights(np.full((1, 1, 1), 2.0 * far)).item() > 0) == weighs
    # half way the weight is 9/16
    assert near.weights(np.full((1, 1, 1), 4.0)).item() == pytest.approx((1 - 1 / 4) ** 2 / 4)


@pytest.mark.parametrize(("far", "left_out"), [(3.99, False), (4.01, True)])
def test_one_event_leaves_the_scale_of_its_area(far, left_out):
    usual = np.ones((1, 9, 5)) * np.where(np.arange(9) % 2, 1, -1)[None, :, None]
    usual[0, 4, 0] = far
    _, df = own_scale(usual, 60.0)
    assert df[0, 0] - df[0, 1] == pytest.approx(-1.0 if left_out else 0.0)


@pytest.mark.parametrize(("gain", "tilted"), [(8.5, False), (9.5, True)])
def test_a_line_in_the_level_has_to_gain_nine(gain, tilted):
    """All areas on one straight line: what the line gains over a constant is known beforehand."""
    level = np.linspace(-1, 1, 25)
    # center 10: the slope is held near zero by a variance of 25, which costs little
    steep = math.sqrt(gain / (level @ level) * (1 + 0.04 / (level @ level)))
    change = (10.0 + steep * level)[None, None]
    common, middle = common_change(change, np.ones((1, 1, 25)), level[None, None])
    assert (np.ptp(common) > 0.1) == tilted
    assert middle.item() == pytest.approx(10.0, abs=1e-6)


@pytest.mark.parametrize(("again", "kept"), [(0.85, 0.85), (0.95, 0.9), (-0.85, -0.85), (-0.95, -0.9)])
def test_at_most_nine_tenths_come_again(again, kept):
    before = np.linspace(-2, 2, 20).reshape(1, 4, 5)
    assert _persistence(again * before, before) == pytest.approx([kept])


def test_what_came_before_is_cut_at_two_and_a_half():
    before, now = np.full((1, 2, 5), 5.0), np.full((1, 2, 5), 1.0)
    assert _persistence(now, before) == pytest.approx([1.0 / 2.5])
    assert _persistence(now, np.full((1, 2, 5), 2.0)) == pytest.approx([0.5])


@pytest.mark.parametrize(("size", "event"), [(1 + 4 * 0.16 - 0.01, False), (1 + 4 * 0.16 + 0.01, True)])
def test_a_wild_year_leaves_the_pool_from_four_standard_errors_on(size, event):
    # with 25 areas the scatter of a year is known to 0.8 / 5
    scatter = Scatter(np.array([[size, 1.0, 1.0]]), np.full((1, 3), 0.8 / 5), np.full((1, 3), 25))
    assert scatter.events.tolist() == [[event, False, False]]
    assert Scatter.of(np.ones((1, 1, 25))).error.item() == pytest.approx(0.16)


@pytest.mark.parametrize(("wild", "leave"), [(1, True), (2, False), (3, False)])
def test_wild_years_leave_the_pool_only_while_they_are_fewer_than_half(wild, leave):
    size = np.where(np.arange(4) < wild, 3.0, 1.0)[None]
    scatter = Scatter(size, np.full((1, 4), 0.16), np.full((1, 4), 25))
    assert scatter.events.sum() == (wild if leave else 0)


@pytest.mark.parametrize("carried", [0.0, 0.5, 1.0, 1.5])
def test_changes_carry_at_most_the_whole_sampling_variance(carried):
    rng = np.random.default_rng(1)
    sampling = np.repeat(np.linspace(0.5, 5, 12), 200).reshape(1, 12, 200)
    excess = rng.standard_normal(sampling.shape) * np.sqrt(0.2 + carried * sampling)
    tau2, kappa = SamplingBins.of(excess, sampling).pooled_scale(excess)
    assert 0 <= kappa.item() <= 1
    assert kappa.item() == pytest.approx(min(carried, 1.0), abs=0.08)
    assert tau2.item() >= 0


def swinging(periods, areas, turn):
    """Changes of one series: the next is the last one times ``turn``."""
    first = np.random.default_rng(2).standard_normal(areas)
    return np.stack([first * turn**period for period in range(periods)])[None]


def test_changes_that_swing_back_leave_a_tenth_of_the_variance():
    # 1 + 2 (2/3 rho_1 + 1/3 rho_2) with rho -1 and +1 is a third, over five years less than a tenth
    assert _variance_ratio(np.clip(swinging(12, 25, -1.0), -2.5, 2.5), 3) == pytest.approx([1 / 3])
    noisy = swinging(40, 25, -1.0)
    for years in (2, 4):
        assert _variance_ratio(np.clip(noisy, -2.5, 2.5), years) == pytest.approx([0.1])
    assert _variance_ratio(np.clip(swinging(12, 25, 1.0), -2.5, 2.5), 3) == pytest.approx([3.0])


def test_the_pool_lends_at_most_twelve_degrees_of_freedom_to_a_drift():
    from types import SimpleNamespace

    # areas that scatter alike: as much is lent as may be
    excess = np.where(np.random.default_rng(3).random((1, 20, 25)) < 0.5, -1.0, 1.0)
    found = drift_test(
        SimpleNamespace(
            excess=excess, scale=np.ones_like(excess), loose=np.array([False]), df=np.full((1, 25), 60.0)
        ),
        3,
    )
    windows = 20 - 3 + 1 - 3  # none of them shares a year with the newest
    assert found.df.max() <= 12.0 + windows / 3 + 1e-9
    assert found.df.max() > 12.0
    short = drift_test(
        SimpleNamespace(
            excess=excess[:, :4], scale=np.ones((1, 4, 25)), loose=np.array([False]), df=np.full((1, 25), 60.0)
        ),
        3,
    )
    assert short.df == pytest.approx(np.full((1, 25), 12.0))


def test_two_periods_have_four_fifths_of_the_degrees_of_freedom():
    panel = rg.load_sample().sel("Hochbetagte", period=[2023, 2024])
    found = rg.detect_warnings(panel, period=2024).facts.findings
    found = found[(found["reason"] == "change_two_periods")]
    assert {round(one["df"], 9) for one in found["details"]} == {round(0.78 * 24, 9)}


def restless(steps, *, step=1.3, areas=25, others=None):
    """Two indicators whose districts all move by the given yearly changes, with a step of some of them in 2019."""
    years = [str(year) for year in range(2009, 2025)]
    catalogue = rg.load_sample().catalogue
    names = [NAME, "Hochbetagte"]
    rows = []
    for name, moves in zip(names, (steps, others if others is not None else np.zeros(15)), strict=True):
        entry = catalogue[catalogue["indicator"] == name].iloc[0]
        for place, area in enumerate(IDS):
            level = 2000.0 + 40 * place
            for at, year in enumerate(years):
                if at:
                    level *= math.exp(moves[at - 1])
                jumped = step if name == NAME and year >= "2019" and place < areas else 1.0
                count, under = round(level * jumped), 100_000.0
                key = {"indicator": name, "group": entry["group"], "period": year, "level": "district"}
                rows.append(
                    {**key, "area_id": area, "value": round(100 * count / under, 3), "numerator": float(count)}
                    | {"denominator": under, "base_1": float(count), "base_2": under}
                )
    frame = pd.DataFrame(rows).reindex(columns=rg.load_sample().data.columns).assign(sign="")
    found = rg.check_panel(rg.Panel(frame, catalogue[catalogue["indicator"].isin(names)].assign(decimals=3)))
    return set(found.loc[found["reason"] == "data_break", "indicator"])


@pytest.mark.parametrize(("areas", "asked"), [(22, False), (23, True)])
def test_nine_tenths_of_the_areas_make_a_break(areas, asked):
    assert restless(np.zeros(15), areas=areas) == ({NAME} if asked else set())


@pytest.mark.parametrize(("unrest", "asked"), [(0.048, True), (0.052, False)])
def test_a_break_stands_eight_scales_out_of_the_changes_of_its_series(unrest, asked):
    steps = np.insert(unrest * np.linspace(-1, 1, 14)[[3, 9, 0, 12, 6, 1, 10, 4, 13, 8, 2, 11, 5, 7]], 9, 0.0)
    seen = steps.copy()
    seen[9] = math.log(1.45)
    usual = np.median(seen)
    z = (seen[9] - usual) / (1.4826 * np.median(np.abs(seen - usual)))
    assert (8 < z < 9) if asked else (7 < z < 8)
    assert restless(steps, step=1.45) == ({NAME} if asked else set())


@pytest.mark.parametrize(("moved", "asked"), [(0.07, True), (0.09, False)])
def test_a_break_is_none_where_another_indicator_moves_too(moved, asked):
    # a series at rest has a scale of 0.02, so four of them are 0.08
    others = np.zeros(15)
    others[9] = moved
    assert restless(np.zeros(15), others=others) == ({NAME} if asked else set())
