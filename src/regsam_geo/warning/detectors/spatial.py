"""Where do neighbors stand together, where does one stand apart? The detectors ``cluster`` and ``spatial``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from regsam_geo.areas import Neighbors, as_neighbors, neighbors
from regsam_geo.errors import AreaError
from regsam_geo.indicators import Panel, unrounded_values
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.periods import Period, parse_period, years_before
from regsam_geo.study.settings import Settings
from regsam_geo.text import problem, say, shows_progress, watched
from regsam_geo.warning.cube import Cube, cubes
from regsam_geo.warning.detectors.detector import Context
from regsam_geo.warning.detectors.level import level_findings
from regsam_geo.warning.findings import FindingTable, as_findings, concat_findings, empty_findings
from regsam_geo.warning.statistics.aligned import Aligned, align
from regsam_geo.warning.statistics.local_moran import local_moran
from regsam_geo.warning.statistics.permutation import smallest_p
from regsam_geo.warning.statistics.permutation_test import run_test
from regsam_geo.warning.statistics.robust import Array
from regsam_geo.warning.statistics.spatial_outlier import spatial_outlier

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


@shows_progress
def spatial_outliers(
    panel: Panel | pd.DataFrame,
    areas: Any,
    *,
    period: Period | None = None,
    change_years: int | None = None,
) -> pd.DataFrame:
    """Compare areas with their neighbors and with the city, for every indicator, group and period.

    Parameters
    ----------
    panel
        A panel, or a tidy frame.
    areas
        The polygons of one level of the panel, whose queen neighbors are taken; or neighbors:
        ``regsam_geo.neighbors(...)``, a libpysal ``Graph`` or ``W``, or a mapping.
    period
        One period; all by default.
    change_years
        Compare changes over so many years instead of levels; there are no findings of kind ``level`` then.

    Returns
    -------
    DataFrame
        Findings of the kinds ``cluster``, ``spatial`` and ``level``, one row per test made, significant or not; no
        correction for their number is applied (``q`` is empty). ``value`` is the area's own; ``expected`` is the
        mean of the other areas (cluster), of the neighbors (spatial), or the rate of all areas (level); with
        ``change_years`` it is the earlier value changed as much as those. ``effect`` is in standard deviations
        of the tested values. ``details`` holds what a sentence needs.

    Notes
    -----
    Rates are tested unrounded. Changes are differences for shares in percent and indicators without
    denominator, and log ratios for other quotients. See ``docs/methods/spatial.md``.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample().sel(["Nichtdeutsche", "Arbeitslose - Anteil"])
    >>> found = rg.spatial_outliers(panel, rg.load_boundaries("district"), period=2024)
    >>> found.groupby("kind").size().to_dict()
    {'cluster': 50, 'level': 50, 'spatial': 50}
    >>> changed = rg.spatial_outliers(panel, rg.load_boundaries("district"), period=2024, change_years=5)
    >>> sorted(changed["reason"].unique())
    ['cluster_change', 'spatial_change']
    """
    given = Panel.from_frame(panel)
    near = neighbors(areas) if hasattr(areas, "geometry") else as_neighbors(areas)
    name = _level_of(given, near)
    rows = _tested(given, change_years)
    rows = rows[rows["level"] == name]
    wanted = [parse_period(period)] if period is not None else sorted(rows["period"].unique())
    rows = rows[rows["period"].isin(wanted)]
    asked: list[Callable[[], list[pd.DataFrame]]] = [
        lambda: [cluster_findings(rows, name, near)],
        lambda: [outlier_findings(rows, name, near)],
    ]
    if change_years is None:
        asked.append(lambda: level_findings(given.sel(level=name), wanted, Settings()))
    parts = [part for ask in watched(asked, say("progress.tests")) for part in ask()]
    return FindingTable(concat_findings(parts))


def _level_of(panel: Panel, near: Neighbors) -> str:
    """Return the level of the panel whose areas all stand among the given ones."""
    unknown = "–"
    for name in panel.levels:
        ids = pd.Index(panel.data.loc[panel.data["level"] == name, "area_id"].unique())
        if name != "city" and ids.isin(near.ids).all():
            return str(name)
        unknown = str(ids[~ids.isin(near.ids)][0]) if name != "city" else unknown
    raise problem(AreaError, "areas_level", found=unknown)


def _tested(panel: Panel, change_years: int | None = None) -> pd.DataFrame:
    """Return the rows of the panel with what is tested: the unrounded value, or its change on its scale."""
    rows = panel.data.assign(current=unrounded_values(panel))
    rows = rows[rows["current"].notna()]
    if change_years is None:
        return rows.assign(tested=rows["current"])
    key = ["indicator", "group", "period", "level", "area_id"]
    kinds = panel.catalogue.set_index(["indicator", "group"])["kind"]
    earlier = rows.assign(before_period=rows["period"])[[*key, "before_period", "current"]]
    earlier = earlier.assign(period=[years_before(when, -change_years) for when in earlier["period"]])
    rows = rows.merge(earlier.rename(columns={"current": "before"}), on=key, how="inner")
    quotient = (kinds.reindex(pd.MultiIndex.from_frame(rows[["indicator", "group"]])) == "ratio").to_numpy(
        dtype=bool, na_value=False
    )
    # a whole series is on one scale: the log needs positive values throughout
    positive = (rows["current"] > 0) & (rows["before"] > 0)
    positive = positive.groupby([rows[name] for name in SERIES]).transform("all").to_numpy()
    logged = quotient & positive
    now, then = rows["current"].to_numpy(), rows["before"].to_numpy()
    growth = np.log(np.divide(now, then, out=np.ones(len(rows)), where=logged))
    return rows.assign(tested=np.where(logged, growth, now - then), logged=logged)


def _for_each_level(
    panel: Panel, context: Context, test: Callable[[pd.DataFrame, str, Neighbors], pd.DataFrame]
) -> pd.DataFrame:
    """Apply a test to the context's period on every level whose neighbors are known."""
    rows = {cube.level: _newest(cube, context.period) for cube in cubes(panel, context.period)}
    return concat_findings(
        [test(rows[name], name, near) for name, near in context.neighbors.items() if name in rows]
    )


def _newest(cube: Cube, period: str) -> pd.DataFrame:
    """Return what is tested of a cube: its newest values, in the columns of ``_tested``."""
    at, area = np.nonzero(np.isfinite(cube.value[:, -1]))
    current = cube.value[at, -1, area]
    rows = pd.DataFrame(
        {
            **{name: cube.keys[name].array[at] for name in CATALOGUE_KEY},
            "period": period,
            "level": cube.level,
            "area_id": cube.area_ids.array[area],
            "current": current,
            "tested": current,
        }
    )
    return rows.sort_values([*CATALOGUE_KEY, "area_id"], ignore_index=True)


def spatial_p(cube: Cube, context: Context) -> Array:
    """Return p alone of every cell of the newest period: what the history of a warning asks for."""
    return _of_cube(cube, context, lambda aligned: run_test(aligned, "outlier").p)


def spatial_floor(cube: Cube, context: Context) -> Array:
    """Return the smallest p that each cell of the newest period can reach."""
    return _of_cube(cube, context, lambda aligned: smallest_p(aligned.columns, aligned.counts, outlier=True))


def _of_cube(cube: Cube, context: Context, numbers: Callable[[Aligned], Array]) -> Array:
    """Return one number per cell of the newest period, NaN for areas without neighbors."""
    values = cube.value[:, -1]
    result = np.full(values.shape, np.nan)
    near = context.neighbors.get(cube.level)
    if near is not None:
        used = np.isfinite(values).any(axis=0)
        aligned = align(_beside(pd.DataFrame(values.T[used], index=cube.area_ids[used]), near), near)
        result[:, used] = numbers(aligned)[:, near.ids.get_indexer(cube.area_ids[used])]
    return result


def cluster_findings(rows: pd.DataFrame, name: str, near: Neighbors) -> pd.DataFrame:
    """Test whether the neighbors of each area lie unusually high or low."""
    if rows.empty:
        return empty_findings()
    table = wide(rows, near)
    result = local_moran(table, near)
    counted = table.notna().sum()
    # the neighbors are drawn from the other areas: their mean is what is ordinary
    others = (table.sum() - table).div((counted - 1).where(counted > 1))
    result["ordinary"] = _long(others)
    result["difference"] = result["neighbors_mean"] - result["ordinary"]
    return _findings(result, table, rows, name, "cluster")


def outlier_findings(rows: pd.DataFrame, name: str, near: Neighbors) -> pd.DataFrame:
    """Test whether each area differs unusually from the mean of its neighbors."""
    if rows.empty:
        return empty_findings()
    table = wide(rows, near)
    result = spatial_outlier(table, near)
    result["ordinary"] = result["neighbors_mean"]
    result["difference"] = result["statistic"]
    return _findings(result, table, rows, name, "spatial")


def wide(rows: pd.DataFrame, near: Neighbors) -> pd.DataFrame:
    """Return one column per indicator, group and period, one row per area; NaN where there is no value."""
    table = rows.set_index([*SERIES, "area_id"])["tested"].unstack(SERIES)  # noqa: PD010 - keys are unique
    return _beside(table, near)


def _beside(table: pd.DataFrame, near: Neighbors) -> pd.DataFrame:
    """Return the rows in the order of the neighbors; what they do not know stands at the end."""
    unknown = table.index.difference(near.ids)
    return table.reindex(near.ids.union(unknown, sort=False) if len(unknown) else near.ids)


def _long(table: pd.DataFrame) -> Any:
    """Return the cells in the order of a stacked result: column by column."""
    return table.to_numpy().T.ravel()


def _findings(result: pd.DataFrame, table: pd.DataFrame, rows: pd.DataFrame, name: str, kind: str) -> pd.DataFrame:
    """Write the result of a test as findings, only for areas that have a value."""
    spread = table.std().replace(0.0, np.nan)
    result["effect"] = result["difference"] / _long(table * 0.0 + spread)
    result = result[_long(table.notna())]
    source = rows.set_index([*SERIES, "area_id"]).reindex(result.index)
    keys = result.index.to_frame(index=False)
    value, expected = source["current"].to_numpy(), result["ordinary"].to_numpy()
    alone = result["n_neighbors"] == 0
    details: list[dict[str, Any]] = [
        {"n_neighbors": int(number), "p_error": float(error), "engine": str(engine)}
        for number, error, engine in zip(result["n_neighbors"], result["p_error"], result["engine"], strict=True)
    ]
    reason = kind
    if "before" in source:
        before, logged = source["before"].to_numpy(), source["logged"].to_numpy(dtype=bool)
        growth = np.exp(np.where(logged, expected, 0.0))
        expected = np.where(logged, before * growth, before + expected)
        reason = f"{kind}_change"
        for fields, then, when in zip(details, before, source["before_period"], strict=True):
            fields |= {"before": float(then), "before_period": str(when)}
    else:
        for fields, mean in zip(details, result["neighbors_mean"], strict=True):
            fields["neighbors_mean"] = float(mean)
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
                "reason": np.where(alone, f"{kind}_no_neighbors", reason),
                "details": pd.Series(details, dtype="object"),
            }
        )
    )
