"""Says in each page which language it is written in, so that screen readers pronounce it right."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

GERMAN = (
    "index",
    "tutorial/",
    "anleitungen/",
    "verstehen",
    "fragen",
    "glossar",
    "disclosure",
    "search",
    "genindex",
)


def _set_language(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    context["language"] = "de" if page.startswith(GERMAN) else "en"


def setup(app: Sphinx) -> dict[str, bool]:
    """Set the language just before a page is written."""
    app.connect("html-page-context", _set_language)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
