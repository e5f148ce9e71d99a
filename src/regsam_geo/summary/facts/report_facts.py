"""What a report needs, computed once from the panel before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from regsam_geo._version import __version__
from regsam_geo.areas import ShippedLevel, load_boundaries, load_region_scheme
from regsam_geo.errors import AggregationError, OptionError
from regsam_geo.files import file_stem
from regsam_geo.indicators import Panel, aggregate_to_areas, aggregate_to_regions, headlines, publishable
from regsam_geo.indicators.periods import Period, parse_period
from regsam_geo.study import Study
from regsam_geo.summary.facts.own_area_summary import summarize_own_areas
from regsam_geo.summary.facts.region_summary import COLUMNS, region_summary
from regsam_geo.text import problem, shorten
from regsam_geo.warning import (
    NullReports,
    Settings,
    WarningTable,
    city_themes,
    detect_warnings,
    expected_false_warnings,
)

REPORT_LEVELS: tuple[ShippedLevel, ...] = ("district", "subdistrict", "quarter")
"""Levels that a report can be about without polygons of one's own, in the order of preference."""


@dataclass(frozen=True)
class MapOfReport:
    """One map of the report: what it shows, the stem of its files, how many areas are marked on it."""

    indicator: str
    group: str
    title: str
    stem: str
    n_warnings: int


@dataclass(frozen=True)
class ReportFacts:
    """Everything that the writers of a report need.

    Attributes
    ----------
    source, panel
        The values as they came in, and those of the areas that the report is about.
    areas, level
        These areas; the level is ``own`` where they are the user's.
    period
        The period of the report.
    warnings, themes, regions, maps
        What was found, and what is shown.
    settings, scheme, threshold, inputs
        What it was made with; counts of persons below the threshold are hidden in ``source`` already.
    """

    source: Panel
    panel: Panel
    areas: gpd.GeoDataFrame
    level: str
    period: str
    warnings: WarningTable
    themes: pd.DataFrame
    regions: pd.DataFrame
    maps: tuple[MapOfReport, ...]
    settings: Settings
    scheme: pd.DataFrame
    threshold: float | None
    inputs: tuple[Path, ...]

    @cached_property
    def study(self) -> Study:
        """The study of the report."""
        areas = {self.level: self.areas}
        return Study(self.panel, areas, scheme=self.scheme, settings=self.settings, threshold=None)

    @cached_property
    def null(self) -> NullReports:
        """How many warnings a report would hold in which nothing is unusual, by simulation."""
        return expected_false_warnings(self.study, self.period)

    def made_from(self, lang: str, date: str | None = None) -> dict[str, Any]:
        """Say what everything follows from, so that a later run knows what it may keep; no paths, no names."""
        return {
            "regsam_geo": __version__,
            "period": self.period,
            "language": lang,
            "date": date,
            "settings": self.settings.as_dict(),
            "threshold_of_counts": self.threshold,
            "checksum_of_values": self.warnings.facts.checksum,
            "regions": self.scheme["region_id"].to_dict(),
            "checksum_of_regions": sha256(self.scheme.to_csv(lineterminator="\n").encode()).hexdigest(),
            "checksum_of_areas": _checksum_of_areas(self.areas),
            "inputs": {path.name: sha256(path.read_bytes()).hexdigest() for path in self.inputs},
        }

    def values_of(self, shown: MapOfReport) -> Panel:
        """Return the values that one map shows."""
        return self.panel.sel(shown.indicator, shown.group, self.period, self.level)

    def warnings_of(self, shown: MapOfReport) -> pd.DataFrame:
        """Return the warnings that belong on one map."""
        return self.warnings[
            (self.warnings["indicator"] == shown.indicator) & (self.warnings["group"] == shown.group)
        ]


def _checksum_of_areas(areas: gpd.GeoDataFrame) -> str:
    """Return the SHA-256 of ids, names and polygons."""
    digest = sha256("\n".join(f"{area}\t{name}" for area, name in areas["name"].items()).encode())
    for polygon in areas.geometry.to_wkb():
        digest.update(polygon)
    return digest.hexdigest()


def gather_report_facts(
    source: Panel,
    *,
    period: Period | None,
    lang: str,
    areas: gpd.GeoDataFrame | None = None,
    settings: Settings | None = None,
    scheme: pd.DataFrame | None = None,
    threshold: float | None = 3,
    inputs: tuple[Path, ...] = (),
) -> ReportFacts:
    """Compute warnings, themes and summary of one period.

    Raises
    ------
    OptionError
        If the panel has no values of areas, or none in the period.
    AggregationError
        If values of districts cannot be summed to the areas given.
    """
    scheme = load_region_scheme() if scheme is None else scheme
    settings = Settings() if settings is None else settings
    source = publishable(source, threshold, scheme=scheme)
    panel, areas, level = find_subject(source, areas, scheme)
    period = find_period(panel.sel(level=level), period)
    study = Study(panel, {level: areas}, scheme=scheme, settings=settings, threshold=None)
    warnings = detect_warnings(study, period)
    return ReportFacts(
        source=source,
        panel=panel,
        areas=areas,
        level=level,
        period=period,
        warnings=warnings,
        themes=city_themes(study, period),
        regions=_summarize(panel, areas, level, warnings, period, scheme),
        maps=_maps(panel.sel(level=level, period=period), warnings, lang),
        settings=settings,
        scheme=scheme,
        threshold=threshold,
        inputs=inputs,
    )


def _summarize(
    panel: Panel,
    areas: gpd.GeoDataFrame,
    level: str,
    warnings: WarningTable,
    period: str,
    scheme: pd.DataFrame,
) -> pd.DataFrame:
    """Summarize own areas, or the regions; where no indicator can be summed, the report says why and goes on."""
    if level == "own":
        return summarize_own_areas(panel, areas, warnings=warnings, period=period)
    try:
        regions = aggregate_to_regions(panel, scheme)
        return region_summary(panel, regions, scheme, [period], warnings)
    except AggregationError:
        return pd.DataFrame(columns=list(COLUMNS))


def find_subject(
    source: Panel, areas: gpd.GeoDataFrame | None, scheme: pd.DataFrame
) -> tuple[Panel, gpd.GeoDataFrame, str]:
    """Decide what the report is about: the areas given, else the coarsest shipped level with values."""
    if areas is not None:
        has_own = "own" in source.levels
        return (source if has_own else aggregate_to_areas(source, areas)), areas, "own"
    for level in REPORT_LEVELS:
        if level in source.levels:
            return source, load_boundaries(level, scheme), level
    raise problem(OptionError, "no_district_values", found=", ".join(source.levels) or "–")


def find_period(panel: Panel, period: Period | None) -> str:
    """Return the period asked for, or the newest."""
    if period is None:
        return panel.periods[-1]
    wished = parse_period(period)
    if wished not in panel.periods:
        raise problem(OptionError, "no_such_period", found=wished, expected=shorten(panel.periods[::-1], 8))
    return wished


def _maps(current: Panel, warnings: WarningTable, lang: str) -> tuple[MapOfReport, ...]:
    """List one map per headline indicator, in the order of the catalogue, with numbered file names."""
    shown = []
    rows = headlines(current.catalogue)
    width = len(str(len(rows)))
    for number, entry in enumerate(rows.to_dict("records"), start=1):
        hits = warnings[(warnings["indicator"] == entry["indicator"]) & (warnings["group"] == entry["group"])]
        title = entry[f"title_{lang}"]
        shown.append(
            MapOfReport(
                indicator=entry["indicator"],
                group=entry["group"],
                title=title if isinstance(title, str) else entry["indicator"],
                stem=f"{number:0{max(width, 2)}d}-{file_stem(entry['indicator'])[:60]}",
                n_warnings=hits["area_id"].nunique(),
            )
        )
    return tuple(shown)
