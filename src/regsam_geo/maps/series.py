"""``plot_map_series``: one small map per period, all in the same classes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import geopandas as gpd
from matplotlib.figure import Figure

from regsam_geo.errors import OptionError
from regsam_geo.indicators import Panel, publishable
from regsam_geo.indicators.periods import Period, parse_period
from regsam_geo.look.fonts import CAPITAL, DESCENT, POINT, fit
from regsam_geo.look.pages import Box, axes_in, write
from regsam_geo.look.palettes import Palette
from regsam_geo.look.theme import Theme
from regsam_geo.maps.entries import legend_rows
from regsam_geo.maps.geometry import checked_areas, groups_of
from regsam_geo.maps.inset import city_around, draw_inset
from regsam_geo.maps.layers import draw_outlines, draw_values, prepare
from regsam_geo.maps.legend import draw_rows, fitting_size
from regsam_geo.maps.page import compose, draw_corner
from regsam_geo.maps.request import ClassesWish, Request
from regsam_geo.maps.sheet import foot_of
from regsam_geo.maps.values import MapValues, areas_for, values_for
from regsam_geo.text import format_number, format_period, problem, say, shows_progress, using_language, watched

MOST_MAPS = 12


@shows_progress
def plot_map_series(
    areas: gpd.GeoDataFrame | None,
    panel: Panel,
    periods: Iterable[Period] | None = None,
    *,
    title: str | None = None,
    subtitle: str | None = None,
    classes: ClassesWish = "quantiles",
    k: int = 5,
    center: float | None = None,
    palette: str | Palette | None = None,
    theme: str | Theme = "meeting",
    regions: bool = True,
    inset: bool = True,
    source: str | None = None,
    date: str | None = None,
    lang: str | None = None,
    threshold: float | None = 3,
) -> Figure:
    """Draw one indicator as small maps of several periods, in classes that all of them share.

    Parameters
    ----------
    areas
        Polygons with area ids as index; ``None`` takes the shipped layer that the panel belongs to.
    panel
        One indicator and group.
    periods
        Up to twelve periods; all of the panel by default.
    classes
        As in ``plot_map``, made from the values of all periods together, so the same color is the same value
        everywhere. Diverging classes lie around the city's value of the last period.
    title, subtitle, k, center, palette, theme, regions, inset, source, date, lang, threshold
        As in ``plot_map``.

    Returns
    -------
    Figure
        A page; each map is headed by its period and the value of the city.

    Raises
    ------
    OptionError
        If there are more than twelve periods, or one does not stand in the panel.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample().sel("Arbeitslose - Anteil")
    >>> figure = rg.plot_map_series(rg.load_boundaries("district"), panel, [2014, 2019, 2024])
    >>> len(figure.axes)
    3
    """
    with using_language(lang):
        panel = publishable(panel, threshold)
        wished = panel.periods if periods is None else [parse_period(period) for period in periods]
        if not 1 <= len(wished) <= MOST_MAPS:
            raise problem(
                OptionError,
                "map_series_number",
                found=str(len(wished)),
                most=MOST_MAPS,
                some=", ".join(repr(name) for name in panel.periods[-3:]),
            )
        panels = [panel.sel(period=period) for period in wished]
        layer = checked_areas(areas_for(areas, panels[-1]))
        shown = [values_for(layer, one) for one in panels]
        request = Request(classes, k, center, palette, theme)
        look, used = request.look, request.coloring(*shown)
        groups = groups_of(layer) if regions and shown[-1].level != "region" else None
        page = _words_of_page(shown, wished).told(title=title, subtitle=subtitle, source=source)
        rows = legend_rows(page, used.classes, used.colors, look, outlines=groups is not None, counted=False)
        west, south, east, north = layer.total_bounds
        aspect = (east - west) / max(north - south, 1.0)
        # the maps take what they can get: the width beside a legend, the height over one
        most = 1.0 if look.legend == "below" else 2 * aspect
        layout = compose(look, page.title, page.subtitle, foot_of(page, date, []), rows, aspect=most)
        thin = look.with_(region_width=0.55 * look.region_width, border_width=0.6 * look.border_width)
        meters = 1.0
        cells = grid_of(layout.frame, len(shown), aspect, look)
        jobs = list(zip(shown, wished, cells, strict=True))
        for one, period, cell in watched(jobs, say("progress.maps")):
            head, place = cell.cut_top(_head_height(look))
            _write_head(layout.figure, head, one, period, look)
            axes = axes_in(layout.figure, place)
            made = prepare(axes, layer)
            meters = made.meters
            draw_values(axes, layer, made, one, used.fills(one.numbers), thin)
            if groups is not None:
                draw_outlines(axes, layer, made, thin, groups)
        draw_corner(layout, meters, look)
        city = city_around(layer) if inset else None
        if city is not None:
            layout = draw_inset(layout, layer, city, look)
        draw_rows(layout.figure, rows, layout.legend, look, fitting_size(rows, layout.legend, look.text_size))
        return layout.figure


def _head_height(theme: Theme) -> float:
    """Return the height of the words over a small map."""
    return (CAPITAL + DESCENT + 0.45) * theme.text_size * POINT


def _words_of_page(shown: Sequence[MapValues], periods: Sequence[str]) -> MapValues:
    """Return what the page says: the reasons of all periods, and the span of time."""
    last = shown[-1]
    parts = [part for part in last.subtitle.split(" · ") if part != format_period(periods[-1])]
    span = f"{format_period(periods[0])}–{format_period(periods[-1])}" if len(periods) > 1 else periods[0]
    reasons = tuple(reason for one in shown for reason in one.reasons)
    return replace(
        last,
        reasons=reasons,
        city=None,
        subtitle=" · ".join([*parts, span]),
        strangers=tuple(sorted({stranger for one in shown for stranger in one.strangers})),
    )


def grid_of(frame: Box, n: int, aspect: float, theme: Theme) -> list[Box]:
    """Divide a frame into ``n`` cells, row by row, with the number of columns that gives the largest maps.

    A cell is as high as its map and the words over it need; what is left over stands above, between and below.
    """
    gap, head = 5.0, _head_height(theme)

    def size(columns: int) -> tuple[float, float]:
        rows = -(-n // columns)
        wide = (frame.width - (columns - 1) * gap) / columns
        high = (frame.height - (rows - 1) * gap) / rows - head
        return min(wide, high * aspect), wide

    columns = max(range(1, n + 1), key=lambda columns: size(columns)[0])
    rows = -(-n // columns)
    drawn, wide = size(columns)
    high = drawn / aspect + head
    between = (frame.height - rows * high) / rows
    top = frame.top - between / 2
    places = [divmod(i, columns) for i in range(n)]
    return [Box(frame.x + j * (wide + gap), top - (i + 1) * high - i * between, wide, high) for i, j in places]


def _write_head(page: Figure, box: Box, one: MapValues, period: str, theme: Theme) -> None:
    """Write the period and the city's value over a small map."""
    text = format_period(period)
    if one.city is not None:
        value = format_number(one.city, one.decimals or 0, one.unit if len(one.unit) <= 3 else "")
        text = say("label.map.series_head", period=text, value=value)
    size, lines = fit(text, box.width, theme.text_size, bold=True, lines=1)
    base = box.y + (DESCENT + 0.3) * size * POINT
    write(page, box.x + box.width / 2, base, lines[0], size, theme.ink, bold=True, align="center")
