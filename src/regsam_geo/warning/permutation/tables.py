"""Exact tables for many areas: the distribution of sums drawn without replacement, by Fourier transform.

The number of k-subsets with sum t is the coefficient of u^k x^t in prod_j (1 + u x^z_j), the elementary symmetric
polynomial e_k of the x^z_j. At the roots of unity its power sums are one Fourier transform of the histogram of
the values, Newton's identities turn power sums into e_1 .. e_k, and one inverse transform per k gives the
counts: the cost depends on the width of the grid, hardly on the number of areas. Everything is kept divided by
C(n, k), as probabilities; the noise of the transform is a few 1e-15.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb, exp, lgamma

import numpy as np
import numpy.typing as npt

from regsam_geo.warning.permutation.grid import FloatArray, IntArray

ComplexArray = npt.NDArray[np.complex128]

BLOCK = 8192
"""Frequencies handled at once, so that the recurrences stay in the processor's cache."""

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
        P(sum of a random k-subset of all n areas <= t), shape (columns, k + 1, length); ``None`` if not asked.
    outliers
        P(S - k z_v <= t - k * width) for a random area v and k others; ``None`` if not asked.
    exact
        Whether every entry is a ratio of integers, to double precision.
    """

    n: int
    width: int
    subsets: FloatArray | None
    outliers: dict[int, FloatArray]
    exact: bool


def sum_tables(
    levels: IntArray, sizes: list[int], width: int, *, cluster: bool = True, outlier: bool = True
) -> SumTables:
    """Make the tables for several columns at once.

    Parameters
    ----------
    levels
        Grid levels from 0 to ``width``, shape (columns, n).
    sizes
        The numbers of neighbors k that occur.
    width
        The largest level over all columns.
    cluster, outlier
        Which tables are wanted.
    """
    from scipy import fft

    columns, n = levels.shape
    most = max(sizes)
    length = fft.next_fast_len((2 if outlier else 1) * most * width + 1, real=True)
    offsets = np.arange(columns, dtype=np.int64)[:, None] * length
    histogram = np.bincount((levels + offsets).ravel(), minlength=columns * length).reshape(columns, length)
    spectrum = fft.fft(histogram / n, axis=1)
    half = length // 2 + 1
    subsets_hat = np.empty((most + 1, columns, half), dtype=np.complex128)
    subsets_hat[0] = 1.0
    outliers_hat = {k: np.empty((columns, half), dtype=np.complex128) for k in sizes} if outlier else {}
    for start in range(0, half, BLOCK):
        stop = min(start + BLOCK, half)
        _newton(spectrum, n, most, length, start, stop, subsets_hat, outliers_hat)
    exact = counts_are_exact(n, most)
    subsets = None
    if cluster:
        subsets = np.empty((columns, most + 1, length))
        subsets[:, 0] = 1.0
        for k in range(1, most + 1):
            mass = fft.irfft(subsets_hat[k], length, axis=1)
            subsets[:, k] = _cumulated(mass, comb(n, k) if exact else None)
    outliers = {}
    for k, transformed in outliers_hat.items():
        mass = np.roll(fft.irfft(transformed, length, axis=1), k * width, axis=1)[:, : 2 * k * width + 1]
        outliers[k] = _cumulated(mass, n * comb(n - 1, k) if exact else None)
    return SumTables(n, width, subsets, outliers, exact)


def _newton(
    spectrum: ComplexArray,
    n: int,
    most: int,
    length: int,
    start: int,
    stop: int,
    subsets_hat: ComplexArray,
    outliers_hat: dict[int, ComplexArray],
) -> None:
    """Fill the transforms of all tables for the frequencies ``start`` to ``stop``."""
    frequencies = np.arange(start, stop, dtype=np.int64)
    # p_m(f), the mean of x^(m z), is p_1 at m times the frequency
    powers = [spectrum[:, (m * frequencies) % length] for m in range(1, most + 1)]
    subsets = subsets_hat[:, :, start:stop]
    # D = k z_v - S: sum_v x^(-k z_v) e_k without v = conj(p_k) e_k - (the same for k - 1), in counts
    turned = np.ones_like(powers[0])
    scratch = np.empty_like(turned)
    for k in range(1, most + 1):
        factor = n / (n - k + 1)  # n C(n, k - m) / (k C(n, k)) for m = 1
        np.multiply(subsets[k - 1], powers[0], out=subsets[k])
        subsets[k] *= factor
        for m in range(2, k + 1):
            factor *= -(k - m + 1) / (n - k + m)
            if abs(factor) < 1e-18:
                break
            np.multiply(subsets[k - m], powers[m - 1], out=scratch)
            scratch *= factor
            subsets[k] += scratch
        if outliers_hat:
            np.conjugate(powers[k - 1], out=scratch)
            scratch *= subsets[k]
            scratch *= n / (n - k) if n > k else 0.0
            turned *= -k / (n - k) if n > k else 0.0
            turned += scratch
            if k in outliers_hat:
                outliers_hat[k][:, start:stop] = turned


def _cumulated(mass: FloatArray, total: int | None) -> FloatArray:
    """Add up probabilities; as integer counts where the total is given."""
    if total is None:
        summed = np.cumsum(mass, axis=1)
        return np.clip(summed, 0.0, 1.0, out=summed)
    counts = np.rint(mass * total)
    np.cumsum(counts, axis=1, out=counts)
    if not (counts[:, -1] == total).all():
        msg = "the counts of the transformed tables do not add up to the number of subsets"
        raise ArithmeticError(msg)
    counts /= total
    return counts


def share_at_most(tables: SumTables, levels: IntArray, k: IntArray, sums: IntArray) -> FloatArray:
    """Return P(sum of k_i others <= sums_i) for each column and area, the area itself left out.

    Leaving area i out is inclusion and exclusion:
    N_k^(-i)(t) = N_k(t) - N_{k-1}(t - z_i) + N_{k-2}(t - 2 z_i) - ...

    Parameters
    ----------
    tables
        Made for ``levels``.
    levels, sums
        Shape (columns, n).
    k
        Number of neighbors, shape (n,); the result is NaN where it is 0.
    """
    assert tables.subsets is not None
    columns, sizes, length = tables.subsets.shape
    flat = tables.subsets.ravel()
    base = (np.arange(columns, dtype=np.int64) * sizes * length)[:, None]
    n = tables.n
    factor = np.where(k < n, n / np.maximum(n - k, 1), np.nan)  # C(n, k) / C(n - 1, k)
    result = np.zeros(sums.shape)
    below = sums.copy()
    for step in range(int(k.max(initial=0)) + 1):
        rows = base + (np.maximum(k - step, 0) * length)[None, :]
        inside = np.minimum(below, length - 1)
        found = flat[rows + np.maximum(inside, 0)]
        result += np.where((below >= 0) & (step <= k), factor * found, 0.0)
        # C(n, k - j - 1) / C(n, k - j), with alternating sign
        factor = factor * (-(k - step) / (n - k + step + 1))
        if step >= 1 and np.nanmax(np.abs(factor), initial=0.0) < 1e-17:
            break
        below -= levels
    if tables.exact:
        totals = np.array([float(comb(n - 1, size)) for size in range(sizes)])[k]
        result = np.rint(result * totals) / totals
    result = np.clip(result, 0.0, 1.0)
    return np.where(k > 0, result, np.nan)


def share_of_outliers(tables: SumTables, k: IntArray, turned: IntArray) -> FloatArray:
    """Return P(S - k z_v <= turned_i) over all areas v and all k others, for each column and area."""
    result = np.full(turned.shape, np.nan)
    for size, table in tables.outliers.items():
        rows = np.flatnonzero(k == size)
        position = turned[:, rows] + size * tables.width
        last = table.shape[1] - 1
        found = np.take_along_axis(table, np.clip(position, 0, last), axis=1)
        result[:, rows] = np.where(position < 0, 0.0, found)
    return result
