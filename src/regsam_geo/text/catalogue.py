"""All phrases in one table, gathered from the modules in ``wording/``."""

from __future__ import annotations

from regsam_geo.text.phrases import Phrase
from regsam_geo.text.wording import areas, charts, cli, disclosure, indicators, look, maps, summary, warning

PHRASES: dict[str, Phrase] = {}
for _module in (areas, indicators, disclosure, warning, look, maps, charts, summary, cli):
    _twice = PHRASES.keys() & _module.PHRASES.keys()
    assert not _twice, f"{_module.__name__} repeats {sorted(_twice)}"
    PHRASES |= _module.PHRASES
