"""The band in which a series was to be expected, period by period: what a chart draws behind it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from regsam_geo.indicators import Panel, headlines
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.periods import frequency
from regsam_geo.study import Study
from regsam_geo.study.settings import Settings
from regsam_geo.text import say, watched
from regsam_geo.warning.detectors.newest_change import newest_changes
from regsam_geo.warning.report.detect import sound_figures
from regsam_geo.warning.report.history import only
from regsam_geo.warning.schema.detector import Context
from regsam_geo.warning.statistics.robust import count


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
    name = str(panel.entry(indicator, group)["group"])
    bands = expected_bands(panel.sel(indicator, group=name), level, coverage=coverage, settings=settings)
    return bands.loc[bands.index.get_level_values("area_id") == area].droplevel(["indicator", "group", "area_id"])


def band_as_tested(study: Study, indicator: str, group: str, area: str, level: str) -> pd.DataFrame | None:
    """Return the band that the test of a report has: from all its headline indicators, which lend to each other.

    The bands of a level are worked out once for all charts of a study. ``None`` for what reports do not test:
    groups beneath a headline indicator, and levels without figures of their own.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> band = band_as_tested(rg.load_study(), "Nichtdeutsche", "insgesamt", "12", "district")
    >>> bool(band.loc["2023", "value"] < band.loc["2023", "low"])
    True
    """
    leading = headlines(study.subject.catalogue)
    if level not in study.subject.levels or (indicator, group) not in zip(
        *(leading[name] for name in CATALOGUE_KEY), strict=True
    ):
        return None

    def bands() -> pd.DataFrame:
        return expected_bands(only(sound_figures(study), leading), level, settings=study.settings)

    found = study.once(("bands", level), bands)
    names = ["indicator", "group", "area_id"]
    key = (indicator, group, area)
    return found.xs(key, level=names) if key in found.index.droplevel("period") else None


def expected_bands(
    panel: Panel, level: str = "district", *, coverage: float = 0.95, settings: Settings | None = None
) -> pd.DataFrame:
    """Return the bands of all series of a level at once: ``expected_band`` for each of them.

    Returns
    -------
    DataFrame
        Index ``indicator``, ``group``, ``area_id``, ``period``; columns as in ``expected_band``.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> bands = expected_bands(rg.load_sample().sel("Nichtdeutsche"))
    >>> bands.index.get_level_values("area_id").nunique()
    25
    """
    from scipy.special import stdtrit

    settings = settings or Settings()
    newest = frequency(panel.periods[-1])
    parts = []
    periods = [text for text in panel.periods if frequency(text) == newest]
    for period in watched(periods, say("progress.bands")):
        # period by period as it was known then: a band from the whole series would know the future
        for cube, linked, test in newest_changes(panel, Context(period, settings=settings)):
            if cube.level != level:
                continue
            # A band of two years would be so wide that every line lies in it, and seem to say that all is well.
            enough = count(test.excess[:, :-1], 1) >= settings.min_history
            usual = np.where(enough, linked.y[:, -1] - test.effect, np.nan)
            reach = stdtrit(test.df, 0.5 + coverage / 2) * test.se
            ends = [linked.back(one) for one in (usual, usual - reach, usual + reach)]
            at, area = (place.ravel() for place in np.indices(usual.shape))
            keys = cube.keys.iloc[at]
            parts.append(
                pd.DataFrame(
                    {
                        "indicator": keys["indicator"].to_numpy(),
                        "group": keys["group"].to_numpy(),
                        "area_id": cube.area_ids[area],
                        "period": period,
                        "value": cube.value[:, -1].ravel(),
                        **{name: one.ravel() for name, one in zip(("expected", "low", "high"), ends, strict=True)},
                    }
                )
            )
    index = ["indicator", "group", "area_id", "period"]
    if not parts:
        return pd.DataFrame(columns=[*index, "value", "expected", "low", "high"]).set_index(index)
    return pd.concat(parts, ignore_index=True).set_index(index).sort_index()
