"""The meeting report: whole, deterministic, true to the panel, safe with names from tables."""

from __future__ import annotations

import json
import shutil
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.errors import OptionError, OutputError
from regsam_geo.summary.writers.ledger import checksum_of

pytestmark = pytest.mark.usefixtures("few_null_reports")


@pytest.fixture(scope="module")
def small():
    """Two indicators and ten years, so that the report takes seconds."""
    return rg.load_sample().sel(["Arbeitslose - Anteil", "Hochbetagte"], period=range(2015, 2025))


@pytest.fixture(scope="module")
def brief(small):
    """One indicator and a few years, for what does not depend on the figures."""
    return small.sel("Hochbetagte", period=range(2021, 2025))


@pytest.fixture(scope="module")
def brief_study(brief):
    return rg.Study(brief, lang="de")


@pytest.fixture(scope="module")
def brief_report(brief_study, tmp_path_factory):
    return rg.write_report(brief_study, tmp_path_factory.mktemp("brief"), period=2024)


@pytest.fixture
def folder(brief_report, tmp_path):
    """A folder with the brief report, for a test that writes into it again."""
    return Path(shutil.copytree(brief_report.folder, tmp_path / "report"))


@pytest.fixture(scope="module")
def report(small, tmp_path_factory):
    return rg.write_report(small, tmp_path_factory.mktemp("report"), period=2024)


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.texts = [], []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.found += [attributes[name] for name in ("href", "src") if name in attributes]

    def handle_data(self, data):
        if self.lasttag != "style":
            self.texts.append(data)


def read_page(path):
    page = Links()
    page.feed(path.read_text(encoding="utf-8"))
    return page


REGIONS = (
    "1-2-3", "4-12", "5", "6-7", "8-25", "9", "10", "11", "13", "14-15", "16", "17-18", "19", "20", "21-22-23",
    "24",
)  # fmt: skip


def test_all_files_stand_there_and_nothing_else(report):
    present = {path.relative_to(report.folder).as_posix() for path in report.folder.rglob("*") if path.is_file()}
    assert present == {path.relative_to(report.folder).as_posix() for path in report.files}
    assert {
        "index.html",
        "interaktive-karte.html",
        "lage-auf-einen-blick.pdf",
        "karten/00-soziale-lage.pdf",
        "karten/00-soziale-lage.png",
        "angaben.json",
        "hinweise.csv",
        "hinweise.xlsx",
        "regionen.csv",
        "regionen.xlsx",
        "karten/01-arbeitslose-anteil.png",
        "karten/01-arbeitslose-anteil.pdf",
        "karten/02-hochbetagte.png",
        "karten/02-hochbetagte.pdf",
        *(f"arbeitsblaetter/arbeitsblatt-region-{region}-2024.xlsx" for region in REGIONS),
    } == present
    assert json.loads((report.folder / "angaben.json").read_text(encoding="utf-8"))["period"] == "2024"


def test_every_link_of_the_page_leads_to_a_file_or_a_section(report):
    page = read_page(report.index)
    text = report.index.read_text(encoding="utf-8")
    assert page.found
    for link in page.found:
        if link.startswith("#"):
            assert f'id="{link[1:]}"' in text
        else:
            assert (report.folder / link).is_file(), link


def test_the_page_shows_the_values_of_the_panel(report):
    shown = " ".join(read_page(report.index).texts)
    assert "Bericht zum Sozialmonitoring 2024" in shown
    assert "3,7" in shown  # unemployed in region 17/18: (1450.5 + 1409.8) / (39378.3 + 37416.5)
    assert "{" not in shown


def test_the_workbook_reads_back_to_the_summary(report):
    sheet = openpyxl.load_workbook(report.folder / "regionen.xlsx").active
    heads = [cell.value for cell in sheet[3]]
    column = heads.index("Wert")
    values = [sheet.cell(4 + row, column + 1).value for row in range(len(report.regions))]
    assert values == pytest.approx(report.regions["value"].tolist(), rel=1e-12)
    assert sheet.cell(4, 1).value == "Region 1/2/3"


def test_the_same_report_twice_has_the_same_bytes(brief, brief_report, tmp_path):
    again = rg.write_report(rg.Study(brief, lang="de"), tmp_path, period=2024)
    for first, second in zip(brief_report.files, again.files, strict=True):
        assert first.read_bytes() == second.read_bytes(), first.name


def test_an_older_report_is_replaced_and_other_files_stay(small, folder):
    (folder / "protokoll.txt").write_text("mine")
    rg.write_report(small.sel("Arbeitslose - Anteil", period=range(2021, 2025)), folder, period=2024)
    assert (folder / "protokoll.txt").read_text() == "mine"
    assert [path.name for path in sorted((folder / "karten").iterdir())] == [
        "00-soziale-lage.pdf",
        "00-soziale-lage.png",
        "01-arbeitslose-anteil.pdf",
        "01-arbeitslose-anteil.png",
    ]


def test_a_list_of_files_from_elsewhere_deletes_nothing_outside(brief_study, tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_text("keep")
    folder = tmp_path / "report"
    folder.mkdir()
    listed = {"files": {"../outside.txt": checksum_of(b"keep")}, "key": "k", "complete": True}
    for foreign in ({"files": ["../outside.txt", str(outside), 7]}, listed):
        text = json.dumps(foreign)
        (folder / "angaben.json").write_text(text)
        with pytest.raises(OutputError, match=r"angaben\.json"):
            rg.write_report(brief_study, folder, period=2024)
        assert outside.read_text() == "keep"
        assert [path.read_text() for path in folder.iterdir()] == [text]


def test_bad_input_writes_nothing(small, tmp_path):
    with pytest.raises(OptionError, match="1999"):
        rg.write_report(small, tmp_path / "report", period=1999)
    assert not (tmp_path / "report").exists()


def test_hostile_names_are_shown_as_text(brief, tmp_path):
    name = "<script>alert(1)</script> =1+1 {{ x }}"
    data = brief.data.assign(indicator=name)
    catalogue = brief.catalogue.assign(
        indicator=name, title_de=name, title_en=name, unit="<b>", source="</p><script>"
    )
    report = rg.write_report(rg.Panel(data, catalogue), tmp_path, period=2024)
    text = report.index.read_text(encoding="utf-8")
    assert "<script" not in text
    assert name in " ".join(read_page(report.index).texts)
    assert all(path.name.isascii() for path in report.files)


def test_a_table_with_gaps_is_reported_all_the_same(brief, tmp_path):
    data = brief.data.copy()
    gone = (data["area_id"] == "17") & (data["period"] == "2024")
    data.loc[gone, ["value", "numerator", "denominator", "base_1", "base_2"]] = float("nan")
    data.loc[gone, "sign"] = "secret"
    report = rg.write_report(rg.Panel(data, brief.catalogue), tmp_path, period=2024)
    row = report.regions.set_index("region_id").loc["17/18"]
    assert pd.isna(row["value"])
    assert row["sign"]


def test_the_page_says_what_it_was_made_with_and_how_many_warnings_chance_makes(report):
    page = " ".join(" ".join(read_page(report.index).texts).split())
    manifest = json.loads((report.folder / "angaben.json").read_text(encoding="utf-8"))
    assert manifest["checksum_of_values"] == report.warnings.facts.checksum
    assert manifest["checksum_of_values"][:12] in page
    expected = report.warnings.attrs["expected_false_warnings"]
    assert manifest["expected_false_warnings"]["expected_false_warnings"] == expected
    rounded = Decimal(str(expected)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert f"{rounded} Hinweise".replace(".", ",") in page
    assert "Fassung " + report.warnings.facts.settings.version in page


def test_a_second_run_keeps_every_file_and_refuses_to_replace_a_changed_one(brief_report, brief_study, folder):
    before = {path.relative_to(brief_report.folder): path.read_bytes() for path in brief_report.files}
    # a copied folder is not known: what was not handed out with it may have been another
    assert rg.write_report(brief_study, folder, period=2024).kept == 0
    assert rg.write_report(brief_study, folder, period=2024).kept == len(before) - 1
    (folder / "hinweise.csv").write_text("von Hand", encoding="utf-8", newline="")
    with pytest.raises(OutputError, match=r"hinweise\.csv\. Es bleibt"):
        rg.write_report(brief_study, folder, period=2024)
    assert (folder / "hinweise.csv").read_text(encoding="utf-8") == "von Hand"
    (folder / "hinweise.csv").rename(folder / "meine.csv")
    again = rg.write_report(brief_study, folder, period=2024)
    assert again.kept == len(before) - 2
    assert {path.relative_to(folder): path.read_bytes() for path in again.files} == before
    assert (folder / "meine.csv").exists()


def test_a_report_in_another_language_replaces_it_and_leaves_packs_alone(brief, folder):
    pack = folder / "region-5" / "profil.pdf"
    pack.parent.mkdir()
    pack.write_bytes(b"a pack")
    noted = json.loads((folder / "angaben.json").read_text(encoding="utf-8"))
    noted["files"]["region-5/profil.pdf"] = "0"
    (folder / "angaben.json").write_text(json.dumps(noted), encoding="utf-8", newline="")
    english = rg.write_report(rg.Study(brief, lang="en"), folder, period=2024)
    assert pack.read_bytes() == b"a pack"
    present = {path for path in folder.rglob("*") if path.is_file()}
    assert present == {*english.files, pack}
    assert (folder / "warnings.xlsx").exists()
    assert "Social monitoring report 2024" in english.index.read_text(encoding="utf-8")
    assert "Report for 2024" in english.sentences[0]


def test_a_workbook_open_in_excel_is_named_and_stays(brief_study, folder, monkeypatch):
    before = (folder / "hinweise.xlsx").read_bytes()
    replace = Path.replace

    def refuse(path, target):
        if Path(target).name == "hinweise.xlsx":
            raise PermissionError(13, "Permission denied", str(path))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError, match=r"hinweise\.xlsx .*in Excel"):
        rg.write_report(brief_study, folder, period=2023)
    assert (folder / "hinweise.xlsx").read_bytes() == before
    assert not list(folder.rglob(".regsam-*"))


def test_a_report_and_a_pack_in_one_folder_leave_each_other_alone(small, tmp_path):
    study = rg.Study(small.sel("Arbeitslose - Anteil", period=range(2021, 2025)))
    pack = rg.write_meeting_pack(study, "17/18", tmp_path)
    packed = {path: path.read_bytes() for path in pack.files}
    report = rg.write_report(study, tmp_path)
    reported = {path: path.read_bytes() for path in report.files}
    assert {path: path.read_bytes() for path in pack.files} == packed
    assert rg.write_meeting_pack(study, "17/18", tmp_path).kept == len(pack.files) - 1
    assert rg.write_report(study, tmp_path).kept == len(report.files) - 1
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == {*packed, *reported}


def test_no_file_tells_a_hidden_count_by_its_checksum(brief, tmp_path):
    """The few counts that it may be can be tried: tables that show the same have to give the same files."""
    made = []
    for count in (1.0, 2.0):
        data = brief.data.copy()
        row = data.index[(data["area_id"] == "17") & (data["period"] == "2024") & (data["level"] == "district")][0]
        data.loc[row, ["numerator", "base_1"]] = count
        data.loc[row, "value"] = 100 * count / data.loc[row, "denominator"]
        folder = tmp_path / f"{count:.0f}"
        rg.write_report(rg.Panel(data, brief.catalogue), folder, period=2024)
        made.append({path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()})
    one, other = made
    assert one == other
