"""Maps of categories: clusters of local Moran's I, and status with dynamics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from regsam_geo.errors import InputError
from regsam_geo.look.colors import readable_on
from regsam_geo.look.fonts import CAPITAL, POINT, text_width
from regsam_geo.look.pages import put, write
from regsam_geo.look.palettes import get_palette
from regsam_geo.look.theme import Theme, get_theme
from regsam_geo.maps.entries import outline_rows
from regsam_geo.maps.geometry import checked_areas, groups_of
from regsam_geo.maps.inset import city_around
from regsam_geo.maps.legend import Gap, Row, Swatch, Words
from regsam_geo.maps.request import Request
from regsam_geo.maps.sheet import Sheet, draw_sheet
from regsam_geo.maps.values import MapValues, level_of, short_number
from regsam_geo.maps.warned import warned_areas
from regsam_geo.text import format_number, format_p, join_words, problem, say, shorten, using_language

QUADRANTS = ("high-high", "high-low", "low-high", "low-low")
STATUSES = ("high", "medium", "low", "very_low")
DYNAMICS = ("positive", "stable", "negative")
SYMBOLS = {"positive": "▲", "stable": "●", "negative": "▼"}


def plot_cluster_map(
    areas: gpd.GeoDataFrame,
    result: pd.DataFrame,
    *,
    title: str,
    subtitle: str = "",
    alpha: float = 0.05,
    column: str = "p",
    theme: str | Theme = "meeting",
    warnings: pd.DataFrame | None = None,
    regions: bool = True,
    region_labels: bool | None = None,
    inset: bool = True,
    source: str = "",
    date: str | None = None,
    lang: str | None = None,
) -> Figure:
    """Draw where high and low values stand together (LISA cluster map).

    Parameters
    ----------
    areas
        Polygons with area ids as index.
    result
        What ``local_moran`` returns for one column of values: index ``area_id``, columns ``quadrant``
        (``"high-high"``, ``"high-low"``, ``"low-high"``, ``"low-low"``; empty where there is none) and ``p``.
    title, subtitle
        Header; the result does not know its indicator.
    alpha
        Areas with a probability above it are left light: their surrounding is not unusual.
    column
        Which probability counts: ``"p"``, or ``"q"`` where the caller has corrected for the number of tests.
    theme, warnings, regions, region_labels, inset, source, date, lang
        As in ``plot_map``.

    Returns
    -------
    Figure
        A page; the legend says in words what each color means and how many areas have it.

    Raises
    ------
    InputError
        If a column is missing, a quadrant is unknown or no area matches.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> districts = rg.load_boundaries("district")
    >>> panel = rg.load_sample().sel("Arbeitslose - Anteil", period=2024, level="district")
    >>> result = rg.local_moran(panel.data.set_index("area_id")["value"], rg.neighbors(districts))
    >>> figure = rg.plot_cluster_map(districts, result, title="Arbeitslose")
    >>> figure.page_title
    'Arbeitslose'
    """
    with using_language(lang):
        look, layer = get_theme(theme), checked_areas(areas)
        frame, strangers = _aligned(layer, result, ("quadrant", column))
        quadrant = _words(frame["quadrant"], QUADRANTS, "quadrant")
        p = frame[column].to_numpy(dtype=float)
        colors = dict(zip(QUADRANTS, _cluster_colors(look), strict=True))
        quiet = "#ffffff" if look.sequential == "grey" else look.context
        tested = (quadrant != "") & ~np.isnan(p)
        noticed = tested & (p <= alpha)
        strong = [colors.get(word, "") for word in quadrant]
        fills = np.where(noticed, strong, np.where(tested, quiet, look.missing))
        shown = _shown(layer, tested, title, subtitle, source, strangers)
        rows: list[Row] = [Words("", right=say(f"label.map.count.{shown.level}"), share=0.85)]
        for word in QUADRANTS:
            count = int((noticed & (quadrant == word)).sum())
            rows.append(Swatch(colors[word], say(f"label.map.quadrant.{word}"), format_number(count)))
        rows.append(Swatch(quiet, say("label.map.quadrant.none"), format_number(int((tested & ~noticed).sum()))))
        rows += _untested(tested, look)
        limit = format_p(alpha).replace("=", "≤")
        rows.append(Words(say("label.map.quadrant.test", limit=limit), share=0.72, soft=True))
        request = Request(
            theme=theme, warnings=warnings, regions=regions, region_labels=region_labels, inset=inset, date=date
        )
        return draw_sheet(_sheet(layer, shown, list(fills), rows, _numbers(layer, shown), request), look)


def plot_status_dynamics(
    areas: gpd.GeoDataFrame,
    result: pd.DataFrame,
    *,
    title: str | None = None,
    subtitle: str = "",
    theme: str | Theme = "meeting",
    warnings: pd.DataFrame | None = None,
    regions: bool = True,
    region_labels: bool | None = None,
    inset: bool = True,
    source: str = "",
    date: str | None = None,
    lang: str | None = None,
) -> Figure:
    """Draw status and dynamics together: status as color, dynamics as a sign in each area.

    Parameters
    ----------
    areas
        Polygons with area ids as index.
    result
        What ``status_dynamics`` returns: index ``area_id``, columns ``status`` (``"high"``, ``"medium"``,
        ``"low"``, ``"very_low"``) and ``dynamics`` (``"positive"``, ``"stable"``, ``"negative"``); empty where an
        area is not classed.
    title, subtitle, theme, warnings, regions, region_labels, inset, source, date, lang
        As in ``plot_map``.

    Returns
    -------
    Figure
        A page with a legend of four by three fields, each with its number of areas.

    Raises
    ------
    InputError
        If a column is missing, a word is unknown or no area matches.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> result = rg.status_dynamics(rg.load_sample(), period=2024)
    >>> figure = rg.plot_status_dynamics(rg.load_boundaries("district"), result)
    >>> figure.page_title
    'Status und Dynamik'
    """
    with using_language(lang):
        look, layer = get_theme(theme), checked_areas(areas)
        frame, strangers = _aligned(layer, result, ("status", "dynamics"))
        status = _words(frame["status"], STATUSES, "status")
        dynamics = _words(frame["dynamics"], DYNAMICS, "dynamics")
        classed = (status != "") & (dynamics != "")
        colors = dict(zip(STATUSES, get_palette(_status_palette(look)).colors(4), strict=True))
        fills = [colors[word] if known else look.missing for word, known in zip(status, classed, strict=True)]
        shown = _shown(layer, classed, title or say("label.map.status_dynamics"), subtitle, source, strangers)
        pairs = pd.Series(list(zip(status[classed], dynamics[classed], strict=True)), dtype=object).value_counts()
        counts = tuple(tuple(int(pairs.get((s, d), 0)) for d in DYNAMICS) for s in STATUSES)
        rows: list[Row] = [Matrix(tuple(colors.values()), counts)]
        rows += [Gap(0.3), *_untested(classed, look)]
        signs = [SYMBOLS[word] if known else "" for word, known in zip(dynamics, classed, strict=True)]
        numbers = _numbers(layer, shown)
        texts = [f"{number} {sign}".strip() for number, sign in zip(numbers, signs, strict=True)]
        request = Request(
            theme=theme, warnings=warnings, regions=regions, region_labels=region_labels, inset=inset, date=date
        )
        return draw_sheet(_sheet(layer, shown, fills, rows, texts, request), look)


@dataclass(frozen=True)
class Matrix:
    """The legend of status and dynamics: four rows of color, three columns of signs, counts in the fields."""

    colors: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    def wish(self, size: float) -> float:
        """Return the width at which nothing is broken."""
        heads = [text_width(say(f"label.map.dynamics.{word}"), 0.85 * size) for word in DYNAMICS]
        return self._names(size) + 3 * (max(heads) + 0.6 * size * POINT)

    def _names(self, size: float) -> float:
        words = [say("label.map.status"), *(say(f"label.map.status.{word}") for word in STATUSES)]
        return max(text_width(word, size) for word in words) + 0.8 * size * POINT

    def _measures(self, width: float, size: float) -> tuple[float, float, float, float]:
        """Return the widths of the row names and of a field, its height, and the height of the heading."""
        names = self._names(size)
        return names, min((width - names) / 3, 6 * size * POINT), 2.0 * size * POINT, 4.3 * size * POINT

    def height(self, width: float, size: float) -> float:
        """Return the height with the space to the next row."""
        _, _, high, head = self._measures(width, size)
        return head + 4 * high + 0.6 * size * POINT

    def draw(self, parent: Axes | Figure, x: float, top: float, width: float, size: float, theme: Theme) -> None:
        """Draw headings, fields and counts."""
        names, field, high, head = self._measures(width, size)
        small = 0.85 * size
        first = top - CAPITAL * size * POINT
        middle = x + names + 1.5 * field
        write(parent, middle, first, say("label.map.dynamics"), size, theme.ink, bold=True, align="center")
        write(parent, x, top - head + 0.5 * size * POINT, say("label.map.status"), size, theme.ink, bold=True)
        for j, word in enumerate(DYNAMICS):
            middle = x + names + (j + 0.5) * field
            second = first - 1.45 * size * POINT
            write(parent, middle, second, say(f"label.map.dynamics.{word}"), small, theme.ink, align="center")
            third = top - head + 0.5 * size * POINT
            write(parent, middle, third, SYMBOLS[word], size, theme.ink, align="center")
        for i, word in enumerate(STATUSES):
            south = top - head - (i + 1) * high
            base = south + (high - CAPITAL * size * POINT) / 2
            write(parent, x, base, say(f"label.map.status.{word}"), size, theme.ink)
            for j, count in enumerate(self.counts[i]):
                west = x + names + j * field
                put(
                    parent,
                    Rectangle(
                        (west, south),
                        field,
                        high,
                        facecolor=self.colors[i],
                        edgecolor=theme.soft_ink,
                        linewidth=0.5,
                        label="field",
                    ),
                )
                ink = readable_on(self.colors[i], theme.ink)
                write(parent, west + field / 2, base, format_number(count), size, ink, align="center")


def _sheet(
    layer: gpd.GeoDataFrame,
    shown: MapValues,
    fills: Sequence[str],
    rows: list[Row],
    texts: Sequence[str],
    request: Request,
) -> Sheet:
    """Return the page of a map of categories."""
    groups = groups_of(layer) if request.regions and shown.level != "region" else None
    named = not any(texts) if request.region_labels is None else request.region_labels
    if groups is not None:
        rows = [*rows, *outline_rows(request.look, named=named)]
    return Sheet(
        layer,
        shown,
        fills,
        rows,
        texts,
        groups,
        name_groups=named,
        warned=warned_areas(layer, shown, request.warnings),
        date=request.date,
        city=city_around(layer) if request.inset else None,
    )


def _numbers(layer: gpd.GeoDataFrame, shown: MapValues) -> list[str]:
    """Return the number of each area as its label, except on quarters."""
    return ["" if shown.level == "quarter" else short_number(str(area_id)) for area_id in layer.index]


def _shown(
    layer: gpd.GeoDataFrame, known: np.ndarray, title: str, subtitle: str, source: str, strangers: tuple[str, ...]
) -> MapValues:
    numbers = np.where(known, 1.0, np.nan)
    reasons = tuple("" if there else "not_available" for there in known)
    return MapValues(
        numbers, reasons, level_of(layer.index), title=title, subtitle=subtitle, source=source, strangers=strangers
    )


def _untested(known: np.ndarray, look: Theme) -> list[Row]:
    count = int((~known).sum())
    return (
        [Swatch(look.missing, say("label.map.not_classed"), format_number(count), hatch="missing")]
        if count
        else []
    )


def _cluster_colors(look: Theme) -> tuple[str, ...]:
    """Return colors for high-high, high-low, low-high, low-low."""
    if look.sequential == "grey":
        return ("#161616", "#5c5c5c", "#939393", "#c6c6c6")
    sides = get_palette(look.diverging).colors(5)
    return (sides[4], sides[3], sides[1], sides[0])


def _status_palette(look: Theme) -> str:
    return "grey" if look.sequential == "grey" else "brick"


def _aligned(
    layer: gpd.GeoDataFrame, result: pd.DataFrame, columns: Sequence[str]
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the result in the order of the areas, and the ids that have no area."""
    missing = [column for column in columns if column not in result]
    if missing:
        raise problem(
            InputError, "map_result_columns", missing=join_words(missing), found=shorten(list(result.columns), 8)
        )
    if not result.index.is_unique:
        twice = result.index[result.index.duplicated()][0]
        raise problem(InputError, "map_values_twice", found=str(twice))
    strangers = tuple(str(area_id) for area_id in result.index if area_id not in layer.index)
    if len(strangers) == len(result):
        raise problem(
            InputError,
            "map_no_match",
            found=shorten([repr(area_id) for area_id in result.index], 3) or "–",
            expected=shorten([repr(area_id) for area_id in layer.index], 3),
        )
    return result.reindex(layer.index), strangers


def _words(column: pd.Series, known: Sequence[str], name: str) -> np.ndarray:
    """Return a column of words with "" for none, or say which word is unknown."""
    words = column.astype(object).where(column.notna(), "").astype(str).to_numpy(dtype=object)
    strange = sorted(set(words) - {"", *known})
    if strange:
        raise problem(InputError, "map_word", column=name, found=strange[0], expected=", ".join(known))
    return np.asarray(words)
