"""Does ``surge`` hold its level, how many injected surges does it find? Counts by week, month and quarter.

25 areas of unequal size, a season, and what real counts do besides: scatter more than Poisson, grow, have had
outbreaks, wander. In each panel one area gets further cases in the newest period: 2, 3 or 4 standard deviations of
what is usual there (Poisson). It counts as found if at most one other area ranks as high. Beside it stand the
change to the same period of the year before (over its Poisson error, and as a ratio), and the detector ``change``.
The constants of months and quarters were chosen with seed 1; the tables take seed 2::

    python benchmarks/surge.py
    python benchmarks/surge.py --speed tests/warning/statistics/salmonella_agona.csv
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import pandas as pd

from regsam_geo.warning import Settings
from regsam_geo.warning.statistics.change_test import newest_change_test, p_of_effect
from regsam_geo.warning.statistics.farrington import Rules, baseline, largest_usual
from regsam_geo.warning.statistics.link import Linked
from regsam_geo.warning.statistics.surge_test import RULES, surge_test

AREAS = 25
NAMES = {52: "weeks", 12: "months", 4: "quarters"}
SCENARIOS: dict[str, dict[str, float]] = {
    "Poisson": {"ratio": 1.0},
    "variance 2.5 times the mean": {"ratio": 2.5},
    "the same, 10 % more each year": {"ratio": 2.5, "growth": 0.1},
    "the same, an outbreak in 5 % of the past": {"ratio": 2.5, "outbreaks": 0.05},
    "the same, levels wander 8 % a year": {"ratio": 2.5, "wander": 0.08},
    "the same, the city 30 % up now": {"ratio": 2.5, "city": 0.3},
}
HIDDEN = "variance 2.5 times the mean, counts of 1 and 2 hidden"
MEANS = (3.0, 12.0, 40.0, 400.0)
SIZES = (2.0, 3.0, 4.0)


def simulate(
    rng: np.random.Generator,
    season: int,
    panels: int,
    mean: float,
    *,
    ratio: float = 1.0,
    growth: float = 0.0,
    outbreaks: float = 0.0,
    wander: float = 0.0,
    city: float = 0.0,
) -> tuple[np.ndarray, np.ndarray]:
    """Return counts and their means, shape (panels, periods, areas); nothing is unusual in the newest period."""
    periods = season * (RULES[season].years + 2)
    time_ = np.arange(periods)[None, :, None]
    wave = 0.3 * np.cos(2 * np.pi * (time_ / season + rng.random((panels, 1, 1))))
    level = np.log(mean) + rng.normal(0, 0.5, (panels, 1, AREAS)) - 0.125
    walk = np.cumsum(rng.normal(0, 1, (panels, periods, AREAS)) * wander / np.sqrt(season), axis=1)
    usual = np.exp(level + wave + growth * (time_ - periods) / season + walk - walk[:, -1:])
    usual[:, -1] *= 1 + city
    if ratio > 1:
        counts = rng.negative_binomial(usual / (ratio - 1), 1 / ratio).astype("float64")
    else:
        counts = rng.poisson(usual).astype("float64")
    hit = rng.random(counts.shape) < outbreaks
    hit[:, -1] = False
    return counts + hit * rng.poisson(3 * np.sqrt(ratio * usual)), usual


def hide(counts: np.ndarray) -> np.ndarray:
    """Return the counts as they may be shown: one and two are hidden."""
    return np.where((counts > 0) & (counts < 3), np.nan, counts)


def surge_p(counts: np.ndarray, season: int, relevant: float = 0.0) -> np.ndarray:
    """Return p of the newest period of each panel and area."""
    at = np.array([counts.shape[1] - 1])
    parts = np.array_split(counts, max(len(counts) * season // 400, 1))
    return np.concatenate(
        [surge_test(part, None, season, at, np.full(len(part), relevant)).p[:, 0] for part in parts]
    )


def change_p(counts: np.ndarray, season: int) -> np.ndarray:
    """Return p of the detector ``change``, one-sided."""
    test = newest_change_test(Linked.plain(np.log(counts + 0.5)), Settings(), season)
    p = p_of_effect(test.effect, test.se, test.df, np.zeros((len(counts), 1)))
    return np.where(test.effect > 0, p / 2, 1 - p / 2)


def of_year_before(counts: np.ndarray, season: int) -> np.ndarray:
    """Peer: the change to the same period of the year before over its Poisson error."""
    now, then = counts[:, -1], counts[:, -1 - season]
    return (now - then) / np.sqrt(now + then + 1)


def ratio_to_year_before(counts: np.ndarray, season: int) -> np.ndarray:
    """Peer: the same as a ratio, as tables print it."""
    return np.log(counts[:, -1] + 0.5) - np.log(counts[:, -1 - season] + 0.5)


SCORES = {
    "surge": lambda counts, season: -surge_p(counts, season),
    "change": lambda counts, season: -change_p(counts, season),
    "year before": of_year_before,
    "its ratio": ratio_to_year_before,
}


def found(score: np.ndarray, area: np.ndarray) -> float:
    """Return the share of the panels in which at most one other area ranks as high as the injected one."""
    own = np.take_along_axis(score, area[:, None], 1)
    # what is hidden has no score, and is not found
    return float((np.isfinite(own[:, 0]) & ((score >= own).sum(axis=1) - 1 <= 1)).mean())


def sizes(p: np.ndarray) -> tuple[float, float]:
    """Return the share of the tests with p at most 0.05 and at most 0.001."""
    tested = p[np.isfinite(p)]
    return float((tested <= 0.05).mean()), float((tested <= 0.001).mean())


def size_table(season: int, panels: int, seed: int) -> pd.DataFrame:
    """Return the share of p at most 0.05 and at most 0.001, by scenario and mean."""
    rows = []
    for name, options in SCENARIOS.items():
        for mean in MEANS:
            counts, _ = simulate(np.random.default_rng(seed), season, panels, mean, **options)
            rows.append((name, mean, *sizes(surge_p(counts, season))))
            if name == "variance 2.5 times the mean":
                rows.append((HIDDEN, mean, *sizes(surge_p(hide(counts), season))))
    return pd.DataFrame(rows, columns=["scenario", "mean", "0.05", "0.001"])


def recall_table(season: int, panels: int, seed: int) -> pd.DataFrame:
    """Return the share of the injected surges found at one other alarm, by mean, size and method."""
    rows = []
    for name, means in (("Poisson", MEANS), ("variance 2.5 times the mean", MEANS), (HIDDEN, MEANS[:2])):
        options = SCENARIOS.get(name, SCENARIOS["variance 2.5 times the mean"])
        for mean in means:
            rng = np.random.default_rng(seed)
            counts, usual = simulate(rng, season, panels, mean, **options)
            area, panel = rng.integers(0, AREAS, panels), np.arange(panels)
            spread = np.sqrt(options["ratio"] * usual[panel, -1, area])
            for size in SIZES:
                more = counts.copy()
                more[panel, -1, area] += rng.poisson(size * spread)
                seen = hide(more) if name == HIDDEN else more
                shares = [found(score(seen, season), area) for score in SCORES.values()]
                rows.append((name, mean, size, *shares))
    return pd.DataFrame(rows, columns=["scenario", "mean", "sd", *SCORES])


def speed(file: Path) -> None:
    """Print what 16 series of 52 weeks take, in CPU seconds: the least of five runs."""
    weeks = pd.read_csv(file)["y"].to_numpy(dtype="float64")
    many = np.tile(weeks, (16, 1))
    at, took = np.arange(len(weeks) - 52, len(weeks)), []
    for _ in range(5):
        start = time.process_time()
        usual = baseline(many, at, Rules())
        largest_usual(usual.expected, usual.phi, np.full(usual.phi.shape, 0.05))
        took.append(time.process_time() - start)
    print(f"16 series x 52 weeks: {min(took):.3f} s")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--panels", type=int, default=400, help="simulated panels per cell; a quarter for weeks")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--seasons", type=int, nargs="*", default=[4, 12, 52])
    parser.add_argument("--speed", type=Path, help="only the speed, on a CSV with a column y of weeks")
    arguments = parser.parse_args()
    if arguments.speed:
        speed(arguments.speed)
        return
    for season in arguments.seasons:
        panels = arguments.panels // (4 if season == 52 else 1)
        sizes = size_table(season, panels, arguments.seed)
        print(f"\n{NAMES[season]}: size, {panels * AREAS:,} tests per cell")
        print(sizes.pivot_table(index="scenario", columns="mean", sort=False).round(4).to_string())
        print(f"{NAMES[season]}: found at one other alarm, {panels} panels per cell")
        print(recall_table(season, panels, arguments.seed).round(3).to_string(index=False), flush=True)


if __name__ == "__main__":
    main()
