from __future__ import annotations

import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.situation import shared_burdens

BURDENS = {
    "Arbeitslose - Anteil": (2008, 2016, 2024),
    "(Regel-)Leistungsberechtigte - erwerbsfähig - Anteil": (2008, 2016, 2024),
    "(Regel-)Leistungsberechtigte - nicht erwerbsfähig - Anteil": (2008, 2016, 2024),
    "Haushalte Alleinerziehend": (2014, 2019, 2024),
}


@pytest.fixture(scope="module")
def sample():
    return rg.load_sample()


def rates(name, sample, period, level="district"):
    """Numerator and denominator of each area, as they stand in the rows."""
    data = sample.sel(name, period=period, level=level).data
    return data.set_index("area_id")[["numerator", "denominator"]]


def region_sums(name, sample, period):
    """Numerator and denominator by region, added up from the rows of the districts."""
    rows = rates(name, sample, period)
    return rows.groupby(rg.read_division().to_frame()["region_id"].reindex(rows.index)).sum()


def ahead(sums, whole):
    """The areas at least ten percent above the city, the farthest first."""
    found = (
        sums["numerator"] / sums["denominator"] / (whole["numerator"] / whole["denominator"]) - 1
    ).sort_values(ascending=False)
    return found[found >= 0.10].index.tolist()


@pytest.mark.parametrize(("name", "period"), [(name, year) for name, years in BURDENS.items() for year in years])
def test_themes_are_those_of_a_table_made_by_hand(name, period, sample):
    table = shared_burdens(rg.Study(sample.sel(name)), str(period)).set_index("indicator")
    sums, before = region_sums(name, sample, period), region_sums(name, sample, period - 2)
    # the city's own row: it holds the people who are in no district
    whole = rates(name, sample, period, "city").iloc[0]
    burdened = ahead(sums, whole)
    row = table.loc[name]
    assert row["regions"].split(", ") == burdened
    assert row["n_regions"] == len(burdened) >= 3
    assert row["burdened_areas"].split(", ") == ahead(rates(name, sample, period), whole)
    assert row["of_areas"] == 25
    share = sums.loc[burdened].sum() / whole
    assert row["share_cases"] == pytest.approx(share["numerator"])
    assert row["share_people"] == pytest.approx(share["denominator"])
    now, past = (
        100 * part.loc[burdened, "numerator"].sum() / part.loc[burdened, "denominator"].sum()
        for part in (sums, before)
    )
    assert row["value"] == pytest.approx(now)
    assert row["value_before"] == pytest.approx(past)
    moved = now / past - 1
    assert row["trend"] == ("steady" if abs(moved) < 0.02 else "rising" if moved > 0 else "falling")
    # since when without a break, year by year
    years = [one for one in sample.sel(name).periods if int(one) <= period]
    enough = [
        len(ahead(region_sums(name, sample, int(one)), rates(name, sample, int(one), "city").iloc[0])) >= 3
        for one in years
    ]
    first = max((place + 1 for place, one in enumerate(enough) if not one), default=0)
    assert (row["since"], row["always"]) == (years[first], first == 0)


def made(values, *, polarity=1):
    """A city of four regions of one district each; values by year, in percent of 1,000 people."""
    scheme = pd.DataFrame(
        {"region_id": ["9", "10", "11", "16"], "region_name": list("abcd")},
        index=pd.Index(["09", "10", "11", "16"], name="district_id"),
    )
    rows = [
        ("Quote", "insgesamt", str(year), "district", area, value, 10.0 * value, 1000.0)
        for year, row in values.items()
        for area, value in zip(scheme.index, row, strict=True)
    ]
    rows += [
        ("Quote", "insgesamt", str(year), "city", "munich", sum(row) / 4, 10.0 * sum(row), 4000.0)
        for year, row in values.items()
    ]
    names = ["indicator", "group", "period", "level", "area_id", "value", "numerator", "denominator"]
    catalogue = pd.DataFrame(
        {"indicator": ["Quote"], "group": "insgesamt", "scale": 100.0, "kind": "proportion", "headline": True,
         "polarity": polarity, "decimals": 1, "unit": "%", "summable": True}
    )  # fmt: skip
    panel = rg.Panel.from_frame(pd.DataFrame(rows, columns=names), catalogue)
    return rg.Study(panel, division=scheme)


def test_ten_percent_is_the_edge_and_three_regions_are_a_theme():
    # the city stands at 10.0: 11.0 is ten percent above, 10.9 is not
    study = made({2022: [11, 11, 11, 7], 2024: [11, 11, 11, 7]})
    assert shared_burdens(study, "2024")["regions"].tolist() == ["10, 11, 9"]
    study = made({2022: [11, 11, 11, 7], 2024: [11, 11, 10.9, 7.1]})
    assert shared_burdens(study, "2024").empty
    assert shared_burdens(study, "2024", at_least=2)["regions"].tolist() == ["10, 9"]


def test_since_is_the_unbroken_past_and_low_may_be_the_burden():
    low, quiet = [9, 9, 9, 13], [10, 10, 10, 10]
    study = made({2019: low, 2020: quiet, 2021: low, 2022: low, 2023: low, 2024: low}, polarity=-1)
    row = shared_burdens(study, "2024").iloc[0]
    assert (row["since"], row["always"], row["direction"], row["trend"]) == ("2021", False, "low", "steady")
    assert shared_burdens(study, "2019").iloc[0]["always"]
    assert shared_burdens(made({2024: low, 2022: low}), "2024").empty
    falling = made({2022: [16, 16, 16, 4], 2024: [13, 13, 13, 5]})
    assert shared_burdens(falling, "2024").loc[0, "trend"] == "falling"


def test_without_a_direction_or_without_sums_there_is_no_theme():
    assert shared_burdens(made({2024: [9, 9, 9, 1]}, polarity=0), "2024").empty
    rows = pd.DataFrame({"indicator": "Quote", "period": 2024, "area_id": ["01", "02"], "value": [3.0, 4.0]})
    bare = rg.Panel.from_frame(rows.assign(level="district", group="insgesamt"))
    assert shared_burdens(rg.Study(bare), "2024").empty


@pytest.mark.parametrize(
    ("now", "trend"), [(12.2, "steady"), (12.25, "rising"), (11.8, "steady"), (11.75, "falling")]
)
def test_two_percent_of_itself_is_the_edge_of_a_trend(now, trend):
    # 12.24 and 11.76 would be two percent of 12.0
    study = made({2022: [12, 12, 12, 4], 2024: [now, now, now, 4]})
    assert shared_burdens(study, "2024").loc[0, "trend"] == trend
