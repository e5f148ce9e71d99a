"""What is said beside a summary of the regions: gaps, classes, boundaries; and its layout for people."""

from __future__ import annotations

import pandas as pd

from regsam_geo.areas import VINTAGE
from regsam_geo.indicators import Panel, check_summable, explain_summable
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.catalogue import titles_of
from regsam_geo.summary.facts.region_status import YEARS, class_indicators
from regsam_geo.summary.words.titles import split_title
from regsam_geo.text import NOT_AVAILABLE, format_number, resolve_language, say, shorten


def summary_notes(
    panel: Panel, regions: Panel, table: pd.DataFrame, scheme: pd.DataFrame, lang: str | None = None
) -> list[str]:
    """Say what a summary leaves out, what is incomplete, what classes mean, and which boundaries are meant."""
    told = check_summable(panel)
    notes = explain_summable(told[told["period"].isin(table["period"].unique())], lang, panel.catalogue)
    titles = titles_of(panel.catalogue, lang)
    incomplete = table[table["sign"] == "incomplete"].drop_duplicates(["region_id", "indicator", "group"])
    for (indicator, group), rows in incomplete.groupby(list(CATALOGUE_KEY), sort=False):
        gaps = list(rows["region_id"])
        code = "summary.incomplete.all" if len(gaps) == scheme["region_id"].nunique() else "summary.incomplete"
        notes.append(say(code, lang, title=titles[indicator, group], n=len(gaps), regions=shorten(gaps, 16, lang)))
    if (table["class"] != "").any() and (
        told_class := class_note(regions, table["period"].max(), resolve_language(lang))
    ):
        notes.append(told_class)
    derived = scheme.index[scheme["evidence"] == "derived"] if "evidence" in scheme else []
    if len(derived):
        notes.append(say("note.derived", lang, n=len(derived), districts=shorten(list(derived), 25, lang)))
    notes.append(say("summary.vintage", lang, vintage=VINTAGE))
    return notes


def class_words(name: str, lang: str | None = None) -> str:
    """Write a class in words: ``Status mittel, Dynamik stabil``.

    Examples
    --------
    >>> class_words("very_low/stable", "en")
    'status very low, dynamics stable'
    """
    if not name:
        return ""
    status, dynamics = name.split("/")
    return say(
        "summary.class",
        lang,
        status=say(f"label.map.status.{status}", lang),
        dynamics=say(f"label.map.dynamics.{dynamics}", lang),
    )


def class_note(regions: Panel, period: str, lang: str) -> str:
    """Say what the classes are made from; nothing where there are none."""
    names = class_indicators(regions, period)
    titles = regions.catalogue.drop_duplicates("indicator").set_index("indicator")[f"title_{lang}"]
    told = [split_title(titles[name])[0] if isinstance(titles[name], str) else name for name in names]
    return say("summary.class.note", lang, titles="; ".join(told), years=YEARS) if told else ""


def wide_table(table: pd.DataFrame, panel: Panel, lang: str | None) -> pd.DataFrame:
    """Lay the summary out for people: texts of values, one row per indicator, one column per region."""
    language = resolve_language(lang)
    catalogue = panel.catalogue.set_index(list(CATALOGUE_KEY))
    rows = []
    heads = {one: say("label.region", lang, id=one) for one in table["region_id"].unique()}
    for (indicator, group, period), part in table.groupby([*CATALOGUE_KEY, "period"], sort=False):
        entry = catalogue.loc[(indicator, group)]
        digits = 1 if pd.isna(entry["decimals"]) else int(entry["decimals"])
        title = entry[f"title_{language}"]
        row = {
            say("column.indicator", lang): title if isinstance(title, str) else indicator,
            say("column.period", lang): period,
            say("column.city", lang): format_number(part["city"].iloc[0], digits, lang=lang),
        }
        for one in part.to_dict("records"):
            # a gap says why it is one
            row[heads[one["region_id"]]] = (
                say(f"sign.{one['sign']}", lang) if one["sign"] else format_number(one["value"], digits, lang=lang)
            )
        rows.append(row)
    for period, part in table.drop_duplicates(["period", "region_id"]).groupby("period", sort=False):
        if (part["class"] != "").any():
            row = {say("column.indicator", lang): say("column.class", lang), say("column.period", lang): period}
            row |= {say("column.city", lang): NOT_AVAILABLE}
            row |= {
                heads[region]: class_words(name, lang) or NOT_AVAILABLE
                for region, name in zip(part["region_id"], part["class"], strict=True)
            }
            rows.append(row)
    return pd.DataFrame(rows)
