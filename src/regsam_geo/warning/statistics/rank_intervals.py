"""How firm ranks are: the ranks that chance in the counts allows, for all areas together."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

COVERAGE = 0.95
"""Probability that the ranges of all areas hold together."""


def rate_intervals(y: Array, x: Array, *, share: bool, coverage: float = COVERAGE) -> tuple[Array, Array]:
    """Return for each area the range of its rate, wide enough that all ranges hold together.

    Parameters
    ----------
    y, x
        Cases, and what they are cases of.
    share
        Whether the cases are a part of ``x`` (binomial), else they are counts (Poisson).
    coverage
        Probability that every range holds its rate.

    Notes
    -----
    The exact ranges of Clopper and Pearson (1934) and of Garwood (1936), each at ``coverage ** (1 / n)``;
    fractional cases, such as yearly means, are taken as they are.

    Examples
    --------
    >>> low, high = rate_intervals(np.array([10.0]), np.array([100.0]), share=True)
    >>> [round(float(end), 3) for end in (low[0], high[0])]
    [0.049, 0.176]
    """
    from scipy.special import betaincinv, gammaincinv

    tail = (1.0 - coverage ** (1.0 / max(len(y), 1))) / 2.0
    # an end that does not exist (no case, or all are cases) is written below; the function has no answer there
    some = np.maximum(y, 1e-12)
    if not share:
        low, high = gammaincinv(some, tail) / x, gammaincinv(y + 1.0, 1.0 - tail) / x
        return np.where(y > 0, low, 0.0), high
    rest = np.maximum(x - y, 1e-12)
    low, high = betaincinv(some, x - y + 1.0, tail), betaincinv(y + 1.0, rest, 1.0 - tail)
    return np.where(y > 0, low, 0.0), np.where(y < x, high, 1.0)


def rank_intervals(low: Array, high: Array) -> tuple[Array, Array]:
    """Return the best and the worst rank that each area may have; rank 1 is the highest rate.

    Notes
    -----
    Klein, Wright and Wieczorek (2020): an area stands certainly behind those whose ranges lie wholly above its
    own, and certainly before those whose ranges lie wholly below. If all ranges hold together with
    95 %, so do the ranks.

    Examples
    --------
    >>> best, worst = rank_intervals(np.array([5.0, 2.0, 1.0]), np.array([7.0, 4.0, 3.0]))
    >>> best.tolist(), worst.tolist()
    ([1.0, 2.0, 2.0], [1.0, 3.0, 3.0])
    """
    n = len(low)
    above = n - np.searchsorted(np.sort(low), high, side="right")
    below = np.searchsorted(np.sort(high), low, side="left")
    return np.asarray(1.0 + above, dtype=np.float64), np.asarray(float(n) - below, dtype=np.float64)
