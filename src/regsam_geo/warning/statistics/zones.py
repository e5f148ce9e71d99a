"""Adjacent areas as one: a change that neighbors share and that none of them shows as clearly alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regsam_geo.warning.statistics.robust import CLIP, Array, few_at_a_time

CLOSEST = 0.95
"""Neighbors whose past surprises are more alike than this are taken to be so alike: as good as one area."""

PRICE = 3.0
"""By which p of a zone is multiplied, as many zones are looked at: then chance makes no more alarms of zones than
of areas alone (simulated; docs/methods/temporal.md)."""
FREE_FROM = 0.2
"""Relevant effect in standard errors from which on the price is 1: smaller surprises add nothing to the sum."""

Index = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Zones:
    """Pairs and connected triples of adjacent areas.

    Attributes
    ----------
    pairs
        Places of two neighbors, shape (P, 2), each pair once.
    members
        Places of the areas of each zone, shape (Z, 3); a pair names its second area twice.
    size
        Number of its areas, shape (Z,).
    areas
        Number of all areas.
    """

    pairs: Index
    members: Index
    size: Index
    areas: int

    @classmethod
    def of(cls, pairs: Index, areas: int) -> Zones:
        """Return the zones of areas, from the places of all that are neighbors (in any order)."""
        both = np.sort(np.asarray(pairs, dtype=np.int64).reshape(-1, 2), axis=1)
        both = np.unique(both[both[:, 0] < both[:, 1]], axis=0)
        beside: list[list[int]] = [[] for _ in range(areas)]
        for one, other in both.tolist():
            beside[one].append(other)
            beside[other].append(one)
        triples = {
            tuple(sorted((middle, one, other)))
            for middle, around in enumerate(beside)
            for place, one in enumerate(around)
            for other in around[place + 1 :]
        }
        three = np.array(sorted(triples), dtype=np.int64).reshape(-1, 3)
        members = np.concatenate([np.column_stack([both, both[:, 1]]), three])
        size = np.repeat([2, 3], [len(both), len(three)])
        return cls(both, members, size, areas)


class ZoneTest(NamedTuple):
    """The zone that each area belongs to, arrays of shape (S, A).

    Attributes
    ----------
    zone
        Its place; -1 where no zone says more than the area alone.
    p
        p of the zone, priced; 1 where there is none, NaN without a test.
    lead
        Whether the area is the surest of its zone.
    """

    zone: Index
    p: Array
    lead: npt.NDArray[np.bool_]


def likeness(past: Array, zones: Zones) -> Array:
    """Return how alike the past surprises of neighbors are, shape (S,): their correlation, 0 at the least.

    Parameters
    ----------
    past
        Standardized surprises, shape (S, T, A); NaN where there is none.
    """
    series, periods = past.shape[:2]
    products, squares = np.zeros(series), np.zeros(series)
    for few in few_at_a_time(series, periods * len(zones.pairs)):
        there = np.isfinite(past[few])
        x = np.where(there, np.minimum(np.maximum(past[few], -CLIP), CLIP), 0.0)
        one, other = (np.take(x, zones.pairs[:, place], axis=2) for place in (0, 1))
        if not there.all():
            both = np.take(there, zones.pairs[:, 0], axis=2) & np.take(there, zones.pairs[:, 1], axis=2)
            one, other = np.where(both, one, 0.0), np.where(both, other, 0.0)
        products[few] = np.einsum("stp,stp->s", one, other)
        squares[few] = np.einsum("stp,stp->s", one, one) * np.einsum("stp,stp->s", other, other)
    return np.asarray(np.clip(products / np.sqrt(np.maximum(squares, 1e-300)), 0.0, CLOSEST))


def zone_test(z: Array, edge: Array, p: Array, df: Array, rho: Array, zones: Zones) -> ZoneTest:
    """Test all zones at once and return, for each area, the zone that says more than any of its parts.

    Parameters
    ----------
    z
        Newest surprises beyond what is relevant, signed, in standard errors, shape (S, A).
    edge
        What is relevant, in standard errors, shape (S, A).
    p, df
        Of the areas alone, shape (S, A).
    rho
        See ``likeness``.

    Notes
    -----
    The sum of the members' z over ``sqrt(n (1 + (n - 1) rho))``, t with the smallest degrees of freedom. Of zones
    that overlap the surest stands, so that one event is one alarm.
    """
    zone = np.full(z.shape, -1)
    lead = np.zeros(z.shape, dtype=bool)
    result = np.full(z.shape, np.nan)
    result[np.isfinite(p)] = 1.0
    at, which, joint = _surer_than_their_parts(z, p, df, rho, zones)
    cells = at[:, None] * z.shape[1] + zones.members[which]
    taken = np.zeros(z.size, dtype=bool)
    left = np.arange(len(joint))
    while len(left):
        best = np.full(z.size, np.inf)
        np.minimum.at(best, cells[left], joint[left][:, None])
        # surer than every zone that shares an area with it
        wins = left[joint[left] <= best[cells[left]].min(axis=1)]
        wins = wins[_first_of_equals(cells[wins], zones.size[which[wins]])]
        own, places = cells[wins], np.arange(len(wins))
        price = np.clip(PRICE - (PRICE - 1.0) / FREE_FROM * edge.ravel()[own].min(axis=1), 1.0, PRICE)
        zone.ravel()[own] = which[wins][:, None]
        result.ravel()[own] = np.minimum(1.0, price * joint[wins])[:, None]
        lead.ravel()[own[places, p.ravel()[own].argmin(axis=1)]] = True
        taken[own] = True
        left = left[~taken[cells[left]].any(axis=1)]
    return ZoneTest(zone, result, lead)


def _first_of_equals(cells: Index, size: Index) -> npt.NDArray[np.bool_]:
    """Tell which zones stand: of those that are equally sure and share an area the first."""
    stands = np.ones(len(cells), dtype=bool)
    # a pair names its second area twice
    times = np.bincount(np.concatenate([cells[:, :2].ravel(), cells[size == 3, 2]]))
    taken: set[int] = set()
    for place in np.flatnonzero((times[cells] > 1).any(axis=1)).tolist():
        own = set(cells[place].tolist())
        stands[place] = not own & taken
        if stands[place]:
            taken |= own
    return stands


def _surer_than_their_parts(z: Array, p: Array, df: Array, rho: Array, zones: Zones) -> tuple[Index, Index, Array]:
    """Return the series, the zone and its p where a zone says more than each of its areas alone."""
    from scipy.special import ndtr, stdtr

    found: list[tuple[Index, Index, Array]] = []
    # areas first, so that the series of an area stand side by side
    beside = np.ascontiguousarray(z.T)
    for few in few_at_a_time(len(zones.size), len(z)):
        members, n = zones.members[few], zones.size[few][:, None]
        parts = [beside[members[:, place]] for place in range(3)]
        total = parts[0] + parts[1] + np.where(n == 3, parts[2], 0.0)
        total /= np.sqrt(n * (1 + (n - 1) * rho))
        # p of t is costly: a sum that is smaller than its largest part cannot say more
        largest = np.maximum(np.maximum(np.abs(parts[0]), np.abs(parts[1])), np.abs(parts[2]))
        which, at = np.nonzero(np.abs(total) > largest)
        size, own = np.abs(total[which, at]), members[which]
        alone = p[at[:, None], own].min(axis=1)
        # nor can one whose normal p, which is below that of t, is no smaller than that of a part
        hopeful = np.flatnonzero(2 * ndtr(-size) < alone)
        at, which, size, own, alone = at[hopeful], which[hopeful], size[hopeful], own[hopeful], alone[hopeful]
        joint = 2 * stdtr(df[at[:, None], own].min(axis=1), -size)
        surer = np.flatnonzero(joint < alone)
        found.append((at[surer], which[surer] + few.start, joint[surer]))
    at, which, joint = (np.concatenate(part) for part in zip(*found, strict=True))
    return at, which, joint
