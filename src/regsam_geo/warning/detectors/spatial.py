"""Where does an area stand apart from its neighbors? The detector ``spatial``."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from regsam_geo.areas import Neighbors
from regsam_geo.indicators import Panel
from regsam_geo.warning.detectors.cross_section import cross_section
from regsam_geo.warning.detectors.neighbor_findings import findings_of_result, for_each_level, of_cube, wide
from regsam_geo.warning.schema.cube import Cube
from regsam_geo.warning.schema.detector import Context, Detector, Past
from regsam_geo.warning.schema.findings import empty_findings
from regsam_geo.warning.statistics.aligned import Aligned, align
from regsam_geo.warning.statistics.robust import Array
from regsam_geo.warning.statistics.spatial_outlier import (
    Noise,
    Studentized,
    outlier_frame,
    spatial_outlier,
    studentized,
)


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
    if on_link:
        aligned = align(table, neighbors)
        # every column of the table is one series
        free = wide(rows, neighbors, "free").max().to_numpy() > 0
        variance, df = (align(wide(rows, neighbors, one), neighbors).columns for one in ("noise", "df"))
        noise = Noise(variance, df, free)
        result = outlier_frame(aligned, studentized(aligned, noise))
    else:
        result = spatial_outlier(table, neighbors)
    result["difference"] = result["statistic"]
    if on_link:
        # what is printed is the median of what is printed
        result["neighbors_median"] = spatial_outlier(wide(rows, neighbors), neighbors)["neighbors_median"]
    result["ordinary"] = result["neighbors_median"]
    return findings_of_result(result, table, rows, name, "spatial")


def spatial_p(cube: Cube, context: Context) -> Array:
    """Return p alone of every cell of the newest period: what the history of a warning asks for."""
    return _of_newest(cube, context, "p")


def spatial_floor(cube: Cube, context: Context) -> Array:
    """Return the smallest p that each cell of the newest period can reach."""
    return _of_newest(cube, context, "p_floor")


def _of_newest(cube: Cube, context: Context, what: Literal["p", "p_floor"]) -> Array:
    newest = cross_section(cube, context)
    known: dict[Cube, Studentized] = context.shared.setdefault("spatial", {})

    def numbers(aligned: Aligned, noise: Array, df: Array) -> Array:
        if cube not in known:
            known[cube] = studentized(aligned, Noise(noise, df, newest.free))
        return np.asarray(getattr(known[cube], what))

    return of_cube(cube, context, newest.y, numbers, newest.noise, newest.df)


SPATIAL = Detector(
    "spatial",
    "cross-sectional",
    spatial,
    past=Past(spatial_p, spatial_floor),
)
