"""Where does an area stand apart from its neighbors? The detector ``spatial``."""

from __future__ import annotations

import pandas as pd

from regsam_geo.areas import Neighbors
from regsam_geo.indicators import Panel
from regsam_geo.warning.detectors.neighbor_findings import findings_of_result, for_each_level, of_cube, wide
from regsam_geo.warning.schema.cube import Cube
from regsam_geo.warning.schema.detector import Context, Detector, Past
from regsam_geo.warning.schema.findings import empty_findings
from regsam_geo.warning.statistics.link import linked_values
from regsam_geo.warning.statistics.robust import Array
from regsam_geo.warning.statistics.spatial_outlier import spatial_outlier, studentized


def spatial(panel: Panel, context: Context) -> pd.DataFrame:
    """Find areas that differ unusually from their neighbors (studentized differences).

    Examples
    --------
    >>> import regsam_geo as rg
    >>> near = {"district": rg.neighbors(rg.load_boundaries("district"))}
    >>> found = spatial(rg.load_sample().sel(["Hochbetagte", "Nichtdeutsche"]), Context("2024", near))
    >>> len(found), set(found["kind"])
    (50, {'spatial'})
    """
    return for_each_level(panel, context, outlier_findings)


def outlier_findings(rows: pd.DataFrame, name: str, neighbors: Neighbors) -> pd.DataFrame:
    """Test whether each area differs unusually from the median of its neighbors."""
    if rows.empty:
        return empty_findings()
    # On the link scale: rates, densities and counts are skew, and the t distribution is not. A change is tested on
    # the scale that it is told on.
    on_link = "before" not in rows
    table = wide(rows, neighbors, "linked" if on_link else "tested")
    result = spatial_outlier(table, neighbors)
    result["difference"] = result["statistic"]
    if on_link:
        # what is printed is the median of what is printed
        result["neighbors_median"] = spatial_outlier(wide(rows, neighbors), neighbors)["neighbors_median"]
    result["ordinary"] = result["neighbors_median"]
    return findings_of_result(result, table, rows, name, "spatial")


def spatial_p(cube: Cube, context: Context) -> Array:
    """Return p alone of every cell of the newest period: what the history of a warning asks for."""
    return of_cube(cube, context, linked_values(cube).y[:, -1], lambda aligned: studentized(aligned).p)


def spatial_floor(cube: Cube, context: Context) -> Array:
    """Return the smallest p that each cell of the newest period can reach."""
    return of_cube(cube, context, linked_values(cube).y[:, -1], lambda aligned: studentized(aligned).p_floor)


SPATIAL = Detector(
    "spatial",
    "cross-sectional",
    spatial,
    past=Past(spatial_p, spatial_floor),
)
