"""What the detectors that look at neighbors share: values beside their neighbors, and results as findings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from regsam_geo.areas import Neighbors
from regsam_geo.indicators import Panel
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.catalogue import are_counts
from regsam_geo.warning.detectors.cross_section import cross_section
from regsam_geo.warning.detectors.newest_change import newest_cubes
from regsam_geo.warning.schema.cube import Cube
from regsam_geo.warning.schema.detector import Context
from regsam_geo.warning.schema.findings import as_findings, concat_findings
from regsam_geo.warning.statistics.aligned import align
from regsam_geo.warning.statistics.robust import Array

SERIES = ["indicator", "group", "period"]


def for_each_level(
    panel: Panel, context: Context, test: Callable[[pd.DataFrame, str, Neighbors], pd.DataFrame]
) -> pd.DataFrame:
    """Apply a test to the context's period on every level whose neighbors are known."""
    rows = {cube.level: _newest(cube, context) for cube in newest_cubes(panel, context)}
    return concat_findings(
        [test(rows[name], name, neighbors) for name, neighbors in context.neighbors.items() if name in rows]
    )


def _newest(cube: Cube, context: Context) -> pd.DataFrame:
    """Return what is tested of a cube: its newest values, and on the link scale with their noise."""
    at, area = np.nonzero(np.isfinite(cube.value[:, -1]))
    current, newest = cube.value[at, -1, area], cross_section(cube, context)
    rows = pd.DataFrame(
        {
            **{name: cube.keys[name].array[at] for name in CATALOGUE_KEY},
            "period": context.period,
            "level": cube.level,
            "area_id": cube.area_ids.array[area],
            "current": current,
            "tested": current,
            "linked": newest.y[at, area],
            "noise": newest.noise[at, area],
            "df": np.minimum(newest.df[at, area], 1e9),
            "free": newest.free[at].astype("float64"),
            "unsized": newest.unsized[at],
            "counts": are_counts(cube.keys)[at],
        }
    )
    # In one order whatever that of the panel: rows of findings must not change places with it.
    return rows.sort_values([*CATALOGUE_KEY, "area_id"], ignore_index=True)


def of_cube(cube: Cube, context: Context, values: Array, numbers: Callable[..., Array], *beside: Array) -> Array:
    """Return one number per cell of the newest period, NaN for areas without neighbors.

    ``values`` are those of the newest period, shape (S, A); ``beside`` is handed on in the order of the neighbors.
    """
    result = np.full(values.shape, np.nan)
    neighbors = context.neighbors.get(cube.level)
    if neighbors is not None:
        # Areas that never have a value are left out before they are aligned, as a list of neighbors may not know
        # them.
        used = np.isfinite(values).any(axis=0)
        aligned, *others = (
            align(with_all_neighbors(pd.DataFrame(one.T[used], index=cube.area_ids[used]), neighbors), neighbors)
            for one in (values, *(np.minimum(one, 1e9) for one in beside))
        )
        found = numbers(aligned, *(one.columns for one in others))
        result[:, used] = found[:, neighbors.ids.get_indexer(cube.area_ids[used])]
    return result


def wide(rows: pd.DataFrame, neighbors: Neighbors, column: str = "tested") -> pd.DataFrame:
    """Return one column per indicator, group and period, one row per area; NaN where there is no value."""
    table = rows.set_index([*SERIES, "area_id"])[column].unstack(SERIES)  # noqa: PD010 - keys are unique
    return with_all_neighbors(table, neighbors)


def with_all_neighbors(table: pd.DataFrame, neighbors: Neighbors) -> pd.DataFrame:
    """Return the rows in the order of the neighbors; what they do not know stands at the end."""
    unknown = table.index.difference(neighbors.ids)
    # Areas that the neighbors do not know keep their row, so that they are listed as not testable instead of
    # vanishing.
    return table.reindex(neighbors.ids.union(unknown, sort=False) if len(unknown) else neighbors.ids)


def wide_of(rows: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Return the values of the rows in the shape of a table that holds them on another scale."""
    values = rows.set_index([*SERIES, "area_id"])["tested"].unstack(SERIES)  # noqa: PD010 - keys are unique
    return values.reindex(index=table.index, columns=table.columns)


def long(table: pd.DataFrame) -> Any:
    """Return the cells in the order of a stacked result: column by column."""
    return table.to_numpy().T.ravel()


def findings_of_result(
    result: pd.DataFrame, table: pd.DataFrame, rows: pd.DataFrame, name: str, kind: str
) -> pd.DataFrame:
    """Write the result of a test as findings, only for areas that have a value."""
    # In standard deviations of the period: findings of a density and of a share can be put in one order.
    spread = table.std().replace(0.0, np.nan)
    result["effect"] = result["difference"] / long(table * 0.0 + spread)
    # what has a value is listed, tested or not
    result = result[long(wide_of(rows, table).notna())]
    source = rows.set_index([*SERIES, "area_id"]).reindex(result.index)
    keys = result.index.to_frame(index=False)
    value, expected = source["current"].to_numpy(), result["ordinary"].to_numpy()
    alone = result["n_neighbors"] == 0
    counts = source["counts"].to_numpy(dtype=bool) if "counts" in source else False
    unsized = source["unsized"].to_numpy(dtype=bool) if kind == "spatial" and "unsized" in source else False
    # how the test was made, where it says so, and what the neighbors have
    center = "neighbors_median" if "neighbors_median" in result else "neighbors_mean"
    details: list[dict[str, Any]] = (
        result.reindex(columns=["n_neighbors", "p_error", "engine"])
        .dropna(axis="columns", how="all")
        .to_dict("records")
    )
    reason = kind
    if "before" in source:
        before, logged = source["before"].to_numpy(), source["logged"].to_numpy(dtype=bool)
        # Back from the change that was tested to a value that can stand beside the printed one.
        growth = np.exp(np.where(logged, expected, 0.0))
        expected = np.where(logged, before * growth, before + expected)
        reason = f"{kind}_change"
        for fields, then, when in zip(details, before, source["before_period"], strict=True):
            fields |= {"before": float(then), "before_period": str(when)}
    else:
        for fields, middle in zip(details, result[center], strict=True):
            fields[center] = float(middle)
    difference = result["difference"].to_numpy()
    return as_findings(
        pd.DataFrame(
            {
                **{column: keys[column] for column in SERIES},
                "level": name,
                "area_id": keys["area_id"],
                "kind": kind,
                "direction": np.where(difference > 0, "high", np.where(difference < 0, "low", "")),
                "value": value,
                "expected": expected,
                "effect": result["effect"].to_numpy(),
                "p": result["p"].to_numpy(),
                "p_floor": result["p_floor"].to_numpy(),
                "reason": np.select(
                    [counts, unsized, alone],
                    [f"{kind}_not_comparable", f"{kind}_sizes_unknown", f"{kind}_no_neighbors"],
                    reason,
                ),
                "details": pd.Series(details, dtype="object"),
            }
        )
    )
