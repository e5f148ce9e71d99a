"""What related indicators of the same area tell about its newest change: borrowed with a guard."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regsam_geo.warning.statistics.change_test import ChangeTest
from regsam_geo.warning.statistics.robust import CLIP, Array

MOST = 3
"""So many related series are asked: more would fit the past and not the future."""
WEAKEST, STRONGEST = 0.15, 0.9
"""Correlations of past surprises between which a series is related; beyond, it is the same thing counted twice."""
FOLDS = 5
"""The years are left out in so many turns."""
WORTH = 0.95
"""A relation is used if it leaves at most this share of the variance in the years that it has not seen ..."""
FAILED = 1.1
"""... and in no turn more than this."""
LEAST = 0.5
"""However close the relation, at least this share of the variance stays."""
RIDGE = 0.1
"""Penalty of the coefficients, as a share of the number of past surprises."""
ONE_THREAD, COLUMNS = 2**18, 64
"""Multiplications of a block for which no threads are started, and its number of columns."""
Index = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Relations:
    """Which series lend to which, from the past alone.

    Attributes
    ----------
    partners
        Places of the related series, shape (S, ``MOST``); -1 where there is none.
    weights
        What a surprise of each partner lets expect, shape (S, ``MOST``).
    variance
        Share of the variance that is left, shape (S,); 1 where nothing is borrowed.
    """

    partners: Index
    weights: Array
    variance: Array

    def take(self, series: Index) -> Relations:
        """Return the relations of some series; their partners keep their places."""
        return Relations(self.partners[series], self.weights[series], self.variance[series])


class Lent(NamedTuple):
    """What is borrowed for each cell of the newest period, shape (S, A).

    Attributes
    ----------
    shift
        What the related series let expect, in standard errors.
    variance
        Share of the variance that is left.
    """

    shift: Array
    variance: Array


def redescending(z: Array) -> Array:
    """Return the part of each surprise that says something about others: nothing beyond ``CLIP``."""
    # A cell with an event of its own must not explain an event of another series away.
    return np.asarray(np.where(np.abs(z) <= CLIP, z, 0.0))


def relations(past: Array, allowed: npt.NDArray[np.bool_]) -> Relations:
    """Find, for each series, the series whose surprises tell about its own, and prove it on years left out.

    Parameters
    ----------
    past
        Standardized surprises of the past, shape (S, T, A); NaN where there is none.
    allowed
        Whether the series of a row may borrow from that of a column, shape (S, S).

    Notes
    -----
    At most ``MOST`` series with ``WEAKEST < |R| < STRONGEST``; ridge on redescending surprises. The choice of the
    series is part of what is proved: it is made anew without the years that are left out.
    """
    series = len(past)
    none = Relations(np.full((series, MOST), -1), np.zeros((series, MOST)), np.ones(series))
    years = np.flatnonzero(np.isfinite(past).any(axis=(0, 2)))
    if len(years) < FOLDS or not allowed.any():
        return none
    used = past[:, years]
    there = np.isfinite(used)
    # fold by fold, as sums without a fold are those of all less its own
    fold = np.arange(len(years)) % FOLDS
    target = np.where(there, np.clip(np.nan_to_num(used), -CLIP, CLIP), 0.0)
    lending = redescending(used)
    parts = [_Sums.of(target[:, fold == k], there[:, fold == k]) for k in range(FOLDS)]
    every = _Sums(*(np.sum([part[i] for part in parts], axis=0) for i in range(2)))
    plain = np.stack([(target[:, fold == k] ** 2).sum(axis=(1, 2)) for k in range(FOLDS)])
    left = plain.copy()
    for k in range(FOLDS):
        out = fold == k
        partners = _Sums(*(every[i] - parts[k][i] for i in range(2))).partners(allowed)
        # most series have no relation at all, and nothing is fitted for them
        asks = np.flatnonzero(partners[:, 0] >= 0)
        weights = _ridge(target, lending, partners, asks, ~out)
        expected = _expected(lending[:, out], partners[asks], weights)
        rest = target[asks][:, out] - np.where(there[asks][:, out], expected, 0.0)
        left[k, asks] = (rest**2).sum(axis=(1, 2))
    partners = every.partners(allowed)
    share = left.sum(0) / np.maximum(plain.sum(0), 1e-300)
    proved = (share <= WORTH) & (left <= FAILED * plain).all(0) & (plain > 0).all(0) & (partners >= 0).any(1)
    weights = np.zeros((series, MOST))
    weights[proved] = _ridge(target, lending, partners, np.flatnonzero(proved), np.ones(len(years), dtype=bool))
    return Relations(
        np.where(proved[:, None], partners, -1), weights, np.where(proved, np.maximum(share, LEAST), 1.0)
    )


def lent(relation: Relations, z: Array) -> Lent:
    """Return what is borrowed for the newest cells.

    Parameters
    ----------
    relation
        Those of the series to be tested.
    z
        Standardized newest surprises of *all* series, shape (all, A); NaN where a cell may not lend.
    """
    partner = np.maximum(relation.partners, 0)
    ordinary = (relation.partners >= 0)[:, :, None] & (np.abs(z) <= CLIP)[partner]
    shift = (relation.weights[:, :, None] * np.where(ordinary, z[partner], 0.0)).sum(1)
    # Of a partner that says nothing now no certainty is borrowed either.
    size = relation.weights**2
    told = (size[:, :, None] * ordinary).sum(1) / np.maximum(size.sum(1), 1e-300)[:, None]
    return Lent(shift, 1.0 - (1.0 - relation.variance[:, None]) * told)


def confirmed(borrowed: Lent, own: Array) -> Lent:
    """Return what is borrowed by the series whose relation holds in the newest period, too.

    Parameters
    ----------
    borrowed
        What the past relations give.
    own
        Newest surprises of the series themselves, shape (S, A).
    """
    # In a year of crisis relations break, in all areas at once: then they explain nothing and add noise.
    there = np.isfinite(own)
    plain, left = (
        (np.where(there, np.clip(np.nan_to_num(x), -CLIP, CLIP), 0.0) ** 2).sum(1)
        for x in (own, own - borrowed.shift)
    )
    holds = (left <= WORTH * plain)[:, None]
    return Lent(np.where(holds, borrowed.shift, 0.0), np.where(holds, borrowed.variance, 1.0))


def lendable(test: ChangeTest) -> Array:
    """Return the newest surprises that may lend, shape (S, A): not those that are measured from another level."""
    # a scale of zero is that of an area that never moved
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(test.returns | ~(test.se > 0), np.nan, test.effect / test.se)


def with_related(test: ChangeTest, borrowed: Lent) -> ChangeTest:
    """Return the test of what the related series do not let expect: ``e - m se`` with the scale ``se sqrt(v)``."""
    # Back from a spike the change is measured from an older level, which the others know nothing of.
    own = test.returns
    return replace(
        test,
        effect=np.where(own, test.effect, test.effect - borrowed.shift * test.se),
        se=np.where(own, test.se, test.se * np.sqrt(borrowed.variance)),
    )


class _Sums(NamedTuple):
    """Products and squares of surprises that two series have in common, shape (S, S)."""

    products: Array
    squares: Array

    @classmethod
    def of(cls, x: Array, there: npt.NDArray[np.bool_]) -> _Sums:
        flat, mask = x.reshape(len(x), -1), there.reshape(len(x), -1)
        # Series of one source have the same gaps: the squares that two share depend on the gaps alone.
        number: dict[bytes, int] = {}
        gaps = np.array([number.setdefault(row.tobytes(), len(number)) for row in mask])
        masks = mask[np.unique(gaps, return_index=True)[1]].astype("float64")
        return cls(products(flat, flat), products(flat**2, masks)[:, gaps])

    def partners(self, allowed: npt.NDArray[np.bool_]) -> Index:
        """Return the places of the most closely related series, -1 where there are not so many."""
        size = np.sqrt(np.maximum(self.squares * self.squares.T, 1e-300))
        r = np.abs(self.products) / size
        r = np.where(allowed & (r > WEAKEST) & (r < STRONGEST), r, 0.0)
        found = np.full((len(r), MOST), -1)
        some = np.flatnonzero(r.any(axis=1))
        most = min(MOST, len(r))
        # stable, so that of two equally close series the first of the catalogue lends
        best = np.argsort(-r[some], axis=1, kind="stable")[:, :most]
        found[some, :most] = np.where(np.take_along_axis(r[some], best, 1) > 0, best, -1)
        return found


def products(x: Array, y: Array) -> Array:
    """Return ``x @ y.T``, block by block.

    A large product is shared out to threads, which on a busy machine spend ten times the work waiting for each
    other.

    Examples
    --------
    >>> x = np.arange(6.0).reshape(2, 3)
    >>> products(x, x).tolist()
    [[5.0, 14.0], [14.0, 50.0]]
    """
    found = np.zeros((len(x), len(y)))
    rows = max(ONE_THREAD // (COLUMNS * max(len(y), 1)), 1)
    for begin in range(0, x.shape[1], COLUMNS):
        part = np.ascontiguousarray(y[:, begin : begin + COLUMNS].T)
        for row in range(0, len(x), rows):
            found[row : row + rows] += x[row : row + rows, begin : begin + COLUMNS] @ part
    return found


def _expected(lending: Array, partners: Index, weights: Array) -> Array:
    """Return what the partners let expect of those that borrow."""
    total = np.zeros((len(partners), *lending.shape[1:]))
    for place in range(MOST):
        total += weights[:, place, None, None] * lending[np.maximum(partners[:, place], 0)]
    return total


def _ridge(target: Array, lending: Array, partners: Index, asks: Index, years: npt.NDArray[np.bool_]) -> Array:
    """Return the coefficients of some series on their partners, from some years."""
    if not len(asks):
        return np.zeros((0, MOST))
    y = target[asks][:, years].reshape(len(asks), -1)
    known = (partners[asks] >= 0)[:, :, None]
    chosen = lending[np.maximum(partners[asks], 0)][:, :, years].reshape(len(asks), MOST, -1)
    chosen = np.where(known & (y != 0)[:, None], chosen, 0.0)
    gram = chosen @ chosen.transpose(0, 2, 1)
    gram += RIDGE * np.maximum((y != 0).sum(1), 1)[:, None, None] * np.eye(MOST)
    return np.asarray(np.linalg.solve(gram, chosen @ y[:, :, None])[:, :, 0])
