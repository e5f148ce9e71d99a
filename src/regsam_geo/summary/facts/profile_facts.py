"""What all profiles share, computed once: warnings, region values of all periods, and what was to be expected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from regsam_geo.areas import load_boundaries, neighbors, region_order
from regsam_geo.errors import OptionError
from regsam_geo.indicators import (
    Panel,
    aggregate_to_regions,
    headlines,
    unrounded_values,
)
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.periods import Period, frequency
from regsam_geo.indicators.rates import scale_of_rows
from regsam_geo.study import Study
from regsam_geo.summary.facts.report_facts import ReportFacts, gather_report_facts
from regsam_geo.text import did_you_mean, problem
from regsam_geo.warning import Settings, detect_warnings, expected_bands
from regsam_geo.warning.detectors.change import CHANGE

Key = tuple[str, str]
Band = tuple[tuple[float, float], ...]

LEVEL: Final = "district"
"""Profiles are about regions made of districts."""


@dataclass(frozen=True, eq=False)
class ProfileFacts:
    """What the profiles of all regions are made from.

    Attributes
    ----------
    report
        Panel, areas, warnings and summary of the report.
    regions
        The panel of the regions in all periods, with the city.
    polygons
        The boundaries of the regions.
    expected
        What was to be expected for each indicator (``indicator``, ``group``) and region in the period.
    bands
        Where the values of each series of a region (indicator, group, region) were to be expected: lower and upper
        end by period, NaN where nothing was.
    series
        Unrounded values, index indicator, group, level, area_id; one column per period.
    pairs
        Which districts touch: columns ``area_id`` and ``neighbor_id``.
    """

    report: ReportFacts
    regions: Panel
    polygons: gpd.GeoDataFrame
    expected: pd.Series
    bands: dict[tuple[str, str, str], Band]
    series: pd.DataFrame
    pairs: pd.DataFrame

    @property
    def period(self) -> str:
        """The period of the profiles."""
        return self.report.period

    @property
    def ids(self) -> list[str]:
        """The ids of all regions, in the order of their districts."""
        return list(region_order(self.report.scheme))

    @property
    def keys(self) -> list[Key]:
        """The headline indicators in the order of the catalogue."""
        rows = headlines(self.report.panel.catalogue)[list(CATALOGUE_KEY)]
        return [(str(indicator), str(group)) for indicator, group in rows.itertuples(index=False, name=None)]

    @cached_property
    def current(self) -> pd.DataFrame:
        """The rows of the period; ``rounded`` tells where a ratio of Basiswerte misses the published value."""
        panel = self.report.panel.sel(period=self.period)
        data = panel.data.assign(scale=scale_of_rows(panel))
        ratio = data["scale"] * data["numerator"] / data["denominator"].where(data["denominator"] > 0)
        kept = unrounded_values(panel)
        return data.assign(rounded=ratio.notna() & ((ratio - kept).abs() > 1e-9))

    @cached_property
    def entries(self) -> dict[Key, dict[str, Any]]:
        """The catalogue, by indicator and group."""
        rows = self.report.panel.catalogue.to_dict("records")
        return {(str(row["indicator"]), str(row["group"])): {str(k): v for k, v in row.items()} for row in rows}

    def entry(self, key: Key) -> dict[str, Any]:
        """Return the catalogue row of an indicator."""
        return self.entries[key]

    def districts_of(self, region: str) -> list[str]:
        """Return the ids of the districts of a region."""
        scheme = self.report.scheme
        return [str(district) for district in scheme.index[scheme["region_id"] == region]]

    def name_of(self, region: str) -> str:
        """Return the name of a region."""
        scheme = self.report.scheme
        return str(scheme.loc[scheme["region_id"] == region, "region_name"].iloc[0])

    def values(self, key: Key, level: str, area: str) -> list[float]:
        """Return the unrounded series of an area; NaN where there is no value."""
        name = (*key, level, area)
        if name not in self.series.index:
            return [float("nan")] * self.series.shape[1]
        return [float(value) for value in self.series.loc[name]]

    def band(self, key: Key, region: str) -> Band:
        """Return the band of a region in each period of the series; NaN where nothing could be expected."""
        nothing = ((float("nan"), float("nan")),) * self.series.shape[1]
        found: Band = self.bands.get((*key, region), nothing)
        return found

    @cached_property
    def rows_by_key(self) -> dict[Key, pd.DataFrame]:
        """The rows of the period, by indicator and group."""
        return {_key(name): rows for name, rows in self.current.groupby(list(CATALOGUE_KEY), sort=False)}

    @cached_property
    def summary_by_key(self) -> dict[Key, pd.DataFrame]:
        """The summary of all regions, by indicator and group; the index is the region."""
        frame = self.report.regions.set_index("region_id", drop=False)
        return {_key(name): rows for name, rows in frame.groupby(list(CATALOGUE_KEY), sort=False)}


def _key(name: Any) -> Key:
    indicator, group = name
    return str(indicator), str(group)


def gather_profile_facts(
    panel: Panel | pd.DataFrame,
    *,
    period: Period | None = None,
    lang: str,
    settings: Settings | None = None,
    scheme: pd.DataFrame | None = None,
    threshold: float | None = 3,
    inputs: tuple[Path, ...] = (),
) -> ProfileFacts:
    """Compute everything that profiles share; counts of persons below the threshold are hidden before."""
    panel = Panel.from_frame(panel)
    if LEVEL not in panel.levels:
        raise problem(OptionError, "no_district_values", found=", ".join(panel.levels) or "–")
    report = gather_report_facts(
        panel, period=period, lang=lang, settings=settings, scheme=scheme, threshold=threshold, inputs=inputs
    )
    panel = report.panel
    regions = aggregate_to_regions(panel, report.scheme)
    polygons = load_boundaries("region", report.scheme)
    of_regions = Study(regions, scheme=report.scheme, settings=report.settings, threshold=None)
    found = detect_warnings(of_regions, report.period, detectors=[CHANGE])
    tests = found.facts.findings
    tests = tests[(tests["kind"] == CHANGE.name) & (tests["level"] == "region")]
    expected = tests.set_index([*CATALOGUE_KEY, "area_id"])["expected"]
    series = _series(panel, regions, report.period)
    bands = _bands(regions, report.settings, list(series.columns))
    pairs = neighbors(report.areas).pairs
    return ProfileFacts(report, regions, polygons, expected, bands, series, pairs)


def _series(panel: Panel, regions: Panel, period: str) -> pd.DataFrame:
    """Return the values of districts, regions and city as one row each, up to the period of the report."""
    rows = pd.concat(
        [
            part.data[[*CATALOGUE_KEY, "level", "area_id", "period"]].assign(value=unrounded_values(part))
            for part in (panel, regions.sel(level="region"))
        ]
    )
    kind = frequency(period)
    wanted = rows["level"].isin((LEVEL, "city", "region")) & (rows["period"] <= period)
    rows = rows[wanted & (rows["period"].map(frequency) == kind)]
    # the keys are unique, so nothing is aggregated
    rows = rows.set_index([*CATALOGUE_KEY, "level", "area_id", "period"])["value"]
    return rows.unstack("period").sort_index(axis=1)  # noqa: PD010


def _bands(regions: Panel, settings: Settings, periods: list[str]) -> dict[tuple[str, str, str], Band]:
    """Return the bands of all regions, each as one pair of numbers per period."""
    found = expected_bands(regions, "region", settings=settings)
    low, high = (found[end].unstack("period").reindex(columns=periods) for end in ("low", "high"))  # noqa: PD010
    return {
        (str(indicator), str(group), str(area)): tuple(zip(lower.tolist(), upper.tolist(), strict=True))
        for (indicator, group, area), lower, upper in zip(low.index, low.to_numpy(), high.to_numpy(), strict=True)
    }


def find_region(region: str, scheme: pd.DataFrame) -> str:
    """Return the id of a region from what people write: ``17/18``, ``Region 17-18``, ``Hadern``.

    Raises
    ------
    OptionError
        If there is no such region.
    """
    ids = list(region_order(scheme))
    names = scheme.drop_duplicates("region_id").set_index("region_id")["region_name"]
    wanted = str(region).strip()
    known = {**{name.casefold(): key for key, name in names.items()}, **{_digits(key): key for key in ids}}
    for text in (wanted.casefold(), _digits(wanted)):
        if text and text in known:
            return str(known[text])
    raise problem(
        OptionError,
        "region_unknown",
        found=region,
        expected=", ".join(ids),
        hint=did_you_mean(wanted, [*ids, *names]),
    )


def _digits(text: str) -> str:
    """Return the numbers in a text, joined: ``Region 04-12`` gives ``4/12``; without numbers the text itself."""
    numbers = re.findall(r"\d+", text)
    return "/".join(str(int(one)) for one in numbers) if numbers else text.casefold()
