"""What an audit knows only if it is told: sums of areas and groups, what own areas are made of, editions."""

from __future__ import annotations

from types import SimpleNamespace

import geopandas as gpd
import pandas as pd
import pytest
from typer.testing import CliRunner

import regsam_geo as rg
from regsam_geo import audit_disclosure
from regsam_geo.areas import as_division
from regsam_geo.cli import app
from regsam_geo.errors import OutputError
from regsam_geo.indicators.disclosure import list_bytes, list_hidden
from regsam_geo.summary.products import handing_over

HEAD = "Indikator;Gruppe;Zeitraum;Ebene;Gebiet;Wert;Einheit\n"
HIDDEN = "geheim gehalten"


def table(rows, indicator="Beratene", period="2024"):
    """A long table: level, area, number; or group, level, area, number."""
    told = [row if len(row) == 4 else ("insgesamt", *row) for row in rows]
    return HEAD + "".join(
        f"{indicator};{group};{period};{level};{area};{number};Personen\n" for group, level, area, number in told
    )


def folder_of(tmp_path, text, name="bericht"):
    folder = tmp_path / name
    folder.mkdir()
    (folder / "tabelle.csv").write_text(text, encoding="utf-8")
    return folder


# --- sums of areas


@pytest.mark.parametrize(
    ("level", "parts"), [("district", ["01", "02", "03"]), ("subdistrict", ["01.1", "01.2", "01.3"])]
)
def test_a_count_follows_from_a_sum_that_is_declared(tmp_path, level, parts):
    rows = [(level, parts[0], HIDDEN), (level, parts[1], 7), (level, parts[2], 5), ("own", "Nord", 14)]
    folder = folder_of(tmp_path, table(rows))
    assert audit_disclosure(folder).safe
    audit = audit_disclosure(folder, sums={"Nord": parts})
    assert audit.verdict == "leaks"
    assert audit.leaks.loc[0, ["area_id", "lower", "upper"]].tolist() == [parts[0], 2, 2]
    # where another part is not in the table, those that are cannot be more than the whole
    audit = audit_disclosure(folder, sums={"Nord": [*parts, "25"]})
    assert audit.leaks.loc[0, ["lower", "upper"]].tolist() == [1, 2]
    (folder / "tabelle.csv").write_text(table([*rows[:3], ("own", "Nord", 15)]), encoding="utf-8")
    assert audit_disclosure(folder, sums={"Nord": [*parts, "25"]}).safe


PAIRS = {f"{k:02d}": f"Paar {(k + 1) // 2}" for k in range(1, 26)}
QUARTERS = {"A": "Nord", "B": "Nord", "C": "Süd"}


@pytest.mark.parametrize("divisions", [[PAIRS], [None, PAIRS], [PAIRS, None], [None, QUARTERS, PAIRS]])
def test_a_count_follows_from_a_division_wherever_it_is_named(tmp_path, divisions):
    given = [as_division(one) for one in divisions]
    folder = folder_of(
        tmp_path, table([("district", "01", HIDDEN), ("district", "02", 7), ("region", "Paar 1", 9)])
    )
    assert audit_disclosure(folder).safe
    audit = audit_disclosure(folder, divisions=given)
    assert audit.leaks.loc[0, ["area_id", "lower", "upper"]].tolist() == ["01", 2, 2]


@pytest.mark.parametrize("divisions", [[QUARTERS], [None, QUARTERS], [QUARTERS, PAIRS]])
def test_a_count_follows_from_groups_of_areas_of_one_s_own(tmp_path, divisions):
    given = [as_division(one) for one in divisions]
    rows = [("own", "A", HIDDEN), ("own", "B", 7), ("own", "C", 20), ("region", "Nord", 9), ("region", "Süd", 20)]
    folder = folder_of(tmp_path, table(rows))
    audit = audit_disclosure(folder, divisions=given)
    assert audit.leaks.loc[0, ["area_id", "lower", "upper"]].tolist() == ["A", 2, 2]
    rows[0], rows[1] = ("own", "A", HIDDEN), ("own", "B", HIDDEN)
    safe = folder_of(tmp_path, table(rows), "sicher")
    assert audit_disclosure(safe, divisions=given).safe


def test_a_group_follows_from_groups_that_are_declared(tmp_path):
    # two cells bear out nothing by their numbers
    rows = [
        ("insgesamt", "district", "01", 9),
        ("weiblich", "district", "01", 7),
        ("männlich", "district", "01", HIDDEN),
        ("insgesamt", "district", "02", 30),
        ("weiblich", "district", "02", 12),
        ("männlich", "district", "02", 18),
    ]
    folder = folder_of(tmp_path, table(rows))
    assert audit_disclosure(folder).safe
    audit = audit_disclosure(folder, groups={("Beratene", "insgesamt"): ["weiblich", "männlich"]})
    assert audit.verdict == "leaks"
    assert audit.leaks.loc[0, ["area_id", "upper"]].tolist() == ["01", 2]


# --- before a report is handed over


def study_of(rows, **options):
    names = ["indicator", "group", "period", "level", "area_id", "value"]
    frame = pd.DataFrame(rows, columns=names)
    about = frame[["indicator", "group"]].drop_duplicates()
    about = about.assign(unit="Personen", decimals=0, summable=True, counts_persons=pd.NA)
    return rg.Study(rg.Panel(frame, about), lang="de", **options)


def districts(numbers, indicator="Beratene", group="insgesamt", period="2024"):
    rows = [(indicator, group, period, "district", f"{k + 1:02d}", float(n)) for k, n in enumerate(numbers)]
    return [*rows, (indicator, group, period, "city", "munich", float(sum(numbers)))]


NUMBERS = [2, 9, *range(11, 34)]


def refusal(study, folder):
    """Return why the files of a folder are not handed over; empty where they are."""
    audit = handing_over.audit_of(SimpleNamespace(study=study))
    try:
        audit({path.name: path for path in folder.iterdir()})
    except OutputError as error:
        return f"{error.code}: {error}"
    return ""


def own_areas(n):
    """Polygons that are made of whole districts and cover the city."""
    layer = rg.load_boundaries("district")
    halves = layer.assign(own=[f"Gebiet {int(area) * n // 26 + 1}" for area in layer.index])
    return gpd.GeoDataFrame(halves.dissolve("own")[["geometry"]].assign(name=lambda one: one.index))


def test_own_areas_are_known_to_cover_the_city(tmp_path):
    areas = own_areas(4)
    study = study_of(districts(NUMBERS), areas=areas)
    rows = [("own", f"Gebiet {k}", number) for k, number in ((1, HIDDEN), (2, 30), (3, 40), (4, 50))]
    planted = folder_of(tmp_path, table([*rows, ("city", "munich", 122)]))
    # one table alone does not show that they make it up
    assert audit_disclosure(planted).safe
    assert "Gebiet 1" in refusal(study, planted)
    # areas that leave some of the city out do not
    assert refusal(study.replace(areas=areas.iloc[:3]), planted) == ""


def test_districts_are_known_to_make_up_own_areas(tmp_path):
    study = study_of(districts(NUMBERS), areas=own_areas(13))
    members = [area for area in rg.load_boundaries("district").index if int(area) * 13 // 26 + 1 == 1]
    assert members == ["01"]
    rows = [("own", "Gebiet 1", 2), ("district", "01", HIDDEN), ("district", "02", 30)]
    assert "01" in refusal(study.replace(threshold=2.5), folder_of(tmp_path, table(rows)))
    rows = [("own", "Gebiet 2", 11), ("district", "02", HIDDEN), ("district", "03", 9)]
    folder = folder_of(tmp_path, table(rows), "zweites")
    assert audit_disclosure(folder).safe
    assert "02" in refusal(study, folder)


def test_what_is_declared_of_a_study_is_told(tmp_path):
    rows = [("district", "01", HIDDEN), ("district", "02", 9), ("own", "Nord", 11)]
    folder = folder_of(tmp_path, table(rows))
    assert refusal(study_of(districts(NUMBERS)), folder) == ""
    assert "01" in refusal(study_of(districts(NUMBERS), declared={"sums": {"Nord": ["01", "02"]}}), folder)
    # where zeros are hidden, a zero that stands somewhere tells of a hidden one
    rows = [("district", "01", HIDDEN), ("district", "02", 0), ("district", "03", 9)]
    folder = folder_of(tmp_path, table(rows) + table([("district", "01", 0)]), "nullen")
    assert refusal(study_of(districts(NUMBERS)), folder) == ""
    assert "01" in refusal(study_of(districts(NUMBERS), declared={"zeros": "hide"}), folder)


@pytest.mark.parametrize("said", [{"counts": {"Kitas": False}}, {"declared": {"counts": {"Kitas": False}}}, {}])
def test_what_counts_no_persons_is_not_refused(tmp_path, said):
    study = study_of([*districts(NUMBERS), *districts(NUMBERS, "Kitas")], **said)
    folder = folder_of(tmp_path, table([("district", "01", 2), ("district", "02", 9)], "Kitas"))
    assert refusal(study, folder) == ""
    (folder / "tabelle.csv").write_text(table([("district", "01", 2)]), encoding="utf-8")
    assert "01" in refusal(study, folder)


# --- earlier editions


def with_list(folder, study):
    (folder / "geheim.csv").write_bytes(list_bytes(list_hidden(study.published)))
    return folder


def grid(hidden, without=()):
    rows = [("district", f"{k + 1:02d}", HIDDEN if k in hidden else n) for k, n in enumerate(NUMBERS)]
    return table([row for row in [*rows, ("city", "munich", sum(NUMBERS))] if row[1] not in without])


def test_an_edition_is_laid_beside_the_one_before(tmp_path):
    study = study_of(districts(NUMBERS))
    old = with_list(folder_of(tmp_path, grid({0, 1}), "bericht-2024"), study)
    new = folder_of(tmp_path, grid({0}, without={"munich"}))
    assert audit_disclosure(old).safe
    assert audit_disclosure(new).safe
    assert refusal(study, new) == ""
    # the old one tells the city, the new one the district that covered for the other
    told = refusal(study.replace(previous=old), new)
    assert "Stadtbezirk 01" in told
    assert "Nichts wurde übergeben" in told
    assert refusal(study.replace(previous=old), folder_of(tmp_path, grid({0, 1}), "wie-zuvor")) == ""


def test_an_edition_that_came_as_a_panel_is_laid_beside_the_files_too(tmp_path):
    study = study_of(districts(NUMBERS))
    new = folder_of(tmp_path, grid({0}, without={"munich"}))
    assert refusal(study, new) == ""
    told = refusal(study.replace(previous=study.published), new)
    assert "Stadtbezirk 01" in told
    same = folder_of(tmp_path, grid({0, 1}), "wie-zuvor")
    assert refusal(study.replace(previous=study.published), same) == ""
    # what it shows by itself does not stop a report that does not show it again
    assert refusal(study.replace(previous=study.panel), same) == ""


def revised_table(hidden, revised=()):
    """Return a table of men, women and all; of some districts men and women are hidden, of some three more men."""
    rows = []
    for k, number in enumerate(NUMBERS):
        men, women = number + 10 + (3 if k in revised else 0), 2 * number + 7
        told = (HIDDEN, HIDDEN) if k in hidden else (men, women)
        groups = zip(("insgesamt", "männlich", "weiblich"), (men + women, *told), strict=True)
        rows += [(group, "district", f"{k + 1:02d}", n) for group, n in groups]
    return table(rows)


def test_what_was_and_what_is_are_not_added_up(tmp_path):
    # women of district 03 were shown and may be others today: men are not what is left of all
    old = folder_of(tmp_path, revised_table({0, 1}), "bericht-2024")
    new = folder_of(tmp_path, revised_table({0, 1, 2}, revised={4}), "bericht-2025")
    both = audit_disclosure([old, new])
    # nothing is worked out, and nothing is passed: a hidden man may have moved with the total
    assert both.verdict == "undecided"
    assert not len(both.leaks)
    assert both.revised == ("beratene, 2024",)
    assert "nicht entschieden: was die Ausgaben zusammen verraten (beratene, 2024)" in both.text("de")
    assert CliRunner().invoke(app, ["audit", str(old), str(new)]).exit_code == 4
    assert "Die Ausgaben nennen verschiedene Zahlen (beratene, 2024)" in both.text("de")
    # each of them still by itself: all less the women
    beside = folder_of(
        tmp_path,
        revised_table({0, 1}, revised={4}).replace(
            f"weiblich;2024;district;01;{HIDDEN}", "weiblich;2024;district;01;9"
        ),
        "eine",
    )
    assert set(audit_disclosure([old, beside]).leaks["area_id"]) == {"01"}
    # editions that agree are one
    same = folder_of(tmp_path, revised_table({0, 1, 2}), "wie-zuvor")
    assert audit_disclosure([old, same]).revised == ()
    # where nothing is hidden there is nothing to be told together
    all_shown = [
        folder_of(tmp_path, revised_table((), revised=some), f"offen-{k}") for k, some in enumerate(((), {4}))
    ]
    assert audit_disclosure(all_shown).safe


def test_what_an_old_edition_gives_away_alone_is_not_refused_again(tmp_path):
    study = study_of(districts(NUMBERS))
    old = with_list(folder_of(tmp_path, grid({0}), "bericht-2024"), study)
    assert audit_disclosure(old).verdict == "leaks"
    new = folder_of(tmp_path, grid({0, 1}))
    assert refusal(study.replace(previous=old), new) == ""
    # but it is not shown again
    shown = folder_of(tmp_path, grid({1}), "gezeigt")
    assert "Stadtbezirk 01" in refusal(study.replace(previous=old), shown)


def test_of_an_edition_its_own_files_are_read(tmp_path):
    study = study_of(districts(NUMBERS))
    old = with_list(folder_of(tmp_path, grid({0, 1}), "bericht-2024"), study)
    (old / "notizen.csv").write_text(grid({0}), encoding="utf-8")
    new = folder_of(tmp_path, grid({0, 1}))
    # what else lies there was in nobody's hands, and the list of the run does not name it
    (old / "angaben.json").write_text(
        '{"key": "k", "complete": true, "period": "2024", "files": {"tabelle.csv": "0"}}', encoding="utf-8"
    )
    assert refusal(study.replace(previous=old), new) == ""
    # a folder that is gone tells nothing
    gone = study.replace(previous=old)
    for path in old.iterdir():
        path.unlink()
    old.rmdir()
    assert refusal(gone, new) == ""


@pytest.mark.slow
def test_a_report_is_audited_together_with_the_one_before(tmp_path):
    study = study_of(districts(NUMBERS))
    first, second = tmp_path / "bericht-2023", tmp_path / "bericht-2024"
    rg.write_report(study, first)
    rg.write_report(study.replace(previous=first), second)
    # of the old report one page is left, and it tells the district that covers for the hidden one and the city
    kept = {"index.html", "angaben.json", "geheim.csv"}
    for path in [path for path in first.rglob("*") if path.is_file() and path.name not in kept]:
        path.unlink()
    cells = study.published.data[study.published.data["sign"] == "suppressed"]
    cover = next(area for area in cells["area_id"] if area != "01")
    told = {cover: NUMBERS[int(cover) - 1], "Stadt München": sum(NUMBERS)}
    body = "".join(f"<tr><td>{area}</td><td>{number}</td></tr>" for area, number in told.items())
    rows = f"<tr><th>Stadtbezirk</th><th>Beratene</th></tr>{body}"
    (first / "index.html").write_text(f"<html><body><table>{rows}</table></body></html>", encoding="utf-8")
    assert audit_disclosure(first).safe
    third = tmp_path / "bericht-2025"
    with pytest.raises(OutputError) as raised:
        rg.write_report(study.replace(previous=first), third)
    assert raised.value.code == "audit_leaks"
    assert "Stadtbezirk 01" in str(raised.value)
    assert [path for path in third.rglob("*") if path.is_file()] == []


# --- on the command line


def audited(*words):
    """Return how the command ends."""
    return CliRunner().invoke(app, ["audit", *map(str, words), "--lang", "de"])


def test_the_command_is_told_what_the_report_is_told(tmp_path):
    rows = [("district", "01", HIDDEN), ("district", "02", 9), ("own", "Nord", 11), ("own", "Süd", 30)]
    folder = folder_of(tmp_path, table([*rows, ("city", "munich", 41)]))
    assert audited(folder).exit_code == 0
    assert audited(folder, "--sums", "Nord=01;02", "--sums", "munich=Nord;Süd").exit_code == 3
    other = tmp_path / "teilung.csv"
    other.write_text("Stadtbezirk;Region\n" + "".join(f"{a};{b}\n" for a, b in PAIRS.items()), encoding="utf-8")
    rows = [("district", "01", HIDDEN), ("district", "02", 7), ("region", "Paar 1", 9)]
    pairs = folder_of(tmp_path, table(rows), "paare")
    assert audited(pairs).exit_code == 0
    assert audited(pairs, "--division", other).exit_code == 3
    rows = [("weiblich", "district", "01", 7), ("männlich", "district", "01", HIDDEN), ("district", "01", 9)]
    folder = folder_of(tmp_path, table(rows), "gruppen")
    assert audited(folder).exit_code == 0
    assert audited(folder, "--groups", "Beratene:insgesamt=weiblich;männlich").exit_code == 3
    folder = folder_of(tmp_path, table([("district", "01", 2), ("district", "02", 9)], "Betriebe"), "betriebe")
    assert audited(folder).exit_code == 3
    assert audited(folder, "--counts", "Betriebe=no").exit_code == 0
    folder = folder_of(tmp_path, table([("district", "01", HIDDEN)]) + table([("district", "01", 0)]), "nullen")
    assert audited(folder).exit_code == 0
    assert audited(folder, "--zeros", "hide").exit_code == 3
    assert audited(folder, "--zeros", "perhaps").exit_code == 2
    assert audited(folder, "--sums", "Nord").exit_code == 2
