"""The detectors ``cluster`` and ``spatial``: findings in the schema."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import false_discovery_control

import regsam_geo as rg
from regsam_geo.areas import as_neighbors
from regsam_geo.text import say
from regsam_geo.warning.detectors.cluster import cluster
from regsam_geo.warning.detectors.spatial import spatial, spatial_p
from regsam_geo.warning.schema.cube import cubes
from regsam_geo.warning.schema.detector import Context
from regsam_geo.warning.schema.findings import SCHEMA
from regsam_geo.warning.statistics.local_moran import local_moran


@pytest.fixture(scope="module")
def context():
    return Context("2024", {"district": rg.neighbors(rg.load_boundaries("district"))})


@pytest.mark.parametrize("detector", [cluster, spatial])
def test_findings_keep_the_schema(detector, context):
    found = detector(rg.load_sample(), context)
    assert list(found) == list(SCHEMA)
    assert set(found["period"]) == {"2024"}
    assert set(found["level"]) == {"district"}
    assert not found.duplicated(["indicator", "group", "area_id"]).any()
    assert found["p"].between(0, 1).all()
    assert (found["p"] >= found["p_floor"] - 1e-15).all()
    assert (np.sign(found["effect"]) == found["direction"].map({"high": 1, "low": -1})).all()


def test_plain_counts_are_not_compared_with_those_of_the_neighbors(context):
    """The same cases as a count and as a rate: only the rate, which knows who lives there, is a question."""
    ids = context.neighbors["district"].ids
    people = np.random.default_rng(3).permutation(np.geomspace(500, 50_000, len(ids)).round())
    cases = np.random.default_rng(4).binomial(people.astype(int), 0.05).astype(float)
    plain = pd.DataFrame({"period": "2024", "level": "district", "area_id": ids, "value": cases})
    rate = plain.assign(indicator="Anteil", value=100 * cases / people, numerator=cases, denominator=people)
    table = pd.concat([plain.assign(indicator="Beratene"), rate], ignore_index=True)
    panel = rg.Panel.from_frame(table).with_catalogue(
        {"Beratene": {"summable": True}, "Anteil": {"scale": 100.0, "kind": "proportion"}}
    )
    (cube,) = cubes(panel, "2024")
    for detector, kind in ((cluster, "cluster"), (spatial, "spatial")):
        found = detector(panel, context).set_index("indicator")
        assert set(found.loc["Beratene", "reason"]) == {f"{kind}_not_comparable"}
        assert found.loc["Beratene", "p"].isna().all()
        assert len(found.loc["Beratene"]) == len(ids)
        assert found.loc["Anteil", "p"].notna().all()
    p = spatial_p(cube, context)
    assert np.isnan(p[cube.keys["indicator"] == "Beratene"]).all()
    assert np.isfinite(p[cube.keys["indicator"] == "Anteil"]).all()


def test_cluster_is_local_moran_of_the_unrounded_rate(context):
    panel = rg.load_sample().sel("Arbeitslose - Anteil", period=2024, level="district")
    rate = panel.data.set_index("area_id").eval("100 * numerator / denominator")
    expected = local_moran(rate, context.neighbors["district"])
    found = cluster(panel, context).set_index("area_id")
    np.testing.assert_allclose(found["p"], expected["p"].loc[found.index], rtol=1e-12)


def test_period_without_values_gives_no_findings(context):
    early = Context("1999", context.neighbors)
    assert cluster(rg.load_sample(), early).empty
    assert spatial(rg.load_sample(), early).empty


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("reason", ["cluster", "spatial"])
@pytest.mark.parametrize("direction", ["high", "low"])
@pytest.mark.parametrize("number", [1, 4])
def test_every_reason_has_a_sentence(lang, reason, direction, number):
    text = say(
        f"warning.{reason}.{direction}",
        lang,
        n_neighbors=number,
        neighbors_mean="3,4 %",
        expected="4,1 %",
        rarity="in weniger als 1 von 20 Fällen",
    )
    assert "3,4 %" in text or "4,1 %" in text
    assert ("4 " in text.replace("4,1", "").replace("3,4", "")) == (number == 4)


def test_areas_without_neighbors_say_so():
    two = rg.load_sample().sel(["Nichtdeutsche", "Bevölkerungsdichte"])
    near = {f"{i:02d}": [] if i in (1, 2) else [f"{j:02d}" for j in (3, 4, 5) if j != i] for i in range(1, 26)}
    alone = Context("2024", {"district": as_neighbors(near)})
    for detector in (cluster, spatial):
        found = detector(two, alone)
        rows = found[found["area_id"].isin(["01", "02"])]
        assert set(rows["reason"]) == {f"{detector.__name__}_no_neighbors"}
        assert rows["p"].isna().all()


@pytest.mark.slow
@pytest.mark.parametrize(("factor", "least"), [(3, 0.5), (5, 0.85)])
def test_each_area_of_each_indicator_is_found_when_it_is_put_far_off(context, factor, least):
    """q as in a report, over all tests of the kind; one cell is moved at a time."""
    panel = rg.load_sample().sel(period=2024, level="district")
    data = panel.data
    own = spatial(panel, context).set_index(["indicator", "area_id"])["p"]
    median = data.groupby("indicator")["value"].transform("median")
    found = 0
    for area in sorted(data["area_id"].unique()):
        cell = data["area_id"] == area
        moved = data.copy()
        share = moved.loc[cell, "value"] / (factor * median[cell])
        moved.loc[cell, "value"] = factor * median[cell]
        # a share stays one: where the new one would be more than all, its base is what is small
        moved.loc[cell, "numerator"] /= share
        moved.loc[cell, "denominator"] = np.maximum(moved.loc[cell, "denominator"], moved.loc[cell, "numerator"])
        p = spatial(rg.Panel(moved, panel.catalogue), context).set_index(["indicator", "area_id"])["p"]
        for indicator in data["indicator"].unique():
            every = own.copy()
            others = p.index.get_level_values("indicator") == indicator
            every.loc[p.index[others]] = p[others]
            q = pd.Series(false_discovery_control(every.to_numpy()), index=every.index)
            found += q[indicator, area] < 0.10
    print(factor, found / len(own))
    assert found >= least * len(own)
