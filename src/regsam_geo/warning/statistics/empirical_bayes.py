"""Empirical-Bayes rates: what small denominators make noisy is drawn towards, or standardized by, the whole."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.warning.statistics.matched_counts import matched_counts


class _Moments(NamedTuple):
    rate: npt.NDArray[np.float64]
    mean: float
    spread: float  # variance of the true rates between areas
    usable: npt.NDArray[np.bool_]


def standardized_rates(numerator: pd.Series, denominator: pd.Series) -> pd.Series:
    """Standardize rates by the variance that each denominator alone would give them.

    Parameters
    ----------
    numerator, denominator
        Series with the same area ids.

    Returns
    -------
    Series
        (p_i - b) / sqrt(v_i), aligned to ``numerator``; NaN where a value is missing or the denominator is 0,
        which concerns that area only.

    Raises
    ------
    InputError
        If the ids differ, or a number is negative.

    Notes
    -----
    Assuncao and Reis (1999): b is the overall rate, v_i = a + b / x_i with the moment estimator
    a = s^2 - b / mean(x), taken as 0 where it makes v_i negative. Put into ``local_moran`` this is the
    Empirical-Bayes index. Its permutation p is exact only if the standardized rates are exchangeable, which
    they are nearly, not strictly: standardizing evens out the variances, not the shapes of the distributions.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample().sel("Arbeitslose - Anteil", period=2024, level="district")
    >>> rows = panel.data.set_index("area_id")
    >>> rg.standardized_rates(rows["numerator"], rows["denominator"]).round(2).loc[["01", "16"]].tolist()
    [-1.59, 1.97]
    """
    found, x = _moments(numerator, denominator)
    variance = np.full(len(x), np.nan)
    np.divide(found.mean, x, out=variance, where=found.usable)
    # The moment estimator can be negative where rates scatter less than chance. Only the areas whose sum would be
    # negative fall back to their sampling variance, as in Assuncao and Reis (1999).
    variance = np.where(found.spread + variance < 0, variance, found.spread + variance)
    z = np.full(len(x), np.nan)
    np.divide(found.rate - found.mean, np.sqrt(variance), out=z, where=found.usable & (variance > 0))
    # No case anywhere: all rates are 0, none stands apart, and 0 says so where NaN would say "missing".
    z[found.usable & ~(variance > 0)] = 0.0
    return pd.Series(z, index=numerator.index, name="standardized_rate")


def shrunken_rates(numerator: pd.Series, denominator: pd.Series) -> pd.Series:
    """Draw each rate towards the overall rate, the more the smaller its denominator.

    Parameters
    ----------
    numerator, denominator
        Series with the same area ids.

    Returns
    -------
    Series
        Aligned to ``numerator``; NaN where a value is missing or the denominator is 0.

    Notes
    -----
    Marshall (1991): b + (p_i - b) A / (A + b / x_i), with A = max(0, s^2 - b / mean(x)).

    Examples
    --------
    >>> import pandas as pd
    >>> import regsam_geo as rg
    >>> small = pd.Series([0.0, 4.0, 90.0, 110.0], index=list("abcd"))
    >>> rg.shrunken_rates(small, pd.Series([10.0, 10.0, 1000.0, 1000.0], list("abcd"))).round(3).tolist()
    [0.097, 0.112, 0.092, 0.108]
    """
    found, x = _moments(numerator, denominator)
    # Unlike the standardized rates: a negative spread would push rates away from the mean instead of towards it.
    spread = max(found.spread, 0.0)
    noise = np.full(len(x), np.nan)
    np.divide(found.mean, x, out=noise, where=found.usable)
    total = spread + noise
    trust = np.full(len(x), np.nan)
    np.divide(spread, total, out=trust, where=found.usable & (total > 0))
    # Nothing to tell the areas apart by: each gets the overall rate.
    trust[found.usable & ~(total > 0)] = 0.0
    return pd.Series(found.mean + (found.rate - found.mean) * trust, index=numerator.index, name="shrunken_rate")


def _moments(numerator: pd.Series, denominator: pd.Series) -> tuple[_Moments, npt.NDArray[np.float64]]:
    """Estimate the overall rate and the variance between areas, both weighted by the denominators."""
    y, x = matched_counts(numerator, denominator)
    usable = np.isfinite(y) & np.isfinite(x) & (x > 0)
    rate = np.full(len(x), np.nan)
    np.divide(y, x, out=rate, where=usable)
    if not usable.any():
        return _Moments(rate, np.nan, np.nan, usable), x
    # weighted by size (Marshall 1991): the smallest areas scatter most and would set the spread of all
    people, weights = x[usable].sum(), x[usable] / x[usable].sum()
    mean = y[usable].sum() / people
    variance = float((weights * (rate[usable] - mean) ** 2).sum())
    return _Moments(rate, float(mean), variance - float(mean) / (people / usable.sum()), usable), x
