"""What a report tells, computed once from a study before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

import geopandas as gpd
import pandas as pd

from regsam_geo._version import __version__
from regsam_geo.areas import Division
from regsam_geo.errors import AggregationError, OptionError
from regsam_geo.indicators import Panel, compare_rows, headlines
from regsam_geo.indicators.checksum import checksum
from regsam_geo.indicators.naming import Naming
from regsam_geo.indicators.periods import Period, frequency, periods_before
from regsam_geo.situation import SituationTable, social_situation
from regsam_geo.situation.polarization import polarization
from regsam_geo.study import Study
from regsam_geo.summary.facts.own_area_summary import summarize_own_areas
from regsam_geo.summary.facts.region_summary import COLUMNS, region_summary
from regsam_geo.warning import (
    NullReports,
    WarningTable,
    city_themes,
    detect_warnings,
    each_area,
    expected_false_warnings,
    is_long_open,
)


@dataclass(frozen=True, eq=False)
class MapOfReport:
    """One map of the report: what it shows, the stem of its files, how many areas are marked on it."""

    naming: Naming
    stem: str
    n_warnings: int


@dataclass(frozen=True, eq=False)
class ReportFacts:
    """Everything that the tables, pages and maps of a report are made from.

    Attributes
    ----------
    study
        The study, with the figures of no other level than that of the report.
    period
        The period of the report.
    situation
        Where the areas stand; ``None`` where no indicator is a burden or a relief, or no area can be classed.
    warnings, themes, regions, maps
        What was found, and what is shown.
    """

    study: Study
    period: str
    situation: SituationTable | None
    warnings: WarningTable
    themes: pd.DataFrame
    regions: pd.DataFrame
    maps: tuple[MapOfReport, ...]

    @property
    def panel(self) -> Panel:
        """The figures of the areas that the report is about."""
        return self.study.subject

    @property
    def areas(self) -> gpd.GeoDataFrame:
        """These areas."""
        return self.study.layer()

    @property
    def level(self) -> str:
        """Their level; ``own`` where they are the user's."""
        return self.study.level

    @property
    def of_own_areas(self) -> bool:
        """Whether tables have a row for each area of the user's own, as these are in no groups."""
        division = self.study.division
        return self.level == "own" and not (division.level == "own" and division.region_ids)

    @cached_property
    def of_maps(self) -> Study:
        """The study that the maps are drawn from: the areas and the city, whose value stands in the legend.

        What is hidden is hidden already, and the pages say so once.
        """
        return self.study.replace(panel=self.panel.sel(level=[self.level, *self._city]), threshold=None)

    @property
    def _city(self) -> list[str]:
        return [level for level in self.panel.levels if level == "city"]

    @cached_property
    def compared(self) -> pd.DataFrame:
        """Each figure beside that of the city and its own past."""
        return compare_rows(self.panel)

    @cached_property
    def values_before(self) -> dict[tuple[str, str, str], float]:
        """The value of each area one period earlier, by indicator, group and area; those that may be shown."""
        before = periods_before(self.period, 1)
        rows = self.panel.data
        rows = rows[(rows["period"] == before) & (rows["level"] == self.level) & rows["value"].notna()]
        keys = zip(rows["indicator"], rows["group"], rows["area_id"], strict=True)
        return dict(zip(keys, rows["value"], strict=True))

    @cached_property
    def polarization(self) -> pd.DataFrame:
        """How unevenly the counted live over the areas, in all periods; empty where nothing can be said of it."""
        try:
            table = polarization(self.study, level=self.level)
        except OptionError:
            # no indicator with a direction: then nobody has said what a burden is
            return pd.DataFrame()
        # an earlier report knows nothing of what came later, and one line joins periods of one length
        same = table["period"].map(frequency) == frequency(self.period)
        return table[same & (table["period"] <= self.period)]

    @cached_property
    def null(self) -> NullReports:
        """How many warnings a report would hold in which nothing is unusual, by simulation."""
        return expected_false_warnings(self.study, self.period)

    def made_from(self, date: str | None = None) -> dict[str, Any]:
        """Say what everything follows from, for whoever gets the files: checksums only of what they show.

        No paths, and nothing of what is hidden. A plain checksum of a table with a hidden count, or of the file
        that it was read from, would tell the count to whoever tries the few that it can be.
        """
        study = self.study
        return {
            "regsam_geo": __version__,
            "period": self.period,
            "language": study.language,
            "date": date,
            "settings": study.settings.as_dict(),
            "threshold_of_counts": study.threshold,
            "checksum_of_values": self.warnings.facts.checksum,
            "division": _said_of(study.division),
            "regions": study.division.groups.to_dict(),
            "checksum_of_regions": sha256(study.division.said().encode()).hexdigest(),
            "checksum_of_areas": _checksum_of_areas(self.areas),
            # By name without folders: a report is handed on, and paths say who made it.
            "inputs": [path.name for path in study.inputs],
        }

    def private(self) -> str:
        """Return a checksum of all that was read, hidden counts too: for a seal, never for a file handed out."""
        digest = sha256(checksum(self.study.panel).encode())
        if self.study.assessments is not None:
            # here and not in the list that is handed out: words of people leave no trace there
            digest.update(self.study.assessments.to_csv(index=False, lineterminator="\n").encode())
        for path in self.study.inputs:
            digest.update(sha256(path.read_bytes()).digest())
        return digest.hexdigest()


def gather_report_facts(study: Study, period: Period | None = None) -> ReportFacts:
    """Return what a report of one period tells; the study holds it.

    Raises
    ------
    OptionError
        If the study has no figures of areas, or none in the period.
    AggregationError
        If figures of districts cannot be summed to the areas given.
    """
    now = study.find_period(period)
    return study.once(("report facts", now), lambda: _gather(study, now))


def _gather(study: Study, period: str) -> ReportFacts:
    # First of all: maps, warnings and checksum must be of the same figures.
    about = _of_one_level(study)
    warnings = detect_warnings(about, period)
    return ReportFacts(
        study=about,
        period=period,
        situation=_situation(about, period),
        warnings=warnings,
        themes=city_themes(about, period),
        regions=_summarize(about, warnings, period),
        maps=_maps(about, warnings, period),
    )


def _said_of(division: Division) -> dict[str, Any] | None:
    """Return name, level, date and sources of a division; nothing of none."""
    if not division.region_ids:
        return None
    said = {"name": division.title(), "level": division.level, "date": division.date}
    return {**said, "sources": list(division.sources)}


def _situation(study: Study, period: str) -> SituationTable | None:
    """Return where the areas stand, if the figures say it."""
    try:
        table = social_situation(study, period=period)
    except OptionError:
        # no indicator with a direction: then nobody has said what a burden is
        return None
    return table if (table["burden"] != "").any() else None


def _of_one_level(study: Study) -> Study:
    """Leave out the levels that a report is not about: each more of them would ask more questions at once."""
    others = {*study.levels} - {study.level}
    return study.sel(level=[study.level, "city"]) if others else study


def _checksum_of_areas(areas: gpd.GeoDataFrame) -> str:
    """Return the SHA-256 of ids, names and polygons."""
    # Names too: they stand on every page, and a changed name has to make the pages anew.
    digest = sha256("\n".join(f"{area}\t{name}" for area, name in areas["name"].items()).encode())
    for polygon in areas.geometry.to_wkb():
        digest.update(polygon)
    return digest.hexdigest()


def _summarize(study: Study, warnings: WarningTable, period: str) -> pd.DataFrame:
    """Summarize own areas, or the regions; where no indicator can be summed, the report says why and goes on."""
    if study.level == "own" and not (study.division.level == "own" and study.division.region_ids):
        return summarize_own_areas(study, period, each_area(warnings))
    try:
        return region_summary(study, [period], each_area(warnings))
    except AggregationError:
        return pd.DataFrame(columns=list(COLUMNS))


def _maps(study: Study, warnings: WarningTable, period: str) -> tuple[MapOfReport, ...]:
    """List one map per headline indicator, in the order of the catalogue, with numbered file names."""
    current = study.subject.sel(level=study.level, period=period)
    # what has been open for long is folded on the page, and no map marks it
    listed, warned = [], each_area(warnings[~is_long_open(warnings)])
    rows = headlines(current.catalogue)
    # Numbers of equal width keep the order of the catalogue in any file manager.
    width = max(len(str(len(rows))), 2)
    for number, entry in enumerate(rows.to_dict("records"), start=1):
        naming = study.namings[str(entry["indicator"]), str(entry["group"])]
        # Areas and not warnings: an area that warns twice has one mark on its map.
        hits = warned[(warned["indicator"] == naming.indicator) & (warned["group"] == naming.group)]
        stem = f"{number:0{width}d}-{naming.file_stem}"
        listed.append(MapOfReport(naming, stem, n_warnings=hits["area_id"].nunique()))
    return tuple(listed)
