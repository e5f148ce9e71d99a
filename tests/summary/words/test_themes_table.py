"""The themes of the city as a committee reads them, against sums of the shipped files by hand."""

from __future__ import annotations

import csv
from collections import defaultdict

import pytest

from regsam_geo.resources import data_folder
from regsam_geo.summary.words.themes_table import themes_table

UNEMPLOYED, NOW = "Arbeitslose - Anteil", "2024"


@pytest.fixture(scope="module")
def by_hand():
    """Cases and people of unemployment by region, by district and in the city, for each year."""
    with (data_folder() / "boundaries" / "regsam_regions.csv").open(encoding="utf-8") as stream:
        region_of = {row["district_id"]: row["region_id"] for row in csv.DictReader(stream)}
    sums = defaultdict(lambda: [0.0, 0.0])
    with (data_folder() / "indicators" / "sample.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            if row["indicator"] == UNEMPLOYED and row["base_1"]:
                city = row["level"] == "city"
                names = ["city"] if city else [row["area_id"], region_of[row["area_id"]] + "r"]
                for name in names:
                    sums[row["period"], name][0] += float(row["base_1"])
                    sums[row["period"], name][1] += float(row["base_2"])
    return sums


def test_every_cell_of_a_theme_is_that_of_the_plain_sums(facts, by_hand):
    table = themes_table(facts.report)
    (row,) = [row for row in table["rows"] if row[0] == "Arbeitslose"]
    _, areas, regions, share, _, course, *_ = [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row]
    rate = {name: over / under for (year, name), (over, under) in by_hand.items() if year == NOW}
    burdened = {name for name, one in rate.items() if one >= 1.1 * rate["city"]}
    found = sorted((name for name in burdened if name.endswith("r")), key=rate.get, reverse=True)
    names = [name.removesuffix("r") for name in found]
    assert regions == f"{len(names)} von 16: {', '.join(names[:-1])} und {names[-1]}"
    districts = sorted((name for name in burdened if name.isdigit()), key=rate.get, reverse=True)
    assert areas == f"{len(districts)} von 25: {', '.join(str(int(name)) for name in districts)}"

    def together(year, which):
        return sum(by_hand[year, name][which] for name in found)

    cases, people = (100 * together(NOW, k) / by_hand[NOW, "city"][k] for k in (0, 1))
    assert share == f"{cases:.0f} % (nach Größe {people:.0f} %)"
    old, new = (f"{100 * together(year, 0) / together(year, 1):.1f} %".replace(".", ",") for year in ("2022", NOW))
    assert course == f"gestiegen, von {old} auf {new}"


def test_a_sheet_that_is_full_says_how_many_themes_are_left(facts):
    whole, cut = themes_table(facts.report), themes_table(facts.report, most=0)
    assert cut["rows"] == []
    assert str(len(whole["rows"])) in cut["more"]
