"""Many tests at once: Benjamini-Hochberg within a family, without those that could not succeed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from regsam_geo.warning.statistics.robust import Array


def benjamini_hochberg(p: npt.ArrayLike) -> Array:
    """Return the q of each p (Benjamini and Hochberg 1995); NaN stays NaN and does not count.

    Examples
    --------
    >>> [round(float(q), 3) for q in benjamini_hochberg([0.01, 0.02, 0.30, float("nan")])]
    [0.03, 0.03, 0.3, nan]
    """
    values = np.asarray(p, dtype="float64")
    q = np.full(values.shape, np.nan)
    tested = np.flatnonzero(np.isfinite(values))
    if tested.size:
        order = tested[np.argsort(values[tested], kind="stable")]
        # from the largest down: q is monotone, so a smaller p never has the larger q
        raised = values[order] * tested.size / np.arange(1, tested.size + 1)
        q[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return q


def q_of(p: npt.ArrayLike, p_floor: npt.ArrayLike, alpha: float) -> Array:
    """Return the q of one family of tests, without those that could not succeed at ``alpha``; NaN for these.

    Examples
    --------
    >>> q_of([0.001, 0.5, 0.9], [0.001, 0.0, 0.5], 0.1)
    array([0.002, 0.5  ,   nan])
    """
    values, floor = (np.asarray(x, dtype="float64") for x in (p, p_floor))
    q = np.full(values.shape, np.nan)
    tested = np.flatnonzero(np.isfinite(values))
    tested = tested[testable(floor.flat[tested], alpha)]
    q.flat[tested] = benjamini_hochberg(values.flat[tested])
    return q


def testable(p_floor: npt.ArrayLike, alpha: float) -> npt.NDArray[np.bool_]:
    """Tell which tests could be significant at all (Tarone 1990).

    The largest set of tests is kept in which each could reach ``alpha / (size of the set)``, the strictest
    threshold that the Benjamini-Hochberg procedure asks of one test.
    """
    # a test that cannot reach the threshold makes no false alarm, yet each one raises the bar of the others
    floor = np.nan_to_num(np.asarray(p_floor, dtype="float64"), nan=0.0)
    order = np.sort(floor)
    sizes = np.arange(1, floor.size + 1)
    # Sorted, so the last place that fits is the size of the largest such set.
    fits = np.flatnonzero(order * sizes <= alpha)
    most = int(fits[-1]) + 1 if fits.size else 0
    limit = alpha / most if most else -1.0
    return np.asarray(floor <= limit)
