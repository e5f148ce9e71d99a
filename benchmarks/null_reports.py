"""The stated number of false warnings beside the number that is counted where nothing is unusual.

Made panels of 11 shares, 25 areas of unequal size and 5, 10 or 25 years, in which areas walk by themselves: with
normal steps, with steps that have the tails of Student's t with 3 degrees of freedom, with series that move
together, and with steps that are alike among neighbors. For each kind of panel the mean that
``expected_false_warnings`` states is set against the mean of warnings counted in other panels of the kind; all
kinds are tested together (Holm, 5 %)::

    python benchmarks/null_reports.py [--stated 20] [--counted 300]
"""

from __future__ import annotations

import argparse

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.stats import norm

import regsam_geo as rg

SERIES, SIDE = 11, 5
KINDS: dict[str, dict[str, float]] = {
    "normal": {},
    "tails of t with 3 df": {"tails": 3},
    "series move together": {"together": 0.5},
    "neighbors alike, rho 0.5": {"rho": 0.5},
    "neighbors alike, rho 0.9": {"rho": 0.9},
}


def squares() -> gpd.GeoDataFrame:
    """Return a city of 25 squares."""
    corners = [(1000.0 * (n % SIDE), 1000.0 * (n // SIDE)) for n in range(SIDE**2)]
    ids = [f"{n + 1:03d}" for n in range(SIDE**2)]
    boxes = [shapely.box(x, y, x + 1000, y + 1000) for x, y in corners]
    return gpd.GeoDataFrame({"name": ids}, geometry=boxes, index=pd.Index(ids, name="area_id"), crs=25832)


def alike(rho: float) -> np.ndarray:
    """Return the matrix that makes independent steps alike among neighbors (a spatial autoregression)."""
    near = rg.neighbors(squares())
    weights = np.zeros((len(near), len(near)))
    owner = np.repeat(np.arange(len(near)), np.diff(near.indptr))
    weights[owner, near.indices] = 1.0
    made = np.linalg.inv(np.eye(len(near)) - rho * weights / weights.sum(1, keepdims=True))
    return made / np.sqrt((made**2).sum(1, keepdims=True))


def null_panel(
    rng: np.random.Generator, years: int, *, tails: float = 0, together: float = 0, rho: float = 0
) -> rg.Panel:
    """Return a panel in which nothing is unusual."""
    shape = (SERIES, years, SIDE**2)
    steps = rng.standard_t(tails, shape) / np.sqrt(tails / (tails - 2)) if tails else rng.normal(size=shape)
    steps = np.sqrt(together) * rng.normal(size=(1, *shape[1:])) + np.sqrt(1 - together) * steps
    steps = steps @ alike(rho).T if rho else steps
    logit = np.cumsum(0.03 * steps + 0.03 * rng.normal(size=(SERIES, years, 1)), axis=1)
    logit += np.log(0.1 / 0.9) + 0.2 * rng.normal(size=(SERIES, 1, SIDE**2))
    people = np.round(rng.permutation(np.geomspace(3_000, 60_000, SIDE**2))).astype(int) + np.zeros(
        shape, dtype=int
    )
    cases = rng.binomial(people, 1 / (1 + np.exp(-logit)))
    at, year, area = (axis.ravel() for axis in np.indices(shape))
    names = np.array([f"share {n}" for n in range(SERIES)])
    data = pd.DataFrame(
        {
            "indicator": names[at],
            "group": "insgesamt",
            "period": (2025 - years + year).astype(str),
            "level": "own",
            "area_id": squares().index.to_numpy()[area],
            "value": 100 * cases.ravel() / people.ravel(),
            "numerator": cases.ravel().astype(float),
            "denominator": people.ravel().astype(float),
        }
    )
    catalogue = pd.DataFrame({"indicator": names, "group": "insgesamt", "scale": 100.0, "kind": "proportion"})
    return rg.Panel.from_frame(data, catalogue.assign(headline=True))


def counted_in(panel: rg.Panel) -> int:
    """Return how many rows of a report warn."""
    # a look at one report before: adjacent areas of one age stand in one row
    study = rg.Study(panel, squares(), threshold=None, settings=rg.Settings(lookback=1))
    return int((rg.detect_warnings(study, 2024)["status"] != "open").sum())


def compare(kind: str, years: int, stated: int, counted: int, seed: int) -> dict[str, object]:
    """Return what is stated of panels of a kind, and what is counted in others."""
    rng = np.random.default_rng(seed)
    said = np.array(
        [
            rg.expected_false_warnings(
                rg.Study(null_panel(rng, years, **KINDS[kind]), squares(), threshold=None), seed=number
            ).warnings
            for number in range(stated)
        ]
    )
    seen = np.array([counted_in(null_panel(rng, years, **KINDS[kind])) for _ in range(counted)])
    error = np.sqrt(said.var(ddof=1) / stated + seen.var(ddof=1) / counted)
    p = 2 * norm.sf(abs(said.mean() - seen.mean()) / error)
    return {"kind": kind, "years": years, "stated": said.mean(), "counted": seen.mean(), "error": error, "p": p}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--stated", type=int, default=20, help="panels of each kind whose expectation is simulated"
    )
    parser.add_argument("--counted", type=int, default=300, help="panels of each kind whose warnings are counted")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rows = [
        compare(kind, years, options.stated, options.counted, options.seed)
        for kind in KINDS
        for years in (5, 10, 25)
    ]
    table = pd.DataFrame(rows)
    order = table["p"].rank(method="first")
    holm = (table["p"] * (len(table) + 1 - order)).clip(upper=1).iloc[np.argsort(order)].cummax()
    print(table.assign(holm=holm).round(3).to_string(index=False))


if __name__ == "__main__":
    main()
