"""Small tables for notebooks: what objects of this library show when they stand at the end of a cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

# Jupyter sets cells to the right, where sentences are hard to read
_CELL = "style='text-align:left;vertical-align:top'"


def html_table(head: Sequence[str], rows: Iterable[Sequence[object]], title: str = "", note: str = "") -> str:
    """Return a table in HTML with a sentence above it and one below; every cell is shown as text.

    Examples
    --------
    >>> html_table(["Jahr"], [["<2024>"]], "Ein Jahr").count("&lt;2024&gt;")
    1
    """
    # names of areas and columns are a stranger's text and must not become markup
    top = "".join(f"<th scope='col' {_CELL}>{escape(cell)}</th>" for cell in head)
    body = "".join(
        "<tr>" + "".join(f"<td {_CELL}>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows
    )
    table = f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>" if body else ""
    return "".join([_paragraph(title), table, _paragraph(note)])


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>" if text else ""
