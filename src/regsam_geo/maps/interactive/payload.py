"""What a map file holds besides the page: areas, values, classes, labels, texts, as compact as plain JSON allows.

The page decides nothing: classes, labels and colors are made here, by the code that also makes the static map.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from regsam_geo.areas import ATTRIBUTION, CITY_ID, LICENSE, VINTAGE
from regsam_geo.indicators import Panel
from regsam_geo.indicators.signs import SIGNS
from regsam_geo.look import Classes, Theme, classify, readable_on
from regsam_geo.maps.interactive.topology import build_topology
from regsam_geo.text import format_period, round_half_up, say
from regsam_geo.text.catalogue import PHRASES
from regsam_geo.text.numbers import separators

TEXTS = "explore."
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LABEL_GRID = 20.0
"""Meters to which the place of a label is found."""

URGENCIES = ("watch", "check", "priority")
_URGENCY_SIGNS = {"watch": "!", "check": "!", "priority": "!!"}


@dataclass(frozen=True)
class Choice:
    """What the reader of the file may not change: classes, look, language."""

    classes: str | Sequence[float] | Classes
    k: int
    theme: Theme
    lang: str


def make_payload(
    panel: Panel,
    layers: Mapping[str, gpd.GeoDataFrame],
    warnings: pd.DataFrame | None,
    choice: Choice,
) -> dict[str, Any]:
    """Return everything that the page reads, ready for JSON.

    Parameters
    ----------
    panel
        Values of the levels in ``layers``, and of the city.
    layers
        Areas per level, already simplified, in the order in which the levels are offered.
    warnings
        Result of ``detect_warnings``, or ``None``.
    choice
        Classes, theme and language.
    """
    lang = choice.lang
    palettes: list[tuple[str, ...]] = []
    data = panel.data
    periods = panel.periods
    series = [_series(entry, data, layers, choice, palettes) for entry in panel.catalogue.to_dict("records")]
    series = [one for one in series if one["levels"]]
    topology = build_topology(layers)
    west, south, east, north = _bounds(layers.values())
    return {
        "texts": texts(lang),
        "marks": dict(zip(("decimal", "group"), separators(lang), strict=True)),
        "bounds": [[south, west], [north, east]],
        "look": {
            name: getattr(choice.theme, name)
            for name in ("border", "region_border", "missing", "hatch", "accent", "ink")
        },
        "colors": [list(colors) for colors in palettes],
        "inks": [[readable_on(color) for color in colors] for colors in palettes],
        "signs": [say(f"sign.{sign}", lang) for sign in SIGNS],
        "periods": {period: format_period(period, lang) for period in periods},
        "method": _method_text(choice, lang),
        "arcs": topology.arcs,
        "levels": [_level(name, areas, topology.shapes[name], lang) for name, areas in layers.items()],
        "series": series,
        "urgencies": {
            name: {"sign": _URGENCY_SIGNS[name], "label": say(f"explore.urgency.{name}", lang)}
            for name in URGENCIES
        },
        "warnings": _warnings(warnings, series, layers, lang),
    }


def texts(lang: str) -> dict[str, str]:
    """Return the page's own texts; fields such as ``{period}`` are filled by the page."""
    return {
        code.removeprefix(TEXTS): getattr(phrase, lang)
        for code, phrase in PHRASES.items()
        if code.startswith(TEXTS) and "." not in code.removeprefix(TEXTS)
    }


def whole_number(value: float, decimals: int) -> int:
    """Return a value in units of its last printed digit, rounded as ``format_number`` rounds."""
    return int(round_half_up(value, decimals).scaleb(decimals))


def pack(values: Iterable[int | str]) -> list[int | str]:
    """Return the first number, then steps; what stands for a missing value is kept."""
    packed: list[int | str] = []
    last = 0
    for value in values:
        if isinstance(value, str):
            packed.append(value)
        else:
            packed.append(value - last)
            last = value
    return packed


def _series(
    entry: Mapping[Any, Any],
    data: pd.DataFrame,
    layers: Mapping[str, gpd.GeoDataFrame],
    choice: Choice,
    palettes: list[tuple[str, ...]],
) -> dict[str, Any]:
    """Return one indicator and group: its names, values on every level, and classes."""
    lang = choice.lang
    rows = data[(data["indicator"] == entry["indicator"]) & (data["group"] == entry["group"])]
    drawn = rows[rows["level"].isin(list(layers))]
    periods = sorted(drawn["period"].unique())
    decimals = _decimals(entry, drawn, choice)
    city = _table(rows[rows["level"] == "city"], [CITY_ID], periods, decimals).numbers[0]
    levels = {}
    for name, areas in layers.items():
        own = drawn[drawn["level"] == name]
        if own["value"].notna().any():
            levels[name] = _values(_table(own, list(areas.index), periods, decimals), decimals, choice, palettes)
    title = entry[f"title_{lang}"]
    return {
        "indicator": entry["indicator"],
        "group": entry["group"],
        "title": title if isinstance(title, str) and title else entry["indicator"],
        "unit": _text(entry["unit_en" if lang == "en" else "unit"]) or _text(entry["unit"]),
        "decimals": decimals,
        "headline": bool(entry["headline"]) if not pd.isna(entry["headline"]) else False,
        "periods": periods,
        "source": _source(entry, lang),
        "city": pack(city),
        "levels": levels,
    }


@dataclass(frozen=True)
class _Table:
    """Values of one level: a row per area, a column per period."""

    numbers: list[list[int | str]]
    frame: pd.DataFrame


def _table(rows: pd.DataFrame, ids: Sequence[str], periods: Sequence[str], decimals: int) -> _Table:
    # a panel holds each combination once
    cells = rows.set_index(["area_id", "period"])[["value", "sign"]]
    cells = cells.reindex(pd.MultiIndex.from_product([ids, periods]))
    values, signs = (
        pd.DataFrame(cells[name].to_numpy().reshape(len(ids), len(periods)), index=ids, columns=periods)
        for name in ("value", "sign")
    )
    reasons = {sign: str(number) for number, sign in enumerate(SIGNS)}
    numbers = [
        [
            whole_number(value, decimals) if np.isfinite(value) else reasons.get(sign, "0")
            for value, sign in zip(row, why, strict=True)
        ]
        for row, why in zip(values.to_numpy(dtype=float), signs.to_numpy(), strict=True)
    ]
    return _Table(numbers, values)


def _values(table: _Table, decimals: int, choice: Choice, palettes: list[tuple[str, ...]]) -> dict[str, Any]:
    """Return packed values of one level with their classes, pooled over all periods and per period."""

    def scale(classes: Classes) -> dict[str, Any]:
        theme = choice.theme
        colors = classes.colors(theme.diverging if classes.diverging else theme.sequential)
        if colors not in palettes:
            palettes.append(colors)
        return {"labels": classes.labels(choice.lang), "colors": palettes.index(colors)}

    def digits(classes: Classes, values: pd.Series) -> str:
        return "".join("-" if found < 0 else DIGITS[found] for found in classes.assign(values))

    columns = [table.frame[period] for period in table.frame]
    pooled = classify(table.frame, choice.classes, choice.k, decimals=decimals).covering(
        table.frame.to_numpy().ravel()
    )
    own = [classify(column, choice.classes, choice.k, decimals=decimals).covering(column) for column in columns]
    return {
        "rows": [pack(row) for row in table.numbers],
        "pooled": scale(pooled),
        "pooledClasses": [digits(pooled, column) for column in columns],
        "own": [scale(classes) for classes in own],
        "ownClasses": [digits(classes, column) for classes, column in zip(own, columns, strict=True)],
    }


def _decimals(entry: Mapping[Any, Any], rows: pd.DataFrame, choice: Choice) -> int:
    """Return the printed digits: the catalogue's, else those that keep the classes apart."""
    if not pd.isna(entry["decimals"]):
        return int(entry["decimals"])
    return classify(rows["value"], "quantiles", choice.k).decimals


def _level(name: str, areas: gpd.GeoDataFrame, shapes: list[Any], lang: str) -> dict[str, Any]:
    """Return the areas of one level: ids, names, shapes, and where a label has most room."""
    circles = shapely.maximum_inscribed_circle(areas.geometry.to_numpy(), LABEL_GRID)
    middles = gpd.GeoSeries(shapely.get_point(circles, 0), crs=areas.crs).to_crs("EPSG:4326")
    regions = areas["region_id"] if "region_id" in areas else pd.Series("", index=areas.index)
    found = []
    for (area_id, row), region, shape, middle, room in zip(
        areas.iterrows(), regions, shapes, middles, shapely.length(circles), strict=True
    ):
        area = {
            "id": area_id,
            "name": row["name"],
            "label": area_label(name, area_id, row["name"], lang),
            "short": area_id,
            "at": [round(middle.y, 5), round(middle.x, 5)],
            "room": round(float(room)),
            "shape": shape,
        }
        if isinstance(region, str) and region:
            area["region"] = region
        found.append(area)
    return {"id": name, "name": _capital(say(f"label.level.{name}", lang)), "areas": found}


def area_label(level: str, area_id: str, name: str, lang: str) -> str:
    """Return what an area is called in lists: number and name, or ``Region 17/18`` and its name."""
    if level == "region":
        return say("explore.region_label.text", lang, region=area_id, name=name) if name != area_id else area_id
    return area_id if name in ("", area_id) else f"{area_id} {name}"


def _warnings(
    warnings: pd.DataFrame | None,
    series: Sequence[Mapping[str, Any]],
    layers: Mapping[str, gpd.GeoDataFrame],
    lang: str,
) -> list[dict[str, Any]]:
    """Return the warnings that can be drawn, most urgent first within an area."""
    if warnings is None:
        return []
    numbers = {(one["indicator"], one["group"]): at for at, one in enumerate(series)}
    found = []
    for row in warnings.to_dict("records"):
        at = numbers.get((row["indicator"], row["group"]))
        level = row["level"]
        if at is None or level not in layers or row["area_id"] not in layers[level].index:
            continue
        found.append(
            {
                "series": at,
                "period": str(row["period"]),
                "level": level,
                "area": row["area_id"],
                "urgency": row["urgency"],
                "text": str(row[f"sentence_{lang}"]),
            }
        )
    return sorted(found, key=lambda one: -URGENCIES.index(one["urgency"]))


def _method_text(choice: Choice, lang: str) -> str:
    method = choice.classes if isinstance(choice.classes, str) else "breaks"
    return say(f"explore.method.{method}", lang)


def _source(entry: Mapping[Any, Any], lang: str) -> str:
    edition = entry["edition"]
    parts = [_text(entry["source"]), "" if pd.isna(edition) else str(edition)]
    source = " ".join(part for part in parts if part) or "–"
    return say("explore.source.text", lang, source=source, boundaries=f"{ATTRIBUTION}, {VINTAGE}", licence=LICENSE)


def _bounds(layers: Iterable[gpd.GeoDataFrame]) -> list[float]:
    boxes = np.array([areas.to_crs("EPSG:4326").total_bounds for areas in layers])
    return [round(float(x), 5) for x in (*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0))]


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
