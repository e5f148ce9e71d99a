"""Formulas as MathML, which browsers draw by themselves: no script, no font and no network."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx
from sphinx.util import logging

logger = logging.getLogger(__name__)

# commands that docutils does not know, in those that it knows
SYNONYMS = {"dots": "ldots", "overline": "bar", "tfrac": "frac"}
# an index belongs behind an accented letter; docutils puts it beneath unless the letter is one of several
ACCENT = re.compile(r"(\\(?:bar|hat|tilde)\s*(?:\{[^{}]*\}|[A-Za-z]))")


def _mathml(node: nodes.math | nodes.math_block, *, as_block: bool) -> str:
    tex = re.sub(r"\\([A-Za-z]+)", lambda found: "\\" + SYNONYMS.get(found[1], found[1]), node.astext())
    tex = ACCENT.sub(r"{\1{}}", tex)
    try:
        return tex2mathml(tex, as_block=as_block)
    except MathError as error:
        logger.warning("formula that cannot be drawn: %s (%s)", tex, error, location=node)
        return f"<code>{escape(tex)}</code>"


def _inline(writer: Any, node: nodes.math) -> None:
    writer.body.append(_mathml(node, as_block=False))
    raise nodes.SkipNode


def _block(writer: Any, node: nodes.math_block) -> None:
    writer.body.append(f'<div class="formula">{_mathml(node, as_block=True)}</div>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the renderer; it is the only one of this site."""
    app.add_html_math_renderer("mathml", inline_renderers=(_inline, None), block_renderers=(_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
