"""Speed and memory of local Moran's p against esda, in one process, esda warm, neighbors prepared.

    python benchmarks/spatial_speed.py [--quick]

Exact (or bracketed) p here, 999 permutations there. Each pair is timed in turns, in seconds of the processor;
medians of seven runs, ratios. esda needs numba for its fast path; it is measured with one thread, as this library
uses one.
"""

from __future__ import annotations

import argparse
import gc
import resource
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

import regsam_geo as rg
from regsam_geo.areas import as_neighbors
from regsam_geo.warning.permutation import permutation_tails

warnings.simplefilter("ignore")
RUNS = 7
PERMUTATIONS = 999


def queen_lattice(side: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the queen neighbors of a square lattice as CSR."""
    grid = np.arange(side * side).reshape(side, side)
    first, second = [], []
    for di in (-1, 0, 1):
        for dj in (-1, 0, 1):
            if di or dj:
                rows = slice(max(0, -di), side - max(0, di))
                columns = slice(max(0, -dj), side - max(0, dj))
                here = grid[rows, columns]
                first.append(here.ravel())
                second.append((here + di * side + dj).ravel())
    i, j = np.concatenate(first), np.concatenate(second)
    order = np.lexsort((j, i))
    return np.searchsorted(i[order], np.arange(side * side + 1)), j[order]


def as_w(indptr: np.ndarray, indices: np.ndarray, weights: np.ndarray | None = None):
    """Return a libpysal W of the same neighbors, row-standardised, its sparse form built."""
    from libpysal.weights import W

    n = len(indptr) - 1
    lists = {i: indices[indptr[i] : indptr[i + 1]].tolist() for i in range(n)}
    given = None if weights is None else {i: weights[indptr[i] : indptr[i + 1]].tolist() for i in range(n)}
    w = W(lists, given, id_order=list(range(n)), silence_warnings=True)
    w.transform = "r"
    _ = w.sparse, w.cardinalities, w.max_neighbors
    return w


def in_turns(*actions: Callable[[], object], runs: int = RUNS) -> list[float]:
    """Return the median seconds of each action, timed alternately after one run to warm up."""
    times: list[list[float]] = [[] for _ in actions]
    for action in actions:
        action()
    for _ in range(runs):
        for action, taken in zip(actions, times, strict=True):
            gc.collect()
            start = time.process_time()
            action()
            taken.append(time.process_time() - start)
    return [float(np.median(taken)) for taken in times]


def peer(values: np.ndarray, w) -> Callable[[], object]:
    from esda import Moran_Local

    return lambda: Moran_Local(values, w, permutations=PERMUTATIONS, n_jobs=1, keep_simulations=False, seed=1)


def compare(sides: list[int]) -> pd.DataFrame:
    """Time one column at each size, for one-decimal and for continuous values."""
    rows = []
    for side in sides:
        indptr, indices = queen_lattice(side)
        w = as_w(indptr, indices)
        table = as_neighbors(w) if side < 200 else None
        for kind in ("one decimal", "continuous"):
            values = np.random.default_rng(side).normal(30.0, 8.0, side * side)
            values = values.round(1) if kind == "one decimal" else values
            actions = [peer(values, w), partial(permutation_tails, values, indptr, indices)]
            if table is not None:
                actions.append(partial(rg.local_moran, values, table))
            esda, core, *public = in_turns(*actions, runs=RUNS if side < 200 else 3)
            found = permutation_tails(values, indptr, indices)["cluster"]
            rows.append(
                {
                    "n": side * side,
                    "values": kind,
                    "engine": found.engine[0],
                    "bracket": float(np.nanmax(found.error)),
                    "esda ms": 1e3 * esda,
                    "core ms": 1e3 * core,
                    "ratio": esda / core,
                    "ratio of public call": esda / public[0] if public else np.nan,
                }
            )
            print(rows[-1], flush=True)
    return pd.DataFrame(rows)


def many_columns(columns: int = 1500) -> None:
    """Time many columns on the 25 districts in one call, against a loop over esda."""
    near = rg.neighbors(rg.load_boundaries("district"))
    w = as_w(near.indptr, near.indices)
    rng = np.random.default_rng(0)
    for kind in ("one decimal", "continuous"):
        values = rng.normal(30.0, 8.0, (columns, 25))
        values = values.round(1) if kind == "one decimal" else values
        sample = values[: columns // 10]

        def loop(sample: np.ndarray = sample) -> None:
            for column in sample:
                peer(column, w)()

        def public(values: np.ndarray = values) -> object:
            return rg.local_moran(values.T, near)

        esda, core, call = in_turns(
            loop, partial(permutation_tails, values, near.indptr, near.indices), public, runs=3
        )
        esda *= 10
        print(
            f"{columns} columns, {kind}: esda {esda:.2f} s, core {core:.2f} s ({esda / core:.1f}x), "
            f"public call {call:.2f} s ({esda / call:.1f}x)",
            flush=True,
        )


def unequal_weights(side: int = 100) -> None:
    """Time weights that differ within a row, both with 999 draws."""
    indptr, indices = queen_lattice(side)
    rng = np.random.default_rng(0)
    weights = rng.uniform(0.5, 2.0, len(indices))
    values = rng.normal(size=side * side)
    w = as_w(indptr, indices, weights)
    esda, core = in_turns(
        peer(values, w),
        lambda: permutation_tails(values, indptr, indices, weights, draws=PERMUTATIONS),
    )
    print(f"unequal weights, n = {side * side}: {esda / core:.1f}x ({1e3 * core:.0f} ms)", flush=True)


PEAK = {
    "esda": "w = as_w(indptr, indices); before = peak(); peer(values, w)()",
    "core": "before = peak(); permutation_tails(values, indptr, indices)",
}


def peak_memory(side: int, who: str, kind: str) -> float:
    """Return by how many MB a fresh process grows at its peak while it computes p."""
    code = (
        "import sys; sys.path.insert(0, 'benchmarks')\n"
        "import numpy as np, scipy.fft, resource\n"
        "from spatial_speed import as_w, peer, peak, queen_lattice, permutation_tails\n"
        f"indptr, indices = queen_lattice({side}); n = {side * side}\n"
        "small = queen_lattice(5)\n"
        f"values = np.random.default_rng(0).normal(30, 8, n)\n"
        + ("values = values.round(1)\n" if kind == "one decimal" else "")
        # code that is loaded or compiled on first use is no memory of the computation
        + ("peer(values[:25], as_w(*small))()\n" if who == "esda" else "permutation_tails(values[:25], *small)\n")
        + PEAK[who]
        + "\nprint(peak() - before)\n"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(out.stdout)


def peak() -> float:
    """Return the largest resident size of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="leave out what takes minutes")
    quick = parser.parse_args().quick
    table = compare([5, 32, 100] if quick else [5, 32, 100, 316])
    print(table.round(4).to_string(index=False))
    many_columns()
    unequal_weights()
    if not quick:
        for kind in ("one decimal", "continuous"):
            sizes = {who: peak_memory(316, who, kind) for who in PEAK}
            print(f"peak memory over what was there before, n = 99,856, {kind}: {sizes} MB", flush=True)
        print(f"one million areas: {peak_memory(1000, 'core', 'one decimal'):.0f} MB (one decimal)", flush=True)
        print(f"one million areas: {peak_memory(1000, 'core', 'continuous'):.0f} MB (continuous)", flush=True)


if __name__ == "__main__":
    main()
