"""Counts that follow from a rate and a population, whether or not they stand in one row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from regsam_geo.indicators.disclosure.rules import TOLERANCE, Bools, Floats

SCALES = (100.0, 1000.0, 1.0, 10_000.0, 100_000.0)
MOST_DECIMALS = 9
USUAL = 0.9  # of the numbers are printed with so many decimals or fewer; and agree with a count that they are of
INFORMATIVE = 0.5  # a rounding that leaves less than this of a person is evidence
ENOUGH, STRONG = 5, 6.0  # cells, and powers of ten against chance, that prove a population
REFUTED = 0.75  # of the cells must leave room for a whole number
MOST_POPULATIONS = 8  # that are tried where none is proved


class Rate(NamedTuple):
    """The printed values of a rate, where they stand, and their scale where it is known."""

    values: Floats
    stands: Bools
    scale: float
    named_scale: float = 100.0


class Implied(NamedTuple):
    """A count that follows from a rate: one of the counts known, or else the numbers themselves."""

    population: int
    scale: float
    part: int | None
    numbers: Floats


def decimals_of(numbers: Floats, usual: float = 1.0) -> int:
    """Return the number of decimals that numbers are printed with, or that this share of them makes do with."""
    known = numbers[np.isfinite(numbers)]
    for decimals in range(MOST_DECIMALS):
        close = np.abs(known - np.round(known, decimals)) < 1e-10 * np.maximum(1, np.abs(known))
        if close.mean() >= usual if len(known) else True:
            return decimals
    return MOST_DECIMALS


def search_populations(
    rate: Rate, populations: Mapping[int, Floats], counts: list[Floats], named: bool
) -> tuple[list[Implied], bool]:
    """Return the counts that a reader gets by multiplying a rate with the populations of the tables.

    A population is proved where the products are whole numbers or a known count in nearly all cells. Where none is
    and the value is ``named`` a rate, every population that is not refuted counts, or all of them.

    Returns
    -------
    tuple
        The counts, and whether a population is proved.
    """
    # a few cells with stray digits must not make all others look exact
    half = 0.5 * 10.0 ** -decimals_of(rate.values, USUAL)
    scales: Iterable[float] = SCALES if np.isnan(rate.scale) else (rate.scale,)
    proved: list[Implied] = []
    possible: list[Implied] = []
    refuted: list[Implied] = []
    for population, people in populations.items():
        known = ~np.isnan(rate.values) & ~np.isnan(people) & (people > TOLERANCE)
        if known.sum() < 1 or not (rate.values[known] > 0).any():
            continue
        for scale in scales:
            product, room = rate.values * people / scale, half * people / scale
            # a share of more than everybody: this scale cannot be meant
            if np.isnan(rate.scale) and scale in (1.0, 100.0) and (product > people + room)[known].any():
                continue
            part = _known_count(product, room, known, counts, population)
            numbers = _rounded(product, room)
            one = Implied(population, scale, part, numbers)
            verdict = _whole_numbers(product[known], room[known])
            if part is not None or verdict == "proved":
                proved.append(one)
            elif verdict == "possible":
                possible.append(one)
            else:
                refuted.append(one)
    if proved:
        # a proof silences all that is merely possible; doubt decides only where nothing is proved
        return proved, True
    if not named:
        return possible[:MOST_POPULATIONS], False
    if np.isnan(rate.scale):
        # a rate without scale is in percent unless its name or the numbers say otherwise
        possible = [one for one in possible if one.scale in (rate.named_scale, *SCALES[:2])]
        refuted = [one for one in refuted if one.scale == rate.named_scale]
    # a rate is one of some population: better one too many than a leak
    return (possible or refuted)[:MOST_POPULATIONS], False


def _rounded(product: Floats, room: Floats) -> Floats:
    """Return the whole number that the rounding leaves possible, else the product itself."""
    with np.errstate(invalid="ignore"):
        return np.where(np.abs(product - np.round(product)) <= room + TOLERANCE, np.round(product), product)


def _whole_numbers(product: Floats, room: Floats) -> str:
    """Judge whether products are whole numbers: ``proved``, ``possible`` or ``refuted``."""
    # wide rounding always leaves room for a whole number, and zero is one whatever the population
    telling = (2 * room < INFORMATIVE) & (product > 0.5)
    if not telling.any():
        return "possible"
    fits = np.abs(product - np.round(product))[telling] <= room[telling] + TOLERANCE
    # a fit has by chance the probability of its room; a misfit counts against it like 1 in 20
    strength = -np.log10(np.maximum(2 * room[telling], 1e-3))[fits].sum() + np.log10(0.05) * (~fits).sum()
    if fits.mean() >= USUAL and fits.sum() >= ENOUGH and strength >= STRONG:
        return "proved"
    return "possible" if fits.mean() >= REFUTED else "refuted"


def _known_count(product: Floats, room: Floats, known: Bools, counts: list[Floats], population: int) -> int | None:
    """Return the count that the products are, within their rounding."""
    for c, numbers in enumerate(counts):
        both = known & ~np.isnan(numbers)
        if c == population or both.sum() < ENOUGH:
            continue
        off = np.abs(product[both] - numbers[both])
        # counts that hardly differ agree with many a product by chance
        scattered = np.abs(numbers[both] - np.median(numbers[both])) > 2 * room[both]
        if (off <= room[both] + TOLERANCE).mean() >= USUAL and scattered.sum() >= ENOUGH:
            return c
    return None
