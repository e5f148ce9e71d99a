"""Getis and Ord's G and G*: the share of all values that an area's surrounding has."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.warning.statistics.aligned import Aligned, Values, align
from regsam_geo.warning.statistics.permutation_test import DRAWS, Engine, p_columns, run_test


def getis_ord(
    values: Values,
    neighbors: Any,
    *,
    star: bool = False,
    engine: Engine = "auto",
    draws: int = DRAWS,
    seed: int = 0,
) -> pd.DataFrame:
    """Compute Getis and Ord's local G, or G*, with exact conditional-permutation p.

    Parameters
    ----------
    values
        As for ``local_moran``. G is meant for values of one sign, such as rates and counts.
    neighbors, engine, draws, seed
        As for ``local_moran``.
    star
        Count the area itself as one of its surrounding (G*).

    Returns
    -------
    DataFrame
        Aligned to ``values``. ``statistic`` (the mean of the surrounding over the sum of all values, for G without
        the area itself), ``expected`` (its mean if the neighbors' values are drawn from the other areas),
        ``surrounding`` (``"high"`` or ``"low"``: the side of the expectation on which it lies),
        ``n_neighbors``, ``p_low``, ``p_high``, ``p``, ``p_floor``, ``p_error``, ``engine``; see
        ``local_moran``.

    Notes
    -----
    G_i = sum_j w_ij x_j / sum_{j != i} x_j and G*_i = sum_j w_ij x_j / sum_j x_j with j = i included, weights that
    sum to 1 (Getis and Ord 1992, Ord and Getis 1995). Given the own value, G, G* and local Moran's I are all
    increasing or decreasing functions of the neighbors' sum: **their p is the same test**, and never counts as
    a second reason.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> districts = rg.load_boundaries("district")
    >>> panel = rg.load_sample().sel("Arbeitslose - Anteil", period=2024, level="district")
    >>> shares = panel.data.set_index("area_id")["value"]
    >>> result = rg.getis_ord(shares, rg.neighbors(districts), star=True)
    >>> result.loc["03", "surrounding"], round(float(result.loc["03", "p"]), 4)
    ('low', 0.015)
    """
    aligned = align(values, neighbors)
    tails = run_test(aligned, engine, draws, seed)
    statistic, expected = _statistic(aligned, star=star)
    # G and its expectation have the same denominator; the side is taken from the neighbors' mean itself
    side = np.sign(aligned.neighbor_means() - _mean_of_others(aligned.columns))
    # The mean of equal values may miss them in the last digit: a constant lies on no side.
    side[
        np.nanmax(aligned.columns, axis=1, initial=-np.inf) <= np.nanmin(aligned.columns, axis=1, initial=np.inf)
    ] = 0
    return aligned.frame(
        {
            "statistic": statistic,
            "expected": expected,
            "surrounding": np.where(side > 0, "high", np.where(side < 0, "low", "")).astype(object),
            **p_columns(aligned, tails),
        }
    )


def _mean_of_others(columns: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the mean of all other areas with a value; NaN where there is none."""
    present = np.isfinite(columns)
    others = present.sum(axis=1, keepdims=True) - 1
    total = np.where(present, columns, 0.0).sum(axis=1, keepdims=True) - columns
    means = np.full(columns.shape, np.nan)
    np.divide(total, others, out=means, where=present & (others > 0))
    return means


def _statistic(aligned: Aligned, *, star: bool) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return G (or G*) and its expectation under the conditional null; NaN without neighbors."""
    columns = aligned.columns
    total = np.where(np.isfinite(columns), columns, 0.0).sum(axis=1, keepdims=True)
    means, others = aligned.neighbor_means(), _mean_of_others(columns)
    whole = np.broadcast_to(total, columns.shape) if star else total - columns
    if star:
        weights = aligned.neighbors.weights
        share = aligned.neighbor_sums(np.isfinite(columns).astype(np.float64), weights)
        means = (share * means + columns) / (share + 1.0)
        others = (share * others + columns) / (share + 1.0)
        others = np.where(np.isfinite(means), others, np.nan)
    # Values of both signs may sum to 0, and a share of nothing is no number.
    usable = np.isfinite(means) & (whole != 0)
    statistic, expected = np.full(columns.shape, np.nan), np.full(columns.shape, np.nan)
    np.divide(means, whole, out=statistic, where=usable)
    np.divide(others, whole, out=expected, where=usable)
    return statistic, expected
