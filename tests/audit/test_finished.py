"""What finished files give away is found in them, and safe ones are passed."""

from __future__ import annotations

import shutil
from types import SimpleNamespace

import audit_made as made
import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo import audit_disclosure
from regsam_geo.audit.places import Places
from regsam_geo.errors import OptionError, OutputError
from regsam_geo.summary.products import handing_over

QUICK = {
    "PDF of the profile's kind",
    "alternative text",
    "change over one year",
    "count in a long table",
    "hidden sheet",
    "layer of its own",
    "rank",
    "rate in the offline map",
    "rate with two decimals",
    "region sum",
    "sentence on the page",
    "shown in an earlier edition",
    "three indicators that add up",
    "women from all and men",
}
"""One of each kind; the others are slow by their number alone."""


@pytest.fixture(scope="session")
def base(tmp_path_factory):
    """The report and the pack of one region in one folder, without pictures: they are not read."""
    study = made.study_of(made.COUNTS, made.PEOPLE)
    folder = tmp_path_factory.mktemp("audit") / "sitzung"
    made.files_of(study, folder)
    made.files_of(study, folder, "17/18")
    (folder / "angaben.json").write_text('{"period": "2024"}', encoding="utf-8")
    return folder


@pytest.fixture
def folder(base, tmp_path):
    return shutil.copytree(base, tmp_path / "sitzung")


def test_what_the_library_writes_is_passed(base):
    audit = audit_disclosure(base)
    assert audit.verdict == "passed", audit.text()
    assert audit.safe
    assert audit.hidden == 2
    assert audit.unread == ()
    assert {"index.html", "interaktive-karte.html", "region-17-18/karten.gpkg", "region-17-18/profil.pdf"} <= set(
        audit.read
    )
    assert audit.text("de").startswith("Bestanden")
    assert audit.text("en").startswith("Passed")


def found_in(folder, planted):
    made.PLANTED[planted](folder)
    return audit_disclosure([folder, *folder.parent.glob("ausgabe-*")])


@pytest.mark.parametrize("planted", sorted(QUICK))
def test_a_planted_leak_is_found(folder, planted):
    audit = found_in(folder, planted)
    assert audit.verdict == "leaks", audit.text()
    told = audit.leaks[audit.leaks["upper"] < 3]
    assert len(told), audit.text()
    assert "Nicht bestanden" in audit.text("de")


@pytest.mark.slow
@pytest.mark.parametrize("planted", sorted(set(made.PLANTED) - QUICK))
def test_every_planted_leak_is_found(folder, planted):
    assert found_in(folder, planted).verdict == "leaks"


def test_fifty_leaks_are_planted():
    assert len(made.PLANTED) >= 50
    assert set(made.PLANTED) >= QUICK


def is_passed(seed, folder):
    study = made.variant(seed)
    made.files_of(study, folder)
    made.files_of(study, folder, study.region_ids[seed % 16])
    hidden = (study.published.data["sign"] == "suppressed").sum()
    audit = audit_disclosure(folder, study.threshold)
    assert hidden > 0
    assert audit.hidden > 0
    assert audit.verdict == "passed", audit.text()


@pytest.mark.parametrize("seed", [1])
def test_a_safe_folder_is_passed(seed, tmp_path):
    is_passed(seed, tmp_path / "r")


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, *range(2, 50)])
def test_fifty_safe_folders_are_passed(seed, tmp_path):
    is_passed(seed, tmp_path / "r")


def test_undecided_is_not_passed(base):
    audit = audit_disclosure(base, seconds=0)
    assert audit.verdict == "undecided"
    assert not audit.safe
    assert "nicht bestanden" in audit.text("de")


def test_the_leak_is_named_with_its_sums_and_files(folder):
    audit = found_in(folder, "the other hidden count")
    leak = audit.leaks[audit.leaks["area_id"] == "17"].iloc[0]
    assert (leak["lower"], leak["upper"], leak["period"]) == (2, 2, "2024")
    assert any("Summe von" in told for told in leak["through"])


def test_a_name_within_a_name_is_no_area(folder):
    # what is said of 19 is not said of Sendling, the 06, though its name is divided at the end of a line
    said = "19 Thalkirchen-Obersendling-Forstenried-Fürsten - ried-Solln"
    made.page(folder, f"<p>{said}: {made.TITLE} {made.german(made.RATE, 4)} %</p>")
    assert audit_disclosure(folder).verdict == "passed"
    places = Places.of()
    assert places.mentions("In Obersendling") == []
    assert [place for _, _, place in places.mentions("In Sendling.")] == [("district", "06")]


@pytest.mark.parametrize(
    ("heading", "numbers", "verdict"),
    [
        ("Kinder in Armut (%)", "1,2 2,4 0,8", "passed"),
        ("Quote %", "1 2 7", "passed"),
        ("Betreuungsquote", "1,2 2,4 0,8", "passed"),
        ("Ärzte je 10.000", "1,5 2 11", "passed"),
        ("Fälle je 1.000 Einwohner", "1 2 2,5", "passed"),
        ("Kinder je Frau", "1,2 1,4 1,3", "passed"),
        ("Veränderung in %", "-1,5 2 1", "passed"),
        ("Mieten in % des Mittels", "101,5 2 98", "passed"),
        ("Beratene", "12 2 9", "leaks"),
        ("Beratene je 3 Monate", "12 2 9", "leaks"),
        ("Inserate", "12 2 9", "leaks"),
    ],
)
def test_a_heading_without_a_unit_says_what_a_rate_is(tmp_path, heading, numbers, verdict):
    rows = [f"{number:02d};{value}" for number, value in enumerate(numbers.split(), start=1)]
    (tmp_path / "tabelle.csv").write_text("\n".join([f"Stadtbezirk;{heading}", *rows]), encoding="utf-8")
    assert audit_disclosure(tmp_path).verdict == verdict


def test_a_table_of_counts_and_rates_of_ones_own_becomes_a_report(tmp_path):
    """As offices hand them out: no units, no population, shares small enough to be taken for persons."""
    rng = np.random.default_rng(3)
    table = pd.DataFrame({"Stadtbezirk": range(1, 26), "Ratsuchende": rng.integers(200, 1500, 25)})
    shares = {
        "Anteil an der Bevölkerung in %": 2,
        "Kinderarmut (%)": 1,
        "Ärzte je 10.000": 1,
        "Veränderung in %": 1,
    }
    for name, digits in shares.items():
        table[name] = rng.uniform(-2 if name.startswith("V") else 0.5, 4, 25).round(digits)
    table.to_excel(tmp_path / "eigene.xlsx", index=False)
    study = rg.Study(rg.read_indicators(tmp_path / "eigene.xlsx", period=2024), lang="de")
    assert handing_over.has_small_counts(study)
    assert (rg.write_report(study, tmp_path / "bericht").folder / "index.html").is_file()


def test_what_was_not_read_is_named(folder):
    (folder / "notiz.docx").write_bytes(b"PK")
    (folder / "karte.png").write_bytes(b"")
    audit = audit_disclosure(folder)
    assert audit.unread == ("notiz.docx",)
    assert "notiz.docx" in audit.text()
    assert audit.pictures == 1


@pytest.mark.parametrize("given", ["gibtsnicht", "leer"])
def test_nothing_to_audit_is_no_pass(tmp_path, given):
    (tmp_path / "leer").mkdir()
    with pytest.raises(OptionError, match=given):
        audit_disclosure(tmp_path / given)


def test_a_report_that_would_tell_a_count_is_not_handed_over(tmp_path, monkeypatch):
    study = made.study_of(made.COUNTS, made.PEOPLE).sel(period=range(2023, 2025))
    leaky = study.replace(threshold=None)
    audit = handing_over.audit_of

    def with_the_threshold(facts, seconds):
        return audit(SimpleNamespace(study=study), seconds)

    monkeypatch.setattr("regsam_geo.summary.products.report.audit_of", with_the_threshold)
    with pytest.raises(OutputError, match="pflegefälle") as raised:
        rg.write_report(leaky, tmp_path / "out")
    assert raised.value.code == "audit_leaks"
    assert "Nichts wurde übergeben" in str(raised.value)
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file()] == []


def test_figures_without_small_counts_are_not_audited():
    assert not handing_over.has_small_counts(rg.load_study())
    assert handing_over.has_small_counts(made.study_of(made.COUNTS, made.PEOPLE))
