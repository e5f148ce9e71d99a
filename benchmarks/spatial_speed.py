"""Speed and memory of local Moran's p against esda, in one process, esda warm, neighbors prepared.

    python benchmarks/spatial_speed.py [PART ...]

Parts: city, lattices, large, columns, columns-without-numba, weights, memory. Exact (or bracketed) p here, 999
permutations there. The calls are timed in turns, in seconds of the processor, short ones many times in a row (at
least 50 ms a run, as timeit does); medians of seven runs, one run where a call takes longer than five seconds.
esda needs numba for its fast path; both use one thread. Without names all parts are run but
``columns-without-numba``: some minutes on a quiet machine.
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
RUNS_OF_SLOW = 1
SLOW = 5.0
SHORTEST_RUN = 0.05
PERMUTATIONS = 999
LEVELS = ("district", "subdistrict", "quarter")


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


def city(level: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the queen neighbors of a level of the city as CSR."""
    near = rg.neighbors(rg.load_boundaries(level))
    return near.indptr, near.indices


def one_column(kind: str, n: int) -> np.ndarray:
    """Return values with one decimal, continuous ones, or rates with denominators from 300 to 30,000."""
    rng = np.random.default_rng(n)
    if kind == "rates":
        people = np.exp(rng.uniform(np.log(300), np.log(30_000), n)).astype(int)
        return 100.0 * rng.binomial(people, rng.beta(20, 80, n)) / people
    values = rng.normal(30.0, 8.0, n)
    return values.round(1) if kind == "one decimal" else values


def compare(tables: dict[str, tuple[np.ndarray, np.ndarray]], kinds: list[str], runs: int = RUNS) -> pd.DataFrame:
    """Time one column: prepared arrays, and the public call with all three forms of neighbors."""
    from libpysal.graph import Graph

    rows = []
    for name, (indptr, indices) in tables.items():
        w = as_w(indptr, indices)
        graph, table = Graph.from_W(w), as_neighbors(w)
        for kind in kinds:
            values = one_column(kind, len(indptr) - 1)
            series = pd.Series(values, index=table.ids)
            esda, core, *public = in_turns(
                peer(values, w),
                partial(permutation_tails, values, indptr, indices),
                *(partial(rg.local_moran, series, given) for given in (table, graph, w)),
                runs=runs,
            )
            found = permutation_tails(values, indptr, indices)
            ratios = {
                f"x {form}": esda / one for form, one in zip(("Neighbors", "Graph", "W"), public, strict=True)
            }
            row = {
                "areas": name,
                "values": kind,
                "engine": found.engine[0],
                "widest": float(np.nanmax(found.error)),
                "esda ms": 1e3 * esda,
                "core ms": 1e3 * core,
                "x core": esda / core,
                "public ms": 1e3 * public[0],
                **ratios,
            }
            rows.append(row)
            print(pd.DataFrame([row]).round(4).to_string(index=False), flush=True)
    return pd.DataFrame(rows)


def many_columns(columns: int = 1500, sample: int = 50, runs: int = 5) -> None:
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
    "public call with W": "w = as_w(indptr, indices); CALL; rg.local_moran(values, w)",
}


def peak_memory(side: int, who: str, kind: str, *, since: str = "call") -> float:
    """Return by how many MB a fresh process grows at its peak, since the call that computes p or since the import.

    Since the import, the neighbors in the form that either needs them count too: CSR arrays here, a ``W`` there.
    """
    begin = "before = peak(reset=True)"
    code = (
        "import sys; sys.path.insert(0, 'benchmarks')\n"
        "import numpy as np, scipy.fft\n"
        "from spatial_speed import as_w, peer, peak, queen_lattice, permutation_tails, rg\n"
        "small, few = queen_lattice(5), np.random.default_rng(0).normal(30, 8, 25)\n"
        # code that is loaded or compiled on first use is no memory of the computation
        + ("peer(few, as_w(*small))()\n" if who == "esda" else "rg.local_moran(few, as_w(*small))\n")
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


PARTS: dict[str, Callable[[], object]] = {
    "city": lambda: compare(
        {f"{len(table[0]) - 1} {level}s": table for level in LEVELS for table in [city(level)]},
        ["one decimal", "continuous", "rates"],
    ),
    "lattices": lambda: compare(
        {str(side**2): queen_lattice(side) for side in (32, 100)}, ["one decimal", "continuous"]
    ),
    "large": lambda: compare({"99856": queen_lattice(316)}, ["one decimal", "continuous"], runs=1),
    "columns": many_columns,
    "columns-without-numba": without_numba,
    "weights": unequal_weights,
    "memory": memory,
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", help=", ".join(PARTS))
    for part in parser.parse_args().parts or [name for name in PARTS if name != "columns-without-numba"]:
        PARTS[part]()


if __name__ == "__main__":
    main()
