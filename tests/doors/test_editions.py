"""Several editions lie side by side at their readers: sliding windows, revised figures, lists without figures."""

from __future__ import annotations

import sys
import tempfile
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import typer

import regsam_geo as rg
from regsam_geo.errors import InputError, OptionError
from regsam_geo.indicators.disclosure import (
    figures_bytes,
    list_bytes,
    list_hidden,
    load_earlier,
    read_handed_out,
)
from regsam_geo.indicators.disclosure.counts import collect_counts
from regsam_geo.indicators.disclosure.editions import given_away, known_of, read_editions
from regsam_geo.summary.facts.earlier_edition import after_edition_in, hidden_cells
from regsam_geo.summary.facts.figures_shown import figures_of_report
from regsam_geo.text import using_language

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "printed"))
from doors_made import GROUPS, counts, panel_of, revised
from plain_payload import cells_of, payload_of
from reader import KEY, Reader, truth_of

YEARS = ("2021", "2022", "2023")


def hidden(panel):
    return set(panel.data.loc[panel.data["sign"] == "suppressed", KEY].itertuples(index=False, name=None))


def keys(panel):
    return set(panel.data[KEY].itertuples(index=False, name=None))


def read_together(first, second, truths, changed=frozenset()):
    """Return what a reader of two editions finds, who knows which figures were revised."""
    reader = Reader()
    reader.sees(first.data, "old", changed, roles=("value",))
    reader.sees(second.data, "", changed, roles=("value",), kept=hidden(first))
    editions = ("", "old") if changed else ("",)
    reader.adds_areas(editions=editions)
    reader.adds_groups(GROUPS[0], GROUPS[1:], editions)
    old, new = truths
    return reader.finds({**truth_of(old, "old", changed, "value"), **truth_of(new, "", (), "value")})


def as_list(safe):
    return list_hidden(safe)


def as_folder(safe):
    """Return the edition as the folder of its report tells of it."""
    with tempfile.TemporaryDirectory() as name:
        return load_earlier(folder_of(safe, Path(name)))[0]


def folder_of(safe, folder):
    """Write what a report writes beside its pages: what it hides, and the figures that they show."""
    study = rg.Study(safe, threshold=None, lang="de")
    folder.mkdir(exist_ok=True)
    (folder / "geheim.csv").write_bytes(list_bytes(list_hidden(safe)))
    (folder / "gezeigt.csv").write_bytes(figures_bytes(figures_of_report(SimpleNamespace(study=study))))
    return folder


FORMS = {"panel": lambda safe: safe, "list": as_list, "folder": as_folder}


def sliding(seed, form):
    """Return what a reader finds in two windows, of which the second begins later and has other groups."""
    table = counts(seed, YEARS, mean=5.0)
    old = table[table["period"] < "2023"]
    new = table[table["period"] > "2021"]
    first = rg.protect(panel_of(old))
    second = rg.protect(panel_of(new), previous=FORMS[form](first))
    return read_together(first, second, (old, new)), first, second


def grown(seed, form):
    """Return what a reader finds where the second edition adds men and women to all."""
    table = counts(seed, ("2023",), mean=4.0)
    old = table[table["group"] == GROUPS[0]]
    first = rg.protect(panel_of(old))
    second = rg.protect(panel_of(table), previous=FORMS[form](first))
    return read_together(first, second, (old, table)), first, second


def shrunk(seed, form):
    """Return what a reader finds where the second edition leaves out the men and the city."""
    table = counts(seed, ("2023",), mean=4.0)
    new = table[(table["group"] != GROUPS[1]) & (table["level"] == "district")]
    first = rg.protect(panel_of(table))
    second = rg.protect(panel_of(new), previous=FORMS[form](first))
    return read_together(first, second, (table, new)), first, second


def shrunk_revision(seed, form):
    """Return what a reader finds where some districts were revised and the second edition leaves out the men."""
    old = counts(seed, ("2023",), mean=5.0)
    new, changed = revised(old, seed)
    new = new[new["group"] != GROUPS[1]]
    first = rg.protect(panel_of(old))
    second = rg.protect(panel_of(new), previous=FORMS[form](first))
    return read_together(first, second, (old, new), changed), first, second


def other_groups(seed, form, had, has):
    """Return what a reader finds where some districts were revised and the editions have other groups."""
    old = counts(seed, ("2023",), mean=4.0)
    new, changed = revised(old, seed)
    old, new = (table[table["group"].isin(groups)] for table, groups in ((old, had), (new, has)))
    first = rg.protect(panel_of(old))
    second = rg.protect(panel_of(new), previous=FORMS[form](first))
    return read_together(first, second, (old, new), changed), first, second


def swapped(seed, form):
    return other_groups(seed, form, GROUPS[:2], (GROUPS[0], GROUPS[2]))


def parts_for_whole(seed, form):
    return other_groups(seed, form, GROUPS[1:], GROUPS[:1])


def part_for_whole(seed, form):
    return other_groups(seed, form, GROUPS[1:], (GROUPS[0], GROUPS[2]))


@lru_cache(maxsize=1)
def revision(seed, form):
    """Return what a reader finds where some districts were revised."""
    old = counts(seed, ("2023",), mean=5.0)
    new, changed = revised(old, seed)
    first = rg.protect(panel_of(old))
    second = rg.protect(panel_of(new), previous=FORMS[form](first))
    return read_together(first, second, (old, new), changed), first, second


DOORS = {
    "sliding": sliding,
    "grown": grown,
    "shrunk": shrunk,
    "revision": revision,
    "shrunk_revision": shrunk_revision,
    "swapped": swapped,
    "parts_for_whole": parts_for_whole,
    "part_for_whole": part_for_whole,
}

# of these a list without figures is refused
OTHER_GROUPS = ("swapped", "parts_for_whole", "part_for_whole")
CASES = [(door, form) for door in DOORS for form in FORMS if form != "list" or door not in OTHER_GROUPS]


def many(door, form, seeds):
    """Return the seeds at which something is found that no notice names, and how many cells were hidden."""
    found, cells = {}, 0
    for seed in seeds:
        leaks, first, second = DOORS[door](seed, form)
        cells += len(hidden(second))
        named = given_away_by(second)
        leaks = [leak for leak in leaks if leak[0][1:6] not in named]
        # what was hidden stays hidden
        assert hidden(first) & keys(second) <= hidden(second), seed
        if leaks:
            found[seed] = leaks
    return found, cells


def given_away_by(panel):
    return set(given_away(panel)[KEY].itertuples(index=False, name=None))


@pytest.mark.parametrize(("door", "form"), [("sliding", "list"), ("grown", "panel"), ("revision", "folder")])
def test_nothing_can_be_computed_from_two_editions(door, form):
    found, cells = many(door, form, range(1))
    assert found == {}
    assert cells


@pytest.mark.parametrize(("seed", "form"), [(79, "panel"), (81, "folder"), (195, "panel")])
def test_who_knows_which_hidden_figure_was_revised_learns_nothing(seed, form):
    # the city's total and the remainder of its hidden districts moved together: the difference is one district's
    found, _ = many("revision", form, [seed])
    assert found == {}
    # no way out by naming: more of the new edition is hidden instead
    assert given_away_by(revision(seed, form)[2]) == set()


@pytest.mark.parametrize(("seed", "form"), [(81, "panel"), (81, "folder"), (5075, "panel")])
def test_what_a_group_that_is_left_out_would_be_today_is_reckoned_with(seed, form):
    # the men are 231 - 120 today, and were 108: some of them were revised, and with them a hidden one
    found, _ = many("shrunk_revision", form, [seed])
    assert found == {}


@pytest.mark.parametrize(
    ("door", "seed"),
    [
        ("swapped", 21),
        pytest.param("parts_for_whole", 519, marks=pytest.mark.slow),
        ("part_for_whole", 1031),
    ],
)
def test_what_a_group_would_be_that_one_edition_has_not_is_reckoned_with(door, seed):
    # who knows that the women were not revised has the men, the women and all of both editions
    found, _ = many(door, "panel", [seed])
    assert found == {}


@pytest.mark.parametrize("seed", [79, pytest.param(81, marks=pytest.mark.slow)])
def test_beside_a_list_without_figures_totals_go(seed):
    found, _ = many("revision", "list", [seed])
    assert found == {}


@pytest.mark.parametrize("door", OTHER_GROUPS)
def test_a_list_without_figures_is_refused_where_groups_are_exchanged(door):
    with pytest.raises(OptionError, match="previous"):
        DOORS[door](2, "list")
    # beside the figures themselves the list may come, too
    old = counts(2, ("2023",), mean=4.0)
    first = rg.protect(panel_of(old[old["group"] != GROUPS[2]]))
    second = panel_of(old[old["group"] != GROUPS[1]])
    assert len(hidden(rg.protect(second, previous=[first, as_list(first)])))


def test_a_group_of_the_earlier_edition_alone_is_named():
    # all are 2 and 3 in two districts, with men in both, and the new edition has women there: 1 and 2, or 2 and 1
    leaks, _, second = swapped(2, "panel")
    assert {leak[0][1:6] for leak in leaks} <= given_away_by(second)
    assert {("männlich", "13"), ("männlich", "18")} <= {(key[1], key[4]) for key in given_away_by(second)}
    assert not given_away(second)["sure"].any()
    # a selection names what was given away of its areas
    assert {key[4] for key in given_away_by(rg.Study(second, threshold=None).panel.sel(area="18"))} == {"18"}


def test_groups_of_both_editions_may_be_declared_to_add_up():
    table = counts(3, ("2023",), mean=4.0)
    old, new = (table[table["group"].isin(groups)] for groups in (GROUPS[:2], (GROUPS[0], GROUPS[2])))
    groups = {("Beratene", GROUPS[0]): GROUPS[1:]}
    first = rg.protect(panel_of(old))
    assert len(hidden(rg.protect(panel_of(new), previous=first, groups=groups)))
    with pytest.raises(OptionError, match="männlich"):
        rg.protect(panel_of(new), groups=groups)


@pytest.mark.slow
@pytest.mark.parametrize(("door", "form"), CASES)
def test_nothing_can_be_computed_from_two_editions_of_20_panels(door, form):
    found, cells = many(door, form, range(20))
    assert found == {}
    assert cells > 20


@pytest.mark.long
@pytest.mark.parametrize(("door", "form"), CASES)
def test_what_two_editions_of_100_panels_give_away(door, form):
    found, cells = many(door, form, range(100))
    assert found == {}
    assert cells > 100


# --- the figures that a report shows


def test_the_figures_beside_the_list_are_those_of_the_map(tmp_path):
    """The file gives nothing away that the other files do not show."""
    panel = rates(4)
    study = rg.Study(panel, lang="de")
    folder = folder_of(study.published, tmp_path)
    figures = read_handed_out(folder)[0].figures
    made = payload_of(rg.explore_map(study).get_root().render())
    (series,) = made["series"]
    ids = {level["id"]: [area["id"] for area in level["areas"]] for level in made["levels"]} | {"city": ["munich"]}
    on_map = {}
    for level, packed in [*series["levels"].items(), ("city", series["city"])]:
        shown, _ = cells_of(packed, ids[level], series["periods"], series["decimals"], series["extra"])
        on_map |= {(level, *where): number for where, number in shown.items()}
    told = {
        tuple(row[name] for name in ("level", "area_id", "period")): row["value"]
        for row in figures.to_dict("records")
    }
    # the sums of regions on the map follow from the others
    assert told.keys() == {where for where in on_map if where[0] != "region"}
    assert all(abs(told[where] - on_map[where]) <= 0.05 + 1e-9 for where in told)
    # of counts, whose city stands on no page, the total of the city too: whoever knows an old one subtracts
    counted = folder_of(rg.protect(panel_of(counts(3, YEARS, mean=8.0))), tmp_path / "counts")
    totals = read_handed_out(counted)[0].figures.query("level == 'city'")
    assert len(totals) == 9
    # rates with the digits of the page, and nothing that they are made of
    assert set(figures["half_unit"]) <= {0.05, 0.5}
    assert figures[["numerator", "denominator"]].isna().all(axis=None)
    assert hidden(study.published).isdisjoint(figures[KEY].itertuples(index=False, name=None))


def test_an_edition_without_its_figures_says_so(tmp_path, caplog):
    safe = rg.protect(panel_of(counts(3, mean=8.0)))
    folder = folder_of(safe, tmp_path)
    assert len(load_earlier(folder)[0].figures) > 20
    # the list of a folder brings the figures beside it
    assert load_earlier(folder / "geheim.csv")[0].figures is not None
    assert "gezeigt.csv" not in caplog.text
    (folder / "gezeigt.csv").unlink()
    with using_language("de"):
        assert load_earlier(folder)[0].figures is None
    assert "gezeigt.csv" in caplog.text
    assert "und Summen, in denen sie etwas verbirgt, fehlen auch" in caplog.text


@pytest.mark.parametrize("text", ["a;b\n1;2\n", "", "{head}\nBeratene;insgesamt;2024;district;01;Personen;x;;\n"])
def test_figures_that_are_none_are_refused(tmp_path, text):
    safe = rg.protect(panel_of(counts(3, mean=8.0)))
    folder = folder_of(safe, tmp_path)
    head = (folder / "gezeigt.csv").read_text("utf-8-sig").splitlines()[0]
    (folder / "gezeigt.csv").write_text(text.replace("{head}", head), encoding="utf-8")
    with pytest.raises(InputError, match=r"gezeigt\.csv"):
        load_earlier(folder)


def test_a_report_takes_the_figures_of_the_edition_in_its_folder(tmp_path):
    old = counts(3, ("2023",), mean=5.0)
    new, _ = revised(old, 3)
    folder = folder_of(rg.protect(panel_of(old)), tmp_path)
    same = rg.Study(panel_of(old))
    assert after_edition_in(folder, same) is same
    later = after_edition_in(folder, rg.Study(panel_of(new)))
    assert later.previous[0].figures is not None
    assert hidden(later.published) == hidden(rg.protect(panel_of(new), previous=rg.protect(panel_of(old))))


def test_a_revised_share_is_known_by_the_digits_that_were_printed(tmp_path):
    panel = rates(4).sel(period=2023)
    folder = folder_of(rg.protect(panel), tmp_path)
    (edition,) = read_editions(folder)
    data = panel.data.copy()
    counted = collect_counts(data, panel.catalogue)
    # rounding is no revision
    assert known_of(data, counted, (edition,), np.zeros_like(counted.stands)).told == ()
    here = (data["area_id"] == "05").to_numpy()
    before = data.loc[here, "numerator"].item()
    data.loc[here, "numerator"] = before + 4
    data["value"] = 100 * data["numerator"] / data["denominator"]
    counted = collect_counts(data, panel.catalogue)
    known = known_of(data, counted, (edition,), np.zeros_like(counted.stands))
    assert before in known.told[0][known.revised[0]]


@pytest.mark.slow
def test_the_figures_of_a_pack_stand_in_its_layers_and_tables(tmp_path):
    frame = counts(3, YEARS, mean=8.0, groups=("insgesamt",))
    pack = rg.write_meeting_pack(rg.Study(panel_of(frame), lang="de"), "17/18", tmp_path)
    assert tmp_path / "gezeigt-mappe.csv" in pack.files
    figures = read_handed_out(tmp_path)[0].figures
    layer = gpd.read_file(next(tmp_path.rglob("*.gpkg")), layer=0)
    series = pd.read_csv(next(tmp_path.rglob("entwicklung.csv")), sep=";", decimal=",")
    for row in figures.to_dict("records"):
        if row["level"] == "city":  # of counts no page shows it; it is known from elsewhere
            found = frame.loc[(frame["level"] == "city") & (frame["period"] == row["period"]), "value"]
        elif row["period"] == YEARS[-1]:
            found = layer.loc[layer["area_id"] == row["area_id"], "value"]
        else:
            its = series["Gebiet"].str.startswith(row["area_id"])
            found = series.loc[its & (series["Zeitraum"].astype(str) == row["period"]), "Wert"]
        assert found.tolist() == [row["value"]], row
    assert len(figures) > 20


# --- the report's own list


@pytest.fixture(scope="module")
def panel():
    return panel_of(counts(3, YEARS, mean=8.0))


def test_the_list_holds_no_figures_and_comes_back_as_it_was(panel, tmp_path):
    safe = rg.protect(panel)
    cells = list_hidden(safe)
    path = tmp_path / "geheim.csv"
    path.write_bytes(list_bytes(cells))
    again = read_handed_out(tmp_path)[0].cells
    assert again.astype(object).equals(cells.astype(object))
    named = cells[cells["area_id"] != "*"]
    assert set(named[KEY].itertuples(index=False, name=None)) == hidden(safe)
    assert list(cells.columns) == [*KEY, "still_shown"]
    # a list does not tell whether anything was revised: the totals of what it hides go, and no district
    more = hidden(rg.protect(panel, previous=path)) - hidden(safe)
    assert more
    assert all(key[3] == "city" or key[1] == GROUPS[0] for key in more)
    assert hidden(rg.protect(panel, previous=[tmp_path, safe])) == hidden(safe)


def test_names_that_look_like_formulas_come_back(tmp_path):
    frame = counts(3, mean=4.0, indicator="=SUMME(A1)")
    safe = rg.protect(panel_of(frame))
    path = tmp_path / "geheim.csv"
    path.write_bytes(list_bytes(list_hidden(safe)))
    assert b"\n=" not in path.read_bytes()
    again = read_handed_out(path)[0].cells
    assert set(again["indicator"]) == {"=SUMME(A1)"}


def test_what_is_no_edition_is_refused(panel, tmp_path):
    with pytest.raises(InputError, match=r"geheim\.csv"):
        rg.Study(panel, previous=tmp_path)
    (tmp_path / "geheim.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    with pytest.raises(InputError, match="keine Liste"), using_language("de"):
        rg.Study(panel, previous=tmp_path)
    with pytest.raises(OptionError, match="int"):
        rg.protect(panel, previous=[3])


def test_what_a_list_alone_cannot_tell_is_not_said_for_certain(panel, caplog):
    everything = list_hidden(panel)
    with using_language("de"):
        safe = rg.protect(panel, previous=everything)
    assert len(given_away(safe))
    assert not given_away(safe)["sure"].any()
    assert "können in früheren Ausgaben zu sehen gewesen sein" in caplog.text
    assert "waren in früheren Ausgaben zu sehen" not in caplog.text


def test_a_group_that_was_left_out_is_reckoned_with_and_not_taken_as_known():
    table = counts(2, ("2023",), mean=4.0)
    first = rg.protect(panel_of(table))
    new = table[table["group"] != GROUPS[1]]
    second = rg.protect(panel_of(new), previous=first)
    # men and women are hidden together: who does not know the men does not know the women
    assert given_away(second).empty
    assert read_together(first, second, (table, new)) == []
    gone = {key for key in hidden(first) if key[1] != GROUPS[1]}
    assert hidden(second) == gone


def test_what_an_old_edition_shows_is_named(panel, caplog):
    safe = rg.protect(panel, previous=panel)
    assert given_away(safe)["sure"].all()
    small = panel.data[panel.data["value"].isin([1, 2])]
    assert given_away_by(safe) >= set(small[KEY].itertuples(index=False, name=None))
    with using_language("de"):
        note = rg.Study(panel, previous=panel, lang="de").protection_note
    assert "in früheren Ausgaben zu sehen" in note
    area = small.iloc[0]["area_id"]
    assert f"Stadtbezirk {area}" in note
    assert any("Beratene" in record.message for record in caplog.records)
    # a selection names what it holds itself
    other = next(a for a in panel.sel(level="district").data["area_id"].unique() if a not in set(small["area_id"]))
    assert "Ausgaben" not in rg.Study(panel, previous=panel, lang="de").sel(area=other).protection_note
    assert "Ausgaben" not in rg.Study(panel, lang="de").protection_note


def rates(seed):
    """Return shares of two years: counts in the numerator."""
    frame = counts(seed, ("2023", "2024"), mean=8.0, groups=("insgesamt",))
    frame = frame.rename(columns={"value": "numerator"})
    frame["denominator"] = 500.0
    frame.loc[frame["level"] == "city", "denominator"] = 25 * 500.0
    frame["value"] = (100 * frame["numerator"] / frame["denominator"]).round(1)
    about = {"unit": "%", "decimals": 1, "scale": 100.0, "kind": "proportion", "counts_persons": True}
    return rg.Panel(frame, frame[["indicator", "group"]].drop_duplicates().assign(summable=True, **about))


def test_the_list_in_a_folder_is_taken(tmp_path):
    panel = rates(4)
    study = rg.Study(panel)
    assert after_edition_in(tmp_path, study) is study
    (tmp_path / "geheim.csv").write_bytes(list_bytes(hidden_cells(study)))
    assert after_edition_in(tmp_path, study) is study
    looser = after_edition_in(tmp_path, rg.Study(panel, threshold=2))
    assert hidden(looser.published) >= hidden(study.published) > hidden(rg.Study(panel, threshold=2).published)
    # years that an edition leaves out stay in its list for the one after it
    later = hidden_cells(rg.Study(panel.sel(period=2024), previous=tmp_path))
    assert set(later[KEY].itertuples(index=False, name=None)) >= hidden(study.published)
    everything = rg.Study(panel, threshold=None)
    assert after_edition_in(tmp_path, everything) is everything


@pytest.mark.slow
def test_a_report_in_the_same_folder_takes_the_list_by_itself(tmp_path):
    panel = rates(4)
    folder, other = tmp_path / "folder", tmp_path / "other"
    report = rg.write_report(rg.Study(panel, lang="de"), folder)
    assert folder / "geheim.csv" in report.files
    bytes_of = {path: path.read_bytes() for path in report.files}
    again = rg.write_report(rg.Study(panel, lang="de"), folder)
    assert {path: path.read_bytes() for path in again.files} == bytes_of
    assert again.kept == len(again.files) - 1
    # a lower threshold shows nothing that was hidden
    first = hidden(rg.protect(panel))
    rg.write_report(rg.Study(panel, lang="de", threshold=2), folder)
    cells = read_handed_out(folder)[0].cells
    listed = set(cells.loc[cells["area_id"] != "*", KEY].itertuples(index=False, name=None))
    assert listed >= first
    # next year's report in another folder, with this one as the previous edition
    rg.write_report(rg.Study(panel.sel(period=2024), lang="de", threshold=2, previous=folder), other)
    later = read_handed_out(other)[0].cells
    kept = set(later.loc[later["area_id"] != "*", KEY].itertuples(index=False, name=None))
    # years that it leaves out stay in the list for the one after it
    assert kept >= first


def test_the_command_line_says_the_same(tmp_path):
    from regsam_geo.cli import OwnTable, Subject

    panel = rates(4)
    (tmp_path / "geheim.csv").write_bytes(list_bytes(list_hidden(rg.protect(panel))))
    said = Subject(
        zeros="hide",
        sums=["Süd=17; 18"],
        groups=["Ab 65: Pflege:insgesamt=männlich;weiblich"],
        counts=["Kitas=nein"],
        previous=[tmp_path],
    ).study(OwnTable(), None, None)
    assert said.declared == {
        "zeros": "hide",
        "sums": {"Süd": ["17", "18"]},
        "groups": {("Ab 65: Pflege", "insgesamt"): ["männlich", "weiblich"]},
    }
    assert said.counts == {"Kitas": False}
    assert hidden(rg.Study(panel, counts={"Beratene": False}).published) == set()
    (edition,) = said.previous
    assert set(edition.cells["indicator"]) == {"Beratene"}
    for name, wrong in (("sums", "Süd"), ("groups", "insgesamt=a;b"), ("counts", "Kitas"), ("counts", "Kitas=25")):
        with pytest.raises(typer.BadParameter):
            Subject(**{name: [wrong]}).study(OwnTable(), None, None)
