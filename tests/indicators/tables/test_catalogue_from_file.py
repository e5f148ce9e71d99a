"""What a table without a catalogue says of its columns: the city's total proves a count, a mean does not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg

DISTRICTS = [f"{k:02d}" for k in range(1, 26)]


def table_of(path, title, numbers, total):
    years = [
        pd.DataFrame({"Stadtbezirk": [*DISTRICTS, "Summe"], "Jahr": year, title: [*column, last]})
        for year, column, last in zip((2023, 2024), numbers, total, strict=True)
    ]
    pd.concat(years).to_csv(path, sep=";", index=False)
    return rg.read_indicators(path).catalogue.iloc[0]


NUMBERS = np.random.default_rng(4).integers(0, 60, (2, 25))
SUMS = NUMBERS.sum(axis=1)


@pytest.mark.parametrize(
    ("title", "total", "counts"),
    [
        ("Erstgespräche", SUMS, True),
        # a total that misses the sum, and the mean of the areas, prove nothing
        ("Erstgespräche", SUMS + np.array([0, 3]), False),
        ("Erstgespräche", NUMBERS.mean(axis=1).round(), False),
        # words say that it is none, whatever the numbers do
        ("Durchschnitt der Gespräche", SUMS, False),
    ],
)
def test_a_total_proves_a_count(tmp_path, title, total, counts):
    entry = table_of(tmp_path / "t.csv", title, NUMBERS, total)
    assert bool(entry["summable"]) == counts


def test_what_the_total_proves_is_summed_to_regions(tmp_path):
    table_of(tmp_path / "t.csv", "Erstgespräche", NUMBERS, SUMS)
    study = rg.Study(rg.read_indicators(tmp_path / "t.csv"), period=2024, threshold=None)
    regions = study.summarize_regions().set_index("region_id")["value"]
    assert regions["14/15"] == NUMBERS[1][13] + NUMBERS[1][14]
    assert regions["1/2/3"] == NUMBERS[1][:3].sum()
