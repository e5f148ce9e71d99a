"""Nothing is handed over that gives a small count away: finished files are audited before they are in place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from regsam_geo.audit import audit_files
from regsam_geo.errors import OutputError
from regsam_geo.indicators.disclosure.words import names_a_measure
from regsam_geo.study import Study
from regsam_geo.summary.facts.report_facts import ReportFacts
from regsam_geo.summary.writers.folder import Audit
from regsam_geo.text import problem
from regsam_geo.text.language import LANGUAGES

SECONDS = 120.0
"""What an audit may take before it is undecided."""

_COUNTS = ("numerator", "denominator", "base_1", "base_2", "base_3", "base_4", "base_5")


def audit_of(facts: ReportFacts, seconds: float = SECONDS) -> Audit | None:
    """Return what refuses finished files that give a small count away; ``None`` where the data hold none.

    It is told what the indicators are called and which of them count no persons, and nothing of the figures.
    """
    study = facts.study
    if study.threshold is None or not has_small_counts(study):
        return None
    threshold, catalogue = study.threshold, study.panel.catalogue
    names = []
    for naming in study.namings.values():
        shared = naming.title_is_shared and naming.group_words()
        called = {naming.full(lang) for lang in LANGUAGES} | {f"{naming.indicator} | {naming.group}"}
        names.append(called if shared else called | {naming.title(lang) for lang in LANGUAGES})
    uncounted = catalogue[catalogue["counts_persons"].eq(False).fillna(False)]
    not_persons = [
        naming.full(lang)
        for indicator, group in zip(uncounted["indicator"], uncounted["group"], strict=True)
        for naming in [study.namings[indicator, group]]
        for lang in LANGUAGES
    ]

    def audit(files: Mapping[str, Path]) -> None:
        found = audit_files(
            [files],
            threshold=threshold,
            scheme=study.scheme,
            names=names,
            not_persons=[*not_persons, *uncounted["indicator"].astype(str)],
            seconds=seconds,
        )
        if not found.safe:
            code = "audit_leaks" if found.verdict == "leaks" else "audit_undecided"
            raise problem(OutputError, code, found=found.text())

    return audit


def has_small_counts(study: Study) -> bool:
    """Tell whether anything is hidden, or looks as if it should be."""
    data = study.panel.data
    if (study.published.data["sign"] == "suppressed").any():
        return True
    threshold = study.threshold or 0.0
    entry = pd.MultiIndex.from_frame(data[["indicator", "group"]])
    named = study.panel.catalogue.set_index(["indicator", "group"])
    with_bases = data["base_1"].notna().to_numpy()
    for column in _COUNTS:
        numbers = data[column].to_numpy(dtype=np.float64)
        if column.startswith("base_"):
            # square kilometers are no persons
            told = named["name_" + column[-1]].fillna("").map(lambda name: not names_a_measure(str(name)))
            counted = told.reindex(entry).to_numpy(dtype=bool)
        else:
            counted = ~with_bases
        if bool(((numbers > 0) & (numbers < threshold) & counted).any()):
            return True
    # a value beside no counts may be one itself
    values = data["value"].to_numpy(dtype=np.float64)
    bare = data["numerator"].isna().to_numpy() & ~with_bases & (values == np.round(values))
    return bool(((values > 0) & (values < threshold) & bare).any())
