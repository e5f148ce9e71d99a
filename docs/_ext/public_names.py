"""Leads from a name where it is made (``regsam_geo.indicators.panel.Panel``) to the page of the public one."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx

import regsam_geo


def _find(app: Sphinx, env: Any, node: pending_xref, content: nodes.TextElement) -> nodes.reference | None:
    target = node.get("reftarget", "")
    name = target.rpartition(".")[2]
    if node.get("refdomain") != "py" or name not in regsam_geo.__all__:
        return None
    if "." in target and not target.startswith("regsam_geo."):
        return None
    domain = env.get_domain("py")
    return domain.resolve_xref(env, node["refdoc"], app.builder, "obj", f"regsam_geo.{name}", node, content)


def setup(app: Sphinx) -> dict[str, bool]:
    """Ask for a page only where Sphinx found none."""
    app.connect("missing-reference", _find)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
