"""The sentences of each warning, from the finding, its detector and the names of the indicator."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from regsam_geo.indicators import Panel
from regsam_geo.indicators.comparison import is_yardstick
from regsam_geo.text import join_words, say
from regsam_geo.text.catalogue import PHRASES
from regsam_geo.text.sentences import place_words, warning_sentence
from regsam_geo.warning.report.life import SILENT
from regsam_geo.warning.schema.detector import Detector


def write_sentences(
    rows: pd.DataFrame, panel: Panel, detectors: Sequence[Detector], names: Mapping[tuple[str, str], str]
) -> pd.DataFrame:
    """Return the rows with ``sentence_de`` and ``sentence_en``; ``names`` are those of areas, by level and id."""
    by_kind = {detector.name: detector for detector in detectors}
    city = panel.data[is_yardstick(panel.data, panel.catalogue)]
    city_before = city.set_index(["indicator", "group", "period"])["value"].to_dict()
    texts: dict[str, list[str]] = {"de": [], "en": []}
    for record in rows.to_dict("records"):
        key = (record["indicator"], record["group"])
        before = str(record["details"].get("before_period", ""))
        fields = {**record, "city_before": city_before.get((*key, before))}
        # What warns of nothing now is told in the same words, whatever was asked.
        status = "open" if record["status"] in SILENT else record["status"]
        codes = [f"warning.{status}.{record['kind']}", f"warning.{status}"]
        if status == "open" and not math.isfinite(record["expected"]):
            codes = ["warning.open_without", *codes]
        alike = next((PHRASES[code] for code in codes if code in PHRASES), None)
        clauses = by_kind[record["kind"]].phrases(record) if alike is None else [alike]
        if record["details"].get("others"):
            clauses = [*clauses, PHRASES["warning.together" if alike is None else "warning.together.open"]]
        for lang, sentences in texts.items():
            told = {**fields, "details": {**record["details"], **_in_words(record, panel, names, lang)}}
            sentences.append(warning_sentence(told, panel.namings[key], clauses, lang))
    return rows.assign(sentence_de=texts["de"], sentence_en=texts["en"])


def _in_words(
    record: Mapping[str, Any], panel: Panel, names: Mapping[tuple[str, str], str], lang: str
) -> dict[str, str]:
    """Write what a warning borrowed from, and the neighbors that deviate with it."""
    details, words = record["details"], {}
    naming = panel.namings[record["indicator"], record["group"]]
    if details.get("others"):
        code = "warning.other.open" if record["status"] in SILENT else "warning.other"
        level = record["level"]
        words["others"] = join_words(
            [
                say(
                    code,
                    lang,
                    place=place_words(
                        {"level": level, "area_id": area, "area_name": names.get((level, area), "")}, lang
                    ),
                    value=naming.number(value, lang),
                    expected=naming.number(expected, lang),
                )
                for area, value, expected in details["others"]
            ],
            lang,
        )
    if details.get("related"):
        told = [
            (say(f"warning.related.{word}", lang, title=panel.namings[indicator, group].short(lang)), also)
            for indicator, group, word, also in details["related"]
        ]
        words["related"] = join_words(
            [say("warning.related.too", lang, words=part) if also else part for part, also in told], lang
        )
    return words
