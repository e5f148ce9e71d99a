"""Classes of a map's values, and the colors that follow from them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regsam_geo.look.classes import Classes, classify
from regsam_geo.look.palettes import get_palette
from regsam_geo.look.style import ResolvedStyle
from regsam_geo.maps.map_values import MapValues


@dataclass(frozen=True)
class Coloring:
    """Classes and their colors.

    Attributes
    ----------
    classes
        Limits and labels.
    colors
        One color per class, from low to high.
    missing
        Color of areas without a value.
    periods
        The periods whose values the limits were found in; none where they were given, or the values have none.
    """

    classes: Classes
    colors: tuple[str, ...]
    missing: str
    periods: tuple[str, ...] = ()

    def fills(self, numbers: npt.NDArray[np.float64]) -> list[str]:
        """Return one color per number."""
        return [self.colors[i] if i >= 0 else self.missing for i in self.classes.assign(numbers)]


def coloring_of(style: ResolvedStyle, *several: MapValues) -> Coloring:
    """Return classes and colors for the values of one map, or of several that share them.

    Diverging classes lie around the city's last value unless the style names another center.
    """
    last, theme, center = several[-1], style.page, style.center
    if center is None and isinstance(style.classes, str) and style.classes == "diverging":
        center = last.city
    numbers = [values.numbers for values in several]
    # All maps that share classes at once: made from one of them, the ends of the others would lie outside.
    classes = classify(numbers, style.classes, style.k, center=center, decimals=last.decimals)
    for one in numbers:
        # limits that were given, or made for other maps, need not reach the ends of these values
        classes = classes.covering(one)
    palette = get_palette(style.palette or (theme.diverging if classes.diverging else theme.sequential))
    # Limits that the caller gave come from no period, a difference is one of two, and who writes the subtitle says
    # there what the map is about.
    found = isinstance(style.classes, str) and not last.change and style.subtitle is None
    periods = tuple(values.key[2] for values in several if values.key is not None) if found else ()
    return Coloring(classes, classes.colors(palette), theme.missing, periods)
