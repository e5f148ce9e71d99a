"""The order of the areas in the bytes of a map file: read by other eyes, and compared with the static ranking."""

from __future__ import annotations

import json
import re

import numpy as np
import pandas as pd
import pytest
from test_interactive import numbers_of

import regsam_geo as rg
from regsam_geo.charts.ranking_rows import ranked_of
from regsam_geo.look.style import Style

CHOSEN = ["Arbeitslose - Anteil", "Innerräumliche Umzugsziffer", "Bevölkerungsdichte"]
YEARS = ["2018", "2020", "2022", "2023", "2024"]


def data_of(web_map):
    found = re.search(r'id="rg-data">(.*?)</script>', web_map.get_root().render(), re.S)
    return json.loads(found.group(1))


def pairs_of(text):
    """Two running sums from the bits of one row of numbers, written once more from the description."""
    sums, found = [0, 0], []
    for both in numbers_of(text):
        bits = bin(int(both))[:1:-1]
        for which in (0, 1):
            own = sum(2**at for at, bit in enumerate(bits[which::2]) if bit == "1")
            sums[which] += -(own + 1) // 2 if own % 2 else own // 2
        found.append(tuple(sums))
    return found


def standing_of(series, level, at, number):
    """Lower and upper end, side, and how many ranks are possible above and below, of one area in one period."""
    held = series["levels"][level]["ranking"]
    first = held.get("first", 0)
    row = np.array([step is not None for step in numbers_of(series["levels"][level]["rows"][number])])
    place = int(row[first:at].sum())
    cities = list(numbers_of(series["city"]["rows"][0]))
    fine = sum(step for step in cities[: at + 1] if step is not None) * 10 ** series["city"]["zeros"]
    known = bool(cities) and cities[at] is not None
    center = (
        fine / 10 ** (series["decimals"] + series["extra"]) if known else held.get("centers", {}).get(str(at), 0)
    )
    middle = np.floor(center / held["unit"] + 0.5)
    down, up = pairs_of(held["ranges"][number])[place]
    above, below = pairs_of(held["ranks"][number])[place]
    sides = [run % 3 - 1 for run in numbers_of(held["sides"][number]) for _ in range(int(run) // 3)]
    return (middle - down) * held["unit"], (middle + up) * held["unit"], sides[place], above, below


@pytest.fixture(scope="module")
def study():
    return rg.Study(rg.load_sample().sel(CHOSEN, period=YEARS), lang="de")


@pytest.fixture(scope="module")
def data(study):
    return data_of(rg.explore_map(study))


def static(study, level, indicator, period):
    return ranked_of(study, study.pick(indicator, None, period, level), Style())


def compare(data, study, periods):
    ids = {level["id"]: [area["id"] for area in level["areas"]] for level in data["levels"]}
    compared = 0
    for series in data["series"]:
        for level, held in series["levels"].items():
            for period in periods:
                at = series["periods"].index(period)
                if at < held["ranking"].get("first", 0):
                    continue
                ranked = static(study, level, series["indicator"], period)
                measures = held["ranking"]["measures"]
                said = measures if isinstance(measures, str) else measures[at - held["ranking"].get("first", 0)]
                assert said == ranked.measure
                for area, row in ranked.rows.iterrows():
                    low, high, side, above, below = standing_of(series, level, at, ids[level].index(area))
                    unit = held["ranking"]["unit"]
                    # where nothing says how firm a value is, the file holds a range that reaches nowhere
                    alone = np.isnan(row["low"])
                    assert alone == np.isnan(row["best"])
                    ends = (row["value"], row["value"]) if alone else (row["low"], row["high"])
                    ranks = (row["rank"], row["rank"]) if alone else (row["best"], row["worst"])
                    assert abs(low - ends[0]) <= 1.01 * unit, (series["indicator"], level, period, area)
                    assert abs(high - ends[1]) <= 1.01 * unit
                    assert side == row["side"]
                    assert (row["rank"] - above, row["rank"] + below) == ranks
                    compared += 1
    return compared


def test_ranges_sides_and_ranks_are_those_of_the_static_view(data, study):
    # one indicator grows with the area and has no regions
    assert compare(data, study, ["2018", "2024"]) == 2 * (3 * 25 + 2 * 16)


def test_a_step_of_a_range_is_finer_than_a_screen_shows(data, study):
    for series in data["series"]:
        rows = static(study, "district", series["indicator"], "2024").rows
        span = rows["high"].max() - rows["low"].min()
        assert series["levels"]["district"]["ranking"]["unit"] <= span / 60


def without_counts():
    rng = np.random.default_rng(5)
    ids = [f"{number:02}" for number in range(1, 26)]
    parts = []
    for year in range(2017, 2025):
        values = (10 + 5 * rng.random(25)).round(1)
        part = pd.DataFrame({"period": str(year), "level": "district", "area_id": ids, "value": values})
        part.loc[rng.random(25) < 0.15, "value"] = np.nan
        city = pd.DataFrame({"period": [str(year)], "level": "city", "area_id": "munich", "value": 12.0})
        parts += [part, city]
    frame = pd.concat(parts).assign(indicator="Erfundenes", group="insgesamt")
    about = {"unit": "%", "decimals": 1, "scale": 100.0, "kind": "proportion"}
    return rg.Panel.from_frame(frame).with_catalogue({"Erfundenes": about})


def test_without_counts_the_newest_values_stand_there():
    study = rg.Study(without_counts(), lang="de")
    data = data_of(rg.explore_map(study))
    assert data["series"][0]["levels"]["district"]["ranking"]["measures"] == "history"
    assert compare(data, study, ["2017", "2019", "2024"]) > 50


def test_of_one_period_without_counts_no_rank_has_brackets():
    data = data_of(rg.explore_map(rg.Study(without_counts(), lang="de").sel(period="2024")))
    words = data["ranking"]
    assert words["interval"] == "{rank}"
    assert "Ohne Spanne" in words["history"]
    assert "Spanne" not in words["ranks_history"]
    assert "Blass" not in words["order_compared"]
    assert words["neither"] == "Wert"
    several = data_of(rg.explore_map(rg.Study(without_counts(), lang="de")))["ranking"]
    assert several["interval"] == "{rank} ({best}–{worst})"
    assert "höchstens 5 Zeitpunkten" in several["history"]
    counted = data_of(rg.explore_map(rg.load_study(lang="de").sel(CHOSEN[:1], period="2024")))["ranking"]
    assert counted["interval"] == several["interval"]


def test_of_many_areas_the_newest_periods_alone_are_held():
    areas = rg.load_boundaries("subdistrict").index
    rng = np.random.default_rng(3)
    frame = pd.DataFrame(
        {"period": str(year), "level": "subdistrict", "area_id": area, "value": round(float(10 * rng.random()), 1)}
        for year in range(2016, 2025)
        for area in areas
    ).assign(indicator="Erfundenes", group="insgesamt")
    panel = rg.Panel.from_frame(frame).with_catalogue({"Erfundenes": {"unit": "%", "decimals": 1, "scale": 100.0}})
    study = rg.Study(panel, lang="de")
    data = data_of(rg.explore_map(study))
    assert data["series"][0]["levels"]["subdistrict"]["ranking"]["first"] == 4
    assert compare(data, study, ["2016", "2020", "2024"]) == 2 * 108


def test_what_is_hidden_changes_no_byte_of_the_file():
    """Whatever the hidden counts are, whoever takes the file apart finds the same."""
    pages = []
    for secret in (1, 2, 3):
        rows = (
            rg.load_sample().sel("Arbeitslose - Anteil", period=[2022, 2023, 2024], level="district").data.copy()
        )
        hidden = rows["area_id"].isin(["01", "03"])
        other = rows["area_id"].eq("03")
        rows.loc[hidden, "numerator"] = np.where(other[hidden], 4.0 - secret, float(secret))
        rows["value"] = (100 * rows["numerator"] / rows["denominator"]).round(1)
        rows[["base_1", "base_2"]] = rows[["numerator", "denominator"]].to_numpy()
        panel = rg.Panel(rows, rg.load_sample().sel("Arbeitslose - Anteil").catalogue)
        web_map = rg.explore_map(rg.Study(panel, threshold=5, lang="de"), "Arbeitslose - Anteil")
        series = data_of(web_map)["series"][0]
        assert {
            number for number in range(25) if None in numbers_of(series["levels"]["district"]["rows"][number])
        } >= {0, 2}
        pages.append(web_map.get_root().render())
    assert pages[0] == pages[1] == pages[2]
