"""The sentences of each warning, from the finding, its detector and the names of the indicator."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from regsam_geo.indicators import Panel
from regsam_geo.text.catalogue import PHRASES
from regsam_geo.text.sentences import warning_sentence
from regsam_geo.warning.schema.detector import Detector


def write_sentences(rows: pd.DataFrame, panel: Panel, detectors: Sequence[Detector]) -> pd.DataFrame:
    """Return the rows with ``sentence_de`` and ``sentence_en``."""
    by_kind = {detector.name: detector for detector in detectors}
    earlier = panel.data[panel.data["level"] == "city"].set_index(["indicator", "group", "period"])["value"]
    city_before = earlier.to_dict()
    texts: dict[str, list[str]] = {"de": [], "en": []}
    for record in rows.to_dict("records"):
        key = (record["indicator"], record["group"])
        before = str(record["details"].get("before_period", ""))
        fields = {**record, "city_before": city_before.get((*key, before))}
        # What warns of nothing now is told in the same words, whatever was asked.
        codes = (f"warning.{record['status']}.{record['kind']}", f"warning.{record['status']}")
        alike = next((PHRASES[code] for code in codes if code in PHRASES), None)
        clauses = by_kind[record["kind"]].phrases(record) if alike is None else [alike]
        for lang, sentences in texts.items():
            sentences.append(warning_sentence(fields, panel.namings[key], clauses, lang))
    return rows.assign(sentence_de=texts["de"], sentence_en=texts["en"])
