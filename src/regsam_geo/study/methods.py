"""The verbs as methods of a study, so that a notebook completes them.

``methods.pyi`` names them, one line each, for editors and type checkers; that list is read here, as
``lazy_loader`` reads the public names. A verb itself is written once, in its room, and loaded when first used.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MethodType
from typing import Any

from regsam_geo.text import no_attribute


@cache
def method_names() -> tuple[str, ...]:
    """Return the names of all verbs, as the stub lists them."""
    # Read and not imported: the rooms of the verbs stand above, and would load all of matplotlib and folium.
    tree = ast.parse(Path(__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    (stub,) = (node for node in tree.body if isinstance(node, ast.ClassDef))
    return tuple(
        target.id
        for line in stub.body
        if isinstance(line, ast.Assign)
        for target in line.targets
        if isinstance(target, ast.Name)
    )


class Methods:
    """Gives a study every verb of the package as a method."""

    def __getattr__(self, name: str) -> Any:
        # An unknown name must fail as on any object: copying and pickling ask for names that nobody has.
        if name not in method_names():
            raise no_attribute(self, name, "study")
        return MethodType(getattr(import_module("regsam_geo"), name), self)

    def __dir__(self) -> Iterable[str]:
        return sorted({*super().__dir__(), *method_names()})
