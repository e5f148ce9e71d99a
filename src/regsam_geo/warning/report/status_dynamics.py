"""Status x dynamics: the classes of Berlin's and Hamburg's social monitoring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.errors import OptionError
from regsam_geo.indicators import Panel, unrounded_values
from regsam_geo.indicators.periods import Period, parse_period, years_before
from regsam_geo.text import problem, shorten
from regsam_geo.warning.statistics.robust import Array, mean

STATUS = ("high", "medium", "low", "very_low")
DYNAMICS = ("positive", "stable", "negative")
STATUS_LIMITS = (-1.0, 1.0, 1.5)
DYNAMICS_LIMITS = (-1.0, 1.0)


def status_dynamics(
    panel: Panel | pd.DataFrame,
    indicators: Sequence[str] | None = None,
    period: Period | None = None,
    *,
    level: str = "district",
    years: int = 2,
    directions: Mapping[str, int] | None = None,
    weights: Mapping[str, float] | None = None,
    status_limits: Sequence[float] = STATUS_LIMITS,
    dynamics_limits: Sequence[float] = DYNAMICS_LIMITS,
    population: str | pd.Series | None = None,
    min_population: float = 0.0,
    invalid: Sequence[str] = (),
) -> pd.DataFrame:
    """Class areas by where they stand and where they move to, as Berlin's monitoring does.

    Parameters
    ----------
    panel
        Indicator values; a tidy frame is accepted.
    indicators
        The index indicators; by default the headline indicators with a polarity.
    period
        The period; the newest one by default.
    level
        The level of the areas.
    years
        The dynamics is the change over so many years, in percentage points (the indicator's own unit).
    directions
        +1: high is a burden, -1: high is a relief; by default the catalogue's polarity.
    weights
        Weight of each indicator in the sum; equal by default.
    status_limits
        Below the first: ``high``; up to the second ``medium``; up to the third ``low``; above it ``very_low``.
    dynamics_limits
        Below the first: ``positive``; up to the second ``stable``; above it ``negative``.
    population
        Population of each area: an indicator whose denominator it is, or a Series by area id.
    min_population
        Areas below it stay out.
    invalid
        Areas that stay out by name.

    Returns
    -------
    DataFrame
        One row per area: ``status_index``, ``dynamics_index``, ``status``, ``dynamics``, ``class`` (such as
        ``"very_low/negative"``), ``left_out`` (why an area has no class; empty where it has one), and the
        standardized values of each indicator.

    Raises
    ------
    OptionError
        If an indicator is unknown or has no direction.

    Notes
    -----
    Per period over the valid areas: z with the population standard deviation, the weighted sum, standardized
    again the same way. An index is relative: there are always areas far from the mean, and an area may move
    because the others do. High values of the index mean a high burden, so a low status.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> table = rg.status_dynamics(rg.load_sample(), period=2024)
    >>> int(table["status"].value_counts().sum())
    25
    """
    panel = Panel.from_frame(panel)
    names = list(indicators) if indicators is not None else _burdens(panel)
    _check(panel, names)
    signs = np.array([_direction(panel, name, directions) for name in names], dtype="float64")
    shares = np.array([1.0 if weights is None else weights.get(name, 1.0) for name in names])
    now = parse_period(period) if period is not None else panel.periods[-1]
    wide = _wide(panel, names, level, (now, years_before(now, years)))
    areas = wide[0].index
    left_out = _left_out(panel, wide, areas, now, population, min_population, invalid)
    valid = (left_out == "").to_numpy()

    level_z = _standardized(wide[0].to_numpy(dtype="float64"), valid) * signs
    change_z = _standardized((wide[0] - wide[1]).to_numpy(dtype="float64"), valid) * signs
    status_index = _standardized((level_z * shares).sum(axis=1, keepdims=True), valid)[:, 0]
    dynamics_index = _standardized((change_z * shares).sum(axis=1, keepdims=True), valid)[:, 0]
    status = np.asarray(STATUS, dtype=object)[_classes(status_index, status_limits)]
    dynamics = np.asarray(DYNAMICS, dtype=object)[_classes(dynamics_index, dynamics_limits)]
    result = pd.DataFrame(
        {
            "status_index": status_index,
            "dynamics_index": dynamics_index,
            "status": np.where(valid, status, ""),
            "dynamics": np.where(valid, dynamics, ""),
            "class": np.where(valid, status + "/" + dynamics, ""),
            "left_out": left_out,
        },
        index=areas,
    )
    for place, name in enumerate(names):
        result[f"z {name}"] = level_z[:, place]
        result[f"z change {name}"] = change_z[:, place]
    return result


def class_table(result: pd.DataFrame) -> pd.DataFrame:
    """Count the areas in the 4 x 3 classes.

    Parameters
    ----------
    result
        What ``status_dynamics`` returned.

    Returns
    -------
    DataFrame
        Number of areas: one row per class of status, one column per class of dynamics. Areas that were left out
        are not counted.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> classes = rg.class_table(rg.status_dynamics(rg.load_sample(), period=2024))
    >>> classes.shape, int(classes.to_numpy().sum())
    ((4, 3), 25)
    """
    valid = result[result["left_out"] == ""]
    counted = pd.crosstab(valid["status"], valid["dynamics"])
    return counted.reindex(index=list(STATUS), columns=list(DYNAMICS), fill_value=0)


def _burdens(panel: Panel) -> list[str]:
    """Return the headline indicators that have a direction."""
    rows = panel.catalogue[
        panel.catalogue["headline"].fillna(False) & (panel.catalogue["polarity"].fillna(0) != 0)
    ]
    return list(dict.fromkeys(rows["indicator"]))


def _check(panel: Panel, names: Sequence[str]) -> None:
    unknown = [name for name in names if name not in panel.indicators]
    if unknown or not names:
        found = unknown[0] if unknown else "–"
        raise problem(
            OptionError,
            "not_in_panel",
            column="indicator",
            found=found,
            expected=shorten(panel.indicators, 12),
            hint="",
        )


def _direction(panel: Panel, name: str, directions: Mapping[str, int] | None) -> int:
    """Return +1 or -1, or say that an indicator has no direction."""
    polarity = panel.entry(name)["polarity"]
    sign = (directions or {}).get(name, 0 if pd.isna(polarity) else int(polarity))
    if sign not in (1, -1):
        raise problem(OptionError, "no_direction", indicator=name)
    return sign


def _wide(panel: Panel, names: Sequence[str], level: str, periods: Sequence[str]) -> list[pd.DataFrame]:
    """Return one frame per period: areas x indicators, each indicator with its leading group."""
    data = panel.data.assign(unrounded=unrounded_values(panel))
    data = data[data["level"] == level]
    groups = {name: panel.entry(name)["group"] for name in names}
    data = data[data["indicator"].isin(groups) & (data["group"] == data["indicator"].map(groups))]
    areas = pd.Index(sorted(data["area_id"].unique()), name="area_id")
    return [
        data[data["period"] == period]
        .pivot_table(index="area_id", columns="indicator", values="unrounded")
        .reindex(index=areas, columns=list(names))
        for period in periods
    ]


def _left_out(
    panel: Panel,
    wide: Sequence[pd.DataFrame],
    areas: pd.Index,
    now: str,
    population: str | pd.Series | None,
    min_population: float,
    invalid: Sequence[str],
) -> pd.Series:
    """Say which areas have no class, and why."""
    reason = pd.Series("", index=areas, dtype="str")
    reason[wide[0].isna().any(axis=1) | wide[1].isna().any(axis=1)] = "missing_value"
    if isinstance(population, str):
        rows = panel.data[(panel.data["indicator"] == population) & (panel.data["period"] == now)]
        leading = rows[rows["group"] == panel.entry(population)["group"]]
        people = leading.set_index("area_id")["denominator"].reindex(areas)
    elif population is not None:
        people = population.reindex(areas)
    else:
        people = None
    if people is not None:
        reason[(people < min_population) | people.isna()] = "few_people"
    reason[areas.isin([str(area) for area in invalid])] = "named_invalid"
    return reason


def _classes(index: Array, limits: Sequence[float]) -> npt.NDArray[np.int64]:
    """Return the place of each index among the limits: below the first, then up to and with each of the others."""
    known = np.nan_to_num(index)
    return np.asarray((known >= limits[0]) + np.searchsorted(limits[1:], known), dtype=np.int64)


def _standardized(x: Array, valid: np.ndarray) -> Array:
    """Return z per column over the valid areas, with the population standard deviation; NaN elsewhere."""
    inside = np.where(valid[:, None], x, np.nan)
    center = mean(inside, 0)
    spread = np.sqrt(mean((inside - center) ** 2, 0))
    return np.asarray((inside - center) / np.where(spread > 0, spread, np.nan))
