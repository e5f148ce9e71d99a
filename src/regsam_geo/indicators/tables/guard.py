"""What a spreadsheet would misread in a CSV is written so that it cannot, and read back as it was."""

from __future__ import annotations

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "'")
_WORDS = {"region": "Region ", "subdistrict": "Bezirksteil ", "quarter": "Viertel "}


def guard(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run as a formula.

    Examples
    --------
    >>> guard("=1+1"), unguard(guard("=1+1"))
    ("'=1+1", '=1+1')
    """
    # The apostrophe itself is guarded, too: else a text that begins with one would lose it on the way back.
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def unguard(text: str) -> str:
    """Take the apostrophe away again."""
    # Only where guard() would have put it: a foreign table may begin a name with an apostrophe.
    return text[1:] if text.startswith("'") and text[1:].startswith(_DANGEROUS) else text


def guard_area(area_id: str, level: str) -> str:
    """Name the level before an id that a spreadsheet would turn into a date: ``4/12``, ``01.1``."""
    return _WORDS.get(level, "") + area_id


def unguard_area(text: str, level: str) -> str:
    """Take the name of the level away again."""
    return text.removeprefix(_WORDS.get(level, ""))
