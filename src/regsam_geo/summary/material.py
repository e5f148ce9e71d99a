"""What a report needs, computed once from the panel before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd

from regsam_geo.areas import load_boundaries, load_region_scheme
from regsam_geo.errors import OptionError
from regsam_geo.files import file_stem
from regsam_geo.indicators import Panel, headlines
from regsam_geo.indicators.periods import Period, parse_period
from regsam_geo.summary.regions import summarize_regions
from regsam_geo.text import problem, shorten
from regsam_geo.warning import Settings, city_themes, detect_warnings

LEVEL: Final = "district"


@dataclass(frozen=True)
class MapOfReport:
    """One map of the report: what it shows, the stem of its files, how many areas are marked on it."""

    indicator: str
    group: str
    title: str
    stem: str
    n_warnings: int


@dataclass(frozen=True)
class Material:
    """Everything that the writers of a report need."""

    panel: Panel
    areas: gpd.GeoDataFrame
    period: str
    warnings: pd.DataFrame
    themes: pd.DataFrame
    regions: pd.DataFrame
    maps: tuple[MapOfReport, ...]
    settings: Settings
    scheme: pd.DataFrame
    inputs: tuple[Path, ...]

    def values_of(self, shown: MapOfReport) -> Panel:
        """Return the values that one map shows."""
        return self.panel.sel(shown.indicator, shown.group, self.period, LEVEL)

    def warnings_of(self, shown: MapOfReport) -> pd.DataFrame:
        """Return the warnings that belong on one map."""
        return self.warnings[
            (self.warnings["indicator"] == shown.indicator) & (self.warnings["group"] == shown.group)
        ]


def gather(
    panel: Panel,
    *,
    period: Period | None,
    lang: str,
    settings: Settings | None = None,
    scheme: pd.DataFrame | None = None,
    inputs: tuple[Path, ...] = (),
) -> Material:
    """Compute warnings, themes and region summary of one period.

    Raises
    ------
    OptionError
        If the panel has no values of districts, or none in the period.
    """
    if LEVEL not in panel.levels:
        raise problem(OptionError, "no_district_values", found=", ".join(panel.levels) or "–")
    districts = panel.sel(level=LEVEL)
    period = districts.periods[-1] if period is None else parse_period(period)
    if period not in districts.periods:
        raise problem(OptionError, "no_such_period", found=period, expected=shorten(districts.periods[::-1], 8))
    settings = Settings() if settings is None else settings
    scheme = load_region_scheme() if scheme is None else scheme
    areas = load_boundaries(LEVEL, scheme)
    warnings = detect_warnings(panel, areas, period, settings=settings)
    return Material(
        panel=panel,
        areas=areas,
        period=period,
        warnings=warnings,
        themes=city_themes(warnings),
        regions=summarize_regions(panel, warnings=warnings, period=period, scheme=scheme),
        maps=_maps(districts.sel(period=period), warnings, lang),
        settings=settings,
        scheme=scheme,
        inputs=inputs,
    )


def _maps(current: Panel, warnings: pd.DataFrame, lang: str) -> tuple[MapOfReport, ...]:
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
