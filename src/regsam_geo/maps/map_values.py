"""What a map shows: numbers in the order of its areas, with title, unit and reasons."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.areas.keys import match_or_refuse
from regsam_geo.areas.layer_keys import are_shipped
from regsam_geo.errors import InputError, OptionError
from regsam_geo.indicators.catalogue import is_count
from regsam_geo.indicators.comparison import is_yardstick
from regsam_geo.indicators.periods import Period
from regsam_geo.look.classes import numbers_of, shown_decimals
from regsam_geo.look.style import Style
from regsam_geo.maps.geometry import checked_areas
from regsam_geo.maps.map_regions import are_regsam
from regsam_geo.study import Pick, Study
from regsam_geo.study.given_areas import names_of
from regsam_geo.text import did_you_mean, format_period, problem, say, shorten

What: TypeAlias = str | pd.Series | None
"""An indicator by its name or title, values by area id, or a column of the areas."""

SECRET = ("secret", "unknown_or_secret", "suppressed")
"""Reasons that are drawn apart from the other missing values: somebody knows the number and does not tell."""


@dataclass(frozen=True)
class MapValues:
    """Numbers aligned to the areas of a map, and what is known about them.

    Attributes
    ----------
    numbers
        One number per area, NaN where it is missing.
    reasons
        Per area why the number is missing: a word of ``indicators/signs.py``; empty where it is there.
    level
        Level of the areas.
    title, subtitle, unit, decimals, city, source
        For the page; ``decimals`` and ``city`` may be ``None``.
    key
        Indicator, group and period that the numbers belong to, where they are known.
    strangers
        Ids that have a number but no area on the map.
    change
        Whether the numbers are changes, which are written with their sign.
    shipped
        Whether the polygons are the city's, which the foot says.
    counts
        Whether the numbers are counts, which are no measure of how much there is: the foot says so.
    """

    numbers: npt.NDArray[np.float64]
    reasons: tuple[str, ...]
    level: str
    title: str = ""
    subtitle: str = ""
    unit: str = ""
    decimals: int | None = None
    city: float | None = None
    source: str = ""
    key: tuple[str, str, str] | None = None
    strangers: tuple[str, ...] = field(default=())
    change: bool = False
    shipped: bool = False
    counts: bool = False

    @property
    def missing(self) -> npt.NDArray[np.bool_]:
        """Which areas have no number, though nobody keeps it secret."""
        return np.isnan(self.numbers) & ~self.secret

    @property
    def secret(self) -> npt.NDArray[np.bool_]:
        """Which areas have a number that is kept secret."""
        kept = np.array([reason in SECRET for reason in self.reasons], dtype=bool)
        return np.asarray(np.isnan(self.numbers) & kept)

    def styled(self, style: Style) -> MapValues:
        """Return the values with what a style says about them in place of what is known."""
        wishes = {
            name: getattr(style, name) for name in ("title", "subtitle", "unit", "decimals", "city", "source")
        }
        return replace(self, **{name: wish for name, wish in wishes.items() if wish is not None})


def find_values(
    study: Study, what: Any, period: Period | None = None, *, group: str | None = None, level: str | None = None
) -> tuple[gpd.GeoDataFrame, MapValues]:
    """Return the areas of a map and what is to be drawn on them.

    ``what`` is an indicator of the study, a Series by area id, or, where the study holds polygons alone, the name
    of one of their columns.
    """
    # A Series needs no figures: a study of polygons alone can be drawn on.
    if isinstance(what, pd.Series) or not len(study.panel):
        level = study.level if level is None else level
        layer = checked_areas(study.layer(level))
        if isinstance(what, pd.Series):
            values = values_of_series(layer, level, what, str(what.name or ""))
        else:
            values = values_of_series(layer, level, _column(layer, what), str(what))
        return layer, replace(values, shipped=is_shipped(study, level))
    pick = pick_of(study, what, period, group=group, level=level)
    layer = checked_areas(pick.layer)
    return layer, values_of_pick(study, pick, layer)


def pick_of(
    study: Study, what: Any, period: Period | None = None, *, group: str | None = None, level: str | None = None
) -> Pick:
    """Return one indicator of the study, or say what came in its place."""
    # A number or a list is a mistake of the caller; taken as text, it would be sought as an indicator.
    if what is not None and not isinstance(what, str):
        raise problem(InputError, "map_values", found=type(what).__name__)
    return study.pick(what, group, period, level)


def periods_of(study: Study, pick: Pick) -> list[str]:
    """Return the periods in which an indicator has figures of the areas that were picked."""
    # Of that level alone: periods in which only the city has figures would give empty maps.
    whole = study.panel_of(pick.level)
    return whole.sel(pick.indicator, pick.group, level=pick.level).periods


def values_of_series(layer: gpd.GeoDataFrame, level: str, series: pd.Series, title: str = "") -> MapValues:
    """Return numbers by area id in the order of the areas."""
    numbers_of(series)  # what is no number is refused even where it has no area
    aligned, strangers = aligned_to(layer, level, series)
    numbers = numbers_of(aligned)
    reasons = tuple("not_available" if missing else "" for missing in np.isnan(numbers))
    return MapValues(numbers, reasons, level, title=title, strangers=strangers)


def values_of_pick(study: Study, pick: Pick, layer: gpd.GeoDataFrame) -> MapValues:
    """Return the numbers of one indicator and period in the order of the areas, with all that the study knows."""
    data, naming = pick.panel.data, pick.naming
    by_area = data[data["level"] == pick.level].set_index("area_id")
    aligned, strangers = aligned_to(layer, pick.level, by_area[["value", "sign"]])
    numbers = numbers_of(aligned["value"])
    signs = aligned["sign"].fillna("")
    reasons = tuple(
        (sign or "not_available") if np.isnan(number) else "" for number, sign in zip(numbers, signs, strict=True)
    )
    entry = pick.panel.entry(naming.indicator, naming.group)
    # a reference for all areas, never one of them
    city = data.loc[is_yardstick(data, pick.panel.catalogue), "value"]
    parts = [
        naming.detail(),
        naming.group_words(),
        level_words(study, pick.level, layer),
        format_period(pick.period),
    ]
    return MapValues(
        numbers,
        reasons,
        pick.level,
        title=naming.short(),
        subtitle=" · ".join(part for part in parts if part),
        unit=naming.unit(),
        decimals=shown_decimals(naming.decimals),
        city=None if city.empty or pd.isna(city.iloc[0]) else float(city.iloc[0]),
        source=source_of(entry),
        key=(naming.indicator, naming.group, pick.period),
        strangers=strangers,
        shipped=is_shipped(study, pick.level),
        counts=is_count(entry),
    )


def aligned_to(
    layer: gpd.GeoDataFrame, level: str, values: pd.Series | pd.DataFrame
) -> tuple[Any, tuple[str, ...]]:
    """Return what is indexed by area id in the order of the areas, and the ids that have no area."""
    if not len(values) and isinstance(values, pd.Series):
        return values.reindex(layer.index), ()
    match = match_or_refuse(values.index, layer.index, level, names_of(layer))
    matched = match.places >= 0
    return values[matched].set_axis(layer.index[match.places[matched]]).reindex(layer.index), match.strangers


def _column(layer: gpd.GeoDataFrame, name: Any) -> pd.Series:
    """Return a column of the areas."""
    if not isinstance(name, str):
        raise problem(InputError, "map_values", found=type(name).__name__)
    if name not in layer:
        raise problem(
            OptionError,
            "map_column",
            found=name,
            expected=shorten([column for column in layer if column != layer.geometry.name], 12),
            hint=did_you_mean(name, layer.columns),
        )
    return layer[name]


def is_shipped(study: Study, level: str) -> bool:
    """Tell whether the polygons of a level are the city's as shipped; only those are credited to it."""
    return study.once(("shipped", level), lambda: are_shipped(study.layer(level), level, study.division))


def level_words(study: Study, level: str, layer: gpd.GeoDataFrame) -> str:
    """Name the kind of areas; regions of another division than REGSAM's are called as it says."""
    if level == "own":
        return ""
    if level != "region" or are_regsam(study, ids := set(layer.index.astype(str))):
        return say(f"label.level.{level}")
    return study.division.title() if ids <= set(study.region_ids) else say("label.level.own_regions")


def source_of(entry: pd.Series) -> str:
    """Return where figures come from, with their edition."""
    return " ".join(str(entry[name]) for name in ("source", "edition") if not pd.isna(entry[name]) and entry[name])


def short_number(area_id: str, level: str) -> str:
    """Write an area id as people say it: ``8`` for ``08``, ``1.1`` for ``01.1``; own ids as they stand."""
    return area_id if level == "own" else area_id.lstrip("0") or area_id
