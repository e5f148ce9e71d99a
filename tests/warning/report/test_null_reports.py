"""Null reports: made of the past surprises, as heavy-tailed and as short as they are."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.warning import Context, Detector, as_findings
from regsam_geo.warning.detectors.newest_change import newest_cubes
from regsam_geo.warning.report.null_reports import _model, _Order, _rows_of

PERIODS = [str(year) for year in range(2012, 2025)]


def panel_of(seed, *, tails=0.0, periods=PERIODS):
    """Two shares that walk in 25 areas of unequal size; the steps of both are the same, year by year."""
    rng = np.random.default_rng(seed)
    shape = (len(periods), 25)
    steps = rng.standard_t(tails, shape) / np.sqrt(3) if tails else rng.normal(size=shape)
    people = np.geomspace(20_000, 200_000, 25)
    rows = []
    for number in range(2):
        logit = -2 + 0.1 * number + np.cumsum(0.05 * steps, axis=0)
        cases = people / (1 + np.exp(-logit))
        for period, values in zip(periods, cases, strict=True):
            rows += [
                (f"share {number}", period, f"{area:02d}", x, d)
                for area, (x, d) in enumerate(zip(values, people, strict=True))
            ]
    data = pd.DataFrame(rows, columns=["indicator", "period", "area_id", "numerator", "denominator"])
    data = data.assign(group="insgesamt", level="own", value=100 * data["numerator"] / data["denominator"])
    catalogue = pd.DataFrame({"indicator": ["share 0", "share 1"], "group": "insgesamt", "scale": 100.0})
    return rg.Panel.from_frame(data, catalogue.assign(kind="proportion", headline=True))


def simulated(panel, seed=1):
    context = Context("2024")
    (cube,) = newest_cubes(panel, context)
    names = pd.MultiIndex.from_frame(panel.catalogue[["indicator", "group"]])
    model = _model(cube, names, context)
    rng = np.random.default_rng(seed)
    order = _Order.draw([model], rng)
    return model, order, model.simulate(order, rng)


def changes(cube):
    logit = np.log(cube.numerator) - np.log(cube.denominator - cube.numerator)
    return np.diff(logit, axis=1)


def test_what_happened_in_one_year_stays_together_in_all_series_and_areas():
    panel = panel_of(1)
    model, order, made = simulated(panel)
    assert not order.shuffle
    drawn, real = changes(made), changes(model.cube)
    # both series have the same steps, in the simulated report too
    assert np.corrcoef(drawn[0].ravel(), drawn[1].ravel())[0, 1] > 0.95
    # each simulated year is a real one, up to its sign and what follows from the year before
    for place in range(3, drawn.shape[1]):
        past = model.cube.numbers.tolist().index(order.year[int(model.cube.numbers[place + 1])]) - 1
        one, other = (x - np.median(x) for x in (drawn[0, place], real[0, past]))
        assert abs(np.corrcoef(one, other)[0, 1]) > 0.85


def test_the_newest_year_is_a_past_one_and_stands_only_once():
    _, order, _ = simulated(panel_of(2))
    newest = max(order.year)
    assert order.year[newest] < newest
    assert list(order.year.values()).count(order.year[newest]) == 1


def test_with_a_short_past_the_areas_change_places():
    _, order, made = simulated(panel_of(3, periods=PERIODS[-5:]))
    assert order.shuffle
    assert np.corrcoef(changes(made)[0].ravel(), changes(made)[1].ravel())[0, 1] > 0.9


def test_heavy_tails_are_told():
    heavy, light = (
        np.mean(
            [rg.expected_false_warnings(panel_of(seed, tails=tails), reports=10).warnings for seed in range(3)]
        )
        for tails in (3.0, 0.0)
    )
    assert heavy > 2 * light


def test_denominators_and_gaps_are_the_real_ones():
    panel = panel_of(4)
    data = panel.data[~((panel.data["area_id"] == "03") & (panel.data["period"] == "2019"))]
    model, _, made = simulated(rg.Panel(data, panel.catalogue))
    np.testing.assert_array_equal(np.isnan(made.value), np.isnan(model.cube.value))
    there = np.isfinite(made.value)
    np.testing.assert_array_equal(made.denominator[there], model.cube.denominator[there])
    np.testing.assert_allclose(made.value[there], (100 * made.numerator / made.denominator)[there])


def test_a_detector_of_ones_own_is_asked_too():
    def third(panel, context):
        rows = panel.data[(panel.data["period"] == context.period) & (panel.data["area_id"] == "03")]
        return as_findings(rows.assign(kind="third", direction="up", p=1e-9, p_floor=0.0, reason="third"))

    null = rg.expected_false_warnings(panel_of(5), reports=3, detectors=[Detector("third", "temporal", third)])
    # both series warn in the third area of each report
    assert null.warnings == pytest.approx(2.0)
    assert null.by_kind.to_dict() == {"third": 2.0}


def test_adjacent_areas_of_one_event_are_one_warning():
    near = {"district": rg.neighbors(rg.load_boundaries("district"))}
    one, other = near["district"].ids[0], near["district"][near["district"].ids[0]][0]
    far = next(area for area in near["district"].ids if area not in {one, *near["district"][one]})
    rows = [
        (0, one, "change", "up"), (0, other, "change", "up"), (0, one, "drift", "up"),
        (1, one, "zone", "up"), (1, far, "zone", "up"),
        (2, one, "change", "up"), (2, other, "change", "down"),
        (3, one, "level", "up"), (3, other, "level", "up"),
    ]  # fmt: skip
    hits = pd.DataFrame(rows, columns=["report", "area_id", "kind", "direction"])
    hits = hits.assign(indicator="a", group="insgesamt", level="district")
    counted = _rows_of(hits, Context("2024", near), rg.warning.DETECTORS)
    assert counted.to_dict() == {0: 1, 1: 2, 2: 2, 3: 2}


def test_counts_of_months_keep_their_course():
    names = [f"{year}-{month:02d}" for year in range(2017, 2025) for month in range(1, 13)]
    rng = np.random.default_rng(4)
    mean = np.geomspace(5, 80, 25) * (1 + 0.4 * np.cos(np.arange(96) * np.pi / 6))[:, None]
    cases = rng.poisson(mean).astype("float64")
    rows = [("cases", name, f"{area:02d}") for name in names for area in range(25)]
    data = pd.DataFrame(rows, columns=["indicator", "period", "area_id"]).assign(value=cases.ravel())
    panel = rg.Panel.from_frame(data.assign(group="insgesamt", level="own"))
    context = Context("2024-12")
    (cube,) = newest_cubes(panel, context)
    model = _model(cube, pd.MultiIndex.from_frame(panel.catalogue[["indicator", "group"]]), context)
    rng = np.random.default_rng(1)
    made = np.stack([model.simulate(_Order.draw([model], rng), rng).value[0] for _ in range(20)])
    assert (made >= 0).all()
    assert (made == np.round(made)).all()
    assert (made[:, -1] != cases[-1]).mean() > 0.5
    # where nothing is unusual the sum of 20 x 25 newest months is known to 1 %, and chi-square to 6 %
    assert made[:, -1].sum() / (20 * mean[-1].sum()) == pytest.approx(1.0, abs=0.06)
    assert ((made[:, -1] - mean[-1]) ** 2 / mean[-1]).mean() == pytest.approx(1.0, abs=0.3)
