"""Rates: value = scale * numerator / denominator, unrounded where both Basiswerte are there."""

from __future__ import annotations

import pandas as pd

from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.panel import Panel


def scale_of_rows(panel: Panel) -> pd.Series:
    """Return the catalogue's scale for each row of ``panel.data``; NaN where the value is no ratio."""
    scales = panel.catalogue.set_index(list(CATALOGUE_KEY))["scale"].astype("float64")
    keys = pd.MultiIndex.from_frame(panel.data[list(CATALOGUE_KEY)])
    return pd.Series(scales.reindex(keys).to_numpy(), index=panel.data.index, name="scale")


def unrounded_values(panel: Panel) -> pd.Series:
    """Return each value unrounded where its Basiswerte give it, else as printed.

    Returns
    -------
    Series
        Aligned to ``panel.data``; NaN where the value is missing.

    Notes
    -----
    Basiswerte are rounded too: an area printed as 3.1 km² may be 3.146, which turns a density of 6,636 into
    6,734. Such a ratio says less than the printed value, which therefore stands wherever the ratio does not round
    to it.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> city = rg.load_sample().sel("Nichtdeutsche", period=2024, level="city")
    >>> float(unrounded_values(city).round(3).iloc[0])
    30.604
    """
    data = panel.data
    usable = data["numerator"].notna() & (data["denominator"] > 0) & data["value"].notna()
    rate = scale_of_rows(panel) * data["numerator"] / data["denominator"].where(data["denominator"] > 0)
    # the hair is for halves, which binary fractions miss
    too_far = (rate - data["value"]).abs() > _last_digit(panel) * (0.5 + 1e-9)
    trusted = usable & rate.notna() & ~too_far
    return rate.where(trusted, data["value"]).rename("value")


def _last_digit(panel: Panel) -> pd.Series:
    """Return the unit of the last printed digit for each row; NaN where the catalogue names no digits."""
    decimals = panel.catalogue.set_index(list(CATALOGUE_KEY))["decimals"].astype("float64")
    keys = pd.MultiIndex.from_frame(panel.data[list(CATALOGUE_KEY)])
    return pd.Series(10.0 ** -decimals.reindex(keys).to_numpy(), index=panel.data.index)
