"""The tree of folium elements: walking it, rendering it without leaving traces, giving stable ids."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from branca.element import Element


def walk(root: Element) -> Iterator[Element]:
    """Yield every element below ``root``, in order: children, and parts such as a popup's ``html``."""
    seen: set[int] = set()

    def visit(element: Element) -> Iterator[Element]:
        if id(element) in seen:
            return
        seen.add(id(element))
        yield element
        for name, part in list(vars(element).items()):
            # a parent stands above, not below
            if isinstance(part, Element) and name != "_parent":
                yield from visit(part)
        for child in list(element._children.values()):
            yield from visit(child)

    return visit(root)


@contextmanager
def without_traces(root: Element) -> Iterator[None]:
    """Put every element's children back after a ``with`` block.

    Rendering a folium tree adds scripts and links to it, and some elements add them again at each rendering;
    the second file would differ from the first.
    """
    before = [(element, list(element._children.items())) for element in walk(root)]
    try:
        yield
    finally:
        for element, children in before:
            element._children = OrderedDict(children)


def with_stable_ids(parts: Sequence[str], root: Element) -> list[str]:
    """Return texts with folium's random ids replaced by numbers, in the order of their first use."""
    # Only ids of this tree: 32 hexadecimal letters in a text of the user's are left alone.
    known = {element._id for element in walk(root)}
    numbers: dict[str, str] = {}

    def number(match: re.Match[str]) -> str:
        found = match.group()
        return numbers.setdefault(found, str(len(numbers) + 1)) if found in known else found

    return [re.sub(r"(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-z])", number, part) for part in parts]
