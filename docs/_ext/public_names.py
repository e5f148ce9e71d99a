"""Leads to the page of a public name.

From where it is made (``regsam_geo.indicators.panel.Panel``), and from prose: in pages, notebooks and docstrings a
name set as code (``plot_map``, ``rg.plot_map(...)``) is a link without further markup.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.addnodes import desc_signature, pending_xref
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

import regsam_geo

NAME = re.compile(r"(?:rg\.|regsam_geo\.)?([A-Za-z]\w*)(?:\(.*\))?")
# a name in these is a heading, a link already, or a line of program
ELSEWHERE = (nodes.title, nodes.reference, pending_xref, nodes.literal_block, desc_signature)


class LinkNames(SphinxTransform):
    """Make links of public names that stand as code in running text."""

    default_priority = 700

    def apply(self, **_: Any) -> None:
        """Wrap a name where it first stands on a page; on its own page and in the changelog it stays as it is."""
        if self.env.docname == "changelog":
            return
        linked: set[str] = set()
        for literal in list(self.document.findall(nodes.literal)):
            found = NAME.fullmatch(literal.astext())
            if found is None or found[1] not in regsam_geo.__all__ or found[1] == "__version__":
                continue
            around = literal.parent
            while around is not None and not isinstance(around, ELSEWHERE):
                around = around.parent
            if around is not None or found[1] in linked or self.env.docname.endswith(f".{found[1]}"):
                continue
            linked.add(found[1])
            link = pending_xref(
                "", refdomain="py", reftype="obj", reftarget=f"regsam_geo.{found[1]}", refexplicit=True,
                refdoc=self.env.docname, refwarn=True,
            )  # fmt: skip
            literal.replace_self(link)
            link += literal


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
    """Link names in prose, and ask for a page where Sphinx found none."""
    app.add_transform(LinkNames)
    app.connect("missing-reference", _find)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
