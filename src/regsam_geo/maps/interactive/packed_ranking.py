"""How firm the order of the areas is, as the map file holds it: ranges, sides, and the ranks that are possible."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.maps.interactive.packing import write_numbers
from regsam_geo.warning.statistics.standing import (
    Measure,
    Standing,
    measure_of,
    standing_by_history,
    standings_by_counts,
)

Floats = npt.NDArray[np.float64]

STEPS = 150
"""A range is held in so many steps over the whole scale: half of one is a point or two on a screen."""

MANY = 60
"""With more areas the standing of the newest periods alone is held: a file of all quarters stays small."""
NEWEST = 5


def pack_ranking(
    rows: pd.DataFrame, entry: pd.Series, ids: Sequence[str], periods: Sequence[str], exact: Floats, city: Floats
) -> dict[str, Any]:
    """Return the standing of the areas of one level in each period, worked out as for ``plot_ranking``.

    Parameters
    ----------
    rows
        The rows of the level in ``Panel.data``.
    entry
        The line of the catalogue.
    ids, periods
        The areas and periods, in the order of ``exact``.
    exact
        The unrounded values, a row per area and a column per period.
    city
        Those of the city as the page knows them; NaN where areas are not compared with it.

    Returns
    -------
    dict
        ``measures``: what the range is in each period, one word where that is the same in all. ``unit``: how wide
        a step of a range is. ``ranges`` and ``ranks``: for each area steps from period to period, two numbers in
        one: how far the range reaches below and above the center, and how many ranks above and below its own are
        possible. Periods without a value are left out.
        ``sides``: runs of the same side, three times their length plus 1 more than the side. ``centers``: what
        areas are measured against where that is not the city. ``first``: the number of the first period that is
        held.
    """
    first = max(len(periods) - NEWEST, 0) if len(ids) > MANY else 0
    found = _standings(rows, entry, ids, periods, exact, city, first)
    exact, city = exact[:, first:], city[first:]
    known = ~np.isnan(exact)
    low, high, side, best, worst = (
        np.column_stack([getattr(standing, name) for standing, _, _ in found])
        for name in ("low", "high", "side", "best", "worst")
    )
    # a value without a range is held as one that reaches nowhere
    low, high = (np.where(np.isnan(end), exact, end) for end in (low, high))
    # as in the static view: what differs only by the noise of binary fractions is equal
    rank = pd.DataFrame(np.round(exact, 9)).rank(ascending=False, method="min").to_numpy()
    span = float(np.nanmax(high) - np.nanmin(low))
    unit = float(f"{span / STEPS:.3g}") or 1.0
    base = np.nan_to_num(np.where(np.isnan(city), [center for _, _, center in found], city))
    # as the page rounds: halves upwards
    middle = np.floor(base / unit + 0.5)
    down, up = middle - np.round(low / unit), np.round(high / unit) - middle
    # 0 stands for what is not there: a rank alone has no room on either side
    above, below = (np.nan_to_num(room) for room in (rank - best, worst - rank))
    centers = {first + at: center for at, (_, _, center) in enumerate(found) if not np.isnan(center)}
    measures = [measure for _, measure, _ in found]
    return {
        **({"first": first} if first else {}),
        "measures": measures if len(set(measures)) > 1 else measures[0],
        "unit": unit,
        "ranges": [_two(one, other, told) for one, other, told in zip(down, up, known, strict=True)],
        "ranks": [_two(one, other, told) for one, other, told in zip(above, below, known, strict=True)],
        "sides": [_runs(row[told]) for row, told in zip(side, known, strict=True)],
        **({"centers": centers} if centers else {}),
    }


def _standings(
    rows: pd.DataFrame,
    entry: pd.Series,
    ids: Sequence[str],
    periods: Sequence[str],
    exact: Floats,
    city: Floats,
    first: int,
) -> list[tuple[Standing, Measure, float]]:
    """Return standings from a period on, what its range is, and what stands in the place of the city."""
    measure = measure_of(entry)
    known = ~np.isnan(exact)
    shown = range(first, len(periods))
    tested: list[Standing | None] = [None] * len(shown)
    if measure == "funnel" and not pd.isna(entry["scale"]):
        grid = pd.MultiIndex.from_product([ids, periods])
        counts = rows.set_index(["area_id", "period"])[["numerator", "denominator"]].reindex(grid)
        y, x = (counts[name].to_numpy(dtype=np.float64).reshape(exact.shape) for name in counts)
        pairs = [(y[known[:, at], at], x[known[:, at], at]) for at in shown]
        tested = standings_by_counts(pairs, share=entry["kind"] == "proportion", scale=float(entry["scale"]))
    found: list[tuple[Standing, Measure, float]] = []
    # a level may lack periods that another has: they are none of its newest
    held = np.isin(periods, rows["period"].unique())
    for at, standing in zip(shown, tested, strict=True):
        if standing is not None:
            # six digits: finer than any number that is printed beside the line
            center = float(f"{standing.expected:.6g}") if np.isnan(city[at]) else np.nan
            found.append((_spread(standing, known[:, at]), measure, center))
            continue
        compared = measure == "funnel" and not np.isnan(city[at])
        then = [one for one in range(at + 1) if held[one] or one == at]
        by_history = standing_by_history(exact[:, then], city[then] if compared else None, city[at])
        found.append((by_history, "history" if measure == "funnel" else measure, np.nan))
    return found


def _spread(standing: Standing, known: npt.NDArray[np.bool_]) -> Standing:
    """Return numbers for all areas: NaN for those without a value."""
    columns = {}
    for name in ("low", "high", "side", "best", "worst"):
        columns[name] = np.full(len(known), np.nan)
        columns[name][known] = getattr(standing, name)
    return Standing(**columns, expected=standing.expected)


def _two(one: Floats, other: Floats, known: npt.NDArray[np.bool_]) -> str:
    """Write the steps of two rows at once: the bits of the one between those of the other."""
    rows = [[0.0, *row[known].tolist()] for row in (one, other)]
    steps = [[_unsigned(int(then - before)) for before, then in pairwise(row)] for row in rows]
    return write_numbers(_between(*pair) for pair in zip(*steps, strict=True))


def _unsigned(number: int) -> int:
    return 2 * number if number >= 0 else -2 * number - 1


def _between(one: int, other: int) -> int:
    """Return a number whose even bits are those of the first and whose odd bits those of the second."""
    bits = max(one.bit_length(), other.bit_length())
    return sum(((one >> at & 1) << 2 * at) + ((other >> at & 1) << 2 * at + 1) for at in range(bits))


def _runs(sides: Floats) -> str:
    """Write how often the same side follows itself."""
    runs: list[list[int]] = []
    for side in sides.astype(int):
        if runs and runs[-1][1] == side:
            runs[-1][0] += 1
        else:
            runs.append([1, int(side)])
    return write_numbers(3 * length + side + 1 for length, side in runs)
