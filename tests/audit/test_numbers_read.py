"""Numbers of finished pages: what parts thousands in one is the decimal mark of another."""

from __future__ import annotations

import pytest

from regsam_geo.audit.numbers import read_number, writes_comma
from regsam_geo.audit.places import Places


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


def test_a_decimal_names_no_region():
    """The region 9 is a number, and a number stands in every 0.9."""
    places = Places.of()
    text = "12 Schwabing-Freimann: Beratungen 0.9 %, surroundings about 3.4 %; Region 9 and Hadern, 4/12"
    assert [place for _, _, place in places.mentions(text)] == [
        ("district", "12"),
        ("region", "9"),
        ("district", "20"),
        ("region", "4/12"),
    ]
