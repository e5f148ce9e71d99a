"""Supply of places: by PySAL's access, and by hand on five areas."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import regsam_geo as rg
from regsam_geo.errors import InputError, OptionError
from regsam_geo.places.catchment import THIRDS, catchment, steps_of, weights_of


def by_access(need: np.ndarray, capacity: np.ndarray, distances: np.ndarray, reach: float) -> np.ndarray:
    """Let PySAL compute what each origin reaches."""
    import access

    origins, places = np.indices(distances.shape)
    costs = pd.DataFrame({"origin": origins.ravel(), "dest": places.ravel(), "cost": distances.ravel()})
    steps = {reach * third / 3: weight for third, weight in zip((1, 2, 3), THIRDS, strict=True)}
    found = access.fca.two_stage_fca(
        pd.DataFrame({"geoid": range(len(need)), "need": need}),
        pd.DataFrame({"geoid": range(len(capacity)), "beds": capacity}).set_index("geoid"),
        costs,
        max_cost=reach,
        demand_name="need",
        supply_name="beds",
        weight_fn=access.weights.step_fn(steps),
    )
    # an origin that reaches no place is not in their answer
    return found.reindex(range(len(need))).fillna(0).to_numpy()


@pytest.mark.parametrize("seed", range(5))
def test_made_cities_are_as_pysal_has_them(seed):
    rng = np.random.default_rng(seed)
    n, m = rng.integers(5, 80), rng.integers(3, 60)
    need, capacity = rng.integers(1, 900, n).astype(float), rng.integers(0, 120, m).astype(float)
    at, to = rng.uniform(0, 10_000, (n, 2)), rng.uniform(-500, 10_500, (m, 2))
    distances = np.hypot(*(at[:, None] - to).transpose(2, 0, 1))
    reach = float(rng.choice([900, 2500, 6000]))
    ours = catchment(need, capacity, weights_of(distances, steps_of(reach))).reached
    np.testing.assert_allclose(ours, by_access(need, capacity, distances, reach), rtol=1e-9, atol=1e-12)


def made_munich(seed: int = 3) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    rng = np.random.default_rng(seed)
    quarters = rg.load_boundaries("quarter")
    west, south, east, north = quarters.total_bounds
    places = gpd.GeoDataFrame(
        {"plätze": rng.integers(0, 130, 300)},
        geometry=shapely.points(rng.uniform(west, east, 300), rng.uniform(south, north, 300)),
        crs=quarters.crs,
    )
    need = pd.DataFrame(
        {"indicator": "Kinder", "period": 2024, "area_id": quarters.index, "value": rng.integers(20, 900, 475)}
    )
    return places, need


def test_a_made_munich_is_as_pysal_has_it():
    places, need = made_munich()
    quarters = rg.load_boundaries("quarter")
    supplied = rg.supply(places, "quarter", need, "plätze", 2500)
    centers = shapely.centroid(quarters.geometry.to_numpy())
    points = np.where(
        shapely.contains(quarters.geometry.to_numpy(), centers),
        centers,
        shapely.point_on_surface(quarters.geometry.to_numpy()),
    )
    distances = np.array([[point.distance(place) for place in places.geometry] for point in points])
    persons = need["value"].to_numpy(dtype=float)
    theirs = by_access(persons, places["plätze"].to_numpy(dtype=float), distances, 2500.0)
    ours = supplied.data.query("indicator == 'Plätze in Reichweite je 100'").set_index("area_id")["value"]
    np.testing.assert_allclose(ours.reindex(quarters.index).to_numpy(), 100 * theirs, rtol=1e-9)
    assert supplied.report.origins == "quarter"
    # districts are the means of their quarters by need
    whole = rg.supply(places, "district", need, "plätze", 2500)
    reached = pd.Series(theirs * persons, index=quarters.index).groupby(quarters["district_id"]).sum()
    by_district = pd.Series(persons, index=quarters.index).groupby(quarters["district_id"]).sum()
    ours = whole.data.query("indicator == 'Plätze in Reichweite je 100'").set_index("area_id")["value"]
    np.testing.assert_allclose(ours.to_numpy(), (100 * reached / by_district).to_numpy(), rtol=1e-9)


def five() -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Five squares of a kilometer in a row, with 100 persons each."""
    squares = gpd.GeoDataFrame(
        {"name": list("ABCDE")},
        geometry=[shapely.box(1000 * k, 0, 1000 * k + 1000, 1000) for k in range(5)],
        index=[f"g{k}" for k in range(1, 6)],
        crs="EPSG:25832",
    )
    need = pd.DataFrame({"indicator": "Kinder", "period": 2024, "area_id": squares.index, "value": 100.0})
    return squares, need


def at(*places: tuple[float, float, float]) -> gpd.GeoDataFrame:
    frame = pd.DataFrame(places, columns=["x", "y", "plätze"])
    return gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(frame["x"], frame["y"]), crs="EPSG:25832")


def column(supplied: rg.Panel, name: str) -> list[float]:
    return supplied.data[supplied.data["indicator"] == name]["value"].tolist()


def test_five_areas_by_hand():
    squares, need = five()
    # 60 places in the middle of A, 30 in the middle of C; within 1,500 meters the neighbor, with half the weight
    supplied = rg.supply(at((500, 500, 60), (2500, 500, 30)), squares, need, "plätze", {500: 1, 1500: 0.5})
    assert column(supplied, "Einrichtungen") == [1, 0, 1, 0, 0]
    assert column(supplied, "Plätze") == [60, 0, 30, 0, 0]
    assert column(supplied, "Plätze je 100") == [60, 0, 30, 0, 0]
    # A serves 100 + 50 weighted persons: 0.4 each; C serves 50 + 100 + 50: 0.15 each
    expected = [40, 100 * (0.5 * 0.4 + 0.5 * 0.15), 15, 7.5, 0]
    assert column(supplied, "Plätze in Reichweite je 100") == pytest.approx(expected, abs=1e-9)
    assert column(supplied, "Ohne Platz in Reichweite") == [0, 0, 0, 0, 100]
    assert supplied.report.out_of_reach == 100
    assert supplied.report.origins == "area"
    # all capacity is given to somebody
    assert sum(column(supplied, "Plätze in Reichweite je 100")) == pytest.approx(90)


def test_what_is_symmetric_stays_so():
    squares, need = five()
    supplied = rg.supply(at((500, 500, 40), (4500, 500, 40)), squares, need, "plätze", 2500)
    reached = column(supplied, "Plätze in Reichweite je 100")
    assert reached == pytest.approx(reached[::-1], abs=1e-9)


def test_a_place_on_a_border_counts_once_and_one_outside_serves():
    squares, need = five()
    supplied = rg.supply(at((1000, 500, 10), (5400, 500, 20)), squares, need, "plätze", {500: 1, 1000: 1})
    assert column(supplied, "Plätze") == [10, 0, 0, 0, 0]
    assert (supplied.report.on_border, supplied.report.outside) == (1, 1)
    assert column(supplied, "Plätze in Reichweite je 100") == pytest.approx([5, 5, 0, 0, 20])


def test_nothing_within_reach_no_need_and_no_capacity():
    squares, need = five()
    far = rg.supply(at((90_000, 500, 10)), squares, need, "plätze", 1000)
    assert column(far, "Plätze in Reichweite je 100") == [0] * 5
    assert column(far, "Ohne Platz in Reichweite") == [100] * 5
    assert far.report.idle == 10
    nobody = rg.supply(at((500, 500, 10)), squares, need.assign(value=0.0), "plätze", 1000)
    assert np.isnan(column(nobody, "Plätze je 100")).all()
    assert column(nobody, "Plätze in Reichweite je 100") == [0] * 5
    assert nobody.report.idle == 10
    full = rg.supply(at((500, 500, 0), (1500, 500, 10)), squares, need, "plätze", {400: 1})
    assert column(full, "Plätze in Reichweite je 100") == [0, 10, 0, 0, 0]
    # a place without capacity is none that anybody reaches
    assert column(full, "Ohne Platz in Reichweite") == [100, 0, 100, 100, 100]
    only_a = need.assign(value=[100.0, 0, 0, 0, 0])
    one = rg.supply(at((500, 500, 10), (4500, 500, 7)), squares, only_a, "plätze", 1000)
    assert column(one, "Plätze in Reichweite je 100")[0] == pytest.approx(10)
    assert one.report.idle == 7


def test_travel_times_in_place_of_the_air_line(caplog):
    squares, need = five()
    places = at((500, 500, 60), (2500, 500, 30)).assign(id=["kita", "hort"])
    times = pd.DataFrame(
        [("g1", "kita", 5), ("g2", "kita", 20), ("g5", "hort", 30), ("g3", "hort", 31), ("g9", "kita", 1)],
        columns=["origin", "destination", "minutes"],
    )
    supplied = rg.supply(places, squares, need, "plätze", times)
    # rings of 10, 20 and 30 minutes; nobody else has a way
    kita, hort = 60 / (100 + 68), 30 / 22
    expected = [100 * kita, 68 * kita, 0, 0, 22 * hort]
    assert column(supplied, "Plätze in Reichweite je 100") == pytest.approx(expected, abs=1e-9)
    assert "1 von 5 Zeilen der Wegezeiten nennt" in caplog.text
    nearer = rg.supply(places, squares, need, "plätze", (times, {10: 1}))
    assert column(nearer, "Plätze in Reichweite je 100") == pytest.approx([60, 0, 0, 0, 0])
    with pytest.raises(InputError, match="mehrfach"):
        rg.supply(places, squares, need, "plätze", pd.concat([times, times]))
    with pytest.raises(InputError, match="Keine Zeile der Wegezeiten"):
        rg.supply(places, squares, need, "plätze", times.head(1).assign(origin="X"))


def test_the_shipped_population_is_spread_over_quarters():
    places, _ = made_munich()
    supplied = rg.supply(places, need="population 0-14")
    assert supplied.report.origins == "spread"
    assert supplied.periods == ["2024"]
    population = rg.load_sample().data
    rows = population[
        (population["indicator"] == "(Regel-)Leistungsberechtigte - nicht erwerbsfähig - Anteil")
        & (population["period"] == "2024")
        & (population["level"] == "district")
    ]
    known = rows.groupby("area_id")["denominator"].max()
    assert column(supplied, "Bedarf") == pytest.approx(known.tolist())
    assert column(supplied, "Einrichtungen") == [
        float(places.within(polygon).sum()) for polygon in rg.load_boundaries("district").geometry
    ]
    regions = rg.supply(places, "region", need="population 0-14")
    assert sum(column(regions, "Bedarf")) == pytest.approx(known.sum())


def test_a_small_need_can_be_read_from_no_figure_that_is_shown():
    places, need = made_munich()
    few = need.assign(value=need["value"].astype(float).where(need["area_id"] != "17.1.1", 2.0))
    shown = rg.Study(rg.supply(places, "quarter", few, "plätze")).published.data
    row = shown[shown["area_id"] == "17.1.1"].set_index("indicator")
    assert np.isnan(row.loc[["Bedarf", "Plätze je 100", "Ohne Platz in Reichweite"], "value"]).all()
    assert np.isnan(row["denominator"]).all()
    assert np.isfinite(row.loc["Plätze in Reichweite je 100", "value"])
    assert np.isnan(row.loc["Plätze in Reichweite je 100", "numerator"])


def test_what_cannot_be_computed_is_refused():
    squares, need = five()
    places = at((500, 500, 60))
    with pytest.raises(InputError, match="keinen Wert"):
        rg.supply(places, squares, need.assign(value=[1, 2, 3, 4, None]), "plätze")
    with pytest.raises(InputError, match="ab 0"):
        rg.supply(places.assign(plätze=-1), squares, need, "plätze")
    with pytest.raises(OptionError, match="keine Bevölkerung"):
        rg.supply(places, squares)
    with pytest.raises(OptionError, match="gibt es nicht"):
        rg.supply(places, need="Kinder")
    with pytest.raises(OptionError, match="reach"):
        rg.supply(places, squares, need, "plätze", -5)
    with pytest.raises(InputError, match="nennt 1 Gebiet"):
        rg.supply(places, squares, need.replace("g5", "g6"), "plätze")
    with pytest.raises(OptionError, match="Spalte „Betten“"):
        rg.supply(places, squares, need, "Betten")
