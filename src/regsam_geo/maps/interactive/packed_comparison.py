"""What a map file holds to set two areas side by side: the words of the static view; the numbers are there."""

from __future__ import annotations

from regsam_geo.text.lookup import template

WORDS = {
    "title": "label.scatter.title",
    "title_city": "label.comparison.title_city",
    "subtitle": "label.comparison.subtitle",
    "subtitle_city": "label.comparison.subtitle_city",
    "other": "label.comparison.other",
    "city": "label.comparison.city",
    "city_short": "label.comparison.city_short",
    "low": "label.comparison.low",
    "high": "label.comparison.high",
    "apart": "note.comparison.apart",
    "missing": "note.comparison.missing",
    "left": "note.comparison.left",
    "empty": "error.comparison_empty",
    "more": "label.explore.comparison_more",
    "label": "label.explore.comparison_label",
    "choose": "label.explore.comparison_choose",
    "map": "label.explore.comparison_map",
    "alone": "label.explore.comparison_alone",
    "unit": "label.explore.comparison_unit",
}
"""Phrases of ``plot_comparison`` that the page says in the same words, and a few of its own."""


def pack_comparison(hidden: str, lang: str) -> dict[str, str]:
    """Return what the page says beside two areas; which of their numbers differ most it finds itself.

    Parameters
    ----------
    hidden
        What the static view says of hidden counts; ``""`` where nothing is hidden.
    lang
        Language of the page.
    """
    words = {name: template(code, lang) for name, code in WORDS.items()}
    return {**words, **({"hidden": hidden} if hidden else {})}
