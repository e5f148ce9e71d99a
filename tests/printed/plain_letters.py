"""Reading how large the letters of a PDF are on the page, and which of them stand inside a picture.

The content streams are walked by the rules of the PDF standard (ISO 32000): matrices, sizes of fonts, marked
content, and pictures that stand within the page as forms of their own.
"""

from __future__ import annotations

import io
import math
from collections import namedtuple

import pypdf
from pypdf.generic import ContentStream

Letters = namedtuple("Letters", "page size picture count")
"""A run of letters: on which page, how large in points, whether inside a picture, how many bytes of text."""

IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def times(first, second):
    """The matrix that does the first and then the second."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def letters_of(pdf):
    """All runs of letters of a PDF, given as bytes or a path."""
    reader = pypdf.PdfReader(io.BytesIO(pdf) if isinstance(pdf, bytes) else pdf)
    found = []
    for number, page in enumerate(reader.pages, start=1):
        contents = page.get_contents()
        pictures = {
            entry for node in nodes_of(reader) if node.get("/S") == "/Figure" for entry in marks_of(node, page)
        }
        _walk(contents, page["/Resources"], reader, IDENTITY, False, pictures, number, found)
    return found


def nodes_of(reader):
    """The elements of the structure tree."""
    root = reader.trailer["/Root"].get("/StructTreeRoot")
    stack, nodes = ([root] if root else []), []
    while stack:
        node = stack.pop().get_object()
        if isinstance(node, pypdf.generic.ArrayObject):
            stack.extend(node)
        elif isinstance(node, pypdf.generic.DictionaryObject):
            nodes.append(node)
            if "/K" in node:
                stack.append(node["/K"])
    return nodes


def marks_of(node, page):
    """The numbers by which an element names its content on a page."""
    kids = node.get("/K", [])
    kids = kids if isinstance(kids, pypdf.generic.ArrayObject) else [kids]
    for kid in (one.get_object() for one in kids):
        if isinstance(kid, int):
            where, number = node.get("/Pg"), int(kid)
        elif isinstance(kid, pypdf.generic.DictionaryObject) and "/MCID" in kid:
            where, number = kid.get("/Pg", node.get("/Pg")), int(kid["/MCID"])
        else:
            continue
        if where is not None and where.get_object() == page:
            yield number


def _walk(contents, resources, reader, matrix, picture, pictures, page, found):
    if contents is None:
        return
    stream = contents if isinstance(contents, ContentStream) else ContentStream(contents, reader)
    stack, marked = [], []
    size, text = 0.0, IDENTITY
    for operands, operator in stream.operations:
        if operator == b"q":
            stack.append((matrix, size))
        elif operator == b"Q":
            matrix, size = stack.pop()
        elif operator == b"cm":
            matrix = times(tuple(map(float, operands)), matrix)
        elif operator == b"BDC":
            entry = operands[1]
            number = entry.get("/MCID") if isinstance(entry, pypdf.generic.DictionaryObject) else None
            marked.append(number is not None and int(number) in pictures)
        elif operator == b"BMC":
            marked.append(False)
        elif operator == b"EMC":
            marked.pop()
        elif operator == b"BT":
            text = IDENTITY
        elif operator == b"Tf":
            size = float(operands[1])
        elif operator == b"Tm":
            text = tuple(map(float, operands))
        elif operator in (b"Tj", b"'", b'"', b"TJ"):
            parts = operands[0] if operator == b"TJ" else [operands[-1]]
            count = sum(
                len(one.original_bytes) if hasattr(one, "original_bytes") else len(one)
                for one in parts
                if isinstance(one, str | bytes)
            )
            c, d = times(text, matrix)[2:4]
            found.append(Letters(page, size * math.hypot(c, d), picture or any(marked), count))
        elif operator == b"Do":
            form = resources["/XObject"][operands[0]].get_object()
            if form.get("/Subtype") == "/Form":
                own = tuple(map(float, form.get("/Matrix", IDENTITY)))
                inside = picture or any(marked)
                # what a form marks is numbered anew: it is a picture if it stands in one
                within = form.get("/Resources", resources)
                _walk(form, within, reader, times(own, matrix), inside, set(), page, found)
