"""Warnings on a map: one numbered disc per area, and the sentences beside the map."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import geopandas as gpd
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from regsam_geo.errors import InputError
from regsam_geo.indicators.periods import Period
from regsam_geo.look.pages import Box
from regsam_geo.look.theme import Theme
from regsam_geo.maps.legend import SCALES, Gap, Numbered, Row, Words, column_height, draw_rows
from regsam_geo.maps.map_values import MapValues, short_number
from regsam_geo.maps.marks import Mark
from regsam_geo.study import Study
from regsam_geo.text import current_language, format_number, join_words, problem, say
from regsam_geo.warning import (
    SHORT_FIELDS,
    areas_of,
    detect_warnings,
    is_long_open,
    of_shown_cells,
    short_sentence,
    stand_in,
)

Warnings: TypeAlias = bool | pd.DataFrame | None
"""``True`` for the study's own, or rows of ``detect_warnings``."""
URGENCIES = ("priority", "check", "watch")
LEAST_SIZE = 8.0
"""Smallest font size of sentences on a page of A4, in points; larger pages are read from farther away."""
A4 = 297.0 * 210.0


@dataclass(frozen=True)
class MarkedWarnings:
    """The warnings of one map.

    Attributes
    ----------
    marks
        Disc by position of the area.
    rows
        Sentences in the order of their numbers.
    notes
        What the foot has to say about warnings that are not values.
    unnumbered
        How many more there are, whose areas carry no number because there is no room to explain it.
    """

    marks: Mapping[int, Mark] = field(default_factory=dict)
    rows: Sequence[Numbered] = ()
    notes: Sequence[str] = ()
    unnumbered: int = 0


def warnings_of(study: Study, wish: Warnings, period: Period | None) -> pd.DataFrame | None:
    """Return the table of warnings that is wished for: the study's, one that was given, or none."""
    if wish is None or wish is False:
        return None
    if wish is True:
        wish = detect_warnings(study, period)
    if not isinstance(wish, pd.DataFrame):
        raise problem(InputError, "map_warnings_type", found=type(wish).__name__)
    shown = of_shown_cells(study, wish)
    # What has been open for long would fill the page with what everybody knows.
    return shown[~is_long_open(shown)] if "status" in shown else shown


def mark_warnings(
    study: Study, layer: gpd.GeoDataFrame, values: MapValues, warnings: pd.DataFrame | None
) -> MarkedWarnings:
    """Choose the warnings that belong on a map and number their areas by urgency."""
    if warnings is None or not len(warnings):
        return MarkedWarnings()
    sentence = f"sentence_{current_language()}"
    missing = [column for column in ("area_id", "urgency", sentence) if column not in warnings]
    if missing:
        raise problem(InputError, "map_warnings", missing=join_words(missing))
    rows = warnings
    if values.key is not None:
        for column, wanted in zip(("indicator", "group", "period"), values.key, strict=True):
            # a table made by hand may say less than detect_warnings does
            if column in rows:
                rows = rows[rows[column] == wanted]
    # Own areas may be a Series of any level, so their ids alone decide.
    if "level" in rows and values.level != "own":
        rows = rows[rows["level"] == values.level]
    # What lies elsewhere is counted at the foot: a map of one region must not seem to hold all warnings.
    on_map = stand_in(rows, list(layer.index))
    away = int((~on_map).sum())
    notes = [say("label.map.warnings_away", n=away)] if away else []
    rows = rows[on_map]
    rank = rows["urgency"].map({word: i for i, word in enumerate(URGENCIES)}).fillna(len(URGENCIES))
    # stable: among equally urgent ones the order of the table stays
    rows = rows.assign(_rank=rank).sort_values("_rank", kind="stable")
    position = {area_id: i for i, area_id in enumerate(layer.index)}
    marks: dict[int, Mark] = {}
    numbered: list[Numbered] = []
    # areas that stand in one row share a number, and their sentence is written once
    together: dict[str, int] = {}
    groups: list[int] = []
    for row in rows.to_dict("records"):
        areas = areas_of(row)
        known = [together[area_id] for area_id in areas if area_id in together]
        groups.append(known[0] if known else len(set(groups)))
        for area_id in areas:
            together.setdefault(area_id, groups[-1])
    for number, (_, group) in enumerate(rows.groupby(groups, sort=False), start=1):
        mark = Mark(str(number), str(group["urgency"].iloc[0]))
        # several warnings of one area share a sign, which shows the most urgent
        for area_id in (area_id for area_id, at in together.items() if at == number - 1):
            if area_id in position:
                marks[position[area_id]] = mark
        at = [position[area_id] for area_id, own in together.items() if own == number - 1 and area_id in position]
        told = _told(study, group, layer, sentence)
        numbered.append(Numbered(mark, told, _briefly(layer, values, number, at)))
    return MarkedWarnings(marks, tuple(numbered), tuple(notes))


def _told(study: Study, group: pd.DataFrame, layer: gpd.GeoDataFrame, sentence: str) -> str:
    """Write the warnings of one disc: in short, as on the pages; those of a table made by hand as they stand."""
    lang = current_language()
    rows = group.to_dict("records")
    known = set(SHORT_FIELDS) <= set(group) and {(row["indicator"], row["group"]) for row in rows} <= set(
        study.namings
    )
    if not known:
        return " ".join(group[sentence].astype(str))
    names = layer["name"].to_dict() if "name" in layer else {}
    return "; ".join(short_sentence(row, study.namings, names, lang) for row in rows)


def _briefly(layer: gpd.GeoDataFrame, values: MapValues, number: int, at: Sequence[int]) -> str:
    """Say which areas a number stands in, with their values: where there is no room for the sentence."""
    places = []
    for i in at:
        name = str(layer["name"].iloc[i]) if "name" in layer else ""
        area = short_number(str(layer.index[i]), values.level)
        place = area if name in ("", area) else f"{area} {name}"
        if values.decimals is not None and not np.isnan(values.numbers[i]):
            unit = values.unit if len(values.unit) <= 3 else ""
            written = format_number(float(values.numbers[i]), values.decimals, unit, sign=values.change)
            place = f"{place} ({written})"
        places.append(place)
    return say("label.map.warning_brief", number=number, places=join_words(places))


def explained(warned: MarkedWarnings, box: Box, theme: Theme) -> MarkedWarnings:
    """Return the warnings whose numbers can be explained in a box; the areas of others get no number."""
    least = least_size(theme)
    if not warned.rows or _fits(warned, 0, least, box, theme):
        return warned
    n = _most(lambda n: _fits(_first(warned, n), 0, least, box, theme), len(warned.rows) - 1)
    return _first(warned, n)


def _first(warned: MarkedWarnings, n: int) -> MarkedWarnings:
    """Return the first ``n`` warnings; the others are counted."""
    rows = warned.rows[:n]
    kept = {row.mark.text for row in rows}
    marks = {at: mark for at, mark in warned.marks.items() if mark.text in kept}
    return replace(warned, marks=marks, rows=rows, unnumbered=len(warned.rows) - n)


def _most(fits: Callable[[int], bool], most: int) -> int:
    """Return the largest number up to ``most`` that fits, 0 if none does; where one fits, smaller ones do."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low


def _fits(warned: MarkedWarnings, n: int, size: float, box: Box, theme: Theme) -> bool:
    return column_height(_column(warned, n, size, theme), box.width, size) <= box.height


def sentences_height(warned: MarkedWarnings, width: float, theme: Theme, share: float = 0.82) -> float:
    """Return the height that all sentences need at a well readable size."""
    return column_height([*_head(warned, theme.text_size, theme), *warned.rows], width, theme.text_size * share)


def least_size(theme: Theme) -> float:
    """Return the smallest font size that words beside a map may have on a theme's page.

    Examples
    --------
    >>> from regsam_geo.look import get_theme
    >>> least_size(get_theme("print"))
    8.0
    """
    larger = max(math.sqrt(theme.width * theme.height / A4), 1.0)
    return min(LEAST_SIZE * larger, theme.text_size)


def _head(warned: MarkedWarnings, size: float, theme: Theme) -> list[Row]:
    present = [word for word in URGENCIES if any(row.mark.urgency == word for row in warned.rows)]
    meaning = "; ".join(say(f"label.map.urgency.{word}") for word in present)
    share = max(0.85, least_size(theme) / size)
    return [Words(say("label.map.warnings"), bold=True), Words(meaning, share=share, soft=True)]


def draw_sentences(parent: Axes | Figure, box: Box, warned: MarkedWarnings, theme: Theme) -> None:
    """Write as many sentences into a box as stand in it at a readable size, and explain the others in short."""
    if not warned.rows and not warned.unnumbered:
        return
    least = least_size(theme)
    sizes = [*(size for scale in SCALES if (size := theme.text_size * scale) > least), least]
    # as many sentences as stand there at the least size, as large as these can be
    n = _most(lambda n: _fits(warned, n, least, box, theme), len(warned.rows))
    # smaller than readable at a distance rather than cut off, where other rows have taken the room
    sizes += [size for scale in SCALES if (size := theme.text_size * scale) < least]
    size = next((size for size in sizes if _fits(warned, n, size, box, theme)), sizes[-1])
    draw_rows(parent, _column(warned, n, size, theme), box, theme, size)


def _column(warned: MarkedWarnings, n: int, size: float, theme: Theme) -> list[Row]:
    """Return the heading, the first ``n`` sentences, the areas of the other numbers, and how many have none."""
    rows: list[Row] = [*_head(warned, size, theme), *warned.rows[:n]]
    if n < len(warned.rows):
        places = "; ".join(row.brief for row in warned.rows[n:])
        rows += [Gap(0.4), Words(say("label.map.warnings_brief", places=places))]
    if warned.unnumbered:
        rows += [Gap(0.4), Words(say("label.map.warnings_unnumbered", n=warned.unnumbered), soft=True)]
    return rows
