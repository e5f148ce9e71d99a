from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.errors import OptionError

CHILDREN = "(Regel-)Leistungsberechtigte - nicht erwerbsfähig - Anteil"


@pytest.fixture(scope="module")
def table(sample_study):
    return sample_study.polarization()


def by_hand(period):
    data = rg.load_sample().sel(CHILDREN, period=period, level="district").data
    members, others = data["numerator"].round(), data["denominator"].round() - data["numerator"].round()
    return (members / members.sum() - others / others.sum()).abs().sum() / 2


def test_each_year_is_that_of_the_basiswerte(table):
    rows = table[table["indicator"] == CHILDREN].set_index("period")
    assert len(rows) > 12
    for period in ("2012", "2018", "2024"):
        assert rows.loc[period, "dissimilarity"] == pytest.approx(by_hand(period))
    # as published of Munich's districts: 18.3 in 2012, 10.4 in 2024
    assert (100 * rows.loc[["2012", "2024"], "dissimilarity"]).round(1).tolist() == [18.3, 10.4]
    assert (rows["areas"] == 25).all()


def test_a_lot_is_the_zero(table):
    assert ((table["corrected"] < table["dissimilarity"]) & (table["by_lot"] > 0)).all()
    expected = (table["dissimilarity"] - table["by_lot"]) / (1 - table["by_lot"])
    pd.testing.assert_series_equal(table["corrected"], expected, check_names=False)


def test_only_shares_have_an_index(sample_study):
    """Density counts people per area, births those of another group: neither has others to be compared with."""
    asked = ["Bevölkerungsdichte", "Allgemeine Geburtenrate", "Hochbetagte"]
    assert set(sample_study.polarization(asked)["indicator"]) == {"Hochbetagte"}
    with pytest.raises(OptionError, match="Unsinn"):
        sample_study.polarization(["Unsinn"])


def test_hidden_counts_take_no_part():
    """Tables that publish the same have the same index, and say of how many areas it is."""
    panel = rg.load_sample().sel("Arbeitslose", period=[2023, 2024], level="district")
    made = []
    for hidden in (1.0, 2.0):
        rows = panel.data.copy()
        cell = (rows["area_id"] == "07") & (rows["period"] == "2024")
        rows.loc[cell, ["numerator", "base_1"]] = hidden
        rows.loc[cell, "value"] = (100 * hidden / rows.loc[cell, "denominator"]).round(1)
        made.append(rg.Study(rg.Panel(rows, panel.catalogue)).polarization())
    pd.testing.assert_frame_equal(*made)
    assert made[0].set_index("period").loc["2024", "areas"] < 25
    assert np.isfinite(made[0]["dissimilarity"]).all()
