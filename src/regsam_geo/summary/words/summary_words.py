"""What is said beside a summary of the regions: gaps, classes, boundaries; and its layout for people."""

from __future__ import annotations

import pandas as pd

from regsam_geo.areas import VINTAGE
from regsam_geo.indicators import explain_summable
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.study import Study
from regsam_geo.summary.facts.region_status import YEARS, class_indicators
from regsam_geo.summary.facts.region_summary import summable_of
from regsam_geo.text import NOT_AVAILABLE, format_number, say, shorten


def summary_notes(study: Study, table: pd.DataFrame) -> list[str]:
    """Say what a summary leaves out, what is incomplete, what classes mean, and which boundaries are meant."""
    panel, division, lang = study.published, study.division, study.language
    summable = summable_of(study)
    # Of the periods that the table shows: what could not be summed ten years ago is no note on this one.
    notes = explain_summable(summable[summable["period"].isin(table["period"].unique())], lang, panel.catalogue)
    incomplete = table[table["sign"] == "incomplete"].drop_duplicates(["region_id", "indicator", "group"])
    for (indicator, group), rows in incomplete.groupby(list(CATALOGUE_KEY), sort=False):
        gaps = list(rows["region_id"])
        # One sentence for all sixteen regions, in place of a list of them.
        code = "summary.incomplete.all" if len(gaps) == len(division.region_ids) else "summary.incomplete"
        notes.append(
            say(
                code,
                lang,
                title=study.namings[indicator, group].full(lang),
                n=len(gaps),
                regions=shorten(gaps, 16, lang),
            )
        )
    if (table["class"] != "").any() and (told_class := class_note(study, table["period"].max())):
        notes.append(told_class)
    derived = division.derived
    if len(derived):
        notes.append(say("note.derived", lang, n=len(derived), districts=shorten(list(derived), 25, lang)))
    if study.level != "own":
        # of the shipped boundaries
        code = "summary.vintage" if study.level == "district" else "summary.vintage_of_parts"
        notes.append(say(code, lang, vintage=VINTAGE))
    if told := division_note(study):
        notes.append(told)
    return notes


def division_note(study: Study) -> str:
    """Say what the regions are, as of when, and where that stands; nothing of the shipped ones."""
    division, lang = study.division, study.language
    if division.is_regsam or not (division.date or division.sources):
        return ""
    parts = [division.title(lang)]
    if division.date:
        parts.append(say("summary.division.date", lang, date=division.date))
    if division.sources:
        parts.append(say("summary.division.sources", lang, sources=", ".join(division.sources)))
    return say("summary.division", lang, said="; ".join(parts))


def class_words(name: str, lang: str | None = None) -> str:
    """Write a class in words: ``Belastung mittel, Richtung wie anderswo``.

    Examples
    --------
    >>> class_words("very_high/stable", "en")
    'burden very high, direction as elsewhere'
    """
    if not name:
        return ""
    burden, direction = name.split("/")
    return say(
        "summary.class",
        lang,
        burden=say(f"label.situation.burden.{burden}", lang),
        direction=say(f"label.situation.direction.{direction}", lang),
    )


def class_note(study: Study, period: str) -> str:
    """Say what the classes are made from; nothing where there are none."""
    lang = study.language
    titles = [study.naming(name).short(lang) for name in class_indicators(study.regional, period)]
    return say("summary.class.note", lang, titles="; ".join(titles), years=YEARS) if titles else ""


def wide_table(study: Study, table: pd.DataFrame) -> pd.DataFrame:
    """Lay the summary out for people: texts of values, one row per indicator, one column per region."""
    lang = study.language
    rows = []
    heads = {one: say("label.region", lang, id=one) for one in table["region_id"].unique()}
    for (indicator, group, period), part in table.groupby([*CATALOGUE_KEY, "period"], sort=False):
        naming = study.namings[indicator, group]
        digits = naming.digits
        row = {
            say("column.indicator", lang): naming.full(lang),
            say("column.period", lang): period,
            say("column.city", lang): format_number(part["city"].iloc[0], digits, lang=lang),
        }
        for one in part.to_dict("records"):
            # a gap says why it is one
            row[heads[one["region_id"]]] = (
                say(f"sign.{one['sign']}", lang) if one["sign"] else format_number(one["value"], digits, lang=lang)
            )
        rows.append(row)
    # A class belongs to a region and a period, whatever indicator a row is about.
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
