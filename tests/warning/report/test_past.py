"""Looking back without words gives what full reports of each earlier period give."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.warning import Context, Settings
from regsam_geo.warning.detectors.cluster import CLUSTER
from regsam_geo.warning.detectors.spatial import spatial_floor, spatial_p
from regsam_geo.warning.report.history import UNIT, Reports
from regsam_geo.warning.report.past import flagged_cells
from regsam_geo.warning.schema.cube import cubes
from regsam_geo.warning.schema.detector import Detector, Past

pytestmark = pytest.mark.slow

NEAR = {"district": rg.neighbors(rg.load_boundaries("district"))}


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


def test_who_stood_in_past_reports_is_what_full_reports_say(gappy):
    settings = Settings(q_watch=0.3, lookback=7)
    table = rg.detect_warnings(rg.Study(gappy, settings=settings))
    quick, full = (Reports(gappy, NEAR, settings, rg.warning.DETECTORS) for _ in range(2))
    history = table.facts.history
    assert list(history.columns) == [str(year) for year in range(2017, 2024)]
    stood = 0
    for period in history.columns:
        expected = full.flagged(full.findings(period), period).set_index(UNIT).sort_index()
        found = quick.stood(period).set_index(UNIT).sort_index()
        assert found.index.tolist() == expected.index.tolist(), period
        assert history[period].tolist() == history.index.isin(expected.index).tolist(), period
        assert found["kind"].tolist() == expected["kind"].tolist()
        assert found["direction"].tolist() == expected["direction"].tolist()
        # a cluster is named beside another kind, and is no reason of its own
        assert found["kinds"].tolist() == [kinds.removeprefix("cluster+") for kinds in expected["kinds"]]
        for name in ("value", "expected", "p", "q"):
            np.testing.assert_allclose(found[name].astype(float), expected[name].astype(float), rtol=1e-9)
        stood += len(found)
    assert stood > 20


def test_what_was_expected_then_is_what_the_report_of_then_said():
    """With the tails and the lenders of all series, though only those that warned are asked for words."""
    quick, full = (Reports(rg.load_sample(), NEAR, Settings(), rg.warning.DETECTORS) for _ in range(2))
    expected = full.flagged(full.findings("2023"), "2023").set_index(UNIT)["expected"]
    found = quick.stood("2023").set_index(UNIT)["expected"]
    assert len(found) > 1
    np.testing.assert_allclose(found, expected[found.index], rtol=1e-12)


def test_tests_that_could_not_succeed_do_not_count_and_a_p_that_allows_for_them_is_not_corrected():
    cube = cubes(rg.load_sample().sel("Hochbetagte", level="district"), "2024")[0]
    p = np.full((1, 25), 0.5)
    p[0, 0] = 0.02
    for floor, corrected, warns in ((0.0, True, 0), (0.3, True, 1), (0.0, False, 1)):
        floors = np.where(p == 0.02, 0.001, floor)
        kind = Detector(
            "known",
            "temporal",
            lambda *_: None,
            past=Past(lambda *_: p, lambda *_, floors=floors: floors),
            corrected=corrected,
        )
        found = flagged_cells(cube, [kind], Context("2024"))
        assert found["area_id"].tolist() == ["01"] * warns


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
