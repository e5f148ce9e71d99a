"""The sentence of each finding about the data or the city, from the finding and the catalogue."""

from __future__ import annotations

import pandas as pd

from regsam_geo.areas import area_names
from regsam_geo.indicators import Panel
from regsam_geo.text.sentences import finding_sentence
from regsam_geo.warning.schema.detector import detector_of


def write_finding_sentences(findings: pd.DataFrame, panel: Panel) -> pd.DataFrame:
    """Return findings about the data or the city with ``sentence_de`` and ``sentence_en``."""
    texts: dict[str, list[str]] = {"de": [], "en": []}
    # Only if there is a finding: the names are read from a file.
    official = area_names().set_index(["level", "area_id"])["name"].to_dict() if len(findings) else {}
    for record in findings.to_dict("records"):
        # Findings carry no names; a name that a detector has set stays.
        record.setdefault("area_name", official.get((record["level"], record["area_id"]), ""))
        naming = panel.namings[record["indicator"], record["group"]]
        detector = detector_of(record["kind"])
        clauses = () if detector is None else detector.own_phrases(record)
        for lang, sentences in texts.items():
            sentences.append(finding_sentence(record, naming, lang, clauses))
    return findings.assign(
        sentence_de=pd.Series(texts["de"], index=findings.index, dtype="str"),
        sentence_en=pd.Series(texts["en"], index=findings.index, dtype="str"),
    )
