"""The region summary: one row per region and indicator, with the city, rank, change and warnings beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import numpy as np
import pandas as pd

from regsam_geo.areas import VINTAGE, load_region_scheme, region_order
from regsam_geo.errors import OptionError
from regsam_geo.indicators import (
    Panel,
    aggregate_to_regions,
    check_summable,
    compare_areas,
    explain_summable,
    protection_note,
    publishable,
    unrounded_values,
)
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.catalogue import titles_of
from regsam_geo.indicators.periods import Period, parse_period
from regsam_geo.summary.standing import class_note, class_words, region_classes
from regsam_geo.text import (
    NOT_AVAILABLE,
    format_number,
    problem,
    resolve_language,
    say,
    shorten,
    shows_progress,
    stages,
)
from regsam_geo.warning import URGENCIES

RELEVANT: Final = 0.05
"""Smallest relative change that is called one where the catalogue names no other: 5 %."""

COLUMNS = (
    "region_id",
    "region_name",
    "indicator",
    "group",
    "period",
    "value",
    "numerator",
    "denominator",
    "sign",
    "city",
    "difference",
    "ratio",
    "rank",
    "n_ranked",
    "change_1",
    "city_change_1",
    "change_5",
    "city_change_5",
    "trend",
    "class",
    "n_districts",
    "lowest",
    "lowest_id",
    "highest",
    "highest_id",
    "n_warnings",
    "n_watch",
    "n_check",
    "n_priority",
)
TRENDS = ("up", "down", "level")


@shows_progress
def summarize_regions(
    panel: Panel | pd.DataFrame,
    *,
    warnings: pd.DataFrame | None = None,
    period: Period | Iterable[Period] | None = None,
    scheme: pd.DataFrame | None = None,
    wide: bool = False,
    lang: str | None = None,
    threshold: float | None = 3,
) -> pd.DataFrame:
    """Summarize each indicator for each region.

    Parameters
    ----------
    panel
        Values with numerators and denominators by district, and the city for comparison.
    warnings
        Warnings by district, as ``detect_warnings`` returns them; they are counted by region.
    period
        The period or periods to summarize, or ``"all"``; the newest in the panel by default.
    scheme
        Which district belongs to which region; the 16 REGSAM regions by default.
    wide
        A table for people in place of the tidy one: a row per indicator, a column per region.
    lang
        Language of titles and notes; the one in force by default.
    threshold
        Counts of persons below it are hidden first, and everything made of them (``protect``); the notes say so.
        ``None`` for figures that may be shown as they are.

    Returns
    -------
    DataFrame
        One row per period, region and summable indicator, regions in the order of their districts and indicators
        in the order of the catalogue: ``value`` (scale times summed numerators over summed denominators),
        ``numerator``, ``denominator``, ``sign`` (why a value is missing), ``city``, ``difference`` and ``ratio``
        to the city, ``rank`` (1 is the highest value) among ``n_ranked`` regions, ``change_1`` and ``change_5``
        over one and five periods with the city's, all in the unit of the indicator, ``trend`` (``"up"``,
        ``"down"`` or ``"level"``: whether the value changed over five periods by the smallest relevant effect,
        5 % where the catalogue names none; empty if unknown), ``class`` (status and dynamics of the region among
        all regions, from the headline indicators with a direction, so the same in all its rows of a period; see
        ``status_dynamics``), ``lowest`` and ``highest`` among its ``n_districts``
        districts with their ids, ``n_warnings``, the districts of the region that the indicator warns about, and
        how many of the warnings are ``n_watch``, ``n_check``, ``n_priority``. ``attrs["notes"]`` says in
        sentences which indicators cannot be summed, which values are incomplete, what the classes are made from,
        and which boundaries are meant. The wide table says why a value is missing and ends with the classes.

    Raises
    ------
    AggregationError
        If no indicator can be summed to regions.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> table = rg.summarize_regions(rg.load_sample(), period=2024)
    >>> row = table.query("region_id == '17/18' and indicator == 'Arbeitslose - Anteil'").iloc[0]
    >>> f"{row['value']:.2f} {row['city']:.2f} {row['rank']:.0f} {row['trend']}"
    '3.72 3.91 10 up'
    >>> f"{row['lowest']:.1f} ({row['lowest_id']}) to {row['highest']:.1f} ({row['highest_id']})"
    '3.7 (17) to 3.8 (18)'
    >>> row["class"]
    'medium/stable'
    """
    with stages(5) as begin:
        return _summarized(panel, warnings, period, scheme, wide, lang, threshold, begin)


def _summarized(
    panel: Panel | pd.DataFrame,
    warnings: pd.DataFrame | None,
    period: Period | Iterable[Period] | None,
    scheme: pd.DataFrame | None,
    wide: bool,
    lang: str | None,
    threshold: float | None,
    begin: Callable[[str], None],
) -> pd.DataFrame:
    """Return the summary, and tell its stages."""
    scheme = load_region_scheme() if scheme is None else scheme
    begin(say("progress.protect"))
    panel = publishable(panel, threshold, scheme=scheme)
    periods = _periods(panel, period)
    begin(say("progress.regions"))
    regions = aggregate_to_regions(panel, scheme)
    begin(say("progress.ranks"))
    compared = compare_areas(regions)
    key = [*CATALOGUE_KEY, "period", "level", "area_id"]
    table = compared[compared["period"].isin(periods) & (compared["level"] == "region")].merge(
        regions.data[[*key, "numerator", "denominator", "sign"]], on=key, validate="one_to_one"
    )
    table = table.rename(columns={"area_id": "region_id", "n": "n_ranked"})
    names = scheme.drop_duplicates("region_id").set_index("region_id")["region_name"]
    table["region_name"] = table["region_id"].map(names)
    table["trend"] = _trends(table, panel)
    begin(say("progress.standing"))
    classes = region_classes(regions, periods)
    places = pd.MultiIndex.from_frame(table[["period", "region_id"]])
    table["class"] = classes.reindex(places).fillna("").to_numpy()
    table = table.merge(_ranges(panel, scheme), on=[*CATALOGUE_KEY, "period", "region_id"], how="left")
    table["n_districts"] = table["region_id"].map(scheme["region_id"].value_counts())
    table["n_warnings"] = count_warnings(table, warnings)
    for urgency in URGENCIES:
        table[f"n_{urgency}"] = count_warnings(table, warnings, urgency)
    place_of_region = {region: place for place, region in enumerate(region_order(scheme))}
    place_of_key = {key: place for place, key in enumerate(_catalogue_keys(panel))}
    order = pd.DataFrame(
        {
            "period": table["period"],
            "region": table["region_id"].map(place_of_region),
            "key": [place_of_key[key] for key in table[list(CATALOGUE_KEY)].itertuples(index=False, name=None)],
        }
    ).sort_values(["period", "region", "key"])
    table = table.loc[order.index, list(COLUMNS)].reset_index(drop=True)
    begin(say("progress.notes"))
    hidden = "" if threshold is None else protection_note(panel, lang, threshold=threshold)
    notes = [*([hidden] if hidden else []), *summary_notes(panel, regions, table, scheme, lang)]
    if wide:
        table = _wide(table, panel, lang)
    table.attrs["notes"] = notes
    return table


def summary_notes(
    panel: Panel, regions: Panel, table: pd.DataFrame, scheme: pd.DataFrame, lang: str | None = None
) -> list[str]:
    """Say what a summary leaves out, what is incomplete, what classes mean, and which boundaries are meant."""
    told = check_summable(panel)
    notes = explain_summable(told[told["period"].isin(table["period"].unique())], lang, panel.catalogue)
    titles = titles_of(panel.catalogue, lang)
    incomplete = table[table["sign"] == "incomplete"].drop_duplicates(["region_id", "indicator", "group"])
    for (indicator, group), rows in incomplete.groupby(list(CATALOGUE_KEY), sort=False):
        gaps = list(rows["region_id"])
        code = "summary.incomplete.all" if len(gaps) == scheme["region_id"].nunique() else "summary.incomplete"
        notes.append(say(code, lang, title=titles[indicator, group], n=len(gaps), regions=shorten(gaps, 16, lang)))
    if (table["class"] != "").any() and (
        told_class := class_note(regions, table["period"].max(), resolve_language(lang))
    ):
        notes.append(told_class)
    derived = scheme.index[scheme["evidence"] == "derived"] if "evidence" in scheme else []
    if len(derived):
        notes.append(say("note.derived", lang, n=len(derived), districts=shorten(list(derived), 25, lang)))
    notes.append(say("summary.vintage", lang, vintage=VINTAGE))
    return notes


def _periods(panel: Panel, period: Period | Iterable[Period] | None) -> list[str]:
    """Return the periods asked for; the newest by default."""
    if period is None:
        return [panel.periods[-1]]
    if isinstance(period, str) and period == "all":
        return panel.periods
    single = isinstance(period, str | int | np.integer)
    wished = [parse_period(one) for one in ([period] if single else period)]  # type: ignore[union-attr]
    if absent := [one for one in wished if one not in panel.periods]:
        raise problem(OptionError, "no_such_period", found=absent[0], expected=shorten(panel.periods[::-1], 8))
    return wished


def _trends(table: pd.DataFrame, panel: Panel) -> np.ndarray:
    """Name the change over five periods: up, down, or level where it is smaller than what is relevant."""
    relevant = panel.catalogue.set_index(list(CATALOGUE_KEY))["relevant_effect"].astype("float64")
    keys = pd.MultiIndex.from_frame(table[list(CATALOGUE_KEY)])
    least = np.nan_to_num(relevant.reindex(keys).to_numpy(dtype="float64"), nan=RELEVANT)
    change = table["change_5"].to_numpy(dtype="float64")
    before = table["value"].to_numpy(dtype="float64") - change
    # a hair of tolerance: binary fractions must not decide what is level
    enough = np.abs(change) >= least * np.abs(before) * (1 - 1e-9)
    words = np.where(enough & (change > 0), "up", np.where(enough & (change < 0), "down", "level"))
    return np.where(np.isnan(change), "", words)


def _ranges(panel: Panel, scheme: pd.DataFrame) -> pd.DataFrame:
    """Return the lowest and the highest district of each region, as published."""
    data = panel.data.assign(exact=unrounded_values(panel))
    rows = data[(data["level"] == "district") & data["value"].notna()]
    rows = rows.assign(region_id=rows["area_id"].map(scheme["region_id"]))
    by = [*CATALOGUE_KEY, "period", "region_id"]
    rows = rows.sort_values([*by, "exact", "area_id"])
    first = rows.drop_duplicates(by).rename(columns={"value": "lowest", "area_id": "lowest_id"})
    last = rows.drop_duplicates(by, keep="last").rename(columns={"value": "highest", "area_id": "highest_id"})
    return first[[*by, "lowest", "lowest_id"]].merge(last[[*by, "highest", "highest_id"]], on=by)


def _wide(table: pd.DataFrame, panel: Panel, lang: str | None) -> pd.DataFrame:
    """Lay the summary out for people: texts of values, one row per indicator, one column per region."""
    language = resolve_language(lang)
    catalogue = panel.catalogue.set_index(list(CATALOGUE_KEY))
    rows = []
    heads = {one: say("label.region", lang, id=one) for one in table["region_id"].unique()}
    for (indicator, group, period), part in table.groupby([*CATALOGUE_KEY, "period"], sort=False):
        entry = catalogue.loc[(indicator, group)]
        digits = 1 if pd.isna(entry["decimals"]) else int(entry["decimals"])
        title = entry[f"title_{language}"]
        row = {
            say("column.indicator", lang): title if isinstance(title, str) else indicator,
            say("column.period", lang): period,
            say("column.city", lang): format_number(part["city"].iloc[0], digits, lang=lang),
        }
        for one in part.to_dict("records"):
            # a gap says why it is one
            row[heads[one["region_id"]]] = (
                say(f"sign.{one['sign']}", lang) if one["sign"] else format_number(one["value"], digits, lang=lang)
            )
        rows.append(row)
    for period, part in table.drop_duplicates(["period", "region_id"]).groupby("period", sort=False):
        if (part["class"] != "").any():
            row = {say("column.indicator", lang): say("column.class", lang), say("column.period", lang): period}
            row |= {say("column.city", lang): NOT_AVAILABLE}
            row |= {
                heads[region]: class_words(name, lang) or NOT_AVAILABLE
                for region, name in zip(part["region_id"], part["class"], strict=True)
            }
            rows.append(row)
    return pd.DataFrame(rows)


def _catalogue_keys(panel: Panel) -> list[tuple[str, str]]:
    return list(panel.catalogue[list(CATALOGUE_KEY)].itertuples(index=False, name=None))


def count_warnings(table: pd.DataFrame, warnings: pd.DataFrame | None, urgency: str | None = None) -> pd.Series:
    """Count the districts of each region that an indicator warns about, in the period of the warning."""
    if warnings is not None and urgency is not None:
        warnings = warnings[warnings["urgency"] == urgency] if "urgency" in warnings else None
    if warnings is None or warnings.empty:
        return pd.Series(0, index=table.index)
    by = [*CATALOGUE_KEY, *(["period"] if "period" in warnings else []), "region_id"]
    counts = pd.DataFrame(warnings).groupby(by)["area_id"].nunique()
    keys = pd.MultiIndex.from_frame(table[by])
    return pd.Series(counts.reindex(keys).fillna(0).astype(int).to_numpy(), index=table.index)
