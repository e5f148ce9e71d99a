"""One theme: classes, palettes, fonts and pages, shared by maps and charts.

Fonts, pages and saving need matplotlib; take them from their modules, so that who needs only classes and
colors does not load it.
"""

from regsam_geo.look.classes import Classes, classify
from regsam_geo.look.colors import contrast, readable_on
from regsam_geo.look.palettes import PALETTES, Palette, get_palette
from regsam_geo.look.style import ResolvedStyle, Style, StyleOptions, ViewOptions, resolve_style, resolve_view
from regsam_geo.look.theme import THEMES, Theme, get_theme

__all__ = [
    "PALETTES",
    "THEMES",
    "Classes",
    "Palette",
    "ResolvedStyle",
    "Style",
    "StyleOptions",
    "Theme",
    "ViewOptions",
    "classify",
    "contrast",
    "get_palette",
    "get_theme",
    "readable_on",
    "resolve_style",
    "resolve_view",
]
