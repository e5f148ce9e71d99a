"""How far the city drifts apart: one small chart for each indicator, all on one scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Unpack

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from regsam_geo.charts.chart_page import NOT_FOR_CHARTS, date_note, hidden_note, write_foot, write_lines
from regsam_geo.errors import OptionError
from regsam_geo.indicators.periods import Period, frequency
from regsam_geo.look.fonts import ASCENT, LEADING, POINT, fit, font, wrap
from regsam_geo.look.pages import Box, PageFigure, axes_in, write
from regsam_geo.look.style import ViewOptions, resolve_view
from regsam_geo.look.theme import Theme, get_theme
from regsam_geo.situation.polarization import polarization
from regsam_geo.study import Study, verb
from regsam_geo.text import (
    format_number,
    format_period,
    join_words,
    problem,
    resolve_language,
    say,
    shows_progress,
)

Array = npt.NDArray[np.float64]

MOST_BESIDE = 4
"""So many small charts stand in one row."""
LETTERS = 10.0
"""Size of the letters of the picture on a page, in points: as large as those around it."""


@verb
@shows_progress
def plot_polarization(
    study: Study,
    indicators: Sequence[str] | None = None,
    period: Period | None = None,
    *,
    level: str | None = None,
    **look: Unpack[ViewOptions],
) -> Figure:
    """Draw how unevenly those an indicator counts live over the areas of the city, year by year.

    Parameters
    ----------
    study
        What the chart is about: a ``Study``, a ``Panel`` or a tidy frame.
    indicators, level
        As in ``polarization``.
    period
        The last period that is drawn; the study's by default.
    **look
        As in ``plot_series``.

    Returns
    -------
    Figure
        One small chart for each indicator, all on one scale: the line is the index of dissimilarity, the hatched
        ground what a lot would give as well. Rings: some areas lack figures.

    Raises
    ------
    OptionError
        If an indicator is unknown, or none of them is a share that can be spread over areas.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> figure = rg.plot_polarization(rg.load_study(), ["Arbeitslose", "Hochbetagte"])
    >>> len(figure.axes)
    3
    """
    resolved = resolve_view(look, without=NOT_FOR_CHARTS)
    where = study.find_level(level)
    now = study.find_period(period, where)
    table = until(polarization(study, indicators, level=where), now)
    if table.empty:
        raise problem(OptionError, "polarization_none", level=say(f"label.level.{where}"))
    theme = resolved.page
    title = say("label.polarization.title") if resolved.title is None else resolved.title
    explained = say("label.polarization.subtitle", areas=say(f"label.level.{where}"))
    subtitle = explained if resolved.subtitle is None else resolved.subtitle
    figure = PageFigure(theme, title)
    page, box = axes_in(figure, figure.page), figure.inner
    size, lines = fit(title, box.width, theme.title_size, bold=True)
    y = write_lines(page, box.x, box.top, lines, size, theme.ink, bold=True)
    size, lines = fit(subtitle, box.width, theme.subtitle_size, lines=3)
    y = write_lines(page, box.x, y - 0.35 * size * POINT, lines, size, theme.soft_ink)
    notes = [*_notes(table), hidden_note(study, study.panel_of(where)), _source(study, table, resolved.source)]
    rest = write_foot(
        page, Box(box.x, box.y, box.width, y - 4 - box.y), [*notes, date_note(resolved.date)], theme, 4
    )
    _draw_all(figure, page, rest, study, table, theme, theme.label_size)
    return figure


def polarization_picture(study: Study, table: pd.DataFrame, width: float) -> Figure:
    """Draw the small charts alone, for a page that says the rest in its own letters; width in millimeters."""
    rows = math.ceil(len(_keys(table)) / MOST_BESIDE)
    figure = PageFigure(get_theme("slide"), "", (width, 70.0 * rows))
    page, whole = axes_in(figure, figure.page), figure.page
    # room for the dots at the ends of the lines
    inner = Box(whole.x + 1.5, whole.y, whole.width - 3.0, whole.height)
    _draw_all(figure, page, inner, study, table, get_theme("slide"), LETTERS)
    return figure


def polarization_in_words(study: Study, table: pd.DataFrame) -> str:
    r"""Say what the chart shows, for whoever does not see it: first and last figure of each indicator.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> study = rg.load_study(lang="de")
    >>> polarization_in_words(study, rg.polarization(study, ["Hochbetagte"]))
    'Hochbetagte: 2000 7,6\xa0%, 2024 7,3\xa0% (um die zufällige Verteilung bereinigt 6,8\xa0%).'
    """
    lines = []
    for key in _keys(table):
        rows = _rows(table, key)
        first, last = rows.iloc[0], rows.iloc[-1]
        lines.append(
            say(
                "label.polarization.line",
                title=study.naming(*key).short(),
                first=format_period(first["period"]),
                before=_percent(first["dissimilarity"]),
                period=format_period(last["period"]),
                now=_percent(last["dissimilarity"]),
                corrected=_percent(last["corrected"]),
            )
        )
    return " ".join(lines)


def until(table: pd.DataFrame, period: str) -> pd.DataFrame:
    """Return the rows of a table of ``polarization`` up to a period, of its frequency alone."""
    same = table["period"].map(frequency) == frequency(period)
    return table[same & (table["period"] <= period)]


def _notes(table: pd.DataFrame) -> list[str]:
    """Say that some points are of fewer areas."""
    return [say("label.polarization.fewer")] if _fewer(table).any() else []


def _fewer(table: pd.DataFrame) -> pd.Series:
    """Tell which rows are of fewer areas than others of the same indicator."""
    return table["areas"] < table.groupby(["indicator", "group"])["areas"].transform("max")


def _source(study: Study, table: pd.DataFrame, wished: str | None) -> str:
    found = [study.panel.entry(*key)["source"] for key in _keys(table)]
    known = list(dict.fromkeys(source for source in found if isinstance(source, str)))
    source = join_words(known) if wished is None else wished
    return say("label.series.source", source=source) if source else ""


def _keys(table: pd.DataFrame) -> list[tuple[str, str]]:
    return list(dict.fromkeys(zip(table["indicator"], table["group"], strict=True)))


def _rows(table: pd.DataFrame, key: tuple[str, str]) -> pd.DataFrame:
    return table[(table["indicator"] == key[0]) & (table["group"] == key[1])].sort_values("period")


def _percent(share: float) -> str:
    return format_number(100 * share, 1, "%")


def _draw_all(
    figure: PageFigure, page: Axes, box: Box, study: Study, table: pd.DataFrame, theme: Theme, size: float
) -> None:
    """Lay the small charts out in rows; equal scales, so that heights can be compared."""
    keys = _keys(table)
    across = min(len(keys), MOST_BESIDE)
    rows = math.ceil(len(keys) / across)
    gap = 5.0
    width, height = (box.width - (across - 1) * gap) / across, (box.height - (rows - 1) * gap) / rows
    periods = sorted(table["period"].unique())
    # above the highest point there is room for its number
    top = 100 * float(table[["dissimilarity", "by_lot"]].max().max()) * 1.2
    names = [wrap(study.naming(*key).short(), width, size, bold=True) for key in keys]
    head = max(len(lines) for lines in names)
    for number, key in enumerate(keys):
        row, column = divmod(number, across)
        place = Box(box.x + column * (width + gap), box.top - (row + 1) * height - row * gap, width, height)
        # as many lines of names everywhere: the charts of one row stand on one line
        lines = [*names[number], *[""] * (head - len(names[number]))]
        _draw_one(figure, page, place, lines, _rows(table, key), (periods, top), theme, size)


def _draw_one(
    figure: PageFigure,
    page: Axes,
    box: Box,
    name: Sequence[str],
    rows: pd.DataFrame,
    scale: tuple[Sequence[str], float],
    theme: Theme,
    size: float,
) -> None:
    """Draw one indicator: its name, the line, the hatched ground, and the numbers at both ends of the line."""
    periods, top = scale
    write_lines(page, box.x, box.top, name, size, theme.ink, bold=True)
    corrected = say("label.polarization.corrected", corrected=_percent(float(rows["corrected"].iloc[-1])))
    at = box.top - (len(name) * LEADING + ASCENT) * size * POINT
    small = 0.9 * size
    said = wrap(corrected, box.width, small)[:1]
    write(page, box.x, at, said[0], small, theme.soft_ink)
    below = 2.0 * size * POINT
    plot = Box(box.x, box.y + below, box.width, at - 1.5 - box.y - below)
    axes = axes_in(figure, plot)
    axes.set_axis_on()
    axes.set_facecolor("none")
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(theme.soft_ink)
    by_period = rows.set_index("period").reindex(list(periods))
    x = np.arange(len(periods))
    line, lot = (100 * by_period[name].to_numpy(dtype="float64") for name in ("dissimilarity", "by_lot"))
    # hatched and edged: a copy in grey, or a reader who sees no hue, tells the ground from the line
    axes.fill_between(
        x, 0, lot, facecolor=theme.context, edgecolor=theme.hatch, hatch="////", linewidth=0.6, zorder=1
    )
    axes.plot(x, line, color=theme.ink, linewidth=2.2, zorder=3)
    fewer = _fewer(rows).set_axis(rows["period"]).reindex(list(periods), fill_value=False).to_numpy(dtype=bool)
    known = np.flatnonzero(np.isfinite(line))
    # where no line can be drawn, the point itself
    alone = [i for i in known if i - 1 not in known and i + 1 not in known]
    ends = sorted({known[0], known[-1], *alone})
    axes.plot(x[ends], line[ends], "o", color=theme.ink, markersize=5, zorder=4, clip_on=False)
    axes.plot(
        x[fewer], line[fewer], "o", color=theme.ink, markersize=6, zorder=5, clip_on=False,
        markerfacecolor=theme.paper,
    )  # fmt: skip
    axes.set_xlim(-0.6, len(periods) - 0.4)
    axes.set_ylim(0, top)
    axes.set_yticks([])
    _label_ends(axes, line, periods, theme, size)
    _label_periods(axes, periods, theme, small)


def _label_ends(axes: Axes, line: Array, periods: Sequence[str], theme: Theme, size: float) -> None:
    """Write the first and the last number over the line, with the period where it is not that of the scale."""
    known = np.flatnonzero(np.isfinite(line))
    # over a short line there is room for one number, and the other stands below
    short = known[-1] - known[0] < 0.6 * len(line)
    for at, align in ((known[0], "left"), (known[-1], "right"))[int(len(known) == 1) :]:
        near = line[known[np.abs(known - at) <= len(line) / 4]]
        number = _percent(line[at] / 100)
        # a line that begins later than the scale says when
        text = number if at in (0, len(line) - 1) else f"{format_period(periods[at])}: {number}"
        below = short and align == "right"
        height = near.min() if below else near.max()
        axes.annotate(
            text, (at, float(height)), xytext=(0, -6 if below else 5), textcoords="offset points", ha=align,
            va="top" if below else "bottom", color=theme.ink, fontproperties=font(size, align == "right"),
            annotation_clip=False,
        )  # fmt: skip


def _label_periods(axes: Axes, periods: Sequence[str], theme: Theme, size: float) -> None:
    """Write the first and the last period at the foot, the middle one only where it stands clear."""
    lang = resolve_language(None)
    axes.set_xticks([])
    for at, align in ((0, "left"), (len(periods) - 1, "right"))[int(len(periods) == 1) :]:
        axes.annotate(
            format_period(periods[at], lang), (at, 0), xytext=(0, -3), textcoords="offset points", ha=align,
            va="top", color=theme.soft_ink, fontproperties=font(size), annotation_clip=False,
        )  # fmt: skip
