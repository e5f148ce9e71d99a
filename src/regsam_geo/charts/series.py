"""A series over time: area, region and city, the band of what was to be expected, and the flagged periods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Unpack

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from regsam_geo.areas.keys import find_keys
from regsam_geo.charts.chart_page import (
    NOT_FOR_CHARTS,
    area_name,
    date_note,
    hidden_note,
    write_foot,
    write_lines,
)
from regsam_geo.errors import AggregationError, OptionError
from regsam_geo.indicators import Panel, unrounded_values
from regsam_geo.indicators.catalogue import apart_from_city
from regsam_geo.indicators.naming import Naming
from regsam_geo.indicators.periods import Period, parse_period
from regsam_geo.look.fonts import ASCENT, LEADING, POINT, fit, font, text_width, wrap
from regsam_geo.look.pages import Box, PageFigure, axes_in, write
from regsam_geo.look.style import ResolvedStyle, Style, StyleOptions, resolve_style
from regsam_geo.look.theme import Theme
from regsam_geo.study import Study, verb
from regsam_geo.text import (
    did_you_mean,
    format_number,
    format_period,
    problem,
    resolve_language,
    say,
    shorten,
    shows_progress,
)
from regsam_geo.warning import band_as_tested, expected_band, of_shown_cells, usual_most
from regsam_geo.warning.schema.detector import detector_of

MOST_TICKS = 9

Line = tuple[str, pd.Series]
"""What a line is called, and its values by period."""


@dataclass(frozen=True)
class _Measured:
    """The value that a warning is measured from, and what its detector has to say about the chart."""

    period: str
    value: float
    note: str


@dataclass(frozen=True)
class _Subject:
    """What a chart is about.

    Attributes
    ----------
    panel
        The indicator's rows, with the level of the area.
    entry, naming
        What the catalogue says of it.
    level, area
        The area.
    """

    panel: Panel
    entry: pd.Series
    naming: Naming
    level: str
    area: str

    @property
    def city_is_apart(self) -> bool:
        """Whether the city's value is no yardstick, because counts depend on how large an area is."""
        return self.naming.key in apart_from_city(self.panel.catalogue)


@verb
@shows_progress
def plot_series(
    study: Study,
    what: str,
    area: str,
    *,
    group: str | None = None,
    level: str | None = None,
    flagged: Iterable[Period] = (),
    style: Style | None = None,
    **look: Unpack[StyleOptions],
) -> Figure:
    """Draw the series of an area beside its region and the city.

    Parameters
    ----------
    study
        What the chart is about: a ``Study``, a ``Panel`` or a tidy frame.
    what, area
        An indicator by its name or title, and the id of an area.
    group, level
        The indicator's headline, and the level that the study is about, by default.
    flagged
        Periods that are marked, such as that of a warning.
    style
        How charts look, said once for many of them.
    **look
        The fields of ``Style`` that apply as keywords: ``title``, ``subtitle``, ``theme``, ``unit``,
        ``decimals``, ``source``, ``date``; ``band``: draw the band in which 95 % of ordinary values were to be
        expected, each period with what was known then (of a count by quarter, month or week: the most cases that
        were to be expected); ``regions``: draw the region too, where it can be computed
        from sums and is more than the area itself.

    Returns
    -------
    Figure
        A matplotlib figure of the theme's page size. The foot says what is hidden.

    Raises
    ------
    OptionError
        If the study has no such series, nothing of it may be shown, or an option is unknown.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> figure = rg.plot_series(rg.load_study(), "Nichtdeutsche", "12", flagged=[2023])
    >>> len(figure.axes)
    2
    """
    resolved = resolve_style(style, look, without=NOT_FOR_CHARTS)
    return _chart(study, _subject_of(study, what, group, level, area), flagged, resolved)


@verb
@shows_progress
def plot_warning(
    study: Study,
    warning: Mapping[str, Any] | pd.Series | pd.DataFrame,
    *,
    style: Style | None = None,
    **look: Unpack[StyleOptions],
) -> Figure:
    """Draw the series behind a warning, with its sentence as the subtitle.

    Parameters
    ----------
    study
        The study that the warning was made from.
    warning
        One row of ``detect_warnings``; of a table the first.
    style, **look
        As in ``plot_series``.

    Returns
    -------
    Figure
        The series with the flagged period marked; a bar shows the value that a change or drift is measured from.

    Raises
    ------
    OptionError
        If this is no warning, or one of a hidden value, the study has no such series, or an option is unknown.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> study = rg.load_study(period=2023).sel(["Bevölkerungsdichte", "Innerräumliche Umzugsziffer"])
    >>> figure = rg.plot_warning(study, rg.detect_warnings(study).iloc[0])
    """
    row = _row_of(warning if not isinstance(warning, pd.DataFrame) else of_shown_cells(study, warning))
    alone = pd.DataFrame([dict(row)])
    # one row of a table has no table any more that would say what it was made of
    alone.attrs = dict(getattr(row, "attrs", {}))
    if of_shown_cells(study, alone).empty:
        raise problem(OptionError, "warning_of_hidden", area=str(row["area_id"]), period=str(row["period"]))
    sentence = str(row[f"sentence_{resolve_language(None)}"])
    resolved = resolve_style(style, look, without=NOT_FOR_CHARTS, subtitle=sentence)
    # From the row and not from the period of the study: a warning of last year is drawn in its own year.
    subject = _subject_of(study, str(row["indicator"]), str(row["group"]), str(row["level"]), str(row["area_id"]))
    return _chart(study, subject, [str(row["period"])], resolved, _measured_from(row))


def _row_of(warning: Any) -> Mapping[str, Any] | pd.Series:
    """Return one warning, or say what came in its place."""
    if isinstance(warning, pd.DataFrame) and "sentence_de" in warning:
        if not len(warning):
            raise problem(OptionError, "warning_row", found=say("label.warning_row.empty"))
        return warning.iloc[0]
    if isinstance(warning, Mapping | pd.Series) and "sentence_de" in warning:
        return warning
    found = repr(warning) if isinstance(warning, str | int) else type(warning).__name__
    raise problem(OptionError, "warning_row", found=found)


def _measured_from(row: Mapping[str, Any] | pd.Series) -> _Measured | None:
    """Return what a warning had led to expect, where all of its detectors compare an area with its own past."""
    kinds, value = row.get("kinds", ""), row.get("expected")
    # All of them, because one mark cannot show what two questions compare with.
    names = set(kinds.split("+") if isinstance(kinds, str) else kinds)  # records for JSON hold a list
    detectors = [detector_of(name) for name in names]
    if not detectors or value is None or not np.isfinite(float(value)):
        return None
    # a value that other areas led to expect is no point of this series
    if not all(detector is not None and detector.family == "temporal" for detector in detectors):
        return None
    notes = {detector.chart_note for detector in detectors if detector is not None}
    note = notes.pop() if len(notes) == 1 else ""
    return _Measured(parse_period(row["period"]), float(value), say(note) if note else "")


def _subject_of(study: Study, what: str, group: str | None, level: str | None, area: str) -> _Subject:
    """Find the indicator and the level of an area."""
    if not isinstance(area, str | int):
        raise problem(OptionError, "series_area", found=repr(area))
    naming = study.naming(what, group)
    # The figures that may be shown, never the panel as it was read.
    panel = study.panel_of(level or "").sel(naming.indicator, naming.group)
    found = study.find_level(level, panel)
    ids = panel.data.loc[panel.data["level"] == found, "area_id"].unique()
    return _Subject(panel, panel.entry(*naming.key), naming, found, find_keys([area], {found: list(ids)})[0])


def _chart(
    study: Study,
    subject: _Subject,
    flagged: Iterable[Period],
    style: ResolvedStyle,
    measured: _Measured | None = None,
) -> Figure:
    """Lay the page out: header, foot, and the lines between them."""
    lines = _lines_of(study, subject, regions=style.regions)
    if all(values.isna().all() for _, values in lines):
        signs = subject.panel.data.loc[subject.panel.data["area_id"] == subject.area, "sign"]
        code = "series_hidden" if (signs == "suppressed").any() else "series_empty"
        raise problem(OptionError, code, place=lines[0][0], indicator=subject.naming.full(resolve_language(None)))
    periods = list(lines[0][1].index)
    marked = _known_periods(flagged, periods)
    # One or the other: a count has a bound, and a band around last year's count would say less beside it.
    bound = _bound_of(study, subject) if style.band else None
    band = _band_of(study, subject) if style.band and bound is None else None
    language = resolve_language(None)
    naming = _styled(subject.naming, style)
    # An empty title is a wish, too; only None leaves it to the chart.
    title = naming.full(language) if style.title is None else style.title
    subtitle = lines[0][0] if style.subtitle is None else style.subtitle
    figure = PageFigure(style.page, f"{title} – {lines[0][0]}")
    page = axes_in(figure, figure.page)
    space = _header(page, figure.inner, title, subtitle, style.page)
    notes = [
        hidden_note(study, study.published.sel(*subject.naming.key)),
        say("label.series.expected", value=naming.number(measured.value, language)) if measured else "",
        say("label.series.band") if band is not None else "",
        say("label.series.bound") if bound is not None else "",
        measured.note if band is not None and measured else "",
        say("label.series.city_differs") if subject.city_is_apart else "",
        _source(subject.entry, style.source),
        date_note(style.date),
    ]
    space = write_foot(page, space, notes, style.page, 3.0)
    axes = _draw(figure, space, lines, periods, band, bound, marked, naming, language, style.page)
    # Last, so that the bar lies above band and lines.
    if measured:
        _draw_measured(axes, periods.index(measured.period), lines[0][1][measured.period], measured, style.page)
    return figure


def _styled(naming: Naming, style: ResolvedStyle) -> Naming:
    """Return the name with the unit and the digits that a style wants."""
    if style.unit is not None:
        naming = replace(naming, units=dict.fromkeys(naming.units, style.unit))
    return naming if style.decimals is None else replace(naming, decimals=style.decimals)


def _known_periods(flagged: Iterable[Period], periods: Sequence[str]) -> list[str]:
    """Return the periods to be marked, or say which of them the series does not have."""
    marked = [parse_period(period) for period in flagged]
    if unknown := [period for period in marked if period not in periods]:
        raise problem(
            OptionError,
            "not_in_panel",
            column="period",
            found=unknown[0],
            expected=shorten(list(periods)[::-1], 8),
            hint="",
        )
    return marked


def _band_of(study: Study, subject: _Subject) -> pd.DataFrame | None:
    """Return the band of ordinary values; none where no period has enough history."""
    naming = subject.naming
    band = band_as_tested(study, *naming.key, subject.area, subject.level)
    if band is None:
        band = expected_band(
            subject.panel, naming.indicator, subject.area, naming.group, subject.level, settings=study.settings
        )
    return band if band["low"].notna().any() else None


def _bound_of(study: Study, subject: _Subject) -> pd.Series | None:
    """Return the most cases that were to be expected; none for what is no count of quarters, months or weeks."""
    naming = subject.naming
    bound = usual_most(
        subject.panel, naming.indicator, subject.area, naming.group, subject.level, settings=study.settings
    )
    return bound if len(bound) else None


def _lines_of(study: Study, subject: _Subject, *, regions: bool) -> list[Line]:
    """Return name and values of the area, its region and the city; the area first."""
    # The area's periods are those of the chart: region and city follow, with gaps where they have none.
    own = _values(subject.panel, subject.level, subject.area)
    if own.empty:
        data = subject.panel.data
        known = sorted(data.loc[data["level"] == subject.level, "area_id"].unique())
        raise problem(
            OptionError,
            "not_in_panel",
            column="area_id",
            found=subject.area,
            expected=shorten(known, 25),
            hint=did_you_mean(subject.area, known),
        )
    lines = [(_line_name(study, subject.level, subject.area), own)]
    if regions:
        lines += [(name, values.reindex(own.index)) for name, values in _region_line(study, subject)]
    city = pd.Series(dtype="float64") if subject.city_is_apart else _values(subject.panel, "city", "")
    if len(city):
        lines.append((say("label.series.city"), city.reindex(own.index)))
    return lines


def _region_line(study: Study, subject: _Subject) -> list[Line]:
    """Return the line of the area's region, if it is more than the area itself and can be summed."""
    region = study.region_of(subject.level, subject.area)
    alone = subject.level == study.division.level and len(study.division.members_of(region)) == 1
    if not region or alone or subject.level == "region":
        return []
    try:
        # of this one indicator: summing all of the study would take long for a single line
        values = _values(study.sel(*subject.naming.key).regional, "region", region)
    except AggregationError:
        return []
    study.division.tell_derived()
    return [(say("label.series.region", name=region), values)] if len(values) else []


def _values(panel: Panel, level: str, area: str) -> pd.Series:
    """Return the unrounded values of one area by period."""
    data = panel.data.assign(unrounded=unrounded_values(panel))
    rows = data[(data["level"] == level) & ((data["area_id"] == area) | (level == "city"))]
    return rows.set_index("period")["unrounded"].sort_index()


def _line_name(study: Study, level: str, area: str) -> str:
    """Return "17 Obergiesing-Fasangarten" where the study knows the name of the area."""
    number = say("label.series.region", name=area) if level == "region" else area
    return f"{number} {area_name(study, level, area)}".strip()


def _source(entry: pd.Series, wished: str | None) -> str:
    """Return where the figures come from, with their edition."""
    source = wished
    if source is None and isinstance(entry["source"], str):
        edition = entry["edition"]
        source = f"{entry['source']} {edition}" if isinstance(edition, str) else entry["source"]
    return say("label.series.source", source=source) if source else ""


def _header(page: Axes, box: Box, title: str, subtitle: str, look: Theme) -> Box:
    """Write title and subtitle and return the space below."""
    size, lines = fit(title, box.width, look.title_size, bold=True, lines=2)
    y = write_lines(page, box.x, box.top, lines, size, look.ink, bold=True)
    size, lines = fit(subtitle, box.width, look.subtitle_size, lines=6, least=0.6)
    y = write_lines(page, box.x, y - 0.35 * size * POINT, lines, size, look.soft_ink)
    return Box(box.x, box.y, box.width, y - 4.0 - box.y)


def _draw_measured(axes: Axes, position: int, value: float, measured: _Measured, look: Theme) -> None:
    """Draw a bar where a warning is measured from, joined to the value itself."""
    axes.plot(
        [position, position], [value, measured.value],
        color=look.high, linewidth=1.4, linestyle=(0, (1, 1.2)), zorder=4.5,
    )  # fmt: skip
    axes.plot(
        [position], [measured.value], marker="_", markersize=15, color=look.high, markeredgewidth=2.8, zorder=5,
        clip_on=False, linestyle="none",
    )  # fmt: skip


def _draw(
    figure: PageFigure,
    box: Box,
    lines: Sequence[tuple[str, pd.Series]],
    periods: Sequence[str],
    expected: pd.DataFrame | None,
    bound: pd.Series | None,
    marked: Sequence[str],
    naming: Naming,
    lang: str,
    look: Theme,
) -> Axes:
    """Draw band, lines, marks, axes and the names at the ends of the lines."""
    size = look.text_size
    names = [f"{name}  {naming.number(_last(values), lang)}" for name, values in lines]
    # At most a third of the width for names: the lines are what the chart is for.
    wrapped = [wrap(name, 0.3 * box.width, size, bold=not i) for i, name in enumerate(names)]
    room = max(text_width(line, size, bold=True) for part in wrapped for line in part) + 6
    short_unit = naming.unit(lang) if naming.unit(lang) == "%" else ""
    left = 6 + text_width(format_number(_top(lines), 1, short_unit, lang=lang), look.label_size)
    width, height = figure.page.width, figure.page.height
    plot = Box(box.x + left, box.y + 9, box.width - left - room, box.height - 11)
    axes = figure.add_axes((plot.x / width, plot.y / height, plot.width / width, plot.height / height))
    axes.set_facecolor(look.paper)
    # By place and not by date: a year that was never published leaves no hole of its own.
    x = np.arange(len(periods))
    if expected is not None:
        low, high = (expected[name].reindex(list(periods)).to_numpy() for name in ("low", "high"))
        # Light and edged: the band has to survive a grey copy, where its fill is gone.
        axes.fill_between(x, low, high, color=look.context, linewidth=0, zorder=1)
        axes.plot(x, low, color=look.border, linewidth=0.6, zorder=1.5)
        axes.plot(x, high, color=look.border, linewidth=0.6, zorder=1.5)
    if bound is not None:
        most = bound.reindex(list(periods)).to_numpy()
        axes.plot(x, most, color=look.soft_ink, linewidth=1.2, linestyle=(0, (6, 2, 1, 2)), zorder=1.8)
    styles: tuple[dict[str, Any], ...] = (
        {"color": look.ink, "linewidth": 2.6, "zorder": 4},
        {"color": look.low, "linewidth": 1.8, "linestyle": (0, (5, 2)), "zorder": 3},
        {"color": look.soft_ink, "linewidth": 1.8, "linestyle": (0, (1.2, 1.4)), "zorder": 2},
    )
    chosen = (
        [styles[0], styles[1], styles[2]] if len(lines) == 3 else [styles[0], styles[2 if _is_city(lines) else 1]]
    )
    for (_, values), style in zip(lines, chosen, strict=False):
        axes.plot(x, values.reindex(list(periods)).to_numpy(), **style)
    own = lines[0][1]
    for period in marked:
        position = list(periods).index(period)
        axes.plot(
            [position], [own[period]], marker="o", markersize=13, markerfacecolor="none",
            markeredgecolor=look.high, markeredgewidth=2.4, zorder=5, linestyle="none", clip_on=False,
        )  # fmt: skip
        axes.plot(
            [position], [own[period]], marker="o", markersize=5, color=look.high, zorder=5, linestyle="none",
            clip_on=False,
        )  # fmt: skip
    _style_axes(axes, periods, naming, lang, look)
    _name_lines(figure, axes, plot, lines, wrapped, chosen, look)
    return axes


def _is_city(lines: Sequence[tuple[str, pd.Series]]) -> bool:
    return len(lines) == 2 and lines[1][0] == say("label.series.city")


def _style_axes(axes: Axes, periods: Sequence[str], naming: Naming, lang: str, look: Theme) -> None:
    """Give the axes few lines, numbers of the language and the periods."""
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(look.soft_ink)
    axes.grid(axis="y", color=look.context, linewidth=0.8, zorder=0)
    axes.set_axisbelow(True)
    axes.tick_params(axis="both", length=0, colors=look.soft_ink)
    axes.tick_params(axis="x", pad=7)
    axes.locator_params(axis="y", nbins=6)
    low, high = axes.get_ylim()
    # an axis that nearly reaches zero starts there; one far above it would flatten every change
    if 0 < low < 0.35 * high:
        axes.set_ylim(0, high)
    ticks = [tick for tick in axes.get_yticks() if axes.get_ylim()[0] <= tick <= axes.get_ylim()[1]]
    decimals = next((d for d in range(5) if all(abs(round(tick, d) - tick) < 1e-9 for tick in ticks)), 5)
    unit = naming.unit(lang) if naming.unit(lang) == "%" else ""
    axes.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _: format_number(float(value), decimals, unit, lang=lang))
    )
    # "1. Quartal 2024" needs the room of three years
    most = MOST_TICKS if all(len(period) == 4 for period in periods) else MOST_TICKS // 3
    every = int(np.ceil(len(periods) / most))
    # counted from the newest period, which is the one that is read
    ticks_at = list(range(len(periods) - 1, -1, -every))[::-1]
    axes.set_xticks(ticks_at, [format_period(periods[at], lang) for at in ticks_at])
    axes.set_xlim(-0.3, len(periods) - 0.6)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(font(look.label_size))


def _name_lines(
    figure: PageFigure,
    axes: Axes,
    plot: Box,
    lines: Sequence[tuple[str, pd.Series]],
    wrapped: Sequence[Sequence[str]],
    styles: Sequence[Mapping[str, Any]],
    look: Theme,
) -> None:
    """Write the name and last value of each line beside its end, moved apart where they would touch."""
    low, high = axes.get_ylim()
    line_height = LEADING * look.text_size * POINT
    heights = [len(part) * line_height + 1.2 for part in wrapped]
    wish = [plot.y + plot.height * (_last(values) - low) / (high - low) for _, values in lines]
    # From the highest line down, each name pushed below the one above; the whole is lifted if the last one falls
    # out.
    order = sorted(range(len(lines)), key=lambda i: -wish[i])
    tops: dict[int, float] = {}
    ceiling = plot.top + 4
    for i in order:
        tops[i] = min(wish[i] + heights[i] / 2, ceiling)
        ceiling = tops[i] - heights[i]
    short = plot.y - min(tops[i] - heights[i] for i in order)
    for i in order:
        top = tops[i] + max(short, 0.0)
        for number, text in enumerate(wrapped[i]):
            y = top - number * line_height - ASCENT * look.text_size * POINT
            write(figure.axes[0], plot.right + 3, y, text, look.text_size, str(styles[i]["color"]), bold=i == 0)


def _last(values: pd.Series) -> float:
    """Return the newest value that is there."""
    there = values.dropna()
    return float(there.iloc[-1]) if len(there) else float("nan")


def _top(lines: Sequence[tuple[str, pd.Series]]) -> float:
    """Return the largest value of all lines."""
    return max(float(values.max()) for _, values in lines if values.notna().any())
