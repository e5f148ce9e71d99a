"""The indicators that are shipped with the package: 11 real ones of Munich, by district, up to 2000-2024."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from regsam_geo.indicators.panel import Panel
from regsam_geo.resources import data_folder


def load_sample() -> Panel:
    """Load the shipped sample: 11 indicators, 25 districts and the city, up to 2000-2024, complete catalogue.

    Returns
    -------
    Panel
        Figures of the City of Munich, Statistisches Amt, Indikatorenatlas 2025 (dl-de/by-2-0).

    Examples
    --------
    >>> import regsam_geo as rg
    >>> rg.load_sample()
    Panel(11 indicators, 2000–2024, district, city, 6162 rows)
    """
    return _sample()


@lru_cache(maxsize=1)
def _sample() -> Panel:
    folder = data_folder() / "indicators"
    words = dict.fromkeys(("indicator", "group", "period", "level", "area_id", "sign"), "str")
    data = pd.read_csv(
        folder / "sample.csv",
        dtype=words,
        # No word is taken as missing by itself: a group may well be called "NA".
        keep_default_na=False,
        na_values={"value": "", "base_1": "", "base_2": ""},
    )
    data["numerator"], data["denominator"] = data["base_1"], data["base_2"]
    return Panel(data, pd.read_csv(folder / "catalogue.csv"))
