"""Exact counts for few areas and any values: all subsets of one half of the areas against those of the other.

The number of k-subsets with a sum up to s is counted without listing them: sums of the subsets of each half are
listed and sorted, and each sum of the one half is looked up in the other (Horowitz and Sahni 1974). 25 areas
have 33 million subsets, their halves 4,096 and 8,192. What does not depend on the values (which sum is looked up
where) is planned once for each list of numbers of neighbors.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from regsam_geo.warning.statistics.permutation.grid import FloatArray, IntArray
from regsam_geo.warning.statistics.permutation.inclusion_exclusion import terms

MOST_AREAS = 30

NOTHING = -(2**60)
"""Stands before each sorted list, so that every place in it has a sum below it."""

STEPS = 4
"""So many ties are walked through one by one before they are searched."""

COLUMNS_AT_ONCE = 8


@dataclass(frozen=True)
class _Lists:
    """The sums of all subsets of both halves, list after list in one array; ``NOTHING`` before each list."""

    members: tuple[FloatArray, FloatArray]  # per half: 1 where an area (row) is in a subset (place)
    bounds: tuple[list[tuple[int, int]], list[tuple[int, int]]]  # per half and size: NOTHING's place, end

    @property
    def nothing(self) -> list[int]:
        """The places of all ``NOTHING``."""
        return [start for part in self.bounds for start, _ in part]

    def sums(self, levels: IntArray) -> IntArray:
        """Return all lists, unsorted, for levels of shape (columns, n)."""
        cut = len(self.members[0])
        # sums of integers below 2^53 are exact in floating point, where matrix products are fast
        parts = levels[:, :cut].astype(np.float64), levels[:, cut:].astype(np.float64)
        lists = np.concatenate([parts[0] @ self.members[0], parts[1] @ self.members[1]], axis=1)
        result = lists.astype(np.int64)
        result[:, self.nothing] = NOTHING
        return result


@lru_cache(maxsize=32)
def _lists(n: int, most: int) -> _Lists:
    """List the subsets of both halves of ``n`` areas with at most ``most`` members, by size."""
    members, bounds = [], []
    place = 0
    # Equal halves: the cost is that of the larger one, and two areas more double it.
    for size in (n // 2, n - n // 2):
        inside = (np.arange(2**size)[None, :] >> np.arange(size)[:, None]) & 1
        counts = inside.sum(axis=0)
        parts, ends = [], []
        for number in range(min(size, most) + 1):
            part = inside[:, counts == number]
            ends.append((place, place + 1 + part.shape[1]))
            parts += [np.zeros((size, 1)), part.astype(np.float64)]
            place = ends[-1][1]
        members.append(np.concatenate(parts, axis=1))
        bounds.append(ends)
    return _Lists((members[0], members[1]), (bounds[0], bounds[1]))


@dataclass(frozen=True)
class _Plan:
    """All look-ups for one list of numbers of neighbors."""

    lists: _Lists
    ordered: list[tuple[int, int]]  # what has to be sorted
    targets: list[tuple[int, int, int, int]]  # a list's start and end, and the look-ups in it
    term: IntArray  # per look-up: whose limit
    taken_off: IntArray  # per look-up: the place of the sum that is taken off it
    runs: IntArray  # where look-ups of the same term begin
    signs: FloatArray  # (runs, n): adds the runs of each area
    offset: FloatArray  # (n,): what the starts of the lists add to the counts


@lru_cache(maxsize=16)
def _plan(k: tuple[int, ...]) -> _Plan:
    """Plan the look-ups: for each term and each pair of lists, the shorter list in the longer one."""
    every, lists = terms(k), _lists(len(k), max(k))
    targets, runs, run_terms, starts = [], [], [], []
    term: list[IntArray] = []
    taken_off: list[IntArray] = []
    found = 0
    for half, other in ((0, 1), (1, 0)):
        for members, (start, end) in enumerate(lists.bounds[half]):
            first = found
            for rest, (low, high) in enumerate(lists.bounds[other][: max(k) - members + 1]):
                length = high - low - 1
                # Each pair of lists once, the shorter looked up in the longer: a search costs the logarithm of
                # the list that is searched.
                if length > end - start - 1 or (length == end - start - 1 and half):
                    continue
                place = every.slices[members + rest]
                numbers = np.arange(place.start, place.stop)
                term.append(np.repeat(numbers, length))
                # increasing look-ups are twice as fast as random ones
                taken_off.append(np.tile(np.arange(high - 1, low, -1), len(numbers)))
                runs += [found + length * number for number in range(len(numbers))]
                run_terms += numbers.tolist()
                starts += [start * length] * len(numbers)
                found += length * len(numbers)
            if found > first:
                targets.append((start, end, first, found))
    signs = every.signs[run_terms]
    ordered = [(start + 1, end) for start, end, first, last in targets if end - start > 2]
    return _Plan(
        lists,
        ordered,
        targets,
        np.concatenate(term),
        np.concatenate(taken_off),
        np.array(runs),
        signs,
        np.array(starts, dtype=np.float64) @ signs,
    )


def cluster_counts(levels: IntArray, k: IntArray, sums: IntArray, slack: int) -> tuple[IntArray, IntArray]:
    """Count the k-subsets of the other areas whose sum is at most, and below, the observed one.

    Parameters
    ----------
    levels, sums
        Grid levels, and the sums of the neighbors' levels, shape (columns, n).
    k
        Number of neighbors, shape (n,).
    slack
        Grid steps, times the largest number of neighbors, within which two sums are the same.
    """
    numbers = tuple(k.tolist())
    every, plan = terms(numbers), _plan(numbers)
    tolerance = slack * int(k.max())
    # Values without a common grid tie within ``slack`` steps of each neighbor: otherwise two sums of the same
    # numbers, added in another order, would not.
    limits = sums[:, every.area] - every.left * levels[:, every.area] + tolerance
    up_to, below = np.empty(levels.shape, dtype=np.int64), np.empty(levels.shape, dtype=np.int64)
    for first in range(0, len(levels), COLUMNS_AT_ONCE):
        lists = plan.lists.sums(levels[first : first + COLUMNS_AT_ONCE])
        for number, column in enumerate(lists, start=first):
            up_to[number], below[number] = _count(plan, column, limits[number][plan.term], 2 * tolerance)
    return up_to, below


def _count(plan: _Plan, column: IntArray, wanted: IntArray, between: int) -> tuple[FloatArray, FloatArray]:
    """Look everything up for one column, up to what is wanted, and ``between`` below it.

    ``column`` and ``wanted`` are used up.
    """
    for start, end in plan.ordered:
        column[start:end].sort()
    wanted -= column[plan.taken_off]
    last = np.empty(len(wanted), dtype=np.int64)  # the last sum that is not larger
    for start, end, first, stop in plan.targets:
        found = column[start + 1 : end].searchsorted(wanted[first:stop], side="right")
        np.add(found, start, out=last[first:stop])
    up_to = np.add.reduceat(last, plan.runs).astype(np.float64) @ plan.signs - plan.offset
    wanted -= between
    tied = np.flatnonzero(column[last] >= wanted)
    if not len(tied):
        return up_to, up_to
    ties = _ties(plan, column, last[tied], wanted[tied], tied)
    run = np.searchsorted(plan.runs, tied, side="right") - 1
    return up_to, up_to - ties @ plan.signs[run]


def _ties(plan: _Plan, column: IntArray, last: IntArray, lowest: IntArray, look_up: IntArray) -> IntArray:
    """Count the sums from ``lowest`` up to the place ``last``; there is at least one."""
    ties = np.ones_like(last)
    going = np.arange(len(last))
    for step in range(1, STEPS):
        going = going[column[last[going] - step] >= lowest[going]]
        if not len(going):
            return ties
        ties[going] += 1
    for start, end, first, stop in plan.targets:
        rows = going[(look_up[going] >= first) & (look_up[going] < stop)]
        found = column[start + 1 : end].searchsorted(lowest[rows], side="left")
        ties[rows] = last[rows] - start - found
    return ties
