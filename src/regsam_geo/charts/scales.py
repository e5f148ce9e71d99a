"""Marks of a scale whose words neither touch each other nor leave its ends by much."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from matplotlib.ticker import MaxNLocator

from regsam_geo.look.fonts import text_width
from regsam_geo.text import format_number


def marks(
    low: float,
    high: float,
    length: float,
    size: float,
    unit: str = "",
    *,
    most: Sequence[int] = (6, 5, 4, 3, 2, 1),
) -> list[tuple[float, str]]:
    """Return values on a scale of a length in millimeters, each with the word written beside it.

    Examples
    --------
    >>> marks(0.0, 39.0, 100.0, 10)[:2]
    [(0.0, '0'), (8.0, '8')]
    """
    for number in most:
        found = [float(tick) for tick in MaxNLocator(number).tick_values(low, high) if low <= tick <= high]
        step = min(np.diff(found), default=1.0)
        whole = all(abs(tick - round(tick)) < 1e-9 for tick in found)
        digits = 0 if whole else max(0, int(np.ceil(-np.log10(step) - 1e-9)))
        texts = [format_number(tick, digits, unit if len(unit) <= 3 else "") for tick in found]
        places = [(tick - low) / (high - low) * length for tick in found]
        halves = [0.5 * text_width(text, size) for text in texts]
        if all(places[j] - halves[j] - places[i] - halves[i] > 1.5 for i, j in pairwise(range(len(found)))):
            return list(zip(found, texts, strict=True))
    return []


def reach(values: Sequence[float]) -> tuple[float, float]:
    """Return the ends of a scale that holds all values, with some room; not below zero where none is.

    Examples
    --------
    >>> reach([2.0, 4.0])
    (1.88, 4.12)
    """
    known = np.array([value for value in values if not np.isnan(value)], dtype=np.float64)
    low, high = float(known.min()), float(known.max())
    margin = 0.06 * (high - low) or 0.1 * abs(high) or 1.0
    start = low - margin
    return (start if low < 0 or start > 0 else -0.25 * margin), high + margin
