"""How many injected changes are found, and how many other alarms stand beside them.

Exhaustive and without luck: every area x indicator x sign, one cell of the last year times 1 +- s, everything
recomputed. A change counts as found if at most one other cell of the same report ranks as high. Settings were
chosen on the indicators at even places of the alphabet and are shown on those at odd places::

    python benchmarks/temporal_injection.py                      # the shipped sample
    python benchmarks/temporal_injection.py --folder PATH        # all other series of a folder of original files
"""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import digamma, polygamma, stdtr

import regsam_geo as rg
from regsam_geo.warning import Settings
from regsam_geo.warning.detectors.newest_change import BASES, relevant_on_link
from regsam_geo.warning.schema.cube import Cube, cubes
from regsam_geo.warning.statistics.change_test import newest_change_test, p_of_effect
from regsam_geo.warning.statistics.link import linked_values
from regsam_geo.warning.statistics.multiplicity import benjamini_hochberg

SIZES = (0.10, 0.15, 0.25)
YEARS = tuple(range(2018, 2025))
Score = Callable[[Cube], np.ndarray]
"""From a cube to one score per series and area for its last period; high is unusual."""


def tuning_half(cube: Cube) -> np.ndarray:
    """Tell which series settings were chosen on: even places in the alphabet of indicators."""
    names = cube.keys["indicator"] + "|" + cube.keys["group"]
    return np.argsort(np.argsort(names.to_numpy(dtype=str))) % 2 == 0


def take(cube: Cube, series: np.ndarray) -> Cube:
    """Return some series of a cube, as often as asked for."""
    arrays = {name: getattr(cube, name)[series] for name in ("printed", "value", "numerator", "denominator")}
    return dataclasses.replace(cube, keys=cube.keys.iloc[series].reset_index(drop=True), **arrays)


def inject(cube: Cube, factor: float | np.ndarray, span: int = 1) -> Cube:
    """Return one copy of each series per area, with that area's last ``span`` values times ``factor``."""
    areas = len(cube.area_ids)
    many = take(cube, np.repeat(np.arange(len(cube.keys)), areas))
    place = np.arange(len(many.keys))
    for name in ("value", "numerator"):
        array = getattr(many, name)
        for back in range(span):
            step = factor ** (span - back)
            array[place, -1 - back, place % areas] *= step
    return many


def change_p(cube: Cube, settings: Settings | None = None) -> np.ndarray:
    """Return p of the shipped change detector."""
    settings = settings or Settings()
    linked = linked_values(cube)
    test = newest_change_test(linked, settings, cube.season)
    relevant = settings.yearly_share * relevant_on_link(cube, linked, settings)
    return p_of_effect(test.effect, test.se, test.df, relevant[:, None])


def shipped(cube: Cube) -> np.ndarray:
    with np.errstate(divide="ignore"):
        return -np.log(change_p(cube))


def yearly_z(cube: Cube) -> np.ndarray:
    """Peer: z of the yearly change over the area's own history."""
    return _z_of_change(cube.value)


def yearly_z_of_logs(cube: Cube) -> np.ndarray:
    """Peer: the same on logarithms."""
    return _z_of_change(np.log(np.where(cube.value > 0, cube.value, np.nan)))


def level_z(cube: Cube) -> np.ndarray:
    """Peer: z of the level among the areas, as Berlin's and Hamburg's monitoring standardize."""
    last = cube.value[:, -1]
    center, spread = np.nanmean(last, 1, keepdims=True), np.nanstd(last, 1, keepdims=True)
    return np.abs(last - center) / spread


def xmr(cube: Cube) -> np.ndarray:
    """Peer: distance from the mean in units of the mean moving range (XmR chart on the rates)."""
    past = cube.value[:, :-1]
    ranges = np.nanmean(np.abs(np.diff(past, axis=1)), 1) / 1.128
    return np.abs(cube.value[:, -1] - np.nanmean(past, 1)) / ranges


def _z_of_change(values: np.ndarray) -> np.ndarray:
    changes = np.diff(values, axis=1)
    past = changes[:, :-1]
    return np.abs(changes[:, -1] - np.nanmean(past, 1)) / np.nanstd(past, 1, ddof=1)


def limma(cube: Cube) -> np.ndarray:
    """Peer: the change of logarithms beyond the areas' median, with shrunken variances (Smyth 2004)."""
    change = np.diff(np.log(np.where(cube.value > 0, cube.value, np.nan)), axis=1)
    excess = change - np.nanmedian(change, axis=2, keepdims=True)
    n = np.isfinite(excess[:, :-1]).sum(1) - 1.0
    own = np.nanvar(excess[:, :-1], axis=1, ddof=1)
    logs = np.log(own) - digamma(n / 2) + np.log(n / 2)
    beyond = np.nanvar(logs, axis=1, ddof=1) - np.nanmean(polygamma(1, n / 2), axis=1)
    prior = np.where(beyond > 0, 2 / np.maximum(beyond, 1e-3), 60.0).clip(1, 60)[:, None]
    pool = np.exp(np.nanmean(logs, axis=1) + digamma(prior[:, 0] / 2) - np.log(prior[:, 0] / 2))[:, None]
    t = np.abs(excess[:, -1]) / np.sqrt((prior * pool + n * own) / (prior + n))
    return -np.log(np.maximum(2 * stdtr(prior + n, -t), 1e-300))


PEERS: dict[str, Score] = {
    "limma": limma,
    "yearly z": yearly_z,
    "yearly z, logs": yearly_z_of_logs,
    "level z": level_z,
    "XmR": xmr,
}


def other_series(folder: Path) -> rg.Panel:
    """Return the series of a folder of original files that are not shipped: simple ratios with a long past.

    The scale is inferred where value, numerator and denominator prove it; a balance, which may be negative, and
    series with fewer than ten years up to 2024 are left out. Headlines are the groups "insgesamt", or all groups
    of an indicator without one.
    """
    shipped_names = set(rg.load_sample().catalogue["indicator"])
    frames, entries = [], []
    for path in sorted(folder.iterdir()):
        panel = rg.read_indicators(path, signs={"-88888888": "not_available"})
        data = panel.data[(panel.data["level"] == "district") & ~panel.data["indicator"].isin(shipped_names)]
        for (indicator, group), rows in data.groupby(["indicator", "group"], sort=False):
            totals = data.loc[data["indicator"] == indicator, "group"]
            headline = group == "insgesamt" or not (totals == "insgesamt").any()
            long = rows["period"].nunique() >= 10 and rows["period"].max() == "2024"
            simple = (
                rows["base_3"].isna().all() and (rows["base_2"] > 0).mean() > 0.9 and (rows["base_1"] >= 0).all()
            )
            if not (headline and long and simple):
                continue
            sure = rows[(rows["base_1"] > 20) & (rows["base_2"] > 0) & (rows["value"] > 0)]
            scale = (sure["value"] * sure["base_2"] / sure["base_1"]).median() if len(sure) > 50 else np.nan
            near = [known for known in (1.0, 100.0, 1000.0) if abs(np.log(scale / known)) < 0.01]
            if near:
                part = near[0] == 100 and (sure["base_1"] <= sure["base_2"]).all()
                frames.append(rows.assign(numerator=rows["base_1"], denominator=rows["base_2"]))
                names = panel.catalogue.set_index(["indicator", "group"]).loc[(indicator, group), list(BASES)]
                entries.append((indicator, group, near[0], "proportion" if part else "ratio", True, *names))
    catalogue = pd.DataFrame(entries, columns=["indicator", "group", "scale", "kind", "headline", *BASES])
    data = pd.concat(frames).drop_duplicates(["indicator", "group", "period", "level", "area_id"])
    return rg.Panel(data, catalogue.drop_duplicates(["indicator", "group"]))


def cube_until(panel: rg.Panel, year: int) -> Cube:
    """Return the districts of the panel up to a year, series without a value in it left out."""
    cube = next(cube for cube in cubes(panel, str(year)) if cube.level == "district")
    return take(cube, np.flatnonzero(np.isfinite(cube.value[:, -1]).any(axis=1)))


def scores_of(cube: Cube, score: Score, size: float, signs: Sequence[int] = (1, -1)) -> list[np.ndarray]:
    """Return the scores of the report as it is, shape (S, A), and per sign those of each changed series.

    The latter have the shape (S, A, A): in ``[i, a]`` the last value of area ``a`` is changed.
    """
    shape = (len(cube.keys), len(cube.area_ids), len(cube.area_ids))
    plain = np.nan_to_num(score(cube), nan=-1.0, posinf=1e300)
    changed = [np.nan_to_num(score(inject(cube, 1 + sign * size)), nan=-1.0, posinf=1e300) for sign in signs]
    return [plain, *(scores.reshape(shape) for scores in changed)]


def recall(scores: Sequence[np.ndarray], keep: np.ndarray | slice = slice(None)) -> np.ndarray:
    """Return, per series and area, the share of signs whose injection ranks first or second of its report.

    The report consists of the series to ``keep``; ``scores`` are those of ``scores_of``.
    """
    plain, changed = scores[0][keep], [part[keep] for part in scores[1:]]
    everything = np.sort(plain.ravel())
    found = np.zeros(plain.shape)
    for part in changed:
        mine = np.diagonal(part, axis1=1, axis2=2)
        own = (part >= mine[:, :, None]).sum(2) - 1
        before = (plain[:, None, :] >= mine[:, :, None]).sum(2)  # the series itself is in the report once
        others = everything.size - np.searchsorted(everything, mine.ravel()).reshape(mine.shape) - before
        found += own + others <= 1
    return found / len(changed)


def recall_at_thresholds(cube: Cube, size: float, settings: Settings) -> tuple[float, float]:
    """Return the share found at the shipped q, and the mean number of other warnings in the report."""
    base = change_p(cube, settings)
    series, areas = base.shape
    found, others = 0, 0
    for sign in (1, -1):
        p = change_p(inject(cube, 1 + sign * size), settings).reshape(series, areas, series and areas)
        for i in range(series):
            for a in range(areas):
                report = base.copy()
                report[i] = p[i, a]
                q = benjamini_hochberg(report.ravel()).reshape(report.shape)
                found += q[i, a] < settings.q_watch
                others += (q < settings.q_watch).sum() - (q[i, a] < settings.q_watch)
    return found / (2 * base.size), others / (2 * base.size)


def table(panel: rg.Panel, methods: dict[str, Score], years: Sequence[int] = YEARS) -> pd.DataFrame:
    """Return recall by method, year, size and half."""
    rows = []
    for year in years:
        cube = cube_until(panel, year)
        chosen_on = tuning_half(cube)
        halves = {"all": np.ones_like(chosen_on), "tuning": chosen_on, "shown": ~chosen_on}
        for name, score in methods.items():
            for size in SIZES:
                scores = scores_of(cube, score, size)
                rows += [(name, half, year, size, recall(scores, keep).mean()) for half, keep in halves.items()]
        print(f"{year}: {len(cube.keys)} series", flush=True)
    return pd.DataFrame(rows, columns=["method", "half", "year", "size", "recall"])


def margins(result: pd.DataFrame) -> pd.DataFrame:
    """Return by year and size how far regsam_geo lies above the best peer."""
    every = result[result["half"] == "all"]
    best = every[every["method"] != "regsam_geo"].groupby(["size", "year"])["recall"].max()
    mine = every[every["method"] == "regsam_geo"].set_index(["size", "year"])["recall"]
    return (mine - best).rename("above").reset_index().pivot_table(index="size", columns="year", values="above")


def summary(result: pd.DataFrame) -> pd.DataFrame:
    """Return the recall of 2024 (the last year) and the mean over all years."""
    last = result["year"].max()
    parts = {
        f"{last}": result[result["year"] == last],
        f"mean {result['year'].min()}-{last}": result,
    }
    return pd.concat(
        {
            name: part.pivot_table(index=["half", "method"], columns="size", values="recall", sort=False)
            for name, part in parts.items()
        },
        axis=1,
    ).round(3)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, help="folder with original files; only series not shipped are used")
    arguments = parser.parse_args()
    panel = other_series(arguments.folder) if arguments.folder else rg.load_sample()
    methods = {"regsam_geo": shipped, **PEERS}
    result = table(panel, methods)
    print(summary(result).to_string())
    print(
        result[result["half"] == "all"]
        .pivot_table(index=["method", "size"], columns="year", values="recall")
        .round(3)
        .to_string()
    )
    print("Above the best peer")
    print(margins(result).round(3).to_string())
    print("At the shipped thresholds (q < 0.10): share found, other warnings in the report")
    for year in (2020, 2022, 2024):
        cube = cube_until(panel, year)
        cells = [recall_at_thresholds(cube, size, Settings()) for size in SIZES] if len(cube.keys) < 40 else []
        print(
            year,
            "  ".join(
                f"{size:.0%}: {found:.2f} / {others:.1f}"
                for size, (found, others) in zip(SIZES, cells, strict=False)
            ),
        )
    print("2024 by direction and size of the district (people in the denominators; small: the lower third)")
    cube = cube_until(panel, 2024)
    small = _small_districts(cube)
    for name, sign in (("upward", 1), ("downward", -1)):
        for size in SIZES:
            found = recall(scores_of(cube, shipped, size, (sign,)))
            print(
                f"{name} {size:.0%}: all {found.mean():.2f}, small {found[:, small].mean():.2f}, "
                f"large {found[:, ~small].mean():.2f}"
            )


def _small_districts(cube: Cube) -> np.ndarray:
    """Tell which third of the areas has the smallest denominators."""
    size = np.nanmedian(
        cube.denominator[:, -1] / np.nanmedian(cube.denominator[:, -1], axis=1, keepdims=True), axis=0
    )
    return size <= np.quantile(size, 1 / 3)


if __name__ == "__main__":
    main()
