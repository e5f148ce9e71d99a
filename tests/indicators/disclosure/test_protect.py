"""What ``protect`` hides, keeps and says."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from leaky import finish, plant, whole_table, with_small
from panels import LAYERS, REGION_OF, made_panel

import regsam_geo as rg
from regsam_geo.errors import OptionError
from regsam_geo.indicators.disclosure import needs_protection, secondary, suppressed_cells
from regsam_geo.indicators.panel import KEY, NUMBERS


def table(rows, **catalogue):
    """Return a panel of (group, level, area, numerator, denominator) rows."""
    frame = pd.DataFrame(rows, columns=["group", "level", "area_id", "numerator", "denominator"])
    frame = frame.assign(indicator="A", period="2024")
    frame["value"] = 100 * frame["numerator"] / frame["denominator"]
    about = frame[["indicator", "group"]].drop_duplicates()
    about = about.assign(**{"scale": 100.0, "kind": "proportion", "counts_persons": True} | catalogue)
    return rg.Panel(frame, about)


def hidden_areas(panel):
    return suppressed_cells(panel)["area_id"].tolist()


def test_the_published_sample_stays_as_it_is():
    panel = rg.load_sample()
    assert rg.protect(panel) is panel
    assert not needs_protection(panel)
    assert rg.Study(panel).protection_note == ""


def test_two_small_counts_of_one_region_need_a_third_cell():
    # 1 + 1 = 2 is itself small: hiding both would still say that neither exceeds 1
    rows = [("g", "district", d, n, 500.0) for d, n in (("01", 1.0), ("02", 1.0), ("03", 60.0))]
    panel = table([*rows, ("g", "region", "1/2/3", 62.0, 1500.0)])
    assert hidden_areas(rg.protect(panel)) == ["01", "02", "03"]


def test_one_and_three_protect_each_other():
    rows = [("g", "district", d, n, 500.0) for d, n in (("01", 1.0), ("02", 3.0), ("03", 60.0))]
    panel = table([*rows, ("g", "region", "1/2/3", 64.0, 1500.0)])
    assert hidden_areas(rg.protect(panel)) == ["01", "02"]


def test_zero_is_shown_and_everybody_is_not():
    rows = [("g", "district", d, n, 50.0) for d, n in (("01", 0.0), ("02", 50.0), ("03", 20.0))]
    safe = rg.protect(table(rows))
    assert hidden_areas(safe) == ["02"]
    assert set(hidden_areas(rg.protect(table(rows), zeros="hide"))) == {"01", "02"}


def test_a_share_that_is_100_by_definition_is_no_secret():
    rows = [("g", "district", d, 500.0, 500.0) for d in ("01", "02", "03")]
    panel = table(rows)
    assert rg.protect(panel) is panel


def test_a_small_rest_hides_the_count_but_not_the_whole():
    rows = [("g", "district", d, n, 500.0) for d, n in (("01", 498.0), ("02", 90.0))]
    safe = rg.protect(table(rows)).data.set_index("area_id")
    assert np.isnan(safe.loc["01", "numerator"])
    assert np.isnan(safe.loc["01", "value"])
    assert safe.loc["01", "denominator"] == 500


def test_a_whole_too_small_for_two_parts_goes_too():
    rows = [("g", "district", "01", 1.0, 3.0), ("g", "district", "02", 30.0, 300.0)]
    safe = rg.protect(table(rows)).data.set_index("area_id")
    assert safe.loc["01", ["value", "numerator", "denominator"]].isna().all()
    assert safe.loc["02", "denominator"] == 300


def test_measures_are_no_persons():
    panel = rg.load_sample().sel("Bevölkerungsdichte")
    assert panel.data["denominator"].min() < 3
    assert rg.protect(panel) is panel


def test_indicators_that_do_not_count_persons_stay():
    rows = [("g", "district", "01", 1.0, 500.0), ("g", "district", "02", 30.0, 300.0)]
    panel = table(rows, counts_persons=False)
    assert rg.protect(panel) is panel
    # where the catalogue does not say, they are taken for persons
    assert hidden_areas(rg.protect(table(rows, counts_persons=pd.NA))) == ["01"]


def test_plain_counts_without_catalogue():
    tidy = pd.DataFrame({"indicator": "Beratungen", "period": 2024, "area_id": ["01", "02", "03"]})
    safe = rg.protect(tidy.assign(value=[2.0, 30.0, 0.0]))
    assert safe.data["value"].isna().tolist() == [True, False, False]
    # yearly means have decimals, and one of them says nothing about the other numbers
    means = rg.protect(tidy.assign(value=[2.0, 30.5, 0.0]))
    assert means.data["value"].isna().tolist() == [True, False, False]
    shares = rg.Panel.from_frame(tidy.assign(value=[2.0, 30.5, 0.0], indicator="Anteil"))
    assert rg.protect(shares) is shares


def test_yearly_means_are_counts_too():
    rows = [("g", "district", d, n, 500.3) for d, n in (("01", 0.4), ("02", 2.9), ("03", 457.8))]
    panel = table([*rows, ("g", "region", "1/2/3", 461.1, 1500.9)])
    assert set(hidden_areas(rg.protect(panel))) >= {"01", "02"}
    assert rg.audit_disclosure(rg.protect(panel)).safe


def test_a_rate_without_numerator_is_a_count_all_the_same():
    rows = [("g", "district", d, n, 400.0) for d, n in (("01", 2.0), ("02", 8.0), ("03", 90.0))]
    panel = table([*rows, ("g", "region", "1/2/3", 100.0, 1200.0)])
    data = panel.data.assign(numerator=np.nan, value=panel.data["value"].round(1))
    safe = rg.protect(rg.Panel(data, panel.catalogue))
    assert hidden_areas(safe) == ["01", "02"]
    assert safe.data["numerator"].isna().all()


def test_the_same_count_goes_from_every_row_that_prints_it():
    frame = pd.concat([whole_table(np.random.default_rng(1)).assign(indicator=name) for name in ("A", "B")])
    frame = with_small(frame.query("indicator == 'A'"), "13", 1)
    both = pd.concat([frame, frame.assign(indicator="B")])
    both["base_1"], both["base_2"] = both["numerator"], both["denominator"]
    both["value"] = 100 * both["numerator"] / both["denominator"]
    about = both[["indicator", "group"]].drop_duplicates()
    names = {"name_1": "Beratene", "name_2": "Bevölkerung", "scale": 100.0, "kind": "proportion"}
    safe = rg.protect(rg.Panel(both, about.assign(**names)))
    per = suppressed_cells(safe).groupby("indicator")["area_id"].agg(list)
    assert per["A"] == per["B"]
    hidden = safe.data["sign"] == "suppressed"
    assert safe.data.loc[hidden, ["value", "numerator", "base_1"]].isna().all().all()
    assert safe.data.loc[hidden, ["denominator", "base_2"]].notna().all().all()


def test_divisions_are_found_by_their_numbers():
    panel = made_panel(0, LAYERS[0], ("insgesamt", "männlich", "weiblich"), people=(60, 900))
    letters = {"insgesamt": "x", "männlich": "y", "weiblich": "z"}
    unnamed = panel.data.assign(group=panel.data["group"].map(letters))
    catalogue = panel.catalogue.assign(group=panel.catalogue["group"].map(letters))
    named = rg.protect(panel, groups={("Beratene", "insgesamt"): ["männlich", "weiblich"]})
    found = rg.protect(rg.Panel(unnamed, catalogue))
    assert len(suppressed_cells(named)) == len(suppressed_cells(found)) > 0
    assert rg.audit_disclosure(found).safe


def test_own_areas_that_add_up():
    rows = [("g", "subdistrict", "01.1", 1.0, 300.0), ("g", "subdistrict", "01.2", 40.0, 300.0)]
    rows += [("g", "own", "Planungsregion A", 41.0, 600.0)]
    panel = table(rows)
    assert hidden_areas(rg.protect(panel)) == ["01.1"]
    assert len(hidden_areas(rg.protect(panel, sums={"Planungsregion A": ["01.1", "01.2"]}))) == 2


def test_another_scheme():
    scheme = rg.read_division().to_frame()
    scheme["region_id"] = np.where(scheme.index.isin(["01", "13"]), "1/13", scheme["region_id"])
    rows = [("g", "district", d, n, 300.0) for d, n in (("01", 1.0), ("13", 40.0), ("02", 50.0))]
    panel = table([*rows, ("g", "region", "1/13", 41.0, 600.0)])
    assert hidden_areas(rg.protect(panel, divisions=scheme)) == ["01", "13"]
    # the shipped scheme knows no such region, but its id lists its districts
    assert hidden_areas(rg.protect(panel)) == ["01", "13"]
    own = rg.Panel(panel.data.replace({"area_id": {"1/13": "Mitte"}}), panel.catalogue)
    with pytest.raises(OptionError, match="Mitte"):
        rg.protect(own)
    assert hidden_areas(rg.protect(own, sums={"Mitte": ["01", "13"]})) == ["01", "13"]


def test_a_table_that_does_not_add_up_has_no_sums():
    # moves within the area: the districts are far below the city, nothing can be subtracted
    panel = rg.load_sample().sel("Innerräumliche Umzugsziffer", period=2024)
    data = panel.data.copy()
    data.loc[data["area_id"] == "05", ["numerator", "base_1"]] = 2.0
    assert hidden_areas(rg.protect(rg.Panel(data, panel.catalogue))) == ["05"]


def test_the_same_partner_from_year_to_year():
    frames = []
    for year in range(2015, 2025):
        frame = whole_table(np.random.default_rng(year), period=str(year))
        frames.append(with_small(frame, "14", 1 + year % 2))
    panel = finish(pd.concat(frames).pipe(lambda t: t[t["level"] != "region"]), [])
    cells = suppressed_cells(rg.protect(panel))
    partners = cells[cells["area_id"] != "14"].groupby("period")["area_id"].agg("+".join)
    assert len(partners) == 10
    assert len(set(partners)) == 1


def test_the_last_edition_is_followed_and_what_it_shows_is_no_cover():
    rng = np.random.default_rng(5)
    frame = with_small(whole_table(rng), "02", 1)
    safe = rg.protect(finish(frame, []))
    first = hidden_areas(safe)
    assert hidden_areas(rg.protect(finish(frame, []), previous=safe)) == first
    # an edition that hid 02 with the other district of the region
    other = next(d for d in ("01", "03") if d not in first)
    older = finish(frame, [("district", "02", "insgesamt"), ("district", other, "insgesamt")])
    again = rg.protect(finish(frame, []), previous=older)
    assert sorted(hidden_areas(again)) == sorted(["02", other])
    assert rg.audit_disclosure({"new": again, "old": older}).safe
    assert not rg.audit_disclosure({"new": safe, "old": older}).safe


def test_protecting_twice_changes_nothing():
    panel = made_panel(4, LAYERS[1])
    safe = rg.protect(panel)
    assert rg.protect(safe) is safe


def test_nothing_but_hidden_cells_changes_and_the_input_stays():
    panel = made_panel(7, LAYERS[4])
    before = panel.data.copy()
    safe = rg.protect(panel)
    pd.testing.assert_frame_equal(panel.data, before)
    pd.testing.assert_frame_equal(safe.data[list(KEY)], panel.data[list(KEY)])
    shown = safe.data["sign"] != "suppressed"
    pd.testing.assert_frame_equal(safe.data[shown], panel.data[shown])
    same = safe.data[list(NUMBERS)].isna() | (safe.data[list(NUMBERS)] == panel.data[list(NUMBERS)])
    assert same.all().all()
    assert safe.data.loc[~shown, "value"].isna().all()
    pd.testing.assert_frame_equal(rg.protect(panel).data, safe.data)


def test_rows_in_another_order_give_the_same():
    panel = made_panel(2, LAYERS[1])
    shuffled = rg.Panel(panel.data.sample(frac=1, random_state=0), panel.catalogue)
    pd.testing.assert_frame_equal(rg.protect(panel).data, rg.protect(shuffled).data)


def test_what_is_derived_from_the_protected_panel_says_nothing():
    panel = rg.load_sample().sel(["Arbeitslose - Anteil", "Nichtdeutsche"], period=range(2018, 2025))
    data = panel.data.copy()
    small = (data["indicator"] == "Arbeitslose - Anteil") & (data["level"] == "district")
    data.loc[small, "base_1"] = np.floor(data.loc[small, "base_1"] / 250)
    sums = data[small].groupby("period")["base_1"].sum()
    city = (data["indicator"] == "Arbeitslose - Anteil") & (data["level"] == "city")
    data.loc[city, "base_1"] = data.loc[city, "period"].map(sums)
    data["numerator"] = data["base_1"]
    data.loc[small | city, "value"] = (100 * data["numerator"] / data["denominator"]).round(1)
    safe = rg.protect(rg.Panel(data, panel.catalogue))
    gone = pd.MultiIndex.from_frame(suppressed_cells(safe))
    assert len(gone) > 10
    compared = rg.compare_areas(safe)
    here = pd.MultiIndex.from_frame(compared[list(KEY)]).isin(gone)
    told = compared.loc[here, ["value", "difference", "ratio", "rank", "change_1", "change_5"]]
    assert told.isna().all().all()
    regions = rg.aggregate(safe).data
    incomplete = {(i, p, REGION_OF[a]) for i, _, p, _, a in gone}
    for row in regions[regions["level"] == "region"].itertuples():
        if (row.indicator, row.period, row.area_id) in incomplete:
            assert np.isnan(row.numerator)
            assert np.isnan(row.value)
    joined = rg.join_indicators(safe, "Arbeitslose - Anteil", 2024)
    missing = [area for i, _, p, _, area in gone if p == "2024"]
    assert joined.areas.loc[missing, "value"].isna().all()
    warnings = rg.detect_warnings(safe, period=2024)
    table = warnings.data if hasattr(warnings, "data") else warnings
    assert not pd.MultiIndex.from_frame(table[list(KEY)]).isin(gone).any()
    assert rg.audit_disclosure({"panel": safe, "comparison": compared, "regions": regions}).safe


def test_the_note():
    safe = rg.protect(made_panel(1, LAYERS[1]))
    n = len(suppressed_cells(safe))
    assert rg.Study(safe, lang="de").protection_note.startswith(
        f"{n} Werte sind geheim gehalten: Fallzahlen unter 3 Personen"
    )
    assert rg.Study(safe, lang="en").protection_note.startswith(
        f"{n} values are suppressed: counts below 3 persons"
    )


@pytest.mark.parametrize("wrong", [{"threshold": 1}, {"threshold": float("nan")}, {"zeros": "maybe"}])
def test_options_that_are_not_possible(wrong):
    with pytest.raises(OptionError):
        rg.protect(rg.load_sample(), **wrong)


def test_unknown_group():
    with pytest.raises(OptionError, match="insgesammt"):
        rg.protect(rg.load_sample(), groups={("Nichtdeutsche", "insgesammt"): ["a"]})


# each protects a whole table and attacks it by linear programs
@settings(max_examples=10)
@given(
    numbers=st.lists(st.integers(0, 9), min_size=6, max_size=6),
    wholes=st.lists(st.integers(0, 30), min_size=6, max_size=6),
    zeros=st.sampled_from(["show", "hide"]),
)
def test_any_small_table_is_safe_after_protection(numbers, wholes, zeros):
    districts = ["01", "02", "03", "04", "12", "05"]
    rows = []
    for district, number, more in zip(districts, numbers, wholes, strict=True):
        rows += [
            ("g", level, area, float(number), float(number + more))
            for level, area in (("district", district), ("region", REGION_OF[district]))
        ]
    frame = pd.DataFrame(rows, columns=["group", "level", "area_id", "numerator", "denominator"])
    panel = table(frame.groupby(["group", "level", "area_id"], as_index=False).sum().to_numpy().tolist())
    safe = rg.protect(
        rg.Panel(panel.data.assign(value=panel.data["value"].round(1)), panel.catalogue), zeros=zeros
    )
    audit = rg.audit_disclosure(safe, zeros=zeros)
    assert audit.safe, audit.text()


def test_planted_tables_can_be_protected():
    for kind in ("difference", "city", "region"):
        leaky, _, _ = plant(kind, 2)
        assert not rg.audit_disclosure(leaky).safe


def test_what_hangs_together_is_what_a_walk_from_cell_to_cell_finds(monkeypatch):
    asked = []
    made, beside = secondary._Together.__init__, secondary._Together.beside

    def kept(self, search, hidden, forced):
        made(self, search, hidden, forced)
        self.then = hidden.copy(), forced.copy()

    def compared(self, cell):
        hidden, forced = self.then
        more = hidden.copy()
        more[cell] = True
        inside, _, _ = self._search.component(cell, more)
        expected = [k for k in inside if hidden[k] and not forced[k]]
        spare, worth = beside(self, cell)
        assert spare == expected
        assert worth == pytest.approx(self._search.cost[expected].sum())
        asked.append(len(spare))
        return spare, worth

    monkeypatch.setattr(secondary._Together, "__init__", kept)
    monkeypatch.setattr(secondary._Together, "beside", compared)
    for seed in range(6):
        groups = ("insgesamt", "weiblich", "männlich") if seed % 2 else ("insgesamt",)
        rg.protect(made_panel(seed, ("district", "region", "city"), groups))
    assert max(asked) > 1
