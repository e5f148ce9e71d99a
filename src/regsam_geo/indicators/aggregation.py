"""Summing to larger areas: rates from summed numerators and denominators, or a reason why not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias, cast

import geopandas as gpd
import numpy as np
import pandas as pd

from regsam_geo.areas import (
    Division,
    ShippedLevel,
    as_division,
    assign_regions,
    load_boundaries,
    official_ids,
    overlap_shares,
)
from regsam_geo.areas.assignment import CLEAR_SHARE
from regsam_geo.errors import AggregationError
from regsam_geo.indicators.catalogue import DEPENDS_ON_AREA, name_of, titles_of
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.panel import KEY, NUMBERS, Panel
from regsam_geo.indicators.rates import scale_of_rows
from regsam_geo.text import is_phrase, problem, say, shorten, tell

MOST_UNALLOCATED = 0.03
"""The areas may miss the city by this share; cases that no address can be found for are far below it."""

SERIES_SHARE = 0.5
"""From this share of periods with too large a gap, the counts themselves are no sums: all periods are refused."""

SummedLevel: TypeAlias = Literal["district", "subdistrict", "quarter", "own"]
_SUMS = tuple(name for name in NUMBERS if name != "value")
_FINER: tuple[Literal["district", "subdistrict", "quarter"], ...] = ("district", "subdistrict", "quarter")


def find_summable(panel: Panel | pd.DataFrame, level: SummedLevel | None = None) -> pd.DataFrame:
    """Say for each indicator and period of a panel whether it may be summed, and if not, why.

    The verb ``check_summable`` asks it of a study, and explains the columns.
    """
    panel = Panel.from_frame(panel)
    data = panel.data.assign(scale=scale_of_rows(panel))
    level = _level_to_sum(panel) if level is None else level
    areas = data[data["level"] == level]
    areas = _with_counts(areas, panel)
    city = _with_counts(data[data["level"] == "city"], panel)
    by = [*CATALOGUE_KEY, "period"]
    # a sum that lacks an area says nothing about the city
    sums = _whole_sums(areas, by, ("numerator", "denominator"))
    sums = sums.where(areas.groupby(by, sort=False).size() == _number_of_areas(panel, level), np.nan, axis=0)
    # Numerator and denominator each by itself: moves within areas miss the city in the numerator alone.
    gaps = sums / city.set_index(by)[["numerator", "denominator"]].reindex(sums.index).replace(0, np.nan) - 1
    worst = gaps["numerator"].where(
        gaps["numerator"].abs() >= gaps["denominator"].abs().fillna(0), gaps["denominator"]
    )
    checked = sums.index.to_frame(index=False)
    checked["gap"] = worst.to_numpy()
    any_sum = areas.groupby(by, sort=False)["numerator"].count() > 0
    checked = checked.merge(
        panel.catalogue[[*CATALOGUE_KEY, "summable", "not_summable_because", "scale"]], how="left"
    )
    too_far = checked["gap"].abs() > MOST_UNALLOCATED
    # Of the periods that could be checked: gaps in the city's row must not excuse a series.
    share = too_far.groupby([checked[name] for name in CATALOGUE_KEY]).transform("sum") / (
        checked["gap"].notna().groupby([checked[name] for name in CATALOGUE_KEY]).transform("sum").clip(lower=1)
    )
    # a scale says how sums become values; without one only what the user calls summable is: plain counts
    refused = ~checked["summable"].fillna(checked["scale"].notna()).astype(bool)
    reasons = [
        (refused & checked["not_summable_because"].notna(), checked["not_summable_because"]),
        (refused, "no_ratio"),
        (share >= SERIES_SHARE, DEPENDS_ON_AREA),
        (~any_sum.to_numpy(), "areas_missing"),
        (too_far, "gap_to_city"),
        (checked["gap"].isna(), "not_checked"),
    ]
    checked["reason"] = ""
    # From the weakest reason to the strongest, so that what the catalogue says is told before what the numbers
    # say.
    for applies, reason in reversed(reasons):
        checked["reason"] = checked["reason"].where(~applies, reason)
    checked["reason"] = checked["reason"].astype("str")
    checked["summable"] = checked["reason"].isin(["", "not_checked"])
    return checked[[*by, "summable", "reason", "gap"]]


def summable_to(panel: Panel, division: Division) -> pd.DataFrame:
    """Say what may be summed to the groups of a division, as ``find_summable`` of the level that is summed."""
    level = level_summed_to(panel, division)
    return find_summable(panel, level if level in panel.levels else None)


def explain_summable(
    checked: pd.DataFrame, lang: str | None = None, catalogue: pd.DataFrame | None = None
) -> list[str]:
    """Return one sentence for each indicator that ``check_summable`` refused, wholly or in some periods.

    Indicators are called by the titles of a catalogue, where it is given, and else by their names in the tables.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample()
    >>> sentences = explain_summable(rg.check_summable(panel), "en", panel.catalogue)
    >>> len(sentences), sentences[1][:21]
    (2, 'Moves within the area')
    """
    sentences = []
    titles = {} if catalogue is None else titles_of(catalogue, lang)
    refused = checked[~checked["summable"]]
    for (indicator, group, reason), part in refused.groupby([*CATALOGUE_KEY, "reason"], sort=False):
        everywhere = len(part) == int((checked[list(CATALOGUE_KEY)] == [indicator, group]).all(axis=1).sum())
        code = f"reason.not_summable.{reason}"
        sentences.append(
            say(
                "label.not_summable" if everywhere else "label.not_summable_in",
                lang,
                title=titles.get((indicator, group)) or name_of(indicator, group),
                periods=shorten(list(part["period"]), 8, lang),
                reason=say(code, lang) if is_phrase(code) else reason,
            )
        )
    return sentences


def aggregate_to_regions(
    panel: Panel | pd.DataFrame, division: Division | None = None, indicator: str | Iterable[str] | None = None
) -> Panel:
    """Sum districts (or sub-districts or quarters) to regions and recompute the rates from the sums.

    Parameters
    ----------
    panel
        Values with numerators and denominators by district; without districts, by sub-district or quarter.
    division
        Which area belongs to which region; the 16 REGSAM regions by default.
    indicator
        The indicators to sum. Those asked for by name must be summable in at least one period; by default all
        that are.

    Returns
    -------
    Panel
        Rows of level ``region``, values unrounded, and the city's rows of the same indicators for comparison. A
        region that lacks an area, and every region in a period whose sum misses the city by more than 3 %, has
        no value and the sign ``incomplete``. Indicators that cannot be summed are left out; ``check_summable``
        says which and why.

    Raises
    ------
    AggregationError
        If an indicator asked for, or every indicator, cannot be summed.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> regions = aggregate_to_regions(rg.load_sample())
    >>> row = regions.sel("Arbeitslose - Anteil", period=2024, area="17/18").data.iloc[0]
    >>> round(float(row["value"]), 3), float(row["numerator"]), float(row["denominator"])
    (3.725, 2860.3, 76794.8)
    """
    panel = Panel.from_frame(panel)
    if division is None:
        as_division(None).tell_derived()
    division = as_division(division)
    level = level_summed_to(panel, division)
    # Of all areas: a region that lacks an area which the panel never names is incomplete as well.
    target = division.target(level)
    if target.empty:
        raise problem(AggregationError, "no_areas_to_sum", found=", ".join(panel.levels))
    ids = set(panel.data.loc[panel.data["level"] == level, "area_id"].unique())
    if level != "own" and (unknown := sorted(ids - set(official_ids(level)))):
        assign_regions(unknown, division)  # raises with the id that is not one of Munich
    return sum_areas(panel, target, "region", indicator=indicator, level=level)


def level_summed_to(panel: Panel, division: Division) -> SummedLevel:
    """Return the level of a panel that is summed to the groups of a division: the coarsest that makes them up."""
    if division.level == "own":
        return "own"
    at = _FINER.index(cast("Literal['district', 'subdistrict', 'quarter']", division.level))
    # of larger areas than its members only groups that hold them whole can be summed
    order: list[SummedLevel] = [*_FINER[at:], *reversed(_FINER[:at])]
    return next((level for level in order if level in panel.levels), None) or _level_to_sum(panel)


def aggregate_to_areas(
    panel: Panel | pd.DataFrame, areas: gpd.GeoDataFrame, indicator: str | Iterable[str] | None = None
) -> Panel:
    """Sum districts (or sub-districts or quarters) to larger areas of your own.

    A district belongs to the own area that holds at least 90 % of its surface. An own area that cuts through a
    district, so that more than a tenth of it but not the whole lies inside, has no value and the sign
    ``incomplete``; the cut districts are told.

    Parameters
    ----------
    panel
        Values with numerators and denominators by district; without districts, by sub-district or quarter.
    areas
        Polygons with your own ids as index, as ``read_boundaries`` returns.
    indicator
        As in ``aggregate_to_regions``.

    Returns
    -------
    Panel
        Rows of level ``own``, and the city's rows of the same indicators.

    Raises
    ------
    AggregationError
        If no own area is made of whole districts, or an indicator cannot be summed.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> districts = rg.load_boundaries("district")
    >>> north = districts.assign(half=["south" if i in ("19", "20") else "north" for i in districts.index])
    >>> own = aggregate_to_areas(rg.load_sample(), north.dissolve("half"))
    >>> own.sel("Nichtdeutsche", period=2024, level="own").data["value"].round(1).tolist()
    [30.5, 31.6]
    """
    panel = Panel.from_frame(panel)
    level = _level_to_sum(panel)
    if level == "own":
        raise problem(AggregationError, "no_areas_to_sum", found=", ".join(panel.levels))
    target, cut = whole_parts(areas, level)
    if not set(target) - set(cut["target_id"]):
        raise problem(AggregationError, "no_whole_areas", areas=shorten(sorted(set(cut["area_id"])), 12) or "–")
    if len(cut):
        listed = sorted(set(cut["area_id"]))
        affected = sorted({str(name) for name in cut["target_id"]})
        tell(say("note.cut_areas", n=len(listed), areas=shorten(listed, 12), targets=shorten(affected, 12)))
    # a member that never has figures keeps an area that cuts through districts incomplete
    absent = [f"–{name}" for name in dict.fromkeys(cut["target_id"])]
    target = pd.concat([target, pd.Series(list(dict.fromkeys(cut["target_id"])), index=absent, dtype=object)])
    return sum_areas(panel, target, "own", indicator=indicator)


def whole_parts(areas: gpd.GeoDataFrame, level: ShippedLevel) -> tuple[pd.Series, pd.DataFrame]:
    """Return the larger area in which each official one lies, and the parts of those that are cut.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> target, cut = whole_parts(rg.load_boundaries("region"), "district")
    >>> target["17"], len(target), len(cut)
    ('17/18', 25, 0)
    """
    # By where they lie and not by their ids: polygons of one's own may be called 01 and 02.
    shares = overlap_shares(load_boundaries(level), areas)
    whole = shares[shares["share"] >= CLEAR_SHARE]
    # Shares below a tenth are borders drawn a little apart, no cut district.
    cut = shares[(shares["share"] > 1 - CLEAR_SHARE) & (shares["share"] < CLEAR_SHARE)]
    return whole.set_index("area_id")["target_id"], cut


def division_of_areas(areas: gpd.GeoDataFrame, level: ShippedLevel, name: str = "") -> Division:
    """Return the division whose groups are made of the official areas that lie in polygons of one's own whole.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> division_of_areas(rg.load_boundaries("region"), "district").members_of("17/18")
    ['17', '18']
    """
    target, cut = whole_parts(areas, level)
    target = target[target.isin(areas.index)]
    names = areas["name"] if "name" in areas else pd.Series(areas.index, index=areas.index)
    table = pd.DataFrame(
        {
            "area_id": target.index,
            "region_id": target.astype("str").to_numpy(),
            "region_name": target.map(names).astype("str").to_numpy(),
            "evidence": "overlap",
        }
    )
    parts = tuple(dict.fromkeys(cut["target_id"].astype("str")))
    return Division(table, name, level, cut=tuple(one for one in parts if one in set(table["region_id"])))


def sum_areas(
    panel: Panel,
    target: pd.Series,
    to_level: str,
    indicator: str | Iterable[str] | None = None,
    level: SummedLevel | None = None,
) -> Panel:
    """Sum the areas of a panel by the larger area that ``target`` (index area id) names for each."""
    if indicator is not None:
        panel = panel.sel(indicator)
    level = _level_to_sum(panel) if level is None else level
    checked = find_summable(panel, level)
    _refuse(checked, asked=indicator is not None)
    # Periods with a gap stay as rows without a value: a series that skips them would look complete.
    fit = checked[checked["summable"] | checked["reason"].isin(["gap_to_city", "areas_missing"])]
    fit = fit[fit.groupby(list(CATALOGUE_KEY))["summable"].transform("any")]
    by = [*CATALOGUE_KEY, "period"]
    areas = panel.data[panel.data["level"] == level].merge(fit[[*by, "summable"]], on=by)
    areas = _with_counts(areas, panel)
    areas = areas.assign(target=areas["area_id"].map(target)).dropna(subset="target")
    members = target.dropna().value_counts()
    sums = _whole_sums(areas, [*by, "target"], _SUMS)
    groups = areas.groupby([*by, "target"], sort=False)
    present = groups["area_id"].size()
    # Of a rate with one district missing nothing can be said: numerator and denominator would be too small, and
    # by no means alike.
    complete = (present == members.reindex(present.index.get_level_values("target")).to_numpy()) & groups[
        "summable"
    ].first()
    sums = sums.where(complete)
    # regions of which no area stands in a period are rows too: a gap is shown, not left out
    every = pd.MultiIndex.from_tuples(
        [(*key, name) for key in fit[by].itertuples(index=False, name=None) for name in members.index],
        names=[*by, "target"],
    )
    rows = sums.reindex(every).reset_index().rename(columns={"target": "area_id"})
    scales = panel.catalogue[[*CATALOGUE_KEY, "scale"]]
    scale = rows[list(CATALOGUE_KEY)].merge(scales, how="left")["scale"].astype("float64").to_numpy()
    # The rate of the sums, never the mean of rates: districts differ in size by a factor of six.
    ratio = scale * rows["numerator"] / rows["denominator"].where(rows["denominator"] != 0)
    rows["value"] = ratio.where(~np.isnan(scale), rows["numerator"])
    rows["sign"] = np.where(
        rows["numerator"].isna() | (rows["denominator"].isna() & ~np.isnan(scale)),
        "incomplete",
        np.where(rows["value"].isna(), "not_applicable", ""),
    )
    count = np.isnan(scale)
    # A plain count has served as its own numerator while it was summed; the result must not show Basiswerte that
    # nobody has published.
    rows.loc[count, "numerator"] = np.nan
    rows["level"] = to_level
    # The city as it was published and not as a sum: it holds the cases that no area has.
    city = panel.data[panel.data["level"] == "city"].merge(fit[list(CATALOGUE_KEY)].drop_duplicates())
    kept = panel.catalogue.merge(fit[list(CATALOGUE_KEY)].drop_duplicates())
    return Panel(pd.concat([rows[[*KEY, *NUMBERS, "sign"]], city[[*KEY, *NUMBERS, "sign"]]]), kept)


def _refuse(checked: pd.DataFrame, *, asked: bool) -> None:
    """Raise where nothing, or not everything that was asked for by name, can be summed."""
    can = checked.groupby(list(CATALOGUE_KEY), sort=False)["summable"].any()
    if checked.empty:
        raise problem(AggregationError, "nothing_to_sum")
    if can.any() and not asked:
        return
    by_name = can.groupby(level="indicator").any()
    if by_name.all():
        return
    name = by_name.index[~by_name.to_numpy()][0]
    first = checked[(checked["indicator"] == name)].iloc[0]
    reason = str(first["reason"])
    code = f"reason.not_summable.{reason}"
    raise problem(
        AggregationError,
        "not_summable",
        indicator=name,
        reason=say(code) if is_phrase(code) else reason,
        # without a proved ratio the numbers may be plain counts; nothing but the user can say so
        advice=say("label.if_counts", indicator=name) if reason == "no_ratio" else "",
        gap=first["gap"],
    )


def _level_to_sum(panel: Panel) -> SummedLevel:
    """Return the level that is summed: districts, else the next finer one that has rows."""
    for level in _FINER:
        if level in panel.levels:
            return level
    if "own" in panel.levels:
        return "own"
    raise problem(AggregationError, "no_areas_to_sum", found=", ".join(panel.levels) or "–")


def _number_of_areas(panel: Panel, level: SummedLevel) -> int:
    """Return how many areas the level that is summed has."""
    if level == "own":
        return int(panel.data.loc[panel.data["level"] == "own", "area_id"].nunique())
    return len(load_boundaries(level))


def _with_counts(rows: pd.DataFrame, panel: Panel) -> pd.DataFrame:
    """Take the value itself as numerator of what the catalogue calls summable but no ratio: plain counts."""
    facts = panel.catalogue[[*CATALOGUE_KEY, "summable", "scale"]].rename(columns={"scale": "known_scale"})
    facts = facts.rename(columns={"summable": "may"})
    joined = rows[list(CATALOGUE_KEY)].merge(facts, how="left").set_axis(rows.index)
    count = joined["known_scale"].isna() & joined["may"].fillna(False).astype(bool) & rows["numerator"].isna()
    return rows.assign(
        numerator=rows["numerator"].where(~count, rows["value"]),
    )


def _whole_sums(rows: pd.DataFrame, by: list[str], columns: tuple[str, ...]) -> pd.DataFrame:
    """Sum by group; NaN where one of the summands is missing."""
    groups = rows.groupby(by, sort=False)
    sums, counts = groups[list(columns)].sum(), groups[list(columns)].count()
    return sums.where(counts.eq(groups.size(), axis=0))
