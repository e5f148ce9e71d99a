"""Farrington's method as a textbook writes it: one series, one period, one design matrix, weighted least squares.

Nothing of it is shared with the package: parts of the year are laid out date by date, the model is fitted by
iteratively reweighted least squares, leverages come from the hat matrix, and tails are sums of probabilities.
"""

from __future__ import annotations

import math

import numpy as np


def part_of_each(now, season, years, half_window, parts):
    """Return the part of the year of each period before ``now``: the window is 0, then pieces up to the next."""
    part = {}
    for year in range(1, years + 1):
        center = now - year * season
        for period in range(center - half_window, center + half_window + 1):
            part[period] = 0
        between = list(range(center + half_window + 1, center + season - half_window))
        length, rest = divmod(len(between), parts - 1)
        for piece in range(1, parts):
            size = length + (1 if piece <= rest else 0)
            for period in between[:size]:
                part[period] = piece
            between = between[size:]
    # the newest window stands before the tested period
    for period in range(now - half_window, now):
        part[period] = 0
    return part


def least_squares(design, y, weight, offset):
    """Return coefficients, means and the inverse information by iteratively reweighted least squares."""
    eta = np.log(np.maximum(y, 0.1))
    for _ in range(400):
        mean = np.exp(eta)
        working = eta - np.log(offset) + (y - mean) / mean
        root = np.sqrt(weight * mean)
        beta = np.linalg.lstsq(design * root[:, None], working * root, rcond=None)[0]
        new = design @ beta + np.log(offset)
        if np.max(np.abs(new - eta)) < 1e-13:
            break
        eta = new
    mean = np.exp(design @ beta + np.log(offset))
    return beta, mean, np.linalg.inv(design.T @ (design * (weight * mean)[:, None]))


def fit(design, y, offset, weights_from):
    """Fit, give past outbreaks less weight, fit again."""
    n, k = design.shape
    weight = np.ones(n)
    for again in (False, True):
        beta, mean, inverse = least_squares(design, y, weight, offset)
        phi = max(float((weight * (y - mean) ** 2 / mean).sum()) / (n - k), 1.0)
        if not again:
            hat = np.einsum("ij,jk,ik->i", design, inverse, design) * mean
            anscombe = 1.5 * (y ** (2 / 3) - mean ** (2 / 3)) / mean ** (1 / 6)
            residual = anscombe / np.sqrt(phi * (1 - hat))
            weight = np.where(residual > weights_from, np.maximum(residual, 1e-9) ** -2.0, 1.0)
            weight *= n / weight.sum()
    return beta, mean, inverse, phi


def expected(counts, now, *, season, years, half_window, parts, left_out, weights_from, most_beyond, size=None):
    """Return mean, phi, the variance of the mean over it, and the degrees of freedom."""
    size = np.ones(len(counts)) if size is None else size
    part = part_of_each(now, season, years, half_window, parts)
    used = [t for t in sorted(part) if 0 <= t < now - left_out and math.isfinite(counts[t])]
    groups = sorted({part[t] for t in used})
    y, offset = counts[used], size[used]
    dummies = np.array([[float(part[t] == group) for group in groups] for t in used])
    line = np.array([[(t - now) / season] for t in used])
    for design in (np.hstack([dummies, line]), dummies):
        beta, _, inverse, phi = fit(design, y, offset, weights_from)
        row = np.zeros(design.shape[1])
        row[groups.index(0)] = 1.0
        mean = size[now] * math.exp(row @ beta)
        if design.shape[1] == len(groups) or mean <= most_beyond * y.max():
            break
    return mean, phi, phi * mean * float(row @ inverse @ row), len(used) - design.shape[1]


def probability(count, mean, ratio):
    """Return the probability of one count: negative binomial with variance ``ratio`` times the mean."""
    if ratio == 1:
        return math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
    r = mean / (ratio - 1)
    logs = math.lgamma(count + r) - math.lgamma(r) - math.lgamma(count + 1)
    return math.exp(logs - r * math.log(ratio) + count * math.log(1 - 1 / ratio))
