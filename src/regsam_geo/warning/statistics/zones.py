"""Adjacent areas as one: a change that neighbors share and that none of them shows as clearly alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regsam_geo.warning.statistics.robust import CLIP, Array

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

    @cached_property
    def around(self) -> Index:
        """The zones that each area belongs to, shape (A, K); padded with the number of zones."""
        owner = np.concatenate([self.members[:, 0], self.members[:, 1], self.members[self.size == 3, 2]])
        zone = np.concatenate([np.arange(len(self.size))] * 2 + [np.flatnonzero(self.size == 3)])
        order = np.argsort(owner, kind="stable")
        number = np.bincount(owner, minlength=self.areas)
        table = np.full((self.areas, max(int(number.max(initial=0)), 1)), len(self.size))
        place = np.arange(len(owner)) - np.repeat(np.cumsum(number) - number, number)
        table[owner[order], place] = zone[order]
        return table


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
    one, other = (np.clip(past[:, :, zones.pairs[:, place]], -CLIP, CLIP) for place in (0, 1))
    both = np.isfinite(one) & np.isfinite(other)
    one, other = np.where(both, one, 0.0), np.where(both, other, 0.0)
    products = np.einsum("stp,stp->s", one, other)
    squares = np.einsum("stp,stp->s", one, one) * np.einsum("stp,stp->s", other, other)
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
    from scipy.special import ndtr, stdtr

    series = len(z)
    zone = np.full(z.shape, -1)
    lead = np.zeros(z.shape, dtype=bool)
    result = np.where(np.isfinite(p), 1.0, np.nan)
    if not len(zones.size):
        return ZoneTest(zone, result, lead)
    first, second, third = (zones.members[:, place] for place in range(3))

    def least(x: Array) -> Array:
        return np.minimum(np.minimum(x[:, first], x[:, second]), x[:, third])

    total = z[:, first] + z[:, second] + np.where(zones.size == 3, z[:, third], 0.0)
    n = zones.size
    total /= np.sqrt(n * (1 + (n - 1) * rho[:, None]))
    alone = least(p)
    joint = np.full(total.shape, np.inf)
    # p of t is costly: a sum that is smaller than its largest part cannot say more
    part = np.abs(z)
    largest = np.maximum(np.maximum(part[:, first], part[:, second]), part[:, third])
    # nor can one whose normal p, which is below that of t, is no smaller than that of a part
    at, which = np.nonzero((np.abs(total) > largest) & (2 * ndtr(-np.abs(total)) < alone))
    joint[at, which] = 2 * stdtr(least(df)[at, which], -np.abs(total[at, which]))
    joint[~(joint < alone)] = np.inf
    price = np.clip(PRICE - (PRICE - 1.0) / FREE_FROM * least(edge), 1.0, PRICE)
    padded = np.concatenate([joint, np.full((series, 1), np.inf)], axis=1)
    taken = np.zeros(z.shape, dtype=bool)
    left = np.arange(series)
    while True:
        # series without a zone that is left need not be looked at again
        left = left[np.isfinite(padded[left]).any(axis=1)]
        if not len(left):
            return ZoneTest(zone, result, lead)
        sums = padded[left]
        best = sums[:, zones.around].min(axis=2)
        # surer than every zone that shares an area with it
        wins = (sums[:, :-1] <= least(best)) & np.isfinite(sums[:, :-1])
        for row, k in np.argwhere(wins).tolist():
            s = left[row]
            members = zones.members[k, : zones.size[k]]
            # of two that are equally sure the first stands
            if not taken[s, members].any():
                taken[s, members] = True
                zone[s, members] = k
                result[s, members] = min(1.0, price[s, k] * joint[s, k])
                lead[s, members[np.argmin(p[s, members])]] = True
        padded[:, :-1][taken[:, first] | taken[:, second] | taken[:, third]] = np.inf
