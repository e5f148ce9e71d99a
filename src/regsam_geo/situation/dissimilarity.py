"""How unevenly a group lives over the areas of a city: the index of dissimilarity."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import special

Array = npt.NDArray[np.float64]


def dissimilarity(members: Array, people: Array) -> tuple[float, float]:
    """Return the index of dissimilarity and what chance alone would give.

    Parameters
    ----------
    members
        Shape ``(areas,)``: people of the group in each area.
    people
        Shape ``(areas,)``: all people in each area. Areas that lack either take no part.

    Returns
    -------
    tuple of float
        The share of the group that would have to live in another area to be spread as all others are (0 to 1), and
        its expected value if the group were spread over the people by lot. NaN where there is no group or nobody
        else.

    Notes
    -----
    Duncan and Duncan (1955), *A methodological analysis of segregation indexes*, doi:10.2307/2088328. Small
    numbers spread unevenly by chance; the expected value is exact (mean absolute deviation of the hypergeometric
    distribution), its use as a yardstick that of Winship (1977), doi:10.1093/sf/55.4.1058.

    Examples
    --------
    >>> import numpy as np
    >>> index, by_lot = dissimilarity(np.array([30.0, 10.0]), np.array([100.0, 100.0]))
    >>> round(index, 3), round(by_lot, 3)
    (0.312, 0.07)
    """
    there = np.isfinite(members) & np.isfinite(people) & (people > 0)
    counted, all_people = np.round(members[there]), np.round(people[there])
    group, total = counted.sum(), all_people.sum()
    others = total - group
    if group <= 0 or others <= 0 or (counted > all_people).any():
        return float("nan"), float("nan")
    index = 0.5 * np.abs(counted / group - (all_people - counted) / others).sum()
    away = _mean_absolute_deviation(all_people, group, total)
    return float(index), float(0.5 * total / (group * others) * away.sum())


def corrected(index: float, by_lot: float) -> float:
    """Return the index beyond chance: 0 where it is what a lot would give, 1 at complete separation.

    Examples
    --------
    >>> round(corrected(0.4, 0.1), 3)
    0.333
    """
    return (index - by_lot) / (1 - by_lot) if by_lot < 1 else float("nan")


def _mean_absolute_deviation(drawn: Array, group: float, total: float) -> Array:
    """Return that of how many of the group are among so many people drawn from all."""
    others = total - group
    # With a(x) = x (others - drawn + x) P(x): total (x - mean) P(x) = a(x) - a(x + 1), so that the sum above the
    # mean is a single term.
    first = np.floor(drawn * group / total) + 1
    possible = (first <= np.minimum(drawn, group)) & (first >= drawn - others)
    x = np.where(possible, first, np.maximum(0, drawn - others))
    log_p = _log_choose(group, x) + _log_choose(others, drawn - x) - _log_choose(total, drawn)
    term = x * (others - drawn + x) * np.exp(log_p)
    return np.asarray(np.where(possible, 2 * term / total, 0.0))


def _log_choose(n: Array | float, k: Array) -> Array:
    return np.asarray(special.gammaln(np.add(n, 1.0)) - special.gammaln(k + 1) - special.gammaln(n - k + 1))
