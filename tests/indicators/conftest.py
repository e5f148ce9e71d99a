"""The sample, and an oracle that reads it with plain csv and dicts."""

from __future__ import annotations

import csv

import pytest

import regsam_geo as rg
from regsam_geo.resources import data_folder


@pytest.fixture(scope="session")
def sample():
    return rg.load_sample()


@pytest.fixture(scope="session")
def sample_rows():
    with (data_folder() / "indicators" / "sample.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def districts_of():
    regions: dict[str, list[str]] = {}
    with (data_folder() / "boundaries" / "regsam_regions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            regions.setdefault(row["region_id"], []).append(row["district_id"])
    return regions
