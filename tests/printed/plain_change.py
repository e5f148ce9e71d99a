"""What was to be expected of a change and of a drift, from counts alone, as ``docs/methods/temporal.md`` says.

One series at a time, one period after the other; no line of this file imports the library. ``over`` and
``under`` are tables of counts, one row a period (oldest first) and one column an area, NaN where there is none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.stats import t as student

HALF = 0.5  # added to a count of zero
FEW = 20  # cases below which roots are compared
CUT = 2.5  # standard deviations at which a value is cut
OTHER_EVENT = 4.0  # ... and beyond which it is left out
CUT_SQUARE = 0.97767  # what a squared normal value has on average when it is cut there
GAIN = 9.0  # what a straight line in the level has to gain
LEAST = 1e-12


def link(over, under, share):
    return np.log((over + HALF) / (under - over + HALF)) if share else np.log((over + HALF) / under)


def unlink(y, share):
    return 1 / (1 + np.exp(-y)) if share else np.exp(y)


def one_step(old, new, share):
    """A change between two cells (count, of how many), and the variance that sampling gives it."""
    (x1, d1), (x2, d2) = old, new
    rate = (x1 + x2 + 2 * HALF) / (d1 + d2 + (4 * HALF if share else 0))
    spread = rate * (1 - rate) if share else rate
    rare = min(rate, 1 - rate) if share else rate
    if min(d1, d2) * rare >= FEW:
        return float(link(x2, d2, share) - link(x1, d1, share)), (1 / d1 + 1 / d2) / spread
    if share:
        ends = [math.asin(math.sqrt(min((x + 0.375) / (d + 0.75), 1.0))) for x, d in (old, new)]
        noise = 1 / (d1 + 0.5) + 1 / (d2 + 0.5)
    else:
        ends = [math.sqrt((x + 0.375) / d) for x, d in (old, new)]
        noise = 1 / d1 + 1 / d2
    return 2 * (ends[1] - ends[0]) / math.sqrt(spread), noise / spread


def there(x):
    return x[np.isfinite(x)]


def robust_square(x):
    """The mean square of scattered values, without what is another event."""
    size = np.abs(there(x))
    if not size.size:
        return math.nan
    usual = 1.4826 * np.median(size)
    kept = size[size <= OTHER_EVENT * usual]
    return np.mean(np.minimum(kept, CUT * usual) ** 2) / CUT_SQUARE


def bins_of(change, sampling):
    """Six groups of changes of like sampling variance, equally large."""
    rows, columns = np.nonzero(np.isfinite(change))
    order = np.argsort(sampling[rows, columns], kind="stable")
    bounds = [math.ceil(order.size * part / 6) for part in range(7)]
    return [(rows[order[low:high]], columns[order[low:high]]) for low, high in pairwise(bounds)]


def unrest_of(excess, sampling, bins):
    """The line ``tau^2 + kappa * sampling`` through the six variances."""
    points = [
        (np.mean(sampling[place][np.isfinite(excess[place])]), robust_square(excess[place]))
        for place in bins
        if np.isfinite(excess[place]).any()
    ]
    level, scatter = np.array(points).T
    fitted = np.maximum(scatter, LEAST)
    tau2 = kappa = 0.0
    for _ in range(4):
        weight = 1 / fitted**2
        mid, high = np.average(level, weights=weight), np.average(scatter, weights=weight)
        spread = np.sum(weight * (level - mid) ** 2)
        slope = np.sum(weight * (level - mid) * (scatter - high)) / spread if spread > 0 else 0.0
        kappa = min(max(slope, 0.0), 1.0, high / mid if mid > 0 else 0.0)
        tau2 = max(high - kappa * mid, 0.0)
        fitted = np.maximum(tau2 + kappa * level, LEAST)
    return tau2, kappa


def nearness(rest, scale):
    return np.maximum(1 - (rest / (OTHER_EVENT * scale)) ** 2, 0) ** 2 / scale**2


def center_of(x, scale):
    """The center of the larger group: Tukey's biweight, from the median on."""
    center = float(np.median(x))
    for _ in range(10):
        weight = nearness(x - center, scale)
        if weight.sum() > 0:
            center = float(np.average(x, weights=weight))
    return center


def common_of(change, scale, level):
    """What all areas share in one period: a number for each, the same for all or a line, and the middle one."""
    known = np.isfinite(change) & np.isfinite(level)
    shared = np.full(change.shape, np.nan)
    if not known.any():
        return shared, math.nan
    x = (level - np.median(there(level)))[known]
    c, s = change[known], scale[known]
    center = center_of(c, s)
    above = x > 0
    slope = 0.0
    if above.any() and not above.all():
        slope = (np.median(c[above]) - np.median(c[~above])) / (x[above].mean() - x[~above].mean())
    middle = center_of(c - slope * x, s)
    prior = max(center**2, LEAST) / 4
    for _ in range(10):
        weight = nearness(c - middle - slope * x, s)
        x_mid, c_mid = np.average(x, weights=weight), np.average(c, weights=weight)
        slope = np.sum(weight * (x - x_mid) * (c - c_mid)) / (np.sum(weight * (x - x_mid) ** 2) + 1 / prior)
        middle = c_mid - slope * x_mid

    def cost(rest):
        return np.sum(np.minimum((rest / s) ** 2, OTHER_EVENT**2))

    tilted = cost(c - center) - cost(c - middle - slope * x) - slope**2 / prior > GAIN
    shared[known] = middle + slope * x if tilted else center
    return shared, middle if tilted else center


def own_squares(residuals):
    """How much each area scatters by itself, shrunken towards all of them."""
    kept = residuals.copy()
    for column in kept.T:
        if np.isfinite(column).any() and np.nanmax(np.abs(column)) > OTHER_EVENT:
            column[np.nanargmax(np.abs(column))] = np.nan
    n = np.isfinite(kept).sum(axis=0)
    own = np.array(
        [np.mean(np.minimum(there(x) ** 2, CUT**2)) / CUT_SQUARE if there(x).size else 0 for x in kept.T]
    )
    pool = own[n > 0].mean()
    beyond = np.mean((own[n > 0] / pool - 1) ** 2) - 2 * np.mean(1 / n[n > 0])
    lent = min(max(2 / max(beyond, 2 / 60), 4), 60)
    return (lent * pool + n * own) / (lent + n)


@dataclass
class Expected:
    """What was to be expected of the newest values, on the link scale."""

    newest: np.ndarray
    change: np.ndarray
    common: np.ndarray
    excess: np.ndarray
    effect: np.ndarray
    returns: np.ndarray
    jump: np.ndarray
    share: bool
    scale: float

    def of_change(self, column):
        return self.scale * float(unlink(self.newest[column] - self.effect[column], self.share))

    def of_city(self, value):
        """The value of the city, had it moved as usual, and how often it moves so: p."""
        past = there(self.common[:-1])
        usual = float(np.median(past))
        effect = float(self.common[-1]) - usual
        y = math.log(value / (self.scale - value) if self.share else value / self.scale)
        spread = max(math.sqrt(robust_square(past - usual)), 1.4826 * float(np.median(np.abs(past - usual))))
        error = spread * math.sqrt(1 + 1.57 / past.size)
        edge = 0.4 * math.log(1.05)
        tails = [student.sf((abs(effect) + side * edge) / error, past.size - 1) for side in (-1, 1)]
        return self.scale * float(unlink(y - effect, self.share)), min(float(sum(tails)), 1.0)

    def of_drift(self, column, years):
        """Without what came together over some years, the largest of them cut down to the second largest."""
        window = self.excess[-years:, column]
        sizes = sorted(np.abs(window))
        largest = window[np.argmax(np.abs(window))]
        total = window.sum() - np.sign(largest) * (sizes[-1] - sizes[-2])
        return self.scale * float(unlink(self.newest[column] - total, self.share))


def expected_of(over, under, *, share, scale, spike=4.0):
    """Work out what was to be expected of the last row of counts; ``jump`` is that of the row before."""
    y = link(over, under, share)
    periods, areas = y.shape
    change, sampling, level = (np.full(y.shape, np.nan) for _ in range(3))
    origin, gap = np.full(y.shape, -1), np.ones(y.shape)
    for t, a in zip(*np.nonzero(np.isfinite(y)), strict=True):
        earlier = np.flatnonzero(np.isfinite(y[:t, a]))
        if earlier.size:
            o = int(earlier[-1])
            origin[t, a], gap[t, a], level[t, a] = o, t - o, y[o, a]
            old, new = ((over[i, a], under[i, a]) for i in (o, t))
            change[t, a], sampling[t, a] = one_step(old, new, share)
    bins = bins_of(change[:-1], sampling[:-1])

    def sizes(tau2, kappa):
        return np.sqrt(np.maximum(tau2 * gap + kappa * sampling, LEAST))

    medians = np.array([np.median(there(row)) if there(row).size else np.nan for row in change])
    size = sizes(*unrest_of((change - medians[:, None])[:-1], sampling, bins))
    found = [common_of(change[t], size[t], level[t]) for t in range(periods)]
    excess = change - np.array([shared for shared, _ in found])
    common = np.array([middle for _, middle in found])
    for _ in range(5):
        scatter = np.array([math.sqrt(robust_square(row)) for row in excess / size])
        error = 0.8 / np.sqrt(np.maximum(np.isfinite(excess).sum(axis=1), 1))
        wide = np.fmax(scatter / (1 + error), 1.0)
        wide[-1] = 1.0  # the newest does not judge itself
        events = (scatter > 1 + OTHER_EVENT * error)[:-1]
        if 2 * events.sum() >= np.isfinite(excess[:-1]).any(axis=1).sum():
            events[:] = False
        past = excess[:-1] / wide[:-1, None]
        past[events] = np.nan
        size = sizes(*unrest_of(past, sampling, bins))
    standard = excess / size / wide[:, None]
    now, then = (np.clip(part, -CUT, CUT) for part in (standard[1:-1], standard[:-2]))
    both = np.isfinite(now) & np.isfinite(then)
    again = np.sum(now[both] * then[both]) / np.sum(then[both] ** 2) if both.any() else 0.0
    again = min(max(again, -0.9), 0.9)
    promised = np.zeros(y.shape)
    promised[1:] = again * np.nan_to_num(np.clip(standard[:-1], -CUT, CUT)) * size[1:]
    surprise = excess - promised
    own = own_squares((surprise / size / wide[:, None])[:-1])

    effect, returns, jump = surprise[-1].copy(), np.zeros(areas, dtype=bool), np.zeros(areas)
    for a in range(areas):
        o = origin[-1, a]
        if o > 0 and np.isfinite(excess[o, a]):
            before, newest = excess[o, a], excess[-1, a]
            jump[a] = abs(before) / (math.sqrt(own[a]) * size[o, a])
            if jump[a] > spike and before * newest < 0 and abs(newest + before) < abs(newest):
                effect[a], returns[a] = newest + before, True
    return Expected(y[-1], change, common, excess, effect, returns, jump, share, scale)
