"""Farrington's method for counts by week, month or quarter: how many cases the past led to expect.

Noufaily et al. (2013, doi:10.1002/sim.5595), all series and periods at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from regsam_geo.warning.statistics.robust import Array

ROUNDS = 60
STEP = 1.0
"""Most by which the trend moves in one round, on the logarithm and per year."""
EXACT = 1e-10
FEWEST_YEARS = 3
"""Of fewer years neither a trend nor the usual scatter of a season can be told."""
POISSON = 1e-9
"""So near to 1 the variance over the mean is that of Poisson: the negative binomial has no size there."""


@dataclass(frozen=True)
class Rules:
    """What a count is compared with; the constants of Noufaily et al. (2013) for weeks by default.

    Attributes
    ----------
    season
        Periods per year.
    years
        Years of the past that are used.
    half_window
        Periods on either side of the same time of a past year that count as the same season.
    parts
        Parts of the year, each with a level of its own; that window is one of them.
    left_out
        Newest periods before the tested one that are not used: an outbreak that has begun must not be its own
        measure.
    weights_from
        Standardized residual from which a past outbreak counts less.
    fewest, fewest_within
        So many cases must there be in so many newest periods (the tested one among them).
    most_beyond
        So many times the largest count of the past may a trend promise; one that promises more is left out.
    usual_trend
        Standard deviation of trends, on the logarithm and per year: of few cases none is told, of many that of the
        cases. Infinite where the trend is that of the cases alone.
    """

    season: int = 52
    years: int = 4
    half_window: int = 3
    parts: int = 10
    left_out: int = 26
    weights_from: float = 2.58
    fewest: float = 5.0
    fewest_within: int = 4
    most_beyond: float = 1.0
    usual_trend: float = np.inf


@dataclass(frozen=True, eq=False)
class Baseline:
    """What was to be expected of each count, arrays of one shape.

    Attributes
    ----------
    expected
        Mean; NaN where the same season of fewer than three years is known.
    phi
        Variance over mean of a count, at least 1.
    error
        Variance of ``expected`` itself, over ``expected``.
    df
        Degrees of freedom that ``phi`` rests on.
    trend
        Whether a trend is in ``expected``.
    enough
        Whether there are as many newest cases as ``fewest``.
    """

    expected: Array
    phi: Array
    error: Array
    df: Array
    trend: npt.NDArray[np.bool_]
    enough: npt.NDArray[np.bool_]


def share_at_least(count: Array, mean: Array, ratio: Array) -> Array:
    """Return the probability of so many cases or more: negative binomial, variance ``ratio`` times the mean.

    Examples
    --------
    >>> share_at_least(np.array([0.0, 1.0, 3.0]), np.array(1.0), np.array(1.0)).round(4)
    array([1.    , 0.6321, 0.0803])
    """
    from scipy.special import betainc, gammainc

    plain = ratio <= 1.0 + POISSON
    beyond = np.where(plain, 1.0, ratio - 1.0)
    with np.errstate(invalid="ignore"):
        # the tails of both are incomplete integrals, so a mean of a half case is as welcome as a whole one
        poisson = gammainc(np.maximum(count, 1e-9), mean)
        other = betainc(np.maximum(count, 1e-9), mean / beyond, beyond / (1.0 + beyond))
        share = np.where(mean > 0, np.where(plain, poisson, other), 0.0)
        share = np.where(count > 0, share, 1.0)
    return np.asarray(np.where(np.isfinite(count + mean + ratio), share, np.nan))


def largest_usual(mean: Array, ratio: Array, share: Array) -> Array:
    """Return the smallest count that no more than ``share`` of the counts exceed; NaN where there is no mean.

    Examples
    --------
    >>> largest_usual(np.array([1.0, 20.0]), np.array([1.0, 2.5]), np.array([0.05, 0.05]))
    array([ 3., 33.])
    """
    mean, ratio, share = np.broadcast_arrays(mean, ratio, share)
    known = np.isfinite(mean + ratio + share)
    mean, ratio, share = (np.where(known, one, 1.0) for one in (mean, ratio, share))
    low = np.full(mean.shape, -1.0)
    high = np.ceil(mean + 10.0 * np.sqrt(mean * ratio) + 10.0 * ratio)
    while (open_ := share_at_least(high + 1.0, mean, ratio) > share).any():
        high = np.where(open_, 2.0 * high, high)
    # by halves: between a count that is exceeded too often and one that is not
    while (high - low > 1.0).any():
        middle = np.floor((low + high) / 2.0)
        often = share_at_least(middle + 1.0, mean, ratio) > share
        low, high = np.where(often, middle, low), np.where(often, high, middle)
    return np.asarray(np.where(known, high, np.nan))


@lru_cache(maxsize=16)
def reference(rules: Rules) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return how many periods back each one used lies, and in which part of the year (0: the same season).

    Examples
    --------
    >>> back, part = reference(Rules())
    >>> len(back), int(back.min()), int(back.max()), int((part == 0).sum())
    (185, 27, 211, 28)
    """
    width = 2 * rules.half_window + 1
    # what the window leaves of a year in equal pieces, the first ones longer by one where it does not divide
    length, longer = divmod(rules.season - width, max(rules.parts - 1, 1))
    pieces = np.full(rules.parts - 1, length) + (np.arange(rules.parts - 1) < longer)
    # from the end of one window forward to the next
    forward = np.concatenate([np.zeros(width, dtype=int), np.repeat(np.arange(1, rules.parts), pieces)])
    back = np.arange(rules.left_out + 1, rules.years * rules.season + rules.half_window + 1)
    place = (rules.half_window - back) % rules.season
    part = forward[place] if rules.parts > 1 else np.where(place < width, 0, -1)
    used = part >= 0
    return back[used], part[used].astype(np.int64)


def baseline(
    counts: Array, at: npt.ArrayLike, rules: Rules, size: Array | None = None, *, as_r: bool = False
) -> Baseline:
    """Return what was to be expected of the counts of some periods.

    Parameters
    ----------
    counts
        Cases, shape (..., T): periods on the last axis, NaN where nothing is known.
    at
        Positions of the E tested periods.
    rules
        What they are compared with.
    size
        Whom the cases come from (people, households), shape as ``counts``; equal at all times by default.
    as_r
        Take the same dispersion for the standard errors as R surveillance 1.20, which overwrites the working
        weights of its model by those of the past outbreaks. Without it the one that the model estimates is taken.

    Returns
    -------
    Baseline
        Arrays of shape (..., E).

    Notes
    -----
    Quasi-Poisson: the logarithm of the mean is a level for each part of the year and a straight line. Given the
    line, the levels follow from the sums of their parts; what is left is one equation in one unknown for each
    system, solved by Newton's steps for all at once. It is the maximum that iteratively reweighted least squares
    goes to, also where a part has no case at all and its level has no logarithm.

    Examples
    --------
    >>> weeks = np.tile(np.repeat([2.0, 6.0], 26), 5)
    >>> baseline(weeks, [220, 250], Rules()).expected.round(1)
    array([2., 6.])
    """
    back, part = reference(rules)
    at = np.atleast_1d(np.asarray(at, dtype=np.int64))
    place = at[:, None] - back
    # before the first period nothing is known
    y = np.where(place >= 0, counts[..., np.maximum(place, 0)], np.nan)
    weight = np.isfinite(y).astype("float64")
    offset = np.ones_like(y)
    now = np.ones(y.shape[:-1])
    if size is not None:
        offset = np.where(place >= 0, size[..., np.maximum(place, 0)], np.nan)
        now = size[..., at]
        known = np.isfinite(offset) & (offset > 0)
        weight, offset = weight * known, np.where(known, offset, 1.0)
    # the same season of fewer than three years says nothing about this one
    years = (weight * (part == 0)).sum(axis=-1) / (2 * rules.half_window + 1)
    short = years < FEWEST_YEARS
    shape, n = y.shape[:-1], len(back)
    stack = _Stack(
        np.nan_to_num(y).reshape(-1, n),
        weight.reshape(-1, n),
        offset.reshape(-1, n),
        now.reshape(-1),
        -back / rules.season,
        (part[:, None] == np.arange(rules.parts)).astype("float64"),
    )
    found = _expected(stack, rules, as_r=as_r)
    window = at[:, None] - np.arange(rules.fewest_within)
    newest = np.where(window >= 0, counts[..., np.maximum(window, 0)], np.nan)
    enough = np.nansum(newest, axis=-1) >= rules.fewest
    one = [array.reshape(shape) for array in found]
    return Baseline(np.where(short, np.nan, one[0]), one[1], one[2], one[3], one[4].astype(bool), enough)


@dataclass(frozen=True, eq=False)
class _Stack:
    """The systems, one a row: counts, weights and sizes of shape (N, n), time in years and parts of the year."""

    y: Array
    weight: Array
    offset: Array
    now: Array
    time: Array
    parts: Array

    def take(self, rows: npt.NDArray[np.bool_]) -> _Stack:
        return _Stack(self.y[rows], self.weight[rows], self.offset[rows], self.now[rows], self.time, self.parts)


@dataclass(frozen=True, eq=False)
class _Fit:
    """One weighted fit of each system.

    Attributes
    ----------
    mean, leverage
        Shape (N, n).
    line, precision
        The trend per year and its Fisher information, shape (N,).
    df, dispersion
        Shape (N,); the dispersion is not cut at 1.
    expected, level_error, distance
        Of the newest period: its mean, the variance of its level over its mean, and how far in time it lies from
        the center of its season.
    """

    mean: Array
    leverage: Array
    line: Array
    precision: Array
    df: Array
    dispersion: Array
    expected: Array
    level_error: Array
    distance: Array


def _expected(stack: _Stack, rules: Rules, *, as_r: bool) -> tuple[Array, ...]:
    """Return mean, phi, error, degrees of freedom and whether there is a trend."""
    fit, weight = _reweighted(stack, rules, trend=True)
    # A line that promises more cases than there ever were is not believed, nor is one of less than three years.
    most = rules.most_beyond * np.where(stack.weight > 0, stack.y, 0.0).max(axis=1)
    keep = (fit.expected <= most) & (rules.years >= FEWEST_YEARS)
    plain, other = _reweighted(stack.take(~keep), rules, trend=False)
    columns = []
    for name in ("expected", "df", "dispersion", "level_error", "distance", "precision"):
        array = getattr(fit, name).copy()
        array[~keep] = getattr(plain, name)
        columns.append(array)
    expected, df, dispersion, level_error, distance, precision = columns
    mean, weight = fit.mean.copy(), weight.copy()
    mean[~keep], weight[~keep] = plain.mean, other
    phi = np.maximum(dispersion, 1.0)
    scale = _dispersion_of_r(stack.y, mean, weight, df) if as_r else phi
    line_error = np.divide(
        expected * distance**2, precision, out=np.zeros_like(expected), where=keep & (precision > 0)
    )
    error = scale * (level_error + line_error)
    return expected, phi, error, df, keep


def _dispersion_of_r(y: Array, mean: Array, weight: Array, df: Array) -> Array:
    """Return the dispersion that R finds after the working weights of the model were overwritten."""
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = np.where(mean > 0, y / mean - 1.0, -1.0)
        return np.asarray((weight * relative**2).sum(axis=1) / df)


def _reweighted(stack: _Stack, rules: Rules, *, trend: bool) -> tuple[_Fit, Array]:
    """Fit, give past outbreaks less weight, and fit again; return the second fit and its weights."""
    first = _fit(stack, stack.weight, rules, trend=trend)
    phi = np.maximum(first.dispersion, 1.0)[:, None]
    mean = first.mean
    with np.errstate(divide="ignore", invalid="ignore"):
        # Anscombe's residuals: near to normal also for small counts
        raw = 1.5 * (np.cbrt(stack.y) ** 2 * np.where(mean > 0, mean, np.nan) ** (-1 / 6) - np.sqrt(mean))
        residual = np.nan_to_num(raw / np.sqrt(phi * (1.0 - first.leverage)), nan=0.0)
    loud = residual > rules.weights_from
    less = np.where(loud, 1.0 / np.where(loud, residual, 1.0) ** 2, 1.0) * stack.weight
    # the weights sum to the number of periods, so that the dispersion keeps its scale
    total = less.sum(axis=1, keepdims=True)
    n = stack.weight.sum(axis=1, keepdims=True)
    weight = less * np.divide(n, total, out=np.ones_like(n), where=total > 0)
    return _fit(stack, weight, rules, trend=trend, start=first.line), weight


def _fit(stack: _Stack, weight: Array, rules: Rules, *, trend: bool, start: Array | None = None) -> _Fit:
    """Fit a level for each part of the year, and a line where asked for."""
    prior = rules.usual_trend**-2.0
    y, time, parts = stack.y, stack.time, stack.parts
    weighted = weight * y
    cases = weighted @ parts
    line = np.zeros(len(y)) if start is None else start.copy()
    if trend:
        _climb(line, weight * stack.offset, weighted, time, parts, prior)
    grown = weight * stack.offset * np.exp(line[:, None] * time)
    size = grown @ parts
    with np.errstate(divide="ignore", invalid="ignore"):
        level = np.where(size > 0, cases / size, np.nan)
        center = np.where(size > 0, (grown * time) @ parts / size, 0.0)
        each = level @ parts.T if np.isfinite(level).all() else np.nan_to_num(level) @ parts.T
        mean = stack.offset * np.exp(line[:, None] * time) * each
        away = time - center @ parts.T
        information = weight * mean
        precision = (information * away**2).sum(axis=1) + prior
        leverage = np.nan_to_num(grown / (size @ parts.T))
        if trend:
            leverage = leverage + np.nan_to_num(information * away**2 / precision[:, None])
        df = (weight > 0).sum(axis=1) - (size > 0).sum(axis=1) - float(trend)
        square = np.where(mean > 0, weight * (y - mean) ** 2 / np.where(mean > 0, mean, 1.0), 0.0)
        dispersion = np.where(df > 0, square.sum(axis=1) / df, np.nan)
        expected = stack.now * level[:, 0]
        level_error = stack.now / size[:, 0]
    return _Fit(
        mean=mean,
        leverage=np.minimum(leverage, 1.0 - 1e-9),
        line=line,
        precision=precision,
        df=np.maximum(df, 0.0),
        dispersion=dispersion,
        expected=expected,
        level_error=level_error,
        distance=-center[:, 0],
    )


def _climb(line: Array, size: Array, weighted: Array, time: Array, parts: Array, prior: float) -> None:
    """Bring the slopes per year to where the likelihood given the sums of the parts is largest, in place."""
    # the sums of each part, of its times and of their squares by one product
    moments = np.concatenate([parts, parts * time[:, None], parts * time[:, None] ** 2], axis=1)
    cases, seen = weighted @ parts, weighted @ time
    open_ = np.arange(len(size))
    for _ in range(ROUNDS):
        grown = size[open_] * np.exp(line[open_, None] * time)
        total, first, second = np.split(grown @ moments, 3, axis=1)
        safe = np.where(total > 0, total, 1.0)
        center = first / safe
        spread = np.maximum(second / safe - center**2, 0.0)
        score = seen[open_] - (cases[open_] * center).sum(axis=1) - prior * line[open_]
        information = (cases[open_] * spread).sum(axis=1) + prior
        step = np.divide(score, information, out=np.zeros_like(score), where=information > 0)
        line[open_] += np.clip(step, -STEP, STEP)
        # what has arrived stays: most are there after five rounds, a few with hardly a case take longer
        open_ = open_[np.abs(step) > EXACT]
        if not len(open_):
            break
