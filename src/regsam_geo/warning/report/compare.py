"""What is new, what continues, what has ended: two reports beside each other."""

from __future__ import annotations

import pandas as pd

from regsam_geo.warning.report.life import SILENT
from regsam_geo.warning.report.rows_together import each_area
from regsam_geo.warning.report.table import checked_warnings

UNIT = ["indicator", "group", "level", "area_id"]
CHANGES = ("new", "returning", "continuing", "ended")


def compare_warnings(previous: pd.DataFrame, current: pd.DataFrame) -> pd.DataFrame:
    """Compare the warnings of two reports.

    Parameters
    ----------
    previous, current
        Two results of ``detect_warnings``, the older one first.

    Returns
    -------
    DataFrame
        One row per indicator, group, level and area that warns in either: ``change``, ``urgency_before``,
        ``urgency``, ``kinds_before``, ``kinds``, and ``area_name``, ``region_id``, ``period_before``, ``period``.

    Notes
    -----
    ``change`` is ``"continuing"`` if both reports warn, ``"ended"`` if only the older one does, ``"returning"`` if
    the newer one does and so did a report before the older one, else ``"new"``; ``"open"`` and ``"due"`` are
    those of the newer report. Of two reports that follow each other these are the words of ``status`` in the newer
    one.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample().sel(["Bevölkerungsdichte", "Nichtdeutsche"])
    >>> old, new = (rg.detect_warnings(panel, period=period) for period in (2023, 2024))
    >>> rg.compare_warnings(old, new)[["change", "area_id"]].iloc[0].tolist()
    ['new', '22']
    """
    described = ["urgency", "kinds", "period", "area_name", "region_id"]
    for table in (previous, current):
        checked_warnings(table)
    # Area by area: of those that stand in one row another may lead this time.
    before = each_area(previous)[[*UNIT, *described]]
    after = each_area(current)[[*UNIT, *described, "status"]]
    # Outer, because what is on one side only is the answer.
    both = before.merge(after, on=UNIT, how="outer", suffixes=("_before", ""), indicator="found")
    both["change"] = (
        both["found"].map({"left_only": "ended", "both": "continuing", "right_only": "new"}).astype("str")
    )
    # new beside the older of the two, but not new to those who read the reports before it
    back = pd.MultiIndex.from_frame(both[UNIT]).isin(_warned_earlier(previous, current))
    both.loc[back & (both["change"] == "new"), "change"] = "returning"
    silent = both["status"].isin(SILENT)
    both.loc[silent, "change"] = both.loc[silent, "status"]
    for column in ("area_name", "region_id"):
        both[column] = both[column].where(both[column].notna(), both[f"{column}_before"])
    columns = ["urgency_before", "urgency", "kinds_before", "kinds", "period_before", "period"]
    for column in columns:
        both[column] = both[column].fillna("").astype("str")
    order = both["change"].map({name: place for place, name in enumerate(CHANGES)})
    both = both.assign(order=order).sort_values(["order", *UNIT], kind="stable", ignore_index=True)
    return both[["change", *UNIT, "area_name", "region_id", *columns]]


def _warned_earlier(previous: pd.DataFrame, current: pd.DataFrame) -> pd.MultiIndex:
    """Return the units of the newer report that stood in a report before the older one."""
    old, new = (getattr(table, "facts", None) for table in (previous, current))
    if old is None or new is None or new.history.empty:
        return pd.MultiIndex.from_frame(pd.DataFrame(current).loc[current["status"] == "returning", UNIT])
    before = new.history[[name for name in new.history.columns if name < old.period]]
    return new.history.index[before.to_numpy(dtype=bool).any(axis=1)]
