"""Does an area differ from the city, given its size and the scatter of all areas? The detector ``level``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.indicators import Panel
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.catalogue import are_counts
from regsam_geo.indicators.periods import frequency
from regsam_geo.study.settings import Settings
from regsam_geo.warning.schema.cube import Cube, cubes, period_number
from regsam_geo.warning.schema.detector import Context, Detector, Past
from regsam_geo.warning.schema.findings import as_findings, concat_findings
from regsam_geo.warning.statistics.distance import distance_on_link
from regsam_geo.warning.statistics.funnel import (
    FEWEST_AREAS,
    Array,
    Kind,
    adjusted_residuals,
    calibration,
    rate_at,
    scatter_without,
)
from regsam_geo.warning.statistics.link import linked_values, numerators
from regsam_geo.warning.statistics.robust import few_at_a_time
from regsam_geo.warning.statistics.scales import variance_by_size

OUTSIDE = 0.05
"""An area is outside, for ``since``, beyond the 95 % limits widened by the relevant effect."""


@dataclass(frozen=True, eq=False)
class _Rows:
    """Areas to compare with each other, one row per series and period; arrays of shape (R, A) and (R,)."""

    tested: Array
    numerator: Array
    denominator: Array
    relative: (
        Array  # sampling variance up to a factor where there are no Basiswerte; NaN where the size is unknown
    )
    quotient: npt.NDArray[np.bool_]  # (R,): a rate that has Basiswerte and a scale
    proportion: npt.NDArray[np.bool_]
    comparable: npt.NDArray[np.bool_]
    scale: Array
    delta: Array


PER_AREA = ("tested", "numerator", "denominator", "relative")
PER_ROW = ("quotient", "proportion", "comparable", "scale", "delta")


@dataclass(frozen=True, eq=False)
class _Level:
    """The tests of such rows; ``expected`` and ``reason`` of shape (R,), the others (R, A)."""

    expected: Array
    reason: npt.NDArray[np.object_]
    statistic: Array
    p: Array
    lower: Array
    upper: Array


def level(panel: Panel, context: Context) -> pd.DataFrame:
    """Find areas that differ unusually from the city, given their size (funnel limits with overdispersion).

    Examples
    --------
    >>> import regsam_geo as rg
    >>> found = level(rg.load_sample().sel(["Hochbetagte", "Nichtdeutsche"]), Context("2024"))
    >>> len(found), set(found["kind"])
    (50, {'level'})
    """
    return concat_findings(level_findings(panel, [context.period], context.settings))


def level_findings(panel: Panel, periods: list[str], settings: Settings) -> list[pd.DataFrame]:
    """Test every series of every level in some periods, and look back to say since when."""
    found = []
    # Quarters and years are series of their own: a stay of three quarters is not one of three years.
    for kind in dict.fromkeys(frequency(period) for period in periods):
        of_kind = [period for period in periods if frequency(period) == kind]
        for stay in _stays(panel, kind, settings):
            found += _tables(stay.cube, of_kind, stay.side, stay.since, settings)
    return found


def level_p(cube: Cube, context: Context) -> Array:
    """Return p alone of every cell of the newest period: what the history of a warning asks for."""
    panel = context.shared.get("panel")
    if panel is None:
        return _newest_p(cube, context.settings)
    stays = _stays(panel, frequency(context.period), context.settings)
    whole = next(stay for stay in stays if stay.cube.level == cube.level)
    key = list(CATALOGUE_KEY)
    series = pd.MultiIndex.from_frame(whole.cube.keys[key]).get_indexer(pd.MultiIndex.from_frame(cube.keys[key]))
    time = int(cube.numbers[-1] - whole.cube.numbers[0])
    p: Array = whole.p[series, time]
    # What counts tell stands in the period alone; else the scatter rests on the past, and is not that of today.
    again = np.flatnonzero(~whole.counted[series, time])
    if len(again):
        p[again] = _newest_p(cube.take(again), context.settings)
    return p


def _newest_p(cube: Cube, settings: Settings) -> Array:
    return _test(_rows(cube, np.array([len(cube.numbers) - 1]), settings), limits=False).p


@dataclass(frozen=True, eq=False)
class Stay:
    """All periods of one level, tested at once.

    Attributes
    ----------
    side, p
        On which side (-1, 0, 1) each area is outside, and p, shape (S, T, A).
    since
        The start of its stay there, shape (S, T, A).
    counted
        Where all areas have counts, so that no other period plays a part, shape (S, T).
    """

    cube: Cube
    side: Array
    since: npt.NDArray[np.int64]
    p: Array
    counted: npt.NDArray[np.bool_]


_KNOWN: WeakKeyDictionary[Panel, dict[tuple[str, float], list[Stay]]] = WeakKeyDictionary()
"""Which areas were outside when, of panels that are in use: a report asks for them period by period."""


def _stays(panel: Panel, kind: str, settings: Settings) -> list[Stay]:
    """Return the tests of all periods of one frequency, level by level."""
    known = _KNOWN.setdefault(panel, {})
    key = (kind, settings.relevant_effect)
    if key not in known:
        newest = max((name for name in panel.periods if frequency(name) == kind), default="", key=period_number)
        known[key] = [_stay(cube, settings) for cube in cubes(panel, newest)] if newest else []
    return known[key]


def _stay(cube: Cube, settings: Settings) -> Stay:
    shape = cube.value.shape
    rows = _rows(cube, np.arange(shape[1]), settings)
    tests = _test(rows, limits=False)
    # By p and not by the drawn limits: p allows for the relevant effect, so a trifle beyond the limit starts no
    # stay.
    side = np.where(np.nan_to_num(tests.p, nan=1.0) < OUTSIDE, np.sign(tests.statistic), 0.0).reshape(shape)
    side = np.nan_to_num(side)
    since = np.zeros(shape, dtype=np.int64)
    begun, last = np.full((shape[0], shape[2]), -1), np.zeros((shape[0], shape[2]))
    for time in range(shape[1]):
        filled = (
            np.isfinite(cube.value[:, time]).any(axis=1).reshape(-1, 1)
        )  # periods that nobody reported do not count
        # From above the limit to below it is a new stay, too: ``since`` belongs to one side.
        begun = np.where(filled & (side[:, time] != last), time, begun)
        last = np.where(filled, side[:, time], last)
        since[:, time] = begun
    return Stay(cube, side, since, tests.p.reshape(shape), _are_counted(rows).reshape(shape[:2]))


def _rows(cube: Cube, times: npt.NDArray[np.int64], settings: Settings) -> _Rows:
    """Return the rows of some periods of a cube."""
    keys, areas = cube.keys, len(cube.area_ids)

    def per_row(values: Any) -> Any:
        return np.repeat(np.asarray(values), len(times))

    kind = keys["kind"].fillna("").astype(str)
    # Without a scale the quotient of the Basiswerte is not the printed value, and the funnel would test another
    # number.
    known = kind.isin(("proportion", "ratio")).to_numpy() & np.isfinite(cube.scale)
    linked = linked_values(cube)
    relative = np.full(cube.value.shape, np.nan) if linked.relative_variance is None else linked.on_value_scale()
    arrays = (cube.value, numerators(cube), cube.denominator, relative)
    tested, numerator, denominator, relative = (array[:, times].reshape(-1, areas) for array in arrays)
    return _Rows(
        tested=tested,
        numerator=numerator,
        denominator=denominator,
        relative=relative,
        quotient=per_row(known),
        proportion=per_row(cube.is_proportion),
        # a plain count is larger where more people live, which is no question
        comparable=per_row(keys["summable"].to_numpy(dtype=bool, na_value=True) & ~are_counts(keys)),
        scale=per_row(cube.scale),
        delta=per_row(cube.relevant_effect(settings.relevant_effect)),
    )


def _are_counted(rows: _Rows) -> npt.NDArray[np.bool_]:
    """Tell in which rows all areas with a value have the counts behind it."""
    there = np.isfinite(rows.tested)
    y, x = rows.numerator, rows.denominator
    with np.errstate(invalid="ignore"):
        complete = ((np.isfinite(y) & np.isfinite(x) & (y >= 0) & (x > 0)) | ~there).all(axis=1)
    return np.asarray(rows.quotient & complete)


def _test(rows: _Rows, *, limits: bool) -> _Level:
    """Test the areas of each row against each other, all rows with equally many areas at once."""
    shape = rows.tested.shape
    there = np.isfinite(rows.tested)
    number = there.sum(axis=1)
    y, x = rows.numerator, rows.denominator
    counted = _are_counted(rows)
    with np.errstate(invalid="ignore"):
        # One part larger than its whole, and the row is tested as a ratio: a single wrong cell must not silence
        # 25 areas.
        parts = counted & rows.proportion & ((y <= x) | ~there).all(axis=1)
    nothing = np.full(shape, np.nan)
    reason = np.where(rows.comparable, "level", "level_not_comparable").astype(object)
    result = _Level(np.full(shape[0], np.nan), reason, *(nothing.copy() for _ in range(4)))
    families: tuple[tuple[Kind | None, npt.NDArray[np.bool_]], ...] = (
        ("proportion", parts),
        ("ratio", counted & ~parts),
        (None, ~counted),
    )
    # Areas with a value first, so that rows with equally many of them can be packed without gaps.
    order = np.argsort(~there, axis=1, kind="stable")
    # The calibration depends on the number of areas alone, and each number is calibrated once.
    for n in np.unique(number[rows.comparable & (number > 0)]):
        for kind, chosen in families:
            asked = np.flatnonzero(rows.comparable & (number == n) & chosen)
            for at in (asked[few] for few in few_at_a_time(len(asked), int(n)) if len(asked)):
                place = order[at, :n]
                picked = {name: np.take_along_axis(getattr(rows, name)[at], place, axis=1) for name in PER_AREA}
                # packed without gaps, so that areas of rows with equally many values stand in one array
                packed = _Rows(**picked, **{name: getattr(rows, name)[at] for name in PER_ROW})
                part = _robust_test(packed) if kind is None else _funnel_test(packed, kind, limits=limits)
                result.expected[at], result.reason[at] = part.expected, part.reason
                for name in ("statistic", "p", "lower", "upper"):
                    getattr(result, name)[at[:, None], place] = getattr(part, name)
    return result


def _funnel_test(rows: _Rows, kind: Kind, *, limits: bool) -> _Level:
    """Compare rates with the rate of all areas together, given the size of each."""
    y, x = rows.numerator, rows.denominator
    n = y.shape[1]
    rate = (y.sum(axis=1) / x.sum(axis=1))[:, None]
    nothing = np.full(y.shape, np.nan)
    reason = np.full(len(y), "level_too_few", dtype=object)
    blank = _Level(rows.scale * rate[:, 0], reason, *(nothing.copy() for _ in range(4)))
    usable = (rate[:, 0] > 0) & ((rate[:, 0] < 1) | (kind != "proportion"))
    if n < FEWEST_AREAS or not usable.any():
        return blank
    # the area is part of the whole that it is compared with
    part = np.sqrt(np.maximum(1.0 - x / x.sum(axis=1, keepdims=True), 1e-12))
    residuals = np.zeros(y.shape)
    residuals[usable] = adjusted_residuals(y[usable], x[usable], rate[usable], kind) / part[usable]
    scatter = scatter_without(residuals)
    usable &= (scatter > 0).all(axis=1)
    if not usable.any():
        return blank
    x, rate, part = x[usable], rate[usable], part[usable]
    width = np.sqrt(scatter[usable])
    statistic = residuals[usable] / width
    known = calibration(n)
    # The relevant effect is one-sided: only the edge on the area's own side can take its p away.
    side = np.where(statistic >= 0, 1.0, -1.0)
    most = 1.0 if kind == "proportion" else np.inf
    # A share cannot lie above the whole: with 60 % and a relevant effect of 100 % the edge is at 100 %.
    edge_counts = x * np.minimum(rate * (1.0 + side * rows.delta[usable][:, None]), most)
    # the correction for skewness belongs to the count, not to the distance of the edge
    edge = adjusted_residuals(edge_counts, x, rate, kind) - adjusted_residuals(x * rate, x, rate, kind)
    blank.reason[usable] = "level"
    blank.statistic[usable] = statistic
    p = known.p(statistic, np.abs(edge / part) / width)
    # Areas may differ by as much whatever their size; then one factor of overdispersion is too narrow for the
    # large ones. Nobody knows which of both it is, so an area has to be unusual under either.
    parts = np.full(rate.shape, kind == "proportion")
    distance, sampling, chance = distance_on_link(y[usable], x, rate, parts)
    # From the middle area: the rate of all follows the largest ones, whose differences count no more here.
    distance = distance - np.median(distance, axis=1, keepdims=True)
    apart = np.sqrt(variance_by_size(distance, sampling, np.zeros(len(x), dtype=bool)))
    by_size = distance / apart
    rest = np.sqrt(np.maximum(scatter_without(by_size), 1e-300))
    edge_on_link = distance_on_link(edge_counts, x, rate, parts, chance).far
    alike = calibration(n, "median").p(by_size / rest, np.abs(edge_on_link) / apart / rest)
    blank.p[usable] = np.maximum(p, alike)
    if limits:
        scale, reach = rows.scale[usable][:, None], known.limit(0.95) * width * part
        blank.lower[usable] = scale * rate_at(-reach, x, rate, kind)
        blank.upper[usable] = scale * rate_at(reach, x, rate, kind)
    return blank


def _robust_test(rows: _Rows) -> _Level:
    """Compare values without denominators with their median, in units of their own scatter."""
    values = rows.tested
    # The median: without denominators no mean is weighted by size, and a plain one would follow the smallest
    # area.
    n, center = values.shape[1], np.median(values, axis=1)
    nothing = np.full(values.shape, np.nan)
    reason = np.full(len(values), "level_too_few" if n < FEWEST_AREAS else "level_no_scatter", dtype=object)
    blank = _Level(center, reason, *(nothing.copy() for _ in range(4)))
    if n < FEWEST_AREAS:
        return blank
    reason[~np.isfinite(rows.relative).all(axis=1)] = "level_sizes_unknown"
    residuals = values - center[:, None]
    # In units of an ordinary area: the smaller one is, the more it scatters.
    sized = np.isfinite(rows.relative).all(axis=1)
    room = np.ones(values.shape)
    if sized.any():
        spread = np.sqrt(
            variance_by_size(residuals[sized], rows.relative[sized], np.ones(sized.sum(), dtype=bool))
        )
        room[sized] = spread / np.median(spread, axis=1)[:, None]
    width = np.sqrt(scatter_without(residuals / room)) * room
    usable = (width > 0).all(axis=1) & sized
    width, residuals, middle = width[usable], residuals[usable], center[usable][:, None]
    known = calibration(n, "median")
    blank.reason[usable] = "level"
    blank.statistic[usable] = residuals / width
    blank.p[usable] = known.p(residuals / width, rows.delta[usable][:, None] * np.abs(middle) / width)
    blank.lower[usable] = middle - known.limit(0.95) * width
    blank.upper[usable] = middle + known.limit(0.95) * width
    return blank


def _tables(
    cube: Cube, periods: list[str], side: Array, since: npt.NDArray[np.int64], settings: Settings
) -> list[pd.DataFrame]:
    """Write the tests of one level as findings, one table per period."""
    times = np.array([period_number(period) for period in periods], dtype=np.int64) - int(cube.numbers[0])
    inside = (times >= 0) & (times < len(cube.numbers))
    if not inside.any():
        return []
    tests = _test(_rows(cube, times[inside], settings), limits=True)
    shape = (len(cube.keys), int(inside.sum()))
    tables = []
    for place, time in enumerate(times[inside]):
        rows = np.arange(shape[0]) * shape[1] + place
        parts = {name: getattr(tests, name)[rows] for name in _Level.__dataclass_fields__}
        tables.append(_table(cube, int(time), _Level(**parts), side, since))
    return tables


def _table(cube: Cube, time: int, found: _Level, side: Array, since: npt.NDArray[np.int64]) -> pd.DataFrame:
    """Write the tests of one period, only for areas that have a value."""
    at, area = np.nonzero(np.isfinite(cube.value[:, time]))
    statistic, p = found.statistic[at, area], found.p[at, area]
    columns = (found.lower[at, area], found.upper[at, area], since[at, time, area], side[at, time, area])
    details = [
        {"lower": low, "upper": high, "since": cube.period_at(start) if outside else ""}
        for low, high, start, outside in zip(*(one.tolist() for one in columns), strict=True)
    ]
    return as_findings(
        pd.DataFrame(
            {
                **cube.labels(at, area),
                "period": cube.period_at(time) if len(at) else "",
                "kind": "level",
                "direction": np.where(statistic > 0, "high", np.where(statistic < 0, "low", "")),
                "value": cube.value[at, time, area],
                "expected": found.expected[at],
                "effect": statistic,
                "p": p,
                "p_floor": np.where(np.isfinite(p), 0.0, np.nan),
                "reason": found.reason[at],
                "details": pd.Series(details, dtype="object"),
            }
        )
    )


LEVEL = Detector("level", "cross-sectional", level, past=Past(level_p), spreads=True)
