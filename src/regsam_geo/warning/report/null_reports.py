"""How many warnings stand in a report in which nothing is unusual, by simulation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from regsam_geo.indicators import Panel, headlines
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.periods import Period
from regsam_geo.study import Study
from regsam_geo.study.verb import verb
from regsam_geo.text import format_number, html_table, say, shows_progress
from regsam_geo.warning.detectors.built_in import DETECTORS
from regsam_geo.warning.detectors.newest_change import newest_changes
from regsam_geo.warning.report.urgency import checked_detectors, findings_of, flagged_units
from regsam_geo.warning.schema.cube import Cube
from regsam_geo.warning.schema.detector import Context, Detector
from regsam_geo.warning.statistics.change_test import ChangeTest
from regsam_geo.warning.statistics.link import Linked
from regsam_geo.warning.statistics.robust import Array, median, robust_variance


@dataclass(frozen=True, eq=False)
class NullReports:
    """Simulated reports without anything unusual.

    Attributes
    ----------
    warnings
        Mean number of warnings per report.
    standard_error
        Its Monte Carlo standard error.
    by_kind
        Mean number of significant findings per report and kind.
    reports
        How many reports were simulated.
    """

    warnings: float
    standard_error: float
    by_kind: pd.Series
    reports: int

    def as_attrs(self) -> dict[str, float]:
        """Return what goes into ``attrs`` of a table of warnings: plain numbers."""
        return {
            "expected_false_warnings": self.warnings,
            "expected_false_warnings_error": self.standard_error,
            "null_reports": self.reports,
        }

    def _repr_html_(self) -> str:
        """Say what was found in one sentence."""
        mean, error = (format_number(x, 2) for x in (self.warnings, self.standard_error))
        return html_table([], [], say("view.null", warnings=mean, error=error, n=self.reports))


@verb
@shows_progress
def expected_false_warnings(
    study: Study,
    period: Period | None = None,
    *,
    reports: int = 20,
    seed: int = 1,
    detectors: Sequence[Detector] | None = None,
) -> NullReports:
    """Simulate whole reports in which nothing is unusual and count their warnings.

    Parameters
    ----------
    study, period, detectors
        As in ``detect_warnings``.
    reports
        How many reports are simulated.
    seed
        Start of the random numbers; the same seed gives the same result.

    Returns
    -------
    NullReports
        Mean number of warnings per report, its standard error, and the significant findings by kind.

    Notes
    -----
    In a null panel the levels of the areas are drawn from one normal distribution with the robust spread of
    the real ones, their excess changes are independent and normal with the scale that the change test found
    (``tau^2`` and sampling), the common changes are the real ones, and counts are drawn from the resulting
    rates where the Basiswerte are known. Denominators and gaps are the real ones.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> null = rg.expected_false_warnings(rg.load_sample().sel(["Hochbetagte", "Nichtdeutsche"]), reports=2)
    >>> null.reports
    2
    """
    panel, settings = study.subject, study.settings
    asked = checked_detectors(DETECTORS if detectors is None else detectors)
    neighbors = {level: study.neighbors(level) for level in study.layers}
    leading = headlines(panel.catalogue)
    rng = np.random.default_rng(seed)
    context = Context(study.find_period(period), neighbors, settings, study.level)
    tested = newest_changes(panel, context)
    names = pd.MultiIndex.from_frame(leading[list(CATALOGUE_KEY)])
    frames = [
        _null_rows(cube, linked, test, names, rng, number)
        for number in range(reports)
        for cube, linked, test in tested
    ]
    if not frames:
        return NullReports(0.0, 0.0, pd.Series(dtype="float64"), 0)
    data = pd.concat(frames, ignore_index=True)
    city = panel.data[panel.data["level"] == "city"]
    city = city[pd.MultiIndex.from_frame(city[list(CATALOGUE_KEY)]).isin(names)]
    copies = [city.assign(indicator=city["indicator"] + _mark(number)) for number in range(reports)]
    entries = [leading.assign(indicator=leading["indicator"] + _mark(number)) for number in range(reports)]
    # all simulated reports in one panel: the tests take arrays, and q is kept apart by the mark in the name
    many = Panel(pd.concat([data, *copies], ignore_index=True), pd.concat(entries, ignore_index=True))
    findings = findings_of(many, replace(context, shared={}), asked, family=_number_of)
    flagged = flagged_units(findings, neighbors, settings, asked)
    per_report = flagged.groupby(_number_of(flagged)).size().reindex(range(reports), fill_value=0)
    hit = findings[(findings["q"] < settings.q_watch) & (findings["level"] != "city")]
    return NullReports(
        warnings=float(per_report.mean()),
        standard_error=float(per_report.std(ddof=1) / np.sqrt(reports)) if reports > 1 else float("nan"),
        by_kind=hit["kind"].value_counts() / reports,
        reports=reports,
    )


MARK = "\N{SYMBOL FOR NULL}"


def _mark(number: int) -> str:
    """Return the ending that tells the simulated reports apart."""
    return f"{MARK}{number}"


def _number_of(rows: pd.DataFrame) -> np.ndarray:
    """Return the number of the simulated report of each row."""
    return np.array([int(name.rsplit(MARK, 1)[1]) for name in rows["indicator"]], dtype="int64")


def _null_rows(
    cube: Cube, linked: Linked, test: ChangeTest, names: pd.MultiIndex, rng: np.random.Generator, number: int
) -> pd.DataFrame:
    """Return the rows of one level of one null panel."""
    value, count = _null_values(linked, test, rng)
    wanted = pd.MultiIndex.from_frame(cube.keys[list(CATALOGUE_KEY)]).isin(names)
    at, time, area = np.nonzero(np.isfinite(cube.value) & wanted[:, None, None])
    periods = np.array([cube.periods.get(int(n), "") for n in cube.numbers], dtype=object)
    return pd.DataFrame(
        {
            "indicator": cube.keys["indicator"].to_numpy()[at] + _mark(number),
            "group": cube.keys["group"].to_numpy()[at],
            "period": periods[time],
            "level": cube.level,
            "area_id": cube.area_ids.to_numpy()[area],
            "value": value[at, time, area],
            "numerator": count[at, time, area],
            "denominator": linked.denominator[at, time, area],
        }
    )


def _null_values(linked: Linked, test: ChangeTest, rng: np.random.Generator) -> tuple[Array, Array]:
    """Simulate values (and numerators) in which no area is unusual."""
    shape = linked.y.shape
    middle = median(linked.y, 2)
    level = np.sqrt(robust_variance(linked.y - middle[..., None], 2))
    spread = np.nan_to_num(median(level, 1))
    # One level per area for all years: areas that change places every year would warn at every comparison.
    first = rng.normal(size=(shape[0], 1, shape[2])) * spread[:, None, None]
    unrest = np.sqrt(test.tau2)[:, None, None]
    # independent changes, and the common ones are the real ones: only what a district does by itself is simulated
    # A walk and not noise about a level: changes of real series do not swing back by themselves.
    walk = np.cumsum(rng.normal(size=shape) * unrest, axis=1)
    y = np.nan_to_num(middle)[..., None] + first + walk - median(first + walk, 2)[..., None]
    counted = np.isfinite(linked.numerator)
    rate = linked.back(y) / linked.scale[:, None, None]
    size = np.where(counted, linked.denominator, 1.0)
    mean_count = np.where(counted, rate * size, 0.0)
    share = (linked.kind == 2)[:, None, None]
    # kappa of the sampling variance, as stocks count many persons in both years.
    noise = np.sqrt(test.kappa[:, None, None] * mean_count * np.where(share, 1 - np.clip(rate, 0, 1), 1.0))
    count = np.maximum(mean_count + rng.normal(size=shape) * noise, 0.0)
    count = np.where(share, np.minimum(count, size), count)
    value = np.where(counted, linked.scale[:, None, None] * count / size, linked.back(y))
    return value, np.where(counted, count, np.nan)
