"""False alarms of ``level`` among small and large districts, whichever way districts differ.

Two worlds: the scatter is a factor of the sampling variance (multiplicative: large areas differ less), or the same
for areas of all sizes (additive, a random effect). Two tests: the shipped one (one factor for all areas) and an
additive one (DerSimonian and Laird's idea, winsorized; Spiegelhalter 2005). Each is fitted without the area
tested. At the end: do the residuals of the shipped indicators grow with the size of the district? ::

    python benchmarks/level_overdispersion.py [--maps 2000]
"""

from __future__ import annotations

import argparse

import numpy as np

import regsam_geo as rg
from regsam_geo.warning.statistics.funnel import adjusted_residuals, calibration, scatter_without

STEPS = 40


def districts_people() -> np.ndarray:
    """Return the number of people in each district."""
    rows = rg.load_sample().sel("Nichtdeutsche", period=2024, level="district").data
    return rows["denominator"].to_numpy(float)


def counts(rng: np.random.Generator, x: np.ndarray, rate: float, world: str, size: float, maps: int) -> np.ndarray:
    """Simulate cases; ``size`` is the factor of the variance, or the standard deviation of the logits."""
    z = rng.normal(size=(maps, len(x)))
    sd = np.full(len(x), size) if world == "additive" else np.sqrt((size - 1.0) / (x * rate * (1.0 - rate)))
    logit = np.log(rate / (1.0 - rate)) + sd * z
    return rng.binomial(x.astype(int), 1.0 / (1.0 + np.exp(-logit))).astype(float)


def multiplicative_p(y: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return p of the shipped test, without a relevant effect."""
    rate = (y.sum(1) / x.sum())[:, None]
    part = np.sqrt(1.0 - x / x.sum())
    residuals = adjusted_residuals(y, np.broadcast_to(x, y.shape), rate, "proportion") / part
    return calibration(len(x)).p(residuals / np.sqrt(scatter_without(residuals)))


def additive_p(y: np.ndarray, x: np.ndarray) -> np.ndarray:
    """Return p of distances in logits over sampling variance plus one unrest, found from the other areas."""
    known = calibration(len(x))
    logit = np.log(y + 0.5) - np.log(x - y + 0.5)
    sampling = 1.0 / (y + 0.5) + 1.0 / (x - y + 0.5)

    def distances(unrest: np.ndarray) -> np.ndarray:
        # one row of distances per area that is left out: shape (maps, left out, areas)
        weight = 1.0 / (sampling[:, None, :] + unrest[:, :, None])
        middle = (weight * logit[:, None, :]).sum(2, keepdims=True) / weight.sum(2, keepdims=True)
        own = 1.0 - weight / weight.sum(2, keepdims=True)
        return (logit[:, None, :] - middle) * np.sqrt(weight / own)

    def scatter(z: np.ndarray) -> np.ndarray:
        return np.diagonal(scatter_without(z), axis1=1, axis2=2)

    low, high = np.zeros(y.shape), np.full(y.shape, 4.0)
    for _ in range(STEPS):
        middle = (low + high) / 2.0
        wide = scatter(distances(middle)) * known.scale**2 > 1.0
        low, high = np.where(wide, middle, low), np.where(wide, high, middle)
    z = distances((low + high) / 2.0)
    return known.p(np.diagonal(z, axis1=1, axis2=2) / np.sqrt(scatter(z)))


def slopes() -> dict[str, float]:
    """Return, per shipped indicator, the slope of log |residual| on log denominator, 2024.

    0 where the scatter is a factor of the sampling variance, 0.5 where it is the same for areas of all sizes.
    """
    panel = rg.load_sample()
    found = {}
    for name in panel.indicators:
        rows = panel.sel(name, period=2024, level="district").data.dropna(subset=["numerator", "denominator"])
        y, x = (rows[column].to_numpy(float) for column in ("numerator", "denominator"))
        kind = "proportion" if (y <= x).all() else "ratio"
        residual = np.abs(adjusted_residuals(y, x, y.sum() / x.sum(), kind))
        found[name] = float(np.polyfit(np.log(x), np.log(residual), 1)[0])
    return found


def main() -> None:
    """Print false alarms at a nominal 5 and 0.2 % for all districts, the smallest third and the largest third."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--maps", type=int, default=2000)
    maps = parser.parse_args().maps
    x = districts_people()
    small, large = x <= np.quantile(x, 1 / 3), x >= np.quantile(x, 2 / 3)
    for world, rate, size in (
        ("multiplicative", 0.04, 3.0),
        ("multiplicative", 0.04, 30.0),
        ("multiplicative", 0.3, 100.0),
        ("additive", 0.04, 0.1),
        ("additive", 0.04, 0.3),
        ("additive", 0.3, 0.2),
    ):
        y = counts(np.random.default_rng(7), x, rate, world, size, maps)
        for name, test in (("one factor", multiplicative_p), ("additive", additive_p)):
            p = np.concatenate([test(part, x) for part in np.array_split(y, max(1, maps // 100))])
            parts = [p, p[:, small], p[:, large]]
            cells = "  ".join(f"{100 * (q < 0.05).mean():5.2f} / {100 * (q < 0.002).mean():4.2f}" for q in parts)
            print(f"{world:15} rate {rate:<5} {size:<6} {name:11} all, small, large: {cells}", flush=True)

    for name, slope in slopes().items():
        print(f"{name[:45]:45} {slope:5.2f}")
    values = list(slopes().values())
    print(f"slope: mean {np.mean(values):.2f}, median {np.median(values):.2f}, {len(values)} indicators")


if __name__ == "__main__":
    main()
