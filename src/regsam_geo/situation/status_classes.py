"""Status x dynamics: the classes of Berlin's and Hamburg's social monitoring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.indicators.periods import Period, years_before
from regsam_geo.situation.firmness import Array, standardized, weighted_index
from regsam_geo.situation.inputs import (
    StatusRules,
    burden_sign,
    by_indicator,
    index_indicators,
    index_rows,
    left_out_of,
    wide,
)
from regsam_geo.study import Study
from regsam_geo.study.verb import verb
from regsam_geo.text import check_options

STATUS = ("high", "medium", "low", "very_low")
DYNAMICS = ("positive", "stable", "negative")
STATUS_LIMITS = (-1.0, 1.0, 1.5)
DYNAMICS_LIMITS = (-1.0, 1.0)


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
    names = index_indicators(study, indicators)
    # Turned before they are summed: high must mean burden in every summand.
    signs = np.array([burden_sign(study, name, rules.get("directions")) for name in names], dtype="float64")
    weights = by_indicator(study, rules.get("weights"))
    shares = np.array([weights.get(name, 1.0) for name in names])
    # Level before period: which periods there are depends on the level.
    where = study.find_level(level)
    now = study.find_period(period, where)
    rows = index_rows(study.panel_of(where), names, where)
    rates, before = (wide(rows, names, when) for when in (now, years_before(now, rules.get("years", 2))))
    areas = rates.index
    left_out = left_out_of(study, (rates, before), areas, now, rules)
    valid = (left_out == "").to_numpy()

    burdens, changes = (
        np.where(valid[:, None], signs * values.to_numpy(dtype="float64"), np.nan)
        for values in (rates, rates - before)
    )
    # summed and standardized again in one place, for this verb and for social_situation
    status_index, dynamics_index = (weighted_index(values, shares) for values in (burdens, changes))
    level_z, change_z = (standardized(values.T) for values in (burdens, changes))
    status = _words(status_index, STATUS, rules.get("status_limits", STATUS_LIMITS))
    dynamics = _words(dynamics_index, DYNAMICS, rules.get("dynamics_limits", DYNAMICS_LIMITS))
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
        result[f"z {name}"] = level_z[place]
        result[f"z change {name}"] = change_z[place]
    return result


def class_number(index: Array, limits: Sequence[float]) -> npt.NDArray[np.int64]:
    """Return the number of the class of each value: 0 below the first limit, else up to and with the next one.

    Examples
    --------
    >>> class_number(np.array([-1.1, -1.0, 1.0, 1.5, 1.6]), (-1.0, 1.0, 1.5)).tolist()
    [0, 1, 1, 2, 3]
    """
    # Areas without an index get a class that callers throw away; NaN would find a place beyond the last limit.
    known = np.nan_to_num(index)
    return np.asarray((known >= limits[0]) + np.searchsorted(limits[1:], known))


def _words(index: Array, names: Sequence[str], limits: Sequence[float]) -> npt.NDArray[np.object_]:
    return np.asarray(names, dtype=object)[class_number(index, limits)]


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
