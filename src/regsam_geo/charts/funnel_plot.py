"""The funnel plot: each area's rate by its size, and the range in which ordinary areas of that size lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Unpack

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from regsam_geo.charts.chart_page import (
    NOT_FOR_CHARTS,
    area_name,
    date_note,
    hidden_note,
    write_foot,
    write_lines,
)
from regsam_geo.errors import OptionError
from regsam_geo.indicators.periods import Period
from regsam_geo.look.fonts import CAPITAL, POINT, fit, font, text_width, wrap
from regsam_geo.look.pages import Box, PageFigure, axes_box, axes_in, write
from regsam_geo.look.style import ResolvedStyle, ViewOptions, resolve_view
from regsam_geo.look.theme import Theme
from regsam_geo.study import Pick, Study, verb
from regsam_geo.text import current_language, format_number, format_period, problem, say
from regsam_geo.warning.statistics.funnel import FEWEST_AREAS, Kind, funnel_limits, rate_at, studentize

Array = npt.NDArray[np.float64]

CURVE = 240
"""Points of each limit."""

NAMED = 8
"""At most so many unusual areas are written with their names."""


@dataclass(frozen=True)
class _Funnel:
    """What is drawn: one row per area, the limits over a range of sizes, and how numbers are written."""

    areas: pd.DataFrame  # size, rate, p, statistic, name, number
    sizes: Array
    limits: dict[str, Array]
    center: float
    unit: str
    decimals: int
    title: str
    subtitle: str
    size_name: str
    foot: tuple[str, ...]  # note, what is hidden, source, date


@verb
def plot_funnel(
    study: Study,
    what: str | None = None,
    period: Period | None = None,
    *,
    group: str | None = None,
    level: str | None = None,
    **look: Unpack[ViewOptions],
) -> Figure:
    """Draw each area's rate by its size, with the range of the ordinary at 95 and 99.8 %.

    Parameters
    ----------
    study
        What the chart is about: a ``Study``, a ``Panel`` or a tidy frame.
    what
        An indicator with numerators and denominators, by its name or title; the first headline by default.
    period
        The study's by default, which is the newest.
    group, level
        The indicator's headline, and the level that the study is about, by default.
    **look
        ``style``, how charts look, said once for many of them, and the fields of ``Style`` that apply: ``title``,
        ``subtitle``, ``theme``, ``unit``, ``decimals``, ``source`` and ``date``.

    Returns
    -------
    Figure
        A page of the theme's size; ``save_figure`` writes it. Areas whose counts are hidden have no point, and
        the foot says so.

    Raises
    ------
    OptionError
        If the indicator has no numerators and denominators, there are too few areas, or a name or option is
        unknown.

    Notes
    -----
    The curves stand for an area with the median scatter; whether an area counts as unusual is decided by its own
    test, in which it is left out of the scatter (``funnel_limits``).

    Examples
    --------
    >>> import regsam_geo as rg
    >>> figure = rg.plot_funnel(rg.load_study(), "Arbeitslose", 2024)
    >>> type(figure).__name__
    'PageFigure'
    """
    resolved = resolve_view(look, without=(*NOT_FOR_CHARTS, "regions", "band"))
    funnel = _funnel_of(study, study.pick(what, group, period, level), resolved)
    page = PageFigure(resolved.page, funnel.title)
    space = _words(axes_in(page, page.page), page.inner, funnel, resolved.page)
    _draw(page, space, funnel, resolved.page)
    return page


def _funnel_of(study: Study, pick: Pick, style: ResolvedStyle) -> _Funnel:
    """Compute points and limits, and gather what is written around them."""
    of_level = pick.panel.sel(level=pick.level)
    entry = of_level.catalogue.iloc[0]
    rows = of_level.data.set_index("area_id")
    # Hidden counts have no point: drawn at their rate, they could be read off the chart.
    rows = rows[rows["numerator"].notna() & (rows["denominator"] > 0)]
    # Without a scale the quotient is not what is printed: the points would lie beside the numbers of every table.
    if rows.empty or pd.isna(entry["scale"]):
        raise problem(OptionError, "funnel_rate", found=pick.indicator)
    scale = float(entry["scale"])
    y, x = rows["numerator"].to_numpy(dtype=np.float64), rows["denominator"].to_numpy(dtype=np.float64)
    # more cases than people, as with moves: no share of them, so the scatter is that of a count
    kind: Kind = "proportion" if entry["kind"] == "proportion" and (y <= x).all() else "ratio"
    tested = studentize(y, x, kind)
    if tested is None:
        raise problem(OptionError, "funnel_few", found=len(rows), expected=FEWEST_AREAS)
    # From the same function as the table of limits: chart and table must mark the same areas.
    areas = funnel_limits(rows["numerator"], rows["denominator"], kind, scale=scale)
    areas["size"] = x
    areas["name"] = [_point_name(study, pick.level, str(area)) for area in rows.index]
    areas["number"] = [_point_number(pick.level, str(area)) for area in rows.index]
    whole = float(y.sum() / x.sum())
    # A little beyond the largest area, so that its point does not lie on the frame.
    sizes = np.linspace(0.0, 1.04 * x.max(), CURVE + 1)[1:]
    # towards zero the limits leave every scale
    sizes = sizes[sizes >= 0.6 * x.min()]
    # each area has limits of its own, since its scatter leaves it out; one curve for all takes the median
    spread = float(np.median(tested.width / np.sqrt(1.0 - x / x.sum())))
    limits = {}
    for name, coverage in (("95", 0.95), ("998", 0.998)):
        reach = tested.calibration.limit(coverage) * spread
        for side, sign in (("lower", -1.0), ("upper", 1.0)):
            limits[f"{side}_{name}"] = scale * rate_at(np.full(len(sizes), sign * reach), sizes, whole, kind)
    source = (_text(entry, "source") if style.source is None else style.source) or ""
    return _Funnel(
        areas=areas,
        sizes=sizes,
        limits=limits,
        center=scale * whole,
        unit=pick.naming.unit() if style.unit is None else style.unit,
        decimals=pick.naming.digits if style.decimals is None else style.decimals,
        title=pick.naming.full() if style.title is None else style.title,
        subtitle=_subtitle(pick) if style.subtitle is None else style.subtitle,
        size_name=_size_name(_text(entry, "name_2")),
        foot=(
            say("label.funnel.note", phi=format_number(float(np.median(tested.dispersion)), 1)),
            hidden_note(study, of_level),
            say("label.funnel.source", source=source) if source else "",
            date_note(style.date),
        ),
    )


def _subtitle(pick: Pick) -> str:
    """Say which areas and period these are, and why the range widens."""
    level = say(f"label.level.{pick.level}")
    return say("label.funnel.subtitle", areas=level[:1].upper() + level[1:], period=format_period(pick.period))


def _text(entry: pd.Series, column: str) -> str:
    """Return what the catalogue says in a column; empty where it says nothing."""
    return "" if pd.isna(entry[column]) else str(entry[column])


def _size_name(name: str) -> str:
    """Return what the areas' size counts; the office's name for it is German in either language."""
    if name and current_language() != "de":
        return say("label.funnel.denominator_named", name=name)
    return name or say("label.funnel.denominator")


def _point_number(level: str, area: str) -> str:
    """Return what an ordinary point is marked with: an id as people say it; own ids stand as they are."""
    return area if level == "own" else area.lstrip("0")


def _point_name(study: Study, level: str, area: str) -> str:
    """Return what an unusual point is called; the names of regions are too long to stand beside it."""
    number, name = _point_number(level, area), area_name(study, level, area)
    return number if level == "region" else f"{number} {name}".strip()


def _words(page: Axes, box: Box, funnel: _Funnel, look: Theme) -> Box:
    """Write title, explanation, note and source; return what is left for the chart."""
    size, lines = fit(funnel.title, box.width, look.title_size, bold=True, lines=2)
    y = write_lines(page, box.x, box.top, lines, size, look.ink, bold=True)
    size = look.text_size
    explained = wrap(funnel.subtitle, box.width, size)
    y = write_lines(page, box.x, y - 0.4 * size * POINT, explained, size, look.soft_ink)
    return write_foot(page, Box(box.x, box.y, box.width, y - 4.0 - box.y), funnel.foot, look, 4.0)


def _draw(figure: PageFigure, rest: Box, funnel: _Funnel, look: Theme) -> None:
    """Draw the funnel, its points and their labels."""
    size = look.label_size
    left, below = 1.0 + 6.5 * size * POINT * 0.62, 3.4 * size * POINT
    right = max(text_width(say(f"label.funnel.{name}"), size) for name in ("inner", "outer"))
    right = (
        max(right, text_width(say("label.funnel.all", value=_number(funnel, funnel.center)), size, bold=True)) + 4
    )
    box = Box(rest.x + left, rest.y + below, rest.width - left - right, rest.height - below)
    axes = axes_in(figure, box)
    axes.set_axis_on()
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(look.soft_ink)
    areas, limits = funnel.areas, funnel.limits
    axes.fill_between(funnel.sizes, limits["lower_998"], limits["upper_998"], color=look.context, lw=0, alpha=0.55)
    axes.fill_between(funnel.sizes, limits["lower_95"], limits["upper_95"], color=look.context, lw=0)
    for name, style in (("95", "-"), ("998", (0, (4, 2)))):
        for side in ("lower", "upper"):
            axes.plot(funnel.sizes, limits[f"{side}_{name}"], color=look.soft_ink, lw=1.0, ls=style)
    axes.axhline(funnel.center, color=look.ink, lw=1.4)
    # the widest ends of the limits may be cut off: they would press all points together
    top = max(areas["rate"].max(), float(np.quantile(limits["upper_998"], 0.9)))
    bottom = min(areas["rate"].min(), float(np.quantile(limits["lower_998"], 0.1)))
    margin = 0.05 * (top - bottom)
    axes.set_xlim(0.0, float(funnel.sizes[-1]))
    # Rates are never negative, and an axis below zero would seem to say they could be.
    axes.set_ylim(max(bottom - margin, 0.0), top + margin)
    _points(axes, funnel, look)
    _scales(axes, funnel, look)
    _beside(axes, funnel, look)


def _points(axes: Axes, funnel: _Funnel, look: Theme) -> None:
    """Draw areas: dots inside, triangles that point outwards outside; unusual ones with their names."""
    areas = funnel.areas
    # by each area's own test, which need not agree with the curves to the last point
    outside = areas["p"] < 0.05
    high, low = outside & (areas["statistic"] > 0), outside & (areas["statistic"] < 0)
    axes.plot(areas["size"][~outside], areas["rate"][~outside], "o", color=look.ink, ms=5, alpha=0.75)
    for chosen, marker, color in ((high, "^", look.high), (low, "v", look.low)):
        axes.plot(
            areas["size"][chosen], areas["rate"][chosen], marker, color=color, mec=look.ink, mew=0.8, ms=10, ls=""
        )
    _labels(axes, funnel, set(areas.index[outside & (areas["p"].rank(method="first") <= NAMED)]), look)


def _labels(axes: Axes, funnel: _Funnel, named: set[Any], look: Theme) -> None:
    """Write names beside unusual areas, numbers beside the others; numbers only where they cover nothing."""
    # The most unusual first: they get their place before the numbers of ordinary areas take it.
    areas = funnel.areas.sort_values("p")
    figure = axes.get_figure(root=True)
    assert figure is not None
    pixels = axes.transData.transform(areas[["size", "rate"]].to_numpy()) * 25.4 / figure.dpi
    frame = axes_box(axes)
    # Points are taken before any label is placed: a label must cover none of them.
    taken = [Box(x - 1.2, y - 1.2, 2.4, 2.4) for x, y in pixels]
    for (area, row), (x, y) in zip(areas.iterrows(), pixels, strict=True):
        unusual = area in named
        text = str(row["name"] if unusual else row["number"])
        size = look.label_size if unusual else 0.85 * look.label_size
        width, height = text_width(text, size, bold=unusual), CAPITAL * size * POINT
        gap = 2.6 if unusual else 1.5
        places = [
            Box(x + dx - (width if dx < 0 else width / 2 if dx == 0 else 0), y + dy - height / 2, width, height)
            for dx, dy in _AROUND * np.array([gap, gap + height / 2])
        ]
        free = next(
            (
                box
                for box in places
                if frame.x <= box.x
                and box.right <= frame.right
                and not any(_overlap(box, other) for other in taken)
            ),
            # An unusual area is named even where it covers something; a number is left out.
            places[0] if unusual else None,
        )
        if free is not None:
            taken.append(free)
            color = look.ink if unusual else look.soft_ink
            # a rim in the ground's color keeps the letters readable where they cross a line
            rim = [withStroke(linewidth=2.4, foreground=look.context)]
            write(axes, free.x, free.y, text, size, color, bold=unusual, zorder=6, path_effects=rim)


_AROUND = np.array([(1, 0), (-1, 0), (1, 0.8), (-1, 0.8), (1, -0.8), (-1, -0.8), (0, 1.1), (0, -1.1)])
"""Where a label may stand: right, left, the corners, above, below."""


def _overlap(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.top and other.y < one.top


def _number(funnel: _Funnel, value: float, lang: str | None = None) -> str:
    return format_number(value, funnel.decimals, funnel.unit if len(funnel.unit) <= 3 else "", lang=lang)


def _scales(axes: Axes, funnel: _Funnel, look: Theme) -> None:
    """Write the two scales in the language of the page."""
    lang = current_language()  # the figure is drawn later, in another language perhaps

    def rate(value: float, _: Any) -> str:
        return _number(funnel, value, lang)

    def count(value: float, _: Any) -> str:
        return format_number(value, lang=lang)

    # Five: denominators have six digits, and more of them would run into each other.
    axes.locator_params(axis="x", nbins=5)
    axes.yaxis.set_major_formatter(rate)
    axes.xaxis.set_major_formatter(count)
    axes.tick_params(colors=look.ink, length=3)
    for label in [*axes.get_xticklabels(), *axes.get_yticklabels()]:
        label.set_fontproperties(font(look.label_size))
    axes.set_xlabel(
        say("label.funnel.size", name=funnel.size_name), fontproperties=font(look.label_size), color=look.ink
    )


def _beside(axes: Axes, funnel: _Funnel, look: Theme) -> None:
    """Write what the lines mean at their right ends, kept apart from each other."""
    entries = [
        (funnel.limits["upper_998"][-1], say("label.funnel.outer"), False),
        (funnel.limits["upper_95"][-1], say("label.funnel.inner"), False),
        (funnel.center, say("label.funnel.all", value=_number(funnel, funnel.center)), True),
    ]
    low, high = axes.get_ylim()
    figure = axes.get_figure(root=True)
    assert figure is not None
    box = axes_box(axes)
    width, height = box.width / POINT, box.height / POINT
    step = 1.25 * look.label_size / height * (high - low)
    marks = [("^", look.high, "above"), ("v", look.low, "below"), ("o", look.ink, "inside")]
    for row, (marker, color, name) in enumerate(marks):
        at = 1.0 - (row + 0.5) * 1.5 * look.label_size / height
        axes.plot(
            [1.0 + 10 / width],
            [at],
            marker,
            transform=axes.transAxes,
            clip_on=False,
            color=color,
            mec=look.ink,
            ms=5 if marker == "o" else 9,
            mew=0.8,
        )
        axes.annotate(
            say(f"label.funnel.{name}"),
            (1.0, at),
            xycoords="axes fraction",
            xytext=(20, 0),
            textcoords="offset points",
            va="center",
            annotation_clip=False,
            color=look.ink,
            fontproperties=font(look.label_size),
        )
    # Below the three lines of the key.
    y = high - 5.0 * step
    for value, text, bold in entries:
        # Downwards from the top: each line keeps its height unless the one above needs the room.
        y = min(float(value), y - step)
        axes.annotate(
            text,
            (1.0, y),
            xycoords=("axes fraction", "data"),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            annotation_clip=False,
            color=look.ink,
            fontproperties=font(look.label_size, bold),
        )
