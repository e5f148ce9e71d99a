"""A study of figures that stand beside polygons: values joined to areas, or columns of a layer."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

import geopandas as gpd
import numpy as np
import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from regsam_geo.errors import BoundaryError, OptionError
from regsam_geo.indicators import Joined, Panel
from regsam_geo.indicators.joining import JOINED_COLUMNS
from regsam_geo.indicators.periods import Period
from regsam_geo.study.study import Study
from regsam_geo.text import did_you_mean, join_words, problem

WHAT = ("what", "indicators", "indicator", "maps")
"""Arguments of verbs that name figures."""
SEVERAL_PERIODS = {"since", "periods", "flagged"}
"""Arguments that only verbs of several periods have."""


@dataclass(frozen=True)
class Asked:
    """What a call asks of the figures, read from its arguments.

    Attributes
    ----------
    names
        The indicators or columns that it names.
    period
        The period that it names.
    several
        Whether it compares periods, which one layer does not have.
    draws_columns
        Whether the verb draws a column of a layer as it stands, without a period.
    """

    names: tuple[str, ...]
    period: Period | None
    several: bool
    draws_columns: bool


def asked_of(function: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Asked:
    """Return what a call of a verb asks of the figures."""
    signature = inspect.signature(function)
    try:
        said = signature.bind_partial(None, *args, **kwargs).arguments
    except TypeError:
        # the call itself says what is wrong with it
        said = {}
    names = [name for argument in WHAT for name in _names_in(said.get(argument), within_maps=argument == "maps")]
    period = said.get("period")
    parameters = signature.parameters
    # "What" is the type of what maps show: an indicator, values by area, or a column
    draws_columns = any("What" in str(parameters[one].annotation) for one in WHAT if one in parameters)
    return Asked(tuple(names), period, bool(SEVERAL_PERIODS & parameters.keys()), draws_columns)


def _names_in(what: Any, *, within_maps: bool = False) -> Iterator[str]:
    """Yield the names in one name, several, or a mapping of maps to draw."""
    if isinstance(what, str):
        yield what
    elif isinstance(what, Mapping):
        values = what.values() if within_maps else [what.get("what")]
        for value in values:
            yield from _names_in(value[0] if isinstance(value, tuple) else value)
    elif isinstance(what, list | tuple):
        yield from (name for name in what if isinstance(name, str))


def study_of_joined(joined: Joined, asked: Asked) -> Study:
    """Return the study of areas with joined values; other columns with numbers are figures of the same period.

    Raises
    ------
    OptionError
        If the call compares periods, or names a column that is not there or holds no numbers.
    """
    areas, report = joined
    if asked.several:
        raise problem(OptionError, "layer_one_period", period=report.period)
    # under the name of its column too, as whoever knows geopandas writes it
    name = "value" if "value" in asked.names else report.indicator
    rows = areas[list(JOINED_COLUMNS)].assign(
        indicator=name,
        group=report.group,
        period=report.period,
        level=report.level,
        area_id=areas.index.astype(str),
    )
    panel = Panel(pd.DataFrame(rows), report.catalogue.assign(indicator=name))
    beside = areas.drop(columns=list(JOINED_COLUMNS))
    columns = [one for one in dict.fromkeys(asked.names) if not _names_one(panel, one)]
    if columns:
        panel = panel.combine(_figures(beside, columns, report.period, report.level, areas.index))
    return Study(panel, beside.drop(columns=columns))


def is_of_areas_alone(study: object) -> TypeGuard[Study]:
    """Tell a study of one layer without figures: the columns of the layer may be them."""
    return isinstance(study, Study) and not len(study.panel) and isinstance(study.areas, gpd.GeoDataFrame)


def study_of_layer(layer: gpd.GeoDataFrame, asked: Asked, said: Study | None = None) -> Study:
    """Return the study of a layer of areas; the columns that a call names are its figures.

    A study of areas alone says all else: which columns count persons, the threshold, the period.

    Raises
    ------
    OptionError
        If a column holds no numbers or is not there, no period is said, or the call compares periods.
    BoundaryError
        If the layer holds points, which are no areas.
    """
    if len(layer) and layer.geom_type.isin(["Point", "MultiPoint"]).all():
        raise problem(BoundaryError, "layer_of_points")
    alone = Study(areas=layer) if said is None else said
    if not asked.names or (asked.draws_columns and asked.period is None):
        return alone
    columns = list(dict.fromkeys(asked.names))
    _hold_to_numbers(layer, columns)
    if asked.several:
        raise problem(OptionError, "layer_one_period", period="–")
    period = alone.period if asked.period is None else asked.period
    if period is None:
        raise problem(OptionError, "layer_period", column=columns[0])
    figures = _figures(layer, columns, period, alone.level, alone.layer().index)
    taken = [one for one in JOINED_COLUMNS if one in layer and one not in columns]
    counts = dict(alone.counts or {})
    _hold_to_numbers(layer, list(counts))
    return alone.replace(
        panel=figures,
        areas=layer.drop(columns=[*columns, *taken]),
        counts={name: persons for name, persons in counts.items() if name in columns} or None,
    )


def _names_one(panel: Panel, words: str) -> bool:
    try:
        return bool(panel.namings.find_indicator(words))
    except OptionError:
        return False


def _figures(layer: gpd.GeoDataFrame, columns: list[str], period: Period, level: str, ids: pd.Index) -> Panel:
    """Return columns of a layer as figures, one indicator a column."""
    _hold_to_numbers(layer, columns)
    each = [
        pd.DataFrame(
            {
                "indicator": column,
                "period": period,
                "level": level,
                "area_id": ids.astype(str),
                "value": layer[column].to_numpy(dtype=float, na_value=np.nan),
            }
        )
        for column in columns
    ]
    return Panel.from_frame(pd.concat(each, ignore_index=True))


def _hold_to_numbers(layer: gpd.GeoDataFrame, columns: list[str]) -> None:
    """Refuse a column that is not there or holds no numbers, and name those that do."""
    numbers = [str(name) for name in layer if is_numeric_dtype(layer[name]) and not is_bool_dtype(layer[name])]
    for column in columns:
        if column not in numbers:
            code = "layer_column_text" if column in layer else "layer_column_unknown"
            hint = did_you_mean(column, numbers)
            raise problem(OptionError, code, found=column, expected=join_words(numbers) or "–", hint=hint)
