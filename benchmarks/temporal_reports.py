"""Whole reports: joint problems, drifts, shocks to the city, false discoveries per kind, and speed.

python benchmarks/temporal_reports.py            # everything, many minutes
python benchmarks/temporal_reports.py --part speed --sizes 0 1 2
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

import regsam_geo as rg
from regsam_geo.warning import Context, Settings
from regsam_geo.warning.detectors.change import CHANGE
from regsam_geo.warning.detectors.drift import DRIFT
from regsam_geo.warning.detectors.level import LEVEL
from regsam_geo.warning.report.urgency import findings_of

RELATED = ("Arbeitslose - Anteil", "(Regel-)Leistungsberechtigte - erwerbsfähig - Anteil")
TEMPORAL = (CHANGE, DRIFT)
KINDS_TESTED = (LEVEL, CHANGE, DRIFT)


def changed(panel: rg.Panel, cells: pd.Series, factor: float | pd.Series) -> rg.Panel:
    """Return the panel with the numerators of some cells times a factor, values recomputed from them."""
    data = panel.data.copy()
    data.loc[cells, "numerator"] *= factor if not isinstance(factor, pd.Series) else factor[cells]
    scale = panel.catalogue.set_index("indicator")["scale"]
    rate = data["indicator"].map(scale) * data["numerator"] / data["denominator"]
    data.loc[cells, "value"] = rate[cells].round(1)
    return rg.Panel(data, panel.catalogue)


def cell_of(panel: rg.Panel, indicators: Sequence[str], areas: Sequence[str] | None, period: str) -> pd.Series:
    """Tell which rows belong to some indicators, areas (None: all districts) and a period."""
    data = panel.data
    hit = data["indicator"].isin(indicators) & (data["period"] == period) & (data["level"] == "district")
    return hit if areas is None else hit & data["area_id"].isin(areas)


def warned(panel: rg.Panel, period: str = "2024") -> set[tuple[str, str]]:
    """Return indicator and area of everything that the temporal kinds flag at the shipped thresholds."""
    found = findings_of(panel, Context(period), TEMPORAL)
    hit = found[(found["q"] < Settings().q_watch) & (found["level"] != "city")]
    return set(zip(hit["indicator"], hit["area_id"], strict=True))


def joint() -> pd.DataFrame:
    """Return the recall of the table when related indicators, or three adjacent areas, move together."""
    panel = rg.load_sample()
    districts = rg.load_boundaries("district")
    near = rg.neighbors(districts)
    rows = []
    for factor in (0.85, 1.15, 0.75, 1.25):
        any_found, all_found, areas_any = [], [], []
        for area in districts.index:
            found = warned(changed(panel, cell_of(panel, RELATED, [area], "2024"), factor))
            hits = [(name, area) in found for name in RELATED]
            any_found.append(any(hits))
            all_found.append(all(hits))
            three = [area, *near[area][:2]]
            found = warned(changed(panel, cell_of(panel, RELATED[:1], three, "2024"), factor))
            areas_any.append(any((RELATED[0], name) in found for name in three))
        rows.append((f"{factor - 1:+.0%}", np.mean(any_found), np.mean(all_found), np.mean(areas_any)))
    columns = ["change", "related: at least one", "related: both", "three adjacent: at least one"]
    return pd.DataFrame(rows, columns=columns)


def drifts() -> pd.DataFrame:
    """Return the recall of change and drift when a cell drifts by 5 % a year over 3 and 5 years."""
    panel = rg.load_sample()
    rows = []
    for years in (3, 5):
        for yearly in (0.95, 1.05):
            kinds: dict[str, list[bool]] = {"change": [], "drift": [], "either": []}
            for name in panel.indicators:
                for area in rg.load_boundaries("district").index[::4]:
                    data = panel.data
                    cells = (data["indicator"] == name) & (data["area_id"] == area) & (data["level"] == "district")
                    cells &= data["period"] > str(2024 - years)
                    power = data["period"].astype(int) - (2024 - years)
                    found = findings_of(changed(panel, cells, yearly**power), Context("2024"), TEMPORAL)
                    hit = found[(found["q"] < 0.10) & (found["indicator"] == name) & (found["area_id"] == area)]
                    flagged = set(hit["kind"])
                    for kind in ("change", "drift"):
                        kinds[kind].append(kind in flagged)
                    kinds["either"].append(bool(flagged))
            shares = [float(np.mean(found)) for found in kinds.values()]
            number = len(kinds["either"])
            error = np.sqrt(shares[-1] * (1 - shares[-1]) / number)
            rows.append((years, f"{yearly - 1:+.0%}", number, *shares, error))
    return pd.DataFrame(rows, columns=["years", "a year", "cells", "change", "drift", "either", "standard error"])


def city_shock() -> pd.DataFrame:
    """Return the district warnings that a shock of 30 % to all areas adds, per indicator."""
    panel = rg.load_sample()
    before = warned(panel)
    rows = []
    for name in panel.indicators:
        for factor in (0.7, 1.3):
            shocked = changed(panel, cell_of(panel, [name], None, "2024"), factor)
            found = findings_of(shocked, Context("2024"), (CHANGE,))
            city = found[(found["level"] == "city") & (found["indicator"] == name)]
            added = len({cell for cell in warned(shocked) - before if cell[0] == name})
            rows.append((name, f"{factor - 1:+.0%}", added, bool((city["q"] < 0.10).any())))
    return pd.DataFrame(rows, columns=["indicator", "shock", "district warnings", "city finding"])


def level_effects(rng: np.random.Generator, series: int, levels: str) -> tuple[np.ndarray, np.ndarray]:
    """Return by how much each area differs from the city for ever (logarithms), and which areas are unlike it.

    ``"spread"``: all areas differ a little, normally. ``"one far out"``: the same, and in half of the series one
    area lies far out. ``"half, four far out"``: 12 of 25 areas differ, two at either end by far, which is all that
    a scatter winsorized by 10 % can bear. ``"half, heavy tails"``: half of the areas differ, by amounts with heavy
    tails (half of Student's t with 2 degrees), so that the scatter itself is made of these differences.
    """
    areas = (series, 25)
    order = rng.permuted(np.tile(np.arange(25), (series, 1)), axis=1)
    sign = rng.choice([-1.0, 1.0], areas)
    if levels == "half, heavy tails":
        apart = rng.random(areas) < 0.5
        return apart * 0.5 * rng.standard_t(2, areas).clip(-4, 3), apart
    if levels == "half, four far out":
        far = 0.7 * ((order < 2) - 1.0 * ((order >= 2) & (order < 4)))
        return np.where(order < 4, far, (order < 12) * sign * rng.uniform(0.06, 0.10, areas)), order < 12
    one = (order == 0) & (rng.random((series, 1)) < (0.5 if levels == "one far out" else 0.0))
    return rng.normal(0, 0.1, areas) * ~one + 0.8 * sign * one, one


def simulated_reports(reports: int, seed: int, jump: float, levels: str) -> tuple[rg.Panel, pd.DataFrame]:
    """Simulate reports of 11 series, 25 areas and 15 years, and tell which cells are unlike the rest.

    A tenth of the cells rises or falls by ``jump`` in the newest year; ``levels`` as in ``level_effects``.
    """
    rng = np.random.default_rng(seed)
    shape = (reports * 11, 15, 25)
    common = 0.08 * np.cumsum(rng.normal(size=(shape[0], 15, 1)), axis=1)
    effect, apart = level_effects(rng, shape[0], levels)
    logs = np.log(0.1) + common - common.mean(axis=1, keepdims=True) + effect[:, None]
    logs += 0.02 * rng.normal(size=shape)
    jumps = rng.random((shape[0], 25)) < 0.1
    rate = np.clip(np.exp(logs), 0, 0.6)
    rate[:, -1] *= 1 + jump * rng.choice([-1.0, 1.0], (shape[0], 25)) * jumps
    size = np.round(20_000 * rng.lognormal(0, 0.4, (shape[0], 1, 25))) + np.zeros(shape)
    cases = rng.binomial(size.astype(int), rate)
    at, time_, area = (axis.ravel() for axis in np.indices(shape))
    data = pd.DataFrame(
        {"period": 2010 + time_, "numerator": cases.ravel().astype(float), "denominator": size.ravel()}
    )
    data["indicator"] = [f"report {number // 11} series {number % 11}" for number in at]
    data["area_id"] = [f"{number + 1:02d}" for number in area]
    data["value"] = 100 * data["numerator"] / data["denominator"]
    names = list(dict.fromkeys(data["indicator"]))
    catalogue = pd.DataFrame({"indicator": names, "group": "insgesamt", "scale": 100.0, "kind": "proportion"})
    cells = pd.MultiIndex.from_product([names, [f"{number + 1:02d}" for number in range(25)]])
    truth = pd.DataFrame({"change": jumps.ravel(), "level": (jumps | apart).ravel()}, index=cells)
    truth = truth.assign(drift=truth["change"], far=(np.abs(effect) > 0.5).ravel())
    return rg.Panel.from_frame(data, catalogue.assign(headline=True)), truth


def report_number(rows: pd.DataFrame) -> np.ndarray:
    """Return the number of the simulated report of each row."""
    return rows["indicator"].str.extract(r"report (\d+)", expand=False).astype(int).to_numpy()


def false_discoveries(reports: int = 200, seed: int = 4) -> pd.DataFrame:
    """Return, per kind, the mean share of false findings of a report at a nominal 10 %, with its standard error.

    False is a finding where the cell is like the rest. Reports without a finding count as 0.
    """
    near = {"district": rg.neighbors(rg.load_boundaries("district"))}
    scenarios = {
        "a tenth of the cells jumps by 15 %": (0.15, "spread"),
        "a tenth of the cells jumps by 30 %": (0.3, "spread"),
        "30 %, and one area far out in half of the series": (0.3, "one far out"),
        "30 %, and half of the areas differ, four by far": (0.3, "half, four far out"),
        "30 %, and half of the areas differ, heavy tails": (0.3, "half, heavy tails"),
    }
    rows = []
    for name, (jump, levels) in scenarios.items():
        panel, truth = simulated_reports(reports, seed, jump, levels)
        findings = findings_of(panel, Context("2024", near), KINDS_TESTED, family=report_number)
        findings = findings[findings["level"] != "city"]
        for kind in ("level", "change", "drift"):
            part = findings[findings["kind"] == kind]
            true = truth.reindex(pd.MultiIndex.from_frame(part[["indicator", "area_id"]]))
            unlike, far = true[kind].to_numpy(), true["far"].to_numpy()
            hit, number = (part["q"] < Settings().q_watch).to_numpy(), report_number(part)
            false = np.bincount(number[hit & ~unlike], minlength=reports)
            found = np.bincount(number[hit], minlength=reports)
            share = false / np.maximum(found, 1)
            error = share.std(ddof=1) / np.sqrt(reports)
            rows.append(
                (
                    name,
                    kind,
                    unlike.mean(),
                    share.mean(),
                    error,
                    found.mean(),
                    hit[unlike].mean(),
                    hit[far].mean() if kind == "level" and far.any() else np.nan,
                )
            )
    columns = [
        "scenario",
        "kind",
        "share of the cells unlike",
        "false share",
        "standard error",
        "findings per report",
        "share of the unlike found",
        "of those that lie far out",
    ]
    return pd.DataFrame(rows, columns=columns)


def squares(number: int) -> gpd.GeoDataFrame:
    """Return areas for a made city: squares of one kilometer in a grid that is as wide as high."""
    side = int(np.ceil(np.sqrt(number)))
    corners = [(1000.0 * (place % side), 1000.0 * (place // side)) for place in range(number)]
    ids = [f"{place + 1:05d}" for place in range(number)]
    return gpd.GeoDataFrame(
        {"name": ids},
        geometry=[shapely.box(x, y, x + 1000, y + 1000) for x, y in corners],
        index=pd.Index(ids, name="area_id"),
        crs=25832,
    )


def made(series: int, areas: int, years: int, *, jumps: int = 10) -> rg.Panel:
    """Return a made panel: shares of about 10 % whose logits walk by 0.03 a year; ``jumps`` series jump at last.

    Each of them jumps by 0.5 (on the logit scale) in one area in the newest year, so that there are warnings to
    describe and to look back from. Denominators differ by area, year and series, about 5,000 people.
    """
    rng = np.random.default_rng(5)
    shape = (series, years, areas)
    walk = np.cumsum(rng.normal(0, 0.03, shape), axis=1)
    walk[np.arange(jumps) * (series // max(jumps, 1)), -1, 3] += 0.5
    at, year, area = (axis.ravel() for axis in np.indices(shape))
    names = np.array([f"made {number:03d}" for number in range(series)])
    usual = 5000 * rng.lognormal(0, 0.5, areas)[area] * 1.01 ** (year - years)
    people = np.maximum(np.round(usual * rng.lognormal(0, 0.005, len(usual))), 50)
    cases = rng.binomial(people.astype(int), 1 / (1 + np.exp(2.2 - walk.ravel()))).astype(float)
    data = pd.DataFrame(
        {
            "indicator": names[at],
            "period": 2024 - years + 1 + year,
            "level": "own",
            "area_id": squares(areas).index.to_numpy()[area],
            "numerator": cases,
            "denominator": people,
            "value": (100 * cases / people).round(1),
        }
    )
    catalogue = pd.DataFrame({"indicator": names, "group": "insgesamt", "scale": 100.0, "kind": "proportion"})
    return rg.Panel.from_frame(data, catalogue.assign(headline=True))


def seconds(work: Callable[[], object]) -> float:
    """Return the processor seconds of one run."""
    start = time.process_time()
    work()
    return time.process_time() - start


def one_by_one(panel: rg.Panel, areas: gpd.GeoDataFrame) -> list[rg.WarningTable]:
    """Return the reports of all series, each in a panel of its own: what a loop over single series does."""
    alone = [
        rg.Panel(data, panel.catalogue[panel.catalogue["indicator"] == name])
        for name, data in panel.data.groupby("indicator")
    ]
    return [rg.Study(each, areas, threshold=None).detect_warnings() for each in alone]


SIZES = (
    (50, 25, 25),
    (100, 25, 25),
    (200, 25, 25),
    (400, 25, 25),
    (200, 25, 50),
    (200, 25, 100),
    (200, 108, 25),
    (200, 475, 25),
)
LOOPED = (50, 25, 25)


def speed(sizes: Sequence[tuple[int, int, int]] = SIZES) -> pd.DataFrame:
    """Return processor seconds of ``detect_warnings``, five detectors, default settings.

    Without and with ten series that jump; the faster of two runs each, of one where it takes longer than ten
    seconds. Every run has a new panel, so that nothing is known from the run before.
    """
    rg.load_study().sel("Nichtdeutsche").detect_warnings()  # imports and the calibration of the limits
    rows = []
    for series, number, years in sizes:
        areas = squares(number)
        row: dict[str, float] = {"series": series, "areas": number, "years": years}
        for name, jumps in (("nothing warns", 0), ("with warnings", 10)):
            panel = made(series, number, years, jumps=jumps)
            found: list[rg.WarningTable] = []

            def report(panel: rg.Panel = panel, areas: gpd.GeoDataFrame = areas, found: list = found) -> None:
                found.append(rg.Study(panel, areas, threshold=None).detect_warnings())

            row[name] = seconds(report)
            if row[name] < 10:
                again = rg.Study(rg.Panel(panel.data, panel.catalogue), areas, threshold=None)
                row[name] = min(row[name], seconds(again.detect_warnings))
            row["warnings"] = len(found[0])
        if (series, number, years) == LOOPED:
            row["loop over series"] = seconds(lambda: one_by_one(panel, areas))  # noqa: B023
        rows.append(row)
        print(row, flush=True)
    return pd.DataFrame(rows)


PARTS = {
    "joint": joint,
    "drifts": drifts,
    "city": city_shock,
    "false": false_discoveries,
    "speed": speed,
}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=list(PARTS), action="append")
    parser.add_argument("--sizes", nargs="+", type=int, help="rows of the table of speed, from 0", default=None)
    arguments = parser.parse_args()
    for name in arguments.part or PARTS:
        print(f"\n{PARTS[name].__doc__}")
        chosen = name == "speed" and arguments.sizes
        table = speed([SIZES[place] for place in arguments.sizes]) if chosen else PARTS[name]()
        print(table.round(3).to_string(index=False))


if __name__ == "__main__":
    main()
