"""What a map file holds to show two indicators together: nine colors, and the words of the static views."""

from __future__ import annotations

from typing import Any

from regsam_geo.look import Theme, readable_on
from regsam_geo.look.palettes import BIVARIATE, BIVARIATE_GREY
from regsam_geo.maps.area_drawing import SPACINGS
from regsam_geo.text.lookup import template

PIXELS = 3.8
"""Of a millimeter on a screen."""

WORDS = {
    "title": "label.scatter.title",
    "method": "label.bivariate.method",
    "empty": "error.bivariate_empty",
    "points": "label.scatter.subtitle",
    "no_points": "error.scatter_empty",
    "city": "label.scatter.city",
    "cause": "note.scatter",
    "apart": "note.scatter.apart",
    "missing": "note.scatter.missing",
    "inner": "label.class.inner",
    "last": "label.class.last",
}
"""Phrases of ``plot_bivariate`` and ``plot_scatter`` that the page says in the same words."""


def pack_pair(theme: Theme, lang: str) -> dict[str, Any]:
    """Return what the page reads of the view of two indicators; which areas have which color it finds itself."""
    grey = theme.sequential == "grey"
    colors = [[one] * len(BIVARIATE) for one in BIVARIATE_GREY] if grey else [list(column) for column in BIVARIATE]
    return {
        "colors": colors,
        "inks": [[readable_on(color, theme.ink) for color in column] for column in colors],
        # on a grey copy the second indicator is told by upright lines, so many pixels apart
        "lines": [round(SPACINGS[name] * PIXELS, 1) if name else 0 for name in ("", "middle", "high")]
        if grey
        else [],
        "words": {name: template(code, lang) for name, code in WORDS.items()},
    }
