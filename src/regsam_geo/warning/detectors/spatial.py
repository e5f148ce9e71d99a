"""Where does an area stand apart from its neighbors? The detector ``spatial``."""

from __future__ import annotations

import pandas as pd

from regsam_geo.areas import Neighbors
from regsam_geo.indicators import Panel
from regsam_geo.warning.detectors.neighbor_findings import findings_of_result, for_each_level, of_cube, wide
from regsam_geo.warning.schema.cube import Cube
from regsam_geo.warning.schema.detector import Context, Detector, Past
from regsam_geo.warning.schema.findings import empty_findings
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
    table = wide(rows, neighbors)
    result = spatial_outlier(table, neighbors)
    result["ordinary"] = result["neighbors_median"]
    result["difference"] = result["statistic"]
    return findings_of_result(result, table, rows, name, "spatial")


def spatial_p(cube: Cube, context: Context) -> Array:
    """Return p alone of every cell of the newest period: what the history of a warning asks for."""
    return of_cube(cube, context, lambda aligned: studentized(aligned).p)


def spatial_floor(cube: Cube, context: Context) -> Array:
    """Return the smallest p that each cell of the newest period can reach."""
    return of_cube(cube, context, lambda aligned: studentized(aligned).p_floor)


SPATIAL = Detector(
    "spatial",
    "cross-sectional",
    spatial,
    past=Past(spatial_p, spatial_floor),
)
