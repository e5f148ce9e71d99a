"""The page around an interactive map: controls, legend, panel, table, and the code that draws them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import jinja2
from branca.element import Element, Figure, MacroElement
from markupsafe import Markup

from regsam_geo.errors import OptionError
from regsam_geo.look import Theme
from regsam_geo.maps.interactive.assets import lean_script, lean_style, read_asset
from regsam_geo.text import problem

SCRIPTS = (
    "base.js",
    "data.js",
    "state.js",
    "picture.js",
    "symbols.js",
    "side.js",
    "charts.js",
    "ranking.js",
    "pair.js",
    "comparison.js",
    "controls.js",
    "take.js",
    "start.js",
)


class Explorer(MacroElement):
    """The page around the map: controls, legend, panel, table, and the code that draws them."""

    def __init__(self, payload: Mapping[str, Any], theme: Theme, lang: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Explorer"
        self.payload = payload
        self.theme = theme
        self.lang = lang

    def render(self, **_options: Any) -> str:
        """Add the page's parts to the figure; the map's own ``div`` moves into the page."""
        figure = self.get_root()
        assert isinstance(figure, Figure)
        assert self._parent is not None
        container = self._parent.get_name()
        figure.header.add_child(
            Verbatim(f"<style>\n{_variables(self.theme)}\n{lean_style(read_asset('page.css'))}</style>")
        )
        page = _template().render(
            t=self.payload["texts"],
            map=Markup(f'<div class="folium-map" id="{container}"></div>'),
            data=Markup(_script_json(self.payload)),
            one_level=len(self.payload["levels"]) < 2,
            has_warnings=self.payload["warnings"] is not None,
        )
        figure.html._children[container] = Verbatim(page)
        code = "\n".join(lean_script(read_asset(name)) for name in SCRIPTS)
        figure.script.add_child(Verbatim(f'(function () {{\n"use strict";\n{code}\nstart({container});\n}})();'))
        return ""


class Verbatim(Element):
    """Text that goes into the page as it is; branca would read it as a template once more."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._name = "Verbatim"
        self.text = text

    def render(self, **_options: Any) -> str:
        """Return the text."""
        return self.text


@lru_cache(maxsize=1)
def _template() -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(read_asset("page.html"))


def _script_json(payload: Mapping[str, Any]) -> str:
    """Write JSON that cannot end the element it stands in."""
    # No NaN: JSON knows none, and the page would not start at all.
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _variables(theme: Theme) -> str:
    """Return the theme's colors as variables of the style sheet."""
    colors = {
        "paper": theme.paper, "ink": theme.ink, "soft-ink": theme.soft_ink, "missing": theme.missing,
        "hatch": theme.hatch, "marker": theme.marker, "marker-ink": theme.marker_ink,
        "line": "#d5d9dc", "control": "#7a838b", "focus": "#0b57d0", "hover": "#eef0f2",
        "region": theme.region_border, "high": theme.high, "low": theme.low, "range": "#c9ced2",
        "context": theme.context, "other": "#a0a0a0" if theme.name == "mono" else "#9aa1a7",
    }  # fmt: skip
    for name, color in colors.items():
        # Colors go into a style sheet as they are: whatever is no color could end the rule and begin another.
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", color):
            raise problem(OptionError, "map_color", name=name, found=color)
    return ":root { " + " ".join(f"--rg-{name}: {color};" for name, color in colors.items()) + " }"
