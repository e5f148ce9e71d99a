"""Status x dynamics: the classes of Berlin's and Hamburg's social monitoring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict, TypeVar, Unpack

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.errors import OptionError
from regsam_geo.indicators import Panel, unrounded_values
from regsam_geo.indicators.periods import Period, years_before
from regsam_geo.study import Study
from regsam_geo.study.verb import verb
from regsam_geo.text import check_options, problem, shorten
from regsam_geo.warning.statistics.robust import Array, mean

STATUS = ("high", "medium", "low", "very_low")
DYNAMICS = ("positive", "stable", "negative")
STATUS_LIMITS = (-1.0, 1.0, 1.5)
DYNAMICS_LIMITS = (-1.0, 1.0)


class StatusRules(TypedDict, total=False):
    """How ``status_dynamics`` weighs and classes; what is not said is as in Berlin's monitoring."""

    years: int
    directions: Mapping[str, int]
    weights: Mapping[str, float]
    status_limits: Sequence[float]
    dynamics_limits: Sequence[float]
    population: str | pd.Series
    min_population: float
    invalid: Sequence[str]


@verb
def status_dynamics(
    study: Study,
    indicators: Sequence[str] | None = None,
    period: Period | None = None,
    *,
    level: str | None = None,
    **rules: Unpack[StatusRules],
) -> pd.DataFrame:
    """Class areas by where they stand and where they move to, as Berlin's monitoring does.

    Parameters
    ----------
    study
        Figures.
    indicators
        The index indicators, by name or title; by default the headline indicators with a polarity.
    period
        The period; the study's by default.
    level
        The level of the areas; that of the report by default.
    **rules
        ``years`` (2): the dynamics is the change over so many years, in percentage points (the indicator's own
        unit). ``directions``: +1 where high is a burden, -1 where it is a relief; by default the catalogue's
        polarity. ``weights``: weight of each indicator in the sum; equal by default. ``status_limits``
        (-1, 1, 1.5): below the first ``high``; up to the second ``medium``; up to the third ``low``; above it
        ``very_low``. ``dynamics_limits`` (-1, 1): below the first ``positive``; up to the second ``stable``;
        above it ``negative``. ``population``: an indicator whose denominator it is, or a Series by area id;
        areas with fewer than ``min_population`` stay out, as do those in ``invalid``.

    Returns
    -------
    DataFrame
        One row per area: ``status_index``, ``dynamics_index``, ``status``, ``dynamics``, ``class`` (such as
        ``"very_low/negative"``), ``left_out`` (why an area has no class; empty where it has one), and the
        standardized values of each indicator.

    Raises
    ------
    OptionError
        If an indicator or a rule is unknown, or an indicator has no direction.

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
    check_options(rules, StatusRules)
    names = _named(study, indicators)
    # Turned before they are summed: high must mean burden in every summand.
    signs = np.array([_direction(study, name, rules.get("directions")) for name in names], dtype="float64")
    weights = _by_name(study, rules.get("weights"))
    shares = np.array([weights.get(name, 1.0) for name in names])
    # Level before period: which periods there are depends on the level.
    where = study.find_level(level)
    now = study.find_period(period, where)
    wide = _wide(study.panel_of(where), names, where, (now, years_before(now, rules.get("years", 2))))
    areas = wide[0].index
    left_out = _left_out(study, wide, areas, now, rules)
    valid = (left_out == "").to_numpy()

    level_z = _standardized(wide[0].to_numpy(dtype="float64"), valid) * signs
    change_z = _standardized((wide[0] - wide[1]).to_numpy(dtype="float64"), valid) * signs
    # standardized again: sums of several indicators would else scatter by how these go together
    status_index = _standardized((level_z * shares).sum(axis=1, keepdims=True), valid)[:, 0]
    dynamics_index = _standardized((change_z * shares).sum(axis=1, keepdims=True), valid)[:, 0]
    status = _classed(status_index, STATUS, rules.get("status_limits", STATUS_LIMITS))
    dynamics = _classed(dynamics_index, DYNAMICS, rules.get("dynamics_limits", DYNAMICS_LIMITS))
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


def _classed(index: Array, names: Sequence[str], limits: Sequence[float]) -> npt.NDArray[np.object_]:
    """Return the class of each value of an index: below the first limit, else up to and with the next one."""
    # Areas without an index get a class that is thrown away below; NaN would find a place beyond the last limit.
    known = np.nan_to_num(index)
    place = (known >= limits[0]) + np.searchsorted(limits[1:], known)
    return np.asarray(names, dtype=object)[place]


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
    >>> classes = class_table(rg.status_dynamics(rg.load_sample(), period=2024))
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


def _named(study: Study, indicators: Sequence[str] | None) -> list[str]:
    """Return the index indicators by their names in the tables, or say that there are none."""
    names = _burdens(study.panel) if indicators is None else list(indicators)
    if not names:
        known = shorten(study.panel.indicators, 12)
        raise problem(OptionError, "not_in_panel", column="indicator", found="–", expected=known, hint="")
    return [study.namings.find_indicator(name) for name in names]


T = TypeVar("T")


def _by_name(study: Study, said: Mapping[str, T] | None) -> dict[str, T]:
    """Return what was said of indicators, by their names in the tables."""
    return {study.namings.find_indicator(name): value for name, value in (said or {}).items()}


def _direction(study: Study, name: str, directions: Mapping[str, int] | None) -> int:
    """Return +1 or -1, or say that an indicator has no direction."""
    sign = _by_name(study, directions).get(name, study.naming(name).direction)
    if sign not in (1, -1):
        raise problem(OptionError, "no_direction", indicator=name)
    return sign


def _wide(panel: Panel, names: Sequence[str], level: str, periods: Sequence[str]) -> list[pd.DataFrame]:
    """Return one frame per period: areas x indicators, each indicator with its leading group."""
    data = panel.data.assign(unrounded=unrounded_values(panel))
    data = data[data["level"] == level]
    # One group per indicator: with women, men and all the same burden would count three times.
    groups = {name: panel.entry(name)["group"] for name in names}
    data = data[data["indicator"].isin(groups) & (data["group"] == data["indicator"].map(groups))]
    # Of both periods, so that an area that lacks one of them is listed with its reason.
    areas = pd.Index(sorted(data["area_id"].unique()), name="area_id")
    return [
        data[data["period"] == period]
        .pivot_table(index="area_id", columns="indicator", values="unrounded")
        .reindex(index=areas, columns=list(names))
        for period in periods
    ]


def _left_out(
    study: Study, wide: Sequence[pd.DataFrame], areas: pd.Index, now: str, rules: StatusRules
) -> pd.Series:
    """Say which areas have no class, and why."""
    reason = pd.Series("", index=areas, dtype="str")
    reason[wide[0].isna().any(axis=1) | wide[1].isna().any(axis=1)] = "missing_value"
    people = _people(study, rules.get("population"), areas, now)
    if people is not None:
        # Later reasons overwrite earlier ones: what a user has named comes before what the figures say.
        reason[(people < rules.get("min_population", 0.0)) | people.isna()] = "few_people"
    reason[areas.isin([str(area) for area in rules.get("invalid", ())])] = "named_invalid"
    return reason


def _people(study: Study, population: str | pd.Series | None, areas: pd.Index, now: str) -> pd.Series | None:
    """Return the population of each area, where it was said how to know it."""
    if population is None or isinstance(population, pd.Series):
        return None if population is None else population.reindex(areas)
    naming = study.naming(population)
    rows = study.subject.sel(naming.indicator, naming.group, period=now).data
    return rows.set_index("area_id")["denominator"].reindex(areas)


def _standardized(x: Array, valid: np.ndarray) -> Array:
    """Return z per column over the valid areas, with the population standard deviation; NaN elsewhere."""
    inside = np.where(valid[:, None], x, np.nan)
    # Over the valid areas alone, as in Berlin's monitoring: an area that stays out must not move the others.
    center = mean(inside, 0)
    spread = np.sqrt(mean((inside - center) ** 2, 0))
    return np.asarray((inside - center) / np.where(spread > 0, spread, np.nan))
