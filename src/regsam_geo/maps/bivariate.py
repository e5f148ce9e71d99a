"""``plot_bivariate``: two indicators on one map, three classes of each, with a square as the legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Unpack

import numpy as np
import numpy.typing as npt
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from regsam_geo.errors import OptionError
from regsam_geo.indicators.periods import Period
from regsam_geo.look.classes import Classes, classify
from regsam_geo.look.colors import readable_on
from regsam_geo.look.fonts import CAPITAL, LEADING, POINT, text_width, wrap
from regsam_geo.look.pages import put, write
from regsam_geo.look.palettes import BIVARIATE, BIVARIATE_GREY
from regsam_geo.look.style import ResolvedStyle, ViewOptions, resolve_view
from regsam_geo.look.theme import Theme
from regsam_geo.maps.area_drawing import SPACINGS, hatch_color
from regsam_geo.maps.geometry import checked_areas, hatching
from regsam_geo.maps.legend import Gap, Row, Words
from regsam_geo.maps.legend_entries import (
    are_regions_named,
    check_labels,
    missing_rows,
    outline_rows,
    spare_texts,
    texts_of_labels,
)
from regsam_geo.maps.map_regions import regions_on
from regsam_geo.maps.map_values import MapValues, level_words, values_of_pick
from regsam_geo.maps.sheet import Sheet, draw_sheet
from regsam_geo.study import One, Pick, Study, names_apart, two_of, verb
from regsam_geo.text import check_choice, format_number, format_period, problem, say

CLASSES = 3
"""Of each indicator; nine colors are the most that can be told apart."""
WITHOUT = ("classes", "k", "center", "palette", "band", "unit", "decimals", "city")
"""Options that mean nothing where two indicators share the colors."""
LABELS = ("auto", "number", "name", "none")
LINES = ("", "middle", "high")
"""Patterns of the second indicator's classes on a grey copy."""

Places = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Side:
    """One of the two indicators: its classes, and the words for them."""

    values: MapValues
    classes: Classes
    title: str
    period: str

    @property
    def words(self) -> str:
        """Title, unit and period."""
        unit = self.values.unit
        unit = f", {unit}" if len(unit) > 3 and unit not in self.title else ""
        return f"{self.title}{unit}, {format_period(self.period)}"

    @property
    def limits(self) -> tuple[str, ...]:
        """The ends of the classes as written, from the lowest to the highest."""
        unit = self.values.unit if len(self.values.unit) <= 3 else ""
        return tuple(format_number(limit, self.classes.decimals, unit) for limit in self.classes.breaks)


@verb
def plot_bivariate(
    study: Study, what: Sequence[One] | None = None, period: Period | None = None, **look: Unpack[ViewOptions]
) -> Figure:
    """Draw two indicators on one map, in three classes each.

    Parameters
    ----------
    study
        What the map is about: a ``Study``, a ``Panel`` or a tidy frame; ``study.sel(level="subdistrict")`` for
        another level, ``study.aggregate()`` for the regions.
    what
        Two indicators by name or title: the first grows to the right of the legend, the second upwards. The first
        two headlines by default. A group is named by ``{"what": indicator, "group": group}``.
    period
        The study's by default, which is the newest.
    **look
        The fields of ``Style`` as keywords, as far as they apply, and ``style`` itself. With ``theme="mono"`` the
        first indicator is told by greys and the second by upright lines.

    Returns
    -------
    Figure
        A page with a square of nine fields as its legend, each with its number of areas. Classes hold as equal
        numbers of areas as possible. Areas without one of the two values are hatched, and the legend says why.

    Raises
    ------
    OptionError
        If there are not two indicators, nothing of one may be shown, or a name or option is unknown.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> figure = rg.plot_bivariate(rg.load_study(), ["Nichtdeutsche", "Arbeitslose"], 2024)
    >>> figure.page_title
    'Nichtdeutsche und Arbeitslose'
    """
    resolved = resolve_view(look, without=WITHOUT)
    if isinstance(resolved.labels, str) and resolved.labels == "value":
        check_choice(resolved.labels, LABELS, "map_labels")
    check_labels(resolved.labels)
    return draw_sheet(_sheet(study, two_of(study, what, period), resolved), resolved.page)


def _side_of(study: Study, pick: Pick) -> _Side:
    """Return one indicator in classes of as equal numbers of areas as possible."""
    values = values_of_pick(study, pick, checked_areas(pick.layer))
    if np.isnan(values.numbers).all():
        raise problem(OptionError, "bivariate_empty", found=pick.naming.short(), period=format_period(pick.period))
    classes = classify(values.numbers, "quantiles", CLASSES, decimals=values.decimals)
    return _Side(values, classes, pick.naming.full(), pick.period)


def _sheet(study: Study, picks: tuple[Pick, Pick], style: ResolvedStyle) -> Sheet:
    """Return the page of two indicators."""
    theme, layer = style.page, checked_areas(picks[0].layer)
    across, up = (_side_of(study, pick) for pick in picks)
    column, row = (side.classes.assign(side.values.numbers) for side in (across, up))
    known = (column >= 0) & (row >= 0)
    grey = theme.sequential == "grey"
    fills = [
        _color(int(i), int(j), grey, (len(across.classes), len(up.classes))) if both else theme.missing
        for i, j, both in zip(column, row, known, strict=True)
    ]
    patterns = _spread(LINES, len(up.classes))
    lined = {name: known & (row == j) for j, name in enumerate(patterns) if name and grey}
    values = _together(study, picks, across, up, known).styled(style)
    regions = regions_on(study, values.level) if style.regions else None
    texts = texts_of_labels(layer, values, style.labels, 0)
    named = are_regions_named(texts, style)
    rows: list[Row] = [
        Square(across.words, up.words, across.limits, up.limits, _counts(column, row, across, up), grey),
        Words(say("label.bivariate.method"), share=0.72, soft=True),
        Gap(0.4),
        *missing_rows(values, theme),
        *outline_rows(regions, theme, named=named),
    ]
    return Sheet(
        layer,
        values,
        fills=fills,
        rows=rows,
        texts=texts,
        spares=spare_texts(layer, values.level, style.labels),
        lined=lined,
    ).in_style(study, style, regions, named=named)


def _together(
    study: Study, picks: tuple[Pick, Pick], across: _Side, up: _Side, known: npt.NDArray[np.bool_]
) -> MapValues:
    """Return what the page knows of both: a number where both are known, else the reason of what is not."""
    reasons = tuple(
        "" if both else (one or other)
        for both, one, other in zip(known, across.values.reasons, up.values.reasons, strict=True)
    )
    titles = names_apart([pick.naming for pick in picks])
    periods = dict.fromkeys(format_period(pick.period) for pick in picks)
    parts = [level_words(study, picks[0].level, picks[0].layer), " / ".join(periods)]
    sources = dict.fromkeys(side.values.source for side in (across, up) if side.values.source)
    return replace(
        across.values,
        numbers=np.where(known, 1.0, np.nan),
        reasons=reasons,
        title=say("label.scatter.title", **dict(zip(("first", "second"), titles, strict=True))),
        subtitle=" · ".join(part for part in parts if part),
        unit="",
        city=None,
        source="; ".join(sources),
        key=None,
        strangers=tuple(dict.fromkeys((*across.values.strangers, *up.values.strangers))),
        counts=across.values.counts or up.values.counts,
    )


def _counts(column: Places, row: Places, across: _Side, up: _Side) -> tuple[tuple[int, ...], ...]:
    """Return how many areas each field has, by column and row."""
    return tuple(
        tuple(int(((column == i) & (row == j)).sum()) for j in range(len(up.classes)))
        for i in range(len(across.classes))
    )


def _spread(choices: Sequence[str], n: int) -> tuple[str, ...]:
    """Return so many of three choices, the first and last among them: few values give fewer classes."""
    return tuple(choices[place] for place in {1: (0,), 2: (0, 2)}.get(n, (0, 1, 2)))


def _color(i: int, j: int, grey: bool, n: tuple[int, int]) -> str:
    """Return the color of a field."""
    if grey:
        return _spread(BIVARIATE_GREY, n[0])[i]
    columns = [BIVARIATE[place] for place in {1: (0,), 2: (0, 2)}.get(n[0], (0, 1, 2))]
    return _spread(columns[i], n[1])[j]


@dataclass(frozen=True)
class Square:
    """The legend of two indicators: fields with their numbers of areas, limits and titles around them."""

    across: str
    up: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    grey: bool

    def _measures(self, width: float, size: float) -> tuple[float, float, list[str], list[str]]:
        """Return the room for the limits at the left, the side of a field, and the lines of both titles."""
        small = 0.72 * size
        left = max(text_width(text, small) for text in self.rows) + 1.4
        widest = max(text_width(text, small) for text in self.columns)
        # half of the last limit stands beyond the square
        side = min((width - left - 0.5 * widest) / len(self.counts), max(4.2 * size * POINT, widest + 1.6))
        titles = [wrap(text, width, 0.85 * size, bold=True) for text in (f"↑ {self.up}", f"→ {self.across}")]
        return left, side, titles[0], titles[1]

    def wish(self, size: float) -> float:
        """Return the width at which no limit touches the next."""
        small = 0.72 * size
        widest = max(text_width(text, small) for text in self.columns)
        left = max(text_width(text, small) for text in self.rows) + 1.4
        return left + len(self.counts) * max(4.2 * size * POINT, widest + 1.6) + 0.5 * widest

    def height(self, width: float, size: float) -> float:
        """Return the height with the space to the next row."""
        _, side, above, below = self._measures(width, size)
        line = LEADING * 0.85 * size * POINT
        return (len(above) + len(below)) * line + len(self.rows[1:]) * side + 3.4 * size * POINT

    def draw(self, parent: Axes | Figure, x: float, top: float, width: float, size: float, theme: Theme) -> None:
        """Draw titles, limits, fields and counts."""
        left, side, above, below = self._measures(width, size)
        title, small = 0.85 * size, 0.72 * size
        line = LEADING * title * POINT
        for number, text in enumerate(above):
            write(parent, x, top - number * line - CAPITAL * title * POINT, text, title, theme.ink, bold=True)
        south = top - len(above) * line - 0.5 * size * POINT - len(self.rows[1:]) * side
        west = x + left
        for i, column in enumerate(self.counts):
            for j, count in enumerate(column):
                color = _color(i, j, self.grey, (len(self.counts), len(column)))
                self._field(parent, west + i * side, south + j * side, side, color, j, theme)
                ink = readable_on(color, theme.ink)
                y = south + (j + 0.5) * side - 0.5 * CAPITAL * size * POINT
                if self.grey:
                    # paper behind the number: lines would cross it
                    wide = text_width(format_number(count), size) + 0.8
                    high = (CAPITAL * size * POINT) + 0.8
                    middle = west + (i + 0.5) * side
                    put(
                        parent,
                        Rectangle((middle - wide / 2, y - 0.4), wide, high, facecolor=color, edgecolor="none"),
                    )
                write(parent, west + (i + 0.5) * side, y, format_number(count), size, ink, align="center")
        half = 0.5 * CAPITAL * small * POINT
        for j, text in enumerate(self.rows):
            write(parent, west - 0.9, south + j * side - half, text, small, theme.ink, align="right")
        for i, text in enumerate(self.columns):
            y = south - 1.1 * size * POINT
            write(parent, west + i * side, y, text, small, theme.ink, align="center")
        for number, text in enumerate(below):
            y = south - 2.4 * size * POINT - number * line
            write(parent, x, y, text, title, theme.ink, bold=True)

    def _field(
        self, parent: Axes | Figure, x: float, y: float, side: float, color: str, row: int, theme: Theme
    ) -> None:
        """Draw one field, on a grey copy with the lines of its row."""
        put(
            parent,
            Rectangle((x, y), side, side, facecolor=color, edgecolor=theme.soft_ink, linewidth=0.5, label="field"),
        )
        pattern = _spread(LINES, len(self.rows) - 1)[row]
        if self.grey and pattern:
            box = shapely.box(x, y, x + side, y + side)
            strokes = hatching(box, SPACINGS[pattern], 90.0)
            put(parent, LineCollection(strokes, colors=hatch_color(pattern, theme), linewidths=0.5))
