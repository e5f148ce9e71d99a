"""Looking back with few tests gives what full reports of each earlier period give."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

import regsam_geo as rg
from regsam_geo.warning import Context, Settings
from regsam_geo.warning.detectors.cluster import CLUSTER
from regsam_geo.warning.detectors.spatial import spatial_floor, spatial_p
from regsam_geo.warning.report import past
from regsam_geo.warning.report.history import UNIT, Reports
from regsam_geo.warning.report.past import warned_cells
from regsam_geo.warning.schema.cube import cubes
from regsam_geo.warning.schema.detector import Detector, Past, floor_zero
from regsam_geo.warning.statistics.multiplicity import q_of

NEAR = {"district": rg.neighbors(rg.load_boundaries("district"))}


@dataclass
class Table:
    """What a cube is to the bounds: cells that have a value, and parts of them."""

    cells: np.ndarray

    @property
    def value(self):
        return self.cells[:, None]

    def take(self, series):
        return Table(self.cells[series])


class Known:
    """p that are known already; the series of a cube are told by the values of their cells."""

    def __init__(self, p):
        self.by_value = p.ravel()
        self.asked = 0

    def p(self, cube, context):
        self.asked += len(cube.cells)
        return self.by_value[cube.cells.astype(int)]

    def detector(self, floor=floor_zero, *, corrected=True):
        return Detector("known", "temporal", self.p, past=Past(self.p, floor), corrected=corrected)


def table_of(shape):
    return Table(np.arange(np.prod(shape), dtype=float).reshape(shape))


# small tables in no time: the many ways in which p, gaps and ties meet are what matters
@settings(max_examples=200)
@given(st.integers(0, 10**6), st.sampled_from([1, 2, 7]), st.booleans(), st.booleans())
@example(6844, 1, True, True)  # the q of one cell is 0.10 itself
def test_few_tests_say_what_all_tests_say(seed, portion, gaps, ties):
    rng = np.random.default_rng(seed)
    shape = (rng.integers(1, 12), rng.integers(1, 9))
    p = rng.random(shape) ** rng.choice([1, 2, 4])
    p = np.round(p, 2) if ties else p
    p[rng.random(shape) < 0.2 * gaps] = np.nan
    asked = rng.random(shape) < 0.1
    there = np.isfinite(p)
    # the q of a full report: scipy's but for the order of multiplying and dividing, so that where q is 0.10
    # itself the last digit of the one may lie below and that of the other not
    q = q_of(p, np.zeros(shape), 0.10)
    if there.any():
        np.testing.assert_allclose(q[there], false_discovery_control(p[there]), rtol=1e-14)
    expected = q < 0.10
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(past, "PORTION", portion)
        found = warned_cells(table_of(shape), asked, [Known(p).detector()], Context("2024"))
    assert (found == (asked & expected)).all()


@pytest.mark.parametrize(("p", "warns", "series"), [(1e-6, True, 1), (0.5, False, 1), (0.09, False, 65)])
def test_what_is_settled_early_is_not_tested_further(p, warns, series):
    all_p = np.random.default_rng(1).random((400, 25))
    all_p[0, 0] = p
    asked = np.zeros(all_p.shape, dtype=bool)
    asked[0, 0] = True
    known = Known(all_p)
    found = warned_cells(table_of(all_p.shape), asked, [known.detector()], Context("2024"))
    assert found[0, 0] == warns
    assert known.asked == series


def test_tests_that_could_not_succeed_do_not_count():
    p = np.array([[0.02, 0.5, 0.5, 0.5, 0.5]])
    floor = np.array([[0.001, 0.3, 0.3, 0.3, 0.3]])
    asked = np.array([[True, False, False, False, False]])
    for floors, warns in ((floor_zero, False), (lambda cube, context: floor, True)):
        kind = Known(p).detector(floors)
        assert warned_cells(table_of(p.shape), asked, [kind], Context("2024"))[0, 0] == warns


def test_a_p_that_allows_for_the_number_of_tests_is_not_corrected_again():
    p = np.array([[0.04, 0.5, 0.5], [0.09, 0.2, np.nan]])
    asked = np.array([[True, True, False], [True, False, True]])
    for corrected, warned in ((True, [[False] * 3] * 2), (False, [[True, False, False], [True, False, False]])):
        found = warned_cells(table_of(p.shape), asked, [Known(p).detector(corrected=corrected)], Context("2024"))
        assert found.tolist() == warned


@pytest.fixture(scope="module")
def gappy():
    """Made series with gaps, warnings that come and go, and areas that report nothing for years."""
    rng = np.random.default_rng(12)
    series, years, areas = 9, 14, 25
    walk = np.cumsum(rng.normal(0, 0.04, (series, years, areas)), axis=1)
    for number in range(series):
        walk[number, rng.integers(6, years, 3), rng.integers(0, areas, 3)] += rng.choice([-0.6, 0.6], 3)
    walk[0, -2:, 4] += 0.8
    walk[1, -6:, 9] += np.linspace(0.1, 0.9, 6)
    index = pd.MultiIndex.from_product(
        [[f"made {n}" for n in range(series)], range(2011, 2025), NEAR["district"].ids],
        names=["indicator", "period", "area_id"],
    )
    data = index.to_frame(index=False)
    data["denominator"] = 4000.0
    data["numerator"] = rng.binomial(4000, 1 / (1 + np.exp(2 - walk.ravel()))).astype(float)
    data["value"] = (data["numerator"] / 40).round(1)
    bare = data["indicator"].isin(["made 7", "made 8"])
    data.loc[bare, ["numerator", "denominator"]] = np.nan
    lost = (rng.random(len(data)) < 0.05) & (data["period"] < 2024)
    lost |= (data["indicator"] == "made 5") & (data["period"] < 2018)
    lost |= data["area_id"].isin(["07", "08"]) & (data["period"] < 2015)
    data.loc[lost, ["value", "numerator", "denominator"]] = np.nan
    names = data["indicator"].unique()
    catalogue = pd.DataFrame({"indicator": names, "group": "insgesamt", "scale": 100.0, "kind": "proportion"})
    return rg.Panel.from_frame(data, catalogue.assign(headline=True))


@pytest.mark.parametrize("portion", [1, 64])
def test_the_look_back_is_what_full_reports_say(gappy, portion, monkeypatch):
    monkeypatch.setattr(past, "PORTION", portion)
    table = rg.detect_warnings(rg.Study(gappy, settings=Settings(q_watch=0.3, lookback=7)))
    assert len(table) >= 3
    reports = Reports(gappy, NEAR, table.facts.settings, rg.warning.DETECTORS)
    history = table.facts.history
    assert list(history.columns) == [str(year) for year in range(2017, 2024)]
    for period in history.columns:
        full = reports.flagged(reports.findings(period), period)
        expected = history.index.isin(pd.MultiIndex.from_frame(full[UNIT]))
        assert history[period].tolist() == expected.tolist(), period
    assert history.to_numpy().any()
    assert not history.to_numpy().all()


def test_each_p_without_words_is_that_of_the_findings(gappy):
    for period in ("2013", "2018", "2024"):
        context = Context(period, NEAR)
        (cube,) = cubes(gappy, period)
        for detector in rg.warning.DETECTORS:
            if detector.past is None:
                continue
            found, kind = detector.test(gappy, context), detector.past
            found = found[(found["level"] != "city") & found["p"].notna()]
            p = kind.p(cube, context)
            row, column = cube.cells(found)
            np.testing.assert_allclose(p[row, column], found["p"], rtol=1e-9)
            assert np.isfinite(p).sum() == len(found)
            np.testing.assert_array_equal(kind.floor(cube, context)[row, column], found["p_floor"])


def test_a_floor_stands_wherever_there_is_a_spatial_test(gappy):
    (cube,) = cubes(gappy, "2014")
    context = Context("2014", NEAR)
    p, floor = spatial_p(cube, context), spatial_floor(cube, context)
    np.testing.assert_array_equal(np.isfinite(p), np.isfinite(floor))
    assert (p[np.isfinite(p)] >= floor[np.isfinite(p)] - 1e-15).all()
    assert np.isnan(spatial_p(cube, Context("2014"))).all()


def test_nothing_warns_and_nothing_is_looked_up(gappy):
    quiet = rg.detect_warnings(gappy.sel(["made 2", "made 3"]), detectors=[CLUSTER])  # warns nobody
    assert quiet.facts.history.shape == (0, 10)
    assert list(quiet.facts.history.columns) == [str(year) for year in range(2014, 2024)]
