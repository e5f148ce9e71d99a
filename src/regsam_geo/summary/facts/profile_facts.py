"""What all profiles share, computed once: warnings, region values of all periods, and what was to be expected."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import pandas as pd

from regsam_geo.areas import Division, ShippedLevel
from regsam_geo.errors import OptionError
from regsam_geo.indicators import Panel, division_of_areas, headlines, unrounded_values
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.catalogue import apart_from_city
from regsam_geo.indicators.naming import Key
from regsam_geo.indicators.periods import Period, frequency
from regsam_geo.indicators.rates import scale_of_rows
from regsam_geo.situation import SituationTable, social_situation
from regsam_geo.study import Settings, Study
from regsam_geo.summary.facts.region_status import class_indicators, of_regions
from regsam_geo.summary.facts.report_facts import ReportFacts, gather_report_facts
from regsam_geo.text import problem
from regsam_geo.warning import detect_warnings, expected_bands
from regsam_geo.warning.detectors.change import CHANGE

Band = tuple[tuple[float, float], ...]
OFFICIAL: Final[tuple[ShippedLevel, ...]] = ("district", "subdistrict", "quarter")


@dataclass(frozen=True, eq=False)
class ProfileFacts:
    """What the profiles of all regions are made from.

    Attributes
    ----------
    report
        Study, period, warnings and summary of the report.
    expected
        What was to be expected for each indicator (``indicator``, ``group``) and region in the period.
    bands
        Where the values of each series of a region (indicator, group, region) were to be expected: lower and upper
        end by period, NaN where nothing was.
    series
        Unrounded values, index indicator, group, level, area_id; one column per period.
    """

    report: ReportFacts
    expected: pd.Series
    bands: dict[tuple[str, str, str], Band]
    series: pd.DataFrame

    @property
    def study(self) -> Study:
        """The study that they are about."""
        return self.report.study

    @property
    def period(self) -> str:
        """The period of the profiles."""
        return self.report.period

    @property
    def level(self) -> str:
        """The level of the areas that the regions are made of."""
        return self.report.level

    @property
    def ids(self) -> list[str]:
        """The ids of all regions, in the order of their districts."""
        return self.study.region_ids

    @cached_property
    def situation(self) -> SituationTable | None:
        """Where the regions stand among each other; ``None`` where nobody has said what a burden is."""
        regions = self.study.regional
        names = class_indicators(regions, self.period)
        # without an earlier period they still stand somewhere; where they go stays open
        if not names and (regions.data["period"] < self.period).any():
            return None
        try:
            return social_situation(of_regions(self.study), names or None, self.period, level="region")
        except OptionError:
            return None

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
        # A hint for the reader who computes: some Basiswerte are rounded so far that they miss what is printed.
        ratio = data["scale"] * data["numerator"] / data["denominator"].where(data["denominator"] > 0)
        kept = unrounded_values(panel)
        return data.assign(rounded=ratio.notna() & ((ratio - kept).abs() > 1e-9))

    def values(self, key: Key, level: str, area: str) -> list[float]:
        """Return the unrounded series of an area; NaN where there is no value."""
        # A series that an area does not have is as long as the others: charts stand in one grid.
        name = (*key, level, area)
        # the city's line would be read against the area's, whose counts depend on its size
        apart = level == "city" and key in self._apart
        if apart or name not in self.series.index:
            return [float("nan")] * self.series.shape[1]
        return [float(value) for value in self.series.loc[name]]

    @cached_property
    def _apart(self) -> frozenset[Key]:
        return frozenset(apart_from_city(self.study.panel.catalogue))

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


def gather_profile_facts(study: Study, period: Period | None = None) -> ProfileFacts:
    """Return what the profiles of one period share; the study holds it.

    Raises
    ------
    OptionError
        If the study has no groups of areas, or no figures of them in the period.
    """
    about = study_of_groups(study)
    now = about.find_period(period)
    return about.once(("profile facts", now), lambda: _gather(about, now))


def study_of_groups(study: Study) -> Study:
    """Return the study whose regions profiles are about; the study itself holds it.

    Areas of one's own that figures of districts are summed to are regions of districts; those that have figures
    themselves and are in no group stand each for itself.

    Raises
    ------
    OptionError
        If nobody says which areas make up a region.
    """
    return study.once("study of groups", lambda: _of_groups(study))


def _of_groups(study: Study) -> Study:
    if study.level == "own":
        if "own" not in study.published.levels:
            level = next(one for one in OFFICIAL if one in study.published.levels)
            division = division_of_areas(study.layer("own"), level)
            return study.replace(areas=None, division=division)
        if study.division.level != "own" or not study.region_ids:
            layer = study.layer("own")
            table = pd.DataFrame(
                {"area_id": layer.index, "region_id": layer.index, "region_name": layer["name"].to_numpy()}
            )
            return study.replace(division=Division(table, level="own"))
    # Told before anything is computed: the facts of a profile take seconds.
    if not any(study.members_of(region) for region in study.region_ids):
        raise problem(OptionError, "profile_level", found=study.level)
    return study


def _gather(study: Study, period: str) -> ProfileFacts:
    # The facts of the report itself: profile and report of one meeting must not differ in a number.
    report = gather_report_facts(study, period)
    among_regions = of_regions(report.study)
    # only what the change test expects is told of regions: warnings themselves are about districts
    found = detect_warnings(among_regions, period, detectors=[CHANGE])
    tests = found.facts.findings
    tests = tests[(tests["kind"] == CHANGE.name) & (tests["level"] == "region")]
    expected = tests.set_index([*CATALOGUE_KEY, "area_id"])["expected"]
    regions = report.study.regional
    series = _series(report.panel, regions, period, report.level)
    # For all regions at once: the expectation is made from all areas, and takes as long for one as for sixteen.
    bands = _bands(regions, study.settings, list(series.columns))
    return ProfileFacts(report, expected, bands, series)


def _series(panel: Panel, regions: Panel, period: str, level: str) -> pd.DataFrame:
    """Return the values of areas, regions and city as one row each, up to the period of the report."""
    rows = pd.concat(
        [
            part.data[[*CATALOGUE_KEY, "level", "area_id", "period"]].assign(value=unrounded_values(part))
            for part in (panel, regions.sel(level="region"))
        ]
    )
    # a table may hold years and quarters; one line joins values of one frequency only
    kind = frequency(period)
    # a profile of an earlier period knows nothing of what came later
    wanted = rows["level"].isin((level, "city", "region")) & (rows["period"] <= period)
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
