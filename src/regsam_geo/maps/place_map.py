"""``plot_places``: places over the areas of a map, by category."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Unpack

import numpy as np
from matplotlib.figure import Figure

from regsam_geo.look.classes import classify
from regsam_geo.look.style import ResolvedStyle, Style, StyleOptions, resolve_style
from regsam_geo.maps.geometry import checked_areas
from regsam_geo.maps.legend_entries import check_labels, label_texts, outline_rows
from regsam_geo.maps.map_regions import regions_on
from regsam_geo.maps.map_values import MapValues, is_shipped, level_words
from regsam_geo.maps.place_drawing import MOST_NAMED, place_rows
from regsam_geo.maps.place_marks import PlacesGiven, find_places
from regsam_geo.maps.sheet import Sheet, draw_sheet
from regsam_geo.maps.warning_marks import MarkedWarnings
from regsam_geo.study import Study, verb
from regsam_geo.text import say

NOT_FOR_PLACES = ("classes", "k", "center", "palette", "band", "unit", "decimals", "city")


@verb
def plot_places(
    study: Study,
    places: PlacesGiven,
    columns: Mapping[str, str] | None = None,
    *,
    style: Style | None = None,
    **look: Unpack[StyleOptions],
) -> Figure:
    """Draw places over the areas, such as day-care centers, counselling offices and meeting points.

    Each category has a form and a color of its own; they differ for every eye and on a grey copy. With more than
    six the rarest share one. Every place is drawn where it lies: this is for facilities, never for cases of
    persons.

    Parameters
    ----------
    study
        The areas: a ``Study``, a ``Panel``, a tidy frame, or a ``GeoDataFrame`` of areas, such as
        ``load_boundaries("region")``.
    places
        A ``GeoDataFrame`` of points; a table or a CSV file with coordinates in degrees or meters (``lon`` and
        ``lat``, ``x`` and ``y``, ``Rechtswert`` and ``Hochwert``); or a layer of points (GeoPackage,
        GeoJSON, Shapefile, FlatGeobuf, KML, Parquet).
    columns
        Which column is what, where the usual names do not say it: ``x``, ``y``, ``category``, ``name``.
    style
        How maps look, said once for many of them.
    **look
        The fields of ``Style`` that apply as keywords. ``labels``: by default the numbers of areas, and the names
        of up to 40 places that find room; ``"name"`` writes those of more, ``"number"`` none of them, ``"none"``
        neither.

    Returns
    -------
    Figure
        A matplotlib figure of the theme's page size. Its foot counts places outside the areas and names without
        room.

    Raises
    ------
    InputError
        If the places cannot be read, have no coordinates, or these lie elsewhere.
    OptionError
        If a column or an option is unknown, or no place lies in the areas.

    Examples
    --------
    >>> import pandas as pd
    >>> import regsam_geo as rg
    >>> places = pd.DataFrame(
    ...     {"name": ["Kita Au"], "Art": ["Kita"], "lon": [11.589], "lat": [48.128]}
    ... )
    >>> figure = rg.plot_places(rg.load_study(), places)
    """
    resolved = resolve_style(style, look, without=NOT_FOR_PLACES)
    check_labels(resolved.labels)
    theme = resolved.page
    wanted = study.level
    layer = checked_areas(study.layer(wanted))
    found = find_places(places, columns, layer, theme)
    values = MapValues(
        np.zeros(len(layer)),
        ("",) * len(layer),
        wanted,
        title=found.title if resolved.title is None else resolved.title,
        subtitle=_subtitle(study, found.x.size, wanted, layer) if resolved.subtitle is None else resolved.subtitle,
        source=resolved.source or "",
        shipped=is_shipped(study, wanted),
    )
    regions = regions_on(study, wanted) if resolved.regions else None
    texts, named = _labels(resolved, layer, values, sum(map(bool, found.names)))
    region_names = bool(resolved.region_labels)
    sheet = Sheet(
        layer,
        values,
        fills=[theme.context] * len(layer),
        rows=[*place_rows(found, theme), *outline_rows(regions, theme, named=region_names)],
        texts=texts,
        warned=MarkedWarnings(notes=[found.note] if found.note else []),
        places=found,
        name_places=named,
    )
    return draw_sheet(sheet.in_style(study, resolved, regions, named=region_names), theme)


def _subtitle(study: Study, n: int, level: str, layer: Any) -> str:
    parts = [say("label.places.subtitle", n=n), level_words(study, level, layer)]
    return " · ".join(filter(None, parts))


def _labels(style: ResolvedStyle, layer: Any, values: MapValues, n_names: int) -> tuple[list[str], bool]:
    """Return the labels of the areas, and whether places have theirs."""
    wish = style.labels
    unused = classify([0.0, 1.0])
    if not isinstance(wish, str):
        return label_texts(layer, values, wish, unused), n_names <= MOST_NAMED
    numbers = label_texts(layer, values, "auto", unused)
    if wish == "none":
        return [""] * len(layer), False
    return numbers, wish == "name" or (wish == "auto" and n_names <= MOST_NAMED)
