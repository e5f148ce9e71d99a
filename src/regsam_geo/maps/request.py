"""What all classed maps are asked for in the same words, and the colors that follow from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.look.classes import Classes, classify
from regsam_geo.look.palettes import Palette, get_palette
from regsam_geo.look.theme import Theme, get_theme
from regsam_geo.maps.values import MapValues

ClassesWish = str | Sequence[float] | Classes
"""Name of a method, inner limits, or finished classes."""


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
    """

    classes: Classes
    colors: tuple[str, ...]
    missing: str

    def fills(self, numbers: npt.NDArray[np.float64]) -> list[str]:
        """Return one color per number."""
        return [self.colors[i] if i >= 0 else self.missing for i in self.classes.assign(numbers)]


@dataclass(frozen=True, eq=False)
class Request:
    """How a classed map is to look; the attributes are arguments of ``plot_map``.

    The public functions spell their arguments out, for completion and type checkers, and hand them on as one
    object.
    """

    classes: ClassesWish = "quantiles"
    k: int = 5
    center: float | None = None
    palette: str | Palette | None = None
    theme: str | Theme = "meeting"
    warnings: pd.DataFrame | None = None
    labels: str | pd.Series = "auto"
    regions: bool = True
    region_labels: bool | None = None
    inset: bool = True
    date: str | None = None

    @property
    def look(self) -> Theme:
        """The theme itself."""
        return get_theme(self.theme)

    def coloring(self, *several: MapValues) -> Coloring:
        """Return classes and colors for the values of one map, or of several that share them.

        Diverging classes lie around the city's last value unless the caller names another center.
        """
        last, look, center = several[-1], self.look, self.center
        if center is None and isinstance(self.classes, str) and self.classes == "diverging":
            center = last.city
        numbers = [one.numbers for one in several]
        classes = classify(numbers, self.classes, self.k, center=center, decimals=last.decimals)
        for one in numbers:
            classes = classes.covering(one)
        chosen = get_palette(self.palette or (look.diverging if classes.diverging else look.sequential))
        return Coloring(classes, classes.colors(chosen), look.missing)
