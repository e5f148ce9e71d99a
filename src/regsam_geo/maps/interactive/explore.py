"""``explore_map``: all indicators and periods in one map file that opens without a network."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, Unpack
from urllib.parse import urlsplit

import folium
import geopandas as gpd

from regsam_geo.areas import ATTRIBUTION, LICENSE, VINTAGE
from regsam_geo.areas.keys import match_or_refuse, strangers_note
from regsam_geo.areas.layers import SHIPPED_LEVELS
from regsam_geo.errors import BoundaryError, OptionError
from regsam_geo.indicators import Panel
from regsam_geo.indicators.disclosure import protection_note
from regsam_geo.indicators.periods import Period
from regsam_geo.look.style import Style
from regsam_geo.maps.geometry import checked_areas
from regsam_geo.maps.interactive.explorer import Explorer
from regsam_geo.maps.interactive.offline import OfflineMap
from regsam_geo.maps.interactive.packed_comparison import pack_comparison
from regsam_geo.maps.interactive.packed_places import pack_places
from regsam_geo.maps.interactive.packed_series import Choice
from regsam_geo.maps.interactive.page_options import PageOptions, read_page_options
from regsam_geo.maps.interactive.payload import make_payload
from regsam_geo.maps.interactive.topology import simplify_coverage
from regsam_geo.maps.map_values import is_shipped
from regsam_geo.maps.warning_marks import Warnings, warnings_of
from regsam_geo.study import Study, verb
from regsam_geo.study.given_areas import names_of, strangers_of
from regsam_geo.text import join_words, problem, say, shorten, shows_progress, stages

PACE = 900
"""Milliseconds per period when the periods are played."""

LEVEL_ORDER = ("district", "region", "subdistrict", "quarter", "own")


@verb
@shows_progress
def explore_map(
    study: Study,
    what: str | None = None,
    period: Period | None = None,
    *,
    group: str | None = None,
    level: str | None = None,
    warnings: Warnings = False,
    style: Style | None = None,
    **page: Unpack[PageOptions],
) -> folium.Map:
    """Show all indicators, groups and periods of a study in one map.

    Saved with ``.save(path)``, the map is one file that opens without a network: it loads nothing, and its
    Content-Security-Policy forbids it to. What is shown stands in the address, so that a view can be sent.

    Parameters
    ----------
    study
        What the map is about: a ``Study``, a ``Panel`` or a tidy frame. The file holds the numbers of all that the
        study may show.
    what, period, group, level
        What the map shows first: an indicator by its name or title, the first headline, its newest period and the
        level that the study is about by default.
    warnings
        ``True`` for the study's warnings of the period, or the table of ``detect_warnings``; its areas are marked
        and its sentences shown.
    style
        How maps look, said once for many of them.
    **page
        The fields of ``Style`` that apply, and the page itself:

        - ``title``: the title of the page.
        - ``classes``, ``k``, ``palette``, ``theme``: how values are divided into classes, and colors, as for
          ``plot_map``.
        - ``center``: reference of diverging classes; the city's value by default, of the newest period where one
          set of classes serves all periods.
        - ``regions``: offer the regions too, their rates computed from the districts' sums where that is possible,
          and draw their borders.
        - ``same_classes``: whether the map starts with one set of classes for all periods (the default), so that
          they can be compared, or with classes of each period. The reader can switch.
        - ``places``: places over the areas, as for ``plot_places``; the reader chooses their kinds.
        - ``place_columns``: which of their columns is what, as ``columns`` of ``plot_places``.
        - ``tiles``: address of a background map, such as ``"https://tiles.example/{z}/{x}/{y}.png"``. Then, and
          only then, the file asks one host for images, and the reader's address becomes known there.
        - ``tiles_attribution``: whom to name for the background map, as plain text.
        - ``tolerance``: how far borders may be simplified, in meters; shared borders stay shared.
        - ``height``: height in a notebook, in pixels.

    Returns
    -------
    folium.Map
        Markers with the standard pin, ``GeoJson`` layers, shapes, tooltips and popups can be added as usual;
        what would need a network is refused with its name when the map is shown or saved.

    Raises
    ------
    OptionError
        If an indicator, group, period, level or option is unknown, an element would need the network, or every
        value of an area is hidden.
    BoundaryError
        If there is no area with a value.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> web_map = rg.explore_map(rg.load_study(lang="en").sel("Nichtdeutsche"))
    >>> web_map.save("map.html")  # doctest: +SKIP
    >>> "https://cdn" in web_map.get_root().render()
    False
    """
    options, look = read_page_options(style, page)
    choice = Choice(look.classes, look.k, look.page, study.language, look.center, look.palette)
    with stages(3 + len(study.panel.catalogue)) as begin:
        begin(say("progress.protect"))
        # Only what may be shown goes into the file: hidden on the page, a number could still be read in its
        # source.
        panel = study.subject
        begin(say("progress.regions"))
        # Regions are summed from what is shown, so that their sums give no hidden number away.
        if look.regions and _may_have_regions(study):
            panel = study.with_regions
        begin(say("progress.borders"))
        layers = _layers_with_values(study, panel, options.tolerance)
        payload = make_payload(
            panel, layers, warnings_of(study, warnings, period), choice, begin, _feet(study, layers)
        )
        leading = [one["indicator"] for one in payload["series"] if one["headline"] or one.get("leads")]
        payload["comparison"] = pack_comparison(_hidden_note(study, leading), choice.lang)
        payload["places"] = None
        if options.places is not None:
            payload["places"] = pack_places(options.places, options.place_columns, layers, choice.theme)
    payload["start"] = {
        **_first_view(study, payload["series"], what, group, period, level),
        "classes": "pooled" if options.same_classes else "own",
        "warnings": payload["warnings"] is not None,
    }
    payload["pace"] = PACE
    first = payload["series"][payload["start"]["series"]]
    result = OfflineMap(
        lang=study.language,
        title=first["title"] if look.title is None else look.title,
        tile_host=_tile_host(options.tiles),
        figure_height=f"{options.height}px",
        location=_middle(payload["bounds"]),
        # the page fits the map to its frame as soon as that has a size; until then the city is in view
        zoom_start=10,
        zoom_snap=0.1,
        # the page has buttons and keys of its own, which can be reached and read aloud
        zoom_control=False,
        keyboard=False,
        max_zoom=17,
    )
    result.add_child(Explorer(payload, choice.theme, study.language))
    if options.tiles is not None:
        # Leaflet takes the attribution as HTML
        named = escape(options.tiles_attribution or urlsplit(options.tiles).netloc)
        folium.TileLayer(options.tiles, attr=named, control=False).add_to(result)
    return result


def _hidden_note(study: Study, indicators: Sequence[str]) -> str:
    """Say how many small counts are hidden in some indicators; nothing where the study shows all."""
    if study.threshold is None:
        return ""
    return protection_note(study.published.sel(indicators), study.language, threshold=study.threshold)


def _may_have_regions(study: Study) -> bool:
    """Return whether the shipped regions fit the polygons: they would not follow the borders of others."""
    return study.areas is None or (isinstance(study.areas, Mapping) and "region" in study.areas)


def _layers_with_values(study: Study, panel: Panel, tolerance: float) -> dict[str, gpd.GeoDataFrame]:
    """Return the areas of each level that has values, simplified, in the order in which they are offered."""
    valued = set(panel.data.loc[panel.data["value"].notna(), "level"])
    known = {*study.layers, *({"region"} & set(panel.levels))}
    drawn = [level for level in LEVEL_ORDER if level in valued & known]
    if not drawn:
        hidden = panel.data[(panel.data["sign"] == "suppressed") & panel.data["level"].isin(known)]
        if len(hidden):
            indicators = shorten(list(hidden["indicator"].unique()), 4)
            raise problem(OptionError, "explore_all_hidden", indicators=indicators, n=len(hidden))
        expected = join_words(study.layers) or join_words(SHIPPED_LEVELS)
        raise problem(BoundaryError, "explore_no_area", found=join_words(panel.levels) or "–", expected=expected)
    for level in drawn:
        keys = panel.data.loc[panel.data["level"] == level, "area_id"].unique()
        match_or_refuse(keys, study.layer(level).index, level, names_of(study.layer(level)))
    return {level: simplify_coverage(checked_areas(study.layer(level)), tolerance) for level in drawn}


def _feet(study: Study, levels: Iterable[str]) -> dict[str, str]:
    """Say below the areas of each level whose boundaries they are, and which values have none."""
    lang = study.language
    source = say("label.map.boundaries", lang, attribution=ATTRIBUTION, vintage=VINTAGE, license=LICENSE)
    told = {level: strangers_of(study.panel_of(level), level, study.layer(level)) for level in levels}
    return {
        level: " ".join(
            filter(None, [source if is_shipped(study, level) else "", strangers_note(told[level], lang)])
        )
        for level in told
    }


def _first_view(
    study: Study,
    series: Sequence[Mapping[str, Any]],
    what: str | None,
    group: str | None,
    period: Period | None,
    level: str | None,
) -> dict[str, Any]:
    """Return series, level and period that the map shows first; each of them is one that it can show."""
    if what is None:
        # the study's own first choice may have no value on any level that is drawn
        first = next((one for one in series if one["headline"]), series[0])
        what, group = first["indicator"], first["group"]
    if not isinstance(what, str):
        raise problem(OptionError, "explore_what", found=type(what).__name__)
    naming = study.naming(what, group)
    at = next((at for at, one in enumerate(series) if (one["indicator"], one["group"]) == naming.key), None)
    # a series without any value is not in the file, though the study knows it
    drawn = [] if at is None else list(series[at]["levels"])
    if not drawn or level not in (None, *drawn):
        raise problem(
            OptionError,
            "not_in_panel",
            column="level",
            found=level or study.level,
            expected=join_words(drawn) or "–",
            hint="",
        )
    wished = level or next((one for one in study.levels if one in drawn), drawn[0])
    pick = study.pick(what, naming.group, period, wished)
    return {"series": at, "level": pick.level, "period": pick.period}


def _tile_host(tiles: str | None) -> str:
    """Return scheme and host of a background map, or say why it cannot be one."""
    if tiles is None:
        return ""
    parts = urlsplit(tiles)
    named = all(field in tiles for field in ("{z}", "{x}", "{y}"))
    # Exactly one host, as it goes into the policy of the page: a wildcard would open it to any.
    if parts.scheme != "https" or not named or not re.fullmatch(r"[\w.-]+(:\d+)?", parts.netloc):
        raise problem(OptionError, "map_tiles", found=tiles)
    return f"https://{parts.netloc}"


def _middle(bounds: Sequence[Sequence[float]]) -> list[float]:
    return [round((bounds[0][axis] + bounds[1][axis]) / 2, 5) for axis in (0, 1)]
