"""Where classes begin: one function per method, on values that are whole numbers of a grid."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Grid = npt.NDArray[np.float64]
"""Values counted in units of the last printed digit: whole numbers, kept as floats."""

FEWEST_FOR_FAR = 4
"""Among fewer values none can be called far."""


def quantiles(values: Grid, k: int) -> list[float]:
    """Return the first value of each of ``k`` classes of equal size, equal values staying together."""
    ordered = np.sort(values)
    distinct, first = np.unique(ordered, return_index=True)
    begins = {0}
    for i in range(1, k):
        # equal values cannot be parted: the limit goes to the nearest change of value
        begins.add(int(np.argmin(np.abs(first - i * len(ordered) / k))))
    return [float(distinct[i]) for i in sorted(begins)]


def apart(values: Grid, k: int) -> tuple[list[float], dict[int, float]]:
    """Return the first value of each of ``k`` classes, and the last of those above which a wide gap lies.

    Far values have classes of their own. The last values are by the position of their class; none where no value
    is far.

    A value lies far off where the way to the next one towards the middle is as long as the middle half of all
    values is wide. The far values of one side do not share a class with the others; where classes are left, the
    widest of the other gaps among far values divide them too. What is ordinary is divided by ``quantiles``.
    """
    ordered = np.sort(values)
    low, high = _far_gaps(ordered)
    # The inmost gap of a side parts far from ordinary, and goes first; the wider one where only one can be.
    inmost = sorted([*low[-1:], *high[:1]], key=lambda at: _gap(ordered, at), reverse=True)
    others = sorted([*low[:-1], *high[1:]], key=lambda at: _gap(ordered, at), reverse=True)
    # More than half of the classes for what is ordinary, which is nearly all, unless both sides have far values.
    cuts = sorted([*inmost, *others][: max(k // 2, min(len(inmost), k - 1))])
    if not cuts:
        return quantiles(values, k), {}
    parts = np.split(ordered, cuts)
    ordinary = sum(at <= len(ordered) // 2 for at in cuts)
    # Few different ordinary values, many zeros say, leave classes to the far ones, the most crowded first.
    shares = [1] * len(parts)
    for _ in range(k - len(parts)):
        open_parts = [i for i, part in enumerate(parts) if len(np.unique(part)) > shares[i]]
        if not open_parts:
            break
        best = ordinary if ordinary in open_parts else max(open_parts, key=lambda i: len(parts[i]))
        shares[best] += 1
    begins = [quantiles(part, share) for part, share in zip(parts, shares, strict=True)]
    last = np.cumsum([len(some) for some in begins]) - 1
    ends = {int(at): float(part[-1]) for at, part in zip(last[:-1], parts[:-1], strict=True)}
    return [begin for some in begins for begin in some], ends


def _gap(ordered: Grid, at: int) -> float:
    return float(ordered[at] - ordered[at - 1])


def _far_gaps(ordered: Grid) -> tuple[list[int], list[int]]:
    """Return the places of the gaps that part far values from the others, below and above the middle."""
    if len(ordered) < FEWEST_FOR_FAR:
        return [], []
    share = 0.25
    lower, upper = np.quantile(ordered, [share, 1 - share])
    while upper <= lower:
        if share * len(ordered) < 1:
            lower, upper = ordered[0], ordered[-1]
            break
        # more than half of all are equal: the width of more of them
        share /= 2
        lower, upper = np.quantile(ordered, [share, 1 - share])
    if upper <= lower:
        return [], []
    # one unit of the last digit is no gap: no value can lie between
    wide = np.flatnonzero(np.diff(ordered) >= max(upper - lower, 2.0)) + 1
    middle = float(np.median(ordered))
    # beyond the middle part alone: a gap inside it parts two halves, and neither of them is far
    below = [int(at) for at in wide if ordered[at - 1] < lower and ordered[at] <= middle]
    above = [int(at) for at in wide if ordered[at] > upper and ordered[at - 1] >= middle]
    return below, above


def equal(values: Grid, k: int) -> list[float]:
    """Return the limits of ``k`` equally wide classes, rounded to the grid."""
    limits = np.linspace(values.min(), values.max(), k + 1)[:-1]
    # classes finer than the printed digits fall together
    return [float(limit) for limit in np.unique(np.rint(limits))]


def nice_step(wish: float) -> float:
    """Return the number of 1, 2, 5 x 10^n nearest to a wished step on a logarithmic scale, at least 1."""
    if wish <= 1:
        return 1.0
    power = 10.0 ** math.floor(math.log10(wish))
    steps = (power, 2 * power, 5 * power, 10 * power)
    return min(steps, key=lambda step: abs(math.log(step / wish)))


def pretty(values: Grid, k: int) -> tuple[list[float], float]:
    """Return the limits of about ``k`` classes at round numbers, and the upper end of the last one."""
    low, high = values.min(), values.max()
    step = nice_step((high - low) / k)
    first = math.floor(low / step)
    end = max(math.ceil(high / step), first + 1)
    return [float(i * step) for i in range(first, end)], float(end * step)


def natural(values: Grid, k: int) -> list[float]:
    """Return the classes with the least squared deviation from their means (Fisher 1958), exactly.

    Dynamic programme over the distinct values, weighted by how often each occurs; O(k n^2) for n distinct ones.
    """
    distinct, weight = np.unique(values, return_counts=True)
    n = len(distinct)
    k = min(k, n)
    # sums of squares far from zero would lose the digits that the differences need
    shifted = distinct - distinct.mean()
    total = np.r_[0.0, np.cumsum(weight)]
    first = np.r_[0.0, np.cumsum(weight * shifted)]
    second = np.r_[0.0, np.cumsum(weight * shifted**2)]

    def cost(begin: npt.NDArray[np.int64], end: int) -> Grid:
        count = total[end] - total[begin]
        spread: Grid = second[end] - second[begin] - (first[end] - first[begin]) ** 2 / count
        return spread

    # Exact and not by rounds of swapping: natural breaks by local search depend on where they start.
    best = np.array([0.0, *(cost(np.array([0]), end)[0] for end in range(1, n + 1))])
    begins = np.zeros((k + 1, n + 1), dtype=np.int64)
    for classes in range(2, k + 1):
        better = np.full(n + 1, np.inf)
        for end in range(classes, n + 1):
            start = np.arange(classes - 1, end)
            costs = best[start] + cost(start, end)
            pick = int(np.argmin(costs))
            better[end], begins[classes, end] = costs[pick], start[pick]
        best = better
    cuts, end = [], n
    for classes in range(k, 0, -1):
        end = int(begins[classes, end])
        cuts.append(float(distinct[end]))
    return cuts[::-1]


def deviations(values: Grid, k: int) -> tuple[list[float], int]:
    """Return limits at whole (``k`` even) or half (odd) standard deviations, and the classes below the mean."""
    # the areas are all there are, no sample: the deviation is not widened by n - 1
    mean, spread = values.mean(), values.std()
    steps = np.arange(1, k) - k / 2
    # On the grid, as a limit between two printable values could not be written.
    limits = np.unique(np.rint(mean + steps * spread))
    return [float(limit) for limit in limits], int((limits <= np.rint(mean)).sum()) if k % 2 == 0 else k // 2


def one_digit(wish: float) -> float:
    """Round down to one leading digit, at least 1: 347 becomes 300."""
    power = 10.0 ** math.floor(math.log10(max(wish, 1.0)))
    return max(1.0, math.floor(wish / power) * power)


def around(values: Grid, k: int, center: float) -> tuple[list[float], int]:
    """Return limits at equal round distances from a reference, and the number of classes below it.

    The outermost classes are open and begin about where the farthest tenth of the values lies.
    """
    side, odd = divmod(k, 2)
    # Not the farthest value: one outlier would leave all others in the middle class.
    reach = float(np.quantile(np.abs(values - center), 0.9)) if len(values) else 1.0
    if odd:
        half = one_digit(reach / max(2 * side - 1, 1))
        step = 2 * half
        # one unit of the grid further: the middle class holds both its ends
        above = [center + half + 1 + i * step for i in range(side)]
        below = [center - half - i * step for i in range(side)]
        return [*below[::-1], *above], side
    step = one_digit(reach / max(side - 0.5, 1))
    return [center + i * step for i in range(1 - side, side)], side
