"""Adjacent areas that change together: one row, each area findable, a life of their own."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest
from answers_made import answered

import regsam_geo as rg
from regsam_geo.warning import Settings, areas_of, each_area, stand_in

NAME = "Allgemeine Geburtenrate"
ADULTS = "(Regel-)Leistungsberechtigte - erwerbsfähig - Anteil"
CHILDREN = "(Regel-)Leistungsberechtigte - nicht erwerbsfähig - Anteil"
TOGETHER = ["09", "10", "11"]
BRIEF = Settings(lookback=1)


def raised(panel, indicator, areas, factor, since=2023):
    """Return the sample with the numerators of some areas multiplied from a year on."""
    data = panel.data.copy()
    hit = (
        (data["indicator"] == indicator)
        & (data["level"] == "district")
        & data["area_id"].isin(areas)
        & (data["period"] >= str(since))
    )
    for column in ("value", "numerator", "base_1"):
        data.loc[hit, column] *= factor
    return rg.Panel(data, panel.catalogue)


@pytest.fixture(scope="module")
def births():
    """A rise of births in three adjacent districts, of which not all would be told alone."""
    return rg.Study(
        raised(rg.load_sample().sel([NAME, "Hochbetagte", "Nichtdeutsche"]), NAME, TOGETHER, 1.12),
        settings=BRIEF,
        threshold=None,
    )


@pytest.fixture(scope="module")
def table(births):
    return births.detect_warnings(2023)


def of_births(table):
    rows = pd.DataFrame(table)
    return rows[(rows["indicator"] == NAME) & (rows["status"] == "new")]


def test_three_neighbors_stand_in_one_row(table):
    (row,) = of_births(table).to_dict("records")
    assert areas_of(row) == TOGETHER
    assert row["area_id"] in TOGETHER
    assert "zone" in row["kinds"]
    findings = table.facts.findings
    alone = findings[(findings["indicator"] == NAME) & (findings["kind"] == "change")].set_index("area_id")["q"]
    # of each of them alone not all would be told
    assert (alone[TOGETHER] >= 0.10).any()


def test_the_row_names_its_areas_and_their_values(table):
    (row,) = of_births(table).to_dict("records")
    names = rg.load_boundaries("district")["name"]
    for other in set(TOGETHER) - {row["area_id"]}:
        assert f"{other} {names[other]}" in row["sentence_de"]
        assert f"{other} {names[other]}" in row["sentence_en"]
    assert "Gemeinsam mit Nachbargebieten: " in row["sentence_de"]
    assert "Together with neighboring areas: " in row["sentence_en"]


def test_each_area_is_found(births, table):
    every = each_area(table)
    mine = every[(every["indicator"] == NAME) & (every["status"] == "new")].set_index("area_id")
    assert sorted(mine.index) == TOGETHER
    data = births.panel.data
    printed = data[(data["indicator"] == NAME) & (data["period"] == "2023") & (data["level"] == "district")]
    pd.testing.assert_series_equal(
        mine["value"].sort_index(), printed.set_index("area_id")["value"][TOGETHER], check_names=False
    )
    scheme = rg.read_division().to_frame()
    assert (
        set(mine["region_id"])
        == {births.region_of("district", area) for area in TOGETHER}
        <= set(scheme["region_id"])
    )
    counted = births.roll_up(2023)
    assert (counted.loc[sorted(set(mine["region_id"])), "areas"] >= 1).all()
    for area in TOGETHER:
        assert stand_in(of_births(table), [area]).all()
    assert not stand_in(of_births(table), ["01"]).any()
    # rows that were cut off do not come back
    assert each_area(table.iloc[:0]).empty
    # a frame that has forgotten what it was made from repeats the row
    assert len(each_area(pd.DataFrame(of_births(table)))) == 3


def test_without_zones_the_areas_are_asked_alone(births):
    alone = births.replace(settings=Settings(zones=False, lookback=1)).detect_warnings(2023)
    assert "zone" not in set(alone.facts.findings["kind"])
    assert [areas_of(row) for row in alone.to_dict("records")] == [[area] for area in alone["area_id"]]
    assert len(of_births(alone)) < 3


def test_a_step_that_stays_is_open_for_all_of_them(births):
    later = births.detect_warnings(2024)
    rows = pd.DataFrame(later)
    mine = rows[(rows["indicator"] == NAME) & stand_in(rows, TOGETHER)]
    assert sorted(area for row in mine.to_dict("records") for area in areas_of(row)) == TOGETHER
    assert set(mine["status"]) <= {"open", "continuing"}
    change = rg.compare_warnings(births.detect_warnings(2023), later)
    told = change[(change["indicator"] == NAME) & change["area_id"].isin(TOGETHER)]
    assert set(told["change"]) <= {"open", "continuing"}


def test_what_one_area_is_judged_for_is_not_judged_of_its_neighbors(births):
    found = each_area(births.detect_warnings(2023))
    mine = found[(found["indicator"] == NAME) & found["area_id"].isin(TOGETHER)]
    assert len(mine) == 3
    (about,) = mine[mine["area_id"] == "10"].to_dict("records")
    later = births.replace(assessments=answered({**about, "need": "no"})).detect_warnings(2024)
    rows = pd.DataFrame(later)
    still = rows[(rows["indicator"] == NAME) & stand_in(rows, TOGETHER)]
    assert "10" not in {area for row in still.to_dict("records") for area in areas_of(row)}


def test_a_map_marks_every_area_of_a_row_with_one_number(births, table):
    from regsam_geo.maps.map_values import MapValues
    from regsam_geo.maps.warning_marks import mark_warnings

    layer = births.layer("district")
    values = MapValues(*([None] * len(dataclasses.fields(MapValues))))
    values = dataclasses.replace(values, level="district", key=(NAME, "insgesamt", "2023"))
    marked = mark_warnings(births, layer, values, table)
    numbers = [marked.marks[layer.index.get_loc(area)].text for area in TOGETHER]
    assert len(set(numbers)) == 1


@pytest.fixture(scope="module")
def benefits():
    """Benefits of children rise in one district; those of adults rise there as well, a little."""
    panel = raised(rg.load_sample(), CHILDREN, ["20"], 1.5)
    return rg.Study(raised(panel, ADULTS, ["20"], 1.12), settings=BRIEF, threshold=None)


def test_a_warning_says_what_it_borrowed_from(benefits):
    rows = pd.DataFrame(benefits.detect_warnings(2023))
    (row,) = rows[(rows["indicator"] == CHILDREN) & (rows["area_id"] == "20")].to_dict("records")
    title = benefits.namings[ADULTS, "insgesamt"].short
    assert "In die Erwartung geht ein, was verwandte Indikatoren hier zeigen: " in row["sentence_de"]
    assert f"auch „{title('de')}“ ist gestiegen" in row["sentence_de"]
    assert f"“{title('en')}” has risen too" in row["sentence_en"]
    alone = pd.DataFrame(benefits.replace(settings=Settings(related=False, lookback=1)).detect_warnings(2023))
    (plain,) = alone[(alone["indicator"] == CHILDREN) & (alone["area_id"] == "20")].to_dict("records")
    assert "verwandte" not in plain["sentence_de"]
    # what went with the related one was to be expected
    assert plain["expected"] < row["expected"]


def test_a_hidden_cell_lends_nothing(benefits):
    """The warning of a shown cell is the same whatever stands in the hidden cell of a related indicator."""
    data = benefits.panel.data
    here = (data["indicator"] == ADULTS) & (data["area_id"] == "20") & (data["period"] == "2023")
    told = []
    for factor in (1.0, 1.2):
        hidden = data.copy()
        hidden.loc[here, ["value", "numerator", "base_1"]] *= factor
        hidden.loc[here, ["value", "numerator", "denominator", "base_1", "base_2"]] = np.nan
        hidden.loc[here, "sign"] = "suppressed"
        study = benefits.replace(panel=rg.Panel(hidden, benefits.panel.catalogue))
        rows = pd.DataFrame(study.detect_warnings(2023))
        (row,) = rows[(rows["indicator"] == CHILDREN) & (rows["area_id"] == "20")].to_dict("records")
        assert benefits.namings[ADULTS, "insgesamt"].short("de") not in row["sentence_de"]
        told.append(row)
    assert told[0] == told[1]
