"""Revised editions: the ways in which hidden figures may have been revised, and what a reader of both finds.

The old edition says what its hidden cells made together, the new one what they make now. Where the two differ,
some hidden figure was revised, and who knows which one has more sums than either edition holds. Here nobody knows:
the old figures are not at hand. So for each hidden figure the simplest revision is taken in which it took part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from regsam_geo.indicators.disclosure.cells import HINT, Builder, System
from regsam_geo.indicators.disclosure.editions import Known, sums_of_edition
from regsam_geo.indicators.disclosure.relations import AreaSums, Parts
from regsam_geo.indicators.disclosure.rules import TOLERANCE, Bools, Floats, Rule
from regsam_geo.indicators.disclosure.secondary import Prober

MOST_REVISIONS = 60  # that are looked at in one set of counts; each costs an integer program
MOST_NODES = 2000  # of one integer program, so that every machine finds the same revisions
SMALLEST_CHANGE = 0.1  # of a yearly mean

Place = tuple[int, int]  # count and area


class BothEditions(NamedTuple):
    """What the readers of two editions know if certain hidden figures were revised."""

    system: System
    before: dict[int, Place]
    """The cells that stand for what these figures were."""


class OldSum(NamedTuple):
    """What hidden cells of an old edition make together, by their numbers in ``OldSums.places``."""

    cells: list[int]
    signs: list[float]
    total: float


class OldSums(NamedTuple):
    """The hidden cells of an old edition that hang together, with the numbers they have now."""

    places: list[Place]
    now: Floats
    whole: Bools
    least: Floats
    printed: Bools  # what the edition has not, and what only follows from its others, is not
    sums: list[OldSum]

    @property
    def differ(self) -> list[bool]:
        """Which sums no longer hold: a figure in them was revised."""
        return [abs(one.total - float(np.dot(one.signs, self.now[one.cells]))) > TOLERANCE for one in self.sums]


def systems_of_revisions(
    build: Callable[[], Builder],
    known: Known,
    members: Sequence[int],
    areas: AreaSums,
    parts: Sequence[Parts],
    rule: Rule,
) -> Iterator[BothEditions]:
    """Yield what readers of two editions know, one system for each way in which hidden figures may be revised.

    The cells of the new edition come first and are those of ``build()``.
    """
    for edition in range(len(known.told)):
        for old in _hang_together(_old_sums(build(), known, edition, members, areas, parts, rule)):
            ways = _ways(old)
            if ways:
                # what the old edition gives away alone cannot be protected by what is hidden now
                alone = _weak_alone(old, next(iter(ways.values())), rule)
                for changed, numbers in ways.items():
                    yield _system(build(), old, changed, numbers, alone, rule)


def _old_sums(
    builder: Builder,
    known: Known,
    edition: int,
    members: Sequence[int],
    areas: AreaSums,
    parts: Sequence[Parts],
    rule: Rule,
) -> OldSums:
    """Return the sums of an old edition in which something is hidden."""
    period, numbers = builder.period, builder.counts.numbers
    seen, unseen, told = known.seen[edition], known.unseen[edition], known.told[edition]
    place_of: dict[Place, int] = {}
    found = []
    for cells, signs in sums_of_edition(seen | unseen, period, members, areas, parts):
        now = np.array([numbers[c, period, a] for c, a in cells])
        then = np.array([told[c, period, a] for c, a in cells])
        gone = np.array([unseen[c, period, a] for c, a in cells])
        there = all(cell in builder.cell_of for cell, is_gone in zip(cells, gone, strict=True) if is_gone)
        if not gone.any() or not there or np.isnan(now).any() or np.isnan(then[~gone]).any():
            continue
        sign = np.array(signs)
        # cases without area are taken to be as many as now
        total = float(sign @ now - sign[~gone] @ then[~gone])
        at = [
            place_of.setdefault(cell, len(place_of)) for cell, is_gone in zip(cells, gone, strict=True) if is_gone
        ]
        found.append(OldSum(at, sign[gone].tolist(), total))
    places = list(place_of)
    cells_now = [builder.cells[builder.cell_of[place]] for place in places]
    whole = np.array([cell[7] for cell in cells_now], dtype=bool)
    printed = np.array([not known.implied[edition][c, period, a] for c, a in places], dtype=bool)
    # only where something was hidden does a reader know that it was above zero
    least = np.where(printed, rule.least(whole), 0.0)
    return OldSums(places, np.array([cell[2] for cell in cells_now]), whole, least, printed, found)


def _hang_together(old: OldSums) -> Iterator[OldSums]:
    """Yield the parts of an old edition that share no cell, those in which something was revised."""
    label = list(range(len(old.places)))
    for one in old.sums:
        lowest = min(label[k] for k in one.cells)
        joined = {label[k] for k in one.cells}
        label = [lowest if mark in joined else mark for mark in label]
    differ = old.differ
    for mark in dict.fromkeys(label[one.cells[0]] for one, other in zip(old.sums, differ, strict=True) if other):
        inside = [k for k in range(len(label)) if label[k] == mark]
        position = {k: n for n, k in enumerate(inside)}
        sums = [
            OldSum([position[k] for k in one.cells], one.signs, one.total)
            for one in old.sums
            if label[one.cells[0]] == mark
        ]
        yield OldSums(
            [old.places[k] for k in inside],
            old.now[inside],
            old.whole[inside],
            old.least[inside],
            old.printed[inside],
            sums,
        )


def _ways(old: OldSums) -> dict[frozenset[int], Floats]:
    """Return the simplest revisions, each hidden cell in one: which cells changed, and what all were before."""
    # first the cells of the sums that differ: the others need some of them to change too
    near = [k for one, differs in zip(old.sums, old.differ, strict=True) if differs for k in one.cells]
    order = list(dict.fromkeys([*near, *range(len(old.places))]))[:MOST_REVISIONS]
    found: dict[frozenset[int], Floats] = {}
    for k in order:
        nothing: list[int] = []
        # the same place in a group that one edition has not: who knows that it stayed has the other one
        beside = [j for j, place in enumerate(old.places) if place[1] == old.places[k][1] and not old.printed[j]]
        for fixed in (nothing, beside) if beside and old.printed[k] else (nothing,):
            tried = [way for sense in (1.0, -1.0) if (way := _simplest(old, k, sense, fixed)) is not None]
            if not tried:
                continue
            then = min(tried, key=lambda numbers: int((np.abs(numbers - old.now) > TOLERANCE).sum()))
            changed = np.flatnonzero(np.abs(then - old.now) > TOLERANCE)
            found.setdefault(frozenset(changed.tolist()), then)
    return found


def _simplest(old: OldSums, cell: int, sense: float, fixed: Sequence[int]) -> Floats | None:
    """Return what the hidden cells were before if as few as possible changed, and one of them in one direction.

    ``fixed`` are those that did not.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    n = len(old.places)
    matrix = np.zeros((len(old.sums), n))
    for row, one in enumerate(old.sums):
        matrix[row, one.cells] = one.signs
    gap = np.array([one.total for one in old.sums]) - matrix @ old.now
    most = 1 + max(float(np.abs(old.now).max()), *(abs(one.total) for one in old.sums))
    low, high = old.least - old.now, most - old.now
    least_change = 1.0 if old.whole[cell] else SMALLEST_CHANGE
    if sense > 0:
        low[cell] = max(low[cell], least_change)
    else:
        high[cell] = min(high[cell], -least_change)
    low[fixed] = high[fixed] = 0.0
    if (low > high).any():
        return None
    # by how much each cell changed, and whether it did
    one_each = np.eye(n)
    answer = milp(
        np.concatenate([np.zeros(n), np.ones(n)]),
        integrality=np.concatenate([old.whole.astype(float), np.ones(n)]),
        bounds=Bounds(np.concatenate([low, np.zeros(n)]), np.concatenate([high, np.ones(n)])),
        constraints=[
            LinearConstraint(np.hstack([matrix, np.zeros_like(matrix)]), gap - TOLERANCE, gap + TOLERANCE),
            LinearConstraint(np.hstack([one_each, -2 * most * one_each]), -np.inf, 0.0),
            LinearConstraint(np.hstack([one_each, 2 * most * one_each]), 0.0, np.inf),
        ],
        options={"node_limit": MOST_NODES},
    )
    if answer.x is None:
        return None
    change = np.where(old.whole, np.round(answer.x[:n]), answer.x[:n])
    return np.asarray(old.now + change, dtype=np.float64)


def _weak_alone(old: OldSums, then: Floats, rule: Rule) -> Bools:
    """Return which cells the old edition confines too closely without the new one."""
    n = len(old.places)
    least = old.least
    row = np.array([r for r, one in enumerate(old.sums) for _ in one.cells], dtype=np.int64)
    system = System(
        np.full(n, -1),
        np.full(n, -1),
        then,
        least,
        np.full(n, np.inf),
        np.where(old.printed, rule.width(least), np.nan),
        np.zeros(n, dtype=bool),
        old.whole,
        row,
        np.array([k for one in old.sums for k in one.cells], dtype=np.int64),
        np.array([sign for one in old.sums for sign in one.signs]),
        np.array([one.total for one in old.sums]),
        (HINT,) * len(old.sums),
        {},
        {},
    )
    weak, _, _ = Prober(system, rule).weak(np.zeros(n, dtype=bool))
    found = np.zeros(n, dtype=bool)
    found[weak] = True
    return found


def _system(
    builder: Builder, old: OldSums, changed: frozenset[int], then: Floats, alone: Bools, rule: Rule
) -> BothEditions:
    """Return the sums of both editions, if just these hidden cells were revised."""
    at = []
    before: dict[int, Place] = {}
    for k, place in enumerate(old.places):
        here = builder.cell_of[place]
        count, area, number, least, most, needed, printed, whole = builder.cells[here]
        fixed = least == most
        if k in changed:
            # what is hidden because it was hidden before may be zero now
            if not fixed:
                builder.cells[here] = (count, area, number, 0.0, most, needed + least, printed, whole)
            first = float(old.least[k])
            is_judged = old.printed[k] and not alone[k] and not np.isnan(needed)
            room = float(rule.width(np.array(first))) if is_judged else np.nan
            builder.cells.append((-1, -1, float(then[k]), first, np.inf, room, False, whole))
            here = len(builder.cells) - 1
            before[here] = place
        elif alone[k] and not fixed:
            builder.cells[here] = (count, area, number, least, most, np.nan, printed, whole)
        at.append(here)
    for one in old.sums:
        builder.add_sum([at[k] for k in one.cells], one.signs, one.total, HINT)
    return BothEditions(builder.build(), before)
