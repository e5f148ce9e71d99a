"""What the numbers of a series prove about it: its scale, and whether it is a part of a whole."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

SCALES = (1.0, 100.0, 1000.0, 10_000.0, 100_000.0)
MIN_CELLS = 5
"""Fewer cells that agree prove nothing."""
MIN_AGREEMENT = 0.97
"""Share of the cells that must agree within rounding; the rest are listed, they are questions about the data."""

Numbers = npt.NDArray[np.float64]


class Proof(NamedTuple):
    """What was found out about one series.

    Attributes
    ----------
    scale
        value = scale * numerator / denominator; NaN where that is not so.
    code
        ``"proved"``, ``"no_bases"`` (a ratio needs two), ``"not_a_ratio"`` or ``"too_few"``.
    agree, tested
        Cells that agree within rounding, of those that could be tested.
    exceeds
        A numerator is larger than its denominator, so it is no part of it.
    """

    scale: float
    code: str
    agree: int
    tested: int
    exceeds: bool


def decimals_of(values: Numbers) -> int:
    """Return the digits after the decimal mark that all values can be written with, at most 6."""
    finite = values[np.isfinite(values)]
    # The fewest digits that fit all values: more would make rounding look smaller than it is and call true cells
    # wrong.
    for digits in range(6):
        if (np.abs(finite - np.round(finite, digits)) <= 1e-9).all():
            return digits
    return 6


def rounding_of(values: Numbers) -> float:
    """Return half a unit of the last printed digit; whole numbers are counts and exact."""
    digits = decimals_of(values)
    return 0.0 if digits == 0 else 0.5 * 10.0**-digits


def tolerance(scale: float, numerator: Numbers, denominator: Numbers, value_decimals: int) -> Numbers:
    """Return how far value and ratio may lie apart by the rounding of value and Basiswerte."""
    return 0.5 * 10.0**-value_decimals + scale * _rounding_of_ratio(numerator, denominator) + 1e-9


def _rounding_of_ratio(numerator: Numbers, denominator: Numbers) -> Numbers:
    with np.errstate(divide="ignore", invalid="ignore"):
        from_numerator = rounding_of(numerator) / np.abs(denominator)
        from_denominator = rounding_of(denominator) * np.abs(numerator) / denominator**2
    return from_numerator + from_denominator


def prove_ratio(value: Numbers, numerator: Numbers, denominator: Numbers, value_decimals: int) -> Proof:
    """Find the scale with which value = scale * numerator / denominator, within the rounding of all three."""
    usable = np.isfinite(value) & np.isfinite(numerator) & np.isfinite(denominator) & (denominator != 0)
    tested = int(usable.sum())
    if not np.isfinite(numerator).any() or not np.isfinite(denominator).any():
        return Proof(np.nan, "no_bases", 0, tested, exceeds=False)
    value, numerator, denominator = value[usable], numerator[usable], denominator[usable]
    # One cell is enough: a part larger than its whole proves that it is no part, whatever the title says.
    exceeds = bool((numerator > denominator).any())
    best, agree = np.nan, -1
    # cells in which every scale fits (nothing counted, nothing shown) speak for none
    telling = (np.abs(numerator) > 0) | (np.abs(value) > 0)
    n_telling = int(telling.sum())
    rounded = _rounding_of_ratio(numerator, denominator)
    for scale in SCALES:
        deviation = np.abs(value - scale * numerator / denominator)
        fits = int((telling & (deviation <= 0.5 * 10.0**-value_decimals + scale * rounded + 1e-9)).sum())
        if fits > agree:
            best, agree = scale, fits
    # Four cells can agree with a wrong scale by luck.
    if n_telling < MIN_CELLS:
        return Proof(np.nan, "too_few", agree, tested, exceeds)
    if agree < MIN_AGREEMENT * n_telling:
        return Proof(np.nan, "not_a_ratio", agree, tested, exceeds)
    return Proof(best, "proved", agree + int(tested - n_telling), tested, exceeds)


def ratio_deviations(data: pd.DataFrame, scale: float, value_decimals: int) -> pd.Series:
    """Say for each row of one series whether value and Basiswerte disagree beyond rounding."""
    value, numerator, denominator = (
        data[column].to_numpy(dtype=float) for column in ("value", "numerator", "denominator")
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = np.abs(value - scale * numerator / denominator)
        wrong = apart > tolerance(scale, numerator, denominator, value_decimals)
    return pd.Series(wrong & np.isfinite(apart), index=data.index)
