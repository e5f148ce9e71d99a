"""Where to look next: the places nearest to a warning, which none is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from regsam_geo.warning.report.urgency import UNIT
from regsam_geo.warning.schema.detector import Detector

MOST = 10
"""So many places are listed: enough to talk about in a meeting, few enough to be read."""

COLUMNS = ["rank", *UNIT, "period", "area_name", "region_id", "kind", "direction", "value", "expected", "p"]


def nearest_to_warning(
    findings: pd.DataFrame, told: Iterable[tuple[str, ...]], detectors: Sequence[Detector]
) -> pd.DataFrame:
    """Return the tests with the smallest p among the places that the report does not tell of, one row a place.

    Parameters
    ----------
    findings
        Every test of a report, with q.
    told
        The places of its warnings, open ones among them: indicator, group, level, area.
    detectors
        Those that were asked; only what would warn by itself counts.
    """
    asked = findings["kind"].isin([one.name for one in detectors if one.warns]) & (findings["level"] != "city")
    # without q a test belongs to a subgroup, or could not have warned at all
    tested = findings[asked & findings["q"].notna()]
    apart = tested[~pd.MultiIndex.from_frame(tested[UNIT]).isin(list(told))]
    nearest = apart.sort_values(["p", *UNIT], kind="stable").drop_duplicates(UNIT).head(MOST)
    return nearest.assign(rank=range(1, len(nearest) + 1)).reset_index(drop=True)
