"""Counts of cases made comparable: divided by the city's own population, district by district and year by year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple, get_args

import pandas as pd

from regsam_geo.areas import CITY_ID, as_division
from regsam_geo.errors import OptionError
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.panel import KEY, Panel, part_of
from regsam_geo.indicators.sample import load_sample
from regsam_geo.text import check_choice, problem, say, shorten, tell

Per = Literal[
    "population",
    "population 0-14",
    "population 15-64",
    "population 65+",
    "population 75+",
    "households",
]


class _Base(NamedTuple):
    """Where the shipped figures hold a population."""

    indicator: str
    column: str


BASES: dict[str, _Base] = {
    "population": _Base("Nichtdeutsche", "denominator"),
    "population 0-14": _Base("(Regel-)Leistungsberechtigte - nicht erwerbsfähig - Anteil", "denominator"),
    "population 15-64": _Base("Altenquotient", "denominator"),
    "population 65+": _Base("Altenquotient", "numerator"),
    "population 75+": _Base("Hochbetagte", "numerator"),
    "households": _Base("Haushalte Alleinerziehend", "denominator"),
}
"""The Basiswert of the shipped figures that each population is."""
LEVELS = ("district", "region", "city")
DISTRICTS = 25


def rates(
    panel: Panel | pd.DataFrame,
    per: Per = "population",
    scale: float = 1000,
    *,
    indicator: str | Iterable[str] | None = None,
) -> Panel:
    """Make rates of counts of cases, with the city's own population.

    Parameters
    ----------
    panel
        Counts by district, region or for the city, such as a table of cases gives.
    per
        Whom the cases are divided by: ``"population"``, ``"population 0-14"``, ``"population 15-64"``,
        ``"population 65+"``, ``"population 75+"`` or ``"households"``, as of the end of the year.
    scale
        Cases per so many persons.
    indicator
        The counts; by default all that are none of rates.

    Returns
    -------
    Panel
        The rates, with cases and population as numerator and denominator, so that they can be summed and small
        counts are hidden; the city's rows are added where all 25 districts have a count. Periods and areas without
        a population have no value and are told.

    Raises
    ------
    OptionError
        If there are no counts, or no population of their areas.

    Notes
    -----
    Population: City of Munich, Statistisches Amt, Indikatorenatlas 2025 (dl-de/by-2-0), main residences from 2000,
    children from 2006, households from 2012. Counts of a quarter or month are divided by the year's population.

    Examples
    --------
    >>> import pandas as pd
    >>> import regsam_geo as rg
    >>> cases = pd.DataFrame({"indicator": "Fälle", "period": 2024, "area_id": [1, 2], "value": [50, 60]})
    >>> rg.rates(cases).data["value"].round(2).tolist()
    [2.4, 1.2]
    """
    panel = Panel.from_frame(panel)
    check_choice(per, get_args(Per), "rates_per")
    if not scale > 0:
        raise problem(OptionError, "rates_scale", found=scale)
    counts = _counts_of(panel, indicator)
    rows = _with_city(counts.data[counts.data["level"].isin(LEVELS)])
    if rows.empty:
        raise problem(OptionError, "rates_areas", found=", ".join(counts.levels))
    rows = rows.assign(year=rows["period"].str[:4])
    found = rows.merge(population_by_area(per), how="left", on=["year", "level", "area_id"])
    without = found.loc[found["population"].isna() & found["value"].notna(), "period"]
    if len(without):
        tell(say("note.rates.without", n=len(without), periods=shorten(sorted(set(without)), 5)))
    names = {name: f"{name} {say(f'label.per.{per}', 'de', n=_number(scale, 'de'))}" for name in counts.indicators}
    made = pd.DataFrame(
        {
            "indicator": found["indicator"].map(names),
            **{name: found[name] for name in KEY[1:]},
            "value": scale * found["value"] / found["population"],
            "numerator": found["value"],
            "denominator": found["population"],
            "sign": found["sign"].where(found["value"].isna() | found["population"].notna(), "not_available"),
        }
    )
    return Panel(made, _catalogue_of(counts, names, per, scale))


def _counts_of(panel: Panel, indicator: str | Iterable[str] | None) -> Panel:
    """Return the series that count something; those asked for by name have to."""
    chosen = panel if indicator is None else panel.sel(indicator)
    values = chosen.data["value"]
    # A share or a mean has digits, or its scale is known.
    whole = ((values % 1 == 0) & (values >= 0)) | values.isna()
    fine = whole.groupby([chosen.data[name] for name in CATALOGUE_KEY]).all()
    facts = chosen.catalogue.set_index(list(CATALOGUE_KEY))
    fine &= facts["scale"].reindex(fine.index).isna().to_numpy()
    keep = pd.MultiIndex.from_frame(chosen.data[list(CATALOGUE_KEY)]).isin(fine.index[fine])
    if not keep.any() or (indicator is not None and not keep.all()):
        raise problem(OptionError, "rates_no_counts", found=shorten(chosen.indicators, 4) or "–")
    return part_of(chosen, keep)


def _with_city(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the city's row where it is missing and every district has a count."""
    by = [*CATALOGUE_KEY, "period"]
    districts = rows[rows["level"] == "district"]
    sums = districts.groupby(by, as_index=False, sort=False)["value"].agg(["sum", "count"])
    sums = sums[sums["count"] == DISTRICTS].rename(columns={"sum": "value"}).drop(columns="count")
    known = pd.MultiIndex.from_frame(rows.loc[rows["level"] == "city", by])
    sums = sums[~pd.MultiIndex.from_frame(sums[by]).isin(known)].assign(level="city", area_id=CITY_ID, sign="")
    return pd.concat([rows, sums], ignore_index=True) if len(sums) else rows


def population_by_area(per: Per = "population") -> pd.DataFrame:
    """Return year, level, area and number of persons or households, as shipped.

    Examples
    --------
    >>> population_by_area().query("year == '2024' and area_id == '17'")["population"].tolist()
    [54352.0]
    """
    base = BASES[per]
    data = load_sample().sel(base.indicator).data
    headline = load_sample().entry(base.indicator)["group"]
    rows = data[(data["group"] == headline) & data[base.column].notna()]
    rows = rows.rename(columns={base.column: "population", "period": "year"})
    rows = rows[["year", "level", "area_id", "population"]]
    districts = rows[rows["level"] == "district"]
    regions = districts.assign(area_id=districts["area_id"].map(as_division(None).groups), level="region")
    sums = regions.groupby(["year", "level", "area_id"], as_index=False)["population"].sum()
    return pd.concat([rows, sums], ignore_index=True)


def _catalogue_of(counts: Panel, names: dict[str, str], per: str, scale: float) -> pd.DataFrame:
    """Say what the rates are, and whose the population is."""
    base = load_sample().entry(BASES[per].indicator)
    given = counts.catalogue
    source = f"{base['source']}, {base['edition']}"
    made = given[[*CATALOGUE_KEY, "theme", "polarity", "headline", "subgroup_of"]].assign(
        indicator=given["indicator"].map(names),
        kind="ratio",
        scale=float(scale),
        summable=True,
        decimals=1 if scale >= 1000 else 2,
        counts_persons=given["counts_persons"].fillna(True),
        name_1=given["indicator"],
        name_2=base["name_2" if BASES[per].column == "denominator" else "name_1"],
        source=[
            say("label.rates.source", "de", own=own if isinstance(own, str) else name, source=source)
            for own, name in zip(given["source"], given["indicator"], strict=True)
        ],
    )
    for lang in ("de", "en"):
        words = say(f"label.per.{per}", lang, n=_number(scale, lang))
        titles = given[f"title_{lang}"].fillna(given["indicator"])
        made[f"title_{lang}"] = titles + " " + words
        made["unit" if lang == "de" else "unit_en"] = words
    return made


def _number(scale: float, lang: str) -> str:
    """Write the scale as a person of a language does."""
    text = f"{scale:,.0f}" if float(scale).is_integer() else f"{scale:g}"
    return re.sub(",", "." if lang == "de" else ",", text)
