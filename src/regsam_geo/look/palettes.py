"""Palettes for classed maps: even steps of lightness, safe for color-blind readers and for grey copies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from regsam_geo.look.colors import Floats, hex_from_rgb, lab_from_rgb, rgb_from_hex, rgb_from_lab
from regsam_geo.text import check_choice

MOST_CLASSES = 12
PaletteName = Literal["isar", "brick", "grey", "isar-brick"]
"""The keys of ``PALETTES``."""


@dataclass(frozen=True)
class Palette:
    """A line through color space from which any number of class colors is taken.

    Colors are taken at equal steps of CIELAB lightness, because lightness is what a color-blind reader and a
    grey copier keep. A diverging palette has two lines that leave from one light middle.

    Attributes
    ----------
    name
        What users write.
    kind
        ``"sequential"`` or ``"diverging"``.
    up
        Colors from light to dark that the line passes: low to high values, or from the middle upwards.
    down
        For diverging palettes, from the middle downwards.
    """

    name: str
    kind: Literal["sequential", "diverging"]
    up: tuple[str, ...]
    down: tuple[str, ...] = ()

    def colors(self, n: int) -> tuple[str, ...]:
        """Return ``n`` colors from low to high; a diverging palette is split in the middle.

        Examples
        --------
        >>> get_palette("isar").colors(3)
        ('#f2f4dc', '#78b9b2', '#26749c')
        """
        if self.kind == "sequential":
            return _line(self.up, n, _reach(n))
        return self.around(n // 2, n // 2, middle=bool(n % 2))

    def around(self, below: int, above: int, *, middle: bool) -> tuple[str, ...]:
        """Return colors for ``below`` classes under, ``above`` over and perhaps one around a reference.

        Equal distance from the reference gives equal lightness, however many classes either side has. A
        sequential palette (grey for copiers) runs through from low to high instead.
        """
        if self.kind == "sequential":
            return self.colors(below + above + middle)
        # The longer side sets the steps, so that two colors equally far from the middle are equally dark.
        side = max(below, above)
        up, down = _arm(self.up, side), _arm(self.down, side)
        return (*down[:below][::-1], *((self.up[0],) if middle else ()), *up[:above])


def _reach(n: int) -> float:
    """Return how far down the line the darkest of ``n`` classes lies: few classes need no black."""
    # With few classes the dark end would cover labels and borders and say more than the values do.
    return float(np.interp(n, [1, 3, 5, 7, 9], [0.45, 0.62, 0.80, 0.92, 1.0]))


def _arm(anchors: tuple[str, ...], n: int) -> tuple[str, ...]:
    """Return one side of a diverging palette, without the middle."""
    return _line(anchors, n + 1, float(np.interp(n, [1, 2, 3, 4], [0.50, 0.72, 0.88, 1.0])))[1:]


@lru_cache(maxsize=256)
def _line(anchors: tuple[str, ...], n: int, reach: float) -> tuple[str, ...]:
    """Take ``n`` colors at equal steps of lightness from the light end to ``reach`` of the line."""
    lab: Floats = lab_from_rgb(rgb_from_hex(anchors))
    light = lab[:, 0]
    # by lightness, not by position on the line: that is what a grey copy keeps
    share = np.linspace(0.0, reach, n) if n > 1 else np.array([reach])
    wanted = light[0] + share * (light[-1] - light[0])
    # np.interp wants rising abscissas; lightness falls along the line
    a, b = (np.interp(wanted, light[::-1], lab[::-1, i]) for i in (1, 2))
    return hex_from_rgb(rgb_from_lab(np.stack([wanted, a, b], axis=-1)))


PALETTES: dict[str, Palette] = {
    palette.name: palette
    for palette in (
        Palette(
            "isar", "sequential", ("#f2f4dc", "#c9e4c6", "#8bc6b4", "#4a9fae", "#23729b", "#1d4a7c", "#15264c")
        ),
        Palette(
            "brick", "sequential", ("#fbf1dc", "#f7d8a6", "#efb26c", "#dc8446", "#b95532", "#863026", "#4a1717")
        ),
        Palette("grey", "sequential", ("#efefef", "#9a9a9a", "#161616")),
        Palette(
            "isar-brick",
            "diverging",
            up=("#f4f1e8", "#f2cfa3", "#e09a5d", "#bd5d35", "#6f251f"),
            down=("#f4f1e8", "#b0d4da", "#68a8c3", "#2f709f", "#17355f"),
        ),
    )
}
"""All palettes by name; a new one is one entry here, and the tests measure it."""

BIVARIATE: tuple[tuple[str, ...], ...] = (
    ("#edece4", "#d3b08a", "#b07734"),
    ("#9fbacf", "#8c847d", "#6e5133"),
    ("#438cb9", "#405a6f", "#2f2d2d"),
)
"""Colors of two indicators in three classes each: the first grows towards blue, the second towards brown."""
BIVARIATE_GREY = ("#f6f6f6", "#bcbcbc", "#858585")
"""For the copier the first indicator alone; the second is told by upright lines over it."""


def get_palette(palette: str | Palette) -> Palette:
    """Return a palette by its name, or the palette itself.

    Raises
    ------
    OptionError
        If there is no palette of that name.

    Examples
    --------
    >>> get_palette("isar").kind
    'sequential'
    """
    if isinstance(palette, Palette):
        return palette
    check_choice(palette, PALETTES, "palette_unknown")
    return PALETTES[palette]
