"""Writes pages as HTML: one file without scripts that opens without a network, or a piece for a notebook."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

TEMPLATES = Path(__file__).parent / "templates"


def render_html(template: str, page: dict[str, Any]) -> str:
    """Fill one of the templates with a page tree; the result is a whole HTML file."""
    return _environment().get_template(template).render(page=page)


def render_fragment(page: dict[str, Any]) -> str:
    """Return a page tree as a piece of HTML for a notebook; its rules hold for nothing else on the page."""
    environment = _environment()
    style = (TEMPLATES / "profile.css").read_text(encoding="utf-8")
    body = environment.get_template("profile_body.html").render(page=page)
    return f'<style>{style}</style><div class="regsam-profile" lang="{page["lang"]}">{body}</div>'


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=jinja2.select_autoescape(["html"]),
        # A misspelt field fails here, and not as an empty place on a page.
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["inline"] = _inline
    return environment


def _inline(svg: str) -> Markup:
    """Return an SVG of this package as it stands, without the head of a file; its texts are escaped already."""
    return Markup(svg[svg.index("<svg") :])
