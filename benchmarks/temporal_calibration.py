"""Does a test at 5 % reject 5 %? Simulated panels in which nothing unusual happens.

25 areas, 5 to 25 years, counts that scatter more than binomially, with and without shocks that reach the whole
city or half of the areas::

    python benchmarks/temporal_calibration.py
"""

from __future__ import annotations

import argparse

import numpy as np
import pandas as pd

import regsam_geo as rg
from regsam_geo.warning import Settings
from regsam_geo.warning.statistics.change_test import newest_change_test, p_of_effect
from regsam_geo.warning.statistics.drift_test import WINDOWS, drift_test
from regsam_geo.warning.statistics.link import ZERO_RULE, Linked
from regsam_geo.warning.statistics.related import confirmed, lendable, lent, relations, with_related
from regsam_geo.warning.statistics.two_period_test import two_period_test
from regsam_geo.warning.statistics.zones import Zones, likeness, zone_test

AREAS = 25
LENGTHS = (5, 10, 15, 25)


def null_panel(
    seed: int,
    years: int,
    *,
    series: int = 400,
    people: float = 5000.0,
    share: float = 0.1,
    unrest: float = 0.04,
    common: float = 0.0,
    half_past: float = 0.0,
    half_each: float = 0.0,
    half_now: float = 0.0,
) -> tuple[Linked, np.ndarray]:
    """Simulate shares, and which areas are undisturbed now.

    ``common``: sd of a shock to all areas each year; ``half_past``: size of a shock to a random half of the
    areas in one past year; ``half_each``: sd of a shock to another random half each year; ``half_now``: size of
    a shock to 12 areas in the newest year, whose other 13 are to be left alone.
    """
    rng = np.random.default_rng(seed)
    shape = (series, years, AREAS)
    steps = rng.normal(0, unrest, shape) + common * rng.normal(size=(series, years, 1))
    if half_past:
        year = rng.integers(1, years - 1, series)
        steps[np.arange(series), year] += half_past * (rng.random((series, AREAS)) < 0.5)
    if half_each:
        steps += half_each * rng.normal(size=(series, years, 1)) * (rng.random(shape) < 0.5)
    still = np.ones((series, AREAS), dtype=bool)
    if half_now:
        hit = rng.permuted(np.tile(np.arange(AREAS), (series, 1)), axis=1) < 12
        steps[:, -1] += half_now * hit
        still = ~hit
    logit = np.log(share / (1 - share)) + rng.normal(0, 0.4, (series, 1, AREAS)) + np.cumsum(steps, axis=1)
    size = np.round(people * rng.lognormal(0, 0.5 if people > 200 else 0.0, (series, 1, AREAS)))
    count = rng.binomial(size.astype(int) + np.zeros(shape, dtype=int), 1 / (1 + np.exp(-logit)))
    size = np.broadcast_to(size, shape)
    part, rest = count + ZERO_RULE, size - count + ZERO_RULE
    linked = Linked(
        y=np.log(part) - np.log(rest),
        kind=np.full(series, 2),
        scale=np.full(series, 100.0),
        numerator=count.astype(float),
        denominator=size,
    )
    return linked, still


SCENARIOS: dict[str, dict[str, float]] = {
    "plain": {},
    "shock to the city each year": {"common": 0.3},
    "shock of 30 % to half of the areas, one past year": {"half_past": 0.26},
    "shocks to a random half each year": {"half_each": 0.05},
    "shock of 30 % to 12 areas now, the others": {"half_now": 0.26},
    "denominators of 50": {"people": 50.0},
    "denominators of 50, shocks to the city": {"people": 50.0, "common": 0.3},
}


def sizes(p: np.ndarray, still: np.ndarray) -> tuple[float, float]:
    """Return the share of p at most 0.05 and at most 0.001 among the undisturbed areas."""
    tested = p[still]
    return float((tested <= 0.05).mean()), float((tested <= 0.001).mean())


def change_sizes(series: int, seed: int = 1) -> pd.DataFrame:
    """Return the size of the change test by scenario and length."""
    rows = []
    for name, options in SCENARIOS.items():
        for years in LENGTHS:
            linked, still = null_panel(seed, years, series=series, **options)
            test = newest_change_test(linked, Settings())
            p = p_of_effect(test.effect, test.se, test.df, np.zeros((series, 1)))
            rows.append((name, years, *sizes(p, still)))
    return pd.DataFrame(rows, columns=["scenario", "years", "p <= 0.05", "p <= 0.001"])


GROUP = 3
"""Series that move together."""

UNLIKE: dict[str, dict[str, float]] = {
    "three related series (R = 0.5)": {"related": 0.5},
    "the same, areas correlated (0.5)": {"related": 0.5, "spatial": 0.5},
    "the same, areas correlated (0.9)": {"related": 0.5, "spatial": 0.9},
    "the same, shocks of t with 3 degrees of freedom": {"related": 0.5, "freedom": 3.0},
    "unrelated series": {},
}


def related_panel(
    seed: int, years: int, series: int, *, related: float = 0.0, spatial: float = 0.0, freedom: float = np.inf
) -> Linked:
    """Simulate excess levels of groups of series that move together, in areas that move with their neighbors."""
    rng = np.random.default_rng(seed)
    shape = (series // GROUP, GROUP, years, AREAS)

    def draw(size: tuple[int, ...]) -> np.ndarray:
        return rng.normal(size=size) if np.isinf(freedom) else rng.standard_t(freedom, size) / np.sqrt(3.0)

    steps = np.sqrt(related) * draw((shape[0], 1, *shape[2:])) + np.sqrt(1 - related) * draw(shape)
    if spatial:
        zones = district_zones()
        near = np.zeros((AREAS, AREAS))
        near[zones.pairs[:, 0], zones.pairs[:, 1]] = near[zones.pairs[:, 1], zones.pairs[:, 0]] = 1.0
        spread = np.linalg.inv(np.eye(AREAS) - spatial * near / near.sum(1, keepdims=True))
        steps = steps @ (spread / np.sqrt((spread**2).sum(1, keepdims=True))).T
    own = 0.04 * rng.lognormal(0, 0.3, (series, 1, AREAS))
    return Linked.plain(np.cumsum(own * steps.reshape(series, years, AREAS), axis=1))


def district_zones() -> Zones:
    """Return the zones of the districts."""
    near = rg.neighbors(rg.load_boundaries("district"))
    return Zones.of(
        np.column_stack([near.ids.get_indexer(near.pairs[x]) for x in ("area_id", "neighbor_id")]), AREAS
    )


def borrowed_sizes(series: int, seed: int = 4) -> pd.DataFrame:
    """Return the size of the change test after borrowing, and how many zones alarm for each area."""
    rows, zones = [], district_zones()
    report = np.arange(series) // GROUP
    allowed = (report[:, None] == report) & ~np.eye(series, dtype=bool)
    for name, options in UNLIKE.items():
        for years in LENGTHS:
            test = newest_change_test(related_panel(seed, years, series, **options), Settings())
            surprise = lendable(test)
            relation = relations(test.standard, allowed)
            borrowed = with_related(test, confirmed(lent(relation, surprise), surprise))
            row = [name, years, (relation.variance < 1).mean()]
            for edge in (0.0, 0.2):
                relevant = edge * np.nanmedian(borrowed.se, axis=1)[:, None]
                p = p_of_effect(borrowed.effect, borrowed.se, borrowed.df, relevant)
                beyond = np.sign(borrowed.effect) * np.maximum(np.abs(borrowed.effect) - relevant, 0) / borrowed.se
                found = zone_test(
                    beyond, relevant / borrowed.se, p, borrowed.df, likeness(test.standard, zones), zones
                )
                row += [(p <= 0.05).mean(), (p <= 0.001).mean()] if not edge else []
                row += [(found.lead & (found.p <= level)).mean() for level in (0.05, 0.001)]
            rows.append(row)
    columns = ["p <= 0.05", "p <= 0.001", "zones 0.05", "zones 0.001", "zones 0.05, edge", "zones 0.001, edge"]
    return pd.DataFrame(rows, columns=["scenario", "years", "borrowing", *columns])


def drift_panel(seed: int, years: int, series: int, persistence: float) -> Linked:
    """Simulate excess levels as random walks (persistence 1) or AR(1), with a change that all areas share."""
    rng = np.random.default_rng(seed)
    noise = rng.normal(0, 0.04, (series, years + 50, AREAS)) * rng.lognormal(0, 0.3, (series, 1, AREAS))
    level = np.zeros_like(noise)
    for year in range(1, noise.shape[1]):
        level[:, year] = persistence * level[:, year - 1] + noise[:, year]
    return Linked.plain(level[:, 50:] + 0.2 * np.cumsum(rng.normal(size=(series, years, 1)), axis=1))


def drift_sizes(series: int, seed: int = 2) -> pd.DataFrame:
    """Return the size of the drift test (both windows, Bonferroni) on random walks and AR(1) levels."""
    rows = []
    for persistence in (1.0, 0.95, 0.8, 0.5):
        for years in (10, 15, 25):
            test = newest_change_test(drift_panel(seed, years, series, persistence), Settings())
            parts = [drift_test(test, window) for window in WINDOWS]
            p = np.stack([p_of_effect(part.effect, part.se, part.df, np.zeros((series, 1))) for part in parts])
            both = np.minimum(2 * p.min(axis=0), 1)
            rows.append((persistence, years, *(float((x <= 0.05).mean()) for x in (p[0], p[1], both))))
    return pd.DataFrame(rows, columns=["AR(1) coefficient", "years", "3 years", "5 years", "both"])


def two_period_sizes(series: int, seed: int = 3) -> pd.DataFrame:
    """Return the size of the two-period test by size of the denominators."""
    rows = []
    for people in (50.0, 200.0, 1000.0, 5000.0):
        for common in (0.0, 0.3):
            linked, _ = null_panel(seed, 2, series=series, people=people, common=common)
            test = newest_change_test(linked, Settings())
            short = two_period_test(linked, test)
            p = p_of_effect(short.effect, short.se, short.df, np.zeros((series, 1)))
            rows.append((people, common, float((p <= 0.05).mean()), float((p <= 0.001).mean())))
    return pd.DataFrame(rows, columns=["denominator", "city shock (sd)", "p <= 0.05", "p <= 0.001"])


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, default=1200, help="simulated series per cell of the table")
    arguments = parser.parse_args()
    result = change_sizes(arguments.series)
    print("Newest change")
    print(result.pivot_table(index="scenario", columns="years").round(4).loc[list(SCENARIOS)].to_string())
    print("\nWith what is borrowed")
    print(borrowed_sizes(arguments.series).round(4).to_string(index=False))
    print("\nDrift, share of p <= 0.05")
    print(drift_sizes(arguments.series // 2).round(4).to_string(index=False))
    print("\nTwo periods only")
    print(two_period_sizes(arguments.series // 4).round(4).to_string(index=False))


if __name__ == "__main__":
    main()
