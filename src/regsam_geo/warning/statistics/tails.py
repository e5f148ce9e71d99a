"""How heavy the tails of usual changes are: in some cities rare changes are larger than normal ones would be."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from regsam_geo.warning.statistics.robust import APART, Array, robust_variance

FREEDOMS = (2.5, 3.0, 4.0, 5.0, 7.0, 10.0, 15.0, 30.0, np.inf)
"""Degrees of freedom among which the tails are looked for; infinite: normal."""

NORMAL_BEFOREHAND = 0.5
"""How far normal tails are believed before a surprise is seen. Of few of them the tails cannot be told."""


CLASSES = 400
"""Classes in which sizes are counted: finer ones change nothing, and single sizes would cost a logarithm each."""


def usual_tails(surprise: Array, told: npt.NDArray[np.bool_]) -> tuple[Array, Array]:
    """Return how heavy the tails of the past surprises of a report are.

    Parameters
    ----------
    surprise
        In units of their own robust standard deviations, shape (S, T, A); NaN where there is none.
    told
        Which series tell of the tails, and are told of them, shape (S,).

    Returns
    -------
    lost, width
        Shape (S,): 1 over the degrees of freedom that describe the tails (0 where they are normal), and the scale
        of that t distribution in units of the robust standard deviation (1 where they are normal).

    Notes
    -----
    One number for all series, as each alone knows its tails badly. What lies beyond ``APART`` is another event and
    says nothing about the tails of usual changes. 1 over the degrees of freedom is its mean given the surprises,
    normal tails being believed as far as all others together beforehand.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> shape = (10, 9, 25)
    >>> normal, heavy = rng.normal(size=shape), rng.standard_t(3, shape) / 1.24
    >>> every = np.ones(10, dtype=bool)
    >>> [bool(usual_tails(x, every)[0][0] > 0.1) for x in (normal, heavy)]
    [False, True]
    """
    lost, width = np.zeros(len(surprise)), np.ones(len(surprise))
    pool = surprise[told]
    number, edges = np.histogram(np.abs(pool[np.isfinite(pool)]), CLASSES, (0.0, APART))
    if not number.any():
        return lost, width
    size, widths = (edges[1:] + edges[:-1]) / 2, _widths()
    likely = np.array(
        [_likelihood(size, number, df, 1.0 / wide) for df, wide in zip(FREEDOMS, widths, strict=True)]
    )
    weight = np.exp(likely - likely.max())
    weight[:-1] *= (1.0 - NORMAL_BEFOREHAND) / (len(FREEDOMS) - 1)
    weight[-1] *= NORMAL_BEFOREHAND
    inverse = 1.0 / np.array(FREEDOMS)
    lost[told] = (weight * inverse).sum() / weight.sum()
    width[told] = np.interp(lost[told], inverse[::-1], widths[::-1])
    return lost, width


def _likelihood(size: Array, number: npt.NDArray[np.int64], df: float, factor: float) -> float:
    """Return the logarithm of the likelihood of sizes up to ``APART`` that, times ``factor``, are those of t."""
    from scipy.special import gammaln, ndtr, stdtr

    x = size * factor
    if np.isinf(df):
        density = -0.5 * np.log(2 * np.pi) - x**2 / 2
        inside = 1.0 - 2.0 * ndtr(-APART * factor)
    else:
        density = gammaln((df + 1) / 2) - gammaln(df / 2) - 0.5 * np.log(np.pi * df)
        density = density - (df + 1) / 2 * np.log1p(x**2 / df)
        inside = 1.0 - 2.0 * stdtr(df, -APART * factor)
    return float(number @ (density + np.log(factor) - np.log(inside)))


@lru_cache(maxsize=1)
def _widths() -> Array:
    """Return, for each of ``FREEDOMS``, the scale at which the robust variance of t is 1."""
    from scipy.special import stdtrit

    # quantiles at equal steps stand for the distribution; 1.0 for normal, whose robust variance is consistent
    steps = (np.arange(20_000) + 0.5) / 20_000
    wide = [float(robust_variance(stdtrit(df, steps)[None], 1)[0]) ** -0.5 for df in FREEDOMS[:-1]]
    return np.array([*wide, 1.0])
