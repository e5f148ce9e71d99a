"""All phrases in one table, gathered from every module in ``wording/``."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from regsam_geo.text import wording
from regsam_geo.text.phrases import Phrase


def _gather() -> dict[str, Phrase]:
    """Read the wording modules in the order of their names; a code stands in one of them only."""
    gathered: dict[str, Phrase] = {}
    for module in pkgutil.iter_modules(wording.__path__):
        phrases: dict[str, Phrase] = import_module(f"{wording.__name__}.{module.name}").PHRASES
        twice = gathered.keys() & phrases.keys()
        # Two phrases of one code would differ one day, and which one is said would hang on the names of files.
        assert not twice, f"wording/{module.name}.py repeats {sorted(twice)}"
        gathered |= phrases
    return gathered


PHRASES = _gather()
