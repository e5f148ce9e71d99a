"""Nothing is handed over that gives a small count away: finished files are audited before they are in place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
import pandas as pd

from regsam_geo.areas import CITY_ID, ShippedLevel, load_boundaries
from regsam_geo.audit import audit_files, files_below
from regsam_geo.errors import OutputError
from regsam_geo.indicators import Panel, whole_parts
from regsam_geo.indicators.disclosure import with_declared_counts
from regsam_geo.indicators.disclosure.words import names_a_measure, names_things
from regsam_geo.study import Study
from regsam_geo.summary.facts.earlier_edition import folders_of_editions, panels_of_editions
from regsam_geo.summary.facts.report_facts import ReportFacts
from regsam_geo.summary.writers.folder import Audit
from regsam_geo.summary.writers.ledger import files_of_runs
from regsam_geo.text import problem
from regsam_geo.text.language import LANGUAGES

SECONDS = 120.0
"""What an audit may take before it is undecided."""

OFFICIAL: Final[tuple[ShippedLevel, ...]] = ("district", "subdistrict", "quarter")
_COUNTS = ("numerator", "denominator", "base_1", "base_2", "base_3", "base_4", "base_5")


def audit_of(facts: ReportFacts, seconds: float = SECONDS) -> Audit | None:
    """Return what refuses finished files that give a small count away; ``None`` where the data hold none.

    It is told what the indicators are called, which of them count no persons, what adds up to what, and where
    earlier editions stand; nothing of the figures.
    """
    study = facts.study
    if study.threshold is None or not has_small_counts(study):
        return None
    threshold = study.threshold
    names = []
    for naming in study.namings.values():
        shared = naming.title_is_shared and naming.group_words()
        called = {naming.full(lang) for lang in LANGUAGES} | {f"{naming.indicator} | {naming.group}"}
        names.append(called if shared else called | {naming.title(lang) for lang in LANGUAGES})
    groups = [
        [f"{indicator} | {group}" for group in (whole, *parts)]
        for (indicator, whole), parts in (study.declared.get("groups") or {}).items()
    ]
    told: dict[str, Any] = {
        "threshold": threshold,
        "zeros": study.declared.get("zeros", "show"),
        "division": study.division,
        "names": names,
        "not_persons": _not_persons(study),
        "groups": groups,
        "sums": {**_sums_of_own_areas(study), **(study.declared.get("sums") or {})},
    }
    folders, panels = folders_of_editions(study), panels_of_editions(study)

    def audit(files: Mapping[str, Path]) -> None:
        with TemporaryDirectory() as place:
            # now and not before: a report in the same folder stands there until this one takes its place
            earlier = [edition for folder in folders if (edition := _files_of_edition(folder))]
            earlier += [_file_of_panel(panel, Path(place, str(n))) for n, panel in enumerate(panels, start=1)]
            judge(files, earlier)

    def judge(files: Mapping[str, Path], earlier: list[dict[str, Path]]) -> None:
        found = audit_files([*earlier, files], **told, seconds=seconds, reckoned_with=True)
        if found.verdict == "leaks" and earlier:
            # what old editions give away alone is told by name elsewhere; it must only not be shown again
            alone = audit_files([files], **told, seconds=seconds)
            before = audit_files(earlier, **told, seconds=seconds, reckoned_with=True)
            found = found.without(before) if alone.safe else alone
        if not found.safe:
            code = "audit_leaks" if found.verdict == "leaks" else "audit_undecided"
            raise problem(OutputError, code, found=found.text())

    return audit


def _not_persons(study: Study) -> list[str]:
    """Return all names of the indicators that count no persons: it is said so, or they speak of things alone."""
    said = study.declared.get("counts", study.counts)
    catalogue = with_declared_counts(study.panel, said).catalogue
    found = []
    for row in catalogue.to_dict("records"):
        naming = study.namings[row["indicator"], row["group"]]
        known = row["counts_persons"]
        if names_things(naming.title(study.language), row["group"]) if pd.isna(known) else not known:
            found += [row["indicator"], f"{row['indicator']} | {row['group']}"]
            found += [naming.full(lang) for lang in LANGUAGES]
    return list(dict.fromkeys(map(str, found)))


def _sums_of_own_areas(study: Study) -> dict[str, list[str]]:
    """Return which official areas make up each area of one's own, and whether these cover the city."""
    if study.level != "own" or "own" not in study.layers:
        return {}
    level = next((one for one in OFFICIAL if one in study.published.levels), OFFICIAL[0])
    target, cut = whole_parts(study.layer("own"), level)
    sums = {
        str(own): list(map(str, parts))
        for own, parts in target.groupby(target).groups.items()
        if own not in set(cut["target_id"])
    }
    if cut.empty and set(target.index) == set(load_boundaries(level).index):
        sums[CITY_ID] = sorted(sums)
    return sums


def _file_of_panel(panel: Panel, folder: Path) -> dict[str, Path]:
    """Write an edition that came as a panel as its readers have it, to be read beside the files."""
    folder.mkdir()
    units = panel.catalogue[["indicator", "group", "unit"]]
    # the sign says in words what is hidden
    rows = panel.data.merge(units, on=["indicator", "group"], how="left")
    file = folder / "previous.csv"
    rows.to_csv(file, sep=";", index=False, lineterminator="\n")
    return {file.name: file}


def _files_of_edition(folder: Path) -> dict[str, Path]:
    """Return the files of an earlier edition: those that its lists name, else all that stand there."""
    if not folder.is_dir():
        return {}
    return files_of_runs(folder) or dict(files_below(folder))


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
