"""Exact tables for many areas: the distribution of sums drawn without replacement, by Fourier transform.

The number of k-subsets with sum t is the coefficient of u^k x^t in prod_j (1 + u x^z_j), the elementary symmetric
polynomial e_k of the x^z_j. At the roots of unity its power sums are one Fourier transform of the histogram of
the values, Newton's identities turn power sums into e_1 .. e_k, and one inverse transform per k gives the
counts: the cost depends on the width of the grid, hardly on the number of areas. Everything is kept divided by
C(n, k), as probabilities; the noise of the transform is a few 1e-15.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import comb, exp, lgamma

import numpy as np
import numpy.typing as npt

from regsam_geo.warning.statistics.permutation.grid import FloatArray, IntArray

ComplexArray = npt.NDArray[np.complex128]

BLOCK = 4096
"""Frequencies times columns handled at once, so that the recurrences stay in the processor's cache."""

AREAS_AT_ONCE = 2**16
TRANSFORMED_AT_ONCE = 2**16

NOISE = 1e-15
LARGEST_AMPLIFICATION = 1e3
"""Newton's identities subtract; beyond this loss of digits the tables are not used."""

SMALLEST_P = 1e-12
"""Below this a p from transformed tables is noise, and is given as this."""


def _log_comb(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def amplification(n: int, most: int) -> float:
    """Return by how much Newton's identities may enlarge the rounding noise: C(n + k - 1, k) / C(n, k)."""
    return exp(min(_log_comb(n + most - 1, most) - _log_comb(n, most), 700.0)) if most < n else np.inf


def counts_are_exact(n: int, most: int) -> bool:
    """Say whether the noise is so small that each count is known as an integer."""
    return comb(n, most) * amplification(n, most) * NOISE * 100 < 0.01


@dataclass(frozen=True)
class SumTables:
    """Cumulative distributions of sums without replacement, for a batch of columns.

    Attributes
    ----------
    subsets
        P(sum of a random k-subset of all n areas < t), shape (k + 1, columns, length + 1).
    exact
        Whether the noise is so small that every entry is known as a ratio of integers.
    """

    n: int
    subsets: FloatArray
    exact: bool


def largest_sum(levels: IntArray, most: int) -> int:
    """Return the largest sum of ``most`` levels of one column."""
    # Only the largest are wanted: for many areas a partition is one pass where a sort is many.
    return int(np.partition(levels, -most, axis=1)[:, -most:].sum(axis=1).max())


def sum_tables(levels: IntArray, most: int) -> SumTables:
    """Make the tables for several columns at once.

    Parameters
    ----------
    levels
        Grid levels from 0, shape (columns, n).
    most
        The largest number of neighbors.
    """
    from scipy import fft

    columns, n = levels.shape
    # Every sum has a place of its own modulo the length. The next length with small prime factors: a prime length
    # can take ten times as long.
    length = fft.next_fast_len(largest_sum(levels, most) + 1, real=True)
    offsets = np.arange(columns, dtype=np.int64)[:, None] * length
    histogram = np.bincount((levels + offsets).ravel(), minlength=columns * length).reshape(columns, length)
    spectrum = fft.fft(histogram / n, axis=1)
    # The counts are real, so one half of the frequencies holds the other.
    half = length // 2 + 1
    subsets_hat = np.empty((most + 1, columns, half), dtype=np.complex128)
    block = max(BLOCK // columns, 64)
    for start in range(0, half, block):
        _newton(spectrum, n, most, slice(start, min(start + block, half)), subsets_hat)
    subsets = np.empty((most + 1, columns, length + 1))
    subsets[0], subsets[..., 0] = 1.0, 0.0
    for part in _parts(most, columns * length):
        np.cumsum(fft.irfft(subsets_hat[part], length), axis=2, out=subsets[part, :, 1:])
    return SumTables(n, subsets, counts_are_exact(n, most))


def _parts(most: int, size: int) -> Iterator[slice]:
    """Split 1 .. most so that what is transformed at once stays small."""
    step = max(1, TRANSFORMED_AT_ONCE // size)
    return (slice(start, min(start + step, most + 1)) for start in range(1, most + 1, step))


def _newton(spectrum: ComplexArray, n: int, most: int, block: slice, subsets_hat: ComplexArray) -> None:
    """Fill the transforms of all tables for a block of frequencies."""
    frequencies = np.arange(block.start, block.stop, dtype=np.int64)
    # p_m(f), the mean of x^(m z), is p_1 at m times the frequency
    powers = [
        np.take(spectrum, (m * frequencies) % spectrum.shape[1], axis=1) if m > 1 else spectrum[:, block]
        for m in range(1, most + 1)
    ]
    subsets = [np.ones_like(powers[0])]
    scratch = np.empty_like(powers[0])
    for k in range(1, most + 1):
        factor = n / (n - k + 1)  # n C(n, k - m) / (k C(n, k)) for m = 1
        current = subsets[k - 1] * powers[0]
        current *= factor
        for m in range(2, k + 1):
            factor *= -(k - m + 1) / (n - k + m)
            # The rest is below the last bit of the sum.
            if abs(factor) < 1e-18:
                break
            np.multiply(subsets[k - m], powers[m - 1], out=scratch)
            scratch *= factor
            current += scratch
        subsets.append(current)
        subsets_hat[k, :, block] = current


def share_below(tables: SumTables, levels: IntArray, k: IntArray, limits: IntArray) -> FloatArray:
    """Return P(sum of k_i others < limits_i) for each column and area, the area itself left out.

    Leaving area i out is inclusion and exclusion:
    N_k^(-i)(t) = N_k(t) - N_{k-1}(t - z_i) + N_{k-2}(t - 2 z_i) - ...

    Parameters
    ----------
    tables
        Made for ``levels``.
    levels
        Shape (columns, n).
    k
        Number of neighbors, shape (n,); the result is NaN where it is 0.
    limits
        Several limits for each, shape (limits, columns, n).
    """
    rows, columns, length = tables.subsets.shape
    flat = tables.subsets.ravel()
    base = (np.arange(columns, dtype=np.int64) * length)[:, None]
    factors = _exclusion_factors(tables.n, rows - 1)
    # Terms of inclusion and exclusion, up to the first whose factors are noise for every number of neighbors.
    steps = np.arange(len(factors), dtype=np.int64)
    result = np.empty(limits.shape)
    for start in range(0, len(k), AREAS_AT_ONCE):
        part = slice(start, start + AREAS_AT_ONCE)
        size = k[part]
        row = base + np.maximum(size - steps[:, None], 0)[:, None, :] * (columns * length)
        back = steps[:, None, None] * levels[:, part]
        factor = factors[:, size][:, None, :]
        for number, limit in enumerate(limits):
            place = limit[:, part] - back
            np.clip(place, 0, length - 1, out=place)
            place += row
            found = flat[place]
            found *= factor
            found.sum(axis=0, out=result[number, :, part])
    if tables.exact:
        totals = np.array([float(comb(tables.n - 1, size)) for size in range(rows)])[k]
        result *= totals
        # Every count is an integer, so the nearest one takes the noise of the transform out.
        np.rint(result, out=result)
        result /= totals
    np.clip(result, 0.0, 1.0, out=result)
    result[..., k == 0] = np.nan
    return result


@lru_cache(maxsize=64)
def _exclusion_factors(n: int, most: int) -> FloatArray:
    """Return (-1)^j C(n, k - j) / C(n - 1, k) in row j, column k; rows that are noise are left out."""
    sizes = np.arange(most + 1)
    factor = n / np.maximum(n - sizes, 1)
    rows = [factor]
    for step in range(most):
        factor = factor * -np.maximum(sizes - step, 0) / (n - sizes + step + 1)
        if np.abs(factor).max() < 1e-17:
            break
        rows.append(factor)
    return np.stack(rows)
