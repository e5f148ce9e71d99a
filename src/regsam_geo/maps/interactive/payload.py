"""What a map file holds besides the page: areas, values, classes, labels, texts, as compact as plain JSON allows.

The page decides nothing: classes, labels and colors come from the code that also draws the static map.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from regsam_geo.indicators import Panel, unrounded_values
from regsam_geo.indicators.catalogue import apart_from_city, headlines, is_count
from regsam_geo.indicators.comparison import is_yardstick
from regsam_geo.indicators.naming import Naming
from regsam_geo.indicators.signs import SIGNS
from regsam_geo.look import get_palette, readable_on
from regsam_geo.look.classes import shown_decimals
from regsam_geo.maps.interactive.packed_pair import pack_pair
from regsam_geo.maps.interactive.packed_series import Choice, Shared, describe_series
from regsam_geo.maps.interactive.packing import write_numbers
from regsam_geo.maps.interactive.topology import build_topology
from regsam_geo.maps.map_values import SECRET, short_number
from regsam_geo.maps.symbols import symbol_color
from regsam_geo.text import format_period, say
from regsam_geo.text.catalogue import PHRASES
from regsam_geo.text.lookup import template
from regsam_geo.text.numbers import separators
from regsam_geo.text.phrases import period_in_sentence
from regsam_geo.warning import each_area
from regsam_geo.warning.statistics.standing import EARLIER, FEWEST

TEXTS = "explore."
LABEL_GRID = 20.0
"""Meters to which the middle of a label is found."""

URGENCIES = ("priority", "check", "watch")
COLORS_OF_THE_MAP = ("region_border", "missing", "hatch", "accent", "ink", "context", "high", "low")


def make_payload(
    panel: Panel,
    layers: Mapping[str, gpd.GeoDataFrame],
    warnings: pd.DataFrame | None,
    choice: Choice,
    begin: Callable[[str], None] = lambda _text: None,
    feet: Mapping[str, str] | None = None,
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
    begin
        Told before each series.
    feet
        What is said below the areas of each level: whose boundaries they are, and which values have none.
    """
    lang = choice.lang
    shared = Shared()
    ids = {level: [str(area_id) for area_id in areas.index] for level, areas in layers.items()}
    data = panel.data.assign(exact=unrounded_values(panel))
    by_series = dict(iter(data.groupby(["indicator", "group"], sort=False)))
    apart = apart_from_city(panel.catalogue)
    leading = set(pd.MultiIndex.from_frame(headlines(panel.catalogue)[["indicator", "group"]]))
    series = []
    for _, entry in panel.catalogue.iterrows():
        begin(say("progress.classes", lang))
        rows = by_series[(entry["indicator"], entry["group"])]
        # without the city's where it is no yardstick: what stands in the file can be read there
        rows = rows[rows["level"].isin(list(layers)) | is_yardstick(rows, panel.catalogue)]
        naming = panel.namings[entry["indicator"], entry["group"]]
        names = _names(naming, entry, lang)
        if naming.key in apart:
            names["apart"] = True
        # where the catalogue says nothing, a report leads with all but subgroups
        if naming.key in leading and not names["headline"]:
            names["leads"] = True
        # as in the legend of the static map: a long unit is said once, above the classes
        unit = "" if names["unitLine"] else names["unit"]
        found = describe_series(rows, entry, ids, shown_decimals(naming.decimals), unit, choice, shared)
        # A series without any number would be an entry that leads to an empty map.
        if found["levels"]:
            series.append({**names, **found})
    topology = build_topology(layers)
    west, south, east, north = _bounds(layers.values())
    written = {period: format_period(period, lang) for period in panel.periods}
    return {
        "texts": texts(lang),
        "marks": dict(zip(("decimal", "group"), separators(lang), strict=True)),
        "bounds": [[south, west], [north, east]],
        "look": {**{name: getattr(choice.theme, name) for name in COLORS_OF_THE_MAP}, **_of_symbols(choice)},
        "colors": [list(colors) for colors in shared.colors],
        "inks": [[readable_on(color) for color in colors] for colors in shared.colors],
        "kinds": shared.kinds,
        "signs": [{"text": say(f"sign.{sign}", lang), "secret": sign in SECRET} for sign in SIGNS],
        "periods": written,
        "since": {period: period_in_sentence(text, "since", lang) for period, text in written.items()},
        "methods": {
            method: say(f"label.map.method.{method}", lang)
            for method in dict.fromkeys(str(kind["method"]) for kind in shared.kinds)
        },
        "pair": pack_pair(choice.theme, lang),
        "arcs": [write_numbers(arc) for arc in topology.arcs],
        "levels": [
            _level(level, areas, topology.shapes[level], lang, (feet or {}).get(level, ""))
            for level, areas in layers.items()
        ],
        "series": series,
        "ranking": ranking_words(lang, series),
        "urgencies": {name: say(f"urgency.{name}", lang) for name in URGENCIES},
        "warnings": None if warnings is None else _warnings(warnings, series, ids, lang),
    }


def texts(lang: str) -> dict[str, str]:
    """Return the page's own texts; fields such as ``{period}`` are filled by the page."""
    return {code.removeprefix(TEXTS): template(code, lang) for code in PHRASES if code.startswith(TEXTS)}


def ranking_words(lang: str, series: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return what the ranking says, in the words of the static view."""
    words = ("above", "below", "neither", "dot", "region", "value", "rank", "all")
    span = say("label.ranking.span_most", lang, count=EARLIER)
    single = _are_single(series)
    about = say("note.ranking.no_range" if single else "note.ranking.range", lang, span=span)
    said = {"span": span, "fewest": FEWEST, "range": about}
    return {
        **{word: say(f"label.ranking.{word}", lang) for word in words},
        "range": say("label.ranking.no_range" if single else "label.ranking.range", lang),
        "interval": template("label.ranking.rank_alone" if single else "label.ranking.interval", lang),
        "missing": template("note.ranking.missing", lang),
        "newest": template("label.explore.ranking_newest", lang),
        **{
            note: say(f"note.ranking.{note}", lang, **said)
            for note in ("funnel", "alone", "counts", "ranks_chance")
        },
        "history": say("note.ranking.single" if single else "note.ranking.history", lang, **said),
        "ranks_history": say(f"note.ranking.ranks_{'single' if single else 'history'}", lang, **said),
        **{
            word: say(f"label.explore.ranking_{word}", lang)
            for word in ("label", "best", "worst", "standing", "order")
        },
        "order_compared": say(f"label.explore.ranking_order{'' if single else '_compared'}", lang),
        # of one period nobody can say that an area is like the others
        **({"neither": say("label.ranking.dot", lang)} if single else {}),
    }


def _are_single(series: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether nothing on the page says how firm an order is: one period of each series, and no counts."""
    measures = {
        measure
        for one in series
        for level in one["levels"].values()
        for measure in (
            [level["ranking"]["measures"]]
            if isinstance(level["ranking"]["measures"], str)
            else level["ranking"]["measures"]
        )
    }
    return "funnel" not in measures and all(len(one["periods"]) == 1 for one in series)


def _of_symbols(choice: Choice) -> dict[str, str]:
    """Return the color of circles, as on the static map, and of numbers in them."""
    color = symbol_color(get_palette(choice.palette or choice.theme.sequential))
    return {"symbol": color, "symbolInk": readable_on(color)}


def _names(naming: Naming, entry: Mapping[Any, Any], lang: str) -> dict[str, Any]:
    """Return what one series is called, as on the static map."""
    unit = naming.unit(lang)
    source = " ".join(part for part in (_text(entry["source"]), _text(entry["edition"])) if part)
    # the group is the key of addresses; what is read is said beside it where it differs
    group = naming.group_name(lang)
    return {
        **({"groupName": group} if group != naming.group else {}),
        "indicator": naming.indicator,
        "group": naming.group,
        "title": naming.short(lang),
        "name": " · ".join(
            filter(None, [naming.short(lang), naming.group_words(lang) if naming.title_is_shared else ""])
        ),
        "full": naming.full(lang),
        "detail": " · ".join(part for part in (naming.detail(lang), naming.group_words(lang)) if part),
        "unit": unit,
        "differenceUnit": say("label.explore.points", lang) if unit == "%" else unit,
        "unitLine": "" if len(unit) <= 3 else say("label.explore.unit", lang, unit=unit),
        "headline": bool(entry["headline"]) if not pd.isna(entry["headline"]) else False,
        **({"remark": say("note.map.counts", lang)} if is_count(entry) else {}),
        "source": say("label.map.source", lang, source=source) if source else "",
    }


def _level(level: str, areas: gpd.GeoDataFrame, shapes: list[Any], lang: str, foot: str) -> dict[str, Any]:
    """Return the areas of one level: ids, names, shapes, and where a label has most room."""
    # the middle of the largest circle inside lies inside the area and far from its borders, unlike the centroid
    circles = shapely.maximum_inscribed_circle(areas.geometry.to_numpy(), LABEL_GRID)
    middles = gpd.GeoSeries(shapely.get_point(circles, 0), crs=areas.crs).to_crs("EPSG:4326")
    regions = areas["region_id"] if "region_id" in areas else pd.Series("", index=areas.index)
    names = areas["name"] if "name" in areas else pd.Series(areas.index, index=areas.index)
    found = []
    for area_id, name, region, shape, middle, room in zip(
        areas.index, names, regions, shapes, middles, shapely.length(circles), strict=True
    ):
        area = {
            "id": str(area_id),
            "label": _label(level, str(area_id), _text(name), lang),
            "short": short_number(str(area_id), level),
            "at": [round(middle.y, 5), round(middle.x, 5)],
            "room": round(float(room)),  # the radius in meters: a label is drawn when the zoom makes it fit
            "shape": shape,
        }
        if isinstance(region, str) and region:
            area["region"] = region
        found.append(area)
    word = say(f"label.level.{level}", lang)
    return {
        "id": level,
        "name": word[:1].upper() + word[1:],
        "count": say(f"label.map.count.{level}", lang),
        "source": foot,
        "areas": found,
    }


def _label(level: str, area_id: str, name: str, lang: str) -> str:
    """Return what an area is called in lists: its number and its name."""
    said = say("label.explore.region", lang, region=area_id) if level == "region" else area_id
    return said if name in ("", area_id) else f"{said} {name}"


def _warnings(
    warnings: pd.DataFrame, series: Sequence[Mapping[str, Any]], ids: Mapping[str, Sequence[str]], lang: str
) -> list[dict[str, Any]]:
    """Return the warnings that can be drawn, the most urgent first, else in the order of the table."""
    numbers = {(one["indicator"], one["group"]): at for at, one in enumerate(series)}
    found = [
        {
            "series": numbers[(row["indicator"], row["group"])],
            "period": str(row["period"]),
            "level": row["level"],
            "area": row["area_id"],
            "urgency": row["urgency"],
            "text": str(row[f"sentence_{lang}"]),
        }
        for row in each_area(warnings).to_dict("records")
        # What cannot be drawn is left out here; the table of the report names it.
        if (row["indicator"], row["group"]) in numbers and row["area_id"] in ids.get(row["level"], ())
    ]
    return sorted(found, key=lambda one: URGENCIES.index(one["urgency"]))


def _bounds(layers: Iterable[gpd.GeoDataFrame]) -> list[float]:
    boxes = np.array([areas.to_crs("EPSG:4326").total_bounds for areas in layers])
    return [round(float(x), 5) for x in (*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0))]


def _text(cell: Any) -> str:
    return "" if pd.isna(cell) else str(cell)
