"""False warnings per report where areas are as unequal as 1 : 100, with and without Basiswerte.

Rates of 5 % of 300 to 30,000 people, nothing but sampling (and, where said, lasting differences between areas):

    python benchmarks/rates_without_bases.py
"""

from __future__ import annotations

import argparse

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

import regsam_geo as rg
from regsam_geo.warning import DETECTORS, Context, Settings
from regsam_geo.warning.report.urgency import findings_of, flagged_units

SERIES = 11
SMALLEST, LARGEST = 300, 30_000
KINDS = ("spatial", "level", "change", "drift")


def squares(number: int) -> gpd.GeoDataFrame:
    """Return areas for a made city: squares of one kilometer in a grid that is as wide as high."""
    side = int(np.ceil(np.sqrt(number)))
    ids = [f"{place + 1:03d}" for place in range(number)]
    corners = [(1000.0 * (place % side), 1000.0 * (place // side)) for place in range(number)]
    boxes = [shapely.box(x, y, x + 1000, y + 1000) for x, y in corners]
    return gpd.GeoDataFrame({"name": ids}, geometry=boxes, index=pd.Index(ids, name="area_id"), crs=25832)


def null_panel(seed: int, reports: int, areas: int, years: int, *, bases: str, spread: float = 0.0) -> rg.Panel:
    """Return reports of rates in which nothing is unusual; ``bases`` is ``both``, ``people`` or ``none``."""
    rng = np.random.default_rng(seed)
    shape = (reports * SERIES, years, areas)
    people = np.round(np.geomspace(SMALLEST, LARGEST, areas)).astype(int)
    # in each report other areas are the small ones
    people = rng.permuted(np.tile(people, (reports, 1)), axis=1).repeat(SERIES, axis=0)[:, None, :]
    people = people + np.zeros(shape, dtype=int)
    logit = np.log(0.05 / 0.95) + spread * rng.normal(size=(shape[0], 1, areas)) + np.zeros(shape)
    cases = rng.binomial(people, 1 / (1 + np.exp(-logit)))
    at, year, area = (axis.ravel() for axis in np.indices(shape))
    names = np.array([f"report {n // SERIES} series {n % SERIES}" for n in range(shape[0])])
    data = pd.DataFrame(
        {
            "indicator": names[at],
            "group": "insgesamt",
            "period": (2025 - years + year).astype(str),
            "level": "own",
            "area_id": np.char.zfill((area + 1).astype(str), 3),
            "value": 100 * cases.ravel() / people.ravel(),
        }
    )
    if bases != "none":
        data["denominator"] = people.ravel().astype(float)
    if bases == "both":
        data["numerator"] = cases.ravel().astype(float)
    catalogue = pd.DataFrame({"indicator": names, "group": "insgesamt", "headline": True})
    if bases != "none":
        catalogue = catalogue.assign(scale=100.0, kind="proportion")
    return rg.Panel.from_frame(data, catalogue)


def report_number(rows: pd.DataFrame) -> np.ndarray:
    """Return the number of the simulated report of each row."""
    return rows["indicator"].str.extract(r"report (\d+)", expand=False).astype(int).to_numpy()


def count(reports: int, areas: int, years: int, bases: str, spread: float, seed: int = 1) -> dict[str, object]:
    """Return the mean number of false warnings and of findings by kind, and the share of p at most 0.05."""
    panel = null_panel(seed, reports, areas, years, bases=bases, spread=spread)
    near = {"own": rg.neighbors(squares(areas))}
    findings = findings_of(panel, Context("2024", near), DETECTORS, family=report_number)
    flagged = flagged_units(findings, near, Settings(), DETECTORS)
    per = pd.Series(report_number(flagged)).value_counts().reindex(range(reports), fill_value=0)
    hit = findings[(findings["q"] < 0.1) & (findings["level"] != "city")]
    kinds = hit["kind"].value_counts() / reports
    tested = findings[findings["p"].notna() & (findings.level != "city")]
    size = tested.groupby("kind")["p"].agg(lambda p: (p <= 0.05).mean())
    error = per.std() / np.sqrt(reports)
    row: dict[str, object] = {"areas": areas, "years": years, "bases": bases, "spread": spread, "reports": reports}
    row |= {"false": per.mean(), "error": error}
    row |= {kind: kinds.get(kind, 0.0) for kind in KINDS}
    return row | {f"{kind} 5 %": size.get(kind, np.nan) for kind in KINDS}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=40, help="with 25 areas; fewer with more, at least --least")
    parser.add_argument("--least", type=int, default=6)
    parser.add_argument("--areas", type=int, nargs="*", default=[25, 200, 542])
    parser.add_argument("--years", type=int, nargs="*", default=[2, 5, 10])
    parser.add_argument("--bases", nargs="*", default=["both", "people", "none"])
    parser.add_argument("--spread", type=float, nargs="*", default=[0.0, 0.3])
    chosen = parser.parse_args()
    rows = [
        count(max(chosen.least, chosen.reports * 25 // areas), areas, years, bases, spread)
        for areas in chosen.areas
        for years in chosen.years
        for bases in chosen.bases
        for spread in chosen.spread
    ]
    print(pd.DataFrame(rows).round(3).to_string(index=False))


if __name__ == "__main__":
    main()
