"""Where to look next: the places nearest to a warning, which none is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from regsam_geo.warning.report.urgency import UNIT
from regsam_geo.warning.schema.detector import Detector

MOST = 10
"""So many places are listed: enough to talk about in a meeting, few enough to be read."""

FIRST = 500
"""So many tests are looked at first, in place of all."""

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
    number = np.array([len(one.get("areas", "1")) for one in tested["details"]])
    # p of a zone stands for each of its areas; in the list a zone is one place
    tested = tested.assign(rank=tested["p"] / np.maximum(number, 1))
    rank, told, few = tested["rank"].to_numpy(), list(told), FIRST
    # the smallest are enough, but for places that the report tells of or that are one zone
    while True:
        small = tested[rank <= np.partition(rank, few - 1)[few - 1]] if few < len(rank) else tested
        apart = small[~pd.MultiIndex.from_frame(small[UNIT]).isin(told)]
        apart = apart.sort_values(["rank", "p", *UNIT], kind="stable").drop_duplicates(UNIT)
        nearest = apart.iloc[_of_different_zones(apart)]
        if len(nearest) == MOST or few >= len(rank):
            break
        few *= 8
    return nearest.assign(rank=range(1, len(nearest) + 1)).reset_index(drop=True)


def _of_different_zones(rows: pd.DataFrame) -> list[int]:
    """Return the places of the first rows, without those of a zone that stands above with another of its areas."""
    seen: set[tuple[str, ...]] = set()
    listed: list[int] = []
    units = zip(*(rows[name] for name in UNIT), rows["details"], strict=True)
    for place, (indicator, group, level, area, details) in enumerate(units):
        if (indicator, group, level, area) in seen:
            continue
        listed.append(place)
        if len(listed) == MOST:
            break
        seen |= {(indicator, group, level, other) for other in details.get("areas", ())}
    return listed
