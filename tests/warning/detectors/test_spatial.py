"""The detectors ``cluster`` and ``spatial``: findings in the schema."""

from __future__ import annotations

import numpy as np
import pytest

import regsam_geo as rg
from regsam_geo.areas import as_neighbors
from regsam_geo.text import say
from regsam_geo.warning.detectors.cluster import cluster
from regsam_geo.warning.detectors.spatial import spatial
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
