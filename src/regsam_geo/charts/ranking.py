"""The ranking: areas in the order of an indicator, and how firm that order is; several indicators side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Unpack

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from regsam_geo.charts.chart_page import (
    NOT_FOR_CHARTS,
    area_name,
    date_note,
    hidden_note,
    write_foot,
    write_lines,
)
from regsam_geo.charts.ranking_rows import Ranked, ranked_of
from regsam_geo.errors import OptionError
from regsam_geo.indicators.periods import Period
from regsam_geo.look.fonts import CAPITAL, LEADING, POINT, ellipsis_, fit, text_width, wrap
from regsam_geo.look.pages import Box, PageFigure, axes_in, put, write
from regsam_geo.look.style import ResolvedStyle, ViewOptions, resolve_view
from regsam_geo.look.theme import Theme
from regsam_geo.study import Study, verb
from regsam_geo.text import format_number, format_period, problem, say, shorten
from regsam_geo.warning.statistics.standing import FEWEST

MOST = 6
"""So many indicators fit side by side."""
LEAST = 0.62
"""The smallest size of a row's letters, as a share of the theme's labels."""
ROW = 1.2
"""Height of a row as a multiple of the height of its letters."""
TALLEST = 9.0
"""No row is taller, in millimeters: few areas stand at the top of the page."""
GAP = 4.0
"""Millimeters between two columns."""
WIDE = 18.0
"""Millimeters that a narrow column of points needs, to have its numbers beside it."""


@dataclass(frozen=True)
class _Ranking:
    """All that is drawn: the columns, the rows that they share, and what is written around them."""

    columns: tuple[Ranked, ...]
    order: tuple[str, ...]
    names: dict[str, str]
    regions: dict[str, str]  # empty where no column of regions is drawn
    title: str
    subtitle: str
    foot: tuple[str, ...]


@verb
def plot_ranking(
    study: Study,
    what: str | Sequence[str] | None = None,
    period: Period | None = None,
    **look: Unpack[ViewOptions],
) -> Figure:
    """Put the areas in order, and draw pale what does not clearly differ.

    Parameters
    ----------
    study
        What the chart is about: a ``Study``, a ``Panel`` or a tidy frame; ``study.sel(group="weiblich")`` for
        another group, ``study.sel(level="subdistrict")`` for another level, ``study.aggregate()`` for the regions.
    what
        An indicator by its name or title, or a list of up to six, which stand side by side in the order of the
        first; the first headline by default.
    period
        The study's by default, which is the newest.
    **look
        ``style``, how charts look, said once for many of them, and the fields of ``Style`` that apply: ``title``,
        ``subtitle``, ``theme``, ``unit``, ``decimals``, ``source``, ``date``; ``regions``: write
        the region beside each area.

    Returns
    -------
    Figure
        A page of the theme's size. Areas whose counts are hidden have no point and no rank, and the foot says so.
        Of more areas than a page can hold the highest and the lowest are drawn.

    Raises
    ------
    OptionError
        If nothing of an indicator may be shown, there are too many of them, or a name or option is unknown.

    Notes
    -----
    Where all values have numerators and denominators, the range of each row is that of ordinary areas of its size,
    and an area is drawn strong where the funnel plot marks it too (``funnel_limits``). The ranks in brackets are
    those that chance in the counts allows: joint ranges for all areas (Klein, Wright and Wieczorek 2020).
    Elsewhere the range and the ranks are those of the newest five periods, and strong is who stood on the same
    side of the city in all of them, and apart from its present value. Numbers that depend on how large an area is,
    and plain counts, are not compared with the city.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> figure = rg.plot_ranking(rg.load_study(), "Arbeitslose", 2024)
    >>> several = rg.plot_ranking(rg.load_study(), ["Arbeitslose", "Nichtdeutsche"])
    """
    resolved = resolve_view(look, without=(*NOT_FOR_CHARTS, "band"))
    ranking = _ranking_of(study, what, period, resolved)
    theme = resolved.page
    page = PageFigure(theme, ranking.title)
    _draw(page, ranking, theme)
    return page


# --- what is drawn


def _ranking_of(
    study: Study,
    what: str | Sequence[str] | None,
    period: Period | None,
    style: ResolvedStyle,
) -> _Ranking:
    """Gather the columns, their common rows and all words."""
    wished = [what] if what is None or isinstance(what, str) else list(what)
    if not wished:
        raise problem(OptionError, "ranking_none")
    if len(wished) > MOST:
        raise problem(OptionError, "ranking_many", found=len(wished), expected=MOST)
    first = study.pick(wished[0], None, period)
    picks = [first, *(study.pick(one, None, period, first.level) for one in wished[1:])]
    columns = tuple(ranked_of(study, pick, style) for pick in picks)
    for pick, column in zip(picks, columns, strict=True):
        if column.rows.empty:
            raise problem(
                OptionError, "ranking_empty", found=pick.naming.short(), period=format_period(pick.period)
            )
    order = tuple(dict.fromkeys(str(area) for column in columns for area in column.rows.index))
    place = first.level
    of_area = {area: study.region_of(place, area) if place != "region" else area for area in order}
    areas = say(f"label.level.{place}")
    areas = areas[:1].upper() + areas[1:]
    hidden = dict.fromkeys(hidden_note(study, pick.panel.sel(level=place)) for pick in picks)
    source = "; ".join(dict.fromkeys(column.source for column in columns if column.source))
    written = {area: _name(study, place, area) for area in (*order, *(a for c in columns for a in c.missing))}
    return _Ranking(
        columns=columns,
        order=order,
        names=written,
        regions=of_area if style.regions and place != "region" and any(of_area.values()) else {},
        title=_title(columns, areas) if style.title is None else style.title,
        subtitle=_subtitle(columns, areas) if style.subtitle is None else style.subtitle,
        foot=(
            " ".join(_notes(columns)),
            _missing(columns, written),
            " ".join(note for note in hidden if note),
            say("label.funnel.source", source=source) if source else "",
            date_note(style.date),
        ),
    )


def _name(study: Study, level: str, area: str) -> str:
    """Return how a row is called: number and name as people say them; own ids stand as they are."""
    if level == "region":
        name = study.region_name(area)
        return area if name == area else f"{area} {name}"
    number = area if level == "own" else area.lstrip("0") or area
    return f"{number} {area_name(study, level, area)}".strip()


def _title(columns: Sequence[Ranked], areas: str) -> str:
    return columns[0].title if len(columns) == 1 else say("label.ranking.title_several", areas=areas)


def _subtitle(columns: Sequence[Ranked], areas: str) -> str:
    """Say which areas these are, when, and what pale means."""
    if len(columns) > 1:
        compared = any(column.compared for column in columns)
        return say("label.ranking.subtitle_several" if compared else "label.ranking.subtitle_several_alone")
    compared = columns[0].compared
    name = "label.ranking.subtitle" if compared else "label.ranking.subtitle_alone"
    return say(name, areas=areas, period=format_period(columns[0].period))


def _notes(columns: Sequence[Ranked]) -> Iterator[str]:
    """Say what the ranges are, once for the columns that share it, and what the ranks in brackets are."""
    titles: dict[str, list[str]] = {}
    for column in columns:
        titles.setdefault(_note(column), []).append(_short(column))
    for note, those in titles.items():
        yield say("note.ranking.of", titles=", ".join(those), note=note) if len(titles) > 1 else note
    if len(columns) == 1 and columns[0].measure == "funnel":
        yield say("note.ranking.ranks_chance")
    elif len(columns) == 1 and columns[0].periods > 1:
        yield say("note.ranking.ranks_history", span=_span(columns[0]))
    elif len(columns) == 1:
        yield say("note.ranking.ranks_single")


def _note(column: Ranked) -> str:
    """Say what the ranges of a column are, or why there are none."""
    if column.measure == "funnel":
        return say("note.ranking.funnel")
    if column.measure == "history":
        name = "history" if column.compared else "short" if column.periods > 1 else "single"
        return say(f"note.ranking.{name}", span=_span(column), fewest=FEWEST)
    ranged = "note.ranking.range" if column.periods > 1 else "note.ranking.no_range"
    return say(f"note.ranking.{column.measure}", range=say(ranged, span=_span(column)))


def _span(column: Ranked) -> str:
    return say("label.ranking.span", count=column.periods)


def _short(column: Ranked) -> str:
    return column.title.partition(" (")[0]


def _missing(columns: Sequence[Ranked], names: dict[str, str]) -> str:
    """Name the areas that have no rank."""
    said = []
    for column in columns:
        areas = shorten([names[area] for area in column.missing], 8) if column.missing else ""
        if areas and len(columns) == 1:
            said.append(say("note.ranking.missing", areas=areas))
        elif areas:
            said.append(say("note.ranking.missing_of", title=_short(column), areas=areas))
    return " ".join(said)


# --- the page


@dataclass(frozen=True)
class _Grid:
    """Where rows stand: the areas from top to bottom (``None`` for the gap), and how large their letters are."""

    rows: tuple[str | None, ...]
    skipped: int
    size: float
    pitch: float
    top: float

    def y(self, row: int) -> float:
        """Return the middle of a row."""
        return self.top - (row + 0.5) * self.pitch


def _draw(page: PageFigure, ranking: _Ranking, look: Theme) -> None:
    """Write the words from outside inwards; the rows get what is left."""
    canvas = axes_in(page, page.page)
    rest = _words(canvas, page.inner, ranking, look)
    rest = _key(canvas, rest, ranking, look)
    # below the columns stand the marks of their axes
    axis = 2.6 * look.label_size * LEAST / 0.7 * POINT
    heads = _head_lines(ranking, look)
    body = Box(rest.x, rest.y + axis, rest.width, rest.height - axis - heads)
    grid = _grid(ranking.order, body, look)
    left = _areas(canvas, body, grid, ranking, look)
    room = body.right - left
    width = (room - GAP * (len(ranking.columns) - 1)) / len(ranking.columns)
    for number, column in enumerate(ranking.columns):
        strip = Box(left + number * (width + GAP), body.y, width, body.height)
        _column(page, canvas, strip, grid, column, ranking, look)


def _words(canvas: Axes, box: Box, ranking: _Ranking, look: Theme) -> Box:
    """Write title, subtitle and foot; return what is left."""
    size, lines = fit(ranking.title, box.width, look.title_size, bold=True, lines=2)
    y = write_lines(canvas, box.x, box.top, lines if ranking.title else [], size, look.ink, bold=True)
    size = look.text_size
    explained = wrap(ranking.subtitle, box.width, size)
    if explained:
        y = write_lines(canvas, box.x, y - 0.4 * size * POINT, explained, size, look.soft_ink)
    return write_foot(canvas, Box(box.x, box.y, box.width, y - 3.0 - box.y), ranking.foot, look, 2.5)


def _key(canvas: Axes, box: Box, ranking: _Ranking, look: Theme) -> Box:
    """Write below the rows what the marks mean; return what is left above."""
    size = 0.9 * look.label_size
    entries = _key_entries(ranking)
    lead, gap = 5.0, 6.0
    lines: list[list[tuple[str, str, float]]] = [[]]
    x = 0.0
    for mark, text in entries:
        width = lead + text_width(text, size)
        if x and x + width > box.width:
            lines.append([])
            x = 0.0
        lines[-1].append((mark, text, x))
        x += width + gap
    height = len(lines) * LEADING * size * POINT + 1.0
    strip, rest = box.cut_bottom(height, 1.0)
    for row, line in enumerate(lines):
        y = strip.top - (row + 1) * LEADING * size * POINT + 0.35 * size * POINT
        for mark, text, x in line:
            _mark(canvas, mark, strip.x + x + 2.0, y + 0.5 * CAPITAL * size * POINT, look)
            write(canvas, strip.x + x + lead, y, text, size, look.ink)
    return rest


def _key_entries(ranking: _Ranking) -> list[tuple[str, str]]:
    """Return the marks that occur, each with its words."""
    compared = [column for column in ranking.columns if column.compared]
    entries = []
    for mark, side in (("above", 1), ("below", -1), ("neither", 0)):
        if any((column.rows["side"] == side).any() for column in compared):
            entries.append((mark, say(f"label.ranking.{mark}")))
    if len(compared) < len(ranking.columns):
        entries.append(("dot", say("label.ranking.dot")))
    if any(column.ranged for column in ranking.columns):
        entries.append(("range", say("label.ranking.range")))
    names = dict.fromkeys(column.center_name for column in ranking.columns if not np.isnan(column.center))
    if names:
        entries.append(("line", " / ".join(names)))
    return entries


def _mark(canvas: Axes, mark: str, x: float, y: float, look: Theme) -> None:
    """Draw one mark of the key."""
    if mark == "range":
        put(canvas, Rectangle((x - 2.0, y - 0.8), 4.0, 1.6, fc=_range_color(look), ec="none"))
    elif mark == "line":
        put(canvas, Line2D([x, x], [y - 1.6, y + 1.6], color=look.ink, lw=1.4))
    else:
        put(canvas, Line2D([x], [y], ls="", **_marker(mark, look, 1.0)))


def _marker(mark: str, look: Theme, share: float) -> dict[str, Any]:
    """Return how a point looks: strong triangles outwards, pale rings, and discs where nothing is compared."""
    if mark in ("above", "below"):
        color = look.high if mark == "above" else look.low
        return {
            "marker": "^" if mark == "above" else "v",
            "mfc": color,
            "mec": look.ink,
            "mew": 0.7,
            "ms": 8 * share,
        }
    if mark == "dot":
        return {"marker": "o", "mfc": look.ink, "mec": look.ink, "mew": 0.7, "ms": 6 * share}
    return {"marker": "o", "mfc": look.paper, "mec": look.soft_ink, "mew": 1.0, "ms": 5.5 * share}


def _range_color(look: Theme) -> str:
    # darker than the lines of the scale behind it
    return "#c9ced2" if look.name != "mono" else "#d4d4d4"


def _head_lines(ranking: _Ranking, look: Theme) -> float:
    """Return the height that the heads of the columns take."""
    line = LEADING * _head_size(look) * POINT
    # the line of the city, and above it the titles, which have the more room the fewer they are
    return line * (1 + _title_lines(ranking)) + 2.5


def _title_lines(ranking: _Ranking) -> int:
    n = len(ranking.columns)
    return 0 if n == 1 else 2 if n <= 3 else 3


def _head_size(look: Theme) -> float:
    return 0.85 * look.label_size


def _grid(order: Sequence[str], body: Box, look: Theme) -> _Grid:
    """Give every area a row; where there are too many, the highest and the lowest."""
    least = LEAST * look.label_size
    most = max(int(body.height / (ROW * least * POINT)), 3)
    rows: list[str | None] = list(order)
    skipped = max(len(rows) - (most - 1), 0) if len(rows) > most else 0
    if skipped:
        upper, lower = most // 2, most - 1 - most // 2
        rows = [*order[:upper], None, *order[len(order) - lower :]]
    pitch = min(body.height / len(rows), TALLEST)
    return _Grid(tuple(rows), skipped, min(look.label_size, pitch / (ROW * POINT)), pitch, body.top)


def _areas(canvas: Axes, body: Box, grid: _Grid, ranking: _Ranking, look: Theme) -> float:
    """Write numbers, names and regions of the areas; return where the columns begin."""
    several = len(ranking.columns) > 1
    names = {area: ranking.names[area] for area in grid.rows if area is not None}
    widest = max(text_width(name, grid.size) for name in names.values())
    width = min(widest, (0.28 if several else 0.4) * body.width)
    head = say("label.ranking.region")
    beside = 0.0
    if ranking.regions:
        wide = max(text_width(ranking.regions[area], 0.9 * grid.size) for area in names)
        beside = max(wide, text_width(head, 0.8 * _head_size(look))) + 3.0
        write(canvas, body.x + width + 3.0, body.top + 1.2, head, 0.8 * _head_size(look), look.soft_ink)
    for row, area in enumerate(grid.rows):
        y = grid.y(row) - 0.5 * CAPITAL * grid.size * POINT
        if area is None:
            text = say("label.ranking.between", count=format_number(grid.skipped))
            write(canvas, body.x, y, ellipsis_(text, body.width, grid.size), grid.size, look.soft_ink)
            continue
        name = ellipsis_(names[area], width, grid.size)
        pale = not several and not _is_firm(ranking.columns[0], area)
        write(canvas, body.x, y, name, grid.size, look.soft_ink if pale else look.ink)
        if ranking.regions:
            write(canvas, body.x + width + 3.0, y, ranking.regions[area], 0.9 * grid.size, look.soft_ink)
    return body.x + width + beside + 4.0


def _is_firm(column: Ranked, area: str) -> bool:
    """Tell whether an area clearly differs, or nothing is compared."""
    return not column.compared or bool(column.rows["side"].get(area, 0.0))


def _column(
    page: PageFigure, canvas: Axes, strip: Box, grid: _Grid, column: Ranked, ranking: _Ranking, look: Theme
) -> None:
    """Draw the ranges, points and numbers of one indicator."""
    rows, single = column.rows, len(ranking.columns) == 1
    drawn = [area for area in grid.rows if area is not None and area in rows.index]
    small = grid.size
    numbers = {area: _number(column, rows.loc[area, "value"]) for area in drawn}
    ranks = {area: _rank(rows.loc[area]) for area in drawn} if single else {}
    head = _head_size(look)
    of_value, of_rank = say("label.ranking.value"), say("label.ranking.rank")
    wide = max([text_width(text, small) for text in numbers.values()], default=0.0)
    wide = max(wide, text_width(of_value, 0.8 * head)) if single else wide
    if not single and strip.width - wide - 2.0 < WIDE:
        numbers, wide = {}, 0.0
    of_ranks = max([text_width(text, small) for text in ranks.values()], default=0.0)
    of_ranks = max(of_ranks, text_width(of_rank, 0.8 * head)) if ranks else 0.0
    taken = (wide + 3.0 if numbers else 0.0) + (of_ranks + 5.0 if ranks else 0.0)
    height = len(grid.rows) * grid.pitch
    box = Box(strip.x, grid.top - height, strip.width - taken, height)
    axes = _scale(page, canvas, box, column, drawn, len(grid.rows), look)
    _points(axes, grid, column, look)
    _head(canvas, box, strip, column, axes, _title_lines(ranking), look)
    if single:
        write(canvas, box.right + 3.0 + wide, strip.top + 1.2, of_value, 0.8 * head, look.soft_ink, align="right")
        write(canvas, strip.right - of_ranks, strip.top + 1.2, of_rank, 0.8 * head, look.soft_ink)
    for row, area in enumerate(grid.rows):
        y = grid.y(row) - 0.5 * CAPITAL * small * POINT
        if area is None:
            continue
        if area not in rows.index:
            write(canvas, box.right + 3.0 + wide, y, "–", small, look.soft_ink, align="right")
            continue
        if numbers:
            write(canvas, box.right + 3.0 + wide, y, numbers[area], small, look.ink, align="right")
        if ranks:
            write(canvas, strip.right - of_ranks, y, ranks[area], small, look.soft_ink)


def _number(column: Ranked, value: float) -> str:
    return format_number(value, column.decimals, column.unit if len(column.unit) <= 3 else "")


def _rank(row: pd.Series) -> str:
    """Write a rank with the ranks that are possible."""
    rank, best, worst = (format_number(row[name]) for name in ("rank", "best", "worst"))
    if row[["best", "worst"]].isna().any():
        return rank
    return say("label.ranking.interval", rank=rank, best=best, worst=worst)


def _scale(
    page: PageFigure, canvas: Axes, box: Box, column: Ranked, drawn: Sequence[str], n: int, look: Theme
) -> Axes:
    """Return the axes of a column, with the marks that find room below it."""
    axes = axes_in(page, box)
    axes.set_axis_on()
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(look.soft_ink)
    axes.set_yticks([])
    axes.patch.set_visible(False)
    rows = column.rows.loc[list(drawn)]
    ends = np.array(
        [rows["low"].min(), rows["high"].max(), rows["value"].min(), rows["value"].max(), column.center]
    )
    low, high = float(np.nanmin(ends)), float(np.nanmax(ends))
    # One value alone has no length of its own; the scale is then as wide as the number is large.
    margin = 0.05 * (high - low) or 0.1 * abs(high) or 1.0
    start = low - margin if low < 0 else max(low - margin, 0.0) if low > margin else -0.35 * margin
    axes.set_xlim(start, high + margin)
    axes.set_ylim(n, 0)
    size = max(0.72 * look.label_size, LEAST * look.label_size)
    ticks, texts = _ticks(axes, box, column, size)
    axes.set_xticks(ticks, [""] * len(ticks))
    left, right = axes.get_xlim()
    for tick, text in zip(ticks, texts, strict=True):
        x = box.x + (tick - left) / (right - left) * box.width
        write(canvas, x, box.y - 1.6 - CAPITAL * size * POINT, text, size, look.ink, align="center")
    axes.tick_params(axis="x", colors=look.ink, length=2.5, pad=2.0)
    axes.grid(axis="x", color=look.context, lw=0.7)
    axes.set_axisbelow(True)
    return axes


def _ticks(axes: Axes, box: Box, column: Ranked, size: float) -> tuple[list[float], list[str]]:
    """Return marks whose words neither touch each other nor leave the column by more than half the gap."""
    low, high = axes.get_xlim()
    for most in (6, 5, 4, 3, 2, 1):
        found = [float(tick) for tick in MaxNLocator(most).tick_values(low, high) if low <= tick <= high]
        step = min(np.diff(found), default=1.0)
        digits = (
            0 if all(abs(tick - round(tick)) < 1e-9 for tick in found) else max(0, int(np.ceil(-np.log10(step))))
        )
        unit = column.unit if len(column.unit) <= 3 else ""
        texts = [format_number(tick, digits, unit) for tick in found]
        places = [box.x + (tick - low) / (high - low) * box.width for tick in found]
        halves = [0.5 * text_width(text, size) for text in texts]
        within = [
            number
            for number, (place, half) in enumerate(zip(places, halves, strict=True))
            if box.x - 0.4 * GAP <= place - half and place + half <= box.right + 0.4 * GAP
        ]
        apart = all(
            places[after] - halves[after] - places[before] - halves[before] > 1.5
            for before, after in pairwise(within)
        )
        if within and apart:
            return [found[number] for number in within], [texts[number] for number in within]
    return [], []


def _points(axes: Axes, grid: _Grid, column: Ranked, look: Theme) -> None:
    """Draw range and point of each area, and the line of the city."""
    at = {area: row + 0.5 for row, area in enumerate(grid.rows) if area in column.rows.index}
    rows = column.rows.loc[list(at)].assign(y=list(at.values()))
    known = rows[rows["low"].notna()]
    half = 0.2
    ranges = [
        Rectangle((low, y - half), high - low, 2 * half)
        for low, high, y in zip(known["low"], known["high"], known["y"], strict=True)
    ]
    axes.add_collection(PatchCollection(ranges, fc=_range_color(look), ec="none", zorder=1.5, label="ranges"))
    if not np.isnan(column.center):
        axes.axvline(column.center, color=look.ink, lw=1.4, zorder=2)
    share = min(1.0, grid.pitch / 4.2)
    if column.compared:
        marks = [("neither", rows["side"] == 0), ("above", rows["side"] > 0), ("below", rows["side"] < 0)]
    else:
        marks = [("dot", rows["value"].notna())]
    for mark, chosen in marks:
        some = rows[chosen]
        axes.plot(
            some["value"], some["y"], ls="", zorder=3, label=mark, clip_on=False, **_marker(mark, look, share)
        )


def _head(canvas: Axes, box: Box, strip: Box, column: Ranked, axes: Axes, title_lines: int, look: Theme) -> None:
    """Write the column's title where there are several, and what its line stands for."""
    size, single = _head_size(look), not title_lines
    if not np.isnan(column.center):
        text = say("label.ranking.center", name=column.center_name, value=_number(column, column.center))
        small = 0.9 * size if single else 0.8 * size
        low, high = axes.get_xlim()
        half = 0.5 * text_width(text, small)
        x = box.x + (column.center - low) / (high - low) * box.width
        # within the column: beside it stand other heads
        x = min(max(x, box.x + half), max(strip.right if not single else box.right, box.x + 2 * half) - half)
        write(canvas, x, box.top + 1.2, text, small, look.ink, align="center")
    if not single:
        title = _short(column)
        if len(column.unit) > 3:
            title = f"{title} ({column.unit})"
        shrunk, lines = fit(
            f"{title} {format_period(column.period)}", strip.width, size, bold=True, lines=title_lines
        )
        # above the line of the city, whose place is kept in every column
        top = box.top + 1.8 + LEADING * (0.8 * size + len(lines) * shrunk) * POINT
        write_lines(canvas, strip.x, top, lines, shrunk, look.ink, bold=True)
