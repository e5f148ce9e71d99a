"""How firm a place in an order is: range of an area, its side of the whole, and the ranks that are possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.indicators.catalogue import DEPENDS_ON_AREA, is_count
from regsam_geo.warning.statistics.funnel import Kind, rate_at, studentize
from regsam_geo.warning.statistics.rank_intervals import rank_intervals, rate_intervals

Array = npt.NDArray[np.float64]

EARLIER = 5
"""So many periods, the newest among them, say how firm a value without counts is."""
FEWEST = 3
"""With fewer of them nothing is called clear."""
UNUSUAL = 0.05
"""Two-sided p below which an area lies clearly outside the range of ordinary areas of its size."""
COVERAGE = 0.95
"""Share of ordinary areas that the range holds."""

Measure = Literal["funnel", "history", "alone", "counts"]
"""What the range beside a value is: that of ordinary areas of its size, or its own newest values; without the city
where the value depends on how large an area is, or where it is a count."""


@dataclass(frozen=True)
class Standing:
    """Where areas stand; arrays with one number per area.

    Attributes
    ----------
    low, high
        The range.
    side
        1: clearly above what it is measured against, -1: below, 0: neither.
    best, worst
        The ranks that are possible; rank 1 is the highest value. NaN, as the range is, where nothing says them.
    expected
        The rate of all areas together; NaN where there are no counts.
    """

    low: Array
    high: Array
    side: Array
    best: Array
    worst: Array
    expected: float = np.nan


def measure_of(entry: pd.Series) -> Measure:
    """Return what the range is; without enough counts for a test ``"history"`` takes the place of the funnel."""
    # A number that grows with the area is no rate to be compared: neither with the city nor with other areas.
    if is_count(entry):
        return "counts"
    return "alone" if entry["not_summable_because"] == DEPENDS_ON_AREA else "funnel"


def standings_by_counts(
    counts: Sequence[tuple[Array, Array]], *, share: bool, scale: float
) -> list[Standing | None]:
    """Return range, side and ranks from cases and what they are cases of, for one table after the other.

    Parameters
    ----------
    counts
        Cases and what they are cases of, one pair of arrays per table (as of a period).
    share
        Whether the cases are meant as a part of the others; where more cases than people say otherwise, as with
        moves, the scatter is that of a count.
    scale
        100 for percent.

    Returns
    -------
    list
        ``None`` where counts are missing or not enough for a test. Ranges and sides are those of
        ``funnel_limits``.
    """
    found: list[Standing | None] = [None] * len(counts)
    kinds: list[Kind] = ["proportion" if share and bool((y <= x).all()) else "ratio" for y, x in counts]
    tested = [
        studentize(y, x, kind) if len(y) and np.isfinite(y).all() and (x > 0).all() else None
        for (y, x), kind in zip(counts, kinds, strict=True)
    ]
    for kind in dict.fromkeys(kinds):
        some = [at for at, test in enumerate(tested) if test is not None and kinds[at] == kind]
        if not some:
            continue
        # the limits of all tables at once: they are found by halving, which costs the same for one as for many
        sizes = np.concatenate([counts[at][1] for at in some])
        whole = np.concatenate([np.full(len(counts[at][1]), _rate(*counts[at])) for at in some])
        reach = np.concatenate(
            [test.calibration.limit(COVERAGE) * test.width for at in some if (test := tested[at])]
        )
        ends = np.cumsum([len(counts[at][0]) for at in some])[:-1]
        lows, highs = (np.split(scale * rate_at(sign * reach, sizes, whole, kind), ends) for sign in (-1.0, 1.0))
        for at, low, high in zip(some, lows, highs, strict=True):
            test = tested[at]
            assert test is not None
            y, x = counts[at]
            best, worst = rank_intervals(*rate_intervals(y, x, share=kind == "proportion"))
            unusual = test.calibration.p(test.statistic) < UNUSUAL
            side = np.where(unusual, np.sign(test.statistic), 0.0)
            found[at] = Standing(low, high, side, best, worst, scale * _rate(y, x))
    return found


def standing_by_history(values: Array, line: Array | None, center: float) -> Standing:
    """Return range, side and ranks from the newest values of each area; of a single value neither range nor ranks.

    Parameters
    ----------
    values
        A row for each area, a column for each period up to the one that is shown.
    line
        The values of the city in these periods; ``None`` where areas are not compared with it.
    center
        The city's value in the period that is shown.
    """
    own = pd.DataFrame(values[:, -EARLIER:])
    ranks = own.round(9).rank(ascending=False, method="min")
    # one value has no range, and one rank says nothing about others that were possible
    ranged = (own.notna().sum(axis=1) > 1).to_numpy()
    low, high, best, worst = (
        np.where(ranged, getattr(found, end)(axis=1), np.nan) for found in (own, ranks) for end in ("min", "max")
    )
    side = np.zeros(len(own))
    if line is not None and not np.isnan(center):
        then = line[-EARLIER:].copy()
        then[-1] = center
        apart = np.sign(own.to_numpy() - then)
        known = ~np.isnan(apart)
        same = np.array([len(set(row[told])) == 1 for row, told in zip(apart, known, strict=True)], dtype=bool)
        # as the city stood then, and as it stands now: what is drawn strong must not touch its line
        beside = (low > center) | (high < center)
        firm = (known.sum(axis=1) >= FEWEST) & beside & same
        side = np.where(firm & known[:, -1], np.nan_to_num(apart[:, -1]), 0.0)
    return Standing(low, high, side, best, worst)


def _rate(y: Array, x: Array) -> float:
    return float(y.sum() / x.sum())
