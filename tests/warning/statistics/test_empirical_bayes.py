"""Empirical-Bayes rates against the published formulas, written out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from regsam_geo.errors import InputError
from regsam_geo.warning.statistics.empirical_bayes import shrunken_rates, standardized_rates

Y = pd.Series([3.0, 8.0, 120.0, 95.0, 0.0, 14.5], index=list("abcdef"))
X = pd.Series([40.0, 60.0, 1000.0, 1100.0, 9.0, 150.0], index=list("abcdef"))


def test_standardized_rates_are_those_of_assuncao_and_reis():
    p, b = Y / X, Y.sum() / X.sum()
    s2 = (X * (p - b) ** 2).sum() / X.sum()
    a = s2 - b / (X.sum() / len(X))
    v = a + b / X
    v = v.where(v > 0, b / X)
    pd.testing.assert_series_equal(standardized_rates(Y, X), (p - b) / np.sqrt(v), check_names=False)


def test_shrunken_rates_are_those_of_marshall():
    p, b = Y / X, Y.sum() / X.sum()
    s2 = (X * (p - b) ** 2).sum() / X.sum()
    a = max(s2 - b / (X.sum() / len(X)), 0.0)
    pd.testing.assert_series_equal(shrunken_rates(Y, X), b + (p - b) * a / (a + b / X), check_names=False)


@pytest.mark.parametrize("function", [standardized_rates, shrunken_rates])
def test_zero_denominator_concerns_its_own_area_only(function):
    y, x = Y.copy(), X.copy()
    y["g"], x["g"] = 0.0, 0.0
    y["h"], x["h"] = np.nan, 10.0
    found = function(y, x)
    assert found[["g", "h"]].isna().all()
    pd.testing.assert_series_equal(found.drop(["g", "h"]), function(Y, X))


@pytest.mark.parametrize("function", [standardized_rates, shrunken_rates])
def test_order_extremes_and_errors(function):
    pd.testing.assert_series_equal(function(Y, X.iloc[::-1]), function(Y, X))
    assert function(Y * 0, X).eq(0).all()
    assert function(Y * np.nan, X).isna().all()
    with pytest.raises(InputError):
        function(Y, X.drop("a"))
    with pytest.raises(InputError):
        function(-Y, X)
