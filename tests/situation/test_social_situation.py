from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.errors import OptionError
from regsam_geo.situation import BURDENS, DIRECTIONS

INDICATORS = ["Arbeitslose - Anteil", "(Regel-)Leistungsberechtigte - nicht erwerbsfähig - Anteil"]
BERLIN = {
    "status": {"high": "low", "medium": "medium", "low": "high", "very_low": "very_high"},
    "dynamics": {"positive": "falling", "stable": "stable", "negative": "rising"},
}


@pytest.fixture(scope="module")
def study():
    return rg.load_study(period=2024)


@pytest.fixture(scope="module")
def table(study):
    return study.social_situation()


def plain_rates(period):
    """The rates of both indicators by district, from the Basiswerte of the table."""
    data = rg.load_sample().data
    part = data[
        (data["level"] == "district") & (data["period"] == str(period)) & data["indicator"].isin(INDICATORS)
    ]
    return (
        part.assign(rate=100 * part["numerator"] / part["denominator"])
        .pivot_table(index="area_id", columns="indicator", values="rate")
        .reindex(columns=INDICATORS)
    )


def plain_class(period):
    rates = plain_rates(period)
    z = (rates - rates.mean()) / rates.std(ddof=0)
    index = z.sum(axis=1)
    index = index / index.std(ddof=0)
    return pd.cut(index, [-np.inf, -1, 1, 1.5, np.inf], labels=list(BURDENS)).astype(str)


def test_classes_are_those_of_berlin_under_other_names(study, table):
    berlin = study.status_dynamics(period=2024)
    assert table["burden"].tolist() == berlin["status"].map(BERLIN["status"]).tolist()
    assert table["direction"].tolist() == berlin["dynamics"].map(BERLIN["dynamics"]).tolist()
    np.testing.assert_allclose(table["index"], berlin["status_index"], atol=1e-12)
    np.testing.assert_allclose(table["change_index"], berlin["dynamics_index"], atol=1e-12)
    assert set(table["burden"]) == set(BURDENS)
    assert set(table["direction"]) == set(DIRECTIONS)


def test_history_is_the_class_of_each_year_by_hand(study):
    table = study.social_situation(INDICATORS)
    years = [int(period) for period in table.history.columns]
    assert years[-1] == 2024
    assert len(years) > 12
    for year in years:
        assert table.history[str(year)].tolist() == plain_class(year).tolist()
    for area in table.index:
        words = table.history.loc[area].tolist()
        last = words[-1]
        run = 0
        while run < len(words) and words[-1 - run] == last:
            run += 1
        assert table.loc[area, "periods_in_class"] == run
        assert table.loc[area, "since"] == str(years[-run])
        assert table.loc[area, "burden_before"] == ("" if run == len(words) else words[-1 - run])


def test_an_earlier_period_knows_nothing_of_later_ones(study):
    early = study.social_situation(INDICATORS, 2018)
    assert early.history.columns[-1] == "2018"
    assert early["burden"].tolist() == plain_class(2018).tolist()
    first = study.social_situation(INDICATORS, early.history.columns[0])
    assert set(first["direction"]) == {""}
    assert first["direction_holds"].isna().all()
    assert first.facts.earlier == ""


def test_intervals_span_what_chance_and_weights_allow(table):
    low = table[["chance_low", "weights_low"]].min(axis=1)
    high = table[["chance_high", "weights_high"]].max(axis=1)
    pd.testing.assert_series_equal(table["rank_low"], low, check_names=False)
    pd.testing.assert_series_equal(table["rank_high"], high, check_names=False)
    assert ((low <= table["rank"]) & (table["rank"] <= high)).all()
    assert table["holds"].between(0, 1).all()
    # with these four indicators in 2024: 16 and 14 lead under every weighting, 25 may lie anywhere
    assert table.loc[["16", "14", "24", "22"], "weights_high"].max() <= 5
    assert table.loc["25", "rank_high"] - table.loc["25", "rank_low"] > 10


def test_with_one_indicator_there_is_no_weight_to_doubt(study):
    one = study.social_situation(INDICATORS[:1])
    assert (one["weights_low"] == one["rank"]).all()
    assert (one["weights_high"] == one["rank"]).all()
    assert (one["holds_by_weights"] == 1).all()


def test_the_share_that_holds_is_counted_from_redraws(study):
    """By plain loops over one area: binomial counts, everything recomputed."""
    table = study.social_situation(INDICATORS[:1])
    data = rg.load_sample().sel(INDICATORS[0], period=2024, level="district").data.set_index("area_id")
    chance = np.random.default_rng(99)
    people, p = data["denominator"].round().astype(int), data["numerator"] / data["denominator"]
    same = np.zeros(25)
    for _ in range(600):
        rates = chance.binomial(people, p) / people
        z = (rates - rates.mean()) / rates.std(ddof=0)
        words = pd.cut(z, [-np.inf, -1, 1, 1.5, np.inf], labels=list(BURDENS)).astype(str)
        same += words == table["burden"].to_numpy()
    assert table["holds_by_chance"].to_numpy() == pytest.approx(same / 600, abs=0.08)


def test_without_denominators_chance_is_not_told():
    rows = rg.load_sample().sel(INDICATORS, period=[2022, 2024], level="district").data
    bare = rows.drop(columns=[name for name in rows if name.startswith("base_")] + ["numerator", "denominator"])
    catalogue = pd.DataFrame({"indicator": INDICATORS, "group": "insgesamt", "headline": True, "polarity": 1})
    table = rg.social_situation(rg.Panel.from_frame(bare, catalogue), period=2024)
    for name in ("rank_low", "rank_high", "chance_low", "holds", "holds_by_chance", "direction_holds"):
        assert table[name].isna().all(), name
    assert table["weights_high"].notna().all()
    assert table["burden"].isin(BURDENS).all()
    assert re.search(r"<td[^>]*>1</td>", table._repr_html_())


def test_areas_that_take_no_part_say_why_and_move_nobody(study):
    table = study.social_situation(INDICATORS, invalid=["16"], population="Nichtdeutsche", min_population=25_000)
    assert table.loc[["16", "01"], "left_out"].tolist() == ["named_invalid", "few_people"]
    assert table.loc["16", ["burden", "direction", "class", "since"]].tolist() == ["", "", "", ""]
    assert table.loc["16", ["rank", "rank_low", "holds"]].isna().all()
    assert table["rank"].max() == len(table) - (table["left_out"] != "").sum()
    assert "nicht eingestuft: ausgenommen" in table._repr_html_()
    assert (table.history.loc["16"] == "").all()


def test_hidden_counts_take_no_part_and_cannot_be_solved_for():
    """Two tables that publish the same and differ in what is hidden give the same situation."""
    panel = rg.load_sample().sel("Arbeitslose", period=range(2018, 2025), level="district")
    made = []
    for hidden in (1.0, 2.0):
        rows = panel.data.copy()
        cell = (rows["area_id"] == "07") & (rows["period"] == "2024")
        rows.loc[cell, ["numerator", "base_1"]] = hidden
        rows.loc[cell, "value"] = (100 * hidden / rows.loc[cell, "denominator"]).round(1)
        made.append(rg.Study(rg.Panel(rows, panel.catalogue)).social_situation())
    assert made[0].loc["07", "left_out"] == "missing_value"
    pd.testing.assert_frame_equal(pd.DataFrame(made[0]), pd.DataFrame(made[1]))


def test_regions_are_ranked_among_themselves(study):
    table = study.social_situation(level="region")
    assert len(table) == 16
    assert table.loc["16", ["rank", "burden"]].tolist() == [1, "very_high"]
    assert table["rank"].max() <= 16
    own = rg.load_boundaries("subdistrict").iloc[:0]
    assert own.empty


def test_it_is_the_same_again_and_another_seed_moves_the_redraws_alone(study, table):
    pd.testing.assert_frame_equal(pd.DataFrame(study.social_situation()), pd.DataFrame(table))
    other = study.social_situation(seed=1)
    redrawn = ["holds", "holds_by_chance", "holds_by_weights", "direction_holds"]
    steady = ["burden", "direction", "rank", "since"]
    pd.testing.assert_frame_equal(pd.DataFrame(other)[steady], pd.DataFrame(table)[steady])
    assert (other[redrawn] - table[redrawn]).abs().to_numpy().max() < 0.1
    assert not other[redrawn].equals(table[redrawn])


def test_a_notebook_shows_words(table):
    shown = re.sub(r"<[^>]+>", "|", table._repr_html_())
    assert "Soziale Lage 2024" in shown
    assert "1 (1–2)" in shown
    assert "↗ ungünstiger als anderswo" in shown
    assert "mindestens 2012" in shown
    assert "Status" not in shown
    with_names = table.assign(area_name="<b>16</b>")
    assert "<b>16</b>" not in with_names._repr_html_()
    assert "<table" in table[["rank"]]._repr_html_()


def test_worsening_are_the_burdened_whose_burden_grows(table):
    chosen = [
        area
        for area, row in table.sort_values("rank").iterrows()
        if row["burden"] in ("high", "very_high") and row["direction"] == "rising"
    ]
    assert table.worsening.index.tolist() == chosen == ["22"]


def test_unknown_names_are_refused(study):
    with pytest.raises(OptionError, match="Nichtdeutsche"):
        study.social_situation(["Nichtdeutsche"])
    with pytest.raises(OptionError, match="min_population"):
        study.social_situation(INDICATORS, min_pop=3)
