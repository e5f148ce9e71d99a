"""Made tables of counts with small ones among them, on Munich's districts."""

from __future__ import annotations

import numpy as np
import pandas as pd

import regsam_geo as rg

DISTRICTS = [f"{k:02d}" for k in range(1, 26)]
GROUPS = ("insgesamt", "männlich", "weiblich")
SCHEME = rg.read_division().to_frame()
REGION_OF = SCHEME["region_id"].to_dict()


def other_scheme():
    """Return another division of the city: pairs of neighbors by number."""
    own = rg.read_division().to_frame()
    own["region_id"] = [f"Paar{(int(d) + 1) // 2}" for d in own.index]
    own["region_name"] = own["region_id"]
    return own


def counts(seed, periods=("2024",), mean=6.0, indicator="Beratene", groups=GROUPS, levels=("district", "city")):
    """Return a tidy table of counts of persons: men, women and all, each year a table of its own."""
    rng = np.random.default_rng(seed)
    rows = []
    for period in periods:
        parts = {group: rng.poisson(mean, 25) for group in groups[1:] or groups}
        if len(groups) > 1:
            parts[groups[0]] = sum(parts.values())
        for group, numbers in parts.items():
            here = [("district", d, n) for d, n in zip(DISTRICTS, numbers, strict=True)]
            here.append(("city", "munich", numbers.sum()))
            for region in dict.fromkeys(REGION_OF.values()):
                inside = [n for d, n in zip(DISTRICTS, numbers, strict=True) if REGION_OF[d] == region]
                here.append(("region", region, sum(inside)))
            rows += [(indicator, group, period, *one) for one in here if one[0] in levels]
    frame = pd.DataFrame(rows, columns=["indicator", "group", "period", "level", "area_id", "value"])
    return frame.astype({"value": float})


def panel_of(frame):
    entries = frame[["indicator", "group"]].drop_duplicates()
    return rg.Panel(frame, entries.assign(unit="Personen", decimals=0, summable=True, counts_persons=True))


def revised(frame, seed, share=0.1):
    """Return the table with some figures of districts revised, and the sums with them; and the keys revised."""
    rng = np.random.default_rng([seed, 1])
    wide = frame[frame["level"] == "district"].pivot_table(
        index=["indicator", "period", "area_id"], columns="group", values="value"
    )
    new = wide.copy()
    parts = [group for group in wide if group != GROUPS[0]] or [GROUPS[0]]
    for row in np.flatnonzero(rng.random(len(wide)) < share):
        for group in parts:
            new.iloc[row, new.columns.get_loc(group)] = max(0, new.iloc[row][group] + rng.integers(-3, 4))
    if len(parts) > 1:
        new[GROUPS[0]] = new[parts].sum(axis=1)
    told = new.reset_index().melt(["indicator", "period", "area_id"], value_name="value").assign(level="district")
    sums = told.groupby(["indicator", "group", "period"], as_index=False)["value"].sum()
    found = pd.concat([told, sums.assign(level="city", area_id="munich")])[list(frame.columns)]
    key = list(frame.columns[:-1])
    both = frame.merge(found, on=key, suffixes=("", "_new"))
    changed = both[both["value"] != both["value_new"]]
    return found.reset_index(drop=True), set(changed[key].itertuples(index=False, name=None))
