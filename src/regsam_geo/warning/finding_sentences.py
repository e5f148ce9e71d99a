"""The sentence of each finding about the data or the city, from the finding and the catalogue."""

from __future__ import annotations

import pandas as pd

from regsam_geo.areas import area_names
from regsam_geo.indicators import Panel
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.text.sentences import Indicator, finding_sentence


def write_finding_sentences(findings: pd.DataFrame, panel: Panel) -> pd.DataFrame:
    """Return findings about the data or the city with ``sentence_de`` and ``sentence_en``."""
    catalogue = panel.catalogue.set_index(list(CATALOGUE_KEY))
    known = {key: Indicator.from_catalogue(key, entry) for key, entry in catalogue.to_dict("index").items()}
    texts: dict[str, list[str]] = {"de": [], "en": []}
    official = area_names().set_index(["level", "area_id"])["name"].to_dict() if len(findings) else {}
    for record in findings.to_dict("records"):
        record.setdefault("area_name", official.get((record["level"], record["area_id"]), ""))
        for lang, sentences in texts.items():
            sentences.append(finding_sentence(record, known[(record["indicator"], record["group"])], lang))
    return findings.assign(
        sentence_de=pd.Series(texts["de"], index=findings.index, dtype="str"),
        sentence_en=pd.Series(texts["en"], index=findings.index, dtype="str"),
    )
