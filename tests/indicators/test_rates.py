"""Unrounded values: the ratio of the Basiswerte, unless these are too coarse."""

from __future__ import annotations

import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.indicators import unrounded_values


def test_every_unrounded_value_rounds_to_the_printed_one(sample):
    decimals = sample.catalogue.set_index("indicator")["decimals"].astype(float)
    unit = 10.0 ** -sample.data["indicator"].map(decimals)
    moved = (unrounded_values(sample) - sample.data["value"]).abs()
    assert (moved <= unit * 0.5000001).all()
    assert (moved > 0).mean() > 0.8


def test_a_density_over_a_rounded_area_stays_as_printed(sample):
    # 20,876 persons on 3.1 km² would be 6,734 per km²
    row = sample.sel("Bevölkerungsdichte", period=2024, area="01")
    assert row.data["value"].item() == unrounded_values(row).item() == 6636


def test_without_known_digits_the_ratio_counts():
    frame = {
        "indicator": "Anteil",
        "period": 2024,
        "area_id": "01",
        "value": 33,
        "numerator": 1.0,
        "denominator": 3.0,
    }
    panel = rg.Panel.from_frame(pd.DataFrame([frame])).with_catalogue({"Anteil": {"scale": 100.0}})
    assert unrounded_values(panel).item() == pytest.approx(100 / 3)
