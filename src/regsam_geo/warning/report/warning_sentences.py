"""The fields of the sentence of each warning, from the finding and the catalogue."""

from __future__ import annotations

import pandas as pd

from regsam_geo.indicators import Panel
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.text.sentences import Indicator, warning_sentence


def write_sentences(rows: pd.DataFrame, panel: Panel) -> pd.DataFrame:
    """Return the rows with ``sentence_de`` and ``sentence_en``."""
    catalogue = panel.catalogue.set_index(list(CATALOGUE_KEY))
    known = {key: Indicator.from_catalogue(key, entry) for key, entry in catalogue.to_dict("index").items()}
    earlier = panel.data[panel.data["level"] == "city"].set_index(["indicator", "group", "period"])["value"]
    city_before = earlier.to_dict()
    records = rows.to_dict("records")
    texts: dict[str, list[str]] = {"de": [], "en": []}
    for record in records:
        key = (record["indicator"], record["group"])
        before = str(record["details"].get("before_period", ""))
        fields = {**record, "city_before": city_before.get((*key, before))}
        for lang, sentences in texts.items():
            sentences.append(warning_sentence(fields, known[key], lang))
    return rows.assign(sentence_de=texts["de"], sentence_en=texts["en"])
