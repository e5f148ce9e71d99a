"""The maps of a region on two pages: each indicator in the region's districts and those around it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from regsam_geo.charts.vector import Drawing, Point
from regsam_geo.indicators.naming import Key, Naming
from regsam_geo.look.classes import DEFAULT_METHOD, classify
from regsam_geo.look.colors import hex_from_rgb, readable_on, rgb_from_hex
from regsam_geo.look.fonts import POINT, text_width
from regsam_geo.look.theme import get_theme
from regsam_geo.summary.facts.profile_facts import ProfileFacts
from regsam_geo.summary.words.profile_page import detail_of, missing_words, number_of, short_unit
from regsam_geo.text import NOT_AVAILABLE, format_period, join_words, say, shorten

WIDTH, HEIGHT = 252.0, 146.0
"""Points; the template gives them this width, so that sizes of letters are those on paper."""
MARGIN: Final = 0.12
"""Share of the region's extent that is shown around it, where its neighbors lie."""
FINEST: Final = 0.25
"""Points below which a bend of a border is left out."""
CLASSES: Final = 5
MOST_NAMED: Final = 6
"""So many districts are named beside a map that stands alone."""
OWN_SIZE, NARROW_SIZE, OTHER_SIZE = 11.0, 8.0, 7.5
SOFTER: Final = 0.5
"""So far the colors around the region go toward white."""


def region_maps_page(facts: ProfileFacts, region: str, key_map: str, date: str | None = None) -> dict[str, Any]:
    """Return all words and pictures of a region's sheet: the map that names its districts, one map per indicator.

    The classes are those of the maps of the whole city, so that a color means the same on all sheets.
    """
    lang = facts.study.language
    period = format_period(facts.period, lang)
    members = facts.study.members_of(region)
    title, name = say("label.region", lang, id=region), facts.study.region_name(region)
    return {
        "lang": lang,
        "document_title": say("regionmaps.document_title", lang, region=region, name=name, period=period),
        "title": say("regionmaps.title", lang, title=title, period=period),
        "region": say("regionmaps.region", lang, title=title, period=period),
        "subtitle": "" if name == region else name.replace("/", " / "),
        "key": {"svg": key_map, "alt": say("regionmaps.alt.key", lang, region=region)},
        "maps": [_map_of(facts, key, region, lang) for key in facts.keys],
        "caption": " ".join(
            say(code, lang)
            for code in ("regionmaps.caption", *(["regionmaps.no_room"] if len(members) > MOST_NAMED else []))
        ),
        "foot": say("regionmaps.foot", lang),
        "date": say("profile.date", lang, date=date) if date else "",
        "page": say("profile.page", lang, page="{page}", pages="{pages}"),
    }


@dataclass(frozen=True, eq=False)
class _MapContent:
    """What the maps of one indicator show in all regions: by district, and the legend."""

    naming: Naming
    values: npt.NDArray[np.float64]
    signs: list[str]
    colors: list[str]
    texts: list[str]
    legend: list[dict[str, str]]


@lru_cache(maxsize=256)
def _map_content(facts: ProfileFacts, key: Key, lang: str) -> _MapContent:
    """Class the districts once for the sheets of all regions."""
    naming = facts.study.namings[key]
    rows = facts.rows_by_key.get(key, facts.current.iloc[:0])
    # In the order of the areas, as shapes, colors and numbers are walked side by side below.
    rows = rows[rows["level"] == facts.level].set_index("area_id").reindex(facts.report.areas.index)
    values = rows["value"].to_numpy(dtype="float64")
    signs = [
        # A value without a row has no sign of its own, and is missing all the same.
        "" if np.isfinite(value) else sign if isinstance(sign, str) and sign else "not_available"
        for value, sign in zip(values, rows["sign"], strict=True)
    ]
    look = get_theme("print")
    # Of all districts of the city: a color means the same on the sheets of all regions.
    grouped = classify(values, DEFAULT_METHOD, CLASSES, decimals=naming.digits)
    palette = grouped.colors(look.sequential)
    labels = grouped.labels(lang, short_unit(naming, lang))
    # Each reason once: the legend explains a color, it does not count.
    reasons = dict.fromkeys(missing_words(sign, lang) for sign in signs if sign)
    return _MapContent(
        naming,
        values,
        signs,
        colors=[palette[place] if place >= 0 else look.missing for place in grouped.assign(values)],
        texts=[
            number_of(value, naming, lang, unit=False) if np.isfinite(value) else NOT_AVAILABLE for value in values
        ],
        legend=[
            {"color": color, "label": label}
            for color, label in (*zip(palette, labels, strict=True), *((look.missing, one) for one in reasons))
        ],
    )


def _map_of(facts: ProfileFacts, key: Key, region: str, lang: str) -> dict[str, Any]:
    content = _map_content(facts, key, lang)
    areas = facts.report.areas
    # By the study's division, which the layer carries.
    inside = np.asarray(areas["region_id"] == region)
    return {
        "title": content.naming.short(lang),
        "detail": detail_of(content.naming, lang),
        "city": _beside(facts, content.naming, region, lang),
        "districts": shorten(_named(areas, inside, content, lang), MOST_NAMED, lang),
        "svg": _svg(areas, inside, content),
        "alt": _alt(areas, inside, content, lang),
        "legend": content.legend,
    }


def _beside(facts: ProfileFacts, naming: Naming, region: str, lang: str) -> str:
    """Write the values of region and city, where the districts can be summed to them."""
    rows = facts.summary_by_key.get(naming.key)
    # What cannot be summed has no value of a region; its districts are shown all the same.
    if rows is None:
        return ""
    row = rows.loc[region]
    own = missing_words(row["sign"], lang) or number_of(float(row["value"]), naming, lang)
    return say("regionmaps.city", lang, region=own, city=number_of(float(row["city"]), naming, lang))


def _named(areas: gpd.GeoDataFrame, inside: npt.NDArray[np.bool_], content: _MapContent, lang: str) -> list[str]:
    """Name the districts of the region with their values."""
    return [
        f"{name} {number_of(value, content.naming, lang) if np.isfinite(value) else missing_words(sign, lang)}"
        for name, value, sign, own in zip(areas["name"], content.values, content.signs, inside, strict=True)
        if own
    ]


def _alt(areas: gpd.GeoDataFrame, inside: npt.NDArray[np.bool_], content: _MapContent, lang: str) -> str:
    """Name the values of the region's districts, and how far the city's reach."""
    naming = content.naming
    known = content.values[np.isfinite(content.values)]
    if not len(known):
        return say("profile.alt.spine_empty", lang, title=naming.short(lang))
    return say(
        "regionmaps.alt",
        lang,
        title=naming.short(lang),
        districts=join_words(_named(areas, inside, content, lang), lang),
        low=number_of(float(known.min()), naming, lang),
        high=number_of(float(known.max()), naming, lang),
    )


class _View:
    """The part of the city around a region, ready to be drawn: rings in points, places for numbers."""

    def __init__(self, areas: gpd.GeoDataFrame, inside: npt.NDArray[np.bool_]) -> None:
        polygons = areas.geometry.to_numpy()
        west, south, east, north = shapely.total_bounds(polygons[inside])
        # The larger of both, so that a long region fits as well as a high one.
        meters = max((east - west) / WIDTH, (north - south) / HEIGHT) / (1 - 2 * MARGIN)
        self._left, self._top = (west + east - meters * WIDTH) / 2, (south + north + meters * HEIGHT) / 2
        self._meters = meters
        view = (self._left, self._top - meters * HEIGHT, self._left + meters * WIDTH, self._top)
        simple = shapely.coverage_simplify(polygons, FINEST * meters)
        clipped = shapely.clip_by_rect(simple, *view)
        self.shapes = [self._rings(polygon) for polygon in clipped]
        # Of the simplified areas: drawn from the exact ones, the outline would run beside their borders.
        self.outline = self._rings(shapely.union_all(simple[inside]))
        # A number stands where the area is widest in the frame, which need not be its own middle.
        circles = [None if polygon.is_empty else _widest_part(polygon, meters) for polygon in clipped]
        self.places = [
            None if circle is None else (*self._point(circle[0]), circle[1] / meters) for circle in circles
        ]

    def _point(self, at: npt.NDArray[np.float64]) -> Point:
        return float((at[0] - self._left) / self._meters), float((self._top - at[1]) / self._meters)

    def _rings(self, polygon: Any) -> list[list[Point]]:
        rings = shapely.get_rings(shapely.get_parts(polygon))
        return [[self._point(at) for at in shapely.get_coordinates(ring)] for ring in rings]


def _widest_part(polygon: Any, meters: float) -> tuple[npt.NDArray[np.float64], float]:
    """Return center and radius of the largest circle inside a polygon."""
    # Half a point is finer than any printed letter is placed.
    line = shapely.maximum_inscribed_circle(polygon, tolerance=0.5 * meters)
    ends = shapely.get_coordinates(line)
    return ends[0], float(shapely.length(line))


@lru_cache(maxsize=2)
def _view(areas: _Areas, inside: tuple[bool, ...]) -> _View:
    """All maps of a sheet show the same part of the city."""
    return _View(areas.frame, np.array(inside))


class _Areas:
    """A layer that stands in a cache by what it is, not by what it holds."""

    def __init__(self, frame: gpd.GeoDataFrame) -> None:
        self.frame = frame

    def __hash__(self) -> int:
        return id(self.frame)

    def __eq__(self, other: object) -> bool:
        # By identity: comparing two layers cell by cell costs more than drawing them.
        return isinstance(other, _Areas) and other.frame is self.frame


def softer(color: str, paper: str) -> str:
    """Return a color half way to the paper.

    Examples
    --------
    >>> softer("#204080", "#ffffff")
    '#90a0c0'
    """
    own, ground = rgb_from_hex([color, paper])
    return hex_from_rgb((own + SOFTER * (ground - own))[None])[0]


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    """Tell whether two boxes (left, top, right, bottom) cover each other."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _svg(areas: gpd.GeoDataFrame, inside: npt.NDArray[np.bool_], content: _MapContent) -> str:
    """Draw one map: fills by class, the region outlined, the values written where there is room."""
    look = get_theme("print")
    view = _view(_Areas(areas), tuple(bool(one) for one in inside))
    drawing = Drawing(WIDTH, HEIGHT)
    colors = [
        color if own else softer(color, look.paper) for color, own in zip(content.colors, inside, strict=True)
    ]
    for rings, color, at in zip(view.shapes, colors, content.colors, strict=True):
        if rings:
            drawing.shape(rings, color, "#ffffff" if at != look.missing else look.border, 0.6)
    # After the fills, or they would cover half of its width.
    drawing.shape(view.outline, "none", look.region_border, 2.2)
    taken: list[tuple[float, float, float, float]] = []
    labels = [
        (*place, color, text, bool(own))
        for place, color, text, own in zip(view.places, colors, content.texts, inside, strict=True)
        if place is not None
    ]
    # the widest first: of values that would cover each other the one that has less room is left out
    for x, y, radius, color, text, own in sorted(labels, key=lambda label: (not label[5], -label[2])):
        size = OWN_SIZE if own else OTHER_SIZE
        # A value of the region's own districts is set smaller, and may touch a border.
        if own and radius < text_width(text, size, bold=True) / POINT / 2:
            size = NARROW_SIZE
        half = text_width(text, size, bold=own) / POINT / 2
        box = (x - half, y - 0.4 * size, x + half, y + 0.4 * size)
        if own and any(_meet(box, other) for other in taken):
            continue
        taken.append(box)
        if own or radius > text_width(text, size) / POINT / 2 + 1:
            ink = readable_on(color)
            drawing.text(x, y + 0.36 * size, text, size, ink, align="middle", bold=own, halo=color)
    return drawing.svg()
