"""The spatial-outlier test: areas that differ from their neighbors more than others do from theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import ndtri, stdtr

from regsam_geo.warning.statistics.aligned import Aligned, Values, align
from regsam_geo.warning.statistics.robust import Array, count, median
from regsam_geo.warning.statistics.scales import variance_by_size

TRIM = 0.1
"""Share of the other areas that is winsorized at either end of their differences."""

FEWEST = 5
"""Areas with neighbors that a map needs: the other four give a scale with three degrees of freedom."""

# cells that are sorted at once, so that many columns of a large map do not fill the memory
_AT_ONCE = 4_000_000


class Studentized(NamedTuple):
    """Each area's difference from its neighbors in units of the scatter of the other areas' differences.

    Attributes
    ----------
    medians
        The median of the neighbors.
    t
        Shape (columns, n); NaN where there is no test.
    df
        Degrees of freedom of its t distribution, shape (columns, 1) or (columns, n).
    p_floor
        p of a value infinitely far off, put into the area's place.
    """

    medians: Array
    t: Array
    df: Array
    p_floor: Array

    @property
    def p(self) -> Array:
        """Probability of a difference this large on either side."""
        return np.asarray(2.0 * stdtr(self.df, -np.abs(self.t)))


def spatial_outlier(values: Values, neighbors: Any) -> pd.DataFrame:
    """Compare each area with the median of its neighbors.

    Parameters
    ----------
    values, neighbors
        As for ``local_moran``. Weights are not used: a median counts neighbors.

    Returns
    -------
    DataFrame
        Aligned to ``values``. ``statistic`` (the value minus the median of its neighbors, in the unit of the
        values), ``neighbors_median``, ``n_neighbors``, ``t`` (the studentized difference), ``df``, ``p_low``,
        ``p_high`` (probability of standing as high above the neighbors), ``p`` (both sides), ``p_floor`` (the
        smallest p that can be reached: that of a value infinitely far off in this place). NaN where an area has no
        neighbor with a value, or fewer than five areas have one.

    Notes
    -----
    d_i = (x_i - median of the neighbors) / sqrt(1 + c / k_i), with c = pi / 2 (1 up to two neighbors), is located
    and scaled by the d of the *other* areas, winsorized by 10 % at either end, and referred to the t distribution
    of Tukey and McLaughlin (1963). The area's own value has no part in the yardstick, so that p falls to zero as
    it moves away. See ``docs/methods/spatial.md``.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> districts = rg.load_boundaries("district")
    >>> panel = rg.load_sample().sel("Nichtdeutsche", period=2024, level="district")
    >>> shares = panel.data.set_index("area_id")["value"]
    >>> result = rg.spatial_outlier(shares, rg.neighbors(districts))
    >>> result["p"].idxmin(), round(float(result["p"].min()), 4)
    ('11', 0.0372)
    """
    aligned = align(values, neighbors)
    return outlier_frame(aligned, studentized(aligned))


def outlier_frame(aligned: Aligned, found: Studentized) -> pd.DataFrame:
    """Return the tests as ``spatial_outlier`` does."""
    return aligned.frame(
        {
            "statistic": aligned.columns - found.medians,
            "neighbors_median": found.medians,
            "n_neighbors": aligned.counts,
            "t": found.t,
            "df": np.where(np.isnan(found.t), np.nan, found.df),
            "p_low": stdtr(found.df, found.t),
            "p_high": stdtr(found.df, -found.t),
            "p": found.p,
            "p_floor": found.p_floor,
        }
    )


@dataclass(frozen=True, eq=False)
class Noise:
    """How much values scatter by chance; arrays of shape (columns, n), in the order of the neighbors.

    Attributes
    ----------
    variance
        Sampling variance of each value, in a column of ``free`` up to a factor.
    df
        Degrees of freedom with which it is known.
    free
        Shape (columns,).
    """

    variance: Array
    df: Array
    free: npt.NDArray[np.bool_]


def studentized(aligned: Aligned, noise: Noise | None = None) -> Studentized:
    """Test every area of every column; with the noise of the values, small areas may scatter more than large."""
    k = np.where(np.isfinite(aligned.columns), aligned.counts, 0)
    medians = _medians_of_neighbors(aligned)
    spread = _spread_of_median(k)
    room, differences = np.sqrt(1.0 + spread), aligned.columns - medians
    if noise is None:
        found = against_the_others(differences / room)
        return Studentized(medians, found.t, found.df, _floors(aligned, k, room, found))
    own = np.where(np.isfinite(aligned.columns), noise.variance, 0.0)
    beside = aligned.neighbor_sums(own) / np.maximum(k, 1)
    # the noise of the neighbors reaches the difference through their median
    sampling = np.where(np.isfinite(differences), (own + spread * beside) / room**2, np.nan)
    variance = variance_by_size(differences / room, sampling, noise.free)
    wide = np.where(np.isfinite(variance) & (variance > 0), variance, 1.0)
    # in units of an ordinary area: only how unlike the areas are matters here
    room = room * np.sqrt(wide / median(np.where(np.isfinite(variance), wide, np.nan), 1)[:, None])
    found = against_the_others(differences / room)
    df = np.minimum(found.df, noise.df)
    return Studentized(medians, found.t, df, _floors(aligned, k, room, found._replace(df=df)))


def _spread_of_median(k: npt.NDArray[np.int64]) -> Array:
    """Return the variance of the median of k values of variance 1: exact up to two, else that of large k."""
    # the exact variance for 3 to 9 lies up to 14 % lower, which moves t by up to 3 %: not worth a table
    return np.where(k <= 2, 1.0, np.pi / 2) / np.maximum(k, 1)


def _medians_of_neighbors(aligned: Aligned) -> Array:
    """Return the median of the neighbors that have a value; NaN without one, or without an own value."""
    columns, table = aligned.columns, aligned.neighbors
    sizes = np.diff(table.indptr)
    result = np.full(columns.shape, np.nan)
    for size in np.unique(sizes[sizes > 0]):
        areas = np.flatnonzero(sizes == size)
        places = table.indices[table.indptr[areas][:, None] + np.arange(size)]
        block = max(1, _AT_ONCE // places.size)
        for start in range(0, len(columns), block):
            result[start : start + block, areas] = median(columns[start : start + block][:, places], -1)
    result[~np.isfinite(columns)] = np.nan
    return result


class AgainstOthers(NamedTuple):
    """Values located and scaled by the others of their row.

    Attributes
    ----------
    t
        0 where the others do not scatter: there is no yardstick, and nothing stands out. NaN where there are too
        few.
    flat
        Where the others do not scatter.
    df
        Degrees of freedom, with a last axis of length 1.
    """

    t: Array
    flat: npt.NDArray[np.bool_]
    df: Array


def against_the_others(x: Array) -> AgainstOthers:
    """Locate and scale each value along the last axis by the others, winsorized."""
    n = count(x, -1)[..., None]
    others = n - 1
    cut = np.floor(TRIM * others).astype(np.int64)
    # about the median, so that squares do not cancel
    x = x - median(x, -1)[..., None]
    mean, square = _without_each(x, n, cut)
    variance = np.maximum(square - mean**2, 0.0) * others / np.maximum(others - 1, 1)
    # what is left of rounding is no scatter
    flat = variance <= 1e-24 * np.maximum(mean**2, square)
    scale = np.sqrt(
        variance / _winsorized_variance(cut / np.maximum(others, 1)) * (1.0 + 1.0 / np.maximum(others, 1))
    )
    t = np.where(flat, 0.0, (x - mean) / np.where(flat, 1.0, scale))
    enough = (n >= FEWEST) & np.isfinite(x)
    return AgainstOthers(np.where(enough, t, np.nan), flat, np.maximum(others - 2.0 * cut - 1.0, 1.0))


def _without_each(x: Array, n: npt.NDArray[np.int64], cut: npt.NDArray[np.int64]) -> tuple[Array, Array]:
    """Return mean and mean square of the other values, the ``cut`` largest and smallest of which are drawn in.

    Leaving out one value moves the window of those that are not drawn in by one place at most, so one sorting
    serves all areas.
    """
    order = np.argsort(x, axis=-1)
    ranked = np.take_along_axis(x, order, -1)
    rank = np.argsort(order, axis=-1)
    first, last = cut, np.maximum(n - 1 - cut, 0)

    def at(place: npt.NDArray[np.int64]) -> Array:
        return np.take_along_axis(ranked, np.clip(place, 0, x.shape[-1] - 1), -1)

    low = np.where(rank > first, at(first), at(first + 1))
    high = np.where(rank < last, at(last), at(last - 1))
    within = np.where((np.arange(x.shape[-1]) >= first) & (np.arange(x.shape[-1]) <= last), ranked, 0.0)
    place = np.clip(rank, first, last)
    total, squares = _sum_without(within, place), _sum_without(within**2, place)
    total, squares = total + cut * (low + high), squares + cut * (low**2 + high**2)
    others = np.maximum(n - 1, 1)
    return total / others, squares / others


def _sum_without(x: Array, place: npt.NDArray[np.int64]) -> Array:
    """Return the sums along the last axis without the value at each place."""
    # not the sum less the value: one value far off would take all digits of the rest with it
    edge = np.zeros((*x.shape[:-1], 1))
    before = np.cumsum(np.concatenate([edge, x], axis=-1), axis=-1)
    after = np.cumsum(np.concatenate([x, edge], axis=-1)[..., ::-1], axis=-1)[..., ::-1]
    return np.asarray(np.take_along_axis(before, place, -1) + np.take_along_axis(after, place + 1, -1))


def _winsorized_variance(share: Array) -> Array:
    """Return the variance of a standard normal variable that is winsorized by a share at either end."""
    z = ndtri(1.0 - np.where(share > 0, share, 0.5))
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    return np.where(share > 0, 1.0 - 2.0 * share - 2.0 * z * density + 2.0 * share * z**2, 1.0)


def _floors(aligned: Aligned, k: npt.NDArray[np.int64], room: Array, found: AgainstOthers) -> Array:
    """Return the p of a value infinitely far off, area by area.

    The median of one or two neighbors goes along with the value, and so do the differences of areas that have no
    more than two. If those are more than are winsorized, the yardstick goes along too.
    """
    table = aligned.neighbors
    floors = np.where(np.isnan(found.t), np.nan, np.where(found.flat, 1.0, 0.0))
    owner = np.repeat(np.arange(len(table)), np.diff(table.indptr))
    cut = np.floor(TRIM * (count(found.t, -1) - 1))
    follows = (k > 0) & (k <= 2)
    freedom = np.broadcast_to(found.df, found.t.shape)
    for column in np.flatnonzero(follows.any(axis=-1)):
        pairs = follows[column, owner] & (k[column, table.indices] > 0)
        followers, leaders = owner[pairs], table.indices[pairs]
        number = np.bincount(leaders, minlength=len(table))
        for area in np.flatnonzero((number > cut[column]) & np.isfinite(floors[column])):
            # in units of the value that goes to infinity all other differences are 0
            limit = np.where(np.isfinite(found.t[column]), 0.0, np.nan)
            mine = followers[leaders == area]
            limit[mine] = -1.0 / k[column, mine] / room[column, mine]
            limit[area] = 1.0 / room[column, area]
            at_infinity = against_the_others(limit[None])
            # others that go along all alike are no yardstick either: beside the value they hardly scatter
            if not at_infinity.flat[0, area]:
                floors[column, area] = 2.0 * stdtr(freedom[column, area], -abs(at_infinity.t[0, area]))
    return floors
