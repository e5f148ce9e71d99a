"""From small to large: what burdens, warns or is judged in several regions is a theme of the city."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from regsam_geo.indicators.periods import Period
from regsam_geo.situation import AT_LEAST, shared_burdens
from regsam_geo.study import Study
from regsam_geo.study.verb import verb
from regsam_geo.text import format_number, format_period, join_words, say
from regsam_geo.warning.report.assessments import needs_seen
from regsam_geo.warning.report.detect import detect_warnings
from regsam_geo.warning.report.life import SILENT
from regsam_geo.warning.report.rows_together import each_area
from regsam_geo.warning.report.table import URGENCIES, checked_warnings

WARNED = ("warned_regions", "n_warned", "areas", "n_areas", "most_urgent", "smallest_q")
JUDGED = ("judged_regions", "n_judged", "bodies")
KEY = ["indicator", "group", "direction"]


@verb
def city_themes(
    study: Study, period: Period | None = None, *, at_least: int = AT_LEAST, warned: int = 2
) -> pd.DataFrame:
    """Return on what several regions are burdened, and beside it what warns in several, or is judged there.

    Parameters
    ----------
    study, period
        As in ``detect_warnings``; the regions are those of the study's division.
    at_least
        In how many regions an indicator must lie at least 10 % on the burdened side of the city, or people must
        see need for it (``Study(assessments=)``).
    warned
        In how many regions it must warn, to be a theme without that.

    Returns
    -------
    DataFrame
        One row per indicator, group and direction, the widest first. From the situation: ``regions``,
        ``n_regions``, ``burdened_areas``, ``of_areas``,
        ``since``, ``always``, ``share_cases``, ``share_people``, ``value``, ``value_before``,
        ``city``, ``trend``. From the warnings (``"high"`` and ``"up"`` count as one side): ``warned_regions``,
        ``n_warned``, ``areas``, ``n_areas``, ``most_urgent``, ``smallest_q``. From people on the spot:
        ``judged_regions``, in which they see need, ``n_judged``, and the ``bodies`` that say so. And a sentence in
        both languages. A theme from judgements alone has neither ``n_regions`` nor ``n_warned``; one that is no
        indicator has the words of the findings as ``indicator``.

    Notes
    -----
    The first is a state and not a test: three regions may be burdened for twenty years and no warning will say so.
    The second is a change that was noticed, and needs no level. The third is what people say, and needs no
    figure: it counts regions, each once, with the newest word that holds and is not due again.

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
    themes = _with_judgements(themes, study, now, at_least)
    for column in ("n_regions", "of_areas", "n_warned", "n_areas", "n_judged"):
        themes[column] = themes[column].fillna(0).astype("int64")
    for column in (
        "regions",
        "burdened_areas",
        "since",
        "trend",
        "warned_regions",
        "areas",
        "most_urgent",
        "judged_regions",
        "bodies",
    ):
        themes[column] = themes[column].fillna("").astype("str")
    themes["always"] = themes["always"].eq(True)
    order = ["n_regions", "n_warned", "n_judged", "share_cases", "smallest_q"]
    ascending = [False, False, False, False, True]
    themes = themes.sort_values(order, ascending=ascending, kind="stable", ignore_index=True)
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
    placed = table[(table["region_id"] != "") & (~table["status"].isin(SILENT) if "status" in table else True)]
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


def _with_judgements(themes: pd.DataFrame, study: Study, period: str, at_least: int) -> pd.DataFrame:
    """Add where people see need: beside the figures, and alone from so many regions on."""
    seen: dict[tuple[str, str], list[tuple[str, tuple[str, ...]]]] = {}
    spelled: dict[str, str] = {}
    for need in needs_seen(study, period):
        # the first spelling of what is written in capitals here and without there
        words = spelled.setdefault(need.words.casefold(), need.words)
        seen.setdefault((need.indicator or words, need.group), []).append((need.region_id, need.bodies))
    order = {region: place for place, region in enumerate(study.region_ids)}
    rows = []
    for (indicator, group), told in seen.items():
        seeing = {region for region, _ in told if region}
        regions = sorted(seeing, key=lambda one: (order.get(one, len(order)), one))
        bodies = dict.fromkeys(body for _, named in told for body in named)
        if not regions:
            continue  # what is seen outside of all regions is no theme of theirs
        judged = {"judged_regions": ", ".join(regions), "n_judged": len(regions), "bodies": ", ".join(bodies)}
        known = themes[(themes["indicator"] == indicator) & (themes["group"] == group)]
        sides = list(known["direction"])
        if not sides and len(regions) >= at_least:
            sides = [_burdened_side(study, indicator, group)]
        # beside one theme: a region that sees need does not say which of two sides it means
        rows += [{"indicator": indicator, "group": group, "direction": side, **judged} for side in sides[:1]]
    return themes.merge(pd.DataFrame(rows, columns=[*KEY, *JUDGED]), on=KEY, how="outer")


def _burdened_side(study: Study, indicator: str, group: str) -> str:
    key = (indicator, group)
    if key not in study.namings:
        return ""
    polarity = study.panel.entry(indicator, group)["polarity"]
    return "" if pd.isna(polarity) or polarity == 0 else "high" if polarity > 0 else "low"


def _judged(row: dict[Any, Any], title: str, lang: str) -> list[str]:
    """Say where people see need, and that no figure says so where none does."""
    bodies = str(row["bodies"]).split(", ") if row["bodies"] else []
    n = int(row["n_judged"])
    who = (
        say("theme.who.body", lang, body=bodies[0], n=n)
        if len(bodies) == 1
        else say("theme.who.regions", lang, n=n)
    )
    alone = not row["n_regions"] and not row["n_warned"]
    regions = join_words(str(row["judged_regions"]).split(", "), lang)
    said = say("theme.judged" if alone else "theme.judged_too", lang, title=title, n=n, who=who, regions=regions)
    return [said, *([say("theme.judged.alone", lang)] if alone else [])]


def _since(row: dict[Any, Any], lang: str) -> str:
    since = format_period(str(row["since"]), lang)
    # the figures begin there, not what they tell
    return say("label.situation.at_least", lang, since=since) if row["always"] is True else since


def _sentence(study: Study, row: dict[Any, Any], lang: str) -> str:
    """Say a theme in one or two sentences."""
    key = (str(row["indicator"]), str(row["group"]))
    title = study.naming(*key).short(lang) if key in study.namings else key[0]
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
    if row["n_judged"]:
        parts += _judged(row, title, lang)
    return " ".join(parts)
