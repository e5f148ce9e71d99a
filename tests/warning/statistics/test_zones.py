"""Adjacent areas as one, beside a plain form that tries every pair and triple by itself."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy.stats import t as student

from regsam_geo.warning.statistics.zones import Zones, likeness, zone_test


def grid(side):
    """Return the pairs of neighbors of a square grid."""
    place = np.arange(side * side).reshape(side, side)
    return np.concatenate(
        [
            np.column_stack([a.ravel(), b.ravel()])
            for a, b in ((place[:, :-1], place[:, 1:]), (place[:-1], place[1:]))
        ]
    )


def plain_zones(pairs, areas):
    """Return all pairs and connected triples, by trying."""
    beside = {frozenset(pair) for pair in pairs.tolist()}
    twos = [set(pair) for pair in combinations(range(areas), 2) if frozenset(pair) in beside]
    threes = [
        set(three)
        for three in combinations(range(areas), 3)
        if sum(frozenset(pair) in beside for pair in combinations(three, 2)) >= 2
    ]
    return twos + threes


def plain_test(z, edge, p, df, rho, zones):
    """Return the zones of one series that stand, the surest first, with their p."""
    found = []
    for members in zones:
        at = sorted(members)
        n = len(at)
        total = abs(z[at].sum()) / np.sqrt(n * (1 + (n - 1) * rho))
        joint = 2 * student.sf(total, df[at].min())
        if joint < p[at].min():
            price = min(3.0, max(1.0, 3 - 10 * edge[at].min()))
            found.append((joint, at, min(1.0, price * joint)))
    standing, taken = [], set()
    for _, at, priced in sorted(found, key=lambda one: one[0]):
        if not taken & set(at):
            standing.append((at, priced))
            taken |= set(at)
    return standing


def test_zones_are_all_pairs_and_connected_triples():
    pairs = grid(4)
    zones = Zones.of(pairs[:, ::-1], 16)
    found = {frozenset(members[:size]) for members, size in zip(zones.members.tolist(), zones.size, strict=True)}
    assert found == {frozenset(zone) for zone in plain_zones(pairs, 16)}
    assert len(found) == len(zones.size)


@pytest.mark.parametrize("seed", range(4))
def test_the_zones_that_stand_are_those_of_the_plain_form(seed):
    rng = np.random.default_rng(seed)
    pairs = grid(4)
    zones, plain = Zones.of(pairs, 16), plain_zones(pairs, 16)
    edge = rng.uniform(0, 0.3, (20, 16))
    raw = rng.normal(size=(20, 16)) * 1.5
    z = np.sign(raw) * np.maximum(np.abs(raw) - edge, 0)
    df = rng.uniform(8, 60, (20, 16))
    p = np.minimum(student.sf(np.abs(raw) - edge, df) + student.sf(np.abs(raw) + edge, df), 1)
    z[3, 4] = p[3, 4] = np.nan
    rho = rng.uniform(0, 0.5, 20)
    found = zone_test(z, edge, p, df, rho, zones)
    stood = 0
    for s in range(20):
        known = [zone for zone in plain if not (s == 3 and 4 in zone)]
        expected = plain_test(z[s], edge[s], p[s], df[s], rho[s], known)
        inside = {area: (at, priced) for at, priced in expected for area in at}
        for area in range(16):
            if area in inside:
                at, priced = inside[area]
                k = found.zone[s, area]
                assert sorted(zones.members[k, : zones.size[k]].tolist()) == at
                assert found.p[s, area] == pytest.approx(priced)
                assert found.lead[s, area] == (area == min(at, key=lambda one: p[s, one]))
            else:
                assert found.zone[s, area] == -1
                assert found.p[s, area] == 1 or np.isnan(p[s, area])
        stood += len(expected)
    assert stood >= 20


def test_likeness_is_the_correlation_of_neighbors():
    rng = np.random.default_rng(1)
    pairs = grid(4)
    past = rng.normal(size=(3, 10, 16)) + np.array([0.0, 1.0, 3.0])[:, None, None] * rng.normal(size=(3, 10, 1))
    past[0, 2, 3] = np.nan
    found = likeness(past, Zones.of(pairs, 16))
    clipped = np.clip(past, -2.5, 2.5)
    for s in range(3):
        one, other = clipped[s][:, pairs[:, 0]].ravel(), clipped[s][:, pairs[:, 1]].ravel()
        both = np.isfinite(one * other)
        r = (one[both] @ other[both]) / np.sqrt((one[both] @ one[both]) * (other[both] @ other[both]))
        assert found[s] == pytest.approx(np.clip(r, 0, 0.95))


def test_chance_makes_no_more_alarms_of_zones_than_of_areas():
    rng = np.random.default_rng(2)
    zones = Zones.of(grid(5), 25)
    raw, df = rng.standard_t(40, (2000, 25)), np.full((2000, 25), 40.0)
    for edge in (0.0, 0.1, 0.2, 0.6):
        z = np.sign(raw) * np.maximum(np.abs(raw) - edge, 0)
        p = student.sf(np.abs(raw) - edge, df) + student.sf(np.abs(raw) + edge, df)
        found = zone_test(z, np.full(raw.shape, edge), p, df, np.zeros(2000), zones)
        assert (found.lead & (found.p <= 0.01)).mean() <= 0.0115


def test_areas_without_neighbors_have_no_zone():
    found = zone_test(*np.full((4, 2, 3), 0.5), np.zeros(2), Zones.of(np.zeros((0, 2)), 3))
    assert (found.zone == -1).all()
    assert (found.p == 1).all()


def test_of_equally_sure_zones_that_share_an_area_the_first_stands():
    zones = Zones.of(np.array([[0, 1], [1, 2], [2, 3]]), 4)
    z, edge, df = np.full((1, 4), 3.0), np.ones((1, 4)), np.full((1, 4), 20.0)
    found = zone_test(z, edge, np.full((1, 4), 0.01), df, np.zeros(1), zones)
    # the two triples are equally sure; the area that is left has no neighbor to stand with
    assert found.zone[0, 3] == -1
    assert zones.members[found.zone[0, :3]].tolist() == [[0, 1, 2]] * 3
    assert found.lead.sum() == 1
