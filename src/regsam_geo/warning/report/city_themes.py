"""From small to large: what warns in several regions at once is a theme of the city."""

from __future__ import annotations

import pandas as pd

from regsam_geo.indicators.periods import Period
from regsam_geo.study import Study
from regsam_geo.study.verb import verb
from regsam_geo.warning.report.detect import detect_warnings
from regsam_geo.warning.report.rows_together import each_area
from regsam_geo.warning.report.table import URGENCIES, checked_warnings

COLUMNS = (
    "indicator",
    "group",
    "direction",
    "regions",
    "n_regions",
    "areas",
    "n_areas",
    "most_urgent",
    "smallest_q",
)


@verb
def city_themes(study: Study, period: Period | None = None, *, at_least: int = 2) -> pd.DataFrame:
    """Return the indicators that warn in several regions at once.

    Parameters
    ----------
    study, period
        As in ``detect_warnings``; the regions are those of the study's scheme.
    at_least
        How many regions make a theme.

    Returns
    -------
    DataFrame
        One row per indicator, group and direction (``"high"`` and ``"up"`` count as one side, ``"low"`` and
        ``"down"`` as the other), the widest first: ``indicator``, ``group``, ``direction``, ``regions``,
        ``n_regions``, ``areas``, ``n_areas``, ``most_urgent``, ``smallest_q``.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample().sel(["Bevölkerungsdichte", "Innerräumliche Umzugsziffer"])
    >>> list(rg.city_themes(panel).columns[:5])
    ['indicator', 'group', 'direction', 'regions', 'n_regions']
    """
    return themes_of(detect_warnings(study, period), at_least)


def themes_of(warnings: pd.DataFrame, at_least: int = 2) -> pd.DataFrame:
    """Return the indicators of a table of warnings that warn in several regions."""
    checked_warnings(warnings)
    table = each_area(warnings)
    # What is open warned at another time: a theme is what several regions show at once.
    placed = table[(table["region_id"] != "") & (table["status"] != "open" if "status" in table else True)]
    # A district that is high and one that has risen burden the city in the same way.
    side = placed["direction"].map({"high": "high", "up": "high", "low": "low", "down": "low"}).fillna("")
    rows = []
    for (indicator, group, direction), part in placed.groupby(["indicator", "group", side], sort=False):
        regions = list(dict.fromkeys(part.sort_values("area_id")["region_id"]))
        if len(regions) < at_least:
            continue
        areas = sorted(part["area_id"].unique())
        rows.append(
            {
                "indicator": indicator,
                "group": group,
                "direction": direction,
                "regions": ", ".join(regions),
                "n_regions": len(regions),
                "areas": ", ".join(areas),
                "n_areas": len(areas),
                # A theme is as urgent as its most urgent area.
                "most_urgent": max(part["urgency"], key=URGENCIES.index),
                "smallest_q": part["q"].min(),
            }
        )
    themes = pd.DataFrame(rows, columns=list(COLUMNS))
    return themes.sort_values(["n_regions", "smallest_q"], ascending=[False, True], ignore_index=True)
