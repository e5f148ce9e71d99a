"""The most cases that were to be expected, period by period: what a chart draws above a count."""

from __future__ import annotations

import pandas as pd

from regsam_geo.indicators import Panel
from regsam_geo.indicators.periods import frequency
from regsam_geo.study.settings import Settings
from regsam_geo.warning.detectors.surge import surge_bounds
from regsam_geo.warning.schema.cube import cubes


def usual_most(
    panel: Panel,
    indicator: str,
    area: str,
    group: str | None = None,
    level: str = "district",
    *,
    settings: Settings | None = None,
) -> pd.Series:
    """Return, for each period, what is exceeded in 5 of 100 ordinary periods, with what was known then.

    Parameters
    ----------
    panel
        Indicator values: those that may be shown, so that no bound rests on a hidden one.
    indicator, group, area, level
        The series; the leading group by default.
    settings
        The thresholds; ``Settings()`` by default.

    Returns
    -------
    Series
        Index ``period``, in the unit of the indicator; empty for what is no count by quarter, month or week.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> len(usual_most(rg.load_sample(), "Nichtdeutsche", "12"))
    0
    """
    name = str(panel.entry(indicator, group)["group"])
    series = panel.sel(indicator, group=name)
    newest = max(period for period in series.periods if frequency(period) == frequency(series.periods[-1]))
    for cube in cubes(series, newest):
        if cube.level == level and area in cube.area_ids:
            bounds = surge_bounds(cube, settings or Settings())[0, :, cube.area_ids.get_loc(area)]
            known = pd.Series(bounds, index=[cube.periods.get(int(number), "") for number in cube.numbers])
            return known[known.notna()].rename_axis("period")
    return pd.Series(dtype="float64").rename_axis("period")
