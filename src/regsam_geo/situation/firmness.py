"""How firm a ranking and its classes are: arrays in, arrays out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Ranks = npt.NDArray[np.float64]

COVERAGE = 0.90
DRAWS = 2000


def rank_sets(
    estimate: Array, variance: Array, *, coverage: float = COVERAGE, draws: int = DRAWS, seed: int = 0
) -> tuple[Ranks, Ranks]:
    """Return the confidence set of each one's rank, 1 for the largest, by chance alone.

    Parameters
    ----------
    estimate
        Shape ``(n,)``; NaN takes no part.
    variance
        Shape ``(n,)``, that of each estimate; the errors are independent. NaN where it is not known.
    coverage
        The share of repetitions in which the set of one holds its true rank, at the least.
    draws, seed
        For the critical values.

    Returns
    -------
    tuple of ndarray
        Smallest and largest rank, shape ``(n,)``; NaN where estimate or variance is.

    Notes
    -----
    The marginal confidence sets of Mogstad, Romano, Shaikh and Wilhelm (2024), *Inference for ranks with
    applications to mobility across neighbourhoods and academic achievement across countries*, Review of Economic
    Studies 91(1), doi:10.1093/restud/rdad006: whoever differs from one significantly stands above or below it for
    sure; all others may stand on either side. The differences of one to all others are tested together (largest
    absolute t, stepwise). Quantiles of redrawn ranks would be shorter and wrong: where several lie close together
    a redraw doubles the noise, and ranks drift to the middle.

    Examples
    --------
    >>> import numpy as np
    >>> low, high = rank_sets(np.array([9.0, 5.0, 4.9, 1.0]), np.array([0.1, 0.1, 0.1, 0.1]))
    >>> low.tolist(), high.tolist()
    ([1.0, 2.0, 2.0, 4.0], [1.0, 3.0, 3.0, 4.0])
    """
    known = np.isfinite(estimate)
    low, high = np.full(estimate.shape, np.nan), np.full(estimate.shape, np.nan)
    value, noise = estimate[known], variance[known]
    n = len(value)
    # What is not known about one makes it incomparable, not exact.
    noise = np.where(np.isfinite(noise), noise, np.inf)
    shocks = np.random.default_rng(seed).standard_normal((draws, n)) * np.sqrt(np.where(noise < np.inf, noise, 0))
    found = np.array([_rank_set(value, noise, shocks, one, coverage) for one in range(n)], dtype=float).reshape(
        n, 2
    )
    found[np.isinf(noise)] = np.nan
    low[known], high[known] = found[:, 0], found[:, 1]
    return low, high


def _rank_set(value: Array, noise: Array, shocks: Array, one: int, coverage: float) -> tuple[float, float]:
    """Return the smallest and the largest rank of one."""
    difference = value - value[one]
    scale = np.sqrt(noise + noise[one])
    # Without any noise a difference is one, however small.
    differs = (scale == 0) & (difference != 0)
    open_ones = (scale > 0) & np.isfinite(scale)
    open_ones[one] = False
    t = np.divide(np.abs(difference), scale, out=np.zeros_like(difference), where=open_ones)
    while open_ones.any():
        largest = (np.abs(shocks[:, open_ones] - shocks[:, [one]]) / scale[open_ones]).max(axis=1)
        limit = np.quantile(largest, coverage, method="higher")
        # Those told apart leave the others a smaller family, and so a smaller limit (Romano and Wolf 2005).
        found = open_ones & (t > limit)
        if not found.any():
            break
        differs |= found
        open_ones &= ~found
    above, below = (differs & (difference > 0)).sum(), (differs & (difference < 0)).sum()
    return 1.0 + above, float(len(value) - below)


def ranks(index: Array) -> Ranks:
    """Return ranks along the last axis, 1 for the largest, equal ones with the smallest; NaN where a value is.

    Examples
    --------
    >>> import numpy as np
    >>> ranks(np.array([1.0, 3.0, 3.0, np.nan])).tolist()
    [3.0, 1.0, 1.0, nan]
    """
    larger = (index[..., None, :] > index[..., :, None]).sum(axis=-1)
    return np.asarray(np.where(np.isfinite(index), 1.0 + larger, np.nan))


def standardized(x: Array) -> Array:
    """Return z along the last axis over what is there, with the population standard deviation.

    Examples
    --------
    >>> import numpy as np
    >>> standardized(np.array([1.0, 2.0, 3.0, np.nan])).round(2).tolist()
    [-1.22, 0.0, 1.22, nan]
    """
    there = np.isfinite(x)
    n = np.maximum(there.sum(axis=-1, keepdims=True), 1)
    away = x - np.where(there, x, 0.0).sum(axis=-1, keepdims=True) / n
    spread = np.sqrt(np.where(there, away**2, 0.0).sum(axis=-1, keepdims=True) / n)
    return np.asarray(away / np.where(spread > 0, spread, np.nan))


def weighted_index(values: Array, weights: Array) -> Array:
    """Return the index of areas: z of each indicator, weighted, summed and standardized again.

    Parameters
    ----------
    values
        Shape ``(..., areas, indicators)``, a burden where high. An area that lacks one has no index.
    weights
        Shape ``(indicators,)``, or ``(..., indicators)`` for several weightings.

    Returns
    -------
    ndarray
        Shape ``(..., areas)``.

    Examples
    --------
    >>> import numpy as np
    >>> weighted_index(np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]]), np.ones(2)).round(2).tolist()
    [-1.22, 0.0, 1.22]
    """
    whole = np.isfinite(values).all(axis=-1, keepdims=True)
    z = standardized(np.swapaxes(np.where(whole, values, np.nan), -1, -2))
    return standardized((np.asarray(weights)[..., :, None] * z).sum(axis=-2))


def redrawn_rates(
    rates: Array, denominators: Array, scales: Array, shares: npt.NDArray[np.bool_], draws: int, seed: int
) -> Array:
    """Return rates as they might have come out: each count drawn anew, given its denominator.

    Parameters
    ----------
    rates, denominators
        Shape ``(areas, indicators)``.
    scales
        Shape ``(indicators,)``: 100 for percent.
    shares
        Shape ``(indicators,)``: whether the counted are part of the denominator (then binomial, else Poisson).
    draws, seed
        How many.

    Returns
    -------
    ndarray
        Shape ``(draws, areas, indicators)``; the rate itself where there is no denominator.

    Examples
    --------
    >>> import numpy as np
    >>> drawn = redrawn_rates(np.array([[5.0]]), np.array([[1000.0]]), np.array([100.0]), np.array([True]), 999, 0)
    >>> drawn.shape, bool(0.5 < drawn.std() < 0.9)
    ((999, 1, 1), True)
    """
    generator = np.random.default_rng(seed)
    known = np.isfinite(rates) & (denominators > 0)
    people = np.where(known, np.round(denominators), 1.0).astype(np.int64)
    p = np.where(known, rates, 0.0) / scales
    shape = (draws, *rates.shape)
    # a rate above the scale is no share, whatever the catalogue says
    as_shares = np.broadcast_to(shares, rates.shape) & (p <= 1)
    binomial = generator.binomial(people, np.clip(p, 0.0, 1.0), shape)
    poisson = generator.poisson(people * np.maximum(p, 0.0), shape)
    drawn = np.where(as_shares, binomial, poisson) / people * scales
    return np.asarray(np.where(known, drawn, rates))


def sampling_variance(rates: Array, denominators: Array, scales: Array, shares: npt.NDArray[np.bool_]) -> Array:
    """Return the variance of each rate by chance, given its denominator; NaN where there is none.

    Examples
    --------
    >>> import numpy as np
    >>> half, people = np.array([[50.0]]), np.array([[99.0]])
    >>> sampling_variance(half, people, np.array([100.0]), np.array([True])).round(2).tolist()
    [[25.25]]
    """
    known = np.isfinite(rates) & (denominators > 0)
    people = np.where(known, denominators, np.nan)
    # Half a case more and less: of no case in ten people does not follow that there can be none.
    p = (rates / scales * people + 0.5) / (people + 1)
    kept = np.where(shares & (p < 1), 1 - p, 1.0)
    return np.asarray(scales**2 * p * kept / people)


def share_that_holds(drawn: Array, classed: Callable[[Array], npt.NDArray[np.int64]], index: Array) -> Array:
    """Return in which share of the redraws each area keeps its class.

    Parameters
    ----------
    drawn
        Shape ``(draws, areas)``: the index redrawn.
    classed
        From an index to the number of its class.
    index
        Shape ``(areas,)``.

    Returns
    -------
    ndarray
        Shape ``(areas,)``; NaN where an area has no index.

    Examples
    --------
    >>> import numpy as np
    >>> above = lambda x: (x > 0).astype(int)
    >>> share_that_holds(np.array([[1.0, -2.0], [1.0, 3.0]]), above, np.array([2.0, -1.0])).tolist()
    [1.0, 0.5]
    """
    same = classed(drawn) == classed(index)
    return np.asarray(np.where(np.isfinite(index), same.mean(axis=0), np.nan))
