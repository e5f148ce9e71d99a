"""A folium map whose file opens without a network: every script, style and image stands in it."""

from __future__ import annotations

import os
import re
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink, Link
from folium.elements import JSCSSMixin
from folium.raster_layers import ImageOverlay, TileLayer, VideoOverlay, WmsTileLayer
from folium.template import Template

from regsam_geo.errors import OptionError, OutputError
from regsam_geo.maps.interactive.assets import leaflet_style, library_script
from regsam_geo.maps.interactive.policy import content_security_policy, loaded_sources
from regsam_geo.maps.interactive.tree import walk, with_stable_ids, without_traces
from regsam_geo.text import problem

LEAFLET = "leaflet"
LEAFLET_STYLE = "leaflet_css"
JQUERY = "jquery"

_PAGE = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
{policy}<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
{header}
</head>
<body>
{body}
{script}
</body>
</html>
"""


class OfflineFigure(Figure):
    """The page around an ``OfflineMap``; rendering it inlines what folium would link."""

    def __init__(self, lang: str, title: str, tile_host: str = "", **size: Any) -> None:
        super().__init__(title=title, **size)
        self.lang = lang
        self.tile_host = tile_host
        self.header._children.clear()  # the page itself states its encoding

    def render(self, **kwargs: Any) -> str:
        """Return the page: the same bytes each time, and an error if it would need the network."""
        # Before anything is rendered: the user reads the name of the element and not a blank map.
        refuse_network(self)
        with without_traces(self):
            for child in list(self._children.values()):
                child.render(**kwargs)
            links = {name: child for name, child in self.header._children.items() if isinstance(child, Link)}
            for name in links:
                if name not in (LEAFLET, LEAFLET_STYLE, JQUERY):
                    raise problem(
                        OptionError,
                        "map_element_needs_network",
                        element=_adder_of(self, name),
                        needs=links[name].url,
                    )
                del self.header._children[name]
            header = self.header.render(**kwargs)
            html = self.html.render(**kwargs)
            script = self.script.render(**kwargs)
            header, html, script = with_stable_ids((header, html, script), self)
        return self._page(header, html, script)

    def _page(self, header: str, html: str, script: str) -> str:
        """Put the parts together; folium runs its scripts after the body."""
        needs_jquery = re.search(r"\$[.(]|\bjQuery\b", script) is not None
        libraries = [library_script(LEAFLET), *([library_script(JQUERY)] if needs_jquery else [])]
        head = "\n".join(
            [
                f"<style>{leaflet_style()}</style>",
                *(f"<script>{code}</script>" for code in libraries),
                header,
            ]
        )
        # text inside a script must not end it
        safe = re.sub(r"<(?=/script|!--)", r"\\x3c", script, flags=re.I)
        parts = {
            "lang": self.lang,
            "title": escape(self.title or ""),
            "header": head,
            "body": html,
            "script": f"<script>{safe}</script>",
        }
        page = _PAGE.format(policy="", **parts).replace("\r\n", "\n").replace("\r", "\n")
        if sources := loaded_sources(page):
            raise problem(
                OptionError, "map_element_needs_network", element=_element_with(self, sources[0]), needs=sources[0]
            )
        # Last, because the hashes are those of the finished texts.
        policy = content_security_policy(page, script=safe, image_host=self.tile_host)
        meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        return page.replace('<meta name="viewport"', meta + '<meta name="viewport"', 1)


class OfflineMap(folium.Map):
    """A ``folium.Map`` that needs nothing but its own file.

    Markers with the standard pin, ``GeoJson`` layers, vector shapes, tooltips, popups, feature groups and layer
    controls work as in folium. What would load from elsewhere is refused with its name when the map is rendered.

    Parameters
    ----------
    lang
        Language of the page.
    title
        Title of the page.
    tile_host
        The one host that tiles may come from, with its scheme; none by default.
    **options
        As for ``folium.Map``; no tiles unless ``tiles`` is given.
    """

    def save(self, outfile: Any, close_file: bool = True, **kwargs: Any) -> None:
        """Write the page to a file, as in folium."""
        if isinstance(outfile, str | os.PathLike) and Path(outfile).is_dir():
            raise problem(OutputError, "map_folder", path=str(outfile))
        super().save(outfile, close_file, **kwargs)

    _template = Template(
        """
        {%- macro header(this, kwargs) %}
<style>
html, body { height: 100%; margin: 0; }
#{{ this.get_name() }} { position: {{ this.position }}; width: {{ this.width[0] }}{{ this.width[1] }};
  height: {{ this.height[0] }}{{ this.height[1] }}; left: {{ this.left[0] }}{{ this.left[1] }};
  top: {{ this.top[0] }}{{ this.top[1] }}; }
.leaflet-container { font-size: {{ this.font_size }}; }
</style>
<script>
L_NO_TOUCH = {{ this.global_switches.no_touch|tojson }};
L_DISABLE_3D = {{ this.global_switches.disable_3d|tojson }};
if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
  L.Map.mergeOptions({ zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false });
}
</script>
        {%- endmacro %}
        {%- macro html(this, kwargs) %}
<div class="folium-map" id="{{ this.get_name() }}"></div>
        {%- endmacro %}
        {%- macro script(this, kwargs) %}
{{ this.code_of_map(kwargs) }}
        {%- endmacro %}
        """
    )

    def __init__(self, *, lang: str = "de", title: str = "", tile_host: str = "", **options: Any) -> None:
        size = {name: options.pop(name) for name in ("figure_height",) if name in options}
        super().__init__(**{"tiles": None, **options})
        # folium's own lists are shared by all maps
        self.default_js = [(LEAFLET, "leaflet.js")]
        self.default_css = [(LEAFLET_STYLE, "leaflet.css")]
        figure = OfflineFigure(lang, title, tile_host, height=size.get("figure_height"))
        figure.add_child(self)

    def code_of_map(self, kwargs: Any) -> str:
        """Return folium's own code that makes the Leaflet map."""
        return str(folium.Map._template.module.script(self, kwargs))


def refuse_network(figure: OfflineFigure) -> None:
    """Raise for the first element that could only be shown with a network, naming it and what it loads."""
    for element in walk(figure):
        needed = _needs(element, figure.tile_host)
        if needed:
            raise problem(OptionError, "map_element_needs_network", element=type(element).__name__, needs=needed)


def _needs(element: Element, tile_host: str) -> str:
    """Return what an element would load from elsewhere, or ``""``."""
    if isinstance(element, JSCSSMixin):
        for name, url in (*element.default_js, *element.default_css):
            if name not in (LEAFLET, LEAFLET_STYLE, JQUERY):
                return str(url)
    if isinstance(element, folium.Icon):
        return "Leaflet.awesome-markers"
    address = ""
    if isinstance(element, TileLayer):
        address = str(element.tiles)
    elif isinstance(element, WmsTileLayer | ImageOverlay):
        address = str(element.url)
    elif isinstance(element, VideoOverlay):
        address = str(element.video_url)
    elif isinstance(element, folium.GeoJson) and not element.embed:
        return str(element.embed_link)
    parts = urlsplit(address)
    if parts.scheme in ("", "data") and not parts.netloc:
        return ""
    return "" if f"{parts.scheme}://{parts.netloc}" == tile_host else address


def _adder_of(figure: OfflineFigure, link: str) -> str:
    """Return the class of the innermost element that adds a link when it is rendered."""
    for element in reversed(list(walk(figure))):
        if isinstance(element, Figure | CssLink | JavascriptLink):
            continue
        with without_traces(figure):
            figure.header._children.pop(link, None)
            try:
                element.render()
            except (AssertionError, AttributeError, TypeError, ValueError):
                continue  # some parts cannot be rendered alone
            if link in figure.header._children:
                return type(element).__name__
    return link


def _element_with(figure: OfflineFigure, source: str) -> str:
    """Return the class of the innermost element whose own text names a source."""
    for element in reversed(list(walk(figure))):
        if any(isinstance(part, str) and source in part for part in vars(element).values()):
            return type(element).__name__
    return "HTML"
