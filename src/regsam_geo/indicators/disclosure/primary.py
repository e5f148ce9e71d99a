"""Primary suppression: the counts that are small themselves, or leave a small rest."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from regsam_geo.indicators.disclosure.counts import Counts, Pair
from regsam_geo.indicators.disclosure.rules import TOLERANCE, Bools, Floats, Rule


def small_cells(counts: Counts, pairs: Iterable[Pair], rule: Rule) -> Bools:
    """Return by count, period and area what may not be shown whatever stands beside it."""
    small = rule.is_small(counts.numbers) & counts.persons[:, None, None]
    for part, whole, everybody in pairs:
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
        small[part] |= telling
    for part, whole, _ in pairs:
        # a whole this small leaves too little room for two unknown parts
        room = counts.numbers[whole] - rule.least(counts.whole[part])
        with np.errstate(invalid="ignore"):
            small[whole] |= small[part] & (room < rule.threshold - TOLERANCE)
    return small & ~np.isnan(counts.numbers)


def telling_rates(counts: Counts, rates: Floats, denominators: Floats, rule: Rule) -> Bools:
    """Return the rows whose count is not printed but follows from the rate, and is small.

    The rate is rounded: half a unit of its last decimal on either side is what the reader has to go by.
    """
    catalogue = counts.entries
    scale = catalogue["scale"].astype("float64").to_numpy()[counts.entry]
    decimals = catalogue["decimals"].astype("float64").fillna(1.0).to_numpy()[counts.entry]
    numerator = counts.of_column[counts.entry, 5]
    printed = np.where(numerator >= 0, counts.numbers[numerator, counts.period, counts.area], np.nan)
    persons = (numerator >= 0) & counts.persons[numerator]
    with np.errstate(invalid="ignore", divide="ignore"):
        upper = (rates + 0.5 * 10.0**-decimals) / scale * denominators
        lower = (rates - 0.5 * 10.0**-decimals) / scale * denominators
        rest = denominators - upper, denominators - lower
        small = (rates > 0) & (upper < rule.threshold - TOLERANCE)
        proportion = (catalogue["kind"] == "proportion").to_numpy()[counts.entry]
        small |= proportion & (rest[1] < rule.threshold - TOLERANCE) & (rates > 0) & (rest[0] > -denominators)
    return np.asarray(persons & np.isnan(printed) & small)
