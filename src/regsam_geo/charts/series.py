"""A series over time: area, region and city, the band of what was to be expected, and the flagged periods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from regsam_geo.areas import load_boundaries, load_region_scheme
from regsam_geo.errors import AggregationError, OptionError
from regsam_geo.indicators import Panel, aggregate_to_regions, protection_note, publishable, unrounded_values
from regsam_geo.indicators.naming import Naming
from regsam_geo.indicators.periods import Period, parse_period
from regsam_geo.look.fonts import ASCENT, DESCENT, LEADING, POINT, fit, font, text_width, wrap
from regsam_geo.look.pages import Box, PageFigure, axes_in, write
from regsam_geo.look.theme import Theme, get_theme
from regsam_geo.text import (
    did_you_mean,
    format_number,
    format_period,
    problem,
    resolve_language,
    say,
    shorten,
    shows_progress,
    using_language,
)
from regsam_geo.warning.report.expected_band import expected_band

MOST_TICKS = 9


@dataclass(frozen=True)
class _Expected:
    """The value that a warning says was to be expected; ``drift``: it is only the development of several years."""

    period: str
    value: float
    drift: bool


@shows_progress
def plot_series(
    panel: Panel | pd.DataFrame,
    indicator: str,
    area: str,
    *,
    group: str | None = None,
    level: str = "district",
    flagged: Iterable[Period] = (),
    band: bool = True,
    region: bool = True,
    title: str | None = None,
    subtitle: str | None = None,
    theme: str | Theme = "meeting",
    lang: str | None = None,
    threshold: float | None = 3,
) -> Figure:
    """Draw the series of an area beside its region and the city.

    Parameters
    ----------
    panel
        Indicator values; a tidy frame is accepted.
    indicator, group, area, level
        The series; the leading group by default.
    flagged
        Periods that are marked, such as that of a warning.
    band
        Draw the band in which 95 % of ordinary values were to be expected, each period with what was known then.
    region
        Draw the REGSAM region too, where it can be computed from sums and is more than the area itself.
    title, subtitle
        Header; made from the catalogue by default.
    theme
        ``"meeting"``, ``"print"``, ``"slide"``, ``"mono"`` or a ``Theme``.
    lang
        Language; the one in force by default.
    threshold
        Counts of persons below it are hidden first, and the rates made of them (``protect``); the foot says so.
        ``None`` for figures that may be shown as they are.

    Returns
    -------
    Figure
        A matplotlib figure of the theme's page size.

    Raises
    ------
    OptionError
        If the panel has no such series.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> figure = rg.plot_series(rg.load_sample(), "Nichtdeutsche", "12", flagged=[2023])
    >>> len(figure.axes)
    2
    """
    header = (title, subtitle)
    return _page(panel, (indicator, group, area, level), flagged, header, (band, region), theme, lang, threshold)


def _page(
    panel: Panel | pd.DataFrame,
    series: tuple[str, str | None, str, str],
    flagged: Iterable[Period],
    header: tuple[str | None, str | None],
    wanted: tuple[bool, bool],
    theme: str | Theme,
    lang: str | None,
    threshold: float | None,
    expected_of_warning: _Expected | None = None,
) -> Figure:
    """Lay the page out: header, foot, and the lines between them."""
    indicator, group, area, level = series
    (title, subtitle), (band, region) = header, wanted
    panel = publishable(panel, threshold)
    with using_language(lang):
        look = get_theme(theme)
        entry = panel.entry(indicator, group)
        words = panel.namings[indicator, str(entry["group"])]
        lines = _lines_of(panel, entry, area, level, region)
        periods = list(lines[0][1].index)
        expected = expected_band(panel, indicator, area, str(entry["group"]), level) if band else None
        marked = [parse_period(period) for period in flagged]
        unknown = [period for period in marked if period not in periods]
        if unknown:
            raise problem(
                OptionError,
                "not_in_panel",
                column="period",
                found=unknown[0],
                expected=shorten(list(periods)[::-1], 8),
                hint="",
            )
        language = resolve_language(None)
        heading = words.full(language) if title is None else title
        below = lines[0][0] if subtitle is None else subtitle
        figure = PageFigure(look, f"{heading} – {lines[0][0]}")
        page = axes_in(figure, figure.page)
        space = _header(page, figure.inner, heading, below, look)
        shown = expected is not None and expected["low"].notna().any()
        about = expected_of_warning
        notes = [
            protection_note(panel.sel(indicator, str(entry["group"])), threshold=threshold or 3),
            say("label.series.expected", value=words.number(about.value, language)) if about else "",
            say("label.series.band") if shown else "",
            say("label.series.band_drift") if shown and about and about.drift else "",
            say("label.series.city_differs") if _apart(entry) else "",
        ]
        space = _foot(page, space, [*notes, _source(entry)], look)
        axes = _draw(figure, space, lines, periods, expected if shown else None, marked, words, language, look)
        if about:
            place = periods.index(about.period)
            axes.plot(
                [place, place], [lines[0][1][about.period], about.value],
                color=look.high, linewidth=1.4, linestyle=(0, (1, 1.2)), zorder=4.5,
            )  # fmt: skip
            axes.plot(
                [place], [about.value], marker="_", markersize=15, color=look.high, markeredgewidth=2.8, zorder=5,
                clip_on=False, linestyle="none",
            )  # fmt: skip
        return figure


def plot_warning(
    panel: Panel | pd.DataFrame,
    warning: Mapping[str, Any] | pd.Series | pd.DataFrame,
    *,
    theme: str | Theme = "meeting",
    lang: str | None = None,
    threshold: float | None = 3,
) -> Figure:
    """Draw the series behind a warning, with its sentence as the subtitle.

    Parameters
    ----------
    panel
        The indicator values that the warning was made from.
    warning
        One row of ``detect_warnings``; of a table the first.
    theme, lang, threshold
        As in ``plot_series``.

    Returns
    -------
    Figure
        The series with the flagged period marked; a bar shows the value that a change or drift is measured from.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample().sel(["Bevölkerungsdichte", "Innerräumliche Umzugsziffer"])
    >>> warnings = rg.detect_warnings(panel, period=2023)
    >>> figure = rg.plot_warning(panel, warnings.iloc[0])
    """
    row = _row_of(warning)
    sentence = str(row[f"sentence_{resolve_language(lang)}"])
    series = (str(row["indicator"]), str(row["group"]), str(row["area_id"]), str(row["level"]))
    period = str(row["period"])
    about = _expected_of(row)
    return _page(panel, series, [period], (None, sentence), (True, True), theme, lang, threshold, about)


def _expected_of(row: Mapping[str, Any] | pd.Series) -> _Expected | None:
    """Return what a warning about change or drift had led to expect; other kinds compare areas, not years."""
    kinds, value = row.get("kinds", ""), row.get("expected")
    named = set(kinds.split("+") if isinstance(kinds, str) else kinds)  # records for JSON hold a list
    if not named or not named <= {"change", "drift"} or value is None or not np.isfinite(float(value)):
        return None
    return _Expected(parse_period(row["period"]), float(value), drift=named == {"drift"})


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


def _lines_of(panel: Panel, entry: pd.Series, area: str, level: str, region: bool) -> list[tuple[str, pd.Series]]:
    """Return name and values of the area, its region and the city; the area first."""
    part = panel.sel(entry["indicator"], group=entry["group"])
    own = _values(part, level, area)
    if own.empty:
        known = sorted(part.data.loc[part.data["level"] == level, "area_id"].unique())
        raise problem(
            OptionError,
            "not_in_panel",
            column="area_id",
            found=area,
            expected=shorten(known, 25),
            hint=did_you_mean(area, known),
        )
    lines = [(_area_name(area, level), own)]
    if region and level == "district":
        scheme = load_region_scheme()["region_id"]
        of_area = scheme.get(area)
        if of_area is not None and (scheme == of_area).sum() > 1:
            try:
                values = _values(aggregate_to_regions(part), "region", str(of_area))
            except AggregationError:
                values = pd.Series(dtype="float64")
            if len(values):
                lines.append((say("label.series.region", name=of_area), values.reindex(own.index)))
    city = pd.Series(dtype="float64") if _apart(entry) else _values(part, "city", "")
    if len(city):
        lines.append((say("label.series.city"), city.reindex(own.index)))
    return lines


def _values(panel: Panel, level: str, area: str) -> pd.Series:
    """Return the unrounded values of one area by period."""
    data = panel.data.assign(unrounded=unrounded_values(panel))
    rows = data[(data["level"] == level) & ((data["area_id"] == area) | (level == "city"))]
    return rows.set_index("period")["unrounded"].sort_index()


def _area_name(area: str, level: str) -> str:
    """Return "17 Obergiesing-Fasangarten" where the shipped boundaries know the area."""
    known: Literal["district", "subdistrict", "quarter"]
    for known in ("district", "subdistrict", "quarter"):
        if level == known:
            names = load_boundaries(known)["name"]
            return f"{area} {names[area]}" if area in names.index else area
    return area


def _apart(entry: pd.Series) -> bool:
    """Tell whether the city's value is no yardstick, because counts depend on how large an area is."""
    return bool(entry["not_summable_because"] == "depends_on_area")


def _source(entry: pd.Series) -> str:
    source, edition = entry["source"], entry["edition"]
    if not isinstance(source, str):
        return ""
    return say("label.series.source", source=f"{source} {edition}" if isinstance(edition, str) else source)


def _header(page: Axes, box: Box, title: str, subtitle: str, look: Theme) -> Box:
    """Write title and subtitle and return the space below."""
    size, lines = fit(title, box.width, look.title_size, bold=True, lines=2)
    y = _write_lines(page, box.x, box.top, lines, size, look.ink, bold=True)
    size, lines = fit(subtitle, box.width, look.subtitle_size, lines=6, least=0.6)
    y = _write_lines(page, box.x, y - 0.35 * size * POINT, lines, size, look.soft_ink)
    return Box(box.x, box.y, box.width, y - 4.0 - box.y)


def _foot(page: Axes, box: Box, sentences: Sequence[str], look: Theme) -> Box:
    """Write notes and source at the bottom and return the space above."""
    size = look.small_size
    lines = [line for sentence in sentences if sentence for line in wrap(sentence, box.width, size)]
    height = (max(len(lines) - 1, 0) * LEADING + ASCENT + DESCENT) * size * POINT
    _write_lines(page, box.x, box.y + height, lines, size, look.soft_ink)
    return box.cut_bottom(height, 3.0)[1]


def _write_lines(
    page: Axes, x: float, top: float, lines: Sequence[str], size: float, color: str, *, bold: bool = False
) -> float:
    """Write lines downwards and return where they end."""
    y = top - ASCENT * size * POINT
    for number, line in enumerate(lines):
        write(page, x, y - number * LEADING * size * POINT, line, size, color, bold=bold)
    return y - (max(len(lines) - 1, 0) * LEADING + DESCENT) * size * POINT


def _draw(
    figure: PageFigure,
    box: Box,
    lines: Sequence[tuple[str, pd.Series]],
    periods: Sequence[str],
    expected: pd.DataFrame | None,
    marked: Sequence[str],
    words: Naming,
    lang: str,
    look: Theme,
) -> Axes:
    """Draw band, lines, marks, axes and the names at the ends of the lines."""
    size = look.text_size
    names = [f"{name}  {words.number(_last(values), lang)}" for name, values in lines]
    wrapped = [wrap(name, 0.3 * box.width, size, bold=not i) for i, name in enumerate(names)]
    room = max(text_width(line, size, bold=True) for part in wrapped for line in part) + 6
    short_unit = words.unit(lang) if words.unit(lang) == "%" else ""
    left = 6 + text_width(format_number(_top(lines), 1, short_unit, lang=lang), look.label_size)
    width, height = figure.page.width, figure.page.height
    plot = Box(box.x + left, box.y + 9, box.width - left - room, box.height - 11)
    axes = figure.add_axes((plot.x / width, plot.y / height, plot.width / width, plot.height / height))
    axes.set_facecolor(look.paper)
    x = np.arange(len(periods))
    if expected is not None:
        low, high = (expected[name].reindex(list(periods)).to_numpy() for name in ("low", "high"))
        axes.fill_between(x, low, high, color=look.context, linewidth=0, zorder=1)
        axes.plot(x, low, color=look.border, linewidth=0.6, zorder=1.5)
        axes.plot(x, high, color=look.border, linewidth=0.6, zorder=1.5)
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
        place = list(periods).index(period)
        axes.plot(
            [place], [own[period]], marker="o", markersize=13, markerfacecolor="none",
            markeredgecolor=look.high, markeredgewidth=2.4, zorder=5, linestyle="none", clip_on=False,
        )  # fmt: skip
        axes.plot(
            [place], [own[period]], marker="o", markersize=5, color=look.high, zorder=5, linestyle="none",
            clip_on=False,
        )  # fmt: skip
    _style_axes(axes, periods, words, lang, look)
    _name_lines(figure, axes, plot, lines, wrapped, chosen, look)
    return axes


def _is_city(lines: Sequence[tuple[str, pd.Series]]) -> bool:
    return len(lines) == 2 and lines[1][0] == say("label.series.city")


def _style_axes(axes: Axes, periods: Sequence[str], words: Naming, lang: str, look: Theme) -> None:
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
    if 0 < low < 0.35 * high:
        axes.set_ylim(0, high)
    ticks = [tick for tick in axes.get_yticks() if axes.get_ylim()[0] <= tick <= axes.get_ylim()[1]]
    decimals = next((d for d in range(5) if all(abs(round(tick, d) - tick) < 1e-9 for tick in ticks)), 5)
    unit = words.unit(lang) if words.unit(lang) == "%" else ""
    axes.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _: format_number(float(value), decimals, unit, lang=lang))
    )
    # "1. Quartal 2024" needs the room of three years
    most = MOST_TICKS if all(len(period) == 4 for period in periods) else MOST_TICKS // 3
    every = int(np.ceil(len(periods) / most))
    places = list(range(len(periods) - 1, -1, -every))[::-1]
    axes.set_xticks(places, [format_period(periods[place], lang) for place in places])
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
