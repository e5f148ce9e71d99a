"""Numbers and periods are written as people expect them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsam_geo.text import NOT_AVAILABLE, format_number, format_p, format_period, round_half_up


@pytest.mark.parametrize(
    ("value", "decimals", "german", "english"),
    [
        (1603776, 0, "1.603.776", "1,603,776"),
        (3.95, 1, "4,0", "4.0"),  # half up, though the binary number lies below 3.95
        (0.25, 1, "0,3", "0.3"),  # half to even would give 0.2
        (-0.04, 1, "0,0", "0.0"),  # no negative zero
        (-1234.5, 1, "−1.234,5", "−1,234.5"),
        (float("nan"), 1, NOT_AVAILABLE, NOT_AVAILABLE),
        (None, 1, NOT_AVAILABLE, NOT_AVAILABLE),
        (float("inf"), 1, NOT_AVAILABLE, NOT_AVAILABLE),
    ],
)
def test_numbers_in_both_languages(value, decimals, german, english):
    assert format_number(value, decimals, lang="de") == german
    assert format_number(value, decimals, lang="en") == english


@pytest.mark.parametrize("value", [-0.04, -0.0, 0.04])
def test_a_rounded_zero_has_no_sign(value):
    # a CSV holds it as it is
    assert str(round_half_up(value, 1)) == "0.0"


def test_a_signed_number_has_its_plus_but_zero_has_none():
    assert format_number(0.4, 1, sign=True, lang="de") == "+0,4"
    assert format_number(0.04, 1, sign=True, lang="de") == "0,0"


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_reading_a_written_number_gives_it_rounded(value, decimals):
    written = format_number(value, decimals, lang="de")
    read = Decimal(written.replace(".", "").replace(",", ".").replace("−", "-"))
    expected = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    assert read == expected


def test_small_probabilities_have_a_floor():
    assert format_p(0.0004, "de") == "p < 0,001"
    assert format_p(0.0126, "en") == "p = 0.013"


@pytest.mark.parametrize(
    ("period", "german", "english"),
    [
        ("2024", "2024", "2024"),
        ("2024-H1", "1. Halbjahr 2024", "H1 2024"),
        ("2024-Q3", "3. Quartal 2024", "Q3 2024"),
        ("2024-03", "März 2024", "March 2024"),
        ("2024-W07", "KW 7/2024", "week 7, 2024"),
    ],
)
def test_periods(period, german, english):
    assert format_period(period, "de") == german
    assert format_period(period, "en") == english
