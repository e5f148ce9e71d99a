from __future__ import annotations

import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.areas.scheme import check_scheme, region_order
from regsam_geo.errors import SchemeError


@pytest.fixture
def table():
    return rg.load_region_scheme().reset_index()


def test_every_district_once():
    scheme = rg.load_region_scheme()
    assert list(scheme.index) == [f"{i:02d}" for i in range(1, 26)]
    assert scheme["region_id"].nunique() == 16


def test_a_region_id_names_its_districts():
    for region, members in rg.load_region_scheme().groupby("region_id"):
        assert region.split("/") == [str(int(district)) for district in members.index]


def test_evidence_is_told_for_every_row():
    scheme = rg.load_region_scheme()
    assert scheme["evidence"].value_counts().to_dict() == {"derived": 10, "published": 10, "reported": 5}
    assert scheme["source"].str.len().gt(0).all()


def test_order():
    order = region_order(rg.load_region_scheme())
    assert order[:4] == ["1/2/3", "4/12", "5", "6/7"]
    assert order[-1] == "24"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda t: t[t["district_id"] != "09"], "09"),
        (lambda t: pd.concat([t, t.iloc[:1]]), "01"),
        (lambda t: t.replace({"district_id": {"25": "26"}}), "26"),
        (lambda t: t.drop(columns="region_id"), "region_id"),
    ],
)
def test_a_scheme_that_is_no_partition_is_refused(table, change, named):
    with pytest.raises(SchemeError, match=named):
        check_scheme(change(table))
