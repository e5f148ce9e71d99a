"""Invented tables for the interactive map: warnings, groups, gaps, sub-districts, hostile texts."""

from __future__ import annotations

import numpy as np
import pandas as pd

import regsam_geo as rg

WARNED = (  # indicator, area, urgency
    ("Nichtdeutsche", "17", "watch"),
    ("Nichtdeutsche", "24", "priority"),
    ("Nichtdeutsche", "08", "check"),
    ("Hochbetagte", "17", "check"),
)


def invented_warnings(period: str = "2024") -> pd.DataFrame:
    """Warnings in the form of ``detect_warnings``; the sentences are invented."""
    rows = [
        {
            "urgency": urgency,
            "status": "new",
            "since": "",
            "indicator": indicator,
            "group": "insgesamt",
            "period": period,
            "level": "district",
            "area_id": area_id,
            "kinds": "change",
            "direction": "up",
            "sentence_de": f"Gebiet {area_id}, {indicator}: Der Anteil ist stärker gestiegen als in der Stadt.",
            "sentence_en": f"Area {area_id}, {indicator}: the share has risen more than in the city.",
        }
        for indicator, area_id, urgency in WARNED
    ]
    return pd.DataFrame(rows)


def invented_subdistricts(indicators: list[str] | None = None, *, bases: bool = True) -> pd.DataFrame:
    """Rows for the 108 sub-districts: the district's Basiswerte, divided unevenly. Invented, not measured."""
    sample = rg.load_sample()
    districts = sample.data[sample.data["level"] == "district"]
    if indicators is not None:
        districts = districts[districts["indicator"].isin(indicators)]
    parts = rg.load_boundaries("subdistrict")
    rng = np.random.default_rng(7)
    size = pd.Series(rng.uniform(0.5, 1.5, len(parts)), index=parts.index)
    size /= size.groupby(parts["district_id"]).transform("sum")
    level = pd.Series(rng.uniform(0.8, 1.2, len(parts)), index=parts.index)
    rows = districts.merge(
        parts["district_id"].rename_axis("part").reset_index(), left_on="area_id", right_on="district_id"
    )
    numbers = sample.catalogue.set_index("indicator")[["scale", "decimals"]].astype(float)
    scale, decimals = (rows["indicator"].map(numbers[name]) for name in ("scale", "decimals"))
    # persons and households are whole, square kilometers are not
    below = (rows["denominator"] * rows["part"].map(size)).round(2)
    below = below.where(below < 30, below.round())
    drift = rows["part"].map(level) * rng.normal(1, 0.02, len(rows))
    above = (below * rows["value"] / scale * drift).round()
    value = np.floor(scale * above / below * 10**decimals + 0.5) / 10**decimals
    found = rows[["indicator", "group", "period"]].assign(level="subdistrict", area_id=rows["part"], value=value)
    if bases:
        found = found.assign(numerator=above, denominator=below, base_1=above, base_2=below)
    return found


def with_rows(panel: rg.Panel, rows: pd.DataFrame) -> rg.Panel:
    """Return a panel with more rows and the same catalogue."""
    return rg.Panel(pd.concat([panel.data, rows]), panel.catalogue)


def invented_panel(periods: tuple[str, ...]) -> rg.Panel:
    """Two indicators, one with a second group and with sub-districts. The second group is invented."""
    names = ["Arbeitslose - Anteil", "Nichtdeutsche"]
    sample = rg.load_sample().sel(names, period=list(periods))
    parts = invented_subdistricts(names[1:])
    whole = pd.concat([sample.data, parts[parts["period"].isin(periods)]])
    bases = ["numerator", "denominator", "base_1", "base_2"]
    women = whole[whole["indicator"] == names[1]].drop(columns=bases)
    women = women.assign(group="Frauen", value=(women["value"] * 0.9).round(1))
    catalogue = sample.catalogue
    second = catalogue[catalogue["indicator"] == names[1]].assign(group="Frauen", headline=False)
    return rg.Panel(pd.concat([whole, women]), pd.concat([catalogue, second]))


def panel_with_gaps_and_groups() -> rg.Panel:
    """Two groups of one indicator with missing and secret values, quarterly, some negative. Invented."""
    ids = [f"{number:02d}" for number in range(1, 26)]
    rng = np.random.default_rng(3)
    rows = []
    for group in ("insgesamt", "Frauen"):
        for period in ("2023-Q4", "2024-Q1", "2024-Q2"):
            for number, area_id in enumerate(ids):
                missing = {3: "secret", 7: "not_available", 11: "not_applicable"}.get(number, "")
                value = np.nan if missing else round(float(rng.normal(0, 2)), 2)
                rows.append(("Saldo", group, period, "district", area_id, value, missing))
            rows.append(("Saldo", group, period, "city", "munich", 0.05, ""))
    columns = ["indicator", "group", "period", "level", "area_id", "value", "sign"]
    return rg.Panel.from_frame(pd.DataFrame(rows, columns=columns)).with_catalogue(
        {"Saldo": {"title_de": "Wanderungssaldo", "title_en": "Net migration", "unit": "je 1.000", "decimals": 2}}
    )


HOSTILE = (
    "</script><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>' `${alert(1)}`",
    "{{ 7*7 }} {% raw %} {# x #}",
    "\u202eneznerG\u202c \u200f\u2067x\u2069",
    "Ü" * 300,
    "👩‍👩‍👧 & <b>fett</b> \\u003c <!-- --",
)


def study_with_small_counts(few: dict[tuple[str, str], int]) -> rg.Study:
    """A table of the shares "Eins" and "Zwei" with some counts, by name and area; the city is their sum."""
    rng = np.random.default_rng(3)
    names = ("Eins", "Zwei")
    data = pd.DataFrame(
        [
            {"indicator": name, "group": "insgesamt", "period": "2024", "level": "district", "area_id": f"{i:02d}",
             "numerator": int(rng.integers(40, 400)), "denominator": 4_000 + 37 * i}
            for name in names
            for i in range(1, 26)
        ]
    )  # fmt: skip
    for (name, area), count in few.items():
        data.loc[(data["indicator"] == name) & (data["area_id"] == area), "numerator"] = count
    city = data.groupby(["indicator", "group", "period"], as_index=False)[["numerator", "denominator"]].sum()
    data = pd.concat([data, city.assign(level="city", area_id="munich")], ignore_index=True)
    data["value"] = (100 * data["numerator"] / data["denominator"]).round(1)
    catalogue = pd.DataFrame(
        [
            {"indicator": name, "group": "insgesamt", "title_de": name, "unit": "%", "decimals": 1,
             "scale": 100.0, "kind": "proportion", "counts_persons": True, "summable": True, "name_1": "Fälle",
             "name_2": "Menschen"}
            for name in names
        ]
    )  # fmt: skip
    return rg.Study(rg.Panel(data, catalogue), lang="de")
