"""Fonts in PDFs: read once a process, and cut down to the letters of each page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from threading import RLock
from typing import Any

_TYPESETTING = ("GDEF", "GPOS", "GSUB", "MATH", "kern")
"""Tables of a font that say which glyphs to take and where to put them."""
_READ = ("post", "hmtx", "cmap", "glyf")
"""Tables that take longest to read."""
_EMBEDDING = RLock()
_KEPT: dict[str, Any] = {}
"""A font for each file, with these tables read; no page changes it."""


@contextmanager
def fonts_read_once() -> Iterator[None]:
    """Let matplotlib embed fonts without reading them anew, and without the tables for setting text.

    To read a font takes most of the time of embedding it. Of the tables for setting text no reader of PDF looks at
    any: on a page every glyph has its place.
    """
    from fontTools import subset

    with _EMBEDDING:
        load = subset.load_font

        def load_read(file: Any, options: Any, *args: Any, **more: Any) -> Any:
            font = load(file, options, *args, **more)
            for table in _TYPESETTING:
                if table in font:
                    del font[table]
            _take_tables(font, f"{file} {options.font_number}", lambda: load(file, options, *args, **more))
            return font

        subset.load_font = load_read
        try:
            yield
        finally:
            subset.load_font = load


def _take_tables(font: Any, key: str, load: Callable[[], Any]) -> None:
    """Give a font its tables as they were read before."""
    if key not in _KEPT:
        _KEPT[key] = kept = load()
        for tag in _READ:
            if tag in kept:
                kept[tag]
        for table in kept["cmap"].tables:
            if table.isUnicode():
                table.ensureDecompiled()
    kept = _KEPT[key]
    font.setGlyphOrder(list(kept.getGlyphOrder()))
    for tag in _READ:
        if tag in kept:
            font[tag] = copy(kept[tag])
    # Cutting down changes these parts themselves; in the other tables it puts new parts in the place of old ones.
    font["cmap"].tables = [copy(table) for table in font["cmap"].tables]
    if "glyf" in font:
        font["glyf"].glyphs = _Copies(font["glyf"].glyphs)


class _Copies(dict[str, Any]):
    """Glyphs by their names, each copied when it is first asked for: a page has few of thousands."""

    def __init__(self, kept: dict[str, Any]) -> None:
        super().__init__()
        self._kept = kept

    def __missing__(self, name: str) -> Any:
        glyph = self._kept[name]
        self[name] = fresh = type(glyph)(getattr(glyph, "data", b""))
        return fresh

    def __contains__(self, name: object) -> bool:
        return name in self._kept
