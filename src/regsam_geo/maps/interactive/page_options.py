"""What a caller may say about an interactive map besides what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypedDict, cast

from regsam_geo.look.palettes import Palette, PaletteName
from regsam_geo.look.style import ClassesWish, ResolvedStyle, Style, StyleOptions, resolve_style
from regsam_geo.look.theme import Theme, ThemeName
from regsam_geo.maps.place_marks import PlacesGiven
from regsam_geo.text import check_options

TOLERANCE: Final = 8.0
"""Meters: invisible at the scale of the city, 22 kB for the borders of all districts and regions."""

LOOK: Final = ("title", "classes", "k", "center", "palette", "theme", "regions")
"""The fields of ``Style`` that an interactive map follows."""


class PageOptions(TypedDict, total=False):
    """The options of ``explore_map``, which explains each."""

    title: str | None
    classes: ClassesWish | None
    k: int | None
    center: float | None
    palette: PaletteName | Palette | None
    theme: ThemeName | Theme | None
    regions: bool | None
    same_classes: bool
    places: PlacesGiven | None
    place_columns: Mapping[str, str] | None
    tiles: str | None
    tiles_attribution: str
    tolerance: float
    height: int


@dataclass(frozen=True)
class Page:
    """The page itself, apart from its look, with what holds where nobody said anything."""

    same_classes: bool = True
    places: PlacesGiven | None = None
    place_columns: Mapping[str, str] | None = None
    tiles: str | None = None
    tiles_attribution: str = ""
    tolerance: float = TOLERANCE
    height: int = 720


def read_page_options(style: Style | None, given: PageOptions) -> tuple[Page, ResolvedStyle]:
    """Return page and look, or refuse an option that does not exist."""
    check_options(given, PageOptions)
    said: dict[str, Any] = dict(given)
    look = {name: said.pop(name) for name in LOOK if name in said}
    return Page(**said), resolve_style(style, cast("StyleOptions", look))
