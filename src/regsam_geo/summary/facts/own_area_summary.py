"""The summary of areas of one's own, with the columns that the tables and pages of a report show."""

from __future__ import annotations

import pandas as pd

from regsam_geo.indicators import compare_rows
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.study import Study
from regsam_geo.summary.facts.region_summary import count_warnings


def summarize_own_areas(study: Study, period: str, warnings: pd.DataFrame | None = None) -> pd.DataFrame:
    """Summarize each indicator for each area: as ``summarize_regions``, without what needs districts beneath.

    ``region_id`` and ``region_name`` are id and name of the areas, which keep their order.
    """
    panel, areas = study.subject, study.layer("own")
    compared = compare_rows(panel)
    key = [*CATALOGUE_KEY, "period", "level", "area_id"]
    table = compared[(compared["period"] == period) & (compared["level"] == "own")].merge(
        panel.data[[*key, "numerator", "denominator", "sign"]], on=key, validate="one_to_one"
    )
    table = table.rename(columns={"area_id": "region_id", "n": "n_ranked"})
    table["region_name"] = table["region_id"].map(areas["name"])
    # Own areas stand where regions stand in the tables, so their warnings are counted by the same code.
    where = None if warnings is None else pd.DataFrame(warnings).assign(region_id=warnings["area_id"])
    table["n_warnings"] = count_warnings(table, where)
    keys = pd.MultiIndex.from_frame(panel.catalogue[list(CATALOGUE_KEY)])
    order = pd.DataFrame(
        {
            "area": pd.Index(areas.index).get_indexer(table["region_id"]),
            "key": keys.get_indexer(pd.MultiIndex.from_frame(table[list(CATALOGUE_KEY)])),
        }
    ).sort_values(["area", "key"])
    return table.loc[order.index].reset_index(drop=True)
