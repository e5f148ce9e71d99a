"""The scale on which changes are compared: logit for parts of a whole, log for ratios."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from regsam_geo.warning.schema.cube import Cube, cut_from
from regsam_geo.warning.schema.people import people_of
from regsam_geo.warning.statistics.robust import Array, median

ZERO_RULE = 0.5
"""Added to every numerator (and its complement): a count of zero gets a finite place on the scale."""

MOSTLY = 0.5
"""Counts are used where more than this share of the values of a series has them."""

FEW = 20.0
"""Expected cases below which a logarithm of a count is too skew to be tested."""


@dataclass(frozen=True, eq=False)
class Linked:
    """Values on the link scale with the counts behind them, and the way back.

    Attributes
    ----------
    y
        Shape (S, T, A).
    kind
        Shape (S,): 0 identity, 1 log, 2 logit.
    scale
        Shape (S,): what the link's inverse is multiplied with.
    numerator, denominator
        Shape (S, T, A): the counts where they are used, else NaN.
    relative_variance
        Shape (S, T, A): the sampling variance of each value up to one unknown factor per series, where there are
        no counts but the size of the areas is known; NaN else, none if there is no such series.
    loose
        Shape (S,): nothing but its own past says how much an area scatters: no counts, no size. None: no series.
    """

    y: Array
    kind: npt.NDArray[np.int64]
    scale: Array
    numerator: Array
    denominator: Array
    relative_variance: Array | None = None
    loose: npt.NDArray[np.bool_] | None = None

    @property
    def is_loose(self) -> npt.NDArray[np.bool_]:
        """Whether nothing but its own past says how much an area scatters, shape (S,)."""
        return np.zeros(len(self.kind), dtype=bool) if self.loose is None else self.loose

    @property
    def most_of_sampling(self) -> Array:
        """How often the sampling variance a change may carry: once where cases are counted, shape (S,)."""
        if self.relative_variance is None:
            return np.ones(len(self.kind))
        return np.where(np.isfinite(self.relative_variance).any(axis=(1, 2)), np.inf, 1.0)

    @classmethod
    def plain(cls, y: Array) -> Linked:
        """Wrap values that are on the link scale already and have no counts."""
        series = y.shape[0]
        none = np.full_like(y, np.nan)
        return cls(y, np.zeros(series, dtype=np.int64), np.ones(series), none, none)

    def on_value_scale(self) -> Array:
        """Return the relative variance of the values themselves, at the usual value of each period."""
        assert self.relative_variance is not None
        usual = median(self.back(self.y), 2)[..., None]
        kind, scale = self.kind[:, None, None], self.scale[:, None, None]
        # the slope of the way back
        slope = np.where(kind == 0, 1.0, np.where(kind == 2, usual * (1.0 - usual / scale), usual))
        return np.asarray(self.relative_variance * slope**2)

    def forth(self, value: Array) -> Array:
        """Return values of the indicator's unit on the link scale; NaN where they have no place on it."""
        shape = (-1,) + (1,) * (value.ndim - 1)
        kind, scale = self.kind.reshape(shape), self.scale.reshape(shape)
        rate = np.where(value / scale > 0, value / scale, np.nan)
        odds = np.where(rate < 1, rate / np.where(rate < 1, 1 - rate, np.nan), np.nan)
        return np.asarray(np.where(kind == 0, value, np.log(np.where(kind == 2, odds, rate))))

    def back(self, y: Array) -> Array:
        """Return values in the indicator's unit; ``y`` has the series on its first axis."""
        shape = (-1,) + (1,) * (y.ndim - 1)
        kind, scale = self.kind.reshape(shape), self.scale.reshape(shape)
        with np.errstate(over="ignore"):
            logistic = 1.0 / (1.0 + np.exp(-y))
            return np.asarray(
                np.where(kind == 0, y, scale * np.where(kind == 2, logistic, np.exp(np.minimum(y, 700.0))))
            )


_KNOWN: WeakKeyDictionary[Cube, Linked] = WeakKeyDictionary()
"""The values of cubes that are in use: several detectors ask for them."""


def linked_values(cube: Cube) -> Linked:
    """Return the values of a cube on the link scale.

    Notes
    -----
    With Basiswerte (numerator x, denominator d): parts of a whole ``log((x + 1/2) / (d - x + 1/2))``, other
    ratios ``log((x + 1/2) / d)``. The half is the empirical logit of Haldane (1956) and Anscombe (1956); it is
    the rule for a zero count. Without Basiswerte the value itself is used: its logit for shares strictly
    between 0 and 100 %, its logarithm if all values of the series are positive, else the value as it is. How much
    it scatters by chance then follows from the size of the area (``_relative_variance``), or from nothing.
    """
    if cube not in _KNOWN:
        _KNOWN[cube] = _cut(cube) or _linked_values(cube)
    return _KNOWN[cube]


_CUT: WeakKeyDictionary[Linked, tuple[Linked, slice | npt.NDArray[np.int64]]] = WeakKeyDictionary()


def beginning_of(linked: Linked) -> tuple[Linked, slice | npt.NDArray[np.int64]] | None:
    """Return the values of all periods that these are the first of, and the series; None if they stand alone."""
    return _CUT.get(linked)


def _cut(cube: Cube) -> Linked | None:
    """Return the first periods of values that are on the link scale already; None where the scale may differ."""
    found = cut_from(cube)
    if found is None:
        return None
    whole, series = found
    of, periods = linked_values(whole), len(cube.numbers)
    rows = slice(None) if len(series) == len(whole.keys) else series
    # the scale of a series without counts follows from all its values
    if of.relative_variance is not None or of.is_loose[rows].any():
        return None
    y, numerator, denominator = (array[rows, :periods] for array in (of.y, of.numerator, of.denominator))
    if not (_share(np.isfinite(numerator), np.isfinite(cube.value)) > MOSTLY).all():
        return None
    linked = Linked(y, of.kind[rows], of.scale[rows], numerator, denominator, loose=of.is_loose[rows])
    _CUT[linked] = (of, rows)
    return linked


def _linked_values(cube: Cube) -> Linked:
    x, d = numerators(cube), cube.denominator
    proportion = cube.is_proportion[:, None, None]
    based = np.isfinite(x) & (x >= 0) & (d > 0) & np.isfinite(cube.value) & np.isfinite(cube.scale)[:, None, None]
    # a part larger than its whole is a fault of the data and has no logit
    based &= ~proportion | (x <= d)
    has_value = np.isfinite(cube.value)
    # a balance may be negative: no ratio of counts, whatever its Basiswerte
    signed = np.asarray((has_value & ((cube.value < 0) | (x < 0))).any(axis=(1, 2)))
    # More than half: a series with a few gaps in its Basiswerte keeps the better scale, one with a few Basiswerte
    # does not take it.
    counted = (_share(based, has_value) > MOSTLY) & ~signed
    # counts are used where most cells have them: a series must not change its scale from year to year
    scale = np.where(np.isfinite(cube.scale), cube.scale, 1.0)
    rate = cube.value / scale[:, None, None]
    lowest = np.where(has_value, rate, np.inf).min(axis=(1, 2))
    highest = np.where(has_value, rate, -np.inf).max(axis=(1, 2))
    # A printed 0 or 100 % has no logit, and without counts there is no half case to add.
    shares = cube.is_proportion & (counted | ((lowest > 0) & (highest < 1)))
    positive = counted | (lowest > 0)
    kind = np.where(shares, 2, np.where(positive, 1, 0))

    # Added to both parts, also where none is 0: then a share and its complement move by the same amount.
    part = np.where(based, x, 0.0) + ZERO_RULE
    rest = np.where(based & proportion, d - x, 0.0) + ZERO_RULE
    y_counted = np.where(based, np.log(part) - np.log(np.where(proportion, rest, np.where(based, d, 1.0))), np.nan)
    # NaN instead of errors that numpy would print: such a cell is simply not tested.
    safe = np.where(has_value & (rate > 0), rate, np.nan)
    complement = np.where(safe < 1, 1 - safe, np.nan)
    y_plain = np.where(
        kind[:, None, None] == 2,
        np.log(safe) - np.log(complement),
        np.where(kind[:, None, None] == 1, np.log(safe), cube.value),
    )
    use = counted[:, None, None]
    relative = _relative_variance(cube, rate, kind, counted, signed)
    known = _share(np.isfinite(relative), has_value) == 1.0
    relative[~known] = np.nan
    return Linked(
        y=np.where(use, y_counted, y_plain),
        kind=kind,
        scale=np.where(kind == 0, 1.0, scale),
        numerator=np.where(use & based, x, np.nan),
        denominator=np.where(use & based, d, np.nan),
        relative_variance=relative if known.any() else None,
        loose=~counted & ~known,
    )


def numerators(cube: Cube) -> Array:
    """Return the numerators; where only the denominator is given, the one that the value makes of it."""
    made = cube.value * cube.denominator / cube.scale[:, None, None]
    return np.where(np.isnan(cube.numerator) & np.isfinite(made), made, cube.numerator)


def _relative_variance(
    cube: Cube,
    rate: Array,
    kind: npt.NDArray[np.int64],
    counted: npt.NDArray[np.bool_],
    signed: npt.NDArray[np.bool_],
) -> Array:
    """Return the sampling variance of values without counts, up to one factor per series; NaN where unknown.

    It falls with the size of the area: the denominator where that alone is given, the value itself where cases are
    counted, else the city's population of that year. A balance without a denominator may be a difference of
    anything, of cases or of rates, and has none.
    """
    has_value = np.isfinite(cube.value)
    relative = np.full(cube.value.shape, np.nan)
    for s in np.flatnonzero(~counted):
        there = has_value[s]
        values = cube.value[s][there]
        if np.isnan(cube.scale[s]) and (values % 1 == 0).all() and (values >= 0).all():
            # cases: their variance is their number
            relative[s] = cube.value[s] + ZERO_RULE if kind[s] == 0 else 1.0 / cube.value[s]
            continue
        given = np.isfinite(cube.denominator[s]) & (cube.denominator[s] > 0)
        people = cube.denominator[s] if (given | ~there).all() else None if signed[s] else people_of(cube)
        if people is None or not there.any():
            continue
        if kind[s] == 0:
            relative[s] = 1.0 / np.where(people > 0, people, np.nan)
            continue
        usual = float(np.median(rate[s][there]))
        # as that of a share, or of a rate: the fewer cases, the more it scatters
        cases = people * (rate[s] * (1.0 - rate[s]) if kind[s] == 2 else rate[s] / usual)
        relative[s] = 1.0 / np.where(cases > 0, cases, np.nan)
    return np.where(has_value, relative, np.nan)


def difference(linked: Linked, origin: npt.NDArray[np.int64]) -> tuple[Array, Array]:
    """Return the change from the value at ``origin`` (-1: none) to each value, and its sampling variance.

    Notes
    -----
    The variance is taken at the rate r of both periods together, so that it does not depend on which way the
    change goes. Where fewer than ``FEW`` cases (or non-cases) are expected, the change is that of the
    variance-stabilizing roots (Anscombe 1948), brought to the link scale at r:
    ``2 (asin sqrt p2 - asin sqrt p1) / sqrt(r (1 - r))`` for parts of a whole, ``2 (sqrt r2 - sqrt r1) / sqrt r``
    for ratios.
    """
    known = origin >= 0
    index = np.maximum(origin, 0)

    def earlier(array: Array) -> Array:
        return np.where(known, np.take_along_axis(array, index, 1), np.nan)

    change = np.where(known, linked.y - earlier(linked.y), np.nan)
    x2, d2, x1, d1 = linked.numerator, linked.denominator, earlier(linked.numerator), earlier(linked.denominator)
    counted = np.isfinite(x1) & np.isfinite(x2)
    proportion = (linked.kind == 2)[:, None, None]
    x1, x2, d1, d2 = (np.where(counted, array, 1.0) for array in (x1, x2, d1, d2))
    # at the pooled rate: with each year's own, a fall to few cases would have a larger variance than the same rise
    rate = (x1 + x2 + 2 * ZERO_RULE) / (d1 + d2 + np.where(proportion, 4 * ZERO_RULE, 0.0))
    spread = np.where(proportion, rate * (1 - np.minimum(rate, 1 - 1e-9)), rate)
    rare = np.where(proportion, np.minimum(rate, 1 - rate), rate)
    # By the smaller of both years: the change is as uncertain as its worse end.
    few = counted & (np.minimum(d1, d2) * rare < FEW)

    root2, root1 = (_root(x, d, proportion) for x, d in ((x2, d2), (x1, d1)))
    stable = 2 * (root2 - root1) / np.sqrt(spread)
    # on the root scale the variance is 1 / (d + 1/2) for parts of a whole (Anscombe 1948)
    small = np.where(proportion, 0.5, 0.0)
    noise = np.where(few, 1 / (d1 + small) + 1 / (d2 + small), 1 / d1 + 1 / d2) / spread
    noise = np.where(counted, noise, 0.0)
    if linked.relative_variance is not None:
        relative = linked.relative_variance + earlier(linked.relative_variance)
        noise = np.where(~counted & np.isfinite(relative), relative, noise)
    return np.where(few, stable, change), np.where(known, noise, np.nan)


def _root(x: Array, d: Array, proportion: npt.NDArray[np.bool_]) -> Array:
    """Return the variance-stabilizing root of a rate."""
    part = np.clip((x + 0.375) / (d + 0.75), 0.0, 1.0)
    return np.asarray(np.where(proportion, np.arcsin(np.sqrt(part)), np.sqrt((x + 0.375) / d)))


def _share(part: npt.NDArray[np.bool_], whole: npt.NDArray[np.bool_]) -> Array:
    """Return the share of the cells of each series that are in ``part``."""
    return np.asarray((part & whole).sum(axis=(1, 2)) / np.maximum(whole.sum(axis=(1, 2)), 1))
