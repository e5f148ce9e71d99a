"""What lies in the map itself: filled areas, hatching, outlines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_rgba_array
from matplotlib.image import AxesImage

from regsam_geo.look.pages import axes_box
from regsam_geo.look.theme import Theme, get_theme
from regsam_geo.maps.geometry import (
    LEAST_BORDERED,
    Ground,
    checked_areas,
    hatching,
    prepared_ground,
    union_of,
    view_of,
)
from regsam_geo.maps.map_values import MapValues

HATCHES = {"missing": (45.0,), "secret": (45.0, -45.0), "soft": (-45.0,), "middle": (90.0,), "high": (90.0,)}
"""Angles of the hatching: single lines where there is no number or, the other way, its class is not firm; crossed
lines where it is not told; upright ones for the classes of a second indicator."""
WHOLE_BORDERS = 2.0
"""Millimeters of paper across the usual area under which borders are drawn thinner, for its color to be seen."""
HATCH_SPACING = 1.5
"""Millimeters between two lines of a hatching."""
SPACINGS = {"middle": 2.4, "high": 0.8}
"""The same where lines mean a class: the closer, the higher."""


def prepare(axes: Axes, areas: Any, *, margin: float = 0.0) -> Ground:
    """Return areas made ready for an axes, and let the axes show all of them with a margin in millimeters."""
    ground = prepared_ground(checked_areas(areas), axes_box(axes), margin)
    fit_view(axes, ground)
    return ground


def fit_view(axes: Axes, ground: Ground) -> None:
    """Let an axes show the whole of a layer at its scale."""
    west, south, east, north = view_of(ground.extent, ground.meters, axes_box(axes))
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)


def draw_areas(
    axes: Axes,
    areas: gpd.GeoDataFrame | Ground,
    colors: Sequence[str] | str,
    theme: str | Theme = "meeting",
    *,
    zorder: float = 1.0,
    label: str = "areas",
) -> Ground:
    """Fill areas with one color each.

    Parameters
    ----------
    axes
        Where to draw.
    areas
        Polygons, or what ``prepare`` made of them.
    colors
        One color per area in the order of the areas, or one for all.
    theme
        Preset or theme.
    label
        Name of the drawn collection, by which programs find it in the figure.

    Returns
    -------
    Ground
        The prepared areas, to be given to further layers.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> from regsam_geo.look import get_theme
    >>> from regsam_geo.look.pages import PageFigure, axes_in
    >>> page = PageFigure(get_theme("slide"))
    >>> axes = axes_in(page, page.inner)
    >>> draw_areas(axes, rg.load_boundaries("district"), "#c9e4c6").ids[0]
    '01'
    """
    look = get_theme(theme)
    ground = areas if isinstance(areas, Ground) else prepare(axes, areas)
    if ground.cell < LEAST_BORDERED:
        _draw_points(axes, ground, colors, zorder, label)
        return ground
    axes.add_collection(
        PathCollection(
            ground.paths,
            facecolors=colors if isinstance(colors, str) else list(colors),
            edgecolors=look.border,
            linewidths=look.border_width * min(ground.cell / WHOLE_BORDERS, 1.0),
            # sharp joins of thick lines would stick out as spikes
            joinstyle="round",
            zorder=zorder,
            label=label,
        ),
        autolim=False,
    )
    return ground


def _draw_points(axes: Axes, ground: Ground, colors: Sequence[str] | str, zorder: float, label: str) -> None:
    """Fill areas that are too small for borders."""
    west, south, east, north = ground.extent
    many = [colors] * len(ground.ids) if isinstance(colors, str) else colors
    names = {color: place for place, color in enumerate(dict.fromkeys(many))}
    # the last one is nothing, where no area lies
    palette = np.vstack([255 * to_rgba_array(list(names)), np.zeros(4)]).round().astype(np.uint8)
    places = np.array([*(names[color] for color in many), len(names)])
    image = AxesImage(
        axes, extent=(west, east, south, north), interpolation="none", origin="upper", zorder=zorder, label=label
    )
    image.set_data(palette[places[ground.points]])
    axes.add_image(image)


def draw_hatching(
    axes: Axes,
    ground: Ground,
    which: npt.NDArray[np.bool_],
    pattern: str = "missing",
    theme: str | Theme = "meeting",
    *,
    zorder: float = 1.2,
) -> None:
    """Hatch some of the areas with lines that are the same in every file format."""
    look = get_theme(theme)
    # Lines of our own and not matplotlib's hatches: those are scaled by each file format in its own way.
    spacing = SPACINGS.get(pattern, HATCH_SPACING) * ground.meters
    polygons = ground.polygons[which]
    if ground.cell < LEAST_BORDERED and len(polygons):
        polygons = np.array([union_of(polygons)], dtype=object)
    lines = [
        line for polygon in polygons for angle in HATCHES[pattern] for line in hatching(polygon, spacing, angle)
    ]
    if lines:
        color = hatch_color(pattern, look)
        axes.add_collection(LineCollection(lines, colors=color, linewidths=0.5, zorder=zorder), autolim=False)


def hatch_color(pattern: str, theme: Theme) -> str:
    """Return the color of a hatching: dark where it lies over the color of a class."""
    return theme.ink if pattern in ("soft", *SPACINGS) else theme.hatch


def draw_outlines(
    axes: Axes,
    ground: Ground,
    groups: npt.NDArray[np.object_],
    theme: str | Theme = "meeting",
    *,
    zorder: float = 2.0,
) -> None:
    """Draw the outlines of groups of areas, such as regions; areas of no group (``None``) get none."""
    look = get_theme(theme)
    axes.add_collection(
        LineCollection(
            # Lines between groups and not one outline per group, which would draw each shared border twice.
            ground.lines_between(groups),
            colors=look.region_border,
            linewidths=look.region_width,
            capstyle="round",
            joinstyle="round",
            zorder=zorder,
        ),
        autolim=False,
    )


def draw_values(
    axes: Axes,
    ground: Ground,
    values: MapValues,
    fills: Sequence[str],
    theme: str | Theme = "meeting",
    *,
    label: str = "areas",
) -> None:
    """Fill areas by their class, hatch those without a value, and draw the outline of all."""
    draw_areas(axes, ground, fills, theme, label=label)
    draw_hatching(axes, ground, values.missing, "missing", theme)
    draw_hatching(axes, ground, values.secret, "secret", theme)
    # All areas as one group: the rim of the city closes the map where areas without a value are nearly white.
    draw_outlines(axes, ground, np.ones(len(ground.ids), dtype=object), theme)
