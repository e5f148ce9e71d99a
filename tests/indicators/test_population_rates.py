"""From counts of cases to rates with the city's own population."""

from __future__ import annotations

import csv

import pandas as pd
import pytest
from matplotlib.text import Text

import regsam_geo as rg
from regsam_geo.errors import OptionError
from regsam_geo.resources import data_folder

IDS = [f"{k:02}" for k in range(1, 26)]
COUNTS = {key: float(20 + 3 * k) for k, key in enumerate(IDS)}


@pytest.fixture(scope="module")
def people():
    """Residents by year and district, read from the shipped CSV by its rows."""
    with (data_folder() / "indicators" / "sample.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["indicator"] == "Nichtdeutsche" and row["base_2"]]
    return {(row["period"], row["area_id"]): float(row["base_2"]) for row in rows}


def cases(period=2024, name="Fälle"):
    return pd.DataFrame({"indicator": name, "period": period, "area_id": IDS, "value": COUNTS.values()})


def words_of(figure):
    return " ".join(" ".join(text.get_text() for text in figure.findobj(Text)).split())


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "faelle.csv"
    lines = [f"{int(key)};2024;{value:.0f}" for key, value in COUNTS.items()]
    path.write_text("\n".join(["Bezirk;Jahr;Fälle", *lines]), encoding="utf-8")
    return rg.read_indicators(path, {"area": "Bezirk", "period": "Jahr", "value": "Fälle"}, indicator="Anfragen")


def test_rates_are_cases_by_residents_of_the_year(people):
    for period in (2010, "2024", "2024-Q2"):
        panel = rg.rates(cases(period))
        year = str(period)[:4]
        got = panel.sel(level="district").data.set_index("area_id")["value"]
        assert got.to_dict() == pytest.approx({key: 1000 * COUNTS[key] / people[year, key] for key in IDS})
        city = panel.sel(level="city").data["value"].item()
        assert city == pytest.approx(1000 * sum(COUNTS.values()) / people[year, "munich"], rel=2e-3)


def test_rates_sum_to_regions_and_say_whose_the_population_is(people):
    panel = rg.rates(cases(), scale=100_000)
    region = rg.aggregate(panel).sel(area="17/18").data["value"].item()
    expected = 100_000 * (COUNTS["17"] + COUNTS["18"]) / (people["2024", "17"] + people["2024", "18"])
    assert region == pytest.approx(expected)
    words = words_of(rg.plot_map(rg.Study(panel, lang="de")))
    assert "Fälle je 100.000 Einwohner" in words
    assert "Bevölkerung: Landeshauptstadt München" in words
    assert "Anzahlen" not in words


def test_small_numbers_of_cases_are_hidden_in_their_rates():
    few = cases().assign(value=[2.0, *list(COUNTS.values())[1:]])
    shown = rg.Study(rg.rates(few)).published.data
    assert shown.loc[(shown["area_id"] == "01"), "sign"].item() == "suppressed"


def test_a_table_of_cases_is_a_count_that_sums_and_hides_by_itself(table):
    entry = table.entry("Anfragen")
    # whether persons are counted nobody has said: it is assumed, and a page that hides something says so
    assert (bool(entry["summable"]), pd.isna(entry["counts_persons"])) == (True, True)
    assert rg.aggregate(table).sel(area="17/18").data["value"].item() == COUNTS["17"] + COUNTS["18"]
    words = words_of(rg.plot_map(rg.Study(table, lang="de")))
    assert "Die Karte zeigt Anzahlen" in words
    assert "Die Karte zeigt Anzahlen" in rg.explore_map(rg.Study(table, lang="de")).get_root().render()
    assert rg.rates(table).indicators == ["Anfragen je 1.000 Einwohner"]


@pytest.mark.parametrize("title", ["Fälle je 1.000", "Quote", "Durchschnittsalter", "Anzahl in Prozent", "Wert"])
def test_whole_numbers_that_do_not_say_that_they_count_do_not_sum(title, tmp_path):
    (tmp_path / "t.csv").write_text(f"Bezirk;Jahr;{title}\n1;2024;5\n2;2024;7\n", encoding="utf-8")
    columns = {"area": "Bezirk", "period": "Jahr", "value": title}
    panel = rg.read_indicators(tmp_path / "t.csv", columns, indicator=title)
    assert not panel.entry(title)["summable"]


def test_what_has_no_population_is_told_or_refused(caplog):
    with caplog.at_level("WARNING", logger="regsam_geo"):
        panel = rg.rates(pd.concat([cases(2024), cases(2031)]))
    assert "2031" in caplog.text
    assert panel.sel(period=2031).data["value"].isna().all()
    for given, options, code in (
        (cases().assign(value=0.5), {}, "rates_no_counts"),
        (rg.load_sample(), {}, "rates_no_counts"),
        (cases().assign(level="own"), {}, "rates_areas"),
        (cases(), {"per": "people"}, "rates_per"),
        (cases(), {"scale": 0}, "rates_scale"),
    ):
        with pytest.raises(OptionError) as caught:
            rg.rates(given, **options)
        assert caught.value.code == code


def test_each_population_is_that_of_its_name():
    old = rg.rates(cases(), per="population 75+").data.set_index("area_id")["denominator"]
    every = rg.rates(cases()).data.set_index("area_id")["denominator"]
    share = rg.load_sample().sel("Hochbetagte", period=2024).data.set_index("area_id")["value"]
    assert (100 * old / every).round(1).to_dict() == pytest.approx(share[every.index].to_dict(), abs=0.11)
    young = rg.rates(cases(), per="population 0-14").data["denominator"]
    middle = rg.rates(cases(), per="population 15-64").data["denominator"]
    above = rg.rates(cases(), per="population 65+").data["denominator"]
    assert ((young + middle + above) / every.to_numpy()).between(0.97, 1.03).all()
