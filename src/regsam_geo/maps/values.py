"""What a map shows: numbers in the order of its areas, with title, unit and reasons, from whatever was given."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any, cast

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.areas import load_boundaries, load_region_scheme
from regsam_geo.areas.layers import ShippedLevel
from regsam_geo.errors import InputError, OptionError
from regsam_geo.indicators import Panel, publishable
from regsam_geo.look.classes import numbers_of
from regsam_geo.text import did_you_mean, format_period, problem, resolve_language, say, shorten

SECRET = ("secret", "unknown_or_secret", "suppressed")
"""Reasons that are drawn apart from the other missing values: somebody knows the number and does not tell."""

_LEVEL_OF_ID = (
    (r"\d{2}", "district"),
    (r"\d{2}\.\d{1,2}", "subdistrict"),
    (r"\d{2}\.\d{1,2}\.\d{1,2}", "quarter"),
)


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

    @property
    def missing(self) -> npt.NDArray[np.bool_]:
        """Which areas have no number, though nobody keeps it secret."""
        return np.isnan(self.numbers) & ~self.secret

    @property
    def secret(self) -> npt.NDArray[np.bool_]:
        """Which areas have a number that is kept secret."""
        kept = np.array([reason in SECRET for reason in self.reasons], dtype=bool)
        return np.asarray(np.isnan(self.numbers) & kept)

    def told(self, **wished: Any) -> MapValues:
        """Return the values with what the caller said, where it is not ``None``, in place of what is known."""
        return replace(self, **{name: given for name, given in wished.items() if given is not None})


def level_of(ids: pd.Index) -> str:
    """Return the level that area ids belong to; ``own`` for any others."""
    texts = [str(area_id) for area_id in ids]
    for pattern, level in _LEVEL_OF_ID:
        if all(re.fullmatch(pattern, text) for text in texts):
            regions = set(load_region_scheme()["region_id"])
            return "region" if level == "district" and set(texts) <= regions and len(texts) < 8 else level
    return "region" if set(texts) <= set(load_region_scheme()["region_id"]) else "own"


def areas_for(areas: gpd.GeoDataFrame | None, values: Any) -> Any:
    """Return the areas given, or the shipped layer of a panel's only level."""
    if areas is not None:
        return areas
    if isinstance(values, Panel):
        levels = [level for level in values.levels if level != "city"]
        if len(levels) == 1 and levels[0] != "own":
            return load_boundaries(cast("ShippedLevel", levels[0]))
    return areas


def guarded(values: Any, threshold: float | None) -> Any:
    """Return values without small counts of persons; a panel says what its numbers count, a Series does not."""
    return publishable(values, threshold) if isinstance(values, Panel) else values


def values_for(areas: gpd.GeoDataFrame, values: Any, lang: str | None = None) -> MapValues:
    """Return what is to be drawn on ``areas``.

    ``values`` is a Series by area id, the name of a column of ``areas``, or a panel with one indicator, group and
    period for the level of the areas.
    """
    if isinstance(values, Panel):
        return _from_panel(areas, values, resolve_language(lang))
    if isinstance(values, str):
        if values not in areas:
            raise problem(
                OptionError,
                "map_column",
                found=values,
                expected=shorten([name for name in areas if name != areas.geometry.name], 12),
                hint=did_you_mean(values, areas.columns),
            )
        return _from_series(areas, areas[values], "")
    if isinstance(values, pd.Series):
        return _from_series(areas, values, str(values.name or ""))
    raise problem(InputError, "map_values", found=type(values).__name__)


def _from_series(areas: gpd.GeoDataFrame, series: pd.Series, title: str) -> MapValues:
    numbers_of(series)
    aligned, strangers = _aligned(areas, series)
    numbers = numbers_of(aligned)
    reasons = tuple("not_available" if missing else "" for missing in np.isnan(numbers))
    return MapValues(numbers, reasons, level_of(areas.index), title=title, strangers=strangers)


def _aligned(areas: gpd.GeoDataFrame, series: pd.Series) -> tuple[pd.Series, tuple[str, ...]]:
    """Return a series in the order of the areas, and the ids that have no area."""
    if not series.index.is_unique:
        twice = series.index[series.index.duplicated()][0]
        raise problem(InputError, "map_values_twice", found=str(twice))
    strangers = tuple(str(area_id) for area_id in series.index if area_id not in areas.index)
    if len(series) and len(strangers) == len(series):
        raise problem(
            InputError,
            "map_no_match",
            found=shorten([repr(area_id) for area_id in series.index], 3),
            expected=shorten([repr(area_id) for area_id in areas.index], 3),
        )
    return series.reindex(areas.index), strangers


def _from_panel(areas: gpd.GeoDataFrame, panel: Panel, lang: str) -> MapValues:
    level = _level_in(areas, panel)
    rows = panel.data[panel.data["level"] == level]
    for column in ("indicator", "group", "period"):
        found = list(dict.fromkeys(panel.data[column] if rows.empty else rows[column]))
        if rows.empty or len(found) != 1:
            raise problem(
                OptionError,
                "map_panel_several",
                column=column,
                n=len(found) if len(rows) else 0,
                found=shorten(found, 4),
            )
    key = (rows["indicator"].iloc[0], rows["group"].iloc[0], rows["period"].iloc[0])
    by_area = rows.set_index("area_id")
    aligned, strangers = _aligned(areas, by_area["value"])
    numbers = numbers_of(aligned)
    signs = by_area["sign"].reindex(areas.index).fillna("")
    reasons = tuple(
        (sign or "not_available") if np.isnan(number) else "" for number, sign in zip(numbers, signs, strict=True)
    )
    entry = panel.entry(key[0], key[1])
    city = panel.data[(panel.data["level"] == "city") & (panel.data["period"] == key[2])]["value"]
    title, detail = split_title(_text(entry[f"title_{lang}"]) or key[0])
    parts = [detail, key[1] if key[1] != "insgesamt" and key[1] not in title + detail else ""]
    parts += [_level_words(areas, level, lang), format_period(key[2], lang)]
    unit = _text(entry["unit" if lang == "de" else "unit_en"]) or _text(entry["unit"])
    edition = _text(entry["edition"])
    return MapValues(
        numbers,
        reasons,
        level,
        title=title,
        subtitle=" · ".join(part for part in parts if part),
        unit=unit,
        decimals=None if pd.isna(entry["decimals"]) else int(entry["decimals"]),
        city=None if city.empty or pd.isna(city.iloc[0]) else float(city.iloc[0]),
        source=" ".join(part for part in (_text(entry["source"]), edition) if part),
        key=key,
        strangers=strangers,
    )


def _level_in(areas: gpd.GeoDataFrame, panel: Panel) -> str:
    """Return the level of a panel whose area ids are those of the map."""
    own = level_of(areas.index)
    if own in panel.levels:
        return own
    levels = [level for level in panel.levels if level != "city"]
    for level in levels:
        if panel.data.loc[panel.data["level"] == level, "area_id"].isin(areas.index).any():
            return level
    found = panel.data.loc[panel.data["level"] != "city", "area_id"].unique()
    raise problem(
        InputError,
        "map_no_match",
        found=shorten([repr(area_id) for area_id in found], 3) or "–",
        expected=shorten([repr(area_id) for area_id in areas.index], 3),
    )


def split_title(title: str) -> tuple[str, str]:
    """Split ``Name (explanation)`` into both; other titles stay whole.

    Examples
    --------
    >>> split_title("Erwerbsfähige (Regel-)Leistungsberechtigte (Anteil an der Bevölkerung)")
    ('Erwerbsfähige (Regel-)Leistungsberechtigte', 'Anteil an der Bevölkerung')
    """
    match = re.fullmatch(r"(.*\S)\s+\(([^()]+)\)", title.strip())
    if match is None:
        return title.strip(), ""
    detail = match.group(2)
    return match.group(1), detail[:1].upper() + detail[1:]


def _level_words(areas: gpd.GeoDataFrame, level: str, lang: str) -> str:
    """Name the kind of areas; regions of another scheme than REGSAM's are the user's own."""
    if level == "own":
        return ""
    if level == "region" and not set(areas.index.astype(str)) <= set(load_region_scheme()["region_id"]):
        return say("label.level.own_regions", lang)
    return say(f"label.level.{level}", lang)


def _text(cell: Any) -> str:
    return "" if pd.isna(cell) else str(cell)


def short_number(area_id: str) -> str:
    """Write an area id as people say it: ``8`` for ``08``, ``1.1`` for ``01.1``."""
    return area_id.lstrip("0") or area_id
