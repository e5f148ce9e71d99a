"""``explore_map``: all indicators and periods in one map file that opens without a network."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import urlsplit

import folium
import geopandas as gpd
import jinja2
import pandas as pd
from branca.element import Element, Figure, MacroElement
from markupsafe import Markup

from regsam_geo.areas import load_boundaries
from regsam_geo.areas.layers import SHIPPED_LEVELS
from regsam_geo.errors import AggregationError, BoundaryError, OptionError
from regsam_geo.indicators import Panel, aggregate_to_regions, publishable
from regsam_geo.indicators.periods import Period, parse_period
from regsam_geo.look import Classes, Theme, get_theme
from regsam_geo.maps.interactive.assets import read_asset
from regsam_geo.maps.interactive.offline import OfflineMap
from regsam_geo.maps.interactive.payload import DEFAULT_GROUP, make_payload
from regsam_geo.maps.interactive.series import Choice
from regsam_geo.maps.interactive.topology import simplify_coverage
from regsam_geo.text import join_words, problem, resolve_language, say, shows_progress, stages, using_language

TOLERANCE = 8.0
"""Meters: invisible at the scale of the city, 22 kB for the borders of all districts and regions."""

PACE = 900
"""Milliseconds per period when the periods are played."""

SCRIPTS = ("base.js", "data.js", "state.js", "picture.js", "side.js", "controls.js", "start.js")

LEVEL_ORDER = ("district", "region", "subdistrict", "quarter", "own")


@shows_progress
def explore_map(
    panel: Panel | pd.DataFrame,
    areas: gpd.GeoDataFrame | Mapping[str, gpd.GeoDataFrame] | None = None,
    *,
    indicator: str | None = None,
    group: str | None = None,
    period: Period | None = None,
    level: str | None = None,
    warnings: pd.DataFrame | None = None,
    regions: bool = True,
    classes: str | Sequence[float] | Classes = "quantiles",
    k: int = 5,
    center: float | None = None,
    same_classes: bool = True,
    theme: str | Theme = "meeting",
    lang: str | None = None,
    tiles: str | None = None,
    tiles_attribution: str = "",
    tolerance: float = TOLERANCE,
    height: int = 720,
    threshold: float | None = 3,
) -> folium.Map:
    """Show all indicators, groups and periods of a panel in one map.

    Saved with ``.save(path)``, the map is one file that opens without a network: it loads nothing, and its
    Content-Security-Policy forbids it to. What is shown stands in the address, so that a view can be sent.

    Parameters
    ----------
    panel
        The values, as ``Panel`` or tidy frame.
    areas
        The areas of one level, or a mapping of levels to areas. The shipped boundaries by default.
    indicator, group, period, level
        What the map shows first; the first headline indicator, its last period and districts by default.
    warnings
        The table of ``detect_warnings``; its areas are marked and its sentences shown.
    regions
        Offer the 16 REGSAM regions too, their rates computed from the districts' sums where that is possible, and
        draw their borders.
    classes, k
        How values are divided into classes, as for ``plot_map``.
    center
        Reference of diverging classes; the city's value by default, of the newest period where one set of classes
        serves all periods.
    same_classes
        Whether the map starts with one set of classes for all periods, so that they can be compared, or with
        classes of each period. The reader can switch.
    theme
        Colors: the name of a theme or the theme itself.
    lang
        ``"de"`` or ``"en"``; the language in force by default.
    tiles
        Address of a background map, such as ``"https://tiles.example/{z}/{x}/{y}.png"``. Then, and only then,
        the file asks one host for images, and the reader's address becomes known there.
    tiles_attribution
        Whom to name for the background map, as plain text.
    tolerance
        How far borders may be simplified, in meters; shared borders stay shared.
    height
        Height in a notebook, in pixels.
    threshold
        Counts of persons below it are hidden first, and everything made of them (``protect``): the file holds the
        numbers of the whole panel. ``None`` for figures that may be shown as they are.

    Returns
    -------
    folium.Map
        Markers with the standard pin, ``GeoJson`` layers, shapes, tooltips and popups can be added as usual;
        what would need a network is refused with its name when the map is shown or saved.

    Raises
    ------
    OptionError
        If an indicator, group, period, level or option is unknown, or an element would need the network.
    BoundaryError
        If there is no area with a value.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> m = rg.explore_map(rg.load_sample(), lang="en")
    >>> m.save("map.html")  # doctest: +SKIP
    >>> page = m.get_root().render()
    >>> "https://cdn" in page
    False
    """
    language = resolve_language(lang)
    panel = Panel.from_frame(panel)
    with using_language(language):
        choice = Choice(classes, k, get_theme(theme), language, center)
        with stages(3 + len(panel.catalogue)) as begin:
            begin(say("progress.protect"))
            panel = publishable(panel, threshold)
            begin(say("progress.regions"))
            if regions:
                panel = _with_regions(panel, areas)
            begin(say("progress.borders"))
            layers = _layers(panel, areas, tolerance)
            payload = make_payload(panel, layers, warnings, choice, begin)
        payload["start"] = _start(
            panel, payload, indicator, group, period, level, same_classes, warnings is not None
        )
        payload["pace"] = PACE
        explorer = Explorer(payload, choice.theme, language)
        result = OfflineMap(
            lang=language,
            title=payload["series"][payload["start"]["series"]]["title"],
            tile_host=_tile_host(tiles),
            figure_height=f"{height}px",
            location=_middle(payload["bounds"]),
            zoom_start=10,
            zoom_snap=0.1,
            zoom_control=False,
            keyboard=False,
            max_zoom=17,
        )
    result.add_child(explorer)
    if tiles is not None:
        named = escape(tiles_attribution or urlsplit(tiles).netloc)  # Leaflet takes it as HTML
        folium.TileLayer(tiles, attr=named, control=False).add_to(result)
    return result


class Explorer(MacroElement):
    """The page around the map: controls, legend, panel, table, and the code that draws them."""

    def __init__(self, payload: Mapping[str, Any], theme: Theme, lang: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Explorer"
        self.payload = payload
        self.theme = theme
        self.lang = lang

    def render(self, **_options: Any) -> str:
        """Add the page's parts to the figure; the map's own ``div`` moves into the page."""
        figure = self.get_root()
        assert isinstance(figure, Figure)
        assert self._parent is not None
        place = self._parent.get_name()
        figure.header.add_child(Verbatim(f"<style>\n{_variables(self.theme)}\n{read_asset('page.css')}</style>"))
        page = _template().render(
            t=self.payload["texts"],
            map=Markup(f'<div class="folium-map" id="{place}"></div>'),
            data=Markup(_script_json(self.payload)),
            one_level=len(self.payload["levels"]) < 2,
            has_warnings=self.payload["warnings"] is not None,
        )
        figure.html._children[place] = Verbatim(page)
        code = "\n".join(read_asset(name) for name in SCRIPTS)
        figure.script.add_child(Verbatim(f'(function () {{\n"use strict";\n{code}\nstart({place});\n}})();'))
        return ""


class Verbatim(Element):
    """Text that goes into the page as it is; branca would read it as a template once more."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._name = "Verbatim"
        self.text = text

    def render(self, **_options: Any) -> str:
        """Return the text."""
        return self.text


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(read_asset("page.html"))


def _script_json(payload: Mapping[str, Any]) -> str:
    """Write JSON that cannot end the element it stands in."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _variables(theme: Theme) -> str:
    """Return the theme's colors as variables of the style sheet."""
    colors = {
        "paper": theme.paper, "ink": theme.ink, "soft-ink": theme.soft_ink, "missing": theme.missing,
        "hatch": theme.hatch, "marker": theme.marker, "marker-ink": theme.marker_ink,
        "line": "#d5d9dc", "control": "#7a838b", "focus": "#0b57d0", "hover": "#eef0f2",
        "region": theme.region_border,
    }  # fmt: skip
    for name, color in colors.items():
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", color):
            raise problem(OptionError, "map_color", name=name, found=color)
    return ":root { " + " ".join(f"--rg-{name}: {color};" for name, color in colors.items()) + " }"


def _with_regions(panel: Panel, areas: gpd.GeoDataFrame | Mapping[str, gpd.GeoDataFrame] | None) -> Panel:
    """Add the regions' rows, unless the panel has them or there is no district that they could be made from."""
    drawn = areas is None or (isinstance(areas, Mapping) and "region" in areas)
    if not drawn or "region" in panel.levels or "district" not in panel.levels:
        return panel
    try:
        summed = aggregate_to_regions(panel)
    except AggregationError:
        return panel  # no indicator can be summed
    rows = summed.data[summed.data["level"] == "region"]
    return Panel(pd.concat([panel.data, rows]), panel.catalogue)


def _layers(
    panel: Panel, areas: gpd.GeoDataFrame | Mapping[str, gpd.GeoDataFrame] | None, tolerance: float
) -> dict[str, gpd.GeoDataFrame]:
    """Return the areas of each level that has values, simplified."""
    valued = panel.data[panel.data["value"].notna()]
    present = [name for name in LEVEL_ORDER if name in set(valued["level"])]
    if areas is None:
        given: dict[str, gpd.GeoDataFrame] = {
            name: load_boundaries(name) for name in SHIPPED_LEVELS if name in present
        }
        given = {name: given[name] for name in LEVEL_ORDER if name in given}
    elif isinstance(areas, Mapping):
        given = {name: areas[name] for name in LEVEL_ORDER if name in areas and name in present}
    else:
        ids = set(areas.index)
        shared = {name: len(ids & set(valued.loc[valued["level"] == name, "area_id"])) for name in present}
        best = max(shared, key=lambda name: shared[name], default=None)
        given = {best: areas} if best is not None and shared[best] else {}
    if not given:
        expected = join_words(areas) if isinstance(areas, Mapping) else join_words(SHIPPED_LEVELS)
        raise problem(BoundaryError, "explore_no_area", found=join_words(panel.levels) or "–", expected=expected)
    return {name: simplify_coverage(layer, tolerance) for name, layer in given.items()}


def _start(
    panel: Panel,
    payload: Mapping[str, Any],
    indicator: str | None,
    group: str | None,
    period: Period | None,
    level: str | None,
    same_classes: bool,
    warnings: bool,
) -> dict[str, Any]:
    """Return what the map shows first."""
    series = payload["series"]
    if indicator is None:
        leading = [i for i, one in enumerate(series) if one["headline"]]
        whole = [i for i, one in enumerate(series) if one["group"] == DEFAULT_GROUP]
        at = [*leading, *whole, 0][0]
    else:
        entry = panel.entry(indicator, group)
        at = next(
            i
            for i, one in enumerate(series)
            if (one["indicator"], one["group"]) == (entry["indicator"], entry["group"])
        )
    shown = series[at]
    levels = list(shown["levels"])
    if level is not None and level not in levels:
        raise problem(
            OptionError, "not_in_panel", column="level", found=level, expected=join_words(levels), hint=""
        )
    periods = shown["periods"]
    wished = periods[-1] if period is None else parse_period(period)
    if wished not in periods:
        raise problem(
            OptionError, "not_in_panel", column="period", found=wished, expected=join_words(periods), hint=""
        )
    return {
        "series": at,
        "level": level or levels[0],
        "period": wished,
        "classes": "pooled" if same_classes else "own",
        "warnings": warnings,
    }


def _tile_host(tiles: str | None) -> str:
    """Return scheme and host of a background map, or say why it cannot be one."""
    if tiles is None:
        return ""
    parts = urlsplit(tiles)
    named = all(field in tiles for field in ("{z}", "{x}", "{y}"))
    if parts.scheme != "https" or not named or not re.fullmatch(r"[\w.-]+(:\d+)?", parts.netloc):
        raise problem(OptionError, "map_tiles", found=tiles)
    return f"https://{parts.netloc}"


def _middle(bounds: Sequence[Sequence[float]]) -> list[float]:
    return [round((bounds[0][axis] + bounds[1][axis]) / 2, 5) for axis in (0, 1)]
