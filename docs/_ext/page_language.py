"""Says in each page which language it is written in, so that screen readers pronounce it right.

The words of the frame (search, next page) are German throughout; the fields of the reference are English, like its
texts.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx
from sphinx.domains.python import PyObject

GERMAN = (
    "index", "tutorial/", "anleitungen/", "verstehen", "fragen", "glossar", "disclosure", "erste_stunde", "search",
    "genindex",
)  # fmt: skip
FIELDS = {"parameter": "Parameters", "variable": "Attributes", "exceptions": "Raises", "returnvalue": "Returns",
          "returntype": "Return type"}  # fmt: skip


def _set_language(_app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    context["language"] = "de" if page.startswith(GERMAN) else "en"


def setup(app: Sphinx) -> dict[str, bool]:
    """Set the language just before a page is written."""
    for field in PyObject.doc_field_types:
        field.label = FIELDS.get(field.name, field.label)
    app.connect("html-page-context", _set_language)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
