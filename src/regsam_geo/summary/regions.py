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
    period = panel.periods[-1] if period is None else parse_period(period)
    regions = aggregate_to_regions(panel, scheme)
    compared = compare_areas(regions)
    key = [*CATALOGUE_KEY, "period", "level", "area_id"]
    table = compared[(compared["period"] == period) & (compared["level"] == "region")].merge(
        regions.data[[*key, "numerator", "denominator", "sign"]], on=key, validate="one_to_one"
    )
    table = table.rename(columns={"area_id": "region_id", "n": "n_ranked"})
    names = scheme.drop_duplicates("region_id").set_index("region_id")["region_name"]
    table["region_name"] = table["region_id"].map(names)
    table["n_warnings"] = _warnings_by_region(table, warnings)
    place_of_region = {region: place for place, region in enumerate(region_order(scheme))}
    place_of_key = {key: place for place, key in enumerate(_catalogue_keys(panel))}
    order = pd.DataFrame(
        {
            "region": table["region_id"].map(place_of_region),
            "key": [place_of_key[key] for key in table[list(CATALOGUE_KEY)].itertuples(index=False, name=None)],
        }
    ).sort_values(["region", "key"])
    return table.loc[order.index, list(COLUMNS)].reset_index(drop=True)


def _catalogue_keys(panel: Panel) -> list[tuple[str, str]]:
    return list(panel.catalogue[list(CATALOGUE_KEY)].itertuples(index=False, name=None))


def _warnings_by_region(table: pd.DataFrame, warnings: pd.DataFrame | None) -> pd.Series:
    """Count the districts of each region that an indicator warns about."""
    if warnings is None or warnings.empty:
        return pd.Series(0, index=table.index)
    counts = warnings.groupby([*CATALOGUE_KEY, "region_id"])["area_id"].nunique()
    keys = pd.MultiIndex.from_frame(table[[*CATALOGUE_KEY, "region_id"]])
    return pd.Series(counts.reindex(keys).fillna(0).astype(int).to_numpy(), index=table.index)
