from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.errors import OptionError
from regsam_geo.indicators.naming import Naming, split_title
from regsam_geo.resources import data_folder


@pytest.mark.parametrize(
    ("title", "short", "detail"),
    [
        ("Arbeitslose (Anteil an der Bevölkerung)", "Arbeitslose", "Anteil an der Bevölkerung"),
        ("Quote (Personen (65+))", "Quote", "Personen (65+)"),
        ("Arbeitslose (anteil) ", "Arbeitslose", "Anteil"),
        ("Leistungen (Regel-)", "Leistungen (Regel-)", ""),
        ("(Regel-)Leistungsberechtigte", "(Regel-)Leistungsberechtigte", ""),
        ("Nichtdeutsche", "Nichtdeutsche", ""),
        ("(alles)", "(alles)", ""),
        ("Quote(ohne Abstand)", "Quote(ohne Abstand)", ""),
        ("offen )", "offen )", ""),
        ("", "", ""),
    ],
)
def test_a_title_is_split_at_its_last_parenthesis(title, short, detail):
    assert split_title(title) == (short, detail)


def catalogue_lines():
    with Path(data_folder() / "indicators" / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_names_of_the_sample_are_those_of_its_catalogue():
    namings = rg.load_study().namings
    lines = catalogue_lines()
    assert list(namings) == [(line["indicator"], line["group"]) for line in lines]
    for line in lines:
        naming = namings[line["indicator"], line["group"]]
        assert naming.title("de") == line["title_de"]
        assert naming.title("en") == line["title_en"]
        assert naming.full("de") == line["title_de"]
        assert naming.unit("en") == line["unit_en"]
        assert naming.digits == int(line["decimals"])
        assert naming.direction == int(line["polarity"] or 0)


def test_every_title_finds_its_indicator():
    namings = rg.load_study().namings
    for line in catalogue_lines():
        names = [line["indicator"], line["title_de"], line["title_en"], line["title_de"].split(" (Anteil")[0]]
        for name in (*names, *(name.upper() for name in names), f"  {line['title_de']} "):
            assert namings.find_indicator(name) == line["indicator"]


def two_groups(title_of_girls="Plätze in Kitas je Kind"):
    rows = [("Plätze", group, 2024, f"{d:02d}", 1.0) for group in ("insgesamt", "Mädchen") for d in range(1, 26)]
    tidy = pd.DataFrame(rows, columns=["indicator", "group", "period", "area_id", "value"])
    catalogue = pd.DataFrame(
        {
            "indicator": "Plätze",
            "group": ["insgesamt", "Mädchen"],
            "title_de": ["Plätze in Kitas je Kind", title_of_girls],
        }
    )
    return rg.Panel(tidy.assign(level="district"), catalogue)


def test_two_groups_are_never_called_alike():
    namings = two_groups().namings
    assert namings["Plätze", "insgesamt"].full("de") == "Plätze in Kitas je Kind"
    assert namings["Plätze", "Mädchen"].full("de") == "Plätze in Kitas je Kind (Mädchen)"
    assert namings["Plätze", "Mädchen"].full("en") == "Plätze in Kitas je Kind (Mädchen)"


def test_a_title_of_its_own_needs_no_group():
    assert two_groups("Mädchen in Kitas").namings["Plätze", "Mädchen"].full("de") == "Mädchen in Kitas"


def test_a_name_for_two_indicators_is_asked_back():
    tidy = pd.DataFrame({"indicator": ["A 1", "A 2"], "period": 2024, "area_id": "01", "value": 1.0})
    panel = rg.Panel.from_frame(tidy).with_catalogue(
        {"A 1": {"title_de": "Kinder (je 100)"}, "A 2": {"title_de": "Kinder (je 1.000)"}}
    )
    with pytest.raises(OptionError, match="A 1, A 2") as caught:
        panel.sel("Kinder")
    assert caught.value.code == "indicator_open"
    assert panel.sel("Kinder (je 100)").indicators == ["A 1"]


def test_groups_of_the_city_are_said_in_english_and_own_ones_stay():
    def named(group, title="Unemployed (share of the population)"):
        entry = {"indicator": "Arbeitslose", "group": group, "title_de": "Arbeitslose", "title_en": title}
        return Naming.from_entry({**entry, "unit": "%", "unit_en": "%", "decimals": 1, "polarity": 1})

    assert [named(group).group_words("en") for group in ("männlich", "weiblich", "nichtdeutsch", "insgesamt")] == [
        "men",
        "women",
        "foreign nationals",
        "",
    ]
    assert named("männlich").group_words("de") == "männlich"
    assert named("Haus A").group_words("en") == "Haus A"
    # "men" does not stand in "unemployment", but it does in a title about men
    assert named("männlich", "Unemployment").group_words("en") == "men"
    assert named("männlich", "Unemployed men").group_words("en") == ""


def test_titles_made_of_a_table_say_the_group_in_each_language():
    rows = [
        {"indicator": "Arbeitslose", "group": group, "period": 2024, "area_id": "01", "value": value}
        for group, value in (("insgesamt", 3.5), ("weiblich", 3.1), ("Haus A", 4.2))
    ]
    namings = rg.Panel.from_frame(pd.DataFrame(rows)).namings
    assert [namings["Arbeitslose", "weiblich"].full(lang) for lang in ("de", "en")] == [
        "Arbeitslose (weiblich)",
        "Arbeitslose (women)",
    ]
    assert namings["Arbeitslose", "Haus A"].full("en") == "Arbeitslose (Haus A)"
