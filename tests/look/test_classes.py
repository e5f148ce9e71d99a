from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsam_geo.errors import InputError, OptionError
from regsam_geo.look import classify
from regsam_geo.look.classes import METHODS, on_grid
from regsam_geo.look.steps import natural
from regsam_geo.text import format_number, round_half_up

numbers = st.lists(st.floats(-1e6, 1e6).map(lambda x: round(x, 3)), min_size=1, max_size=60)


@given(numbers, st.sampled_from(METHODS), st.integers(1, 12))
def test_every_value_has_one_class_whose_label_holds_it(values, method, k):
    classes = classify(values, method, k, center=float(np.median(values)))
    found = classes.assign(values)
    assert found.min() >= 0
    assert found.max() < len(classes)
    assert (np.diff(classes.breaks)[:-1] > 0).all()
    grid = on_grid(np.array(values), classes.decimals)
    limits = on_grid(np.array(classes.breaks), classes.decimals)
    for value, i in zip(grid, found, strict=True):
        assert limits[i] <= value or (i == 0 and classes.open_below)
        assert value < limits[i + 1] or i == len(classes) - 1
    assert classes.counts(values).sum() == len(values)


@given(numbers, st.sampled_from(METHODS), st.integers(1, 12), st.sampled_from(["de", "en"]))
def test_labels_never_repeat(values, method, k, lang):
    labels = classify(values, method, k, center=float(np.mean(values))).labels(lang, "%")
    assert len(set(labels)) == len(labels)


@given(numbers, st.sampled_from(METHODS), st.integers(1, 12))
def test_one_color_per_class_and_none_twice(values, method, k):
    classes = classify(values, method, k, center=float(np.mean(values)))
    for palette in ("isar", "isar-brick", "grey"):
        colors = classes.colors(palette)
        assert len(colors) == len(classes)
        assert len(set(colors)) == len(colors)


@given(st.floats(-1e5, 1e5), st.integers(0, 4))
def test_the_grid_rounds_as_numbers_are_printed(value, decimals):
    # beyond twelve digits a float no longer says which way its written form rounds
    assert on_grid(np.array([value]), decimals)[0] == float(round_half_up(value, decimals).scaleb(decimals))


def test_a_value_stands_in_the_class_that_its_printed_number_says():
    classes = classify([1.0, 2.0, 3.4, 5.0], [3.4], decimals=1)
    assert classes.assign([3.349, 3.35]).tolist() == [0, 1]
    assert format_number(3.35, 1, lang="de") == "3,4"


def test_quantiles_put_equal_numbers_in_each_class():
    assert classify(np.arange(100), "quantiles", 4).counts(np.arange(100)).tolist() == [25, 25, 25, 25]


def test_quantiles_keep_equal_values_together():
    values = [1] * 10 + [2, 3]
    classes = classify(values, "quantiles", 4)
    assert classes.counts(values).tolist() == [10, 2]
    assert classes.labels("de") == ["1", "2 bis 3"]


@pytest.mark.parametrize("k", [2, 3, 5, 8])
def test_natural_breaks_are_as_good_as_those_of_mapclassify(k):
    import mapclassify

    rng = np.random.default_rng(k)
    values = np.round(rng.gamma(2.0, 100.0, 120))
    groups = np.searchsorted(natural(values, k), values, side="right") - 1
    ours = sum(((values[groups == g] - values[groups == g].mean()) ** 2).sum() for g in range(k))
    theirs = mapclassify.FisherJenks(values, k=k)
    other = sum(((values[theirs.yb == g] - values[theirs.yb == g].mean()) ** 2).sum() for g in range(k))
    assert ours == pytest.approx(other)


@given(st.lists(st.integers(0, 30), min_size=3, max_size=9), st.integers(2, 4))
def test_natural_breaks_are_the_best_of_all(values, k):
    from itertools import combinations

    grid = np.array(values, dtype=float)
    distinct = np.unique(grid)
    k = min(k, len(distinct))

    def loss(begins):
        groups = np.searchsorted(begins, grid, side="right") - 1
        return sum(((grid[groups == g] - grid[groups == g].mean()) ** 2).sum() for g in np.unique(groups))

    best = min(loss([distinct[0], *cuts]) for cuts in combinations(distinct[1:], k - 1))
    assert loss(natural(grid, k)) == pytest.approx(best)


def test_periods_are_pooled():
    early, late = pd.Series([1.0, 2.0, 3.0]), pd.Series([7.0, 8.0, 9.0])
    classes = classify([early, late], "equal", 4)
    assert (classes.breaks[0], classes.breaks[-1]) == (1, 9)
    assert classes == classify(pd.DataFrame({"2010": early, "2020": late}), "equal", 4)


def test_diverging_classes_are_even_around_the_reference():
    values = [2.0, 3.0, 4.4, 5.0, 9.0]
    even = classify(values, "diverging", 4, center=4.4, decimals=1)
    assert even.breaks[2] == 4.4
    assert even.below == 2
    assert not even.middle
    assert even.breaks[2] - even.breaks[1] == pytest.approx(even.breaks[3] - even.breaks[2])
    odd = classify(values, "diverging", 5, center=4.4, decimals=1)
    assert odd.middle
    assert odd.assign([4.4]).tolist() == [2]
    colors = even.colors("isar-brick")
    assert colors == ("#2c6997", "#77b0c7", "#e19d61", "#ac5130")


def test_values_beyond_the_ends_open_them():
    classes = classify([1, 2, 3, 4], "quantiles", 2)
    assert classes.labels("de") == ["1 bis unter 3", "3 bis 4"]
    assert classes.covering([0, 9]).labels("de") == ["unter 3", "3 und mehr"]
    assert classes.assign([0, 9]).tolist() == [0, 1]


def test_missing_values_have_no_class():
    assert classify([1.0, np.nan, 3.0], "equal", 2).assign([np.nan, 3.0]).tolist() == [-1, 1]
    nothing = classify([np.nan, np.nan])
    assert len(nothing) == 0
    assert nothing.labels() == []
    assert nothing.colors("isar") == ()
    assert nothing.assign([np.nan]).tolist() == [-1]


def test_nullable_columns_are_welcome():
    values = pd.Series([1, None, 5], dtype="Int64")
    assert classify(values, "equal", 2).assign(values).tolist() == [0, -1, 1]


def test_labels_in_both_languages():
    classes = classify([0, 1500, 3000], [1000, 2500])
    assert classes.labels("de", "€") == ["unter 1.000\xa0€", "1.000 bis unter 2.500\xa0€", "2.500 und mehr\xa0€"]
    assert classes.labels("en") == ["under 1,000", "1,000 to under 2,500", "2,500 and more"]


@pytest.mark.parametrize(
    ("call", "error", "code"),
    [
        (lambda: classify(["a", "b"]), InputError, "values_text"),
        (lambda: classify([1.0, np.inf]), InputError, "values_infinite"),
        (lambda: classify([1, 2], [3, 2]), OptionError, "classes_order"),
        (lambda: classify([1, 2], []), OptionError, "classes_order"),
        (lambda: classify([1, 2], "jenks"), OptionError, "classes_method"),
        (lambda: classify([1, 2], k=13), OptionError, "classes_number"),
        (lambda: classify([1, 2], "diverging"), OptionError, "classes_center"),
    ],
)
def test_wrong_input_gives_one_clear_error(call, error, code):
    with pytest.raises(error) as caught:
        call()
    assert caught.value.code == code
