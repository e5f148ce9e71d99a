from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from regsam_geo.errors import InputError
from regsam_geo.warning.statistics.matched_counts import matched_counts


def test_the_numerator_gives_the_order_and_missing_stays_missing():
    y, x = matched_counts(
        pd.Series([3, pd.NA, 5], list("abc"), dtype="Int64"), pd.Series([50.0, 30.0, 40.0], list("cab"))
    )
    np.testing.assert_array_equal(y, [3.0, np.nan, 5.0])
    np.testing.assert_array_equal(x, [30.0, 40.0, 50.0])


@pytest.mark.parametrize("denominator", [pd.Series([1.0], ["a"]), pd.Series([1.0, 2.0, 3.0], ["a", "b", "b"])])
def test_ids_that_do_not_match_are_refused(denominator):
    with pytest.raises(InputError):
        matched_counts(pd.Series([1.0, 2.0], ["a", "b"]), denominator)


def test_a_negative_number_is_named_with_its_area():
    with pytest.raises(InputError, match=r"numerator.*b|b.*numerator"):
        matched_counts(pd.Series([1.0, -2.0], ["a", "b"]), pd.Series([1.0, 2.0], ["a", "b"]))
