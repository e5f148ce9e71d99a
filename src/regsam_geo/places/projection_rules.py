"""Rates held or trended, the range that their past errors give, and what the same rule would have said before."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Rule: TypeAlias = Literal["held", "trend"]
RULES: tuple[Rule, ...] = get_args(Rule)

TREND_YEARS = 10
LEAST_YEARS = 5
"""With fewer years before it nothing is called a trend."""
_HALF = 0.5
"""Added to both counts of a ratio: one of them may be 0."""


class Spread(NamedTuple):
    """How far past projections were off.

    Attributes
    ----------
    variance
        Of the logarithm of true over projected cases, beyond that of the counts themselves.
    spans
        How many stretches of the horizon, one after the other, the past has room for.
    """

    variance: float
    spans: int


class Backtest(NamedTuple):
    """What the rule would have said in an earlier year, beside what came.

    Attributes
    ----------
    origin, target
        The places of both years.
    projected, happened, low, high
        By series: cases; the range is made of what was known in the year of origin.
    """

    origin: int
    target: int
    projected: Floats
    happened: Floats
    low: Floats
    high: Floats

    @property
    def covered(self) -> float:
        """The share of series that lie in their range; nothing where there was none."""
        known = np.isfinite(self.low) & np.isfinite(self.happened)
        inside = (self.happened >= self.low) & (self.happened <= self.high)
        return float(inside[known].mean()) if known.any() else float("nan")

    @property
    def median_error(self) -> float:
        """The median of the distances from what came, as a share of that."""
        known = np.isfinite(self.projected) & (self.happened > 0)
        off = np.abs(self.projected[known] / self.happened[known] - 1)
        return float(np.median(off)) if len(off) else float("nan")

    @property
    def sum_error(self) -> float:
        """How far all together were off, as a share; above 0 where too much was projected."""
        known = np.isfinite(self.projected) & np.isfinite(self.happened)
        whole = self.happened[known].sum()
        return float(self.projected[known].sum() / whole - 1) if whole > 0 else float("nan")


def projected_rate(cases: Floats, people: Floats, rule: Rule, steps: int) -> Floats:
    """Return the rate of each series (rows) so many years after its last year."""
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = cases[:, -1] / people[:, -1]
        if rule == "held":
            return np.asarray(rate)
        logs = np.log((cases[:, -TREND_YEARS:] + _HALF) / people[:, -TREND_YEARS:])
    one, other = np.triu_indices(logs.shape[1], 1)
    slopes = (logs[:, other] - logs[:, one]) / (other - one)
    known = np.isfinite(logs).sum(axis=1)
    # the median of all slopes: a year that stands out does not bend it
    slope = np.full(len(rate), np.nan)
    enough = known >= LEAST_YEARS
    if enough.any():
        slope[enough] = np.nanmedian(np.where(np.isfinite(slopes[enough]), slopes[enough], np.nan), axis=1)
    return np.asarray(rate * np.exp(slope * steps))


def spread_of(cases: Floats, people: Floats, rule: Rule, steps: int) -> Spread | None:
    """Return how far the rule was off at this distance in all years at hand; ``None`` where they are too few.

    Where no year has one so far before it, the farthest distance at hand stands in, and its variance grows with
    the distance.
    """
    years = cases.shape[1]
    first = 0 if rule == "held" else LEAST_YEARS - 1
    for distance in range(min(steps, years - 1 - first), 0, -1):
        squares = []
        for origin in range(first, years - distance):
            rate = projected_rate(cases[:, : origin + 1], people[:, : origin + 1], rule, distance)
            expected = rate * people[:, origin + distance]
            error = np.log((cases[:, origin + distance] + _HALF) / (expected + _HALF))
            squares.append(error**2 - 1 / (expected + _HALF))
        found = np.concatenate(squares)
        found = found[np.isfinite(found)]
        if len(found):
            spans = max((years - 1 - first) // distance, 1)
            return Spread(max(float(found.mean()), 0.0) * steps / distance, spans)
    return None


def range_of(projected: Floats, spread: Spread | None, coverage: float) -> tuple[Floats, Floats]:
    """Return the range around projected cases that is to hold the true ones in such a share of cases.

    Areas of one year are off together, so the number of stretches and not of areas says how well the spread is
    known: the range is that of a t distribution with so many degrees of freedom.
    """
    if spread is None:
        nothing = np.full(projected.shape, np.nan)
        return nothing, nothing
    from scipy.special import stdtrit

    width = stdtrit(spread.spans, 0.5 + coverage / 2) * np.sqrt(spread.variance + 1 / (projected + _HALF))
    low = (projected + _HALF) * np.exp(-width) - _HALF
    return np.maximum(low, 0.0), (projected + _HALF) * np.exp(width) - _HALF


def backtest(cases: Floats, people: Floats, rule: Rule, origin: int, target: int, coverage: float) -> Backtest:
    """Apply the rule in an earlier year to the people of a later one; nothing after the year of origin is used."""
    before, whom = cases[:, : origin + 1], people[:, : origin + 1]
    steps = target - origin
    projected = projected_rate(before, whom, rule, steps) * people[:, target]
    low, high = range_of(projected, spread_of(before, whom, rule, steps), coverage)
    return Backtest(origin, target, projected, cases[:, target], low, high)
