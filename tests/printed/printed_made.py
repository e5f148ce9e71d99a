"""A made table in which every phrase is spoken, and how a map of one indicator is drawn."""

from __future__ import annotations

import numpy as np
import pandas as pd

import regsam_geo as rg

CHOSEN = (
    "Nichtdeutsche",
    "Bevölkerungsdichte",
    "Innerräumliche Umzugsziffer",
    "(Regel-)Leistungsberechtigte - nicht erwerbsfähig - Anteil",
    "Arbeitslose - Anteil",
)
DECIMALS = {"Hochbetagte": 0}
"""An indicator whose made table is printed in whole numbers, so that value and expectation may look alike."""


SHAKEN_PERIODS = range(2020, 2025)


def shaken_panel():
    """Jumps, drifts, odd places and gaps in many cells of four indicators, so that every phrase is spoken."""
    rng = np.random.default_rng(3)
    panel = rg.load_sample().sel(["Altenquotient", "Hochbetagte", *CHOSEN[:3]])
    data = panel.data.copy()
    district = data["level"] == "district"
    years = data["period"].astype(int)
    for indicator in panel.catalogue["indicator"]:
        own = district & (data["indicator"] == indicator)
        for area in rng.choice(sorted(data.loc[own, "area_id"].unique()), 9, replace=False):
            cell = own & (data["area_id"] == area)
            since, factor = int(rng.integers(2018, 2025)), rng.choice([0.7, 0.85, 1.15, 1.3])
            steps = np.clip(years - since + 1, 0, int(rng.integers(1, 5)))
            data.loc[cell, "numerator"] *= (factor ** np.minimum(steps / rng.integers(1, 3), 2.0))[cell]
        # neighbors that stand far off together for years
        for area in ("15", "16"):
            data.loc[own & (data["area_id"] == area) & (years >= 2020), "numerator"] *= 1.6
    # so far out that it is beyond what areas differ by, whatever their size
    apart = district & (data["indicator"] == "Altenquotient") & (data["area_id"] == "15") & (years >= 2020)
    data.loc[apart, "numerator"] *= 4
    # steps so small that value and expectation are the same whole number
    for area, since in (("03", 2021), ("05", 2022), ("11", 2023), ("13", 2024), ("23", 2024)):
        cell = district & (data["indicator"] == "Hochbetagte") & (data["area_id"] == area) & (years >= since)
        data.loc[cell, "numerator"] *= 1.045
    after_a_gap = (data["indicator"] == "Hochbetagte") & (data["area_id"] == "07") & (years == 2024)
    data.loc[after_a_gap, "numerator"] *= 1.5
    scale = data["indicator"].map(panel.catalogue.set_index("indicator")["scale"])
    digits = data["indicator"].map(panel.catalogue.set_index("indicator")["decimals"]).astype(int)
    digits = digits.where(~data["indicator"].isin(DECIMALS), 0)
    rate = scale * data["numerator"] / data["denominator"]
    data["value"] = [float(f"{x:.{n}f}") for x, n in zip(rate, digits, strict=True)]
    gap = (data["period"] == "2023") & data["area_id"].isin(["07", "19"]) & (data["indicator"] == "Hochbetagte")
    catalogue = panel.catalogue.assign(
        decimals=panel.catalogue["decimals"].where(~panel.catalogue["indicator"].isin(DECIMALS), 0)
    )
    return rg.Panel(data[~gap].reset_index(drop=True), catalogue)


def draw_map(panel, period, **look):
    """Draw the districts of a panel with one indicator."""
    return rg.plot_map(panel, period=period, level="district", **look)


def draw_change(panel, since, until, **look):
    """Draw the change of the districts of a panel with one indicator."""
    return rg.plot_change_map(panel, since=since, until=until, level="district", **look)


WOMEN = ("Hochbetagte", "weiblich")
GROUPED = ("Arbeitslose - Anteil", "Hochbetagte", "Innerräumliche Umzugsziffer")


def grouped_panel():
    """Three indicators, one of them in two groups that warn in different districts; most of it is the sample."""
    panel = rg.load_sample().sel(GROUPED, period=range(2014, 2025))
    women = panel.data[panel.data["indicator"] == "Hochbetagte"].assign(group="weiblich")
    women["numerator"] = (women["numerator"] * 0.57).round(1)
    women["denominator"] = (women["denominator"] * 0.51).round(1)
    data = pd.concat([panel.data, women], ignore_index=True)
    before = data["numerator"].copy()
    old = data["indicator"] == "Hochbetagte"
    # two groups that lie above the city in the region of 17 and 18
    data.loc[old & (data["group"] == "weiblich") & data["area_id"].isin(["17", "18"]), "numerator"] *= 1.35
    for group, area, factor in (
        ("insgesamt", "05", 1.25),
        ("insgesamt", "18", 1.3),
        ("weiblich", "16", 1.4),
        ("weiblich", "17", 0.75),
    ):
        cell = old & (data["group"] == group) & (data["area_id"] == area)
        data.loc[cell & (data["period"] == "2024"), "numerator"] *= factor
    # the city remains the sum of its districts
    more = (data["numerator"] - before).groupby([data["group"], data["period"]]).transform("sum")
    data.loc[old & (data["level"] == "city"), "numerator"] += more
    changed = data["indicator"] == "Hochbetagte"
    rate = (100 * data["numerator"] / data["denominator"])[changed]
    data.loc[changed, "value"] = [float(f"{x:.1f}") for x in rate]
    data.loc[changed, "base_1"], data.loc[changed, "base_2"] = data["numerator"], data["denominator"]
    entry = panel.catalogue[panel.catalogue["indicator"] == "Hochbetagte"].assign(
        group="weiblich",
        title_de="Hochbetagte Frauen (Anteil an allen Frauen)",
        title_en="Women aged 75 and over (share of all women)",
        name_1="Hauptwohnsitzbevölkerung (75 Jahre und älter) (weiblich)",
        name_2="Hauptwohnsitzbevölkerung (weiblich)",
    )
    return rg.Panel(data, pd.concat([panel.catalogue, entry], ignore_index=True))
