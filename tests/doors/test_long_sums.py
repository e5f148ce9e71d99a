"""Five, six and more indicators that add up to another one: a reader subtracts those, too."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo import audit_disclosure

sys.path.insert(0, str(Path(__file__).parent))
from doors_made import counts, panel_of
from reader import Reader, truth_of

WHOLE = "Alle Hilfen"


def helps(seed, parts, years=("2024",), mean=3.0):
    """Return counts of several kinds of help, and of all of them."""
    kinds = [counts(100 * seed + k, years, mean, f"Hilfe {k}", ("insgesamt",)) for k in range(parts)]
    whole = kinds[0].assign(indicator=WHOLE, value=sum(one["value"].to_numpy() for one in kinds))
    return pd.concat([*kinds, whole], ignore_index=True)


def found_in(frame, safe, parts):
    """Return what a reader finds who knows that the kinds make up the whole."""
    reader = Reader()
    reader.sees(safe.data, roles=("value",))
    reader.adds_areas()
    for name in [name for name in reader.cells if name[1] == WHOLE]:
        reader.sums_up(name, [(name[0], f"Hilfe {k}", *name[2:]) for k in range(parts)])
    return reader.finds(truth_of(frame, role="value"))


@pytest.mark.parametrize(
    ("seed", "parts"), [(1, 5), *(pytest.param(s, n, marks=pytest.mark.slow) for s, n in ((2, 6), (3, 9), (8, 6)))]
)
def test_nothing_follows_from_a_long_sum(seed, parts):
    frame = helps(seed, parts)
    safe = rg.protect(panel_of(frame))
    assert found_in(frame, safe, parts) == []
    # each indicator for itself would not hold: that is what the sum is about
    alone = [rg.protect(panel_of(one)) for _, one in frame.groupby("indicator")]
    assert found_in(frame, panel_of(pd.concat([one.data for one in alone])), parts)


@pytest.mark.parametrize("wrong", [0, 1])
def test_other_indicators_and_a_wrong_cell_do_not_cover_a_long_sum(wrong):
    frame = helps(5, 6, ("2022", "2023", "2024"))
    # one typing error in an old year
    frame.loc[
        (frame["indicator"] == WHOLE) & (frame["period"] == "2022") & (frame["area_id"] == "07"), "value"
    ] += 9 * wrong
    others = [counts(700 + k, ("2022", "2023", "2024"), 40.0, f"Anderes {k}", ("insgesamt",)) for k in range(8)]
    safe = rg.protect(panel_of(pd.concat([frame, *others], ignore_index=True)))
    newest = frame[frame["period"] == "2024"]
    rows = safe.data[safe.data["indicator"].isin(frame["indicator"]) & (safe.data["period"] == "2024")]
    assert found_in(newest, panel_of(rows), 6) == []


def test_indicators_that_do_not_add_up_hide_nothing_for_each_other():
    frame = helps(6, 6, mean=30.0)
    # by chance no sum of these is another one
    frame.loc[frame["indicator"] == WHOLE, "value"] += np.arange(26) % 5
    frame.loc[(frame["indicator"] == "Hilfe 0") & (frame["area_id"] == "03"), "value"] = 2.0
    safe = rg.protect(panel_of(frame))
    hidden = safe.data.loc[safe.data["sign"] == "suppressed", ["indicator", "area_id"]]
    assert set(hidden["indicator"]) == {"Hilfe 0"}


def test_the_audit_of_files_knows_long_sums(tmp_path):
    frame = helps(4, 6, mean=30.0)
    small = (frame["indicator"] == "Hilfe 2") & frame["area_id"].isin(["05", "munich"])
    less = frame.loc[small & (frame["area_id"] == "05"), "value"].item() - 2
    frame.loc[small, "value"] -= less
    frame.loc[(frame["indicator"] == WHOLE) & frame["area_id"].isin(["05", "munich"]), "value"] -= less
    # hidden in two districts of its own table; the others tell both
    gone = (frame["indicator"] == "Hilfe 2") & frame["area_id"].isin(["05", "06"])
    told = frame.assign(value=[f"{int(v)}" for v in frame["value"]])
    told.loc[gone, "value"] = "geheim gehalten"
    told = told.assign(unit="Personen")
    columns = {"indicator": "Indikator", "period": "Zeitraum", "level": "Ebene", "area_id": "Gebiet"}
    told = told.rename(columns={**columns, "value": "Wert", "unit": "Einheit"}).drop(columns="group")
    told.to_csv(tmp_path / "hilfen.csv", sep=";", index=False)
    audit = audit_disclosure(tmp_path)
    assert audit.verdict == "leaks"
    assert "05" in set(audit.leaks.loc[audit.leaks["level"] == "district", "area_id"])
    assert set(audit.leaks["indicator"]) == {"hilfe 2"}
    # without one of the kinds there is no sum
    told[told["Indikator"] != "Hilfe 4"].to_csv(tmp_path / "hilfen.csv", sep=";", index=False)
    assert audit_disclosure(tmp_path).safe


def test_what_is_merely_missing_is_no_leak_where_another_indicator_has_the_same_count():
    one = counts(3, ("2022", "2023"), 30.0, groups=("insgesamt",)).assign(sign="")
    other = one.assign(indicator="Dieselben")
    gap = one["area_id"].isin(["04", "09"]) & (one["period"] == "2023")
    one.loc[gap, ["value", "sign"]] = [np.nan, "not_available"]
    assert (other.loc[gap, "value"] >= 3).all()
    audit = audit_disclosure(panel_of(pd.concat([one, other], ignore_index=True)))
    assert audit.verdict == "passed", audit.text()
    # hidden by somebody it is one at any size, and a small one always
    one.loc[gap, "sign"] = "secret"
    audit = audit_disclosure(panel_of(pd.concat([one, other], ignore_index=True)))
    assert set(audit.leaks["area_id"]) == {"04", "09"}
    one.loc[gap, "sign"] = "not_available"
    small = other.assign(value=other["value"].where(~gap, 2.0))
    audit = audit_disclosure(panel_of(pd.concat([one, small], ignore_index=True)))
    assert set(audit.leaks["area_id"]) >= {"04", "09"}
