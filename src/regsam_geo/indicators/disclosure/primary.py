"""Primary suppression: the counts that are small themselves, or leave a small rest."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from regsam_geo.indicators.disclosure.counts import Counts, Pair
from regsam_geo.indicators.disclosure.rules import TOLERANCE, Bools, Rule


def small_cells(counts: Counts, pairs: Iterable[Pair], rule: Rule) -> Bools:
    """Return by count, period and area what may not be shown whatever stands beside it."""
    small = rule.is_small(counts.numbers) & counts.persons[:, None, None]
    for part, whole, everybody in pairs:
        # a rest describes persons only where both numbers count them
        if not counts.persons[[part, whole]].all():
            continue
        rest = counts.numbers[whole] - counts.numbers[part]
        with np.errstate(invalid="ignore"):
            telling = (rest > TOLERANCE) & (rest < rule.threshold - TOLERANCE)
            if everybody:
                # all of them have it: that says something about each one
                telling |= (np.abs(rest) <= TOLERANCE) & (counts.numbers[part] > TOLERANCE)
            elif rule.zeros == "hide":
                telling |= np.abs(rest) <= TOLERANCE
        # the part goes and not the whole: with a denominator all its rates would go
        small[part] |= telling
    # not before every pair is judged: one part can be small by the rest of another whole
    for part, whole, _ in pairs:
        # a whole this small leaves too little room for two unknown parts
        room = counts.numbers[whole] - rule.least(counts.whole[part])[:, None]
        with np.errstate(invalid="ignore"):
            small[whole] |= small[part] & (room < rule.threshold - TOLERANCE)
    return small & ~np.isnan(counts.numbers)
