"""Two areas side by side, or one beside its region: key figures, where they differ most, and how that came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Unpack

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from regsam_geo.areas.keys import find_keys
from regsam_geo.charts.chart_page import (
    NOT_FOR_SEVERAL,
    area_name,
    date_note,
    hidden_note,
    write_foot,
    write_lines,
)
from regsam_geo.charts.scales import reach
from regsam_geo.errors import OptionError
from regsam_geo.indicators import unrounded_values
from regsam_geo.indicators.catalogue import apart_from_city, headlines
from regsam_geo.indicators.periods import Period
from regsam_geo.look.fonts import CAPITAL, LEADING, POINT, ellipsis_, fit, text_width, wrap
from regsam_geo.look.pages import Box, PageFigure, axes_in, put, write
from regsam_geo.look.style import ResolvedStyle, ViewOptions, resolve_view
from regsam_geo.look.theme import Theme
from regsam_geo.study import Pick, Study, verb
from regsam_geo.study.pick import choose_period
from regsam_geo.text import format_number, format_period, problem, say, shorten

MOST = 12
"""So many indicators have a row."""
SERIES = 3
"""So many have their course below."""
TALLEST = 11.0
"""No row is taller, in millimeters."""


@dataclass(frozen=True)
class _Who:
    """One of the two: an area or a region."""

    level: str
    area: str
    name: str


@dataclass(frozen=True)
class _Row:
    """One indicator of both.

    Attributes
    ----------
    pick
        Where it comes from.
    pair
        The value of either; NaN where there is none.
    city
        The city's, where areas may be compared with it.
    others
        The values of all areas.
    apart
        How far both lie apart, in units of the median deviation of all areas; NaN where that says nothing.
    """

    pick: Pick
    pair: tuple[float, ...]
    city: float
    others: np.ndarray[Any, np.dtype[np.float64]]
    apart: float

    @property
    def name(self) -> str:
        """Short title, group and unit."""
        naming = self.pick.naming
        # a group is named where another has the same title
        group = naming.group_words() if naming.title_is_shared else ""
        parts = (naming.short(), group, naming.unit() if len(naming.unit()) > 3 else "")
        return ", ".join(part for part in parts if part)

    def number(self, value: float) -> str:
        """Write a value."""
        naming = self.pick.naming
        unit = naming.unit() if len(naming.unit()) <= 3 else ""
        return "–" if np.isnan(value) else format_number(value, naming.digits, unit)


@dataclass(frozen=True)
class _Comparison:
    """All that is drawn."""

    who: tuple[_Who, ...]
    rows: tuple[_Row, ...]
    courses: tuple[tuple[_Row, tuple[pd.Series, ...]], ...]
    title: str
    subtitle: str
    foot: tuple[str, ...]


@verb
def plot_comparison(
    study: Study, area: str | Sequence[str], period: Period | None = None, **look: Unpack[ViewOptions]
) -> Figure:
    """Set two areas side by side: where they differ most stands on top, and below it how that came.

    Parameters
    ----------
    study
        What the chart is about: a ``Study``, a ``Panel`` or a tidy frame.
    area
        Two areas by id or name; or an area and a region, such as ``["12", "4/12"]``. One alone is set beside its
        region, where figures can be summed to it.
    period
        The study's by default, which is the newest.
    **look
        The fields of ``Style`` that apply as keywords: ``title``, ``subtitle``, ``theme``, ``source``, ``date``,
        and ``style`` itself.

    Returns
    -------
    Figure
        A page of the theme's size: a row for each headline with both values, those of all areas and that of the
        city, where areas may be compared with it. What is hidden has no mark, and the foot says so.

    Raises
    ------
    OptionError
        If an area is unknown, both are the same, nothing of them may be shown, or an option is unknown.

    Notes
    -----
    Differences of several indicators are made comparable by the median deviation of all areas from their median.
    Counts, and numbers that depend on how large an area is, stand at the end: that they differ says nothing.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> figure = rg.plot_comparison(rg.load_study(), ["Berg am Laim", "Bogenhausen"], 2024)
    >>> figure.page_title
    'Berg am Laim und Bogenhausen'
    """
    resolved = resolve_view(look, without=NOT_FOR_SEVERAL)
    comparison = _comparison_of(study, _who(study, area), period, resolved)
    theme = resolved.page
    page = PageFigure(theme, comparison.title)
    _draw(page, comparison, theme)
    return page


# --- what is drawn


def _who(study: Study, area: str | Sequence[str]) -> tuple[_Who, ...]:
    """Find the two that are compared."""
    if not len(study.panel):
        raise problem(OptionError, "no_figures")
    asked = [area] if isinstance(area, str | int) else list(area)
    if len(asked) not in (1, 2):
        raise problem(OptionError, "comparison_two", found=len(asked))
    found = [_one(study, each) for each in asked]
    if len(found) == 2 and (found[0].level, found[0].area) == (found[1].level, found[1].area):
        raise problem(OptionError, "comparison_same", found=found[0].name)
    if len(found) == 1 and found[0].level != "region":
        region = study.region_of(found[0].level, found[0].area)
        # a region of one area is that area
        if region and len(study.members_of(region, found[0].level)) > 1:
            found.append(_named(study, "region", region))
    return tuple(found)


def _one(study: Study, asked: object) -> _Who:
    """Find an area of the study's level; else a region."""
    level = study.level
    data = study.panel_of(level).data
    ids = [str(one) for one in data.loc[data["level"] == level, "area_id"].unique()]
    text = str(asked)
    if text not in ids and level != "region" and text in study.region_ids:
        return _named(study, "region", text)
    return _named(study, level, find_keys([asked], {level: ids})[0])


def _named(study: Study, level: str, area: str) -> _Who:
    if level == "region":
        name = study.region_name(area)
        return _Who(level, area, say("label.comparison.region", region=area if name == area else f"{area} {name}"))
    name = area_name(study, level, area)
    return _Who(level, area, name or (area if level == "own" else area.lstrip("0") or area))


def _comparison_of(
    study: Study, who: tuple[_Who, ...], period: Period | None, style: ResolvedStyle
) -> _Comparison:
    """Gather the rows in the order of their differences, the courses, and all words."""
    panel = study.panel_of(study.level)
    leading = headlines(panel.sel(level=study.level).catalogue)
    exact = _Exact(study, {study.level, *(one.level for one in who)})
    rows = [
        row
        for indicator, group in zip(leading["indicator"], leading["group"], strict=True)
        if (row := _row_of(exact, who, str(indicator), str(group), period)) is not None
    ]
    if not rows or all(np.isnan(row.pair).all() for row in rows):
        if period is not None:
            choose_period(period, panel.sel(level=study.level).periods)
        raise problem(OptionError, "comparison_empty", found=" / ".join(one.name for one in who))
    # stable: what cannot be compared keeps the order of the catalogue, at the end
    rows.sort(key=lambda row: -row.apart if not np.isnan(row.apart) else np.inf)
    kept = tuple(rows[:MOST])
    courses = [(row, tuple(exact.course(one, row.pick) for one in who)) for row in kept[: 2 * SERIES]]
    courses = [(row, found) for row, found in courses if any(len(one.dropna()) > 1 for one in found)]
    periods = dict.fromkeys(format_period(row.pick.period) for row in kept)
    areas = say(f"label.level.{study.level}")
    names = [one.name for one in who]
    with_city = any(not np.isnan(row.city) for row in kept)
    if len(names) > 1:
        title = say("label.scatter.title", first=names[0], second=names[1])
    else:
        title = say("label.comparison.title_city", first=names[0]) if with_city else names[0]
    ordered = say("label.comparison.subtitle" if len(who) > 1 else "label.comparison.subtitle_city")
    subtitle = f"{areas[:1].upper()}{areas[1:]} {shorten(list(periods), 3)}. {ordered}"
    return _Comparison(
        who,
        kept,
        tuple(courses[:SERIES]),
        title if style.title is None else style.title,
        subtitle if style.subtitle is None else style.subtitle,
        tuple(_notes(study, rows, kept, style)),
    )


def _row_of(
    exact: _Exact, who: tuple[_Who, ...], indicator: str, group: str, period: Period | None
) -> _Row | None:
    """Return one indicator of both; ``None`` where it has no figures in the period."""
    try:
        pick = exact.study.pick(indicator, group, period, exact.study.level)
    except OptionError:
        return None
    every = exact.values(pick, pick.level)
    values = tuple(
        float((every if one.level == pick.level else exact.values(pick, one.level)).get(one.area, np.nan))
        for one in who
    )
    others = every.dropna().to_numpy(dtype=np.float64)
    compared = pick.naming.key not in apart_from_city(pick.panel.catalogue)
    city = exact.values(pick, "city") if compared and "city" in pick.panel.levels else pd.Series(dtype=float)
    line = float(city.iloc[0]) if len(city) else np.nan
    usual = float(np.median(np.abs(others - np.median(others)))) if len(others) else 0.0
    between = values[0] - (values[1] if len(values) > 1 else line)
    apart = abs(between) / usual if compared and usual > 0 else np.nan
    return _Row(pick, values, line, others, float(apart))


class _Exact:
    """The unrounded values of a study by indicator, cut once: to cut a panel for each number takes time."""

    def __init__(self, study: Study, levels: Iterable[str]) -> None:
        self.study = study
        self._rows: dict[str, dict[tuple[str, str], pd.DataFrame]] = {}
        known: dict[int, dict[tuple[str, str], pd.DataFrame]] = {}
        for level in levels:
            panel = study.panel_of(level)
            if id(panel) not in known:
                data = panel.data[["indicator", "group", "period", "level", "area_id"]]
                data = data.assign(exact=unrounded_values(panel))
                known[id(panel)] = dict(iter(data.groupby(["indicator", "group"], sort=False)))
            self._rows[level] = known[id(panel)]

    def values(self, pick: Pick, level: str) -> pd.Series:
        """Return the values of a level in the period of a pick, by area."""
        rows = self._of(pick, level if level in self._rows else self.study.level)
        rows = rows[(rows["level"] == level) & (rows["period"] == pick.period)]
        return pd.Series(rows["exact"].to_numpy(dtype=np.float64), rows["area_id"].astype(str).to_numpy())

    def course(self, one: _Who, pick: Pick) -> pd.Series:
        """Return the values of one of the two over all periods up to the one that is shown."""
        rows = self._of(pick, one.level)
        periods = [period for period in sorted(rows["period"].unique()) if period <= pick.period]
        own = rows[(rows["level"] == one.level) & (rows["area_id"] == one.area)]
        return pd.Series(own["exact"].to_numpy(dtype=np.float64), own["period"].to_numpy()).reindex(periods)

    def _of(self, pick: Pick, level: str) -> pd.DataFrame:
        rows = self._rows[level]
        return rows.get((pick.indicator, pick.group), next(iter(rows.values())).iloc[:0])


def _notes(study: Study, rows: Sequence[_Row], kept: Sequence[_Row], style: ResolvedStyle) -> list[str]:
    """Return the sentences of the foot."""
    missing = [row.pick.naming.short() for row in kept if np.isnan(row.pair).any()]
    apart = [
        row.pick.naming.short() for row in kept if row.pick.naming.key in apart_from_city(row.pick.panel.catalogue)
    ]
    left = len(rows) - len(kept)
    hidden = hidden_note(study, study.published.sel([row.pick.indicator for row in kept]))
    sources = dict.fromkeys(_source(row.pick) for row in kept)
    source = "; ".join(one for one in sources if one) if style.source is None else style.source
    return [
        say("note.comparison.apart", titles=shorten(apart, 4)) if apart else "",
        say("note.comparison.missing", titles=shorten(missing, 6)) if missing else "",
        say("note.comparison.left", n=left) if left else "",
        hidden,
        say("label.funnel.source", source=source) if source else "",
        date_note(style.date),
    ]


def _source(pick: Pick) -> str:
    entry = pick.panel.catalogue.iloc[0]
    return " ".join(str(entry[part]) for part in ("source", "edition") if not pd.isna(entry[part]) and entry[part])


# --- the page


def _draw(page: PageFigure, comparison: _Comparison, look: Theme) -> None:
    """Write the words from outside inwards; rows and courses share what is left."""
    canvas = axes_in(page, page.page)
    inner = page.inner
    size, lines = fit(comparison.title, inner.width, look.title_size, bold=True, lines=2)
    y = write_lines(canvas, inner.x, inner.top, lines if comparison.title else [], size, look.ink, bold=True)
    explained = wrap(comparison.subtitle, inner.width, look.text_size)
    if explained:
        y = write_lines(
            canvas, inner.x, y - 0.4 * look.text_size * POINT, explained, look.text_size, look.soft_ink
        )
    rest = write_foot(canvas, Box(inner.x, inner.y, inner.width, y - 2.5 - inner.y), comparison.foot, look, 2.5)
    rest = _key(canvas, rest, comparison, look)
    line = LEADING * look.label_size * POINT
    head = 2.2 * line
    share = 0.36 if comparison.courses else 0.0
    height = min(rest.height * (1 - share) - head, TALLEST * len(comparison.rows))
    _rows(canvas, Box(rest.x, rest.top - head - height, rest.width, height + head), head, comparison, look)
    below = rest.height - head - height - 4.0
    if comparison.courses and below > 5 * line:
        strip = Box(rest.x, rest.y, rest.width, min(below, 62.0))
        strip = Box(strip.x, rest.top - head - height - 4.0 - strip.height, strip.width, strip.height)
        _courses(page, canvas, strip, comparison, look)


def _mark(which: int, look: Theme) -> dict[str, Any]:
    """Return how the first and the second look: a full disc and a square, told apart without color."""
    if which == 0:
        return {"marker": "o", "mfc": look.high, "mec": look.ink, "mew": 0.8, "ms": 8.0}
    return {"marker": "s", "mfc": look.low, "mec": look.ink, "mew": 0.8, "ms": 7.0}


def _key(canvas: Axes, box: Box, comparison: _Comparison, look: Theme) -> Box:
    """Write above the rows what the marks mean; return what is left below."""
    size = 0.92 * look.label_size
    entries = [(str(number), one.name) for number, one in enumerate(comparison.who)]
    entries.append(("other", say("label.comparison.other")))
    if any(not np.isnan(row.city) for row in comparison.rows):
        entries.append(("city", say("label.comparison.city")))
    lead, gap, x = 4.6, 6.0, 0.0
    step = 1.35 * size * POINT
    y = box.top - step
    for mark, text in entries:
        shown = ellipsis_(text, box.width - lead, size)
        width = lead + text_width(shown, size)
        if x and x + width > box.width:
            x, y = 0.0, y - step
        middle = y + 0.5 * CAPITAL * size * POINT
        _key_mark(canvas, mark, box.x + x + 1.8, middle, look)
        write(canvas, box.x + x + lead, y, shown, size, look.ink)
        x += width + gap
    return Box(box.x, box.y, box.width, y - 1.5 - box.y)


def _key_mark(canvas: Axes, mark: str, x: float, y: float, look: Theme) -> None:
    if mark == "other":
        put(canvas, Line2D([x, x], [y - 1.2, y + 1.2], color=_pale(look), lw=1.2))
    elif mark == "city":
        put(canvas, Line2D([x, x], [y - 1.8, y + 1.8], color=look.ink, lw=1.6))
    else:
        put(canvas, Line2D([x], [y], ls="", **_mark(int(mark), look)))


def _pale(look: Theme) -> str:
    return "#9aa1a7" if look.name != "mono" else "#a0a0a0"


def _rows(canvas: Axes, box: Box, head: float, comparison: _Comparison, look: Theme) -> None:
    """Draw a row for each indicator: its name, all areas on a line, and the numbers."""
    rows = comparison.rows
    pitch = (box.height - head) / len(rows)
    size = min(look.label_size, pitch / (1.25 * POINT))
    with_city = any(not np.isnan(row.city) for row in rows)
    heads = [*(f"{number}" for number in range(len(comparison.who))), *(["city"] if with_city else [])]
    numbers = [[row.number(value) for value in (*row.pair, *([row.city] if with_city else []))] for row in rows]
    city = say("label.comparison.city_short")
    wide = [max(text_width(line[i], size) for line in numbers) for i in range(len(heads))]
    wide = [max(each, text_width(city, 0.9 * size) if name == "city" else 4.0)
            for each, name in zip(wide, heads, strict=True)]  # fmt: skip
    taken = sum(wide) + 4.0 * len(wide)
    left = min(0.36 * box.width, max(text_width(row.name, size) for row in rows) + 1.0)
    strip = Box(box.x + left + 3.0, box.y, box.width - left - 3.0 - taken, box.height - head)
    x = strip.right
    for i, name in enumerate(heads):
        x += 4.0 + wide[i]
        y = box.top - head + 0.5 * size * POINT
        if name == "city":
            write(canvas, x, y, city, 0.9 * size, look.ink, align="right")
        else:
            middle = y + 0.5 * CAPITAL * size * POINT
            put(canvas, Line2D([x - 2.0], [middle], ls="", **_mark(i, look)))
    low, high = say("label.comparison.low"), say("label.comparison.high")
    y = box.top - head + 0.5 * size * POINT
    write(canvas, strip.x, y, low, 0.85 * size, look.soft_ink)
    write(canvas, strip.right, y, high, 0.85 * size, look.soft_ink, align="right")
    for number, row in enumerate(rows):
        middle = box.top - head - (number + 0.5) * pitch
        lines = 2 if pitch > 2.6 * 0.8 * size * POINT else 1
        shrunk, words = fit(row.name, left, size, lines=lines, least=0.66)
        top = middle + 0.5 * (CAPITAL + (len(words) - 1) * LEADING) * shrunk * POINT
        for i, text in enumerate(words):
            write(canvas, box.x, top - (CAPITAL + i * LEADING) * shrunk * POINT, text, shrunk, look.ink)
        _strip(canvas, strip, middle, pitch, row, look)
        x = strip.right
        for i, text in enumerate(numbers[number]):
            x += 4.0 + wide[i]
            bold = i < len(comparison.who)
            base = middle - 0.5 * CAPITAL * size * POINT
            write(canvas, x, base, text, size, look.ink if bold else look.soft_ink, align="right")


def _strip(canvas: Axes, strip: Box, y: float, pitch: float, row: _Row, look: Theme) -> None:
    """Draw all areas on one line, the two, and the city."""
    put(canvas, Line2D([strip.x, strip.right], [y, y], color=look.context, lw=1.0, zorder=1))
    known = np.array([*row.others, *row.pair, row.city])
    if np.isnan(known).all():
        return
    low, high = reach(list(known))
    high_mark = min(0.26 * pitch, 1.5)

    def at(value: float) -> float:
        return strip.x + (value - low) / (high - low) * strip.width

    for value in row.others:
        put(
            canvas,
            Line2D([at(value)] * 2, [y - high_mark, y + high_mark], color=_pale(look), lw=0.9, zorder=1.5),
        )
    if not np.isnan(row.city):
        put(
            canvas,
            Line2D(
                [at(row.city)] * 2,
                [y - 1.7 * high_mark, y + 1.7 * high_mark],
                color=look.ink,
                lw=1.6,
                zorder=2,
                label="city",
            ),
        )
    share = min(1.0, pitch / 4.5)
    for which, value in reversed(list(enumerate(row.pair))):
        if not np.isnan(value):
            style = _mark(which, look)
            style["ms"] *= share
            put(canvas, Line2D([at(value)], [y], ls="", zorder=3, label=("first", "second")[which], **style))


def _courses(page: PageFigure, canvas: Axes, box: Box, comparison: _Comparison, look: Theme) -> None:
    """Draw the course of the indicators that differ most, side by side."""
    size, gap = 0.85 * look.label_size, 8.0
    width = (box.width - gap * (len(comparison.courses) - 1)) / max(len(comparison.courses), 2)
    for number, (row, series) in enumerate(comparison.courses):
        west = box.x + number * (width + gap)
        shrunk, lines = fit(row.name, width, size, bold=True, lines=2, least=0.72)
        top = write_lines(canvas, west, box.top, lines, shrunk, look.ink, bold=True)
        foot = 1.5 * size * POINT
        known = [float(value) for one in series for value in one.dropna()]
        low, high = reach(known)
        texts = [row.number(min(known)), row.number(max(known))]
        left = max(text_width(text, 0.85 * size) for text in texts) + 1.6
        field = Box(west + left, box.y + foot, width - left - 2.0, top - 1.5 - box.y - foot)
        periods = list(series[0].index)
        axes = axes_in(page, field)
        axes.set_xlim(-0.2, max(len(periods) - 0.8, 0.2))
        axes.set_ylim(low, high)
        for which, one in reversed(list(enumerate(series))):
            style = _mark(which, look)
            marks = {"mfc": style["mfc"], "mec": look.ink, "mew": 0.6, "marker": style["marker"], "ms": 4.5}
            axes.plot(
                np.arange(len(periods)),
                one.to_numpy(dtype=float),
                color=style["mfc"],
                lw=1.6,
                ls="-" if which == 0 else (0, (4, 1.5)),
                markevery=[-1],
                clip_on=False,
                label=("first", "second")[which],
                **marks,
            )
        put(canvas, Line2D([field.x, field.right], [field.y] * 2, color=look.soft_ink, lw=0.8))
        small = 0.85 * size
        for value, text in zip((min(known), max(known)), texts, strict=True):
            y = field.y + (value - low) / (high - low) * field.height - 0.5 * CAPITAL * small * POINT
            write(canvas, field.x - 1.2, y, text, small, look.soft_ink, align="right")
            if min(known) == max(known):
                break
        ends = [format_period(periods[0]), format_period(periods[-1])]
        base = box.y + 0.2 * size * POINT
        write(canvas, field.x, base, ends[0], small, look.soft_ink)
        if sum(text_width(text, small) for text in ends) + 2 < field.width:
            write(canvas, field.right, base, ends[1], small, look.soft_ink, align="right")
