"""Warnings of districts rolled up to the 16 regions."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from regsam_geo.areas import load_region_scheme, natural_key
from regsam_geo.warning.report.table import checked_warnings

RANK = {"watch": 0, "check": 1, "priority": 2}


def roll_up(warnings: pd.DataFrame, scheme: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return one row per region: how much warns there, and how urgently.

    Parameters
    ----------
    warnings
        What ``detect_warnings`` returned.
    scheme
        The region scheme whose regions are listed; the shipped one by default.

    Returns
    -------
    DataFrame
        Index ``region_id``, in the order of the first district; ``warnings``, ``areas``, ``indicators`` (those
        that share numerator or denominator count once), ``most_urgent`` (empty without a warning), ``new``.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample().sel(["Bevölkerungsdichte", "Innerräumliche Umzugsziffer"])
    >>> warnings = rg.detect_warnings(panel, period=2023)
    >>> bool(rg.roll_up(warnings).loc["4/12", "warnings"] >= 1)
    True
    """
    table = checked_warnings(warnings)
    regions = (load_region_scheme() if scheme is None else scheme)["region_id"].unique()
    facts = getattr(warnings, "facts", None)
    bases: Mapping[tuple[str, str], frozenset[str]] = facts.bases if facts is not None else {}
    rows = {}
    for region in sorted(regions, key=natural_key):
        part = table[table["region_id"] == region]
        rows[region] = {
            "warnings": len(part),
            "areas": part["area_id"].nunique(),
            "indicators": independent_indicators(part, bases),
            "most_urgent": max(part["urgency"], key=RANK.__getitem__, default=""),
            "new": int((part["status"] == "new").sum()),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("region_id")


def independent_indicators(warnings: pd.DataFrame, bases: Mapping[tuple[str, str], frozenset[str]]) -> int:
    """Count indicators, the surest first, leaving out those that share a Basiswert with one already counted."""
    used: set[str] = set()
    number = 0
    ordered = warnings.sort_values("q", kind="stable").drop_duplicates(["indicator", "group"])
    for key in zip(ordered["indicator"], ordered["group"], strict=True):
        own = bases.get(key, frozenset())
        if not own & used:
            number += 1
        used |= own
    return number
