"""How many warnings stand in a report in which nothing happens that does not happen every year, by simulation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.indicators import Panel, headlines
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.periods import Period
from regsam_geo.study import Study
from regsam_geo.study.verb import verb
from regsam_geo.text import format_number, html_table, say, shows_progress
from regsam_geo.warning.detectors.built_in import DETECTORS
from regsam_geo.warning.detectors.counted import Counted, counted
from regsam_geo.warning.detectors.cross_section import cross_section
from regsam_geo.warning.detectors.newest_change import newest_change, newest_cubes
from regsam_geo.warning.report.past import flagged_cells
from regsam_geo.warning.report.rows_together import stand_together
from regsam_geo.warning.report.urgency import UNIT, checked_detectors, q_within, tests_of
from regsam_geo.warning.schema.cube import Cube
from regsam_geo.warning.schema.detector import Context, Detector
from regsam_geo.warning.statistics.change_test import ChangeTest
from regsam_geo.warning.statistics.link import Linked, linked_values
from regsam_geo.warning.statistics.robust import CLIP, Array, count, median
from regsam_geo.warning.statistics.scales import variance_by_size

FEW_YEARS = 8
"""Past years below which the surprises of a year also change places among the areas.

Their order alone would give too few reports."""


@dataclass(frozen=True, eq=False)
class NullReports:
    """Simulated reports in which nothing happens that does not happen every year.

    Attributes
    ----------
    warnings
        Mean number of warnings per report, counted as in its table: adjacent areas of one event are one.
    standard_error
        Its Monte Carlo standard error.
    by_kind
        Mean number of significant findings per report and kind that warns.
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
    """Simulate whole reports in which nothing happens that does not happen every year, and count their warnings.

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
    The changes of a simulated report are those of the past: what each area did beyond all areas and its own past,
    in units of its scale, year by year. Years change their order and their sign, one of them becomes the newest,
    and what happened in one year in all indicators and areas stays together; with fewer than eight past years the
    areas of a year change places too. So the tails are as heavy, the areas as unlike and the series as short as
    the real ones. Counts within the year scatter about their own course as they did, in another order of years.
    Levels of the newest period are drawn from a normal distribution with the scatter that areas of
    each size really have. The common changes, denominators and gaps are the real ones.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> null = rg.expected_false_warnings(rg.load_sample().sel(["Hochbetagte", "Nichtdeutsche"]), reports=2)
    >>> null.reports
    2
    """
    panel, settings = study.subject, study.settings
    asked = [one for one in checked_detectors(DETECTORS if detectors is None else detectors) if one.warns]
    neighbors = {level: study.neighbors(level) for level in study.layers}
    leading = headlines(panel.catalogue)
    context = Context(study.find_period(period), neighbors, settings, study.level)
    names = pd.MultiIndex.from_frame(leading[list(CATALOGUE_KEY)])
    models = [
        model for cube in newest_cubes(panel, context) if (model := _model(cube, names, context)) is not None
    ]
    if not models:
        return NullReports(0.0, 0.0, pd.Series(dtype="float64"), 0)
    rng = np.random.default_rng(seed)
    found = []
    for number in range(reports):
        order = _Order.draw(models, rng)
        made = [model.simulate(order, rng) for model in models]
        found.append(_flagged(made, panel, asked, replace(context, shared={})).assign(report=number))
    hits = pd.concat(found, ignore_index=True)
    per_report = _rows_of(hits, context, asked).reindex(range(reports), fill_value=0)
    return NullReports(
        warnings=float(per_report.mean()),
        standard_error=float(per_report.std(ddof=1) / np.sqrt(reports)) if reports > 1 else float("nan"),
        by_kind=hits["kind"].value_counts() / reports,
        reports=reports,
    )


def _flagged(made: Sequence[Cube], panel: Panel, detectors: Sequence[Detector], context: Context) -> pd.DataFrame:
    """Return the cells of one simulated report that warn, one row per cell and kind."""
    quick = [one for one in detectors if one.past is not None]
    parts = [_with_side(flagged_cells(cube, quick, context)[[*UNIT, "kind"]], cube, context) for cube in made]
    slow = [one for one in detectors if one.past is None]
    if slow:
        # a detector of one's own may know nothing but panels
        simulated = _panel_of(made, panel)
        for detector in slow:
            tests = tests_of(detector, simulated, context)
            tests = tests[tests["level"] != "city"]
            every = np.ones(len(tests), dtype=bool)
            q = q_within(tests, [tests["level"]], every, detector, context.settings)
            parts.append(tests.loc[q < context.settings.q_watch, [*UNIT, "kind", "direction"]])
    return pd.concat(parts, ignore_index=True)


def _with_side(cells: pd.DataFrame, cube: Cube, context: Context) -> pd.DataFrame:
    """Add to which side the newest change of each cell deviates: neighbors that stand in one row share it."""
    if not len(cells) or not cube.is_tested(context.period):
        return cells.assign(direction="")
    effect = newest_change(cube, context)[1].effect
    keys = list(CATALOGUE_KEY)
    series = pd.MultiIndex.from_frame(cube.keys[keys]).get_indexer(pd.MultiIndex.from_frame(cells[keys]))
    up = effect[series, cube.area_ids.get_indexer(cells["area_id"])] > 0
    return cells.assign(direction=np.where(up, "up", "down"))


def _rows_of(hits: pd.DataFrame, context: Context, detectors: Sequence[Detector]) -> pd.Series:
    """Return how many rows the table of each simulated report has; the index are the reports that have any."""
    named = [*UNIT, "report"]
    cells = hits.groupby(named, sort=False).agg(kinds=("kind", "+".join), direction=("direction", "first"))
    # all that a row of a table is told by; the report stands for the age of a warning, so that none is joined to
    # one of another report
    blank = {"status": "new", "last": "", "urgency": "watch", "q": 0.0, "p": 0.0, "value": 0.0, "expected": 0.0}
    rows = cells.reset_index().assign(**blank, details=[{} for _ in range(len(cells))])
    rows = stand_together(
        rows.rename(columns={"report": "since"}), context.neighbors, detectors, joined=context.settings.zones
    )
    return rows[rows["lead"].astype(bool)].groupby("since").size()


class _Order(NamedTuple):
    """Which past year's surprises stand at each period of a simulated report, with which sign; by period number.

    Attributes
    ----------
    year
        The number of the past period whose surprises are taken, by the number of the period.
    sign
        By the number of the period.
    shuffle
        Whether the areas of a year change places.
    """

    year: dict[int, int]
    sign: dict[int, int]
    shuffle: bool

    @classmethod
    def draw(cls, models: Sequence[_Model], rng: np.random.Generator) -> _Order:
        """Put the past years of all levels into a random order; the newest is one of them, and only once."""
        season = models[0].cube.season
        numbers = sorted({int(n) for model in models for n in model.cube.numbers})
        known = sorted({int(n) for model in models for n in model.past_years})
        year: dict[int, int] = {}
        # each part of the year by itself: a first quarter keeps the surprises of first quarters
        for part in range(season):
            wanted = [n for n in numbers if n % season == part][::-1]
            pool = [n for n in known if n % season == part]
            if not pool:
                continue
            drawn = rng.permutation(pool)
            rest = drawn[1:] if len(drawn) > 1 else drawn
            more = rng.choice(rest, max(len(wanted) - len(drawn), 0))
            year |= dict(zip(wanted, [*drawn, *more], strict=False))
        sign = dict(zip(numbers, rng.choice([-1, 1], len(numbers)), strict=True))
        return cls(year, sign, len(known) < FEW_YEARS * season)


@dataclass(frozen=True, eq=False)
class _Model:
    """What one level of a simulated report is made from.

    Attributes
    ----------
    cube, linked
        The headline series.
    test
        Their changes; none where there is no past.
    surprise
        What each change was beyond all areas and the own past, in units of its scale, shape (S, T, A).
    scale
        That scale, shape (S, T, A): of ordinary years, as a wild year takes its wildness along.
    spread
        Standard deviation of the newest values on the link scale, shape (S, A).
    whole
        Series of whole numbers, shape (S,).
    """

    cube: Cube
    linked: Linked
    test: ChangeTest | None
    surprise: Array
    scale: Array
    spread: Array
    whole: npt.NDArray[np.bool_]

    @property
    def past_years(self) -> npt.NDArray[np.int64]:
        """The numbers of the past periods that have surprises."""
        there = np.isfinite(self.surprise[:, :-1]).any(axis=(0, 2))
        return np.asarray(self.cube.numbers[:-1][there])

    def simulate(self, order: _Order, rng: np.random.Generator) -> Cube:
        """Return the level in one simulated report."""
        linked = self.linked
        newest = median(linked.y[:, -1:], 2) + rng.normal(size=self.spread.shape) * self.spread
        y = np.repeat(newest[:, None], linked.y.shape[1], axis=1)
        if self.test is not None:
            change = self._changes(order, rng)
            # backwards from the newest: its levels are what is compared over the areas
            y -= np.cumsum(change[:, ::-1], axis=1)[:, ::-1] - change
        made = self._cube_of(np.where(np.isfinite(linked.y), y, np.nan))
        counts = counted(self.cube)
        return made if counts is None else _with_counts(made, counts, order)

    def _changes(self, order: _Order, rng: np.random.Generator) -> Array:
        """Return changes from the period before to each one, the common ones among them."""
        assert self.test is not None
        series, periods, areas = self.surprise.shape
        season, scale = self.cube.season, self.scale
        places = {int(number): place for place, number in enumerate(self.cube.numbers)}
        persistence = self.test.persistence[:, None]
        excess = np.zeros((series, periods, areas))
        for place, number in enumerate(self.cube.numbers):
            source = places.get(order.year.get(int(number), -1))
            if source is None:
                continue
            drawn = self.surprise[:, source] * order.sign[int(number)]
            if order.shuffle:
                # one permutation for all series: what happened to one area stays together
                drawn = drawn[:, rng.permutation(areas)]
            drawn = np.where(np.isfinite(drawn), drawn, self._any_surprise(rng))
            before = excess[:, place - season] / scale[:, place - season] if place >= season else 0.0
            excess[:, place] = scale[:, place] * (drawn + persistence * np.clip(before, -CLIP, CLIP))
        common = np.nan_to_num(self.test.common_change)[..., None]
        if season == 1:
            return excess + common
        # the changes of quarters are those over a year: a walk of its own for each part of the year
        total = np.zeros_like(excess)
        for place in range(periods):
            earlier = total[:, place - season] if place >= season else 0.0
            total[:, place] = earlier + excess[:, place] + common[:, place]
        return np.diff(total, axis=1, prepend=total[:, :1])

    def _any_surprise(self, rng: np.random.Generator) -> Array:
        """Return surprises of any past year and area of each series, for cells that had none in a year."""
        series, _, areas = self.surprise.shape
        pool = self.surprise[:, :-1].reshape(series, -1)
        # gaps sort to the end
        pool = np.sort(pool, axis=1)
        number = np.maximum(count(pool, 1), 1)
        pick = (rng.random((series, areas)) * number[:, None]).astype(np.int64)
        return (
            np.nan_to_num(np.take_along_axis(pool, pick, axis=1)) if pool.shape[1] else np.zeros((series, areas))
        )

    def _cube_of(self, y: Array) -> Cube:
        """Return simulated values (and numerators) in place of the real ones."""
        linked, cube = self.linked, self.cube
        value = linked.back(y)
        counted = np.isfinite(linked.numerator)
        size = np.where(counted, linked.denominator, 1.0)
        cases = np.where(counted, value / linked.scale[:, None, None] * size, np.nan)
        value = np.where(self.whole[:, None, None], np.maximum(np.round(value), 1.0), value)
        return replace(
            cube,
            printed=value,
            value=value,
            numerator=cases,
            denominator=np.where(counted, linked.denominator, cube.denominator),
        )


def _with_counts(made: Cube, counts: Counted, order: _Order) -> Cube:
    """Return a level with counts within the year as they scatter about their own course, in another order.

    A walk from one year to the next would let them wander as far as their sampling errors add up to.
    """
    season, numbers = made.season, made.numbers
    rate = counts.cases / counts.size
    part = numbers % season
    profile = np.ones(rate.shape[:2])
    for place in range(season):
        own = np.nanmean(rate[:, part == place], axis=(1, 2)) if (part == place).any() else np.ones(len(rate))
        profile[:, part == place] = own[:, None]
    profile = np.maximum(profile / np.maximum(profile.mean(axis=1, keepdims=True), 1e-12), 0.05)[..., None]
    usual = profile * _running_mean(rate / profile, season) * counts.size
    spread = np.sqrt(np.maximum(usual, 1e-12))
    # the mean holds a part of what it is to be compared with
    scatter = (counts.cases - usual) / spread * np.sqrt(season / (season - 1.0))
    places = {int(number): place for place, number in enumerate(numbers)}
    source = [places.get(order.year.get(int(number), int(number)), place) for place, number in enumerate(numbers)]
    drawn = np.where(np.isfinite(scatter[:, source]), scatter[:, source], 0.0)
    cases = np.where(np.isfinite(counts.cases), np.maximum(np.round(usual + drawn * spread), 0.0), np.nan)
    value, numerator = made.value.copy(), made.numerator.copy()
    value[counts.series] = counts.in_unit(cases, counts.size)
    based = np.isfinite(made.scale)[counts.series]
    numerator[counts.series[based]] = cases[based]
    return replace(made, value=value, printed=value, numerator=numerator)


def _running_mean(x: Array, season: int) -> Array:
    """Return the mean of a year around each period, of those that are there; periods are the second axis."""
    there = np.isfinite(x)
    sums = np.cumsum(np.pad(np.where(there, x, 0.0), ((0, 0), (1, 0), (0, 0))), axis=1)
    number = np.cumsum(np.pad(there, ((0, 0), (1, 0), (0, 0))), axis=1)
    last = x.shape[1]
    # at either end a whole year, too
    low = np.clip(np.arange(last) - season // 2, 0, max(last - season, 0))
    high = np.minimum(low + season, last)
    return np.asarray((sums[:, high] - sums[:, low]) / np.maximum(number[:, high] - number[:, low], 1))


def _model(cube: Cube, names: pd.MultiIndex, context: Context) -> _Model | None:
    """Return what a level of simulated reports is made from; None without headline series."""
    wanted = pd.MultiIndex.from_frame(cube.keys[list(CATALOGUE_KEY)]).isin(names)
    if not wanted.any() or not np.isfinite(cube.value[wanted, -1]).any():
        return None
    if not wanted.all():
        cube = cube.take(np.flatnonzero(wanted))
    linked, section = linked_values(cube), cross_section(cube, context)
    newest = linked.y[:, -1]
    apart = newest - median(newest, 1)[:, None]
    noise = np.where(np.isfinite(section.noise), section.noise, 0.0)
    spread = np.sqrt(np.nan_to_num(variance_by_size(apart, noise, section.free)))
    test = newest_change(cube, context)[1] if cube.is_tested(context.period) else None
    surprise, scale = np.full(linked.y.shape, np.nan), np.ones(linked.y.shape)
    if test is not None:
        scale = _filled(test.scale / test.unrest[..., None])
        surprise = _surprises(test, scale, cube.season)
    there = np.isfinite(cube.value)
    whole = np.where(there, cube.value % 1 == 0, True).all(axis=(1, 2)) & ~np.isfinite(cube.scale)
    return _Model(cube, linked, test, surprise, scale, spread, whole)


def _surprises(test: ChangeTest, scale: Array, season: int) -> Array:
    """Return what each change was beyond all areas and the own past, in units of its scale."""
    standard = test.excess / scale
    before = np.zeros_like(standard)
    before[:, season:] = np.nan_to_num(standard[:, :-season])
    return np.asarray(standard - test.persistence[:, None, None] * np.clip(before, -CLIP, CLIP))


def _filled(scale: Array) -> Array:
    """Return scales without gaps: where there was no change, that of the area in other years stands."""
    return np.where(np.isfinite(scale), scale, np.nan_to_num(median(scale, 1), nan=0.0)[:, None]) + 1e-12


def _panel_of(made: Sequence[Cube], panel: Panel) -> Panel:
    """Return the panel of simulated levels, with the real city beside them."""
    parts = []
    for cube in made:
        at, time, area = np.nonzero(np.isfinite(cube.value))
        periods = np.array([cube.periods.get(int(n), "") for n in cube.numbers], dtype=object)
        cells = {name: getattr(cube, name)[at, time, area] for name in ("value", "numerator", "denominator")}
        parts.append(pd.DataFrame({**cube.labels(at, area), "period": periods[time], **cells}))
    names = pd.concat(parts, ignore_index=True)
    city = panel.data[panel.data["level"] == "city"]
    data = pd.concat([names, city], ignore_index=True)
    known = pd.MultiIndex.from_frame(names[list(CATALOGUE_KEY)].drop_duplicates())
    leading = panel.catalogue[pd.MultiIndex.from_frame(panel.catalogue[list(CATALOGUE_KEY)]).isin(known)]
    return Panel(data[pd.MultiIndex.from_frame(data[list(CATALOGUE_KEY)]).isin(known)], leading)
