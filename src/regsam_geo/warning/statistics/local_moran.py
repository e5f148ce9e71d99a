"""Local Moran's I says whether an area lies in a surrounding of high or of low values."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.warning.statistics.aligned import Aligned, Values, Words, align
from regsam_geo.warning.statistics.permutation_test import DRAWS, Engine, Tails, p_columns, run_test


def local_moran(
    values: Values, neighbors: Any, *, engine: Engine = "auto", draws: int = DRAWS, seed: int = 0
) -> pd.DataFrame:
    """Compute local Moran's I with exact conditional-permutation p.

    Parameters
    ----------
    values
        A Series or a DataFrame of many columns with area ids as index, in any order; or an array in the order of
        the neighbors. NaN leaves the set of values and its neighbors' lists, nothing else.
    neighbors
        ``regsam_geo.neighbors(areas)``, a libpysal ``Graph`` or ``W``, or a mapping.
    engine
        ``"auto"``, or one of ``"tables"``, ``"halves"`` (both exact), ``"grid"`` (brackets p), ``"draws"``
        (simulates; the only one for weights that differ within a row).
    draws, seed
        For the engine ``"draws"``.

    Returns
    -------
    DataFrame
        Aligned to ``values``; for a DataFrame of values one row per column and area. ``statistic`` (I_i),
        ``neighbors_mean``, ``quadrant`` (``"high-low"``: a high value among low neighbors; empty where there is
        none), ``n_neighbors``, ``p_low`` and ``p_high`` (probability of neighbors that are as low, as high),
        ``p`` (two-sided), ``p_floor`` (the smallest p that these values and this number of neighbors can
        reach), ``p_error`` (by how much p may be too large, or its standard error; 0 if exact), ``engine``.
        Areas without neighbors have no p.

    Notes
    -----
    I_i = (n - 1) z_i sum_j w_ij z_j / sum z^2 with z the deviations from the mean and weights that sum to 1
    (Anselin 1995, with the factor of GeoDa and esda). Under the conditional null the neighbors' values are drawn
    without replacement from the other areas; p is counted, not simulated, and says "stands in a high (low)
    surrounding": z_i cancels. See ``docs/methods/spatial.md``.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> districts = rg.load_boundaries("district")
    >>> panel = rg.load_sample().sel("Arbeitslose - Anteil", period=2024, level="district")
    >>> shares = panel.data.set_index("area_id")["value"]
    >>> result = rg.local_moran(shares, rg.neighbors(districts))
    >>> result.loc["03", "quadrant"], int(result.loc["03", "n_neighbors"])
    ('low-low', 6)
    >>> round(float(result.loc["03", "p"]), 4)
    0.015
    """
    aligned = align(values, neighbors)
    # p of the neighbors' sum and not of I: given the own value one is the other, and the sum has exact tables.
    return moran_frame(aligned, run_test(aligned, engine, draws, seed))


def moran_frame(aligned: Aligned, tails: Tails) -> pd.DataFrame:
    """Return the tests as ``local_moran`` does."""
    means = aligned.neighbor_means()
    deviation, spread = _deviations(aligned.columns)
    around = means - (aligned.columns - deviation)
    statistic = np.divide(deviation * around, spread, out=np.full(means.shape, np.nan), where=spread > 0)
    return aligned.frame(
        {
            "statistic": statistic,
            "neighbors_mean": means,
            "quadrant": Words(QUADRANTS, quadrants(deviation, around)),
            **p_columns(aligned, tails),
        }
    )


def _deviations(columns: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the deviations from the mean of the valid areas, and their sample variance per column."""
    present = np.isfinite(columns)
    complete = bool(present.all())
    counted = present.sum(axis=1, keepdims=True)
    total = (columns if complete else np.where(present, columns, 0.0)).sum(axis=1, keepdims=True)
    deviation = columns - total / np.maximum(counted, 1)
    # the mean of equal values may miss them in the last digit, and a variance of 1e-32 would be divided by
    constant = np.fmax.reduce(columns, axis=1, initial=-np.inf) <= np.fmin.reduce(columns, axis=1, initial=np.inf)
    if constant.any():
        deviation[constant] *= 0.0
    squares = (deviation if complete else np.where(present, deviation, 0.0)) ** 2
    return deviation, np.broadcast_to(
        squares.sum(axis=1, keepdims=True) / np.maximum(counted - 1, 1), columns.shape
    )


QUADRANTS = ("", "low-low", "low-high", "high-low", "high-high")


def quadrants(own: npt.NDArray[np.float64], around: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    """Say on which side of the mean an area and its neighbors lie, as places in ``QUADRANTS``."""
    # 0 where one lies on neither side, or is not known
    sided = (own != 0) & (around != 0) & np.isfinite(own) & np.isfinite(around)
    return np.asarray((1 + 2 * (own > 0) + (around > 0)) * sided, dtype=np.intp)
