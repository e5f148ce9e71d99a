from __future__ import annotations

import re
import time

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.errors import OptionError
from regsam_geo.look.theme import get_theme
from regsam_geo.maps.categories import burden_colors
from regsam_geo.situation import BURDENS, DIRECTIONS
from regsam_geo.situation.history import COLORS

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


def test_history_says_which_classes_are_firm(study, table):
    history = table.history
    assert history.index.equals(table.index)
    holds = history.holds
    assert list(holds.columns) == list(history.columns)
    # the newest is that of the table, and each other one that of the table of its period
    np.testing.assert_array_equal(holds["2024"], table["holds"])
    early = study.social_situation(INDICATORS, 2018)
    np.testing.assert_array_equal(study.social_situation(INDICATORS).history.holds["2018"], early["holds"])


def test_history_shows_letters_that_are_read_without_color(table):
    history = table.history.loc[["16", "22"]]
    shown = history._repr_html_()
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", shown)
    holds = history.holds
    letters = {"low": "N", "medium": "M", "high": "H", "very_high": "S"}
    wanted = [
        f"({letters[word]})" if holds.loc[area, period] < 0.9 else letters[word]
        for area, row in history.iterrows()
        for period, word in row.items()
    ]
    assert cells == wanted
    assert "(H)" in cells
    assert "S" in cells
    # scrolls in a box of its own that the keyboard reaches
    assert "overflow-x:auto" in shown
    assert "tabindex='0'" in shown
    assert "22\N{NO-BREAK SPACE}Aubing-Lochhausen-Langwied" in shown
    strange = history.replace("high", "<b>")
    assert "<b>" not in strange._repr_html_()


def test_history_has_the_colors_of_the_map():
    burdens = burden_colors(get_theme("meeting"))
    assert {burden: ground for burden, (ground, _) in COLORS.items()} == burdens
    for ground, ink in COLORS.values():
        assert contrast(ground, ink) >= 4.5


def contrast(one, other):
    """The contrast of WCAG between two colors."""

    def light(color):
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_own_and_fine_levels_have_a_history_too():
    rows = [
        ("Quote", "insgesamt", str(year), "own", area, value + year - 2022, 10.0 * value, 1000.0)
        for year in (2022, 2023, 2024)
        for area, value in zip("ABCDE", (3, 4, 5, 6, 20), strict=True)
    ]
    names = ["indicator", "group", "period", "level", "area_id", "value", "numerator", "denominator"]
    catalogue = pd.DataFrame(
        {"indicator": ["Quote"], "group": "insgesamt", "scale": 100.0, "kind": "proportion", "headline": True,
         "polarity": 1, "decimals": 1, "unit": "%", "summable": True}
    )  # fmt: skip
    panel = rg.Panel.from_frame(pd.DataFrame(rows, columns=names), catalogue)
    history = rg.social_situation(panel).history
    assert history.loc["E"].tolist() == ["very_high"] * 3
    assert re.findall(r"<th scope='row'[^>]*>(\w)</th>", history._repr_html_()) == list("ABCDE")
    assert rg.social_situation(rg.load_study(), level="region").history.loc["16", "2024"] == "very_high"


def test_a_situation_of_25_areas_and_20_years_takes_less_than_a_second():
    """User time of one process; about 0.2 s in 2026."""
    chance = np.random.default_rng(1)
    people = chance.integers(3_000, 60_000, 25)
    rows = [
        (
            name,
            "insgesamt",
            str(year),
            "own",
            f"A{area:02d}",
            0.0,
            float(chance.binomial(people[area], 0.05)),
            float(people[area]),
        )
        for name in ("a", "b", "c", "d")
        for year in range(2005, 2025)
        for area in range(25)
    ]
    names = ["indicator", "group", "period", "level", "area_id", "value", "numerator", "denominator"]
    frame = pd.DataFrame(rows, columns=names)
    frame["value"] = 100 * frame["numerator"] / frame["denominator"]
    catalogue = pd.DataFrame(
        {"indicator": list("abcd"), "group": "insgesamt", "scale": 100.0, "kind": "proportion", "headline": True,
         "polarity": 1, "decimals": 1, "unit": "%", "summable": True}
    )  # fmt: skip
    study = rg.Study(rg.Panel.from_frame(frame, catalogue))
    study.panel_of("own")
    begun = time.process_time()
    table = study.social_situation()
    assert table.history.shape == (25, 20)
    assert time.process_time() - begun < 1
