"""Profiles, packs, tables and worksheets of divisions of every kind, compared with plain sums of the figures."""

from __future__ import annotations

import io
import re
import sys
from functools import lru_cache
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.summary.facts.report_facts import gather_report_facts
from regsam_geo.summary.products.worksheet_files import worksheet_names
from regsam_geo.summary.words.summary_words import division_note
from regsam_geo.summary.writers.worksheet import worksheet_bytes
from regsam_geo.warning.report.assessments import needs_seen

sys.path.insert(0, str(Path(__file__).parent / "doors"))
sys.path.insert(0, str(Path(__file__).parent / "warning" / "report"))
from answers_made import answered
from file_texts import texts_of

EXAMPLES = Path(__file__).parents[1] / "examples"
NORTH = {"Nord": [11, 12, 24], "Mitte": [1, 2, 3]}
NORTHWEST = {"Nordwest": [9, 10, 11, 24], "Innen": [3, 4, 5]}
CASES = ("partial", "overlapping", "the other", "own polygons", "sub-districts", "quarters")
SOME = [
    "sub-districts",
    *(pytest.param(case, marks=pytest.mark.slow) for case in CASES if case != "sub-districts"),
]
INDICATOR = "Arbeitslose Personen"
NUMBERED_NAME = re.compile(r"(?<!ie )(?<!er )Region (?:Planungsraum|Nord|Mitte|Innen|München|Probe)")
"""Behind an article the word may stand."""


def made_panel(level, areas):
    """A rate of every area of a level, with one that stands out in the last year, and the city."""
    rng = np.random.default_rng(5)
    rows = []
    for year in range(2018, 2025):
        people = rng.integers(800, 5000, len(areas))
        found = rng.binomial(people, 0.06 * np.where((np.arange(len(areas)) == 9) & (year == 2024), 2.2, 1))
        cells = [*zip([level] * len(areas), areas, found, people, strict=True)]
        for of, area, n, all_of in [*cells, ("city", "munich", found.sum(), people.sum())]:
            rows.append((INDICATOR, "insgesamt", str(year), of, area, 100 * n / all_of, n, all_of))
    names = ["indicator", "group", "period", "level", "area_id", "value", "numerator", "denominator"]
    return rg.Panel.from_frame(pd.DataFrame(rows, columns=names))


@lru_cache(maxsize=1)
def figures():
    return rg.load_sample().sel(["Arbeitslose - Anteil", "Nichtdeutsche"], period=range(2018, 2025))


@lru_cache(maxsize=6)
def study_of(case):
    """Return a study and the members of each group, as plain lists."""
    if case == "partial":
        division = rg.read_division(EXAMPLES / "handlungsraeume.csv", name="Handlungsräume")
        return rg.Study(figures(), division=division, lang="de"), {
            "München Nord": ["11", "12", "24"],
            "Probe Süd": ["17", "18"],
        }
    if case in ("overlapping", "the other"):
        one, other = (rg.read_division(groups, name="Räume") for groups in (NORTH, NORTHWEST))
        groups = NORTH if case == "overlapping" else NORTHWEST
        mine, beside = (one, other) if case == "overlapping" else (other, one)
        study = rg.Study(figures(), division=mine, declared={"divisions": [beside]}, lang="de")
        return study, {group: [f"{area:02d}" for area in areas] for group, areas in groups.items()}
    if case == "own polygons":
        polygons = rg.read_boundaries(EXAMPLES / "own_regions.geojson", "planungsregion", "bezeichnung")
        districts = rg.load_boundaries("district").geometry
        members = {
            region: [
                area for area, one in districts.geometry.items() if shape.intersection(one).area >= 0.9 * one.area
            ]
            for region, shape in polygons.geometry.items()
        }
        return rg.Study(figures(), polygons, lang="de"), members
    level = case.replace("sub-districts", "subdistrict").replace("quarters", "quarter")
    areas = list(rg.load_boundaries(level).index)
    groups = {
        "Planungsraum 1": [one for one in areas if one[:2] in ("01", "02")],
        "Planungsraum 2": [one for one in areas if one[:2] == "08"],
        "Planungsraum 10": [one for one in areas if one[:2] == "04"][:-1],
    }
    division = rg.read_division(groups, name="Planungsräume", date="2024", sources="Referat")
    return rg.Study(made_panel(level, areas), division=division, lang="de"), groups


def plain_rate(study, indicator, areas):
    """Sum the figures of areas by hand."""
    data = study.panel.data
    rows = data[(data["indicator"] == indicator) & (data["period"] == "2024") & data["area_id"].isin(areas)]
    assert len(rows) == len(areas)
    scale = study.panel.entry(indicator)["scale"]
    return (100 if pd.isna(scale) else scale) * rows["numerator"].sum() / rows["denominator"].sum()


@pytest.mark.parametrize("case", SOME)
def test_the_profile_of_every_group_says_the_sums_of_its_areas(case):
    study, members = study_of(case)
    for region, areas in members.items():
        profile = study.region_profile(region)
        assert [area for area, _ in profile.content.districts] == areas
        for figure in profile.content.figures:
            expected = plain_rate(study, figure.naming.indicator, areas)
            assert figure.value == pytest.approx(expected, rel=1e-12)
        page = profile.to_html()
        # a name is no number: nobody says "Region Planungsraum 1"
        title = re.search(r"<h1>(.*?)</h1>", page)[1]
        assert title == (f"Region {region}" if case == "own polygons" else region)
        assert NUMBERED_NAME.search(page) is None
        assert "dieselben 25 Bezirksteile" not in page
        assert "dieselben 25 Viertel" not in page
        assert re.search(r"(\d+\.\d+\.\d+) \1", page) is None  # quarters have no names


@pytest.mark.parametrize("case", SOME)
def test_each_finding_stands_on_the_worksheet_of_its_group(case):
    study, members = study_of(case)
    sheets = worksheet_names(gather_report_facts(study))
    group_of = {area: region for region, areas in members.items() for area in areas}
    if case == "own polygons":
        # the report is about the polygons themselves: one worksheet for all of them
        assert [name for name, _ in sheets.values()] == ["arbeitsblatt-alle-gebiete-2024.xlsx"]
        group_of = {}
    else:
        assert set(members) <= set(sheets) <= {*members, ""}
    rows = 0
    for region, (_, sheet) in sheets.items():
        book = openpyxl.load_workbook(io.BytesIO(worksheet_bytes(sheet)))
        cells = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
        keys = [re.findall(r'"([^"]*)"', cell) for cell in cells if isinstance(cell, str) and cell.startswith("[")]
        areas = [key[3] for key in keys if len(key) == 8]
        rows += len(areas)
        assert {group_of.get(area, "") for area in areas} <= {region}
    table = study.detect_warnings()
    assert rows >= len(table)


@pytest.mark.slow
def test_a_shared_area_stands_on_a_worksheet_of_both_divisions():
    found = {}
    for case, region in (("overlapping", "Nord"), ("the other", "Nordwest")):
        study, _ = study_of(case)
        # whatever the figures say: an answer that is due again stands on the worksheet
        due = {
            "indicator": "Nichtdeutsche", "group": "insgesamt", "level": "district", "area_id": "11",
            "since": "2023", "period": "2023", "kinds": "change", "region_id": "Nord", "need": "yes",
            "body": "RAGS", "until": "2024-06-30",
        }  # fmt: skip
        sheets = worksheet_names(gather_report_facts(study.replace(assessments=answered(due)), 2024))
        assert set(sheets) <= {*study.region_ids, ""}  # the region of the other division gets no sheet here
        found[case] = [row for row in sheets[region][1].rows if '"district","11"' in row["key"]]
        assert f'"{region}"]' in found[case][0]["key"]
    assert all(found.values())


@pytest.mark.slow
def test_a_need_counts_in_the_region_of_the_division_at_hand():
    said = answered(
        *(
            {
                "indicator": "Nichtdeutsche", "group": "insgesamt", "level": "district", "area_id": area,
                "since": "2024", "period": "2024", "kinds": "change", "region_id": "17/18", "need": "yes",
                "body": "RAGS",
            }
            for area in ("11", "05", "20")
        )
    )  # fmt: skip
    for case, regions in (("overlapping", ["Nord", "", ""]), ("the other", ["Nordwest", "Innen", ""])):
        study = study_of(case)[0].replace(assessments=said)
        assert sorted(one.region_id for one in needs_seen(study, "2024")) == sorted(regions)
        # a region that is none is no part of a theme
        assert not [text for text in rg.city_themes(study, 2024)["judged_regions"] if text.startswith(",")]


@pytest.mark.slow
def test_areas_that_lie_in_no_region_roll_up_to_themselves():
    study, members = study_of("own polygons")
    table = study.roll_up()
    assert list(table.index) == list(members)
    assert table["warnings"].sum() == len(study.detect_warnings())


def test_many_areas_are_compared_in_rows_and_few_in_columns():
    study, members = study_of("sub-districts")
    many = study.region_profile("Planungsraum 1").page["districts"]["tables"]
    (table,) = many
    values = {row["title"].split(" ")[0]: row["cells"][0] for row in table["rows"]}
    for area in members["Planungsraum 1"]:
        assert values[area] == f"{plain_rate(study, INDICATOR, [area]):.1f} %".replace(".", ",").replace(
            " ", "\u00a0"
        )
    few = study.region_profile("Planungsraum 2").page["districts"]["tables"][0]
    assert len(few["heads"]) == 1 + len(members["Planungsraum 2"]) + 2


def test_what_is_said_of_sums_is_said_of_the_level_that_is_summed():
    study, groups = study_of("sub-districts")
    data = study.panel.data
    keys = ["indicator", "group", "period", "level", "area_id"]
    parts = data[data["level"] == "subdistrict"]
    districts = parts.assign(level="district", area_id=parts["area_id"].str[:2])
    summed = districts.groupby(keys)[["numerator", "denominator"]].sum().reset_index()
    # districts that miss the city by half, beside sub-districts that add up to it
    summed["numerator"] /= 2
    summed["value"] = 100 * summed["numerator"] / summed["denominator"]
    both = pd.concat([data[[*keys, "value", "numerator", "denominator"]], summed])
    mixed = rg.Study(rg.Panel.from_frame(both), division=rg.read_division(groups), threshold=None)
    assert mixed.check_summable()["summable"].all()
    assert not mixed.replace(division=rg.read_division()).check_summable()["summable"].any()


def test_the_page_says_what_the_groups_are_and_where_that_stands():
    study, _ = study_of("sub-districts")
    page = study.region_profile("Planungsraum 1").to_html()
    assert "Einteilung: Planungsräume; Stand 2024; nach Referat." in page
    assert division_note(rg.Study(figures(), lang="de")) == ""


PACKS = [pytest.param(case, marks=pytest.mark.slow if case == "partial" else pytest.mark.long) for case in CASES]


@pytest.mark.parametrize("case", PACKS)
def test_report_and_packs_of_every_kind(case, tmp_path):
    study, members = study_of(case)
    study.write_report(tmp_path / "bericht")
    pack = study.write_meeting_pack("all", tmp_path / "mappen")
    assert set(pack.regions) == set(members)
    texts = [text for path in sorted(tmp_path.rglob("*")) if path.is_file() for text in texts_of(path)]
    assert not [
        text for text in texts if re.search(r"(?<!ie )(?<!er )Region (?:Planungsraum|Nord|Mitte|Innen)", text)
    ]
    folders = {path.name for path in (tmp_path / "mappen").iterdir() if path.is_dir()}
    assert len(folders) == len(members) + 1
    for region, areas in members.items():
        table = pd.read_csv(
            next((tmp_path / "mappen").glob(f"*{folder_of(region)}/tabellen/kennzahlen.csv")),
            sep=";", decimal=",", comment="#", encoding="utf-8-sig", thousands=".",
        )  # fmt: skip
        assert len(table) >= 1
        assert areas


def folder_of(region):
    plain = region.lower().replace("ü", "ue").replace(" ", "-")
    return f"region-{plain}"
