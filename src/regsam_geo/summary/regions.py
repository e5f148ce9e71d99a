"""The region summary: one row per region and indicator, with the city, rank, change and warnings beside it."""

from __future__ import annotations

import pandas as pd

from regsam_geo.areas import load_region_scheme, region_order
from regsam_geo.indicators import Panel, aggregate_to_regions, compare_areas
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.periods import Period, parse_period

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
    "n_warnings",
)


def summarize_regions(
    panel: Panel | pd.DataFrame,
    *,
    warnings: pd.DataFrame | None = None,
    period: Period | None = None,
    scheme: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Summarize each indicator for each region.

    Parameters
    ----------
    panel
        Values with numerators and denominators by district, and the city for comparison.
    warnings
        Warnings by district, as ``detect_warnings`` returns them; they are counted by region.
    period
        The period to summarize; the newest in the panel by default.
    scheme
        Which district belongs to which region; the 16 REGSAM regions by default.

    Returns
    -------
    DataFrame
        One row per region and summable indicator, regions in the order of their districts and indicators in the
        order of the catalogue: ``value`` (scale times summed numerators over summed denominators), ``numerator``,
        ``denominator``, ``sign`` (why a value is missing), ``city``, ``difference`` and ``ratio`` to the city,
        ``rank`` (1 is the highest value) among ``n_ranked`` regions, ``change_1`` and ``change_5`` over one and
        five periods with the city's, all in the unit of the indicator, and ``n_warnings``, the districts of the
        region that the indicator warns about.

    Raises
    ------
    AggregationError
        If no indicator can be summed to regions.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> table = rg.summarize_regions(rg.load_sample(), period=2024)
    >>> row = table.query("region_id == '17/18' and indicator == 'Arbeitslose - Anteil'").iloc[0]
    >>> f"{row['value']:.2f} {row['city']:.2f} {row['rank']:.0f}"
    '3.72 3.91 10'
    """
    panel = Panel.from_frame(panel)
    scheme = load_region_scheme() if scheme is None else scheme
    regions = aggregate_to_regions(panel, scheme)
    names = scheme.drop_duplicates("region_id").set_index("region_id")["region_name"]
    table = compare_on_level(regions, "region", names.reindex(region_order(scheme)), panel.catalogue, period)
    return table.assign(n_warnings=_count_warnings(table, warnings, "region_id"))[list(COLUMNS)]


def summarize_own_areas(
    panel: Panel,
    areas: pd.DataFrame,
    *,
    warnings: pd.DataFrame | None = None,
    period: Period | None = None,
) -> pd.DataFrame:
    """Summarize each indicator for each area of one's own, in the columns of ``summarize_regions``.

    ``panel`` holds the values of level ``own``; ``region_id`` and ``region_name`` are the areas' own.
    """
    table = compare_on_level(panel, "own", areas["name"], panel.catalogue, period)
    return table.assign(n_warnings=_count_warnings(table, warnings, "area_id"))[list(COLUMNS)]


def compare_on_level(
    panel: Panel, level: str, names: pd.Series, catalogue: pd.DataFrame, period: Period | None
) -> pd.DataFrame:
    """Compare the areas of one level in one period: areas in the order of ``names``, then as in the catalogue."""
    period = panel.periods[-1] if period is None else parse_period(period)
    compared = compare_areas(panel)
    key = [*CATALOGUE_KEY, "period", "level", "area_id"]
    table = compared[(compared["period"] == period) & (compared["level"] == level)].merge(
        panel.data[[*key, "numerator", "denominator", "sign"]], on=key, validate="one_to_one"
    )
    table = table.rename(columns={"area_id": "region_id", "n": "n_ranked"})
    table["region_name"] = table["region_id"].map(names)
    keys = pd.MultiIndex.from_frame(catalogue[list(CATALOGUE_KEY)])
    order = pd.DataFrame(
        {
            "area": pd.Index(names.index).get_indexer(table["region_id"]),
            "key": keys.get_indexer(pd.MultiIndex.from_frame(table[list(CATALOGUE_KEY)])),
        }
    ).sort_values(["area", "key"])
    return table.loc[order.index].reset_index(drop=True)


def _count_warnings(table: pd.DataFrame, warnings: pd.DataFrame | None, column: str) -> pd.Series:
    """Count, for each area of the summary, the areas in it that an indicator warns about."""
    if warnings is None or warnings.empty:
        return pd.Series(0, index=table.index)
    counts = warnings.groupby([*CATALOGUE_KEY, column])["area_id"].nunique()
    keys = pd.MultiIndex.from_frame(table[[*CATALOGUE_KEY, "region_id"]])
    return pd.Series(counts.reindex(keys).fillna(0).astype(int).to_numpy(), index=table.index)
