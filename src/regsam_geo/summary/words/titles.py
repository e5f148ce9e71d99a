"""Titles of indicators, short and in full."""

from __future__ import annotations


def split_title(title: str) -> tuple[str, str]:
    """Split a title into its name and what stands in its last parentheses.

    Examples
    --------
    >>> split_title("Arbeitslose (Anteil an der Bevölkerung)")
    ('Arbeitslose', 'Anteil an der Bevölkerung')
    >>> split_title("Nichtdeutsche")
    ('Nichtdeutsche', '')
    """
    if title.endswith(")") and (start := title.rfind(" (")) > 0:
        return title[:start], title[start + 2 : -1]
    return title, ""
