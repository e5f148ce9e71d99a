"""A warning in a dozen words, for pages and maps: where, what, how high, and what it is measured by."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

from regsam_geo.areas.ids import numbered_name
from regsam_geo.indicators.naming import Namings
from regsam_geo.text import say
from regsam_geo.text.sentences import decimals_apart
from regsam_geo.warning.report.rows_together import areas_of

SHORT_FIELDS: Final = ("area_id", "area_name", "indicator", "group", "value", "expected", "direction")
"""What a row has to hold for a short sentence."""
TEMPORAL: Final = {"up": "▲", "down": "▼"}


def short_sentence(row: Mapping[str, Any], namings: Namings, names: Mapping[str, str], lang: str) -> str:
    """Say one place in a dozen words: area, indicator, its value, and what it is measured by.

    Parameters
    ----------
    row
        Of a warning table, of the places next to a warning, or of findings.
    namings, names
        How indicators and areas are called.
    lang
        ``"de"`` or ``"en"``.
    """
    naming = namings[str(row["indicator"]), str(row["group"])]
    fields = {
        "area": _areas(row, names),
        "title": naming.short(lang),
        "value": naming.number(row["value"], lang),
    }
    direction = str(row["direction"])
    expected = row["expected"]
    if direction in TEMPORAL and _is_number(expected):
        extra = decimals_apart(float(row["value"]), float(expected), naming)
        return say(
            "first.line.expected",
            lang,
            arrow=TEMPORAL[direction],
            expected=naming.number(expected, lang, extra),
            **{**fields, "value": naming.number(row["value"], lang, extra)},
        )
    # what an area is set beside: the city, or the places around it
    kind = "neighbors" if str(row.get("kind", row.get("kinds", ""))).startswith(("spatial", "cluster")) else "city"
    other = expected if kind == "neighbors" or not _is_number(row.get("city")) else row["city"]
    if direction in ("high", "low") and _is_number(other):
        return say(f"first.line.{kind}", lang, other=naming.number(other, lang), **fields)
    return say("first.line", lang, **fields)


def _areas(row: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Write all areas of a row, the one first that its figures are of."""
    own = str(row["area_id"])
    others = [area for area in areas_of(row) if area != own]
    beside = [numbered_name(area, str(names.get(area, "") or "")) for area in others]
    return ", ".join([numbered_name(own, str(row["area_name"] or "")), *beside])


def _is_number(value: object) -> bool:
    return isinstance(value, float | int) and math.isfinite(value)
