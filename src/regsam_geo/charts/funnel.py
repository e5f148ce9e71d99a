"""The funnel plot: each area's rate by its size, and the range in which ordinary areas of that size lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from regsam_geo.areas import load_boundaries
from regsam_geo.errors import OptionError
from regsam_geo.indicators import Panel, protection_note, publishable
from regsam_geo.indicators.periods import Period
from regsam_geo.look import Theme, get_theme
from regsam_geo.look.fonts import ASCENT, CAPITAL, DESCENT, LEADING, POINT, fit, font, text_width, wrap
from regsam_geo.look.pages import Box, PageFigure, axes_box, axes_in, write
from regsam_geo.text import (
    current_language,
    format_number,
    format_period,
    join_words,
    problem,
    say,
    using_language,
)
from regsam_geo.warning.statistics.funnel import FEWEST_AREAS, Kind, funnel_limits, rate_at, studentize

Array = npt.NDArray[np.float64]

CURVE = 240
"""Points of each limit."""

NAMED = 8
"""At most so many unusual areas are written with their names."""


@dataclass(frozen=True)
class _Funnel:
    """What is drawn: one row per area, the limits over a range of sizes, and how numbers are written."""

    areas: pd.DataFrame  # size, rate, p, statistic, name
    sizes: Array
    limits: dict[str, Array]
    center: float
    phi: float
    unit: str
    decimals: int
    title: str
    size_name: str
    source: str
    level: str
    period: str
    hidden: str  # what was hidden to protect persons, as a sentence


def plot_funnel(
    panel: Panel | pd.DataFrame,
    period: Period | None = None,
    *,
    title: str | None = None,
    theme: str | Theme = "meeting",
    lang: str | None = None,
    threshold: float | None = 3,
) -> Figure:
    """Draw each area's rate by its size, with the range of the ordinary at 95 and 99.8 %.

    Parameters
    ----------
    panel
        A panel, or a tidy frame, with one indicator, one group and one level besides the city.
    period
        The newest by default.
    title
        The indicator's title by default.
    theme, lang
        Look and language.
    threshold
        Counts of persons below it are hidden first (``protect``): their areas have no point, and the foot says so.
        ``None`` for figures that may be shown as they are.

    Returns
    -------
    Figure
        A page of the theme's size; ``save_figure`` writes it.

    Raises
    ------
    OptionError
        If the panel holds several indicators, groups or levels, or no numerators and denominators.

    Notes
    -----
    The curves stand for an area with the median scatter; whether an area counts as unusual is decided by its own
    test, in which it is left out of the scatter (``funnel_limits``).

    Examples
    --------
    >>> import regsam_geo as rg
    >>> figure = rg.plot_funnel(rg.load_sample().sel("Arbeitslose - Anteil"), 2024)
    >>> type(figure).__name__
    'PageFigure'
    """
    look = get_theme(theme)
    with using_language(lang):
        shown = _funnel(publishable(panel, threshold), period, threshold or 3)
        figure = PageFigure(look, title or shown.title)
        paper = axes_in(figure, figure.page)
        rest = _words(paper, figure.inner, shown, title or shown.title, look)
        _draw(figure, rest, shown, look)
        return figure


def _funnel(panel: Panel, period: Period | None, threshold: float) -> _Funnel:
    """Choose the rows and compute the limits."""
    levels = [name for name in panel.levels if name != "city"]
    if len(panel.catalogue) != 1 or len(levels) != 1:
        found = [f"{row.indicator} ({row.group})" for row in panel.catalogue.itertuples()]
        raise problem(OptionError, "funnel_one", found=join_words([*found[:4], *levels]))
    chosen = panel.sel(period=period if period is not None else panel.periods[-1], level=levels[0])
    entry = chosen.catalogue.iloc[0]
    rows = chosen.data.set_index("area_id")
    rows = rows[rows["numerator"].notna() & (rows["denominator"] > 0)]
    if rows.empty or pd.isna(entry["scale"]):
        raise problem(OptionError, "funnel_rate", found=entry["indicator"])
    scale = float(entry["scale"])
    y, x = rows["numerator"].to_numpy(dtype=np.float64), rows["denominator"].to_numpy(dtype=np.float64)
    kind: Kind = "proportion" if entry["kind"] == "proportion" and (y <= x).all() else "ratio"
    tested = studentize(y, x, kind)
    if tested is None:
        raise problem(OptionError, "funnel_few", found=len(rows), expected=FEWEST_AREAS)
    areas = funnel_limits(rows["numerator"], rows["denominator"], kind, scale=scale)
    areas["size"] = x
    areas["name"] = _names(levels[0], rows.index)
    whole = float(y.sum() / x.sum())
    sizes = np.linspace(0.0, 1.04 * x.max(), CURVE + 1)[1:]
    sizes = sizes[sizes >= 0.6 * x.min()]
    spread = float(np.median(tested.width / np.sqrt(1.0 - x / x.sum())))
    limits = {}
    for name, coverage in (("95", 0.95), ("998", 0.998)):
        reach = tested.calibration.limit(coverage) * spread
        for side, sign in (("lower", -1.0), ("upper", 1.0)):
            limits[f"{side}_{name}"] = scale * rate_at(np.full(len(sizes), sign * reach), sizes, whole, kind)
    german = current_language() == "de"
    unit, other = ("unit", "unit_en") if german else ("unit_en", "unit")
    heading, other_heading = ("title_de", "title_en") if german else ("title_en", "title_de")
    return _Funnel(
        areas=areas,
        sizes=sizes,
        limits=limits,
        center=scale * whole,
        phi=float(np.median(tested.dispersion)),
        unit=_text(entry, unit, other),
        decimals=1 if pd.isna(entry["decimals"]) else int(entry["decimals"]),
        title=_text(entry, heading, other_heading) or str(entry["indicator"]),
        size_name=_size_name(_text(entry, "name_2")),
        source=_text(entry, "source"),
        level=levels[0],
        period=str(chosen.periods[0]),
        hidden=protection_note(chosen, threshold=threshold),
    )


def _text(entry: pd.Series, *columns: str) -> str:
    """Return the first of the columns that says something."""
    return next((str(entry[name]) for name in columns if not pd.isna(entry[name]) and entry[name]), "")


def _size_name(name: str) -> str:
    """Return what the areas' size counts; the office's name for it is German in either language."""
    if name and current_language() != "de":
        return say("label.funnel.denominator_named", name=name)
    return name or say("label.funnel.denominator")


def _names(level: str, ids: pd.Index) -> list[str]:
    """Return the areas' names where they are known, else their ids."""
    if level == "district":
        known = load_boundaries("district")["name"].to_dict()
    elif level == "subdistrict":
        known = load_boundaries("subdistrict")["name"].to_dict()
    else:
        return [str(area) for area in ids]
    return [f"{str(area).lstrip('0')} {known.get(area, '')}".strip() for area in ids]


def _words(paper: Axes, box: Box, shown: _Funnel, title: str, look: Theme) -> Box:
    """Write title, explanation, note and source; return what is left for the chart."""
    size, lines = fit(title, box.width, look.title_size, bold=True, lines=2)
    y = _column(paper, box.x, box.top, lines, size, look.ink, bold=True)
    level = say(f"label.level.{shown.level}")
    subtitle = say(
        "label.funnel.subtitle", areas=level[:1].upper() + level[1:], period=format_period(shown.period)
    )
    size = look.text_size
    y = _column(paper, box.x, y - 0.4 * size * POINT, wrap(subtitle, box.width, size), size, look.soft_ink)
    size = look.small_size
    foot = wrap(say("label.funnel.note", phi=format_number(shown.phi, 1)), box.width, size)
    if shown.hidden:
        foot += wrap(shown.hidden, box.width, size)
    if shown.source:
        foot += wrap(say("label.funnel.source", source=shown.source), box.width, size)
    height = ((len(foot) - 1) * LEADING + ASCENT + DESCENT) * size * POINT
    _column(paper, box.x, box.y + height, foot, size, look.soft_ink)
    bottom = box.y + height + 4.0
    return Box(box.x, bottom, box.width, y - 4.0 - bottom)


def _column(
    axes: Axes, x: float, top: float, lines: list[str], size: float, color: str, *, bold: bool = False
) -> float:
    """Write lines downwards and return where they end."""
    y = top - ASCENT * size * POINT
    for number, line in enumerate(lines):
        write(axes, x, y - number * LEADING * size * POINT, line, size, color, bold=bold)
    return y - ((len(lines) - 1) * LEADING + DESCENT) * size * POINT


def _draw(figure: PageFigure, rest: Box, shown: _Funnel, look: Theme) -> None:
    """Draw the funnel, its points and their labels."""
    size = look.label_size
    left, below = 1.0 + 6.5 * size * POINT * 0.62, 3.4 * size * POINT
    right = max(text_width(say(f"label.funnel.{name}"), size) for name in ("inner", "outer"))
    right = (
        max(right, text_width(say("label.funnel.all", value=_number(shown, shown.center)), size, bold=True)) + 4
    )
    box = Box(rest.x + left, rest.y + below, rest.width - left - right, rest.height - below)
    axes = axes_in(figure, box)
    axes.set_axis_on()
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(look.soft_ink)
    areas, limits = shown.areas, shown.limits
    axes.fill_between(shown.sizes, limits["lower_998"], limits["upper_998"], color=look.context, lw=0, alpha=0.55)
    axes.fill_between(shown.sizes, limits["lower_95"], limits["upper_95"], color=look.context, lw=0)
    for name, style in (("95", "-"), ("998", (0, (4, 2)))):
        for side in ("lower", "upper"):
            axes.plot(shown.sizes, limits[f"{side}_{name}"], color=look.soft_ink, lw=1.0, ls=style)
    axes.axhline(shown.center, color=look.ink, lw=1.4)
    top = max(areas["rate"].max(), float(np.quantile(limits["upper_998"], 0.9)))
    bottom = min(areas["rate"].min(), float(np.quantile(limits["lower_998"], 0.1)))
    margin = 0.05 * (top - bottom)
    axes.set_xlim(0.0, float(shown.sizes[-1]))
    axes.set_ylim(max(bottom - margin, 0.0), top + margin)
    _points(axes, shown, look)
    _scales(axes, shown, look)
    _beside(axes, shown, look)


def _points(axes: Axes, shown: _Funnel, look: Theme) -> None:
    """Draw areas: dots inside, triangles that point outwards outside; unusual ones with their names."""
    areas = shown.areas
    outside = areas["p"] < 0.05
    high, low = outside & (areas["statistic"] > 0), outside & (areas["statistic"] < 0)
    axes.plot(areas["size"][~outside], areas["rate"][~outside], "o", color=look.ink, ms=5, alpha=0.75)
    for chosen, marker, color in ((high, "^", look.high), (low, "v", look.low)):
        axes.plot(
            areas["size"][chosen], areas["rate"][chosen], marker, color=color, mec=look.ink, mew=0.8, ms=10, ls=""
        )
    _labels(axes, shown, set(areas.index[outside & (areas["p"].rank(method="first") <= NAMED)]), look)


def _labels(axes: Axes, shown: _Funnel, named: set[Any], look: Theme) -> None:
    """Write names beside unusual areas, numbers beside the others; numbers only where they cover nothing."""
    areas = shown.areas.sort_values("p")
    figure = axes.get_figure(root=True)
    assert figure is not None
    pixels = axes.transData.transform(areas[["size", "rate"]].to_numpy()) * 25.4 / figure.dpi
    frame = axes_box(axes)
    taken = [Box(x - 1.2, y - 1.2, 2.4, 2.4) for x, y in pixels]
    for (area, row), (x, y) in zip(areas.iterrows(), pixels, strict=True):
        unusual = area in named
        text = str(row["name"]) if unusual else str(area).lstrip("0")
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


def _number(shown: _Funnel, value: float, lang: str | None = None) -> str:
    return format_number(value, shown.decimals, shown.unit if len(shown.unit) <= 3 else "", lang=lang)


def _scales(axes: Axes, shown: _Funnel, look: Theme) -> None:
    """Write the two scales in the language of the page."""
    lang = current_language()  # the figure is drawn later, in another language perhaps

    def rate(value: float, _: Any) -> str:
        return _number(shown, value, lang)

    def count(value: float, _: Any) -> str:
        return format_number(value, lang=lang)

    axes.locator_params(axis="x", nbins=5)
    axes.yaxis.set_major_formatter(rate)
    axes.xaxis.set_major_formatter(count)
    axes.tick_params(colors=look.ink, length=3)
    for label in [*axes.get_xticklabels(), *axes.get_yticklabels()]:
        label.set_fontproperties(font(look.label_size))
    axes.set_xlabel(
        say("label.funnel.size", name=shown.size_name), fontproperties=font(look.label_size), color=look.ink
    )


def _beside(axes: Axes, shown: _Funnel, look: Theme) -> None:
    """Write what the lines mean at their right ends, kept apart from each other."""
    entries = [
        (shown.limits["upper_998"][-1], say("label.funnel.outer"), False),
        (shown.limits["upper_95"][-1], say("label.funnel.inner"), False),
        (shown.center, say("label.funnel.all", value=_number(shown, shown.center)), True),
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
    y = high - 5.0 * step
    for value, text, bold in entries:
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
