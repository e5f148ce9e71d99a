"""How much a change usually scatters: sampling, the indicator's own unrest, and each area's own history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regsam_geo.warning.statistics.robust import APART, CLIP, CLIPPED_SQUARE, Array, count, mean, robust_variance

BINS = 6
FLOOR = 1e-12

WIDENING_CHANCE = 0.8
"""Standard error of the winsorized standard deviation of n values, times sqrt(n) (Gaussian: 0.8)."""


class Scatter(NamedTuple):
    """How much the areas scatter in each period, in units of the usual scatter.

    Attributes
    ----------
    size, error
        Robust standard deviation of the areas (usually 1) and its standard error.
    areas
        Number of areas.
    """

    size: Array
    error: Array
    areas: npt.NDArray[np.int64]

    @classmethod
    def of(cls, standard: Array) -> Scatter:
        """Return the scatter of standardized changes; the areas are the last axis."""
        areas = count(standard, -1)
        # with 25 areas the scatter of one period is known to 16 %: only what exceeds this is unrest
        error = WIDENING_CHANCE / np.sqrt(np.maximum(areas, 1))
        return cls(np.sqrt(robust_variance(standard, -1)), error, areas)

    @property
    def past(self) -> Scatter:
        """The scatter of all periods but the newest."""
        return Scatter(self.size[:, :-1], self.error[:, :-1], self.areas[:, :-1])

    @property
    def widening(self) -> Array:
        """How much wider the areas scatter than usual; 1 within chance."""
        return np.asarray(np.fmax(self.size / (1.0 + self.error), 1.0))

    @property
    def events(self) -> npt.NDArray[np.bool_]:
        """In which periods the areas scatter so much more than usual that it is another event.

        Such a period says nothing about the usual scatter. Where they are no minority, they are the usual.
        """
        apart = self.size > 1.0 + APART * self.error
        # a majority of wild years is no exception but the rule, and the scale has to hold it
        rare = 2 * apart.sum(axis=1) < (self.areas > 0).sum(axis=1)
        return np.asarray(apart & rare[:, None])


@dataclass(frozen=True, eq=False)
class SamplingBins:
    """The changes of each series in six bins of like sampling variance: sorted once, fitted again and again.

    Attributes
    ----------
    cells
        Places of the changes in ``(T, A)``, shape (S, ``BINS``, W).
    filled
        Which of these places are no padding.
    sampling
        Sampling variance of each change, bin by bin; NaN where a bin is padded.
    """

    cells: npt.NDArray[np.int64]
    filled: npt.NDArray[np.bool_]
    sampling: Array

    @classmethod
    def of(cls, change: Array, sampling: Array) -> SamplingBins:
        """Sort the changes, shape (S, T, A) and NaN where there is none, by their sampling variance."""
        series = len(change)
        there = np.isfinite(change).reshape(series, -1)
        # Gaps sort behind all values and fall beyond the last bin.
        size = np.where(there, sampling.reshape(series, -1), np.inf)
        order = np.argsort(size, axis=1, kind="stable")
        # bins of equally many changes: the line is fitted to six points that are equally sure
        bounds = -(-there.sum(axis=1)[:, None] * np.arange(BINS + 1) // BINS)  # rounded up
        width = int(np.diff(bounds).max(initial=1))
        place = bounds[:, :-1, None] + np.arange(width)
        filled = place < bounds[:, 1:, None]
        cells = np.take_along_axis(order, np.where(filled, place, 0).reshape(series, -1), 1).reshape(place.shape)
        bins = cls(cells, filled, np.zeros(0))
        return replace(bins, sampling=bins.sorted_into(size))

    def sorted_into(self, x: Array) -> Array:
        """Return values of shape (S, T, A) bin by bin, NaN where a bin is padded."""
        series = len(x)
        picked = np.take_along_axis(x.reshape(series, -1), self.cells.reshape(series, -1), 1)
        return np.where(self.filled, picked.reshape(self.cells.shape), np.nan)

    def pooled_scale(self, excess: Array, most_of_sampling: Array | float = 1.0) -> tuple[Array, Array]:
        """Fit ``Var(excess) = tau^2 + kappa * sampling`` for each series, robustly; NaN does not count.

        Parameters
        ----------
        excess
            Shape (S, T, A).
        most_of_sampling
            Largest kappa: 1 where the sampling variance is that of counted cases, infinite where it is known up to
            a factor.

        Returns
        -------
        tau2, kappa
            Shape (S,); ``tau2 >= 0`` and ``0 <= kappa <= most_of_sampling``.

        Notes
        -----
        The winsorized variances of the bins are fitted by least squares, weighted with the inverse square of the
        fit (three rounds).
        """
        series, values = len(excess), self.sorted_into(excess)
        counted = np.isfinite(values)
        scatter, weight = np.nan_to_num(robust_variance(values, -1)), counted.any(-1)
        level = np.nan_to_num(mean(np.where(counted, self.sampling, np.nan), -1))
        tau2, kappa = np.zeros(series), np.zeros(series)
        fitted = np.maximum(scatter, FLOOR)
        # a variance is known in proportion to its size, so the weights need the fit and the fit the weights
        for _ in range(4):
            w = weight / fitted**2
            total = np.maximum(w.sum(1), 1e-300)
            mid, high = (w * level).sum(1) / total, (w * scatter).sum(1) / total
            spread = (w * (level - mid[:, None]) ** 2).sum(1)
            slope = (w * (level - mid[:, None]) * (scatter - high[:, None])).sum(1)
            # Areas of one size have one sampling variance: no line can be fitted, and all of the scatter is
            # unrest.
            steep = np.divide(slope, spread, out=np.zeros(series), where=spread > 0)
            # more than this, and tau^2 would have to be below 0
            most = np.divide(high, mid, out=np.zeros(series), where=mid > 0)
            # At most 1: changes cannot carry more than the whole sampling variance. At least 0: more cases never
            # make a rate less certain.
            kappa = np.minimum(np.clip(steep, 0.0, most_of_sampling), most)
            tau2 = np.maximum(high - kappa * mid, 0.0)
            fitted = np.maximum(tau2[:, None] + kappa[:, None] * level, FLOOR)
        return tau2, kappa


def own_scale(
    residuals: Array, prior_df_max: float, independent: float = 1.0
) -> tuple[Array, npt.NDArray[np.float64]]:
    """Shrink the variance of each area's standardized residuals towards the pool (Smyth 2004).

    Parameters
    ----------
    residuals
        Standardized, shape (S, T, A).
    prior_df_max
        Most degrees of freedom that the pool may lend.
    independent
        Share of the residuals that count as independent (overlapping changes: 1 / overlap).

    Returns
    -------
    variance, df
        Shape (S, A): the variance to multiply with, and the degrees of freedom of the t distribution.
    """
    # Smyth (2004): few years per area say little, the 25 areas together much; each area borrows from all
    kept = _without_one_event(residuals)
    n = count(kept, 1) * independent
    # Clipped and made consistent again: an area with one loud year keeps its ordinary scale.
    own = mean(np.minimum(kept**2, CLIP**2), 1) / CLIPPED_SQUARE
    pool = mean(own, 1)[:, None]
    # In units of the pool: how unlike the areas are must not depend on the unit of the series.
    ratio = own / np.where(pool > 0, pool, np.nan)
    spread = mean((ratio - 1.0) ** 2, 1)
    # the own variances would differ by 2 / n even if all areas were alike: only what is beyond tells them apart
    by_chance = 2.0 * mean(1.0 / np.where(n > 0, n, np.nan), 1)
    beyond = np.nan_to_num(spread - by_chance)
    # at least 4: fewer degrees of freedom give t so heavy tails that nothing is ever found
    prior = np.clip(2.0 / np.maximum(beyond, 2.0 / prior_df_max), 4.0, prior_df_max)[:, None]
    mixed = (prior * np.nan_to_num(pool, nan=1.0) + n * np.nan_to_num(own)) / (prior + n)
    return mixed, prior + n


BISECTIONS = 24


def unrest(effect: Array, sampling: Array) -> Array:
    """Return, per row, the variance to add to the sampling variances so that the effects scatter as they do.

    Shape (S, 1) from (S, A); 0 where the effects scatter no more than by chance. As DerSimonian and Laird (1986)
    do, but robust.
    """
    # No closed form for a robust variance: the unrest is the one at which the standardized effects have variance
    # 1.
    low = np.zeros((len(effect), 1))
    high = 4.0 * np.nan_to_num(robust_variance(effect, 1))[:, None] + FLOOR
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        wide = robust_variance(effect / np.sqrt(sampling + middle), 1)[:, None] > 1
        low, high = np.where(wide, middle, low), np.where(wide, high, middle)
    return (low + high) / 2


def variance_by_size(effect: Array, sampling: Array, free: npt.NDArray[np.bool_]) -> Array:
    """Return ``tau^2 + c * sampling`` of each effect of a row, shape (S, A); c is 1, or fitted where ``free``."""
    variance = sampling + unrest(effect, np.where(np.isfinite(sampling), sampling, np.nan))
    if free.any():
        bins = SamplingBins.of(effect[free][:, None], sampling[free][:, None])
        tau2, factor = bins.pooled_scale(effect[free][:, None], np.inf)
        fitted = np.maximum(tau2[:, None] + factor[:, None] * sampling[free], FLOOR)
        # six bins of few areas: as a whole the areas have to scatter as much as they do
        variance[free] = fitted * np.maximum(robust_variance(effect[free] / np.sqrt(fitted), 1), 1.0)[:, None]
    return variance


def scale_of_unlike(
    residuals: Array, prior_df_max: float, independent: float = 1.0
) -> tuple[Array, npt.NDArray[np.float64]]:
    """Shrink the variances of areas whose sizes are not known and may be as unlike as 1 : 100.

    As ``own_scale``; center and spread of the variances are those of their logarithms (Smyth 2004, section 6.2),
    which no single large area or small one rules, and the pool may lend less than four degrees of freedom.
    """
    from scipy.special import digamma, polygamma

    n = count(residuals, 1) * independent
    enough = n > 0
    half = np.where(enough, n, 1.0) / 2.0
    own = np.maximum(np.nan_to_num(mean(residuals**2, 1)), FLOOR)
    # the expectation and the variance of the logarithm of a mean of n squares
    logs = np.where(enough, np.log(own) - digamma(half) + np.log(half), np.nan)
    middle = mean(logs, 1)[:, None]
    areas = np.maximum(count(logs, 1), 2)
    spread = mean((logs - middle) ** 2, 1) * areas / (areas - 1.0)
    beyond = np.nan_to_num(spread - mean(np.where(enough, polygamma(1, half), np.nan), 1))
    prior = np.clip(2.0 * _inverse_trigamma(beyond), 1.0, prior_df_max)[:, None]
    pool = np.exp(np.nan_to_num(middle) + digamma(prior / 2.0) - np.log(prior / 2.0))
    return (prior * pool + n * own) / (prior + n), prior + n


def _inverse_trigamma(x: Array) -> Array:
    """Return y with trigamma(y) = x, by Newton's method on 1 / trigamma; infinite for x of 0 and below."""
    from scipy.special import polygamma

    positive = np.where(x > 1e-6, x, 1.0)
    y = 0.5 + 1.0 / positive
    for _ in range(20):
        value = polygamma(1, y)
        y = y + value * (1.0 - value / positive) / polygamma(2, y)
    return np.where(x > 1e-6, y, np.inf)


def _without_one_event(residuals: Array) -> Array:
    """Leave out the largest residual of each area where it is another event.

    One past spike does not make an area insensitive; an area that jumps again and again keeps its jumps.
    """
    size = np.where(np.isfinite(residuals), np.abs(residuals), -1.0)
    largest = size == size.max(axis=1, keepdims=True)
    return np.where(largest & (size > APART), np.nan, residuals)
