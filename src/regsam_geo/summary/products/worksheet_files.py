"""The worksheets of a report and of packs: one per region, and never in the place of one that was filled in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from regsam_geo.files import file_stem
from regsam_geo.summary.facts.report_facts import ReportFacts
from regsam_geo.summary.words.worksheet import Worksheet, worksheet_label, worksheets
from regsam_geo.summary.writers.folder import Step
from regsam_geo.summary.writers.ledger import path_beside
from regsam_geo.summary.writers.worksheet import worksheet_bytes
from regsam_geo.text import say


def worksheet_names(facts: ReportFacts) -> dict[str, tuple[str, Worksheet]]:
    """Return the file name of the worksheet of each region; sixteen of them meet again in one folder."""
    lang = facts.study.language
    names: dict[str, tuple[str, Worksheet]] = {}
    for region, worksheet in worksheets(facts).items():
        stem = file_stem(say("worksheet.file", lang), worksheet_label(facts, region), facts.period)
        taken, name, n = {one for one, _ in names.values()}, f"{stem}.xlsx", 1
        # own regions may be called 17/18 and 17-18
        while name in taken:
            n += 1
            name = f"{stem}-{n}.xlsx"
        names[region] = name, worksheet
    return names


def worksheet_steps(facts: ReportFacts, folder: Path) -> Iterator[Step]:
    """List the worksheets of a report, in a folder of their own."""
    lang = facts.study.language
    root = say("worksheet.folder", lang)
    for region, (name, worksheet) in worksheet_names(facts).items():
        label = say("worksheet.step", lang, region=worksheet_label(facts, region))
        path = path_beside(folder, f"{root}/{name}")
        yield Step(path, label, partial(worksheet_bytes, worksheet))
