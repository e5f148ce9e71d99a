"""Exact p of 108 sub-districts and 475 quarters against a million simulated maps, under two minutes.

    python benchmarks/spatial_exactness.py [--draws 1000000]

The simulation shares nothing with the library: rows of random areas, those without repetition kept. An area that
turns up among its own neighbors is skipped, and the next area of the row steps in.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import numpy as np

import regsam_geo as rg
from regsam_geo.warning.statistics.permutation import permutation_tails

CHUNK = 25_000


def distinct_rows(rng: np.random.Generator, n: int, length: int, draws: int) -> Iterator[np.ndarray]:
    """Yield rows of distinct random areas, shape (length, rows), until there are enough."""
    left = draws
    while left:
        rows = rng.integers(0, n, (CHUNK, length))
        ordered = np.sort(rows, axis=1)
        rows = rows[(ordered[:, 1:] != ordered[:, :-1]).all(axis=1)][:left]
        left -= len(rows)
        yield rows.T


def simulate(
    values: np.ndarray, indptr: np.ndarray, indices: np.ndarray, draws: int
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return the simulated P(at most) and P(at least) of both tests."""
    n, k = len(values), np.diff(indptr)
    sums = np.array([values[indices[indptr[i] : indptr[i + 1]]].sum() for i in range(n)])
    margin = 1e-9 * np.abs(values).max()
    reached = {test: np.zeros((2, n)) for test in ("cluster", "outlier")}
    for rows in distinct_rows(np.random.default_rng(42), n, int(k.max()) + 1, draws):
        total = np.cumsum(values[rows], axis=0)
        for size in np.unique(k[k > 0]).tolist():
            ordered = np.sort(size * values[rows[0]] - (total[size] - values[rows[0]]))
            plain = np.sort(total[size - 1])
            for area in np.flatnonzero(k == size).tolist():
                observed = size * values[area] - sums[area]
                reached["outlier"][0, area] += np.searchsorted(ordered, observed + margin, side="right")
                reached["outlier"][1, area] += len(ordered) - np.searchsorted(ordered, observed - margin)
                # rows that hold the area go on to their next one
                with_area = np.flatnonzero((rows[:size] == area).any(axis=0))
                for place, sign in ((total[size - 1, with_area], -1), (total[size, with_area] - values[area], 1)):
                    reached["cluster"][0, area] += sign * np.count_nonzero(place <= sums[area] + margin)
                    reached["cluster"][1, area] += sign * np.count_nonzero(place >= sums[area] - margin)
                reached["cluster"][0, area] += np.searchsorted(plain, sums[area] + margin, side="right")
                reached["cluster"][1, area] += len(plain) - np.searchsorted(plain, sums[area] - margin)
    return {test: (counts[0] / draws, counts[1] / draws) for test, counts in reached.items()}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--draws", type=int, default=1_000_000)
    draws = parser.parse_args().draws
    for level in ("subdistrict", "quarter"):
        near = rg.neighbors(rg.load_boundaries(level))
        known = np.diff(near.indptr) > 0
        for kind in ("one decimal", "continuous"):
            values = np.random.default_rng(7).lognormal(3.0, 0.4, len(near))
            values = values.round(1) if kind == "one decimal" else values
            exact = permutation_tails(values, near.indptr, near.indices, tests=("cluster", "outlier"))
            drawn = simulate(values, near.indptr, near.indices, draws)
            for test, tails in exact.items():
                away = []
                for p, found in zip((tails.p_low[0], tails.p_high[0]), drawn[test], strict=True):
                    # a bracket's upper end is given: the truth is up to half of p's error lower
                    lower = np.maximum(p - tails.error[0] / 2, 0.0)
                    off = np.maximum(np.maximum(found - p, lower - found), 0.0)
                    middle = np.clip(found, 1.0 / draws, 1.0 - 1.0 / draws)
                    away.append((off / np.sqrt(middle * (1 - middle) / draws))[known])
                away_all = np.concatenate(away)
                print(
                    f"{level} (n = {len(near)}), {kind}, {test}, {tails.engine[0]}: largest distance "
                    f"{away_all.max():.2f} standard errors; beyond three: {100 * (away_all > 3).mean():.2f} % of "
                    f"{len(away_all)} tails; largest bracket {np.nanmax(tails.error[0]):.5f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
