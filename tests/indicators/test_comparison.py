from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.errors import OptionError
from regsam_geo.indicators import aggregate_to_regions, compare_rows
from regsam_geo.indicators.periods import periods_before


@pytest.fixture(scope="module")
def table(sample):
    return compare_rows(sample)


def test_against_plain_dicts(table, sample_rows):
    """Every cell of two indicators, computed again from the file."""
    scale = {"Nichtdeutsche": 100, "Bevölkerungsdichte": 1}
    last_digit = {"Nichtdeutsche": 0.1, "Bevölkerungsdichte": 1}
    exact = {}
    for row in sample_rows:
        name = row["indicator"]
        if name in scale:
            ratio, printed = scale[name] * float(row["base_1"]) / float(row["base_2"]), float(row["value"])
            # an area of 3.1 km² is too coarse for a density with four digits
            agrees = abs(ratio - printed) <= 0.5000001 * last_digit[name]
            exact[name, row["period"], row["area_id"]] = ratio if agrees else printed
    compared = table[table["indicator"].isin(scale)]
    assert len(compared) == sum(1 for key in exact if key[2] != "munich")
    for row in compared.itertuples():
        own, city = exact[row.indicator, row.period, row.area_id], exact[row.indicator, row.period, "munich"]
        assert row.city == pytest.approx(city)
        assert row.difference == pytest.approx(own - city)
        assert row.ratio == pytest.approx(own / city)
        others = [v for k, v in exact.items() if k[:2] == (row.indicator, row.period) and k[2] != "munich"]
        assert row.rank == 1 + sum(v > own + 1e-9 for v in others)
        assert row.n == 25
        for step in (1, 5):
            past = exact.get((row.indicator, str(int(row.period) - step), row.area_id))
            change = getattr(row, f"change_{step}")
            assert math.isnan(change) if past is None else change == pytest.approx(own - past)


def test_aligned_to_the_panel(table, sample):
    areas = sample.data[sample.data["level"] != "city"]
    assert table.index.equals(areas.index)
    pd.testing.assert_series_equal(table["value"], areas["value"])


def test_equal_values_share_the_better_rank():
    tidy = pd.DataFrame(
        {"indicator": "x", "period": "2024", "area_id": ["01", "02", "03", "04"], "value": [1, 3, 3, np.nan]}
    )
    table = compare_rows(tidy).set_index("area_id")
    assert table["rank"].tolist()[:3] == [3, 1, 1]
    assert np.isnan(table.loc["04", "rank"])
    assert (table["n"] == 3).all()
    assert table["city"].isna().all()


def test_regions_are_ranked_among_regions(sample):
    table = compare_rows(aggregate_to_regions(sample)).query("period == '2024'")
    assert (table["n"] == 16).all()
    assert table["city"].notna().all()
    assert table["change_5"].notna().all()


def test_levels_do_not_mix(sample):
    regions = aggregate_to_regions(sample)
    both = pd.concat([sample.data, regions.data[regions.data["level"] == "region"]])
    from regsam_geo.indicators import Panel

    table = compare_rows(Panel(both, sample.catalogue)).query("indicator == 'Nichtdeutsche' and period == '2024'")
    assert table.groupby("level")["rank"].max().to_dict() == {"district": 25, "region": 16}


def test_a_city_of_zero_gives_no_ratio():
    tidy = pd.DataFrame(
        {
            "indicator": "x",
            "period": "2024",
            "level": ["district", "city"],
            "area_id": ["01", "munich"],
            "value": [2.0, 0.0],
        }
    )
    row = compare_rows(tidy).iloc[0]
    assert row["difference"] == 2
    assert np.isnan(row["ratio"])


@pytest.mark.parametrize(
    ("period", "steps", "expected"),
    [
        ("2024", 5, "2019"),
        ("2024-Q2", 5, "2023-Q1"),
        ("2024-H1", 1, "2023-H2"),
        ("2024-01", 1, "2023-12"),
        ("2024-12", 12, "2023-12"),
        ("2021-W01", 1, "2020-W53"),
        ("2020-W53", 53, "2019-W52"),
    ],
)
def test_periods_before(period, steps, expected):
    assert periods_before(period, steps) == expected


def test_months_are_compared_with_the_same_month_of_earlier_years():
    """What a column calls the change over one year is that; counts of cases have seasons."""
    rng = np.random.default_rng(4)
    months = [f"{year}-{month:02d}" for year in range(2019, 2025) for month in range(1, 13)]
    rows = pd.DataFrame(
        {"indicator": "Fälle", "period": months, "area_id": "01", "value": rng.integers(5, 90, 72)}
    )
    table = compare_rows(rows.assign(level="district", group="insgesamt").astype({"value": float}))
    values = dict(zip(months, rows["value"], strict=True))
    for row in table.to_dict("records"):
        year, month = row["period"].split("-")
        for step in (1, 5):
            earlier = values.get(f"{int(year) - step}-{month}")
            if earlier is None:
                assert np.isnan(row[f"change_{step}"])
            else:
                assert row[f"change_{step}"] == values[row["period"]] - earlier


@pytest.mark.parametrize("steps", ["16", ["16", "14"], (0,), (1.5,), 5])
def test_steps_that_are_no_years_are_refused_with_the_way_to_two_areas(steps):
    with pytest.raises(OptionError, match="plot_comparison"):
        rg.compare_areas(rg.load_study(), steps)
