"""The spatial-outlier test says whether an area differs from its neighbors more than areas do at random."""

from __future__ import annotations

from typing import Any

import pandas as pd

from regsam_geo.warning.statistics.aligned import Values, align
from regsam_geo.warning.statistics.permutation_test import DRAWS, Engine, p_columns, run_test


def spatial_outlier(
    values: Values, neighbors: Any, *, engine: Engine = "auto", draws: int = DRAWS, seed: int = 0
) -> pd.DataFrame:
    """Compare each area with the mean of its neighbors, with exact permutation p.

    Parameters
    ----------
    values, neighbors, engine, draws, seed
        As for ``local_moran``.

    Returns
    -------
    DataFrame
        Aligned to ``values``. ``statistic`` (the value minus its neighbors' mean, in the unit of the values),
        ``neighbors_mean``, ``n_neighbors``, ``p_low``, ``p_high`` (probability of standing as high above the
        neighbors if all values were placed at random), ``p``, ``p_floor``, ``p_error``, ``engine``; see
        ``local_moran``.

    Notes
    -----
    D_i = k_i z_i - S_i, with S_i the sum of the neighbors' values. All values are permuted, not only those of the
    neighbors: P(D >= d) is the mean over all areas v of P(S without v <= k z_v - d). See
    ``docs/methods/spatial.md``.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> districts = rg.load_boundaries("district")
    >>> panel = rg.load_sample().sel("Nichtdeutsche", period=2024, level="district")
    >>> shares = panel.data.set_index("area_id")["value"]
    >>> result = rg.spatial_outlier(shares, rg.neighbors(districts))
    >>> result["p"].idxmin(), round(float(result["p"].min()), 4)
    ('11', 0.0514)
    """
    aligned = align(values, neighbors)
    tails = run_test(aligned, "outlier", engine, draws, seed)
    means = aligned.neighbor_means()
    return aligned.frame(
        {
            "statistic": aligned.columns - means,
            "neighbors_mean": means,
            **p_columns(aligned, "outlier", tails),
        }
    )
