"""Both temporal questions at once: ``temporal_outliers``."""

from __future__ import annotations

import pandas as pd

from regsam_geo.indicators import Panel
from regsam_geo.indicators.periods import Period
from regsam_geo.study.settings import Settings
from regsam_geo.text import shows_progress
from regsam_geo.warning.detectors.change import change
from regsam_geo.warning.detectors.detector import Context
from regsam_geo.warning.detectors.drift import drift
from regsam_geo.warning.findings import FindingTable
from regsam_geo.warning.report.detect import report_period
from regsam_geo.warning.report.urgency import findings_of


@shows_progress
def temporal_outliers(
    panel: Panel | pd.DataFrame, period: Period | None = None, settings: Settings | None = None
) -> pd.DataFrame:
    """Return the findings of kinds ``change`` and ``drift``: one row per test made, significant or not.

    Parameters
    ----------
    panel
        Indicator values; a tidy frame is accepted.
    period
        The period whose values are tested; the newest one by default.
    settings
        The thresholds; ``Settings()`` by default.

    Returns
    -------
    DataFrame
        Findings with ``q`` within kind and level over the headline indicators; what moves all areas has level
        ``city``.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> found = rg.temporal_outliers(rg.load_sample(), 2023)
    >>> found["kind"].value_counts().to_dict()
    {'change': 286, 'drift': 275}
    """
    panel = Panel.from_frame(panel)
    context = Context(report_period(panel, period), settings=settings or Settings())
    return FindingTable(findings_of(panel, context, (change, drift)))
