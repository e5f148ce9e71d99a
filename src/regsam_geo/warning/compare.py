"""What is new, what continues, what has ended: two reports beside each other."""

from __future__ import annotations

import pandas as pd

from regsam_geo.warning.table import checked_warnings

UNIT = ["indicator", "group", "level", "area_id"]
CHANGES = ("new", "continuing", "ended")


def compare_warnings(previous: pd.DataFrame, current: pd.DataFrame) -> pd.DataFrame:
    """Compare the warnings of two reports.

    Parameters
    ----------
    previous, current
        Two results of ``detect_warnings``, the older one first.

    Returns
    -------
    DataFrame
        One row per indicator, group, level and area that warns in either: ``change`` (``"new"``,
        ``"continuing"``, ``"ended"``), ``urgency_before``, ``urgency``, ``kinds_before``, ``kinds``, and
        ``area_name``, ``region_id``, ``period_before``, ``period``.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> panel, areas = rg.load_sample(), rg.load_boundaries("district")
    >>> old, new = (rg.detect_warnings(panel, areas, period) for period in (2023, 2024))
    >>> set(rg.compare_warnings(old, new)["change"]) <= {"new", "continuing", "ended"}
    True
    """
    told = ["urgency", "kinds", "period", "area_name", "region_id"]
    before, after = (checked_warnings(table)[[*UNIT, *told]] for table in (previous, current))
    both = before.merge(after, on=UNIT, how="outer", suffixes=("_before", ""), indicator="found")
    both["change"] = (
        both["found"].map({"left_only": "ended", "both": "continuing", "right_only": "new"}).astype("str")
    )
    for column in ("area_name", "region_id"):
        both[column] = both[column].where(both[column].notna(), both[f"{column}_before"])
    columns = ["urgency_before", "urgency", "kinds_before", "kinds", "period_before", "period"]
    for column in columns:
        both[column] = both[column].fillna("").astype("str")
    order = both["change"].map({name: place for place, name in enumerate(CHANGES)})
    both = both.assign(order=order).sort_values(["order", *UNIT], kind="stable", ignore_index=True)
    return both[["change", *UNIT, "area_name", "region_id", *columns]]
