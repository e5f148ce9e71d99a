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


def simulate(values: np.ndarray, indptr: np.ndarray, indices: np.ndarray, draws: int) -> np.ndarray:
    """Return the simulated P(at most) and P(at least) of each area."""
    n, k = len(values), np.diff(indptr)
    sums = np.array([values[indices[indptr[i] : indptr[i + 1]]].sum() for i in range(n)])
    margin = 1e-9 * np.abs(values).max()
    reached = np.zeros((2, n))
    for rows in distinct_rows(np.random.default_rng(42), n, int(k.max()) + 1, draws):
        total = np.cumsum(values[rows], axis=0)
        for size in np.unique(k[k > 0]).tolist():
            plain = np.sort(total[size - 1])
            for area in np.flatnonzero(k == size).tolist():
                # rows that hold the area go on to their next one
                with_area = np.flatnonzero((rows[:size] == area).any(axis=0))
                for place, sign in ((total[size - 1, with_area], -1), (total[size, with_area] - values[area], 1)):
                    reached[0, area] += sign * np.count_nonzero(place <= sums[area] + margin)
                    reached[1, area] += sign * np.count_nonzero(place >= sums[area] - margin)
                reached[0, area] += np.searchsorted(plain, sums[area] + margin, side="right")
                reached[1, area] += len(plain) - np.searchsorted(plain, sums[area] - margin)
    return reached / draws


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
            tails = permutation_tails(values, near.indptr, near.indices)
            drawn = simulate(values, near.indptr, near.indices, draws)
            away = []
            for p, found in zip((tails.p_low[0], tails.p_high[0]), drawn, strict=True):
                # a bracket's upper end is given: the truth is up to half of p's error lower
                lower = np.maximum(p - tails.error[0] / 2, 0.0)
                off = np.maximum(np.maximum(found - p, lower - found), 0.0)
                middle = np.clip(found, 1.0 / draws, 1.0 - 1.0 / draws)
                away.append((off / np.sqrt(middle * (1 - middle) / draws))[known])
            away_all = np.concatenate(away)
            print(
                f"{level} (n = {len(near)}), {kind}, {tails.engine[0]}: largest distance {away_all.max():.2f} "
                f"standard errors; beyond three: {np.count_nonzero(away_all > 3)} of {len(away_all)} tails; "
                f"largest bracket {np.nanmax(tails.error[0]):.5f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
