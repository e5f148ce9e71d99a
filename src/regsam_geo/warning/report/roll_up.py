"""Warnings of districts rolled up to the regions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from regsam_geo.indicators.periods import Period
from regsam_geo.study import Study
from regsam_geo.study.verb import verb
from regsam_geo.warning.report.detect import detect_warnings
from regsam_geo.warning.report.life import SILENT
from regsam_geo.warning.report.rows_together import each_area
from regsam_geo.warning.report.table import URGENCIES, checked_warnings


@verb
def roll_up(study: Study, period: Period | None = None) -> pd.DataFrame:
    """Return one row per region: how much warns there, and how urgently.

    Parameters
    ----------
    study, period
        As in ``detect_warnings``; the regions are those of the study's division. Areas of one's own that lie in
        none of them stand each for itself.

    Returns
    -------
    DataFrame
        Index ``region_id``, in the order of their numbers; ``warnings``, ``areas``, ``indicators`` (those
        that share numerator or denominator count once), ``most_urgent`` (empty without a warning), ``new``,
        ``open`` (earlier ones that are in ``warnings`` because they have not ended).

    Examples
    --------
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample().sel(["Bevölkerungsdichte", "Innerräumliche Umzugsziffer"])
    >>> bool(rg.roll_up(panel, 2023).loc["4/12", "warnings"] >= 1)
    True
    """
    warnings = detect_warnings(study, period)
    if study.level == "own" and not (study.regions_of() != "").any():
        return by_region(warnings, study.layer().index, of="area_id")
    return by_region(warnings, study.region_ids)


def by_region(warnings: pd.DataFrame, regions: Iterable[str], *, of: str = "region_id") -> pd.DataFrame:
    """Count the warnings of a table by region, or by another column ``of`` it."""
    checked_warnings(warnings)
    table = each_area(warnings)
    facts = getattr(warnings, "facts", None)
    bases: Mapping[tuple[str, str], frozenset[str]] = facts.bases if facts is not None else {}
    rows = {}
    # Every region has a row, also without warnings: a missing one would read as "not looked at".
    for region in regions:
        part = table[table[of] == region]
        rows[region] = {
            "warnings": len(part),
            "areas": part["area_id"].nunique(),
            "indicators": independent_indicators(part, bases),
            "most_urgent": max(part["urgency"], key=URGENCIES.index, default=""),
            "new": int((part["status"] == "new").sum()),
            "open": int(part["status"].isin(SILENT).sum()),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("region_id")


def independent_indicators(warnings: pd.DataFrame, bases: Mapping[tuple[str, str], frozenset[str]]) -> int:
    """Count indicators, the surest first, leaving out those that share a Basiswert with one already counted."""
    used: set[str] = set()
    number = 0
    # The surest first, because it is the one that keeps its place when two share a count.
    ordered = warnings.sort_values("q", kind="stable").drop_duplicates(["indicator", "group"])
    for key in zip(ordered["indicator"], ordered["group"], strict=True):
        own = bases.get(key, frozenset())
        # unemployed and their share of the young rest on one count: told twice it would look like two reasons
        if not own & used:
            number += 1
        used |= own
    return number
