"""Speed and memory of local Moran's p against esda, in one process, esda warm, neighbors prepared.

    python benchmarks/spatial_speed.py [small] [large] [columns] [columns-without-numba] [weights] [memory]

Exact (or bracketed) p here, 999 permutations there. The calls are timed in turns, in seconds of the processor,
short ones many times in a row (at least 50 ms a run, as timeit does); medians of seven runs, of three where a
call takes longer than five seconds. esda needs numba for its fast path; both use one thread. Without names, all
parts are run (about ten minutes).
"""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

import regsam_geo as rg
from regsam_geo.areas import as_neighbors
from regsam_geo.warning.statistics.permutation import permutation_tails

warnings.simplefilter("ignore")
RUNS = 7
RUNS_OF_SLOW = 3
SLOW = 5.0
SHORTEST_RUN = 0.05
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
    repeats = []
    for action in actions:
        action()
        taken = max(seconds(action), 1e-6)
        repeats.append(max(1, round(SHORTEST_RUN / taken)))
        if taken > SLOW:
            runs = min(runs, RUNS_OF_SLOW)
    for _ in range(runs):
        for action, repeat, found in zip(actions, repeats, times, strict=True):
            gc.collect()
            found.append(seconds(action, repeat))
    return [float(np.median(found)) for found in times]


def seconds(action: Callable[[], object], repeat: int = 1) -> float:
    """Return the seconds of the processor that one call takes."""
    start = time.process_time()
    for _ in range(repeat):
        action()
    return (time.process_time() - start) / repeat


def peer(values: np.ndarray, w) -> Callable[[], object]:
    from esda import Moran_Local

    return lambda: Moran_Local(values, w, permutations=PERMUTATIONS, n_jobs=1, keep_simulations=False, seed=1)


def compare(sides: list[int]) -> pd.DataFrame:
    """Time one column at each size, for one-decimal and for continuous values."""
    rows = []
    for side in sides:
        indptr, indices = queen_lattice(side)
        w = as_w(indptr, indices)
        table = as_neighbors(w)
        for kind in ("one decimal", "continuous"):
            values = np.random.default_rng(side).normal(30.0, 8.0, side * side)
            values = values.round(1) if kind == "one decimal" else values
            series = pd.Series(values, index=table.ids)
            esda, core, public = in_turns(
                peer(values, w),
                partial(permutation_tails, values, indptr, indices),
                partial(rg.local_moran, series, table),
            )
            found = permutation_tails(values, indptr, indices)
            rows.append(
                {
                    "n": side * side,
                    "values": kind,
                    "engine": found.engine[0],
                    "bracket": float(np.nanmax(found.error)),
                    "esda ms": 1e3 * esda,
                    "core ms": 1e3 * core,
                    "ratio": esda / core,
                    "public ms": 1e3 * public,
                    "ratio of public call": esda / public,
                }
            )
            print(pd.DataFrame(rows[-1:]).round(4).to_string(index=False), flush=True)
    return pd.DataFrame(rows)


def many_columns(columns: int = 1500, sample: int = 150, runs: int = RUNS) -> None:
    """Time many columns on the 25 districts in one call, against a loop over esda (of a sample, scaled up)."""
    near = rg.neighbors(rg.load_boundaries("district"))
    w = as_w(near.indptr, near.indices)
    rng = np.random.default_rng(0)
    for kind in ("one decimal", "continuous"):
        values = rng.normal(30.0, 8.0, (columns, 25))
        values = values.round(1) if kind == "one decimal" else values
        table = pd.DataFrame(values.T, index=near.ids)

        def loop(some: np.ndarray = values[:sample]) -> None:
            for column in some:
                peer(column, w)()

        esda, core, call = in_turns(
            loop,
            partial(permutation_tails, values, near.indptr, near.indices),
            partial(rg.local_moran, table, near),
            runs=runs,
        )
        esda *= columns / sample
        print(
            f"{columns} columns, {kind}: esda {esda:.2f} s, core {core:.2f} s ({esda / core:.1f}x), "
            f"public call {call:.2f} s ({esda / call:.1f}x)",
            flush=True,
        )


def without_numba() -> None:
    """Do the same in a process that finds no numba."""
    code = (
        "import sys; sys.modules['numba'] = None; sys.path.insert(0, 'benchmarks')\n"
        "from spatial_speed import many_columns; many_columns(sample=20, runs=3)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    print("without numba:\n" + out.stdout, flush=True)


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
    "esda": "w = as_w(indptr, indices); CALL; peer(values, w)()",
    "core": "CALL; permutation_tails(values, indptr, indices)",
}


def peak_memory(side: int, who: str, kind: str, *, since: str = "call") -> float:
    """Return by how many MB a fresh process grows at its peak, since the call that computes p or since the import.

    Since the import, the neighbors in the form that either needs them count too: CSR arrays here, a ``W`` there.
    """
    begin = "before = peak(reset=True)"
    code = (
        "import sys; sys.path.insert(0, 'benchmarks')\n"
        "import numpy as np, scipy.fft\n"
        "from spatial_speed import as_w, peer, peak, queen_lattice, permutation_tails\n"
        "small, few = queen_lattice(5), np.random.default_rng(0).normal(30, 8, 25)\n"
        # code that is loaded or compiled on first use is no memory of the computation
        + ("peer(few, as_w(*small))()\n" if who == "esda" else "permutation_tails(few, *small)\n")
        + (f"{begin}\n" if since == "import" else "")
        + f"indptr, indices = queen_lattice({side}); n = {side * side}\n"
        + "values = np.random.default_rng(0).normal(30, 8, n)\n"
        + ("values = values.round(1)\n" if kind == "one decimal" else "")
        + PEAK[who].replace("CALL", begin if since == "call" else "pass")
        + "\nprint(peak() - before)\n"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(out.stdout)


def peak(*, reset: bool = False) -> float:
    """Return the largest resident size of this process, in MB, since the last reset (Linux)."""
    if reset:
        Path("/proc/self/clear_refs").write_text("5")
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def memory() -> None:
    for kind in ("one decimal", "continuous"):
        for since in ("import", "call"):
            sizes = {who: round(peak_memory(316, who, kind, since=since)) for who in PEAK}
            print(f"peak memory since the {since}, n = 99,856, {kind}: {sizes} MB", flush=True)
        print(f"one million areas, {kind}: {peak_memory(1000, 'core', kind, since='import'):.0f} MB", flush=True)


PARTS: dict[str, Callable[[], object]] = {
    "small": lambda: compare([5, 32, 100]),
    "large": lambda: compare([316]),
    "columns": many_columns,
    "columns-without-numba": without_numba,
    "weights": unequal_weights,
    "memory": memory,
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", help=", ".join(PARTS))
    for part in parser.parse_args().parts or PARTS:
        PARTS[part]()


if __name__ == "__main__":
    main()
