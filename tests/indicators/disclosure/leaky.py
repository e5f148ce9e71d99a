"""Tables with one planted leak each, and the same tables without it; made by hand, not by ``protect``."""

from __future__ import annotations

import numpy as np
import pandas as pd
from panels import REGION_OF

import regsam_geo as rg

KINDS = ("difference", "complement", "rate", "rank", "region", "city", "edition", "groups", "change", "ratio")
LONE = [d for d, r in REGION_OF.items() if list(REGION_OF.values()).count(r) == 1]
SHARED = [d for d, r in REGION_OF.items() if list(REGION_OF.values()).count(r) > 1]
NUMBERS = ["value", "numerator", "denominator"]


def whole_table(rng, groups=("insgesamt",), period="2024"):
    """Return a table of 25 districts, 16 regions and the city without any small count."""
    rows = []
    for group in groups[1:] or groups:
        for district, region in REGION_OF.items():
            den = int(rng.integers(300, 900))
            num = int(rng.integers(20, 60))
            for level, area in (("district", district), ("region", region), ("city", "munich")):
                rows.append((group, level, area, num, den))
    table = pd.DataFrame(rows, columns=["group", "level", "area_id", "numerator", "denominator"])
    table = table.groupby(["group", "level", "area_id"], as_index=False).sum()
    if len(groups) > 1:
        both = table.groupby(["level", "area_id"], as_index=False)[["numerator", "denominator"]].sum()
        table = pd.concat([table, both.assign(group=groups[0])], ignore_index=True)
    table = table.assign(indicator="Beratene", period=period).astype({"numerator": float, "denominator": float})
    table["sign"] = ""
    return table


def with_small(table, district, count, group="insgesamt", also=()):
    """Return the table with a small count in one district, its sums kept right."""
    table = table.copy()
    here = _at(table, "district", district, group)
    change = count - table.loc[here, "numerator"].item()
    for level, area in (("district", district), ("region", REGION_OF[district]), ("city", "munich")):
        for g in (group, *also):
            table.loc[_at(table, level, area, g), "numerator"] += change
    return table


def finish(table, hidden):
    """Return the panel with values, and without the numerators (and values) of the hidden rows."""
    table = table.copy()
    table["value"] = np.floor(1000 * table["numerator"] / table["denominator"] + 0.5) / 10
    for level, area, group in hidden:
        here = _at(table, level, area, group)
        table.loc[here, ["value", "numerator"]] = np.nan
        table.loc[here, "sign"] = "suppressed"
    return rg.Panel(table, catalogue(table))


def catalogue(table):
    keys = table[["indicator", "group"]].drop_duplicates()
    return keys.assign(scale=100.0, decimals=1, kind="proportion", counts_persons=True)


def _at(table, level, area, group):
    return (table["level"] == level) & (table["area_id"] == area) & (table["group"] == group)


def plant(kind, seed):
    """Return ``(tables with the leak, tables without it, the area that leaks)``."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(1, 3))
    total = "insgesamt"
    shared = str(rng.choice(SHARED))
    partner = str(rng.choice([d for d in SHARED if REGION_OF[d] == REGION_OF[shared] and d != shared]))
    table = with_small(whole_table(rng), shared, count)
    pair = [("district", shared, total), ("district", partner, total)]
    safe = finish(table, pair)
    if kind == "difference":  # region minus the other districts
        return finish(table, pair[:1]), safe, shared
    if kind == "complement":  # 598 of 600 shown: the rest is 2
        den = table.loc[_at(table, "district", shared, total), "denominator"].item()
        table = with_small(table, shared, den - count)
        return finish(table, []), finish(table, pair), shared
    if kind == "rate":
        leak = safe.data.copy()
        here = _at(leak, "district", shared, total)
        leak.loc[here, "value"] = np.round(100 * count / leak.loc[here, "denominator"], 1)
        return rg.Panel(leak, safe.catalogue), safe, shared
    if kind == "rank":  # it ranks below an area whose printed share stands for fewer than three persons here
        small = _lowered(with_small(table, shared, 1), shared, partner)
        safe = finish(small, pair)
        columns = ["indicator", "group", "period", "level", "area_id", "value"]
        plain = safe.data.loc[safe.data["level"] == "district", columns]
        shares = small[small["level"] == "district"].set_index("area_id").eval("numerator / denominator")
        ranked = plain.assign(rank=plain["area_id"].map(shares.rank(ascending=False)))
        return [safe, ranked], [safe, plain], shared
    if kind == "region":  # the district is hidden, the region that it alone makes up is not
        lone, other = (str(d) for d in rng.choice(LONE, 2, replace=False))
        table = with_small(whole_table(rng), lone, count)
        alone = [("district", lone, total)]
        both = [
            (level, area, total)
            for d in (lone, other)
            for level, area in (("district", d), ("region", REGION_OF[d]))
        ]
        return finish(table, alone), finish(table, both), lone
    if kind == "city":  # districts and city only: the city total minus 24 districts
        rows = table[table["level"] != "region"]
        return finish(rows, pair[:1]), finish(rows, pair), shared
    if kind == "edition":  # the partner was shown in the edition before
        older = table.copy()
        before = finish(older, [("district", shared, total), ("district", _third(shared, partner), total)])
        if seed % 2:
            before = finish(older[older["area_id"] != shared], [])
        return {"2025": safe, "2024": before}, {"2025": safe, "2024": safe}, shared
    if kind == "groups":
        groups = (total, "männlich", "weiblich")
        table = with_small(whole_table(rng, groups), shared, count, "männlich", also=(total,))
        men = [("district", d, "männlich") for d in (shared, partner)]
        women = [("district", d, "weiblich") for d in (shared, partner)]
        return finish(table, men), finish(table, men + women), shared
    if kind == "change":
        before = table.assign(period="2023")
        before = with_small(before, shared, 30)
        past, now = finish(before, []), safe
        changes = now.data[_at(now.data, "district", shared, total)].copy()
        exact = (
            100 * count / changes["denominator"].item()
            - past.data.loc[_at(past.data, "district", shared, total), "value"].item()
        )
        return [now, past, changes.assign(change_1=exact)], [now, past], shared
    assert kind == "ratio"
    city = safe.data.loc[safe.data["level"] == "city", "value"].item()
    line = safe.data[_at(safe.data, "district", shared, total)].copy()
    share = 100 * count / line["denominator"].item()
    if seed % 2:
        return [safe, line.assign(ratio=share / city)], [safe, line], shared
    return [safe, line.assign(difference=share - city)], [safe, line], shared


def _third(one, other):
    """Return a district of another region."""
    return next(d for d in SHARED if REGION_OF[d] not in (REGION_OF[one], REGION_OF[other]))


def _lowered(table, district, partner):
    """Return the table with a third district whose share stands for 1.6 persons in the first."""
    third = _third(district, partner)
    small = table.copy()
    den = small.loc[_at(small, "district", third, "insgesamt"), "denominator"].item()
    here = small.loc[_at(small, "district", district, "insgesamt"), "denominator"].item()
    more = np.ceil(4 / 1.6 * here) - den
    for level, area in (("district", third), ("region", REGION_OF[third]), ("city", "munich")):
        small.loc[_at(small, level, area, "insgesamt"), "denominator"] += more
    return with_small(small, third, 4)
