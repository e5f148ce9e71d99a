"""Why a value is missing: the reasons, and the signs that stand for them in German statistics."""

from __future__ import annotations

SIGNS: tuple[str, ...] = (
    "not_available",  # NA, an empty cell
    "secret",  # known to the office, hidden to protect persons
    "unknown_or_secret",  # "." of the statistical offices
    "unreliable",  # "/"
    "not_applicable",  # "x"
    "later",  # "..."
    "suppressed",  # hidden by this library's own disclosure control
    "incomplete",  # a sum that lacks an area, or misses the city by too much
    "faulty",  # taken out by a data check
)
"""Words that the column ``sign`` may hold besides the empty string."""
