"""False alarms of local Moran at a nominal 5 % on the 25 districts, esda beside it.

    python benchmarks/spatial_size.py [--maps 10000]

Values are placed at random, so that every p below 0.05 is a false alarm. The exact size of the exact test is the
mean over districts of 2 floor(0.025 C) / C with C = C(24, k), if all sums differ.
"""

from __future__ import annotations

import argparse
import warnings
from math import comb

import numpy as np

import regsam_geo as rg
from regsam_geo.warning.statistics.funnel import studentize
from regsam_geo.warning.statistics.permutation import permutation_tails

warnings.simplefilter("ignore")
LEVEL = 0.05


def exact_size(k: np.ndarray) -> float:
    """Return the size of the exact two-sided test without ties, mean over areas."""
    return float(np.mean([2 * np.floor(LEVEL / 2 * comb(24, size)) / comb(24, size) for size in k.tolist()]))


def maps(rng: np.random.Generator, kind: str, count: int) -> np.ndarray:
    if kind == "normal":
        return rng.standard_normal((count, 25))
    if kind == "lognormal":
        return rng.lognormal(0.0, 1.0, (count, 25))
    return rng.poisson(1.0, (count, 25)).astype(float)


def esda_alarms(values: np.ndarray, w, permutations: int = 999) -> tuple[float, float]:
    """Return esda's share of p below the level as it is printed (one-sided), and two-sided."""
    from esda import Moran_Local

    printed, doubled = [], []
    for seed, row in enumerate(values):
        found = Moran_Local(row, w, permutations=permutations, n_jobs=1, keep_simulations=False, seed=seed)
        printed.append((found.p_sim < LEVEL).mean())
        doubled.append((2 * found.p_sim < LEVEL).mean())
    return float(np.mean(printed)), float(np.mean(doubled))


def cluster_size(count: int, with_peer: int) -> None:
    near = rg.neighbors(rg.load_boundaries("district"))
    k = np.diff(near.indptr)
    print(f"exact size without ties: {100 * exact_size(k):.2f} %")
    from spatial_speed import as_w

    w = as_w(near.indptr, near.indices)
    for kind in ("normal", "lognormal", "poisson(1)"):
        values = maps(np.random.default_rng(1), kind, count)
        line = f"{kind:12}"
        alarms = (permutation_tails(values, near.indptr, near.indices).p < LEVEL).mean(axis=1)
        line += f" cluster {100 * alarms.mean():.2f} % (s.e. {100 * alarms.std() / np.sqrt(count):.2f})"
        printed, doubled = esda_alarms(values[:with_peer], w)
        print(
            f"{line}; esda, {with_peer} maps: p_sim {100 * printed:.2f} %, doubled {100 * doubled:.2f} %",
            flush=True,
        )


def funnel_size(count: int) -> None:
    """Count false alarms of the funnel limits with 25 areas of the districts' sizes."""
    panel = rg.load_sample().sel("Arbeitslose - Anteil", period=2024, level="district")
    x = panel.data["denominator"].round().to_numpy()
    rng = np.random.default_rng(2)
    for kind, rate in (("proportion", 0.04), ("proportion", 0.001), ("ratio", 0.04), ("ratio", 0.001)):
        for phi in (1, 3, 10):
            hits, tests = np.zeros(2), 0
            for _ in range(count):
                tested = studentize(overdispersed(rng, x, rate, phi, kind), x, kind)
                if tested is None:
                    continue
                p = tested.calibration.p(tested.statistic)
                hits += [(p < 0.05).sum(), (p < 0.002).sum()]
                tests += len(p)
            print(
                f"funnel, {kind}, rate {rate}, phi {phi}: {100 * hits[0] / tests:.2f} % at 5 %, "
                f"{100 * hits[1] / tests:.2f} % at 0.2 %",
                flush=True,
            )


def overdispersed(rng: np.random.Generator, x: np.ndarray, rate: float, phi: float, kind: str) -> np.ndarray:
    """Draw counts whose variance is phi times that of the binomial or Poisson distribution."""
    if kind == "ratio":
        mean = x * rate if phi == 1 else rng.gamma(x * rate / (phi - 1), phi - 1)
        return rng.poisson(mean).astype(float)
    if phi == 1:
        return rng.binomial(x.astype(int), rate).astype(float)
    inner = (x - 1) / (phi - 1) - 1
    return rng.binomial(x.astype(int), rng.beta(rate * inner, (1 - rate) * inner)).astype(float)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--maps", type=int, default=10_000)
    parser.add_argument("--peer", type=int, default=1_000, help="maps that esda is run on")
    parser.add_argument("--funnels", type=int, default=4_000)
    options = parser.parse_args()
    if options.maps:
        cluster_size(options.maps, options.peer)
    if options.funnels:
        funnel_size(options.funnels)


if __name__ == "__main__":
    main()
