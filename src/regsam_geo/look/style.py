"""How a map or chart is to look, said once: one frozen object, and the same words as keywords of every view."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from numbers import Integral, Real
from typing import Any, Literal, Protocol, Self, TypedDict, Unpack, cast, get_args

from regsam_geo.errors import OptionError
from regsam_geo.look.classes import DEFAULT_METHOD, Classes, Method
from regsam_geo.look.palettes import Palette, PaletteName
from regsam_geo.look.theme import Theme, ThemeName, get_theme
from regsam_geo.text import check_options, problem, say


class TextsByArea(Protocol):
    """Texts by area id: a pandas Series.

    Not written as ``pandas.Series``, which is ``Any`` to a type checker without stubs: then every text would pass
    for ``labels``, and ``"nmae"`` too.
    """

    def reindex(self, index: Any) -> Any:
        """Return the texts in the order of an index."""


LabelKind = Literal["auto", "number", "name", "value", "none"]
LABELS: tuple[LabelKind, ...] = get_args(LabelKind)
Labels = LabelKind | TextsByArea
ClassesWish = Method | Sequence[float] | Classes
"""Name of a method, inner limits, or finished classes."""


class StyleOptions(TypedDict, total=False):
    """The fields of ``Style`` as keywords of a view, for completion and type checkers."""

    title: str | None
    subtitle: str | None
    classes: ClassesWish | None
    k: int | None
    center: float | None
    palette: PaletteName | Palette | None
    theme: ThemeName | Theme | None
    labels: Labels | None
    regions: bool | None
    region_labels: bool | None
    inset: bool | None
    band: bool | None
    unit: str | None
    decimals: int | None
    city: float | None
    source: str | None
    date: str | None


@dataclass(frozen=True, kw_only=True)
class Style:
    """How maps and charts are to look; whatever is ``None`` is left to the view.

    One style serves many views: ``rg.plot_map(study, "Arbeitslose", style=style)``. Each field is a keyword of
    every view too, and a keyword goes before the style.

    Attributes
    ----------
    title, subtitle
        Header; ``""`` for none. Made from the catalogue by default.
    classes
        ``"apart"`` (the default: as many areas in each, values far off in classes of their own), ``"quantiles"``,
        ``"equal"``, ``"pretty"``, ``"std"``, ``"natural"``, ``"diverging"`` (around the city value), inner limits,
        or finished ``Classes`` (pooled over several periods, say).
    k
        Number of classes, 5 by default.
    center
        Reference of diverging classes; the city value by default.
    palette
        ``"isar"``, ``"brick"``, ``"grey"``, ``"isar-brick"`` or a ``Palette``; the theme's by default.
    theme
        ``"meeting"``, ``"print"``, ``"slide"``, ``"mono"`` or a ``Theme``.
    labels
        ``"number"``, ``"name"``, ``"value"``, ``"none"``, or a Series of texts; ``"auto"`` writes numbers,
        except on quarters. A label that fits nowhere is left out and counted at the foot.
    regions
        Draw the outlines of the regions on a map, the region's line in a series.
    region_labels
        Write the number of each region, such as ``"17/18"``, into its outline; by default where the areas
        themselves have no labels.
    inset
        Draw a small map of the city where the areas are only a part of it.
    band
        Draw the band of ordinary values in a series.
    unit, decimals, city, source
        In place of what the panel says.
    date
        Date of issue for the foot, as it is to be read; none by default, so that equal input gives equal bytes.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> style = rg.Style(theme="print", palette="brick")
    >>> style.with_(theme="slide").theme
    'slide'
    """

    title: str | None = None
    subtitle: str | None = None
    classes: ClassesWish | None = None
    k: int | None = None
    center: float | None = None
    palette: PaletteName | Palette | None = None
    theme: ThemeName | Theme | None = None
    labels: Labels | None = None
    regions: bool | None = None
    region_labels: bool | None = None
    inset: bool | None = None
    band: bool | None = None
    unit: str | None = None
    decimals: int | None = None
    city: float | None = None
    source: str | None = None
    date: str | None = None

    def with_(self, **look: Unpack[StyleOptions]) -> Self:
        """Return the style with some fields changed."""
        check_options(look, StyleOptions, about="style")
        return replace(self, **look)


class ViewOptions(StyleOptions, total=False):
    """The same keywords, and the style that they go before."""

    style: Style | None


@dataclass(frozen=True, kw_only=True)
class ResolvedStyle(Style):
    """A style that a view can draw by: what nobody said has the default of the house.

    ``center``, ``palette``, ``region_labels`` and what stands in the catalogue may still be ``None``: they follow
    from the values, the theme and the map.
    """

    classes: ClassesWish = DEFAULT_METHOD
    k: int = 5
    theme: ThemeName | Theme = "meeting"
    labels: Labels = "auto"
    regions: bool = True
    inset: bool = True
    band: bool = True

    @property
    def page(self) -> Theme:
        """The theme itself."""
        return get_theme(self.theme)


OPTIONS = tuple(field.name for field in fields(Style))


def resolve_style(
    style: Style | None,
    look: StyleOptions,
    *,
    without: Collection[str] = (),
    **defaults: Unpack[StyleOptions],
) -> ResolvedStyle:
    """Merge what was asked for with a view's own defaults: keywords go before the style, the style before these.

    Parameters
    ----------
    style
        The style of many views.
    look
        Keywords of this view.
    without
        Keywords that mean nothing to this view. They are refused as keywords, but a style may hold them.
    defaults
        What the view takes where nobody said anything, if it is not the default of the house.

    Raises
    ------
    OptionError
        If a keyword is unknown or means nothing here.

    Examples
    --------
    >>> resolved = resolve_style(Style(theme="print", k=4), {"k": 6}, classes="diverging")
    >>> resolved.classes, resolved.k, resolved.theme, resolved.labels
    ('diverging', 6, 'print', 'auto')
    """
    check_options(look, StyleOptions, without, about="style")
    if style is not None and not isinstance(style, Style):
        raise problem(OptionError, "style_type", found=type(style).__name__)
    # Fields that mean nothing to a view are refused as keywords alone: one style serves maps and charts.
    of_style = {} if style is None else {name: getattr(style, name) for name in OPTIONS}
    merged: dict[str, Any] = {}
    for given in (cast("Mapping[str, Any]", defaults), of_style, cast("Mapping[str, Any]", look)):
        # None is "not said": it never takes away what a style or a view says
        merged |= {name: wish for name, wish in given.items() if wish is not None}
    for name, wish in merged.items():
        for kind, names in _KINDS.items():
            if name in names and not isinstance(wish, _TYPES[kind]):
                expected = say(f"label.style.{kind}")
                raise problem(OptionError, "style_kind", name=name, found=repr(wish), expected=expected)
    return ResolvedStyle(**merged)


_KINDS = {
    "text": ("title", "subtitle", "unit", "source", "date"),
    "whole": ("k", "decimals"),
    "number": ("center", "city"),
}
_TYPES: dict[str, type] = {"text": str, "whole": Integral, "number": Real}
"""What fields have to be, by the word that errors have for it."""


def resolve_view(
    view: ViewOptions, *, without: Collection[str] = (), **defaults: Unpack[StyleOptions]
) -> ResolvedStyle:
    """Merge the keywords of a view, ``style`` among them, as ``resolve_style`` does.

    Examples
    --------
    >>> resolve_view({"style": Style(theme="print", k=4), "k": 6}).k
    6
    """
    look = cast("StyleOptions", {name: wish for name, wish in view.items() if name != "style"})
    return resolve_style(view.get("style"), look, without=without, **defaults)
