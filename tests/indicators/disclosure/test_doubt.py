"""Whatever may count persons is protected, in the forms in which tables come."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.indicators.disclosure import suppressed_cells
from regsam_geo.indicators.disclosure.taken import taken_as_persons

DISTRICTS = [f"{k:02d}" for k in range(1, 26)]
CASES = np.array([2.0 if k == 17 else k + 8.0 for k in range(1, 26)])
PEOPLE = np.array([300.0 + 13 * k for k in range(1, 26)])


def rows(indicator, numbers, areas=DISTRICTS, period="2024", level="district", **columns):
    frame = pd.DataFrame({"indicator": indicator, "period": period, "level": level, "area_id": areas})
    return frame.assign(value=numbers, **columns)


def hidden(panel, indicator=None, period="2024"):
    """Return the areas that are hidden, of one indicator or of all."""
    cells = suppressed_cells(panel)
    cells = cells[(cells["period"] == period) & (cells["indicator"].eq(indicator) if indicator else True)]
    return cells["area_id"].tolist()


def city(total, period="2024", indicator="Fälle"):
    return rows(indicator, [float(total)], ["munich"], period, "city")


@pytest.mark.parametrize(("area", "number"), [("04", 9.5), ("04", -3.0), ("04", 0.25)])
@pytest.mark.parametrize("period", ["2024", "2019"])
def test_one_odd_number_switches_nothing_off(area, number, period):
    table = pd.concat([rows("Fälle", CASES), rows("Fälle", CASES + 9, period="2019")])
    table.loc[table["area_id"].eq(area) & table["period"].eq(period), "value"] = number
    safe = rg.protect(table)
    assert "17" in hidden(safe)
    # a balance below zero is no count and stays
    if number < 0:
        assert safe.data["value"].min() == number


def test_three_indicators_that_add_up_to_a_fourth():
    women, children = 30.0 - np.arange(1, 26), np.arange(1, 26) % 7 + 9.0
    tables = {"Männer": CASES, "Frauen": women, "Kinder": children, "Gesamt": CASES + women + children}
    safe = rg.protect(pd.concat([rows(name, numbers) for name, numbers in tables.items()]))
    gone = {name for name in tables if "17" in hidden(safe, name)}
    assert "Männer" in gone
    assert len(gone) >= 2


def test_one_wrong_cell_in_an_old_year_hides_no_relation():
    rng = np.random.default_rng(3)
    tables = []
    for year in ("2022", "2023", "2024"):
        men, women = rng.integers(5, 40, 25).astype(float), rng.integers(5, 40, 25).astype(float)
        if year == "2024":
            men[16] = 2
        both = men + women
        if year == "2022":
            both[3] += 7
        tables += [rows(n, t, period=year) for n, t in (("Männer", men), ("Frauen", women), ("Alle", both))]
    safe = rg.protect(pd.concat(tables))
    assert sum("17" in hidden(safe, name) for name in ("Männer", "Frauen", "Alle")) >= 2


RATE = np.round(100 * CASES / PEOPLE, 2)


@pytest.mark.parametrize(
    ("columns", "catalogue"),
    [
        ({"value": CASES, "denominator": PEOPLE}, {}),
        ({"value": CASES, "base_1": PEOPLE}, {}),
        ({"value": RATE, "denominator": PEOPLE}, {}),
        ({"value": RATE, "base_1": PEOPLE}, {}),
        ({"value": RATE, "denominator": PEOPLE}, {"scale": 100.0}),
        ({"value": RATE * 10, "denominator": PEOPLE}, {}),
        ({"value": CASES, "denominator": PEOPLE, "base_1": RATE}, {}),
        ({"numerator": CASES, "denominator": PEOPLE}, {}),
        ({"base_1": CASES, "base_2": PEOPLE}, {}),
        ({"value": RATE, "numerator": CASES, "denominator": PEOPLE}, {}),
    ],
)
def test_a_count_beside_a_population_in_one_row(columns, catalogue):
    table = rows("X", np.nan).assign(**columns)
    about = pd.DataFrame([{"indicator": "X", "group": "insgesamt", **catalogue}])
    safe = rg.protect(rg.Panel.from_frame(table, about) if catalogue else table)
    line = safe.data.set_index("area_id").loc["17"]
    assert np.isnan(line["value"])
    assert not {2.0, 0.38} & set(line[["numerator", "denominator", "base_1", "base_2"]])


@pytest.mark.parametrize("names", [("Fälle", "Quote", "Einwohner"), ("Quote", "Einwohner"), ("a", "b", "c")])
def test_a_rate_and_a_population_in_several_indicators(names):
    numbers = {"Fälle": CASES, "Quote": RATE, "Einwohner": PEOPLE, "a": CASES, "b": RATE, "c": PEOPLE}
    safe = rg.protect(pd.concat([rows(name, numbers[name]) for name in names]))
    shown = safe.data[safe.data["area_id"].eq("17") & safe.data["value"].notna()]
    assert shown["value"].tolist() == [521.0]


def test_districts_without_cases_have_no_row():
    areas = ["02", "03", "05", "09", "16", "17", "24"]
    safe = rg.protect(pd.concat([rows("Fälle", [12.0, 9, 7, 15, 21, 2, 8], areas), city(74)]))
    assert len(hidden(safe)) == 2
    # the city has more cases than the districts shown: not enough to hide the two among them
    safe = rg.protect(pd.concat([rows("Fälle", [12.0, 9, 7, 15, 21, 2, 8], areas), city(75)]))
    assert len(hidden(safe)) == 2


def test_an_old_total_that_does_not_fit_says_nothing_of_the_new_one():
    old = CASES + 5
    table = [rows("Fälle", CASES), city(CASES.sum()), rows("Fälle", old, period="2023")]
    safe = rg.protect(pd.concat([*table, city(np.round(old.sum() * 1.12), "2023")]))
    assert len(hidden(safe)) == 2


def test_areas_of_ones_own_that_cover_the_city():
    own = [f"Gebiet {k}" for k in range(1, 9)]
    numbers = np.array([12.0, 9, 7, 15, 21, 2, 8, 30])
    table = [rows("Fälle", numbers, own, level="own"), city(numbers.sum())]
    assert len(hidden(rg.protect(pd.concat(table)))) == 2
    elsewhere = [table[0], city(5 * numbers.sum())]
    assert hidden(rg.protect(pd.concat(elsewhere))) == ["Gebiet 6"]


def test_divisions_protect_each_other():
    other = rg.read_division().to_frame()
    other["region_id"] = [f"Teil {1 + k % 5}" for k in range(25)]
    other["region_name"] = other["region_id"]
    schemes = [rg.read_division().to_frame(), other]
    tables = [rows("Fälle", CASES), city(CASES.sum())]
    for scheme in schemes:
        sums = pd.Series(CASES, index=DISTRICTS).groupby(scheme["region_id"]).sum()
        tables.append(rows("Fälle", sums.to_numpy(), list(sums.index), level="region"))
    safe = rg.protect(pd.concat(tables), divisions=schemes)
    known = safe.data.set_index(["level", "area_id"])["value"]
    assert np.isnan(known["district", "17"])
    for scheme in schemes:
        for region, districts in scheme.groupby("region_id").groups.items():
            gone = [d for d in districts if np.isnan(known["district", d])]
            assert len(gone) != 1 or np.isnan(known["region", region])


def test_the_caller_says_no():
    table = rows("Beratungen", CASES)
    assert hidden(rg.protect(table)) == ["17"]
    assert hidden(rg.protect(table, counts={"Beratungen": False})) == []
    with pytest.raises(rg.errors.OptionError, match="Beratungen"):
        rg.protect(table, counts={"Beratung": False})


def test_things_are_asked_about_and_shown():
    numbers = np.array([1.0 + k % 4 for k in range(25)])
    assert hidden(rg.protect(rows("Kitas", numbers))) == []
    assert len(hidden(rg.protect(rows("Kitas", numbers), counts={"Kitas": True}))) == 13
    assert len(hidden(rg.protect(rows("Kinder in Kitas", numbers)))) == 13


LAYOUTS = {
    "a count alone": ({"Fälle": {"value": CASES}}, "Fälle"),
    "a yearly mean": ({"Fälle": {"value": CASES + 0.4 * (np.arange(25) % 3)}}, "Fälle"),
    "count over population": ({"Fälle": {"numerator": CASES, "denominator": PEOPLE}}, "Fälle (Zähler und Nenner)"),
    "count, population, rate": (
        {"Quote": {"numerator": CASES, "denominator": PEOPLE, "value": RATE}},
        "Quote (Zähler und Nenner)",
    ),
    "count as value beside a denominator": (
        {"Fälle": {"value": CASES, "denominator": PEOPLE}},
        "Fälle (Nenner und Wert)",
    ),
    "count as value beside a Basiswert": (
        {"Fälle": {"value": CASES, "base_1": PEOPLE}},
        "Fälle (Basiswert 1 und Wert)",
    ),
    "rate beside a denominator": ({"X": {"value": RATE, "denominator": PEOPLE}}, "X (Nenner und mal Nenner)"),
    "rate beside a Basiswert": ({"X": {"value": RATE, "base_1": PEOPLE}}, "X (Basiswert 1 und mal Basiswert 1)"),
    "two Basiswerte": ({"X": {"base_1": CASES, "base_2": PEOPLE}}, "X (Basiswert 1 und Basiswert 2)"),
    "two Basiswerte and the rate": (
        {"X": {"base_1": CASES, "base_2": PEOPLE, "value": RATE}},
        "X (Basiswert 1 und Basiswert 2)",
    ),
    "three indicators": (
        {"Fälle": {"value": CASES}, "Quote": {"value": RATE}, "Einwohner": {"value": PEOPLE}},
        "Einwohner, Fälle, Quote (mal Einwohner)",
    ),
    "rate and population apart": (
        {"Quote": {"value": RATE}, "Einwohner": {"value": PEOPLE}},
        "Einwohner, Quote (mal Einwohner)",
    ),
    "rate per thousand and population apart": (
        {"je 1.000": {"value": np.round(10 * RATE, 1)}, "Einwohner": {"value": PEOPLE}},
        "Einwohner, je 1.000 (mal Einwohner)",
    ),
    "count and the rest": (
        {"mit": {"value": CASES}, "ohne": {"value": PEOPLE - CASES}, "alle": {"value": PEOPLE}},
        "alle, mit, ohne",
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("with_city", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_usual_layouts_are_safe_and_say_what_was_taken(layout, with_city):
    columns, taken = LAYOUTS[layout]
    tables = []
    for name, numbers in columns.items():
        table = rows(name, np.nan).assign(**numbers)
        if with_city:
            total = {column: float(np.sum(n)) for column, n in numbers.items() if n is not RATE}
            if len(total) == len(numbers):
                table = pd.concat([table, city(np.nan, indicator=name).assign(**total)])
        tables.append(table)
    safe = rg.protect(pd.concat(tables))
    here = safe.data[safe.data["area_id"].eq("17")]
    numbers = here[["value", "numerator", "denominator", "base_1", "base_2"]].to_numpy().ravel()
    shown = {float(n) for n in numbers if not np.isnan(n)}
    assert shown <= {521.0}, shown
    assert f"gelesen: {taken}. " in rg.Study(safe, lang="de").protection_note
    assert rg.audit_disclosure(safe).safe


def test_the_page_asks_about_things():
    kitas = rows("Kitas", np.array([1.0 + k % 4 for k in range(25)]))
    assert "Zählt „Kitas“ Personen?" in rg.Study(kitas, lang="de").protection_note
    assert "Does “Kitas” count persons?" in rg.Study(kitas, lang="en").protection_note
    assert rg.Study(kitas.assign(value=kitas["value"] + 20)).protection_note == ""


def test_a_rate_that_was_hidden_stays_hidden_with_another_figure():
    people = rows("Einwohner", PEOPLE)
    before = rg.protect(pd.concat([rows("Quote", RATE), people]))
    assert hidden(before, "Quote") == ["17"]
    # corrected to five cases: the old edition said that there were one or two
    revised = RATE.copy()
    revised[16] = np.round(100 * 5 / PEOPLE[16], 2)
    assert hidden(rg.protect(pd.concat([rows("Quote", revised), people])), "Quote") == []
    assert hidden(rg.protect(pd.concat([rows("Quote", revised), people]), previous=before), "Quote") == ["17"]


@pytest.mark.parametrize(("name", "scale"), [("Quote", 100), ("Fälle je 1.000 Einwohner", 1000)])
def test_rates_of_yearly_means_are_taken_by_their_names(name, scale):
    means = CASES + np.array([0.25, 0.5, 0.75, 0.42, 0.17] * 5) - 0.2
    rates = rows(name, np.round(scale * means / PEOPLE, 2))
    assert "17" in hidden(rg.protect(pd.concat([rates, rows("Einwohner", PEOPLE)])), name)


@pytest.mark.parametrize("name", ["Kinder je Frau", "Haushaltsgröße", "Personen je Haushalt", "Quote %"])
def test_means_and_rates_by_their_names_are_no_counts(name):
    assert hidden(rg.protect(rows(name, np.round(1 + CASES / 40, 2)))) == []


@pytest.mark.parametrize("name", ["Kinder je Bezirk", "Haushalte", "Frauen", "Fälle pro Jahr"])
def test_counts_of_each_area_or_year_are_counts(name):
    assert "17" in hidden(rg.protect(rows(name, CASES)))


def test_what_is_hidden_as_a_whole_is_named_on_the_page_too():
    days = rows("Wartezeit in Tagen", np.round(CASES * 1.3 + 0.4, 1))
    safe = rg.protect(pd.concat([rows("Ratsuchende", CASES), days]))
    assert len(hidden(safe, "Wartezeit in Tagen")) == 25
    assert "Wartezeit in Tagen" in taken_as_persons(safe).text("de")
    shown = rg.protect(pd.concat([rows("Ratsuchende", CASES), days]), counts={"Wartezeit in Tagen": False})
    assert not hidden(shown, "Wartezeit in Tagen")
