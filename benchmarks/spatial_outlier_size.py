"""Size and recall of the spatial-outlier test: false alarms on correlated maps, and areas that are put far off.

Run: python benchmarks/spatial_outlier_size.py (about a minute)
"""

from __future__ import annotations

import numpy as np
from scipy.stats import false_discovery_control

import regsam_geo as rg
from regsam_geo.warning.statistics.aligned import align
from regsam_geo.warning.statistics.spatial_outlier import studentized

MAPS = {"region": 60_000, "district": 60_000, "subdistrict": 15_000, "quarter": 3_000}
PARTS = 10


def correlated(near: rg.Neighbors, rho: float, maps: int, rng: np.random.Generator) -> np.ndarray:
    """Return maps in which an area is rho times the mean of its neighbors, and chance; shape (areas, maps)."""
    n = len(near.ids)
    weights = np.zeros((n, n))
    for row in range(n):
        beside = near.indices[near.indptr[row] : near.indptr[row + 1]]
        weights[row, beside] = 1 / max(len(beside), 1)
    return np.linalg.solve(np.eye(n) - rho * weights, rng.normal(size=(n, maps)))


def size() -> None:
    """Print the share of p below 5 and 0.1 %, and the range of the first over the areas."""
    for level, maps in MAPS.items():
        near = rg.neighbors(rg.load_boundaries(level))
        for rho in (0.0, 0.5, 0.9):
            rng = np.random.default_rng(2026)
            below = np.zeros((2, len(near.ids)))
            for _ in range(PARTS):
                p = studentized(align(correlated(near, rho, maps // PARTS, rng), near)).p
                below += np.stack([(p < 0.05).sum(axis=0), (p < 0.001).sum(axis=0)])
            five, tenth = 100 * below / maps
            share = f"{five.mean():.2f} / {tenth.mean():.3f} %"
            print(f"{level:12} rho {rho}: {share}, areas {five.min():.1f} to {five.max():.1f} %")


def recall() -> None:
    """Print how many areas are found that are put at 3 and 5 times the median, one by one."""
    data = rg.load_sample().sel(period=2024, level="district").data
    table = data.pivot(index="area_id", columns="indicator", values="value")
    near = rg.neighbors(rg.load_boundaries("district"))
    table = table.loc[near.ids]
    columns, median = table.to_numpy().T, table.median().to_numpy()
    own = studentized(align(table, near)).p
    print(
        "as they are:", int((false_discovery_control(own.ravel()) < 0.10).sum()), "of", own.size, "with q < 0.10"
    )
    for factor in (3, 5):
        found = 0
        for area in range(columns.shape[1]):
            moved = columns.copy()
            moved[:, area] = factor * median
            p = studentized(align(moved.T, near)).p
            for row in range(len(columns)):
                every = own.copy()
                every[row] = p[row]
                found += false_discovery_control(every.ravel())[row * columns.shape[1] + area] < 0.10
        print(f"at {factor} times the median: {found / columns.size:.1%} found")


if __name__ == "__main__":
    size()
    recall()
