"""From small to large: what burdens or warns in several regions is a theme of the city."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from regsam_geo.indicators.periods import Period
from regsam_geo.situation import AT_LEAST, shared_burdens
from regsam_geo.study import Study
from regsam_geo.study.verb import verb
from regsam_geo.text import format_number, format_period, join_words, say
from regsam_geo.warning.report.detect import detect_warnings
from regsam_geo.warning.report.rows_together import each_area
from regsam_geo.warning.report.table import URGENCIES, checked_warnings

WARNED = ("warned_regions", "n_warned", "areas", "n_areas", "most_urgent", "smallest_q")
KEY = ["indicator", "group", "direction"]


@verb
def city_themes(
    study: Study, period: Period | None = None, *, at_least: int = AT_LEAST, warned: int = 2
) -> pd.DataFrame:
    """Return the indicators on which several regions are burdened, and beside them what warns in several.

    Parameters
    ----------
    study, period
        As in ``detect_warnings``; the regions are those of the study's division.
    at_least
        In how many regions an indicator must lie at least 10 % on the burdened side of the city.
    warned
        In how many regions it must warn, to be a theme without that.

    Returns
    -------
    DataFrame
        One row per indicator, group and direction, the widest first. From the situation: ``regions``,
        ``n_regions``, ``since``, ``always``, ``share_cases``, ``share_people``, ``value``, ``value_before``,
        ``city``, ``trend``. From the warnings (``"high"`` and ``"up"`` count as one side): ``warned_regions``,
        ``n_warned``, ``areas``, ``n_areas``, ``most_urgent``, ``smallest_q``. And a sentence in both languages.

    Notes
    -----
    The first is a state and not a test: three regions may be burdened for twenty years and no warning will say so.
    The second is a change that was noticed, and needs no level.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> themes = rg.city_themes(rg.load_sample().sel(["Arbeitslose", "Haushalte Alleinerziehend"]), 2024)
    >>> themes[["indicator", "n_regions", "trend"]].to_numpy().tolist()
    [['Arbeitslose - Anteil', 6, 'rising'], ['Haushalte Alleinerziehend', 4, 'falling']]
    """
    now = study.find_period(period)
    burdens = shared_burdens(study, now, at_least)
    themes = burdens.merge(themes_of(detect_warnings(study, period), warned), on=KEY, how="outer")
    for column in ("n_regions", "n_warned", "n_areas"):
        themes[column] = themes[column].fillna(0).astype("int64")
    for column in ("regions", "since", "trend", "warned_regions", "areas", "most_urgent"):
        themes[column] = themes[column].fillna("").astype("str")
    themes["always"] = themes["always"].eq(True)
    order = ["n_regions", "n_warned", "share_cases", "smallest_q"]
    themes = themes.sort_values(order, ascending=[False, False, False, True], kind="stable", ignore_index=True)
    for lang in ("de", "en"):
        themes[f"sentence_{lang}"] = pd.Series(
            [_sentence(study, row, lang) for row in themes.to_dict("records")], dtype="str"
        )
    return themes


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
                "warned_regions": ", ".join(regions),
                "n_warned": len(regions),
                "areas": ", ".join(areas),
                "n_areas": len(areas),
                # A theme is as urgent as its most urgent area.
                "most_urgent": max(part["urgency"], key=URGENCIES.index),
                "smallest_q": part["q"].min(),
            }
        )
    themes = pd.DataFrame(rows, columns=[*KEY, *WARNED])
    return themes.sort_values(["n_warned", "smallest_q"], ascending=[False, True], ignore_index=True)


def _since(row: dict[Any, Any], lang: str) -> str:
    since = format_period(str(row["since"]), lang)
    # the figures begin there, not what they tell
    return say("label.situation.at_least", lang, since=since) if row["always"] is True else since


def _sentence(study: Study, row: dict[Any, Any], lang: str) -> str:
    """Say a theme in one or two sentences."""
    title = study.naming(str(row["indicator"]), str(row["group"])).short(lang)
    parts = []
    if row["n_regions"]:
        parts.append(
            say(
                f"theme.burdened.{row['direction']}",
                lang,
                title=title,
                n=row["n_regions"],
                of=len(study.region_ids),
                regions=join_words(str(row["regions"]).split(", "), lang),
                since=_since(row, lang),
            )
        )
        if math.isfinite(float(row["share_cases"])):
            shares = {
                name: format_number(100 * float(row[f"share_{name}"]), unit="%", lang=lang)
                for name in ("cases", "people")
            }
            parts.append(say("theme.shares", lang, **shares))
        if row["trend"]:
            parts.append(say(f"theme.trend.{row['trend']}", lang))
    if row["n_warned"]:
        code = "theme.warned_too" if row["n_regions"] else "theme.warned"
        parts.append(
            say(
                code,
                lang,
                title=title,
                n=row["n_warned"],
                regions=join_words(str(row["warned_regions"]).split(", "), lang),
            )
        )
    return " ".join(parts)
