"""Where do high or low values stand together? The detector ``cluster``."""

from __future__ import annotations

import pandas as pd

from regsam_geo.areas import Neighbors
from regsam_geo.indicators import Panel
from regsam_geo.warning.detectors.neighbor_findings import findings_of_result, for_each_level, long, wide
from regsam_geo.warning.schema.detector import Context, Detector
from regsam_geo.warning.schema.findings import empty_findings
from regsam_geo.warning.statistics.aligned import align
from regsam_geo.warning.statistics.local_moran import moran_frame
from regsam_geo.warning.statistics.permutation_test import run_test

DECISIVE_P = 0.1
"""From this p on no q is below the usual threshold of a report, as q is never smaller than p."""


def cluster(panel: Panel, context: Context) -> pd.DataFrame:
    """Find areas in a surrounding of unusually high or low values (local Moran, exact).

    Examples
    --------
    >>> import regsam_geo as rg
    >>> near = {"district": rg.neighbors(rg.load_boundaries("district"))}
    >>> found = cluster(rg.load_sample().sel(["Hochbetagte", "Nichtdeutsche"]), Context("2024", near))
    >>> len(found), set(found["kind"])
    (50, {'cluster'})
    """
    return for_each_level(panel, context, cluster_findings)


def cluster_findings(rows: pd.DataFrame, name: str, neighbors: Neighbors) -> pd.DataFrame:
    """Test whether the neighbors of each area lie unusually high or low."""
    if rows.empty:
        return empty_findings()
    # a plain count is larger where more people live, which is no question
    tested = rows["tested"].mask(rows["counts"]) if "counts" in rows else rows["tested"]
    table = wide(rows.assign(tested=tested), neighbors)
    aligned = align(table, neighbors)
    result = moran_frame(aligned, run_test(aligned, decisive=DECISIVE_P))
    counted = table.notna().sum()
    # the neighbors are drawn from the other areas: their mean is what is ordinary
    others = (table.sum() - table).div((counted - 1).where(counted > 1))
    result["ordinary"] = long(others)
    # Of the surroundings and not of the area: a low area among high ones lies in a high surrounding.
    result["difference"] = result["neighbors_mean"] - result["ordinary"]
    return findings_of_result(result, table, rows, name, "cluster")


CLUSTER = Detector(
    "cluster",
    "cross-sectional",
    cluster,
    # a high area among high ones is a pattern of the city, not a question to this area
    warns=False,
)
