"""Values far off stand in classes of their own, by a rule that is checked against its words."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import regsam_geo as rg
from regsam_geo.look import classify

WHOLES = st.lists(st.integers(0, 200), min_size=8, max_size=60)
SETTINGS = settings(max_examples=60, deadline=None, derandomize=True)


def groups(values, **options):
    """The values of each class, from low to high."""
    classes = classify(values, "apart", decimals=0, **options)
    found = classes.assign(values)
    return classes, [sorted(np.asarray(values)[found == i].tolist()) for i in range(len(classes))]


def half_width(values):
    return float(np.subtract(*np.quantile(values, [0.75, 0.25])))


ORDINARY = st.lists(st.integers(1, 3), min_size=12, max_size=60).map(lambda steps: np.cumsum(steps).tolist())
"""Values without a wide gap."""


@SETTINGS
@given(ORDINARY, st.sampled_from([-1, 1]), st.integers(2, 12), st.integers(1, 20))
def test_a_far_value_stands_alone_in_its_class(values, side, k, times):
    reach = int(np.ptp(values)) * times
    far = max(values) + reach if side > 0 else min(values) - reach
    _, found = groups([*values, far], k=k)
    assert found[-1 if side > 0 else 0] == [far]


@SETTINGS
@given(WHOLES, st.sampled_from([-1, 1]), st.integers(6, 12))
def test_it_stands_alone_among_any_others_where_classes_are_many(values, side, k):
    # even where others are far off too, on both sides
    reach = 3 * max(int(np.ptp(values)), 1)
    far = max(values) + reach if side > 0 else min(values) - reach
    _, found = groups([*values, far], k=k)
    assert found[-1 if side > 0 else 0] == [far]


@SETTINGS
@given(ORDINARY, st.integers(3, 12))
def test_far_values_of_both_sides_do_not_share_a_class_with_ordinary_ones(values, k):
    reach = 4 * int(np.ptp(values))
    low, high = min(values) - reach, max(values) + reach
    _, found = groups([low, *values, high], k=k)
    assert found[0] == [low]
    assert found[-1] == [high]


@SETTINGS
@given(WHOLES, st.integers(1, 12), st.randoms(use_true_random=False))
def test_no_class_is_empty_and_the_order_of_the_values_does_not_matter(values, k, random):
    classes, found = groups(values, k=k)
    assert len(classes) <= k
    assert all(found)
    assert sorted(value for group in found for value in group) == sorted(values)
    shuffled = random.sample(values, len(values))
    assert classify(shuffled, "apart", k, decimals=0) == classes


@SETTINGS
@given(WHOLES, st.integers(1, 12))
def test_without_a_wide_gap_it_is_the_same_as_quantiles(values, k):
    ordered = np.sort(values)
    if half_width(ordered) > np.diff(ordered).max():
        assert classify(values, "apart", k, decimals=0) == classify(values, "quantiles", k, decimals=0)


def test_the_rule_by_hand():
    # the middle half reaches from 14 to 22: a gap of 8 parts, one of 7 does not
    ordinary = list(range(10, 27))
    assert half_width([*ordinary, 34]) <= 8.5
    assert groups([*ordinary, 35])[1][-1] == [35]
    assert len(groups([*ordinary, 33])[1][-1]) > 1
    # to the digit: the middle half of these reaches from 42.5 to 127.5
    tens = list(range(0, 170, 10))
    assert half_width([*tens, 245]) == 85
    assert groups([*tens, 245])[1][-1] == [245]
    assert len(groups([*tens, 244])[1][-1]) > 1
    # two far values stand together where classes are few, apart where there are enough
    assert groups([*ordinary, 60, 90], k=3)[1][-1] == [60, 90]
    assert groups([*ordinary, 60, 90], k=5)[1][-2:] == [[60], [90]]
    # two halves: neither is far from the other
    assert classify([*range(10), *range(90, 100)], "apart", 4, decimals=0).method == "quantiles"
    # more than half of all are zero: the others are divided, and the largest are not lost among them
    assert groups([0] * 20 + [1, 1, 2, 2, 30], k=4)[1][-1] == [30]
    assert [len(group) for group in groups([5] * 9, k=5)[1]] == [9]


def test_the_label_below_a_far_value_ends_with_the_highest_ordinary_one():
    classes = classify([*range(10, 27), 35], "apart", 3, decimals=0)
    assert classes.labels("de")[-2:] == ["18 bis 26", "35"]
    # a value in the gap belongs to the class below it, and then its label reaches up to the far one
    assert classes.covering([26, 35]).labels("de")[-2:] == ["18 bis 26", "35"]
    assert classes.covering([27]).labels("de")[-2:] == ["18 bis unter 35", "35"]
    # below the others: the far value is named, what follows begins with the lowest ordinary one
    low = classify([1, *range(10, 27)], "apart", 3, decimals=0)
    assert low.labels("de")[:2] == ["1", "10 bis unter 18"]


@SETTINGS
@given(WHOLES, st.integers(1, 12))
def test_every_value_lies_between_the_numbers_of_its_label(values, k):
    classes = classify(values, "apart", k, decimals=0)
    for value, place in zip(values, classes.assign(values), strict=True):
        label = classes.labels("de")[place].replace("\N{MINUS SIGN}", "-")
        numbers = [int(one.replace(".", "")) for one in re.findall(r"-?\d[\d.]*", label)]
        low, high = numbers[0], numbers[-1]
        assert low <= value <= high
        assert "unter" not in label or value < high


@pytest.mark.parametrize("k", [1, 2, 3, 5, 12])
def test_few_values_and_few_classes(k):
    for n in (1, 2, 3, 4, 5, 7):
        values = [*range(n - 1), 1000]
        classes, found = groups(values, k=k)
        assert len(classes) <= k
        assert all(found)
        if n > 3 and k > 1:
            assert found[-1] == [1000]


def test_the_outlier_of_a_warned_map_of_the_sample_stands_alone():
    moves = rg.load_sample().sel("Innerräumliche Umzugsziffer", period=2024, level="district").data
    values = moves.set_index("area_id")["value"]
    assert values.nlargest(2).round(1).tolist() == [81.8, 20.1]
    shared = classify(values, "quantiles").counts(values)
    classes = classify(values)
    assert shared[-1] > 1
    assert classes.counts(values).tolist()[-1] == 1
    assert classes.labels("de")[-1] == "81,8"
    assert pd.Series(classes.assign(values), values.index)["12"] == len(classes) - 1


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ([4.42305, 5.1234567, 6.23456, 7.3456, 8.4567], "4,42"),
        ([0.123456, 0.234567, 0.345678, 0.77777], "0,12"),
        ([1234.5678, 2345.6789, 3456.7891], "1.235"),
        ([0.00123456, 0.00234567, 0.00345678], "0,0012"),
        ([1000.111111, 1000.222222, 1000.333333], "1.000,11"),
    ],
)
def test_computed_values_are_shown_with_about_three_digits(values, labels):
    assert classify(values, k=3).labels("de")[0].startswith(labels)
