"""What the tests of printed numbers share: the plain table, and warnings of many reports, made once."""

from __future__ import annotations

import numpy as np
import pytest
from plain_table import Plain

import regsam_geo as rg

CHOSEN = (
    "Nichtdeutsche",
    "Bevölkerungsdichte",
    "Innerräumliche Umzugsziffer",
    "(Regel-)Leistungsberechtigte - nicht erwerbsfähig - Anteil",
)
DECIMALS = {"Hochbetagte": 0}
"""An indicator whose made table is printed in whole numbers, so that value and expectation may look alike."""


@pytest.fixture(scope="session")
def plain():
    return Plain.of_file()


@pytest.fixture(scope="session")
def sample_reports():
    """The reports of the last fifteen years, oldest first: period -> warnings."""
    panel = rg.load_sample().sel(CHOSEN)
    return dict(rg.replay(panel, periods=range(2010, 2025)).reports)


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


@pytest.fixture(scope="session")
def shaken():
    """A made panel, and the same cells read plainly."""
    panel = shaken_panel()
    return panel, Plain.of_records(panel.data.to_dict("records"), DECIMALS)


@pytest.fixture(scope="session")
def shaken_reports(shaken):
    panel, _ = shaken
    return dict(rg.replay(panel, periods=SHAKEN_PERIODS).reports)


def draw_map(panel, period, **look):
    """Draw the districts of a panel with one indicator."""
    return rg.plot_map(rg.load_boundaries("district"), panel.sel(period=period), **look)


def draw_change(panel, since, until, **look):
    """Draw the change of the districts of a panel with one indicator."""
    return rg.plot_change_map(
        rg.load_boundaries("district"), panel.sel(level=["district", "city"]), since, until, **look
    )
