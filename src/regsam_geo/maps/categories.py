"""Maps of categories: clusters of local Moran's I, and the social situation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Unpack

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from regsam_geo.areas.keys import match_keys
from regsam_geo.errors import InputError
from regsam_geo.indicators.periods import Period
from regsam_geo.look.colors import readable_on
from regsam_geo.look.fonts import CAPITAL, POINT, text_width
from regsam_geo.look.pages import put, write
from regsam_geo.look.palettes import PaletteName, get_palette
from regsam_geo.look.style import ResolvedStyle, Style, StyleOptions, resolve_style
from regsam_geo.look.theme import Theme
from regsam_geo.maps.geometry import checked_areas
from regsam_geo.maps.legend import Gap, Row, Swatch, Words
from regsam_geo.maps.legend_entries import are_regions_named, outline_rows
from regsam_geo.maps.map_regions import regions_on
from regsam_geo.maps.map_values import MapValues, aligned_to, is_shipped, level_words, short_number, source_of
from regsam_geo.maps.sheet import Sheet, draw_picture, draw_sheet
from regsam_geo.maps.warning_marks import Warnings, mark_warnings, warnings_of
from regsam_geo.situation import BURDENS, DIRECTIONS, FIRM, SituationFacts, in_words_of_burden, social_situation
from regsam_geo.study import Study, verb
from regsam_geo.study.given_areas import names_of
from regsam_geo.text import format_number, format_p, format_period, join_words, problem, say, shorten

QUADRANTS = ("high-high", "high-low", "low-high", "low-low")
SYMBOLS = {"falling": "▼", "rising": "▲"}
"""Where the burden goes; an area that moves as the others do has no arrow."""
WITHOUT = ("classes", "k", "center", "palette", "labels", "band", "unit", "decimals", "city")
"""Options that mean nothing where there are no numbers."""

Column = npt.NDArray[np.object_]
Which = npt.NDArray[np.bool_]


@verb
def plot_cluster_map(
    study: Study,
    result: pd.DataFrame,
    *,
    alpha: float = 0.05,
    column: str = "p",
    warnings: Warnings = False,
    style: Style | None = None,
    **look: Unpack[StyleOptions],
) -> Figure:
    """Draw where high and low values stand together (LISA cluster map).

    Parameters
    ----------
    study
        What the map is about: a ``Study``, a ``Panel``, a tidy frame, or a ``GeoDataFrame`` of areas.
    result
        What ``local_moran`` returns for one column of values: index ``area_id``, columns ``quadrant``
        (``"high-high"``, ``"high-low"``, ``"low-high"``, ``"low-low"``; empty where there is none) and ``p``.
    alpha
        Areas with a probability above it are left light: their surrounding is not unusual.
    column
        Which probability counts: ``"p"``, or ``"q"`` where the caller has corrected for the number of tests.
    warnings, style
        As in ``plot_map``.
    **look
        As in ``plot_map``, as far as it applies. The result does not know its indicator: ``title`` says it.

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
    >>> study = rg.load_study()
    >>> rows = study.pick("Arbeitslose", period=2024).panel.sel(level="district").data
    >>> values = rows.set_index("area_id")["value"]
    >>> result = rg.local_moran(values, study.neighbors())
    >>> figure = rg.plot_cluster_map(study, result, title="Arbeitslose")
    >>> figure.page_title
    'Arbeitslose'
    """
    resolved = resolve_style(style, look, without=WITHOUT, title=say("label.map.clusters"))
    theme, level = resolved.page, _level_of_result(study, result)
    layer = checked_areas(study.layer(level))
    frame, strangers = _aligned_result(layer, level, result, ("quadrant", column))
    # Unknown words are refused: a misspelt quadrant would be drawn as "not unusual".
    quadrant = _words_of(frame["quadrant"], QUADRANTS, "quadrant")
    p = frame[column].to_numpy(dtype=float)
    colors = dict(zip(QUADRANTS, _cluster_colors(theme), strict=True))
    # the grey of the surroundings would be one of the four greys of a copier
    quiet = "#ffffff" if theme.sequential == "grey" else theme.context
    tested = (quadrant != "") & ~np.isnan(p)
    noticed = tested & (p <= alpha)
    strong = [colors.get(word, "") for word in quadrant]
    # Untested and not unusual are two things: one has no answer, the other a quiet one.
    fills = np.where(noticed, strong, np.where(tested, quiet, theme.missing))
    values = _category_values(study, level, tested, strangers).styled(resolved)
    rows: list[Row] = [Words("", right=say(f"label.map.count.{level}"), share=0.85)]
    for word in QUADRANTS:
        count = int((noticed & (quadrant == word)).sum())
        rows.append(Swatch(colors[word], say(f"label.map.quadrant.{word}"), format_number(count)))
    rows.append(Swatch(quiet, say("label.map.quadrant.none"), format_number(int((tested & ~noticed).sum()))))
    rows += _unclassed_rows(tested, theme)
    limit = format_p(alpha).replace("=", "≤")
    # The limit stands in the legend, as the colors mean nothing without it.
    rows.append(Words(say("label.map.quadrant.test", limit=limit), share=0.72, soft=True))
    table = warnings_of(study, warnings, None)
    sheet = _sheet(study, layer, values, list(fills), rows, _numbers(layer, level), resolved, table)
    return draw_sheet(sheet, theme)


@verb
def plot_situation(
    study: Study,
    result: pd.DataFrame | None = None,
    period: Period | None = None,
    *,
    level: str | None = None,
    warnings: Warnings = False,
    style: Style | None = None,
    **look: Unpack[StyleOptions],
) -> Figure:
    """Draw the social situation: the burden as color, its direction as an arrow, hatched where the class is soft.

    Parameters
    ----------
    study
        What the map is about: a ``Study``, a ``Panel``, a tidy frame, or a ``GeoDataFrame`` of areas.
    result
        What ``social_situation`` returns, which is computed by default; or what ``status_dynamics`` returns.
    period, level
        Of the computed result; the study's by default.
    warnings, style
        As in ``plot_map``.
    **look
        As in ``plot_map``, as far as it applies.

    Returns
    -------
    Figure
        A page with a legend of four by three fields, each with its number of areas. Hatched is a class that holds
        in fewer than 90 of 100 redraws.

    Raises
    ------
    InputError
        If a column is missing, a word is unknown or no area matches.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> figure = rg.plot_situation(rg.load_study(), period=2024)
    >>> figure.page_title
    'Soziale Lage'
    """
    resolved = resolve_style(style, look, without=WITHOUT, title=say("label.map.situation"))
    if result is None:
        level = study.find_level(level)
        result = social_situation(study, period=period, level=level)
    table = warnings_of(study, warnings, period)
    return draw_sheet(_situation_sheet(study, result, level, resolved, table), resolved.page)


def situation_picture(study: Study, result: pd.DataFrame, level: str, size: tuple[float, float]) -> Figure:
    """Draw the map of ``plot_situation`` alone, for a page that says the rest in its own letters; size in mm."""
    resolved = resolve_style(None, {"inset": False, "region_labels": False}, theme="slide")
    return draw_picture(_situation_sheet(study, result, level, resolved, None), resolved.page, size)


def burden_colors(theme: Theme) -> dict[str, str]:
    """Return the color of each burden, from low to very high."""
    palette: PaletteName = "grey" if theme.sequential == "grey" else "brick"
    return dict(zip(BURDENS, get_palette(palette).colors(4), strict=True))


def _situation_sheet(
    study: Study, result: pd.DataFrame, level: str | None, style: ResolvedStyle, warnings: pd.DataFrame | None
) -> Sheet:
    """Return the page of a map of the situation."""
    level = level or _level_of_result(study, result)
    # Of a plain table the map knows neither period nor source, and says neither.
    facts = getattr(result, "facts", None)
    theme, layer = style.page, checked_areas(study.layer(level))
    frame, strangers = _aligned_result(layer, level, in_words_of_burden(result), ("burden", "direction"))
    burden = _words_of(frame["burden"], BURDENS, "burden")
    direction = _words_of(frame["direction"], DIRECTIONS, "direction")
    classed = burden != ""
    soft = (
        classed & (frame["holds"].to_numpy(dtype=float) < FIRM) if "holds" in frame else np.zeros(len(layer), bool)
    )
    colors = burden_colors(theme)
    fills = [colors[word] if known else theme.missing for word, known in zip(burden, classed, strict=True)]
    values = _category_values(study, level, classed, strangers)
    if facts is not None:
        values = _described(study, values, facts.period, layer)
    values = values.styled(style)
    pairs = pd.Series(list(zip(burden[classed], direction[classed], strict=True)), dtype=object).value_counts()
    counts = tuple(tuple(int(pairs.get((b, d), 0)) for d in DIRECTIONS) for b in BURDENS)
    rows: list[Row] = [*_burden_rows(burden[classed], direction[classed], colors, counts), Gap(0.3)]
    if soft.any():
        rows.append(
            Swatch("#ffffff", say("label.map.situation.soft"), format_number(int(soft.sum())), hatch="soft")
        )
    rows += [*_unclassed_rows(classed, theme), *_explained(facts)]
    signs = [SYMBOLS.get(word, "") for word in direction]
    texts = [f"{number} {sign}".strip() for number, sign in zip(_numbers(layer, level), signs, strict=True)]
    return replace(_sheet(study, layer, values, fills, rows, texts, style, warnings), soft=soft)


def _burden_rows(
    burden: np.ndarray, direction: np.ndarray, colors: dict[str, str], counts: tuple[tuple[int, ...], ...]
) -> list[Row]:
    """Return the classes with their counts: by direction, or alone where nothing earlier gives one."""
    lost = int((direction == "").sum())
    if lost == len(direction):
        return [
            Swatch(colors[word], say(f"label.situation.burden.{word}"), format_number(int((burden == word).sum())))
            for word in BURDENS[::-1]
        ]
    rows: list[Row] = [Matrix(tuple(colors.values()), counts)]
    if lost:
        rows.append(Swatch("none", say("label.map.situation.no_direction"), format_number(lost)))
    return rows


def _explained(facts: SituationFacts | None) -> list[Row]:
    """Return what the legend says of a situation: since when the direction is meant, and what it is made of."""
    if facts is None:
        return []
    titles = join_words(facts.titles)
    rows: list[Row] = [Gap(0.3)]
    if facts.earlier:
        since = format_period(facts.earlier)
        rows.append(Words(say("label.map.situation.direction", since=since), share=0.72, soft=True))
    return [*rows, Words(say("label.map.situation.indicators", indicators=titles), share=0.72, soft=True)]


@dataclass(frozen=True)
class Matrix:
    """The legend of burden and direction: four rows of color, three columns of arrows, counts in the fields."""

    colors: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    def wish(self, size: float) -> float:
        """Return the width at which nothing is broken."""
        heads = [text_width(say(f"label.map.direction.{word}"), 0.85 * size) for word in DIRECTIONS]
        return self._names(size) + 3 * (max(heads) + 0.6 * size * POINT)

    def _names(self, size: float) -> float:
        words = [say("label.situation.burden"), *(say(f"label.situation.burden.{word}") for word in BURDENS)]
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
        write(parent, middle, first, say("label.situation.direction"), size, theme.ink, bold=True, align="center")
        write(
            parent, x, top - head + 0.5 * size * POINT, say("label.situation.burden"), size, theme.ink, bold=True
        )
        for j, word in enumerate(DIRECTIONS):
            middle = x + names + (j + 0.5) * field
            second = first - 1.45 * size * POINT
            write(parent, middle, second, say(f"label.map.direction.{word}"), small, theme.ink, align="center")
            third = top - head + 0.5 * size * POINT
            write(parent, middle, third, SYMBOLS.get(word, "–"), size, theme.ink, align="center")
        for i, word in enumerate(BURDENS):
            # the most burdened on top, as the classes of other maps
            south = top - head - (len(BURDENS) - i) * high
            base = south + (high - CAPITAL * size * POINT) / 2
            write(parent, x, base, say(f"label.situation.burden.{word}"), size, theme.ink)
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
    study: Study,
    layer: gpd.GeoDataFrame,
    values: MapValues,
    fills: Sequence[str],
    rows: list[Row],
    texts: Sequence[str],
    style: ResolvedStyle,
    warnings: pd.DataFrame | None,
) -> Sheet:
    """Return the page of a map of categories."""
    regions = regions_on(study, values.level) if style.regions else None
    named = are_regions_named(texts, style)
    return Sheet(
        layer,
        values,
        fills,
        [*rows, *outline_rows(regions, style.page, named=named)],
        texts,
        warned=mark_warnings(study, layer, values, warnings),
    ).in_style(study, style, regions, named=named)


def _level_of_result(study: Study, result: pd.DataFrame) -> str:
    """Return the level whose areas a result is about; the study's where it is about none."""
    if not isinstance(result, pd.DataFrame):
        found = repr(result) if isinstance(result, str | int) else type(result).__name__
        raise problem(InputError, "map_result", found=found)
    shared = {
        level: int((match_keys(result.index, layer.index, level, names_of(layer)).places >= 0).sum())
        for level, layer in study.layers.items()
    }
    # The level with most ids in common: "10" may be a district and a region.
    best = max(shared, key=lambda level: shared[level], default="")
    return best if shared.get(best) else study.level


def _numbers(layer: gpd.GeoDataFrame, level: str) -> list[str]:
    """Return the number of each area as its label, except on quarters."""
    return ["" if level == "quarter" else short_number(str(area_id), level) for area_id in layer.index]


def _category_values(study: Study, level: str, known: Which, strangers: tuple[str, ...]) -> MapValues:
    """Return what the page knows of categories: where there is one."""
    reasons = tuple("" if has_category else "not_available" for has_category in known)
    return MapValues(
        np.where(known, 1.0, np.nan), reasons, level, strangers=strangers, shipped=is_shipped(study, level)
    )


def _described(study: Study, values: MapValues, period: str, layer: gpd.GeoDataFrame) -> MapValues:
    """Return the values of a result that was computed from the study, which says when and from what."""
    parts = [level_words(study, values.level, layer), format_period(period)]
    # one page has one source line; several sources are left to the style
    sources = {source_of(entry) for _, entry in study.panel.catalogue.iterrows()}
    source = sources.pop() if len(sources) == 1 else ""
    return replace(values, subtitle=" · ".join(part for part in parts if part), source=source)


def _unclassed_rows(known: Which, theme: Theme) -> list[Row]:
    """Return the row of the areas without a category, if there are any."""
    count = int((~known).sum())
    if not count:
        return []
    return [Swatch(theme.missing, say("label.map.not_classed"), format_number(count), hatch="missing")]


def _cluster_colors(theme: Theme) -> tuple[str, ...]:
    """Return colors for high-high, high-low, low-high, low-low."""
    if theme.sequential == "grey":
        # a copier has no hue: four greys, dark where high values stand together
        return ("#161616", "#5c5c5c", "#939393", "#c6c6c6")
    sides = get_palette(theme.diverging).colors(5)
    return (sides[4], sides[3], sides[1], sides[0])


def _aligned_result(
    layer: gpd.GeoDataFrame, level: str, result: pd.DataFrame, columns: Sequence[str]
) -> tuple[Any, tuple[str, ...]]:
    """Return the result in the order of the areas, and the ids that have no area."""
    missing = [column for column in columns if column not in result]
    if missing:
        raise problem(
            InputError, "map_result_columns", missing=join_words(missing), found=shorten(list(result.columns), 8)
        )
    return aligned_to(layer, level, result)


def _words_of(column: pd.Series, known: Sequence[str], name: str) -> Column:
    """Return a column of words with "" for none, or say which word is unknown."""
    words = column.astype(object).where(column.notna(), "").astype(str).to_numpy(dtype=object)
    strange = sorted(set(words) - {"", *known})
    if strange:
        raise problem(InputError, "map_word", column=name, found=strange[0], expected=", ".join(known))
    return np.asarray(words)
