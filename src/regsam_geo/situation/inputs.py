"""What an index is made of: which indicators, which way they burden, their values, and who takes no part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict, TypeVar

import numpy as np
import pandas as pd

from regsam_geo.errors import OptionError
from regsam_geo.indicators import Panel, unrounded_values
from regsam_geo.study import Study
from regsam_geo.text import problem, shorten


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


def _burdens(panel: Panel) -> list[str]:
    """Return the headline indicators that have a direction."""
    rows = panel.catalogue[
        panel.catalogue["headline"].fillna(False) & (panel.catalogue["polarity"].fillna(0) != 0)
    ]
    return list(dict.fromkeys(rows["indicator"]))


def index_indicators(study: Study, indicators: Sequence[str] | None) -> list[str]:
    """Return the index indicators by their names in the tables, or say that there are none."""
    one = [indicators] if isinstance(indicators, str) else indicators
    names = _burdens(study.panel) if one is None else list(one)
    if not names:
        known = shorten(study.panel.indicators, 12)
        raise problem(OptionError, "not_in_panel", column="indicator", found="–", expected=known, hint="")
    return [study.namings.find_indicator(name) for name in names]


T = TypeVar("T")


def by_indicator(study: Study, said: Mapping[str, T] | None) -> dict[str, T]:
    """Return what was said of indicators, by their names in the tables."""
    return {study.namings.find_indicator(name): value for name, value in (said or {}).items()}


def burden_sign(study: Study, name: str, directions: Mapping[str, int] | None) -> int:
    """Return +1 or -1, or say that an indicator has no direction."""
    sign = by_indicator(study, directions).get(name, study.naming(name).direction)
    if sign not in (1, -1):
        raise problem(OptionError, "no_direction", indicator=name)
    return sign


def index_rows(panel: Panel, names: Sequence[str], level: str) -> pd.DataFrame:
    """Return the rows of the index indicators at a level, each with its leading group and the unrounded rate."""
    data = panel.data.assign(unrounded=unrounded_values(panel))
    data = data[data["level"] == level]
    # One group per indicator: with women, men and all the same burden would count three times.
    groups = {name: panel.entry(name)["group"] for name in names}
    return data[data["indicator"].isin(groups) & (data["group"] == data["indicator"].map(groups))]


def wide(rows: pd.DataFrame, names: Sequence[str], period: str, column: str = "unrounded") -> pd.DataFrame:
    """Return a column of ``index_rows`` as areas x indicators, with every area of all periods."""
    # Of all periods, so that an area that lacks one of them is listed with its reason.
    areas = pd.Index(sorted(rows["area_id"].unique()), name="area_id")
    indicators = pd.Index(list(names), name="indicator")
    part = rows[(rows["period"] == period) & rows["indicator"].isin(indicators)]
    table = np.full((len(areas), len(indicators)), np.nan)
    # each cell stands once: a period has one value for an area, an indicator and its leading group
    table[areas.get_indexer(part["area_id"]), indicators.get_indexer(part["indicator"])] = part[column]
    # row by row in memory: the last bit of a sum hangs on the order
    return pd.DataFrame(table, index=areas, columns=indicators, copy=False)


def left_out_of(
    study: Study, needed: Sequence[pd.DataFrame], areas: pd.Index, now: str, rules: StatusRules
) -> pd.Series:
    """Say which areas have no class, and why."""
    reason = pd.Series("", index=areas, dtype="str")
    for values in needed:
        reason[values.isna().any(axis=1)] = "missing_value"
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
