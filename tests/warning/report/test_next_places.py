"""The places nearest to a warning, beside a plain sorting of all tests."""

from __future__ import annotations

import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.warning.report import next_places

UNIT = ["indicator", "group", "level", "area_id"]
WARNS = ("spatial", "level", "change", "zone", "drift")


@pytest.fixture(scope="module", params=[2020, 2024])
def table(request, sample_study):
    return rg.detect_warnings(sample_study, request.param)


def test_they_are_the_ten_smallest_p_of_what_is_not_told(table):
    told = {tuple(row) for row in rg.warning.each_area(table)[UNIT].to_numpy()}
    best, zone = {}, {}
    for row in table.facts.findings.to_dict("records"):
        unit = tuple(row[name] for name in UNIT)
        if row["kind"] in WARNS and row["level"] != "city" and row["q"] == row["q"] and unit not in told:
            # p of a zone is that of the zone times its areas, which are one place of the list together
            areas = row["details"].get("areas", ())
            rank = row["p"] / max(len(areas), 1)
            if rank < best.get(unit, (2.0, 2.0))[0]:
                best[unit], zone[unit] = (rank, row["p"]), {(*unit[:3], area) for area in areas}
    expected, covered = [], set()
    for unit in sorted(best, key=lambda one: (*best[one], *one)):
        if unit not in covered and len(expected) < 10:
            expected.append(unit)
            covered |= zone[unit]
    near = table.next_places
    assert [tuple(row) for row in near[UNIT].to_numpy()] == expected
    assert near["rank"].tolist() == list(range(1, 11))
    assert near["p"].tolist() == [best[unit][1] for unit in expected]


def test_none_of_them_is_called_a_warning(table):
    near = table.next_places
    assert near["sentence_de"].str.endswith("Kein Hinweis.").all()
    assert near["sentence_en"].str.endswith("No warning.").all()
    printed = rg.load_sample().data.set_index([*UNIT, "period"])["value"]
    for row in near.to_dict("records"):
        assert row["value"] == printed[(*(row[name] for name in UNIT), row["period"])]
    assert set(near["region_id"]) <= set(rg.read_division().to_frame()["region_id"])


def test_fewer_where_there_are_fewer_places():
    few = rg.load_sample().sel("Hochbetagte", area=["01", "02", "03", "04", "05", "06"])
    assert len(rg.detect_warnings(few).next_places) <= 6
    nothing = rg.load_sample().sel("Hochbetagte", period=2024, area=["01", "02"])
    assert list(rg.detect_warnings(nothing).next_places.columns)[:2] == ["rank", "indicator"]


def test_it_is_no_matter_how_many_tests_are_looked_at_first(monkeypatch, sample_study):
    part = sample_study.sel(["Arbeitslose", "Nichtdeutsche"])
    found = []
    for first in (10**9, 12, 3):
        monkeypatch.setattr(next_places, "FIRST", first)
        found.append(rg.Study(part.panel, period=2022).detect_warnings().next_places)
    assert len(found[0]) == 10
    for other in found[1:]:
        pd.testing.assert_frame_equal(other, found[0], check_exact=True)
