"""``plot_map_series``: one small map per period, all in the same classes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Unpack

from matplotlib.figure import Figure

from regsam_geo.errors import OptionError
from regsam_geo.indicators.periods import Period
from regsam_geo.look.fonts import CAPITAL, DESCENT, POINT, fit
from regsam_geo.look.pages import Box, axes_in, write
from regsam_geo.look.style import Style, StyleOptions, resolve_style
from regsam_geo.look.theme import Theme
from regsam_geo.maps.area_drawing import draw_outlines, draw_values, prepare
from regsam_geo.maps.coloring import coloring_of
from regsam_geo.maps.geometry import checked_areas
from regsam_geo.maps.inset import city_around, draw_inset
from regsam_geo.maps.legend import draw_rows, fitting_size
from regsam_geo.maps.legend_entries import legend_rows
from regsam_geo.maps.map_page import compose, draw_corner
from regsam_geo.maps.map_regions import regions_on
from regsam_geo.maps.map_values import MapValues, periods_of, pick_of, values_of_pick
from regsam_geo.maps.sheet import foot_of
from regsam_geo.study import Pick, Study, verb
from regsam_geo.text import format_number, format_period, problem, say, shows_progress, watched

MOST_MAPS = 12


@verb
@shows_progress
def plot_map_series(
    study: Study,
    what: str | None = None,
    periods: Iterable[Period] | None = None,
    *,
    group: str | None = None,
    level: str | None = None,
    style: Style | None = None,
    **look: Unpack[StyleOptions],
) -> Figure:
    """Draw one indicator as small maps of several periods, in classes that all of them share.

    Parameters
    ----------
    study
        What the maps are about: a ``Study``, a ``Panel`` or a tidy frame.
    what
        An indicator by its name or title; the first headline by default.
    periods
        Up to twelve periods; all of the indicator by default.
    group, level, style
        As in ``plot_map``.
    **look
        As in ``plot_map``. Classes are made from the values of all periods together, so the same color is the same
        value everywhere. Diverging classes lie around the city's value of the last period.

    Returns
    -------
    Figure
        A page; each map is headed by its period and the value of the city, unless that is no yardstick.

    Raises
    ------
    OptionError
        If there are more than twelve periods, or one does not stand in the panel.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> figure = rg.plot_map_series(rg.load_study(), "Arbeitslose", [2014, 2019, 2024])
    >>> len(figure.axes)
    3
    """
    resolved = resolve_style(style, look, without=("band", "labels", "region_labels", "city"))
    picks = _picks(study, what, periods, group, level)
    layer = checked_areas(picks[-1].layer)
    # On one layer, so that areas stand still from map to map.
    several = [values_of_pick(study, pick, layer) for pick in picks]
    words = _words_of_page(several, [pick.period for pick in picks]).styled(resolved)
    # a style may say them for the page; the words over the maps follow
    several = [replace(values, unit=words.unit, decimals=words.decimals) for values in several]
    regions = regions_on(study, words.level) if resolved.regions else None
    theme, coloring = resolved.page, coloring_of(resolved, *several)
    rows = legend_rows(words, coloring, theme, regions=regions, counted=False)
    west, south, east, north = layer.total_bounds
    aspect = (east - west) / max(north - south, 1.0)
    # the maps take what they can get: the width beside a legend, the height over one
    most = 1.0 if theme.legend == "below" else 2 * aspect
    layout = compose(theme, words.title, words.subtitle, foot_of(words, resolved.date, []), rows, aspect=most)
    # small maps need thinner lines, or borders cover the areas
    thin = theme.with_(region_width=0.55 * theme.region_width, border_width=0.6 * theme.border_width)
    meters = 1.0
    cells = grid_of(layout.frame, len(several), aspect, theme)
    jobs = list(zip(several, picks, cells, strict=True))
    for values, pick, cell in watched(jobs, say("progress.maps")):
        head, frame = cell.cut_top(_head_height(theme))
        digits = coloring.classes.decimals if values.decimals is None else values.decimals
        _write_head(layout.figure, head, replace(values, decimals=digits), pick.period, theme)
        axes = axes_in(layout.figure, frame)
        ground = prepare(axes, layer)
        meters = ground.meters
        draw_values(axes, ground, values, coloring.fills(values.numbers), thin)
        if regions is not None:
            draw_outlines(axes, ground, regions.groups, thin)
    draw_corner(layout, meters, theme)
    city = city_around(layer, study.division) if resolved.inset else None
    if city is not None:
        layout = draw_inset(layout, layer, city, theme)
    draw_rows(layout.figure, rows, layout.legend, theme, fitting_size(rows, layout.legend, theme.text_size))
    return layout.figure


def _picks(
    study: Study, what: str | None, periods: Iterable[Period] | None, group: str | None, level: str | None
) -> list[Pick]:
    """Return the indicator in each period, or say that these are too many maps for a page."""
    newest = pick_of(study, what, group=group, level=level)
    known = periods_of(study, newest)
    # one period alone is no list
    asked = [periods] if isinstance(periods, str | int) else periods
    chosen = known if asked is None else list(asked)
    if not 1 <= len(chosen) <= MOST_MAPS:
        raise problem(
            OptionError,
            "map_series_number",
            found=str(len(chosen)),
            most=MOST_MAPS,
            some=", ".join(repr(name) for name in known[-3:]),
        )
    return [study.pick(newest.indicator, newest.group, period, newest.level) for period in chosen]


def _head_height(theme: Theme) -> float:
    """Return the height of the words over a small map."""
    return (CAPITAL + DESCENT + 0.45) * theme.text_size * POINT


def _words_of_page(several: Sequence[MapValues], periods: Sequence[str]) -> MapValues:
    """Return what the page says: the reasons of all periods, and the span of time."""
    last = several[-1]
    parts = [part for part in last.subtitle.split(" · ") if part != format_period(periods[-1])]
    first, final = format_period(periods[0]), format_period(periods[-1])
    # "2009–2024", but no dash between words
    years = first.isdigit() and final.isdigit()
    many = f"{first}–{final}" if years else say("label.map.span", first=first, last=final)
    span = many if len(periods) > 1 else final
    reasons = tuple(reason for one in several for reason in one.reasons)
    return replace(
        last,
        reasons=reasons,
        city=None,
        subtitle=" · ".join([*parts, span]),
        strangers=tuple(sorted({stranger for one in several for stranger in one.strangers})),
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

    # The first of equally good numbers of columns, so that pages of like content look alike.
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
