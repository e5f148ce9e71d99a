from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import regsam_geo as rg
from regsam_geo.situation.dissimilarity import corrected, dissimilarity


def by_hand(members, people):
    """Half the sum of what the shares of the group and of all others differ by."""
    group, others = sum(members), sum(people) - sum(members)
    return sum(abs(m / group - (p - m) / others) for m, p in zip(members, people, strict=True)) / 2


TOWNS = st.lists(st.integers(1, 40), min_size=2, max_size=8).flatmap(
    lambda people: st.tuples(st.just(people), st.tuples(*(st.integers(0, n) for n in people)))
).filter(lambda town: 0 < sum(town[1]) < sum(town[0]))  # fmt: skip


@given(TOWNS)
def test_it_is_that_of_duncan_and_the_lot_that_of_the_hypergeometric_distribution(town):
    people, members = town
    index, by_lot = dissimilarity(np.array(members, dtype=float), np.array(people, dtype=float))
    assert index == pytest.approx(by_hand(members, people))
    total, group = sum(people), sum(members)
    away = 0.0
    for n in people:
        x = np.arange(n + 1)
        away += (np.abs(x - n * group / total) * stats.hypergeom(total, group, n).pmf(x)).sum()
    assert by_lot == pytest.approx(0.5 * total / (group * (total - group)) * away)


def test_the_lot_is_what_drawing_lots_gives():
    people = np.array([120, 80, 300, 40])
    deal = np.random.default_rng(1).multivariate_hypergeometric(people, 60, 4_000)
    drawn = [dissimilarity(row.astype(float), people.astype(float))[0] for row in deal]
    _, by_lot = dissimilarity(np.array([20.0, 10, 25, 5]), people.astype(float))
    assert by_lot == pytest.approx(np.mean(drawn), rel=0.02)


def test_ends_gaps_and_what_cannot_be():
    assert dissimilarity(np.array([5.0, 0.0]), np.array([5.0, 9.0]))[0] == 1.0
    assert dissimilarity(np.array([5.0, 10.0]), np.array([50.0, 100.0]))[0] == pytest.approx(0.0)
    with_gap = dissimilarity(np.array([5.0, np.nan, 1.0]), np.array([50.0, 7.0, 100.0]))
    assert with_gap == dissimilarity(np.array([5.0, 1.0]), np.array([50.0, 100.0]))
    for members, people in (([0.0, 0.0], [5.0, 5.0]), ([5.0, 5.0], [5.0, 5.0]), ([9.0, 1.0], [5.0, 5.0])):
        assert np.isnan(dissimilarity(np.array(members), np.array(people))).all()
    assert corrected(1.0, 0.3) == 1.0
    assert corrected(0.3, 0.3) == 0.0


@pytest.mark.slow
def test_index_and_correction_are_those_of_pysal():
    """``segregation`` of PySAL: the index to the last digit, the correction as near as its redraws are."""
    # it takes two seconds to load
    from segregation.singlegroup import Dissim, ModifiedDissim

    children = "(Regel-)Leistungsberechtigte - nicht erwerbsfähig - Anteil"
    data = rg.load_sample().sel(children, level="district").data
    ours = rg.polarization(rg.load_sample(), [children]).set_index("period")
    assert len(ours) > 15
    for period, rows in data.groupby("period"):
        counts = pd.DataFrame({"group": rows["numerator"].round(), "people": rows["denominator"].round()})
        assert ours.loc[period, "dissimilarity"] == pytest.approx(Dissim(counts, "group", "people").statistic)
    counts = counts.astype(int)
    # all redraws of one call take one seed, so that they are one: the mean over many calls is what is meant
    redrawn = [
        ModifiedDissim(counts, "group", "people", iterations=2, n_jobs=1, seed=seed).statistic
        for seed in range(1, 81)
    ]
    assert ours.loc[period, "corrected"] == pytest.approx(np.mean(redrawn), abs=0.0008)
    assert abs(np.mean(redrawn) - ours.loc[period, "dissimilarity"]) > 0.008
