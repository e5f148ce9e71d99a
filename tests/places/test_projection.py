"""Need to come, and space to be kept: by hand, and the backtest from the plain CSV."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from pathlib import Path
from statistics import median

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import regsam_geo as rg
from regsam_geo.errors import InputError, OptionError
from regsam_geo.places.projection_rules import backtest, projected_rate, spread_of

CSV = Path(__file__).parents[2] / "data" / "indicators" / "sample.csv"
NAME = "Hochbetagte"


def series(growth: float = 1.0, start: float = 100.0) -> pd.DataFrame:
    """Twelve years of two areas, whose rate grows by a factor a year."""
    rows = [
        ("Bedarf", str(2013 + year), area, start * weight * growth**year, 1000.0 * weight)
        for year in range(12)
        for area, weight in (("g1", 1.0), ("g2", 3.0))
    ]
    frame = pd.DataFrame(rows, columns=["indicator", "period", "area_id", "numerator", "denominator"])
    return frame.assign(value=100 * frame["numerator"] / frame["denominator"], level="own")


def panel_of(frame: pd.DataFrame) -> rg.Panel:
    about = {"scale": 100.0, "kind": "proportion", "counts_persons": True, "summable": True, "title_de": "Bedarf"}
    keys = frame.assign(group=frame.get("group", "insgesamt"))[["indicator", "group"]].drop_duplicates()
    return rg.Panel.from_frame(frame, keys.assign(**about))


def people(**values: float) -> pd.DataFrame:
    return pd.DataFrame({"area_id": list(values), "period": 2030, "value": list(values.values())})


def cases(projected: rg.Panel) -> dict[str, float]:
    rows = projected.data[projected.data["indicator"].str.endswith(": Fälle")]
    return rows[rows["group"] == "insgesamt"].set_index("area_id")["value"].to_dict()


def test_rates_held_trended_and_set_by_hand():
    scenario = people(g1=1500, g2=2000)
    flat = rg.project_need(panel_of(series()), rg.Assumptions(scenario))
    assert cases(flat) == pytest.approx({"g1": 150, "g2": 200})
    assert flat.backtest[["median_error", "sum_error"]].abs().max(axis=None) == pytest.approx(0, abs=1e-12)
    # 2 % a year go on for six more years; the half that is added to each count bends it a little
    grown = panel_of(series(1.02, 20_000.0).assign(denominator=lambda rows: rows["denominator"] * 1000))
    rate = 20_000 * 1.02**11 / 1_000_000
    trended = rg.project_need(grown, rg.Assumptions(scenario, "trend"))
    assert cases(trended) == pytest.approx({"g1": 1500 * rate * 1.02**6, "g2": 2000 * rate * 1.02**6}, rel=1e-4)
    held = rg.project_need(grown, rg.Assumptions(scenario, "held"))
    assert cases(held) == pytest.approx({"g1": 1500 * rate, "g2": 2000 * rate})
    assert held.backtest["sum_error"].tolist() == pytest.approx([1.02**-k - 1 for k in (3, 5, 10)])
    for given in (20, {2030: 20}):
        assert cases(rg.project_need(grown, rg.Assumptions(scenario, given))) == {"g1": 300, "g2": 400}


def from_csv() -> dict[str, dict[int, tuple[float, float]]]:
    """Read cases and people of the districts, with nothing of the library."""
    found: dict[str, dict[int, tuple[float, float]]] = defaultdict(dict)
    with CSV.open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if row["indicator"] == NAME and row["level"] == "district":
                found[row["area_id"]][int(row["period"])] = (float(row["base_1"]), float(row["base_2"]))
    return found


def test_the_backtest_is_that_of_the_plain_csv():
    panel = rg.load_sample().sel(NAME, level="district")
    scenario = panel.sel(period=2024).data[["area_id"]].assign(period=2030, value=30_000.0)
    projected = rg.project_need(panel, rg.Assumptions(scenario))
    plain = from_csv()
    assert len(plain) == 25
    for row in projected.backtest.to_dict("records"):
        origin, target = int(row["origin"]), int(row["target"])
        said = {a: c[origin][0] / c[origin][1] * c[target][1] for a, c in plain.items()}
        came = {a: c[target][0] for a, c in plain.items()}
        assert row["areas"] == 25
        assert row["median_error"] == pytest.approx(median(abs(said[a] / came[a] - 1) for a in plain))
        assert row["sum_error"] == pytest.approx(sum(said.values()) / sum(came.values()) - 1)
        # the range, from all years up to that of origin
        steps = target - origin
        years = range(2000, origin - steps + 1)
        distance = steps
        if not years:
            distance, years = origin - 2000, range(2000, 2001)
        squares = [
            math.log((c[y + distance][0] + 0.5) / (c[y][0] / c[y][1] * c[y + distance][1] + 0.5)) ** 2
            - 1 / (c[y][0] / c[y][1] * c[y + distance][1] + 0.5)
            for y in years
            for c in plain.values()
        ]
        from scipy.stats import t

        variance = max(sum(squares) / len(squares), 0) * steps / distance
        width = t.ppf(0.9, max((origin - 2000) // distance, 1))
        inside = [
            abs(math.log((came[a] + 0.5) / (said[a] + 0.5))) <= width * math.sqrt(variance + 1 / (said[a] + 0.5))
            for a in plain
        ]
        assert row["covered"] == pytest.approx(sum(inside) / 25)


@pytest.mark.parametrize("rule", ["held", "trend"])
def test_a_backtest_knows_nothing_of_what_came_later(rule):
    rng = np.random.default_rng(4)
    counts, whom = rng.integers(50, 900, (25, 20)).astype(float), np.full((25, 20), 5000.0)
    before = backtest(counts, whom, rule, 12, 17, 0.8)
    changed = counts.copy()
    changed[:, 13:] *= 7
    after = backtest(changed, whom, rule, 12, 17, 0.8)
    for one in ("projected", "low", "high"):
        np.testing.assert_array_equal(getattr(before, one), getattr(after, one))


@pytest.mark.slow
def test_a_range_holds_about_as_many_as_it_is_to_hold():
    rng = np.random.default_rng(9)
    held = []
    for _ in range(150):
        # each area's rate drifts by itself, and all drift together
        walk = rng.normal(0, 0.03, (25, 20)).cumsum(axis=1) + rng.normal(0, 0.03, 20).cumsum()
        whom = np.full((25, 20), 20_000.0)
        counts = rng.poisson(0.05 * np.exp(walk) * whom).astype(float)
        held.append(backtest(counts, whom, "held", 14, 17, 0.8).covered)
    assert 0.75 < np.mean(held) < 0.93


def test_years_without_any_past_have_no_range_and_say_so(caplog):
    one = panel_of(series().query("period == '2024'"))
    projected = rg.project_need(one, rg.Assumptions(people(g1=1000, g2=1000)))
    assert cases(projected) == pytest.approx({"g1": 100, "g2": 100})
    ends = projected.data[projected.data["indicator"].str.contains("Ende")]
    assert ends["value"].isna().all()
    assert "Für eine Spanne reichen die Jahre nicht." in caplog.text
    assert spread_of(np.ones((2, 1)), np.ones((2, 1)), "held", 5) is None
    assert np.isnan(projected_rate(np.ones((2, 3)), np.ones((2, 3)), "trend", 5)).all()


def test_age_groups_are_projected_each_by_itself_and_summed():
    young, old = series(start=100.0).assign(group="0–5"), series(start=300.0).assign(group="6–10")
    panel = panel_of(pd.concat([young, old]))
    scenario = pd.concat(
        [people(g1=1000, g2=2000).assign(group="0–5"), people(g1=500, g2=400).assign(group="6–10")]
    )
    projected = rg.project_need(panel, rg.Assumptions(scenario))
    assert cases(projected) == pytest.approx({"g1": 100 + 150, "g2": 200 + 120})
    with pytest.raises(InputError, match="Gruppen passen nicht"):
        rg.project_need(panel, rg.Assumptions(scenario.assign(group=scenario["group"] + "0")))


def test_what_is_hidden_is_not_projected():
    frame = series(start=100.0)
    frame.loc[frame["area_id"] == "g1", "numerator"] = 2.0
    frame["value"] = 100 * frame["numerator"] / frame["denominator"]
    projected = rg.project_need(panel_of(frame), rg.Assumptions(people(g1=90_000, g2=2000)))
    assert math.isnan(cases(projected)["g1"])
    assert any("keinen Wert, der gezeigt werden darf" in note for note in projected.notes)


def test_the_notes_stand_beside_every_projection(caplog):
    panel = rg.load_sample().sel(NAME, level="district")
    scenario = panel.sel(period=2024).data[["area_id"]].assign(period=2030, value=30_000.0)
    projected = rg.project_need(panel, rg.Assumptions(scenario))
    text = " ".join(projected.notes)
    assert text.count("Dieselbe Regel vor") == 3
    assert "Sie deckt nicht ab" in text
    assert all(note in caplog.text for note in projected.notes)
    shown = projected._repr_html_()
    assert "Dieselbe Regel vor 10 Jahren (2014 für 2024" in shown


def test_assumptions_that_make_no_sense_are_refused():
    panel = panel_of(series())
    with pytest.raises(OptionError, match="held"):
        rg.Assumptions(people(g1=1), "guess")
    with pytest.raises(OptionError, match="coverage"):
        rg.Assumptions(people(g1=1), coverage=80)
    with pytest.raises(OptionError, match="reichen schon bis 2024"):
        rg.project_need(panel, rg.Assumptions(people(g1=1).assign(period=2020)))
    with pytest.raises(InputError, match="area_id, period und value"):
        rg.project_need(panel, rg.Assumptions(pd.DataFrame({"x": [1]})))
    with pytest.raises(InputError, match="nennt 1 Gebiet"):
        rg.project_need(panel, rg.Assumptions(people(g1=1, g9=4)))
    with pytest.raises(OptionError, match="ein Indikator"):
        rg.project_need(rg.load_sample(), rg.Assumptions(people(g1=1)))
    with pytest.raises(OptionError, match="keinen Wert für 2030"):
        rg.project_need(panel, rg.Assumptions(people(g1=1), {2031: 4}))


def test_space_to_be_kept_by_hand():
    squares = gpd.GeoDataFrame(
        {"name": ["West", "Ost"]},
        geometry=[shapely.box(0, 0, 1000, 1000), shapely.box(5000, 0, 6000, 1000)],
        index=["g1", "g2"],
        crs="EPSG:25832",
    )
    frame = series()
    now = frame[frame["period"] == "2024"]
    need = now[["area_id"]].assign(indicator="Bedarf", period=2024, value=now["numerator"].to_numpy())
    places = gpd.GeoDataFrame(
        {"plätze": [60, 20]}, geometry=[shapely.Point(500, 500), shapely.Point(5500, 500)], crs="EPSG:25832"
    )
    supplied = rg.supply(places, squares, need, "plätze", 1500)
    projected = rg.project_need(panel_of(frame), rg.Assumptions(people(g1=1500, g2=3000)))
    # 100 and 300 in need now, 150 and 300 to come; 50 places for each 100
    kept = rg.space_to_keep(supplied, projected, 50)
    assert kept.table[["area_id", "missing", "2030"]].to_numpy().tolist() == [["g2", 130, 130], ["g1", -10, 15]]
    mean = rg.space_to_keep(supplied, projected)
    assert mean.table["missing"].sum() == pytest.approx(0)
    assert "keine Entscheidung" in kept.sentence
    assert "keine Entscheidung" in kept._repr_html_()
    figure = rg.plot_map(rg.Study(kept, squares), "Fehlende Plätze", 2030)
    assert figure.axes
    with pytest.raises(OptionError, match="über 0"):
        rg.space_to_keep(supplied, projected, 0)
    with pytest.raises(OptionError, match="Supply"):
        rg.space_to_keep(projected, projected)


def test_missing_places_do_not_tell_a_hidden_need():
    squares = gpd.GeoDataFrame(
        geometry=[shapely.box(0, 0, 1000, 1000), shapely.box(5000, 0, 6000, 1000)],
        index=["g1", "g2"],
        crs="EPSG:25832",
    )
    need = pd.DataFrame({"indicator": "Bedarf", "period": 2024, "area_id": ["g1", "g2"], "value": [2.0, 300.0]})
    place = gpd.GeoDataFrame({"plätze": [60]}, geometry=[shapely.Point(500, 500)], crs="EPSG:25832")
    supplied = rg.supply(place, squares, need, "plätze", 1500)
    projected = rg.project_need(panel_of(series()), rg.Assumptions(people(g1=1500, g2=3000)))
    kept = rg.space_to_keep(supplied, projected, 50)
    rows = kept.table.set_index("area_id")
    assert rows.loc["g1", ["need", "within_reach", "missing", "2030"]].isna().all()
    assert rows.index[-1] == "g1"
