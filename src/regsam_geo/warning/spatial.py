"""Where do neighbors stand together, where does one stand apart? The detectors ``cluster`` and ``spatial``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from regsam_geo.areas import Neighbors
from regsam_geo.indicators import Panel, unrounded_values
from regsam_geo.warning.context import Context
from regsam_geo.warning.findings import as_findings, concat_findings
from regsam_geo.warning.local_moran import local_moran
from regsam_geo.warning.spatial_outlier import spatial_outlier

SERIES = ["indicator", "group", "period"]


def cluster(panel: Panel, context: Context) -> pd.DataFrame:
    """Find areas in a surrounding of unusually high or low values (local Moran, exact).

    Examples
    --------
    >>> import regsam_geo as rg
    >>> near = {"district": rg.neighbors(rg.load_boundaries("district"))}
    >>> found = cluster(rg.load_sample(), Context("2024", near))
    >>> len(found), set(found["kind"])
    (275, {'cluster'})
    """
    return _for_each_level(panel, context, cluster_findings)


def spatial(panel: Panel, context: Context) -> pd.DataFrame:
    """Find areas that differ unusually from their neighbors (spatial-outlier test, exact).

    Examples
    --------
    >>> import regsam_geo as rg
    >>> near = {"district": rg.neighbors(rg.load_boundaries("district"))}
    >>> found = spatial(rg.load_sample(), Context("2024", near))
    >>> len(found), set(found["kind"])
    (275, {'spatial'})
    """
    return _for_each_level(panel, context, outlier_findings)


def _for_each_level(
    panel: Panel, context: Context, test: Callable[[pd.DataFrame, str, Neighbors], pd.DataFrame]
) -> pd.DataFrame:
    """Apply a test to the context's period on every level whose neighbors are known."""
    data = panel.data.assign(tested=unrounded_values(panel))
    data = data[(data["period"] == context.period) & data["value"].notna()]
    return concat_findings(
        [test(data[data["level"] == level], level, near) for level, near in context.neighbors.items()]
    )


def wide(rows: pd.DataFrame, near: Neighbors) -> pd.DataFrame:
    """Return one column per indicator, group and period, one row per area of ``near``; NaN where there is none."""
    table = rows.set_index([*SERIES, "area_id"])["tested"].unstack(SERIES)  # noqa: PD010 - keys are unique
    unknown = table.index.difference(near.ids)
    return table.reindex(near.ids.union(unknown, sort=False) if len(unknown) else near.ids)


def cluster_findings(rows: pd.DataFrame, level: str, near: Neighbors) -> pd.DataFrame:
    """Test whether the neighbors of each area lie unusually high or low."""
    if rows.empty:
        return as_findings(rows)
    table = wide(rows, near)
    result = local_moran(table, near)
    counted = table.notna().sum()
    # the neighbors are drawn from the other areas: their mean is what is ordinary
    others = (table.sum() - table).div((counted - 1).where(counted > 1))
    spread = table.std().replace(0.0, np.nan)
    result["tested"], result["expected"] = _long(table), _long(others)
    result["effect"] = (result["neighbors_mean"] - result["expected"]) / _long(table * 0.0 + spread)
    return _findings(result, level, "cluster", result["neighbors_mean"] - result["expected"])


def outlier_findings(rows: pd.DataFrame, level: str, near: Neighbors) -> pd.DataFrame:
    """Test whether each area differs unusually from the mean of its neighbors."""
    if rows.empty:
        return as_findings(rows)
    table = wide(rows, near)
    result = spatial_outlier(table, near)
    spread = table.std().replace(0.0, np.nan)
    result["tested"], result["expected"] = _long(table), result["neighbors_mean"]
    result["effect"] = result["statistic"] / _long(table * 0.0 + spread)
    return _findings(result, level, "spatial", result["statistic"])


def _long(table: pd.DataFrame) -> Any:
    """Return the cells in the order of a stacked result: column by column."""
    return table.to_numpy().T.ravel()


def _findings(result: pd.DataFrame, level: str, kind: str, difference: pd.Series) -> pd.DataFrame:
    """Write the result of a test as findings, only for areas that have a value."""
    there = result["tested"].notna()
    result, difference = result[there], difference[there]
    alone = result["n_neighbors"] == 0
    keys = result.index.to_frame(index=False)
    details = [
        {
            "neighbors_mean": float(mean),
            "n_neighbors": int(number),
            "p_error": float(error),
            "engine": str(engine),
        }
        for mean, number, error, engine in zip(
            result["neighbors_mean"], result["n_neighbors"], result["p_error"], result["engine"], strict=True
        )
    ]
    direction = np.where(difference > 0, "high", np.where(difference < 0, "low", ""))
    return as_findings(
        pd.DataFrame(
            {
                **{name: keys[name] for name in SERIES},
                "level": level,
                "area_id": keys["area_id"],
                "kind": kind,
                "direction": direction,
                "value": result["tested"].to_numpy(),
                "expected": result["expected"].to_numpy(),
                "effect": result["effect"].to_numpy(),
                "p": result["p"].to_numpy(),
                "p_floor": result["p_floor"].to_numpy(),
                "reason": np.where(alone, f"{kind}_no_neighbors", kind),
                "details": pd.Series(details, dtype="object"),
            }
        )
    )
