"""Numbers of finished pages: what parts thousands in one is the decimal mark of another."""

from __future__ import annotations

import pytest

from regsam_geo.audit.numbers import read_number, writes_comma


@pytest.mark.parametrize(
    ("table", "text", "number"),
    [
        (["104.577", "52.649"], "104.577", 104577.0),
        (["104,577", "52,649"], "104,577", 104577.0),
        (["104.577", "4,1 %"], "104.577", 104577.0),
        (["104,577", "4.1 %"], "104,577", 104577.0),
        (["0,517", "1,204"], "1,204", 1.204),
        (["0.517", "1.204"], "1.204", 1.204),
        (["12", "7"], "12", 12.0),
    ],
)
def test_the_table_says_what_a_mark_is(table, text, number):
    span, _ = read_number(text, comma=writes_comma(table))
    assert span.low <= number <= span.high
    assert span.high - span.low <= 0.002
