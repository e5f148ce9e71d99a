"""The scatter: each area by two indicators, with the names of those that stand out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from regsam_geo.charts.chart_page import (
    NOT_FOR_SEVERAL,
    area_name,
    date_note,
    hidden_note,
    write_foot,
    write_lines,
)
from regsam_geo.charts.scales import marks, reach
from regsam_geo.errors import OptionError
from regsam_geo.indicators import unrounded_values
from regsam_geo.indicators.catalogue import apart_from_city
from regsam_geo.indicators.periods import Period
from regsam_geo.look.fonts import CAPITAL, LEADING, POINT, fit, text_width, wrap
from regsam_geo.look.pages import Box, PageFigure, axes_in, put, write
from regsam_geo.look.style import ResolvedStyle, ViewOptions, resolve_view
from regsam_geo.look.theme import Theme
from regsam_geo.study import One, Pick, Study, names_apart, two_of, verb
from regsam_geo.text import format_number, format_period, problem, say, shorten

NAMED = 8
"""At most so many areas are written with their names."""
FAR = 4.6
"""Squared distance from which an area stands out: nine of ten lie within, were both spread normally."""
DOT = 1.2
"""Radius of a point in millimeters."""


@dataclass(frozen=True)
class _Scale:
    """One of the two indicators."""

    by_area: pd.Series
    city: float  # NaN where there is none, or where areas must not be compared with it
    title: str
    whole: str  # the title with its explanation
    period: str
    unit: str
    decimals: int
    source: str

    def number(self, value: float) -> str:
        """Write a value."""
        return format_number(value, self.decimals, self.unit if len(self.unit) <= 3 else "")

    @property
    def words(self) -> str:
        """What stands at the axis: title, unit and period."""
        unit = f", {self.unit}" if len(self.unit) > 3 and self.unit not in self.whole else ""
        return f"{self.whole}{unit}, {format_period(self.period)}"


@dataclass(frozen=True)
class _Scatter:
    """All that is drawn."""

    across: _Scale
    up: _Scale
    points: pd.DataFrame  # x, y, far, name, number; the farthest first
    title: str
    subtitle: str
    foot: tuple[str, ...]


@verb
def plot_scatter(
    study: Study, what: Sequence[One] | None = None, period: Period | None = None, **look: Unpack[ViewOptions]
) -> Figure:
    """Draw each area by two indicators, and name those that stand out.

    Parameters
    ----------
    study
        What the chart is about: a ``Study``, a ``Panel`` or a tidy frame; ``study.sel(level="subdistrict")`` for
        another level, ``study.aggregate()`` for the regions.
    what
        Two indicators by name or title: the first across, the second upwards. The first two headlines by default.
        A group is named by ``{"what": indicator, "group": group}``.
    period
        The study's by default, which is the newest.
    **look
        The fields of ``Style`` that apply as keywords: ``title``, ``subtitle``, ``theme``, ``source``, ``date``,
        and ``style`` itself.

    Returns
    -------
    Figure
        A page of the theme's size. Areas without one of the two values have no point, and the foot names them.

    Raises
    ------
    OptionError
        If there are not two indicators, nothing of them may be shown, or a name or option is unknown.

    Notes
    -----
    An area stands out by its Mahalanobis distance: from the medians, in units of the median deviation, with the
    rank correlation of both, so that an area off the common line is named before one at its end. Lines of the city
    are drawn where areas may be compared with it: not of counts, nor of numbers that depend on how large an area
    is.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> figure = rg.plot_scatter(rg.load_study(), ["Nichtdeutsche", "Arbeitslose"], 2024)
    >>> figure.page_title
    'Nichtdeutsche und Arbeitslose'
    """
    resolved = resolve_view(look, without=NOT_FOR_SEVERAL)
    scatter = _scatter_of(study, two_of(study, what, period), resolved)
    theme = resolved.page
    page = PageFigure(theme, scatter.title)
    _draw(page, scatter, theme)
    return page


def _scatter_of(study: Study, picks: tuple[Pick, Pick], style: ResolvedStyle) -> _Scatter:
    """Gather points, lines and words."""
    titles = names_apart([pick.naming for pick in picks])
    across, up = (_scale_of(pick, title) for pick, title in zip(picks, titles, strict=True))
    level = picks[0].level
    both = pd.DataFrame({"x": across.by_area, "y": up.by_area})
    both = both[both.index.isin(across.by_area.index) | both.index.isin(up.by_area.index)]
    points = both.dropna()
    if points.empty:
        raise problem(OptionError, "scatter_empty", first=across.title, second=up.title)
    numbers = {str(area): _number(level, str(area)) for area in both.index}
    names = {area: _name(study, level, area, number) for area, number in numbers.items()}
    points = points.assign(
        far=_distances(points), name=[names[a] for a in points.index], number=[numbers[a] for a in points.index]
    )
    missing = [names[area] for area in sorted(both.index.difference(points.index))]
    apart = [
        scale.title
        for scale, pick in zip((across, up), picks, strict=True)
        if pick.naming.key in apart_from_city(pick.panel.catalogue)
    ]
    areas = say(f"label.level.{level}")
    source = "; ".join(dict.fromkeys(one.source for one in (across, up) if one.source))
    source = source if style.source is None else style.source
    hidden = dict.fromkeys(hidden_note(study, pick.panel.sel(level=level)) for pick in picks)
    title = say("label.scatter.title", first=across.title, second=up.title)
    return _Scatter(
        across,
        up,
        points.sort_values("far", ascending=False, kind="stable"),
        title if style.title is None else style.title,
        say("label.scatter.subtitle", areas=areas[:1].upper() + areas[1:])
        if style.subtitle is None
        else style.subtitle,
        (
            say("note.scatter"),
            say("note.scatter.apart", titles=shorten(apart, 2)) if apart else "",
            say("note.scatter.missing", areas=shorten(missing, 8)) if missing else "",
            " ".join(note for note in hidden if note),
            say("label.funnel.source", source=source) if source else "",
            date_note(style.date),
        ),
    )


def _scale_of(pick: Pick, title: str) -> _Scale:
    """Return the values of an indicator, and the city's where they may stand beside each other."""
    own = pick.panel.sel(level=pick.level)
    values = pd.Series(unrounded_values(own).to_numpy(dtype=np.float64), own.data["area_id"].astype(str))
    city = pick.panel.sel(level="city") if "city" in pick.panel.levels and pick.level != "city" else None
    compared = city is not None and len(city) and pick.naming.key not in apart_from_city(pick.panel.catalogue)
    entry = own.catalogue.iloc[0]
    source = (str(entry[part]) for part in ("source", "edition") if not pd.isna(entry[part]) and entry[part])
    return _Scale(
        values,
        float(unrounded_values(city).iloc[0]) if compared and city is not None else np.nan,
        title,
        pick.naming.full(),
        pick.period,
        pick.naming.unit(),
        pick.naming.digits,
        " ".join(source),
    )


def _number(level: str, area: str) -> str:
    return area if level == "own" else area.lstrip("0") or area


def _name(study: Study, level: str, area: str, number: str) -> str:
    """Return how an area is called; the names of regions are too long to stand beside a point."""
    return number if level == "region" else f"{number} {area_name(study, level, area)}".strip()


def _distances(points: pd.DataFrame) -> pd.Series:
    """Return how far each area lies from the middle of all, squared, off the common line before along it."""
    if len(points) < 4:
        return pd.Series(np.inf, points.index)
    parts = {}
    for name in ("x", "y"):
        apart = points[name] - points[name].median()
        # the median deviation of a normal spread is 0.6745 of its standard deviation
        usual = float(apart.abs().median()) / 0.6745 or float(apart.std()) or 1.0
        parts[name] = apart / usual
    together = points["x"].rank().corr(points["y"].rank())
    r = float(np.clip(0.0 if np.isnan(together) else together, -0.95, 0.95))
    x, y = parts["x"], parts["y"]
    return (x**2 - 2 * r * x * y + y**2) / (1 - r**2)


# --- the page


def _draw(page: PageFigure, scatter: _Scatter, look: Theme) -> None:
    """Write the words from outside inwards; the points get what is left."""
    canvas = axes_in(page, page.page)
    size, lines = fit(scatter.title, page.inner.width, look.title_size, bold=True, lines=2)
    y = write_lines(
        canvas, page.inner.x, page.inner.top, lines if scatter.title else [], size, look.ink, bold=True
    )
    size = look.text_size
    explained = wrap(scatter.subtitle, page.inner.width, size)
    if explained:
        y = write_lines(canvas, page.inner.x, y - 0.4 * size * POINT, explained, size, look.soft_ink)
    inner = page.inner
    rest = write_foot(canvas, Box(inner.x, inner.y, inner.width, y - 3.0 - inner.y), scatter.foot, look, 3.0)
    _field(page, canvas, rest, scatter, look)


def _field(page: PageFigure, canvas: Axes, rest: Box, scatter: _Scatter, look: Theme) -> None:
    """Draw both scales, the lines of the city, and the points."""
    size, line = look.label_size, LEADING * look.label_size * POINT
    ends = {
        name: reach([*scatter.points[name], scale.city])
        for name, scale in (("x", scatter.across), ("y", scatter.up))
    }
    head_size, head = fit(f"↑ {scatter.up.words}", rest.width, size, bold=True, lines=2)
    foot_size, foot = fit(f"→ {scatter.across.words}", rest.width, size, bold=True, lines=2)
    # above the points stands what goes upwards, and what the city's upright line means; below them the other
    above = (len(head) + 1.3) * line
    below = 1.6 + 1.2 * line + len(foot) * line + 0.6
    height = rest.height - above - below
    upwards = marks(*ends["y"], height, size, scatter.up.unit, most=(7, 6, 5, 4, 3, 2, 1))
    left = max((text_width(text, size) for _, text in upwards), default=0.0) + 2.6
    city = _city_words(scatter.up)
    right = text_width(city, size) + 2.5 if city else 4.0
    box = Box(rest.x + left, rest.y + below, rest.width - left - right, height)
    axes = axes_in(page, box)
    axes.set_xlim(*ends["x"])
    axes.set_ylim(*ends["y"])
    across = marks(*ends["x"], box.width, size, scatter.across.unit)

    def at(x: float, y: float) -> tuple[float, float]:
        (west, east), (south, north) = ends["x"], ends["y"]
        return (
            box.x + (x - west) / (east - west) * box.width,
            box.y + (y - south) / (north - south) * box.height,
        )

    write_lines(canvas, rest.x, rest.top, head, head_size, look.ink, bold=True)
    write_lines(canvas, box.x, box.y - 1.6 - 1.3 * line, foot, foot_size, look.ink, bold=True)
    for value, text in across:
        x = at(value, 0)[0]
        put(canvas, Line2D([x, x], [box.y, box.top], color=look.context, lw=0.8, zorder=1))
        half = 0.5 * text_width(text, size)
        x = min(max(x, rest.x + half), rest.right - half)
        write(canvas, x, box.y - 1.6 - CAPITAL * size * POINT, text, size, look.ink, align="center")
    for value, text in upwards:
        y = at(0, value)[1]
        put(canvas, Line2D([box.x, box.right], [y, y], color=look.context, lw=0.8, zorder=1))
        write(canvas, box.x - 1.6, y - 0.5 * CAPITAL * size * POINT, text, size, look.ink, align="right")
    for ends_of_line in (([box.x, box.right], [box.y, box.y]), ([box.x, box.x], [box.y, box.top])):
        put(canvas, Line2D(*ends_of_line, color=look.soft_ink, lw=0.8, zorder=1))
    dots = [at(x, y) for x, y in scatter.points[["x", "y"]].to_numpy()]
    taken = [Box(x - DOT, y - DOT, 2 * DOT, 2 * DOT) for x, y in dots]
    if city:
        y = at(0, scatter.up.city)[1]
        axes.axhline(scatter.up.city, color=look.ink, lw=1.3, zorder=2, label="city")
        taken.append(Box(box.x, y - 0.3, box.width, 0.6))
        write(canvas, box.right + 1.5, y - 0.5 * CAPITAL * size * POINT, city, size, look.ink)
    upright = _city_words(scatter.across)
    if upright:
        x = at(scatter.across.city, 0)[0]
        axes.axvline(scatter.across.city, color=look.ink, lw=1.3, zorder=2, label="city")
        half = 0.5 * text_width(upright, size)
        x = min(max(x, rest.x + half), rest.right - half)
        taken.append(Box(at(scatter.across.city, 0)[0] - 0.3, box.y, 0.6, box.height))
        write(canvas, x, box.top + 1.2, upright, size, look.ink, align="center")
    named = [area for area, far in scatter.points["far"].items() if far >= FAR][:NAMED]
    strong = scatter.points.index.isin(named)
    for chosen, fill in ((~strong, look.paper), (strong, look.high)):
        some = scatter.points[chosen]
        axes.plot(some["x"], some["y"], "o", ms=2 * DOT / POINT, mfc=fill, mec=look.ink, mew=0.9, zorder=3,
                  clip_on=False, label="areas")  # fmt: skip
    _labels(canvas, box, dots, taken, scatter, named, look)


def _city_words(scale: _Scale) -> str:
    return "" if np.isnan(scale.city) else say("label.scatter.city", value=scale.number(scale.city))


_AROUND = [
    (dx, dy)
    for reach_ in (1.0, 2.2)
    for dx, dy in ((1, 0), (-1, 0), (0.8, 1), (-0.8, 1), (0.8, -1), (-0.8, -1), (0, 1.2), (0, -1.2))
    for dx, dy in ((dx * reach_, dy * reach_),)
]
"""Where a label may stand, in units of its distance: right, left, the corners, above, below; then farther off."""


def _labels(
    canvas: Axes,
    box: Box,
    places: Sequence[tuple[float, float]],
    taken: list[Box],
    scatter: _Scatter,
    named: Sequence[str],
    look: Theme,
) -> None:
    """Write names beside areas that stand out, numbers beside the others; only where they cover nothing."""
    for (area, row), (x, y) in zip(scatter.points.iterrows(), places, strict=True):
        # a name that finds no room gives way to its number
        texts = (
            [(str(row["name"]), True), (str(row["number"]), True)]
            if area in named
            else [(str(row["number"]), False)]
        )
        for text, strong in texts:
            size = (1.0 if strong else 0.8) * look.label_size
            spot = _free(text, size, strong, x, y, box, taken)
            if spot is not None:
                taken.append(spot)
                color = look.ink if strong else look.soft_ink
                write(canvas, spot.x, spot.y, text, size, color, bold=strong, zorder=6)
                break


def _free(text: str, size: float, bold: bool, x: float, y: float, frame: Box, taken: Sequence[Box]) -> Box | None:
    """Return the first place around a point where a text covers nothing and stays in the field."""
    width, height = text_width(text, size, bold), CAPITAL * size * POINT
    gap = DOT + 0.9
    for dx, dy in _AROUND if bold else _AROUND[:8]:
        west = x + dx * gap - (width if dx < 0 else 0.5 * width if dx == 0 else 0.0)
        spot = Box(west, y + dy * (gap + 0.5 * height) - 0.5 * height, width, height)
        inside = (
            frame.x <= spot.x and spot.right <= frame.right + 2 and frame.y <= spot.y and spot.top <= frame.top
        )
        if inside and not any(_overlap(spot, other) for other in taken):
            return spot
    return None


def _overlap(one: Box, other: Box) -> bool:
    # letters reach below their line and need a little air
    return (
        one.x - 0.5 < other.right
        and other.x < one.right + 0.5
        and one.y - 0.3 * one.height - 0.2 < other.top
        and other.y - 0.3 * other.height < one.top + 0.2
    )
