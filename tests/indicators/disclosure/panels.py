"""Made panels with small counts, on the real areas of Munich."""

from __future__ import annotations

import numpy as np
import pandas as pd

import regsam_geo as rg

SCHEME = rg.read_division().to_frame()
REGION_OF = SCHEME["region_id"].to_dict()
LAYERS = (
    ("district", "city"),
    ("district", "region", "city"),
    ("district", "region"),
    ("district", "subdistrict", "city"),
    ("district", "subdistrict", "region", "city"),
    ("quarter", "subdistrict", "district", "region", "city"),
)


def leaves(levels):
    for level in ("quarter", "subdistrict"):
        if level in levels:
            return list(rg.load_boundaries(level).index)
    return [f"{k:02d}" for k in range(1, 26)]


def parents(leaf, levels):
    names = {"district": leaf[:2], "region": REGION_OF[leaf[:2]], "city": "munich"}
    if leaf.count(".") >= 1:
        names["subdistrict"] = ".".join(leaf.split(".")[:2])
    if leaf.count(".") == 2:
        names["quarter"] = leaf
    return [(level, names[level]) for level in levels]


def made_panel(
    seed, levels, groups=("insgesamt",), mean=6.0, people=(4, 400), indicator="Beratene", period="2024"
):
    """Return a panel of one indicator: numerators small, denominators now and then."""
    rng = np.random.default_rng(seed)
    ids = leaves(levels)
    parts = groups[1:] or groups
    rows = []
    for group in parts:
        people_here = np.round(np.exp(rng.uniform(np.log(people[0]), np.log(people[1]), len(ids)))).astype(int)
        share = rng.beta(1.0, 8.0, len(ids)) * mean / 6
        for leaf, den, p in zip(ids, people_here, share, strict=True):
            num = rng.binomial(den, min(1.0, p))
            rows += [(group, *place, num, den) for place in parents(leaf, levels)]
    frame = pd.DataFrame(rows, columns=["group", "level", "area_id", "numerator", "denominator"])
    total = frame.groupby(["group", "level", "area_id"], as_index=False).sum()
    if len(groups) > 1:
        both = total.groupby(["level", "area_id"], as_index=False)[["numerator", "denominator"]].sum()
        total = pd.concat([total, both.assign(group=groups[0])])
    total = total.assign(indicator=indicator, period=period).astype({"numerator": float, "denominator": float})
    total["value"] = np.floor(1000 * total["numerator"] / total["denominator"] + 0.5) / 10
    catalogue = (
        total[["indicator", "group"]]
        .drop_duplicates()
        .assign(scale=100.0, decimals=1, kind="proportion", counts_persons=True)
    )
    return rg.Panel(total, catalogue)
