"""The band in which a series was to be expected, period by period: what a chart draws behind it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from regsam_geo.indicators import Panel
from regsam_geo.indicators.periods import frequency
from regsam_geo.warning.arrays import count
from regsam_geo.warning.change_test import newest_changes
from regsam_geo.warning.context import Context
from regsam_geo.warning.settings import Settings


def expected_band(
    panel: Panel,
    indicator: str,
    area: str,
    group: str | None = None,
    level: str = "district",
    *,
    coverage: float = 0.95,
    settings: Settings | None = None,
) -> pd.DataFrame:
    """Return, for each period, the value that was to be expected then and the band around it.

    Each row uses what was known up to its period: the newest change of all areas, the area's own past, and the
    scale of its changes (see ``change``).

    Parameters
    ----------
    panel
        Indicator values.
    indicator, group, area, level
        The series; the leading group by default.
    coverage
        Share of ordinary values that the band holds.
    settings
        The thresholds; ``Settings()`` by default.

    Returns
    -------
    DataFrame
        Index ``period``; ``value``, ``expected``, ``low``, ``high``. NaN where nothing could be expected yet.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> band = expected_band(rg.load_sample(), "Nichtdeutsche", "12")
    >>> bool(band.loc["2023", "value"] < band.loc["2023", "low"])
    True
    """
    from scipy.stats import t as student

    settings = settings or Settings()
    name = str(panel.entry(indicator, group)["group"])
    series = panel.sel(indicator, group=name)
    newest = frequency(series.periods[-1])
    rows = {}
    for period in [text for text in series.periods if frequency(text) == newest]:
        for cube, linked, test in newest_changes(series, Context(period, settings=settings)):
            if cube.level != level or area not in cube.area_ids:
                continue
            place = (0, int(cube.area_ids.get_loc(area)))
            enough = count(test.excess[:, :-1], 1)[place] >= settings.min_history
            usual = linked.y[0, -1, place[1]] - test.effect[place] if enough else np.nan
            reach = student.ppf(0.5 + coverage / 2, test.df[place]) * test.se[place]
            ends = linked.back(np.array([[usual, usual - reach, usual + reach]]))[0]
            rows[period] = (cube.value[0, -1, place[1]], *ends)
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["value", "expected", "low", "high"])
    return table.rename_axis("period")
