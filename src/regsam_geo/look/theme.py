"""Themes: everything about the look of a page in one frozen object, with four presets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from regsam_geo.text import check_choice

ThemeName = Literal["meeting", "print", "slide", "mono"]
"""The keys of ``THEMES``."""


@dataclass(frozen=True)
class Theme:
    """Page, fonts, colors and lines of maps, charts and pages.

    Lengths are millimeters, font sizes and line widths are points.

    Attributes
    ----------
    name
        Name of the preset that it started from.
    width, height, margin
        The page.
    legend
        Where the legend stands: ``"right"`` of the map or ``"below"`` it.
    title_size, subtitle_size, text_size, label_size, small_size
        Font sizes: title, subtitle, legend and sentences, labels in the map, foot of the page.
    sequential, diverging
        Names of the palettes (see ``palettes.py``).
    paper, ink, soft_ink
        Background, text, secondary text.
    border, border_width, region_border, region_width
        Lines around areas and around REGSAM regions.
    missing, hatch
        Fill and hatching of areas without a value.
    context
        Fill of areas that are drawn for orientation only.
    high, low, accent
        One color each for "above", "below" and for what stands out; charts use them together with words or
        signs, never alone.
    marker, marker_ink
        Disc and number of a warning.
    logo
        Path of a PNG for the slot at the top right, or ``None``.
    logo_height
        Height of the logo.
    """

    name: str
    width: float
    height: float
    margin: float
    legend: Literal["right", "below"]
    title_size: float
    subtitle_size: float
    text_size: float
    label_size: float
    small_size: float
    sequential: str = "isar"
    diverging: str = "isar-brick"
    paper: str = "#ffffff"
    ink: str = "#1c2126"
    soft_ink: str = "#59626b"
    border: str = "#7d868d"
    border_width: float = 0.5
    region_border: str = "#2b3138"
    region_width: float = 1.3
    missing: str = "#fafafa"
    hatch: str = "#8b939b"
    context: str = "#e7e8e6"
    high: str = "#b95532"
    low: str = "#23729b"
    accent: str = "#111418"
    marker: str = "#111418"
    marker_ink: str = "#ffffff"
    logo: Path | None = None
    logo_height: float = 12.0

    def with_(self, **changes: Any) -> Theme:
        """Return the theme with some attributes changed.

        Examples
        --------
        >>> get_theme("meeting").with_(title_size=26).title_size
        26
        """
        return replace(self, **changes)


THEMES: dict[str, Theme] = {
    theme.name: theme
    for theme in (
        Theme(
            "meeting", 297, 210, 11, "right",
            title_size=22, subtitle_size=13.5, text_size=12, label_size=11.5, small_size=8,
        ),
        Theme(
            "print", 210, 297, 14, "below",
            title_size=19, subtitle_size=12, text_size=11, label_size=10, small_size=7.5,
        ),
        Theme(
            "slide", 338.667, 190.5, 11, "right",
            title_size=25, subtitle_size=15, text_size=13.5, label_size=12, small_size=9,
        ),
        Theme(
            # Black, white and few greys: what a copier makes of two colors of like lightness is one.
            "mono", 297, 210, 11, "right",
            title_size=22, subtitle_size=13.5, text_size=12, label_size=11.5, small_size=8,
            sequential="grey", diverging="grey",
            ink="#000000", soft_ink="#3c3c3c", border="#6a6a6a", region_border="#000000", region_width=1.6,
            missing="#ffffff", hatch="#4a4a4a", context="#f4f4f4", high="#000000", low="#6e6e6e",
            accent="#000000", marker="#000000",
        ),
    )
}  # fmt: skip
"""The presets: ``meeting`` (A4 landscape, back-row fonts), ``print`` (A4 portrait), ``slide`` (16:9), ``mono``
(A4 landscape for the grey copier)."""


def get_theme(theme: str | Theme = "meeting") -> Theme:
    """Return a preset by its name, or the theme itself.

    Raises
    ------
    OptionError
        If there is no preset of that name.

    Examples
    --------
    >>> get_theme("print").height
    297
    """
    if isinstance(theme, Theme):
        return theme
    check_choice(theme, THEMES, "theme_unknown")
    return THEMES[theme]
