"""Numerators and denominators of areas, matched by area id."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.errors import InputError
from regsam_geo.text import problem

Array = npt.NDArray[np.float64]


def matched_counts(numerator: pd.Series, denominator: pd.Series) -> tuple[Array, Array]:
    """Return both as arrays in the order of the numerator, or say what is wrong with them."""
    # By id and not by place; only a pure change of order is mended, anything else is an error of the caller.
    if not numerator.index.equals(denominator.index):
        if set(numerator.index) != set(denominator.index) or not denominator.index.is_unique:
            raise problem(InputError, "rates_index")
        denominator = denominator.reindex(numerator.index)
    y = numerator.to_numpy(dtype=np.float64, na_value=np.nan)
    x = denominator.to_numpy(dtype=np.float64, na_value=np.nan)
    for name, values in (("numerator", y), ("denominator", x)):
        if (values < 0).any():
            raise problem(InputError, "rates_negative", column=name, found=numerator.index[values < 0][0])
    return y, x
