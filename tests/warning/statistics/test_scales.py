"""Robust scales and centers of many series at once, against what plain loops give."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t as student

from regsam_geo.warning.statistics.biweight import Biweight
from regsam_geo.warning.statistics.robust import median, robust_variance
from regsam_geo.warning.statistics.scales import SamplingBins, scale_of_unlike, unrest, variance_by_size


def winsorized(values):
    """The second moment about zero: values beyond 2.5 robust deviations count as 2.5, beyond 4 not at all."""
    values = [abs(x) for x in values if np.isfinite(x)]
    if not values:
        return np.nan
    scale = 1.4826 * float(np.median(values))
    kept = [min(x, 2.5 * scale) ** 2 for x in values if x <= 4 * scale]
    return sum(kept) / len(kept) / 0.97767


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_the_robust_variance_is_that_of_each_row(axis):
    rng = np.random.default_rng(2)
    x = rng.standard_t(2, (6, 7, 8))
    x[rng.random(x.shape) < 0.3] = np.nan
    x[0, :, 0], x[0, 0], x[:, 1, 1] = np.nan, np.nan, np.nan
    expected = np.apply_along_axis(winsorized, axis, x)
    np.testing.assert_allclose(robust_variance(x, axis), expected, rtol=1e-12)
    with np.errstate(all="ignore"):
        plain = np.ma.median(np.ma.masked_invalid(x), axis=axis).filled(np.nan)
    np.testing.assert_allclose(median(x, axis), plain)


def test_bins_hold_the_changes_in_the_order_of_their_sampling_variance():
    rng = np.random.default_rng(3)
    change, sampling = rng.normal(size=(5, 6, 7)), rng.random((5, 6, 7))
    change[rng.random(change.shape) < 0.2] = np.nan
    change[3], change[4, 1:] = np.nan, np.nan
    bins = SamplingBins.of(change, sampling)
    held = bins.sorted_into(change)
    for series in range(5):
        there = np.isfinite(change[series])
        ordered = change[series][there][np.argsort(sampling[series][there])]
        place = np.arange(len(ordered)) * 6 // max(len(ordered), 1)
        for number in range(6):
            inside = held[series, number]
            np.testing.assert_array_equal(inside[np.isfinite(inside)], ordered[place == number])
            held_sampling = bins.sampling[series, number]
            ordered_sampling = np.sort(sampling[series][there])
            np.testing.assert_array_equal(
                held_sampling[np.isfinite(held_sampling)], ordered_sampling[place == number]
            )


def test_the_fit_finds_unrest_and_share_of_sampling():
    rng = np.random.default_rng(5)
    sampling = rng.uniform(0.0, 4.0, (40, 40, 50))
    excess = rng.normal(size=sampling.shape) * np.sqrt(1.5 + 0.5 * sampling)
    tau2, kappa = SamplingBins.of(excess, sampling).pooled_scale(excess)
    assert tau2.mean() == pytest.approx(1.5, rel=0.05)
    assert kappa.mean() == pytest.approx(0.5, rel=0.05)


def test_values_left_out_do_not_count_in_the_fit():
    rng = np.random.default_rng(8)
    sampling = rng.uniform(0.0, 4.0, (40, 40, 50))
    excess = rng.normal(size=sampling.shape) * np.sqrt(1.5 + 0.5 * sampling)
    excess[:, :15] *= 3.0
    bins = SamplingBins.of(excess, sampling)
    excess[:, :15] = np.nan
    tau2, kappa = bins.pooled_scale(excess)
    # the standard error of both means is a fortieth
    assert tau2.mean() == pytest.approx(1.5, rel=0.1)
    assert kappa.mean() == pytest.approx(0.5, rel=0.1)
    assert bins.pooled_scale(np.full_like(excess, np.nan))[0].max() == 0.0


def test_the_center_is_that_of_the_larger_group():
    rng = np.random.default_rng(6)
    x, scale = rng.normal(size=(3, 4, 25)), np.full((3, 4, 25), 1.0)
    x[..., :11] += 30.0
    x[0, 0, :5], x[1, 1] = np.nan, np.nan
    there = np.isfinite(x)
    center = Biweight.of(there, scale).center(x)
    assert np.isnan(center[1, 1])
    for at in np.ndindex(3, 4):
        values = x[at][there[at]]
        if len(values):
            middle = np.median(values)
            for _ in range(10):
                weight = np.where(np.abs(values - middle) < 4, (1 - ((values - middle) / 4) ** 2) ** 2, 0.0)
                middle = np.average(values, weights=weight) if weight.sum() else middle
            assert center[at] == pytest.approx(middle, abs=1e-9)
            assert abs(center[at]) < 1.5


def test_nothing_given_is_changed():
    x, scale = np.random.default_rng(7).normal(size=(2, 3, 25)), np.ones((2, 3, 25))
    kept = x.copy()
    Biweight.of(np.isfinite(x), scale).center(x)
    robust_variance(x, 1)
    np.testing.assert_array_equal(x, kept)


def test_unrest_makes_the_effects_scatter_as_they_do():
    rng = np.random.default_rng(9)
    sampling = rng.uniform(0.5, 3.0, (20, 60))
    effect = rng.normal(size=sampling.shape) * np.sqrt(sampling + 2.0)
    found = unrest(effect, sampling)
    assert robust_variance(effect / np.sqrt(sampling + found), 1) == pytest.approx(np.ones(20), rel=1e-3)
    # what scatters less than by chance has no unrest
    assert unrest(effect / 10.0, sampling).max() < 1e-6


def test_both_parts_of_a_variance_are_found_from_the_areas_of_one_step():
    rng = np.random.default_rng(10)
    sampling = np.geomspace(0.01, 1.0, 400) + np.zeros((30, 400))
    effect = rng.normal(size=sampling.shape) * np.sqrt(0.2 + 5.0 * sampling)
    free = np.ones(30, dtype=bool)
    # the smallest area scatters by 0.25, the largest by 5.2
    variance = variance_by_size(effect, sampling, free)
    assert np.median(variance[:, 0]) == pytest.approx(0.25, rel=0.15)
    assert np.median(variance[:, -1]) == pytest.approx(5.2, rel=0.15)
    known = variance_by_size(effect, sampling, ~free)
    np.testing.assert_allclose(known - sampling, (known - sampling)[:, :1] + np.zeros(sampling.shape))


@pytest.mark.parametrize("prior", [2.0, 8.0])
def test_variances_of_unlike_areas_are_shrunken_as_far_as_they_are_alike(prior):
    """Variances drawn from the prior that the formula supposes: its degrees of freedom are found again."""
    rng = np.random.default_rng(11)
    variance = 3.0 * prior / rng.chisquare(prior, (20, 1, 400))
    residuals = rng.normal(size=(20, 12, 400)) * np.sqrt(variance)
    mixed, df = scale_of_unlike(residuals, 60.0)
    assert np.median(df) - 12 == pytest.approx(prior, rel=0.25)
    # a further residual is then Student's t
    newest = rng.normal(size=(20, 400)) * np.sqrt(variance[:, 0])
    p = 2 * student.sf(np.abs(newest) / np.sqrt(mixed), df)
    assert (p <= 0.05).mean() == pytest.approx(0.05, abs=0.008)
    assert (p <= 0.001).mean() == pytest.approx(0.001, abs=0.001)


def test_areas_that_are_alike_borrow_as_much_as_may_be():
    residuals = np.random.default_rng(12).normal(size=(30, 12, 200))
    assert np.median(scale_of_unlike(residuals, 33.0)[1]) == pytest.approx(12 + 33.0)
